//! Beginning a run (开始清账): all that is open is taken in, in one append; nobody chooses.

use super::{Event, HeldBy, Item, ItemEvent, ItemId, OPEN, Refusal, Rules, Run, RunId, Thing, Waited};
use yishi_kernel::{Context, Decided, Effect, Moment, PlaceId, Right, Start};

/// Begin a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open;

/// All that is open in a place's books (账上未办结的).
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    /// The run that is to be.
    pub own: RunId,
    /// The place whose books they are.
    pub place: PlaceId,
    /// How many runs are open.
    pub running: u64,
    /// The last run that was signed.
    pub before: Option<RunId>,
    /// Everything that waits, each thing once.
    pub things: Vec<(ItemId, Standing)>,
}

/// A thing as it stood (列入时的情况).
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What.
    pub thing: Thing,
    /// The number of its first entry.
    pub number: u64,
    /// Since when it is open.
    pub since: Moment,
    /// The step that waited.
    pub step: Waited,
    /// Who held that.
    pub holder: HeldBy,
    /// By when it was due.
    pub due: Moment,
}

impl Start for Open {
    type Of = Run;
    type Facts = Books;

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn start(self, books: &Books, ctx: &Context) -> Result<Decided<Run>, yishi_kernel::Refusal> {
        if books.running > 0 {
            return Err(Refusal::RunOpen.into());
        }
        let opened = Decided::one(Event::Opened {
            place: books.place,
            items: books.things.len() as u64,
            before: books.before,
            due: ctx.due(&ctx.section::<Rules>().finish).at,
            rules: ctx.rules.digest().to_owned(),
        });
        let take_in = |decided: Decided<Run>, (id, standing): &(ItemId, Standing)| {
            let (run, place, standing) = (books.own, books.place, standing.clone());
            decided.begins(*id, TakeIn { run, place, standing })
        };
        Ok(books.things.iter().fold(opened, take_in))
    }
}

/// A thing is taken in.
#[derive(Clone, Debug)]
struct TakeIn {
    run: RunId,
    place: PlaceId,
    standing: Standing,
}

impl Effect for TakeIn {
    type On = Item;

    fn apply(&self, _: Option<&Item>, _: &Context) -> Result<Vec<ItemEvent>, yishi_kernel::Refusal> {
        let Standing { thing, number, since, step, holder, due } = self.standing.clone();
        let (run, place) = (self.run, self.place);
        Ok(vec![ItemEvent::TakenIn { run, place, thing, number, since, step, holder, due }])
    }
}
