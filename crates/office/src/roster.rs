//! Rosters from a sheet (名册导入): what those of people, places, organisations and councils have in
//! common. A sheet is read by its columns, whatever is wrong is told by cell, and what it comes to is
//! decided by the same commands as on the pages and recorded all or none. What a row means is each
//! feature's.

use crate::act::Try;
use crate::columns::{Columns, Spoilt, Unread, Use, Wishes};
use crate::{Batch, Failure, Office};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use yishi_domain::places::{NoStep, PlaceKind};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::folded;
use yishi_kernel::when::NoWhen;
use yishi_kernel::{Refusal, Role};
use yishi_spreadsheet::read::{Form, Line, Record, Sheet, open};
use yishi_store::{Fault, Guard};

/// How many rows are kept to be shown as they stand.
const SHOWN: usize = 10;

/// Most rows of which each is decided by itself: what is done in well under the time a page may take.
const MOST: usize = 2_000;

/// How a roster is to be read.
#[derive(Clone, Debug)]
pub struct Asked<C> {
    /// Which sheet of a workbook; the first that holds something where nobody said.
    pub sheet: Option<String>,
    /// What its columns hold.
    pub wishes: Wishes<C>,
}

/// A roster as it was read (名册).
#[derive(Debug)]
pub struct Listed<C> {
    /// How the file was read.
    pub form: Form,
    /// Where its header stands.
    pub header: Line,
    /// Its columns.
    pub columns: Columns<C>,
    /// The first rows, as they stand.
    pub shown: Vec<Record>,
    /// What is wrong, cell by cell; then nothing is recorded.
    pub wrong: Vec<Wrong<C>>,
}

/// What is wrong with a row (错误).
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong<C> {
    /// Where.
    pub at: Line,
    /// In which column, where it is one.
    pub column: Option<C>,
    /// What stands there.
    pub raw: String,
    /// Why it cannot be taken.
    pub why: Why,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It does not read as a row.
    Spoilt(Spoilt),
    /// There are more rows than are decided at once, which are so many.
    TooMany(usize),
    /// Something must stand there.
    Empty,
    /// No role is called so.
    NoSuchRole,
    /// No kind of organisation is called so.
    NoSuchKind,
    /// No kind of member is called so.
    NoSuchMember,
    /// A day does not read.
    Time(NoWhen),
    /// No organisation here is called so.
    NoSuchBody,
    /// No place here is called so.
    NoPlace,
    /// More than one is.
    ManyPlaces,
    /// The role is held at places of other kinds.
    Bound(Role, Vec<PlaceKind>),
    /// The role is held for an organisation, and none is named.
    NeedsBody(Role),
    /// A place is named, and no role that is held there.
    NoRole,
    /// A place is not named as the one that it is.
    Step(NoStep),
    /// The same stands in another row with something else beside it.
    Above(Line),
    /// What the same person is given above waits for another keeper of accounts, and only one thing
    /// does at a time.
    Waits(Line),
    /// It stands here already with something else beside it.
    Stands,
    /// A rule says no.
    Refused(Refusal),
}

/// What is worth saying of a roster that is not wrong (提示).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many places of a kind are opened.
    Opens {
        /// Which kind.
        kind: PlaceKind,
        /// How many.
        count: usize,
    },
    /// The same as a row above; taken once.
    Repeated {
        /// Where.
        at: Line,
        /// The one above.
        above: Line,
    },
    /// The same person as a row above gets one more role.
    Same {
        /// Where.
        at: Line,
        /// The one above.
        above: Line,
        /// Who.
        name: String,
        /// Which.
        role: Role,
        /// At which place, as the sheet names it.
        place: String,
    },
    /// Somebody who has an account gets one more role.
    Granted {
        /// Where.
        at: Line,
        /// Who.
        name: String,
        /// Which.
        role: Role,
        /// At which place, as the sheet names it.
        place: String,
    },
    /// A role waits until another keeper of accounts confirms it.
    Asked {
        /// Where.
        at: Line,
        /// Whose.
        name: String,
        /// Which.
        role: Role,
    },
}

/// A roster beside what stands: what it would come to.
#[derive(Debug)]
pub struct Seen<C> {
    /// As it was read.
    pub listed: Listed<C>,
    /// What else is worth knowing.
    pub notes: Vec<Note>,
    /// How many open something new: rows, or people where several rows are one.
    pub new: usize,
    /// How many add something to what stands.
    pub added: usize,
    /// How many stand as they are.
    pub known: usize,
    batch: Option<Batch>,
}

impl<C: Use> Seen<C> {
    pub(crate) fn of(listed: Listed<C>) -> Self {
        Self { listed, notes: Vec::new(), new: 0, added: 0, known: 0, batch: None }
    }

