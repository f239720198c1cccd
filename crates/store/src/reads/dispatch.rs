//! Orders as pages and desks list them.

use super::LIST;
use crate::{Db, Fault, Row, Value};
use yishi_domain::dispatch::{OrderKind, OrderStage, OrderStep, WhistleKind};
use yishi_domain::matters::HolderKey;
use yishi_domain::{ActionId, MatterId, MeetingId, Moment, OrderId, OrganisationId, PlaceId, TopicId};

/// An order as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// The ledger.
    pub ledger: PlaceId,
    /// The order.
    pub id: OrderId,
    /// Its number: that of its first entry.
    pub number: i64,
    /// What it is.
    pub kind: OrderKind,
    /// Why the street whistles.
    pub whistle: Option<WhistleKind>,
    /// Where it stands.
    pub stage: OrderStage,
    /// What is to be done.
    pub task: String,
    /// The place.
    pub place: PlaceId,
    /// The key of who is to do it, or leads.
    pub doer: String,
    /// The topic it comes from.
    pub topic: Option<TopicId>,
    /// The meeting it comes from.
    pub meeting: Option<MeetingId>,
    /// The action it carries out.
    pub action: Option<ActionId>,
    /// The matter it comes from.
    pub matter: Option<MatterId>,
    /// When it was sent or asked for.
    pub opened: Moment,
    /// What comes next, and by when.
    pub next: Option<(OrderStep, Moment)>,
    /// By when it must be reported in.
    pub report_by: Moment,
    /// By when it must be done.
    pub finish_by: Moment,
    /// A published photo.
    pub photo: Option<String>,
    /// When it came to its end.
    pub ended: Option<Moment>,
}

macro_rules! order_rows {
    ($rest:literal) => {
        concat!(
            "select o.ledger, o.id, o.kind, o.whistle, o.stage, o.task, o.place, o.doer, o.topic, o.meeting, o.action, o.matter, o.opened, o.step, o.due, o.report_by, o.finish_by, o.photo, o.ended, e.number from work_order o join event e on e.ledger = o.ledger and e.stream = 'order/' || o.id and e.version = 1 ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<OrderRow, Fault> {
    let next = match (row.opt_text(13)?, row.opt_int(14)?) {
        (Some(step), Some(due)) => Some((OrderStep::parse(step).ok_or(Fault::Row(13))?, Moment(due))),
        _ => None,
    };
    Ok(OrderRow {
        ledger: PlaceId(row.uuid(0)?),
        id: OrderId(row.uuid(1)?),
        kind: OrderKind::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        whistle: row.opt_text(3)?.map(|word| WhistleKind::parse(word).ok_or(Fault::Row(3))).transpose()?,
        stage: OrderStage::parse(row.text(4)?).ok_or(Fault::Row(4))?,
        task: row.text(5)?.to_owned(),
        place: PlaceId(row.uuid(6)?),
        doer: row.text(7)?.to_owned(),
        topic: row.opt_uuid(8)?.map(TopicId),
        meeting: row.opt_uuid(9)?.map(MeetingId),
        action: row.opt_uuid(10)?.map(ActionId),
        matter: row.opt_uuid(11)?.map(MatterId),
        opened: Moment(row.int(12)?),
        next,
        report_by: Moment(row.int(15)?),
        finish_by: Moment(row.int(16)?),
        photo: row.opt_text(17)?.map(str::to_owned),
        ended: row.opt_int(18)?.map(Moment),
        number: row.int(19)?,
    })
}

/// Orders of a ledger, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn orders(db: &Db, ledger: PlaceId) -> Result<Vec<OrderRow>, Fault> {
    const ALL: &str = order_rows!("where o.ledger = ?1 order by o.opened desc, o.id desc limit ?2");
    db.rows(ALL, &[Value::from(ledger.0), Value::Int(LIST)]).await?.iter().map(read).collect()
}

/// One order as listed.
///
/// # Errors
/// When the store fails.
pub async fn order(db: &Db, ledger: PlaceId, id: OrderId) -> Result<Option<OrderRow>, Fault> {
    const ONE: &str = order_rows!("where o.ledger = ?1 and o.id = ?2");
    db.row(ONE, &[Value::from(ledger.0), Value::from(id.0)]).await?.as_ref().map(read).transpose()
}

/// Orders that carry out what was decided about a topic, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn of_topic(db: &Db, ledger: PlaceId, topic: TopicId) -> Result<Vec<OrderRow>, Fault> {
    const OF: &str = order_rows!("where o.ledger = ?1 and o.topic = ?2 order by o.opened, o.id limit 200");
    db.rows(OF, &[Value::from(ledger.0), Value::from(topic.0)]).await?.iter().map(read).collect()
}

