//! What people write, and what is made of it.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::date::{DateSpan, MonthDay, YearlySpan};
use super::super::holidays::{HolidayCalendar, HolidaySpan, OccasionKind};
use super::super::intervals::Intervals;
use super::super::opening::{HolidayRule, MakeupRule};
use super::super::weekday::{WeekdaySet, Weekly};
use super::vocabulary::WORDS;
use super::*;
use crate::diagnostics::Language;

/// What is written of holidays and make-up workdays if nothing was said of them.
const USUAL: &str = "节假日休息；调休上班日按所补的工作日";

/// The canonical text without [`USUAL`], unless that is all of it.
fn canonical(said: &str) -> String {
    let hours = read(said).unwrap_or_else(|problem| panic!("{said}: {problem}"));
    for language in [Language::ZhHans, Language::En] {
        let written = write(&hours, language);
        assert_eq!(read(&written).as_ref(), Ok(&hours), "{said}: {written}");
    }
    let written = write(&hours, Language::ZhHans);
    let unsaid = [format!("；{USUAL}"), format!("{USUAL}；")];
    unsaid.iter().fold(written, |written, usual| written.replace(usual, ""))
}

#[test]
fn days_and_times_are_read_as_people_write_them() {
    for (said, meant) in [
        ("周一至周五 上午9点到12点，下午2点半至6点；节假日休息", "周一至周五 09:00-12:00，14:30-18:00"),
        ("周一到周五8:30—12:00 14:30—18:00", "周一至周五 08:30-12:00，14:30-18:00"),
        ("每天8:00-20:00", "每天 08:00-20:00"),
        ("工作日9：00－17：30，周末10点到16点", "周一至周五 09:00-17:30；周六、周日 10:00-16:00"),
        ("工作日（周一至周五）9:00-17:00", "周一至周五 09:00-17:00"),
        ("周一、三、五上午 9:00-11:30", "周一、周三、周五 09:00-11:30"),
        ("周一三五上午9点到11点", "周一、周三、周五 09:00-11:00"),
        ("周一，周三 9:00-11:00", "周一、周三 09:00-11:00"),
        ("星期一至星期六 9:00~17:00（周日休息）", "周一至周六 09:00-17:00；周日休息"),
        ("周六日９：００～１２：００", "周六、周日 09:00-12:00"),
        ("每逢周三14：30至17：00对外开放", "周三 14:30-17:00"),
        ("礼拜天关门", "周日休息"),
        ("上午九点到十二点", "每天 09:00-12:00"),
        ("早八点至晚六点", "每天 08:00-18:00"),
        ("早8点到晚8点", "每天 08:00-20:00"),
        ("周一至周五 9-12点，14-17点", "周一至周五 09:00-12:00，14:00-17:00"),
        ("每天5:30-22:00", "每天 05:30-22:00"),
        ("晚上6点到凌晨2点", "每天 18:00-次日02:00"),
        ("20:00-次日8:00", "每天 20:00-次日08:00"),
        ("20:00-8:00（次日）", "每天 20:00-次日08:00"),
        ("周六 24小时", "周六 24小时开放"),
        ("开放时间：周一至周五上午：8:30-12:00 下午：14:30-18:00", "周一至周五 08:30-12:00，14:30-18:00"),
        ("周一至周五上午8:30-12:00；下午2:30-6:00", "周一至周五 08:30-12:00，14:30-18:00"),
        ("周一至周五：\n上午 8:30-12:00\n下午 14:30-18:00", "周一至周五 08:30-12:00，14:30-18:00"),
        ("周一：9:00-12:00\n周二：休息", "周一 09:00-12:00；周二休息"),
        ("9:00-17:00（周一闭馆）", "周二至周日 09:00-17:00；周一休息"),
        ("9:00-17:00，周一至周五", "周一至周五 09:00-17:00"),
        ("9:00-17:00（周一至周五），10:00-16:00（周末）", "周一至周五 09:00-17:00；周六、周日 10:00-16:00"),
        ("周日须预约", "周日须预约"),
        ("周三下午2点-5点（预约）", "周三 14:00-17:00（须预约）"),
        ("周三 9:00-12:00，须预约", "周三 09:00-12:00（须预约）"),
        ("周三 9:00-12:00（须预约），14:00-17:00", "周三 09:00-12:00（须预约），14:00-17:00"),
    ] {
        assert_eq!(canonical(said), meant, "{said}");
    }
}

