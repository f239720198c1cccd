//! What a stream shows in read models, as said by its feature: a trait for those that know the
//! state, and for those that know only the kind in a stream's name.

use crate::concern::Follows;
use crate::endings::Ending;
use crate::papers::Issued;
use crate::papers::tables::lines;
use std::fmt;
use std::marker::PhantomData;
use yishi_kernel::{Loaded, PlaceId, Right, Stream, StreamName};
use yishi_store::duty::{Duty, FileUse};
use yishi_store::replay::{self, Shows, StoredEntry, replayed};
use yishi_store::{Fault, Rows, Shown, TermsOf};

/// A stream that shows in read models.
pub trait Viewed: Stream {
    /// The right to erase values of it; nobody has one that is not named.
    const ERASE: Option<&'static Right> = None;
    /// The right to correct texts of it that everyone reads; nobody has one that is not named.
    const CORRECT: Option<&'static Right> = None;

    /// The thing over which rights are judged, where that is another one.
    fn judged_over(&self) -> Option<StreamName> {
        None
    }

    /// What it follows from: whom that is about, it is about as well.
    fn follows(&self) -> Follows {
        Follows::default()
    }

    /// The streams that quote its texts in texts of their own, or copied them.
    fn quoted_by(&self) -> Vec<StreamName> {
        Vec::new()
    }

    /// The thing that it is a part of: what is said of all parts at once is one text.
    fn part_of(&self) -> Option<StreamName> {
        None
    }

    /// Its parts.
    fn parts(&self) -> Vec<StreamName> {
        Vec::new()
    }

    /// The papers it has brought about that are numbered.
    fn papers(&self) -> Vec<Issued> {
        Vec::new()
    }

    /// Its rows, in any order; `id` is the part of the stream's name after the slash. What
    /// waits and which files it uses is written for every stream and not said here.
    fn rows(_ledger: PlaceId, _id: &str, _state: &Self, _loaded: &Loaded<Self>) -> Rows {
        Rows::none()
    }

    /// The place itself, by which rights are judged: exact where that is known.
    fn lies_at(_id: &str, state: &Self) -> Option<PlaceId> {
        state.at()
    }

    /// What an event ends, where it does: what hangs on that passes on.
    fn ending(_id: &str, _state: &Self, _event: &Self::Event) -> Option<Ending> {
        None
    }

    /// The terms it is found by.
    fn terms(_ledger: PlaceId, _id: &str, _state: &Self, _loaded: &Loaded<Self>) -> Option<TermsOf> {
        None
    }
}

/// All rows of a stream: its own, what waits in it, the files it uses, and its papers.
#[must_use]
pub fn rows_of<S: Viewed>(ledger: PlaceId, stream: &StreamName, loaded: &Loaded<S>) -> Rows {
    let Some(state) = loaded.get() else { return Rows::none() };
    S::rows(ledger, stream.id(), state, loaded)
        .and(Duty::of(ledger, stream, state.waits()))
        .and(FileUse::of(ledger, stream, &state.files()))
        .and(lines(ledger, stream, state.papers()))
}

/// The kind of a state.
pub struct Of<S>(PhantomData<fn() -> S>);

impl<S: Viewed> Of<S> {
    /// The streams of this state.
    #[must_use]
    pub const fn stream() -> Self {
        Self(PhantomData)
    }
}

impl<S: Stream> fmt::Debug for Of<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(S::KIND)
    }
}

impl<S: Viewed> Shown for Of<S> {
    fn kind(&self) -> &'static str {
        S::KIND
    }

    fn show(&self, ledger: PlaceId, stream: &StreamName, entries: Vec<StoredEntry>) -> Result<Shows, Fault> {
        let loaded = replayed::<S>(entries)?;
        let terms = loaded.get().and_then(|state| S::terms(ledger, stream.id(), state, &loaded));
        Ok(Shows { rows: rows_of(ledger, stream, &loaded), terms })
    }

    fn is_published(&self, entry: StoredEntry, field: &str) -> Result<bool, Fault> {
        replay::is_published::<S>(entry, field)
    }
}
