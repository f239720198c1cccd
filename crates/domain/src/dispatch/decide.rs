//! What may happen to an order: sending, asking and whistling, reporting in, disputing,
//! finishing, accepting. Deadlines come from the rule pack.

use super::order::{Event, Life, Order, Source, Task};
use super::words::{OrderKind, OrderStage, WhistleKind};
use crate::access::{Action, Denied, Resource, Role, State};
use crate::context::{Context, Decision, optional};
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::matters::{Holder, PhotoDigest};
use crate::meetings::Money;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;

/// Work or a letter to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// Work or letter.
    pub kind: OrderKind,
    /// Where it comes from.
    pub source: Source,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// What it costs.
    pub money: Option<Money>,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that sends it.
    pub desk: PlaceId,
    /// The street's desk.
    pub street: PlaceId,
    /// Who is to do it.
    pub holder: Holder,
    /// The person, when a person is to.
    pub person: Option<AccountId>,
    /// By when it must be done.
    pub finish_by: Moment,
}

/// A whistle to be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Why the street should whistle.
    pub whistle: WhistleKind,
    /// Where it comes from.
    pub source: Source,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// What it costs.
    pub money: Option<Money>,
    /// Why the community cannot do it.
    pub reason: String,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that asks.
    pub desk: PlaceId,
    /// The street's desk.
    pub street: PlaceId,
    /// Departments asked for, beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Which of them leads.
    pub lead: OrganisationId,
    /// By when it should be done.
    pub finish_by: Moment,
}

fn task(task: &str, acceptance: &str, money: Option<Money>, ctx: &Context) -> Result<Task, Refusal> {
    Ok(Task { task: ctx.note("task", task)?, acceptance: ctx.line("acceptance", acceptance)?, money })
}

fn all(departments: Vec<OrganisationId>, lead: OrganisationId) -> Vec<OrganisationId> {
    let mut all = vec![lead];
    for department in departments {
        if !all.contains(&department) {
            all.push(department);
        }
    }
    all
}

/// Sends work or a letter.
///
/// # Errors
/// When the actor may not, or the deadline is past.
pub fn send(input: Send, ctx: &Context) -> Result<Decision<Event>, Refusal> {
    let here = Resource { path: ctx.path.to_vec(), ..Resource::default() };
    let role = ctx.allows(Action::Order, &here)?;
    if input.finish_by <= ctx.now {
        return Err(Refusal::Past);
    }
    let d = &ctx.rules.deadlines;
    let days = match input.kind {
        OrderKind::Letter => {
            if !matches!(input.holder, Holder::Organisation(_)) {
                return Err(Refusal::NeedsOrganisation);
            }
            d.follow_up.days
        }
        // A whistle is asked for, not sent: only the street blows one.
        OrderKind::Whistle => return Err(Refusal::OnlyStreet),
        OrderKind::Work => d.sign.days,
    };
    let event = Event::Sent {
        time: ctx.now,
        order: input.kind,
        source: input.source,
        task: task(&input.task, &input.acceptance, input.money, ctx)?,
        place: input.place,
        desk: input.desk,
        street: input.street,
        holder: input.holder,
        person: input.person.map(Sealed::Kept),
        report_by: ctx.now.end_of_day_after(days),
        finish_by: input.finish_by,
        rules: ctx.rules.citation(),
        by: ctx.by(),
    };
    Ok(Decision { role, events: vec![event] })
}

/// Asks the street to whistle.
///
/// # Errors
/// When the actor may not, or the deadline is past.
pub fn ask(input: Ask, ctx: &Context) -> Result<Decision<Event>, Refusal> {
    let here = Resource { path: ctx.path.to_vec(), ..Resource::default() };
    let role = ctx.allows(Action::Order, &here)?;
    if input.finish_by <= ctx.now {
        return Err(Refusal::Past);
    }
    let d = &ctx.rules.deadlines;
    let due = match input.whistle {
        WhistleKind::Emergency => ctx.now.plus_seconds(i64::from(d.emergency_decision.minutes) * 60),
        WhistleKind::Hard | WhistleKind::Enforcement => ctx.now.end_of_day_after(d.blow.days),
    };
    let event = Event::Asked {
        time: ctx.now,
        whistle: input.whistle,
        source: input.source,
        task: task(&input.task, &input.acceptance, input.money, ctx)?,
        reason: ctx.note("reason", &input.reason)?,
        place: input.place,
        desk: input.desk,
        street: input.street,
        departments: all(input.departments, input.lead),
        lead: input.lead,
        finish_by: input.finish_by,
        due,
        rules: ctx.rules.citation(),
        by: ctx.by(),
    };
    Ok(Decision { role, events: vec![event] })
}

