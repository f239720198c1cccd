//! One order for everyone to read: what is to be done, by whom, who reported in and who is
//! late, what came of it. Nothing private is read here.

use crate::ballots::face::{decider, left_by};
use crate::dispatch::face::ladder::ladder;
use crate::dispatch::face::parties::{Part, Partner, parties};
use crate::dispatch::face::{
    Arrival, Called, Held, called, called_by_number, called_list, late, lines, money, order_of, relatives,
    sources, stage_badge, standing,
};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::dispatch::{Order, OrderKind};
use yishi_domain::meetings::{self, Meeting};
use yishi_kernel::PhotoDigest;
use yishi_kernel::text::excerpt;
use yishi_office::dispatch::reads::OrderRow;
use yishi_office::papers::Numbered;
use yishi_office::people::reads::organisation;
use yishi_web::feature::{Beside, Whose, beside};
use yishi_web::names::Names;
use yishi_web::numbers::small;
use yishi_web::photos::{Small, send_photo};
use yishi_web::places::spot;
use yishi_web::told::{Line, by, chain};
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/o/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let held = order_of(&cx, &slug, number).await?;
    let (db, row, order) = (&cx.app.office.db, &held.row, held.loaded.must()?);
    let keeper = cx.place(held.ledger.ledger).await?;
    let mut names = Names::default();
    let photo = |digest: &PhotoDigest| {
        let public = order.published.contains(digest);
        public.then(|| format!("/c/{slug}/o/{number}/photo/{}", digest.0))
    };
    let lines = lines(db, row, None, &mut names, t, &photo).await?;
    let called = called(db, order, cx.now, &mut names).await?;
    let late = late(db, order, cx.now, &mut names, t).await?;
    let ladder = ladder(db, order, &format!("/c/{slug}/o/{number}"), &mut names, t).await?;
    let doer = names.holder(db, order.holder, t).await?;
    let place = spot(&cx, row.place).await?;
    let mut sources = sources(&cx, row, &slug).await?;
    sources.extend(left_by(&cx, &held.ledger, order).await?);
    sources.extend(relatives(&cx, row, order, &format!("/c/{slug}/o/")).await?);
    let name = called_by_number(row, &cx.numbers([row.key()]).await?, t);
    let title = format!("{name} · {}", excerpt(&row.task, 40));
    let share = format!("{}/c/{slug}/o/{number}", cx.app.public_url);
    let pasted = format!("{title}\n{doer} · {}\n{share}", t.word(row.stage));
    let facts = facts(&cx, row, order, &About { place, doer, sources });
    let besides = beside(&cx, &Beside::of_thing(&held.ledger, row.id.into(), Whose::Public)).await?;
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/orders" } { (t.say("dispatch-title")) } }
        h1 { (name) br; (excerpt(&row.task, 40)) }
        (small(number, t))
        @if !late.is_empty() { div.notice.bad { @for sentence in &late { p { (sentence) } } } }
        div.card { (ui::facts(&facts)) }
        @if !called.is_empty() {
            h2 { (t.say("dispatch-called")) }
            (called_list(&called, t))
        }
        (ladder)
        (answering(&cx, &held, &called, &lines).await?)
        (besides)
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/c/" (slug) "/o/" (number) "/paper" } { (t.with("dispatch-paper", &[("kind", &t.word(row.kind))])) }
        }
        h2 { (t.say("dispatch-chain")) }
        (chain(&lines, t))
        (ui::for_group(&pasted, t))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Who answers for what where a whistle calls several: by the set of parties of the meeting
/// it comes from, else the first of the rule pack.
async fn answering(cx: &Cx, held: &Held, called: &[Called], lines: &[Line]) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    if held.row.kind != OrderKind::Whistle || called.is_empty() {
        return Ok(html! {});
    }
    let chosen = match held.row.meeting {
        Some(id) => {
            let meeting = office.load::<Meeting>(held.row.ledger, &id.into()).await?.state;
            meeting.and_then(|meeting| meeting.agenda.scheme)
        }
        None => None,
    };
    let pack = cx.rules(held.row.ledger).await?;
    let rules = pack.section::<meetings::Rules>();
    let scheme = chosen.and_then(|code| rules.scheme(&code)).or(rules.schemes.first());
    let Some(scheme) = scheme else { return Ok(html! {}) };
    let mut partners = Vec::new();
    for one in called {
        if let Some(row) = organisation(&office.db, one.organisation).await? {
            let part = match one.coming {
                Arrival::Arrived(_) | Arrival::NotAsked => Part::In,
                Arrival::Expected(_) | Arrival::Late(_) => Part::Open,
                Arrival::Missed(_) => Part::Out,
            };
            partners.push(Partner {
                kind: row.kind,
                name: row.name,
                part,
                standing: standing(one.coming, t),
            });
        }
    }
    let acting = lines.iter().map(|line| line.by).collect();
    Ok(parties(scheme, &partners, &acting, t))
}

/// `GET /c/{slug}/o/{number}/photo/{digest}`: a published photo.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let held = order_of(&cx, &slug, number).await?;
    if !held.loaded.must()?.published.iter().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}

/// What has to be looked up about an order before its facts can be told.
pub(super) struct About {
    pub place: String,
    pub doer: String,
    /// Links to what it comes from, with their texts.
    pub sources: Vec<(String, String)>,
}

/// The facts of an order: alike for everyone.
pub(super) fn facts(cx: &Cx, row: &OrderRow, order: &Order, about: &About) -> Vec<(String, Markup)> {
    let t = cx.locale;
    let cost = order.task.money.as_ref().map(|sum| money(sum, t));
    let mut facts = vec![
        (
            t.say("fact-stage"),
            html! { (stage_badge(row.stage, t)) " " @if let Some((_, at)) = row.next { (ui::due(at, cx.now, t)) } },
        ),
        (t.say("dispatch-task"), html! { (row.task) }),
        (t.say("fact-acceptance"), html! { (order.task.acceptance) }),
        (t.say("fact-exact"), html! { (about.place) }),
        (t.say("dispatch-doer"), html! { (about.doer) }),
        (
            t.say("dispatch-finish-by"),
            html! { (by(row.finish_by, t)) @if let Some(class) = order.limit { " · " (t.word(class)) } },
        ),
    ];
    if let Some(whistle) = row.whistle {
        facts.insert(1, (t.say("dispatch-whistle"), html! { (t.word(whistle)) }));
    }
    if let Some(decider) = decider(&order.decides, t) {
        facts.push((t.say("decides-fact"), html! { (decider) }));
    }
    if let Some(cost) = cost {
        facts.push((t.say("dispatch-cost"), html! { (cost) }));
    }
    if !order.ways.is_empty() {
        let ways: Vec<String> = order.ways.iter().map(|way| t.word(*way)).collect();
        facts.push((t.say("dispatch-ways-left"), html! { (ways.join(t.pick("、", ", "))) }));
    }
    if !about.sources.is_empty() {
        facts.push((
            t.say("dispatch-source"),
            html! { @for (href, text) in &about.sources { a href=(href) { (text) } br; } },
        ));
    }
    facts
}
