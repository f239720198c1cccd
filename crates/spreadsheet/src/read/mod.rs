//! Tables as spreadsheets save them (表格文件): bytes into rows, each with the line it stands on.
//! A workbook (.xlsx) or a text in UTF-8, UTF-16 or GBK, its cells apart by commas, tabs or
//! semicolons. What comes in is bounded before it is unpacked. What a column means is said elsewhere.

mod cells;
mod guard;
mod text;
mod workbook;

use std::fmt;

/// Largest file, in bytes: several times a hundred thousand matters.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Most columns.
pub const MOST_COLUMNS: usize = 200;
/// Most rows.
pub const MOST_ROWS: usize = 200_000;
/// Most cells, empty ones among them: what rows of so many columns come to in memory.
const MOST_CELLS: usize = 4_000_000;
/// How far down the header is looked for: offices put a title and a date above it.
const ABOVE: usize = 10;

/// Where a row stands: the line of the file, as editors show it, and the row of the sheet, which
/// is less where a cell above has line breaks in it. Both count from 1, and are one in a workbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The line of the file.
    pub line: usize,
    /// The row of the sheet.
    pub row: usize,
}

impl Line {
    /// A row of a workbook.
    fn of_sheet(row: usize) -> Self {
        Self { line: row, row }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if self.row == self.line { Ok(()) } else { write!(f, " (row {} of the sheet)", self.row) }
    }
}

/// What a workbook keeps of a cell is not what somebody put there (损坏的单元格). Whoever reads that
/// cell refuses it; whoever does not is not kept from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// A number of more than fifteen digits, of which a spreadsheet has made the last ones noughts.
    #[error(
        "a spreadsheet keeps fifteen digits of a number, and the others are gone; in the sheet make the \
         column text, put the number in again, and save"
    )]
    Rounded,
    /// It shows an error, as `#N/A`.
    #[error("the cell shows an error; correct its formula, or put in what it should say, and save")]
    Wrong,
    /// A formula that nobody has worked out: the file holds no value of it.
    #[error("the file holds a formula and not what it comes to; open it in a spreadsheet, and save it")]
    NotWorkedOut,
}

/// What the cells of a row say, put together: a sheet of a hundred thousand rows is millions of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    text: Box<str>,
    /// Where each of them ends.
    ends: Box<[u32]>,
}

impl Cells {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The nth.
    #[must_use]
    pub fn get(&self, n: usize) -> Option<&str> {
        let end = *self.ends.get(n)? as usize;
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.text.get(start..end)
    }

    /// Each of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        (0..self.len()).map(|n| self.get(n).unwrap_or_default())
    }

    /// Each by itself.
    #[must_use]
    pub fn apart(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

impl<S: AsRef<str>> From<&[S]> for Cells {
    fn from(cells: &[S]) -> Self {
        let mut end = 0;
        let ends = cells.iter().map(|cell| {
            // No file is larger than fits.
            end += u32::try_from(cell.as_ref().len()).unwrap_or_default();
            end
        });
        let ends = ends.collect();
        let text: String = cells.iter().map(AsRef::as_ref).collect();
        Self { text: text.into(), ends }
    }
}

/// A row as it stands in the file.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Where.
    pub at: Line,
    /// What its cells say.
    pub cells: Cells,
    /// Which of them are damaged, and how.
    pub damage: Vec<(usize, Damage)>,
}

impl Record {
    /// Whether no cell holds anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.filled() == 0
    }

    /// As far as the last cell that holds something: spreadsheets fill rows up to the longest.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
    }

    /// Leaves out all behind the first `width` cells.
    fn keep(&mut self, width: usize) {
        if width < self.cells.len() {
            let first: Vec<&str> = self.cells.iter().take(width).collect();
            self.cells = first.as_slice().into();
        }
    }

    /// What is wrong with a cell.
    #[must_use]
    pub fn damage_of(&self, cell: usize) -> Option<Damage> {
        self.damage.iter().find(|(at, _)| *at == cell).map(|(_, damage)| *damage)
    }
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table of text.
    Text {
        /// The encoding's name.
        encoding: &'static str,
        /// What stands between cells.
        separator: char,
    },
    /// A workbook.
    Workbook {
        /// The sheet that was read.
        sheet: String,
        /// All that can be seen in it, this one among them.
        sheets: Vec<String>,
    },
}

