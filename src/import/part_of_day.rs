//! The part of the day that people name once for the times beside or below it: `下午（2:30-4:30）`, a row 晚上 with
//! `7:00-8:30` in it.

use crate::calendar::TimeRange;

const MORNING: [&str; 8] = ["凌晨", "清晨", "早晨", "早上", "上午", "早间", "morning", "a.m."];

/// A part of the day after the morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartOfDay {
    /// 中午.
    Noon,
    /// 下午.
    Afternoon,
    /// 傍晚, 晚上.
    Evening,
}

impl PartOfDay {
    /// The part that a text names; nothing if it names none, several, or the morning.
    pub(super) fn in_text(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let afternoon = has(&["下午", "午后", "afternoon"]);
        let evening = has(&["傍晚", "晚上", "晚间", "夜间", "evening"]);
        let noon = has(&["中午", "午间", "正午"]) || text.contains("noon") && !text.contains("afternoon");
        if has(&MORNING) {
            return None;
        }
        match (noon, afternoon, evening) {
            (true, false, false) => Some(Self::Noon),
            (false, true, false) => Some(Self::Afternoon),
            (false, false, true) => Some(Self::Evening),
            _ => None,
        }
    }

    /// The word by which a time is read in it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Noon => "中午",
            Self::Afternoon => "下午",
            Self::Evening => "晚上",
        }
    }

    /// The word for it in the catalogue of messages.
    pub(super) fn catalogue_word(self) -> &'static str {
        match self {
            Self::Noon => "part-noon",
            Self::Afternoon => "part-afternoon",
            Self::Evening => "part-evening",
        }
    }

    /// Whether a time is plainly of another part of the day: over before this one begins, or in the evening at noon.
    pub(super) fn disagrees(self, time: TimeRange) -> bool {
        let (start, end) = (time.start().minutes(), time.end().minutes());
        match self {
            Self::Noon => end <= 11 * 60 || start >= 17 * 60,
            Self::Afternoon => end <= 12 * 60 || start >= 19 * 60,
            Self::Evening => end <= 17 * 60,
        }
    }

    /// A time that was counted to twelve, as the clock of 24 hours has it; any other as it is.
    pub(super) fn put(self, time: TimeRange) -> TimeRange {
        let hours = match self {
            Self::Noon => 1..=3,
            Self::Afternoon => 1..=7,
            Self::Evening => 5..=11,
        };
        let counts_to_twelve = hours.contains(&(time.start().minutes() / 60));
        time.after_noon().filter(|_| counts_to_twelve).unwrap_or(time)
    }
}

/// Whether a text says itself that a time is in the morning.
pub(super) fn says_morning(text: &str) -> bool {
    let text = text.to_lowercase();
    MORNING.iter().any(|word| text.contains(word))
}

/// Whether most likely an afternoon is meant by a time, since what was written does not say that it is at night.
pub(super) fn is_before_dawn(time: TimeRange, written: &str) -> bool {
    time.begins_before_dawn() && !written.contains("凌晨")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_time_counted_to_twelve_is_put_into_its_part_of_the_day() {
        let put = |part: &str, time: &str| {
            String::from(PartOfDay::in_text(part).unwrap().put(TimeRange::read(time).unwrap()))
        };
        assert_eq!(put("下午", "2:30-4:30"), "14:30-16:30");
        assert_eq!(put("下午班", "14:30-16:30"), "14:30-16:30");
        assert_eq!(put("晚上", "7:00-8:30"), "19:00-20:30");
        assert_eq!(put("晚间", "9:00-12:00"), "21:00-24:00");
        assert_eq!(put("中午", "12:00-13:30"), "12:00-13:30");
        assert_eq!(put("Evening", "6:30-8:00"), "18:30-20:00");
        // What begins at nine in a row of the afternoon stands in the wrong row, and not in the evening.
        assert_eq!(put("afternoon", "9:00-10:00"), "09:00-10:00");
        let disagrees = |time: &str| PartOfDay::Afternoon.disagrees(TimeRange::read(time).unwrap());
        assert!(disagrees("9:00-10:00") && !disagrees("11:30-13:00") && !disagrees("14:00-19:30"));
        assert!(["上午", "上午/下午", "全天", "读书"].iter().all(|text| PartOfDay::in_text(text).is_none()));
        assert!(is_before_dawn(TimeRange::read("2:30-4:30").unwrap(), "2:30-4:30"));
        assert!(!is_before_dawn(TimeRange::read("2:30-4:30").unwrap(), "凌晨2:30-4:30"));
        assert!(!is_before_dawn(TimeRange::read("00:00-24:00").unwrap(), "00:00-24:00"));
    }
}
