//! Turns: several stories are told side by side, each in its own order, and all that happens
//! in them happens in the order of time, for a ledger's clock never goes back. It knows
//! nothing of what happens.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use tokio::sync::oneshot;
use yishi_kernel::Moment;
use yishi_office::Clock;

/// Who waits until when; one story is told at a time.
pub(super) struct Turns<'a> {
    clock: &'a Clock,
    waiting: RefCell<BTreeMap<(Moment, usize), oneshot::Sender<()>>>,
    telling: Cell<usize>,
}

impl<'a> Turns<'a> {
    /// Turns for so many stories, each of which begins by waiting.
    pub(super) fn new(clock: &'a Clock, stories: usize) -> Self {
        Self { clock, waiting: RefCell::default(), telling: Cell::new(stories) }
    }

    /// The turn of one story.
    pub(super) fn turn(&self, story: usize) -> Turn<'_> {
        Turn { turns: self, story }
    }

    /// One story has come to a halt; once all have, the earliest goes on.
    fn rests(&self) {
        self.telling.set(self.telling.get().saturating_sub(1));
        if self.telling.get() > 0 {
            return;
        }
        if let Some(((at, _), next)) = self.waiting.borrow_mut().pop_first() {
            self.clock.put(at);
            self.telling.set(1);
            // A story that is not listening any more has failed, and all end with it.
            let _ = next.send(());
        }
    }
}

/// The turn of one story; when it is dropped the story is over.
pub(super) struct Turn<'a> {
    turns: &'a Turns<'a>,
    story: usize,
}

impl Turn<'_> {
    /// Waits until the clock stands at a moment.
    pub(super) async fn until(&self, at: Moment) {
        let (go, turn) = oneshot::channel();
        self.turns.waiting.borrow_mut().insert((at, self.story), go);
        self.turns.rests();
        let _ = turn.await;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.rests();
    }
}
