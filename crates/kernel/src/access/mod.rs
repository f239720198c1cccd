//! The one answer to "may this actor do this here, now, and if not why". Default is
//! deny. Pages, lists and commands all ask here. What rights there are stands with each
//! feature; `docs/rights` is printed from them.

mod grid;
mod right;
pub mod roles;

pub use grid::{grid, uncovered};
pub use right::{By, Clause, Concerned, Except, Right};
pub use roles::{Role, RoleSet};

use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::moment::Moment;
use crate::personal::Looked;
use crate::refusal::{Arg, Args, Kind, Refuse};
use crate::words::Word;
use std::collections::BTreeSet;

/// A role held somewhere, for a time (任职).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The place it is bound to: it reaches that place and all below it.
    pub place: PlaceId,
    /// The organisation it is bound to, for roles of organisations.
    pub organisation: Option<OrganisationId>,
    /// From when it holds.
    pub from: Moment,
    /// Until when, exclusive; open when absent.
    pub until: Option<Moment>,
}

impl Grant {
    fn holds_at(&self, now: Moment) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Who acts: an account with its roles, a visitor, or the program itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account, unless a visitor.
    pub account: Option<AccountId>,
    /// The employer, whose matters this person keeps hands off.
    pub employer: Option<OrganisationId>,
    /// The residents' committees whose roles the actor has ([`roles::LOCAL`]), whoever the
    /// employer is.
    pub committees: Vec<Committee>,
    /// Roles held, past and future ones too.
    pub grants: Vec<Grant>,
    /// What the actor shows with the request: the caller has checked it.
    pub claim: Claim,
    /// What the actor has looked at twice before everyone may read it.
    pub looked: Looked,
}

/// A residents' committee (居委会), as far as somebody's role is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committee {
    /// Which.
    pub id: OrganisationId,
    /// The place whose desk it keeps.
    pub desk: PlaceId,
}

/// Whether the actor has a claim to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// Shows a receipt: its secret link, or an account it is bound to.
    Receipt,
    /// Shows the sign-in of a meeting.
    Seat,
    /// Shows none.
    #[default]
    None,
}

impl Actor {
    /// Somebody without an account.
    #[must_use]
    pub fn visitor() -> Self {
        Self::default()
    }

    /// The program itself, in a ledger: it acts where something follows from an entry or a
    /// clock.
    #[must_use]
    pub fn system(ledger: PlaceId) -> Self {
        let grant =
            Grant { role: Role::System, place: ledger, organisation: None, from: Moment(0), until: None };
        Self { grants: vec![grant], ..Self::default() }
    }

    /// The same actor who shows this.
    #[must_use]
    pub fn showing(&self, claim: Claim) -> Self {
        Self { claim, ..self.clone() }
    }

    /// Whether the actor works for a body, acts for it, or has a role of its office.
    #[must_use]
    pub fn is_of(&self, body: OrganisationId) -> bool {
        self.employer == Some(body)
            || self.committees.iter().any(|committee| committee.id == body)
            || self.grants.iter().any(|grant| grant.organisation == Some(body))
    }

    /// The roles that hold now.
    pub fn current(&self, now: Moment) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.holds_at(now))
    }
}

/// Where a thing stands: a word of the family of its stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The family.
    pub family: &'static str,
    /// The word.
    pub word: &'static str,
}

impl Stage {
    /// A stage.
    #[must_use]
    pub fn of<W: Word>(stage: W) -> Self {
        Self { family: W::FAMILY, word: stage.as_word() }
    }
}

/// Whom something is about (涉及谁): bodies and persons, who keep away from it and from all that
/// follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The organisations.
    pub bodies: BTreeSet<OrganisationId>,
    /// The persons.
    pub persons: BTreeSet<AccountId>,
}

impl About {
    /// Whom several things are about.
    #[must_use]
    pub fn all<'a>(things: impl IntoIterator<Item = &'a About>) -> Self {
        let mut all = Self::default();
        for About { bodies, persons } in things {
            all.bodies.extend(bodies);
            all.persons.extend(persons);
        }
        all
    }
}

/// What it would be done to: a place, or a matter, topic, meeting or order there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The place and all above it, in any order.
    pub path: Vec<PlaceId>,
    /// Where it stands, when it is about more than a place.
    pub stage: Option<Stage>,
    /// The person who holds it.
    pub holder: Option<AccountId>,
    /// The organisation that holds it.
    pub holding: Option<OrganisationId>,
    /// Further organisations that take part, and so reach it: invited to a meeting, called by
    /// an order.
    pub parties: Vec<OrganisationId>,
    /// The organisations it is about: that of a complaint, those whose work is judged.
    pub about: Vec<OrganisationId>,
    /// The persons it is about.
    pub about_persons: Vec<AccountId>,
    /// The desk that sees to it. What went to a desk above is no more that of the committee's
    /// people below.
    pub desk: Option<PlaceId>,
    /// Those who ever held or answered it.
    pub handlers: Vec<AccountId>,
}

