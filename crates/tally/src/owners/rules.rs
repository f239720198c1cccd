//! What the law asks of a joint decision, as data: a pack for each law with the day from which
//! it is in force, and what the owners' own rules of procedure add. Counting is in `count`.

use super::Date;
use crate::Sentence;

/// 议题: what the owners decide, in the words of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// 制定和修改业主大会议事规则.
    AssemblyRules,
    /// 制定和修改管理规约.
    Covenant,
    /// 选举业主委员会或者更换其成员.
    ElectCommittee,
    /// 选聘和解聘物业服务企业或者其他管理人.
    HireManager,
    /// 使用维修资金.
    UseFund,
    /// 筹集维修资金.
    RaiseFund,
    /// 改建、重建建筑物及其附属设施.
    Rebuild,
    /// 改变共有部分的用途或者利用共有部分从事经营活动.
    ChangeUse,
    /// 有关共有和共同管理权利的其他重大事项.
    Other,
}

impl Matter {
    /// All of them, in the order of Civil Code art. 278.
    pub const ALL: [Self; 9] = [
        Self::AssemblyRules,
        Self::Covenant,
        Self::ElectCommittee,
        Self::HireManager,
        Self::UseFund,
        Self::RaiseFund,
        Self::Rebuild,
        Self::ChangeUse,
        Self::Other,
    ];

    /// The word for it in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AssemblyRules => "assembly_rules",
            Self::Covenant => "covenant",
            Self::ElectCommittee => "elect_committee",
            Self::HireManager => "hire_manager",
            Self::UseFund => "use_fund",
            Self::RaiseFund => "raise_fund",
            Self::Rebuild => "rebuild",
            Self::ChangeUse => "change_use",
            Self::Other => "other",
        }
    }
}

/// 比例: a share as the laws name them. "以上" includes the number itself, "过半数" does not
/// (Civil Code art. 1259).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// 过半数: more than half.
    MoreThanHalf,
    /// 三分之二以上.
    TwoThirds,
    /// 四分之三以上.
    ThreeQuarters,
}

impl Share {
    /// Numerator, denominator.
    const fn fraction(self) -> (u128, u128) {
        match self {
            Self::MoreThanHalf => (1, 2),
            Self::TwoThirds => (2, 3),
            Self::ThreeQuarters => (3, 4),
        }
    }

    /// Whether the part is this share of the whole.
    #[must_use]
    pub fn reached(self, part: u64, whole: u64) -> bool {
        let (numerator, denominator) = self.fraction();
        let (part, whole) = (u128::from(part) * denominator, u128::from(whole) * numerator);
        match self {
            Self::MoreThanHalf => part > whole,
            Self::TwoThirds | Self::ThreeQuarters => part >= whole,
        }
    }

    /// The smallest part that is this share of the whole.
    #[must_use]
    pub fn needed(self, whole: u64) -> u64 {
        let (numerator, denominator) = self.fraction();
        let product = u128::from(whole) * numerator;
        let needed = match self {
            Self::MoreThanHalf => product / denominator + 1,
            Self::TwoThirds | Self::ThreeQuarters => product.div_ceil(denominator),
        };
        // At most the whole, or half of it and one.
        u64::try_from(needed).unwrap_or(u64::MAX)
    }

    /// How many more in favour make `part` this share when each of them is also one more of the
    /// whole: x with (part + x) : (whole + x).
    pub(super) fn short_of_growing(self, part: u64, whole: u64) -> u128 {
        let (numerator, denominator) = self.fraction();
        let (part, whole) = (u128::from(part) * denominator, u128::from(whole) * numerator);
        let gained = denominator - numerator;
        match self {
            Self::MoreThanHalf if whole >= part => (whole - part) / gained + 1,
            Self::MoreThanHalf => 0,
            Self::TwoThirds | Self::ThreeQuarters => whole.saturating_sub(part).div_ceil(gained),
        }
    }

    /// `三分之二`, `two thirds`.
    pub(super) fn sentence(self) -> Sentence {
        match self {
            Self::MoreThanHalf => Sentence::new("过半数", "more than half"),
            Self::TwoThirds => Sentence::new("三分之二", "two thirds"),
            Self::ThreeQuarters => Sentence::new("四分之三", "three quarters"),
        }
    }
}

/// 基数: of whom the majority is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// 全体业主.
    AllOwners,
    /// 参与表决的业主.
    TakingPart,
}

/// 法律.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// 《中华人民共和国物权法》, until 2020-12-31.
    PropertyLaw,
    /// 《中华人民共和国民法典》, from 2021-01-01.
    CivilCode,
}

/// 规则包: what one law asks.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Which law.
    pub law: Law,
    /// 施行日期; nothing where no earlier pack is known.
    pub from: Option<Date>,
    /// The share of all owners, by heads and by area, that must take part.
    quorum: Option<Share>,
    base: Base,
    /// Item and majority for each matter, in the order of `Matter::ALL`.
    items: [(u8, Share); 9],
}

/// 物权法第七十六条: no separate quorum; item 5 (维修资金, raised or used) and item 6 (改建、重建)
/// two thirds or more of all owners by area and by heads, every other item more than half of all
/// (paragraph 2). The law is in force from 2007-10-01; before that it only stands in.
const PROPERTY_LAW: Pack = Pack {
    law: Law::PropertyLaw,
    from: None,
    quorum: None,
    base: Base::AllOwners,
    items: [
        (1, Share::MoreThanHalf),
        (2, Share::MoreThanHalf),
        (3, Share::MoreThanHalf),
        (4, Share::MoreThanHalf),
        (5, Share::TwoThirds),
        (5, Share::TwoThirds),
        (6, Share::TwoThirds),
        // Not named by the article, so one of the other matters.
        (7, Share::MoreThanHalf),
        (7, Share::MoreThanHalf),
    ],
};

