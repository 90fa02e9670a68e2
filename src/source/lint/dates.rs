//! Dates as people write them, in the form that is read.

use jiff::civil::Date;

use crate::calendar::weekday_word;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What a text may be as a date or a period, each with whether it has one meaning.
pub(super) fn forms(text: &str) -> Vec<(String, bool)> {
    let plain = in_digits(&without_weekday(text));
    let mut forms = Vec::new();
    if plain != text {
        forms.extend(numbers(&plain).and_then(|numbers| iso(&numbers)).map(|made| (made, true)));
        forms.push((plain.clone(), true));
    }
    forms.extend(closed_up(&plain).map(|made| (made, true)));
    forms.extend(english(&plain).map(|made| (made, true)));
    forms.extend(period(&plain).map(|made| (made, true)));
    forms.extend(year_last(&plain).map(|made| (made, true)));
    forms.extend(short_year(&plain).map(|made| (made, false)));
    if let Some(start) = plain.strip_suffix("起").or_else(|| plain.strip_suffix("止")) {
        forms.push((start.trim_end_matches("之日").to_owned(), false));
    }
    // A day of every year has no year.
    if let Some([_, month, day]) = numbers(&plain).as_deref() {
        forms.push((format!("{month:02}-{day:02}"), false));
    }
    forms
}

/// `27/11/2026` and `11/27/2026`, where only one of the two numbers can be the month, or both are the same.
fn year_last(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    if year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = match (first > 12, second > 12) {
        (true, false) => (second, first),
        (false, true) => (first, second),
        _ if first == second => (first, second),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month, day).ok().map(|date| date.to_string())
}

/// Without the weekday beside a date, in brackets or after a space: `2026-10-01（周四）`.
fn without_weekday(text: &str) -> String {
    let mut rest = text.replace('（', "(").replace('）', ")");
    for name in ["星期", "周", "礼拜"] {
        for day in ["一", "二", "三", "四", "五", "六", "日", "天"] {
            let word = format!("{name}{day}");
            if rest.contains(&word) {
                rest = rest.replace(&format!("({word})"), "").replace(&word, "");
            }
        }
    }
    rest.trim().to_owned()
}

/// The first date of `meant` beside which another weekday is written, with the word for the one that it is.
pub(super) fn disagreement(text: &str, meant: &str) -> Option<(String, &'static str)> {
    let dates: Vec<Date> = meant.split("..").map_while(|part| part.get(..10)?.parse().ok()).collect();
    let mut written = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = ["星期", "礼拜", "周"].iter().find_map(|name| rest.strip_prefix(name));
        let day = after
            .and_then(|after| after.chars().next())
            .and_then(|day| "一二三四五六日天".chars().position(|d| d == day));
        written.extend(day.map(|day| day.min(6)));
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if written.len() != dates.len() {
        return None;
    }
    let differs = |(date, day): &(Date, usize)| usize::try_from(date.weekday().to_monday_zero_offset()) != Ok(*day);
    let (date, _) = dates.into_iter().zip(written).find(differs)?;
    Some((date.to_string(), weekday_word(date.weekday())))
}

/// Chinese numerals as digits: 二〇二六年十月一日.
fn in_digits(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value =
        |c: char| if matches!(c, '零' | 'Ｏ' | '○') { Some(0) } else { DIGITS.chars().position(|d| d == c) };
    if !text.contains(|c| value(c).is_some() || c == '十') {
        return text.to_owned();
    }
    let mut made = String::new();
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if value(c).is_some() || c == '十' => run.push(c),
            after => {
                match run.split_once('十') {
                    Some((tens, units)) => {
                        let digit = |part: &str, or: usize| part.chars().next().and_then(value).unwrap_or(or);
                        made.push_str(&(digit(tens, 1) * 10 + digit(units, 0)).to_string());
                    }
                    None => run.chars().filter_map(value).for_each(|digit| made.push_str(&digit.to_string())),
                }
                run.clear();
                made.extend(after);
            }
        }
    }
    made
}

/// `20261001`.
fn closed_up(text: &str) -> Option<String> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?))
}

