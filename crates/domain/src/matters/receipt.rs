//! A receipt: one person's claim to an answer, from raising or joining. Which matter
//! carries it after a merge is derived, so that merging changes no receipt.

use super::Context;
use super::events::Event as MatterEvent;
use super::matter::Matter;
use super::words::{Channel, How, Proof, Reached, Satisfaction, Solved, StageKind};
use crate::access::{Action, Denied, Resource, Role, may};
use crate::context::private;
use crate::ids::{AccountId, MatterId};
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::stream::Stream;
use serde::{Deserialize, Serialize};

/// What can happen to a receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody is owed an answer.
    #[serde(rename = "receipt.opened.1")]
    Opened {
        /// When.
        time: Moment,
        /// On which matter.
        matter: MatterId,
        /// By raising or by joining.
        how: How,
        /// What stands behind it.
        proof: Proof,
        /// How it came in.
        channel: Channel,
        /// SHA-256 of the link's secret, in hex; none where nobody was given a link.
        secret: Option<Sealed<String>>,
        /// Who supports, as a digest that is the same for the same device or household.
        supporter: Sealed<String>,
        /// The account, when somebody signed in raised or joined.
        account: Option<Sealed<AccountId>>,
        /// A name, where given.
        name: Option<Sealed<String>>,
        /// A contact for questions, where given for that.
        contact: Option<Sealed<String>>,
        /// How the neighbour agreed to be spoken for.
        consent: Option<Sealed<String>>,
    },
    /// The standing answer was evaluated (评价).
    #[serde(rename = "receipt.evaluated.1")]
    Evaluated {
        /// When.
        time: Moment,
        /// Which answer: the moment it was given.
        answer: Moment,
        /// Was it solved?
        solved: Solved,
        /// How content.
        satisfaction: Satisfaction,
        /// In own words.
        comment: Option<Sealed<String>>,
        /// Who called back and wrote it down; none when it was said by the link.
        caller: Option<Sealed<AccountId>>,
    },
    /// Somebody called back to ask (回访).
    #[serde(rename = "receipt.called.1")]
    Called {
        /// When.
        time: Moment,
        /// Of which answer: the moment it was given.
        answer: Moment,
        /// Whether anybody was reached.
        reached: Reached,
        /// What was said besides.
        note: Option<Sealed<String>>,
        /// Who called.
        by: Sealed<AccountId>,
    },
    /// Somebody looked at the contact.
    #[serde(rename = "receipt.contact_viewed.1")]
    ContactViewed {
        /// When.
        time: Moment,
        /// Who.
        by: Sealed<AccountId>,
    },
}

/// A receipt (回执). It exists once it was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    opened: Option<Opened>,
}

#[derive(Clone, Debug, PartialEq)]
struct Opened {
    time: Moment,
    matter: MatterId,
    how: How,
    proof: Proof,
    secret: Option<Sealed<String>>,
    supporter: Sealed<String>,
    account: Option<Sealed<AccountId>>,
    has_contact: HasContact,
    evaluation: Option<(Moment, Solved, Satisfaction)>,
    calls: Vec<(Moment, Reached)>,
}

/// Whether a contact was given: the contact itself is no part of the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HasContact {
    Given,
    None,
}

impl Receipt {
    /// The matter it was opened on, whatever that was merged into since.
    #[must_use]
    pub fn matter(&self) -> Option<MatterId> {
        self.opened.as_ref().map(|opened| opened.matter)
    }

    /// When it was opened.
    #[must_use]
    pub fn opened(&self) -> Option<Moment> {
        self.opened.as_ref().map(|opened| opened.time)
    }

    /// By raising or by joining.
    #[must_use]
    pub fn how(&self) -> Option<How> {
        self.opened.as_ref().map(|opened| opened.how)
    }

    /// What stands behind it.
    #[must_use]
    pub fn proof(&self) -> Option<Proof> {
        self.opened.as_ref().map(|opened| opened.proof)
    }