/// Orders about a matter itself, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<OrderRow>, Fault> {
    const OF: &str = order_rows!("where o.ledger = ?1 and o.matter = ?2 order by o.opened, o.id limit 200");
    db.rows(OF, &[Value::from(ledger.0), Value::from(matter.0)]).await?.iter().map(read).collect()
}

/// What desks, organisations and persons have to do about orders, the most urgent first.
///
/// # Errors
/// When the store fails.
pub async fn held(db: &Db, holders: &[HolderKey]) -> Result<Vec<OrderRow>, Fault> {
    const HELD: &str = order_rows!("where o.holder = ?1 order by o.due, o.ledger, o.id limit ?2");
    let mut found = Vec::new();
    for holder in holders {
        let rows = db.rows(HELD, &[Value::from(holder.as_str()), Value::Int(LIST)]).await?;
        found.extend(rows.iter().map(read).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// What is overdue in a ledger, whoever holds it: for the holder's superiors.
///
/// # Errors
/// When the store fails.
pub async fn overdue(db: &Db, ledger: PlaceId, now: Moment) -> Result<Vec<OrderRow>, Fault> {
    const LATE: &str =
        order_rows!("where o.ledger = ?1 and o.step = ?2 and o.due <= ?3 order by o.due, o.id limit ?4");
    let mut found = Vec::new();
    for step in OrderStep::ALL {
        let args = [Value::from(ledger.0), Value::from(step.word()), Value::Int(now.0), Value::Int(50)];
        found.extend(db.rows(LATE, &args).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// Orders not at their end that call an organisation, the most urgent first: those it leads
/// and those where it only has to come.
///
/// # Errors
/// When the store fails.
pub async fn calling(db: &Db, organisation: OrganisationId) -> Result<Vec<OrderRow>, Fault> {
    const OPEN: &str = order_rows!(
        "join order_party p on p.ledger = o.ledger and p.work_order = o.id
         where p.organisation = ?1 and p.open = 1 order by p.due, p.ledger, p.work_order limit ?2"
    );
    db.rows(OPEN, &[Value::from(organisation.0), Value::Int(LIST)]).await?.iter().map(read).collect()
}

/// The queries of public pages and desks: none of them may scan a table that grows.
#[must_use]
pub fn page_queries() -> Vec<&'static str> {
    vec![
        order_rows!("where o.ledger = ?1 order by o.opened desc, o.id desc limit ?2"),
        order_rows!("where o.ledger = ?1 and o.id = ?2"),
        order_rows!("where o.ledger = ?1 and o.topic = ?2 order by o.opened, o.id limit 200"),
        order_rows!("where o.ledger = ?1 and o.matter = ?2 order by o.opened, o.id limit 200"),
        order_rows!("where o.holder = ?1 order by o.due, o.ledger, o.id limit ?2"),
        order_rows!("where o.ledger = ?1 and o.step = ?2 and o.due <= ?3 order by o.due, o.id limit ?4"),
        order_rows!(
            "join order_party p on p.ledger = o.ledger and p.work_order = o.id
         where p.organisation = ?1 and p.open = 1 order by p.due, p.ledger, p.work_order limit ?2"
        ),
    ]
}
