//! Why something that is not the asker's to decide was refused.

use super::words::{Side, Who};
use yishi_kernel::refusal::{Arg, Args};
use yishi_kernel::{Moment, Refuse};
use yishi_tally::owners::{Area, Miscount};

/// A step past the gate that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The rule pack knows no such kind of thing.
    #[error("say what kind of thing it is")]
    Item,
    /// It is the owners', and they have not decided (业主尚未共同决定).
    #[error("it is the owners' to decide: {article}")]
    OwnersFirst {
        /// The article.
        article: String,
    },
    /// The text speaks of something that somebody else decides.
    #[error("the text says \u{201c}{said}\u{201d}, which is another kind of thing")]
    ReadsAs {
        /// What it says.
        said: String,
        /// That kind, in both languages.
        name: [String; 2],
        /// Who decides it.
        who: Who,
        /// By which article.
        article: String,
    },
    /// An action is what its motion was put as, or prepares it.
    #[error("the action must be of its motion's kind, or prepare it")]
    NotAsPut,
    /// The owners have not been asked this, or have answered.
    #[error("nothing waits for the owners here")]
    NotAwaited,
    /// Too few took part: they decided nothing (参加人数或面积不足).
    #[error("too few took part: {part} of {total}, {needed} needed")]
    Quorum {
        /// By which count.
        side: Side,
        /// All of them.
        total: u64,
        /// Those who took part.
        part: u64,
        /// How many had to.
        needed: u64,
    },
    /// Sums that cannot be true.
    #[error(transparent)]
    Miscount(#[from] Miscount),
    /// Before they were asked, or in days to come.
    #[error("they decide after it was recommended to them")]
    DecidedOn {
        /// When it was recommended.
        since: Moment,
    },
    /// The paper is missing.
    #[error("a photo of the paper is missing")]
    NoPaper,
    /// Recommended, and the owners have not answered.
    #[error("{motions} recommendations wait for the owners")]
    OwnersAwaited {
        /// How many.
        motions: u64,
    },
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Item => "decides-item",
            Refusal::OwnersFirst { .. } => "owners-first",
            Refusal::ReadsAs { .. } => "reads-as",
            Refusal::NotAsPut => "not-as-put",
            Refusal::NotAwaited => "owners-not-awaited",
            Refusal::Quorum { side: Side::Heads, .. } => "owners-quorum-heads",
            Refusal::Quorum { side: Side::Area, .. } => "owners-quorum-area",
            Refusal::Miscount(_) => "owners-miscount",
            Refusal::DecidedOn { .. } => "owners-decided-on",
            Refusal::NoPaper => "owners-no-paper",
            Refusal::OwnersAwaited { .. } => "owners-awaited",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::OwnersFirst { article } => vec![("source", Arg::Text(article.clone()))],
            Refusal::ReadsAs { said, name: [zh, en], who, article } => vec![
                ("said", Arg::Text(said.clone())),
                ("name", Arg::Said { zh: zh.clone(), en: en.clone() }),
                ("who", Arg::word(*who)),
                ("source", Arg::Text(article.clone())),
            ],
            Refusal::OwnersAwaited { motions } => vec![("count", Arg::Number(*motions))],
            Refusal::Quorum { side, total, part, needed } => {
                let said = |amount: &u64| match side {
                    Side::Heads => Arg::Number(*amount),
                    Side::Area => Arg::Text(Area(*amount).to_string()),
                };
                vec![("total", said(total)), ("part", said(part)), ("needed", said(needed))]
            }
            Refusal::DecidedOn { since } => vec![("since", Arg::Day(*since))],
            Refusal::Item
            | Refusal::NotAsPut
            | Refusal::NotAwaited
            | Refusal::Miscount(_)
            | Refusal::NoPaper => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::Item | Refusal::ReadsAs { .. } | Refusal::NotAsPut => Some("item"),
            Refusal::Quorum { side: Side::Heads, .. } | Refusal::Miscount(_) => Some("part-heads"),
            Refusal::Quorum { side: Side::Area, .. } => Some("part-area"),
            Refusal::DecidedOn { .. } => Some("decided"),
            Refusal::NoPaper => Some("photos"),
            Refusal::OwnersFirst { .. } | Refusal::NotAwaited | Refusal::OwnersAwaited { .. } => None,
        }
    }
}

#[cfg(test)]
impl Refusal {
    /// The article that it cites.
    pub(crate) fn article(&self) -> Option<&str> {
        match self {
            Refusal::OwnersFirst { article } | Refusal::ReadsAs { article, .. } => Some(article),
            _ => None,
        }
    }
}
