//! Files as offices have them, read as importing reads them.

#![allow(clippy::unwrap_used)]

use super::said::{self, NAMED};
use super::wishes;
use yishi_domain::features::RULES;
use yishi_kernel::rules::{Limits, shipped};
use yishi_kernel::{Moment, Pack, phone};
use yishi_office::matters::import::{Elsewhere, Reading, Row, Seen, Unread, read};
use yishi_spreadsheet::read::open;
use yishi_testkit::outside::{files, outside};

/// 12 July 2026, noon in China.
const NOW: Moment = Moment(1_783_828_800_000_000);

/// A file that was read, as a terminal says it.
#[derive(Debug)]
struct File {
    rows: Vec<Row>,
    told: Vec<String>,
    unused: Option<String>,
}

fn file_with(bytes: &[u8], named: &[&str], left_out: &[&str]) -> Result<File, String> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let wishes = wishes(&owned(named), &owned(left_out))?;
    let rules = Pack::read(&shipped(RULES), RULES).unwrap();
    let sheet = open(bytes, None, |header| wishes.known(header));
    let sheet = sheet.map_err(|no| said::unread(&Unread::NoSheet(no)))?;
    let by = Reading { source: "s", rules: &rules, now: NOW };
    let table = read(sheet, &wishes, by).map_err(|no| said::unread(&Unread::NoColumn(no)))?;
    let (told, stops) = (said::told(&table), !table.columns.says() || !table.wrong.is_empty());
    let rows = table.rows.clone();
    let seen = Seen { table, known: 0, new: Vec::new(), unplaced: Vec::new() };
    match said::stops(&seen, Elsewhere::Stops) {
        Some(why) if stops => Err(why),
        unused => Ok(File { rows, told, unused }),
    }
}

fn file(content: &str) -> Result<File, String> {
    file_with(content.as_bytes(), &[], &[])
}

fn rows(content: &str) -> Vec<Row> {
    file(content).unwrap().rows
}

#[track_caller]
fn wrong(content: &str) -> String {
    match file(content) {
        Err(text) => text,
        Ok(_) => panic!("it was taken: {content}"),
    }
}

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
}

#[test]
fn columns_are_found_by_their_headers() {
    let rows = rows("编号,反映人,内容,时间,类别\n7,王某,\"灯坏了，三天\",2026/5/1 9:03:02,绿化\n");
    let row = &rows[0];
    assert_eq!((row.key.as_str(), row.text.as_str(), row.name.as_str()), ("s/7", "灯坏了，三天", "王某"));
    assert_eq!(row.category.as_deref(), Some("05"));
    assert_eq!(row.told.as_ref().unwrap().at.minute(), "2026-05-01 09:03");
}

#[test]
fn a_letter_keeps_who_wrote_it_how_to_reach_them_and_when() {
    let content =
        "信件编号,群众姓名,手机号（必填）,来信时间,诉求内容\nX7,周某,139 0000 3333,2026-06-01,楼顶漏水\n";
    let file = file(content).unwrap();
    let row = &file.rows[0];
    assert_eq!((row.name.as_str(), row.contact.as_str()), ("周某", "13900003333"));
    assert_eq!(row.told.as_ref().unwrap().at.minute(), "2026-06-01 00:00");
    assert!(file.unused.is_none());
    says(&file.told.join("\n"), &["contact   <- 手机号（必填） (1 filled)", "1 like \"2026-06-01\""]);
}

#[test]
fn what_holds_something_and_is_read_by_nothing_is_counted_and_stops_the_import() {
    let content = "内容,户型,备注,点赞数\n灯坏了,三居,,7\n门坏了,,,\n";
    let found = file(content).unwrap();
    says(&found.told.join("\n"), &["not used:\n  户型 (1 filled)\n  点赞数 (1 filled)"]);
    let unused = found.unused.unwrap();
    says(&unused, &["--leave-out \"户型\"", "--leave-out \"点赞数\""]);
    assert!(!unused.contains("备注"), "an empty column loses nothing: {unused}");
    let chosen = file_with(content.as_bytes(), &[], &["户型", "点赞数"]).unwrap();
    assert!(chosen.unused.is_none() && chosen.rows.len() == 2);
    says(&file_with(content.as_bytes(), &[], &["门牌"]).err().unwrap(), &["no column 门牌", "户型, 备注"]);
    says(&file("内容,\n灯坏了,急\n").unwrap().unused.unwrap(), &["--leave-out \"#2\""]);
    // A second column of the same meaning is not taken in silence either.
    says(&file("内容,手机,电话\n灯坏了,,8123456\n").unwrap().unused.unwrap(), &["电话"]);
    let named = file_with("内容,手机,电话\n灯坏了,,8123456\n".as_bytes(), &["contact=电话"], &[]).unwrap();
    assert_eq!((named.rows[0].contact.as_str(), named.unused), ("8123456", None));
}

