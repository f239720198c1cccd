//! 项目预算投票: choosing projects under a budget, exactly. Greedy, the method of equal shares
//! (等额共享法) with and without completion, and Phragmén's sequential rule, each with the
//! reasons for every choice. Whether a vote was lawful is not asked here.

mod explain;
mod file;
mod greedy;
mod limits;
mod number;
mod phragmen;
mod profile;
mod scan;
mod shares;

pub use file::{Ballot, Election, Project, VoteType};

use crate::{Ratio, Sentence, ratio_text};
use profile::Profile;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// 规则: how projects are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Rule {
    /// 按票数取: the most utility for the money first, skipping what does not fit.
    #[serde(rename = "greedy")]
    Greedy,
    /// 等额共享法: every voter has an equal share and pays only for what they want.
    #[serde(rename = "mes")]
    EqualShares,
    /// 等额共享法并补足: shares grow by one until the budget would break, then greedy.
    #[serde(rename = "mes-add1")]
    EqualSharesAddOne,
    /// 弗拉格门法: money comes to all voters evenly; whoever can buy, buys.
    #[serde(rename = "phragmen")]
    Phragmen,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 4] = [Self::Greedy, Self::EqualShares, Self::EqualSharesAddOne, Self::Phragmen];

    /// Its word on the command line and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Greedy => "greedy",
            Self::EqualShares => "mes",
            Self::EqualSharesAddOne => "mes-add1",
            Self::Phragmen => "phragmen",
        }
    }
}

/// 效用: what a chosen project is worth to a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Utility {
    /// 按费用: the money spent on what they support.
    #[serde(rename = "cost")]
    Cost,
    /// 按个数: one for each project that they support.
    #[serde(rename = "cardinality")]
    Cardinality,
    /// 按名次: the number of projects ranked below it on the ballot.
    #[serde(rename = "borda")]
    Borda,
    /// 按分数: the points given.
    #[serde(rename = "score")]
    Score,
}

impl Utility {
    /// Every utility.
    pub const ALL: [Self; 4] = [Self::Cost, Self::Cardinality, Self::Borda, Self::Score];

    /// Its word on the command line and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Cardinality => "cardinality",
            Self::Borda => "borda",
            Self::Score => "score",
        }
    }
}

/// A word that names no rule or no utility.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of the words known here")]
pub struct UnknownWord(String);

impl FromStr for Rule {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|rule| rule.word() == word).ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

impl FromStr for Utility {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|one| one.word() == word).ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Utility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// 结果: what was chosen, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// By which rule.
    pub rule: Rule,
    /// By which utility.
    pub utility: Utility,
    /// Ids of what was chosen, sorted as strings.
    pub selected: Vec<String>,
    /// The same in the order of being chosen.
    pub order: Vec<String>,
    /// What they cost together.
    #[serde(serialize_with = "as_text")]
    pub cost: Ratio,
    /// Why, sentence by sentence.
    pub explain: Vec<Sentence>,
}

fn as_text<S: Serializer>(ratio: &Ratio, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&ratio_text(ratio))
}

/// The ballots do not say what the rule or the utility asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.en)]
pub struct Unfit(pub Sentence);

/// Chooses projects.
///
/// # Errors
/// When the ballots do not fit the utility, or are no approvals where Phragmén's rule needs them.
pub fn count(election: &Election, rule: Rule, utility: Utility) -> Result<Outcome, Unfit> {
    let approval = matches!(election.vote_type(), VoteType::Approval | VoteType::ChooseOne);
    if rule == Rule::Phragmen && !approval {
        return Err(Unfit(Sentence::new(
            "“phragmen”只用于赞成票（approval 或 choose-1），这份文件不是",
            "“phragmen” is for approval ballots (approval or choose-1) only; this file has others",
        )));
    }
    // Phragmén's rule asks only who supports what, so any utility will do there.
    let asked = if rule == Rule::Phragmen { Utility::Cardinality } else { utility };
    let profile = Profile::new(election, asked)?;
    let choices = match rule {
        Rule::Greedy => greedy::choose(&profile),
        Rule::EqualShares => shares::choose(&profile),
        Rule::EqualSharesAddOne => shares::choose_adding_one(&profile),
        Rule::Phragmen => phragmen::choose(&profile),
    };
    let id = |candidate: usize| election.projects()[profile.candidates[candidate].place].id.clone();
    let mut chosen: Vec<usize> = choices.steps.iter().map(|step| step.candidate).collect();
    let order = chosen.iter().map(|&candidate| id(candidate)).collect();
    // Candidates are numbered by the order of their ids.
    chosen.sort_unstable();
    Ok(Outcome {
        rule,
        utility,
        order,
        selected: chosen.iter().map(|&candidate| id(candidate)).collect(),
        cost: chosen.iter().map(|&candidate| &profile.candidates[candidate].cost).sum(),
        explain: explain::explain(election, &profile, rule, utility, &choices),
    })
}

/// What a rule did.
#[derive(Debug, Default)]
struct Choices {
    /// What was chosen, in order.
    steps: Vec<Step>,
    /// Why it stopped there.
    end: End,
}

/// One project chosen.
#[derive(Debug)]
struct Step {
    candidate: usize,
    /// What spoke for it.
    because: Because,
    /// Others that stood equal with it and have a larger id.
    tied: Ties,
}

/// Candidates that are told together: the first few, and how many there are.
#[derive(Debug, Default)]
struct Ties {
    first: Vec<usize>,
    count: usize,
}

impl Ties {
    /// Most that are told by their ids.
    const TOLD: usize = 8;

    fn new(all: impl ExactSizeIterator<Item = usize>) -> Self {
        let count = all.len();
        Self { first: all.take(Self::TOLD).collect(), count }
    }
}

/// What spoke for a project.
#[derive(Debug)]
enum Because {
    /// It costs nothing and someone wants it.
    Free,
    /// The best of the rest, and it fits.
    Fits { left: Ratio },
    /// Its backers pay for it: each the share, or all they have left.
    Bought { share: Ratio, in_full: u64 },
    /// Its backers were the first to have the money; each has had this much by then.
    Earned { load: Option<Ratio> },
}

/// Why a rule stopped.
#[derive(Debug, Default)]
enum End {
    /// Everything was looked at; these did not fit what was left.
    #[default]
    Exhausted,
    /// Nobody's backers have the money any more.
    Unaffordable,
    /// Shares grew to this; the next step would have broken the budget, or nothing wanted was left
    /// that fits.
    Grown { share: Ratio, broke: bool },
    /// This one was next and did not fit.
    NoRoom { candidate: usize },
}