/// `1 October 2026`, `Oct 1, 2026`.
fn english(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [a, b, year] = words.as_slice() else { return None };
    let month_of = |word: &str| MONTHS.iter().position(|month| word.starts_with(month)).map(|n| n + 1);
    let day_of = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u8>().ok();
    let (month, day) = match (month_of(a), month_of(b)) {
        (Some(month), None) => (month, day_of(b)?),
        (None, Some(month)) => (month, day_of(a)?),
        _ => return None,
    };
    (year.len() == 4).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// A period whose end leaves out its year or month, or that a hyphen joins: `2026年10月1日至7日`, `2026-10-01-2026-10-07`.
fn period(text: &str) -> Option<String> {
    let separators = ["..", "至", "到", "~", " - ", "—", "-"];
    separators.into_iter().find_map(|separator| {
        // A hyphen joins the parts of a date too, so each is tried.
        text.match_indices(separator).find_map(|(at, _)| {
            let (first, last) = (text.get(..at)?.trim(), text.get(at + separator.len()..)?.trim());
            let first = numbers(first).filter(|numbers| numbers.len() == 3)?;
            let last = numbers(last)?;
            let [year, month, _] = first.as_slice() else { return None };
            let last = match last.as_slice() {
                [day] => vec![*year, *month, *day],
                [month, day] => vec![*year, *month, *day],
                [_, _, _] => last,
                _ => return None,
            };
            Some(format!("{}..{}", iso(&first)?, iso(&last)?))
        })
    })
}

/// A month and a day.
type MonthDay = (i8, i8);

/// A period that lacks its years: `11月1日至5月31日`, `12月1日-5日`.
pub(super) fn period_without_year(text: &str) -> Option<(MonthDay, MonthDay)> {
    let (first, last) = ["..", "至", "到", "~", "-"].into_iter().find_map(|mark| text.split_once(mark))?;
    let (month, day, rest) = without_year(first)?;
    let only_day = || last.trim().trim_end_matches(['日', '号']).parse::<i8>().ok().map(|day| (month, day));
    let last = match without_year(last) {
        Some((month, day, rest)) => rest.is_empty().then_some((month, day)),
        None => only_day(),
    }?;
    Date::new(2024, last.0, last.1).ok()?;
    rest.is_empty().then_some(((month, day), last))
}

/// The one date of a text that says from when or until when, and whether it is the first: `2026年11月1日起`.
pub(super) fn half_open(text: &str) -> Option<(Date, bool)> {
    const FROM: [&str; 6] = ["之日起", "起", "以后", "之后", "开始", "onwards"];
    const UNTIL: [&str; 6] = ["为止", "止", "以前", "之前", "截止", "前"];
    let bare = text.trim_start_matches(['从', '自', '至', '到']).trim_start_matches("截止").trim_start_matches("截至");
    let ending = |words: &[&str]| words.iter().find_map(|word| bare.strip_suffix(word)).map(str::trim_end);
    let (date, is_first) = match (ending(&FROM), ending(&UNTIL)) {
        (Some(date), _) => (date, true),
        (None, Some(date)) => (date, false),
        (None, None) if bare.len() < text.len() => (bare, text.starts_with(['从', '自'])),
        (None, None) => (bare.strip_suffix("..").or_else(|| bare.strip_suffix('-'))?.trim_end(), true),
    };
    let written = in_digits(&without_weekday(date));
    let date = numbers(&written).and_then(|numbers| iso(&numbers))?.parse().ok()?;
    Some((date, is_first))
}

/// A date that lacks its year, `12月4号` or `12.4`, with what stands after it.
pub(super) fn without_year(text: &str) -> Option<(i8, i8, String)> {
    let plain = in_digits(text.trim());
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let month = digits(&plain);
    let mark = plain.get(month..)?.chars().next().filter(|mark| matches!(mark, '月' | '.' | '/' | '-'))?;
    let rest = plain.get(month + mark.len_utf8()..)?;
    let day = digits(rest);
    let after = rest.get(day..)?;
    let after = after.strip_prefix(['日', '号']).unwrap_or(after);
    let ends = after.is_empty() || after.starts_with(' ') || (mark == '月' && after.starts_with(['上', '下', '晚']));
    if !(1..=2).contains(&month) || !(1..=2).contains(&day) || !ends {
        return None;
    }
    let (month, day) = (plain.get(..month)?.parse().ok()?, rest.get(..day)?.parse().ok()?);
    // 29 February is a day of some years.
    Date::new(2024, month, day).ok()?;
    Some((month, day, after.trim().to_owned()))
}

/// The date in the year that the other dates of a file speak for: the first that is no earlier than the earliest of them.
pub(super) fn with_year(month: i8, day: i8, file: &str) -> Option<Date> {
    let first = earliest(file)?;
    [first.year(), first.year() + 1]
        .into_iter()
        .find_map(|year| Date::new(year, month, day).ok().filter(|date| *date >= first))
}

/// The period in the year in which the earliest date of a file lies within it, or else follows it.
pub(super) fn period_with_year(first: MonthDay, last: MonthDay, file: &str) -> Option<(Date, Date)> {
    let known = earliest(file)?;
    let from = |year: i16| {
        let start = Date::new(year, first.0, first.1).ok()?;
        let mut ends = [year, year + 1].into_iter().filter_map(|year| Date::new(year, last.0, last.1).ok());
        ends.find(|end| *end >= start).map(|end| (start, end))
    };
    let periods = || [-1, 0, 1].into_iter().filter_map(|more| from(known.year() + more));
    let around = periods().find(|(start, end)| *start <= known && known <= *end);
    around.or_else(|| periods().find(|(start, _)| *start >= known))
}

/// The earliest date of a file.
fn earliest(file: &str) -> Option<Date> {
    let dates = file.match_indices("20").filter_map(|(at, _)| {
        let is_start = !file.get(..at)?.ends_with(|c: char| c.is_ascii_digit() || c == '-');
        let iso = || file.get(at..at + 10)?.parse::<Date>().ok();
        iso().or_else(|| chinese(file.get(at..)?)).filter(|_| is_start)
    });
    dates.min()
}

/// The date with which a text begins, as Chinese has it: `2026年11月1日至…`.
fn chinese(text: &str) -> Option<Date> {
    const LONGEST: usize = 12;
    let end = text.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '日' | '号'))?.0;
    let date = text.get(..end).filter(|date| date.contains('年') && date.contains('月'))?;
    numbers(date).and_then(|numbers| iso(&numbers))?.parse().ok()
}

