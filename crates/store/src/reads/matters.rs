//! Looking up matters: the board, desks, one matter's chain, receipts. Lists page by key.

use super::places::numbered;
use crate::views::matters::{BoardState, MATTER_SEARCH};
use crate::{Db, Fault, Row, Value};
use std::collections::BTreeMap;
use yishi_domain::matters::{HolderKey, How, PhotoDigest, Proof, Satisfaction, Solved, StageKind, Step};
use yishi_domain::{AccountId, MatterId, Moment, OrganisationId, PlaceId, ReceiptId, search};

/// Rows on one page of a list.
pub const PAGE: i64 = 20;

/// A matter as listed, with nothing private in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterRow {
    /// The ledger.
    pub ledger: PlaceId,
    /// The matter.
    pub id: MatterId,
    /// Its number: that of its first entry.
    pub number: i64,
    /// Where it stands.
    pub stage: StageKind,
    /// Code of what it is about; empty when unknown.
    pub category: String,
    /// The place the public may know.
    pub place: PlaceId,
    /// The name of that place.
    pub place_name: String,
    /// The name of the compound or market around it.
    pub around_name: String,
    /// When it was raised.
    pub raised: Moment,
    /// What comes next and by when.
    pub next: Option<(Step, Moment)>,
    /// When it was last answered.
    pub answered: Option<Moment>,
    /// The summary the public reads.
    pub summary: Option<String>,
    /// A published photo.
    pub photo: Option<PhotoDigest>,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
}

macro_rules! matter_rows {
    ($rest:literal) => {
        concat!(
            "select m.ledger, m.id, e.number, m.stage, m.category, m.place, p.name, a.name, m.raised,
                    m.step, m.due, m.answered, m.summary, m.photo, m.about
             from matter m
             join event e on e.ledger = m.ledger and e.stream = 'matter/' || m.id and e.version = 1
             left join place p on p.ledger = m.ledger and p.id = m.place
             left join place a on a.ledger = m.ledger and a.id = m.around ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<MatterRow, Fault> {
    let next = match (row.opt_text(9)?.and_then(Step::parse), row.opt_int(10)?) {
        (Some(step), Some(due)) => Some((step, Moment(due))),
        _ => None,
    };
    Ok(MatterRow {
        ledger: PlaceId(row.uuid(0)?),
        id: MatterId(row.uuid(1)?),
        number: row.int(2)?,
        stage: StageKind::parse(row.text(3)?).ok_or(Fault::Row(3))?,
        category: row.text(4)?.to_owned(),
        place: PlaceId(row.uuid(5)?),
        place_name: row.opt_text(6)?.unwrap_or_default().to_owned(),
        around_name: row.opt_text(7)?.unwrap_or_default().to_owned(),
        raised: Moment(row.int(8)?),
        next,
        answered: row.opt_int(11)?.map(Moment),
        summary: row.opt_text(12)?.map(str::to_owned),
        photo: row.opt_text(13)?.map(|digest| PhotoDigest(digest.to_owned())),
        about: row.opt_uuid(14)?.map(OrganisationId),
    })
}

/// What the board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Only of this category.
    pub category: Option<String>,
    /// Only in this state.
    pub state: Option<BoardState>,
    /// Only of this compound or market.
    pub around: Option<PlaceId>,
    /// Only those raised before this one: the next page.
    pub before: Option<(Moment, MatterId)>,
}

/// The board's queries: one for each combination of filters, each on an index of its own.
const BOARD: [&str; 8] = [
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.category = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.state = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.category = ?5 and m.state = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.category = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.state = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
    matter_rows!(
        "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.category = ?6 and m.state = ?7 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4"
    ),
];

/// A page of the board, the latest first, and one row more when there is a next page.
///
/// # Errors
/// When the store fails.
pub async fn board(db: &Db, ledger: PlaceId, filter: &BoardFilter) -> Result<Vec<MatterRow>, Fault> {
    let (raised, id) = match filter.before {
        Some((raised, id)) => (raised.0, id.to_string()),
        None => (i64::MAX, "~".to_owned()),
    };
    let mut args = vec![Value::from(ledger.0), Value::Int(raised), Value::Text(id), Value::Int(PAGE + 1)];
    let mut which = 0;
    if let Some(around) = filter.around {
        which += 4;
        args.push(Value::from(around.0));
    }
    if let Some(category) = &filter.category {
        which += 1;
        args.push(Value::from(category.as_str()));
    }
    if let Some(state) = filter.state {
        which += 2;
        args.push(Value::from(state.word()));
    }
    db.rows(BOARD[which], &args).await?.iter().map(read).collect()
}

/// Which text a search looks in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchIn {
    /// What the public may read.
    Public,
    /// Everything said: for those who may read it.
    Entire,
}

/// Matters that hold all the words, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn find(db: &Db, ledger: PlaceId, words: &str, within: SearchIn) -> Result<Vec<MatterRow>, Fault> {
    const BY_DOC: &str = matter_rows!("where m.ledger = ?1 and m.doc = ?2 and m.listed = 1");
    let column = match within {
        SearchIn::Public => "public",
        SearchIn::Entire => "entire",
    };
    let docs = db.find(&MATTER_SEARCH, ledger.0, column, &search::terms(words), 200).await?;
    let mut found = Vec::new();
    for doc in docs {
        if let Some(row) = db.row(BY_DOC, &[Value::from(ledger.0), Value::Int(doc)]).await? {
            found.push(read(&row)?);
            if found.len() as i64 == PAGE {
                break;
            }
        }
    }
    Ok(found)
}

