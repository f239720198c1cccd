//! What is written is read again, by another's reader, cell by cell.
#![allow(clippy::unwrap_used)]

use super::{Cell, Column, Form, Head, Writing};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::io::Cursor;

fn head(columns: usize) -> Head {
    let columns = (0..columns).map(|n| Column::new(format!("栏{n}"), 8)).collect();
    Head {
        title: "事项台账".to_owned(), lines: vec!["2026年11月".to_owned(), "制表".to_owned()], columns
    }
}

fn written(form: Form, head: &Head, rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writing = Writing::begin(form, head).unwrap();
    for row in rows {
        writing.row(row).unwrap();
    }
    writing.end().unwrap()
}

/// All rows of a workbook's only sheet, from its first place on.
fn read(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let (rows, columns) = range.end().unwrap();
    let place = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    (0..=rows).map(|row| (0..=columns).map(|column| place(row, column)).collect()).collect()
}

/// The lines of a file with commas, read by the rules of RFC 4180.
fn lines(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

fn any_text() -> impl Strategy<Value = String> {
    const ODD: [&str; 13] =
        ["=1+1", "+86", "-3", "@x", "＝甲", "\t=1", "a,b", "a\"b", "甲\n乙", "_x0041_", "<&>", " 空 ", "007"];
    prop_oneof![
        prop::sample::select(ODD.as_slice()).prop_map(str::to_owned),
        "[\\PC\n\t]{0,20}",
        "[一-龥]{1,10}"
    ]
}

fn any_day() -> impl Strategy<Value = Date> {
    (1901_i16..2200, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| date(year, month, day))
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any_text().prop_map(Cell::Text),
        (-1_000_000_000_i64..1_000_000_000).prop_map(Cell::Number),
        any_day().prop_map(Cell::Day),
        (any_day(), 0_i8..24, 0_i8..60).prop_map(|(day, h, m)| Cell::Minute(day.at(h, m, 0, 0))),
        (-1_000_000_000_i64..1_000_000_000).prop_map(Cell::Fen),
    ]
}

/// Whether what was read is what was written.
fn same(cell: &Cell, read: &Data) -> bool {
    match (cell, read) {
        (Cell::Empty, Data::Empty) => true,
        (Cell::Text(text), Data::Empty) => text.is_empty(),
        (Cell::Text(text), Data::String(read)) => text == read,
        (Cell::Number(number), Data::Float(read)) => *number as f64 == *read,
        (Cell::Fen(fen), Data::Float(read)) => (*fen as f64 - read * 100.0).abs() < 0.001,
        (Cell::Day(day), Data::DateTime(read)) => {
            let (year, month, date, ..) = read.to_ymd_hms_milli();
            (i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
                == (i32::from(year), month, date)
        }
        (Cell::Minute(time), Data::DateTime(read)) => {
            let (year, month, date, hour, minute, ..) = read.to_ymd_hms_milli();
            time.strftime("%Y-%m-%d %H:%M").to_string()
                == format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}")
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_workbook_is_read_back_cell_by_cell(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 5), 0..12)
    ) {
        let head = head(5);
        let read = read(&written(Form::Xlsx, &head, &rows));
        prop_assert_eq!(&read[0][0], &Data::String(head.title.clone()));
        for (line, read) in head.lines.iter().zip(&read[1..]) {
            prop_assert_eq!(&read[0], &Data::String(line.clone()));
        }
        for (column, read) in head.columns.iter().zip(&read[3]) {
            prop_assert_eq!(read, &Data::String(column.name.clone()));
        }
        for (n, row) in rows.iter().enumerate() {
            for (m, cell) in row.iter().enumerate() {
                let read = read.get(4 + n).map_or(&Data::Empty, |row| &row[m]);
                prop_assert!(same(cell, read), "{cell:?} is read as {read:?}");
            }
        }
    }

    #[test]
    fn lines_are_read_back_and_nothing_is_computed(
        rows in prop::collection::vec(prop::collection::vec(any_text(), 3), 0..12)
    ) {
        let cells: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
        let text = String::from_utf8(written(Form::Csv, &head(3), &cells)).unwrap();
        let read = lines(&text);
        prop_assert_eq!(&read[0], &["栏0", "栏1", "栏2"]);
        prop_assert_eq!(read.len(), rows.len() + 1);
        for (row, read) in rows.iter().zip(&read[1..]) {
            for (text, read) in row.iter().zip(read) {
                prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠']));
                prop_assert_eq!(text, read.strip_prefix('\'').filter(|rest| *rest == text).unwrap_or(read));
            }
        }
    }
}

#[test]
fn nothing_that_people_wrote_is_a_formula() {
    let row = ["=cmd|' /C calc'!A0", "+1", "-1", "@sum(a1)"].map(Cell::text).to_vec();
    let bytes = written(Form::Xlsx, &head(4), std::slice::from_ref(&row));
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    for (cell, read) in row.iter().zip(&read(&bytes)[4]) {
        assert!(same(cell, read), "{cell:?} {read:?}");
    }
}

#[test]
fn numbers_and_days_are_plain_in_lines() {
    let day = date(2026, 5, 1);
    let row =
        [Cell::Number(-3), Cell::Day(day), Cell::Minute(day.at(9, 5, 0, 0)), Cell::Fen(-1_250), Cell::Empty];
    let text = String::from_utf8(written(Form::Csv, &head(5), &[row.to_vec()])).unwrap();
    assert_eq!(lines(&text)[1], ["-3", "2026-05-01", "2026-05-01 09:05", "-12.50", ""]);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_signs_that_no_file_holds_are_left_out() {
    let row = vec![Cell::text("长".repeat(40_000)), Cell::text("甲\u{0}乙\u{7}丙")];
    let read = read(&written(Form::Xlsx, &head(2), &[row]));
    assert_eq!(read[4], [Data::String("长".repeat(32_767)), Data::String("甲乙丙".to_owned())]);
}
