//! When something is due: reckoned from a start, a length of time, a calendar and the times in which
//! the clock stands still. By the Civil Code the day of the start is not counted (art. 201), a month
//! ends on the day of the same number or the month's last (art. 202), a last day on which nobody works
//! moves on to the next that is worked, and the last day ends at 24:00 (art. 203).

use crate::days::{Calendar, DayKind};
use crate::span::{Span, Unit};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan as _};
use std::collections::BTreeSet;
use std::str::FromStr;
use thiserror::Error;

/// A deadline lies beyond the years that can be reckoned with.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("that is due after the year 9999: give a shorter time")]
pub struct Beyond;

/// Times in which the clock stands still (中止): apart from each other and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pauses(Vec<(DateTime, DateTime)>);

impl Pauses {
    /// Pauses, each from one moment until another, in any order; those that meet become one, and
    /// what ends before it begins is none.
    #[must_use]
    pub fn of(pauses: impl IntoIterator<Item = (DateTime, DateTime)>) -> Self {
        let mut all: Vec<_> = pauses.into_iter().filter(|(from, to)| from < to).collect();
        all.sort_unstable();
        let mut apart: Vec<(DateTime, DateTime)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        Self(apart)
    }

    /// Reads one as `2026-10-01T09:00..2026-10-03T12:00`.
    ///
    /// # Errors
    /// When it is none, in a sentence.
    pub fn read(text: &str) -> Result<(DateTime, DateTime), String> {
        let wrong = || format!("“{text}” is no pause: write it as 2026-10-01T09:00..2026-10-03T12:00");
        let (from, to) = text.split_once("..").ok_or_else(wrong)?;
        let moment = |text: &str| DateTime::from_str(text.trim()).map_err(|_| wrong());
        let (from, to) = (moment(from)?, moment(to)?);
        if from < to { Ok((from, to)) } else { Err(wrong()) }
    }

    /// Whether the clock stands still at some time of a day: such a day is not counted.
    fn touch(&self, day: Date) -> bool {
        let (from, to) = (day.at(0, 0, 0, 0), day.tomorrow().map(|next| next.at(0, 0, 0, 0)));
        self.0.iter().any(|pause| pause.1 > from && to.as_ref().is_ok_and(|to| pause.0 < *to))
    }

    /// What is left between two moments, in order.
    fn free(&self, from: DateTime, to: DateTime) -> Vec<(DateTime, DateTime)> {
        let (mut free, mut at) = (Vec::new(), from);
        for (begins, ends) in &self.0 {
            if at < to && *begins > at {
                free.push((at, to.min(*begins)));
            }
            at = at.max(*ends);
        }
        if at < to {
            free.push((at, to));
        }
        free
    }
}

/// What became of a day in a reckoning (计算方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is the day of the start, which is not counted.
    Start,
    /// It is counted, as the day of this number.
    Counted(u32),
    /// So many minutes of it are counted.
    Minutes(u32),
    /// Nobody works.
    Closed,
    /// The clock stood still.
    Paused,
    /// The last day was no working day: the next is.
    Moved,
}

/// A day of a reckoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub day: Date,
    /// What it is.
    pub kind: DayKind,
    /// What became of it.
    pub taken: Taken,
}

/// When something is due, and how that was reckoned (时限).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The moment until which it is in time: what is counted in days ends at 24:00, which is the
    /// beginning of the next day.
    pub due: DateTime,
    /// The last day on which it is in time.
    pub last: Date,
    /// Each day from the start to the last.
    pub steps: Vec<Step>,
    /// Years that were reckoned with and are not announced yet: it is provisional (暂定) as long as
    /// there are any.
    pub unannounced: BTreeSet<i16>,
}

/// When something is due.
///
/// # Errors
/// When that is beyond the year 9999.
pub fn deadline(
    start: DateTime,
    span: Span,
    calendar: &Calendar,
    pauses: &Pauses,
) -> Result<Deadline, Beyond> {
    let reckoning = Reckoning { calendar, pauses, start, steps: Vec::new(), unannounced: BTreeSet::new() };
    match span.unit {
        Unit::Minutes => reckoning.minutes(span.count),
        Unit::WorkingMinutes => reckoning.working_minutes(span.count),
        Unit::Days => reckoning.days(span.count, |_| true),
        Unit::WorkingDays => reckoning.days(span.count, DayKind::is_worked),
        Unit::Months => reckoning.months(span.count),
    }
}

/// A reckoning under way.
struct Reckoning<'a> {
    calendar: &'a Calendar,
    pauses: &'a Pauses,
    start: DateTime,
    steps: Vec<Step>,
    unannounced: BTreeSet<i16>,
}

