//! The page of a receipt: first where it stands, in one line, then the answer and whether it helped,
//! then what its holder can do, and folded what was done step by step. Number, code and link stand
//! below, to be kept; printed, they are all there is.

use super::{add, erase, evaluate, reissue, told, withdraw};
use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::printed::{Seen, printed};
use crate::matters::face::receipt::{Held, held};
use crate::matters::face::steps;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::evaluation::{self, asked};
use yishi_domain::matters::{KnownBy, Matter, Receipt, StageKind, TellingRules};
use yishi_kernel::{Loaded, Moment, PhotoDigest, Refusal};
use yishi_office::matters::reads::MatterRow;
use yishi_web::feature::{Beside, Whose, above, beside};
use yishi_web::local;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What a link says that an act has led back by, and what is told then.
const NOTES: [(&str, &str); 12] = [
    ("new", "receipt-new"),
    ("added", "receipt-added"),
    ("beside", "receipt-beside"),
    ("stands", "receipt-stands"),
    ("erased", "receipt-erased"),
    ("opened", "receipt-opened"),
    ("reissued", "receipt-reissued"),
    ("withdrawn", "receipt-withdrawn-note"),
    ("thanks", "receipt-thanks"),
    ("again", "receipt-again"),
    ("told", "receipt-told-note"),
    ("untold", "receipt-untold-note"),
];

/// The notes that come with a link nobody has kept yet.
const FRESH: [&str; 3] = ["receipt-new", "receipt-beside", "receipt-reissued"];

/// `GET /r/{slug}/{secret}`
pub async fn show(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let note = NOTES.iter().find(|(word, _)| query.contains_key(*word)).map(|(_, key)| *key);
    let mut values = cx.typed();
    if let Some(solved) = query.get(evaluate::SOLVED)
        && values.some(evaluate::SOLVED).is_none()
    {
        values.0.push((evaluate::SOLVED.to_owned(), solved.clone()));
    }
    view(&cx, &secret, &held, &values, None, note).await
}

