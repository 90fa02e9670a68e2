//! Texts that are not quite in their form, and what they were meant to be.
//!
//! In goes a text and whether a text is taken, out comes the nearest one that is. First what an input method or a paste
//! leaves in a text is taken out of it, then what people write for dates, times and weekdays is tried. Safe is what has
//! one meaning; what was perhaps meant is a guess.

use crate::diagnostics::{Code, Problem};

/// A change of a text.
pub(super) type Step = fn(&str) -> String;

/// What a text was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mend {
    /// The code that says what is wrong better than the reader of the form; `None` keeps the reader's.
    pub(crate) code: Option<Code>,
    pub(crate) text: String,
    pub(crate) safe: bool,
}

/// What a text of a format was meant to be, if `takes` takes it.
pub(crate) fn mended(format: &str, text: &str, takes: &dyn Fn(&str) -> bool) -> Option<Mend> {
    const STEPS: [(Code, Step); 4] = [
        (Code::InvisibleCharacter, without_invisible),
        (Code::OddSpace, with_plain_spaces),
        (Code::FullWidthQuote, without_quotes),
        (Code::FullWidthSign, half_width),
    ];
    if text.chars().count() > 300 {
        return None;
    }
    let safe = |code, text: String| Some(Mend { code: Some(code), text, safe: true });
    for (code, step) in STEPS {
        let made = step(text);
        if made != text && takes(&made) {
            return safe(code, made);
        }
    }
    let mut plain = text.to_owned();
    let mut first = None;
    for (code, step) in STEPS {
        let made = step(&plain);
        if made != plain {
            first = first.or(Some(code));
        }
        plain = made;
    }
    if let Some(code) = first.filter(|_| takes(&plain)) {
        return safe(code, plain);
    }
    let of_dates = matches!(format, "date" | "date-span" | "rough-date" | "day-or-time" | "moment" | "month-day");
    let of_times = matches!(
        format,
        "time-of-day"
            | "time-range"
            | "intervals"
            | "holiday-hours"
            | "moment"
            | "weekly-lines"
            | "when"
            | "hours"
            | "day-or-time"
    );
    let mut tried: Vec<(Option<Code>, String, bool)> = Vec::new();
    if of_dates {
        tried.extend(super::dates::forms(&plain).into_iter().map(|(text, safe)| (Some(Code::DateForm), text, safe)));
        tried.extend(swapped(&plain).map(|text| (None, text, false)));
    }
    if of_times {
        tried.extend(super::times::forms(&plain).into_iter().map(|(text, safe)| (Some(Code::TimeForm), text, safe)));
        tried.extend(super::times::later(&plain).map(|text| (None, text, false)));
    }
    if matches!(format, "weekdays" | "weekly-lines" | "when" | "hours" | "day-pattern") {
        let with_hyphen = plain.replace(" to ", "-").replace(" through ", "-");
        tried.push((Some(Code::WeekdayForm), with_hyphen, true));
        tried.extend(weekday_digits(&plain).map(|text| (Some(Code::WeekdayForm), text, true)));
        tried.extend(weekdays_apart(&plain).map(|(text, safe)| (Some(Code::WeekdayForm), text, safe)));
    }
    if let Some(turned) = days_first(&plain).filter(|_| format == "when") {
        let forms = super::times::forms(&turned).into_iter().filter(|(text, _)| *text != turned);
        let (sure, unsure): (Vec<_>, Vec<_>) = forms.partition(|(_, safe)| *safe);
        let all = sure.into_iter().chain([(turned, true)]).chain(unsure);
        tried.extend(all.map(|(text, safe)| (Some(Code::WeekdayForm), text, safe)));
    }
    match format {
        "web-address" | "base-address" => tried.push((None, format!("https://{plain}"), false)),
        "region" => tried.extend(named(&plain, &REGIONS).map(|code| (None, code, false))),
        "time-zone" => tried.extend(named(&plain, &ZONES).map(|zone| (None, zone, false))),
        "id" => tried.push((None, plain.trim().replace(['_', ' ', '.', '/'], "-"), false)),
        "phone" => tried.push((None, plain.replace([':', '：', '电', '话', '—', '–'], "").trim().to_owned(), false)),
        _ => {}
    }
    let fits = tried.into_iter().find(|(_, made, _)| made != text && takes(made))?;
    Some(Mend { code: fits.0, text: fits.1, safe: fits.2 })
}

/// What regions are called, and their codes.
const REGIONS: [(&str, &str); 5] =
    [("中国", "CN"), ("中国大陆", "CN"), ("香港", "HK"), ("澳门", "MO"), ("甘肃", "CN-GS")];
/// What time zones are called, and their names in the database.
const ZONES: [(&str, &str); 5] = [
    ("北京时间", "Asia/Shanghai"),
    ("北京", "Asia/Shanghai"),
    ("上海", "Asia/Shanghai"),
    ("东八区", "Asia/Shanghai"),
    ("UTC+8", "Asia/Shanghai"),
];

