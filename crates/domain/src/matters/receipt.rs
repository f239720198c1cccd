//! What a receipt is: one person's claim to an answer, from raising or joining. Which matter
//! carries it after a merge is derived, so that merging changes no receipt.

use super::events::ReceiptEvent;
use super::ids::MatterId;
use super::refusals::Refusal;
use super::state::Matter;
use super::told::{Often, Tongue, Wish};
use super::words::{How, KnownBy, Proof, StageKind};
use crate::evaluation::{Contacted, Reached, Satisfaction, Solved};
use std::collections::BTreeSet;
use yishi_kernel::moment::Date;
use yishi_kernel::record::{Fields, Link, Raiser, Staff};
use yishi_kernel::{AccountId, Moment, Sealed, Stamped, Stream};

/// A receipt (回执).
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// When it was opened.
    pub opened: Moment,
    /// The matter it was opened on, whatever that was merged into since.
    pub matter: MatterId,
    /// By raising or by joining.
    pub how: How,
    /// What stands behind it.
    pub proof: Proof,
    /// Digest of the link's secret; none where nobody was given a link.
    pub secret: Option<Sealed<String, Link>>,
    /// Digest of device or household.
    pub supporter: Sealed<String, Link>,
    /// The account it is bound to.
    pub account: Option<Sealed<AccountId, Raiser>>,
    /// Whether a contact was given with it; the contact itself is no part of the state.
    pub contact: Contact,
    /// Whether a name was.
    pub name: Contact,
    /// Who opened it, where somebody spoke for a neighbour.
    pub opened_by: Option<Sealed<AccountId, Staff>>,
    /// Who has seen its link besides its holder: whoever opened it for them or issued it anew.
    pub seen_by: Option<Sealed<AccountId, Staff>>,
    /// Digests of the secrets of links that led to it before, each with when it ended.
    pub ended: Vec<(Sealed<String, Link>, Moment)>,
    /// How many times it was issued anew: each time its code is another one.
    pub reissued: u64,
    /// When its holder took it back.
    pub withdrawn: Option<Moment>,
    /// Digests of what its holder said more.
    pub added: BTreeSet<String>,
    /// The last evaluation: of which answer, and what it was.
    pub evaluation: Option<(Moment, Solved, Satisfaction)>,
    /// Whether they were contacted while it was worked on, where they said so with it.
    pub contacted: Option<Contacted>,
    /// How its holder is told when it goes on; the number or address is no part of the state.
    pub told: Option<Wish>,
    /// Calls back, in order.
    pub calls: Vec<Call>,
}

/// A call back (一次回访).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// When.
    pub at: Moment,
    /// About which answer.
    pub answer: Moment,
    /// Whether anybody was reached.
    pub reached: Reached,
    /// Whether it is tried again.
    pub then: Then,
}

/// What comes after a call back (回访之后).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nothing that a rule says.
    Open,
    /// By the rules it is not tried again: they count as not reached, and as having said nothing.
    GivenUp,
}

/// Whether a contact, or a name, is there to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// One was given, and is kept.
    Given,
    /// None was, or it was erased.
    None,
}

impl Contact {
    /// Whether something was given, and is kept.
    fn of(given: Option<&Sealed<String, Raiser>>) -> Self {
        if given.is_some_and(|given| given.get().is_some()) { Contact::Given } else { Contact::None }
    }

    /// Given, by then or now.
    fn or(self, now: Self) -> Self {
        if now == Contact::Given { now } else { self }
    }
}

impl Receipt {
    /// Whether the answer given at that moment was evaluated, or a later one.
    pub(crate) fn has_evaluated(&self, answer: Moment) -> bool {
        self.evaluation.is_some_and(|(evaluated, _, _)| evaluated >= answer)
    }

    /// That its holder still waits for something.
    ///
    /// # Errors
    /// When they took it back.
    pub(crate) fn stands(&self) -> Result<(), Refusal> {
        match self.withdrawn {
            Some(_) => Err(Refusal::TakenBack),
            None => Ok(()),
        }
    }

    /// That whoever holds its link may take it back, while the matter that carries it stands there.
    ///
    /// # Errors
    /// When they have, or somebody who worked on the matter has seen the link: else whoever worked
    /// on a complaint could make it go away.
    pub fn is_withdrawn_by_link(&self, matter: &Matter) -> Result<(), Refusal> {
        self.stands()?;
        if self.is_seen_by_handlers(matter) { Err(Refusal::LinkSeen) } else { Ok(()) }
    }

    /// Whether whoever holds its link may be one of those who worked on the matter: one of them
    /// has seen it, or it was opened by one of those who steer.
    pub(crate) fn is_seen_by_handlers(&self, matter: &Matter) -> bool {
        let seen = self.seen_by.as_ref().and_then(Sealed::get);
        let handled = seen.is_some_and(|seen| matter.handlers.iter().any(|one| one.is(seen)));
        self.proof == Proof::Staff || handled
    }

    /// Whether it was opened after that answer: then the answer is all that it is owed.
    #[must_use]
    pub fn is_later_than(&self, answer: Moment) -> bool {
        self.opened > answer
    }

