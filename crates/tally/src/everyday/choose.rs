//! The choice of k among n by votes. A tie across the cut is handed back, or settled by lots
//! that were drawn elsewhere; it is never settled here.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::Serialize;

use crate::Sentence;

/// 得票: one candidate and its votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing<Id> {
    /// Who or what stands.
    pub candidate: Id,
    /// 得票数.
    pub votes: u64,
}

/// 并列处理: what becomes of a tie across the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ties<Id> {
    /// 另行表决: leave it open; a second vote among the tied decides.
    Open,
    /// 抽签: lots were drawn, in this order; candidates without a tie are passed over.
    Lots(Vec<Id>),
}

/// 并列: candidates with equal votes for fewer places than there are of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie<Id> {
    /// Who is tied, in the order of their ids.
    pub candidates: Vec<Id>,
    /// The votes of each.
    pub votes: u64,
    /// 待定名额: the places left for them.
    pub places: usize,
}

/// 选择结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice<Id> {
    /// Those chosen, most votes first, equal ones in the order of their ids.
    pub chosen: Vec<Id>,
    /// 并列待定: open until a second vote (`choose` among them for `places`) or lots.
    pub tied: Option<Tie<Id>>,
    /// 空缺: places that stay empty, since nobody is chosen without a vote.
    pub vacant: usize,
    /// The sums, ready for a page.
    pub explain: Vec<Sentence>,
}

/// Why there is nothing to choose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unchoosable {
    /// 名额不当: no place, or more places than candidates.
    #[error("{places} places for {candidates} candidates")]
    Places {
        /// Places to fill.
        places: usize,
        /// Candidates there are.
        candidates: usize,
    },
    /// 重复候选: a candidate stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// 抽签不全: the drawn order lacks a tied candidate or has one twice.
    #[error("the lots must name {0} once")]
    Lots(String),
}

impl Unchoosable {
    /// For a page.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Places { places, candidates } => Sentence::new(
                format!("名额 {places} 个、候选 {candidates} 个：名额须为 1 至候选数。"),
                format!("{places} places for {candidates} candidates: between one and all can be chosen."),
            ),
            Self::Twice(id) => Sentence::new(format!("候选“{id}”重复。"), format!("{id} stands twice.")),
            Self::Lots(id) => Sentence::new(
                format!("抽签顺序中“{id}”须恰好出现一次。"),
                format!("The lots drawn must name {id} exactly once."),
            ),
        }
    }
}

/// Choose the `places` candidates with most votes. Nobody is chosen without a vote. The order
/// in which the candidates are given never matters.
///
/// # Errors
/// When there is nothing to choose, a candidate stands twice, or lots do not settle the tie.
pub fn choose<Id: Clone + Ord + Display>(
    standings: &[Standing<Id>],
    places: usize,
    ties: &Ties<Id>,
) -> Result<Choice<Id>, Unchoosable> {
    if places == 0 || places > standings.len() {
        return Err(Unchoosable::Places { places, candidates: standings.len() });
    }
    let with_votes: Vec<_> = standings.iter().filter(|standing| standing.votes > 0).cloned().collect();
    only_once(standings.iter().map(|standing| &standing.candidate)).map_err(Unchoosable::Twice)?;
    let Cut { chosen, tied, rest: _, mut explain } = cut(with_votes, places, ties)?;
    let vacant = places - chosen.len() - tied.as_ref().map_or(0, |tie| tie.places);
    if vacant > 0 {
        explain.push(Sentence::new(
            format!("空缺 {vacant} 个：其余候选无人投票。"),
            format!("{vacant} places stay empty: nobody voted for the others."),
        ));
    }
    let chosen = chosen.into_iter().map(|standing| standing.candidate).collect();
    Ok(Choice { chosen, tied, vacant, explain })
}

/// The first id that comes twice.
pub(super) fn only_once<'a, Id: Ord + Display + 'a>(ids: impl Iterator<Item = &'a Id>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(id.to_string());
        }
    }
    Ok(())
}

/// Candidates by votes, cut after the last place.
pub(super) struct Cut<Id> {
    pub chosen: Vec<Standing<Id>>,
    pub tied: Option<Tie<Id>>,
    /// Those without a place, in groups: equal votes together, except where lots set an order.
    pub rest: Vec<Vec<Id>>,
    pub explain: Vec<Sentence>,
}

/// Cut after `places`; the candidates are distinct.
pub(super) fn cut<Id: Clone + Ord + Display>(
    mut standings: Vec<Standing<Id>>,
    places: usize,
    ties: &Ties<Id>,
) -> Result<Cut<Id>, Unchoosable> {
    standings.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.candidate.cmp(&b.candidate)));
    let mut result = Cut { chosen: Vec::new(), tied: None, rest: Vec::new(), explain: Vec::new() };
    for group in standings.chunk_by(|a, b| a.votes == b.votes) {
        // The group is never empty.
        let votes = group.first().map_or(0, |standing| standing.votes);
        let ids = || group.iter().map(|standing| standing.candidate.clone());
        let left = if result.tied.is_some() { 0 } else { places - result.chosen.len() };
        if group.len() <= left {
            result.explain.extend(group.iter().map(|Standing { candidate, votes }| {
                Sentence::new(
                    format!("{candidate}得 {votes} 票：入选。"),
                    format!("{candidate}, {votes} votes: chosen."),
                )
            }));
            result.chosen.extend_from_slice(group);
        } else if left == 0 {
            result.rest.push(ids().collect());
        } else {
            let names = group.iter().map(|standing| standing.candidate.to_string()).collect::<Vec<_>>();
            let (zh, en) = (names.join("、"), names.join(", "));
            match ties {
                Ties::Open => {
                    result.explain.push(Sentence::new(
                        format!("{zh}各得 {votes} 票，并列争 {left} 个名额：须另行表决或按规则抽签。"),
                        format!(
                            "{en} have {votes} votes each for {left} places: a second vote or lots decide."
                        ),
                    ));
                    result.tied = Some(Tie { candidates: ids().collect(), votes, places: left });
                }
                Ties::Lots(order) => {
                    let drawn = drawn(group, order)?;
                    let names = |picked: &[Standing<Id>], with: &str| {
                        picked.iter().map(|s| s.candidate.to_string()).collect::<Vec<_>>().join(with)
                    };
                    let (winners, losers) = drawn.split_at(left);
                    result.explain.push(Sentence::new(
                        format!(
                            "{zh}各得 {votes} 票，并列争 {left} 个名额：按抽签顺序，{}入选。",
                            names(winners, "、")
                        ),
                        format!(
                            "{en} have {votes} votes each for {left} places: by the lots drawn, {} chosen.",
                            names(winners, ", ")
                        ),
                    ));
                    result.chosen.extend_from_slice(winners);
                    result.rest.extend(losers.iter().map(|loser| vec![loser.candidate.clone()]));
                }
            }
        }
    }
    Ok(result)
}

/// The group in the order drawn.
fn drawn<Id: Clone + Ord + Display>(
    group: &[Standing<Id>],
    order: &[Id],
) -> Result<Vec<Standing<Id>>, Unchoosable> {
    let drawn: Vec<_> =
        order.iter().filter_map(|id| group.iter().find(|standing| standing.candidate == *id)).collect();
    for Standing { candidate, .. } in group {
        if drawn.iter().filter(|standing| standing.candidate == *candidate).count() != 1 {
            return Err(Unchoosable::Lots(candidate.to_string()));
        }
    }
    Ok(drawn.into_iter().cloned().collect())
}