/// The numbers of a date, if it is nothing else.
fn numbers(text: &str) -> Option<Vec<u16>> {
    let text = text.trim().trim_end_matches(['日', '号']);
    let parts = text.split(['年', '月', '-', '/', '.']).map(|part| part.trim().parse().ok());
    parts.collect()
}

fn iso(numbers: &[u16]) -> Option<String> {
    let [year, month, day] = numbers else { return None };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// A year of two digits: `26-10-01`.
fn short_year(text: &str) -> Option<String> {
    let numbers = numbers(text)?;
    let [year, month, day] = numbers.as_slice() else { return None };
    (*year < 100).then(|| format!("20{year:02}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_its_year_is_in_the_year_of_the_file() {
        let of = |text: &str, file: &str| {
            let (month, day, rest) = without_year(text)?;
            Some(format!("{} {rest}", with_year(month, day, file)?))
        };
        assert_eq!(of("12月4号 上午", "valid: 2026-09-01..2027-01-15").as_deref(), Some("2026-12-04 上午"));
        assert_eq!(of("十二月四日", "from: 2026-11-20").as_deref(), Some("2026-12-04 "));
        assert_eq!(of("1.5", "from: 2026-11-20").as_deref(), Some("2027-01-05 "));
        assert_eq!(of("12.4", "title: 没有日期"), None);
        for none in ["13.4", "12.4.5", "9.30-11.30", "2026", "12月"] {
            assert!(without_year(none).is_none(), "{none}");
        }
    }

    #[test]
    fn dates_in_other_forms_are_understood() {
        for (text, meant) in [
            ("二〇二六年十月一日", "2026-10-01"),
            ("二〇二六年十月二十一日", "2026-10-21"),
            ("2026-10-01（周四）", "2026-10-01"),
            ("2026年10月1日 星期四", "2026-10-01"),
            ("20261001", "2026-10-01"),
            ("1 October 2026", "2026-10-01"),
            ("Oct 1st, 2026", "2026-10-01"),
            ("2026年10月1日至7日", "2026-10-01..2026-10-07"),
            ("2026年10月1日-10月7日", "2026-10-01..2026-10-07"),
            ("2026-10-01-2026-10-07", "2026-10-01..2026-10-07"),
            ("2026/10/1-10/7", "2026-10-01..2026-10-07"),
            ("26-10-01", "2026-10-01"),
        ] {
            let forms = forms(text);
            assert!(forms.iter().any(|(form, _)| form == meant), "{text}: {forms:?}");
        }
    }
}
