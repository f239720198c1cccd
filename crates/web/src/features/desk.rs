//! The desk 工作台: one list of what needs me now, the most urgent first, with the reason:
//! matters, topics, meetings, orders and invitations.

use crate::feature::{Feature, Way};
use crate::routes::Route;
use crate::shared::duty::{Steered, bodies, grounds, holders, reached, readable, steered};
use crate::shared::matter::meta;
use crate::shared::navigation::{staff_nav, staff_nav_at};
use crate::shared::orders::{Names, item as order_item, late};
use crate::texts::Locale;
use crate::ui::{self, Item, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Query;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;
use yishi_domain::dispatch::{Order, OrderId, READ};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::meetings::{MeetingId, MeetingStep};
use yishi_domain::topics::TopicStep;
use yishi_kernel::text::excerpt;
use yishi_kernel::{
    Holder, HolderKey, Loaded, Moment, OrganisationId, PlaceId, Role, Stream, StreamName, may,
};
use yishi_office::dispatch::reads::{calling, some as some_orders};
use yishi_office::matters::reads::{MatterRow, SearchIn, find, matters as some_matters, said_of, support_of};
use yishi_office::meetings::reads::some as some_meetings;
use yishi_office::places::reads::{BoardRow, PlaceRow, boards as boards_of, ledgers_of, paths_of};
use yishi_office::topics::reads::some as some_topics;
use yishi_store::duty::{Duty, held, late_below};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, nav: NAV, ..Feature::named("desk") };

static ROUTES: &[Route] = crate::routes! {
    get "/desk" signed_in show;
};

static NAV: &[Way] = &[Way { href: "/desk", text: "desk-title", roles: &[] }];

/// Most things on a desk; beyond that those that can wait are left out, and the page says so.
const LONGEST: usize = 100;

/// Most of what waits that is read: some of it is shown to others, or elsewhere.
const MOST: i64 = 500;

/// Something on a desk.
struct Need {
    due: Option<Moment>,
    /// Tells apart what is due at the same moment.
    number: i64,
    view: Markup,
}

/// Words of ledgers in links.
async fn slugs(cx: &Cx, ledgers: impl Iterator<Item = PlaceId>) -> Result<BTreeMap<PlaceId, String>, Error> {
    let ids: BTreeSet<PlaceId> = ledgers.collect();
    let rows = ledgers_of(&cx.app.office.db, &Vec::from_iter(ids)).await?;
    Ok(rows.into_iter().map(|row| (row.ledger, row.slug)).collect())
}

/// Ledgers and ids of the things of one kind that wait, each once.
fn keys<I: FromStr + Copy + Ord + Into<StreamName>>(waiting: &[Duty]) -> BTreeSet<(PlaceId, I)> {
    waiting.iter().filter_map(Duty::key).collect()
}

/// Why a matter is on this desk.
fn reason(row: &MatterRow, held: &BTreeSet<MatterId>, t: Locale) -> String {
    match row.next {
        Some((step, _)) if held.contains(&row.id) => t.word(step),
        _ => t.say("step-overdue"),
    }
}

