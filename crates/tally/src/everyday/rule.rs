//! What a rule pack says about a majority: of whom, how much, and how many must be there. Words
//! and numbers only; `decide` applies them.

use serde::{Deserialize, Serialize};

use crate::Sentence;

/// 计算基数: those of whom a share is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// 到会人数: everybody present; who abstains or hands in nothing counts.
    Present,
    /// 参加表决人数: those in favour and those against; who abstains does not count.
    Voting,
    /// 应到人数: everybody entitled, present or not.
    Entitled,
}

/// 比例: a share above zero and up to the whole, written `2/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// A share that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a share is written like 2/3, above zero and at most one; found {0:?}")]
pub struct BadFraction(String);

impl Fraction {
    /// 半数.
    pub const HALF: Self = Self { numerator: 1, denominator: 2 };
    /// 三分之二.
    pub const TWO_THIRDS: Self = Self { numerator: 2, denominator: 3 };
    /// 全体.
    pub const ALL: Self = Self { numerator: 1, denominator: 1 };

    /// Of a numerator and a denominator; kept as written, so that `4/6` is shown as such.
    ///
    /// # Errors
    /// When it is not above zero and at most one.
    pub fn new(numerator: u32, denominator: u32) -> Result<Self, BadFraction> {
        if numerator == 0 || numerator > denominator {
            return Err(BadFraction(format!("{numerator}/{denominator}")));
        }
        Ok(Self { numerator, denominator })
    }

    /// In words where it is a usual one.
    fn sentence(self) -> Sentence {
        const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let digit = |number: u32| usize::try_from(number).ok().and_then(|at| DIGITS.get(at));
        let en = match (self.numerator, self.denominator) {
            (1, 2) => "half".to_owned(),
            (n, d) if n == d => "all".to_owned(),
            (n, d) => format!("{n}/{d}"),
        };
        let zh = match (self.numerator, self.denominator, digit(self.numerator), digit(self.denominator)) {
            (1, 2, ..) => "半数".to_owned(),
            (n, d, ..) if n == d => "全体".to_owned(),
            (_, _, Some(n), Some(d)) => format!("{d}分之{n}"),
            (n, d, ..) => format!(" {n}/{d} "),
        };
        Sentence::new(zh, en)
    }
}

impl TryFrom<String> for Fraction {
    type Error = BadFraction;

    fn try_from(text: String) -> Result<Self, BadFraction> {
        let parts = text.split_once('/').and_then(|(n, d)| Some((n.parse().ok()?, d.parse().ok()?)));
        match parts {
            Some((numerator, denominator)) => Self::new(numerator, denominator),
            None => Err(BadFraction(text)),
        }
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        format!("{}/{}", fraction.numerator, fraction.denominator)
    }
}

/// 通过比例: how much of a whole is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// 超过: exactly this share is not enough.
    MoreThan(Fraction),
    /// 达到: exactly this share is enough.
    AtLeast(Fraction),
}

impl Threshold {
    /// The smallest part of `whole` that is enough; at least one, since nothing is decided by
    /// nobody. Where more than everybody is asked, a number that cannot be reached.
    pub(super) fn least(self, whole: u64) -> u128 {
        let (Self::MoreThan(share) | Self::AtLeast(share)) = self;
        let (product, denominator) =
            (u128::from(whole) * u128::from(share.numerator), u128::from(share.denominator));
        let least = match self {
            Self::MoreThan(_) => product / denominator + 1,
            Self::AtLeast(_) => product.div_ceil(denominator),
        };
        least.max(1)
    }

    /// `超过半数`, `more than half`.
    pub(super) fn sentence(self) -> Sentence {
        match self {
            Self::MoreThan(share) => {
                let share = share.sentence();
                Sentence::new(format!("超过{}", share.zh), format!("more than {}", share.en))
            }
            Self::AtLeast(share) => {
                let share = share.sentence();
                Sentence::new(format!("达到{}", share.zh), format!("at least {}", share.en))
            }
        }
    }
}

/// 表决规则: when a motion passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Of whom the share is taken.
    pub base: Base,
    /// The share of the base that must be in favour.
    pub threshold: Threshold,
    /// 法定人数: the share of those entitled that must be present; none where the rule asks none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Threshold>,
}

impl Rule {
    /// 到会人员过半数: more than half of those present, no quorum.
    pub const MAJORITY_OF_PRESENT: Self =
        Self { base: Base::Present, threshold: Threshold::MoreThan(Fraction::HALF), quorum: None };

    /// Whether the count must name those entitled.
    #[must_use]
    pub fn needs_entitled(&self) -> bool {
        self.base == Base::Entitled || self.quorum.is_some()
    }
}
