//! The counts of one vote, checked once, so that nobody computes with more votes than people.

use serde::{Deserialize, Serialize};

use crate::Sentence;

/// 计票数: what the tellers wrote down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// 应到人数, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitled: Option<u64>,
    /// 到会人数.
    pub present: u64,
    /// 赞成.
    pub in_favour: u64,
    /// 反对.
    pub against: u64,
    /// 弃权. Those present who are in none of the three handed in nothing or a void slip.
    pub abstain: u64,
}

/// 表决结果: counts that can be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Counts", into = "Counts")]
pub struct Votes(Counts);

/// 票数不符: counts that cannot be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Miscount {
    /// 票数多于到会人数.
    #[error("{votes} votes of {present} people present")]
    MoreVotesThanPresent {
        /// In favour, against and abstaining together.
        votes: u128,
        /// Those present.
        present: u64,
    },
    /// 到会人数多于应到人数.
    #[error("{present} people present of {entitled} entitled")]
    MorePresentThanEntitled {
        /// Those present.
        present: u64,
        /// Those entitled.
        entitled: u64,
    },
}

impl Miscount {
    /// For a page.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::MoreVotesThanPresent { votes, present } => Sentence::new(
                format!("赞成、反对、弃权共 {votes} 票，多于到会 {present} 人，请核对。"),
                format!("In favour, against and abstaining make {votes}, more than the {present} present."),
            ),
            Self::MorePresentThanEntitled { present, entitled } => Sentence::new(
                format!("到会 {present} 人，多于应到 {entitled} 人，请核对。"),
                format!("{present} present are more than the {entitled} entitled."),
            ),
        }
    }
}

impl Votes {
    /// Of counts that can be true.
    ///
    /// # Errors
    /// When more votes were counted than people are present, or more are present than entitled.
    pub fn new(counts: Counts) -> Result<Self, Miscount> {
        let Counts { entitled, present, in_favour, against, abstain } = counts;
        let votes = u128::from(in_favour) + u128::from(against) + u128::from(abstain);
        if votes > u128::from(present) {
            return Err(Miscount::MoreVotesThanPresent { votes, present });
        }
        match entitled {
            Some(entitled) if entitled < present => {
                Err(Miscount::MorePresentThanEntitled { present, entitled })
            }
            _ => Ok(Self(counts)),
        }
    }

    /// As counted.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.0
    }

    /// 参加表决人数: in favour and against.
    #[must_use]
    pub fn voting(&self) -> u64 {
        // Both are parts of those present, so the sum fits.
        self.0.in_favour + self.0.against
    }
}

impl TryFrom<Counts> for Votes {
    type Error = Miscount;

    fn try_from(counts: Counts) -> Result<Self, Miscount> {
        Self::new(counts)
    }
}

impl From<Votes> for Counts {
    fn from(votes: Votes) -> Self {
        votes.0
    }
}