/// `GET /desk`
///
/// # Errors
/// When nobody is signed in.
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let words = query.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
    let grounds = grounds(&cx, &staff).await?;
    let steered = steered(&cx, &staff, &grounds).await?;
    let mut needs = if words.is_empty() {
        let holders = holders(&cx, &staff, &grounds);
        let waiting = held(&cx.app.office.db, &holders, MOST).await?;
        let mut needs = matters(&cx, &staff, &waiting, &steered).await?;
        needs.extend(deliberating(&cx, &staff, &waiting).await?);
        needs.extend(orders(&cx, &staff, &holders, &waiting, &steered).await?);
        needs
    } else {
        found(&cx, &staff, &words, &steered).await?
    };
    needs.sort_by_key(|need| (need.due.is_none(), need.due, need.number));
    let count = needs.len();
    needs.truncate(LONGEST);
    let late = needs.iter().filter(|need| need.due.is_some_and(|due| due <= cx.now)).count();
    let roles: Vec<String> = staff.actor.current(cx.now).map(|grant| ui::role(grant.role, t)).collect();
    let boards = boards(&cx, &staff, &grounds, &steered).await?;
    let title = t.say("desk-title");
    let main = html! {
        h1 { (title) }
        (ui::bits("soft", &format!("{} · {}", staff.name, roles.join(" · "))))
        @if !words.is_empty() { p { (t.with("desk-found", &[("words", &words), ("count", &count)])) " " a href="/desk" { (t.say("desk-all")) } } }
        @else { p { (t.with("desk-lead", &[("count", &count), ("late", &late)])) } }
        @for board in boards.iter().filter(|board| board.steers) { (ways(&board.slug, Some(board.name.as_str()).filter(|_| boards.len() > 1), t)) }
        @if !steered.ledgers.is_empty() {
            form.filters.no-print method="get" action="/desk" { div.row {
                (ui::text_field(ui::Field::new("q", &t.say("desk-search")), &words, "off"))
                div.field { (ui::submit(&t.say("filter-action"), "second")) }
            } }
        }
        @if count > LONGEST { div.notice.warn { p { (t.with("desk-cut", &[("count", &LONGEST)])) } } }
        @if needs.is_empty() { (ui::empty(&t.say("desk-empty"))) }
        ul.list { @for need in &needs { (need.view) } }
        @if !boards.is_empty() {
            h2 { (t.say("desk-boards")) }
            ul { @for board in &boards { li { a href={ "/c/" (board.slug) } { (board.name) } } } }
        }
    };
    let nav = match boards.as_slice() {
        [only] => staff_nav_at(&cx, &staff, &only.slug),
        _ => staff_nav(&cx, &staff),
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// What those who steer a community reach from the desk; its name where there are several.
fn ways(slug: &str, name: Option<&str>, t: Locale) -> Markup {
    let links = [
        (format!("/w/{slug}/topics/new"), t.say("desk-topic-new")),
        (format!("/w/{slug}/owed"), t.say("unanswered-title")),
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

/// Matters held, and those overdue where this person steers.
async fn matters(cx: &Cx, staff: &Staff, waiting: &[Duty], steered: &Steered) -> Result<Vec<Need>, Error> {
    let db = &cx.app.office.db;
    let held: BTreeSet<(PlaceId, MatterId)> = keys(waiting);
    // Whoever steers a place sees what is late there, whoever holds it.
    let late = late_below(db, Matter::KIND, &steered.paths, cx.now, MOST).await?;
    let all: BTreeSet<_> = held.iter().copied().chain(keys(&late)).collect();
    let rows = readable(cx, staff, some_matters(db, &Vec::from_iter(all)).await?).await?;
    listed(cx, rows, &held.into_iter().map(|(_, id)| id).collect()).await
}

/// Matters in which all the words were said.
async fn found(cx: &Cx, staff: &Staff, words: &str, steered: &Steered) -> Result<Vec<Need>, Error> {
    let mut rows = Vec::new();
    for ledger in &steered.ledgers {
        rows.extend(find(&cx.app.office.db, *ledger, words, SearchIn::Entire).await?);
    }
    let rows = readable(cx, staff, rows).await?;
    let held = rows.iter().map(|row| row.id).collect();
    listed(cx, rows, &held).await
}

async fn listed(cx: &Cx, mut rows: Vec<MatterRow>, held: &BTreeSet<MatterId>) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    rows.sort_by_key(|row| (row.ledger, row.number));
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let texts = said_of(db, &keys).await?;
    let supports = support_of(db, &keys).await?;
    let slugs = slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let title = match texts.get(&row.id) {
            Some(text) => excerpt(text, 42),
            None => row.summary.clone().unwrap_or_else(|| t.say("desk-photo-only")),
        };
        let support = supports.get(&row.id).copied().unwrap_or_default();
        let view = ui::item(
            &Item {
                href: &format!("/w/{slug}/{}", row.number),
                title: &format!("{} — {title}", reason(&row, held, t)),
                meta: &meta(&row, support, t),
                stage: row.stage,
                next: row.next,
                photo: None,
            },
            cx.now,
            t,
        );
        needs.push(Need { due: row.next.map(|(_, due)| due), number: row.number, view });
    }
    Ok(needs)
}

/// One entry that is no matter: why it is here, what it is, by when.
fn entry(href: &str, why: &str, name: &str, meta: &str, due: Moment, cx: &Cx) -> Markup {
    let class = if due <= cx.now {
        "item late"
    } else if due <= cx.now.end_of_day_after(1) {
        "item soon"
    } else {
        "item calm"
    };
    html! {
        li class=(class) {
            h2 { a href=(href) { (why) " — " (name) } }
            (ui::bits("meta", meta))
            p.meta { (ui::due(due, cx.now, cx.locale)) }
        }
    }
}

/// Topics and meetings that wait for this desk or person, and invitations to reply to.
async fn deliberating(cx: &Cx, staff: &Staff, waiting: &[Duty]) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut topics = some_topics(db, &Vec::from_iter(keys(waiting))).await?;
    topics.sort_by_key(|row| (row.ledger, row.number));
    let meetings = some_meetings(db, &Vec::from_iter(keys(waiting))).await?;
    let meetings: BTreeMap<_, _> = meetings.into_iter().map(|row| ((row.ledger, row.id), row)).collect();
    let wheres = topics.iter().map(|row| row.place).chain(meetings.values().map(|row| row.place));
    let reached = reached(cx, staff, &Vec::from_iter(wheres)).await?;
    let ledgers = topics.iter().map(|row| row.ledger).chain(meetings.keys().map(|(ledger, _)| *ledger));
    let slugs = slugs(cx, ledgers).await?;
    let slug = |ledger| slugs.get(&ledger).map_or("", String::as_str);
    let mut needs = Vec::new();
    for row in topics {
        let Some((step, due)) = row.next else { continue };
        // Until its meeting there is nothing to do about a topic but the meeting, which stands
        // here itself.
        if step == TopicStep::Meet || !reached.contains(&row.place) {
            continue;
        }
        let href = format!("/w/{}/t/{}", slug(row.ledger), row.number);
        let why = t.word(step);
        let name = t.with("desk-topic", &[("number", &row.number), ("title", &row.title)]);
        let meta = t.with("desk-topic-meta", &[("count", &row.matters), ("date", &row.opened.date())]);
        let view = entry(&href, &why, &name, &meta, due, cx);
        needs.push(Need { due: Some(due), number: row.number, view });
    }
    for duty in waiting {
        let Some(row) = duty.key().and_then(|key: (PlaceId, MeetingId)| meetings.get(&key)) else { continue };
        let Some(step) = MeetingStep::parse(&duty.step) else { continue };
        // Who was invited replies, wherever the meeting is.
        let why = match step {
            MeetingStep::Reply => t.say("desk-invited"),
            step if reached.contains(&row.place) => t.word(step),
            _ => continue,
        };
        let href = format!("/w/{}/g/{}", slug(row.ledger), row.number);
        let name = t.with("desk-meeting", &[("number", &row.number), ("title", &row.title)]);
        let meta = t.with("desk-meeting-meta", &[("time", &row.starts.minute()), ("venue", &row.venue)]);
        let view = entry(&href, &why, &name, &meta, duty.due, cx);
        needs.push(Need { due: Some(duty.due), number: row.number, view });
    }
    Ok(needs)
}

