//! `/inbox`: what came, the latest first, with what is new set off. Having seen the first page is
//! remembered up to its newest line, for the person alone.

use axum::extract::Query;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_office::inbox::Arrived;
use yishi_office::paging::{Key, Paged};
use yishi_web::duty::{Desk, Need};
use yishi_web::nav::staff_nav;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, numbers};

/// `GET /inbox`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    let (t, staff, office) = (cx.locale, cx.staff()?, &cx.app.office);
    let account = staff.actor.account.ok_or(Error::NotFound)?;
    let behind: Option<Key<String>> = query.get("behind").and_then(|key| Key::read(key));
    let seen = office.seen_upto(account).await?;
    let first = behind.is_none();
    let Paged { rows, next } = office.inbox(&staff.actor, behind).await?;
    if let Some(newest) = rows.first().filter(|row| first && row.came > seen) {
        office.seen(account, newest.came).await?;
    }
    let desk = Desk::with_only(&cx, staff, rows.iter().map(|row| (row.ledger, row.stream.clone()))).await?;
    let needs = desk.needs(&cx).await?;
    let needs: BTreeMap<&str, &Need> =
        needs.iter().filter_map(|need| Some((need.href.as_deref()?, need))).collect();
    let slugs =
        desk.slugs(&cx, rows.iter().map(|row| row.ledger).collect::<BTreeSet<_>>().into_iter()).await?;
    let many = slugs.len() > 1;
    let names = if many { names(&cx, &slugs).await? } else { BTreeMap::new() };
    let title = t.say("inbox-title");
    let next = next.map(|next| ui::link("/inbox", &[("behind", &next)]));
    let main = html! {
        h1 { (title) }
        p.soft { (t.say("inbox-lead")) }
        ul.links.no-print {
            li { a href="/desk/today" { (t.say("today-title")) } }
            li { a href="/inbox/calendars" { (t.say("calendars-title")) } }
        }
        @if rows.is_empty() { (ui::empty(&t.say("inbox-empty"))) }
        ul.list {
            @for row in &rows {
                @if let Some(line) = line(row, &slugs, &needs, &names, seen, &cx) { (line) }
            }
        }
        (ui::more(next, &t.say("list-older")))
    };
    let (nav, locale, view) = (staff_nav(&cx, staff), t, cx.view);
    Ok(Page { locale, view, here: &cx.here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What the places that keep these ledgers are called.
async fn names(cx: &Cx, slugs: &BTreeMap<PlaceId, String>) -> Result<BTreeMap<PlaceId, String>, Error> {
    let mut names = BTreeMap::new();
    for ledger in slugs.keys() {
        names.insert(*ledger, cx.place(*ledger).await?.name);
    }
    Ok(names)
}

/// A line: why it is there, which thing it is, and what the desk tells of it.
fn line(
    row: &Arrived,
    slugs: &BTreeMap<PlaceId, String>,
    needs: &BTreeMap<&str, &Need>,
    names: &BTreeMap<PlaceId, String>,
    seen: Moment,
    cx: &Cx,
) -> Option<Markup> {
    let t = cx.locale;
    let thing = StreamName::stored(&row.stream);
    let href = numbers::at_work(slugs.get(&row.ledger)?, &thing, row.number)?;
    let need = needs.get(href.as_str());
    let urgency = need.and_then(|need| need.due).map_or("", |due| ui::urgency(due, cx.now));
    let fresh = if row.came > seen { "fresh" } else { "" };
    let told = need.map(|need| [need.category.clone(), need.place.clone()]);
    let known = names.get(&row.ledger).cloned().into_iter().chain(told.into_iter().flatten().flatten());
    let known: Vec<String> = known.collect();
    Some(html! {
        li class={ "item " (urgency) " " (fresh) } {
            h2 { a href=(href) { (t.word(row.news)) " — " (name(&thing, row.number, t)) } }
            @if !known.is_empty() { (ui::bits("meta", &known.join(" · "))) }
            p.meta {
                @if row.came > seen { span.badge.wait { (t.say("inbox-new")) } " " }
                (t.with("inbox-came", &[("time", &t.brief_time(row.came))])) " "
                @match need.and_then(|need| need.due) {
                    Some(due) => (ui::due(due, cx.now, t)),
                    None if row.held == 0 => (t.say("inbox-elsewhere")),
                    None => {}
                }
            }
        }
    })
}

/// What a thing is, with its number.
pub(super) fn name(thing: &StreamName, number: i64, t: Locale) -> String {
    let what = t.say(&format!("thing-{}", thing.kind()));
    t.with("inbox-thing", &[("what", &what), ("number", &number)])
}
