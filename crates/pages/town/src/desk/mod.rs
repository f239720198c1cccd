//! The desk 工作台: one list of what needs me now, the most urgent first, with the reason. What
//! stands there comes from the features; of their things nothing is known here.

mod next;
mod search;
mod shelf;
mod today;
mod views;

use axum::extract::Query;
use axum::http::HeaderMap;
use maud::{Markup, html};
use shelf::{Order, Shelf, Shown};
use std::collections::{BTreeMap, HashMap};
use yishi_kernel::PlaceId;
use yishi_kernel::access::roles::GRIDS;
use yishi_office::people::capacities::held;
use yishi_office::places::reads::{BoardRow, boards as boards_of};
use yishi_web::duty::{Desk, Lane, Need};
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::nav::{staff_nav, staff_nav_at};
use yishi_web::routes::Route;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error, urging};

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("desk") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/desk" signed_in show;
    get "/desk/next" signed_in next::show;
    get "/desk/today" signed_in today::show;
    form "/desk/find" signed_in search::find;
    form "/desk/views" signed_in views::send;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("lane-", || words(Lane::ALL, Lane::word)),
    Family::of("desk-order-", || words(Order::ALL, Order::word)),
];

static NAV: &[Way] = &[Way { href: "/desk", text: "desk-title", roles: &[] }];

/// `GET /desk`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn show(
    cx: Cx,
    headers: HeaderMap,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let desk = Desk::of(&cx, cx.staff()?, "").await?;
    let boards = boards(&cx, &desk).await?;
    let (needs, shelf) = (desk.needs(&cx).await?, Shelf::read(&asked));
    let late = needs.iter().filter(|need| need.due.is_some_and(|due| due <= cx.now)).count();
    // What is not read is not counted.
    let lead = if desk.is_cut() { "desk-lead-more" } else { "desk-lead" };
    let staff = &desk.staff;
    let capacities = held(&cx.app.office.db, staff.actor.current(cx.now)).await?;
    let roles: Vec<String> = capacities.into_iter().map(|one| ui::capacity(one, t)).collect();
    let title = t.say("desk-title");
    let mut list = list(&shelf, &needs, t);
    if !desk.steered.ledgers.is_empty() {
        for many in cx.app.features.iter().filter_map(|feature| feature.many) {
            list = many(&cx, &desk, list).await?;
        }
    }
    let main = html! {
        div data-live="told" {
            @if let Some(count) = cx.done().and_then(|done| done.parse::<u32>().ok()) {
                div.notice role="status" { p { (t.with("desk-done", &[("count", &count)])) } }
            }
        }
        (urging::told(&cx, None))
        h1 { (title) }
        (ui::bits("soft", &format!("{} · {}", staff.name, roles.join(" · "))))
        div data-live="tabs" {
            p { (t.with(lead, &[("count", &needs.len()), ("late", &late)])) }
            (dangers(&needs, t))
            @if needs.is_empty() { (ui::empty(&t.say("desk-empty"))) } @else { (tabs(&shelf, &needs, t)) }
        }
        @if !desk.steered.ledgers.is_empty() { (search::form(&cx, cx.typed().get("q"))) }
        @if !needs.is_empty() {
            (views::bar(&cx, &views::kept(&cx, &headers), &shelf))
            (filters(&shelf, &needs, t))
            @if !desk.steered.ledgers.is_empty() { (urging::form(&cx)) }
            div.bench data-bench {
                div { (list) p.hint.js-only.wide-only { (t.say("desk-keys")) } }
                aside.bench-pane data-pane tabindex="-1" aria-label=(t.say("desk-pane")) hidden {}
            }
        }
        ul.links.no-print { li { a href="/desk/today" { (t.say("today-print")) } } }
        @for board in boards.iter().filter(|board| board.steers) { (ways(&board.slug, Some(board.name.as_str()).filter(|_| boards.len() > 1), t)) }
        @if !boards.is_empty() {
            h2 { (t.say("desk-boards")) }
            ul { @for board in &boards { li { a href={ "/c/" (board.slug) } { (board.name) } } } }
        }
    };
    let nav = ways_through(&cx, &desk, &boards);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// Where people are in danger: above all tabs.