#[test]
fn english_is_read_as_people_write_it() {
    for (said, meant) in [
        (
            "Mon-Fri 9:00-12:00, 14:30-18:00; Sat 9am-noon; closed on public holidays",
            "周一至周五 09:00-12:00，14:30-18:00；周六 09:00-12:00",
        ),
        ("Weekdays 9 am to 5:30 pm", "周一至周五 09:00-17:30"),
        ("Mon-Fri 9-5pm", "周一至周五 09:00-17:00"),
        ("Mon.–Fri. 9.30am–5.30pm", "周一至周五 09:30-17:30"),
        ("Daily 10:00-20:00", "每天 10:00-20:00"),
        ("9 a.m. - 5 p.m. daily", "每天 09:00-17:00"),
        ("Open 9am to 5pm, Monday to Friday", "周一至周五 09:00-17:00"),
        ("9am-5pm Mon-Fri; 10am-2pm Sat", "周一至周五 09:00-17:00；周六 10:00-14:00"),
        ("8pm to 8am the next day", "每天 20:00-次日08:00"),
        ("6pm-midnight", "每天 18:00-24:00"),
        ("Sundays by appointment", "周日须预约"),
        ("by appointment on Sundays", "周日须预约"),
        ("closed on Mondays", "周一休息"),
        ("Mon-Fri 9:00-17:00, closed Sat and Sun", "周一至周五 09:00-17:00；周六、周日休息"),
        ("first Saturday of the month 9:00-11:00", "每月第一个周六 09:00-11:00"),
        ("first Sat 9:00-11:00", "每月第一个周六 09:00-11:00"),
        ("Mon-Fri 9am-5pm, last Sat: 10am-noon", "周一至周五 09:00-17:00；每月最后一个周六 10:00-12:00"),
        ("Ｍｏｎ－Ｆｒｉ ９ａｍ－５ｐｍ", "周一至周五 09:00-17:00"),
        ("1st and 3rd Saturday of the month 9:00-11:00", "每月第一个周六 09:00-11:00；每月第三个周六 09:00-11:00"),
        ("last workday of the month closed", "每月最后一个工作日休息"),
        ("15th of each month closed", "每月15日休息"),
        ("odd weeks: Sat 9:00-12:00", "单周周六 09:00-12:00"),
        ("July 1 to August 31: Mon-Fri 8:30-12:00", "每年7月1日至8月31日：周一至周五 08:30-12:00"),
        ("Oct 1-3, 2026 9:00-11:30", "2026年10月1日至3日 09:00-11:30"),
        ("1 October 2026: closed", "2026年10月1日休息"),
    ] {
        assert_eq!(canonical(said), meant, "{said}");
    }
}

#[test]
fn days_that_recur_otherwise_and_dates_are_read() {
    for (said, meant) in [
        ("单周周六 9:00-12:00", "单周周六 09:00-12:00"),
        ("双周星期三下午2点至5点", "双周周三 14:00-17:00"),
        ("每月第一个周六 9点至11点", "每月第一个周六 09:00-11:00"),
        ("每月第一、第三个周六9:00-11:00", "每月第一个周六 09:00-11:00；每月第三个周六 09:00-11:00"),
        ("每月第一、三个周六9:00-11:00", "每月第一个周六 09:00-11:00；每月第三个周六 09:00-11:00"),
        ("每月第2、4个周六9:00-11:00", "每月第二个周六 09:00-11:00；每月第四个周六 09:00-11:00"),
        ("每月最后一个工作日休息", "每月最后一个工作日休息"),
        ("每月最后一个工作日 8:30-12:00", "每月最后一个工作日 08:30-12:00"),
        ("每月15日休息", "每月15日休息"),
        ("每月1日、15日休息", "每月1日休息；每月15日休息"),
        ("2026年10月1日至3日 9:00-11:30", "2026年10月1日至3日 09:00-11:30"),
        ("2026-10-01..2026-10-03 9:00-11:30", "2026年10月1日至3日 09:00-11:30"),
        ("2026年12月31日 休息", "2026年12月31日休息"),
        ("2026年10月1日（周四）9:00-11:30", "2026年10月1日 09:00-11:30"),
        ("2026年10月1日、3日休息，4日 9:00-11:30", "2026年10月1日休息；2026年10月3日休息；2026年10月4日 09:00-11:30"),
        ("2026年12月30日至次年1月2日休息", "2026年12月30日至2027年1月2日休息"),
    ] {
        assert_eq!(canonical(said), meant, "{said}");
    }
}

