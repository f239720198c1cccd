//! A workbook (工作簿, .xlsx): the rows of one of its sheets, cell by cell. A formula counts as the
//! value that the file keeps of it, which is what its writer saw; nothing is worked out here.

use super::cells::{Epoch, said};
use super::{ABOVE, Count, Damage, Form, Line, MOST_COLUMNS, NoSheet, Record, Sheet, fit, guard};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use std::io::Cursor;
use std::panic::catch_unwind;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the sheet of a name, else the first that can be seen and holds something.
pub(super) fn open(
    bytes: &[u8],
    wanted: Option<&str>,
    known: impl Fn(&[String]) -> usize,
) -> Result<Sheet, NoSheet> {
    guard::check(bytes)?;
    // The reader below counts without care for where a stranger says that a cell stands. What it
    // breaks over is a file that does not open, and no fault of ours.
    let read = catch_unwind(|| rows(bytes, wanted)).unwrap_or(Err(NoSheet::Broken));
    let (form, mut rows) = read?;
    // The first of the best stays.
    let mut best = ((0, 0), 0);
    for (n, row) in rows.iter().take(ABOVE).enumerate() {
        let fit = fit(&row.cells, &known);
        if fit > best.0 {
            best = (fit, n);
        }
    }
    let mut records = rows.split_off(best.1);
    let width = records.iter().map(|record| record.cells.len()).max().unwrap_or(0);
    let mut header = records.remove(0);
    // What stands beside it is a column without a name.
    let mut named = header.cells.apart();
    named.resize(width, String::new());
    header.cells = named.as_slice().into();
    Ok(Sheet { form, header, records })
}

fn rows(bytes: &[u8], wanted: Option<&str>) -> Result<(Form, Vec<Record>), NoSheet> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| NoSheet::Broken)?;
    let seen = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let sheets: Vec<String> =
        book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect();
    let asked: Vec<&String> =
        sheets.iter().filter(|name| wanted.is_none_or(|wanted| *name == wanted)).collect();
    if asked.is_empty() && wanted.is_some() {
        return Err(NoSheet::NoSuchSheet(sheets));
    }
    for sheet in asked {
        let rows = rows_of(&mut book, sheet)?;
        if !rows.is_empty() {
            return Ok((Form::Workbook { sheet: sheet.clone(), sheets }, rows));
        }
    }
    Err(NoSheet::Empty)
}

/// The rows of a sheet that hold anything.
fn rows_of(book: &mut Book<'_>, sheet: &str) -> Result<Vec<Record>, NoSheet> {
    let epoch = if book.has_1904_epoch() { Epoch::Of1904 } else { Epoch::Of1900 };
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| NoSheet::Broken)?;
    let (mut rows, mut count) = (Vec::new(), Count::default());
    let (mut open, mut said_here) = (Record::default(), Vec::<String>::new());
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| NoSheet::Broken)? {
        let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
        let at = Line::of_sheet(row.saturating_add(1));
        if at != open.at {
            // Rows stand in their order.
            if at.row < open.at.row {
                return Err(NoSheet::Broken);
            }
            let done = std::mem::replace(&mut open, Record { at, ..Record::default() });
            take(&mut rows, &mut count, done, &mut said_here)?;
        }
        let (text, damage) = match (&cell.value, &cell.formula) {
            (DataRef::Empty, None) => continue,
            (DataRef::Empty, Some(_)) => ("=".to_owned(), Some(Damage::NotWorkedOut)),
            (value, _) => said(value, epoch),
        };
        if column >= MOST_COLUMNS && !text.trim().is_empty() {
            return Err(NoSheet::Columns(at));
        }
        if column < MOST_COLUMNS {
            said_here.resize(said_here.len().max(column + 1), String::new());
            said_here[column] = text;
            open.damage.extend(damage.map(|damage| (column, damage)));
        }
    }
    take(&mut rows, &mut count, open, &mut said_here)?;
    Ok(rows)
}

/// Takes a row in with what its cells say.
fn take(
    rows: &mut Vec<Record>,
    count: &mut Count,
    mut row: Record,
    cells: &mut Vec<String>,
) -> Result<(), NoSheet> {
    row.cells = cells.as_slice().into();
    cells.clear();
    row.keep(row.filled());
    if !row.is_blank() {
        count.take(&row)?;
        rows.push(row);
    }
    Ok(())
}