impl Resource {
    /// A place: itself and all above it.
    #[must_use]
    pub fn at(path: &[PlaceId]) -> Self {
        Self { path: path.to_vec(), ..Self::default() }
    }

    /// The same, about these as well.
    #[must_use]
    pub fn concerning(mut self, about: &About) -> Self {
        self.about.extend(&about.bodies);
        self.about_persons.extend(&about.persons);
        self
    }

    /// Whether the actor keeps away from it (回避): it is about the actor, about a body that the
    /// actor works for or whose office the actor's role is of, or it went past that office to
    /// the desk above.
    #[must_use]
    pub fn keeps_away(&self, actor: &Actor) -> bool {
        let past = |committee: &Committee| {
            self.desk.is_some_and(|desk| desk != committee.desk) && self.path.contains(&committee.desk)
        };
        self.names(actor)
            || self.about.iter().any(|body| actor.is_of(*body))
            || actor.committees.iter().any(past)
    }

    /// Whether it is about the actor's own person.
    fn names(&self, actor: &Actor) -> bool {
        actor.account.is_some_and(|account| self.about_persons.contains(&account))
    }

    /// Whether a body of the actor was called to it, and so answers for itself: by others than the
    /// person it is about.
    fn calls(&self, actor: &Actor) -> bool {
        !self.names(actor) && self.parties.iter().any(|body| actor.is_of(*body))
    }
}

/// Why something may not be done. Pages print it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in, and this needs one of the roles.
    #[error("sign in first")]
    SignIn,
    /// None of the actor's roles may do this.
    #[error("this needs another role")]
    Role {
        /// The roles that may.
        may: Vec<Role>,
    },
    /// The role is right, but for another place or organisation.
    #[error("this belongs to another place or organisation")]
    Elsewhere,
    /// Only whoever holds the matter may.
    #[error("only the holder may do this")]
    NotHolder,
    /// It is about the actor, or about a body whose people the actor is of: others see to it.
    #[error("this is about you or your employer; others see to it")]
    Concerned,
    /// Whoever handled a matter does not evaluate it.
    #[error("whoever handled a matter does not evaluate it")]
    Handler,
    /// Evaluating needs a receipt.
    #[error("this needs a receipt")]
    NoReceipt,
    /// Voting needs a sign-in.
    #[error("sign in at the meeting first")]
    NoSeat,
    /// Not in this stage.
    #[error("not in this stage")]
    Stage(Stage),
}

impl Denied {
    /// Not in this stage.
    #[must_use]
    pub fn stage<W: Word>(stage: W) -> Self {
        Denied::Stage(Stage::of(stage))
    }

    /// How little would have to change: of several reasons the nearest is told.
    fn nearness(&self) -> u8 {
        match self {
            Denied::SignIn | Denied::Role { .. } => 0,
            Denied::NoReceipt | Denied::NoSeat => 1,
            Denied::Elsewhere => 2,
            Denied::NotHolder => 3,
            Denied::Concerned | Denied::Handler | Denied::Stage(_) => 4,
        }
    }
}

impl Stage {
    fn arg(self) -> Arg {
        Arg::Word { family: self.family, word: self.word }
    }
}

impl Refuse for Denied {
    fn word(&self) -> &'static str {
        match self {
            Denied::SignIn => "sign-in",
            Denied::Role { .. } => "role",
            Denied::Elsewhere => "elsewhere",
            Denied::NotHolder => "not-holder",
            Denied::Concerned => "concerned",
            Denied::Handler => "handler",
            Denied::NoReceipt => "no-receipt",
            Denied::NoSeat => "no-seat",
            Denied::Stage(_) => "stage",
        }
    }

    fn args(&self) -> Args {
        match self {
            Denied::Stage(stage) => vec![("stage", stage.arg())],
            _ => Vec::new(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Denied::Stage(_) => Kind::Conflict,
            _ => Kind::Denied,
        }
    }
}

