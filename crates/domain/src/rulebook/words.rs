//! The small words of the rulebook. No rules here.

use yishi_kernel::due::Unit;

yishi_kernel::words! {
    /// What a number of the rules counts (计数单位).
    Counted as "counted" {
        /// Minutes on the clock (分钟).
        Minutes = "minutes",
        /// Natural days (自然日).
        Days = "days",
        /// Months (月).
        Months = "months",
        /// Working days (工作日).
        WorkingDays = "working_days",
        /// Minutes in which an office works (工作时间).
        WorkingMinutes = "working_minutes",
        /// How many of what the number is of (个数).
        Plain = "plain",
    }

    /// What is done to a number (改动方式).
    Changing as "changing" {
        /// It is otherwise here (本地规定).
        Set = "set",
        /// It is again what the rules above say (恢复上级规定).
        Dropped = "dropped",
    }

    /// Where a confirmation stands (核实情况).
    ConfirmationStage as "confirmation-stage" {
        /// It stands (有效).
        Standing = "standing",
        /// It was taken back (已撤回).
        Withdrawn = "withdrawn",
    }
}

impl Counted {
    /// The unit of a deadline; none for a plain number.
    #[must_use]
    pub const fn unit(self) -> Option<Unit> {
        match self {
            Counted::Minutes => Some(Unit::Minutes),
            Counted::Days => Some(Unit::Days),
            Counted::Months => Some(Unit::Months),
            Counted::WorkingDays => Some(Unit::WorkingDays),
            Counted::WorkingMinutes => Some(Unit::WorkingMinutes),
            Counted::Plain => None,
        }
    }
}

impl From<Option<Unit>> for Counted {
    fn from(unit: Option<Unit>) -> Self {
        match unit {
            Some(Unit::Minutes) => Counted::Minutes,
            Some(Unit::Days) => Counted::Days,
            Some(Unit::Months) => Counted::Months,
            Some(Unit::WorkingDays) => Counted::WorkingDays,
            Some(Unit::WorkingMinutes) => Counted::WorkingMinutes,
            None => Counted::Plain,
        }
    }
}
