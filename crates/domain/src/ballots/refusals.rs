//! Why something that is not the asker's to decide was refused.

use super::words::Who;
use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

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
            Refusal::Item | Refusal::NotAsPut | Refusal::NotAwaited => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::Item | Refusal::ReadsAs { .. } | Refusal::NotAsPut => Some("item"),
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
