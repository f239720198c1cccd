//! The core: from sums to a verdict, by heads and by area, exactly. It does not ask who voted;
//! `poll` adds up the owners and `rules` says what the law wants.

use super::{Area, Base, Requirement};
use serde::Serialize;

/// 人数和面积: some of the owners together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Measure {
    /// 人数: distinct owners.
    pub heads: u64,
    /// 专有部分面积; nothing where it is not known.
    pub area: Option<Area>,
}

impl Measure {
    /// Nobody.
    pub const ZERO: Self = Self { heads: 0, area: Some(Area(0)) };

    /// Of heads and an area in 0.01 m².
    #[must_use]
    pub const fn new(heads: u64, area: u64) -> Self {
        Self { heads, area: Some(Area(area)) }
    }

    /// Of heads whose area is not known.
    #[must_use]
    pub const fn heads(heads: u64) -> Self {
        Self { heads, area: None }
    }
}

/// 表决汇总: the sums of one vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sums {
    /// 全体业主: everybody in the scope of the matter.
    pub total: Measure,
    /// 参与表决.
    pub took_part: Measure,
    /// 赞成.
    pub in_favour: Measure,
    /// 反对.
    pub against: Measure,
    /// 弃权. Those taking part who are in none of the three are in no choice.
    pub abstain: Measure,
    /// 废票: owners who returned a ballot and yet took no part.
    pub void: Measure,
}

/// Sums that cannot be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Miscount {
    /// 三项之和多于参与表决.
    #[error("those in favour, against and abstaining are more than those who took part")]
    MoreChoicesThanPart,
    /// 参与表决多于全体.
    #[error("those who took part or were void are more than all owners")]
    MorePartThanAll,
    /// 面积过大.
    #[error("the areas together are more than {} m²", Area(u64::MAX))]
    TooLarge,
}

/// 判定: how a vote came out under one reading of who took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// 参与表决.
    pub took_part: Measure,
    /// 赞成.
    #[serde(rename = "for")]
    pub in_favour: Measure,
    /// 反对.
    pub against: Measure,
    /// 弃权.
    pub abstain: Measure,
    /// Whether enough owners took part, by heads and by area; not so where the area is not
    /// known, or where there is no owner. A law that asks no quorum is content.
    pub quorum: bool,
    /// Whether the decision stands; nothing where it cannot be certified, since an area is not
    /// known.
    pub passed: Option<bool>,
    /// How much is missing; nothing under readings that count those who returned nothing.
    pub missing: Option<Missing>,
    /// 人数: the numbers that decided.
    #[serde(skip)]
    pub by_heads: Side,
    /// 面积, in 0.01 m²: the numbers that decided; nothing where an area is not known.
    #[serde(skip)]
    pub by_area: Option<Side>,
}

/// 尚缺: two lower bounds, each by itself, for further votes in favour by owners who have not
/// returned a ballot. Nothing where even all of them would not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// 人数.
    pub heads: Option<u64>,
    /// 面积; nothing also where it is not known.
    pub area: Option<Area>,
}

/// One of the two counts, heads or area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// 全体.
    pub total: u64,
    /// 参与表决.
    pub took_part: u64,
    /// 赞成.
    pub in_favour: u64,
    /// Returned nothing: who could still vote.
    pub outstanding: u64,
    /// How much had to take part; nothing where the law asks none.
    pub quorum_needed: Option<u64>,
    /// Whether that much took part.
    pub quorum: bool,
    /// How much had to be in favour.
    pub needed: u64,
    /// Whether that much was in favour.
    pub majority: bool,
    /// How much more would have to be in favour, if that can still be.
    pub missing: Option<u64>,
}

/// What a side is made of.
#[derive(Clone, Copy)]
struct Parts {
    total: u64,
    took_part: u64,
    in_favour: u64,
    against: u64,
    abstain: u64,
    void: u64,
}

impl Parts {
    fn heads(sums: &Sums) -> Self {
        Self {
            total: sums.total.heads,
            took_part: sums.took_part.heads,
            in_favour: sums.in_favour.heads,
            against: sums.against.heads,
            abstain: sums.abstain.heads,
            void: sums.void.heads,
        }
    }

    /// Nothing where one of the areas is not known.
    fn area(sums: &Sums) -> Option<Self> {
        let known = |measure: Measure| measure.area.map(|Area(area)| area);
        Some(Self {
            total: known(sums.total)?,
            took_part: known(sums.took_part)?,
            in_favour: known(sums.in_favour)?,
            against: known(sums.against)?,
            abstain: known(sums.abstain)?,
            void: known(sums.void)?,
        })
    }

    fn side(self, requirement: &Requirement) -> Result<Side, Miscount> {
        let Self { total, took_part, in_favour, against, abstain, void } = self;
        if u128::from(in_favour) + u128::from(against) + u128::from(abstain) > u128::from(took_part) {
            return Err(Miscount::MoreChoicesThanPart);
        }
        let left = total.checked_sub(took_part).and_then(|left| left.checked_sub(void));
        let outstanding = left.ok_or(Miscount::MorePartThanAll)?;

        // Nobody decides nothing.
        let anybody = total > 0;
        let quorum_needed = requirement.quorum.map(|share| share.needed(total));
        let quorum = anybody && took_part >= quorum_needed.unwrap_or(0);
        let base = match requirement.base {
            Base::AllOwners => total,
            Base::TakingPart => took_part,
        };
        let majority = requirement.majority.reached(in_favour, base);
        let needed = requirement.majority.needed(base);

        let short_of_quorum = quorum_needed.unwrap_or(0).saturating_sub(took_part);
        let short_of_majority = match requirement.base {
            Base::AllOwners => u128::from(needed.saturating_sub(in_favour)),
            Base::TakingPart => requirement.majority.short_of_growing(in_favour, took_part),
        };
        let missing = u64::try_from(short_of_majority.max(u128::from(short_of_quorum))).ok();
        let missing = missing.filter(|&missing| anybody && missing <= outstanding);
        Ok(Side {
            total,
            took_part,
            in_favour,
            outstanding,
            quorum_needed,
            quorum,
            needed,
            majority,
            missing,
        })
    }
}

/// Decide by sums. Where an area is not known, nothing can be certified.
///
/// # Errors
/// When a part is more than its whole.
pub fn decide(requirement: &Requirement, sums: &Sums) -> Result<Reading, Miscount> {
    let by_heads = Parts::heads(sums).side(requirement)?;
    let by_area = Parts::area(sums).map(|parts| parts.side(requirement)).transpose()?;
    let quorum = by_heads.quorum && by_area.is_some_and(|side| side.quorum);
    Ok(Reading {
        took_part: sums.took_part,
        in_favour: sums.in_favour,
        against: sums.against,
        abstain: sums.abstain,
        quorum,
        passed: by_area.map(|by_area| quorum && by_heads.majority && by_area.majority),
        missing: Some(Missing {
            heads: by_heads.missing,
            area: by_area.and_then(|side| side.missing).map(Area),
        }),
        by_heads,
        by_area,
    })
}
