//! Rates made into one number 综合成绩, by a formula that stands in the rules: each rate is rounded
//! half up to hundredths of a percent, as it is written down, and multiplied by its weight; the sum
//! is exact, and only the end is rounded again. Whoever has a pencil comes to the same. No counting here.

use serde::Deserialize;
use std::fmt;
use std::iter::Sum;

yishi_kernel::words! {
    /// What a formula weighs (评分项).
    Measure as "measure" {
        /// Contacted while it was worked on, of those who said (响应率).
        Contacted = "contacted",
        /// Solved, of those who said (解决率).
        Solved = "solved",
        /// Content, of those who said (满意率).
        Satisfied = "satisfied",
        /// Closed, of the matters that were raised (办结率).
        Done = "done",
        /// Answered in time, of those answered or late (按时率).
        OnTime = "on_time",
        /// Called back with an answer, of those called to the end (有效回访率).
        Called = "called",
    }
}

/// Of a hundred, whole (百分之几).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "u64")]
pub struct Percent(u64);

/// More than a hundred of a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a percentage is a whole number from 0 to 100")]
pub struct NoPercent;

impl Percent {
    /// All of them.
    pub const WHOLE: Self = Self(100);

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Percent {
    type Error = NoPercent;

    fn try_from(percent: u64) -> Result<Self, NoPercent> {
        if percent <= 100 { Ok(Self(percent)) } else { Err(NoPercent) }
    }
}

/// To how many decimals a result is rounded, half up (保留几位小数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub enum Decimals {
    /// 87.7
    One,
    /// 87.70
    Two,
}

/// More decimals than anybody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("decimals are 1 or 2")]
pub struct NoDecimals;

impl TryFrom<u64> for Decimals {
    type Error = NoDecimals;

    fn try_from(decimals: u64) -> Result<Self, NoDecimals> {
        match decimals {
            1 => Ok(Decimals::One),
            2 => Ok(Decimals::Two),
            _ => Err(NoDecimals),
        }
    }
}

/// A formula (评分公式).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Formula {
    /// By which it is known.
    pub code: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// As how much of content "mostly content" counts (基本满意按几成算).
    pub mostly: Percent,
    /// How its result is rounded.
    pub decimals: Decimals,
    /// What it weighs, together a hundred.
    pub terms: Vec<Term>,
    /// Where it comes from.
    pub source: String,
}

/// One measure with its weight (评分项和权重).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// What is weighed.
    pub measure: Measure,
    /// How much of a hundred.
    pub percent: Percent,
}

/// A formula as a pack writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    zh: String,
    en: String,
    #[serde(default)]
    contacted: Percent,
    #[serde(default)]
    satisfied: Percent,
    #[serde(default)]
    solved: Percent,
    #[serde(default)]
    done: Percent,
    #[serde(default)]
    on_time: Percent,
    #[serde(default)]
    called: Percent,
    mostly: Percent,
    decimals: Decimals,
    source: String,
}

/// A formula whose sum would mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the weights of the formula {code} add up to {sum}; they have to be 100 together")]
pub struct NoFormula {
    /// Of which.
    code: String,
    /// To what they add up.
    sum: u64,
}

impl TryFrom<Written> for Formula {
    type Error = NoFormula;

    fn try_from(written: Written) -> Result<Self, NoFormula> {
        let Written { code, zh, en, mostly, decimals, source, .. } = written;
        let weights = [
            (Measure::Contacted, written.contacted),
            (Measure::Satisfied, written.satisfied),
            (Measure::Solved, written.solved),
            (Measure::Done, written.done),
            (Measure::OnTime, written.on_time),
            (Measure::Called, written.called),
        ];
        let sum = weights.iter().map(|(_, percent)| percent.get()).sum();
        if sum != 100 {
            return Err(NoFormula { code, sum });
        }
        let weighed = weights.into_iter().filter(|(_, percent)| percent.get() > 0);
        let terms = weighed.map(|(measure, percent)| Term { measure, percent }).collect();
        Ok(Self { code, zh, en, mostly, decimals, terms, source })
    }
}

