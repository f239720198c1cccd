//! Spreadsheets (电子表格) in and out: a file's bytes into rows, rows into a workbook. Whatever comes
//! in is taken as a stranger's: bounded in size, columns and time. What a column means, and what
//! rows are made of, is said by those who call.

pub mod read;
pub mod write;
