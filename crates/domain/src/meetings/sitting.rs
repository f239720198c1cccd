//! The second part of a meeting's state, its sitting (会议): what was put forward, put to the
//! vote and counted. Who is present and how they voted by phone stands in streams of their own.

use super::events::Event;
use super::refusals::Refusal;
use super::words::{Passed, StatementKind, VoteMode};
use crate::ballots::{Agreed, Decides, OwnersResultId};
use crate::topics::TopicId;
use yishi_kernel::record::{Place, Staff};
use yishi_kernel::{AccountId, Moment, OrganisationId, Published, Sealed, Stamped};
use yishi_tally::everyday::{Counts, Rule};

/// What happened in the room (会议经过).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sitting {
    /// How many statements were entered.
    pub statements: u32,
    /// Bodies that filed a plan, with the number of the statement.
    pub plans: Vec<(OrganisationId, u32)>,
    /// What was put to the vote.
    pub motions: Vec<Motion>,
    /// How many rolls were closed.
    pub rolls: u32,
    /// The roll that is closed for the motion that comes next.
    pub roll: Option<Roll>,
    /// One-time slips.
    pub slips: Slips,
}

/// Who has a vote on a motion: fixed before it is put (名册).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Its number, from 1.
    pub number: u32,
    /// How many were on it when it was closed.
    pub present: u64,
}

/// The one-time slips of a meeting (票条).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slips {
    /// As they were made.
    pub sheets: Vec<Sheet>,
    /// The last that was handed out, as a second person says.
    pub released: u32,
}

/// Slips that were made at once (一批票条).
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The number of the first.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// The word that their codes follow from.
    pub word: Sealed<String, Place>,
    /// Who made them.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// The members whose slips they are, one each in order; empty where they are anybody's.
    pub members: Vec<u32>,
}

impl Slips {
    /// How many were made.
    #[must_use]
    pub fn issued(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.count).sum()
    }

    /// The sheet that a slip is on.
    #[must_use]
    pub fn sheet(&self, slip: u32) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| slip.checked_sub(sheet.first).is_some_and(|nth| nth < sheet.count))
    }

    /// The member whose slip it is, where it is one of a member.
    #[must_use]
    pub fn member(&self, slip: u32) -> Option<u32> {
        let sheet = self.sheet(slip)?;
        let nth = usize::try_from(slip.checked_sub(sheet.first)?).ok()?;
        sheet.members.get(nth).copied()
    }

    /// Slips that were made and not yet handed out, as far as a second person says.
    pub fn waiting(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets
            .iter()
            .filter(|sheet| sheet.first.saturating_add(sheet.count) > self.released.saturating_add(1))
    }
}

/// A motion (表决事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Motion {
    /// Its number, from 1.
    pub number: u32,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// What is put.
    pub text: Published,
    /// How it is voted on.
    pub mode: VoteMode,
    /// The rule it is decided by.
    pub rule: Rule,
    /// Whose decision it is.
    pub decides: Decides,
    /// What the owners made of it, where it was recommended to them.
    pub owners: Owners,
    /// Shows of hands as entered, the last by each person.
    pub hands: Vec<Hands>,
    /// Where the vote stands.
    pub vote: Vote,
    /// Who has a vote on it; nothing where it was put before rolls were closed.
    pub roll: Option<Roll>,
    /// When it was last counted anew.
    pub recounted: Option<Moment>,
}

/// What became of a recommendation to the owners (业主答复).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owners {
    /// They have not decided, or were not asked.
    Silent,
    /// They decided, by this result.
    Said(OwnersResultId, Agreed),
    /// They came to no decision: it rests.
    SetAside,
}

/// A show of hands as one person entered it (举手计数).
#[derive(Clone, Debug, PartialEq)]
pub struct Hands {
    /// Who counted.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// For, against, abstaining.
    pub counts: [u64; 3],
}

/// Where the vote on a motion stands (表决状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// Being voted on.
    Open,
    /// Ended, not yet counted.
    Ended,
    /// Counted.
    Counted(Counts, Passed),
}

impl Motion {
    /// The show of hands that two persons entered alike.
    #[must_use]
    pub fn agreed_hands(&self) -> Option<[u64; 3]> {
        let last = self.hands.last()?.counts;
        (self.hands.iter().filter(|hands| hands.counts == last).count() >= 2).then_some(last)
    }

    /// Whether two persons have entered what they counted.
    #[must_use]
    pub fn both_entered(&self) -> bool {
        self.hands.len() >= 2
    }

    /// Whether it was counted, and enough were for it: it passed, or is recommended.
    #[must_use]
    pub fn carried(&self) -> bool {
        match self.vote {
            Vote::Counted(_, passed) => passed.carried(),
            Vote::Open | Vote::Ended => false,
        }
    }

