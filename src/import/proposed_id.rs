//! Ids for records that have none: pinyin of Chinese names, lower-case letters of others.

use std::collections::HashSet;

use pinyin::ToPinyin;

/// Words at the end of names that tell nothing apart, taken off as long as something is left.
const COMMON: [&str; 12] = [
    "党群服务中心",
    "便民服务中心",
    "便民服务站",
    "服务中心",
    "服务站",
    "驿站",
    "中心",
    "社区",
    "街道",
    "service centre",
    "service center",
    "centre",
];
/// Longest id, in bytes.
const LONGEST: usize = 40;

/// An id for a name.
pub(super) fn of(name: &str) -> String {
    let mut short = name.trim();
    for word in COMMON {
        let end = short.len().saturating_sub(word.len());
        if let (Some(rest), Some(tail)) = (short.get(..end), short.get(end..))
            && tail.eq_ignore_ascii_case(word)
            && rest.chars().count() > 1
        {
            short = rest.trim_end();
        }
    }
    let mut id = String::new();
    for c in short.chars() {
        if let Some(sound) = c.to_pinyin() {
            id.push_str(sound.plain());
        } else if c.is_ascii_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() >= LONGEST {
            break;
        }
    }
    let id = id.trim_matches('-');
    if id.is_empty() { "x".to_owned() } else { id.to_owned() }
}

/// An id for a name that none of `taken` is; it is taken then.
pub(super) fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let id = of(name);
    let numbered = |number: u32| if number < 2 { id.clone() } else { format!("{id}-{number}") };
    let is_taken = |number: u32| taken.contains(&numbered(number));
    // The first free number after one that is taken, by halves: thousands may be called the same.
    let (mut low, mut high) = (0, 1);
    while is_taken(high) {
        (low, high) = (high, high * 2);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_taken(middle) { low = middle } else { high = middle }
    }
    let free = numbered(high);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_short_ids() {
        for (name, id) in [
            ("甘家巷社区党群服务中心", "ganjiaxiang"),
            ("解放社区", "jiefang"),
            ("名城广场·骑手驿站", "mingchengguangchang-qishou"),
            ("Riverside Service Centre", "riverside"),
            ("！！", "x"),
        ] {
            assert_eq!(of(name), id, "{name}");
        }
        let mut taken = HashSet::from(["jiefang".to_owned()]);
        assert_eq!(
            (free("解放社区", &mut taken), free("解放社区", &mut taken)),
            ("jiefang-2".to_owned(), "jiefang-3".to_owned())
        );
    }
}