fn dangers(needs: &[Need], t: Locale) -> Markup {
    let mut dangers: Vec<&Need> = needs.iter().filter(|need| need.lane == Lane::Danger).collect();
    dangers.sort_by_key(|need| (need.due, need.number));
    html! {
        @if !dangers.is_empty() {
            section.lane { h2 { (t.with("desk-danger", &[("count", &dangers.len())])) } ul.list { @for need in &dangers { (need.view) } } }
        }
    }
}

/// The tabs that have something, each with how much.
fn tabs(shelf: &Shelf, needs: &[Need], t: Locale) -> Markup {
    let count = |tab: Option<Lane>| shelf.on(tab).all(needs).len();
    let lanes = Lane::ALL.iter().copied().filter(|lane| *lane != Lane::Danger).map(Some);
    let tabs = std::iter::once(None).chain(lanes).map(|tab| (tab, count(tab)));
    html! {
        nav.tabs.no-print aria-label=(t.say("desk-tabs")) {
            // The tab one is on stays, though it was emptied just now.
            @for (tab, count) in tabs.filter(|(tab, count)| *count > 0 || *tab == shelf.tab) {
                a href=(shelf.on(tab).link("/desk")) aria-current=[(tab == shelf.tab).then_some("page")] {
                    (tab.map_or_else(|| t.say("desk-all-lanes"), |lane| t.word(lane))) " " b { (count) }
                }
            }
        }
    }
}

/// A page of what is on a tab.
fn list(shelf: &Shelf, needs: &[Need], t: Locale) -> Markup {
    let Shown { needs: shown, all, pages } = shelf.shown(needs);
    html! { div data-live="list" {
        @if shelf.is_narrowed() { p { (t.with("desk-chosen", &[("count", &all)])) " " a href=(shelf.on(shelf.tab).link("/desk")) { (t.say("desk-chosen-all")) } } }
        @if shown.is_empty() { (ui::empty(&t.say("desk-none-here"))) }
        ul.list #list { @for need in &shown { (need.view) } }
        @if pages > 1 {
            nav.tabs.no-print aria-label=(t.say("desk-pages")) {
                @for page in 1..=pages {
                    a href=(shelf.turned(page).link("/desk")) aria-current=[(page == shelf.page).then_some("page")] { (t.with("desk-page", &[("page", &page)])) }
                }
            }
        }
    } }
}

/// What can be chosen of a tab, and in which order it stands.
fn filters(shelf: &Shelf, needs: &[Need], t: Locale) -> Markup {
    let all = |text: &str| (String::new(), t.say(text));
    let options = |text: &str, of: Vec<&str>| -> Vec<(String, String)> {
        std::iter::once(all(text)).chain(of.into_iter().map(|one| (one.to_owned(), one.to_owned()))).collect()
    };
    let places = options("desk-any-place", shelf.choices(needs, |need| need.place.as_ref()));
    let categories = options("desk-any-category", shelf.choices(needs, |need| need.category.as_ref()));
    let holders = options("desk-any-holder", shelf.choices(needs, |need| need.holder.as_ref()));
    let open = shelf.is_narrowed() || shelf.order != Order::Due;
    html! {
        details.no-print open[open] {
            summary { (t.say("desk-choose")) }
            form.filters method="get" action="/desk" {
                @if let Some(tab) = shelf.tab { (ui::hidden("tab", tab.word())) }
                div.row {
                    @if places.len() > 2 { (ui::select(ui::Field::new("place", &t.say("desk-place")), &places, &shelf.place)) }
                    @if categories.len() > 2 { (ui::select(ui::Field::new("category", &t.say("desk-category")), &categories, &shelf.category)) }
                    @if holders.len() > 1 { (ui::select(ui::Field::new("holder", &t.say("desk-holder")), &holders, &shelf.holder)) }
                    (ui::select(ui::Field::new("order", &t.say("desk-order")), &t.choices::<Order>(), shelf.order.word()))
                    div.field { (ui::submit(&t.say("desk-choose-send"), "second")) }
                }
            }
        }
    }
}

/// The links of whoever's desk it is: with those of the community where there is one.
fn ways_through(cx: &Cx, desk: &Desk, boards: &[Board]) -> Nav {
    match boards {
        [only] => staff_nav_at(cx, &desk.staff, &only.slug),
        _ => staff_nav(cx, &desk.staff),
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
            ul.links.no-print { @for (href, text) in &links { li { a href=(href) { (text) } } } }
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
