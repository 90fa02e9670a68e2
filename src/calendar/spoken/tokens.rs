//! The words of opening hours: a text goes in, words with their places come out.
//!
//! Nothing is refused here: what is no word comes out as [`Kind::Unknown`] and stops whoever reads as far as that.
//! Only words that change nothing (开放时间, 的, the) and spaces are left out. Characters are made half-width and
//! small one for one, so that a place can be shown as it was written.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::time::{chinese_number, half_width};
use super::super::when::WeekOfMonth;
use super::vocabulary::{WEEK_WORDS, WORDS};

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Weekdays, in a form that [`super::super::WeekdaySet::read`] takes.
    Day(&'static str),
    OddWeeks,
    EvenWeeks,
    EachMonth,
    EachYear,
    /// 第一个, last; not whole is 第一 as in 第一、第三个.
    Nth {
        week: WeekOfMonth,
        whole: bool,
    },
    /// 三个 as in 第一、三个.
    AlsoNth(i8),
    Year(i16),
    /// 10月, or `October`, behind which a day comes without a word of its own.
    Month {
        month: i8,
        named: bool,
    },
    DayOfMonth(i8),
    /// 2026-10-01.
    Date,
    /// 次年 in a part of the year.
    NextYear,
    /// 夏季 before the part of the year that it names.
    SeasonName,
    Number(i16),
    /// 1st.
    Ordinal(i8),
    /// 上午, as the reader of times knows it.
    Part(&'static str),
    /// `in the afternoon`, which is no part of a time.
    Half(HalfDay),
    Clock(Clock),
    NextDay,
    Holidays,
    LocalHolidays,
    MakeupWorkdays,
    YearRound,
    /// 休息, or `closed`, which may also stand before its days.
    Closed {
        before: bool,
    },
    /// 盘点: why a place is closed.
    Stocktaking,
    /// 除外, or `except`, which stands before what it is about.
    Except {
        before: bool,
    },
    Usual,
    LikeWeekday,
    LikeWeekend,
    AllHours,
    /// 全天, which is every hour only of a place that is open every day.
    WholeDay,
    Appointment,
    Including,
    /// 开放, which says something only of days that are often closed.
    Opened,
    Dash,
    /// 、, 和, and.
    List,
    /// A comma, which separates more than a list does.
    Comma,
    Colon,
    Open,
    Close,
    Break(Break),
    Filler,
    Unknown,
}

/// A time of day, as far as its word says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// 9:00.
    Digits,
    /// 9点半.
    Spelled,
    /// 9am: hour and minute of the day.
    At(i16, i16),
    /// The beginning or the end of a day.
    Midnight,
}

/// The half of a day before noon, or the one after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HalfDay {
    Morning,
    Afternoon,
}

/// What separates rules, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    Semicolon,
    FullStop,
    Line,
    EmptyLine,
}

/// A word and the bytes of [`Text::plain`] that it is.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub place: Range<usize>,
}

/// A text and its words.
pub(super) struct Text<'t> {
    original: &'t str,
    /// The text half-width and in small letters, a character for each of the original.
    pub plain: String,
    pub tokens: Vec<Token>,
}

impl Kind {
    /// Whether it joins the items of a list.
    pub(super) fn joins(self) -> bool {
        matches!(self, Kind::List | Kind::Comma)
    }
}

impl<'t> Text<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        let plain = half_width(original)
            .chars()
            .map(|c| match c {
                '（' => '(',
                '）' => ')',
                '\u{200b}' | '\u{feff}' => ' ',
                c => c.to_ascii_lowercase(),
            })
            .collect::<String>();
        let tokens = tokens(&plain);
        Self { original, plain, tokens }
    }

    /// A place, half-width.
    pub(super) fn plain(&self, place: &Range<usize>) -> &str {
        self.plain.get(place.clone()).unwrap_or_default()
    }

    /// A place as it was written.
    pub(super) fn piece(&self, place: &Range<usize>) -> String {
        let before = self.plain.get(..place.start).unwrap_or_default().chars().count();
        let length = self.plain(place).chars().count();
        self.original.chars().skip(before).take(length).collect::<String>().trim().to_owned()
    }
}

fn tokens(plain: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    // After 周一、 and 周一至 a weekday needs no 周.
    let mut after_week_word = false;
    while let Some(rest) = plain.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = next(rest, after_week_word);
        let place = at..at + length;
        at += length;
        match kind {
            Kind::Filler => continue,
            Kind::Day(_) => after_week_word = plain.get(place.clone()).is_some_and(|word| !word.is_ascii()),
            Kind::Dash | Kind::List | Kind::Comma => {}
            _ => after_week_word = false,
        }
        tokens.push(Token { kind, place });
    }
    tokens
}

/// The first word of a text that is not empty, and its length.
fn next(rest: &str, after_week_word: bool) -> (Kind, usize) {
    let known = space(rest).or_else(|| word(rest)).or_else(|| weekday(rest, after_week_word)).or_else(|| mark(rest));
    known.or_else(|| number(rest)).unwrap_or_else(|| (Kind::Unknown, unknown(rest)))
}

