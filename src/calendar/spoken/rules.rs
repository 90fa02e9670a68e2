//! Rules of opening hours: phrases in a row go in, rules go into a [`Draft`].
//!
//! A rule is what it is about and what holds then: 周一至周五 and two times, 节假日 and 休息. It ends where another
//! subject begins, so that commas, semicolons and lines may stand where people put them. Two things are looked at
//! twice: a subject that nothing was said of, and a rule behind a season or 单周 that may be meant to hold in it only.

use super::super::intervals::{Intervals, Opening};
use super::super::time::TimeRange;
use super::super::weekday::WeekdaySet;
use super::draft::{Draft, Special};
use super::phrases::{Cursor, Named, Place, Reach, Stop, Subject};
use super::rule::{Order, Outcome, Rule, Scope};
use super::tokens::{Break, HalfDay, Kind, Text};
use crate::diagnostics::{Code, Problem};

/// Reads the rules of a text; what it understood before it stopped is in the draft.
pub(super) fn read(text: &Text, draft: &mut Draft) -> Result<(), Stop> {
    let mut reader = Reader {
        cursor: Cursor::new(text),
        draft,
        rule: Rule::default(),
        scope: None,
        joined: None,
        opened_next: false,
        bracket: None,
    };
    let read = reader.rules();
    if read.is_err() && reader.rule.outcome.is_some() {
        // What was understood is wanted; whether it fits is not asked any more.
        let _ = reader.commit();
    }
    read
}

struct Reader<'t, 'd> {
    cursor: Cursor<'t>,
    draft: &'d mut Draft,
    rule: Rule,
    scope: Option<Scope>,
    /// 、 or a comma since the last word of the rule.
    joined: Option<Kind>,
    /// 开放 behind a comma, which belongs to what comes.
    opened_next: bool,
    bracket: Option<Place>,
}

impl Reader<'_, '_> {
    fn rules(&mut self) -> Result<(), Stop> {
        while let Some(kind) = self.cursor.kind(0) {
            let place = self.cursor.place();
            if self.holidays_excepted()? || self.half_closed()? || self.subject()? || self.time()? {
                self.joined = None;
                continue;
            }
            self.cursor.skip();
            match kind {
                Kind::Break(found) => self.end_clause(found)?,
                Kind::List | Kind::Comma => {
                    self.joined = Some(kind);
                    continue;
                }
                Kind::Colon if self.rule.outcome.is_none() => self.rule.colon = self.rule.has_subject(),
                Kind::Open if self.bracket.is_none() => self.bracket = Some(place),
                Kind::Close if self.bracket.take().is_some() => {
                    self.rule.sealed = self.rule.in_bracket && self.rule.outcome.is_some();
                }
                Kind::Opened if self.rule.ended.is_some() || self.joined.is_some() && self.rule.outcome.is_some() => {
                    self.opened_next = true;
                }
                Kind::Opened => {
                    let order = if self.rule.has_subject() { Order::Behind } else { Order::Before };
                    self.rule.opened = self.rule.opened.or(Some(order));
                }
                Kind::Closed { before } => self.closed(before, place)?,
                Kind::Stocktaking => self.stocktaking(place)?,
                Kind::Usual => self.special_outcome(Outcome::Usual, false, place)?,
                Kind::LikeWeekday => self.special_outcome(Outcome::Usual, true, place)?,
                Kind::LikeWeekend => self.special_outcome(Outcome::LikeWeekend, true, place)?,
                Kind::AllHours => self.add(TimeRange::ALL_DAY.into(), place)?,
                Kind::WholeDay => {
                    self.add(TimeRange::ALL_DAY.into(), place.clone())?;
                    self.rule.whole_day = Some(place);
                }
                Kind::Appointment => self.appointment(place)?,
                Kind::Including if self.cursor.kind(0) == Some(Kind::Holidays) => {
                    self.cursor.skip();
                    self.draft.special(Special::Holidays, &Outcome::Usual, &self.cursor.since(&place))?;
                }
                Kind::YearRound => self.draft.year_round(&place)?,
                _ => return Err(Stop::At(place)),
            }
            self.joined = None;
        }
        self.commit()?;
        self.bracket.take().map_or(Ok(()), |open| Err(Stop::At(open)))
    }

