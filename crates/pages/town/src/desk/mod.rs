//! The desk 工作台: one list of what needs me now, the most urgent first, with the reason. What
//! stands there comes from the features; of their things nothing is known here.

mod search;

use axum::extract::Query;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};
use yishi_kernel::PlaceId;
use yishi_kernel::access::roles::GRIDS;
use yishi_office::people::capacities::held;
use yishi_office::places::reads::{BoardRow, boards as boards_of};
use yishi_web::duty::{Desk, Lane, Need};
use yishi_web::feature::{Feature, Texts, Way};
use yishi_web::nav::{staff_nav, staff_nav_at};
use yishi_web::numbers;
use yishi_web::routes::Route;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, nav: NAV, ..Feature::named("desk") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/desk" signed_in show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static NAV: &[Way] = &[Way { href: "/desk", text: "desk-title", roles: &[] }];

/// Most things on a desk; beyond that those that can wait are left out, and the page says so.
const LONGEST: usize = 100;

/// `GET /desk`
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Response, Error> {
    let t = cx.locale;
    let words = query.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
    let desk = Desk::of(&cx, cx.staff()?, &words).await?;
    let boards = boards(&cx, &desk).await?;
    for board in boards.iter().filter(|board| board.steers) {
        if let Some(link) = numbers::search(&cx, "/w", board.ledger, &board.slug, &words).await? {
            return Ok(Redirect::to(&link).into_response());
        }
    }
    if !words.is_empty() {
        let behind = query.get("behind").map(String::as_str).unwrap_or_default();
        return search::show(&cx, &desk, &boards, &words, behind).await;
    }
    let mut needs: Vec<Need> = Vec::new();
    for on_desk in cx.app.features.iter().filter_map(|feature| feature.desk) {
        needs.extend(on_desk(&cx, &desk).await?);
    }
    needs.sort_by_key(|need| (need.lane, need.due.is_none(), need.due, need.number));
    let count = needs.len();
    let late = needs.iter().filter(|need| need.due.is_some_and(|due| due <= cx.now)).count();
    needs.truncate(LONGEST);
    // What is not read is not counted.
    let lead = if desk.is_cut() { "desk-lead-more" } else { "desk-lead" };
    let staff = &desk.staff;
    let capacities = held(&cx.app.office.db, staff.actor.current(cx.now)).await?;
    let roles: Vec<String> = capacities.into_iter().map(|one| ui::capacity(one, t)).collect();
    let title = t.say("desk-title");
    let main = html! {
        h1 { (title) }
        (ui::bits("soft", &format!("{} · {}", staff.name, roles.join(" · "))))
        p { (t.with(lead, &[("count", &count), ("late", &late)])) }
        @for board in boards.iter().filter(|board| board.steers) { (ways(&board.slug, Some(board.name.as_str()).filter(|_| boards.len() > 1), t)) }
        @if !desk.steered.ledgers.is_empty() {
            (search::form("", t))
        }
        @if count > LONGEST { div.notice.warn { p { (t.with("desk-cut", &[("count", &LONGEST)])) } } }
        @if needs.is_empty() { (ui::empty(&t.say("desk-empty"))) }
        (lanes(&needs, t))
        @if !boards.is_empty() {
            h2 { (t.say("desk-boards")) }
            ul { @for board in &boards { li { a href={ "/c/" (board.slug) } { (board.name) } } } }
        }
    };
    let nav = ways_through(&cx, &desk, &boards);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    let page = Page { locale, view, here, title: &title, nav, width: Width::Wide, main };
    Ok(page.render().into_response())
}

/// The links of whoever's desk it is: with those of the community where there is one.
fn ways_through(cx: &Cx, desk: &Desk, boards: &[Board]) -> Nav {
    match boards {
        [only] => staff_nav_at(cx, &desk.staff, &only.slug),
        _ => staff_nav(cx, &desk.staff),
    }
}

/// What is on the desk: where people are in danger or nobody else can decide, in lists of their own
/// above all else.
fn lanes(needs: &[Need], t: Locale) -> Markup {
    let of = |lane: Lane| needs.iter().filter(move |need| need.lane == lane).collect::<Vec<_>>();
    let [danger, only_you, usual] = [Lane::Danger, Lane::OnlyYou, Lane::Usual].map(of);
    let first = !danger.is_empty() || !only_you.is_empty();
    html! {
        @if !danger.is_empty() {
            section.lane { h2 { (t.with("desk-danger", &[("count", &danger.len())])) } ul.list { @for need in &danger { (need.view) } } }
        }
        @if !only_you.is_empty() {
            section.lane { h2 { (t.with("desk-only-you", &[("count", &only_you.len())])) } ul.list { @for need in &only_you { (need.view) } } }
        }
        @if first && !usual.is_empty() { h2 { (t.say("desk-usual")) } }
        ul.list { @for need in &usual { (need.view) } }
    }
}

/// What those who steer a community reach from the desk; its name where there are several.
fn ways(slug: &str, name: Option<&str>, t: Locale) -> Markup {
    let links = [
        (format!("/w/{slug}/topics/new"), t.say("desk-topic-new")),
        (format!("/w/{slug}/owed"), t.say("unanswered-nav")),
        (format!("/c/{slug}/meetings"), t.say("desk-meetings")),
        (format!("/c/{slug}/orders"), t.say("dispatch-title")),
    ];
    html! {
        @if let Some(name) = name {
            ul.links.no-print {
                li { strong { (name) } }
                @for (href, text) in &links { li { a href=(href) { (text) } } }
            }
        } @else {
            div.actions.no-print { @for (href, text) in &links { a.button.second href=(href) { (text) } } }
        }
    }
}

/// A community this person works in.
struct Board {
    ledger: PlaceId,
    slug: String,
    name: String,
    /// Whether this person steers there.
    steers: bool,
}

/// Public boards of the communities this person works in.
async fn boards(cx: &Cx, desk: &Desk) -> Result<Vec<Board>, Error> {
    let mut ids: BTreeMap<PlaceId, bool> = desk.steered.ledgers.iter().map(|id| (*id, true)).collect();
    for grant in desk.staff.actor.current(cx.now) {
        if let Some(row) = desk.grounds.get(&grant.place) {
            *ids.entry(row.ledger).or_default() |= GRIDS.has(grant.role);
        }
    }
    let mut rows = boards_of(&cx.app.office.db, &ids.keys().copied().collect::<Vec<_>>()).await?;
    rows.sort_by_key(|row| row.ledger);
    let board = |row: BoardRow| {
        let steers = ids.get(&row.ledger).copied().unwrap_or_default();
        Board { ledger: row.ledger, slug: row.slug, name: row.name, steers }
    };
    Ok(rows.into_iter().map(board).collect())
}
