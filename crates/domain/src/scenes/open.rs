//! Writing down what was found and agreed at the scene (登记现场会商记录): by the body that leads, by
//! the community or by the street, while the whistled order is at work.

use super::{Agreed, Event, OPEN, Refusal, Rules, Scene, SignedHow};
use crate::dispatch::{Order, OrderId, OrderKind, OrderStage};
use std::collections::BTreeSet;
use yishi_kernel::access::roles::STREET;
use yishi_kernel::named::Named;
use yishi_kernel::{
    Actor, Context, Decided, Holder, Moment, OrganisationId, PlaceId, Resource, Right, Role, Start,
    Stream as _,
};

/// How many lines one record has at most: so many stand on one sheet.
pub const MOST: usize = FIELDS.len();

/// The fields of a line.
pub(super) struct LineFields {
    pub body: &'static str,
    pub what: &'static str,
    pub due: &'static str,
}

macro_rules! fields {
    ($($n:literal),+) => {
        [$(LineFields {
            body: concat!("body-", $n),
            what: concat!("what-", $n),
            due: concat!("due-", $n),
        }),+]
    };
}

pub(super) static FIELDS: [LineFields; 6] = fields!(1, 2, 3, 4, 5, 6);

/// Write it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// The whistled order.
    pub order: OrderId,
    /// When they met.
    pub met: Moment,
    /// The bodies that came, called or not.
    pub came: Vec<OrganisationId>,
    /// Who came in person, for the internal copy alone; may be empty.
    pub people: String,
    /// What was found.
    pub findings: String,
    /// Who does what by when.
    pub lines: Vec<Line>,
}

/// A line as it is typed (分工).
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which one of the sheet, from 0: lines between may be empty.
    pub row: usize,
    /// Which body; none for the desk's own people.
    pub body: Option<OrganisationId>,
    /// What.
    pub what: String,
    /// By when.
    pub due: Moment,
}

impl Start for Open {
    type Of = Scene;
    type Facts = Order;

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn names(&self) -> Vec<Named> {
        let of_lines = self.lines.iter().filter_map(|line| line.body);
        let came = Named::bodies("came", self.came.iter().copied());
        came.into_iter().chain(Named::bodies("came", of_lines)).collect()
    }

    fn resource(&self, order: &Order, ctx: &Context) -> Resource {
        scene_of(order, ctx.path, ctx.actor)
    }

    fn start(self, order: &Order, ctx: &Context) -> Result<Decided<Scene>, yishi_kernel::Refusal> {
        let keeper = takes_down(order, ctx.actor, ctx.role, ctx.now)?;
        let came: BTreeSet<OrganisationId> = self.came.into_iter().collect();
        if came.is_empty() {
            return Err(Refusal::Nobody.into());
        }
        // A time is typed to the minute: that of the whistle is not before it.
        let before = |blown: Moment| self.met.plus_seconds(60) <= blown;
        if self.met > ctx.now || order.blown.is_none_or(before) {
            return Err(Refusal::Met.into());
        }
        if self.lines.is_empty() {
            return Err(Refusal::NoLines.into());
        }
        let mut lines = Vec::with_capacity(self.lines.len());
        for Line { row, body, what, due } in self.lines {
            let field = FIELDS.get(row).ok_or(Refusal::TooManyLines)?;
            if body.is_some_and(|body| !came.contains(&body)) {
                return Err(Refusal::NotThere { row }.into());
            }
            let (what, due) = (ctx.line(field.what, &what)?, ctx.future(field.due, due)?);
            lines.push(Agreed { body, what, due });
        }
        let opened = Event::Opened {
            order: self.order,
            source: order.source,
            place: order.place,
            desk: order.desk,
            keeper,
            met: self.met,
            came: came.iter().copied().collect(),
            people: ctx.private("people", &self.people)?,
            findings: ctx.note("findings", &self.findings)?,
            lines,
            due: ctx.due(&ctx.section::<Rules>().sign).at,
            rules: ctx.rules.digest().to_owned(),
        };
        // Whoever writes it down stands by it.
        let own = keeper.organisation().filter(|body| came.contains(body));
        let signed = own.map(|body| Event::Signed { body, how: SignedHow::Account });
        Ok(Decided::all(std::iter::once(opened).chain(signed).collect()))
    }
}

/// The scene of an order, before there is a record of it: whom the order calls reaches it, and they
/// judge nothing there.
#[must_use]
pub fn scene_of(order: &Order, path: &[PlaceId], actor: &Actor) -> Resource {
    Resource { stage: None, about: Vec::new(), ..order.resource(path, actor) }.concerning(&order.about)
}

/// Who keeps the record when somebody writes it down in a role.
///
/// # Errors
/// When the order calls nobody now, or another body leads.
pub fn takes_down(order: &Order, actor: &Actor, role: Role, now: Moment) -> Result<Holder, Refusal> {
    let called = order.kind == OrderKind::Whistle
        && matches!(order.stage, OrderStage::Sent | OrderStage::InWork | OrderStage::Disputed);
    if !called {
        return Err(Refusal::Order(order.stage));
    }
    if STREET.has(role) {
        return Ok(Holder::Desk(order.street));
    }
    if !role.of_organisation() {
        return Ok(Holder::Desk(order.desk));
    }
    let own = |lead: &OrganisationId| actor.current(now).any(|grant| grant.organisation == Some(*lead));
    let lead = order.lead().filter(own);
    lead.map(Holder::Organisation).ok_or(Refusal::NotLead)
}