/// Whether `actor` may do what a right says to `resource` at `now`: the role it is done in,
/// or why not.
///
/// # Errors
/// The reason for which most would have to change least: the stage last.
pub fn may(actor: &Actor, right: &Right, resource: &Resource, now: Moment) -> Result<Role, Denied> {
    let mut fits = None;
    let mut too_late = None;
    let mut denied: Option<Denied> = None;
    for clause in right.clauses {
        match role_for(actor, right, clause.by, resource, now) {
            Ok(role) if holds(right, clause, resource.stage) => fits = fits.or(Some(role)),
            Ok(role) => too_late = too_late.or(Some(role)),
            Err(why) if denied.as_ref().is_none_or(|known| known.nearness() < why.nearness()) => {
                denied = Some(why);
            }
            Err(_) => {}
        }
    }
    if fits.or(too_late).is_none() {
        return Err(denied.unwrap_or(Denied::Role { may: Vec::new() }));
    }
    let answers = right.concerned == Concerned::WhereCalled && resource.calls(actor);
    if resource.keeps_away(actor) && !answers {
        return Err(Denied::Concerned);
    }
    let handled = actor.account.is_some_and(|account| resource.handlers.contains(&account));
    if handled && right.except.contains(&Except::Handlers) {
        return Err(Denied::Handler);
    }
    match (fits, denied) {
        (Some(role), _) => Ok(role),
        // Somebody who may do this at another stage, and whose own clause asks for more here.
        (None, Some(why @ Denied::NotHolder)) => Err(why),
        (None, _) => {
            let anywhere = Stage { family: right.family, word: "" };
            Err(Denied::Stage(resource.stage.unwrap_or(anywhere)))
        }
    }
}

/// Whether a clause speaks of where the thing stands.
fn holds(right: &Right, clause: &Clause, stage: Option<Stage>) -> bool {
    match stage {
        None => clause.stages.is_empty(),
        Some(stage) => stage.family == right.family && clause.stages.contains(&stage.word),
    }
}

fn role_for(actor: &Actor, right: &Right, by: By, resource: &Resource, now: Moment) -> Result<Role, Denied> {
    let sets = match by {
        // What a resident does needs no role; the best one held here is what is recorded.
        By::Anyone => return Ok(resident_role(actor, resource, now)),
        By::Receipt if actor.claim == Claim::Receipt => return Ok(resident_role(actor, resource, now)),
        By::Receipt => return Err(Denied::NoReceipt),
        By::Seat if actor.claim == Claim::Seat => return Ok(resident_role(actor, resource, now)),
        By::Seat => return Err(Denied::NoSeat),
        By::Roles(sets) | By::Holding(sets) | By::Anywhere(sets) => sets,
    };
    let system = actor.grants.iter().any(|grant| grant.role == Role::System);
    let mut reason = if actor.account.is_none() && !system {
        Denied::SignIn
    } else {
        Denied::Role { may: roles_of(right) }
    };
    for grant in actor.current(now).filter(|grant| sets.iter().any(|set| set.has(grant.role))) {
        match reaches(actor, grant, by, resource) {
            Ok(()) => return Ok(grant.role),
            Err(denied) if denied.nearness() >= reason.nearness() => reason = denied,
            Err(_) => {}
        }
    }
    Err(reason)
}

/// The roles that have a right at all, for the reason that a page prints.
fn roles_of(right: &Right) -> Vec<Role> {
    let has = |role: &Role| {
        right.clauses.iter().any(|clause| match clause.by {
            By::Anyone | By::Receipt | By::Seat => true,
            By::Roles(sets) | By::Holding(sets) | By::Anywhere(sets) => sets.iter().any(|set| set.has(*role)),
        })
    };
    Role::ALL.iter().copied().filter(|role| *role != Role::System).filter(has).collect()
}

fn resident_role(actor: &Actor, resource: &Resource, now: Moment) -> Role {
    let here = |grant: &&Grant| grant.role == Role::Resident && resource.path.contains(&grant.place);
    match actor.current(now).find(here) {
        Some(_) => Role::Resident,
        None => Role::Visitor,
    }
}

/// Whether a role that has the right reaches this resource with it.
fn reaches(actor: &Actor, grant: &Grant, by: By, resource: &Resource) -> Result<(), Denied> {
    let mine = resource.holder.is_some() && resource.holder == actor.account;
    let ours = grant
        .organisation
        .is_some_and(|own| resource.holding == Some(own) || resource.parties.contains(&own));
    let here = match grant.role.of_organisation() {
        true => ours || mine,
        false => resource.path.contains(&grant.place),
    };
    match by {
        By::Anywhere(_) => Ok(()),
        _ if !here => Err(Denied::Elsewhere),
        By::Holding(_) if !(mine || grant.role.of_organisation()) => Err(Denied::NotHolder),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
