//! Rows of a sheet as matters to be raised (待导入的行): what was said, by whom, when and where.
//! Whatever is wrong is noted by line and column, and nothing is cut, guessed or dropped unsaid.

use super::before::Imported;
use super::{Column, Columns, NoColumn, Wishes};
use crate::columns::Spoilt;
use std::collections::{BTreeMap, HashMap};
use yishi_domain::matters::{self, Opening};
use yishi_kernel::phone::{self, NoPhone};
use yishi_kernel::rules::Limits;
use yishi_kernel::text::{self, TextError, folded};
use yishi_kernel::when::{self, NoWhen};
use yishi_kernel::{Moment, Pack};
use yishi_spreadsheet::read::{Form, Line, Record, Sheet};

/// How many rows are shown as they stand.
const SHOWN: usize = 10;
/// How much of a cell is said again where it is wrong.
const SHORT: usize = 40;
/// What a line of sums begins with, and what may stand behind that in the same cell.
const SUMS: [&str; 8] = ["合计", "小计", "总计", "共计", "总数", "subtotal", "grandtotal", "total"];
const COUNTED: &str = ":.,共件条起个户项人次";

/// A time of a row: when it was, and as what it stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Moment,
    /// As it is written.
    pub raw: String,
}

/// A row ready to be raised: all that is taken of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub line: Line,
    /// Its key: the source and its number there, else what it says.
    pub key: String,
    /// A headline.
    pub title: Option<String>,
    /// What was said, with what is kept behind it.
    pub text: String,
    /// Who said it; may be empty.
    pub name: String,
    /// How they are reached; may be empty.
    pub contact: String,
    /// What it is about, where a category is called so.
    pub category: Option<String>,
    /// When.
    pub told: Option<Told>,
    /// Where, in the words of the sheet.
    pub address: Option<String>,
}

impl Row {
    /// What was said, as it is kept.
    pub fn said(&self) -> Vec<&str> {
        [self.text.as_str(), self.title()].into_iter().filter(|said| !said.is_empty()).collect()
    }

    fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }

    fn at(&self) -> Option<Moment> {
        self.told.as_ref().map(|told| told.at)
    }

    /// The columns in which another row of the same id says something else.
    fn others(&self, other: &Row) -> Vec<Column> {
        differing([
            (Column::Title, self.title() != other.title()),
            (Column::Text, self.text != other.text),
            (Column::Time, self.at() != other.at()),
            (Column::Name, self.name != other.name),
            (Column::Contact, self.contact != other.contact),
            (Column::Category, self.category != other.category),
            (Column::Place, self.address != other.address),
        ])
    }

    /// The columns in which it says something else than was imported for it; its place is told by
    /// its text, which keeps the address, and where it has none by `place`.
    pub(super) fn changed(&self, before: &Imported, place: &str) -> Vec<Column> {
        differing([
            (Column::Title, before.title.is_other(self.title())),
            (Column::Text, before.text.is_other(&self.text)),
            (Column::Time, before.at != self.at()),
            (Column::Name, before.name.is_other(&self.name)),
            (Column::Contact, before.contact.is_other(&self.contact)),
            (Column::Category, before.category != self.category),
            (Column::Place, self.address.is_none() && before.place.is_other(place)),
        ])
    }
}

fn differing(columns: [(Column, bool); 7]) -> Vec<Column> {
    columns.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

/// What is wrong with a row (错误).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub at: Line,
    /// In which column, where it is one.
    pub column: Option<Column>,
    /// What stands there.
    pub raw: String,
    /// Why it cannot be taken.
    pub why: Why,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It says nothing.
    SaysNothing,
    /// It does not read as a row.
    Spoilt(Spoilt),
    /// A time does not read.
    Time(NoWhen),
    /// A telephone is damaged.
    Contact(NoPhone),
    /// A text cannot be taken.
    Text(TextError),
    /// A row above has the same id and says something else.
    SameId {
        /// Where.
        above: Line,
    },
    /// A row above has the same id and the same words, and something else in these columns.
    SameWords {
        /// Where.
        above: Line,
        /// In these.
        columns: Vec<Column>,
    },
    /// It was imported before and says something else in these columns.
    Changed(Vec<Column>),
}

/// What is worth saying of a sheet that is not wrong (提示).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A line of sums, which is no matter.
    Sum {
        /// Where.
        at: Line,
        /// By which word.
        word: &'static str,
    },
    /// The same as a row above; taken once.
    Repeated {
        /// Where.
        at: Line,
        /// The one above.
        above: Line,
    },
    /// So many times are written like this one.
    Times {
        /// How many.
        count: usize,
        /// The first.
        first: Told,
    },
    /// So many rows tell no time, and count as said today.
    NoTime {
        /// How many.
        count: usize,
    },
    /// No category is called so.
    NoCategory {
        /// How.
        label: String,
        /// In how many rows.
        count: usize,
    },
}

