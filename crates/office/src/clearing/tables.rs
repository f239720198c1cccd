//! The tables of clearing runs and of what they took in.

use crate::Viewed;
use crate::concern::Follows;
use crate::papers::Issued;
use yishi_domain::clearing::{CORRECT, Item, ItemId, ItemStage, Lifted, Outcome, Run, RunId, RunStage};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::papers::PaperKind;
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream as _};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of clearing.
pub(crate) static TABLES: &[&Table] = &[RunLine::TABLE, ItemLine::TABLE];

table! {
    /// Clearing runs. `open` until they are signed; `before` is the one signed before.
    pub(crate) RunLine in "clearing", key (ledger, id) {
        ledger: PlaceId,
        id: RunId,
        number: Number,
        stage: RunStage,
        open: Flag,
        place: PlaceId,
        items: u64,
        before: Option<RunId>,
        opened: Moment,
        due: Moment,
        finished: Option<Moment>,
        sha256: Option<String>,
    }
    index clearing_opened (ledger, opened, id);
    index clearing_open (ledger, open, id);
    index clearing_finished (ledger, finished, id) where finished;
}

table! {
    /// What runs took in. `thing` is the name of its stream, `entry` the number of the first entry of
    /// that; `unmarked` while nothing is said of it; `told` the entry that says what became of it.
    pub(crate) ItemLine in "clearing_item", key (ledger, id) {
        ledger: PlaceId,
        id: ItemId,
        number: Number,
        run: RunId,
        thing: String,
        entry: u64,
        since: Moment,
        step: String,
        holder: String,
        due: Moment,
        stage: ItemStage,
        unmarked: Flag,
        outcome: Option<Outcome>,
        marked: Option<Moment>,
        told: Option<u64>,
        day: Option<Moment>,
        said: Option<String>,
        answer: Option<String>,
    }
    index clearing_item_run (ledger, run, entry, id);
    index clearing_item_left (ledger, run, unmarked, due, id);
    index clearing_item_thing (ledger, thing, run);
}

impl Viewed for Run {
    fn papers(&self) -> Vec<Issued> {
        let signed = self.finished.as_ref().map(|(at, _)| *at);
        signed.map(|at| Issued::later(PaperKind::Clearing, "clearing.finished", at)).into_iter().collect()
    }

    fn rows(ledger: PlaceId, id: &str, run: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (finished, sha256) = run.finished.clone().unzip();
        Rows::of(RunLine {
            ledger,
            id,
            number: Number::Own,
            stage: run.stage,
            open: Flag::from(run.stage == RunStage::Open),
            place: run.place,
            items: run.items,
            before: run.before,
            opened: run.opened,
            due: run.due,
            finished,
            sha256,
        })
    }
}

impl Viewed for Item {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        let stream = self.thing.stream();
        let matter = stream.id().parse::<MatterId>().ok().filter(|_| stream.kind() == Matter::KIND);
        let topic = stream.id().parse::<TopicId>().ok().filter(|_| stream.kind() == Topic::KIND);
        Follows { matters: matter.into_iter().collect(), topics: topic.into_iter().collect() }
    }

    fn rows(ledger: PlaceId, id: &str, item: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let mark = item.mark.as_ref();
        let answer = |lifted: &Lifted| lifted.answer.as_ref().map(|(note, _)| note.to_string());
        Rows::of(ItemLine {
            ledger,
            id,
            number: Number::Own,
            run: item.run,
            thing: item.thing.as_str().to_owned(),
            entry: item.number,
            since: item.since,
            step: item.step.as_str().to_owned(),
            holder: item.holder.key(),
            due: item.due,
            stage: item.stage(),
            unmarked: Flag::from(mark.is_none()),
            outcome: mark.map(|mark| mark.outcome),
            marked: mark.map(|mark| mark.at),
            told: mark.and_then(|mark| mark.entry),
            day: mark.and_then(|mark| mark.day),
            said: mark.and_then(|mark| mark.said.as_ref()).map(ToString::to_string),
            answer: item.lifted.as_ref().and_then(answer),
        })
    }
}
