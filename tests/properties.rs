//! What holds for any input: readers never panic and read back what they write, Markdown never runs.

use noticeboard::calendar::{
    DateSpan, Day, DayOrTime, DayPattern, Intervals, Moment, MonthDay, RecurrenceRule, RoughDate, TimeOfDay, TimeRange,
    Turn, WeekdaySet, WeeklyLines, When, osm, spoken,
};
use noticeboard::content::HtmlPolicy;
use noticeboard::site::render_markdown;
use proptest::prelude::*;

/// Text made of what editors type, so that it often comes near to being right.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("周"),
        Just("一"),
        Just("五"),
        Just("至"),
        Just("、"),
        Just("每月"),
        Just("第一个"),
        Just("单周"),
        Just("mon"),
        Just("-"),
        Just("－"),
        Just("fri"),
        Just(" "),
        Just("上午"),
        Just("下午"),
        Just("9"),
        Just("点"),
        Just("半"),
        Just("到"),
        Just("12"),
        Just(":"),
        Just("："),
        Just("30"),
        Just("24:00"),
        Just("2026"),
        Just("10"),
        Just("月"),
        Just("日"),
        Just(".."),
        Just("closed"),
        Just("，"),
        Just("；"),
        Just("次日"),
        Just("预约"),
        Just("节假日"),
        Just("休息"),
        Just("十二"),
        Just("工作日"),
        Just("RRULE:FREQ=WEEKLY;"),
        Just("BYDAY=MO"),
        Just("Mo-Fr "),
        Just("PH off"),
        Just("week 1-53/2"),
        Just("\u{3000}"),
        Just("é"),
        Just("\0"),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics(text in prop_oneof![nearly(), any::<String>()]) {
        let _ = (Day::read(&text), DateSpan::read(&text), Moment::read(&text), MonthDay::read(&text), RoughDate::read(&text));
        let _ = (TimeOfDay::read(&text), TimeRange::read(&text), Intervals::read(&text));
        let _ = (WeekdaySet::read(&text), WeeklyLines::read(&text), When::read(&text), DayPattern::read(&text));
        let _ = (DayOrTime::read(&text), Turn::read(&text), RecurrenceRule::read(&text));
        let _ = (osm::read(&text), spoken::read(&text));
    }

    #[test]
    fn what_is_written_out_is_read_back(text in nearly()) {
        if let Ok(read) = Intervals::read(&text) {
            prop_assert_eq!(Intervals::read(&String::from(read.clone())).unwrap(), read);
        }
        if let Ok(read) = WeekdaySet::read(&text) {
            prop_assert_eq!(WeekdaySet::read(&String::from(read)).unwrap(), read);
        }
        if let Ok(read) = WeeklyLines::read(&text) {
            prop_assert_eq!(WeeklyLines::read(&String::from(read.clone())).unwrap(), read);
        }
        if let Ok(read) = DayPattern::read(&text) {
            prop_assert_eq!(DayPattern::read(&read.0.to_string()).unwrap(), read);
        }
        if let Ok(read) = DateSpan::read(&text) {
            prop_assert_eq!(DateSpan::read(&String::from(read)).unwrap(), read);
        }
    }

    #[test]
    fn intervals_do_not_overlap_and_what_is_taken_out_is_gone(
        bounds in prop::collection::vec(0_u16..=1440, 2..10),
        from in 0_u16..1440,
        length in 1_u16..600,
    ) {
        let at = |minutes: u16| TimeOfDay::new(minutes / 60, minutes % 60).unwrap();
        let mut bounds = bounds;
        bounds.sort_unstable();
        let pairs = bounds.chunks_exact(2).filter_map(|pair| TimeRange::new(at(pair[0]), at(pair[1])));
        let open = Intervals::new(pairs.collect()).unwrap();
        let closed = TimeRange::new(at(from), at((from + length).min(1440))).unwrap();
        let left = open.without(&closed);
        // Minute by minute, the slow and obvious way.
        let holds = |intervals: &Intervals, minute: u16| {
            intervals.ranges().any(|range| (range.start().minutes()..range.end().minutes()).contains(&minute))
        };
        for minute in 0..1440 {
            let expected = holds(&open, minute) && !(closed.start().minutes()..closed.end().minutes()).contains(&minute);
            prop_assert_eq!(holds(&left, minute), expected, "minute {}", minute);
        }
    }

    #[test]
    fn markdown_never_runs_and_never_panics(pieces in prop::collection::vec(prop_oneof![
        Just("**"), Just("*"), Just("注意："), Just("请"), Just("“"), Just("”"), Just("<script>"), Just("</script>"),
        Just("<b onclick=a>"), Just("<img src=//x onerror=a>"), Just("[a](javascript:a)"), Just("[b](/centres/b/)"),
        Just("\n\n"), Just("\n"), Just("| a | b |\n|---|---|\n| c | d |\n"), Just("# "), Just("`"), Just("- "), Just("\u{fe45}"),
    ], 0..24)) {
        let markdown = pieces.concat();
        let html = render_markdown(&markdown, HtmlPolicy::Cleaned, &|_| None, &|_| String::new()).html;
        let tags: Vec<&str> = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect();
        for tag in tags {
            prop_assert!(!tag.starts_with("script"), "{}", html);
            prop_assert!(!tag.contains("javascript:") && !tag.contains(" onclick=") && !tag.contains(" onerror="), "{}", html);
        }
    }
}
