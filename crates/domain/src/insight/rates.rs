//! The three rates 三率 (响应率、解决率、满意率): of whoever was answered and said something, how many
//! were contacted, helped and content. Whoever said nothing counts in none of them, and stands
//! beside with the reason. Parted at most by kinds of bodies, never by a person; no ranks.

use super::fact::Fact;
use super::wilson::Interval;
use super::words::{Figure, Left, Said};
use crate::evaluation::{
    Calls, Contacted, Drawing, Drawn, Measure, Percent, Reached, Satisfaction, Share, Solved,
};
use crate::exclusion::ExclusionClass;
use crate::matters::{Proof, ReceiptId, StageKind};
use std::collections::BTreeMap;
use yishi_kernel::Moment;
use yishi_kernel::cell::Flag;

/// The three rates, in the order in which they are asked for.
pub const RATES: [Measure; 3] = [Measure::Contacted, Measure::Solved, Measure::Satisfied];

/// Of fewer than so many no rate is compared with another (样本过少).
pub const FEW: u64 = 10;

/// What of one receipt says what its holder said (一张回执的评价).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The receipt.
    pub receipt: ReceiptId,
    /// When it was opened.
    pub opened: Moment,
    /// What stands behind it.
    pub proof: Proof,
    /// Whether anybody was given a link.
    pub linked: Flag,
    /// When its holder took it back.
    pub withdrawn: Option<Moment>,
    /// The answer that stands.
    pub answered: Option<Moment>,
    /// What they said last, and to which answer.
    pub evaluation: Option<(Moment, Solved, Satisfaction)>,
    /// Whether they were contacted, where they said so with it.
    pub contacted: Option<Contacted>,
    /// The last call: about which answer, and whether they were reached.
    pub called: Option<(Moment, Reached)>,
    /// Whether it is not tried again.
    pub given_up: Flag,
}

/// What came of asking one of them (听到了什么).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// They said this of the standing answer.
    Words {
        /// Whether they were contacted.
        contacted: Option<Contacted>,
        /// Whether it is solved.
        solved: Solved,
        /// How content.
        satisfaction: Satisfaction,
        /// When they were called, or by themselves.
        by: HeardBy,
    },
    /// They said nothing, for this reason.
    Nothing(Left),
}

/// How it was said (评价来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeardBy {
    /// By the receipt's link.
    Link,
    /// When called back.
    Call,
}

impl Voice {
    /// What came of asking them, by these rules.
    #[must_use]
    pub fn heard(&self, calls: &Calls) -> Heard {
        let nothing = Heard::Nothing;
        if self.withdrawn.is_some() {
            return nothing(Left::Withdrawn);
        }
        let Some(answer) = self.answered else { return nothing(Left::NotAnswered) };
        if self.opened > answer {
            return nothing(Left::CameLater);
        }
        let said = self.evaluation.map(|(_, solved, satisfaction)| (solved, satisfaction));
        let standing = self.evaluation.filter(|(evaluated, ..)| *evaluated >= answer);
        let called = self.called.filter(|(about, _)| *about == answer).map(|(_, reached)| reached);
        // What they say of this answer does not make them be drawn for it.
        let before = said.filter(|_| standing.is_none());
        let drawing = Drawing { receipt: self.receipt, proof: self.proof, linked: self.linked, said: before };
        let is_drawn = drawing.drawn(answer, calls) != Drawn::No;
        match (standing, called) {
            // Who was called without being drawn was chosen by somebody.
            (Some(_), Some(Reached::Yes)) if !is_drawn => nothing(Left::NotDrawn),
            (Some((_, solved, satisfaction)), called) => {
                let by = if called == Some(Reached::Yes) { HeardBy::Call } else { HeardBy::Link };
                Heard::Words { contacted: self.contacted, solved, satisfaction, by }
            }
            (None, Some(Reached::Declined)) => nothing(Left::Declined),
            (None, _) if self.given_up == Flag::Yes && called.is_some() => nothing(Left::Unreached),
            (None, _) if !is_drawn => nothing(Left::NotDrawn),
            (None, _) => nothing(Left::Waiting),
        }
    }
}

/// What one who was asked says of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// Yes.
    Yes,
    /// Mostly: it counts as much as the formula in force says.
    Mostly,
    /// No.
    No,
    /// It cannot be said.
    Apart(Left),
}