#[test]
fn a_category_that_is_not_known_is_told() {
    says(&file("内容,类别\n灯坏了,城乡建设\n").unwrap().told.join("\n"), &["城乡建设: 1 rows"]);
}

#[test]
fn nothing_is_cut() {
    let long = format!("{}井盖松了", "很长".repeat(120));
    let row = &rows(&format!("问题,反映人\n{long},王某\n"))[0];
    assert_eq!((row.title.as_deref(), row.text.as_str()), (None, long.as_str()));
    says(&wrong(&format!("内容,反映人\n灯坏了,{}\n", "王".repeat(80))), &["line 2: name", "characters"]);
}

#[test]
fn a_row_without_an_id_is_known_by_its_content() {
    assert_eq!(rows("内容,时间\n灯坏了,\n灯坏了, \n路坏了,\n").len(), 2);
    let numbered = rows("序号,内容\n1,灯坏了\n2,灯坏了\n3,路坏了\n");
    assert_eq!(numbered.len(), 2, "a number by place names nothing");
    assert_eq!(numbered[0].key, rows("序号,内容\n9,灯坏了\n")[0].key);
}

#[test]
fn two_texts_with_one_id_are_not_taken_for_one() {
    assert_eq!(rows("编号,内容\n1,灯坏了\n1,灯坏了\n").len(), 1);
    says(&wrong("编号,内容\n1,灯坏了\n1,管子漏水\n"), &["line 3: line 2 has the same id"]);
}

#[test]
fn another_contact_under_one_id_is_no_repetition() {
    let head = "编号,问题,姓名,手机号,时间,类别\n7,楼道灯坏了,王某,13800001111,2026-07-05,绿化\n";
    for (line, names) in [
        ("7,楼道灯坏了,李某,13900002222,2026-07-05,绿化", "another 姓名, 手机号;"),
        ("7,楼道灯坏了,王某,,2026-07-05,绿化", "another 手机号;"),
        ("7,楼道灯坏了,王某,13800001111,2026-07-06,绿化", "another 时间;"),
        ("7,楼道灯坏了,王某,13800001111,2026-07-05,", "another 类别;"),
    ] {
        says(
            &wrong(&format!("{head}{line}\n")),
            &["line 3: line 2 has the same id", names, "an id of their own"],
        );
    }
    // Spelled otherwise it is the same.
    let same = file(&format!("{head}7,楼道灯坏了,王某,138 0000 1111,2026/7/5,绿化\n")).unwrap();
    assert_eq!(same.rows.len(), 1);
    says(&same.told.join("\n"), &["line 3: the same as line 2; taken once"]);
}

#[test]
fn a_line_of_sums_is_told_and_is_no_matter() {
    let content =
        "编号,问题,姓名,件数\n7,灯坏了,王某,\n小计,1,,1\n8,合计不对,李某,\n 合 计：,,,2\n,Total,,\n";
    let file = file(content).unwrap();
    assert_eq!(file.rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["s/7", "s/8"]);
    says(
        &file.told.join("\n"),
        &["line 3: a sum (小计), left out", "line 5: a sum (合计)", "line 6: a sum (total)"],
    );
    assert_eq!(file.unused, None, "what only a sum holds is not lost");
    // Too short a line, as sums are, and one in which somebody says something.
    assert_eq!(rows("问题,姓名\n灯坏了,王某\n合计1件\n").len(), 1);
    assert_eq!(rows("问题,姓名\n合计错了,王某\n").len(), 1);
}

#[test]
fn every_wrong_line_is_named_and_nothing_is_taken() {
    let text = wrong("id,内容,时间\n1,,\n2,好,昨天\n3,好,2026-01-01\n4,好\n5,好,,多\n6,好,,,\n");
    says(&text, &["line 2: says nothing", "line 3: time", "line 5: 2 cells", "line 6: 4 cells"]);
    assert!(!text.contains("line 4") && !text.contains("line 7"), "{text}");
    says(&wrong("甲,乙\n1,2\n"), &["甲 | 乙", "--column text=HEADER", "诉求内容"]);
    says(&wrong("内容\n灯坏了\n\"门坏了\n路坏了\n"), &["line 3: a quotation mark"]);
}