/// Its page, after something was sent or not.
async fn view(
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
    let (slug, ledger) = (&held.ledger.slug, held.ledger.ledger);
    let keeper = cx.place(ledger).await?;
    let rules = cx.rules(ledger).await?;
    // What is about the committee is not answered by the committee.
    let desk = cx.place(root.desk).await?;
    let said = office.load::<Matter>(ledger, &own.id.into()).await?;
    let answers = match root.id == own.id {
        true => said.clone(),
        false => office.load::<Matter>(ledger, &root.id.into()).await?,
    };
    let loaded = office.load::<Receipt>(ledger, &receipt.id.into()).await?;
    let opened = loaded.must()?;
    // Whoever joined is told what was answered, not what a neighbour wrote.
    let chain = Reads::Holder(&said, own.id, opened);
    let chain = Chain::load(&office.db, ledger, own.id, chain).await?;
    let carrying = Reads::Holder(&answers, root.id, opened);
    let carrying = Chain::load(&office.db, ledger, root.id, carrying).await?;
    let evaluated = receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= root.answered);
    let answered = root.answered.is_some()
        && matches!(root.stage, StageKind::Answered | StageKind::Closed)
        && evaluated.is_none();
    let carrier = answers.must()?;
    let asks = answered.then(|| asked(opened, carrier));
    let here = format!("/r/{slug}/{secret}");
    let photo = |digest: &PhotoDigest| Some(format!("{here}/photo/{}", digest.0));
    let others = format!("/c/{slug}/m/");
    let thing = Beside::of_matter(cx, &held.ledger, own.id, Whose::Holder(&here)).await?;
    let (alert, besides) = (above(cx, &thing).await?, beside(cx, &thing).await?);
    // What was just given is kept first; later it lies below.
    let fresh = note.is_some_and(|note| FRESH.contains(&note));
    let who = carrying.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &desk.name)]));
    let title = t.with("receipt-title", &[("number", &own.number)]);
    let main = html! {
        @if note.is_some() { span data-forget="raise" {} }
        @if let Some(note) = note { div.notice role="status" { p { strong { (done(note, root, t)) } } } }
        (summary(slip, t))
        h1 { (title) }
        (ui::bits("state", &state(cx, held, &who, asks.as_ref())))
        (alert)
        @if fresh { (paper(cx, held, secret)) }
        @if root.id != own.id { div.notice.warn { p { (t.with("receipt-carried", &[("number", &root.number)])) } } }
        @if let Some(answer) = carrying.answer() {
            section.notice {
                h2 { (t.say("answer-title")) }
                p.pre { (answer.text) }
                (answer.when_corrected(t))
                @if let Some(word) = answer.word { p.pre { strong { (t.say("answer-word-shown")) } " " (word) } }
            }
        }
        @if let Some((_, solved, satisfaction)) = evaluated {
            div.notice {
                p { (t.with("receipt-evaluated", &[("solved", &t.word(solved)), ("satisfaction", &t.word(satisfaction))])) }
                @if let Some(comment) = comment(&loaded) { p.pre { (t.say("receipt-comment")) (comment) } }
            }
        }
        @match &asks {
            Some(Ok(_)) => (evaluate::form(cx, &here, values, slip)),
            Some(Err(why)) => (unasked(why, root, t)),
            None => {}
        }
        @if let Some(words) = chain.raised() { p.pre.quoted { (t.say("receipt-said")) (words) } }
        (told::form(cx, opened, rules.section::<TellingRules>(), &here, values, slip))
        (add::form(cx, held, opened, &here, values, slip))
        (withdraw::form(cx, held, opened, carrier, &here))
        details {
            summary { (t.say("chain-title")) }
            @if opened.withdrawn.is_none() { (steps(root.stage, t)) }
            (chain.view(t, &rules, &others, &photo))
            @if root.id != own.id {
                h2 { (t.with("receipt-carrier-chain", &[("number", &root.number)])) }
                (carrying.view(t, &rules, &others, &|_| None))
            }
        }
        (besides)
        @if !fresh { (paper(cx, held, secret)) }
        (reissue::form(cx, held, &here))
        (erase::form(cx, held, opened, &here, values, slip))
        p.no-print { a href={ "/c/" (slug) "/m/" (root.number) } { (t.say("receipt-public")) } }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Where something that was sent ends: back on the page, which tells what was done, or there again
/// with all that was typed and all that is wrong.
pub async fn ended(
    cx: &Cx,
    secret: &str,
    held: &Held,
    values: &Fields,
    done: Result<&'static str, Slip>,
) -> Result<Response, Error> {
    match done {
        Ok(note) => Ok(Redirect::to(&format!("/r/{}/{secret}?{note}", held.ledger.slug)).into_response()),
        Err(slip) => {
            let page = view(cx, secret, held, values, Some(&slip), None).await?;
            Ok(slip.answer(page))
        }
    }
}

/// What an act has brought about.
fn done(note: &str, root: &MatterRow, t: Locale) -> String {
    let date = root.next.map(|(_, due)| t.brief(due.deadline_date())).unwrap_or_default();
    t.with(note, &[("date", &date)])
}

/// Where it stands: how far it is, with whom, and by when something is due.
fn state(cx: &Cx, held: &Held, who: &str, asks: Option<&Result<Moment, Refusal>>) -> String {
    let (root, t) = (&held.root, cx.locale);
    let stage = match (held.receipt.withdrawn, root.stage, root.answered) {
        (Some(_), _, _) | (None, StageKind::Closed, None) => return t.say("receipt-withdrawn"),
        (None, StageKind::Answered, _) => t.say("receipt-answered"),
        (None, stage, _) => t.word(stage),
    };
    let when = match (root.stage, root.next) {
        (StageKind::Raised | StageKind::InHand, Some((_, due))) if due <= cx.now => {
            Some(("receipt-late", due))
        }
        (StageKind::Raised | StageKind::InHand, Some((_, due))) => Some(("receipt-due", due)),
        (StageKind::Answered, Some((_, due))) if matches!(asks, Some(Ok(_))) && due > cx.now => {
            Some(("receipt-evaluate-by", due))
        }
        _ => None,
    };
    let when = when.map(|(key, due)| t.with(key, &[("date", &t.brief(due.deadline_date()))]));
    [Some(stage), Some(who.to_owned()), when].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was written to the answer last, as far as it is kept.
fn comment(loaded: &Loaded<Receipt>) -> Option<String> {
    (1..=loaded.version).rev().find_map(|version| loaded.private(version, "comment"))
}

/// The paper to keep. Without the link nothing says what it is: then a new one is made.
fn paper(cx: &Cx, held: &Held, secret: &str) -> Markup {
    let t = cx.locale;
    if held.by != KnownBy::Link {
        return local::line(&cx.local, t);
    }
    let above = html! { h2 { (t.say("receipt-heading")) } };
    let more = html! { p.small { (t.say("receipt-keep")) } };
    let name = format!("{}.png", t.with("receipt-title", &[("number", &held.own.number)]));
    html! {
        (printed(cx, held, secret, Seen::OnPaper, (&above, &more)))
        div.actions.no-print {
            button.button.second.js-only type="button" data-picture=(name) data-keep=(t.say("receipt-picture-keep")) { (t.say("receipt-picture")) }
            (ui::print_button(t))
        }
    }
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
