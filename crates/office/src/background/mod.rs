//! Everything that happens by itself, in one file: what follows from entries, what is done when
//! something is due, and what is done again and again. One process at a time does it; the
//! others stand by. How each of them works stands beside; who does what is said here and
//! nowhere else.

pub(crate) mod drive;
pub(crate) mod follow;
pub(crate) mod repeat;
mod seal;
mod sweep;
pub(crate) mod time;
mod watch;

pub use drive::{Driver, run};
pub use follow::{Entry, Follower, Grown, OfEntries, Plan, Reader};
pub use repeat::{Job, Repeated};
pub use time::Timer;

pub(crate) use sweep::sweep_unused;

use crate::clearing::follow::MarkItems;
use crate::dangers::TakeUp;
use crate::dispatch::ladder::Climb;
use crate::endings::{FinishEnding, PassOnExpired};
use crate::inbox::due::{FallsDue, SweepInbox};
use crate::inbox::follow::Arrives;
use crate::matters::forget::ForgetWhom;
use crate::matters::told::Tell;
use crate::ratings::follow::{BeginRatings, EndRatings};
use crate::registered::Boxed;
use crate::rulebook::{AfterAdoption, AfterChange, LayAnew, ReckonAnew};
use crate::scenes::follow::EndScenes;

/// What follows from entries.
static FOLLOWERS: &[&dyn Follower] = &[
    &SEALER,
    &OfEntries(AfterChange),
    &OfEntries(AfterAdoption),
    &Tell,
    &MarkItems,
    &EndScenes,
    &OfEntries(BeginRatings),
    &Arrives,
];
static SEALER: seal::Sealer = seal::Sealer::new();

/// What is done when something has been due for a while.
static TIMERS: &[&dyn Timer] = &[&EndRatings];

/// What is done again and again.
static REPEATED: &[&dyn Repeated] = &[
    &sweep::SweepFiles,
    &time::ForgetFired,
    &PassOnExpired,
    &ForgetWhom,
    &TakeUp,
    &Climb,
    &FallsDue::SOON,
    &FallsDue::OVERDUE,
    &SweepInbox,
];

/// Jobs that followers ask for, by their kind.
static JOBS: &[&dyn Job] = &[&FinishEnding, &LayAnew, &ReckonAnew];

/// A step of background work.
type Work<'a> = Boxed<'a>;
