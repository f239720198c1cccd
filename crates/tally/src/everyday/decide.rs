//! One motion: quorum, majority, and the sum that decided.

use serde::Serialize;

use super::{Base, Rule, Votes};
use crate::Sentence;

/// 表决结论: what a count means under a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// 达到法定人数: none where the rule asks for no quorum.
    pub quorum_met: Option<bool>,
    /// 通过: enough in favour, and the quorum met where one is asked.
    pub passed: bool,
    /// Votes in favour that are enough. Above every count where the rule asks more than everybody.
    pub needed: u64,
    /// The sums, ready for a page.
    pub explain: Vec<Sentence>,
}

/// 应到人数未知: the rule asks for a share of those entitled, whom nobody counted. Neither
/// passed nor failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule asks for a share of those entitled, and their number is not known")]
pub struct NobodyCounted;

impl NobodyCounted {
    /// For a page.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        Sentence::new(
            "本规则按应到人数计算，应到人数未填，不能认定结果。",
            "This rule takes a share of those entitled; their number is missing, so nothing can be certified.",
        )
    }
}

/// What a motion comes to where enough are for it: whoever votes may decide, or only recommend
/// what others decide. The sums are the same, the word is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// 通过.
    Passed,
    /// 建议.
    Recommended,
}

/// Decide one motion. 弃权 counts as present; a tie fails; nothing passes without a vote in favour.
///
/// # Errors
/// When the rule needs the number of those entitled and the count does not have it.
pub fn decide(rule: &Rule, votes: &Votes) -> Result<Verdict, NobodyCounted> {
    decide_as(Says::Passed, rule, votes)
}

/// The same, of those who decide or only recommend.
///
/// # Errors
/// When the rule needs the number of those entitled and the count does not have it.
pub fn decide_as(says: Says, rule: &Rule, votes: &Votes) -> Result<Verdict, NobodyCounted> {
    let counts = votes.counts();
    let mut explain = Vec::new();

    let quorum_met = match rule.quorum {
        None => None,
        Some(quorum) => {
            let entitled = counts.entitled.ok_or(NobodyCounted)?;
            let least = quorum.least(entitled);
            let met = u128::from(counts.present) >= least;
            let (share, present) = (quorum.sentence(), counts.present);
            let (zh, en) = if met { ("达到", "met") } else { ("未达到", "not met") };
            explain.push(Sentence::new(
                format!(
                    "应到 {entitled} 人，到会 {present} 人，法定人数须{}即至少 {least} 人：{zh}。",
                    share.zh
                ),
                format!("{entitled} entitled, {present} present, quorum {least} ({}): {en}.", share.en),
            ));
            Some(met)
        }
    };

    let (whole, base) = match rule.base {
        Base::Present => (counts.present, ("到会", "present")),
        Base::Voting => (votes.voting(), ("参加表决", "voting")),
        Base::Entitled => (counts.entitled.ok_or(NobodyCounted)?, ("应到", "entitled")),
    };
    let least = rule.threshold.least(whole);
    let enough = u128::from(counts.in_favour) >= least;
    let passed = enough && quorum_met != Some(false);
    let (zh, en) = match (says, passed, enough) {
        (Says::Passed, true, _) => ("通过", "passed"),
        (Says::Passed, false, true) => ("未达到法定人数，不通过", "no quorum, not passed"),
        (Says::Passed, false, false) => ("未通过", "not passed"),
        (Says::Recommended, true, _) => ("形成建议", "recommended"),
        (Says::Recommended, false, true) => ("未达到法定人数，未形成建议", "no quorum, not recommended"),
        (Says::Recommended, false, false) => ("未形成建议", "not recommended"),
    };
    let (share, in_favour) = (rule.threshold.sentence(), counts.in_favour);
    explain.push(Sentence::new(
        format!("{} {whole} 人，赞成 {in_favour} 人，需{}即至少 {least} 人：{zh}。", base.0, share.zh),
        format!("{whole} {}, {in_favour} in favour, {least} needed: {en}.", base.1),
    ));
    // Only "more than all" of the largest count there is does not fit.
    let needed = u64::try_from(least).unwrap_or(u64::MAX);
    Ok(Verdict { quorum_met, passed, needed, explain })
}
