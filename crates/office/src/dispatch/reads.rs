//! Orders as pages and desks list them.

use crate::features::LIST;
use yishi_domain::dispatch::{OrderId, OrderKind, OrderStage, OrderStep, WhistleKind};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{ActionId, MeetingId};
use yishi_domain::topics::TopicId;
use yishi_kernel::{HolderKey, Moment, OrganisationId, PlaceId};
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
        /// A published photo.
        photo: Option<String> = "o.photo",
        /// When it came to its end.
        ended: Option<Moment> = "o.ended",
    }
}

query! {
    ALL: OrderRow => "where o.ledger = ?1 order by o.opened desc, o.id desc limit ?2";
    ONE: OrderRow => "where o.ledger = ?1 and o.id = ?2";
    OF_TOPIC: OrderRow => "where o.ledger = ?1 and o.topic = ?2 order by o.opened, o.id limit 200";
    /// How many orders of a topic are not done with.
    pub(crate) OPEN_OF: u64 = "select count(*) from work_order where ledger = ?1 and topic = ?2 and step is not null";
    OF_MATTER: OrderRow => "where o.ledger = ?1 and o.matter = ?2 order by o.opened, o.id limit 200";
    HELD: OrderRow => "where o.holder = ?1 order by o.due, o.ledger, o.id limit ?2";
    LATE: OrderRow => "where o.ledger = ?1 and o.step = ?2 and o.due <= ?3 order by o.due, o.id limit ?4";
    CALLING: OrderRow => "join order_party p on p.ledger = o.ledger and p.work_order = o.id
         where p.organisation = ?1 and p.open = 1 order by p.due, p.ledger, p.work_order limit ?2";
}

/// Orders of a ledger, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn orders(db: &Db, ledger: PlaceId) -> Result<Vec<OrderRow>, Fault> {
    ALL.all(db, &args![ledger, LIST]).await
}

/// One order as listed.
///
/// # Errors
/// When the store fails.
pub async fn order(db: &Db, ledger: PlaceId, id: OrderId) -> Result<Option<OrderRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Orders that carry out what was decided about a topic, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn of_topic(db: &Db, ledger: PlaceId, topic: TopicId) -> Result<Vec<OrderRow>, Fault> {
    OF_TOPIC.all(db, &args![ledger, topic]).await
}

/// Orders about a matter itself, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<OrderRow>, Fault> {
    OF_MATTER.all(db, &args![ledger, matter]).await
}

/// What desks, organisations and persons have to do about orders, the most urgent first.
///
/// # Errors
/// When the store fails.
pub async fn held(db: &Db, holders: &[HolderKey]) -> Result<Vec<OrderRow>, Fault> {
    let mut found = Vec::new();
    for holder in holders {
        found.extend(HELD.all(db, &args![holder, LIST]).await?);
    }
    Ok(found)
}

/// What is overdue in a ledger, whoever holds it: for the holder's superiors.
///
/// # Errors
/// When the store fails.
pub async fn overdue(db: &Db, ledger: PlaceId, now: Moment) -> Result<Vec<OrderRow>, Fault> {
    let mut found = Vec::new();
    for step in OrderStep::ALL {
        found.extend(LATE.all(db, &args![ledger, *step, now, 50_i64]).await?);
    }
    Ok(found)
}

/// Orders not at their end that call an organisation, the most urgent first: those it leads
/// and those where it only has to come.
///
/// # Errors
/// When the store fails.
pub async fn calling(db: &Db, organisation: OrganisationId) -> Result<Vec<OrderRow>, Fault> {
    CALLING.all(db, &args![organisation, LIST]).await
}
