//! Days as English texts have them: `3 Dec`, `December 5, 2026`, `31st December 2027`.

use crate::calendar::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that a text names; one without a year is in that which is known.
pub(super) fn day(text: &str, year: Option<i16>) -> Option<Date> {
    let lower = text.to_lowercase().replace([',', '.'], " ");
    let (mut day, mut month, mut named) = (None, None, None);
    for word in lower.split_whitespace().filter(|word| *word != "of" && *word != "the") {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = word.get(digits.len()..).unwrap_or_default();
        let place = match (digits.len(), rest) {
            (4, "") => &mut named,
            (1..=2, "" | "st" | "nd" | "rd" | "th") => &mut day,
            (0, name) => {
                let is = |known: &&str| {
                    name.len() >= 3 && (known.starts_with(name) || name == "sept" && known.starts_with("sep"))
                };
                let number = MONTHS.iter().position(is).and_then(|place| i16::try_from(place + 1).ok())?;
                if month.replace(number).is_some() {
                    return None;
                }
                continue;
            }
            _ => return None,
        };
        if place.replace(digits.parse::<i16>().ok()?).is_some() {
            return None;
        }
    }
    let year = named.or(year).filter(|year| (1900..=2199).contains(year))?;
    Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_days_are_read_with_the_year_that_they_leave_out() {
        let shown = |text: &str| day(text, Some(2026)).map(|date| date.to_string());
        for text in ["3 Dec", "December 3", "3rd of December", "Dec. 3, 2026", "3 December 2026"] {
            assert_eq!(shown(text).as_deref(), Some("2026-12-03"), "{text}");
        }
        for text in ["Dec", "3", "32 Dec", "3 Dec 4", "Friday 3 Dec", "3 4 Dec"] {
            assert_eq!(shown(text), None, "{text}");
        }
        assert_eq!(day("3 Dec", None), None);
    }
}