#[test]
fn parts_of_the_year_take_the_days_of_the_rule_before() {
    for (said, meant) in [
        (
            "7月1日至8月31日 周一至周五 8:30-12:00，15:00-18:30",
            "每年7月1日至8月31日：周一至周五 08:30-12:00，15:00-18:30",
        ),
        (
            "夏季（5月1日-9月30日）：8:30-12:00, 15:00-18:30；冬季（10月1日-4月30日）：9:00-12:00，14:00-17:30",
            "每年5月1日至9月30日：每天 08:30-12:00，15:00-18:30；每年10月1日至次年4月30日：每天 09:00-12:00，14:00-17:30",
        ),
        (
            "周一至周五 8:30-12:00，14:30-18:00；7月1日至8月31日 8:30-12:00，15:00-18:30",
            "周一至周五 08:30-12:00，14:30-18:00；每年7月1日至8月31日：周一至周五 08:30-12:00，15:00-18:30",
        ),
        (
            "周一至周五：旺季（4-10月）8:30-18:00，淡季（11月-次年3月）9:00-17:30",
            "每年4月1日至10月31日：周一至周五 08:30-18:00；每年11月1日至次年3月31日：周一至周五 09:00-17:30",
        ),
        (
            "夏季（5月1日至9月30日）：\n周一至周五 8:30-12:00\n周六 9:00-12:00\n冬季（10月1日至4月30日）：\n周一至周五 9:00-12:00",
            "每年5月1日至9月30日：周一至周五 08:30-12:00，周六 09:00-12:00；每年10月1日至次年4月30日：周一至周五 09:00-12:00",
        ),
        (
            "夏季（5月1日-9月30日）：8:30-18:00；冬季（10月1日-4月30日）：9:00-17:30；周一休息",
            "周一休息；每年5月1日至9月30日：周二至周日 08:30-18:00；每年10月1日至次年4月30日：周二至周日 09:00-17:30",
        ),
        ("每天9:00-17:00；7月1日至8月31日休息", "每天 09:00-17:00；每年7月1日至8月31日：每天休息"),
        ("每年5月4日休息", "每年5月4日：每天休息"),
    ] {
        assert_eq!(canonical(said), meant, "{said}");
    }
}

#[test]
fn holidays_and_makeup_workdays_are_always_said() {
    for (said, meant) in [
        ("周六 9:00-12:00", "周六 09:00-12:00；节假日休息；调休上班日按所补的工作日"),
        ("法定节假日不开放，调休上班日照常", "节假日休息；调休上班日按所补的工作日"),
        ("调休上班的周末休息", "节假日休息；调休上班日休息"),
        ("调休上班日仍按周末的时间", "节假日休息；调休上班日仍按周末的时间"),
        ("节假日 10:00-16:00", "节假日 10:00-16:00；调休上班日按所补的工作日"),
        ("节假日照常开放", "节假日照常开放；调休上班日按所补的工作日"),
        ("open on public holidays", "节假日照常开放；调休上班日按所补的工作日"),
        ("当地节日 10:00-12:00", "节假日休息；当地节日 10:00-12:00；调休上班日按所补的工作日"),
        ("周六、周日及法定节假日休息", "周六、周日休息；节假日休息；调休上班日按所补的工作日"),
        ("周一及节假日 10:00-16:00", "周一 10:00-16:00；节假日 10:00-16:00；调休上班日按所补的工作日"),
        ("每天8:00-20:00（含节假日）", "每天 08:00-20:00；节假日照常开放；调休上班日按所补的工作日"),
        ("全年无休，9:00-21:00", "每天 09:00-21:00；节假日照常开放；调休上班日按所补的工作日"),
        (
            "节假日10:00-12:00；7月1日至8月31日 每天9:00-12:00；2026年12月31日休息",
            "节假日 10:00-12:00；调休上班日按所补的工作日；每年7月1日至8月31日：每天 09:00-12:00；2026年12月31日休息",
        ),
    ] {
        assert_eq!(write(&read(said).unwrap(), Language::ZhHans), meant, "{said}");
        assert_eq!(read(meant), read(said), "{said}");
    }
}

