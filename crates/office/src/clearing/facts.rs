//! What commands about clearing must know: all that is open in the books, what became of a thing, and
//! all lines of a sheet. What decides is guarded, so that none is left out.

use super::reads::{AT_ONCE, COUNT_OPEN, ITEMS, ItemRow, LAST, WAITING, Waiting, item};
use crate::dangers::reads::{COUNT_EXPOSED, danger};
use crate::dispatch::reads::{OrderRow, of_matter, of_topic};
use crate::people::desks::Desks;
use crate::places::reads::place;
use crate::{Case, Failure, Load};
use std::collections::BTreeMap;
use yishi_domain::clearing::sheet::Head;
use yishi_domain::clearing::{
    Above, Became, Books, Finish, Happened, HeldBy, Item, ItemId, Lift, OnTrack, Open, Outcome, Run, RunId,
    Settle, Sheet, Standing, Stands, Thing, Waited, comes_to, puts_off,
};
use yishi_domain::dangers::Danger;
use yishi_domain::dispatch::{OrderKind, OrderStage};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::topics::Topic;
use yishi_kernel::refusal::Common;
use yishi_kernel::{HolderKey, Moment, PlaceId, Stream as _, StreamName};
use yishi_store::ledgers::entries_of;
use yishi_store::{Fault, args, blobs, duty};

impl Load<Open> for Books {
    async fn load(case: &mut Case<'_>, _: &Open) -> Result<Self, Failure> {
        let (own, ledger): (RunId, PlaceId) = (case.id()?, case.ledger);
        let running = case.find(&COUNT_OPEN, &args![ledger]).await?.iter().sum();
        let before = case.find(&LAST, &args![ledger]).await?.first().copied();
        let mut first: BTreeMap<(u64, String), Waiting> = BTreeMap::new();
        let mut after = (String::new(), -1_i64);
        loop {
            let page = case.find(&WAITING, &args![ledger, &after.0, after.1, AT_ONCE]).await?;
            let Some(last) = page.last() else { break };
            after = (last.stream.clone(), i64::from(last.n));
            for row in page {
                // Of a thing that waits for several, what is due first.
                let key = (row.number, row.stream.clone());
                match first.get(&key) {
                    Some(known) if known.due <= row.due => {}
                    _ => drop(first.insert(key, row)),
                }
            }
        }
        // What could not be named must not be left out in silence.
        let strange = |stream: &str| Fault::unreadable(format!("what waits of {stream} has no name here"));
        let named = |row: Waiting| standing(own, &row).ok_or_else(|| strange(&row.stream));
        let things = first.into_values().map(named).collect::<Result<_, _>>()?;
        Ok(Books { own, place: ledger, running, before, things })
    }
}

/// A thing as it stands, with the id of its item.
fn standing(run: RunId, row: &Waiting) -> Option<(ItemId, Standing)> {
    let id = ItemId(blobs::id_of(format!("clearing/{run}/{}", row.stream).as_bytes()));
    let standing = Standing {
        thing: Thing::of(&StreamName::stored(&row.stream))?,
        number: row.number,
        since: row.since,
        step: Waited::of(&row.family, &row.step)?,
        holder: HeldBy::of(&HolderKey::stored(&row.holder.0)),
        due: row.due,
    };
    Some((id, standing))
}