impl Reckoning<'_> {
    /// What a day is, once it matters.
    fn kind(&mut self, day: Date) -> DayKind {
        let known = self.calendar.day(day);
        if !known.is_announced {
            self.unannounced.insert(day.year());
        }
        known.kind
    }

    fn note(&mut self, day: Date, taken: Taken) {
        let kind = self.calendar.day(day).kind;
        self.steps.push(Step { day, kind, taken });
    }

    /// Minutes on the clock: neither night nor holiday stops it, a pause does.
    fn minutes(mut self, count: u32) -> Result<Deadline, Beyond> {
        let end = DateTime::MAX;
        let mut left = seconds(count);
        let pauses = self.pauses;
        for (from, to) in pauses.free(self.start, end) {
            let there = to.duration_since(from);
            if left <= there {
                let due = from.checked_add(left).map_err(|_| Beyond)?;
                self.count_minutes(due)?;
                return Ok(self.until(due));
            }
            left -= there;
        }
        Err(Beyond)
    }

    /// How many minutes of each day up to a moment are counted.
    fn count_minutes(&mut self, due: DateTime) -> Result<(), Beyond> {
        let mut day = self.start.date();
        loop {
            let next = tomorrow(day)?;
            let (from, to) = (self.start.max(day.at(0, 0, 0, 0)), due.min(next.at(0, 0, 0, 0)));
            let free = self.pauses.free(from, to);
            let taken = match free.iter().map(|(from, to)| minutes(*from, *to)).sum() {
                0 if from < to => Taken::Paused,
                count => Taken::Minutes(count),
            };
            self.note(day, taken);
            if due <= next.at(0, 0, 0, 0) {
                return Ok(());
            }
            day = next;
        }
    }

    /// Minutes in which an office works.
    fn working_minutes(mut self, count: u32) -> Result<Deadline, Beyond> {
        let mut left = seconds(count);
        let mut day = self.start.date();
        if left.is_zero() {
            self.note(day, Taken::Minutes(0));
            let due = self.start;
            return Ok(self.until(due));
        }
        loop {
            let mut counted = 0;
            let is_worked = self.kind(day).is_worked();
            let hours = if is_worked { self.calendar.hours() } else { &[] };
            for window in hours {
                let (from, to) = (self.start.max(day.to_datetime(window.from)), day.to_datetime(window.to));
                for (from, to) in self.pauses.free(from, to) {
                    let there = to.duration_since(from);
                    if left <= there {
                        let due = from.checked_add(left).map_err(|_| Beyond)?;
                        self.note(day, Taken::Minutes(counted + minutes(from, due)));
                        return Ok(self.until(due));
                    }
                    left -= there;
                    counted += minutes(from, to);
                }
            }
            let taken = match (is_worked, counted) {
                (false, _) => Taken::Closed,
                (true, 0) if self.pauses.touch(day) => Taken::Paused,
                (true, counted) => Taken::Minutes(counted),
            };
            self.note(day, taken);
            day = tomorrow(day)?;
        }
    }

    /// Days of which those are counted that the unit counts.
    fn days(mut self, count: u32, counts: impl Fn(DayKind) -> bool) -> Result<Deadline, Beyond> {
        let mut day = self.start.date();
        self.note(day, Taken::Start);
        let mut counted = 0;
        while counted < count {
            day = tomorrow(day)?;
            // Natural days need no calendar before the last.
            let kind = self.calendar.day(day).kind;
            let taken = if !counts(kind) {
                Taken::Closed
            } else if self.pauses.touch(day) {
                Taken::Paused
            } else {
                counted += 1;
                Taken::Counted(counted)
            };
            if !counts(DayKind::Weekend) {
                self.kind(day);
            }
            self.note(day, taken);
        }
        self.moved_on(day)
    }

    /// The day of the same number so many months later, or the month's last; days on which the clock
    /// stood still come on top.
    fn months(mut self, count: u32) -> Result<Deadline, Beyond> {
        let start = self.start.date();
        let months = i64::from(count).months();
        let last = start.checked_add(months).map_err(|_| Beyond)?;
        let mut day = start;
        self.note(day, Taken::Start);
        let (mut counted, mut owed) = (0, 0_u32);
        while day < last || owed > 0 {
            let is_extra = day >= last;
            day = tomorrow(day)?;
            let is_paused = self.pauses.touch(day);
            let taken = if is_paused {
                Taken::Paused
            } else {
                counted += 1;
                Taken::Counted(counted)
            };
            match (is_extra, is_paused) {
                (false, true) => owed += 1,
                (true, false) => owed -= 1,
                (false, false) | (true, true) => {}
            }
            self.note(day, taken);
        }
        self.moved_on(day)
    }

    /// The deadline at the end of a day, or of the next that is worked.
    fn moved_on(mut self, last: Date) -> Result<Deadline, Beyond> {
        let mut day = last;
        while !self.kind(day).is_worked() || (day > last && self.pauses.touch(day)) {
            day = tomorrow(day)?;
            self.note(day, Taken::Moved);
        }
        let due = tomorrow(day)?.at(0, 0, 0, 0);
        let Self { steps, unannounced, .. } = self;
        Ok(Deadline { due, last: day, steps, unannounced })
    }

    /// The deadline at a moment of a day.
    fn until(self, due: DateTime) -> Deadline {
        let Self { steps, unannounced, .. } = self;
        let last = steps.last().map_or(due.date(), |step| step.day);
        Deadline { due, last, steps, unannounced }
    }
}

fn tomorrow(day: Date) -> Result<Date, Beyond> {
    day.tomorrow().map_err(|_| Beyond)
}

fn seconds(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

/// Whole minutes between two moments.
fn minutes(from: DateTime, to: DateTime) -> u32 {
    u32::try_from(to.duration_since(from).as_mins()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