impl Heard {
    /// What counts of it: nothing where the street has left the matter out of the rates.
    #[must_use]
    pub fn counted(self, excluded: Option<ExclusionClass>) -> Self {
        match (self, excluded) {
            (Heard::Nothing(Left::Withdrawn), _) | (_, None) => self,
            (_, Some(class)) => Heard::Nothing(class.into()),
        }
    }

    /// What it says of one of the three rates, or of being called back with an answer; of what is
    /// no matter of words nothing.
    #[must_use]
    pub fn of(self, measure: Measure) -> Option<Spoken> {
        let (contacted, solved, satisfaction, by) = match self {
            Heard::Nothing(left) => {
                return match (measure, left) {
                    (Measure::Done | Measure::OnTime, _) => None,
                    (Measure::Called, Left::Declined | Left::Unreached) => Some(Spoken::No),
                    (_, left) => Some(Spoken::Apart(left)),
                };
            }
            Heard::Words { contacted, solved, satisfaction, by } => (contacted, solved, satisfaction, by),
        };
        Some(match measure {
            Measure::Contacted => match contacted {
                Some(Contacted::Yes) => Spoken::Yes,
                Some(Contacted::No) => Spoken::No,
                Some(Contacted::CannotSay) => Spoken::Apart(Left::CannotSay),
                None => Spoken::Apart(Left::NotAsked),
            },
            Measure::Solved => match solved {
                Solved::Yes => Spoken::Yes,
                Solved::No => Spoken::No,
            },
            Measure::Satisfied => match satisfaction {
                Satisfaction::Satisfied => Spoken::Yes,
                Satisfaction::Mostly => Spoken::Mostly,
                Satisfaction::Not => Spoken::No,
                Satisfaction::CannotSay => Spoken::Apart(Left::CannotSay),
            },
            Measure::Called => match by {
                HeardBy::Call => Spoken::Yes,
                HeardBy::Link => Spoken::Apart(Left::ByLink),
            },
            Measure::Done | Measure::OnTime => return None,
        })
    }
}

/// How many said what of one rate (一项比率的分子、分母和不计入).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said yes.
    pub yes: u64,
    /// Said mostly.
    pub mostly: u64,
    /// Of how many.
    pub of: u64,
    /// Of how many it cannot be said, by reason.
    pub apart: BTreeMap<Left, u64>,
}

impl Tally {
    /// One more.
    pub fn add(&mut self, spoken: Spoken) {
        match spoken {
            Spoken::Yes => (self.yes, self.of) = (self.yes + 1, self.of + 1),
            Spoken::Mostly => (self.mostly, self.of) = (self.mostly + 1, self.of + 1),
            Spoken::No => self.of += 1,
            Spoken::Apart(left) => *self.apart.entry(left).or_default() += 1,
        }
    }

    /// The numerator in hundredths, where "mostly" counts as much of a hundred.
    #[must_use]
    pub fn hundredths(&self, mostly: Percent) -> u64 {
        self.yes * 100 + self.mostly * mostly.get()
    }

    /// The rate; none where nobody said anything.
    #[must_use]
    pub fn share(&self, mostly: Percent) -> Option<Share> {
        Share::of(self.hundredths(mostly), self.of * 100)
    }

    /// Within what it lies.
    #[must_use]
    pub fn interval(&self, mostly: Percent) -> Option<Interval> {
        Interval::of(self.hundredths(mostly), self.of)
    }

    /// Whether too few said something to compare it with another.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.of < FEW
    }
}

/// The rates of some matters (一组比率).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<Measure, Tally>);

impl Rates {
    /// One matter more, as it stands at this moment, with all who were asked about it.
    pub fn add(&mut self, fact: &Fact, heard: &[Heard], now: Moment) {
        for measure in Measure::ALL {
            let tally = self.0.entry(*measure).or_default();
            heard
                .iter()
                .filter_map(|one| one.counted(fact.excluded).of(*measure))
                .for_each(|spoken| tally.add(spoken));
        }
        if fact.apart().is_some() {
            return;
        }
        if let Some(class) = fact.excluded {
            for measure in [Measure::Done, Measure::OnTime] {
                self.0.entry(measure).or_default().add(Spoken::Apart(class.into()));
            }
            return;
        }
        let when = |holds| if holds { Spoken::Yes } else { Spoken::No };
        self.0.entry(Measure::Done).or_default().add(when(fact.stage == StageKind::Closed));
        match fact.said(Figure::Answered, now) {
            Said::Yes => self.0.entry(Measure::OnTime).or_default().add(Spoken::Yes),
            Said::No => self.0.entry(Measure::OnTime).or_default().add(Spoken::No),
            Said::Apart(_) => {}
        }
    }

