//! A list as a file: a head, then its rows one after the other, as a workbook ([`Form::Xlsx`]) or as
//! lines ([`Form::Csv`]). Rows are not kept, so that a long list needs no more memory than a short
//! one. What people wrote is always text: no spreadsheet computes it. Which rows there are is said
//! by those who call.

mod csv;
mod xlsx;

#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};
use std::fmt;

/// Most rows that a sheet of a workbook has, with room for its head.
pub const MOST_ROWS: u32 = 1_048_576 - 64;

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook (Excel 工作簿).
    Xlsx,
    /// Lines with commas, for other programs: the header and the rows alone.
    Csv,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Form::Xlsx, Form::Csv];

    /// What its name ends in.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Form::Xlsx => "xlsx",
            Form::Csv => "csv",
        }
    }

    /// The one that a name ends in.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }

    /// What it is called where files are sent.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What stands above the rows (表头).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What the list is.
    pub title: String,
    /// What was chosen of it and on which day, line by line: on the sheet, so that a printed one
    /// still says what it counts.
    pub lines: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column (栏).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// How wide it is, in Chinese characters.
    pub width: u16,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(name: impl Into<String>, width: u16) -> Self {
        Self { name: name.into(), width }
    }
}

/// What stands in one place of a row (格).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Number(i64),
    /// A day.
    Day(Date),
    /// A time of day, to the minute.
    Minute(DateTime),
    /// Money, in fen.
    Fen(i64),
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// What there may be.
    #[must_use]
    pub fn or_empty(cell: Option<Cell>) -> Self {
        cell.unwrap_or(Cell::Empty)
    }
}

/// Why a list could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// It has more rows than a sheet takes: it must be asked for in parts.
    TooLong,
    /// The machine has no room for it, or the workbook could not be made.
    Failed(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the list has more rows than a sheet takes"),
            Self::Failed(why) => write!(f, "the workbook could not be made: {why}"),
        }
    }
}

impl std::error::Error for WriteError {}

/// A list that is being written.
pub struct Writing(Kind);

enum Kind {
    Xlsx(Box<xlsx::Book>),
    Csv(csv::Lines),
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writing").finish_non_exhaustive()
    }
}

impl Writing {
    /// Begins a list with its head.
    ///
    /// # Errors
    /// When the machine has no room.
    pub fn begin(form: Form, head: &Head) -> Result<Self, WriteError> {
        Ok(Self(match form {
            Form::Xlsx => Kind::Xlsx(Box::new(xlsx::Book::begin(head)?)),
            Form::Csv => Kind::Csv(csv::Lines::begin(head)),
        }))
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// When there are more than [`MOST_ROWS`], or the machine has no room.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        match &mut self.0 {
            Kind::Xlsx(book) => book.row(cells),
            Kind::Csv(lines) => {
                lines.row(cells);
                Ok(())
            }
        }
    }

    /// Ends it: the bytes of the file.
    ///
    /// # Errors
    /// When the machine has no room.
    pub fn end(self) -> Result<Vec<u8>, WriteError> {
        match self.0 {
            Kind::Xlsx(book) => book.end(),
            Kind::Csv(lines) => Ok(lines.end()),
        }
    }
}
