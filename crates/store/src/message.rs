//! Messages that wait to be sent outside, and those that were given up. One waits for each stream
//! whose owner is told: what comes meanwhile is told with it. Whichever process takes one has it
//! for a while; if it dies, another one sends it, under the same id. What a message says, and to
//! whom, is not known here.

use crate::blobs::id_of;
use crate::{Db, Fault, Value, args, query, row};
use uuid::Uuid;
use yishi_kernel::{Moment, StreamName, Word};

/// How long a process may take over a message before another one tries, in seconds.
const LEASE_SECONDS: i64 = 120;
/// How often a message is tried before a person has to look at it: for some eleven hours.
pub const TRIES: i64 = 10;
/// How a message goes, as it is stored: by itself, or gathered with others.
const ALONE: i64 = 0;
const GATHERED: i64 = 1;
/// The first pause after a failure, and the longest, in seconds.
const PAUSES: (i64, i64) = (60, 4 * 3_600);

row! {
    /// A message that waits.
    pub Message, from "message" {
        /// The ledger.
        ledger: Uuid,
        /// Whose owner is told.
        stream: String,
        /// The first entry to be told.
        first: i64,
        /// The last one.
        last: i64,
        /// Not before this moment.
        due: Moment,
        /// How often it failed.
        tries: i64,
    }
}

row! {
    Held, from "message" {
        owner: Option<String>,
        leased: Moment,
    }
}

row! {
    /// How messages stand.
    #[derive(Copy, Default)]
    pub Stands, from "message" {
        /// They wait, and have not failed.
        waiting: u64 = "count(case when tries = 0 then 1 end)",
        /// They failed, and are tried again.
        failing: u64 = "count(case when tries > 0 and tries < ?1 then 1 end)",
        /// They were given up.
        given_up: u64 = "count(case when tries >= ?1 then 1 end)",
    }
}

row! {
    /// Why messages did not arrive, and how many.
    pub Failing, from "message" {
        /// The word of the reason.
        why: String = "coalesce(failed, '')",
        /// How many.
        count: u64 = "count(*)",
    }
}

query! {
    // What was given up begins anew with what is new.
    ADD: () = "insert into message (ledger, stream, first, last, due, leased, tries, daily)
         values (?1, ?2, ?3, ?3, ?4, 0, 0, ?6) on conflict (ledger, stream) do update set
         last = case when message.last < excluded.last then excluded.last else message.last end,
         due = case when message.tries >= ?5 then excluded.due
           when message.tries = 0 and message.due > excluded.due then excluded.due else message.due end,
         daily = excluded.daily,
         tries = case when message.tries < ?5 then message.tries else 0 end";
    // One that is leased for longer than anybody takes it was leased by a clock that was wrong.
    DUE: Message => "where due <= ?1 and (leased <= ?1 or leased > ?3) and tries < ?2 and daily = ?4
         order by due, ledger, stream limit 1";
    LEASE: () = "update message set leased = ?4, owner = ?3
         where ledger = ?1 and stream = ?2 and (leased <= ?5 or leased > ?6)";
    MINE: Held => "where ledger = ?1 and stream = ?2";
    DONE: () = "delete from message where ledger = ?1 and stream = ?2 and last = ?3";
    ON: () = "update message set first = last, due = ?4, leased = 0, owner = null, tries = 0, failed = null
         where ledger = ?1 and stream = ?2 and last > ?3";
    LATER: () = "update message set due = ?3, leased = 0, owner = null where ledger = ?1 and stream = ?2";
    FAILED: () = "update message set tries = tries + 1, due = ?3, leased = 0, owner = null, failed = ?4
         where ledger = ?1 and stream = ?2";
    AGAIN: () = "update message set tries = 0, due = ?1, leased = 0, owner = null where tries > 0",
        scans "messages that are not sent yet, when somebody asks for it";
    STANDS: Stands => "", scans "messages that are not sent yet";
    FAILING: Failing => "where tries > 0 group by coalesce(failed, '') order by 1",
        scans "messages that are not sent yet";
}

impl Message {
    /// Its id: the same however often it is tried, and by whomever.
    #[must_use]
    pub fn id(&self) -> Uuid {
        id_of(format!("message/{}/{}/{}", self.ledger, self.stream, self.first).as_bytes())
    }

    /// The pause after it failed once more: twice the one before, and up to a quarter more, which
    /// differs from one message to the other, so that they do not all come back at once.
    fn pause(&self) -> i64 {
        let (first, longest) = PAUSES;
        let pause = first.saturating_mul(1 << self.tries.clamp(0, 20)).min(longest);
        pause + pause * i64::from(self.id().as_bytes()[0]) / 1_024
    }
}

