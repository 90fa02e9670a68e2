//! The days that a cell of a list names: `2026-10-01`, `10月1日`, `10月1日—3日`, `1-3日`, `10.1、10.3`, `10月1日（周四）`.
//!
//! What a cell leaves out, the title or the cell above it says: the year, and of `3日` the month. A list that comes to
//! January after December goes on in the next year; where it is said from when to when the list holds, a day is in that
//! time or is not read.

use super::dates::{last_number, span_in};
use super::english_dates;
use crate::calendar::{Date, DateSpan, Day, WeekdaySet, weekday_word};
use crate::diagnostics::{Code, Problem};

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
    /// When the list holds, as whoever imports it says.
    within: Option<DateSpan>,
    /// Why a day that was looked at last is none.
    unread: Option<Unread>,
}

/// Why days of a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It names none, or some in a way of its own.
    NoDays,
    /// This date has another weekday than stands beside it.
    Disagrees(Date),
    /// It is in no year within the time for which the list holds.
    Outside(DateSpan),
}

impl ListedDays {
    /// What a title or a period says of year and month.
    pub(super) fn in_context(title: &str, valid: Option<DateSpan>) -> Self {
        let plain: String = title.chars().filter(|c| !c.is_whitespace()).take(400).collect();
        let span = valid.or_else(|| span_in(&plain));
        let number_before = |mark: char| last_number(plain.split_once(mark)?.0);
        let year = span.map(|span| span.first().year()).or_else(|| number_before('年')).or_else(|| english_year(title));
        let month = number_before('月').and_then(|month| i8::try_from(month).ok());
        let month = month.or(span.map(|span| span.first().month())).filter(|month| (1..=12).contains(month));
        let year = year.filter(|year| (1900..=2199).contains(year));
        Self { year, month, within: valid, ..Self::default() }
    }

    /// The same without a time to which days are bound.
    pub(super) fn unbound(self) -> Self {
        Self { within: None, ..self }
    }

    /// The same in a leap year, so that each day is one, where nothing says of which year days are.
    pub(super) fn of_any_year(self) -> Option<Self> {
        const ANY: i16 = 2024;
        let month = self.month.or(Some(1));
        self.year.is_none().then_some(Self { year: Some(ANY), month, ..self })
    }

