//! Which column of a sheet holds what (列): as somebody chose, else by its header. What holds
//! something and is used for nothing is counted and named. What columns there may be is each
//! feature's, and no cell's meaning is judged here.

use std::collections::BTreeMap;
use std::fmt;
use yishi_kernel::Word;
use yishi_kernel::text::folded;
use yishi_spreadsheet::read::{Damage, NoSheet, Record, Sheet};

/// What a column of a sheet may be used for (列的用处).
pub trait Use: Word + Ord + fmt::Debug + Send + Sync {
    /// The headers by which it is known, in small letters and without spaces.
    fn names(self) -> &'static [&'static str];

    /// Whether several columns may be it.
    fn is_many(self) -> bool;

    /// Whether a sheet says nothing that has neither it nor another such.
    fn says(self) -> bool;

    /// What a header names: without what stands in brackets, a star or a colon.
    fn of_header(header: &str) -> Option<Self> {
        let plain = folded(header).replace(' ', "");
        let plain = plain.split('(').next().unwrap_or_default().trim_matches(['*', ':']);
        Self::every().iter().copied().find(|column| column.names().contains(&plain))
    }
}

/// Why a file cannot be shown at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no table.
    NoSheet(NoSheet),
    /// A column was named that it does not have.
    NoColumn(NoColumn),
}

/// What somebody says of a sheet's columns.
#[derive(Clone, Debug)]
pub enum Wishes<C> {
    /// What some headers hold; of others their names tell.
    Named(Vec<(C, String)>),
    /// What each column is, in their order; nothing where nobody has chosen.
    All(Vec<Option<C>>),
}

impl<C> Default for Wishes<C> {
    fn default() -> Self {
        Self::Named(Vec::new())
    }
}

impl<C: Use> Wishes<C> {
    /// What each cell of a header holds. The first of two with the same meaning is taken.
    fn columns(&self, header: &[String]) -> Vec<Option<C>> {
        let mut uses: Vec<Option<C>> = match self {
            Self::All(uses) => {
                header.iter().enumerate().map(|(n, _)| uses.get(n).copied().flatten()).collect()
            }
            Self::Named(_) => header.iter().map(|cell| C::of_header(cell)).collect(),
        };
        once(&mut uses);
        let Self::Named(named) = self else { return uses };
        for (column, wanted) in named {
            for (n, _) in header.iter().enumerate().filter(|(n, cell)| name(cell, *n) == *wanted) {
                if !column.is_many() {
                    uses.iter_mut().filter(|is| **is == Some(*column)).for_each(|is| *is = None);
                }
                uses[n] = Some(*column);
            }
        }
        uses
    }

    /// How much of a header is known; nothing where it says nothing.
    #[must_use]
    pub fn known(&self, header: &[String]) -> usize {
        let uses = match self {
            Self::All(_) => Self::default().columns(header),
            Self::Named(_) => self.columns(header),
        };
        if uses.iter().flatten().any(|is| is.says()) { uses.iter().flatten().count() } else { 0 }
    }
}

/// The first of each that there is only once.
fn once<C: Use>(uses: &mut [Option<C>]) {
    for n in 0..uses.len() {
        let (before, rest) = uses.split_at_mut(n);
        let Some(is) = rest.first_mut() else { return };
        if is.is_some_and(|column| !column.is_many() && before.contains(&Some(column))) {
            *is = None;
        }
    }
}

/// A header that somebody named and the sheet does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoColumn {
    /// Which.
    pub wanted: String,
    /// Those that there are.
    pub names: Vec<String>,
}

/// What keeps a row from being read, whatever its cells mean (坏行).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoilt {
    /// It has another number of cells than the header.
    Cells {
        /// So many.
        have: usize,
        /// The header has so many.
        want: usize,
    },
    /// A workbook has lost what stood in a cell.
    Damaged(Damage),
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneColumn<C> {
    /// How the sheet calls it.
    pub name: String,
    /// How many of its cells hold something.
    pub filled: usize,
    /// What it is used for.
    pub is: Option<C>,
}

/// The columns of a sheet.
#[derive(Clone, Debug)]
pub struct Columns<C> {
    /// Each, in their order.
    pub all: Vec<OneColumn<C>>,
    of: BTreeMap<C, usize>,
}