/// One matter as listed.
///
/// # Errors
/// When the store fails.
pub async fn matter(db: &Db, ledger: PlaceId, id: MatterId) -> Result<Option<MatterRow>, Fault> {
    const ONE: &str = matter_rows!("where m.ledger = ?1 and m.id = ?2");
    db.row(ONE, &[Value::from(ledger.0), Value::from(id.0)]).await?.as_ref().map(read).transpose()
}

/// The matter whose first entry has this number.
///
/// # Errors
/// When the store fails.
pub async fn matter_by_number(db: &Db, ledger: PlaceId, number: i64) -> Result<Option<MatterId>, Fault> {
    const FIND: &str = "select stream from event where ledger = ?1 and number = ?2 and version = 1";
    let row = db.row(FIND, &[Value::from(ledger.0), Value::Int(number)]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(row.text(0)?.strip_prefix("matter/").and_then(|id| id.parse().ok()))
}

/// The stream whose first entry has this number: what people call it by.
///
/// # Errors
/// When the store fails.
pub async fn stream_by_number(
    db: &Db,
    ledger: PlaceId,
    number: i64,
) -> Result<Option<yishi_domain::StreamName>, Fault> {
    const FIND: &str = "select stream from event where ledger = ?1 and number = ?2 and version = 1";
    let row = db.row(FIND, &[Value::from(ledger.0), Value::Int(number)]).await?;
    Ok(row.as_ref().map(|row| row.text(0)).transpose()?.map(yishi_domain::StreamName::stored))
}

/// The matter that carries another: itself unless merged.
///
/// # Errors
/// When the store fails.
pub async fn root_of(db: &Db, ledger: PlaceId, id: MatterId) -> Result<Option<MatterId>, Fault> {
    const FIND: &str = "select root from family where ledger = ?1 and member = ?2";
    let row = db.row(FIND, &[Value::from(ledger.0), Value::from(id.0)]).await?;
    row.map(|row| row.uuid(0).map(MatterId)).transpose()
}

/// The matters one stands for, itself included.
///
/// # Errors
/// When the store fails.
pub async fn family_of(db: &Db, ledger: PlaceId, root: MatterId) -> Result<Vec<MatterId>, Fault> {
    const FIND: &str = "select member from family where ledger = ?1 and root = ?2 order by member";
    let rows = db.rows(FIND, &[Value::from(ledger.0), Value::from(root.0)]).await?;
    rows.iter().map(|row| row.uuid(0).map(MatterId)).collect()
}

/// How many receipts of a matter's family have not evaluated the standing answer.
///
/// # Errors
/// When the store fails.
pub async fn waiting(
    db: &Db,
    ledger: PlaceId,
    root: MatterId,
    answered: Option<Moment>,
) -> Result<u64, Fault> {
    const COUNT: &str =
        "select count(*) from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root = ?2 and (r.evaluated is null or r.evaluated < ?3)";
    let since = answered.map_or(i64::MAX, |at| at.0);
    let row = db.row(COUNT, &[Value::from(ledger.0), Value::from(root.0), Value::Int(since)]).await?;
    Ok(row.map(|row| row.int(0)).transpose()?.unwrap_or_default().unsigned_abs())
}

/// How many stand behind a matter: each device or household once, however often it spoke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// Devices, and neighbours spoken for.
    pub others: i64,
    /// Confirmed households.
    pub households: i64,
}