    /// Whether all of these cells name days and leave out the year, which nothing else says.
    pub(super) fn lacks_year<'t>(self, mut cells: impl Iterator<Item = &'t str> + Clone) -> bool {
        let mut own = self;
        let mut others = cells.clone();
        self.of_any_year().is_some_and(|mut guess| others.any(|cell| guess.read(cell).is_ok()))
            && cells.all(|cell| own.read(cell).is_err() && names_a_day(cell))
    }

    /// The days of a cell, in order, if all of it can be read.
    pub(super) fn read(&mut self, text: &str) -> Result<Vec<Date>, Unread> {
        let mut reader = *self;
        let mut days = Vec::new();
        let plain = half_width(text);
        if let Some(date) = reader.english(&plain) {
            days.push(date?);
        } else {
            for part in plain.split(['、', ',', '，', ';', '；', '\n']) {
                let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
                let span = reader.part(&part).ok_or(reader.unread.unwrap_or(Unread::NoDays))?;
                if span.days().nth(LONGEST).is_some() {
                    return Err(Unread::NoDays);
                }
                days.extend(span.days());
            }
        }
        *self = reader;
        if days.is_empty() { Err(Unread::NoDays) } else { Ok(days) }
    }

    /// The days of a cell beside which another one names the weekday.
    pub(super) fn read_on(&mut self, text: &str, named: Option<WeekdaySet>) -> Result<Vec<Date>, Unread> {
        let days = self.read(text)?;
        // Beside several days people write the first weekday, or all of them.
        let named = named.filter(|named| days.len() == 1 || named.iter().count() > 1);
        let other = days.iter().find(|day| named.is_some_and(|named| !named.contains(day.weekday())));
        match other {
            Some(date) => Err(Unread::Disagrees(*date)),
            None => Ok(days),
        }
    }

    /// The one day that the head of a column names, be it with its weekday.
    pub(super) fn read_one(&mut self, text: &str) -> Result<Date, Unread> {
        match self.read(&text.replace('\n', " "))?.as_slice() {
            [date] => Ok(*date),
            _ => Err(Unread::NoDays),
        }
    }

    /// A day in English, with or without its weekday; nothing if the text is none.
    fn english(&mut self, text: &str) -> Option<Result<Date, Unread>> {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')');
        let words: Vec<&str> = text.split(is_mark).filter(|word| !word.is_empty()).collect();
        let weekday = words.iter().find_map(|word| WeekdaySet::read(word.trim_end_matches('.')).ok());
        let is_day = |word: &&&str| WeekdaySet::read(word.trim_end_matches('.')).is_err();
        let rest: Vec<&str> = words.iter().filter(is_day).copied().collect();
        let plain = rest.join(" ");
        let date = english_dates::day(&plain, self.year)?;
        let date = match self.within.filter(|_| english_dates::day(&plain, None).is_none()) {
            None => date,
            Some(within) => match self.one_within(within, |year| english_dates::day(&plain, Some(year))) {
                Some(date) => date,
                None => return Some(Err(Unread::Outside(within))),
            },
        };
        if weekday.is_some_and(|named| !named.contains(date.weekday())) {
            return Some(Err(Unread::Disagrees(date)));
        }
        (self.year, self.month, self.last) = (Some(date.year()), Some(date.month()), Some(date));
        Some(Ok(date))
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
        let unread = one.unread.or(two.unread);
        *self = if is_span { two } else { one };
        self.unread = unread;
        if is_span { span } else { alone }
    }

    fn span(&mut self, text: &str) -> Option<DateSpan> {
        let splits = MARKS.iter().flat_map(|mark| text.match_indices(*mark).map(|(at, mark)| (at, at + mark.len())));
        splits.into_iter().find_map(|(end, start)| {
            let mut reader = *self;
            let first = reader.day(text.get(..end)?.trim_end_matches(['—', '-']));
            let last = first.and_then(|_| reader.day(text.get(start..)?.trim_start_matches(['—', '-'])));
            self.unread = self.unread.or(reader.unread);
            let span = DateSpan::new(first?, last?)?;
            *self = reader;
            Some(span)
        })
    }

    /// One day, with what is known of year and month.
    fn day(&mut self, text: &str) -> Option<Date> {
        let (written, weekday) = with_weekday(text)?;
        let date = match Day::read(written) {
            Ok(day) => day.0,
            Err(_) => self.without_year(written)?,
        };
        if weekday.is_some_and(|days| !days.contains(date.weekday())) {
            self.unread = Some(Unread::Disagrees(date));
            return None;
        }
        (self.year, self.month, self.last) = (Some(date.year()), Some(date.month()), Some(date));
        Some(date)
    }

    /// A day that leaves out its year in the one in which it lies within a time: of several the first after the cell above.
    fn one_within(&self, within: DateSpan, of: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let days = (within.first().year()..=within.last().year()).filter_map(of);
        let days: Vec<Date> = days.filter(|day| (within.first()..=within.last()).contains(day)).collect();
        days.iter().find(|day| self.last.is_none_or(|last| **day >= last)).or(days.first()).copied()
    }

    fn without_year(&mut self, text: &str) -> Option<Date> {
        let plain = text.trim_end_matches(['日', '号']);
        let (month, day) = match plain.split_once(['月', '.', '/', '-']) {
            Some((month, day)) => (month.parse().ok()?, day),
            None => (self.month?, plain),
        };
        let day: i8 = day.parse().ok()?;
        if let Some(within) = self.within {
            let date = self.one_within(within, |year| Date::new(year, month, day).ok());
            let is_day = Date::new(2024, month, day).is_ok();
            self.unread = self.unread.or(Some(Unread::Outside(within)).filter(|_| date.is_none() && is_day));
            return date;
        }
        let date = Date::new(self.year?, month, day).ok()?;
        let is_long_past = |last: &Date| last.duration_since(date).as_hours() > HALF_A_YEAR * 24;
        match self.last.filter(is_long_past) {
            Some(_) => Date::new(self.year? + 1, month, day).ok(),
            None => Some(date),
        }
    }
}

/// A day and the weekday beside it: `12月2日（周三）`, `周三（12月2日）`, `12月2日周三`.
fn with_weekday(text: &str) -> Option<(&str, Option<WeekdaySet>)> {
    let weekday = |text: &str| WeekdaySet::read(text).ok();
    // Brackets stand behind a day; what goes on after them is no single day.
    if let Some((written, brackets)) = text.split_once(['（', '(']) {
        let brackets = brackets.strip_suffix(['）', ')'])?;
        if brackets.contains(['）', ')']) {
            return None;
        }
        return Some(match weekday(written) {
            Some(named) => (brackets, Some(named)),
            None => (written, weekday(brackets)),
        });
    }
    let ends = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    let named = ends.filter_map(|at| text.split_at_checked(at)).find_map(|(before, after)| {
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        match (has_digit(before), has_digit(after)) {
            (false, true) => weekday(before).map(|named| (after, Some(named))),
            (true, false) => weekday(after).map(|named| (before, Some(named))),
            _ => None,
        }
    });
    Some(named.unwrap_or((text, None)))
}

