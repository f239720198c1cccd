//! A sheet that was handed in, as it would be read (导入预览): how it was read, what each column is
//! with a choice for each, where something is wrong, the first rows as they stand. What rows are made
//! of, and what is wrong with a cell, is each feature's.

use crate::form::Form;
use crate::texts::Locale;
use crate::ui::{self, Field, Fields};
use maud::{Markup, html};
use yishi_kernel::text::excerpt;
use yishi_office::columns::{Columns, Spoilt, Unread, Use, Wishes};
use yishi_spreadsheet::read::{Damage, Form as Shape, Line, NoSheet, Record};

/// The kinds of files that browsers offer first; the bytes decide.
pub const KINDS: &str = ".xlsx,.csv,.tsv,.txt,text/csv,text/plain,\
                         application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// How many lines of one kind are named.
pub const NAMED: usize = 30;
/// How many rows are shown as they stand.
pub const SHOWN: usize = 10;
/// How much of a cell is shown.
const CELL: usize = 24;
/// How much of a cell is said again where it is wrong.
const RAW: usize = 40;

/// What a form says of the sheet that is to be read, and of its columns.
#[must_use]
pub fn wished<C: Use>(values: &Fields) -> (Option<String>, Wishes<C>) {
    let sheet = values.some("sheet").map(str::to_owned);
    let chosen = |n: usize| {
        let name = format!("column-{n}");
        let sent = values.0.iter().find(|(one, _)| *one == name)?;
        Some(C::of_word(&sent.1))
    };
    // Another sheet has other columns.
    let same = values.some("shown").map(str::to_owned) == sheet;
    let uses: Vec<Option<C>> = (0..).map_while(chosen).collect();
    let wishes = if same && !uses.is_empty() { Wishes::All(uses) } else { Wishes::default() };
    (sheet, wishes)
}

/// Where a row stands.
#[must_use]
pub fn line(at: Line, t: Locale) -> String {
    if at.line == at.row {
        t.with("import-line", &[("row", &at.row)])
    } else {
        t.with("import-line-of-file", &[("row", &at.row), ("line", &at.line)])
    }
}

/// Why a file cannot be shown.
#[must_use]
pub fn unread(no: &Unread, t: Locale) -> String {
    let no = match no {
        Unread::NoSheet(no) => no,
        Unread::NoColumn(no) => return t.with("import-no-column", &[("name", &no.wanted)]),
    };
    match no {
        NoSheet::Empty => t.say("import-no-empty"),
        NoSheet::TooLarge => t.say("import-too-large"),
        NoSheet::Unpacks => t.say("import-no-unpacks"),
        NoSheet::Old => t.say("import-no-old"),
        NoSheet::Broken => t.say("import-no-broken"),
        NoSheet::Encoding => t.say("import-no-encoding"),
        NoSheet::Open(at) => t.with("import-no-open", &[("line", &line(*at, t))]),
        NoSheet::Columns(at) => t.with("import-no-columns", &[("line", &line(*at, t))]),
        NoSheet::Rows => t.say("import-no-rows"),
        NoSheet::NoSuchSheet(sheets) => {
            t.with("import-no-such-sheet", &[("names", &sheets.join(&t.say("import-apart")))])
        }
    }
}

/// What keeps a row from being read.
#[must_use]
pub fn spoilt(why: Spoilt, t: Locale) -> String {
    match why {
        Spoilt::Cells { have, want } => t.with("import-why-cells", &[("have", &have), ("want", &want)]),
        Spoilt::Damaged(Damage::Rounded) => t.say("import-why-rounded"),
        Spoilt::Damaged(Damage::Wrong) => t.say("import-why-error"),
        Spoilt::Damaged(Damage::NotWorkedOut) => t.say("import-why-formula"),
    }
}

/// How the sheet calls a column; where several are it, or none, what they are used for.
#[must_use]
pub fn called<C: Use>(columns: &Columns<C>, column: C, t: Locale) -> String {
    let own: Vec<&str> =
        columns.all.iter().filter(|one| one.is == Some(column)).map(|one| one.name.as_str()).collect();
    match own[..] {
        [only] => only.to_owned(),
        _ => word(column, t),
    }
}

/// What a column is used for, without what stands in brackets and explains.
#[must_use]
pub fn word<C: Use>(column: C, t: Locale) -> String {
    t.word(column).split(['（', '(']).next().unwrap_or_default().trim().to_owned()
}

