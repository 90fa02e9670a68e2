//! The days that a cell of a list names: `2026-10-01`, `10月1日`, `10月1日—3日`, `1-3日`, `10.1、10.3`, `10月1日（周四）`.
//!
//! What a cell leaves out, the title or the cell above it says: the year, and of `3日` the month. A list that comes to
//! January after December goes on in the next year.

use super::dates::span_in;
use crate::calendar::{Date, DateSpan, Day, WeekdaySet};

/// The longest span that stands for its days.
const LONGEST: usize = 62;
/// How far back a date lies that is meant of the next year, in days.
const HALF_A_YEAR: i64 = 180;
/// What stands between the first and the last day of a span.
const MARKS: [&str; 10] = ["..", "至", "到", "~", "～", "—", "–", "－", "-", "−"];

/// Reads the days of one cell after another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ListedDays {
    year: Option<i16>,
    month: Option<i8>,
    last: Option<Date>,
}

impl ListedDays {
    /// What a title or a period says of year and month.
    pub(super) fn in_context(title: &str, valid: Option<DateSpan>) -> Self {
        let plain: String = title.chars().filter(|c| !c.is_whitespace()).take(400).collect();
        let span = valid.or_else(|| span_in(&plain));
        let number_before = |mark: char| {
            let (before, _) = plain.split_once(mark)?;
            let digits: Vec<char> = before.chars().rev().take_while(char::is_ascii_digit).collect();
            digits.iter().rev().collect::<String>().parse::<i16>().ok()
        };
        let year = span.map(|span| span.first().year()).or_else(|| number_before('年'));
        let month = number_before('月').and_then(|month| i8::try_from(month).ok());
        let month = month.or(span.map(|span| span.first().month())).filter(|month| (1..=12).contains(month));
        Self { year: year.filter(|year| (1900..=2199).contains(year)), month, last: None }
    }

    /// The days of a cell, in order; nothing if any of it cannot be read, or names another weekday than it has.
    pub(super) fn read(&mut self, text: &str) -> Option<Vec<Date>> {
        let mut reader = *self;
        let mut days = Vec::new();
        for part in half_width(text).split(['、', ',', '，', ';', '；', '\n']) {
            let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
            let span = reader.part(&part)?;
            if span.days().nth(LONGEST).is_some() {
                return None;
            }
            days.extend(span.days());
        }
        *self = reader;
        (!days.is_empty()).then_some(days)
    }

    /// A day or a span.
    fn part(&mut self, text: &str) -> Option<DateSpan> {
        let single = |reader: &mut Self| reader.day(text).and_then(|day| DateSpan::new(day, day));
        // `1-3日` is two days of the month that is known, and so is `1-3` in a list of another month than January.
        let (mut one, mut two) = (*self, *self);
        let (alone, span) = (single(&mut one), two.span(text));
        let is_span = match alone {
            None => true,
            Some(day) => {
                let own = self.month.is_some_and(|month| month != day.first().month());
                span.is_some() && !text.contains('月') && (text.ends_with(['日', '号']) || own)
            }
        };
        *self = if is_span { two } else { one };
        if is_span { span } else { alone }
    }

    fn span(&mut self, text: &str) -> Option<DateSpan> {
        let splits = MARKS.iter().flat_map(|mark| text.match_indices(*mark).map(|(at, mark)| (at, at + mark.len())));
        splits.into_iter().find_map(|(end, start)| {
            let mut reader = *self;
            let first = reader.day(text.get(..end)?.trim_end_matches(['—', '-']))?;
            let last = reader.day(text.get(start..)?.trim_start_matches(['—', '-']))?;
            let span = DateSpan::new(first, last)?;
            *self = reader;
            Some(span)
        })
    }

    /// One day, with what is known of year and month.
    fn day(&mut self, text: &str) -> Option<Date> {
        // Brackets stand behind a day; what goes on after them is no single day.
        let (written, brackets) = match text.split_once(['（', '(']) {
            Some((written, brackets)) => (written, brackets.strip_suffix(['）', ')'])?),
            None => (text, ""),
        };
        if brackets.contains(['）', ')']) {
            return None;
        }
        let date = match Day::read(written) {
            Ok(day) => day.0,
            Err(_) => self.without_year(written)?,
        };
        let weekday = WeekdaySet::read(brackets).ok();
        if weekday.is_some_and(|days| !days.contains(date.weekday())) {
            return None;
        }
        (self.year, self.month, self.last) = (Some(date.year()), Some(date.month()), Some(date));
        Some(date)
    }

    fn without_year(&self, text: &str) -> Option<Date> {
        let plain = text.trim_end_matches(['日', '号']);
        let (month, day) = match plain.split_once(['月', '.', '/', '-']) {
            Some((month, day)) => (month.parse().ok()?, day),
            None => (self.month?, plain),
        };
        let day: i8 = day.parse().ok()?;
        let date = Date::new(self.year?, month, day).ok()?;
        let is_long_past = |last: &Date| last.duration_since(date).as_hours() > HALF_A_YEAR * 24;
        match self.last.filter(is_long_past) {
            Some(_) => Date::new(self.year? + 1, month, day).ok(),
            None => Some(date),
        }
    }
}

fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '／' => '/',
        '．' => '.',
        c => c,
    };
    text.chars().map(half).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(title: &str, cells: &[&str]) -> Vec<Option<String>> {
        let mut reader = ListedDays::in_context(title, None);
        let shown = |days: Vec<Date>| {
            let days: Vec<String> = days.iter().map(|day| day.to_string().split_off(5)).collect();
            days.join(" ")
        };
        cells.iter().map(|cell| reader.read(cell).map(shown)).collect()
    }

    #[test]
    fn days_are_read_as_people_write_them_in_a_list() {
        let some = |texts: &[&str]| texts.iter().map(|text| Some((*text).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            read(
                "2026年国庆节值班表",
                &["10月1日—3日", "10月4日（周日）至10月5日", "6日、7日", "10.8-10.9", "2026-10-10"]
            ),
            some(&["10-01 10-02 10-03", "10-04 10-05", "10-06 10-07", "10-08 10-09", "10-10"])
        );
        assert_eq!(
            read("2026年10月", &["1-3日", "4-5", "６日", "10/7"]),
            some(&["10-01 10-02 10-03", "10-04 10-05", "10-06", "10-07"])
        );
        assert_eq!(read("2026年", &["12月30日—1月2日", "3日"]), some(&["12-30 12-31 01-01 01-02", "01-03"]));
        assert_eq!(read("2026年", &["12月31日", "1月1日-2日"]), some(&["12-31", "01-01 01-02"]));
    }

    #[test]
    fn what_cannot_be_a_day_or_names_another_weekday_is_none() {
        for cell in [
            "",
            "周一",
            "10月32日",
            "10月1日（周三）",
            "3日—1日",
            "1月1日—12月31日",
            "10月1日、x",
            "-",
            "..",
            "99999999",
        ] {
            assert_eq!(read("2026年", &[cell]), [None], "{cell}");
        }
        assert_eq!(read("", &["10月1日"]), [None]);
        let mut reader = ListedDays::in_context("2026年", None);
        assert_eq!(reader.read("12月31日").unwrap().len() + reader.read("1月1日").unwrap().len(), 2);
        assert_eq!(reader.last.unwrap().year(), 2027);
    }
}