    /// Takes what a rule is about, if that comes next, into this rule or a new one.
    fn subject(&mut self) -> Result<bool, Stop> {
        let start = self.cursor.place();
        let in_new_bracket = self.cursor.is_after_bracket();
        self.cursor.begins_rule = self.rule.outcome.is_some() || !self.rule.has_subject();
        let Some(subject) = self.cursor.subject()? else { return Ok(false) };
        let place = self.cursor.since(&start);
        let here = || Err(Stop::At(place.clone()));
        let (is_days, names_season) = (matches!(subject, Subject::Days(_)), matches!(subject, Subject::Season(_)));
        if self.rule.outcome.is_some() {
            let goes_on = self.rule.ended.is_none() && !in_new_bracket && !self.opened_next;
            let of_times = matches!(self.rule.outcome, Some(Outcome::Times(_))) && !self.rule.has_subject();
            let behind_times = of_times && self.rule.ended.is_none();
            let alone_in_bracket = in_new_bracket && self.cursor.kind(0) == Some(Kind::Close);
            if behind_times && is_days && (alone_in_bracket || self.is_clause_over()) {
                self.rule.times_first = true;
                self.rule.days_in_bracket = alone_in_bracket;
            } else if !(goes_on && self.rule.closed_first) {
                self.begin()?;
                self.rule.behind_times = behind_times;
            }
        } else if self.rule.has_subject() {
            if in_new_bracket && self.explains(&subject) {
                // 工作日（周一至周五）.
                return Ok(true);
            }
            self.rule.commas |= self.joined == Some(Kind::Comma);
            let season_alone = self.rule.season.is_some() && self.rule.days.is_none();
            match self.rule.opened {
                Some(Order::Behind) if self.rule.is_special() => self.begin()?,
                Some(Order::Behind) => return Err(Stop::At(self.rule.place())),
                Some(Order::Before) if self.rule.is_special() => return here(),
                _ if in_new_bracket || self.rule.colon && !season_alone && !names_season => return here(),
                _ if self.rule.ended.is_some() && !(season_alone && self.rule.colon && is_days) => {
                    return Err(Stop::At(self.rule.place()));
                }
                _ => {}
            }
        }
        // 周末和7月1日至8月31日 may be both, or the weekends of that time.
        let listed = self.joined == Some(Kind::List);
        if self.rule.has_subject() && (names_season && self.joined.is_some())
            || is_days && self.rule.season.is_some() && listed
        {
            return here();
        }
        if self.rule.ended.is_some() {
            self.rule.reach = self.rule.reach.max(Some(Reach::Block));
        } else if self.rule.colon && is_days {
            self.rule.reach = self.rule.reach.max(Some(Reach::Sentence));
        }
        self.touch(&place);
        self.name(subject, place)?;
        Ok(true)
    }

    /// Whether weekdays in a bracket are those before it, and nothing else is in it.
    fn explains(&self, subject: &Subject) -> bool {
        let same = matches!(subject, Subject::Days(named) if Some(named.days) == self.rule.days);
        same && self.rule.is_of_week() && self.cursor.kind(0) == Some(Kind::Close)
    }

    /// Makes this rule be about something more.
    fn name(&mut self, subject: Subject, place: Place) -> Result<(), Stop> {
        let rule = &mut self.rule;
        let fits = match &subject {
            Subject::Days(_) => !rule.is_qualified(),
            Subject::Patterns(..) => rule.season.is_none() && rule.dates.is_empty(),
            Subject::Season(_) => rule.season.is_none() && rule.is_of_week(),
            Subject::Dates(_) => rule.season.is_none() && rule.is_of_week() && rule.days.is_none(),
            _ => rule.season.is_none() && rule.dates.is_empty(),
        };
        if !fits {
            return Err(Stop::At(place));
        }
        let special = match subject {
            Subject::Days(Named { days, ranged, commas, parted }) => {
                rule.parted |= parted || rule.commas && (rule.ranged || ranged);
                rule.ranged |= ranged;
                rule.commas |= commas;
                let known = rule.days.unwrap_or(WeekdaySet::NONE);
                if !known.common(days).is_empty() {
                    return Err(self.weekday_twice(&place));
                }
                rule.days_in_season = rule.season.is_some() && (rule.days.is_none() || rule.days_in_season);
                rule.days = Some(known.union(days));
                return Ok(());
            }
            Subject::Patterns(patterns, reach) => {
                rule.patterns.extend(patterns);
                rule.reach = rule.reach.max(Some(reach));
                return Ok(());
            }
            Subject::Season(span) => {
                rule.season = Some(span);
                rule.reach = Some(Reach::Clause);
                return Ok(());
            }
            Subject::Dates(dates) => {
                rule.dates.extend(dates);
                rule.reach = Some(Reach::Clause);
                return Ok(());
            }
            Subject::Holidays => Special::Holidays,
            Subject::LocalHolidays => Special::LocalHolidays,
            Subject::MakeupWorkdays => Special::MakeupWorkdays,
        };
        if rule.special.contains(&special) {
            return Err(Stop::At(place));
        }
        rule.special.push(special);
        Ok(())
    }