/// A table whose header was found.
#[derive(Debug)]
pub struct Sheet {
    /// How it was read.
    pub form: Form,
    /// The header: the row near the top of which most is known, else the one that holds most.
    pub header: Record,
    /// Every row below it that holds anything.
    pub records: Vec<Record>,
}

impl Sheet {
    /// Whether a row has as many cells as the header: in a text a separator too many or too few
    /// moves all that stands behind it.
    #[must_use]
    pub fn fits(&self, record: &Record) -> bool {
        let width = self.header.cells.len();
        match self.form {
            Form::Text { .. } => record.cells.len() >= width && record.filled() <= width,
            Form::Workbook { .. } => true,
        }
    }
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// Nothing is in it.
    #[error("there is nothing in it")]
    Empty,
    /// The file is too large, in bytes.
    #[error("it is larger than {} MB; divide it into several files", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// It unpacks to far more than a table would.
    #[error("it unpacks to far more than a table holds; take out pictures and what else is no row, and save")]
    Unpacks,
    /// An old workbook, or one with a password.
    #[error("it is an old workbook (.xls) or has a password; save it as .xlsx, without one")]
    Old,
    /// A workbook that does not open, or another file in a ZIP.
    #[error("it does not open as a workbook; save it as .xlsx or “CSV UTF-8” anew")]
    Broken,
    /// No text.
    #[error("it does not read as UTF-8, UTF-16 or GBK; save it as .xlsx or “CSV UTF-8”")]
    Encoding,
    /// A quotation mark is opened at a line and never closed, so that all below it is one cell.
    #[error("{0}: a quotation mark is opened here and never closed")]
    Open(Line),
    /// A row reaches too far to the right.
    #[error("{0}: more than {MOST_COLUMNS} columns; take out those that are not needed")]
    Columns(Line),
    /// Too many rows, or cells.
    #[error("more than {MOST_ROWS} rows; divide it into several files")]
    Rows,
    /// No sheet has that name; those that there are.
    #[error("there is no such sheet; there are: {}", .0.join(", "))]
    NoSuchSheet(Vec<String>),
}

/// Reads a file: of a workbook the sheet of that name, else the first that holds something. The
/// header is the row near the top of which most cells are `known`.
///
/// # Errors
/// What is wrong with the file as a whole.
pub fn open(
    bytes: &[u8],
    wanted: Option<&str>,
    known: impl Fn(&[String]) -> usize,
) -> Result<Sheet, NoSheet> {
    if bytes.len() > MOST_BYTES {
        return Err(NoSheet::TooLarge);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(NoSheet::Old);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::open(bytes, wanted, known);
    }
    text::open(bytes, known)
}

/// How well a row does for a header: what is known of it, else what it holds.
fn fit(cells: &Cells, known: &impl Fn(&[String]) -> usize) -> (usize, usize) {
    match known(&cells.apart()) {
        0 => (0, cells.iter().filter(|cell| !cell.trim().is_empty()).count()),
        count => (count, 0),
    }
}

/// Counts what is taken in, and stops at the bounds.
#[derive(Default)]
struct Count {
    rows: usize,
    cells: usize,
}

impl Count {
    fn take(&mut self, record: &Record) -> Result<(), NoSheet> {
        if record.filled() > MOST_COLUMNS {
            return Err(NoSheet::Columns(record.at));
        }
        self.rows += 1;
        self.cells += record.cells.len();
        if self.rows > MOST_ROWS || self.cells > MOST_CELLS { Err(NoSheet::Rows) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
