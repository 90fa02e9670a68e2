//! The letter under which a title stands in an index, and what it is sorted by.
//!
//! A Chinese title stands under the first letter of its first character's reading, as in a Chinese dictionary, and is
//! sorted by the readings of all its characters; another title stands under its own first letter. Quotation marks and
//! other signs before it are passed over. Of a character with several readings the most frequent is taken.

use pinyin::ToPinyin;

/// The letter of titles that begin with a digit, a sign, or a character without a reading.
pub const OTHER: &str = "#";

/// The letter under which a title stands.
pub fn initial(title: &str) -> String {
    let Some(first) = title.chars().find(|c| c.is_alphanumeric()) else { return OTHER.to_owned() };
    if let Some(reading) = first.to_pinyin() {
        return reading.plain().chars().take(1).flat_map(char::to_uppercase).collect();
    }
    let is_ideograph = matches!(u32::from(first), 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff);
    if first.is_alphabetic() && !is_ideograph { first.to_uppercase().collect() } else { OTHER.to_owned() }
}

/// What a title is sorted by within a letter.
pub fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len() * 2);
    for c in title.chars().filter(|c| c.is_alphanumeric()) {
        match c.to_pinyin() {
            Some(reading) => {
                key.push_str(reading.plain());
                key.push(' ');
            }
            None => key.extend(c.to_lowercase()),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_under_the_letter_that_readers_look_under() {
        let cases = [
            ("甘家巷社区", "G"),
            ("“甘享食光”助餐点", "G"),
            ("牦牛外调补助", "M"),
            ("骑手", "Q"),
            ("24小时自助", OTHER),
            ("allowance for people", "A"),
            ("Üsküdar", "Ü"),
            ("ᠮᠠᠯᠴᠢᠳ", "ᠮ"),
            ("——", OTHER),
            ("", OTHER),
            ("сарлаг", "С"),
        ];
        for (title, letter) in cases {
            assert_eq!(initial(title), letter, "{title}");
        }
        assert!(sort_key("法律坐诊") < sort_key("服务"));
        assert!(sort_key("医保") < sort_key("饮水"));
    }
}
