//! What features find again from their own entries: that a count is what was voted, whatever
//! stands in the ledger under whoever's signature. The store knows no votes, so it asks here.

use std::pin::Pin;
use yishi_kernel::{PlaceId, StreamName};
use yishi_store::ledgers::ledgers;
use yishi_store::{Db, Fault, Wrong, args, query};

/// Streams looked at in one go.
const READ: i64 = 500;

query! {
    STREAMS: String = "select stream from event where ledger = ?1 and stream > ?2 and stream < ?3 and version = 1
         order by stream limit ?4";
}

/// What is wrong, each in a sentence.
pub(crate) type Found<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>, Fault>> + Send + 'a>>;

/// Something that a feature counts again in streams of one kind.
pub(crate) trait Recount: Sync {
    /// The kind of the streams.
    fn kind(&self) -> &'static str;

    /// Counts it again in one of them.
    fn recount<'a>(&'a self, db: &'a Db, ledger: PlaceId, stream: &'a StreamName) -> Found<'a>;
}

/// Counts everything again in a store that stands still.
pub(crate) async fn recount(db: &Db, all: &[&dyn Recount]) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    for row in ledgers(db).await? {
        for one in all {
            // A slash follows the kind in a stream's name, and the nought follows the slash.
            let (mut last, end) = (format!("{}/", one.kind()), format!("{}0", one.kind()));
            loop {
                let some = STREAMS.all(db, &args![row.ledger, &last, &end, READ]).await?;
                let Some(further) = some.last().cloned() else { break };
                for stream in some {
                    let stream = StreamName::stored(&stream);
                    for what in one.recount(db, row.ledger, &stream).await? {
                        let what = format!("{stream}, {what}");
                        wrong.push(Wrong::Feature { origin: row.origin.clone(), what });
                    }
                }
                last = further;
            }
        }
    }
    Ok(wrong)
}
