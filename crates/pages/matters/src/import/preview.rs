//! A sheet before it is imported (导入预览): how it was read, what each column is, what is wrong by line
//! and column, the first rows as they stand. One press looks again, another imports all or nothing.

use super::hand_in::{Here, again};
use super::said;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use yishi_kernel::text::excerpt;
use yishi_office::matters::import::{Asked, Column, Columns, Elsewhere, Form as Shape, Seen, Wishes};
use yishi_web::form::Form;
use yishi_web::handed::File;
use yishi_web::nav::staff_nav_at;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// Most matters that one press raises: what is done in well under the time a page may take.
const MOST: usize = 20_000;
/// How many lines of one kind are named.
const NAMED: usize = 30;
/// How much of a cell is shown.
const CELL: usize = 24;

/// What the link says.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    source: String,
}

/// How a form wants a file to be read.
pub(super) fn asked(values: &Fields, file: &File) -> Asked {
    let sheet = values.some("sheet").map(str::to_owned);
    let source = values.some("source").unwrap_or(file.stem()).trim().to_owned();
    let chosen = |n: usize| {
        let name = format!("column-{n}");
        let sent = values.0.iter().find(|(one, _)| *one == name)?;
        Some(Column::parse(&sent.1))
    };
    // Another sheet has other columns.
    let same = values.some("shown").map(str::to_owned) == sheet;
    let uses: Vec<Option<Column>> = (0..).map_while(chosen).collect();
    let wishes = if same && !uses.is_empty() { Wishes::All(uses) } else { Wishes::default() };
    Asked { sheet, wishes, source }
}

/// `GET /w/{slug}/import/sheet`
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(said): Query<Said>) -> Result<Response, Error> {
    let here = Here::open(&cx, &slug).await?;
    let Some(file) = cx.handed_in(&here.link()) else { return again(&cx, &here, None) };
    let mut values = cx.typed();
    if values.0.is_empty() {
        values = Fields(vec![("source".to_owned(), said.source)]);
    }
    match cx.app.office.look_at(file.bytes.clone(), &here.at, asked(&values, &file)).await? {
        Ok(seen) => Ok(page(&cx, &here, &file, &seen, &values, None).into_response()),
        Err(no) => again(&cx, &here, Some(&no)),
    }
}

/// `POST /w/{slug}/import/sheet`
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (here, t) = (Here::open(&cx, &slug).await?, cx.locale);
    let link = here.link();
    let Some(file) = cx.handed_in(&link) else { return again(&cx, &here, None) };
    let seen = match cx.app.office.look_at(file.bytes.clone(), &here.at, asked(&values, &file)).await? {
        Ok(seen) => seen,
        Err(no) => return again(&cx, &here, Some(&no)),
    };
    if values.get("press") != "import" {
        return Ok(page(&cx, &here, &file, &seen, &values, None).into_response());
    }
    let elsewhere = if values.get("here").is_empty() { Elsewhere::Stops } else { Elsewhere::Here };
    let wrong = if seen.new.len() > MOST {
        Some(t.with("import-too-many", &[("most", &MOST)]))
    } else if seen.is_ready(elsewhere) {
        None
    } else {
        Some(t.say("import-not-ready"))
    };
    if let Some(wrong) = wrong {
        let mut slip = Slip::default();
        slip.add(None, wrong);
        return Ok(slip.answer(page(&cx, &here, &file, &seen, &values, Some(&slip))));
    }
    let count = seen.new.len().to_string();
    cx.office().bring_in(&here.staff.actor, &here.at, seen.new).await?;
    cx.hand_back(&link);
    Ok(Redirect::to(&ui::link(&link, &[("done", &count)])).into_response())
}