/// The statement that has an entry told to a stream's owner, to go along with others in one
/// transaction. Where a message waits already, it is told with that one.
#[must_use]
pub fn add(ledger: Uuid, stream: &StreamName, entry: i64, due: Moment) -> (&'static str, Vec<Value>) {
    ADD.with(args![ledger, stream.as_str(), entry, due, TRIES, ALONE])
}

/// The same where it is gathered with others to the same person, to go as one.
#[must_use]
pub fn add_gathered(
    ledger: Uuid,
    stream: &StreamName,
    entry: i64,
    due: Moment,
) -> (&'static str, Vec<Value>) {
    ADD.with(args![ledger, stream.as_str(), entry, due, TRIES, GATHERED])
}

/// Takes the message that is due longest, if there is one and nobody else has it.
pub async fn take(db: &Db, owner: &str, now: Moment) -> Result<Option<Message>, Fault> {
    take_of(db, owner, now, ALONE).await
}

/// The same of those that are gathered. Whoever sends them takes all that are due, and is the only
/// one: else somebody would get two.
pub async fn take_gathered(db: &Db, owner: &str, now: Moment) -> Result<Option<Message>, Fault> {
    take_of(db, owner, now, GATHERED).await
}

/// Whether any of those that are gathered is due.
pub async fn gathered_is_due(db: &Db, now: Moment) -> Result<bool, Fault> {
    let stale = now.plus_seconds(2 * LEASE_SECONDS);
    Ok(DUE.first(db, &args![now, TRIES, stale, GATHERED]).await?.is_some())
}

async fn take_of(db: &Db, owner: &str, now: Moment, daily: i64) -> Result<Option<Message>, Fault> {
    let (until, stale) = (now.plus_seconds(LEASE_SECONDS), now.plus_seconds(2 * LEASE_SECONDS));
    let Some(message) = DUE.first(db, &args![now, TRIES, stale, daily]).await? else { return Ok(None) };
    db.execute(vec![LEASE.with(args![message.ledger, &message.stream, owner, until, now, stale])]).await?;
    let held = MINE.first(db, &args![message.ledger, &message.stream]).await?;
    let ours = held.is_some_and(|held| held.owner.as_deref() == Some(owner) && held.leased == until);
    Ok(ours.then_some(message))
}

/// The message was sent, or there is nobody any more to send it to. What came meanwhile is told by
/// another one.
pub async fn done(db: &Db, message: &Message, now: Moment) -> Result<(), Fault> {
    let (ledger, stream, last) = (message.ledger, &message.stream, message.last);
    let over = DONE.with(args![ledger, stream, last]);
    db.execute(vec![over, ON.with(args![ledger, stream, last, now])]).await
}

/// The message waits until then, which is no failure.
pub async fn later(db: &Db, message: &Message, due: Moment) -> Result<(), Fault> {
    db.execute(vec![LATER.with(args![message.ledger, &message.stream, due])]).await
}

/// The message did not arrive: it is tried again after a while, longer each time.
pub async fn failed(db: &Db, message: &Message, why: impl Word, now: Moment) -> Result<(), Fault> {
    failed_together(db, std::slice::from_ref(message), why, now).await
}

/// The same of messages that went as one: they are tried again as one.
pub async fn failed_together(
    db: &Db,
    messages: &[Message],
    why: impl Word,
    now: Moment,
) -> Result<(), Fault> {
    let Some(pause) = messages.first().map(Message::pause) else { return Ok(()) };
    let (due, why) = (now.plus_seconds(pause), why.as_word());
    let failed = |message: &Message| FAILED.with(args![message.ledger, &message.stream, due, why]);
    db.execute(messages.iter().map(failed).collect()).await
}

/// Tries all again that failed or were given up.
pub async fn again(db: &Db, now: Moment) -> Result<(), Fault> {
    db.execute(vec![AGAIN.with(args![now])]).await
}

/// How many wait, fail and were given up.
pub async fn stands(db: &Db) -> Result<Stands, Fault> {
    Ok(STANDS.first(db, &args![TRIES]).await?.unwrap_or_default())
}

/// Why those that failed or were given up did not arrive.
pub async fn failing(db: &Db) -> Result<Vec<Failing>, Fault> {
    FAILING.all(db, &args![]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_end_and_differ() {
        let message = |tries, first| Message {
            ledger: Uuid::from_u128(1),
            stream: "receipt/x".to_owned(),
            first,
            last: 900,
            due: Moment(0),
            tries,
        };
        let pauses: Vec<i64> = (0..40).map(|tries| message(tries, 7).pause()).collect();
        assert!(pauses.is_sorted() && pauses[0] >= 60 && pauses[39] <= 5 * 3_600, "{pauses:?}");
        assert!((0..20).any(|first| message(0, first).pause() != pauses[0]));
        // What is told with it changes nothing of the id.
        assert_eq!(message(0, 7).id(), Message { last: 7, ..message(3, 7) }.id());
    }
}
