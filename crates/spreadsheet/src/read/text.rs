//! A table of text (文本表格): encodings, separators, quotation marks, and lines counted as an
//! editor counts them.

use super::{ABOVE, Count, Form, Line, NoSheet, Record, Sheet, fit};

/// What may stand between cells. Nothing else is guessed.
pub(super) const SEPARATORS: [char; 4] = [',', '\t', ';', '，'];

/// The text of a file: by its byte order mark, else UTF-8, else GBK.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), NoSheet> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or_else(|| {
        let plain = std::str::from_utf8(bytes).is_ok();
        (if plain { encoding_rs::UTF_8 } else { encoding_rs::GBK }, 0)
    });
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    match text {
        Some(text) if !text.contains('\0') => Ok((text.into_owned(), encoding.name())),
        _ => Err(NoSheet::Encoding),
    }
}

/// Finds out what stands between cells and which row is the header, and reads the rows below it.
pub(super) fn open(bytes: &[u8], known: impl Fn(&[String]) -> usize) -> Result<Sheet, NoSheet> {
    let (content, encoding) = decode(bytes)?;
    let separators: Vec<char> = match content.strip_prefix("sep=") {
        Some(rest) => rest.chars().next().into_iter().collect(),
        None => SEPARATORS.to_vec(),
    };
    // The first of the best stays.
    let mut best: Option<((usize, usize), char, Line)> = None;
    for separator in separators {
        for record in Records::of(&content, separator).take(ABOVE).flatten() {
            let fit = fit(&record.cells, &known);
            if fit > best.map_or((0, 0), |(best, ..)| best) {
                best = Some((fit, separator, record.at));
            }
        }
    }
    let Some((_, separator, at)) = best else {
        // What is quoted to its end without a close is no row of any separator.
        let open = Records::of(&content, SEPARATORS[0]).find_map(Result::err);
        return Err(open.map_or(NoSheet::Empty, NoSheet::Open));
    };
    let rows = Records::of(&content, separator);
    let mut rows = rows.skip_while(|row| row.as_ref().is_ok_and(|row| row.at != at));
    let header = rows.next().ok_or(NoSheet::Empty)?.map_err(NoSheet::Open)?;
    let (mut count, mut records) = (Count::default(), Vec::new());
    count.take(&header)?;
    for row in rows {
        let mut row = row.map_err(NoSheet::Open)?;
        row.keep(row.filled().max(header.cells.len()));
        if !row.is_blank() {
            count.take(&row)?;
            records.push(row);
        }
    }
    Ok(Sheet { form: Form::Text { encoding, separator }, header, records })
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
        let (mut cells, mut cell) = (Vec::<String>::new(), String::new());
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
        Some(Ok(Record { at, cells: cells.as_slice().into(), damage: Vec::new() }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn named(cells: &[String]) -> usize {
        cells.iter().filter(|cell| *cell == "甲" || *cell == "乙").count()
    }

    fn rows(content: &str) -> Vec<Vec<String>> {
        let sheet = open(content.as_bytes(), named).unwrap();
        sheet.records.into_iter().map(|record| record.cells.apart()).collect()
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
    fn where_no_header_is_known_the_row_that_holds_most_is_one() {
        let sheet = open("七月台账;;\n子;丑;寅\n1;2;3\n".as_bytes(), |_| 0).unwrap();
        assert_eq!(
            (sheet.header.cells.apart(), sheet.header.at.line),
            (vec!["子".into(), "丑".into(), "寅".into()], 2)
        );
        assert_eq!(sheet.records.len(), 1);
        assert_eq!(open(b"\n  \n", |_| 0).unwrap_err(), NoSheet::Empty);
    }

    #[test]
    fn encodings_are_told_by_mark_or_bytes() {
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
            assert_eq!(decode(wrong).unwrap_err(), NoSheet::Encoding, "{wrong:?}");
        }
    }

    #[test]
    fn a_mark_that_is_never_closed_is_told_with_its_line() {
        let no = open("甲,乙\n1,2\n3,\"四\n5,6\n".as_bytes(), |_| 1).unwrap_err();
        assert_eq!(no, NoSheet::Open(Line { line: 3, row: 3 }));
    }

    #[test]
    fn what_is_too_wide_or_too_long_is_refused() {
        let wide = format!("甲\n{}\n", "1,".repeat(300));
        assert_eq!(open(wide.as_bytes(), named).unwrap_err(), NoSheet::Columns(Line { line: 2, row: 2 }));
        assert_eq!(rows(&format!("甲,乙\n1,2{}\n", ",".repeat(1_000))), [["1", "2"]], "only filled up");
        let long = format!("甲\n{}", "1\n".repeat(super::super::MOST_ROWS + 1));
        assert_eq!(open(long.as_bytes(), named).unwrap_err(), NoSheet::Rows);
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
            let found = open(content.as_bytes(), named).unwrap();
            prop_assert_eq!(found.records.iter().map(|record| record.at).collect::<Vec<_>>(), wanted);
        }
    }
}