#[test]
fn what_is_not_understood_is_refused_with_what_was_understood_before() {
    for (said, part, understood) in [
        ("春节、国庆休息", "春节", None),
        ("每月最后一个工作日下午盘点，不开放", "下午", None),
        ("除周一外每天9:00-17:00", "除", None),
        ("每天 9:00-17:00，周一除外", "除外", Some("每天 09:00-17:00")),
        ("Daily 9:00-17:00 except Mondays", "except", Some("每天 09:00-17:00")),
        ("周六 9:00-12:00；周末电话预约", "电话", Some("周六 09:00-12:00")),
        ("节假日休息；周一9:00-17:00，午休12:00-14:00", "午休", Some("周一 09:00-17:00；节假日休息")),
        ("隔周周六 9:00-12:00", "隔周", None),
        ("非工作日休息", "非", None),
        ("调休日休息", "调休日", None),
        ("RRULE:FREQ=WEEKLY 9:00-12:00", "RRULE", None),
        ("周一至周五（9:00-17:00", "（", Some("周一至周五 09:00-17:00")),
        ("开放时间：", "开放时间：", None),
        ("休息", "休息", None),
        ("  ", "", None),
    ] {
        assert_eq!(refusal(said), not_hours(part, understood), "{said}");
    }
}

#[test]
fn what_may_mean_two_things_is_refused() {
    for (said, part, understood) in [
        // A part of the day, or all of it, without times.
        ("周一至周五上午", "上午", None),
        ("周一全天", "全天", None),
        ("全天开放，周一闭馆", "全天", None),
        ("周一至周五 8:30-12:00，下午休息", "下午", Some("周一至周五 08:30-12:00")),
        // Hours of the morning or of the afternoon.
        ("周三2点到5点", "2点到5点", None),
        ("2点到下午5点", "2点到下午5点", None),
        ("Sat 2-5pm", "2-5pm", None),
        ("Mon-Fri 9am-5", "9am-5", None),
        ("周一 9:00-12:00，2:00-5:00", "2:00-5:00", Some("周一 09:00-12:00")),
        ("周一至周五 9-17", "9-17", None),
        ("周六 9.30-12.00", "9.30", None),
        // Days of which nothing is said.
        ("周六开放，周日休息", "周六", None),
        ("周一至周五，周六休息", "周一至周五，周六", None),
        ("Mon-Fri, closed on Sundays", "Mon-Fri", None),
        // A break, or hours of another day.
        ("周一9:00-17:00（12:00-14:00休息）", "12:00-14:00", Some("周一 09:00-17:00")),
        ("周一 9:00-12:00（周六 9:00-11:00），14:00-17:00", "14:00-17:00", Some("周一 09:00-12:00；周六 09:00-11:00")),
        ("9:00-12:00（周一至周五），14:00-17:00", "14:00-17:00", Some("周一至周五 09:00-12:00")),
        ("9:00-17:00；周六 10:00-14:00", "周六 10:00-14:00", Some("每天 09:00-17:00")),
        ("周三 9:00-12:00，14:00-17:00，须预约", "须预约", Some("周三 09:00-12:00，14:00-17:00")),
        // What stands before may hold for what stands behind.
        ("单周周六 9:00-12:00，周日 14:00-17:00", "周日 14:00-17:00", Some("单周周六 09:00-12:00")),
        (
            "7月1日至8月31日 周一至周五 8:30-12:00；周六 9:00-12:00",
            "周六 9:00-12:00",
            Some("每年7月1日至8月31日：周一至周五 08:30-12:00"),
        ),
        ("周末和7月1日至8月31日 9:00-12:00", "7月1日至8月31日", None),
        // A season that says nothing of a day on which the place is open otherwise.
        (
            "周一至周五 9:00-17:00；7月1日至8月31日 周六 9:00-12:00",
            "7月1日至8月31日 周六 9:00-12:00",
            Some("周一至周五 09:00-17:00"),
        ),
        (
            "周一至周五 8:30-12:00，14:30-18:00（7月1日至8月31日 15:00-18:30）",
            "7月1日至8月31日 15:00-18:30",
            Some("周一至周五 08:30-12:00，14:30-18:00"),
        ),
        // A date of this year or of every one, or one that contradicts itself.
        ("10月1日休息", "10月1日", None),
        ("2026年10月1日至3日休息；10月4日至7日 9:00-11:30", "10月4日至7日", Some("2026年10月1日至3日休息")),
        ("2026年10月1日（周五）9:00-11:30", "周五", None),
        (
            "2026年10月1日至7日休息；2026年10月3日 9:00-11:30",
            "2026年10月3日 9:00-11:30",
            Some("2026年10月1日至7日休息"),
        ),
        ("first Saturday closed", "first Saturday", None),
        ("first Saturday and Sunday 9:00-11:00", "first Saturday", None),
        ("Sundays and first Sat 9:00-11:00", "first Sat", None),
        ("first workday 9:00-11:00", "first workday", None),
        ("第一个周六 9:00-11:00", "第一个周六", None),
        ("每月第一个周六、周日 9:00-11:00", "周日", None),
        // What OpeningHours cannot hold.
        ("调休上班日 9:00-17:00", "调休上班日 9:00-17:00", None),
        ("每月15日至20日休息", "至", None),
        ("全年无休，周一至周五 9:00-17:00", "全年无休", None),
    ] {
        assert_eq!(refusal(said), not_hours(part, understood), "{said}");
    }
    // Which of the two is wrong is said in words of its own.
    assert_eq!(refusal("上午14:30-18:00").0, Code::PartOfDayDisagrees);
}

