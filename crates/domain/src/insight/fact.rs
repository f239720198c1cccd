//! What of a matter counts, and each figure's formula over it.

use super::words::{Apart, Figure, Said, Tier};
use crate::evaluation::{Satisfaction, Solved};
use crate::exclusion::ExclusionClass;
use crate::matters::{CategoryCode, Channel, StageKind, Step, Timed};
use crate::people::OrganisationKind;
use yishi_kernel::access::roles::{GRIDS, NEIGHBOURS, PARTIES, STREET};
use yishi_kernel::{Holder, Moment, OrganisationId, PlaceId};

/// What of one matter counts (统计口径).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When it was raised.
    pub raised: Moment,
    /// Where it stands.
    pub stage: StageKind,
    /// How it came in.
    pub channel: Channel,
    /// Where it is and who holds it.
    pub place: Place,
    /// Its first sorting.
    pub sorted: Option<Timed>,
    /// Its first answer.
    pub answered: Option<Timed>,
    /// How often it was taken up again.
    pub reopened: u64,
    /// What comes next, and by when.
    pub next: Option<(Step, Moment)>,
    /// What those said who evaluated the standing answer.
    pub verdict: Verdict,
    /// Of which class the street has left it out of the rates (剔除); it counts in all else.
    pub excluded: Option<ExclusionClass>,
}

/// By what a matter is put with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The community.
    pub ledger: PlaceId,
    /// The place that the public may know.
    pub spot: PlaceId,
    /// What it is about, where that is known.
    pub category: Option<CategoryCode>,
    /// The body that holds it.
    pub body: Option<OrganisationId>,
    /// Its kind.
    pub kind: Option<OrganisationKind>,
    /// The tier that holds it.
    pub tier: Tier,
}

/// How the standing answer was evaluated, by how many, and how many take part at all (评价情况).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Receipts that were not taken back: those who raised and joined it.
    pub receipts: u64,
    /// Said that it is solved.
    pub solved: u64,
    /// Said that it is not.
    pub unsolved: u64,
    /// Content, or mostly.
    pub content: u64,
    /// Not content.
    pub discontent: u64,
}

impl Verdict {
    /// One more receipt, and what its holder said of the standing answer.
    pub fn hear(&mut self, said: Option<(Solved, Satisfaction)>) {
        self.receipts += 1;
        let Some((solved, satisfaction)) = said else { return };
        match solved {
            Solved::Yes => self.solved += 1,
            Solved::No => self.unsolved += 1,
        }
        match satisfaction {
            Satisfaction::Satisfied | Satisfaction::Mostly => self.content += 1,
            Satisfaction::Not => self.discontent += 1,
            Satisfaction::CannotSay => {}
        }
    }
}

impl Tier {
    /// The tier of a holder, of a matter that belongs to this desk.
    #[must_use]
    pub fn of(holder: &Holder, desk: PlaceId) -> Self {
        match holder {
            Holder::Organisation(_) => Tier::Body,
            // What came again too often went to the desk above.
            Holder::Desk(place) if *place == desk => Tier::Community,
            Holder::Desk(_) => Tier::Street,
            Holder::Person(role, _) if NEIGHBOURS.has(*role) => Tier::Stairs,
            Holder::Person(role, _) if GRIDS.has(*role) => Tier::Grid,
            Holder::Person(role, _) if STREET.has(*role) => Tier::Street,
            Holder::Person(role, _) if PARTIES.has(*role) => Tier::Body,
            Holder::Person(..) => Tier::Community,
        }
    }
}

impl Fact {
    /// Whether it was taken back: closed, and never answered.
    fn is_withdrawn(&self) -> bool {
        self.stage == StageKind::Closed && self.answered.is_none()
    }

    /// Why it counts in no figure at all.
    #[must_use]
    pub fn apart(&self) -> Option<Apart> {
        match self.stage {
            StageKind::Merged => Some(Apart::Merged),
            _ if self.is_withdrawn() => Some(Apart::Withdrawn),
            _ => None,
        }
    }

