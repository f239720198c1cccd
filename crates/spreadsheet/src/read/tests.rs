//! Files as offices have them, and as people who mean harm make them.

#![allow(clippy::unwrap_used)]

use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Write as _};
use yishi_testkit::outside::{files, outside};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn named(cells: &[String]) -> usize {
    cells.iter().filter(|cell| ["编号", "内容", "电话", "时间"].contains(&cell.as_str())).count()
}

fn book(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> Result<Sheet, NoSheet> {
    open(bytes, None, named)
}

/// The parts of a workbook by hand.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook with these rows and shared texts.
fn by_hand(rows: &str, texts: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", texts),
    ])
}

fn cells(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.records.iter().map(|record| record.cells.iter().collect()).collect()
}

#[test]
fn a_workbook_reads_as_its_sheet_shows_it() {
    let time = Format::new().set_num_format("yyyy/m/d h:mm");
    let bytes = book(|sheet| {
        sheet.write(0, 0, "杏林社区七月台账").unwrap();
        for (column, name) in ["编号", "内容", "电话", "时间", "件数"].into_iter().enumerate() {
            sheet.write(2, u16::try_from(column).unwrap(), name).unwrap();
        }
        sheet.write(3, 0, 7).unwrap();
        sheet.write(3, 1, "灯坏了\n三天了").unwrap();
        sheet.write(3, 2, 13_800_001_111_f64).unwrap();
        let at = ExcelDateTime::parse_from_str("2026-07-05 09:03").unwrap();
        sheet.write_with_format(3, 3, &at, &time).unwrap();
        sheet.write(3, 4, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write(6, 1, "门坏了").unwrap();
    });
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.header.cells.apart(), ["编号", "内容", "电话", "时间", "件数"]);
    assert_eq!(
        cells(&sheet),
        [vec!["7", "灯坏了\n三天了", "13800001111", "2026-07-05 09:03", "2"], vec!["", "门坏了"]]
    );
    assert_eq!(sheet.records[1].at, Line { line: 7, row: 7 }, "as the sheet counts its rows");
    assert!(sheet.records.iter().all(|record| record.damage.is_empty() && sheet.fits(record)));
}

#[test]
fn the_first_sheet_that_is_seen_and_holds_something_is_read_or_the_one_asked_for() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("封面").unwrap();
    let hidden = book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    hidden.write(0, 0, "内容").unwrap();
    for name in ["七月", "八月"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "内容").unwrap();
        sheet.write(1, 0, name).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let sheets: Vec<String> = ["封面", "七月", "八月"].map(str::to_owned).into();
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.form, Form::Workbook { sheet: "七月".to_owned(), sheets: sheets.clone() });
    assert_eq!(cells(&sheet), [["七月"]]);
    assert_eq!(cells(&open(&bytes, Some("八月"), named).unwrap()), [["八月"]]);
    assert_eq!(open(&bytes, Some("九月"), named).unwrap_err(), NoSheet::NoSuchSheet(sheets.clone()));
    assert_eq!(open(&bytes, Some("旧"), named).unwrap_err(), NoSheet::NoSuchSheet(sheets));
    assert_eq!(open(&bytes, Some("封面"), named).unwrap_err(), NoSheet::Empty);
}

#[test]
fn what_a_workbook_has_lost_is_told_and_a_column_without_a_name_is_not() {
    let texts = r#"<sst uniqueCount="2"><si><t>内容</t></si><si><t></t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>
        <row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>110101199001011234</v></c></row>
        <row r="3"><c r="A3"><f>A2&amp;B2</f></c><c r="B3" t="str"><f>""</f><v></v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>门坏了</t></is></c><c r="C4" t="b"><v>1</v></c></row>"#;
    let sheet = read(&by_hand(rows, texts)).unwrap();
    assert_eq!(sheet.header.cells.apart(), ["内容", "", ""], "as wide as what stands below");
    let damage: Vec<_> = sheet.records.iter().map(|record| record.damage.clone()).collect();
    assert_eq!(
        damage,
        [vec![(0, Damage::Wrong), (1, Damage::Rounded)], vec![(0, Damage::NotWorkedOut)], vec![]]
    );
    assert_eq!(sheet.records[0].damage_of(1), Some(Damage::Rounded));
    assert_eq!(cells(&sheet)[2], ["门坏了", "", "true"]);
}

