//! Orders as pages and desks list them.

use crate::paging::{Key, MORE, Paged, below};
use crate::papers::Numbered;
use crate::relations::Relation;
use yishi_domain::dispatch::{LimitClass, OrderId, OrderKind, OrderStage, OrderStep, Rung, WhistleKind};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{ActionId, MeetingId};
use yishi_domain::papers::PaperKind;
use yishi_domain::topics::TopicId;
use yishi_kernel::StreamName;
use yishi_kernel::{Moment, OrganisationId, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// An order as listed.
    pub OrderRow, from "work_order o" {
        /// The ledger.
        ledger: PlaceId = "o.ledger",
        /// The order.
        id: OrderId = "o.id",
        /// Its number: that of its first entry.
        number: i64 = "o.number",
        /// What it is.
        kind: OrderKind = "o.kind",
        /// Why the street whistles.
        whistle: Option<WhistleKind> = "o.whistle",
        /// Where it stands.
        stage: OrderStage = "o.stage",
        /// What is to be done.
        task: String = "o.task",
        /// The place.
        place: PlaceId = "o.place",
        /// The key of who is to do it, or leads.
        doer: String = "o.doer",
        /// The topic it comes from.
        topic: Option<TopicId> = "o.topic",
        /// The meeting it comes from.
        meeting: Option<MeetingId> = "o.meeting",
        /// The action it carries out.
        action: Option<ActionId> = "o.action",
        /// The matter it comes from.
        matter: Option<MatterId> = "o.matter",
        /// When it was sent or asked for.
        opened: Moment = "o.opened",
        /// What comes next, and by when.
        next: Option<(OrderStep, Moment)> = "o.step, o.due",
        /// By when it must be reported in.
        report_by: Moment = "o.report_by",
        /// By when it must be done.
        finish_by: Moment = "o.finish_by",
        /// By which class of limits, where somebody chose one.
        limit: Option<LimitClass> = "o.limit_class",
        /// A published photo.
        photo: Option<String> = "o.photo",
        /// When it came to its end.
        ended: Option<Moment> = "o.ended",
        /// What it costs, in fen, and where that comes from.
        money: Option<(u64, String)> = "o.fen, o.money",
    }
}

row! {
    /// An order that calls a body and is not at its end.
    #[derive(Copy)]
    pub CallingRow, from "order_party" {
        /// The ledger.
        ledger: PlaceId,
        /// The order.
        id: OrderId = "work_order",
        /// The body.
        organisation: OrganisationId,
    }
}

row! {
    /// A whistle that was reported above.
    pub ReportedRow, from "order_rung g join work_order o on o.ledger = g.ledger and o.id = g.work_order" {
        /// The ledger.
        ledger: PlaceId = "g.ledger",
        /// The order.
        id: OrderId = "g.work_order",
        /// The number of its first entry.
        number: i64 = "o.number",
        /// What is to be done.
        task: String = "o.task",
        /// The place.
        place: PlaceId = "o.place",
        /// Since when.
        since: Moment = "g.since",
    }
}

row! {
    /// A whistle that climbs.
    #[derive(Copy)]
    pub(crate) ClimbingRow, from "order_rung" {
        /// The ledger.
        ledger: PlaceId,
        /// The order.
        id: OrderId = "work_order",
    }
}

impl Numbered for OrderRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        super::tables::paper(self.kind)
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

/// Orders that come from a matter.
pub static PASSED_ON: Relation =
    Relation { rows: "work_order where work_order.ledger = g.ledger and work_order.matter = g.member" };

