//! What a file itself asks of its ballots (投票规则): how many projects one may name, which points
//! it may give, what the named ones may cost. Whether a ballot keeps to it, and where not.

use super::number::{self, NoNumber};
use crate::{Ratio, ratio_text};
use num_traits::Zero as _;

/// The least and the most there may be; where nothing is said, anything may.
#[derive(Debug)]
struct Range<T> {
    least: Option<T>,
    most: Option<T>,
}

impl<T> Default for Range<T> {
    fn default() -> Self {
        Self { least: None, most: None }
    }
}

impl<T: PartialOrd> Range<T> {
    fn is_over(&self, value: &T) -> bool {
        self.most.as_ref().is_some_and(|most| value > most)
    }

    fn is_under(&self, value: &T) -> bool {
        self.least.as_ref().is_some_and(|least| value < least)
    }
}

impl Range<Ratio> {
    /// What should stand in the place of a number out of this range, where it is.
    fn broken(&self, value: &Ratio, what: (&str, &str)) -> Option<(String, String)> {
        let bound = if self.is_over(value) {
            self.most.as_ref().map(|most| ("不超过", "at most", most))
        } else if self.is_under(value) {
            self.least.as_ref().map(|least| ("不少于", "at least", least))
        } else {
            None
        };
        let (zh, en, bound) = bound?;
        let bound = ratio_text(bound);
        Some((format!("{}{zh} {bound}", what.0), format!("{} of {en} {bound}", what.1)))
    }
}

/// What META says of ballots.
#[derive(Debug, Default)]
pub(super) struct Limits {
    length: Range<usize>,
    points: Range<Ratio>,
    sum_points: Range<Ratio>,
    sum_cost: Range<Ratio>,
}

/// What is wrong, in both languages.
pub(super) type Wrong = (String, String);

impl Limits {
    /// Takes what stands under a key, if it is one of these.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<(), Option<NoNumber>> {
        let (bound, range) = match key.split_once('_') {
            Some((bound @ ("min" | "max"), rest)) => (bound, rest),
            _ => return Ok(()),
        };
        let range = match range {
            _ if value.is_empty() => return Ok(()),
            "length" => {
                let value = value.parse().map_err(|_| None)?;
                let Range { least, most } = &mut self.length;
                *(if bound == "min" { least } else { most }) = Some(value);
                return Ok(());
            }
            "points" => &mut self.points,
            "sum_points" => &mut self.sum_points,
            "sum_cost" => &mut self.sum_cost,
            _ => return Ok(()),
        };
        let value = number::read(value).map_err(Some)?;
        *(if bound == "min" { &mut range.least } else { &mut range.most }) = Some(value);
        Ok(())
    }

    /// Why so many projects are too many; asked at each of them.
    pub(super) fn too_long(&self, length: usize) -> Option<Wrong> {
        let most = self.length.most.filter(|_| self.length.is_over(&length))?;
        Some((format!("一张选票最多 {most} 个项目"), format!("at most {most} projects on a ballot")))
    }

    /// Why so many projects are too few.
    pub(super) fn too_short(&self, length: usize) -> Option<Wrong> {
        let least = self.length.least.filter(|_| self.length.is_under(&length))?;
        Some((format!("一张选票至少 {least} 个项目"), format!("at least {least} projects on a ballot")))
    }

    /// Why a project may not get these points.
    pub(super) fn points(&self, points: &Ratio) -> Option<Wrong> {
        self.points.broken(points, ("每个项目的分数", "points for a project"))
    }

    /// Why a ballot may not give these points in all; they are added up only where it matters.
    pub(super) fn sum_points<'a>(&self, points: impl Iterator<Item = &'a Ratio>) -> Option<Wrong> {
        sum(&self.sum_points, points, ("一张选票的总分", "points on a ballot, a sum"))
    }

    /// Why the named projects may not cost so much together.
    pub(super) fn sum_cost<'a>(&self, costs: impl Iterator<Item = &'a Ratio>) -> Option<Wrong> {
        sum(&self.sum_cost, costs, ("一张选票所投项目的总费用", "projects on a ballot, a cost"))
    }
}

fn sum<'a>(
    range: &Range<Ratio>,
    values: impl Iterator<Item = &'a Ratio>,
    what: (&str, &str),
) -> Option<Wrong> {
    if range.least.is_none() && range.most.is_none() {
        return None;
    }
    range.broken(&values.fold(Ratio::zero(), |sum, value| sum + value), what)
}