/// Orders that wait for this desk, person or organisation, those a body only has to come to,
/// and those overdue where this person steers.
async fn orders(
    cx: &Cx,
    staff: &Staff,
    holders: &[HolderKey],
    waiting: &[Duty],
    steered: &Steered,
) -> Result<Vec<Need>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let db = &office.db;
    let mut calling = calling(db, &Vec::from_iter(bodies(cx, staff))).await?;
    calling.sort_by_key(|one| one.organisation);
    let late_ones = late_below(db, Order::KIND, &steered.paths, cx.now, MOST).await?;
    // First as a body that is called: what it owes may be less than the lead does.
    let mut all: BTreeMap<(PlaceId, OrderId), Option<OrganisationId>> = BTreeMap::new();
    for one in calling {
        all.entry((one.ledger, one.id)).or_insert(Some(one.organisation));
    }
    for key in keys(waiting).into_iter().chain(keys(&late_ones)) {
        all.entry(key).or_insert(None);
    }
    let ids: Vec<_> = all.keys().copied().collect();
    let mut rows = some_orders(db, &ids).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let loaded = office.load_all::<Order, OrderId>(&ids).await?;
    let paths = paths_of(db, &rows.iter().map(|row| row.place).collect::<Vec<_>>()).await?;
    let slugs = slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut names = Names::default();
    let named = |order: &Order| {
        order.parties.iter().copied().map(Holder::Organisation).chain([order.holder]).collect::<Vec<_>>()
    };
    names.know(db, loaded.values().filter_map(Loaded::get).flat_map(named)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let key = (row.ledger, row.id);
        let body = all.get(&key).copied().flatten();
        let Some(order) = loaded.get(&key).and_then(Loaded::get) else { continue };
        let Some(path) = paths.get(&row.place) else { continue };
        let mine = holders.iter().any(|key| order.next().is_some_and(|(_, holder, _)| holder == *key));
        if may(&staff.actor, &READ, &order.resource(path, &staff.actor), cx.now).is_err() {
            continue;
        }
        let (why, due) = match (row.next, body) {
            (Some((step, due)), _) if mine => (t.word(step), due),
            (Some(_), Some(body)) if !order.arrived.contains_key(&body) => {
                (t.say("desk-come"), row.report_by)
            }
            (Some(_), Some(_)) => (t.say("desk-came"), row.finish_by),
            (Some((_, due)), None) => (t.say("step-overdue"), due),
            (None, _) => continue,
        };
        let doer = names.holder(db, order.holder, t).await?;
        let late = late(db, order, cx.now, &mut names, t).await?;
        let href = format!("/w/{}/o/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let view = order_item(&row, &href, Some(&why), &doer, &late, cx.now, t);
        needs.push(Need { due: Some(due), number: row.number, view });
    }
    Ok(needs)
}

/// A community this person works in.
struct Board {
    slug: String,
    name: String,
    /// Whether this person steers there.
    steers: bool,
}

/// Public boards of the communities this person works in.
async fn boards(
    cx: &Cx,
    staff: &Staff,
    grounds: &BTreeMap<PlaceId, PlaceRow>,
    steered: &Steered,
) -> Result<Vec<Board>, Error> {
    let mut ids: BTreeMap<PlaceId, bool> = steered.ledgers.iter().map(|id| (*id, true)).collect();
    for grant in staff.actor.current(cx.now) {
        if let Some(row) = grounds.get(&grant.place) {
            *ids.entry(row.ledger).or_default() |= grant.role == Role::GridSecretary;
        }
    }
    let mut rows = boards_of(&cx.app.office.db, &ids.keys().copied().collect::<Vec<_>>()).await?;
    rows.sort_by_key(|row| row.ledger);
    let board = |row: BoardRow| {
        let steers = ids.get(&row.ledger).copied().unwrap_or_default();
        Board { slug: row.slug, name: row.name, steers }
    };
    Ok(rows.into_iter().map(board).collect())
}
