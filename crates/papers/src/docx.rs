//! A paper as DOCX: the few parts of WordprocessingML that a paper needs, written out. Widths of
//! columns stand in the grid, which WPS reads first, and each font is named for East Asian text
//! too, or Word takes that of its theme. Fonts are those that offices use, with what stands in
//! for them where they are not installed.

use crate::zip::{Entry, zip};
use crate::{Paper, Part, Rows, Table};
use std::fmt::Write as _;

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Margins: top 24 mm, bottom 22, left 26, right 24, as on the page that prints. GB/T 9704—2012 5.2
/// has 37 and 35 mm above and below, for a red head that papers of a community do not have.
const MARGINS: [u32; 4] = [1_361, 1_247, 1_474, 1_361];
/// The width of the text.
const WIDTH: u32 = PAGE.0 - MARGINS[2] - MARGINS[3];

/// A font, and what stands in for it.
struct Font {
    name: &'static str,
    instead: &'static str,
}

const TITLE: Font = Font { name: "方正小标宋简体", instead: "宋体" };
const BODY: Font = Font { name: "仿宋_GB2312", instead: "仿宋" };
const HEADING: Font = Font { name: "黑体", instead: "SimHei" };
const ITEM: Font = Font { name: "楷体_GB2312", instead: "楷体" };
const PLAIN: Font = Font { name: "宋体", instead: "SimSun" };

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// No space of the program's own between a character and a number: 2026年5月9日 is one word.
const CLOSE: &str = r#"<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>"#;

/// The paper as the bytes of a DOCX file.
#[must_use]
pub fn docx(paper: &Paper) -> Vec<u8> {
    zip(&[
        Entry::new("[Content_Types].xml", TYPES),
        Entry::new("_rels/.rels", PACKAGE),
        Entry::new("word/_rels/document.xml.rels", PARTS),
        Entry::new("word/document.xml", document(paper)),
        Entry::new("word/styles.xml", styles()),
        Entry::new("word/fontTable.xml", fonts()),
        Entry::new("word/footer1.xml", footer()),
    ])
}

/// A text as it may stand in XML: characters that XML does not know are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' && c != '\t' && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}

/// How a paragraph looks.
struct Look {
    font: &'static Font,
    /// In half points.
    size: u32,
    align: &'static str,
    /// Indent of the first line, in hundredths of a character.
    indent: u32,
    /// Exact height of a line, in twentieths of a point; as the text needs where it is none.
    line: u32,
    /// Space before and after.
    around: (u32, u32),
    /// Whether the next paragraph stays on the same page, whatever it is.
    next: Next,
}

/// Whether a paragraph may be the last of its page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It may.
    Anywhere,
    /// What follows belongs to it.
    SamePage,
}

impl Next {
    fn kept(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::SamePage => "<w:keepNext/>",
        }
    }
}

const fn look(font: &'static Font, size: u32, align: &'static str, indent: u32) -> Look {
    Look { font, size, align, indent, line: LINE, around: (0, 0), next: Next::Anywhere }
}

/// Height of a line of the text, in twentieths of a point: half as much again as the letters.
const LINE: u32 = 420;
/// Size of the text in half points: 四号, so that most papers fit on one page; an old reader's eyes
/// and GB/T 9704—2012 would have it no smaller.
const SIZE: u32 = 28;

/// 二号 for the title, 黑体 for headings, 楷体 for items (GB/T 9704—2012 7.3).
const LOOKS: [Look; 10] = [
    Look { around: (0, 80), next: Next::SamePage, ..look(&PLAIN, 28, "center", 0) },
    Look { line: 700, around: (0, 160), next: Next::SamePage, ..look(&TITLE, 44, "center", 0) },
    Look { next: Next::SamePage, ..look(&BODY, SIZE, "center", 0) },
    Look { line: 320, around: (0, 160), ..look(&PLAIN, 18, "center", 0) },
    look(&BODY, SIZE, "both", 200),
    Look { next: Next::SamePage, ..look(&HEADING, SIZE, "both", 200) },
    look(&ITEM, SIZE, "both", 200),
    Look { around: (200, 0), ..look(&BODY, SIZE, "right", 0) },
    Look { line: 300, around: (120, 0), ..look(&PLAIN, 18, "left", 0) },
    look(&BODY, SIZE, "right", 0),
];
const ISSUER: usize = 0;
const HEAD: usize = 1;
const NUMBER: usize = 2;
const ENTRY: usize = 3;
const TEXT: usize = 4;
const SECTION: usize = 5;
const ITEMS: usize = 6;
const CLOSING: usize = 7;
const SMALL: usize = 8;
const CLOSED: usize = 9;

