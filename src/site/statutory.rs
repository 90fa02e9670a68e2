//! Public holidays that the law itself puts on a date, for years whose arrangement is not announced yet.
//!
//! In China the yearly notice says which days around a holiday are off and which weekends make up for them. The days
//! of the 全国年节及纪念日放假办法 (State Council, in force since 2025-01-01, article 2) are off whatever it says: New
//! Year's Day, Labour Day and National Day have dates of the common calendar. So on these nobody is told that an
//! office is open because a file is missing. Days of the lunar calendar are not worked out: what is around them is
//! known only from the notice.

use crate::calendar::{Date, DateSpan, HolidayCalendar, HolidaySpan, OccasionKind};
use crate::content::{LanguageTag, Text};

/// A holiday: the month, its first and last day, and its name by language.
type Statutory = (i8, i8, i8, [(&'static str, &'static str); 7]);

const CHINA: [Statutory; 3] = [
    (
        1,
        1,
        1,
        [
            ("zh-Hans", "元旦"),
            ("zh-Hant", "元旦"),
            ("en", "New Year’s Day"),
            ("mn-Mong", "ᠰᠢᠨ᠎ᠡ ᠵᠢᠯ"),
            ("mn-Cyrl", "Шинэ жил"),
            ("bo", "སྤྱི་ལོའི་ལོ་གསར"),
            ("ug", "يېڭى يىل"),
        ],
    ),
    (
        5,
        1,
        2,
        [
            ("zh-Hans", "劳动节"),
            ("zh-Hant", "勞動節"),
            ("en", "Labour Day"),
            ("mn-Mong", "ᠬᠥᠳᠡᠯᠮᠦᠷᠢ ᠶᠢᠨ ᠪᠠᠶᠠᠷ"),
            ("mn-Cyrl", "Хөдөлмөрийн баяр"),
            ("bo", "ངལ་རྩོལ་དུས་ཆེན"),
            ("ug", "ئەمگەكچىلەر بايرىمى"),
        ],
    ),
    (
        10,
        1,
        3,
        [
            ("zh-Hans", "国庆节"),
            ("zh-Hant", "國慶節"),
            ("en", "National Day"),
            ("mn-Mong", "ᠤᠯᠤᠰ ᠤᠨ ᠪᠠᠶᠠᠷ"),
            ("mn-Cyrl", "Улсын баяр"),
            ("bo", "རྒྱལ་སྟོན"),
            ("ug", "دۆلەت بايرىمى"),
        ],
    ),
];

/// The years of which this is known: those in which the law is in force, for as long as anything is written out. They do
/// not depend on the day of the build, since what a calendar says of a session must not change with it.
const YEARS: std::ops::RangeInclusive<i16> = 2025..=2099;

/// Adds the holidays that are sure in years whose arrangement the calendar does not have, with their names.
pub(super) fn add(country: &str, calendar: &mut HolidayCalendar, names: &mut Vec<Text>) {
    if country != "CN" {
        return;
    }
    let known: Vec<i16> = calendar.years().collect();
    let years: Vec<i16> = YEARS.filter(|year| !known.contains(year)).collect();
    for (month, first, last, words) in CHINA {
        let spans = years.iter().filter_map(|year| {
            let day = |day| Date::new(*year, month, day).ok();
            DateSpan::new(day(first)?, day(last)?)
        });
        for days in spans {
            let occasion = HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays: Vec::new() };
            calendar.add_unless_known(names.len(), &occasion);
        }
        let text = words.into_iter().filter_map(|(tag, name)| Some((tag_of(tag)?, name.to_owned())));
        names.push(Text::PerLanguage(text.collect()));
    }
}

fn tag_of(tag: &str) -> Option<LanguageTag> {
    LanguageTag::try_from(tag.to_owned()).ok()
}
