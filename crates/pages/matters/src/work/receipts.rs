//! Who waits for the answer to a matter 要答复的人: each receipt, what was said to the last
//! answer, and how to reach whoever said nothing. The first of them stand on the matter's page,
//! all of them on pages of their own.

use super::contact;
use super::job::Job;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use yishi_domain::evaluation::CALL_BACK;
use yishi_domain::matters::{ERASE, READ_CONTACT, REISSUE, ReceiptId, StageKind};
use yishi_kernel::cell::Flag;
use yishi_office::matters::reads::{ReceiptRow, receipts};
use yishi_office::paging::{Key, Paged};
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// Where a page begins.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    after: Option<String>,
}

async fn page(job: &Job, after: Option<Key<ReceiptId>>) -> Result<Paged<ReceiptRow>, Error> {
    Ok(receipts(&job.cx.app.office.db, job.ledger.ledger, job.row.id, after).await?)
}

fn view(job: &Job, some: Paged<ReceiptRow>) -> Markup {
    let path = format!("{}/receipts", job.link());
    let next = some.next.map(|next| ui::link(&path, &[("after", &next)]));
    let own = if job.can(&ERASE) { "owed-reissue-or-erase" } else { "reissue-title" };
    html! {
        @if !some.rows.is_empty() { div.listed { ul.list { @for receipt in &some.rows { li.item {
            (line(job, receipt))
            @if job.can(&REISSUE) { p.no-print { a href={ (path) "/" (receipt.id) } { (job.cx.locale.say(own)) } } }
        } } } } }
        (ui::more(next, &job.cx.locale.say("owed-more")))
    }
}

/// The first of them, on the matter's page.
///
/// # Errors
/// When the store fails.
pub async fn first(job: &Job) -> Result<Markup, Error> {
    let some = page(job, None).await?;
    Ok(html! { h2 { (job.cx.locale.say("owed-title")) } (view(job, some)) })
}

/// `GET /w/{slug}/{number}/receipts`
///
/// # Errors
/// When there is no such matter, or this person may not read it.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>, Query(from): Query<From>) -> Result<Markup, Error> {
    let job = Job::open(cx, at).await?;
    let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
    let some = page(&job, from.after.as_deref().and_then(Key::read)).await?;
    let title = t.say("owed-title");
    let main = html! {
        p.crumbs.no-print { a href=(job.link()) { (t.with("work-title", &[("number", &job.row.number)])) } }
        h1 { (title) }
        @if some.rows.is_empty() { (ui::empty(&t.say("owed-none"))) }
        (view(&job, some))
    };
    let nav = staff_nav_at(cx, &job.staff, slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// What is known of a receipt by those who work on its matter.
pub fn line(job: &Job, receipt: &ReceiptRow) -> Markup {
    let (t, row) = (job.cx.locale, &job.row);
    let came = format!("{} · {}", t.word(receipt.proof), t.brief(receipt.opened.date()));
    html! {
        p { strong { (t.word(receipt.how)) } " "
        @match receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= row.answered) {
            _ if receipt.withdrawn.is_some() => span.badge.done { (t.say("receipt-withdrawn")) },
            Some((_, solved, satisfaction)) => {
                (t.word(solved)) (t.pick("，", ", ")) (t.word(satisfaction))
            },
            None if row.answered.is_some_and(|answer| receipt.opened > answer) => (t.say("owed-later")),
            None if row.stage == StageKind::Answered => {
                (t.say("owed-waiting"))
                @if job.can(&CALL_BACK) { " " a.no-print href={ (job.link()) "/callback/" (receipt.id) } { (t.say("callback-action")) } }
            },
            None => (t.say("owed-open")),
        }
        }
        (ui::bits("meta", &came))
        @if receipt.contact == Flag::Yes && job.can(&READ_CONTACT) { (contact::beside(job, receipt.id)) }
    }
}
