//! The third part of a meeting's state, its outcome (结果): what it resolved and what became of
//! it, who confirmed the minutes, what was published and objected to. How an action is
//! carried out is the order's.

use super::events::{Agreed, Event};
use super::ids::ActionId;
use super::sitting::{Motion, Sitting};
use super::words::{Confirming, Ruling};
use crate::ballots::{Agreed as OwnersAgreed, Decides};
use crate::dispatch::OrderId;
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::record::{Link, Staff};
use yishi_kernel::{AccountId, Moment, Published, Sealed, Stamped};

/// What a meeting came to (会议结果).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Whether it came to a resolution.
    pub resolved: Resolved,
    /// The actions of its resolution.
    pub actions: Vec<Action>,
    /// The standard agreed for the time to come.
    pub standard: Option<Published>,
    /// Who confirmed which minutes.
    pub confirmed: BTreeMap<Confirming, Confirmation>,
    /// By when the minutes must be confirmed anew, since a text that they quote was corrected or
    /// taken back.
    pub reissued: Option<Moment>,
    /// How often minutes that had been confirmed were written anew (版次).
    pub issue: u32,
    /// When its result was first published.
    pub published: Option<Moment>,
    /// Until when objections are taken.
    pub until: Option<Moment>,
    /// Objections to what was published.
    pub objections: Vec<Objection>,
}

/// Whether a meeting came to a resolution (是否形成决议).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolved {
    /// Not yet.
    #[default]
    No,
    /// It resolved.
    Yes,
    /// It adjourned; its topics returned.
    Adjourned,
}

/// An action of the resolution and what became of it (决议事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What was agreed.
    pub agreed: Agreed,
    /// Whose decision it is.
    pub decides: Decides,
    /// Whether it is on its way.
    pub fate: Fate,
}

/// What became of an action (办理去向).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Waiting to be sent.
    Waiting,
    /// On its way, by this order.
    Sent(OrderId),
    /// Suspended by an upheld objection; with the order that was on its way, where one was.
    Suspended(Option<OrderId>),
    /// Fallen away: its motion did not pass when it was counted anew (重新计票未通过).
    Fallen,
    /// The owners did not agree to what it follows from.
    Refused,
}

/// A confirmation of minutes (纪要确认).
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    /// The digest of the confirmed text.
    pub minutes: Published,
    /// Who confirmed it.
    pub by: Option<Sealed<AccountId, Staff>>,
}

/// An objection to what was published (异议): all that was said against the same until it was
/// ruled on, by however many.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// Its number, from 1.
    pub number: u32,
    /// To which action; to all of it otherwise.
    pub action: Option<ActionId>,
    /// Who objects: digests of devices.
    pub devices: BTreeSet<String>,
    /// What was sent: digests.
    pub said: BTreeSet<String>,
    /// By when it must be ruled on.
    pub due: Moment,
    /// How it was ruled on, and why.
    pub ruling: Option<(Ruling, Published)>,
}

impl Objection {
    /// Whether it is about this action.
    pub(super) fn is_about(&self, action: ActionId) -> bool {
        self.action.is_none_or(|target| target == action)
    }
}

impl Confirmation {
    /// Whether this account confirmed.
    pub(super) fn is_by(&self, account: AccountId) -> bool {
        self.by.as_ref().is_some_and(|by| by.is(&account))
    }
}

