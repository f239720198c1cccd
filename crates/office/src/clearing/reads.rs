//! Clearing runs and their items as pages list them, and what a run takes in.

use crate::paging::{Key, MORE, PAGE, Paged, below};
use crate::papers::Numbered;
use yishi_domain::clearing::sheet::Line;
use yishi_domain::clearing::{HeldBy, ItemId, ItemStage, Outcome, RunId, RunStage, Thing, Waited};
use yishi_domain::papers::PaperKind;
use yishi_kernel::cell::HolderWord;
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

/// Items read at once where all of them are.
pub(crate) const AT_ONCE: i64 = 1_000;
/// Items that can be ticked in one form.
const IN_A_FORM: i64 = 100;

row! {
    /// A clearing run as listed.
    pub RunRow, from "clearing c" {
        /// The ledger.
        ledger: PlaceId = "c.ledger",
        /// The run.
        id: RunId = "c.id",
        /// Its number: that of its first entry.
        number: i64 = "c.number",
        /// Where it stands.
        stage: RunStage = "c.stage",
        /// The place whose books are cleared.
        place: PlaceId = "c.place",
        /// How many things it took in.
        items: u64 = "c.items",
        /// The run signed before.
        before: Option<RunId> = "c.before",
        /// When it began.
        opened: Moment = "c.opened",
        /// By when it is to be signed.
        due: Moment = "c.due",
        /// When it was signed, and the digest of its sheet.
        finished: Option<(Moment, String)> = "c.finished, c.sha256",
    }
}

row! {
    /// An item as listed.
    pub ItemRow, from "clearing_item i" {
        /// The ledger.
        ledger: PlaceId = "i.ledger",
        /// The item.
        id: ItemId = "i.id",
        /// Its number: that of its first entry.
        number: i64 = "i.number",
        /// By which run it was taken in.
        run: RunId = "i.run",
        /// The name of the thing's stream.
        thing: String = "i.thing",
        /// The number of the thing's first entry.
        entry: u64 = "i.entry",
        /// Since when it is open.
        since: Moment = "i.since",
        /// The step that waited.
        step: String = "i.step",
        /// The key of who held that.
        holder: String = "i.holder",
        /// By when it was due.
        due: Moment = "i.due",
        /// Where it stands.
        stage: ItemStage = "i.stage",
        /// What became of it, and since when that stands.
        outcome: Option<(Outcome, Moment)> = "i.outcome, i.marked",
        /// The entry that says so.
        told: Option<u64> = "i.told",
        /// By when its next step is due.
        day: Option<Moment> = "i.day",
        /// What was said with it.
        said: Option<String> = "i.said",
        /// What the desk above said.
        answer: Option<String> = "i.answer",
    }
}

row! {
    /// Something that waits, with when it began.
    pub(crate) Waiting, from "duty d join event e on e.ledger = d.ledger and e.number = d.number" {
        stream: String = "d.stream",
        n: u32 = "d.n",
        number: u64 = "d.number",
        since: Moment = "e.at",
        family: String = "d.family",
        step: String = "d.step",
        holder: HolderWord = "d.holder",
        due: Moment = "d.due",
    }
}

query! {
    ONE: RunRow => "where c.ledger = ?1 and c.id = ?2";
    RUNS: RunRow => "where c.ledger = ?1 and (c.opened, c.id) < (?2, ?3) order by c.opened desc, c.id desc limit ?4";
    OPEN: RunRow => "where c.ledger = ?1 and c.open = 1";
    AFTER: RunRow => "where c.ledger = ?1 and (c.opened, c.id) > (?2, ?3) order by c.opened, c.id limit 1";
    SOME_RUNS: RunRow => "where (c.ledger, c.id) in (values (?1, ?2), …)";
    /// How many runs are open.
    pub(crate) COUNT_OPEN: u64 = "select count(*) from clearing where ledger = ?1 and open = 1";
    /// The last run that was signed.
    pub(crate) LAST: RunId = "select id from clearing where ledger = ?1 and finished > 0
         order by finished desc, id desc limit 1";
    ITEM: ItemRow => "where i.ledger = ?1 and i.id = ?2";
    SOME: ItemRow => "where (i.ledger, i.id) in (values (?1, ?2), …)";
    /// Items of a run in the order of their things.
    pub(crate) ITEMS: ItemRow => "where i.ledger = ?1 and i.run = ?2 and (i.entry, i.id) > (?3, ?4) order by i.entry, i.id limit ?5";
    LEFT: ItemRow => "where i.ledger = ?1 and i.run = ?2 and i.unmarked = 1 and (i.due, i.id) > (?3, ?4) order by i.due, i.id limit ?5";
    COUNT_LEFT: u64 = "select count(*) from clearing_item where ledger = ?1 and run = ?2 and unmarked = 1";
    OF_THINGS: ItemRow => "where i.ledger = ?1 and i.run = ?2 and i.thing in (?3, …)";
    /// What waits in a ledger but for clearing itself, a page after another.
    pub(crate) WAITING: Waiting => "where d.ledger = ?1 and d.kind not in ('clearing', 'clearing_item')
         and (d.stream, d.n) > (?2, ?3) order by d.stream, d.n limit ?4";
}