#[test]
fn a_day_that_recurs_may_be_closed_for_stocktaking() {
    for said in [
        "每月最后一个工作日盘点休息",
        "每月最后一个工作日休息（盘点）",
        "每月最后一个工作日盘点，不开放",
        "每月最后一个工作日因盘点不开放",
        "last workday of the month closed for stocktaking",
        "last workday of the month closed (stocktaking)",
        "closed for stocktaking on the last workday of the month",
    ] {
        assert_eq!(canonical(said), "每月最后一个工作日休息", "{said}");
    }
    for (said, part) in [
        ("每月最后一个工作日盘点", "盘点"),
        ("每月最后一个工作日 9:00-12:00 盘点", "盘点"),
        ("盘点，每月最后一个工作日休息", "盘点"),
    ] {
        assert!(read(said).unwrap_err().message(Language::ZhHans).contains(&format!("“{part}”")), "{said}");
    }
}

#[test]
fn half_a_day_is_closed_where_the_hours_of_that_day_are_known() {
    let week = "周一至周五 8:30-12:00，14:30-18:00；周六 9:00-12:00；";
    let read_week = "周一至周五 08:30-12:00，14:30-18:00；周六 09:00-12:00；";
    for (said, meant) in [
        ("每月最后一个工作日下午盘点", "每月最后一个工作日 08:30-12:00"),
        ("每月最后一个工作日下午休息", "每月最后一个工作日 08:30-12:00"),
        ("每月最后一个工作日下午盘点，不开放", "每月最后一个工作日 08:30-12:00"),
        ("每月最后一个工作日下午休息（盘点）", "每月最后一个工作日 08:30-12:00"),
        ("每月第一个周三上午休息", "每月第一个周三 14:30-18:00"),
        ("每月第一、三个周三上午休息", "每月第一个周三 14:30-18:00；每月第三个周三 14:30-18:00"),
        ("last workday of the month afternoon closed", "每月最后一个工作日 08:30-12:00"),
        ("last workday of the month closed in the afternoon for stocktaking", "每月最后一个工作日 08:30-12:00"),
        ("last workday of the month closed for stocktaking in the afternoon", "每月最后一个工作日 08:30-12:00"),
    ] {
        assert_eq!(canonical(&format!("{week}{said}")), format!("{read_week}{meant}"), "{said}");
    }
    assert_eq!(canonical("9:00-17:00；每月1日下午休息"), "每天 09:00-17:00；每月1日 09:00-12:00");
    let both = "周一至周五 8:30-12:00，14:00-17:00；每月最后一个工作日下午盘点；节假日休息";
    assert_eq!(canonical(both), "周一至周五 08:30-12:00，14:00-17:00；每月最后一个工作日 08:30-12:00");
}