/// Support of several matters, with all that were merged into them.
///
/// # Errors
/// When the store fails.
pub async fn support(
    db: &Db,
    ledger: PlaceId,
    roots: &[MatterId],
) -> Result<BTreeMap<MatterId, Support>, Fault> {
    if roots.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select f.root, count(distinct r.supporter), count(distinct case when r.proof = 'household' then r.supporter end)
         from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root in ({}) group by f.root order by f.root",
        numbered(roots.len(), 2)
    );
    let mut args = vec![Value::from(ledger.0)];
    args.extend(roots.iter().map(|id| Value::from(id.0)));
    db.rows_of(sql, &args)
        .await?
        .iter()
        .map(|row| {
            let (all, households) = (row.int(1)?, row.int(2)?);
            Ok((MatterId(row.uuid(0)?), Support { others: all - households, households }))
        })
        .collect()
}

/// What one desk has to do, the most urgent first: matters of any of the holders.
///
/// # Errors
/// When the store fails.
pub async fn desk(db: &Db, holders: &[HolderKey]) -> Result<Vec<MatterRow>, Fault> {
    const HELD: &str = matter_rows!("where m.holder = ?1 order by m.due, m.ledger, m.id limit ?2");
    let mut found = Vec::new();
    for holder in holders {
        let rows = db.rows(HELD, &[Value::from(holder.as_str()), Value::Int(100)]).await?;
        found.extend(rows.iter().map(read).collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_by_key(|row| (row.next.map(|(_, due)| due), row.id));
    found.truncate(100);
    Ok(found)
}

/// What is overdue in a ledger, whoever holds it: for the holder's superiors.
///
/// # Errors
/// When the store fails.
pub async fn overdue(db: &Db, ledger: PlaceId, now: Moment) -> Result<Vec<MatterRow>, Fault> {
    const LATE: &str =
        matter_rows!("where m.ledger = ?1 and m.step = ?2 and m.due <= ?3 order by m.due, m.id limit ?4");
    let mut found = Vec::new();
    for step in Step::ALL {
        let args = [Value::from(ledger.0), Value::from(step.word()), Value::Int(now.0), Value::Int(50)];
        let rows = db.rows(LATE, &args).await?;
        found.extend(rows.iter().map(read).collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_by_key(|row| (row.next.map(|(_, due)| due), row.id));
    Ok(found)
}

/// Matters at a stairwell or building itself, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn at_place(db: &Db, ledger: PlaceId, place: PlaceId) -> Result<Vec<MatterRow>, Fault> {
    const EXACT: &str =
        matter_rows!("where m.ledger = ?1 and m.exact = ?2 order by m.raised desc, m.id desc limit ?3");
    let rows = db.rows(EXACT, &[Value::from(ledger.0), Value::from(place.0), Value::Int(PAGE)]).await?;
    rows.iter().map(read).collect()
}

/// Listed matters the public knows to be at a building, the latest first.
///
/// # Errors
/// When the store fails.
pub async fn at_building(db: &Db, ledger: PlaceId, building: PlaceId) -> Result<Vec<MatterRow>, Fault> {
    const PLACE: &str = matter_rows!(
        "where m.ledger = ?1 and m.place = ?2 and m.listed = 1 order by m.raised desc, m.id desc limit ?3"
    );
    let rows = db.rows(PLACE, &[Value::from(ledger.0), Value::from(building.0), Value::Int(10)]).await?;
    rows.iter().map(read).collect()
}

/// Matters that are still open in a ledger, the latest first: to merge into.
///
/// # Errors
/// When the store fails.
pub async fn open(db: &Db, ledger: PlaceId) -> Result<Vec<MatterRow>, Fault> {
    board(db, ledger, &BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() }).await
}

/// The id of the matter a row of a file was imported as.
///
/// # Errors
/// When the store fails.
pub async fn imported(db: &Db, ledger: PlaceId, source: &str) -> Result<Option<MatterId>, Fault> {
    const FIND: &str = "select id from matter where ledger = ?1 and source = ?2";
    let row = db.row(FIND, &[Value::from(ledger.0), Value::from(source)]).await?;
    row.map(|row| row.uuid(0).map(MatterId)).transpose()
}

/// What was said with several matters, title first, where it is kept. For staff only: the
/// caller has asked whether this actor may read it.
///
/// # Errors
/// When the store fails.
pub async fn said(db: &Db, ledger: PlaceId, ids: &[MatterId]) -> Result<BTreeMap<MatterId, String>, Fault> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select stream, field, value from private where ledger = ?1 and stream in ({}) and version = 1
         and field in ('title', 'text') order by stream, field",
        numbered(ids.len(), 2)
    );
    let mut args = vec![Value::from(ledger.0)];
    args.extend(ids.iter().map(|id| Value::from(format!("matter/{id}"))));
    let mut said = BTreeMap::new();
    for row in db.rows_of(sql, &args).await? {
        let id = row.text(0)?.strip_prefix("matter/").and_then(|id| id.parse().ok());
        let text: Option<String> = serde_json::from_str(row.text(2)?).ok();
        if let (Some(id), Some(text)) = (id, text) {
            // `text` comes before `title`; a title says it better.
            said.insert(id, text);
        }
    }
    Ok(said)
}