/// What a name stands for.
fn named(name: &str, names: &[(&str, &str)]) -> Option<String> {
    names.iter().find(|(known, _)| *known == name).map(|(_, meant)| (*meant).to_owned())
}

/// `下午3点-5点 周二` as `周二 下午3点-5点`.
fn days_first(text: &str) -> Option<String> {
    let (time, days) = text.trim().rsplit_once(' ')?;
    let is_days = days.starts_with(['周', '星', '礼', '每']) || days.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_days.then(|| format!("{days} {}", time.trim_end()))
}

/// That a date is not the weekday that stands beside it, so that one of the two is wrong.
pub(crate) fn disagreement(text: &str, meant: &str) -> Option<Problem> {
    let (date, weekday) = super::dates::disagreement(text, meant)?;
    Some(Problem::new(Code::WeekdayDisagrees).with("text", text).with("mended", &date).with_word("weekday", weekday))
}

/// What is wrong with a date that lacks its year, with the date that the file speaks for.
pub(crate) fn without_year(format: &str, text: &str, file: &str) -> Option<(Problem, Option<String>)> {
    if !matches!(format, "date" | "date-span" | "day-or-time" | "moment" | "when") {
        return None;
    }
    let plain = half_width(text);
    if format == "date-span"
        && let Some((first, last)) = super::dates::period_without_year(&plain)
    {
        let meant = super::dates::period_with_year(first, last, file);
        let meant = meant.map(|(first, last)| format!("{first}..{last}"));
        return Some((no_year(text, meant.as_deref()), meant));
    }
    let (month, day, rest) = super::dates::without_year(&plain)?;
    let date = super::dates::with_year(month, day, file);
    let meant = date.map(|date| format!("{date} {rest}").trim_end().to_owned());
    Some((no_year(text, meant.as_deref()), meant))
}

/// That a date has no year; how one is written is said where none is guessed.
fn no_year(text: &str, meant: Option<&str>) -> Problem {
    let problem = Problem::new(Code::NoYear).with("text", text).with_some("mended", meant);
    problem.with_some("form", meant.is_none().then_some(""))
}

/// That days have a first one and no last, or a last one and no first, with a year from the first as what may be meant.
pub(crate) fn half_open(text: &str) -> Option<(Problem, Option<String>)> {
    let plain = half_width(text.trim());
    let (date, is_first) = super::dates::half_open(&plain)?;
    let problem = Problem::new(Code::NoLastDay).with("text", text);
    if !is_first {
        return Some((problem.with("until", &format!("{}..{date}", date.first_of_year())), None));
    }
    let last = date.checked_add(jiff::Span::new().years(1)).ok()?.yesterday().ok()?;
    let meant = format!("{date}..{last}");
    Some((problem.with("mended", &meant), Some(meant)))
}

/// Whether a text says that something has no end.
pub(crate) fn is_endless(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "长期",
        "长期有效",
        "长期开放",
        "永久",
        "永久有效",
        "一直有效",
        "不限",
        "无期限",
        "另行通知",
        "另行通知为止",
        "permanent",
        "until further notice",
    ];
    WORDS.contains(&text.trim().to_lowercase().as_str())
}

/// The telephone numbers of a text that holds several, each as it is dialled.
pub(crate) fn several_phones(text: &str, takes: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    const LEAST_DIGITS: usize = 7;
    let plain = half_width(text);
    let parts = |marks: &[char]| -> Vec<String> {
        plain.split(marks).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let is_number = |part: &String| takes(part) && part.chars().filter(char::is_ascii_digit).count() >= LEAST_DIGITS;
    let mut numbers = [parts(&['、', ',', ';', '/', '|']), parts(&['、', ',', ';', '/', '|', ' '])]
        .into_iter()
        .find(|parts| parts.len() > 1 && parts.iter().all(is_number))?;
    // `0931-0000001/0000002` has the area code once.
    let code = numbers.first()?.split_once('-').map(|(code, _)| code.to_owned()).filter(|code| code.starts_with('0'));
    for number in numbers.iter_mut().skip(1) {
        if let Some(code) = code.as_ref().filter(|_| (7..=8).contains(&number.len()) && !number.contains('-')) {
            *number = format!("{code}-{number}");
        }
    }
    Some(numbers)
}

/// What a number was meant to be: with full-width digits, with a unit, with marks between thousands, or spelled.
pub(crate) fn number(text: &str, whole: bool) -> Option<Mend> {
    let is_number =
        |text: &str| if whole { text.parse::<u64>().is_ok() } else { text.parse::<f64>().is_ok_and(f64::is_finite) };
    let plain = half_width(&without_quotes(&with_plain_spaces(&without_invisible(text))));
    if is_number(&plain) {
        let code = match text {
            text if text.contains(['“', '”', '「']) => Code::FullWidthQuote,
            text if text.contains(is_invisible) => Code::InvisibleCharacter,
            text if text.contains(is_odd_space) => Code::OddSpace,
            _ => Code::FullWidthSign,
        };
        return Some(Mend { code: Some(code), text: plain, safe: true });
    }
    let joined = plain.replace([',', ' '], "");
    let unit = joined.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '°' | '%'));
    let bare = unit.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
    let made = if is_number(bare) {
        bare.to_owned()
    } else {
        spelled(joined.trim_end_matches(['人', '个', '名', '位', '年', '次']))?
    };
    is_number(&made).then_some(Mend { code: Some(Code::NumberForm), text: made, safe: joined == unit })
}

