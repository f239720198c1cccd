//! The list as lines with commas: in UTF-8 with the mark by which Excel and WPS know it, and with
//! nothing that they would compute. Only the header and the rows, since programs read it.

use super::{Cell, Head};

/// The mark of UTF-8.
const MARK: &str = "\u{feff}";

/// Lines so far.
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn begin(head: &Head) -> Self {
        let mut lines = Self(MARK.to_owned());
        let header: Vec<Cell> = head.columns.iter().map(|column| Cell::text(&column.name)).collect();
        lines.row(&header);
        lines
    }

    pub(super) fn row(&mut self, cells: &[Cell]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => self.words(text),
                Cell::Number(number) => self.0.push_str(&number.to_string()),
                Cell::Day(day) => self.0.push_str(&day.to_string()),
                Cell::Minute(time) => self.0.push_str(&time.strftime("%Y-%m-%d %H:%M").to_string()),
                Cell::Fen(fen) => {
                    let sign = if *fen < 0 { "-" } else { "" };
                    let fen = fen.unsigned_abs();
                    self.0.push_str(&format!("{sign}{}.{:02}", fen / 100, fen % 100));
                }
            }
        }
        self.0.push_str("\r\n");
    }

    /// What a program would take for a formula gets an apostrophe before it, which is how people
    /// themselves write such words into a spreadsheet.
    fn words(&mut self, text: &str) {
        const COMPUTED: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
        let guard = if text.starts_with(COMPUTED) { "'" } else { "" };
        if text.contains([',', '"', '\r', '\n', '\t']) {
            self.0.push('"');
            self.0.push_str(guard);
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(guard);
            self.0.push_str(text);
        }
    }

    pub(super) fn end(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}