/// A receipt as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Its id.
    pub id: ReceiptId,
    /// The matter it was opened on.
    pub matter: MatterId,
    /// By raising or joining.
    pub how: How,
    /// What stands behind it.
    pub proof: Proof,
    /// When it was opened.
    pub opened: Moment,
    /// Whether a contact was given: 1 or 0 in the table.
    pub contact: i64,
    /// The answer last evaluated, and how.
    pub evaluation: Option<(Moment, Solved, Satisfaction)>,
    /// The account it is bound to.
    pub account: Option<AccountId>,
    /// The answer somebody called about last, and how often nobody was reached.
    pub called: Option<(Moment, i64)>,
    /// Whether a link was given: 1 or 0.
    pub linked: i64,
}

macro_rules! receipt_rows {
    ($rest:literal) => {
        concat!(
            "select r.id, r.matter, r.how, r.proof, r.opened, r.contact, r.evaluated, r.solved, r.satisfaction, r.account, r.called, r.missed, case when r.secret is null then 0 else 1 end ",
            $rest
        )
    };
}

fn read_receipt(row: &Row) -> Result<ReceiptRow, Fault> {
    let evaluation = match (row.opt_int(6)?, row.opt_text(7)?, row.opt_text(8)?) {
        (Some(answer), Some(solved), Some(satisfaction)) => Some((
            Moment(answer),
            Solved::parse(solved).ok_or(Fault::Row(7))?,
            Satisfaction::parse(satisfaction).ok_or(Fault::Row(8))?,
        )),
        _ => None,
    };
    Ok(ReceiptRow {
        id: ReceiptId(row.uuid(0)?),
        matter: MatterId(row.uuid(1)?),
        how: How::parse(row.text(2)?).ok_or(Fault::Row(2))?,
        proof: Proof::parse(row.text(3)?).ok_or(Fault::Row(3))?,
        opened: Moment(row.int(4)?),
        contact: row.int(5)?,
        evaluation,
        account: row.opt_uuid(9)?.map(AccountId),
        called: row.opt_int(10)?.map(Moment).zip(Some(row.int(11)?)),
        linked: row.int(12)?,
    })
}

/// The receipt of a link's secret.
///
/// # Errors
/// When the store fails.
pub async fn receipt_by_secret(db: &Db, ledger: PlaceId, secret: &str) -> Result<Option<ReceiptRow>, Fault> {
    const FIND: &str = receipt_rows!("from receipt r where r.ledger = ?1 and r.secret = ?2");
    let digest = crate::blobs::digest_of(secret.as_bytes());
    db.row(FIND, &[Value::from(ledger.0), Value::from(digest)]).await?.as_ref().map(read_receipt).transpose()
}

/// The receipt a device or household has on a matter's family.
///
/// # Errors
/// When the store fails.
pub async fn receipt_of(
    db: &Db,
    ledger: PlaceId,
    root: MatterId,
    supporter: &str,
) -> Result<Option<ReceiptId>, Fault> {
    const FIND: &str =
        "select r.id from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root = ?2 and r.supporter = ?3 order by r.id";
    let args = [Value::from(ledger.0), Value::from(root.0), Value::from(supporter)];
    db.row(FIND, &args).await?.map(|row| row.uuid(0).map(ReceiptId)).transpose()
}