/// What a yes or no was meant to be.
pub(crate) fn truth(text: &str) -> Option<&'static str> {
    match text.trim_end_matches(['。', '.', '！', '!']).to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "1" | "是" | "是的" | "有" | "对" | "要" | "需要" | "可以" | "可" | "能"
        | "√" | "✓" => Some("true"),
        "no" | "n" | "off" | "false" | "0" | "否" | "不是" | "无" | "没有" | "不" | "不要" | "不用" | "不需要"
        | "不可以" | "不能" | "×" | "✗" => Some("false"),
        _ => None,
    }
}

/// Whether a character takes no room and says nothing: what a paste leaves behind.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

/// Whether a character is a space that YAML does not take for one.
pub(crate) fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn without_invisible(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

fn with_plain_spaces(text: &str) -> String {
    let plain: String = text.chars().map(|c| if is_odd_space(c) { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

fn without_quotes(text: &str) -> String {
    const PAIRS: [(char, char); 9] = [
        ('“', '”'),
        ('”', '”'),
        ('”', '“'),
        ('‘', '’'),
        ('「', '」'),
        ('＂', '＂'),
        ('“', '"'),
        ('”', '"'),
        ('"', '”'),
    ];
    let text = text.trim();
    let pair = PAIRS.into_iter().find(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    let inner = pair.and_then(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(text).to_owned()
}

/// Full-width forms of ASCII, and the dashes and stops that stand for its own.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '。' => '.',
            c => c,
        })
        .collect()
}

/// A number below a hundred in Chinese numerals.
fn spelled(text: &str) -> Option<String> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(2));
    let one = |text: &str| {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(0),
            (Some(c), None) => digit(c),
            _ => None,
        }
    };
    let number = match text.split_once('十') {
        Some((tens, units)) => (if tens.is_empty() { 1 } else { one(tens)? }) * 10 + one(units)?,
        None if text.is_empty() => return None,
        None => one(text)?,
    };
    Some(number.to_string())
}

/// The two ends of a period the other way round.
fn swapped(text: &str) -> Option<String> {
    let separator = ["..", "~", "至", "到"].into_iter().find(|s| text.contains(s))?;
    let (first, last) = text.split_once(separator)?;
    Some(format!("{}{separator}{}", last.trim(), first.trim()))
}

/// Weekdays that are written together, or without their 周: 周二四 下午, 二、四 下午; with whether it has one meaning.
fn weekdays_apart(text: &str) -> Option<(String, bool)> {
    const DAYS: &str = "一二三四五六日天";
    let (before, rest) = ["每周", "周", "星期", "礼拜"]
        .iter()
        .find_map(|word| text.strip_prefix(word).map(|rest| (Some(*word), rest)))
        .unwrap_or((None, text));
    let end = rest.find(|c| !DAYS.contains(c) && !matches!(c, '、' | ',')).unwrap_or(rest.len());
    let (days, after) = rest.split_at(end);
    let days: Vec<char> = days.chars().filter(|c| DAYS.contains(*c)).collect();
    let fits = after.is_empty() || after.starts_with([' ', '上', '下', '晚', '早', '中']);
    if !fits || days.len() < if before.is_some() { 2 } else { 1 } {
        return None;
    }
    let days: Vec<String> = days.iter().map(|day| format!("周{day}")).collect();
    Some((format!("{}{after}", days.join("、")), before.is_some()))
}

/// Weekdays that are numbered: 周1至周5, 星期3.
fn weekday_digits(text: &str) -> Option<String> {
    let mut made = String::with_capacity(text.len());
    let mut after_word = false;
    for c in text.chars() {
        let day = c
            .to_digit(10)
            .filter(|_| after_word)
            .and_then(|n| "日一二三四五六日".chars().nth(usize::try_from(n).ok()?));
        made.push(day.unwrap_or(c));
        after_word = matches!(c, '周' | '期' | '拜')
            || (day.is_none() && after_word && matches!(c, '至' | '到' | '、' | '-' | ','));
        if day.is_some() {
            after_word = false;
        }
    }
    (made != text).then_some(made)
}