    /// Whether it still waits for an answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, StageKind::Raised | StageKind::InHand)
    }

    /// What a figure says of it at this moment.
    #[must_use]
    pub fn said(&self, figure: Figure, now: Moment) -> Said {
        if let Some(apart) = self.apart() {
            return Said::Apart(apart);
        }
        let when = |holds| if holds { Said::Yes } else { Said::No };
        let late = |step| match self.next {
            Some((next, due)) if next == step && due <= now => Said::No,
            _ => Said::Apart(Apart::NotDue),
        };
        match figure {
            Figure::Raised => Said::Yes,
            Figure::Sorted => match self.sorted {
                Some(sorted) => when(sorted.in_time()),
                None if self.stage == StageKind::Raised => late(Step::Triage),
                None => Said::Apart(Apart::Along),
            },
            Figure::Answered => match self.answered {
                Some(answered) => when(answered.in_time()),
                None => late(Step::Answer),
            },
            Figure::Solved | Figure::Satisfied | Figure::Reopened if self.answered.is_none() => {
                Said::Apart(Apart::NotAnswered)
            }
            Figure::Solved => match (self.verdict.solved, self.verdict.unsolved) {
                (0, 0) => Said::Apart(Apart::NotEvaluated),
                (_, unsolved) => when(unsolved == 0),
            },
            Figure::Satisfied => match (self.verdict.content, self.verdict.discontent) {
                (0, 0) => Said::Apart(Apart::NotEvaluated),
                (_, discontent) => when(discontent == 0),
            },
            Figure::Reopened => when(self.reopened > 0),
            Figure::Open => when(self.is_open()),
            Figure::Spoken => match self.channel {
                Channel::Neighbour | Channel::Floor | Channel::Gathering => Said::Yes,
                Channel::Poster | Channel::Web | Channel::Partner => Said::No,
                Channel::Import => Said::Apart(Apart::Imported),
            },
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::insight::{Count, Figures};

    const DUE: Moment = Moment(1_000);
    const NOW: Moment = Moment(5_000);

    fn id(n: u128) -> PlaceId {
        PlaceId(uuid::Uuid::from_u128(n))
    }

    /// Raised just now, with time left.
    fn raised() -> Fact {
        Fact {
            raised: Moment(0),
            stage: StageKind::Raised,
            channel: Channel::Poster,
            place: Place {
                ledger: id(1),
                spot: id(2),
                category: None,
                body: None,
                kind: None,
                tier: Tier::Community,
            },
            sorted: None,
            answered: None,
            reopened: 0,
            next: Some((Step::Triage, Moment(9_000))),
            verdict: Verdict { receipts: 1, ..Verdict::default() },
            excluded: None,
        }
    }

    /// One that was answered in time.
    pub fn fact() -> Fact {
        answered(20, Verdict::default())
    }

    fn answered(at: i64, verdict: Verdict) -> Fact {
        let sorted = Some(Timed { at: Moment(10), due: DUE });
        let answered = Some(Timed { at: Moment(at), due: DUE });
        let next = Some((Step::Close, Moment(9_000)));
        Fact { stage: StageKind::Answered, sorted, answered, next, verdict, ..raised() }
    }

    fn heard(said: &[(Solved, Satisfaction)]) -> Verdict {
        let mut verdict = Verdict::default();
        said.iter().for_each(|one| verdict.hear(Some(*one)));
        verdict
    }

    #[test]
    fn each_figure_says_what_its_formula_says() {
        use Satisfaction::{CannotSay, Mostly, Not};
        let late = |step| Fact { next: Some((step, DUE)), ..raised() };
        let in_hand = Fact { stage: StageKind::InHand, ..late(Step::Answer) };
        let silent = || answered(900, Verdict::default());
        let left = |why| Said::Apart(why);
        let cases = [
            (raised(), Figure::Raised, Said::Yes),
            (raised(), Figure::Sorted, left(Apart::NotDue)),
            (late(Step::Triage), Figure::Sorted, Said::No),
            (in_hand.clone(), Figure::Sorted, left(Apart::Along)),
            (silent(), Figure::Sorted, Said::Yes),
            // Late with sorting is not late with answering.
            (late(Step::Triage), Figure::Answered, left(Apart::NotDue)),
            (in_hand.clone(), Figure::Answered, Said::No),
            (silent(), Figure::Answered, Said::Yes),
            (answered(1_001, Verdict::default()), Figure::Answered, Said::No),
            (in_hand, Figure::Solved, left(Apart::NotAnswered)),
            (silent(), Figure::Solved, left(Apart::NotEvaluated)),
            (answered(900, heard(&[(Solved::Yes, CannotSay)])), Figure::Solved, Said::Yes),
            (answered(900, heard(&[(Solved::Yes, CannotSay)])), Figure::Satisfied, left(Apart::NotEvaluated)),
            (answered(900, heard(&[(Solved::Yes, Mostly), (Solved::No, Not)])), Figure::Solved, Said::No),
            (answered(900, heard(&[(Solved::Yes, Mostly), (Solved::No, Not)])), Figure::Satisfied, Said::No),
            (silent(), Figure::Reopened, Said::No),
            (Fact { reopened: 1, ..silent() }, Figure::Reopened, Said::Yes),
            (raised(), Figure::Open, Said::Yes),
            (silent(), Figure::Open, Said::No),
            (raised(), Figure::Spoken, Said::No),
            (Fact { channel: Channel::Floor, ..raised() }, Figure::Spoken, Said::Yes),
            (Fact { channel: Channel::Import, ..raised() }, Figure::Spoken, left(Apart::Imported)),
        ];
        for (fact, figure, meant) in cases {
            assert_eq!(fact.said(figure, NOW), meant, "{figure:?} of {fact:?}");
        }
    }

    #[test]
    fn what_is_merged_or_taken_back_counts_in_none() {
        let merged = Fact { stage: StageKind::Merged, ..raised() };
        // It ended without an answer: that is no answer, and done it is not.
        let withdrawn = Fact { stage: StageKind::Closed, next: None, ..raised() };
        let mut figures = Figures::default();
        for (fact, why) in [(&merged, Apart::Merged), (&withdrawn, Apart::Withdrawn)] {
            assert!(Figure::ALL.iter().all(|figure| fact.said(*figure, NOW) == Said::Apart(why)));
            figures.add(fact, NOW);
        }
        figures.add(&raised(), NOW);
        let left = [(Apart::Merged, 1), (Apart::Withdrawn, 1)].into();
        assert_eq!(figures.count(Figure::Raised), Count { yes: 1, of: 1, apart: left });
        assert_eq!((figures.receipts, figures.oldest, figures.median()), (1, Some(0), None));
    }

    #[test]
    fn every_matter_is_counted_once_in_each_figure() {
        let all =
            [raised(), answered(900, Verdict::default()), Fact { stage: StageKind::Merged, ..raised() }];
        let mut figures = Figures::default();
        all.iter().for_each(|fact| figures.add(fact, NOW));
        for figure in Figure::ALL {
            let count = figures.count(*figure);
            assert_eq!(count.of + count.apart.values().sum::<u64>(), 3, "{figure:?}");
        }
        assert_eq!(figures.count(Figure::Answered).per_mille(), Some(1_000));
        assert_eq!(figures.count(Figure::Solved).per_mille(), None);
    }
}