/// What is wrong where: in a cell, where a column is named and something stands in it, else in a line.
#[must_use]
pub fn wrong(at: Line, cell: Option<(&str, &str)>, why: &str, t: Locale) -> String {
    match cell {
        Some((column, raw)) if !raw.is_empty() => t.with(
            "import-wrong-cell",
            &[("line", &line(at, t)), ("column", &column), ("cell", &excerpt(raw, RAW)), ("why", &why)],
        ),
        Some((column, _)) => {
            t.with("import-wrong-empty", &[("line", &line(at, t)), ("column", &column), ("why", &why)])
        }
        None => t.with("import-wrong-line", &[("line", &line(at, t)), ("why", &why)]),
    }
}

/// How the file was read.
#[must_use]
pub fn read_as(form: &Shape, header: Line, t: Locale) -> String {
    let header: &dyn std::fmt::Display = &header.row;
    match form {
        Shape::Workbook { sheet, .. } => {
            t.with("import-read-workbook", &[("sheet", sheet), ("header", header)])
        }
        Shape::Text { encoding, .. } => {
            t.with("import-read-text", &[("encoding", encoding), ("header", header)])
        }
    }
}

/// So many lines of a list, and how many more there are.
#[must_use]
pub fn listed(lines: impl ExactSizeIterator<Item = String>, t: Locale) -> Markup {
    let rest = lines.len().saturating_sub(NAMED);
    html! { ul {
        @for line in lines.take(NAMED) { li { (line) } }
        @if rest > 0 { li { (t.with("import-more", &[("count", &rest)])) } }
    } }
}

/// Which sheet of a workbook is shown, with a choice where there are several.
#[must_use]
pub fn sheets(form: &Shape, f: &Form<'_>) -> Markup {
    let Shape::Workbook { sheet, sheets } = form else { return html! {} };
    let names: Vec<_> = sheets.iter().map(|name| (name.clone(), name.clone())).collect();
    html! {
        (ui::hidden("shown", sheet))
        @if names.len() > 1 { (f.select("sheet", &names).label("import-sheet").start(sheet)) }
        @else { (ui::hidden("sheet", sheet)) }
    }
}

/// What each column is used for, with the button that looks again.
#[must_use]
pub fn columns<C: Use>(columns: &Columns<C>, shown: &[Record], t: Locale) -> Markup {
    let none = (String::new(), t.say("import-column-none"));
    let options: Vec<(String, String)> = std::iter::once(none).chain(t.choices::<C>()).collect();
    let unused = t.say("import-column-unused");
    let example = |n: usize| {
        let cells = shown.iter().filter_map(|record| record.cells.get(n));
        cells.map(|cell| excerpt(cell, CELL)).find(|cell| !cell.is_empty()).unwrap_or_default()
    };
    html! {
        section.card { h2 { (t.say("import-columns")) }
            p.hint { (t.say("import-columns-hint")) }
            div.sheet-columns { @for (n, column) in columns.all.iter().enumerate() {
                @let name = format!("column-{n}");
                @let hint = match column.filled {
                    0 => t.say("import-column-empty"),
                    filled => t.with("import-column-hint", &[("count", &filled), ("example", &example(n))]),
                };
                @let wrong = (column.filled > 0 && column.is.is_none()).then_some(unused.as_str());
                @let field = Field::new(&name, &column.name).hint(&hint).error(wrong);
                (ui::select(field, &options, column.is.map_or("", C::as_word)))
            } }
            button.button.second type="submit" name="press" value="look" { (t.say("import-look-again")) }
        }
    }
}

/// The first rows, as they stand.
#[must_use]
pub fn first_rows<C: Use>(columns: &Columns<C>, shown: &[Record], t: Locale) -> Markup {
    let title = t.say("import-first-rows");
    html! {
        section.card { h2 { (title) }
            div.scroll tabindex="0" role="group" aria-label=(title) { table.sheet {
                thead { tr { th scope="col" { (t.say("import-line-head")) }
                    @for column in &columns.all { th scope="col" { (column.name) } } } }
                tbody { @for record in shown { tr {
                    th scope="row" { (record.at.row) }
                    @for n in 0..columns.all.len() {
                        td { (record.cells.get(n).map(|cell| excerpt(cell, CELL)).unwrap_or_default()) }
                    }
                } } }
            } }
        }
    }
}
