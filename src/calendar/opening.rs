//! When a place is open on a date, and why.
//!
//! The order of the design: an exception decides, then a notice that closes the place, then the public
//! calendar, then what recurs by itself (单周周六, the month's last workday), then the season, then the weekly
//! hours. The first that speaks gives the [`Reason`]. What a place offers (an amenity, a telephone line) has
//! the place's hours, or a week of its own that gives way to the place on special days ([`OpeningHours::part_on`]).

use jiff::civil::{Date, DateTime, Weekday};

use super::date::{DateSpan, YearlySpan};
use super::holidays::{DayKind, HolidayCalendar};
use super::intervals::Intervals;
use super::time::{TimeOfDay, TimeRange};
use super::weekday::{WEEK, WeekdaySet, Weekly};
use super::when::Pattern;

/// What happens on public holidays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum HolidayRule {
    /// Closed.
    #[default]
    Closed,
    /// As on any other day.
    Open,
    /// Hours of their own.
    Hours(Intervals),
}

/// What happens on make-up workdays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MakeupRule {
    /// The hours of the weekday that the day replaces.
    #[default]
    AsWeekday,
    /// The hours of the Saturday or Sunday that it is.
    AsDated,
    /// Closed.
    Closed,
}

/// A notice that closes the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClosingRule {
    /// The days.
    pub days: DateSpan,
    /// Closed from this time on the first day.
    pub from: Option<TimeOfDay>,
    /// Open again at this time on the last day.
    pub until: Option<TimeOfDay>,
}

impl ClosingRule {
    /// What it leaves of a day's intervals. A day's last one may end on the day after, and is that day's all the same.
    pub fn takes_from(&self, intervals: &Intervals, date: Date) -> Intervals {
        if !self.days.contains(date) {
            return intervals.clone();
        }
        let from = self.from.filter(|_| date == self.days.first()).unwrap_or(TimeOfDay::MIDNIGHT);
        let until = self.until.filter(|_| date == self.days.last()).unwrap_or(TimeOfDay::END.next_day());
        intervals.without_from(from, until)
    }

    /// Whether it names the whole of a day.
    fn names_all_of(&self, date: Date) -> bool {
        let from = self.from.filter(|_| date == self.days.first());
        let until = self.until.filter(|_| date == self.days.last());
        from.is_none() && until.is_none()
    }
}

/// The rules of one place. Seasons, recurring days, exceptions and closings are named by their index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    /// The hours of an ordinary week.
    pub weekly: Weekly,
    /// Parts of the year with hours of their own; the first that fits holds.
    pub seasons: Vec<(YearlySpan, Weekly)>,
    /// Days that recur in another way than weekly and have hours of their own; the first that fits holds.
    pub recurring: Vec<(Pattern, Intervals)>,
    /// What happens on public holidays.
    pub holidays: HolidayRule,
    /// What happens on holidays of the place's area; as on public ones if not said.
    pub local_holidays: Option<HolidayRule>,
    /// What happens on make-up workdays.
    pub makeup_workdays: MakeupRule,
    /// Single days that differ; the first that fits holds.
    pub exceptions: Vec<(DateSpan, Intervals)>,
    /// Notices that close the place.
    pub closings: Vec<ClosingRule>,
}

/// Why a place is open or closed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// An exception, by index.
    Exception(usize),
    /// A notice that closes the place, by index in `closings`.
    Closing(usize),
    /// A public holiday, by index in the calendar's list.
    Holiday(usize),
    /// A holiday of the place's area, by index in the calendar's list.
    LocalHoliday(usize),
    /// Everything in the place's area is closed, by index in the calendar's list.
    LocalClosure(usize),
    /// A make-up workday.
    MakeupWorkday {
        /// The holiday, by index in the calendar's list.
        holiday: usize,
        /// The weekday whose hours hold, if it is not the day's own.
        like: Option<Weekday>,
    },
    /// A day that recurs with hours of its own, by index.
    Recurring(usize),
    /// A season, by index.
    Season(usize),
    /// The weekly hours.
    Weekly,
}

