//! A sheet before it is imported (导入预览): how it was read, what each column is, what is wrong by line
//! and column, the first rows as they stand. One press looks again, another imports all or nothing.

use super::hand_in::{Here, again};
use super::{repeats, said};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use yishi_kernel::text::excerpt;
use yishi_office::matters::import::{Asked, Elsewhere, Repeat, Seen, Unplaced};
use yishi_web::form::Form;
use yishi_web::handed::File;
use yishi_web::nav::staff_nav_at;
use yishi_web::preview::{columns, first_rows, line, listed, read_as, sheets, wished};
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// Most matters that one press raises: what is done in well under the time a page may take.
const MOST: usize = 20_000;
/// How much of an address is shown.
const CELL: usize = 24;

/// What the link says.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    source: String,
}

/// How a form wants a file to be read.
pub(super) fn asked(values: &Fields, file: &File) -> Asked {
    let (sheet, wishes) = wished(values);
    let source = values.some("source").unwrap_or(file.stem()).trim().to_owned();
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
        Ok(seen) => {
            let repeats = repeats::found(&cx, &here, &seen).await?;
            Ok(page(&cx, &here, &file, (&seen, &repeats), &values, None).into_response())
        }
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
    let repeats = repeats::found(&cx, &here, &seen).await?;
    if values.get("press") != "import" {
        return Ok(page(&cx, &here, &file, (&seen, &repeats), &values, None).into_response());
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
        return Ok(slip.answer(page(&cx, &here, &file, (&seen, &repeats), &values, Some(&slip))));
    }
    let (count, linked) = (seen.new.len(), repeats::chosen(&seen, &repeats, &values));
    let (office, actor) = (cx.office(), &here.staff.actor);
    office.bring_in(actor, &here.at, seen.new).await?;
    cx.hand_back(&link);
    let refused = office.link_repeats(actor, here.ledger.ledger, &linked).await?;
    let counts = [("done", count), ("linked", linked.len() - refused), ("apart", refused)];
    let said: Vec<_> = counts.iter().map(|(name, count)| (*name, count.to_string())).collect();
    // What did not happen need not be said.
    let said: Vec<_> = said.iter().filter(|(name, count)| *name == "done" || count != "0").collect();
    let said: Vec<_> = said.iter().map(|(name, count)| (*name, count.as_str())).collect();
    Ok(Redirect::to(&ui::link(&link, &said)).into_response())
}

fn page(
    cx: &Cx,
    here: &Here,
    file: &File,
    (seen, repeats): (&Seen, &[Repeat]),
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
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
        p { (read_as(&table.form, table.header, t)) }
        @if table.columns.says() && table.wrong.is_empty() {
            p { strong { (t.with("import-counts", &[("new", &new), ("known", &known)])) } }
            @if new == 0 { div.notice role="status" { p { (t.say("import-nothing-new")) } } }
        }
        (wrong(seen, t))
        @if !table.remarks.is_empty() {
            section.card { h2 { (t.say("import-remarks")) }
                (listed(table.remarks.iter().map(|remark| said::remark(remark, t)), t))
            }
        }
        (f.bare(&html! {
            (ui::hidden("source", &asked(values, file).source))
            (sheets(&table.form, &f))
            (columns(&table.columns, &table.shown, t))
            (first_rows(&table.columns, &table.shown, t))
            (unplaced(seen, &f, t))
            (repeats::choices(seen, repeats, values, t))
            @if can {
                div.actions {
                    button.button.wide type="submit" name="press" value="import" { (t.with("import-do", &[("count", &new)])) }
                }
                p.hint { (t.say("import-do-hint")) }
            }
        }))
    };
    let nav = staff_nav_at(cx, &here.staff, &here.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render()
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
                (listed(table.wrong.iter().map(|wrong| said::wrong(wrong, &table.columns, t)), t))
            }
        }
    }
}

/// Addresses that name no place, and the box that says that they go to the community.
fn unplaced(seen: &Seen, f: &Form<'_>, t: Locale) -> Markup {
    let all = &seen.unplaced;
    let said = |one: &Unplaced| {
        let rows = t.with("import-rows", &[("count", &one.count)]);
        format!("{} {} {rows}", line(one.first, t), excerpt(&one.address, CELL))
    };
    html! {
        @if !all.is_empty() {
            section.card { h2 { (t.with("import-unplaced", &[("count", &all.len())])) }
                (listed(all.iter().map(said), t))
                (f.check("here"))
            }
        }
    }
}
