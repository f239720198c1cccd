//! An outcome in words, with the numbers that decided, ready for a page. It computes nothing.

use super::{Area, Base, Outcome, Reading, Requirement, Share, Side, Warning};
use crate::Sentence;

/// Explain an outcome: what it is judged by, each of the three readings, then what to look at.
#[must_use]
pub fn explain(outcome: &Outcome) -> Vec<Sentence> {
    let requirement = &outcome.requirement;
    let mut sentences = vec![basis(requirement)];
    for (title, reading) in [
        (Sentence::new("只计交回的票", "Returned ballots only"), &outcome.strict),
        (Sentence::new("送达即参与", "Served takes part"), &outcome.served_takes_part),
        (Sentence::new("未投票从多数", "Silence follows the majority"), &outcome.silence_follows_majority),
    ] {
        let of_reading = of_reading(requirement, reading);
        sentences.extend(of_reading.into_iter().map(|sentence| titled(&title, &sentence)));
    }
    sentences.extend(readings_differ(outcome));
    sentences.extend(listed(
        &outcome.conflicts,
        "同一业主的票互相矛盾，计入参与表决，不计入任何选项",
        "Ballots of one owner that differ, counted as taking part and in no choice",
    ));
    sentences.extend(listed(
        &outcome.invalid,
        "废票或不在范围内的业主",
        "Invalid ballots, or owners outside the scope",
    ));
    sentences.extend(outcome.warnings.iter().map(warning));
    sentences
}

fn titled(title: &Sentence, sentence: &Sentence) -> Sentence {
    Sentence::new(format!("{}：{}", title.zh, sentence.zh), format!("{}: {}", title.en, sentence.en))
}

fn basis(requirement: &Requirement) -> Sentence {
    let law = requirement.basis();
    let majority = at_least(requirement.majority);
    let of = match requirement.base {
        Base::AllOwners => Sentence::new("全体业主", "all owners"),
        Base::TakingPart => Sentence::new("参与表决业主", "those taking part"),
    };
    let quorum = match requirement.quorum {
        None => Sentence::new("", ""),
        Some(share) => {
            let share = at_least(share);
            Sentence::new(
                format!("须有人数和面积均占{}的业主参与表决，并", share.zh),
                format!("{} of all owners must take part and ", share.en),
            )
        }
    };
    Sentence::new(
        format!("依据{}：{}须经{}人数和面积均{}同意。", law.zh, quorum.zh, of.zh, majority.zh),
        format!(
            "By {}: {}{} of {} must agree, by heads and by area alike.",
            law.en, quorum.en, majority.en, of.en
        ),
    )
}

fn at_least(share: Share) -> Sentence {
    let text = share.sentence();
    match share {
        Share::MoreThanHalf => text,
        Share::TwoThirds | Share::ThreeQuarters => {
            Sentence::new(format!("{}以上", text.zh), format!("at least {}", text.en))
        }
    }
}

/// 人数 or 面积.
#[derive(Clone, Copy)]
enum By {
    Heads,
    Area,
}

impl By {
    fn sides(reading: &Reading) -> impl Iterator<Item = (Self, Side)> {
        [(Self::Heads, Some(reading.by_heads)), (Self::Area, reading.by_area)]
            .into_iter()
            .filter_map(|(by, side)| side.map(|side| (by, side)))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Heads => "人数",
            Self::Area => "面积",
        }
    }

    fn zh(self, amount: u64) -> String {
        match self {
            Self::Heads => format!("{amount} 人"),
            Self::Area => format!("{} 平方米", Area(amount)),
        }
    }

    fn en(self, amount: u64) -> String {
        match self {
            Self::Heads => amount.to_string(),
            Self::Area => format!("{} m²", Area(amount)),
        }
    }

    /// What a bare number counts.
    fn heads(self, amount: u64) -> &'static str {
        match self {
            Self::Heads if amount == 1 => " head",
            Self::Heads => " heads",
            Self::Area => "",
        }
    }
}

fn of_reading(requirement: &Requirement, reading: &Reading) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if let Some(share) = requirement.quorum {
        sentences.extend(By::sides(reading).map(|(by, side)| quorum(by, share, &side)));
    }
    // Without a quorum nothing else decides; where it cannot be certified, the heads still tell.
    if reading.by_heads.quorum && reading.by_area.is_none_or(|side| side.quorum) {
        sentences.extend(By::sides(reading).map(|(by, side)| majority(by, requirement, &side)));
    }
    sentences.push(match reading.passed {
        _ if reading.by_heads.total == 0 => {
            Sentence::new("范围内没有业主，不通过。", "there is no owner in the scope: not passed.")
        }
        Some(true) => Sentence::new("通过。", "passed."),
        Some(false) if !reading.quorum => {
            Sentence::new("参与表决的业主不足，不通过。", "too few took part: not passed.")
        }
        Some(false) => Sentence::new("同意的业主不足，不通过。", "too few were in favour: not passed."),
        None => Sentence::new("面积不全，不能认定。", "an area is missing: this cannot be certified."),
    });
    if reading.missing.is_some() && reading.passed != Some(true) && reading.by_heads.total > 0 {
        sentences.extend(By::sides(reading).filter_map(|(by, side)| missing(by, &side)));
    }
    sentences
}