impl Outcome {
    pub(super) fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Resolved { actions, standard, .. } => {
                self.resolved = Resolved::Yes;
                let waiting = |agreed: &Agreed| Action {
                    agreed: agreed.clone(),
                    decides: Decides::unsaid(),
                    fate: Fate::Waiting,
                };
                self.actions = actions.iter().map(waiting).collect();
                self.standard.clone_from(standard);
            }
            Event::ActionDecides { action, decides } => {
                if let Some(action) = self.actions.iter_mut().find(|one| one.agreed.id == *action) {
                    action.decides = decides.clone();
                }
            }
            Event::SetAside { motion, .. } | Event::OwnersSaid { motion, agreed: OwnersAgreed::No, .. } => {
                self.refuse(*motion);
            }
            Event::Adjourned { .. } => self.resolved = Resolved::Adjourned,
            Event::Confirmed { seat, minutes, due } => {
                // Who confirmed another text has to look again.
                self.confirmed.retain(|_, other| other.minutes == *minutes);
                let confirmation = Confirmation { minutes: minutes.clone(), by: next.by.clone() };
                self.confirmed.insert(*seat, confirmation);
                // The second person has as long as the first had.
                self.reissued = self.reissued.filter(|_| self.minutes().is_none()).map(|_| *due);
            }
            Event::Reissued { due } => {
                self.confirmed.clear();
                self.reissued = Some(*due);
                self.issue += 1;
            }
            Event::Published { until, .. } => {
                self.published.get_or_insert(next.time);
                self.until = Some(*until);
            }
            Event::Objected { number, action, device, said, due, .. } => {
                let (number, action, due) = (*number, *action, *due);
                let kept =
                    |digest: &Option<Sealed<String, Link>>| digest.as_ref().and_then(Sealed::get).cloned();
                let (device, said) = (kept(device), kept(said));
                match self.objections.iter_mut().find(|one| one.number == number) {
                    Some(objection) => {
                        objection.devices.extend(device);
                        objection.said.extend(said);
                    }
                    None => self.objections.push(Objection {
                        number,
                        action,
                        devices: device.into_iter().collect(),
                        said: said.into_iter().collect(),
                        due,
                        ruling: None,
                    }),
                }
            }
            Event::Ruled { number, ruling, reason } => self.rule(*number, *ruling, reason),
            Event::Dispatched { action, order, .. } => {
                if let Some(action) = self.actions.iter_mut().find(|one| one.agreed.id == *action) {
                    action.fate = Fate::Sent(*order);
                }
            }
            _ => {}
        }
    }

    /// What follows from a motion that the owners did not agree to is not done.
    fn refuse(&mut self, motion: u32) {
        let theirs = |one: &&mut Action| one.agreed.motion == motion && one.decides.joint().is_some();
        for action in self.actions.iter_mut().filter(theirs) {
            if action.fate == Fate::Waiting {
                action.fate = Fate::Refused;
            }
        }
    }

    fn rule(&mut self, number: u32, ruling: Ruling, reason: &Published) {
        let Some(objection) = self.objections.iter_mut().find(|one| one.number == number) else {
            return;
        };
        objection.ruling = Some((ruling, reason.clone()));
        if ruling == Ruling::Rejected {
            return;
        }
        for action in self.actions.iter_mut().filter(|action| objection.is_about(action.agreed.id)) {
            action.fate = match action.fate {
                Fate::Waiting => Fate::Suspended(None),
                Fate::Sent(order) => Fate::Suspended(Some(order)),
                rests @ (Fate::Suspended(_) | Fate::Refused | Fate::Fallen) => rests,
            };
        }
    }

    /// Votes were counted anew: what no longer follows from one that passed falls away.
    pub(super) fn recounted(&mut self, sitting: &Sitting) {
        let passed = |number| sitting.motion(number).is_some_and(Motion::carried);
        for action in self.actions.iter_mut().filter(|action| !passed(action.agreed.motion)) {
            if action.fate == Fate::Waiting {
                action.fate = Fate::Fallen;
            }
        }
        if sitting.carried().next().is_none() {
            self.standard = None;
        }
    }

    /// An action by its id.
    #[must_use]
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.iter().find(|action| action.agreed.id == id)
    }

    /// Actions that nothing carries out yet.
    pub fn waiting(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| action.fate == Fate::Waiting)
    }

    /// Objections that wait to be ruled on.
    pub fn open_objections(&self) -> impl Iterator<Item = &Objection> {
        self.objections.iter().filter(|objection| objection.ruling.is_none())
    }

    /// The minutes that both confirmed.
    #[must_use]
    pub fn minutes(&self) -> Option<&str> {
        let both = self.confirmed.len() == Confirming::ALL.len();
        // Confirmations of another text go as soon as there is a new one, so all are of one text.
        self.confirmed.values().next().filter(|_| both).and_then(|one| one.minutes.get())
    }
}
