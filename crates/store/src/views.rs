//! Read models: what pages list and look up, as pure functions of one stream's state.
//! No SQL runs here and nothing is read: the append that makes a state also writes the
//! difference of its rows, and a rebuild is the same functions over all streams. Which rows
//! there are is said by features, in the office.

use crate::duty::{Duty, FileUse};
use crate::replay::Shown;
use crate::table::{TableRow as _, View};
use crate::{SearchIndex, Table};

/// The terms by which a stream is found.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsOf {
    /// The index.
    pub index: &'static SearchIndex,
    /// The number by which the index knows the stream.
    pub doc: i64,
    /// The terms of each of its columns.
    pub columns: Vec<Vec<String>>,
}

/// All that follows from the ledgers: what a store makes anew where it was made otherwise.
#[derive(Clone, Copy)]
pub struct Derived {
    /// The tables of features.
    pub tables: &'static [&'static [&'static Table]],
    /// The indexes of terms.
    pub searches: &'static [&'static SearchIndex],
    /// The kinds of streams that there are.
    pub streams: fn() -> Vec<&'static dyn Shown>,
}

impl Derived {
    /// The tables of features, and those that every stream writes to.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> + use<> {
        self.tables.iter().copied().flatten().copied().chain([Duty::TABLE, FileUse::TABLE])
    }

    /// Tables and indexes of terms alike.
    pub(crate) fn views(&self) -> impl Iterator<Item = View> + use<> {
        self.tables().map(View::Table).chain(self.searches.iter().map(|index| View::Search(index)))
    }
}

impl std::fmt::Debug for Derived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.views().map(|view| view.name())).finish()
    }
}