    fn time(&mut self) -> Result<bool, Stop> {
        let start = self.cursor.place();
        let in_new_bracket = self.cursor.is_after_bracket();
        let Some(range) = self.cursor.time_range()? else { return Ok(false) };
        let place = self.cursor.since(&start);
        if in_new_bracket && self.rule.outcome.is_some() {
            return Err(Stop::At(place));
        }
        self.add(range.into(), place)?;
        Ok(true)
    }

    /// Adds a time to this rule, or to a new one that has to be about every other day.
    fn add(&mut self, opening: Opening, place: Place) -> Result<(), Stop> {
        if self.rule.ended.is_some() {
            match &self.rule.outcome {
                None => {}
                Some(Outcome::Times(_)) if self.rule.times_first => self.begin()?,
                Some(Outcome::Times(_)) if self.rule.is_of_week() => {}
                Some(Outcome::Times(_)) => return Err(Stop::At(place)),
                Some(_) => self.begin()?,
            }
        }
        if self.rule.days_in_bracket && self.bracket.is_none() {
            self.begin()?;
        }
        if self.rule.sealed || self.rule.times_first {
            return Err(Stop::At(place));
        }
        self.touch(&place);
        match &mut self.rule.outcome {
            None => {
                self.rule.times_from = place.start;
                self.rule.outcome = Some(Outcome::Times(vec![opening]));
            }
            Some(Outcome::Times(times)) => {
                let all_day = [TimeRange::ALL_DAY; 2];
                let in_order = times.last().is_none_or(|last| last.time.end() <= opening.time.start());
                let whole =
                    times.iter().map(|other| other.time).chain([opening.time]).any(|time| all_day.contains(&time));
                times.push(opening);
                if whole || !in_order && Intervals::of(times.clone()).is_some() {
                    times.pop();
                    return Err(Stop::At(place));
                }
                if !in_order {
                    let piece = self.cursor.text.piece(&(self.rule.times_from..place.end));
                    return Err(Problem::new(Code::TimesOverlap).with("text", &piece).into());
                }
            }
            Some(_) => return Err(Stop::At(place)),
        }
        Ok(())
    }

    fn closed(&mut self, before: bool, place: Place) -> Result<(), Stop> {
        if self.rule.opened.is_some() && self.rule.outcome.is_none() {
            // 周六开放 休息 says two things; open on holidays, closed on Mondays does not.
            if !(before && self.rule.is_special()) {
                return Err(Stop::At(place));
            }
        } else if self.rule.outcome.is_none() && self.rule.has_subject() {
            // Of 周一至周五，周六休息 the hours may be missing, and of Mon-Fri, closed on Sat too.
            let unclear = self.rule.parted || self.rule.commas && self.rule.behind_times;
            let begins_a_rule = before && self.joined.is_some() && self.cursor.begins_subject();
            if unclear || begins_a_rule {
                return Err(Stop::At(self.rule.place()));
            }
            self.touch(&place);
            self.rule.outcome = Some(Outcome::Closed);
            return Ok(());
        } else if !before {
            return Err(Stop::At(place));
        }
        self.begin()?;
        self.touch(&place);
        self.rule.outcome = Some(Outcome::Closed);
        self.rule.closed_first = true;
        Ok(())
    }

