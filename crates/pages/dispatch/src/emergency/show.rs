//! An emergency for everyone to read: what was freed and what was not, why, by which article, who
//! applied for money, when it was confirmed, and afterwards its accounts. The paper of an
//! application is for those who compare it.

use super::basis::{BasisAtWork, Held, Row, basis_of};
use super::face::badge;
use crate::ballots::face::decider;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::emergency::{Basis, BasisStage, Rules};
use yishi_office::dangers::reads::danger;
use yishi_office::dispatch::reads::order;
use yishi_office::meetings::reads::meeting;
use yishi_web::photos::{Small, send_photo};
use yishi_web::places::spot;
use yishi_web::told::by;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/e/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let Held { ledger, row, loaded, .. } = basis_of(&cx, &slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let title = t.with("basis-title", &[("number", &number)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/m/" (row.matter.number) } { (t.with("see-matter", &[("number", &row.matter.number)])) } }
        h1 { (title) }
        (told(&cx, &slug, &row, loaded.must()?).await?)
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What it says, alike for everyone.
pub(super) async fn told(cx: &Cx, slug: &str, row: &Row, basis: &Basis) -> Result<Markup, Error> {
    let t = cx.locale;
    let line = html! { p { strong { (basis.line) } } };
    Ok(html! {
        @match basis.stage {
            BasisStage::Entered => div.notice.warn { p { (t.say("basis-not-confirmed")) } (line) },
            BasisStage::Confirmed | BasisStage::Accounted => div.notice {
                p { (t.say("basis-frees")) }
                (line)
                p { (t.say("basis-frees-only")) }
            },
            BasisStage::Rejected => div.notice.bad {
                p { (t.say("basis-rejected")) }
                @if let Some(reason) = &basis.reason { p.quote { (reason) } }
            },
        }
        div.card { (ui::facts(&facts(cx, slug, row, basis).await?)) }
        (account(cx, basis))
    })
}

async fn facts(cx: &Cx, slug: &str, row: &Row, basis: &Basis) -> Result<Vec<(String, Markup)>, Error> {
    let (t, db, ledger) = (cx.locale, &cx.app.office.db, row.basis.ledger);
    let rules = cx.rules(ledger).await?;
    let known = rules.section::<Rules>().named(&basis.situation.code);
    let situation = known.map_or_else(|| basis.situation.code.clone(), |one| t.said(&one.zh, &one.en));
    let place = spot(cx, basis.place).await?;
    let role = |hand: &yishi_domain::emergency::Hand| {
        t.with("basis-by", &[("date", &t.day(hand.at.date())), ("role", &ui::role(hand.role, t))])
    };
    let mut facts = vec![
        (t.say("fact-stage"), html! { (badge(basis.stage, t)) }),
        (t.say("basis-situation"), html! { (situation) br; span.soft.small { (basis.situation.source) } }),
        (t.say("fact-exact"), html! { (place) }),
        (t.say("basis-line"), html! { (basis.line) }),
        (t.say("fact-acceptance"), html! { (basis.acceptance) }),
        (t.say("basis-source"), html! { (basis.source) }),
    ];
    if let Some(decider) = decider(&basis.decides, t) {
        facts.push((t.say("basis-otherwise"), html! { (decider) }));
    }
    let money = basis.applied.as_ref().map_or_else(
        || t.say("basis-no-money"),
        |applied| t.with("basis-applied", &[("who", &t.word(applied.by))]),
    );
    facts.push((t.say("basis-money"), html! { (money) }));
    facts.push((t.say("basis-worded"), html! { (role(&basis.worded)) }));
    if let Some(confirmed) = &basis.confirmed {
        facts.push((t.say("basis-confirmed"), html! { (role(&confirmed.hand)) }));
    }
    if let Some(id) = basis.danger
        && let Some(row) = danger(db, ledger, id).await?
    {
        let text = t.with("basis-danger-number", &[("number", &row.number)]);
        facts.push((t.say("basis-danger"), html! { a href={ "/c/" (slug) "/d/" (row.number) } { (text) } }));
    }
    if let Some(id) = basis.order
        && let Some(row) = order(db, ledger, id).await?
    {
        let link = html! { a href={ "/c/" (slug) "/o/" (row.number) } { (t.with("basis-order-number", &[("number", &row.number)])) } };
        facts.push((t.say("basis-order"), html! { (link) " " span.badge { (t.word(row.stage)) } }));
    }
    let waits = match basis.recommended {
        Some(asked) => meeting(db, ledger, asked.meeting).await?,
        None => None,
    };
    let lasting = html! {
        (t.say("basis-lasting-waits"))
        @if let Some(row) = waits { br; a href={ "/c/" (slug) "/g/" (row.number) } { (row.title) } }
    };
    facts.push((t.say("basis-lasting"), lasting));
    Ok(facts)
}

/// Its accounts, or by when they are due.
fn account(cx: &Cx, basis: &Basis) -> Markup {
    let t = cx.locale;
    let due = basis.confirmed.as_ref().map(|confirmed| confirmed.account_by);
    html! {
        @if let Some((note, money)) = &basis.account {
            section.card {
                h2 { (t.say("basis-account")) }
                p { (note) }
                @match money {
                    Some(money) => p { (crate::dispatch::face::money(money, t)) },
                    None => p { (t.say("basis-cost-nothing")) },
                }
            }
        } @else if let Some(due) = due {
            section.card {
                h2 { (t.say("basis-account")) }
                p { (t.with("basis-account-due", &[("by", &by(due, t))])) " " (ui::due(due, cx.now, t)) }
            }
        }
    }
}

/// `GET /w/{slug}/e/{number}/photo/{digest}`: the paper, for those who compare it.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let job = yishi_web::sheet::Sheet::<BasisAtWork>::open(cx, (slug, number)).await?;
    let paper = job.state.applied.as_ref().and_then(|applied| applied.paper.get());
    if !paper.into_iter().flatten().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&job.cx, &digest, &small).await
}