fn space(rest: &str) -> Option<(Kind, usize)> {
    let length = rest.len() - rest.trim_start().len();
    let lines = rest.get(..length)?.matches('\n').count();
    match (length, lines) {
        (0, _) => None,
        (_, 0) => Some((Kind::Filler, length)),
        (_, 1) => Some((Kind::Break(Break::Line), length)),
        _ => Some((Kind::Break(Break::EmptyLine), length)),
    }
}

/// The longest word of the vocabulary that the text begins with.
fn word(rest: &str) -> Option<(Kind, usize)> {
    static BY_FIRST: LazyLock<HashMap<char, Vec<(Kind, &str)>>> = LazyLock::new(|| {
        let mut words: HashMap<char, Vec<(Kind, &str)>> = HashMap::new();
        for (kind, word) in WORDS.iter().flat_map(|(kind, words)| words.iter().map(|word| (*kind, *word))) {
            words.entry(word.chars().next().unwrap_or_default()).or_default().push((kind, word));
        }
        words
    });
    let words = BY_FIRST.get(&rest.chars().next()?)?.iter();
    words.filter_map(|(kind, word)| Some((*kind, begins_with(rest, word)?))).max_by_key(|(_, length)| *length)
}

/// How much of the text a word takes, a space standing for any number of them.
fn begins_with(rest: &str, word: &str) -> Option<usize> {
    let mut after = rest;
    for (index, part) in word.split(' ').enumerate() {
        let trimmed = after.trim_start_matches([' ', '\t']);
        after = if index == 0 { after } else { Some(trimmed).filter(|trimmed| trimmed.len() < after.len())? };
        after = after.strip_prefix(part)?;
    }
    let goes_on = match word.chars().next_back() {
        Some(last) if last.is_ascii_alphanumeric() => after.starts_with(|c: char| c.is_ascii_alphanumeric()),
        _ => false,
    };
    (!goes_on).then_some(rest.len() - after.len())
}

/// 周一, 星期一, 礼拜天; 三 alone where it may.
fn weekday(rest: &str, bare: bool) -> Option<(Kind, usize)> {
    let named = WEEK_WORDS.iter().find_map(|word| rest.strip_prefix(word));
    let after = match named {
        Some(after) => after,
        None if bare => rest,
        None => return None,
    };
    let mut chars = after.chars();
    const DAYS: [(char, &str); 8] = [
        ('一', "mon"),
        ('二', "tue"),
        ('三', "wed"),
        ('四', "thu"),
        ('五', "fri"),
        ('六', "sat"),
        ('日', "sun"),
        ('天', "sun"),
    ];
    let first = chars.next()?;
    let (_, day) = DAYS.iter().find(|(c, _)| *c == first)?;
    // 三点 and 二十 are no weekdays.
    let counts = chars.next().is_some_and(|c| "十点时月号日个".contains(c)) && named.is_none();
    (!counts).then_some((Kind::Day(day), rest.len() - chars_left(after)))
}

/// The bytes behind the first character.
fn chars_left(text: &str) -> usize {
    let mut chars = text.chars();
    chars.next();
    chars.as_str().len()
}

fn mark(rest: &str) -> Option<(Kind, usize)> {
    let first = rest.chars().next()?;
    let kind = match first {
        '-' | '~' => return Some((Kind::Dash, rest.len() - rest.trim_start_matches(first).len())),
        ',' => Kind::Comma,
        '、' | '/' | '&' => Kind::List,
        ':' => Kind::Colon,
        '(' => Kind::Open,
        ')' => Kind::Close,
        ';' => Kind::Break(Break::Semicolon),
        '。' => Kind::Break(Break::FullStop),
        '.' if rest.starts_with("..") => return Some((Kind::Dash, 2)),
        '.' if rest.chars().nth(1).is_none_or(char::is_whitespace) => Kind::Break(Break::FullStop),
        _ => return None,
    };
    Some((kind, first.len_utf8()))
}