impl Reason {
    /// Whether the day is not like its weekday or season.
    pub fn is_special(self) -> bool {
        !matches!(self, Reason::Weekly | Reason::Season(_))
    }
}

/// A day's open intervals and why they are so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayState {
    /// When it is open.
    pub intervals: Intervals,
    /// Why.
    pub reason: Reason,
    /// Whether the public holidays of the day's year are known; if not, this is what an ordinary day would be.
    pub announced: bool,
}

impl DayState {
    /// Whether the day is not like its weekday or season: an exception, a notice, a holiday.
    pub fn is_special(&self) -> bool {
        self.reason.is_special()
    }

    /// Whether `time` falls away because of what is special about this day, if it ends before midnight. Time outside
    /// the usual hours does not: that is the timetable's own mistake, and is reported as such.
    pub fn drops(&self, time: &TimeRange) -> bool {
        self.is_special() && !self.intervals.covers(time)
    }
}

/// Whether a place is open at an instant; the most open first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Openness {
    /// Open to everyone.
    Open,
    /// Open to those with an appointment.
    ByAppointment,
    /// Closed.
    Closed,
}

impl Openness {
    /// At a minute of a day; past 1440 the night after it.
    pub fn of(intervals: &Intervals, minute: u16) -> Self {
        match intervals.at(minute) {
            None => Openness::Closed,
            Some(true) => Openness::ByAppointment,
            Some(false) => Openness::Open,
        }
    }
}

impl OpeningHours {
    /// The state of a date.
    pub fn on(&self, date: Date, calendar: &HolidayCalendar) -> DayState {
        let kind = calendar.kind(date);
        let announced = kind != DayKind::NotAnnounced;
        let state = |intervals, reason| DayState { intervals, reason, announced };
        if let Some((index, (_, intervals))) =
            self.exceptions.iter().enumerate().find(|(_, (days, _))| days.contains(date))
        {
            return state(intervals.clone(), Reason::Exception(index));
        }
        let (usual, reason) = self.without_notices(date, kind, calendar);
        let mut left = usual;
        let mut closed_by = None;
        for (index, closing) in self.closings.iter().enumerate().filter(|(_, c)| c.days.contains(date)) {
            let rest = closing.takes_from(&left, date);
            if rest != left || closing.names_all_of(date) {
                closed_by = closed_by.or(Some(index));
            }
            left = rest;
        }
        state(left, closed_by.map_or(reason, Reason::Closing))
    }

    /// Whether the public calendar makes a difference: not to what is open on holidays as on any other day and has the
    /// same hours whichever weekday a make-up workday stands for.
    pub fn heeds_public_calendar(&self) -> bool {
        let differs = |weekly: &Weekly| WEEK.iter().any(|day| weekly.on(*day) != weekly.on(Weekday::Monday));
        let weeks = || std::iter::once(&self.weekly).chain(self.seasons.iter().map(|(_, weekly)| weekly));
        self.holidays != HolidayRule::Open
            || match self.makeup_workdays {
                MakeupRule::AsDated => !self.recurring.is_empty(),
                MakeupRule::Closed => true,
                MakeupRule::AsWeekday => !self.recurring.is_empty() || weeks().any(differs),
            }
    }

    /// The days of a span that are not like their weekday or season, in order; on all others the week of
    /// [`OpeningHours::week_on`] holds.
    pub fn special_days(&self, span: DateSpan, calendar: &HolidayCalendar) -> Vec<(Date, DayState)> {
        let state = |date: Date| Some((date, self.on(date, calendar))).filter(|(_, state)| state.is_special());
        if !self.recurring.is_empty() {
            return span.days().filter_map(state).collect();
        }
        // A year has a handful of days that anything is said of, and to ask each of the others would take longest.
        let public = calendar.special_days(span).map(|(date, _)| date);
        let own = self.exceptions.iter().map(|(days, _)| days).chain(self.closings.iter().map(|closing| &closing.days));
        let own = own.filter_map(|days| days.overlap(&span)).flat_map(|days| days.days());
        let mut dates: Vec<Date> = public.chain(own).collect();
        dates.sort_unstable();
        dates.dedup();
        dates.into_iter().filter_map(state).collect()
    }

