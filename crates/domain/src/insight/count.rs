//! Counting: how many of how many, and what was left out.

use super::days::{Days, Median, between};
use super::fact::Fact;
use super::words::{Apart, Figure, Said};
use std::collections::BTreeMap;
use yishi_kernel::Moment;

/// How many of how many (分子、分母), and how many of which it cannot be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Of how many it is said.
    pub yes: u64,
    /// Of how many it could be said.
    pub of: u64,
    /// Of how many it cannot, by reason.
    pub apart: BTreeMap<Apart, u64>,
}

impl Count {
    /// One matter more, of which a figure says this.
    pub fn add(&mut self, said: Said) {
        match said {
            Said::Yes => (self.yes, self.of) = (self.yes + 1, self.of + 1),
            Said::No => self.of += 1,
            Said::Apart(why) => *self.apart.entry(why).or_default() += 1,
        }
    }

    /// The share in tenths of a percent, rounded down, so that a hundred is only said of all; none
    /// where there is nothing to be a share of.
    #[must_use]
    pub fn per_mille(&self) -> Option<u64> {
        (self.yes * 1_000).checked_div(self.of)
    }
}

/// The figures of some matters (一组指标).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    counts: BTreeMap<Figure, Count>,
    days: Days,
    /// For how many days the one has been open that was raised first of those not answered.
    pub oldest: Option<i32>,
    /// How many receipts stand behind them: all who raised and joined.
    pub receipts: u64,
}

impl Figures {
    /// One matter more, as it stands at this moment.
    pub fn add(&mut self, fact: &Fact, now: Moment) {
        for figure in Figure::ALL {
            self.counts.entry(*figure).or_default().add(fact.said(*figure, now));
        }
        if fact.apart().is_some() {
            return;
        }
        self.receipts += fact.verdict.receipts;
        if let Some(answered) = fact.answered {
            self.days.add(between(fact.raised, answered.at));
        }
        if fact.is_open() {
            self.oldest = self.oldest.max(Some(between(fact.raised, now)));
        }
    }

    /// One figure of them.
    #[must_use]
    pub fn count(&self, figure: Figure) -> Count {
        self.counts.get(&figure).cloned().unwrap_or_default()
    }

    /// The median of the days from raising to the first answer.
    #[must_use]
    pub fn median(&self) -> Option<Median> {
        self.days.median()
    }
}