/// 民法典第二百七十八条: two thirds or more take part, by area and by heads (paragraph 2, first
/// sentence); items 6 to 8 three quarters or more of those taking part (second sentence), every
/// other item more than half of them (third sentence).
const CIVIL_CODE: Pack = Pack {
    law: Law::CivilCode,
    from: Some(Date::new_year(2021)),
    quorum: Some(Share::TwoThirds),
    base: Base::TakingPart,
    items: [
        (1, Share::MoreThanHalf),
        (2, Share::MoreThanHalf),
        (3, Share::MoreThanHalf),
        (4, Share::MoreThanHalf),
        (5, Share::MoreThanHalf),
        (6, Share::ThreeQuarters),
        (7, Share::ThreeQuarters),
        (8, Share::ThreeQuarters),
        (9, Share::MoreThanHalf),
    ],
};

impl Pack {
    /// The pack in force on a day.
    #[must_use]
    pub fn on(date: Date) -> &'static Self {
        if CIVIL_CODE.from.is_some_and(|from| from <= date) { &CIVIL_CODE } else { &PROPERTY_LAW }
    }

    /// That of the Civil Code, whatever the day.
    #[must_use]
    pub fn civil_code() -> &'static Self {
        &CIVIL_CODE
    }

    /// What it asks for a matter.
    #[must_use]
    pub fn requirement(&self, matter: Matter) -> Requirement {
        let (item, majority) = self.items[matter as usize];
        Requirement { law: self.law, item, quorum: self.quorum, base: self.base, majority }
    }
}

/// 通过条件: what one matter needs, by heads and by area alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    /// By which law.
    pub law: Law,
    /// 项: which item of the article.
    pub item: u8,
    /// The share of all owners that must take part; none where the law asks none.
    pub quorum: Option<Share>,
    /// Of whom the majority is taken.
    pub base: Base,
    /// The share of them that must be in favour.
    pub majority: Share,
}

impl Requirement {
    /// 依据: law, article and item.
    #[must_use]
    pub fn article(&self) -> String {
        let both = self.basis();
        format!("{} ({})", both.zh, both.en)
    }

    /// The same, each language by itself.
    pub(super) fn basis(&self) -> Sentence {
        const ITEMS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let item = ITEMS.get(usize::from(self.item)).copied().unwrap_or_default();
        let (zh, en) = match self.law {
            Law::PropertyLaw => ("《物权法》第76条", "Property Law, art. 76"),
            Law::CivilCode => ("《民法典》第278条", "Civil Code, art. 278"),
        };
        Sentence::new(format!("{zh}第一款第（{item}）项"), format!("{en}, item {}", self.item))
    }
}

/// 废票: what an invalid ballot does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Invalid {
    /// 不计入参与表决.
    #[default]
    TakesNoPart,
    /// 计入参与表决, in no choice.
    TakesPart,
}

/// 议事规则: what the owners' own rules of procedure add to the law. The default adds nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rules {
    /// 受托上限: for how many owners one agent may vote; none where the rules have no cap. All
    /// ballots of an agent above it are invalid, since nobody can say which would stand.
    pub owners_per_agent: Option<u32>,
    /// What an invalid ballot does.
    pub invalid: Invalid,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn matters_index_their_items() {
        for (at, matter) in Matter::ALL.into_iter().enumerate() {
            assert_eq!(matter as usize, at);
        }
    }

    #[test]
    fn the_law_of_the_day_decides() {
        let old = Pack::on("2020-12-31".parse().unwrap());
        let new = Pack::on("2021-01-01".parse().unwrap());
        assert_eq!((old.law, new.law), (Law::PropertyLaw, Law::CivilCode));
        let shares = |pack: &Pack| Matter::ALL.map(|matter| pack.requirement(matter).majority);
        use Share::{MoreThanHalf as Half, ThreeQuarters, TwoThirds};
        assert_eq!(shares(old), [Half, Half, Half, Half, TwoThirds, TwoThirds, TwoThirds, Half, Half]);
        assert_eq!(
            shares(new),
            [Half, Half, Half, Half, Half, ThreeQuarters, ThreeQuarters, ThreeQuarters, Half]
        );
        assert_eq!(
            new.requirement(Matter::RaiseFund).article(),
            "《民法典》第278条第一款第（六）项 (Civil Code, art. 278, item 6)"
        );
        assert_eq!(
            old.requirement(Matter::RaiseFund).article(),
            "《物权法》第76条第一款第（五）项 (Property Law, art. 76, item 5)"
        );
    }

    #[test]
    fn what_is_needed_is_the_least_that_reaches() {
        for share in [Share::MoreThanHalf, Share::TwoThirds, Share::ThreeQuarters] {
            for whole in (0..50).chain([u64::MAX - 1, u64::MAX]) {
                let needed = share.needed(whole);
                assert!(share.reached(needed, whole), "{share:?} {whole}");
                assert!(needed == 0 || !share.reached(needed - 1, whole), "{share:?} {whole}");
            }
            for (whole, part) in (0..30).flat_map(|whole| (0..=whole).map(move |part| (whole, part))) {
                let least = (0..200).find(|more| share.reached(part + more, whole + more)).unwrap();
                assert_eq!(
                    share.short_of_growing(part, whole),
                    u128::from(least),
                    "{share:?} {part}/{whole}"
                );
            }
        }
    }
}
