//! Urging 催办、督办: whoever follows a thing asks whoever holds its next step to go on, by one tap.
//! Those who work beside the desk that sees to it remind, the street above presses: who acts says
//! which. It changes no deadline and nobody's duty. Which things can be urged is their features' to
//! say; nothing is counted here of anybody who works.

use crate::access::roles::STREET;
use crate::access::{Actor, Right, Role};
use crate::command::{Command, Decided};
use crate::context::Context;
use crate::ids::PlaceId;
use crate::moment::Moment;
use crate::refusal::{Arg, Args, Refusal, Refuse};
use crate::stream::Stream;
use crate::wait::{HolderKey, Wait, Whom};
use std::marker::PhantomData;

/// How long it takes until the same is urged in the same way again: a day, so that it stays a word
/// that counts.
const AGAIN: i64 = 86_400;

/// What is due by the end of the day after today can be urged, not only what is late.
pub const SOON: u32 = 1;

crate::words! {
    /// How a holder was urged (催办、督办).
    Urging as "urging" {
        /// By those who work beside them (催办).
        Remind = "remind",
        /// From above (督办).
        Press = "press",
    }
}

/// How often a thing was urged, and when (催办次数): of the thing, whoever held it and whoever did it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urged(Vec<(Urging, Moment)>);

impl Urged {
    /// It was urged once more.
    pub fn add(&mut self, how: Urging, at: Moment) {
        self.0.push((how, at));
    }

    /// How often that was done in one way, and when last; nothing where it never was.
    #[must_use]
    pub fn by(&self, how: Urging) -> Option<(usize, Moment)> {
        let of = || self.0.iter().filter(|(one, _)| *one == how);
        of().next_back().map(|(_, at)| (of().count(), *at))
    }
}

/// Why something is not urged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUrged {
    /// Nobody urges themselves.
    #[error("its next step is your own")]
    Own,
    /// Nothing of it is due soon.
    #[error("it is due at {0:?} only")]
    NotDue(Moment),
    /// It was urged a short while ago.
    #[error("it was urged, and can be again from {0:?} on")]
    Lately(Moment),
}

impl Refuse for NotUrged {
    fn word(&self) -> &'static str {
        match self {
            NotUrged::Own => "urge-own",
            NotUrged::NotDue(_) => "urge-not-due",
            NotUrged::Lately(_) => "urged-lately",
        }
    }

    fn args(&self) -> Args {
        match self {
            NotUrged::Own => Vec::new(),
            NotUrged::NotDue(due) => vec![("due", Arg::Day(*due))],
            NotUrged::Lately(again) => vec![("again", Arg::Minute(*again))],
        }
    }
}

/// A thing whose holders can be urged.
pub trait Urgeable: Stream {
    /// Who may.
    const URGE: &'static Right;

    /// How often it was urged.
    fn urged(&self) -> &Urged;

    /// The desk that sees to it: who works there is beside whoever holds it.
    fn seen_to_at(&self) -> PlaceId;

    /// What is urged of it: all that waits, where it says nothing else.
    fn urged_for(&self) -> Vec<Wait> {
        self.waits()
    }

    /// That it was urged.
    fn urged_now(how: Urging) -> Self::Event;

    /// How somebody who may would urge it now, or why that is not done.
    ///
    /// # Errors
    /// Why not.
    fn urging(&self, actor: &Actor, role: Role, now: Moment) -> Result<Urging, NotUrged> {
        how(&self.urged_for(), self.urged(), self.seen_to_at(), (actor, role), now)
    }
}

/// How somebody who may would urge those for whom some steps wait, or why that is not done; `desk` is
/// the one that sees to them.
///
/// # Errors
/// Why not.
pub fn how(
    waits: &[Wait],
    urged: &Urged,
    desk: PlaceId,
    (actor, role): (&Actor, Role),
    now: Moment,
) -> Result<Urging, NotUrged> {
    let others = waits.iter().filter(|wait| !is_held_by(&wait.holder, actor, now));
    let due = others.map(|wait| wait.due).min().ok_or(NotUrged::Own)?;
    if due > now.end_of_day_after(SOON) {
        return Err(NotUrged::NotDue(due));
    }
    let beside = actor.current(now).any(|grant| grant.place == desk);
    let how = if STREET.has(role) && !beside { Urging::Press } else { Urging::Remind };
    match urged.by(how) {
        // Once its day has passed since then, it is another matter.
        Some((_, last)) if now < last.plus_seconds(AGAIN) && !(last < due && due <= now) => {
            Err(NotUrged::Lately(last.plus_seconds(AGAIN)))
        }
        _ => Ok(how),
    }
}

/// Whether a step is somebody's own: theirs, their desk's, or that of the body they act for.
fn is_held_by(holder: &HolderKey, actor: &Actor, now: Moment) -> bool {
    match holder.whom() {
        Whom::Desk(desk) => actor.current(now).any(|grant| grant.place == desk),
        Whom::Person(account) => actor.account == Some(account),
        Whom::Organisation(body) => {
            actor.employer == Some(body) || actor.current(now).any(|grant| grant.organisation == Some(body))
        }
        Whom::Nobody => false,
    }
}

/// Urges whoever holds a thing (催办、督办).
#[derive(Clone, Debug)]
pub struct Urge<S>(PhantomData<fn() -> S>);

impl<S> Default for Urge<S> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<S: Urgeable> Command for Urge<S> {
    type On = S;
    type Facts = ();

    fn right(&self) -> &'static Right {
        S::URGE
    }

    fn decide(self, on: &S, (): &(), ctx: &Context) -> Result<Decided<S>, Refusal> {
        let how = on.urging(ctx.actor, ctx.role, ctx.now)?;
        Ok(Decided::one(S::urged_now(how)))
    }
}
