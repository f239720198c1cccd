//! Papers of an office 公文 as a small model: title, number, fields, numbered paragraphs, tables,
//! lines to sign. What a paper says comes in from outside; here it is laid out, once as DOCX
//! ([`docx()`]) and, by whoever shows pages, from the same [`Part`]s, so that the two never differ.
//! Beside them days, as a calendar program reads them ([`calendar`]).
//!
//! Pure: no clock, no network, no files. The same paper makes the same bytes.

pub mod calendar;
mod docx;
mod kept;
mod model;
mod numerals;
mod zip;

pub use docx::docx;
pub use kept::{Internal, Kept, Person, Posted, Sheet};
pub use model::{Block, Column, Paper, Part, Rows, Table};
pub use numerals::chinese;
pub use zip::{Entry, zip};