impl<C: Use> Columns<C> {
    pub(crate) fn of(sheet: &Sheet, wishes: &Wishes<C>) -> Result<Self, NoColumn> {
        let header = &sheet.header.cells.apart();
        let names: Vec<String> = header.iter().enumerate().map(|(n, cell)| name(cell, n)).collect();
        if let Wishes::Named(named) = wishes
            && let Some((_, wanted)) = named.iter().find(|(_, wanted)| !names.contains(wanted))
        {
            return Err(NoColumn { wanted: wanted.clone(), names });
        }
        let full = |n: usize| {
            let cells = sheet.records.iter().filter_map(|record| record.cells.get(n));
            cells.filter(|cell| !cell.trim().is_empty()).count()
        };
        let uses = wishes.columns(header);
        let all = names.into_iter().zip(uses).enumerate();
        let all: Vec<OneColumn<C>> =
            all.map(|(n, (name, is))| OneColumn { name, filled: full(n), is }).collect();
        let single = |(n, column): (usize, &OneColumn<C>)| Some((column.is.filter(|is| !is.is_many())?, n));
        let of = all.iter().enumerate().filter_map(single).collect();
        Ok(Self { all, of })
    }

    /// Whether one of them holds what rows are there for.
    #[must_use]
    pub fn says(&self) -> bool {
        self.all.iter().filter_map(|column| column.is).any(C::says)
    }

    /// Where the column stands, of those that there are once.
    #[must_use]
    pub fn at(&self, column: C) -> Option<usize> {
        self.of.get(&column).copied()
    }

    /// A cell of a row; nothing where the sheet has no such column.
    pub(crate) fn cell<'r>(&self, record: &'r Record, column: C) -> &'r str {
        self.at(column).and_then(|n| record.cells.get(n)).map_or("", str::trim)
    }

    /// What keeps a row from being read, with the column and what stands there, where it is one. What
    /// stands in columns that are left out is not looked at.
    pub(crate) fn spoilt(
        &self,
        sheet: &Sheet,
        record: &Record,
        left_out: C,
    ) -> Vec<(Option<C>, String, Spoilt)> {
        let (have, want) = (record.cells.len(), sheet.header.cells.len());
        let misfit = (!sheet.fits(record)).then(|| (None, String::new(), Spoilt::Cells { have, want }));
        let damaged = |(n, damage): &(usize, Damage)| {
            let is = self.all.get(*n)?.is.filter(|is| *is != left_out)?;
            Some((Some(is), record.cells.get(*n)?.to_owned(), Spoilt::Damaged(*damage)))
        };
        misfit.into_iter().chain(record.damage.iter().filter_map(damaged)).collect()
    }

    /// What a row says in the columns of which there may be several, with their names.
    pub(crate) fn cells<'r>(
        &'r self,
        record: &'r Record,
        wanted: &'static [C],
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        let all = self.all.iter().zip(record.cells.iter());
        let wanted = all.filter(move |(column, _)| column.is.is_some_and(|is| wanted.contains(&is)));
        wanted.map(|(column, cell)| (column.name.as_str(), cell.trim())).filter(|(_, cell)| !cell.is_empty())
    }

    /// What the columns of a place say together: `3` under 楼栋 is 3号楼.
    pub(crate) fn address(&self, record: &Record, place: &'static [C]) -> Option<String> {
        let cells = self.cells(record, place);
        let said: String = cells.map(|(name, cell)| format!("{cell}{}", unit(name, cell))).collect();
        Some(said.split_whitespace().collect::<String>()).filter(|said| !said.is_empty())
    }

    /// How the sheet calls a column; the field's own word where it has none.
    #[must_use]
    pub fn called(&self, column: C) -> &str {
        self.at(column).and_then(|n| self.all.get(n)).map_or(column.as_word(), |column| column.name.as_str())
    }

    /// The columns that hold something and are used for nothing. Those that were left out by choice
    /// are not among them.
    #[must_use]
    pub fn unused(&self) -> Vec<&OneColumn<C>> {
        self.all.iter().filter(|column| column.filled > 0 && column.is.is_none()).collect()
    }
}

/// A column without a header goes by its place.
fn name(header: &str, n: usize) -> String {
    if header.trim().is_empty() { format!("#{}", n + 1) } else { in_line(header) }
}

/// Headers may be broken into lines.
#[must_use]
pub fn in_line(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a bare number under a header is a number of.
fn unit(header: &str, cell: &str) -> &'static str {
    let bare = cell.chars().count() <= 4 && !cell.ends_with(['楼', '栋', '幢', '座', '元', '号', '室']);
    let is = |words: &[&str]| bare && words.iter().any(|word| header.contains(word));
    if is(&["单元"]) {
        "单元"
    } else if is(&["楼栋", "楼号", "栋号", "幢号", "building"]) {
        "号楼"
    } else {
        ""
    }
}
