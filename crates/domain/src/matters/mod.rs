//! Matters 事项: from a resident's raising to an answer on every receipt. A [`Matter`] is
//! what is being dealt with, a [`Receipt`] one person's claim to an answer; each is a stream
//! of its own, so that three hundred joinings do not queue for one version. Topics, orders
//! and what people say to an answer are other features.

mod add;
mod answer;
mod carrier;
mod close;
mod contact;
mod effects;
mod events;
mod extend;
mod get_in_touch;
mod hand_over;
mod handle;
mod ids;
mod join;
mod mend;
mod merge;
mod note;
mod opening;
mod progress;
mod propose;
mod publish_photo;
mod raise;
mod receipt;
mod refusals;
mod reissue;
mod rights;
mod rules;
mod spot;
mod standing;
mod state;
mod summarise;
mod to_hold;
mod told;
mod triage;
mod urge;
mod withdraw;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use add::Add;
pub use answer::{Answer, Readers};
pub use carrier::Carrier;
pub use close::{Close, Waiting};
pub use contact::{SeekContact, ViewContact};
pub(crate) use effects::{AnswerWith, LetGo, MetAtStairwell, OpenReceipt, RaisedElsewhere, Reopen, TakeUp};
pub use events::{Event, ReceiptEvent};
pub use extend::{Exposed, Extend};
pub use get_in_touch::GetInTouch;
pub use hand_over::HandOver;
pub use handle::{Handle, Handling};
pub use ids::{MatterId, ReceiptId};
pub use join::{Join, Joining};
pub use mend::{Mend, Mending};
pub use merge::{MergeInto, Pair, Unmerge};
pub use note::Note;
pub use opening::Opening;
pub use progress::Progress;
pub use propose::Proposed;
pub use publish_photo::PublishPhoto;
pub use raise::{Behalf, Raise};
pub use receipt::{Call, Contact, Receipt, Then};
pub use refusals::Refusal;
pub use reissue::Reissue;
pub use rights::{
    ADD, ANSWER, BE_TOLD, CLOSE, CONTACT, CORRECT, DESK, ERASE, ERASE_OWN, ERASE_SAID, EXTEND, GATHER,
    HAND_OVER, IMPORT, JOIN, MEND, MERGE, NOTE, PROGRESS, PUBLISH, RAISE, RAISE_FOR_NEIGHBOUR, READ,
    READ_CONTACT, REISSUE, REISSUE_OWN, RIGHTS, SEEK_CONTACT, STAIRWELL, TRIAGE, URGE, WITHDRAW,
};
pub use rules::{Category, CategoryCode, Repeats, Rules};
pub use spot::{Body, Floor, Spot};
pub use standing::{Brought, Member, Sorted, Standing, Timed};
pub use state::Matter;
pub use summarise::Summarise;
pub use to_hold::ToHold;
pub(crate) use to_hold::stays_above;
pub use told::{BeTold, Digest, Hour, Often, Quiet, Telling, TellingRules, Tongue, Wish};
pub use triage::{Sorting, Triage};
pub use withdraw::{Withdraw, Withdrawing};
pub use words::{CameTo, Channel, How, KnownBy, Outcome, Proof, Shown, StageKind, Step};