/// What begins with a number: a date, a part of one, a time.
fn number(rest: &str) -> Option<(Kind, usize)> {
    const NUMERALS: &str = "零一二三四五六七八九十两";
    let digits = run(rest, |c| c.is_ascii_digit());
    let numerals = run(rest, |c| NUMERALS.contains(c));
    let length = digits.max(numerals);
    let (figure, after) = rest.split_at_checked(length)?;
    let value = figure.parse::<i16>().ok().or_else(|| i16::try_from(chinese_number(figure)?).ok());
    let value = value.filter(|_| length > 0)?;
    if let Some(tail) = (digits == 4).then(|| date_tail(after)).flatten() {
        return Some((Kind::Date, length + tail));
    }
    let with = |kind, more: usize| Some((kind, length + more));
    let small = i8::try_from(value).ok();
    if let Some(after) = after.strip_prefix(['点', '时']) {
        return with(Kind::Clock(Clock::Spelled), '点'.len_utf8() + minutes(after));
    }
    if let Some(after) = after.strip_prefix('月') {
        let more = if after.starts_with('份') { '份'.len_utf8() } else { 0 };
        return with(Kind::Month { month: small?, named: false }, '月'.len_utf8() + more);
    }
    if after.starts_with(['日', '号']) {
        return with(Kind::DayOfMonth(small?), '日'.len_utf8());
    }
    if digits == 0 {
        return None;
    }
    if digits == 4 && after.starts_with('年') {
        return with(Kind::Year(value), '年'.len_utf8());
    }
    let minute = after.strip_prefix([':', '.']).map_or(0, |after| run(after, |c| c.is_ascii_digit()));
    if minute > 0 {
        let (dotted, behind) = (after.starts_with('.'), after.get(1 + minute..)?);
        if let Some((afternoon, more)) = half_of_day(behind) {
            let at = twelve_hours(value, after.get(1..=minute)?.parse().ok()?, afternoon)?;
            return with(Kind::Clock(at), 1 + minute + more);
        }
        // 9.30 may be a date.
        return with(if dotted { Kind::Unknown } else { Kind::Clock(Clock::Digits) }, 1 + minute);
    }
    if let Some((afternoon, more)) = half_of_day(after) {
        return with(Kind::Clock(twelve_hours(value, 0, afternoon)?), more);
    }
    for (word, clock) in [(" noon", Clock::At(12, 0)), (" midnight", Clock::Midnight)] {
        if let Some(more) = begins_with(after, word).filter(|_| value == 12) {
            return with(Kind::Clock(clock), more);
        }
    }
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| begins_with(after, ending));
    match ordinal {
        Some(more) => with(Kind::Ordinal(small?), more),
        None => with(Kind::Number(value), 0),
    }
}

/// The minutes behind 点: 整, 半, 一刻, 30, 三十分.
fn minutes(after: &str) -> usize {
    let word = ["整", "半", "一刻", "三刻"].iter().find(|word| after.starts_with(**word));
    if let Some(word) = word {
        return word.len();
    }
    let figure = run(after, |c| c.is_ascii_digit()).max(run(after, |c| "零一二三四五六七八九十".contains(c)));
    match after.get(figure..) {
        Some(behind) if behind.starts_with('分') => figure + '分'.len_utf8(),
        // 9点10点 is two hours.
        Some(behind) if behind.starts_with(['点', '时', ':', '日', '月', '号']) => 0,
        _ => figure,
    }
}

/// Whether `am` or `pm` comes next, and how much of the text it takes.
fn half_of_day(after: &str) -> Option<(bool, usize)> {
    let bare = after.trim_start_matches(' ');
    const WORDS: [(&str, bool); 6] =
        [("a.m.", false), ("p.m.", true), ("a.m", false), ("p.m", true), ("am", false), ("pm", true)];
    let found = WORDS.iter().find_map(|(word, afternoon)| Some((*afternoon, begins_with(bare, word)?)));
    found.map(|(afternoon, length)| (afternoon, after.len() - bare.len() + length))
}

/// An hour of twelve as one of the day; 14:30 pm is as good as 14:30, 14:30 am is nothing.
fn twelve_hours(hour: i16, minute: i16, afternoon: bool) -> Option<Clock> {
    match (afternoon, hour) {
        (false, 12) => Some(Clock::At(0, minute)),
        (false, 13..) => None,
        (true, 1..=11) => Some(Clock::At(hour + 12, minute)),
        _ => Some(Clock::At(hour, minute)),
    }
}

/// What belongs to a year to make it 2026-10-01.
fn date_tail(after: &str) -> Option<usize> {
    let mark = after.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let month = run(after.get(1..)?, |c| c.is_ascii_digit());
    let day = run(after.get(1 + month..)?.strip_prefix(mark)?, |c| c.is_ascii_digit());
    ((1..=2).contains(&month) && (1..=2).contains(&day)).then_some(2 + month + day)
}

/// The bytes of the characters at the beginning that are of a kind.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(of).len()
}

/// The length of what is no word: a word of letters, or everything up to the next word that is known.
fn unknown(rest: &str) -> usize {
    let letters = run(rest, |c| c.is_ascii_alphanumeric() || c == '\'' || c == '’');
    if letters > 0 {
        return letters;
    }
    // One character more is rather a part of the unknown word: 午休, 调休日.
    let named =
        |rest: &str| word(rest).or_else(|| weekday(rest, false)).is_some_and(|(_, length)| length > '休'.len_utf8());
    let known = |rest: &str| {
        let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        begins || space(rest).or_else(|| mark(rest)).is_some() || named(rest)
    };
    let mut starts = rest.char_indices().skip(1).map(|(start, _)| start);
    starts.find(|start| rest.get(*start..).is_some_and(known)).unwrap_or(rest.len())
}