    /// The parts of a span in each of which one week holds: that of a season, by its index, or the usual one.
    pub fn stretches(&self, span: DateSpan) -> Vec<(Option<usize>, DateSpan)> {
        // A season begins or ends on a few days of each year, and to ask every day would take longest.
        let years = || span.first().year()..=span.last().year();
        let edges = self.seasons.iter().flat_map(|(season, _)| years().flat_map(|year| season.edges(year)));
        let mut edges: Vec<Date> = edges.filter(|date| span.contains(*date)).chain([span.first()]).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut found: Vec<(Option<usize>, DateSpan)> = Vec::new();
        for (number, from) in edges.iter().enumerate() {
            let next = edges.get(number + 1).and_then(|next| next.yesterday().ok());
            let (holds, to) = (self.season_on(*from), next.unwrap_or(span.last()));
            match found.last_mut().filter(|(known, _)| *known == holds) {
                Some((_, days)) => *days = DateSpan::new(days.first(), to).unwrap_or(*days),
                None => found.extend(DateSpan::new(*from, to).map(|days| (holds, days))),
            }
        }
        found
    }

    /// The season that holds on a date, by its index.
    pub fn season_on(&self, date: Date) -> Option<usize> {
        self.seasons.iter().position(|(span, _)| span.contains(date))
    }

    /// The week of a season, by its index, or the usual one.
    pub fn week_of(&self, season: Option<usize>) -> &Weekly {
        season.and_then(|number| self.seasons.get(number)).map_or(&self.weekly, |(_, weekly)| weekly)
    }

    /// The week that holds on a date: the season's, or the usual one.
    pub fn week_on(&self, date: Date) -> &Weekly {
        self.week_of(self.season_on(date))
    }

    /// Whether the place is open for all of a time that begins on a date; past midnight the day after counts too.
    pub fn covers(&self, date: Date, time: &TimeRange, calendar: &HolidayCalendar) -> bool {
        let today = self.on(date, calendar).intervals;
        match (time.passes_midnight(), date.tomorrow()) {
            (true, Ok(tomorrow)) => today.followed_by(&self.on(tomorrow, calendar).intervals).covers(time),
            _ => today.covers(time),
        }
    }

    /// Whether a time that begins on a date falls away because of what is special about that day, or about the day
    /// after if it passes midnight ([`DayState::drops`]).
    pub fn drops(&self, date: Date, time: &TimeRange, calendar: &HolidayCalendar) -> bool {
        let special = |date: Date| self.on(date, calendar).is_special();
        let is_special = special(date) || (time.passes_midnight() && date.tomorrow().is_ok_and(special));
        is_special && !self.covers(date, time, calendar)
    }

    /// The state on a date of something that the place offers in a week of its own. On days that are special for the
    /// place both have to be open; on all others the own week holds.
    pub fn part_on(&self, own: &Weekly, date: Date, calendar: &HolidayCalendar) -> DayState {
        let place = self.on(date, calendar);
        let like = match place.reason {
            Reason::MakeupWorkday { like: Some(like), .. } => like,
            _ => date.weekday(),
        };
        let own = own.on(like);
        if place.is_special() {
            return DayState { intervals: own.common(&place.intervals), ..place };
        }
        DayState { intervals: own.clone(), reason: Reason::Weekly, ..place }
    }