/// A rate in hundredths of a percent, from 0 to 10,000 (比率).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u64);

impl Share {
    /// So much of so much, rounded half up; none where there is nothing to be a share of. A part is
    /// no more than the whole.
    #[must_use]
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
        let twice = (part * 20_000 + whole).checked_div(whole * 2)?;
        u64::try_from(twice).ok().map(Self)
    }

    /// A rate that somebody else published, in hundredths of a percent.
    #[must_use]
    pub fn published(hundredths: u64) -> Option<Self> {
        (hundredths <= 10_000).then_some(Self(hundredths))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Points, in ten-thousandths: as exact as a share times a percentage is (分).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(u64);

impl Points {
    /// Rounded half up, once.
    #[must_use]
    pub fn rounded(self, decimals: Decimals) -> String {
        let (unit, width, one) = match decimals {
            Decimals::One => (1_000, 1, 10),
            Decimals::Two => (100, 2, 100),
        };
        let rounded = (self.0 + unit / 2) / unit;
        format!("{}.{:0width$}", rounded / one, rounded % one)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|points| points.0).sum())
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        f.write_str(all.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// One line of the sum (算式的一行).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is weighed, and how much.
    pub term: Term,
    /// Its rate; none where there is nothing to be a share of.
    pub share: Option<Share>,
}

impl Line {
    /// What it comes to.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        self.share.map(|share| Points(share.0 * self.term.percent.get()))
    }
}

/// The sum that a formula makes, line by line (综合成绩).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Its lines, as the formula has them.
    pub lines: Vec<Line>,
}

impl Score {
    /// All together; none where a rate is missing: nobody guesses it.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        self.lines.iter().map(Line::points).sum()
    }
}

