//! A table as spreadsheets save it (表格文件): bytes into rows, each with the line it stands on.
//! Encodings, separators, quotation marks, a line above the header. What a column means is said
//! in `columns`.

use std::fmt;
use yishi_kernel::text::folded;

/// Where a row stands: the line of the file, as editors show it, and the row of the sheet, which
/// is less where a cell above has line breaks in it. Both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    pub row: usize,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if self.row == self.line { Ok(()) } else { write!(f, " (row {} of the sheet)", self.row) }
    }
}

/// A row as it stands in the file.
#[derive(Debug)]
pub struct Record {
    pub at: Line,
    pub cells: Vec<String>,
}

impl Record {
    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.filled() == 0
    }

    /// The word of a sum, where it is one: `合计` in the first cell that holds anything, with nothing
    /// but a count behind it.
    pub fn sum(&self) -> Option<&'static str> {
        let first = self.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty())?;
        let first = folded(first).replace(' ', "");
        SUMS.into_iter().find(|word| {
            let rest = first.strip_prefix(word);
            rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || COUNTED.contains(c)))
        })
    }

    /// As far as the last cell that holds something: spreadsheets fill rows up to the longest.
    pub fn filled(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
    }
}

/// A file whose header was found.
#[derive(Debug)]
pub struct Sheet {
    pub separator: char,
    pub header: Record,
    /// Every row below it that holds anything.
    pub records: Vec<Record>,
}

/// What a line of sums begins with, and what may stand behind that in the same cell.
const SUMS: [&str; 8] = ["合计", "小计", "总计", "共计", "总数", "subtotal", "grandtotal", "total"];
const COUNTED: &str = ":.,共件条起个户项人次";

/// What may stand between cells. Nothing else is guessed.
const SEPARATORS: [char; 4] = [',', '\t', ';', '，'];

/// How far down the header is looked for: offices put a title and a date above it.
const ABOVE: usize = 10;

/// The text of a file: by its byte order mark, else UTF-8, else GBK.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), String> {
    const SAVE: &str = "save it as “CSV UTF-8” or “Unicode text” and import that";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(format!("the file is a workbook and no table of text; {SAVE}"));
    }
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or_else(|| {
        let plain = std::str::from_utf8(bytes).is_ok();
        (if plain { encoding_rs::UTF_8 } else { encoding_rs::GBK }, 0)
    });
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    match text {
        Some(text) if !text.contains('\0') => Ok((text.into_owned(), encoding.name())),
        _ => Err(format!("the file does not read as UTF-8, UTF-16 or GBK; {SAVE}")),
    }
}

/// Finds the header, by how many of its cells are `known`, and reads the rows below it.
///
/// # Errors
/// The rows that could be the header where none is; else what is wrong with the file's shape.
pub fn open(content: &str, known: impl Fn(&[String]) -> usize) -> Result<Sheet, NoSheet> {
    let separators: Vec<char> = match content.strip_prefix("sep=") {
        Some(rest) => rest.chars().next().into_iter().collect(),
        None => SEPARATORS.to_vec(),
    };
    // The first of the best stays.
    let mut best: Option<(usize, char, Line)> = None;
    for separator in separators.iter().copied() {
        for record in Records::of(content, separator).take(ABOVE).flatten() {
            let count = known(&record.cells);
            if count > best.map_or(0, |(most, ..)| most) {
                best = Some((count, separator, record.at));
            }
        }
    }
    let Some((_, separator, at)) = best else {
        let seen = separators.into_iter().filter_map(|separator| {
            Records::of(content, separator).take(ABOVE).flatten().find(|record| !record.is_blank())
        });
        let seen = seen.max_by_key(Record::filled).map(|record| record.cells).unwrap_or_default();
        return Err(NoSheet::NoHeader(seen));
    };
    let mut rows =
        Records::of(content, separator).skip_while(|row| row.as_ref().is_ok_and(|row| row.at != at));
    let header = rows.next().ok_or_else(|| NoSheet::NoHeader(Vec::new()))?.map_err(NoSheet::Open)?;
    let records = rows.filter(|row| !row.as_ref().is_ok_and(Record::is_blank)).collect::<Result<_, _>>();
    Ok(Sheet { separator, header, records: records.map_err(NoSheet::Open)? })
}

/// Why a file is no table.
#[derive(Debug)]
pub enum NoSheet {
    /// No row near the top is a header; the first that holds something, as it was read.
    NoHeader(Vec<String>),
    /// A quotation mark is opened at a line and never closed, so that all below it is one cell.
    Open(Line),
}

/// The rows of a text, one after the other (RFC 4180, with any line end and separator).
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: usize,
    /// Line breaks in cells so far.
    within: usize,
}

impl<'a> Records<'a> {
    fn of(content: &'a str, separator: char) -> Self {
        Self { rest: content.chars().peekable(), separator, line: 1, within: 0 }
    }