    /// That whoever holds its link may have erased what came with it, while the matter that
    /// carries it stands there.
    ///
    /// # Errors
    /// When somebody who works here has seen the link: until the matter is closed its holder is
    /// called back by what was given.
    pub fn is_erased_by_link(&self, stage: StageKind) -> Result<(), Refusal> {
        match (&self.seen_by, stage) {
            (Some(_), stage) if stage != StageKind::Closed => Err(Refusal::OpenedForAnother),
            _ => Ok(()),
        }
    }

    /// How often somebody called about an answer without reaching anybody.
    #[must_use]
    pub fn missed(&self, answer: Moment) -> u64 {
        self.in_vain(answer).count() as u64
    }

    /// On which days that was.
    pub(crate) fn missed_on(&self, answer: Moment) -> BTreeSet<Date> {
        self.in_vain(answer).map(|call| call.at.date()).collect()
    }

    fn in_vain(&self, answer: Moment) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.answer == answer && call.reached == Reached::No)
    }

    /// The last call about an answer.
    #[must_use]
    pub fn last_call(&self, answer: Moment) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.answer == answer)
    }

    /// The answer somebody called about last, and how often nobody was reached.
    #[must_use]
    pub fn called(&self) -> Option<(Moment, u64)> {
        let answer = self.calls.last()?.answer;
        Some((answer, self.missed(answer)))
    }
}

impl Stream for Receipt {
    const KIND: &'static str = "receipt";

    type Event = ReceiptEvent;

    /// The first forms said neither whether somebody was contacted nor by what way they were called,
    /// and a call was tried again whatever the rules were.
    fn upcast(kind: String, mut fields: Fields) -> (String, Fields) {
        match kind.as_str() {
            // Before anybody could wish otherwise they were told at once.
            "receipt.told_by.1" => {
                fields.public.insert("often".to_owned(), Often::AtOnce.word().into());
                ("receipt.told_by.2".to_owned(), fields)
            }
            "receipt.evaluated.1" => ("receipt.evaluated.2".to_owned(), fields),
            "receipt.called.1" => ("receipt.called.2".to_owned(), fields),
            _ => (kind, fields),
        }
    }

    fn begin(first: &Stamped<ReceiptEvent>) -> Option<Self> {
        let ReceiptEvent::Opened { matter, how, proof, secret, supporter, account, name, contact, .. } =
            &first.what
        else {
            return None;
        };
        let opened_by = match proof {
            Proof::Neighbour | Proof::Staff => first.by.clone(),
            Proof::Device | Proof::Household | Proof::Import | Proof::Partner => None,
        };
        Some(Self {
            opened: first.time,
            matter: *matter,
            how: *how,
            proof: *proof,
            secret: secret.clone(),
            supporter: supporter.clone(),
            account: account.clone(),
            contact: Contact::of(contact.as_ref()),
            name: Contact::of(name.as_ref()),
            seen_by: opened_by.clone(),
            opened_by,
            ended: Vec::new(),
            reissued: 0,
            withdrawn: None,
            added: BTreeSet::new(),
            evaluation: None,
            contacted: None,
            told: None,
            calls: Vec::new(),
        })
    }

    fn evolve(&mut self, next: &Stamped<ReceiptEvent>) {
        match &next.what {
            ReceiptEvent::Evaluated { answer, solved, satisfaction, contacted, .. } => {
                self.evaluation = Some((*answer, *solved, *satisfaction));
                self.contacted = *contacted;
            }
            ReceiptEvent::Called { answer, reached, given_up, .. } => self.calls.push(Call {
                at: next.time,
                answer: *answer,
                reached: *reached,
                then: if given_up.is_some() { Then::GivenUp } else { Then::Open },
            }),
            ReceiptEvent::Added { said, name, contact } => {
                self.added.extend(said.get().cloned());
                self.contact = self.contact.or(Contact::of(contact.as_ref()));
                self.name = self.name.or(Contact::of(name.as_ref()));
            }
            ReceiptEvent::Reissued { known_by, secret } => {
                let before = self.secret.replace(secret.clone());
                self.ended.extend(before.map(|secret| (secret, next.time)));
                self.reissued += 1;
                // Only by their own device nobody but its holder can have come to the new link.
                match known_by {
                    KnownBy::InPerson | KnownBy::ByPhone | KnownBy::Opener => {
                        self.seen_by.clone_from(&next.by);
                    }
                    KnownBy::Device => self.seen_by = None,
                    KnownBy::Code | KnownBy::Link => {}
                }
            }
            ReceiptEvent::ToldBy { way, often, tongue, to } => {
                let kept = to.as_ref().is_some_and(|to| to.get().is_some());
                let tongue = tongue.as_ref().and_then(Sealed::get).copied().unwrap_or(Tongue::Chinese);
                self.told = kept.then_some(Wish { way: *way, tongue, often: *often });
            }
            ReceiptEvent::Withdrawn {} => self.withdrawn = Some(next.time),
            ReceiptEvent::Opened { .. } | ReceiptEvent::ContactViewed {} => {}
        }
    }
}