    /// Whether it is recommended to the owners, and they have not answered.
    #[must_use]
    pub fn awaits_owners(&self) -> bool {
        self.carried() && self.decides.joint().is_some() && self.owners == Owners::Silent
    }

    fn enter(&mut self, hands: Hands) {
        // What somebody entered whose id was erased stays: nobody knows that it was the same person.
        let known = hands.by.as_ref().and_then(Sealed::get).copied();
        self.hands.retain(|one| one.by.as_ref().and_then(Sealed::get).is_none_or(|by| Some(*by) != known));
        self.hands.push(hands);
    }
}

impl Sitting {
    pub(super) fn evolve(&mut self, next: &Stamped<Event>, entitled: Option<u64>) {
        match &next.what {
            Event::Stated { number, form, organisation, .. } => {
                self.statements = *number;
                if let (StatementKind::Plan, Some(organisation)) = (form, organisation) {
                    self.plans.push((*organisation, *number));
                }
            }
            Event::Put { motion, topic, text, mode, rule, .. } => self.motions.push(Motion {
                number: *motion,
                topic: *topic,
                text: text.clone(),
                mode: *mode,
                rule: *rule,
                decides: Decides::unsaid(),
                owners: Owners::Silent,
                hands: Vec::new(),
                vote: Vote::Open,
                roll: self.roll.take(),
                recounted: None,
            }),
            Event::RollClosed { roll, present } => {
                self.rolls = *roll;
                self.roll = Some(Roll { number: *roll, present: *present });
            }
            Event::SlipsIssued { first, count, word, members } => self.slips.sheets.push(Sheet {
                first: *first,
                count: *count,
                word: word.clone(),
                by: next.by.clone(),
                members: members.clone(),
            }),
            Event::SlipsReleased { upto } => self.slips.released = *upto,
            Event::Decides { motion, decides } => {
                if let Some(motion) = self.find(*motion) {
                    motion.decides = decides.clone();
                }
            }
            Event::OwnersSaid { motion, result, agreed } => {
                if let Some(motion) = self.find(*motion) {
                    motion.owners = Owners::Said(*result, *agreed);
                }
            }
            Event::SetAside { motion, .. } => {
                if let Some(motion) = self.find(*motion) {
                    motion.owners = Owners::SetAside;
                }
            }
            Event::HandsEntered { motion, in_favour, against, abstain } => {
                if let Some(motion) = self.find(*motion) {
                    let counts = [*in_favour, *against, *abstain];
                    motion.enter(Hands { by: next.by.clone(), counts });
                }
            }
            Event::VoteEnded { motion } => {
                if let Some(motion) = self.find(*motion) {
                    motion.vote = Vote::Ended;
                }
            }
            Event::Counted { motion, present, in_favour, against, abstain, passed }
            | Event::Recounted { motion, present, in_favour, against, abstain, passed } => {
                let (present, in_favour) = (*present, *in_favour);
                let (against, abstain) = (*against, *abstain);
                if let Some(motion) = self.find(*motion) {
                    if matches!(next.what, Event::Recounted { .. }) {
                        motion.recounted = Some(next.time);
                    }
                    let counts = Counts { entitled, present, in_favour, against, abstain };
                    motion.vote = Vote::Counted(counts, *passed);
                }
            }
            _ => {}
        }
    }

    fn find(&mut self, number: u32) -> Option<&mut Motion> {
        self.motions.iter_mut().find(|motion| motion.number == number)
    }

    /// A motion by its number.
    #[must_use]
    pub fn motion(&self, number: u32) -> Option<&Motion> {
        self.motions.iter().find(|motion| motion.number == number)
    }

    /// The motion that is being voted on.
    #[must_use]
    pub fn voting(&self) -> Option<&Motion> {
        self.motions.iter().find(|motion| motion.vote == Vote::Open)
    }

    /// The motion whose vote has ended and is to be counted.
    #[must_use]
    pub fn counting(&self) -> Option<&Motion> {
        self.motions.iter().find(|motion| motion.vote == Vote::Ended)
    }

    /// The motions that enough were for.
    pub fn carried(&self) -> impl Iterator<Item = &Motion> {
        self.motions.iter().filter(|motion| motion.carried())
    }

    /// The recommendations that wait for the owners.
    pub fn awaiting_owners(&self) -> impl Iterator<Item = &Motion> {
        self.motions.iter().filter(|motion| motion.awaits_owners())
    }

    /// One vote at a time: that none is open or to be counted.
    pub(super) fn must_rest(&self) -> Result<(), Refusal> {
        match self.voting().or(self.counting()) {
            Some(_) => Err(Refusal::VoteOpen),
            None => Ok(()),
        }
    }

    /// The motion of a number where its vote stands so.
    pub(super) fn must_find(&self, number: u32, vote: Vote) -> Result<&Motion, Refusal> {
        self.motion(number).filter(|motion| motion.vote == vote).ok_or(Refusal::NoVote)
    }
}
