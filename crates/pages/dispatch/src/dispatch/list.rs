//! Orders of a community for everyone to read: what was sent to whom, and who is late.

use crate::dispatch::face::{Item, called_by_number, item, late};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::dispatch::{LimitClass, Order};
use yishi_kernel::{OrganisationId, Role};
use yishi_office::dispatch::reads::{self, OrderRow};
use yishi_office::paging::Key;
use yishi_office::papers::Numbered;
use yishi_web::exports::of_list;
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// An order with who it is for and who is late.
type Told = (OrderRow, String, Vec<String>);

/// `GET /c/{slug}/orders`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let office = &cx.app.office;
    let mut names = Names::default();
    let (mut open, mut ended): (Vec<Told>, Vec<Told>) = (Vec::new(), Vec::new());
    let before = query.get("before").and_then(|key| Key::read(key));
    let class = query.get("limit").and_then(|word| LimitClass::parse(word));
    let done = reads::ended(&office.db, ledger.ledger, before, class).await?;
    for row in done.rows {
        let doer = doer(&cx, &row, &mut names).await?;
        // Only what is not at its end can be late.
        ended.push((row, doer, Vec::new()));
    }
    let next = done.next.map(|next| {
        let limit = class.map_or("", |class| class.word());
        ui::link(&format!("/c/{slug}/orders"), &[("before", &next), ("limit", limit)])
    });
    let all_ended = reads::ended_count(&office.db, ledger.ledger, class).await?;
    let all_open = reads::open(&office.db, ledger.ledger).await?;
    for row in all_open.into_iter().filter(|row| class.is_none() || row.limit == class) {
        let doer = doer(&cx, &row, &mut names).await?;
        let order = office.load::<Order>(row.ledger, &row.id.into()).await?;
        let late = late(&office.db, order.must()?, cx.now, &mut names, t).await?;
        open.push((row, doer, late));
    }
    open.sort_by_key(|(row, _, late)| (late.is_empty(), row.next.map(|(_, due)| due), row.number));
    let behind = open.iter().filter(|(_, _, late)| !late.is_empty()).count();
    let rows = open.iter().chain(&ended).map(|(row, _, _)| row.key());
    let numbers = cx.numbers(rows).await?;
    let group = |rows: &[Told]| {
        html! { ul.list { @for (row, doer, late) in rows {
            @let (name, href) = (called_by_number(row, &numbers, t), format!("/c/{slug}/o/{}", row.number));
            (item(Item { row, name: &name, href: &href, doer, late }, &html! {}, cx.now, t))
        } } }
    };
    let title = t.say("dispatch-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("dispatch-lead-in")) }
        div.actions.no-print { (ui::print_button(t)) (of_list(&slug, "orders", &cx)) a.button.second href={ "/c/" (slug) "/ladder" } { (t.say("ladder-title")) } a.button.second href={ "/c/" (slug) "/ratings" } { (t.say("ratings-title")) } }
        (classes(&format!("/c/{slug}/orders"), class, t))
        @if open.is_empty() && ended.is_empty() { (ui::empty(&t.say("dispatch-none"))) }
        @if behind > 0 { div.notice.bad { p { (t.with("dispatch-behind", &[("count", &behind)])) } } }
        @if !open.is_empty() { section { p.hidden-visually { (t.say("dispatch-open")) } (group(&open)) } }
        @if !ended.is_empty() {
            details open[open.is_empty() || before.is_some()] {
                summary { (t.with("dispatch-ended", &[("count", &all_ended)])) }
                (group(&ended))
                (ui::more(next, &t.say("list-older")))
            }
        }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// The classes of limits by which the list can be narrowed.
fn classes(link: &str, chosen: Option<LimitClass>, t: Locale) -> Markup {
    let own = LimitClass::ALL.iter().map(|class| (Some(*class), t.word(*class)));
    let all = std::iter::once((None, t.say("dispatch-limit-all"))).chain(own);
    html! {
        ul.tabs.no-print { @for (class, name) in all {
            @let href = ui::link(link, &[("limit", class.map_or("", |class| class.word()))]);
            li { a href=(href) aria-current=[(class == chosen).then_some("page")] { (name) } }
        } }
    }
}

/// Who is to do it, or leads, for everyone to read.
pub(super) async fn doer(cx: &Cx, row: &OrderRow, names: &mut Names) -> Result<String, Error> {
    let db = &cx.app.office.db;
    let t = cx.locale;
    Ok(match row.doer.split('/').collect::<Vec<_>>().as_slice() {
        ["organisation", id] => match id.parse::<OrganisationId>() {
            Ok(id) => names.organisation(db, id).await?,
            Err(_) => String::new(),
        },
        ["desk", id] => match id.parse() {
            Ok(id) => {
                let place = names.place(db, id).await?;
                t.with("holder-desk", &[("place", &place)])
            }
            Err(_) => String::new(),
        },
        ["role", role, id] => match (Role::parse(role), id.parse()) {
            (Some(role), Ok(id)) => {
                let (place, role) = (names.place(db, id).await?, ui::role(role, t));
                t.with("holder-person", &[("place", &place), ("role", &role)])
            }
            _ => String::new(),
        },
        _ => String::new(),
    })
}
