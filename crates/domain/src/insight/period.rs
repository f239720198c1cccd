//! Which days are counted: months, quarters, years of the calendar here, or from a day to a day.

use super::words::Span;
use jiff::ToSpan as _;
use std::fmt;
use yishi_kernel::Moment;
use yishi_kernel::moment::Date;

/// A month (月份).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The month that a link names, `2026-11`.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        format!("{word}-01").parse().ok().map(Self)
    }

    /// The one so many months before it.
    #[must_use]
    pub fn before(self, months: i32) -> Self {
        Self(self.0.saturating_sub(months.months()))
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Which one of its year.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period { from: self.0, to: self.0.last_of_month() }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m"))
    }
}

/// From a day to a day, both counted (起止).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// The days of a span, asked for on a day; of days that are named where it is those.
    #[must_use]
    pub fn of(span: Span, today: Date, named: Option<Period>) -> Self {
        let month = Month::of(today);
        // Months since the quarter began.
        let into = i32::from(month.month() - 1) % 3;
        let quarter = |first: Month| Period { from: first.0, to: first.before(-2).period().to };
        match (span, named) {
            (Span::Days, Some(named)) if named.from <= named.to => named,
            (Span::Month | Span::Days, _) => month.period(),
            (Span::LastMonth, _) => month.before(1).period(),
            (Span::Quarter, _) => quarter(month.before(into)),
            (Span::LastQuarter, _) => quarter(month.before(into + 3)),
            (Span::Year, _) => {
                let first = month.before(i32::from(month.month()) - 1);
                Period { from: first.0, to: first.before(-11).period().to }
            }
        }
    }

    /// When it begins, and when it is over.
    #[must_use]
    pub fn moments(&self) -> (Moment, Moment) {
        let start = |day: Date| Moment::at(day.at(0, 0, 0, 0));
        let from = start(self.from).unwrap_or(Moment(i64::MIN));
        (from, start(self.to.saturating_add(1.day())).unwrap_or(Moment(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn spans_are_those_of_the_calendar() {
        let today = date(2026, 11, 30);
        let of = |span| {
            let Period { from, to } = Period::of(span, today, None);
            format!("{from} {to}")
        };
        assert_eq!(of(Span::Month), "2026-11-01 2026-11-30");
        assert_eq!(of(Span::LastMonth), "2026-10-01 2026-10-31");
        assert_eq!(of(Span::Quarter), "2026-10-01 2026-12-31");
        assert_eq!(of(Span::LastQuarter), "2026-07-01 2026-09-30");
        assert_eq!(of(Span::Year), "2026-01-01 2026-12-31");
        let january = Period::of(Span::LastQuarter, date(2026, 1, 31), None);
        assert_eq!((january.from, january.to), (date(2025, 10, 1), date(2025, 12, 31)));
        let named = Period { from: date(2026, 2, 3), to: date(2026, 2, 4) };
        assert_eq!(Period::of(Span::Days, today, Some(named)), named);
        let backwards = Period { from: named.to, to: named.from };
        assert_eq!(Period::of(Span::Days, today, Some(backwards)), Month::of(today).period());
    }

    #[test]
    fn a_period_is_over_when_its_last_day_is() {
        let (from, to) = Month::of(date(2026, 2, 9)).period().moments();
        assert_eq!((from.minute().as_str(), to.minute().as_str()), ("2026-02-01 00:00", "2026-03-01 00:00"));
        assert_eq!(Month::read("2026-02").map(|month| month.to_string()).as_deref(), Some("2026-02"));
        assert_eq!(Month::read("2026-2-1"), None);
    }
}