/// What can be asked of an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The street whistles.
    Blow {
        /// Why.
        whistle: WhistleKind,
        /// Departments, beside the lead.
        departments: Vec<OrganisationId>,
        /// Which of them leads.
        lead: OrganisationId,
        /// By when each reports in; by the rules when absent.
        arrive_by: Option<Moment>,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// The street does not whistle.
    Decline {
        /// Why.
        reason: String,
    },
    /// A body reports in, or signs for the work.
    ReportIn {
        /// Which; the actor's own when absent.
        organisation: Option<OrganisationId>,
        /// Who came, what was found.
        note: String,
    },
    /// Something was done.
    Progress {
        /// What.
        note: String,
        /// Photos, stored already.
        photos: Vec<PhotoDigest>,
    },
    /// A letter was followed up.
    FollowUp {
        /// What came of it.
        note: String,
    },
    /// "Not ours".
    Dispute {
        /// Why.
        reason: String,
    },
    /// The street rules whose it is.
    Rule {
        /// Who leads from now on.
        holder: Holder,
        /// Why.
        reason: String,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// It is done.
    Done {
        /// What was done.
        note: String,
        /// Photos as proof, stored already.
        photos: Vec<PhotoDigest>,
    },
    /// Publish one photo.
    PublishPhoto(PhotoDigest),
    /// It is accepted.
    Accept {
        /// A word with it.
        note: String,
    },
    /// It is sent back.
    Return {
        /// Why.
        reason: String,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// What was suspended goes on.
    Resume {
        /// Why.
        reason: String,
        /// By when it must be done.
        finish_by: Moment,
    },
    /// It is withdrawn.
    Withdraw {
        /// Why.
        reason: String,
    },
}

/// What a command brings about.
///
/// # Errors
/// The rule it would break.
pub fn decide(order: &Order, command: Command, ctx: &Context) -> Result<Decision<Event>, Refusal> {
    let life = order.life()?;
    let (time, by) = (ctx.now, ctx.by());
    let may = |action| ctx.allows(action, &order.resource(ctx.path));
    let d = &ctx.rules.deadlines;
    let future = |moment: Moment| if moment <= time { Err(Refusal::Past) } else { Ok(moment) };
    let (role, event) = match command {
        Command::Blow { whistle, departments, lead, arrive_by, finish_by } => {
            let role = may(Action::Blow)?;
            at_stage(life, OrderStage::Asked)?;
            let by_rules = match whistle {
                WhistleKind::Emergency => time.plus_seconds(i64::from(d.emergency.minutes) * 60),
                WhistleKind::Enforcement => time.end_of_day_after(d.enforcement.days),
                WhistleKind::Hard => time.end_of_day_after(d.hard.days),
            };
            let arrive_by = future(arrive_by.unwrap_or(by_rules))?;
            let finish_by = future(finish_by)?;
            let departments = all(departments, lead);
            (role, Event::Blown { time, whistle, departments, lead, arrive_by, finish_by, by })
        }
        Command::Decline { reason } => {
            let role = may(Action::Blow)?;
            at_stage(life, OrderStage::Asked)?;
            (role, Event::Declined { time, reason: ctx.note("reason", &reason)?, by })
        }
        Command::ReportIn { organisation, note } => {
            let role = may(Action::ReportIn)?;
            let organisation = acting_for(life, role, organisation, ctx)?;
            if organisation.is_some_and(|one| life.arrived.contains_key(&one))
                || (organisation.is_none() && life.signed.is_some())
            {
                return Err(Refusal::Exists);
            }
            (role, Event::ReportedIn { time, organisation, note: optional(ctx.line("note", &note))?, by })
        }
        Command::Progress { note, photos } => {
            let role = may(Action::WorkOn)?;
            let organisation = acting_for(life, role, None, ctx)?;
            let photos = ctx.photos(photos)?;
            (role, Event::Progressed { time, organisation, note: ctx.note("note", &note)?, photos, by })
        }
        Command::FollowUp { note } => {
            let role = may(Action::FollowUp)?;
            if life.kind != OrderKind::Letter {
                return Err(Refusal::NotALetter);
            }
            let due = time.end_of_day_after(d.follow_up.days);
            (role, Event::FollowedUp { time, note: ctx.note("note", &note)?, due, by })
        }
        Command::Dispute { reason } => {
            let role = may(Action::Dispute)?;
            // Whoever the street named carries it out.
            if life.ruled.is_some() {
                return Err(Denied::Stage(State::Order(life.stage)).into());
            }
            let organisation = acting_for(life, role, None, ctx)?;
            let due = time.end_of_day_after(d.dispute.days);
            (role, Event::Disputed { time, organisation, reason: ctx.note("reason", &reason)?, due, by })
        }
        Command::Rule { holder, reason, finish_by } => {
            let role = may(Action::Blow)?;
            at_stage(life, OrderStage::Disputed)?;
            if life.kind != OrderKind::Work && !matches!(holder, Holder::Organisation(_)) {
                return Err(Refusal::NeedsOrganisation);
            }
            let report_by = time.end_of_day_after(d.sign.days);
            let (reason, finish_by) = (ctx.note("reason", &reason)?, future(finish_by)?);
            (role, Event::Ruled { time, holder, reason, report_by, finish_by, by })
        }
        Command::Done { note, photos } => {
            let role = may(Action::WorkOn)?;
            let organisation = acting_for(life, role, None, ctx)?;
            if life.kind == OrderKind::Whistle && organisation != lead(life) && role.of_organisation() {
                return Err(Refusal::OnlyLead);
            }
            let photos = ctx.photos(photos)?;
            let due = time.end_of_day_after(d.accept.days);
            (role, Event::Done { time, organisation, note: ctx.note("note", &note)?, photos, due, by })
        }
        Command::PublishPhoto(photo) => {
            let role = may(Action::PublishProof)?;
            if !life.photos.contains(&photo) || life.published.contains(&photo) {
                return Err(Refusal::Photo);
            }
            (role, Event::PhotoPublished { time, photo, by })
        }
        Command::Accept { note } => {
            let role = may(Action::Accept)?;
            (role, Event::Accepted { time, note: optional(ctx.note("note", &note))?, by })
        }
        Command::Return { reason, finish_by } => {
            let role = may(Action::Accept)?;
            let (reason, finish_by) = (ctx.note("reason", &reason)?, future(finish_by)?);
            (role, Event::Returned { time, reason, finish_by, by })
        }
        Command::Resume { reason, finish_by } => {
            let role = may(Action::Settle)?;
            let (reason, finish_by) = (ctx.note("reason", &reason)?, future(finish_by)?);
            (role, Event::Resumed { time, reason, finish_by, by })
        }
        Command::Withdraw { reason } => {
            let role = may(Action::Withdraw)?;
            (role, Event::Withdrawn { time, reason: ctx.note("reason", &reason)?, by })
        }
    };
    Ok(Decision { role, events: vec![event] })
}

/// Suspends an order, since an objection was upheld; nothing when it is at its end or rests
/// already. `role` is the one the objection was ruled on in.
#[must_use]
pub fn suspend(order: &Order, reason: String, role: Role, ctx: &Context) -> Option<Decision<Event>> {
    order.next()?;
    if order.stage() == Some(OrderStage::Suspended) {
        return None;
    }
    let due = ctx.now.end_of_day_after(ctx.rules.deadlines.objection.days);
    Some(Decision { role, events: vec![Event::Suspended { time: ctx.now, reason, due, by: ctx.by() }] })
}

fn at_stage(life: &Life, stage: OrderStage) -> Result<(), Refusal> {
    if life.stage == stage { Ok(()) } else { Err(Denied::Stage(State::Order(life.stage)).into()) }
}

fn lead(life: &Life) -> Option<OrganisationId> {
    match life.holder {
        Holder::Organisation(organisation) => Some(organisation),
        _ => None,
    }
}

/// The body somebody acts for: one's own where one belongs to one of those called; else, at
/// the desk, the one named, or the lead.
fn acting_for(
    life: &Life,
    role: Role,
    named: Option<OrganisationId>,
    ctx: &Context,
) -> Result<Option<OrganisationId>, Refusal> {
    if role.of_organisation() {
        let own = || ctx.actor.current(ctx.now).filter_map(|grant| grant.organisation);
        let found = own()
            .find(|organisation| Some(*organisation) == lead(life))
            .or_else(|| own().find(|organisation| life.parties.contains(organisation)));
        return found.map(Some).ok_or(Denied::Elsewhere.into());
    }
    match named.or_else(|| lead(life)) {
        Some(organisation) if !life.parties.contains(&organisation) => Err(Refusal::NotInvited),
        organisation => Ok(organisation),
    }
}