query! {
    OPEN: OrderRow => "where o.ledger = ?1 and o.open = 1 order by o.opened desc, o.id desc";
    ENDED: OrderRow => "where o.ledger = ?1 and o.open = 0 and (o.opened, o.id) < (?2, ?3) order by o.opened desc, o.id desc limit ?4";
    ENDED_BY: OrderRow => "where o.ledger = ?1 and o.open = 0 and o.limit_class = ?5 and (o.opened, o.id) < (?2, ?3)
         order by o.opened desc, o.id desc limit ?4";
    COUNT_ENDED_BY: u64 = "select count(*) from work_order where ledger = ?1 and open = 0 and limit_class = ?2";
    COUNT_ENDED: u64 = "select count(*) from work_order where ledger = ?1 and open = 0";
    COSTING: OrderRow => "where o.ledger = ?1 and o.fen is not null and o.opened >= ?2 and o.opened < ?3
         order by o.opened, o.id";
    ONE: OrderRow => "where o.ledger = ?1 and o.id = ?2";
    OF_TOPIC: OrderRow => "where o.ledger = ?1 and o.topic = ?2 order by o.opened, o.id";
    /// How many orders of a topic are not done with.
    pub(crate) OPEN_OF: u64 = "select count(*) from work_order where ledger = ?1 and topic = ?2 and step is not null";
    OF_MATTER: OrderRow => "where o.ledger = ?1 and o.matter in
         (select member from family where ledger = ?1 and root = ?2 union values (?2)) order by o.opened, o.id",
        sorts "the orders of a matter";
    OF_MATTERS: OrderRow => "where o.ledger = ?1 and o.matter in (?2, …)";
    SOME: OrderRow => "where (o.ledger, o.id) in (values (?1, ?2), …)";
    REPORTED: ReportedRow => "where g.street = ?1 and g.rung = ?2 order by g.since, g.ledger, g.work_order";
    /// Whistles of which something is due to climb.
    pub(crate) CLIMBING: ClimbingRow => "where climbs <= ?1 order by climbs, ledger, work_order limit ?2";
    CALLING: CallingRow => "where organisation in (?1, …) and open = 1 order by due, ledger, work_order",
        sorts "what is open for the bodies somebody acts for";
}

/// Orders of a ledger that are not at their end, the latest first.
pub async fn open(db: &Db, ledger: PlaceId) -> Result<Vec<OrderRow>, Fault> {
    OPEN.all(db, &args![ledger]).await
}

/// A page of the orders of a ledger that are at their end, the latest first; of one class of limits,
/// where one is asked for.
pub async fn ended(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<OrderId>>,
    class: Option<LimitClass>,
) -> Result<Paged<OrderRow>, Fault> {
    let (opened, id) = below(before);
    let rows = match class {
        None => ENDED.all(db, &args![ledger, opened, id, MORE]).await?,
        Some(class) => ENDED_BY.all(db, &args![ledger, opened, id, MORE, class]).await?,
    };
    Ok(Paged::of(rows, |order| (order.opened, order.id)))
}

/// Orders of a ledger that cost something, sent from one moment on and before another.
pub async fn costing(
    db: &Db,
    ledger: PlaceId,
    (from, until): (Moment, Moment),
) -> Result<Vec<OrderRow>, Fault> {
    COSTING.all(db, &args![ledger, from, until]).await
}

/// How many orders of a ledger are at their end; of one class of limits, where one is asked for.
pub async fn ended_count(db: &Db, ledger: PlaceId, class: Option<LimitClass>) -> Result<u64, Fault> {
    let found = match class {
        None => COUNT_ENDED.all(db, &args![ledger]).await?,
        Some(class) => COUNT_ENDED_BY.all(db, &args![ledger, class]).await?,
    };
    Ok(found.iter().sum())
}

/// One order as listed.
pub async fn order(db: &Db, ledger: PlaceId, id: OrderId) -> Result<Option<OrderRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several orders as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, OrderId)]) -> Result<Vec<OrderRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// Orders that carry out what was decided about a topic, oldest first.
pub async fn of_topic(db: &Db, ledger: PlaceId, topic: TopicId) -> Result<Vec<OrderRow>, Fault> {
    OF_TOPIC.all(db, &args![ledger, topic]).await
}

/// Orders about a matter and all that were merged into it, oldest first: the work goes on where
/// the people went. One that was merged itself keeps its own to show.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<OrderRow>, Fault> {
    OF_MATTER.all(db, &args![ledger, matter]).await
}

/// Orders about several matters themselves, in any order.
pub async fn of_matters(db: &Db, ledger: PlaceId, matters: &[MatterId]) -> Result<Vec<OrderRow>, Fault> {
    if matters.is_empty() {
        return Ok(Vec::new());
    }
    OF_MATTERS.all(db, &args_and(args![ledger], matters.iter().copied())).await
}

/// Orders not at their end that call any of some bodies, the most urgent first: those they lead
/// and those where they only have to come, also once they came and nothing waits for them.
pub async fn calling(db: &Db, bodies: &[OrganisationId]) -> Result<Vec<CallingRow>, Fault> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    CALLING.all(db, &args_and([], bodies.iter().copied())).await
}

/// Whistles of a street that were reported so far above and still wait, the longest first.
pub async fn reported(db: &Db, street: PlaceId, rung: Rung) -> Result<Vec<ReportedRow>, Fault> {
    REPORTED.all(db, &args![street, rung]).await
}