#[test]
fn half_a_day_is_refused_where_its_hours_may_be_others() {
    for (said, part, understood) in [
        // Not all workdays are the same, or they are not said.
        (
            "周一至周四 8:30-12:00，14:30-18:00；周五 8:30-12:00；每月最后一个工作日下午盘点",
            "下午",
            Some("周一至周四 08:30-12:00，14:30-18:00；周五 08:30-12:00"),
        ),
        ("周一至周四 9:00-17:00；每月最后一个工作日下午休息", "下午", Some("周一至周四 09:00-17:00")),
        ("每月最后一个工作日下午盘点；周一至周五 9:00-17:00", "下午", None),
        (
            "每天 9:00-17:00；每月最后一个工作日closed in the afternoon，foo",
            "foo",
            Some("每天 09:00-17:00；每月最后一个工作日 09:00-12:00"),
        ),
        // What comes later makes them others.
        ("9:00-17:00；每月1日下午休息；周一休息", "每月1日下午休息", Some("每天 09:00-17:00")),
        (
            "周一至周五 9:00-17:00；每月最后一个工作日下午休息；7月1日至8月31日 周一至周五 8:00-14:00",
            "每月最后一个工作日下午休息",
            Some("周一至周五 09:00-17:00"),
        ),
        // It is not plain what is of the afternoon, or nothing is.
        (
            "周一至周五 8:30-12:30，14:00-18:00；每月最后一个工作日下午休息",
            "下午",
            Some("周一至周五 08:30-12:30，14:00-18:00"),
        ),
        (
            "周一至周五 9:00-12:00，14:00-17:00，18:30-20:30；每月最后一个工作日下午休息",
            "下午",
            Some("周一至周五 09:00-12:00，14:00-17:00，18:30-20:30"),
        ),
        ("周一至周五 8:30-12:00；每月最后一个工作日下午休息", "下午", Some("周一至周五 08:30-12:00")),
        // Of a weekday it may be meant to replace what was said of it.
        ("周一至周五 8:30-12:00，14:30-18:00；周三下午休息", "下午", Some("周一至周五 08:30-12:00，14:30-18:00")),
    ] {
        assert_eq!(refusal(said), not_hours(part, understood), "{said}");
    }
}

#[test]
fn a_place_that_never_closes_is_open_on_holidays_too() {
    for said in [
        "24小时营业",
        "24小时开放",
        "全天候",
        "7×24小时",
        "7x24",
        "7x24小时开放",
        "每天24小时营业",
        "全天",
        "Open 24 hours",
        "open 24/7",
    ] {
        assert_eq!(
            write(&read(said).unwrap(), Language::ZhHans),
            "每天 24小时开放；节假日照常开放；调休上班日按所补的工作日",
            "{said}"
        );
    }
    for (said, meant) in [
        ("24小时营业，节假日休息", "每天 24小时开放；节假日休息；调休上班日按所补的工作日"),
        ("7×24小时，法定节假日除外", "每天 24小时开放；节假日休息；调休上班日按所补的工作日"),
        ("24小时营业，周一休息", "周二至周日 24小时开放；周一休息；节假日休息；调休上班日按所补的工作日"),
        ("预约", "每天须预约；节假日休息；调休上班日按所补的工作日"),
    ] {
        assert_eq!(write(&read(said).unwrap(), Language::ZhHans), meant, "{said}");
    }
    assert_eq!(refusal("7×24小时，周一休息"), not_hours("7×24小时", None));
}

#[test]
fn public_holidays_may_be_excepted() {
    for said in [
        "周一至周五 9:00-17:00，法定节假日除外",
        "周一至周五 9:00-17:00（法定节假日除外）",
        "周一至周五（法定节假日除外）9:00-17:00",
        "周一至周五 9:00-17:00；节假日除外",
        "Mon-Fri 9:00-17:00 except public holidays",
        "Mon-Fri 9am-5pm, except on public holidays",
        "9am-5pm Mon-Fri except public holidays",
    ] {
        assert_eq!(canonical(said), "周一至周五 09:00-17:00", "{said}");
    }
    for (said, part, understood) in [
        // Open on holidays, or closed.
        ("周日休息，节假日除外", "除外", Some("周日休息")),
        ("周一至周五 9:00-17:00，周日、节假日除外", "除外", Some("周一至周五 09:00-17:00")),
        ("周一至周五 9:00-17:00，节假日除外、周六 9:00-12:00", "、", Some("周一至周五 09:00-17:00")),
        ("Mon-Fri 9:00-17:00 except public holidays and Wed", "and", Some("周一至周五 09:00-17:00")),
        ("节假日除外", "除外", None),
        ("节假日休息；周一至周五 9:00-17:00，节假日除外", "节假日除外", Some("周一至周五 09:00-17:00；节假日休息")),
    ] {
        assert_eq!(refusal(said), not_hours(part, understood), "{said}");
    }
}

