//! What can happen to a clearing run and to what it took in, as it stands in the ledger for ever. No
//! rules here.

use super::{HeldBy, Outcome, RunId, Thing, Waited};
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to a clearing run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// All that was open was taken in (开始清账).
    #[serde(rename = "clearing.opened.1")]
    Opened {
        /// The place whose books are cleared.
        place: PlaceId,
        /// How many things.
        items: u64,
        /// The run before, where there was one.
        before: Option<RunId>,
        /// By when it is to be signed.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// Every item was marked: the sheet is signed, and stays as it is (清账公开).
    #[serde(rename = "clearing.finished.1")]
    Finished {
        /// SHA-256 of the sheet's canonical text, in hex.
        sha256: String,
    },
}

/// What can happen to an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum ItemEvent {
    /// It was taken in as it stood (列入).
    #[serde(rename = "clearing_item.taken_in.1")]
    TakenIn {
        /// By which run.
        run: RunId,
        /// The place whose books are cleared.
        place: PlaceId,
        /// What.
        thing: Thing,
        /// The number of its first entry.
        number: u64,
        /// Since when it is open.
        since: Moment,
        /// The step that waited.
        step: Waited,
        /// Who held that.
        holder: HeldBy,
        /// By when it was due.
        due: Moment,
    },
    /// Something happened to the thing, which marks it (销账).
    #[serde(rename = "clearing_item.marked.1")]
    Marked {
        /// What became of it.
        outcome: Outcome,
        /// The number of the entry that says so, where one alone does.
        entry: Option<u64>,
        /// By when its next step is due, while it has one.
        day: Option<Moment>,
    },
    /// What had ended goes on again: it is to be marked anew (恢复未销).
    #[serde(rename = "clearing_item.unmarked.1")]
    Unmarked {},
    /// It is not due yet, and somebody says what is done next (按期在办).
    #[serde(rename = "clearing_item.on_track.1")]
    OnTrack {
        /// What.
        next: Published,
        /// By when it is due, which stays.
        day: Moment,
    },
    /// It goes to the desk above (上交).
    #[serde(rename = "clearing_item.lifted.1")]
    Lifted {
        /// Why.
        reason: Published,
        /// Whose desk.
        desk: PlaceId,
        /// By when that one says what it does.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// The desk above said what it does (上级答复).
    #[serde(rename = "clearing_item.taken_up.1")]
    TakenUp {
        /// What.
        note: Published,
    },
}