    /// 下午休息, 下午盘点 or `closed in the afternoon`, of days that recur.
    fn half_closed(&mut self) -> Result<bool, Stop> {
        let rule = &self.rule;
        let recurs = !rule.patterns.is_empty() && rule.dates.is_empty() && rule.days.is_none() && !rule.has_special();
        if !recurs || rule.outcome.is_some() || rule.ended.is_some() {
            return Ok(false);
        }
        let cursor = &self.cursor;
        let stocktaking = |ahead| usize::from(cursor.kind(ahead) == Some(Kind::Stocktaking));
        let half = |ahead| match cursor.kind(ahead) {
            Some(Kind::Part("上午") | Kind::Half(HalfDay::Morning)) => Some(HalfDay::Morning),
            Some(Kind::Part("下午") | Kind::Half(HalfDay::Afternoon)) => Some(HalfDay::Afternoon),
            _ => None,
        };
        let (half_at, length) = match cursor.kind(0) {
            Some(Kind::Closed { before: true }) => (1 + stocktaking(1), 2 + stocktaking(1)),
            _ => {
                let why = stocktaking(1);
                // 下午盘点，不开放.
                let comma = why == 1 && cursor.kind(2) == Some(Kind::Comma);
                match cursor.kind(1 + why + usize::from(comma)) {
                    Some(Kind::Closed { before }) if !(comma && before) => (0, 2 + why + usize::from(comma)),
                    _ if why == 1 => (0, 2),
                    _ => return Ok(false),
                }
            }
        };
        let Some(half) = half(half_at) else { return Ok(false) };
        let start = cursor.place();
        let here = cursor.token(half_at).map(|token| token.place.clone()).unwrap_or_default();
        if rule.patterns.iter().any(|pattern| self.draft.half_left(pattern, half).is_none()) {
            return Err(Stop::At(here));
        }
        self.cursor.at += length;
        self.touch(&self.cursor.since(&start));
        self.rule.outcome = Some(Outcome::HalfClosed(half));
        Ok(true)
    }

    /// 盘点 is why a place is closed and stands beside 休息; alone it may be something that is on.
    fn stocktaking(&mut self, place: Place) -> Result<(), Stop> {
        let is_closed = matches!(self.rule.outcome, Some(Outcome::Closed | Outcome::HalfClosed(_)));
        let behind = is_closed && self.rule.ended.is_none() && self.joined.is_none();
        let comma = usize::from(self.cursor.kind(0) == Some(Kind::Comma));
        let closes = matches!(self.cursor.kind(comma), Some(Kind::Closed { .. }));
        let before = closes && self.rule.outcome.is_none() && self.rule.has_subject();
        if behind || before { Ok(()) } else { Err(Stop::At(place)) }
    }

    /// 法定节假日除外 or `except public holidays`, behind times or in a bracket behind weekdays.
    fn holidays_excepted(&mut self) -> Result<bool, Stop> {
        match (self.cursor.kind(0), self.cursor.kind(1)) {
            (Some(Kind::Holidays), Some(Kind::Except { before: false }))
            | (Some(Kind::Except { before: true }), Some(Kind::Holidays)) => {}
            _ => return Ok(false),
        }
        let rule = &self.rule;
        let of_times = matches!(rule.outcome, Some(Outcome::Times(_))) && self.joined != Some(Kind::List);
        let of_days = rule.days.is_some() && rule.outcome.is_none() && self.cursor.is_after_bracket();
        let of_every_week = rule.is_of_week() && rule.season.is_none() && self.scope.is_none();
        if !(of_every_week && (of_times || of_days)) {
            return Ok(false);
        }
        let start = self.cursor.place();
        self.cursor.at += 2;
        // 节假日除外、周日 …: of what follows it is not said whether it is excepted.
        if self.cursor.kind(0) == Some(Kind::List) {
            return Err(Stop::At(self.cursor.place()));
        }
        self.draft.special(Special::Holidays, &Outcome::Closed, &self.cursor.since(&start))?;
        Ok(true)
    }

    fn special_outcome(&mut self, outcome: Outcome, of_makeup: bool, place: Place) -> Result<(), Stop> {
        let fits = self.rule.is_special() && self.rule.outcome.is_none();
        if !fits || of_makeup && self.rule.special != [Special::MakeupWorkdays] {
            return Err(Stop::At(place));
        }
        self.touch(&place);
        self.rule.outcome = Some(outcome);
        Ok(())
    }

    fn appointment(&mut self, place: Place) -> Result<(), Stop> {
        let begins_a_rule = matches!(self.cursor.kind(0), Some(Kind::Day(_))) && self.joined.is_some();
        let all_day = Opening { time: TimeRange::ALL_DAY, by_appointment: true };
        let nothing = Err(Stop::At(place.clone()));
        if begins_a_rule || self.rule.ended.is_some() && self.rule.outcome.is_some() {
            self.begin()?;
        }
        match &mut self.rule.outcome {
            None => return self.add(all_day, place),
            // Behind several times and a comma it may be meant of all of them.
            Some(Outcome::Times(times)) if !(self.rule.sealed || self.joined.is_some() && times.len() > 1) => {
                match times.last_mut().filter(|time| !time.by_appointment) {
                    Some(last) => last.by_appointment = true,
                    None => return nothing,
                }
            }
            _ => return nothing,
        }
        self.touch(&place);
        Ok(())
    }