    /// Whether the place is open at a civil time, and the date whose hours say so: a night that runs past midnight
    /// is the date's on which it began.
    pub fn at(&self, now: DateTime, calendar: &HolidayCalendar) -> (Openness, Date) {
        let date = now.date();
        let minute = u16::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).unwrap_or(0);
        let found = |date: Date, minute: u16| (Openness::of(&self.on(date, calendar).intervals, minute), date);
        let night = date.yesterday().ok().map(|before| found(before, minute + TimeOfDay::END.minutes()));
        let day = found(date, minute);
        // Where a night and the day after it overlap, the one that is open to more people holds.
        night.filter(|night| night.0 < day.0).unwrap_or(day)
    }

    /// What the public calendar, recurring days, the season and the week say.
    fn without_notices(&self, date: Date, kind: DayKind, calendar: &HolidayCalendar) -> (Intervals, Reason) {
        let holiday = |rule: &HolidayRule, reason| match rule {
            HolidayRule::Closed => (Intervals::CLOSED, reason),
            HolidayRule::Hours(intervals) => (intervals.clone(), reason),
            HolidayRule::Open => self.of_week(date, date.weekday(), calendar),
        };
        match kind {
            DayKind::LocalClosure(index) => (Intervals::CLOSED, Reason::LocalClosure(index)),
            DayKind::LocalHoliday(index) => {
                holiday(self.local_holidays.as_ref().unwrap_or(&self.holidays), Reason::LocalHoliday(index))
            }
            DayKind::Holiday(index) => holiday(&self.holidays, Reason::Holiday(index)),
            DayKind::MakeupWorkday { holiday, like } => match self.makeup_workdays {
                MakeupRule::Closed => (Intervals::CLOSED, Reason::MakeupWorkday { holiday, like: None }),
                MakeupRule::AsDated => self.of_week(date, date.weekday(), calendar),
                MakeupRule::AsWeekday => {
                    (self.of_week(date, like, calendar).0, Reason::MakeupWorkday { holiday, like: Some(like) })
                }
            },
            DayKind::Ordinary | DayKind::NotAnnounced => self.of_week(date, date.weekday(), calendar),
        }
    }

    /// What holds on a date as on `weekday`: what recurs by itself, the season, the week.
    fn of_week(&self, date: Date, weekday: Weekday, calendar: &HolidayCalendar) -> (Intervals, Reason) {
        let recurs = |pattern: &Pattern| match pattern {
            // On a day that keeps another weekday's hours, rules that name weekdays look at that one.
            Pattern::Monthly(..) if date.weekday() != weekday => false,
            Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) if date.weekday() != weekday => {
                let own = WeekdaySet::only(date.weekday());
                days.contains(weekday)
                    && match pattern {
                        Pattern::OddWeeks(_) => Pattern::OddWeeks(own).falls_on(date, date, calendar),
                        _ => Pattern::EvenWeeks(own).falls_on(date, date, calendar),
                    }
            }
            pattern => pattern.falls_on(date, date, calendar),
        };
        if let Some((index, (_, intervals))) =
            self.recurring.iter().enumerate().find(|(_, (pattern, _))| recurs(pattern))
        {
            return (intervals.clone(), Reason::Recurring(index));
        }
        let season = self.seasons.iter().enumerate().find(|(_, (span, _))| span.contains(date));
        match season {
            Some((index, (_, weekly))) => (weekly.on(weekday).clone(), Reason::Season(index)),
            None => (self.weekly.on(weekday).clone(), Reason::Weekly),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::MonthDay;
    use super::super::holidays::{HolidaySpan, OccasionKind};
    use super::super::weekday::WeekdaySet;
    use super::*;
    use jiff::civil::date;

    fn weekly(entries: &[(&str, &str)]) -> Weekly {
        Weekly::new(
            entries.iter().map(|(days, times)| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap())),
        )
        .unwrap()
    }

    fn national_day() -> HolidayCalendar {
        let days = DateSpan::read("2026-10-01..2026-10-07").unwrap();
        let makeup_workdays = vec![(date(2026, 9, 20), None), (date(2026, 10, 10), Some(date(2026, 10, 7)))];
        HolidayCalendar::new([2026], &[HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays }], vec![])
    }

    fn centre() -> OpeningHours {
        let span = YearlySpan { from: MonthDay::read("07-01").unwrap(), to: MonthDay::read("08-31").unwrap() };
        OpeningHours {
            weekly: weekly(&[("mon-tue", "08:00-12:00"), ("wed", "10:00-11:00"), ("fri", "08:30-12:00, 14:30-18:00")]),
            seasons: vec![(span, weekly(&[("mon-fri", "08:30-12:00, 15:00-18:30")]))],
            exceptions: vec![(DateSpan::read("2026-10-02").unwrap(), Intervals::read("09:00-11:30").unwrap())],
            ..OpeningHours::default()
        }
    }

    #[test]
    fn what_is_open_every_day_alike_does_not_depend_on_the_public_calendar() {
        let all_day = || OpeningHours { weekly: weekly(&[("mon-sun", "00:00-24:00")]), ..OpeningHours::default() };
        let open = OpeningHours { holidays: HolidayRule::Open, ..all_day() };
        assert!(!open.heeds_public_calendar());
        assert!(all_day().heeds_public_calendar());
        assert!(OpeningHours { makeup_workdays: MakeupRule::Closed, ..open.clone() }.heeds_public_calendar());
        let week = OpeningHours { weekly: weekly(&[("mon-fri", "09:00-17:00")]), ..open };
        assert!(week.heeds_public_calendar());
        assert!(!OpeningHours { makeup_workdays: MakeupRule::AsDated, ..week }.heeds_public_calendar());
    }

    #[test]
    fn the_day_decides_in_the_order_of_the_design() {
        for (day, open, reason) in [
            (date(2026, 9, 28), "08:00–12:00", Reason::Weekly),
            (date(2026, 10, 1), "", Reason::Holiday(0)),
            (date(2026, 10, 2), "09:00–11:30", Reason::Exception(0)),
            (date(2026, 7, 1), "08:30–12:00, 15:00–18:30", Reason::Season(0)),
            (date(2026, 8, 31), "08:30–12:00, 15:00–18:30", Reason::Season(0)),
            (date(2026, 9, 3), "", Reason::Weekly),
        ] {
            let state = centre().on(day, &national_day());
            assert_eq!((state.intervals.to_string().as_str(), state.reason), (open, reason), "{day}");
        }
    }

    #[test]
    fn a_makeup_saturday_keeps_the_hours_of_the_day_it_replaces() {
        let state = centre().on(date(2026, 10, 10), &national_day());
        assert_eq!(state.intervals.to_string(), "10:00–11:00");
        assert_eq!(state.reason, Reason::MakeupWorkday { holiday: 0, like: Some(Weekday::Wednesday) });
    }

    #[test]
    fn a_makeup_sunday_of_which_nothing_is_said_keeps_monday_hours() {
        let state = centre().on(date(2026, 9, 20), &national_day());
        assert_eq!(state.intervals.to_string(), "08:00–12:00");
    }

    #[test]
    fn a_makeup_saturday_of_which_nothing_is_said_keeps_friday_hours() {
        let days = DateSpan::read("2026-05-01..2026-05-05").unwrap();
        let makeup_workdays = vec![(date(2026, 5, 9), None)];
        let span = HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays };
        let calendar = HolidayCalendar::new([2026], &[span], vec![]);
        assert_eq!(centre().on(date(2026, 5, 9), &calendar).intervals.to_string(), "08:30–12:00, 14:30–18:00");
    }

    #[test]
    fn a_closing_notice_from_three_leaves_the_morning() {
        let mut hours = centre();
        hours.closings.push(ClosingRule {
            days: DateSpan::read("2026-09-25").unwrap(),
            from: TimeOfDay::new(15, 0),
            until: None,
        });
        let state = hours.on(date(2026, 9, 25), &national_day());
        assert_eq!(state.intervals.to_string(), "08:30–12:00, 14:30–15:00");
        assert_eq!(state.reason, Reason::Closing(0));
    }

    #[test]
    fn what_a_place_offers_at_times_of_its_own_gives_way_to_the_place_on_special_days() {
        let microwave = weekly(&[("mon-fri", "11:30-14:00")]);
        let on = |date| centre().part_on(&microwave, date, &national_day()).intervals.to_string();
        // An ordinary day, an exception until 11:30, a holiday, and a working Saturday that is a Wednesday.
        assert_eq!(on(date(2026, 9, 28)), "11:30–14:00");
        assert_eq!(on(date(2026, 10, 2)), "");
        assert_eq!(on(date(2026, 10, 1)), "");
        assert_eq!(on(date(2026, 10, 10)), "");
        let open_longer =
            OpeningHours { holidays: HolidayRule::Hours(Intervals::read("12:00-13:00").unwrap()), ..centre() };
        let state = open_longer.part_on(&microwave, date(2026, 10, 5), &national_day());
        assert_eq!((state.intervals.to_string().as_str(), state.reason), ("12:00–13:00", Reason::Holiday(0)));
    }

    #[test]
    fn the_special_days_are_all_that_are_and_on_others_the_week_holds() {
        let mut hours = centre();
        let notice = ClosingRule { days: DateSpan::read("2026-09-24..2026-09-25").unwrap(), from: None, until: None };
        hours.closings.push(notice);
        let recurring = OpeningHours {
            recurring: vec![(Pattern::MonthDay(14), Intervals::read("09:00-10:00").unwrap())],
            ..hours.clone()
        };
        let span = DateSpan::read("2026-06-20..2026-10-20").unwrap();
        for hours in [hours, recurring] {
            let special = hours.special_days(span, &national_day());
            for date in span.days() {
                let state = hours.on(date, &national_day());
                match special.iter().find(|(day, _)| *day == date) {
                    Some((_, found)) => assert_eq!((found, state.is_special()), (&state, true), "{date}"),
                    None => {
                        assert_eq!(
                            (hours.week_on(date).on(date.weekday()), false),
                            (&state.intervals, state.is_special())
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn stretches_are_what_every_day_says() {
        let season = |from, to| YearlySpan { from: MonthDay::read(from).unwrap(), to: MonthDay::read(to).unwrap() };
        for seasons in [
            vec![],
            vec![season("07-01", "08-31")],
            vec![season("11-15", "02-29"), season("02-29", "03-31"), season("02-01", "12-31")],
            vec![season("01-01", "12-31")],
            vec![season("12-01", "02-28"), season("12-31", "01-01")],
        ] {
            let seasons = seasons.into_iter().map(|season| (season, Weekly::default())).collect();
            let hours = OpeningHours { seasons, ..centre() };
            for span in ["2026-01-01..2029-12-31", "2026-08-31..2026-09-01", "2024-02-29", "2025-02-27..2025-03-02"] {
                let span = DateSpan::read(span).unwrap();
                let mut expected: Vec<(Option<usize>, DateSpan)> = Vec::new();
                for date in span.days() {
                    let holds = hours.seasons.iter().position(|(span, _)| span.contains(date));
                    match expected.last_mut().filter(|(known, _)| *known == holds) {
                        Some((_, days)) => *days = DateSpan::new(days.first(), date).unwrap(),
                        None => expected.push((holds, DateSpan::new(date, date).unwrap())),
                    }
                }
                assert_eq!(hours.stretches(span), expected, "{:?}", hours.seasons);
            }
        }
    }

    #[test]
    fn a_year_without_a_calendar_is_not_guessed() {
        assert!(!centre().on(date(2027, 1, 1), &national_day()).announced);
        assert!(centre().on(date(2026, 1, 5), &national_day()).announced);
    }
}
