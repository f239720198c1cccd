//! The page of a receipt: number, who answers and by when, what was answered, and step by step
//! what was done.

use super::{erase, evaluate};
use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::receipt::{Held, held};
use crate::matters::face::{stage_badge, steps};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::evaluation::{self, asked};
use yishi_domain::matters::{Matter, Receipt, StageKind, Step};
use yishi_kernel::{PhotoDigest, Refusal};
use yishi_office::matters::reads::MatterRow;
use yishi_web::feature::{Beside, Whose, above, beside};
use yishi_web::local;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /r/{slug}/{secret}`
pub async fn show(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let notes = [
        ("new", "receipt-new"),
        ("added", "receipt-added"),
        ("beside", "receipt-beside"),
        ("stands", "receipt-stands"),
        ("erased", "receipt-erased"),
    ];
    let note = notes.iter().find(|(word, _)| query.contains_key(*word)).map(|(_, key)| *key);
    view(&cx, &secret, &held, &cx.typed(), None, note).await
}

/// Its page, after something was sent or not.
pub async fn view(
    cx: &Cx,
    secret: &str,
    held: &Held,
    values: &Fields,
    slip: Option<&Slip>,
    note: Option<&str>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let office = &cx.app.office;
    let (root, own, receipt) = (&held.root, &held.own, &held.receipt);
    let slug = &held.ledger.slug;
    let keeper = cx.place(held.ledger.ledger).await?;
    let rules = cx.rules(held.ledger.ledger).await?;
    // What is about the committee is not answered by the committee.
    let desk = cx.place(root.desk).await?;
    let said = office.load::<Matter>(held.ledger.ledger, &own.id.into()).await?;
    let answers = match root.id == own.id {
        true => said.clone(),
        false => office.load::<Matter>(held.ledger.ledger, &root.id.into()).await?,
    };
    let opened = office.load::<Receipt>(held.ledger.ledger, &receipt.id.into()).await?;
    let opened = opened.must()?;
    // Whoever joined is told what was answered, not what a neighbour wrote.
    let chain = Reads::Holder(&said, own.id, opened);
    let chain = Chain::load(&office.db, held.ledger.ledger, own.id, chain).await?;
    let carrying = Reads::Holder(&answers, root.id, opened);
    let carrying = Chain::load(&office.db, held.ledger.ledger, root.id, carrying).await?;
    let evaluated = receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= root.answered);
    let answered = matches!(root.stage, StageKind::Answered | StageKind::Closed) && evaluated.is_none();
    let asks = answered.then(|| asked(opened, answers.must()?));
    let here = format!("/r/{slug}/{secret}");
    let link = format!("{}{here}", cx.app.public_url);
    let photo = |digest: &PhotoDigest| Some(format!("{here}/photo/{}", digest.0));
    let others = format!("/c/{slug}/m/");
    let thing = Beside::of_matter(cx, &held.ledger, own.id, Whose::Holder(&here)).await?;
    let (alert, besides) = (above(cx, &thing).await?, beside(cx, &thing).await?);
    let title = t.with("receipt-title", &[("number", &own.number)]);
    let main = html! {
        @if note.is_some() { span data-forget="raise" {} }
        @if let Some(note) = note { div.notice role="status" { p { strong { (t.say(note)) } } } }
        (summary(slip, t))
        (alert)
        section.receipt {
            div.split {
                div {
                    h1 { (t.say("receipt-heading")) }
                    p.number { (t.with("matter-number", &[("number", &own.number)])) }
                    (ui::bits("", &format!("{} · {} · {}", keeper.name, own.place_name, t.time(receipt.opened))))
                    @if own.meeting.is_some() { p { span.badge { (t.say("channel-floor")) } } }
                }
                (ui::qr(&link, &t.say("receipt-qr")))
            }
            (ui::facts(&[
                (t.say("fact-stage"), html! { (stage_badge(root.stage, t)) }),
                (t.say("receipt-who"), html! { (carrying.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &desk.name)]))) }),
                (t.say("receipt-when"), html! { @match root.next {
                    Some((Step::Close, at)) if at > cx.now => (t.with("receipt-evaluate-by", &[("date", &t.day(at.deadline_date()))])),
                    Some((Step::Close, _)) => (t.say("receipt-answered")),
                    Some((_, at)) => (ui::due_in_full(at, cx.now, t)),
                    None => (t.say("receipt-done")),
                } }),
            ]))
            (local::line(&cx.local, t))
            p.small { (t.say("receipt-keep")) }
            p.link-text { (link) }
        }
        div.actions.no-print { (ui::print_button(t)) a.button.second href={ "/c/" (slug) "/m/" (root.number) } { (t.say("receipt-public")) } }
        @if root.id != own.id { div.notice.warn { p { (t.with("receipt-carried", &[("number", &root.number)])) } } }
        (steps(root.stage, t))
        @if let Some((answer, word)) = carrying.answers().first() {
            section.notice {
                h2 { (t.say("answer-title")) }
                p.pre { (answer) }
                @if let Some(word) = word { p.pre { strong { (t.say("answer-word-shown")) } " " (word) } }
            }
        }
        @if let Some((_, solved, satisfaction)) = evaluated {
            div.notice { p {
                (t.with("receipt-evaluated", &[
                    ("solved", &t.word(solved)),
                    ("satisfaction", &t.word(satisfaction)),
                ]))
            } }
        }
        @match asks {
            Some(Ok(_)) => (evaluate::form(cx, &here, values, slip)),
            Some(Err(why)) => (unasked(&why, root, t)),
            None => {}
        }
        h2 { (t.say("chain-title")) }
        (chain.view(t, &rules, &others, &photo))
        @if root.id != own.id {
            h2 { (t.with("receipt-carrier-chain", &[("number", &root.number)])) }
            (carrying.view(t, &rules, &others, &|_| None))
        }
        (besides)
        (erase::form(cx, held, opened, &here, values, slip))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Why whoever holds this receipt is not asked about the answer, and what they can do instead.
fn unasked(why: &Refusal, root: &MatterRow, t: Locale) -> Markup {
    let more = format!("/at/{}/raise?after={}", root.place, root.number);
    html! {
        @match why.of() {
            Some(evaluation::Refusal::CameLater) => div.notice.no-print {
                p { (t.say("receipt-later")) }
                p { a.button.second href=(more) { (t.say("receipt-later-raise")) } }
            },
            Some(evaluation::Refusal::ByCall) => div.notice.no-print { p { (t.say("receipt-by-call")) } },
            Some(evaluation::Refusal::Evaluated) | None => {}
        }
    }
}
