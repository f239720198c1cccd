//! The desk 工作台: one list of what needs me now, the most urgent first, with the reason:
//! matters, topics, meetings, orders and invitations.

use crate::feature::{Feature, Way};
use crate::routes::Route;
use crate::shared::duty::{bodies, holders, reaches, readable, steered};
use crate::shared::matter::meta;
use crate::shared::navigation::{staff_nav, staff_nav_at};
use crate::shared::orders::{Names, item as order_item, late};
use crate::texts::Locale;
use crate::ui::{self, Item, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Query;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_domain::dispatch::{Order, OrderId, READ};
use yishi_domain::matters::MatterId;
use yishi_domain::topics::TopicStep;
use yishi_kernel::text::excerpt;
use yishi_kernel::{HolderKey, Moment, OrganisationId, PlaceId, Role, Stream as _, may};
use yishi_office::dispatch::reads::{self as dispatch, OrderRow, calling};
use yishi_office::matters::reads::{MatterRow, SearchIn, desk, find, overdue, said, support};
use yishi_office::meetings::reads::{invitations, meeting, meetings_held};
use yishi_office::places::reads::{children, ledger, place};
use yishi_office::topics::reads::topics_held;

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, nav: NAV, ..Feature::named("desk") };

static ROUTES: &[Route] = crate::routes! {
    get "/desk" signed_in show;
};

static NAV: &[Way] = &[Way { href: "/desk", text: "desk-title", roles: &[] }];

/// Most things on a desk; beyond that those that can wait are left out, and the page says so.
const LONGEST: usize = 100;

/// Something on a desk.
struct Need {
    due: Option<Moment>,
    /// Tells apart what is due at the same moment.
    number: i64,
    view: Markup,
}

/// Words of ledgers in links, looked up once each.
#[derive(Default)]
struct Slugs(BTreeMap<PlaceId, String>);