fn run_of(font: &Font, size: u32) -> String {
    let name = font.name;
    format!(
        r#"<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>"#
    )
}

/// A paragraph; a line break where the text has one.
fn paragraph(out: &mut String, which: usize, text: &str, next: Next) {
    let look = &LOOKS[which];
    let _ = write!(out, r#"<w:p><w:pPr>{}"#, next.kept());
    let rule =
        if look.line > 0 { format!(r#" w:line="{}" w:lineRule="exact""#, look.line) } else { String::new() };
    let (before, after) = look.around;
    let _ = write!(out, r#"{CLOSE}<w:spacing w:before="{before}" w:after="{after}"{rule}/>"#);
    if look.indent > 0 {
        let twips = look.indent * look.size / 20;
        let _ = write!(out, r#"<w:ind w:firstLineChars="{}" w:firstLine="{}"/>"#, look.indent, twips * 2);
    }
    let _ = write!(out, r#"<w:jc w:val="{}"/></w:pPr>"#, look.align);
    runs(out, &run_of(look.font, look.size), text);
    out.push_str("</w:p>");
}

fn runs(out: &mut String, properties: &str, text: &str) {
    for (n, line) in text.lines().enumerate() {
        let _ = write!(out, "<w:r>{properties}");
        if n > 0 {
            out.push_str("<w:br/>");
        }
        let _ = write!(out, r#"<w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(line));
    }
}

fn document(paper: &Paper) -> String {
    let mut out = format!("{XML}<w:document {WORD}><w:body>");
    for (which, text) in
        [(ISSUER, &paper.issuer), (HEAD, &paper.title), (NUMBER, &paper.number), (ENTRY, &paper.entry)]
    {
        if !text.is_empty() {
            paragraph(&mut out, which, text, LOOKS[which].next);
        }
    }
    let parts = paper.parts();
    for (n, part) in parts.iter().enumerate() {
        // Who signs, and the small print, never stand on a sheet of their own.
        let foot = matches!(parts.get(n + 1), Some(Part::Signatures(_) | Part::Closing(_) | Part::Small(_)));
        let next = if foot { Next::SamePage } else { Next::Anywhere };
        let mut say = |which: usize, text: &str| {
            paragraph(&mut out, which, text, if foot { next } else { LOOKS[which].next });
        };
        match part {
            Part::Field(name, value) => say(TEXT, &format!("{name}：{value}")),
            Part::Heading(text) => say(SECTION, text),
            Part::Item(text) => say(ITEMS, text),
            Part::Point(text) => say(TEXT, text),
            Part::Text(text) => say(TEXT, text),
            Part::Table(one) => table(&mut out, one, next),
            Part::Signatures(lines) => signatures(&mut out, lines, next),
            Part::Closing(lines) => {
                for (n, line) in (1..).zip(*lines) {
                    let which = if n == 1 { CLOSING } else { CLOSED };
                    paragraph(&mut out, which, line, if n < lines.len() { Next::SamePage } else { next });
                }
            }
            Part::Small(text) => say(SMALL, text),
        }
    }
    let [top, bottom, left, right] = MARGINS;
    let (width, height) = PAGE;
    let _ = write!(
        out,
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="624" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    out
}

/// Lines to sign on, two side by side.
fn signatures(out: &mut String, lines: &[String], last: Next) {
    const HALF: u32 = WIDTH / 2;
    const GAP: u32 = 400;
    let run = run_of(&BODY, SIZE);
    let pairs: Vec<&[String]> = lines.chunks(2).collect();
    for (n, pair) in (1..).zip(&pairs) {
        let next = if n < pairs.len() { Next::SamePage } else { last };
        let _ = write!(
            out,
            r#"<w:p><w:pPr>{}<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="{}"/><w:tab w:val="left" w:pos="{HALF}"/><w:tab w:val="right" w:leader="underscore" w:pos="{WIDTH}"/></w:tabs>{CLOSE}<w:spacing w:before="240" w:after="0" w:line="{LINE}" w:lineRule="exact"/></w:pPr>"#,
            next.kept(),
            HALF - GAP
        );
        for (n, line) in pair.iter().enumerate() {
            if n > 0 {
                out.push_str("<w:r><w:tab/></w:r>");
            }
            runs(out, &run, &format!("{line}："));
            let _ = write!(out, "<w:r>{run}<w:tab/></w:r>");
        }
        out.push_str("</w:p>");
    }
}

/// A table as wide as the text, its head on each page.
fn table(out: &mut String, table: &Table, next: Next) {
    let all: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
    let widths: Vec<u32> = table.columns.iter().map(|column| WIDTH * column.width / all).collect();
    let _ = write!(
        out,
        r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>"#,
        widths.iter().sum::<u32>()
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
    }
    out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for width in &widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    let head: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    row(out, &widths, &head, &HEADING, "<w:cantSplit/><w:tblHeader/>", Next::SamePage);
    let height = match table.height {
        Rows::Text => "<w:cantSplit/>",
        Rows::Writing => r#"<w:cantSplit/><w:trHeight w:val="460" w:hRule="atLeast"/>"#,
    };
    for (n, cells) in (1..).zip(&table.rows) {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let kept = if n == table.rows.len() { next } else { Next::Anywhere };
        row(out, &widths, &cells, &BODY, height, kept);
    }
    out.push_str("</w:tbl>");
    // Two tables without a paragraph between them would be one.
    let _ = write!(
        out,
        r#"<w:p><w:pPr>{}<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>"#,
        next.kept()
    );
}

fn row(out: &mut String, widths: &[u32], cells: &[&str], font: &Font, properties: &str, next: Next) {
    let _ = write!(out, "<w:tr><w:trPr>{properties}</w:trPr>");
    let kept = next.kept();
    for (n, width) in widths.iter().enumerate() {
        let text = cells.get(n).copied().unwrap_or_default();
        let _ = write!(
            out,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>{kept}{CLOSE}<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/></w:pPr>"#
        );
        runs(out, &run_of(font, 22), text);
        out.push_str("</w:p></w:tc>");
    }
    out.push_str("</w:tr>");
}

fn styles() -> String {
    let run = run_of(&BODY, SIZE);
    format!(
        r#"{XML}<w:styles {WORD}><w:docDefaults><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#
    )
}

/// The fonts, each with what a program takes where it is not installed (`altName`).
fn fonts() -> String {
    let mut out = format!("{XML}<w:fonts {WORD}>");
    for Font { name, instead } in [&TITLE, &BODY, &HEADING, &ITEM, &PLAIN] {
        let _ = write!(
            out,
            r#"<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>"#
        );
    }
    out.push_str("</w:fonts>");
    out
}

/// 第1页 共2页, at the foot of each page.
fn footer() -> String {
    let run = run_of(&PLAIN, 24);
    let text = |text: &str| format!("<w:r>{run}<w:t>{text}</w:t></w:r>");
    let field = |name: &str| {
        format!(
            r#"<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{run}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{run}<w:t>1</w:t></w:r><w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let line = [text("第"), field("PAGE"), text("页　共"), field("NUMPAGES"), text("页")].concat();
    format!(r#"{XML}<w:ftr {WORD}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{line}</w:p></w:ftr>"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Column};
    use proptest::prelude::*;

    fn whole(text: &str) -> Paper {
        Paper {
            issuer: "杏林社区".to_owned(),
            title: "会议纪要".to_owned(),
            number: "杏林纪〔2026〕1号".to_owned(),
            entry: "台账第 12 条".to_owned(),
            blocks: vec![
                Block::Fields(vec![("时间".to_owned(), text.to_owned())]),
                Block::Heading(text.to_owned()),
                Block::Table(Table {
                    columns: vec![Column::new("序号", 1), Column::new("姓名", 3)],
                    rows: vec![vec!["1".to_owned(), text.to_owned()], vec!["2".to_owned()]],
                    height: Rows::Writing,
                }),
            ],
        }
    }

    #[test]
    fn the_same_paper_makes_the_same_bytes() {
        assert_eq!(docx(&whole("换灯")), docx(&whole("换灯")));
        assert!(docx(&whole("换灯")).starts_with(b"PK"));
    }

    #[test]
    fn the_grid_is_as_wide_as_the_text_and_every_font_is_named_for_chinese() {
        let text = document(&whole("换灯"));
        let widths: Vec<u32> = text
            .split(r#"<w:gridCol w:w=""#)
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(widths.len(), 2);
        assert!(widths.iter().sum::<u32>().abs_diff(WIDTH) <= 2);
        assert_eq!(
            text.matches("<w:rFonts").count(),
            text.matches("w:eastAsia=\"").count() - text.matches("<w:lang").count()
        );
    }

    #[test]
    fn who_signs_never_stands_on_a_sheet_of_its_own() {
        let of = |last: Block| {
            let blocks = vec![Block::Text("电话".to_owned()), last];
            document(&Paper { blocks, ..Paper::default() })
        };
        let lines = vec!["杏林社区".to_owned(), "2026年5月9日".to_owned()];
        assert_eq!(of(Block::Closing(lines)).matches("<w:keepNext/>").count(), 2);
        let signed =
            of(Block::Signatures(vec!["主持人".to_owned(), "记录人".to_owned(), "验收人".to_owned()]));
        assert_eq!(signed.matches("<w:keepNext/>").count(), 2);
        assert_eq!(signed.matches(r#"<w:r><w:tab/></w:r>"#).count(), 1, "two side by side, and one below");
        assert_eq!(of(Block::Small("小字".to_owned())).matches("<w:keepNext/>").count(), 1);
        assert_eq!(of(Block::Text("正文".to_owned())).matches("<w:keepNext/>").count(), 0);
    }

    #[test]
    fn the_last_row_of_a_table_stays_with_what_closes_the_paper_and_its_head_with_the_first() {
        let rows = vec![vec!["一".to_owned()], vec!["二".to_owned()], vec!["三".to_owned()]];
        let table = Table { columns: vec![Column::new("项", 1)], rows, height: Rows::Text };
        let of = |last: Block| {
            let blocks = vec![Block::Table(table.clone()), last];
            document(&Paper { blocks, ..Paper::default() })
        };
        let kept = |text: &str, word: &str| {
            let row = text.split("<w:tr>").find(|row| row.contains(&format!(">{word}<")));
            row.is_some_and(|row| {
                row.split("</w:tr>").next().is_some_and(|row| row.contains("<w:keepNext/>"))
            })
        };
        let closed = of(Block::Closing(vec!["杏林社区".to_owned()]));
        assert_eq!(["项", "一", "二", "三"].map(|word| kept(&closed, word)), [true, false, false, true]);
        let goes_on = of(Block::Text("正文".to_owned()));
        assert_eq!(["项", "一", "二", "三"].map(|word| kept(&goes_on, word)), [true, false, false, false]);
    }

    proptest! {
        #[test]
        fn whatever_somebody_typed_leaves_the_markup_whole(text in "\\PC{0,40}|[<>&\"'\u{0}-\u{20}]{0,20}") {
            let plain = document(&whole("x"));
            let typed = document(&whole(&text));
            let tags = |xml: &str| xml.matches("<w:tc>").count();
            prop_assert_eq!(tags(&plain), tags(&typed));
            prop_assert_eq!(typed.matches("<w:p>").count(), typed.matches("</w:p>").count());
            prop_assert!(!typed.chars().any(|c| c < ' ' && c != '\t' && c != '\n'));
        }
    }
}