    /// Semicolon, full stop or end of line. Only a line may end between a subject and what holds then.
    fn end_clause(&mut self, found: Break) -> Result<(), Stop> {
        self.cursor.forget_date();
        self.opened_next = false;
        self.settle();
        if self.rule.place.is_none() {
            self.rule = Rule::default();
            return Ok(());
        }
        let nothing_said = self.rule.outcome.is_none() && found < Break::Line;
        if nothing_said || self.rule.closed_first && !self.rule.has_subject() {
            return Err(Stop::At(self.rule.place()));
        }
        self.rule.ended = self.rule.ended.max(Some(found));
        Ok(())
    }

    /// 节假日开放 without times is as usual.
    fn settle(&mut self) {
        if self.rule.outcome.is_none() && self.rule.opened.is_some() && self.rule.is_special() {
            self.rule.outcome = Some(Outcome::Usual);
        }
    }

    /// Whether no other word of this clause comes.
    fn is_clause_over(&self) -> bool {
        let behind = (0..).map(|ahead| self.cursor.kind(ahead));
        let mut behind = behind.skip_while(|kind| matches!(kind, Some(Kind::Close | Kind::Opened)));
        matches!(behind.next().flatten(), None | Some(Kind::Break(_) | Kind::Except { before: true }))
    }

    fn touch(&mut self, place: &Place) {
        if self.rule.place.is_none() {
            self.rule.in_bracket = self.bracket.is_some();
        }
        let start = self.rule.place.as_ref().map_or(place.start, |known| known.start);
        self.rule.place = Some(start..place.end);
        self.rule.ended = None;
    }

    /// Hands over this rule and begins another.
    fn begin(&mut self) -> Result<(), Stop> {
        self.commit()?;
        self.rule.opened = std::mem::take(&mut self.opened_next).then_some(Order::Before);
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Stop> {
        self.settle();
        let rule = std::mem::take(&mut self.rule);
        let Some(place) = rule.place.clone() else { return Ok(()) };
        let nothing = Err(Stop::At(place.clone()));
        let outcome = match &rule.outcome {
            Some(outcome) if rule.has_subject() || matches!(outcome, Outcome::Times(_)) => outcome.clone(),
            _ => return nothing,
        };
        if let Some(whole_day) = &rule.whole_day
            && !(rule.is_of_week() && rule.season.is_none() && rule.days.is_none_or(|days| days == WeekdaySet::ALL))
        {
            return Err(Stop::At(whole_day.clone()));
        }
        let scope = self.scope.take();
        let own = rule.reach.map(|reach| Scope { season: rule.season, reach, with_days: rule.days_in_season });
        let mut season = rule.season;
        let of_week = rule.days.is_some() || rule.is_of_week();
        let is_open = matches!(outcome, Outcome::Times(_));
        if let Some(scope) = scope.filter(|_| own.is_none()) {
            let in_season = scope.season.filter(|_| scope.with_days && rule.days.is_some());
            let unclear = is_open || scope.season.is_none() && of_week;
            if in_season.is_none() && unclear || is_open && rule.has_special() {
                return nothing;
            }
            season = in_season;
        } else if own.is_none() && is_open && of_week && self.draft.has_seasons() {
            return nothing;
        }
        let kept = own.or(scope.filter(|_| rule.is_of_week()));
        self.scope = kept.filter(|scope| scope.holds_after(rule.ended));
        if let Some(whole_day) = &rule.whole_day {
            self.draft.is_of_every_day(whole_day);
        }
        if of_week && !self.draft.week(season, rule.days, &outcome, &place)? {
            return Err(self.weekday_twice(&place));
        }
        for special in &rule.special {
            self.draft.special(*special, &outcome, &place)?;
        }
        self.draft.recurring(&rule.patterns, &outcome, &place)?;
        self.draft.exceptions(&rule.dates, &outcome, &place)
    }

    fn weekday_twice(&self, place: &Place) -> Stop {
        Problem::new(Code::WeekdayTwice).with("text", &self.cursor.text.piece(place)).into()
    }
}