impl Numbered for RunRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        PaperKind::Clearing
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

impl ItemRow {
    /// Its line of the sheet.
    ///
    /// # Errors
    /// When the row is none of this program's.
    pub fn line(&self) -> Result<Line, Fault> {
        let strange = || Fault::unreadable(format!("a clearing item of {}", self.thing));
        let thing = Thing::of(&StreamName::stored(&self.thing)).ok_or_else(strange)?;
        let step = self.step.split_once('/').and_then(|(family, step)| Waited::of(family, step));
        Ok(Line {
            number: self.entry,
            thing,
            since: self.since,
            step: step.ok_or_else(strange)?,
            holder: HeldBy::stored(&self.holder),
            due: self.due,
            outcome: self.outcome.map(|(outcome, _)| outcome),
            entry: self.told,
            day: self.day,
        })
    }

    /// The key after which the next page of a list of items begins.
    fn entry_key(&self) -> (i64, String) {
        (i64::try_from(self.entry).unwrap_or(i64::MAX), self.id.to_string())
    }
}

/// One run as listed.
pub async fn run(db: &Db, ledger: PlaceId, id: RunId) -> Result<Option<RunRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several runs as listed, in any order.
pub async fn runs_of(db: &Db, keys: &[(PlaceId, RunId)]) -> Result<Vec<RunRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME_RUNS.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// A page of the runs of a ledger, the latest first.
pub async fn runs(db: &Db, ledger: PlaceId, before: Option<Key<RunId>>) -> Result<Paged<RunRow>, Fault> {
    let (opened, id) = below(before);
    let rows = RUNS.all(db, &args![ledger, opened, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.opened, row.id)))
}

/// The run of a ledger that is open.
pub async fn open(db: &Db, ledger: PlaceId) -> Result<Option<RunRow>, Fault> {
    OPEN.first(db, &args![ledger]).await
}

/// The run that came after one.
pub async fn after(db: &Db, run: &RunRow) -> Result<Option<RunRow>, Fault> {
    AFTER.first(db, &args![run.ledger, run.opened, run.id]).await
}

/// One item as listed.
pub async fn item(db: &Db, ledger: PlaceId, id: ItemId) -> Result<Option<ItemRow>, Fault> {
    ITEM.first(db, &args![ledger, id]).await
}

/// Several items as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, ItemId)]) -> Result<Vec<ItemRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// A page of the items of a run in the order of their things; `after` is the key of a page before.
pub async fn items(
    db: &Db,
    ledger: PlaceId,
    run: RunId,
    after: Option<Key<ItemId>>,
) -> Result<Paged<ItemRow>, Fault> {
    let (entry, id) = after.map_or((-1, String::new()), |key| (key.at.0, key.id.to_string()));
    let rows = ITEMS.all(db, &args![ledger, run, entry, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (Moment(row.entry_key().0), row.id)))
}

/// All items of a run in the order of their things.
pub async fn all_items(db: &Db, ledger: PlaceId, run: RunId) -> Result<Vec<ItemRow>, Fault> {
    let (mut all, mut after): (Vec<ItemRow>, _) = (Vec::new(), (-1, String::new()));
    loop {
        let page = ITEMS.all(db, &args![ledger, run, after.0, &after.1, AT_ONCE]).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.entry_key();
        all.extend(page);
    }
}

/// Some of the items of a run that are not marked, those due first first.
pub async fn left(
    db: &Db,
    ledger: PlaceId,
    run: RunId,
    after: Option<Key<ItemId>>,
) -> Result<Paged<ItemRow>, Fault> {
    let (due, id) = crate::paging::above(after);
    let rows = LEFT.all(db, &args![ledger, run, due, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.due, row.id)))
}

/// Those of them that are not due yet, those due first first: as many as one form has.
pub async fn left_in_time(db: &Db, ledger: PlaceId, run: RunId, now: Moment) -> Result<Vec<ItemRow>, Fault> {
    // Behind every id there is at that moment.
    LEFT.all(db, &args![ledger, run, now, "~", IN_A_FORM]).await
}

/// How many items of a run are not marked.
pub async fn count_left(db: &Db, ledger: PlaceId, run: RunId) -> Result<u64, Fault> {
    Ok(COUNT_LEFT.all(db, &args![ledger, run]).await?.iter().sum())
}

/// The items of a run that are of some things.
pub async fn of_things(
    db: &Db,
    ledger: PlaceId,
    run: RunId,
    things: &[StreamName],
) -> Result<Vec<ItemRow>, Fault> {
    let mut found = Vec::new();
    for some in things.chunks(PAGE * 10) {
        let args = args_and(args![ledger, run], some.iter().map(StreamName::as_str));
        found.extend(OF_THINGS.all(db, &args).await?);
    }
    Ok(found)
}