    /// Whether a character ends a line; of Windows' two it is the second.
    fn ends_line(&mut self, c: char) -> bool {
        let ends = c == '\n' || c == '\r' && self.rest.peek() != Some(&'\n');
        self.line += usize::from(ends);
        ends
    }

    /// A cell in quotation marks, behind the first of them.
    fn quoted(&mut self, cell: &mut String) -> Option<()> {
        loop {
            match self.rest.next()? {
                '"' if self.rest.peek() == Some(&'"') => cell.extend(self.rest.next()),
                '"' => return Some(()),
                c => {
                    self.within += usize::from(self.ends_line(c));
                    cell.push(c);
                }
            }
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Line>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let at = Line { line: self.line, row: self.line - self.within };
        let (mut cells, mut cell) = (Vec::new(), String::new());
        while let Some(c) = self.rest.next() {
            if c == '"' && cell.is_empty() {
                let open = Line { line: self.line, row: self.line - self.within };
                if self.quoted(&mut cell).is_none() {
                    return Some(Err(open));
                }
            } else if c == self.separator {
                cells.push(std::mem::take(&mut cell));
            } else if self.ends_line(c) {
                break;
            } else if c != '\r' {
                cell.push(c);
            }
        }
        cells.push(cell);
        Some(Ok(Record { at, cells }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn rows(content: &str) -> Vec<Vec<String>> {
        open(content, |cells| cells.iter().filter(|cell| *cell == "甲" || *cell == "乙").count())
            .unwrap()
            .records
            .into_iter()
            .map(|record| record.cells)
            .collect()
    }

    #[test]
    fn every_separator_and_line_end_reads_alike() {
        for separator in SEPARATORS {
            for end in ["\n", "\r\n", "\r"] {
                let plain = "甲,乙\n1,\"一,\"\"二\"\"\"\n\n,三\n";
                let text = plain.replace(',', &separator.to_string()).replace('\n', end);
                let one = format!("一{separator}\"二\"");
                assert_eq!(rows(&text), [vec!["1", &one], vec!["", "三"]], "{text:?}");
            }
        }
        assert_eq!(rows("sep=|\n甲|乙\n1|2\n"), [["1", "2"]]);
        assert_eq!(rows("2026年7月台账,,\n\n甲,乙,丙\n1,2,3\n"), [["1", "2", "3"]], "a title above");
    }

    #[test]
    fn encodings_are_told_by_mark_or_bytes_and_workbooks_by_name() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| {
            "\u{feff}甲\t𠮷\r\n".encode_utf16().flat_map(bytes).collect::<Vec<_>>()
        };
        let read = |bytes: &[u8]| decode(bytes).unwrap();
        assert_eq!(read(&utf16(u16::to_le_bytes)), ("甲\t𠮷\r\n".to_owned(), "UTF-16LE"));
        assert_eq!(read(&utf16(u16::to_be_bytes)), ("甲\t𠮷\r\n".to_owned(), "UTF-16BE"));
        assert_eq!(read("\u{feff}甲".as_bytes()), ("甲".to_owned(), "UTF-8"));
        assert_eq!(read(&encoding_rs::GBK.encode("甲").0), ("甲".to_owned(), "GBK"));
        let broken = [&utf16(u16::to_le_bytes)[..], &[0x00, 0xd8]].concat();
        for wrong in [&broken[..], b"\xef\xbb\xbf\xff", &[0xff, 0xff, 0x00, 0x81], b"a\0b\0"] {
            assert!(decode(wrong).unwrap_err().contains("does not read"), "{wrong:?}");
        }
        assert!(decode(b"PK\x03\x04rest").unwrap_err().contains("workbook"));
    }

    #[test]
    fn a_mark_that_is_never_closed_is_told_with_its_line() {
        let no = open("甲,乙\n1,2\n3,\"四\n5,6\n", |_| 1).unwrap_err();
        assert!(matches!(no, NoSheet::Open(Line { line: 3, row: 3 })), "{no:?}");
    }

    proptest! {
        #[test]
        fn every_record_is_found_on_its_line(
            sheet in prop::collection::vec((0..3_usize, 0..3_usize), 1..8),
            end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        ) {
            // A cell with so many line breaks, and so many blank lines above.
            let (mut content, mut line, mut row) = (format!("甲,乙{end}"), 2, 2);
            let mut wanted = Vec::new();
            for (inside, blank) in sheet {
                content.push_str(&end.repeat(blank));
                (line, row) = (line + blank, row + blank);
                wanted.push(Line { line, row });
                content.push_str(&format!("\"x{}\",y{end}", format!("{end}x").repeat(inside)));
                (line, row) = (line + inside + 1, row + 1);
            }
            let found = open(&content, |cells| cells.iter().filter(|cell| *cell == "甲").count()).unwrap();
            prop_assert_eq!(found.records.iter().map(|record| record.at).collect::<Vec<_>>(), wanted);
        }
    }
}