    /// Whether nothing stands in the way of recording it.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let Listed { columns, wrong, .. } = &self.listed;
        columns.says() && columns.unused().is_empty() && wrong.is_empty()
    }

    /// Whether there is anything to record.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.batch.is_some()
    }

    /// What opens something new, as it was decided.
    pub(crate) fn opens(&mut self, decided: Batch) {
        self.new += 1;
        self.then(decided);
    }

    /// What adds to what stands, as it was decided.
    pub(crate) fn adds_to(&mut self, decided: Batch) {
        self.added += 1;
        self.then(decided);
    }

    /// One more decision, to be recorded with the others.
    pub(crate) fn then(&mut self, decided: Batch) {
        self.batch = Some(match self.batch.take() {
            Some(batch) => batch.then(decided),
            None => decided,
        });
    }

    /// What must still stand so when it is recorded.
    pub(crate) fn guarded(&mut self, guards: Vec<Guard>) {
        if let Some(batch) = &mut self.batch {
            guards.into_iter().for_each(|guard| batch.guard(guard));
        }
    }

    /// As it is told: row by row.
    pub(crate) fn sorted(mut self) -> Self {
        self.listed.wrong.sort_by_key(|wrong| wrong.at.row);
        self
    }

    /// The rows, unless there are more than are decided at once, which is noted.
    pub(crate) fn few(&mut self, records: Vec<Record>) -> Vec<Record> {
        let Some(record) = records.get(MOST) else { return records };
        let (at, why) = (record.at, Why::TooMany(MOST));
        self.listed.wrong.push(Wrong { at, column: None, raw: String::new(), why });
        Vec::new()
    }

    /// Notes why a cell cannot be taken.
    pub(crate) fn wrong(&mut self, record: &Record, column: C, why: Why) {
        let raw = self.listed.columns.cell(record, column).to_owned();
        self.wrong_at(record, column, &raw, why);
    }

    /// The same of what several cells say together.
    pub(crate) fn wrong_at(&mut self, record: &Record, column: C, raw: &str, why: Why) {
        self.listed.wrong.push(Wrong { at: record.at, column: Some(column), raw: raw.to_owned(), why });
    }
}

impl<C: Use> Listed<C> {
    /// Reads a file, and notes which rows do not read; the cells of columns that are `left_out` are
    /// not looked at.
    pub(crate) async fn read(
        bytes: impl AsRef<[u8]> + Send + 'static,
        asked: Asked<C>,
        left_out: C,
    ) -> Result<Result<(Self, Vec<Record>), Unread>, Fault> {
        let reading = tokio::task::spawn_blocking(move || {
            let Asked { sheet, wishes } = asked;
            let known = |header: &[String]| wishes.known(header);
            let sheet = open(bytes.as_ref(), sheet.as_deref(), known).map_err(Unread::NoSheet)?;
            let columns = Columns::of(&sheet, &wishes).map_err(Unread::NoColumn)?;
            Ok(Self::of(sheet, columns, left_out))
        });
        reading.await.map_err(Fault::unreadable)
    }

    fn of(sheet: Sheet, columns: Columns<C>, left_out: C) -> (Self, Vec<Record>) {
        let mut wrong = Vec::new();
        let mut sound = Vec::with_capacity(sheet.records.len());
        let shown = sheet.records.iter().take(SHOWN).cloned().collect();
        for record in &sheet.records {
            let spoilt = columns.spoilt(&sheet, record, left_out);
            if spoilt.is_empty() {
                sound.push(record.clone());
            }
            let at = record.at;
            let why = |(column, raw, why)| Wrong { at, column, raw, why: Why::Spoilt(why) };
            wrong.extend(spoilt.into_iter().map(why));
        }
        // What none of its columns says is told once, by the columns.
        if !columns.says() {
            wrong.clear();
            sound.clear();
        }
        let (form, header) = (sheet.form, sheet.header.at);
        (Self { form, header, columns, shown, wrong }, sound)
    }
}

impl Office {
    /// Records what a roster comes to: all of it, or nothing.
    ///
    /// # Errors
    /// When something changed meanwhile that it was decided by: it must be looked at anew.
    pub async fn take_in<C: Use>(&self, seen: Seen<C>) -> Result<(), Failure> {
        let Some(batch) = seen.batch.filter(|_| seen.listed.wrong.is_empty()) else { return Ok(()) };
        match self.append(batch).await? {
            Try::Done(()) => Ok(()),
            Try::Again => Err(Common::Exists.into()),
        }
    }
}

/// What rows above say by name, so that each is taken once (同名行).
pub(crate) struct Above<T>(HashMap<String, (T, Line)>);

impl<T: PartialEq> Above<T> {
    pub(crate) fn none() -> Self {
        Self(HashMap::new())
    }

    /// Whether a row is the first of its name. Another that says the same is noted as taken once, and
    /// one that says something else as wrong at the column of names.
    pub(crate) fn is_first<C: Use>(
        &mut self,
        seen: &mut Seen<C>,
        (record, column): (&Record, C),
        name: &str,
        says: T,
    ) -> bool {
        match self.0.entry(plain(name)) {
            Entry::Vacant(free) => {
                free.insert((says, record.at));
                return true;
            }
            Entry::Occupied(one) => match one.get() {
                (same, above) if *same == says => {
                    seen.notes.push(Note::Repeated { at: record.at, above: *above });
                }
                (_, above) => seen.wrong(record, column, Why::Above(*above)),
            },
        }
        false
    }
}

/// What somebody may write for each of some things: in a cell they are told by it.
#[derive(Clone, Debug, Default)]
pub struct Called<T> {
    names: Vec<(String, T)>,
}

impl<T: Copy + PartialEq> Called<T> {
    /// These names of these things.
    pub fn of<N: AsRef<str>>(names: impl IntoIterator<Item = (N, T)>) -> Self {
        Self { names: names.into_iter().map(|(name, thing)| (plain(name.as_ref()), thing)).collect() }
    }

    /// The one thing that is called so.
    #[must_use]
    pub fn one(&self, cell: &str) -> Option<T> {
        let own = plain(cell);
        let mut found = self.names.iter().filter(|(name, _)| *name == own).map(|(_, thing)| *thing);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }
}

/// A name as cells are compared: however it is cased, spaced or composed.
pub(crate) fn plain(name: &str) -> String {
    folded(name).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_told_by_any_name_of_a_thing_unless_two_things_have_it() {
        let called = Called::of([("楼栋长", 1), ("Building head", 1), ("网格长", 2), ("长", 1), ("长", 2)]);
        assert_eq!(called.one(" 楼栋长 "), Some(1));
        assert_eq!(called.one("building  HEAD"), Some(1));
        assert_eq!((called.one("长"), called.one("科长")), (None, None));
    }
}