/// A sheet that was read.
#[derive(Debug)]
pub struct Table {
    /// How the file was read.
    pub form: Form,
    /// Where its header stands.
    pub header: Line,
    /// Its columns.
    pub columns: Columns,
    /// The rows that can be raised, each once.
    pub rows: Vec<Row>,
    /// What is wrong, line by line; then nothing can be imported.
    pub wrong: Vec<Wrong>,
    /// What else is worth knowing.
    pub remarks: Vec<Remark>,
    /// The first rows, as they stand.
    pub shown: Vec<Record>,
}

/// By what rows are read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Name of the source, part of each row's key.
    pub source: &'a str,
    /// The rules in force.
    pub rules: &'a Pack,
    /// The present.
    pub now: Moment,
}

/// Reads the rows of a sheet.
///
/// # Errors
/// When a column was named that it does not have.
pub fn read(sheet: Sheet, wishes: &Wishes, by: Reading<'_>) -> Result<Table, NoColumn> {
    let sums: Vec<Remark> = sheet
        .records
        .iter()
        .filter_map(|record| Some(Remark::Sum { at: record.at, word: sum(record)? }))
        .collect();
    let mut sheet = sheet;
    sheet.records.retain(|record| sum(record).is_none());
    let columns = Columns::of(&sheet, wishes)?;
    let mut remarks = sums;
    let mut rows: Vec<Row> = Vec::with_capacity(sheet.records.len());
    let mut wrong = Vec::new();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut labels = BTreeMap::new();
    // What none of its columns says is told once, by the columns.
    let records: &[Record] = if columns.says() { &sheet.records } else { &[] };
    for record in records {
        let at = record.at;
        let why = |(column, raw, why)| Wrong { at, column, raw, why: Why::Spoilt(why) };
        let spoilt: Vec<Wrong> =
            columns.spoilt(&sheet, record, Column::LeftOut).into_iter().map(why).collect();
        // Where cells have moved, none says what it seems to.
        if spoilt.iter().any(|wrong| wrong.column.is_none()) {
            wrong.extend(spoilt);
            continue;
        }
        let row = match row(record, spoilt, &columns, by) {
            Ok(row) => row,
            Err(all) => {
                wrong.extend(all);
                continue;
            }
        };
        let label = columns.cell(record, Column::Category);
        if row.category.is_none() && !label.is_empty() {
            *labels.entry(label.to_owned()).or_insert(0_usize) += 1;
        }
        let id = || columns.cell(record, Column::Id).to_owned();
        match keys.get(&row.key).and_then(|n| rows.get(*n)) {
            Some(above) => match above.others(&row) {
                columns if columns.is_empty() => remarks.push(Remark::Repeated { at, above: above.line }),
                _ if above.said() != row.said() => {
                    let why = Why::SameId { above: above.line };
                    wrong.push(Wrong { at, column: Some(Column::Id), raw: id(), why });
                }
                columns => {
                    let why = Why::SameWords { above: above.line, columns };
                    wrong.push(Wrong { at, column: Some(Column::Id), raw: id(), why });
                }
            },
            None => {
                keys.insert(row.key.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    remarks.extend(times(&rows));
    remarks.extend(labels.into_iter().map(|(label, count)| Remark::NoCategory { label, count }));
    let Sheet { form, header, mut records } = sheet;
    records.truncate(SHOWN);
    Ok(Table { form, header: header.at, columns, rows, wrong, remarks, shown: records })
}

/// The word of a sum, where a row is one: `合计` in the first cell that holds anything, with nothing
/// but a count behind it.
fn sum(record: &Record) -> Option<&'static str> {
    let first = record.cells.iter().map(str::trim).find(|cell| !cell.is_empty())?;
    let first = folded(first).replace(' ', "");
    SUMS.into_iter().find(|word| {
        let rest = first.strip_prefix(word);
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || COUNTED.contains(c)))
    })
}

/// How times were read: each way of writing them with how often it occurs and the first.
fn times(rows: &[Row]) -> Vec<Remark> {
    let mut ways: BTreeMap<String, (usize, &Told)> = BTreeMap::new();
    for told in rows.iter().filter_map(|row| row.told.as_ref()) {
        ways.entry(shape(&told.raw)).or_insert((0, told)).0 += 1;
    }
    let read = |(count, first): (usize, &Told)| Remark::Times { count, first: first.clone() };
    let without = rows.iter().filter(|row| row.told.is_none()).count();
    let without = (without > 0).then_some(Remark::NoTime { count: without });
    ways.into_values().map(read).chain(without).collect()
}

/// How something is written: any number as one sign.
fn shape(raw: &str) -> String {
    let mut shape = String::new();
    for c in folded(raw).chars() {
        let c = if c.is_numeric() || "〇一二三四五六七八九十".contains(c) { '0' } else { c };
        if c != '0' || !shape.ends_with('0') {
            shape.push(c);
        }
    }
    shape
}

/// A row, or all that is wrong with it beside what is spoilt: one thing for each of its columns.
fn row(record: &Record, spoilt: Vec<Wrong>, columns: &Columns, by: Reading<'_>) -> Result<Row, Vec<Wrong>> {
    let mut all = Problems { at: record.at, wrong: spoilt };
    let cell = |column| columns.cell(record, column);
    let limits = by.rules.section::<Limits>();
    let title = text::excerpt(cell(Column::Title), usize::MAX);
    // Nothing is cut: what is too long for a title is text.
    let (title, said) = match cell(Column::Text) {
        said if title.chars().count() <= limits.summary => (title, said.to_owned()),
        said => (String::new(), format!("{title}\n{said}")),
    };
    let title = all.text(Column::Title, &title, limits.summary);
    if title.is_none() && said.trim().is_empty() {
        all.wrong.push(Wrong { at: record.at, column: None, raw: String::new(), why: Why::SaysNothing });
    }
    let kept = columns.cells(record, &[Column::Place, Column::Kept]);
    let said = kept.fold(said, |said, (name, cell)| format!("{said}\n{name}：{cell}"));
    let text = all.text(Column::Text, &said, limits.text).unwrap_or_default();
    let raw = cell(Column::Time);
    let told = (!raw.is_empty()).then(|| time(raw, by.now));
    let told = told.and_then(|told| all.taken(Column::Time, raw, told.map_err(Why::Time)));
    let mut line = |column, raw: &str| {
        all.text(column, &text::excerpt(raw, usize::MAX), Opening::LINE).unwrap_or_default()
    };
    let name = line(Column::Name, cell(Column::Name));
    let raw = cell(Column::Contact);
    let contact = all.taken(Column::Contact, raw, phone::contact(raw).map_err(Why::Contact));
    let contact = all.text(Column::Contact, &contact.unwrap_or_default(), Opening::LINE).unwrap_or_default();
    let category = Some(cell(Column::Category)).filter(|label| !label.is_empty()).and_then(|label| {
        let same = |name: &str| name == label;
        let known = &by.rules.section::<matters::Rules>().categories;
        known.iter().find(|c| same(&c.code.0) || same(&c.zh) || same(&c.en)).map(|c| c.code.0.clone())
    });
    if !all.wrong.is_empty() {
        return Err(all.wrong);
    }
    let (key, address) = (key(record, columns, by.source), columns.address(record, &[Column::Place]));
    Ok(Row { line: record.at, key, title, text, name, contact, category, told, address })
}

/// What is wrong with a row, as it is found.
struct Problems {
    at: Line,
    wrong: Vec<Wrong>,
}

impl Problems {
    /// What was taken of a cell; else why it was not, unless that cell is wrong already.
    fn taken<T>(&mut self, column: Column, raw: &str, taken: Result<T, Why>) -> Option<T> {
        match taken {
            Ok(taken) => Some(taken),
            Err(why) => {
                if self.wrong.iter().all(|wrong| wrong.column != Some(column)) {
                    let raw = text::excerpt(raw, SHORT);
                    self.wrong.push(Wrong { at: self.at, column: Some(column), raw, why });
                }
                None
            }
        }
    }

    /// A text of at most so many characters; nothing where the cell says nothing.
    fn text(&mut self, column: Column, raw: &str, max: usize) -> Option<String> {
        let taken = match text::clean(raw, max) {
            Ok(text) => Ok(Some(text)),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(Why::Text(error)),
        };
        self.taken(column, raw, taken).flatten()
    }
}

/// The id names the row; without one, what it says does.
fn key(record: &Record, columns: &Columns, source: &str) -> String {
    const SAID: [Column; 7] = [
        Column::Id,
        Column::Title,
        Column::Text,
        Column::Time,
        Column::Name,
        Column::Contact,
        Column::Category,
    ];
    match columns.cell(record, Column::Id) {
        "" => {
            // What is kept behind the text came later: without it a row keeps the name that it had.
            let said = SAID.map(|column| columns.cell(record, column)).into_iter().map(str::to_owned);
            let kept = columns.cells(record, &[Column::Place, Column::Kept]);
            let kept = kept.map(|(name, cell)| format!("{name}={cell}"));
            let cells: Vec<String> = said.chain(kept).collect();
            format!("{source}/#{}", yishi_store::blobs::digest_of(cells.join("\u{1f}").as_bytes()))
        }
        id => format!("{source}/{id}"),
    }
}

/// A time of something that has happened.
fn time(raw: &str, now: Moment) -> Result<Told, NoWhen> {
    Ok(Told { at: when::read_cell(raw)?.happened(now)?, raw: raw.to_owned() })
}