    /// Digest of the link's secret.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        let secret = self.opened.as_ref()?.secret.as_ref()?;
        secret.get().map(String::as_str)
    }

    /// Digest of device or household.
    #[must_use]
    pub fn supporter(&self) -> Option<&str> {
        self.opened.as_ref()?.supporter.get().map(String::as_str)
    }

    /// The account it is bound to.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.opened.as_ref()?.account.as_ref()?.get().copied()
    }

    /// Whether a contact was given with it.
    #[must_use]
    pub fn gave_contact(&self) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.has_contact == HasContact::Given)
    }

    /// How often somebody called about an answer without reaching anybody.
    #[must_use]
    pub fn calls(&self, answer: Moment) -> u64 {
        let missed = |call: &&(Moment, Reached)| **call == (answer, Reached::No);
        self.opened.iter().flat_map(|opened| &opened.calls).filter(missed).count() as u64
    }

    /// The answer somebody called about last, and how often nobody was reached.
    #[must_use]
    pub fn called(&self) -> Option<(Moment, u64)> {
        let (answer, _) = *self.opened.as_ref()?.calls.last()?;
        Some((answer, self.calls(answer)))
    }

    /// The last evaluation: of which answer, and what it was.
    #[must_use]
    pub fn evaluation(&self) -> Option<(Moment, Solved, Satisfaction)> {
        self.opened.as_ref().and_then(|opened| opened.evaluation)
    }
}

impl Stream for Receipt {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Opened { time, matter, how, proof, secret, supporter, account, contact, .. } => {
                self.opened = Some(Opened {
                    time: *time,
                    matter: *matter,
                    how: *how,
                    proof: *proof,
                    secret: secret.clone(),
                    supporter: supporter.clone(),
                    account: account.clone(),
                    has_contact: match contact {
                        Some(Sealed::Kept(_)) => HasContact::Given,
                        _ => HasContact::None,
                    },
                    evaluation: None,
                    calls: Vec::new(),
                });
            }
            Event::Evaluated { answer, solved, satisfaction, .. } => {
                if let Some(opened) = &mut self.opened {
                    opened.evaluation = Some((*answer, *solved, *satisfaction));
                }
            }
            Event::Called { answer, reached, .. } => {
                if let Some(opened) = &mut self.opened {
                    opened.calls.push((*answer, *reached));
                }
            }
            Event::ContactViewed { .. } => {}
        }
    }
}

/// What a receipt is opened with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What stands behind it.
    pub proof: Proof,
    /// How it came in.
    pub channel: Channel,
    /// SHA-256 of the link's secret, in hex.
    pub secret: Option<String>,
    /// Digest of device or household.
    pub supporter: String,
    /// The account of whoever raises or joins, when signed in for oneself.
    pub account: Option<AccountId>,
    /// A name; may be left empty.
    pub name: String,
    /// A contact; may be left empty.
    pub contact: String,
    /// How the neighbour agreed, when raised for one.
    pub consent: Option<String>,
}

pub(super) fn opened(matter: MatterId, how: How, opening: Opening, ctx: &Context) -> Result<Event, Refusal> {
    Ok(Event::Opened {
        time: ctx.now,
        matter,
        how,
        proof: opening.proof,
        channel: opening.channel,
        secret: opening.secret.map(Sealed::Kept),
        supporter: opening.supporter.into(),
        account: opening.account.map(Sealed::Kept),
        name: private("name", &opening.name, 60)?,
        contact: private("contact", &opening.contact, 60)?,
        consent: opening.consent.map(Sealed::Kept),
    })
}

/// A receipt opened by joining, and the role it was done in.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The role that stands in the entry.
    pub role: Role,
    /// Of the receipt's stream.
    pub receipt: Event,
}

/// Joins a matter: 我也遇到. Joining one that was merged joins the one that carries it,
/// so the shell passes that. Record it under a guard of the matter's version, so that
/// nobody joins between an answer and its recording.
///
/// # Errors
/// When it is closed, merged, or unknown.
pub fn join(id: MatterId, matter: &Matter, opening: Opening, ctx: &Context) -> Result<Joined, Refusal> {
    let stage = matter.stage().ok_or(Refusal::Unknown)?;
    if let Some(into) = matter.merged_into() {
        return Err(Refusal::MergedInto(into));
    }
    let role = ctx.may(Action::Join, matter)?;
    debug_assert!(stage != StageKind::Closed);
    Ok(Joined { role, receipt: opened(id, How::Joined, opening, ctx)? })
}

/// What somebody who was answered says to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Was it solved?
    pub solved: Solved,
    /// How content.
    pub satisfaction: Satisfaction,
    /// In own words; may be left empty.
    pub comment: String,
}

/// An evaluation and, when it is not solved, the matter taken up again.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// The role that stands in the entries.
    pub role: Role,
    /// Of the receipt's stream.
    pub receipt: Event,
    /// Of the stream of the matter that carries it.
    pub matter: Option<MatterEvent>,
}