/// The year that an English title names: `December 2026`.
fn english_year(title: &str) -> Option<i16> {
    let is_year =
        |word: &&str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    title.split(|c: char| !c.is_ascii_alphanumeric()).find(is_year)?.parse().ok()
}

/// Whether a text has a day of the year in it, read or not: `12月8日起`, `12/8`, `8 Dec`.
pub(super) fn names_a_day(text: &str) -> bool {
    let plain = half_width(text).to_lowercase();
    let mut before = ' ';
    let numbers = plain.chars().any(|c| {
        let is = before.is_ascii_digit() && matches!(c, '月' | '日' | '号' | '/');
        before = c;
        is
    });
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let pairs = || words.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    numbers
        || Day::read(&plain).is_ok()
        || pairs().any(|(one, two)| english_dates::day(&format!("{one} {two}"), Some(2024)).is_some())
}

/// That nothing says of which year days are; what says from when to when they are says that too.
pub(super) fn year_wanted() -> Problem {
    let lacks = Problem::new(Code::ImportLacks).with_word("what", "import-year");
    lacks.with("option", "--valid 2026-12-01..2027-01-31")
}

/// That a date is not the weekday that stands beside it.
pub(super) fn disagrees(text: &str, date: Date) -> Problem {
    let problem = Problem::new(Code::WeekdayDisagrees).with("text", &text.replace('\n', " "));
    problem.with("mended", &date.to_string()).with_word("weekday", weekday_word(date.weekday()))
}

/// That a day is in no year within the time for which its list holds.
pub(super) fn outside(text: &str, within: DateSpan) -> Problem {
    let problem = Problem::new(Code::DateOutside).with("text", &text.replace('\n', " "));
    problem.with("valid", &String::from(within))
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
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn read(title: &str, cells: &[&str]) -> Vec<Option<String>> {
        let mut reader = ListedDays::in_context(title, None);
        let shown = |days: Vec<Date>| {
            let days: Vec<String> = days.iter().map(|day| day.to_string().split_off(5)).collect();
            days.join(" ")
        };
        cells.iter().map(|cell| reader.read(cell).ok().map(shown)).collect()
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
        let thursday = Date::constant(2026, 12, 3);
        for cell in
            ["12月3日（周五）", "周五（12月3日）", "周五 12月3日", "12.3周五", "Fri 3 Dec", "12月1日-12月3日（周五）"]
        {
            assert_eq!(reader.read(cell), Err(Unread::Disagrees(thursday)), "{cell}");
        }
        for cell in
            ["12月3日（周四）", "周四（12月3日）", "周四 12月3日", "12.3周四", "Thursday, 3 December", "Dec 3 (Thu)"]
        {
            assert_eq!(reader.read(cell), Ok(vec![thursday]), "{cell}");
        }
        assert_eq!(reader.read_on("12月3日", WeekdaySet::read("周五").ok()), Err(Unread::Disagrees(thursday)));
        let mut reader = ListedDays::in_context("2026年", None);
        assert_eq!(reader.read("12月31日").unwrap().len() + reader.read("1月1日").unwrap().len(), 2);
        assert_eq!(reader.last.unwrap().year(), 2027);
    }

    #[test]
    fn a_day_without_its_year_is_within_the_time_for_which_the_list_holds() {
        let within = |text: &str| DateSpan::read(text).unwrap();
        let read = |valid: &str, cells: &[&str]| -> Vec<String> {
            let mut reader = ListedDays::in_context("2026年12月", Some(within(valid)));
            let shown = |read: Result<Vec<Date>, Unread>| {
                read.map_or_else(|why| format!("{why:?}"), |days| days[0].to_string())
            };
            cells.iter().map(|cell| shown(reader.read(cell))).collect()
        };
        let winter = "2026-12-01..2027-01-31";
        assert_eq!(read(winter, &["1月5日", "12月31日", "Jan 3"]), ["2027-01-05", "2026-12-31", "2027-01-03"]);
        let december = "2026-12-01..2026-12-31";
        let outside = format!("{:?}", Unread::Outside(within(december)));
        assert_eq!(
            read(december, &["12月3日", "1月5日", "5 Jan", "12月30日—1月2日"]),
            ["2026-12-03", &outside, &outside, &outside]
        );
        assert_eq!(read(december, &["2027-01-05"]), ["2027-01-05"]);
    }
}