impl Formula {
    /// The sum of these rates.
    #[must_use]
    pub fn score(&self, share: impl Fn(Measure) -> Option<Share>) -> Score {
        let line = |term: &Term| Line { term: *term, share: share(term.measure) };
        Score { lines: self.terms.iter().map(line).collect() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::rules::Rules;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use yishi_kernel::Section as _;

    fn shipped(code: &str) -> Formula {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        rules.formulas.into_iter().find(|formula| formula.code == code).unwrap()
    }

    /// Six rows that a city published in 2023: done, content, in time, called back, and their score,
    /// in hundredths of a percent and tenths of a point.
    const PUBLISHED: [([u64; 4], &str); 6] = [
        ([9806, 9900, 10000, 10000], "99.3"),
        ([9844, 9837, 10000, 10000], "99.2"),
        ([9795, 9844, 10000, 9996], "99.1"),
        ([9621, 9401, 10000, 10000], "97.4"),
        ([10000, 10000, 10000, 10000], "100.0"),
        ([9925, 9702, 10000, 10000], "99.0"),
    ];

    #[test]
    fn the_formula_gives_all_six_rows_that_were_published() {
        let formula = shipped("done_content_prompt");
        for (row, (rates, published)) in PUBLISHED.iter().enumerate() {
            let [done, content, on_time, called] = *rates;
            let score = formula.score(|measure| {
                Share::published(match measure {
                    Measure::Done => done,
                    Measure::Satisfied => content,
                    Measure::OnTime => on_time,
                    Measure::Called => called,
                    Measure::Contacted | Measure::Solved => return None,
                })
            });
            let points = score.points().unwrap();
            assert_eq!(points.rounded(Decimals::One), *published, "row {}: {points}", row + 1);
        }
    }

    #[test]
    fn the_worked_example_comes_out_line_by_line() {
        // 200 said something: contacted 196, solved 170, content 150 and mostly content 30.
        let formula = shipped("three_rates");
        let mostly = formula.mostly.get();
        let score = formula.score(|measure| match measure {
            Measure::Contacted => Share::of(196, 200),
            Measure::Solved => Share::of(170, 200),
            Measure::Satisfied => Share::of(150 * 100 + 30 * mostly, 200 * 100),
            Measure::Done | Measure::OnTime | Measure::Called => None,
        });
        let lines: Vec<String> = score
            .lines
            .iter()
            .map(|line| {
                format!("{} x {} = {}", line.share.unwrap(), line.term.percent.get(), line.points().unwrap())
            })
            .collect();
        assert_eq!(lines, ["98.00 x 10 = 9.8", "88.50 x 40 = 35.4", "85.00 x 50 = 42.5"]);
        assert_eq!(score.points().unwrap().to_string(), "87.7");
        assert_eq!(score.points().unwrap().rounded(formula.decimals), "87.7");
        assert_eq!(score.points().unwrap().rounded(Decimals::Two), "87.70");
    }

    #[test]
    fn rates_are_rounded_half_up_and_a_missing_one_is_not_guessed() {
        assert_eq!(Share::of(1, 3).unwrap().to_string(), "33.33");
        assert_eq!(Share::of(2, 3).unwrap().to_string(), "66.67");
        assert_eq!(Share::of(1, 20_000).unwrap().to_string(), "0.01");
        assert_eq!(Share::of(0, 0), None);
        let score = shipped("three_rates").score(|measure| match measure {
            Measure::Contacted => None,
            _ => Share::of(1, 1),
        });
        assert_eq!(score.points(), None);
    }

    /// Counts of the three rates over one base: contacted, solved, content, mostly content.
    type Counts = (u64, u64, u64, u64, u64);

    fn counts() -> impl Strategy<Value = Counts> {
        (1_u64..5_000).prop_flat_map(|base| {
            let some = 0..=base;
            (Just(base), some.clone(), some.clone(), some).prop_flat_map(|(base, one, two, three)| {
                (Just(base), Just(one), Just(two), Just(three), 0..=base - three)
            })
        })
    }

    fn points(formula: &Formula, (base, contacted, solved, content, mostly): Counts) -> Points {
        let half = content * 100 + mostly * formula.mostly.get();
        let shares = BTreeMap::from([
            (Measure::Contacted, Share::of(contacted, base)),
            (Measure::Solved, Share::of(solved, base)),
            (Measure::Satisfied, Share::of(half, base * 100)),
        ]);
        formula.score(|measure| shares.get(&measure).copied().flatten()).points().unwrap()
    }

    fn with(percents: [u64; 2], mostly: u64) -> Formula {
        let [one, two] = [percents[0].min(percents[1]), percents[0].max(percents[1])];
        let term = |measure, percent: u64| Term { measure, percent: percent.try_into().unwrap() };
        Formula {
            mostly: mostly.try_into().unwrap(),
            terms: vec![
                term(Measure::Contacted, one),
                term(Measure::Satisfied, two - one),
                term(Measure::Solved, 100 - two),
            ],
            ..shipped("three_rates")
        }
    }

    proptest! {
        #[test]
        fn one_more_of_what_is_good_never_takes_points_away(
            counts in counts(), cut in [0_u64..=100, 0..=100], mostly in 0_u64..=100,
        ) {
            let formula = with(cut, mostly);
            let (base, contacted, solved, content, some) = counts;
            let now = points(&formula, counts);
            prop_assert!(now <= Points(1_000_000));
            let more = [
                (base, (contacted + 1).min(base), solved, content, some),
                (base, contacted, (solved + 1).min(base), content, some),
                (base, contacted, solved, content, (some + 1).min(base - content)),
                // One who was mostly content, content now.
                (base, contacted, solved, content + some.min(1), some - some.min(1)),
            ];
            for more in more {
                prop_assert!(points(&formula, more) >= now, "{more:?}");
            }
        }

        #[test]
        fn the_order_of_its_lines_never_matters(
            counts in counts(), cut in [0_u64..=100, 0..=100], mostly in 0_u64..=100,
            order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
        ) {
            let formula = with(cut, mostly);
            let terms = order.iter().map(|n| formula.terms[*n]).collect();
            let other = Formula { terms, ..formula.clone() };
            prop_assert_eq!(points(&formula, counts), points(&other, counts));
        }
    }
}