#[test]
fn a_time_that_is_wrong_is_shown_as_it_was_written() {
    for (said, code, text) in [
        ("Mon-Fri 9am-12am", Code::TimesBackwards, "9am-12am"),
        ("周一 ９点－８点半", Code::TimesBackwards, "９点－８点半"),
        ("周一 25:00-26:00", Code::TimeOutOfRange, "25:00"),
        ("周一 晚上7点到12点半", Code::TimeOutOfRange, "12点半"),
        ("Sat 9:70am-noon", Code::TimeOutOfRange, "9:70am"),
    ] {
        assert_eq!(read(said), Err(Problem::new(code).with("text", text)), "{said}");
    }
}

#[test]
fn what_is_understood_and_wrong_keeps_its_own_code() {
    for (said, code) in [
        ("周一 25:00-26:00", Code::TimeOutOfRange),
        ("周一 17:00-14:30", Code::TimesBackwards),
        ("9am-8am", Code::TimesBackwards),
        ("周一 9:00-12:00，11:00-13:00", Code::TimesOverlap),
        ("周一、周一 9:00-10:00", Code::WeekdayTwice),
        ("每天9:00-17:00，周一闭馆", Code::WeekdayTwice),
        ("周六至周二 9:00-12:00", Code::NotAWeekday),
        ("2026年2月30日休息", Code::NoSuchDate),
        ("每年2月30日至3月1日休息", Code::NoSuchDate),
        ("2026年10月3日至1日休息", Code::DatesBackwards),
    ] {
        assert_eq!(read(said).unwrap_err().code, code, "{said}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let long = "周一9:00-10:00，".repeat(200);
    let part: String = long.chars().skip(LONGEST).collect();
    assert_eq!(read(&long), Err(super::not_hours(&part, None)));
    assert!(read(&format!("周一9:00-10:00{}", " ".repeat(900))).is_ok());
}

#[test]
fn hours_of_another_origin_keep_their_meaning() {
    let weekly = |entries: &[(&str, &str)]| {
        let entries = entries.iter();
        Weekly::new(entries.map(|(days, times)| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap())))
            .unwrap()
    };
    let day = |text: &str| MonthDay::read(text).unwrap();
    let hours = OpeningHours {
        weekly: weekly(&[("mon-fri", "08:30-12:00, 14:30-18:00"), ("sat", "09:00-12:00 by appointment")]),
        // Saturday is closed in it, because it is not named.
        seasons: vec![(YearlySpan { from: day("07-01"), to: day("08-31") }, weekly(&[("mon-fri", "08:30-12:00")]))],
        holidays: HolidayRule::Hours(Intervals::read("10:00-12:00").unwrap()),
        local_holidays: Some(HolidayRule::Open),
        makeup_workdays: MakeupRule::AsDated,
        exceptions: vec![(DateSpan::read("2026-10-01").unwrap(), Intervals::CLOSED)],
        ..OpeningHours::default()
    };
    let written = write(&hours, Language::ZhHans);
    assert_eq!(
        written,
        "周一至周五 08:30-12:00，14:30-18:00；周六 09:00-12:00（须预约）；节假日 10:00-12:00；当地节日照常开放；\
         调休上班日仍按周末的时间；每年7月1日至8月31日：周一至周五 08:30-12:00，周六休息；2026年10月1日休息"
    );
    let read = read(&written).unwrap();
    let span = |text: &str| DateSpan::read(text).unwrap();
    let holiday = |kind, days: &str, makeup_workdays| HolidaySpan { kind, days: span(days), makeup_workdays };
    let calendar = HolidayCalendar::new(
        [2026],
        &[
            holiday(OccasionKind::Holiday, "2026-10-01..2026-10-07", vec![(jiff::civil::date(2026, 10, 10), None)]),
            holiday(OccasionKind::LocalHoliday, "2026-07-15", vec![]),
        ],
        vec![],
    );
    for date in span("2026-01-01..2026-12-31").days() {
        assert_eq!(read.on(date, &calendar), hours.on(date, &calendar), "{date}");
    }
}

#[test]
fn no_word_has_two_meanings() {
    let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
}

/// That a part was not understood, with what was understood before it in Chinese.
fn not_hours(part: &str, understood: Option<&str>) -> (Code, Option<String>, Option<String>) {
    (Code::NotHours, Some(part.to_owned()), understood.map(str::to_owned))
}

/// What [`not_hours`] gives for a problem.
fn refusal(said: &str) -> (Code, Option<String>, Option<String>) {
    let problem = read(said).unwrap_err();
    let help = problem.help(Language::ZhHans);
    let understood = help.iter().find_map(|line| line.strip_prefix("前面读懂的是：")).map(str::to_owned);
    (problem.code, problem.argument("part").map(str::to_owned), understood)
}

#[test]
fn hours_are_said_in_english_to_whoever_reads_english() {
    for (said, meant) in [
        (
            "周一至周五 上午9点到12点，下午2点半至6点；周六须预约",
            "Mon-Fri 09:00-12:00, 14:30-18:00; Sat by appointment",
        ),
        ("周一、三、五 9:00-11:30；周末 10:00-16:00", "Mon, Wed and Fri 09:00-11:30; Sat and Sun 10:00-16:00"),
        ("每天 20:00-次日8:00", "daily 20:00-08:00 next day"),
        ("周三 14:00-17:00（须预约）", "Wed 14:00-17:00 (by appointment)"),
        ("每月第一个周六 9:00-11:00", "first Sat of the month 09:00-11:00"),
        ("每月22日休息", "22nd of each month closed"),
        ("单周周六 9:00-12:00", "odd weeks Sat 09:00-12:00"),
        ("2026年10月1日至3日休息", "October 1-3, 2026 closed"),
        ("2026年12月30日至次年1月2日休息", "December 30, 2026 to January 2, 2027 closed"),
    ] {
        let written = write(&read(said).unwrap(), Language::En);
        let usual = ["public holidays closed; make-up workdays as weekdays"];
        let written = usual.iter().fold(written, |written, usual| {
            written.replace(&format!("; {usual}"), "").replace(&format!("{usual}; "), "")
        });
        assert_eq!(written, meant, "{said}");
    }
    let summer = "周一至周五 9:00-17:00；每年7月1日至8月31日：周一至周四 8:00-12:00，周五休息；节假日照常开放";
    assert_eq!(
        write(&read(summer).unwrap(), Language::En),
        "Mon-Fri 09:00-17:00; public holidays open as usual; make-up workdays as weekdays; every year July 1 to August \
         31: Mon-Thu 08:00-12:00, Fri closed"
    );
    let problem = read("周一至周五 9:00-17:00，春节休息").unwrap_err();
    let help = problem.help(Language::En).join("\n");
    assert!(help.contains("Mon-Fri 09:00-17:00"), "{help}");
    assert!(!help.contains(|c: char| ('一'..='龥').contains(&c)), "{help}");
}

#[test]
fn whichever_weekdays_are_closed_they_are_read_back() {
    let names = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    for closed in 1..127_u8 {
        let of = |is_closed: bool| {
            let days = (0..).zip(names).filter(|(day, _)| (closed >> day & 1 == 1) == is_closed);
            days.map(|(_, name)| name).collect::<Vec<_>>().join("、")
        };
        let said = format!("{} 9:00-10:00；{}休息", of(false), of(true));
        let hours = read(&said).unwrap();
        for language in [Language::ZhHans, Language::En] {
            let written = write(&hours, language);
            assert_eq!(read(&written).as_ref(), Ok(&hours), "{written}");
        }
        for alone in [format!("{}休息", of(true)), english::clauses(&hours, false, false).pop().unwrap()] {
            assert!(read(&alone).is_ok(), "{alone}");
        }
    }
}