    /// One of them.
    #[must_use]
    pub fn tally(&self, measure: Measure) -> Tally {
        self.0.get(&measure).cloned().unwrap_or_default()
    }

    /// How many said something, and of how many who were answered and stand behind a matter.
    #[must_use]
    pub fn sample(&self) -> (u64, u64) {
        let solved = self.tally(Measure::Solved);
        let owed = [Left::Waiting, Left::NotDrawn, Left::Declined, Left::Unreached];
        let silent: u64 = owed.iter().filter_map(|left| solved.apart.get(left)).sum();
        (solved.of, solved.of + silent)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;
    use yishi_kernel::Moment;

    const ANSWER: Moment = Moment(100);

    fn silent() -> Voice {
        Voice {
            receipt: ReceiptId(uuid::Uuid::from_u128(1)),
            opened: Moment(10),
            proof: Proof::Device,
            linked: Flag::Yes,
            withdrawn: None,
            answered: Some(ANSWER),
            evaluation: None,
            contacted: None,
            called: None,
            given_up: Flag::No,
        }
    }

    fn nobody() -> Calls {
        Calls { percent: 0.try_into().unwrap(), ..Calls::default() }
    }

    #[test]
    fn whoever_said_nothing_is_left_out_with_the_reason() {
        let rules = Calls::default();
        let left = |voice: Voice| match voice.heard(&rules) {
            Heard::Nothing(left) => left,
            words @ Heard::Words { .. } => panic!("{words:?}"),
        };
        assert_eq!(left(Voice { withdrawn: Some(Moment(200)), ..silent() }), Left::Withdrawn);
        assert_eq!(left(Voice { answered: None, ..silent() }), Left::NotAnswered);
        assert_eq!(left(Voice { opened: Moment(101), ..silent() }), Left::CameLater);
        assert_eq!(left(silent()), Left::Waiting);
        let missed = Voice { called: Some((ANSWER, Reached::No)), ..silent() };
        assert_eq!(left(missed), Left::Waiting);
        assert_eq!(left(Voice { given_up: Flag::Yes, ..missed }), Left::Unreached);
        assert_eq!(left(Voice { called: Some((ANSWER, Reached::Declined)), ..silent() }), Left::Declined);
        // An answer that was given since is asked about anew, and what was said before says nothing of it.
        let before =
            Voice { evaluation: Some((Moment(50), Solved::Yes, Satisfaction::Satisfied)), ..silent() };
        assert_eq!(left(before), Left::Waiting);
        let other = Voice { called: Some((Moment(50), Reached::No)), given_up: Flag::Yes, ..silent() };
        assert_eq!(left(other), Left::Waiting);
        assert_eq!(silent().heard(&nobody()), Heard::Nothing(Left::NotDrawn));
    }

    #[test]
    fn what_the_street_left_out_counts_in_no_rate_and_stands_beside_by_its_class() {
        let said = Heard::Words {
            contacted: Some(Contacted::Yes),
            solved: Solved::No,
            satisfaction: Satisfaction::Not,
            by: HeardBy::Call,
        };
        let fact = crate::insight::fact::tests::fact();
        let excluded = Fact { excluded: Some(ExclusionClass::Emergency), ..fact.clone() };
        let mut rates = Rates::default();
        rates.add(&fact, &[said], Moment(1));
        let counted = rates.clone();
        let gone = Heard::Nothing(Left::Withdrawn);
        rates.add(&excluded, &[said, gone], Moment(1));
        for measure in RATES {
            let (tally, before) = (rates.tally(measure), counted.tally(measure));
            assert_eq!((tally.yes, tally.of), (before.yes, before.of));
            let apart = BTreeMap::from([(Left::Emergency, 1), (Left::Withdrawn, 1)]);
            assert_eq!(tally.apart, apart);
        }
        assert_eq!(rates.tally(Measure::Done).of, 1);
        assert_eq!(rates.tally(Measure::Done).apart, BTreeMap::from([(Left::Emergency, 1)]));
        assert_eq!(rates.sample(), counted.sample());
    }

    #[test]
    fn nobody_is_counted_who_was_called_without_being_drawn() {
        let said = Voice { evaluation: Some((ANSWER, Solved::Yes, Satisfaction::Satisfied)), ..silent() };
        let by_link = said.heard(&nobody());
        assert!(matches!(by_link, Heard::Words { by: HeardBy::Link, .. }), "{by_link:?}");
        let chosen = Voice { called: Some((ANSWER, Reached::Yes)), ..said };
        assert_eq!(chosen.heard(&nobody()), Heard::Nothing(Left::NotDrawn));
        assert!(matches!(chosen.heard(&Calls::default()), Heard::Words { by: HeardBy::Call, .. }));
        // That they are not content now is what they said, and no reason to have called them.
        let angry = Voice { evaluation: Some((ANSWER, Solved::No, Satisfaction::Not)), ..chosen };
        assert_eq!(angry.heard(&nobody()), Heard::Nothing(Left::NotDrawn));
    }

    #[test]
    fn a_tally_says_rate_base_and_what_is_left_out() {
        let mut tally = Tally::default();
        for spoken in [Spoken::Yes, Spoken::Mostly, Spoken::No, Spoken::Apart(Left::CannotSay)] {
            tally.add(spoken);
        }
        assert_eq!((tally.yes, tally.mostly, tally.of), (1, 1, 3));
        assert_eq!(tally.apart, BTreeMap::from([(Left::CannotSay, 1)]));
        assert_eq!(tally.share(90.try_into().unwrap()).unwrap().to_string(), "63.33");
        assert_eq!(tally.share(Percent::WHOLE).unwrap().to_string(), "66.67");
        assert!(tally.is_few());
        assert_eq!(Tally::default().share(Percent::WHOLE), None);
    }

    fn voices() -> impl Strategy<Value = Voice> {
        let moment = || select(vec![None, Some(ANSWER), Some(Moment(50))]);
        let said = (select(Solved::ALL), select(Satisfaction::ALL));
        let evaluation = (moment(), said).prop_map(|(at, (solved, how))| at.map(|at| (at, solved, how)));
        let called = (moment(), select(Reached::ALL)).prop_map(|(at, reached)| at.map(|at| (at, reached)));
        let flags = prop::bool::ANY.prop_map(Flag::from);
        (
            any::<u128>(),
            select(Proof::ALL),
            evaluation,
            prop::option::of(select(Contacted::ALL)),
            called,
            flags,
        )
            .prop_map(|(n, proof, evaluation, contacted, called, given_up)| {
                let receipt = ReceiptId(uuid::Uuid::from_u128(n));
                Voice { receipt, proof, evaluation, contacted, called, given_up, ..silent() }
            })
    }

    fn tallies(voices: &[Voice], calls: &Calls) -> Vec<Tally> {
        let heard: Vec<Heard> = voices.iter().map(|voice| voice.heard(calls)).collect();
        let tally = |measure: &Measure| {
            let mut tally = Tally::default();
            heard.iter().filter_map(|one| one.of(*measure)).for_each(|spoken| tally.add(spoken));
            tally
        };
        Measure::ALL.iter().map(tally).collect()
    }

    proptest! {
        #[test]
        fn every_receipt_is_counted_once_and_the_order_never_matters(
            voices in prop::collection::vec(voices(), 0..20), percent in 0_u64..=100, turn: prop::sample::Index,
        ) {
            let calls = Calls { percent: percent.try_into().unwrap(), ..Calls::default() };
            let own = tallies(&voices, &calls);
            for measure in RATES {
                let tally = &own[Measure::ALL.iter().position(|one| *one == measure).unwrap()];
                prop_assert_eq!(tally.of + tally.apart.values().sum::<u64>(), voices.len() as u64);
                prop_assert!(tally.yes + tally.mostly <= tally.of);
            }
            let mut turned = voices.clone();
            if !turned.is_empty() {
                turned.rotate_left(turn.index(voices.len()));
            }
            turned.reverse();
            prop_assert_eq!(tallies(&turned, &calls), own);
        }

        #[test]
        fn silence_is_in_no_rate(voice in voices()) {
            let mute = Voice { evaluation: None, ..voice };
            let heard = mute.heard(&Calls::default());
            for measure in RATES {
                prop_assert!(matches!(heard.of(measure), Some(Spoken::Apart(_))));
            }
        }
    }
}