/// The receipts opened on one matter itself.
///
/// # Errors
/// When the store fails.
pub async fn receipts_on(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<ReceiptId>, Fault> {
    const FIND: &str = "select id from receipt where ledger = ?1 and matter = ?2 order by id";
    let rows = db.rows(FIND, &[Value::from(ledger.0), Value::from(matter.0)]).await?;
    rows.iter().map(|row| row.uuid(0).map(ReceiptId)).collect()
}

/// The receipts of a matter's family, oldest first.
///
/// # Errors
/// When the store fails.
pub async fn receipts(db: &Db, ledger: PlaceId, root: MatterId) -> Result<Vec<ReceiptRow>, Fault> {
    const FIND: &str = receipt_rows!(
        "from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root = ?2 order by r.opened, r.id limit 500"
    );
    let rows = db.rows(FIND, &[Value::from(ledger.0), Value::from(root.0)]).await?;
    rows.iter().map(read_receipt).collect()
}

/// An entry of a stream as a chain shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Its number in the ledger.
    pub number: i64,
    /// Its version in the stream.
    pub version: u64,
    /// When it was recorded.
    pub at: Moment,
    /// Versioned name of what happened.
    pub kind: String,
    /// The role it was done in.
    pub role: String,
    /// What anyone may read of it.
    pub public: serde_json::Map<String, serde_json::Value>,
    /// Names of its private fields.
    pub private: Vec<String>,
}

/// The entries of a matter, in order.
///
/// # Errors
/// When the store fails.
pub async fn entries(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<EntryRow>, Fault> {
    entries_of(db, ledger, &matter.into()).await
}

/// The entries of any stream, in order.
///
/// # Errors
/// When the store fails.
pub async fn entries_of(
    db: &Db,
    ledger: PlaceId,
    stream: &yishi_domain::StreamName,
) -> Result<Vec<EntryRow>, Fault> {
    const FIND: &str = "select number, version, at, envelope from event
         where ledger = ?1 and stream = ?2 order by version";
    let args = [Value::from(ledger.0), Value::from(stream.as_str())];
    db.rows(FIND, &args)
        .await?
        .iter()
        .map(|row| {
            let envelope = yishi_ledger::Envelope::read(row.text(3)?).map_err(Fault::unreadable)?;
            Ok(EntryRow {
                number: row.int(0)?,
                version: row.int(1)?.unsigned_abs(),
                at: Moment(row.int(2)?),
                kind: envelope.kind,
                role: envelope.role,
                public: envelope.public,
                private: envelope.private.into_keys().collect(),
            })
        })
        .collect()
}

/// The queries of public pages and desks: none of them may scan a table that grows.
#[must_use]
pub fn page_queries() -> Vec<&'static str> {
    let mut queries = BOARD.to_vec();
    queries.extend([
        matter_rows!("where m.ledger = ?1 and m.doc = ?2 and m.listed = 1"),
        matter_rows!("where m.ledger = ?1 and m.id = ?2"),
        matter_rows!("where m.holder = ?1 order by m.due, m.ledger, m.id limit ?2"),
        matter_rows!("where m.ledger = ?1 and m.step = ?2 and m.due <= ?3 order by m.due, m.id limit ?4"),
        matter_rows!("where m.ledger = ?1 and m.exact = ?2 order by m.raised desc, m.id desc limit ?3"),
        matter_rows!("where m.ledger = ?1 and m.place = ?2 and m.listed = 1 order by m.raised desc, m.id desc limit ?3"),
        receipt_rows!("from receipt r where r.ledger = ?1 and r.secret = ?2"),
        receipt_rows!(
            "from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root = ?2 order by r.opened, r.id limit 500"
        ),
        "select number, version, at, envelope from event where ledger = ?1 and stream = ?2 order by version",
        "select f.root, count(distinct r.supporter), count(distinct case when r.proof = 'household' then r.supporter end)
         from family f join receipt r on r.ledger = f.ledger and r.matter = f.member
         where f.ledger = ?1 and f.root in (?2, ?3) group by f.root order by f.root",
        "select ledger, id, kind, path, coalesce(name, door, '') as name, code, closed from place where id = ?1",
    ]);
    queries
}