impl Slugs {
    async fn of(&mut self, cx: &Cx, id: PlaceId) -> Result<String, Error> {
        if let Some(slug) = self.0.get(&id) {
            return Ok(slug.clone());
        }
        let slug = ledger(&cx.app.office.db, id).await?.map(|row| row.slug).unwrap_or_default();
        self.0.insert(id, slug.clone());
        Ok(slug)
    }
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
    let steered = steered(&cx, &staff).await?;
    let mut slugs = Slugs::default();
    let mut needs = if words.is_empty() {
        let keys = holders(&cx, &staff).await?;
        let mut needs = matters(&cx, &staff, &keys, &steered, &mut slugs).await?;
        needs.extend(deliberating(&cx, &staff, &keys, &mut slugs).await?);
        needs.extend(orders(&cx, &staff, &keys, &steered, &mut slugs).await?);
        needs
    } else {
        found(&cx, &staff, &words, &steered, &mut slugs).await?
    };
    needs.sort_by_key(|need| (need.due.is_none(), need.due, need.number));
    let count = needs.len();
    needs.truncate(LONGEST);
    let late = needs.iter().filter(|need| need.due.is_some_and(|due| due <= cx.now)).count();
    let roles: Vec<String> = staff.actor.current(cx.now).map(|grant| ui::role(grant.role, t)).collect();
    let boards = boards(&cx, &staff, &steered).await?;
    let title = t.say("desk-title");
    let main = html! {
        h1 { (title) }
        (ui::bits("soft", &format!("{} · {}", staff.name, roles.join(" · "))))
        @if !words.is_empty() { p { (t.with("desk-found", &[("words", &words), ("count", &count)])) " " a href="/desk" { (t.say("desk-all")) } } }
        @else { p { (t.with("desk-lead", &[("count", &count), ("late", &late)])) } }
        @for board in boards.iter().filter(|board| board.steers) { (ways(&board.slug, Some(board.name.as_str()).filter(|_| boards.len() > 1), t)) }
        @if !steered.is_empty() {
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
async fn matters(
    cx: &Cx,
    staff: &Staff,
    keys: &[HolderKey],
    steered: &BTreeSet<PlaceId>,
    slugs: &mut Slugs,
) -> Result<Vec<Need>, Error> {
    let db = &cx.app.office.db;
    let mut rows = desk(db, keys).await?;
    let held: BTreeSet<MatterId> = rows.iter().map(|row| row.id).collect();
    // Whoever steers a place sees what is late there, whoever holds it.
    for ledger in steered {
        for row in overdue(db, *ledger, cx.now).await? {
            if !held.contains(&row.id) {
                rows.push(row);
            }
        }
    }
    let rows = readable(cx, staff, rows).await?;
    listed(cx, rows, &held, slugs).await
}

/// Matters in which all the words were said.
async fn found(
    cx: &Cx,
    staff: &Staff,
    words: &str,
    steered: &BTreeSet<PlaceId>,
    slugs: &mut Slugs,
) -> Result<Vec<Need>, Error> {
    let mut rows = Vec::new();
    for ledger in steered {
        rows.extend(find(&cx.app.office.db, *ledger, words, SearchIn::Entire).await?);
    }
    let rows = readable(cx, staff, rows).await?;
    let held = rows.iter().map(|row| row.id).collect();
    listed(cx, rows, &held, slugs).await
}

async fn listed(
    cx: &Cx,
    rows: Vec<MatterRow>,
    held: &BTreeSet<MatterId>,
    slugs: &mut Slugs,
) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut groups: BTreeMap<PlaceId, Vec<MatterRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.ledger).or_default().push(row);
    }
    let mut needs = Vec::new();
    for (place, rows) in groups {
        let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
        let texts = said(db, place, &ids).await?;
        let supports = support(db, place, &ids).await?;
        let slug = slugs.of(cx, place).await?;
        for row in rows {
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
async fn deliberating(
    cx: &Cx,
    staff: &Staff,
    keys: &[HolderKey],
    slugs: &mut Slugs,
) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut needs = Vec::new();
    for row in topics_held(db, keys).await? {
        let Some((step, due)) = row.next else { continue };
        // Until its meeting there is nothing to do about a topic but the meeting, which stands
        // here itself.
        if step == TopicStep::Meet || !reaches(cx, staff, row.place).await? {
            continue;
        }
        let href = format!("/w/{}/t/{}", slugs.of(cx, row.ledger).await?, row.number);
        let why = t.word(step);
        let name = t.with("desk-topic", &[("number", &row.number), ("title", &row.title)]);
        let meta = t.with("desk-topic-meta", &[("count", &row.matters), ("date", &row.opened.date())]);
        let view = entry(&href, &why, &name, &meta, due, cx);
        needs.push(Need { due: Some(due), number: row.number, view });
    }
    for row in meetings_held(db, keys).await? {
        let Some((step, due)) = row.next else { continue };
        if !reaches(cx, staff, row.place).await? {
            continue;
        }
        let href = format!("/w/{}/g/{}", slugs.of(cx, row.ledger).await?, row.number);
        let why = t.word(step);
        let name = t.with("desk-meeting", &[("number", &row.number), ("title", &row.title)]);
        let meta = t.with("desk-meeting-meta", &[("time", &row.starts.minute()), ("venue", &row.venue)]);
        let view = entry(&href, &why, &name, &meta, due, cx);
        needs.push(Need { due: Some(due), number: row.number, view });
    }
    for body in bodies(cx, staff) {
        for one in invitations(db, body).await? {
            let Some(row) = meeting(db, one.ledger, one.meeting).await? else { continue };
            let href = format!("/w/{}/g/{}", slugs.of(cx, row.ledger).await?, row.number);
            let name = t.with("desk-meeting", &[("number", &row.number), ("title", &row.title)]);
            let meta = t.with("desk-meeting-meta", &[("time", &row.starts.minute()), ("venue", &row.venue)]);
            let view = entry(&href, &t.say("desk-invited"), &name, &meta, one.due, cx);
            needs.push(Need { due: Some(one.due), number: row.number, view });
        }
    }
    Ok(needs)
}

/// Orders that wait for this desk, person or organisation, those a body only has to come to,
/// and those overdue where this person steers.
async fn orders(
    cx: &Cx,
    staff: &Staff,
    keys: &[HolderKey],
    steered: &BTreeSet<PlaceId>,
    slugs: &mut Slugs,
) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut names = Names::default();
    let mut seen: BTreeSet<OrderId> = BTreeSet::new();
    let mut needs = Vec::new();
    let bodies = bodies(cx, staff);
    let mut rows: Vec<(OrderRow, Option<OrganisationId>)> = Vec::new();
    // First as a body that is called: what it owes may be less than the lead does.
    for body in &bodies {
        rows.extend(calling(db, *body).await?.into_iter().map(|row| (row, Some(*body))));
    }
    rows.extend(dispatch::held(db, keys).await?.into_iter().map(|row| (row, None)));
    for ledger in steered {
        rows.extend(dispatch::overdue(db, *ledger, cx.now).await?.into_iter().map(|row| (row, None)));
    }
    for (row, body) in rows {
        if !seen.insert(row.id) {
            continue;
        }
        let loaded = cx.app.office.load::<Order>(row.ledger, &row.id.into()).await?;
        let order = loaded.must()?;
        let mine = keys.iter().any(|key| order.next().is_some_and(|(_, holder, _)| holder == *key));
        let path = cx.app.office.path_at(row.place).await?;
        if may(&staff.actor, &READ, &order.resource(&path, &staff.actor), cx.now).is_err() {
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
        let href = format!("/w/{}/o/{}", slugs.of(cx, row.ledger).await?, row.number);
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
async fn boards(cx: &Cx, staff: &Staff, steered: &BTreeSet<PlaceId>) -> Result<Vec<Board>, Error> {
    let db = &cx.app.office.db;
    let mut ids: BTreeMap<PlaceId, bool> = steered.iter().map(|id| (*id, true)).collect();
    for grant in staff.actor.current(cx.now) {
        if let Some(row) = place(db, grant.place).await? {
            let steers = grant.role == Role::GridSecretary;
            *ids.entry(row.ledger).or_default() |= steers;
        }
    }
    let mut boards = Vec::new();
    for (id, steers) in ids {
        let has_board = !children(db, id, id).await?.is_empty();
        if let (true, Some(row), Some(place)) = (has_board, ledger(db, id).await?, place(db, id).await?) {
            boards.push(Board { slug: row.slug, name: place.name, steers });
        }
    }
    Ok(boards)
}
