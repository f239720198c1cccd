//! How an order begins, whoever sends it: from a matter ([`Send`](super::Send),
//! [`Ask`](super::Ask)), or from what a meeting agreed on or an emergency frees, which is an effect
//! of that one's command.

use super::{Event, Order, OrderId, OrderKind, Refusal, Rules, Source, Task, WhistleKind};
use crate::ballots::{self, Decides, Leave, Said};
use crate::matters::{StageKind, ToHold};
use yishi_kernel::access::About;
use yishi_kernel::command::Effect;
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Denied, Holder, Moment, OrganisationId, PlaceId, Resource, Sealed};

/// Where an order belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desks {
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that sends it and accepts it.
    pub desk: PlaceId,
    /// The street's desk, which whistles and rules.
    pub street: PlaceId,
}

/// The matter that an order is about, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Where the matter stands.
    pub stage: StageKind,
    /// Whom it is about: they pass on nothing of it.
    pub about: About,
    /// Where the order belongs.
    pub desks: Desks,
    /// Whoever is to do it, as far as that is a person.
    pub to: ToHold,
    /// The last whistle about it, where the street declined that.
    pub declined: Option<OrderId>,
}

impl Origin {
    /// The place at which something of the matter is passed on.
    pub(super) fn at(&self, path: &[PlaceId]) -> Resource {
        Resource { desk: Some(self.desks.desk), ..Resource::at(path) }.concerning(&self.about)
    }

    /// Only what somebody is at work on can be passed on.
    pub(super) fn in_hand(&self) -> Result<Desks, Denied> {
        if self.stage == StageKind::InHand { Ok(self.desks) } else { Err(Denied::stage(self.stage)) }
    }
}

/// An order begins: what is to be done, and how it goes out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ordered {
    /// Where it comes from.
    pub source: Source,
    /// Where it belongs.
    pub desks: Desks,
    /// The organisation that the matter is about which it comes from.
    pub about: Option<OrganisationId>,
    /// Whose decision it carries out.
    pub decides: Decides,
    /// By what it leaves, where that is the owners'.
    pub leave: Option<Leave>,
    /// What is to be done.
    pub task: Task,
    /// How it goes out.
    pub to: To,
    /// By when it must be done.
    pub finish_by: Moment,
    /// The declined one that it comes after.
    pub after: Option<OrderId>,
    /// By which class of limits its day follows, where somebody chose one.
    pub limited: Option<Event>,
}

/// How an order goes out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum To {
    /// Work or a letter.
    Sent {
        /// Which of them.
        kind: OrderKind,
        /// Who is to do it.
        holder: Holder,
        /// The person, when a person is to.
        person: Option<AccountId>,
    },
    /// A whistle, to be asked of the street.
    Asked {
        /// Why the street should whistle.
        whistle: WhistleKind,
        /// Why the community cannot do it.
        reason: String,
        /// Departments asked for, beside the lead.
        departments: Vec<OrganisationId>,
        /// Which of them leads.
        lead: OrganisationId,
    },
}

impl Effect for Ordered {
    type On = Order;

    fn apply(&self, on: Option<&Order>, ctx: &Context) -> Result<Vec<Event>, crate::Refusal> {
        match on {
            Some(_) => Err(Common::Exists.into()),
            None => self.events(ctx),
        }
    }
}

impl Ordered {
    /// How it begins, whatever it comes from: the one gate before all that is sent or asked for.
    pub(super) fn events(&self, ctx: &Context) -> Result<Vec<Event>, crate::Refusal> {
        self.decides.must_be_free(self.leave)?;
        let decides = Event::Decides { decides: self.decides.clone(), leave: self.leave };
        let after = self.after.map(|declined| Event::ComesAfter { declined });
        let limited = self.limited.clone();
        Ok([self.event(ctx)?, decides].into_iter().chain(after).chain(limited).collect())
    }

    fn event(&self, ctx: &Context) -> Result<Event, crate::Refusal> {
        let finish_by = ctx.future("finish", self.finish_by)?;
        match &self.to {
            To::Sent { kind, holder, person } => self.sent(*kind, *holder, *person, finish_by, ctx),
            To::Asked { whistle, reason, departments, lead } => {
                let Desks { place, desk, street } = self.desks;
                Ok(Event::Asked {
                    whistle: *whistle,
                    source: self.source,
                    about: self.about,
                    task: self.task(ctx)?,
                    reason: ctx.note("reason", reason)?,
                    place,
                    desk,
                    street,
                    departments: called(departments, *lead),
                    lead: *lead,
                    finish_by,
                    due: ctx.due(ctx.section::<Rules>().decision(*whistle)).at,
                    rules: ctx.rules.digest().to_owned(),
                })
            }
        }
    }

    fn sent(
        &self,
        order: OrderKind,
        holder: Holder,
        person: Option<AccountId>,
        finish_by: Moment,
        ctx: &Context,
    ) -> Result<Event, crate::Refusal> {
        let rules = ctx.section::<Rules>();
        let rule = match order {
            OrderKind::Letter if holder.organisation().is_none() => {
                return Err(Common::NeedsOrganisation.into());
            }
            OrderKind::Letter => &rules.follow_up,
            // A whistle is asked for, not sent: only the street blows one.
            OrderKind::Whistle => return Err(Refusal::OnlyStreet.into()),
            OrderKind::Work => &rules.sign,
        };
        // What is done within hours is signed for within them.
        let report_by = match order {
            OrderKind::Work => ctx.due(rule).at.min(finish_by),
            OrderKind::Letter | OrderKind::Whistle => ctx.due(rule).at,
        };
        let Desks { place, desk, street } = self.desks;
        Ok(Event::Sent {
            order,
            source: self.source,
            about: self.about,
            task: self.task(ctx)?,
            place,
            desk,
            street,
            holder,
            person: person.map(Sealed::Kept),
            report_by,
            finish_by,
            rules: ctx.rules.digest().to_owned(),
        })
    }

    fn task(&self, ctx: &Context) -> Result<Task, crate::Refusal> {
        // What a meeting agreed, an emergency frees, or the street declined was looked at when it was
        // written.
        let written = matches!(self.source, Source::Action { .. }) || self.after.is_some();
        if written || matches!(self.leave, Some(Leave::Emergency(_))) {
            return Ok(self.task.clone());
        }
        let task = ctx.note("task", &self.task.task)?;
        let acceptance = ctx.line("acceptance", &self.task.acceptance)?;
        Ok(Task { task, acceptance, money: self.task.money.clone() })
    }
}

/// Whose decision it is that a matter's work is of, by what somebody picked and wrote.
pub(super) fn decides(item: &str, task: &str, ctx: &Context) -> Result<Decides, crate::Refusal> {
    Ok(ctx.section::<ballots::Rules>().decides(item, Said { task, money: "" })?)
}

/// Each body once, the lead first.
pub(super) fn called(departments: &[OrganisationId], lead: OrganisationId) -> Vec<OrganisationId> {
    let mut called = vec![lead];
    for department in departments {
        if !called.contains(department) {
            called.push(*department);
        }
    }
    called
}
