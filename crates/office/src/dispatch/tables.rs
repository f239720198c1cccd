//! Tables of orders, and of the bodies each one calls.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use crate::papers::Issued;
use yishi_domain::dispatch::{
    CORRECT, Climbed, ERASE, LimitClass, Order, OrderId, OrderKind, OrderStage, OrderStep, Rung, Source,
    WhistleKind,
};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{ActionId, MeetingId};
use yishi_domain::papers::PaperKind;
use yishi_domain::topics::TopicId;
use yishi_kernel::cell::{Flag, HolderWord, Number};
use yishi_kernel::{HolderKey, Loaded, Moment, OrganisationId, PhotoDigest, PlaceId, Right, Stream};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of orders.
pub(crate) static TABLES: &[&Table] = &[OrderLine::TABLE, OrderParty::TABLE, OrderRung::TABLE];

table! {
    /// Orders: work, whistles and letters. `doer` is the key of who is to do it, or leads; `open`
    /// while it is not at its end; `fen` and `money` are what it costs and where that comes from.
    pub(crate) OrderLine in "work_order", key (ledger, id) {
        ledger: PlaceId,
        id: OrderId,
        number: Number,
        kind: OrderKind,
        whistle: Option<WhistleKind>,
        stage: OrderStage,
        task: String,
        place: PlaceId,
        doer: HolderWord,
        topic: Option<TopicId>,
        meeting: Option<MeetingId>,
        action: Option<ActionId>,
        matter: Option<MatterId>,
        opened: Moment,
        step: Option<OrderStep>,
        open: Flag,
        due: Option<Moment>,
        report_by: Moment,
        finish_by: Moment,
        limit_class: Option<LimitClass>,
        photo: Option<PhotoDigest>,
        ended: Option<Moment>,
        fen: Option<u64>,
        money: Option<String>,
    }
    index work_order_money (ledger, opened, id) where fen;
    index work_order_list (ledger, open, opened, id);
    index work_order_limit (ledger, open, limit_class, opened, id);
    index work_order_topic (ledger, topic, opened, id);
    index work_order_matter (ledger, matter, opened, id);
}

table! {
    /// Bodies that an order calls; `open` while it is not at its end.
    pub(crate) OrderParty in "order_party", key (ledger, work_order, organisation) {
        ledger: PlaceId,
        work_order: OrderId,
        organisation: OrganisationId,
        leads: Flag,
        due: Moment,
        arrived: Option<Moment>,
        open: Flag,
    }
    index order_party_open (organisation, open, due, ledger, work_order);
}

table! {
    /// Whistles that climb or can: how far the highest of what they wait for is since when, and when
    /// the next step is due.
    pub(crate) OrderRung in "order_rung", key (ledger, work_order) {
        ledger: PlaceId,
        work_order: OrderId,
        street: PlaceId,
        rung: Option<Rung>,
        since: Option<Moment>,
        climbs: Option<Moment>,
    }
    index order_rung_climbs (climbs, ledger, work_order) where climbs;
    index order_rung_street (street, rung, since, ledger, work_order) where rung;
}

/// The paper that an order is.
pub(crate) fn paper(kind: OrderKind) -> PaperKind {
    match kind {
        OrderKind::Work => PaperKind::Work,
        OrderKind::Whistle => PaperKind::Whistle,
        OrderKind::Letter => PaperKind::Letter,
    }
}

impl Viewed for Order {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        match self.source {
            Source::Action { topic, .. } => Follows { matters: Vec::new(), topics: vec![topic] },
            Source::Matter(matter) => Follows { matters: vec![matter], topics: Vec::new() },
        }
    }

    fn papers(&self) -> Vec<Issued> {
        let kind = paper(self.kind);
        match self.kind {
            OrderKind::Work | OrderKind::Letter => vec![Issued::first(kind, self.opened)],
            // The street's, from when it blows: what the community asks for is no whistle yet.
            OrderKind::Whistle => {
                let blown = self.blown.map(|at| Issued::later(kind, "order.blown", at));
                blown.map(|issued| Issued { issuer: Some(self.street), ..issued }).into_iter().collect()
            }
        }
    }

    fn rows(ledger: PlaceId, id: &str, order: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (topic, meeting, action, matter) = match order.source {
            Source::Action { topic, meeting, action } => (Some(topic), Some(meeting), Some(action), None),
            Source::Matter(matter) => (None, None, None, Some(matter)),
        };
        let (step, due) = next(&order.waits());
        let open = Flag::from(step.is_some());
        Rows::of(OrderLine {
            ledger,
            id,
            number: Number::Own,
            kind: order.kind,
            whistle: order.whistle,
            stage: order.stage,
            task: order.task.task.to_string(),
            place: order.place,
            doer: HolderKey::of(order.holder, None).into(),
            topic,
            meeting,
            action,
            matter,
            opened: order.opened,
            step,
            open,
            due,
            report_by: order.report_by,
            finish_by: order.finish_by,
            limit_class: order.limit,
            photo: order.published.first().cloned(),
            ended: order.ended,
            fen: order.task.money.as_ref().map(|money| money.fen),
            money: order.task.money.as_ref().map(|money| money.source.to_string()),
        })
        .and(order.parties.iter().map(|organisation| OrderParty {
            ledger,
            work_order: id,
            organisation: *organisation,
            leads: Flag::from(order.lead() == Some(*organisation)),
            due: order.part_wait(*organisation).map_or(order.report_by, |wait| wait.due),
            arrived: order.arrived.get(organisation).copied(),
            open,
        }))
        .and(rung(ledger, id, order))
    }
}

/// How a whistle climbs, where it does.
fn rung(ledger: PlaceId, id: OrderId, order: &Order) -> Option<OrderRung> {
    let (rung, since) = order.climbed().next().and_then(Climbed::at).unzip();
    let climbs = order.climbs();
    let (work_order, street) = (id, order.street);
    (rung.is_some() || climbs.is_some()).then_some(OrderRung {
        ledger,
        work_order,
        street,
        rung,
        since,
        climbs,
    })
}
