//! Beginning a run, for whoever answers for the community: all that is open is taken in. The runs before
//! are listed.

use super::list::{is_due, item, rhythm};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::clearing::{OPEN, Open, RunId};
use yishi_kernel::Resource;
use yishi_office::FormKey;
use yishi_office::clearing::reads::{RunRow, open, run, runs};
use yishi_office::papers::Numbered as _;
use yishi_office::places::reads::LedgerRow;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

async fn allowed(cx: &Cx, slug: &str) -> Result<(Staff, LedgerRow), Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let path = cx.app.office.path_at(ledger.ledger).await?;
    cx.may(&OPEN, &Resource::at(&path))?;
    Ok((staff, ledger))
}

/// `GET /w/{slug}/clearing`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    view(&cx, &slug, &fresh_form(&cx)?, None).await
}

async fn view(cx: &Cx, slug: &str, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let (staff, ledger) = allowed(cx, slug).await?;
    let running = open(db, ledger.ledger).await?;
    let page = runs(db, ledger.ledger, None).await?;
    let due = is_due(cx, ledger.ledger, page.rows.first().map(|row| row.opened)).await?;
    let numbers = cx.numbers(page.rows.iter().map(RunRow::key)).await?;
    let here = format!("/w/{slug}/clearing");
    let f = Form::new(cx, "", "clearing", here.clone()).filled(values, slip);
    let inner = html! {
        (ui::hidden("form", values.get("form")))
        p { (t.say("clearing-begin-lead")) }
        (f.submit("clearing-begin", "wide"))
    };
    let title = t.say("clearing-title");
    let main = html! {
        p.crumbs { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(slip, t))
        p.hint { (rhythm(cx, ledger.ledger).await?) }
        @match &running {
            Some(row) => p.notice { a href={ "/w/" (slug) "/k/" (row.number) } { (t.with("clearing-goes-on", &[("day", &t.day(row.opened.date())), ("count", &row.items)])) } },
            None => {
                @if let Some(day) = &due { p.notice { (t.with("clearing-is-due", &[("day", day)])) } }
                (f.card(&t.say("clearing-begin"), &inner))
            }
        }
        @if !page.rows.is_empty() {
            h2 { (t.say("clearing-before")) }
            ul.list { @for row in &page.rows { (item(row, &numbers, &format!("/w/{slug}/k/{}", row.number), t)) } }
            p { a href={ "/c/" (slug) "/clearing" } { (t.say("conduct-public")) } }
        }
    };
    let nav = staff_nav_at(cx, &staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/clearing`
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger) = allowed(&cx, &slug).await?;
    let form = sent_form(&cx, &values, &[])?;
    let office = &cx.app.office;
    let thing = |key: &FormKey| (RunId(key.id("clearing")), Open);
    match office.make(&staff.actor, ledger.ledger, form, thing).await {
        Ok(key) => {
            let row = run(&office.db, ledger.ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
            Ok(Redirect::to(&made(format!("/w/{slug}/k/{}", row.number), &form, &key)).into_response())
        }
        Err(failure) => {
            let slip = Slip::bare(Error::from(failure), &values, cx.locale)?;
            let page = view(&cx, &slug, &values, Some(&slip)).await?;
            Ok(slip.answer(page))
        }
    }
}
