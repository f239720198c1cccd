//! The list as a workbook of one sheet: title and what was chosen above, the header in a row that
//! stays in sight and on each printed page, A4 across. Rows go to a file of the machine's own as
//! they come, so that a hundred thousand of them take no more memory than ten.

use super::{Cell, Head, MOST_ROWS, WriteError};
use jiff::civil::{Date, Time};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A4.
const A4: u8 = 9;
/// Longest text that a place takes, in units of UTF-16.
const LONGEST: usize = 32_767;
/// Whole numbers beyond this are not kept exactly.
const EXACT: i64 = 1 << 53;

/// A workbook so far.
pub(super) struct Book {
    // The one that knows the looks of the sheet's places: another would not.
    book: Workbook,
    sheet: Worksheet,
    looks: Looks,
    header: u32,
    next: u32,
    columns: u16,
}

struct Looks {
    text: Format,
    number: Format,
    day: Format,
    minute: Format,
    money: Format,
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => WriteError::TooLong,
            other => WriteError::Failed(other.to_string()),
        }
    }
}

impl Book {
    pub(super) fn begin(head: &Head) -> Result<Self, WriteError> {
        let plain = || Format::new().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let looks = Looks {
            text: plain().set_text_wrap(),
            number: plain(),
            day: plain().set_num_format("yyyy-mm-dd"),
            minute: plain().set_num_format("yyyy-mm-dd hh:mm"),
            money: plain().set_num_format("#,##0.00"),
        };
        let named = plain().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE7_EFED));
        let mut book = Workbook::new();
        let mut sheet = book.new_worksheet_with_constant_memory()?;
        // A name of a sheet takes few words and not all signs: the title stands above the rows.
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&P / &N");
        for (n, column) in (0_u16..).zip(&head.columns) {
            // A Chinese character is as wide as two digits.
            sheet.set_column_width(n, f64::from(column.width.clamp(3, 60)) * 2.0 + 1.0)?;
        }
        sheet.write_string_with_format(
            0,
            0,
            words(&head.title),
            &Format::new().set_bold().set_font_size(14),
        )?;
        let mut next = 1;
        for line in &head.lines {
            sheet.write_string(next, 0, words(line))?;
            next += 1;
        }
        let header = next;
        for (n, column) in (0_u16..).zip(&head.columns) {
            sheet.write_string_with_format(header, n, words(&column.name), &named)?;
        }
        sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?;
        let columns = u16::try_from(head.columns.len()).unwrap_or(u16::MAX);
        Ok(Self { book, sheet, looks, header, next: header + 1, columns })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        if self.next - self.header > MOST_ROWS {
            return Err(WriteError::TooLong);
        }
        let row = self.next;
        self.next += 1;
        let (sheet, looks) = (&mut self.sheet, &self.looks);
        for (n, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => sheet.write_blank(row, n, &looks.text)?,
                // Never read for what it might mean: what begins with = stays words.
                Cell::Text(text) => sheet.write_string_with_format(row, n, words(text), &looks.text)?,
                Cell::Number(number) if number.abs() > EXACT => {
                    sheet.write_string_with_format(row, n, number.to_string(), &looks.text)?
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, n, *number as f64, &looks.number)?
                }
                Cell::Day(day) => match dated(*day, Time::midnight()) {
                    Some(date) => sheet.write_datetime_with_format(row, n, &date, &looks.day)?,
                    None => sheet.write_string_with_format(row, n, day.to_string(), &looks.text)?,
                },
                Cell::Minute(time) => match dated(time.date(), time.time()) {
                    Some(date) => sheet.write_datetime_with_format(row, n, &date, &looks.minute)?,
                    None => {
                        let text = time.strftime("%Y-%m-%d %H:%M").to_string();
                        sheet.write_string_with_format(row, n, text, &looks.text)?
                    }
                },
                Cell::Fen(fen) => {
                    sheet.write_number_with_format(row, n, *fen as f64 / 100.0, &looks.money)?
                }
            };
        }
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<Vec<u8>, WriteError> {
        if let Some(last) = self.columns.checked_sub(1) {
            self.sheet.autofilter(self.header, 0, self.next - 1, last)?;
        }
        self.book.push_worksheet(self.sheet);
        Ok(self.book.save_to_buffer()?)
    }
}

/// A day and minute as spreadsheets count them; they know none before 1900.
fn dated(day: Date, time: Time) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    let [month, date, hour, minute] =
        [day.month(), day.day(), time.hour(), time.minute()].map(i8::unsigned_abs);
    ExcelDateTime::from_ymd(year, month, date).ok()?.and_hms(u16::from(hour), minute, 0).ok()
}

/// Words as a place takes them: without signs that no file may hold, and not too long.
fn words(text: &str) -> String {
    let kept = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control());
    let mut left = LONGEST;
    kept.take_while(|c| {
        let room = left.checked_sub(c.len_utf16());
        left = room.unwrap_or(0);
        room.is_some()
    })
    .collect()
}