/// Evaluates the answer that stands on a receipt. `matter` is the one that carries it:
/// its own, or what that was merged into.
///
/// # Errors
/// Without a receipt, by the handler, twice for one answer, or before an answer.
pub fn evaluate(
    receipt: &Receipt,
    matter: &Matter,
    evaluation: Evaluation,
    ctx: &Context,
) -> Result<Evaluated, Refusal> {
    if receipt.opened.is_none() || matter.stage().is_none() {
        return Err(Refusal::Unknown);
    }
    let role = ctx.may(Action::Evaluate, matter)?;
    evaluated(receipt, matter, evaluation, None, role, ctx)
}

/// A call back, to be recorded (回访).
#[derive(Clone, Debug, PartialEq)]
pub enum CallBack {
    /// Nobody was reached.
    Missed {
        /// What there is to say about it; may be left empty.
        note: String,
    },
    /// Somebody was, and said this.
    Reached(Evaluation),
}

/// Calls back whoever holds a receipt: by somebody else than who handled the matter.
/// `matter` is the one that carries it.
///
/// # Errors
/// Without a receipt, by the handler, twice for one answer, or before an answer.
pub fn call_back(
    receipt: &Receipt,
    matter: &Matter,
    call: CallBack,
    ctx: &Context,
) -> Result<CalledBack, Refusal> {
    if receipt.opened.is_none() || matter.stage().is_none() {
        return Err(Refusal::Unknown);
    }
    let role = ctx.may(Action::CallBack, matter)?;
    let answer = matter.answered().ok_or(Refusal::Unknown)?;
    if receipt.evaluation().is_some_and(|(evaluated, _, _)| evaluated >= answer) {
        return Err(Refusal::Evaluated);
    }
    let (time, by) = (ctx.now, ctx.by());
    Ok(match call {
        CallBack::Missed { note } => {
            let note = private("note", &note, ctx.rules.limits.summary)?;
            let called = Event::Called { time, answer, reached: Reached::No, note, by };
            CalledBack { role, receipt: vec![called], matter: None }
        }
        CallBack::Reached(evaluation) => {
            let called = Event::Called { time, answer, reached: Reached::Yes, note: None, by: by.clone() };
            let done = evaluated(receipt, matter, evaluation, Some(by), role, ctx)?;
            CalledBack { role, receipt: vec![called, done.receipt], matter: done.matter }
        }
    })
}

/// A call and what was said in it, and the matter taken up again when it is not solved.
#[derive(Clone, Debug, PartialEq)]
pub struct CalledBack {
    /// The role that stands in the entries.
    pub role: Role,
    /// Of the receipt's stream.
    pub receipt: Vec<Event>,
    /// Of the stream of the matter that carries it.
    pub matter: Option<MatterEvent>,
}

fn evaluated(
    receipt: &Receipt,
    matter: &Matter,
    evaluation: Evaluation,
    caller: Option<Sealed<AccountId>>,
    role: Role,
    ctx: &Context,
) -> Result<Evaluated, Refusal> {
    let answer = matter.answered().ok_or(Refusal::Unknown)?;
    if receipt.evaluation().is_some_and(|(evaluated, _, _)| evaluated >= answer) {
        return Err(Refusal::Evaluated);
    }
    let comment = private("comment", &evaluation.comment, ctx.rules.limits.text)?;
    let Evaluation { solved, satisfaction, .. } = evaluation;
    Ok(Evaluated {
        role,
        receipt: Event::Evaluated { time: ctx.now, answer, solved, satisfaction, comment, caller },
        matter: (solved == Solved::No).then(|| MatterEvent::reopened(matter, ctx)),
    })
}

/// Records that the lead handler looks at a contact.
///
/// # Errors
/// When no contact was given, or the actor is not the one to see it.
pub fn contact_viewed(receipt: &Receipt, matter: &Matter, ctx: &Context) -> Result<(Role, Event), Refusal> {
    if !receipt.gave_contact() {
        return Err(Refusal::Unknown);
    }
    let resource: Resource = matter.resource(ctx.path, ctx.claim);
    let role = may(ctx.actor, Action::ReadContact, &resource, ctx.now)?;
    let by = ctx.actor.account.ok_or(Denied::SignIn)?;
    Ok((role, Event::ContactViewed { time: ctx.now, by: by.into() }))
}