#[test]
fn a_table_reads_alike_however_a_spreadsheet_saves_it() {
    let plain = "编号,内容,电话\r\n1,楼道灯坏了,13800001111\r\n";
    let tabs: Vec<u8> =
        format!("\u{feff}{}", plain.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files = [
        plain.as_bytes().to_vec(),
        encoding_rs::GBK.encode(plain).0.into_owned(),
        tabs,
        format!("sep=;\r\n{}", plain.replace(',', ";")).into_bytes(),
        format!("2026年7月台账,,\r\n{plain}").into_bytes(),
    ];
    for bytes in files {
        let file = file_with(&bytes, &[], &[]).unwrap();
        let row = &file.rows[0];
        assert_eq!(
            (row.text.as_str(), row.contact.as_str()),
            ("楼道灯坏了", "13800001111"),
            "{:?}",
            file.told
        );
    }
}

#[test]
fn times_are_read_as_spreadsheets_write_them() {
    let content = "编号,内容,时间\n1,甲,2026/7/5 上午9:03\n2,乙,2026年7月5日 上午9时3分\n\
                   3,丙,46208.3770833\n4,丁,2026/7/5 9:03 AM\n5,戊,2026-07-05T01:03:00Z\n\
                   6,己,2026/12/15 上午10:30\n";
    let file = file(&content.replace("2026/12/15", "2025/12/15")).unwrap();
    for row in &file.rows[..5] {
        assert_eq!(row.told.as_ref().unwrap().at.minute(), "2026-07-05 09:03", "{}", row.line);
    }
    says(&file.told.join("\n"), &["  2 like \"2026/7/5 上午9:03\", which is 2026-07-05 09:03"]);
}

#[test]
fn a_time_that_cannot_have_been_is_refused_before_anything_is_written() {
    let text = wrong("id,内容,时间\n1,好,26/7/5\n2,好,2126/7/5\n3,好,1926-07-05\n4,好,2026-07-05\n");
    says(&text, &["line 2: time \"26/7/5\"", "more than one date", "line 3: time", "not happened", "line 4"]);
    assert!(!text.contains("line 5"), "{text}");
}

#[test]
fn a_telephone_comes_out_in_one_way_and_a_damaged_one_is_refused() {
    let taken = rows("内容,手机号\n灯坏了,138-0000-1111\n门坏了,找李奶奶\n");
    assert_eq!([&taken[0].contact, &taken[1].contact], ["13800001111", "找李奶奶"]);
    let text = wrong("内容,电话\n灯坏了,1.38E+10\n门坏了,13800001111.0\n路坏了,1380000\n");
    says(
        &text,
        &["line 2: contact \"1.38E+10\"", "make the column text", "line 3: contact", "line 4: contact"],
    );
}

#[test]
fn a_line_is_named_as_the_sheet_has_it() {
    let bad = "id,内容,时间\n1,好,\n\n\n2,好,昨天\n";
    says(&wrong(bad), &["\nline 5: time"]);
    let windows = bad.replace('\n', "\r\n");
    says(&wrong(&windows), &["\nline 5: time"]);
    says(&wrong(&format!("\r\n{windows}")), &["\nline 6: time"]);
    let quoted = "id,内容,时间\r\n1,\"两\r\n行\r\n字\",\r\n2,好,昨天\r\n3,好\r\n";
    let lines = ["\nline 5 (row 3 of the sheet): time", "\nline 6 (row 4 of the sheet): 2 cells"];
    says(&wrong(quoted), &lines);
}

#[test]
fn any_file_is_answered_and_what_is_taken_is_within_its_bounds() {
    let rules = Pack::read(&shipped(RULES), RULES).unwrap();
    let limits = rules.section::<Limits>();
    outside(files("testkit/corpus/tables"), 1_500, |bytes| match file_with(bytes, &[], &[]) {
        Ok(file) => {
            for row in &file.rows {
                assert!(!row.said().is_empty() && row.line.row <= row.line.line);
                assert!(row.text.chars().count() <= limits.text && row.name.chars().count() <= 60);
                assert_eq!(phone::contact(&row.contact).as_ref(), Ok(&row.contact));
                let at = row.told.as_ref().map_or(NOW, |told| told.at);
                assert!(at >= Moment(946_656_000_000_000) && at <= NOW.plus_seconds(3_600));
            }
        }
        Err(why) => assert!(!why.is_empty() && why.lines().count() <= NAMED + 2),
    });
}
