//! Rebuilds the read models from the ledgers, and digests them, so that a rebuilt store can
//! be shown to be the same. The same functions as in appends make the rows.

use crate::append::Append;
use crate::office::load;
use crate::reads::places::ledgers;
use crate::views::{TABLES, Viewed};
use crate::{AppendError, Db, Fault, Table, Value, Write};
use yishi_domain::dispatch::Order;
use yishi_domain::matters::{Matter, Receipt};
use yishi_domain::meetings::{Ballot, Meeting, Seat, Topic};
use yishi_domain::people::{Account, Organisation};
use yishi_domain::places::{Place, Poster};
use yishi_domain::{PlaceId, StreamName};

/// Streams read at once.
const READ: i64 = 500;

/// Empties the read models and writes them anew from the entries. Returns how many streams
/// were read.
///
/// # Errors
/// When the store fails or holds an entry this program cannot read.
pub async fn rebuild(db: &Db) -> Result<u64, Fault> {
    const CLEAR: [&str; 18] = [
        "delete from place",
        "delete from grid_building",
        "delete from poster",
        "delete from organisation",
        "delete from account",
        "delete from account_role",
        "delete from matter",
        "delete from family",
        "delete from receipt",
        "delete from matter_search",
        "delete from topic",
        "delete from topic_matter",
        "delete from meeting",
        "delete from invited",
        "delete from seat",
        "delete from ballot",
        "delete from work_order",
        "delete from order_party",
    ];
    db.execute(CLEAR.iter().map(|sql| (*sql, Vec::new())).collect()).await?;
    let mut count = 0;
    for row in ledgers(db).await? {
        count += rebuild_ledger(db, row.ledger).await?;
    }
    Ok(count)
}

async fn rebuild_ledger(db: &Db, ledger: PlaceId) -> Result<u64, Fault> {
    const STREAMS: &str = "select stream, number from event
         where ledger = ?1 and version = 1 and number > ?2 order by number limit ?3";
    let mut after = -1;
    let mut count = 0;
    loop {
        let rows = db.rows(STREAMS, &[Value::from(ledger.0), Value::Int(after), Value::Int(READ)]).await?;
        let mut writes = Vec::new();
        for row in &rows {
            let stream = StreamName::stored(row.text(0)?);
            match stream.kind() {
                "place" => show::<Place>(db, ledger, &stream, &mut writes).await?,
                "poster" => show::<Poster>(db, ledger, &stream, &mut writes).await?,
                "organisation" => show::<Organisation>(db, ledger, &stream, &mut writes).await?,
                "account" => show::<Account>(db, ledger, &stream, &mut writes).await?,
                "matter" => show::<Matter>(db, ledger, &stream, &mut writes).await?,
                "receipt" => show::<Receipt>(db, ledger, &stream, &mut writes).await?,
                "topic" => show::<Topic>(db, ledger, &stream, &mut writes).await?,
                "meeting" => show::<Meeting>(db, ledger, &stream, &mut writes).await?,
                "seat" => show::<Seat>(db, ledger, &stream, &mut writes).await?,
                "ballot" => show::<Ballot>(db, ledger, &stream, &mut writes).await?,
                "order" => show::<Order>(db, ledger, &stream, &mut writes).await?,
                "rules" => {}
                other => {
                    return Err(Fault::unreadable(format!("a stream of unknown kind {other}")));
                }
            }
            after = row.int(1)?;
            count += 1;
        }
        let append = Append {
            ledger: ledger.0,
            now: 0,
            entries: Vec::new(),
            guards: Vec::new(),
            writes,
            erasures: Vec::new(),
            jobs: Vec::new(),
        };
        match db.append(append).await {
            Ok(_) => {}
            Err(AppendError::Fault(fault)) => return Err(fault),
            Err(AppendError::Conflict) => return Err(Fault::Busy),
        }
        if (rows.len() as i64) < READ {
            return Ok(count);
        }
    }
}

async fn show<S: Viewed>(
    db: &Db,
    ledger: PlaceId,
    stream: &StreamName,
    writes: &mut Vec<Write>,
) -> Result<(), Fault> {
    let loaded = load::<S>(db, ledger, stream).await?;
    for row in S::rows(ledger, stream.id(), &loaded) {
        writes.push(Write::Put { table: row.table, values: row.values });
    }
    if let Some(terms) = S::terms(stream.id(), &loaded) {
        let (index, doc, columns) = (terms.index, terms.doc, terms.columns);
        writes.push(Write::Terms { index, ledger: ledger.0, doc, columns });
    }
    Ok(())
}

/// A digest of each read-model table, the same on both engines.
///
/// # Errors
/// When the store fails.
pub async fn digests(db: &Db) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut digests = Vec::new();
    for table in TABLES {
        digests.push((table.name, digest(db, table).await?));
    }
    Ok(digests)
}

async fn digest(db: &Db, table: &'static Table) -> Result<String, Fault> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sql =
        format!("select {} from {} order by {}", names.join(", "), table.name, names[..table.key].join(", "));
    let mut text = String::new();
    for row in db.rows_of(sql, &[]).await? {
        for value in row.values() {
            match value {
                Value::Null => text.push('-'),
                Value::Int(int) => text.push_str(&int.to_string()),
                Value::Text(value) => text.push_str(&format!("{value:?}")),
                Value::Blob(bytes) => text.push_str(&format!("{bytes:?}")),
            }
            text.push('\t');
        }
        text.push('\n');
    }
    Ok(crate::blobs::digest_of(text.as_bytes()))
}