/// What became of the thing of an item.
async fn became(case: &mut Case<'_>) -> Result<Became, Failure> {
    let state = case.state::<Item>()?;
    let (id, ledger, thing): (ItemId, _, _) = (case.id()?, case.ledger, state.thing.stream());
    let run = case.must::<Run>(state.run).await?;
    let row = item(case.db(), ledger, id).await?.ok_or(Common::Unknown)?;
    let (mut since, mut extensions) = (Vec::new(), 0);
    for entry in entries_of(case.db(), ledger, &thing).await? {
        match entry.number < row.number {
            true => extensions += u32::from(puts_off(&entry.kind)),
            false => since.extend(comes_to(&entry.kind).map(|outcome| happened(outcome, entry.number))),
        }
    }
    let (whistles, exposed) = around(case, &thing).await?;
    let called = |order: &&OrderRow| {
        let whistle = order.kind == OrderKind::Whistle && order.number > row.number;
        whistle && !matches!(order.stage, OrderStage::Declined | OrderStage::Withdrawn)
    };
    since.extend(whistles.iter().filter(called).map(|order| happened(Outcome::Whistled, order.number)));
    since.sort_by_key(|one| one.entry);
    let waits = duty::of_stream(case.db(), ledger, &thing).await?;
    let next = waits.iter().min_by_key(|wait| (wait.due, wait.n));
    let stands =
        next.and_then(|wait| Some(Stands { step: Waited::of(&wait.family, &wait.step)?, due: wait.due }));
    Ok(Became { run: run.stage, since, extensions, stands, exposed })
}

fn happened(outcome: Outcome, entry: i64) -> Happened {
    Happened { outcome, entry: u64::try_from(entry).unwrap_or_default() }
}

/// The orders that come from a thing, and how many of its dangers nothing protects.
async fn around(case: &mut Case<'_>, thing: &StreamName) -> Result<(Vec<OrderRow>, u64), Failure> {
    let ledger = case.ledger;
    Ok(match thing.kind() {
        Matter::KIND => {
            let Ok(id) = thing.id().parse::<MatterId>() else { return Ok((Vec::new(), 0)) };
            let exposed = case.find(&COUNT_EXPOSED, &args![ledger, id]).await?.iter().sum();
            (of_matter(case.db(), ledger, id).await?, exposed)
        }
        Topic::KIND => {
            let Ok(id) = thing.id().parse() else { return Ok((Vec::new(), 0)) };
            (of_topic(case.db(), ledger, id).await?, 0)
        }
        Danger::KIND => {
            let Ok(id) = thing.id().parse() else { return Ok((Vec::new(), 0)) };
            let row = danger(case.db(), ledger, id).await?;
            (Vec::new(), u64::from(row.is_some_and(|row| row.ended.is_none() && row.protected.is_none())))
        }
        _ => (Vec::new(), 0),
    })
}

impl Load<Settle> for Became {
    async fn load(case: &mut Case<'_>, _: &Settle) -> Result<Self, Failure> {
        became(case).await
    }
}

impl Load<OnTrack> for Became {
    async fn load(case: &mut Case<'_>, _: &OnTrack) -> Result<Self, Failure> {
        became(case).await
    }
}

impl Load<Lift> for Above {
    async fn load(case: &mut Case<'_>, _: &Lift) -> Result<Self, Failure> {
        let own = case.state::<Item>()?.place;
        let row = place(case.db(), own).await?.ok_or(Common::Unknown)?;
        let above: Vec<PlaceId> = row.path.into_iter().filter(|place| *place != own).collect();
        let desk = Desks::over(case.db(), [&above], case.now).await?.seeing_to(&above);
        Ok(Above { became: became(case).await?, desk })
    }
}

impl Load<Finish> for Sheet {
    async fn load(case: &mut Case<'_>, _: &Finish) -> Result<Self, Failure> {
        let run = case.state::<Run>()?;
        let head = Head { run: case.id()?, place: run.place, opened: run.opened };
        let (mut lines, mut after) = (Vec::new(), (-1_i64, String::new()));
        loop {
            let page = case.find(&ITEMS, &args![case.ledger, head.run, after.0, &after.1, AT_ONCE]).await?;
            let Some(last) = page.last() else { return Ok(Sheet { head, lines }) };
            after = (i64::try_from(last.entry).unwrap_or(i64::MAX), last.id.to_string());
            for row in &page {
                lines.push(row.line()?);
            }
        }
    }
}

/// The sheet of a run, from its rows.
pub(super) fn sheet(run: RunId, place: PlaceId, opened: Moment, rows: &[ItemRow]) -> Result<Sheet, Failure> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(row.line()?);
    }
    Ok(Sheet { head: Head { run, place, opened }, lines })
}