fn page(cx: &Cx, here: &Here, file: &File, seen: &Seen, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let (link, table) = (here.sheet(), &seen.table);
    let f = Form::new(cx, "", "import", link.clone()).filled(values, slip);
    let title = t.with("import-preview-title", &[("name", &file.name)]);
    let (new, known) = (seen.new.len(), seen.known);
    let can = new > 0 && seen.is_ready(Elsewhere::Here);
    let main = html! {
        p.crumbs { a href=(here.link()) { (t.say("import-title")) } }
        h1 { (title) }
        @if let Some(slip) = slip { (summary(Some(slip), t)) }
        p { (form_said(&table.form, table.header.row, t)) }
        @if table.columns.says() && table.wrong.is_empty() {
            p { strong { (t.with("import-counts", &[("new", &new), ("known", &known)])) } }
            @if new == 0 { div.notice role="status" { p { (t.say("import-nothing-new")) } } }
        }
        (wrong(seen, t))
        (f.bare(&html! {
            (ui::hidden("source", &asked(values, file).source))
            @if let Shape::Workbook { sheet, sheets } = &table.form {
                (ui::hidden("shown", sheet))
                @if sheets.len() > 1 {
                    @let names: Vec<_> = sheets.iter().map(|name| (name.clone(), name.clone())).collect();
                    (f.select("sheet", &names).start(sheet))
                } @else { (ui::hidden("sheet", sheet)) }
            }
            section.card { h2 { (t.say("import-columns")) }
                p.hint { (t.say("import-columns-hint")) }
                (columns(seen, t))
                button.button.second type="submit" name="press" value="look" { (t.say("import-look-again")) }
            }
            (unplaced(seen, &f, t))
            @if can {
                div.actions {
                    button.button.wide type="submit" name="press" value="import" { (t.with("import-do", &[("count", &new)])) }
                }
                p.hint { (t.say("import-do-hint")) }
            }
        }))
        @if !table.remarks.is_empty() {
            section.card { h2 { (t.say("import-remarks")) }
                ul { @for remark in table.remarks.iter().take(NAMED) { li { (said::remark(remark, t)) } }
                    (more(table.remarks.len(), t)) }
            }
        }
        (first_rows(seen, t))
    };
    let nav = staff_nav_at(cx, &here.staff, &here.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render()
}

/// How the file was read.
fn form_said(form: &Shape, header: usize, t: Locale) -> String {
    let header: &dyn std::fmt::Display = &header;
    match form {
        Shape::Workbook { sheet, .. } => {
            t.with("import-read-workbook", &[("sheet", sheet), ("header", header)])
        }
        Shape::Text { encoding, .. } => {
            t.with("import-read-text", &[("encoding", encoding), ("header", header)])
        }
    }
}

/// What must be put right first.
fn wrong(seen: &Seen, t: Locale) -> Markup {
    let table = &seen.table;
    html! {
        @if !table.columns.says() {
            div.notice.bad role="status" { p { (t.say("import-says-nothing")) } }
        }
        @if !table.wrong.is_empty() {
            section.card { h2 { (t.with("import-wrong", &[("count", &table.wrong.len())])) }
                ul { @for wrong in table.wrong.iter().take(NAMED) { li { (said::wrong(wrong, &table.columns, t)) } }
                    (more(table.wrong.len(), t)) }
            }
        }
    }
}

/// That there are more than are named.
fn more(count: usize, t: Locale) -> Markup {
    let rest = count.saturating_sub(NAMED);
    html! { @if rest > 0 { li { (t.with("import-more", &[("count", &rest)])) } } }
}

/// What each column is used for.
fn columns(seen: &Seen, t: Locale) -> Markup {
    let Columns { all, .. } = &seen.table.columns;
    let none = (String::new(), t.say("import-column-none"));
    let words = Column::ALL.iter().map(|column| (column.word().to_owned(), t.word(*column)));
    let options: Vec<(String, String)> = std::iter::once(none).chain(words).collect();
    let unused = t.say("import-column-unused");
    let example = |n: usize| {
        let cells = seen.table.shown.iter().filter_map(|record| record.cells.get(n));
        cells.map(|cell| excerpt(cell, CELL)).find(|cell| !cell.is_empty()).unwrap_or_default()
    };
    html! {
        div.sheet-columns { @for (n, column) in all.iter().enumerate() {
            @let name = format!("column-{n}");
            @let hint = t.with("import-column-hint", &[("count", &column.filled), ("example", &example(n))]);
            @let wrong = (column.filled > 0 && column.is.is_none()).then_some(unused.as_str());
            @let field = Field::new(&name, &column.name).hint(&hint).error(wrong);
            (ui::select(field, &options, column.is.map_or("", Column::word)))
        } }
    }
}

/// Addresses that name no place, and the box that says that they go to the community.
fn unplaced(seen: &Seen, f: &Form<'_>, t: Locale) -> Markup {
    let all = &seen.unplaced;
    html! {
        @if !all.is_empty() {
            section.card { h2 { (t.with("import-unplaced", &[("count", &all.len())])) }
                ul { @for one in all.iter().take(NAMED) {
                    li { (said::line(one.first, t)) " " (excerpt(&one.address, CELL)) " " (t.with("import-rows", &[("count", &one.count)])) }
                } (more(all.len(), t)) }
                (f.check("here"))
            }
        }
    }
}

/// The first rows, as they stand.
fn first_rows(seen: &Seen, t: Locale) -> Markup {
    let table = &seen.table;
    let title = t.say("import-first-rows");
    html! {
        section.card { h2 { (title) }
            div.scroll tabindex="0" role="group" aria-label=(title) { table.sheet {
                thead { tr { th scope="col" { (t.say("import-line-head")) }
                    @for column in &table.columns.all { th scope="col" { (column.name) } } } }
                tbody { @for record in &table.shown { tr {
                    th scope="row" { (record.at.row) }
                    @for n in 0..table.columns.all.len() {
                        td { (record.cells.get(n).map(|cell| excerpt(cell, CELL)).unwrap_or_default()) }
                    }
                } } }
            } }
        }
    }
}