fn quorum(by: By, share: Share, side: &Side) -> Sentence {
    let needed = side.quorum_needed.unwrap_or(0);
    let share = share.sentence();
    let (zh, en) = if side.quorum { ("已达", "reached") } else { ("未达", "not reached") };
    let (took_part, total) = (side.took_part, side.total);
    let whole = match by {
        By::Heads => Sentence::new(format!("{total} 名业主"), format!("{total} heads")),
        By::Area => Sentence::new(format!("专有部分 {}", by.zh(total)), by.en(total)),
    };
    Sentence::new(
        format!(
            "{}中 {}参与表决，需 {}：{}{zh}{}。",
            whole.zh,
            by.zh(took_part),
            by.zh(needed),
            by.name(),
            share.zh
        ),
        format!(
            "{} of {} took part, {} needed: {} {en}.",
            by.en(took_part),
            whole.en,
            by.en(needed),
            share.en
        ),
    )
}

fn majority(by: By, requirement: &Requirement, side: &Side) -> Sentence {
    let whole = match (requirement.base, by) {
        (Base::AllOwners, By::Heads) => {
            Sentence::new(format!("全体 {} 名业主", side.total), format!("all {} heads", side.total))
        }
        (Base::AllOwners, By::Area) => {
            Sentence::new(format!("全部 {}", by.zh(side.total)), format!("all {}", by.en(side.total)))
        }
        (Base::TakingPart, By::Heads) => Sentence::new(
            format!("参与表决的 {}", by.zh(side.took_part)),
            format!("the {} heads taking part", side.took_part),
        ),
        (Base::TakingPart, By::Area) => Sentence::new(
            format!("参与表决的 {}", by.zh(side.took_part)),
            format!("the {} taking part", by.en(side.took_part)),
        ),
    };
    let share = requirement.majority.sentence();
    let (reached, en) = if side.majority { ("已", "reached") } else { ("未", "not reached") };
    let zh = match requirement.majority {
        Share::MoreThanHalf => format!("{reached}{}", share.zh),
        Share::TwoThirds | Share::ThreeQuarters => format!("{reached}达{}", share.zh),
    };
    Sentence::new(
        format!(
            "{}中 {}同意，需 {}：{}{zh}。",
            whole.zh,
            by.zh(side.in_favour),
            by.zh(side.needed),
            by.name()
        ),
        format!(
            "{} of {} were in favour, {} needed: {} {en}.",
            by.en(side.in_favour),
            whole.en,
            by.en(side.needed),
            share.en
        ),
    )
}

/// Nothing where this side lacks nothing.
fn missing(by: By, side: &Side) -> Option<Sentence> {
    let outstanding = side.outstanding;
    match side.missing {
        Some(0) => None,
        Some(missing) => Some(Sentence::new(
            format!(
                "按{}至少还需 {}同意（尚有 {}未交回表决票）。",
                by.name(),
                by.zh(missing),
                by.zh(outstanding)
            ),
            format!(
                "at least {}{} more in favour would be needed, of {}{} not yet returned.",
                by.en(missing),
                by.heads(missing),
                by.en(outstanding),
                by.heads(outstanding)
            ),
        )),
        None => Some(Sentence::new(
            format!("尚有 {}未交回表决票，即使全部同意，按{}仍不足。", by.zh(outstanding), by.name()),
            format!(
                "even all of the {}{} not yet returned would not be enough.",
                by.en(outstanding),
                by.heads(outstanding)
            ),
        )),
    }
}

/// A clause of the owners' rules is needed where it changes the result.
fn readings_differ(outcome: &Outcome) -> Option<Sentence> {
    let strict = outcome.strict.passed;
    let others = [outcome.served_takes_part.passed, outcome.silence_follows_majority.passed];
    others.iter().any(|&passed| passed != strict).then(|| {
        Sentence::new(
            "三种计票口径结论不同：除只计交回的票以外，其余口径须有议事规则的条款和送达凭证为据。",
            "The three readings differ: other than by returned ballots only, a decision needs a clause in the \
             owners' rules and proof of service.",
        )
    })
}

fn listed(owners: &[String], zh: &str, en: &str) -> Option<Sentence> {
    (!owners.is_empty()).then(|| {
        Sentence::new(format!("{zh}：{}。", owners.join("、")), format!("{en}: {}.", owners.join(", ")))
    })
}

fn warning(warning: &Warning) -> Sentence {
    match warning {
        Warning::AreaMissing(unit) => Sentence::new(
            format!("{unit} 没有面积，结果不能认定。"),
            format!("The area of {unit} is missing, so nothing can be certified."),
        ),
        Warning::BeforePropertyLaw => Sentence::new(
            "决定早于物权法施行（2007 年 10 月 1 日），仅按该法试算。",
            "Decided before the Property Law was in force (1 October 2007); counted by it all the same.",
        ),
        Warning::MajoritySplit => Sentence::new(
            "交回的票中，人数占多的选项面积反而较少；未投票的业主按人数占多的选项计入。",
            "Among the returned one choice leads by heads and the other by area; silent owners were added to \
             the one that leads by heads.",
        ),
        Warning::ProxyCap(agent) => Sentence::new(
            format!("{agent} 受托人数超过议事规则上限，其受托的票均作废。"),
            format!("{agent} votes for more owners than the rules allow; all those ballots are invalid."),
        ),
        Warning::ServedRepeated(owner) => Sentence::new(
            format!("送达名单中 {owner} 重复，只计一次。"),
            format!("{owner} is among the served more than once; counted once."),
        ),
        Warning::ServedUnknown(owner) => Sentence::new(
            format!("送达名单中的 {owner} 在范围内没有专有部分，不计。"),
            format!("{owner} is among the served and owns nothing in the scope; not counted."),
        ),
    }
}