#[test]
fn an_empty_shared_text_moves_no_other() {
    let texts = r#"<sst><si><t>内容</t></si><si/><si><t></t></si><si></si><si><t>灯坏了</t></si></sst>"#;
    let rows = r#"<row><c t="s"><v>0</v></c></row><row><c t="s"><v>4</v></c></row>"#;
    assert_eq!(
        read(&by_hand(rows, texts)).map(|sheet| sheet.records[0].cells.apart()),
        Ok(vec!["灯坏了".to_owned()])
    );
}

#[test]
fn a_hostile_file_is_refused_before_it_takes_memory() {
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>内容</t></is></c></row>"#;
    let no = |bytes: &[u8]| read(bytes).unwrap_err();
    let large = "x".repeat(70 * 1024 * 1024);
    assert_eq!(no(&by_hand(header, &format!("<sst><si><t>{large}</t></si></sst>"))), NoSheet::Unpacks);
    assert_eq!(no(&by_hand(&large, "<sst/>")), NoSheet::Unpacks, "it bursts");
    assert_eq!(no(&by_hand(header, r#"<sst uniqueCount="99999999999"><si/></sst>"#)), NoSheet::Unpacks);
    assert_eq!(no(&zipped(&[("mimetype", &large[..9 * 1024 * 1024])])), NoSheet::Unpacks);
    let wide = r#"<row r="2"><c r="XFD2"><v>1</v></c></row>"#;
    assert_eq!(
        no(&by_hand(&format!("{header}{wide}"), "<sst/>")),
        NoSheet::Columns(Line { line: 2, row: 2 })
    );
    for row in [
        r#"<row r="99999999999999999999"><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ABCDEFGHIJKLMNOP1"><v>1</v></c></row>"#,
        r#"<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="4294967295"></row><row><c><v>1</v></c></row>"#,
    ] {
        let read = read(&by_hand(&format!("{header}{row}"), "<sst/>"));
        assert!(matches!(read, Err(NoSheet::Broken | NoSheet::Columns(_))), "{row}: {read:?}");
    }
    assert_eq!(no(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), NoSheet::Old);
    assert_eq!(no(b"PK\x03\x04rest"), NoSheet::Broken);
    assert_eq!(no(&zipped(&[("word/document.xml", "<w/>")])), NoSheet::Broken);
    assert_eq!(no(&vec![b'x'; MOST_BYTES + 1]), NoSheet::TooLarge);
    assert_eq!(no(b""), NoSheet::Empty);
}

#[test]
fn sizes_that_a_file_tells_of_itself_are_not_believed() {
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>内容</t></is></c></row>"#;
    let large = "x".repeat(70 * 1024 * 1024);
    let mut bytes = by_hand(header, &format!("<sst><si><t>{large}</t></si></sst>"));
    let told = u32::try_from(large.len() + "<sst><si><t></t></si></sst>".len()).unwrap().to_le_bytes();
    let mut lies = 0;
    while let Some(at) = bytes.windows(4).position(|window| window == told) {
        bytes[at..at + 4].copy_from_slice(&64_u32.to_le_bytes());
        lies += 1;
    }
    assert!(lies >= 2, "in front of the part and in the directory");
    assert!(matches!(read(&bytes), Err(NoSheet::Unpacks | NoSheet::Broken)));
}

#[test]
fn any_file_is_answered_and_what_is_taken_is_within_its_bounds() {
    let mut samples = files("testkit/corpus/tables");
    samples.push(book(|sheet| {
        for row in 0..4 {
            for (column, cell) in ["编号", "内容", "电话"].into_iter().enumerate() {
                sheet.write(row, u16::try_from(column).unwrap(), cell).unwrap();
            }
        }
    }));
    let row = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>1.5</v></c></row>"#;
    samples.push(by_hand(row, r#"<sst uniqueCount="1"><si><t>内容</t></si></sst>"#));
    outside(samples, 1_500, |bytes| {
        if let Ok(sheet) = read(bytes) {
            assert!(sheet.records.len() <= MOST_ROWS && sheet.header.filled() <= MOST_COLUMNS);
            let mut above = 0;
            for record in &sheet.records {
                assert!(record.at.line > above && record.at.row <= record.at.line && !record.is_blank());
                assert!(record.filled() <= MOST_COLUMNS);
                above = record.at.line;
            }
        }
    });
}
