//! Orders on a desk: those that wait for it, those a body only has to come to, and those late or due soon
//! where one steers.

use crate::dispatch::face::ladder::rung;
use crate::dispatch::face::{Item, called_by_number, item, late};
use maud::html;
use std::collections::BTreeMap;
use yishi_domain::dispatch::{Order, OrderId, OrderStep, READ, WhistleKind};
use yishi_kernel::{Holder, Loaded, OrganisationId, PlaceId, Stream as _, may};
use yishi_office::dispatch::reads::{calling, some};
use yishi_office::papers::Numbered;
use yishi_office::places::reads::paths_of;
use yishi_web::duty::{Asked, Desk, Lane, Need, keys};
use yishi_web::names::Names;
use yishi_web::urging::{Standing, badges};
use yishi_web::{Cx, Error};

/// Orders on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, office, actor) = (cx.locale, &cx.app.office, &desk.staff.actor);
    let db = &office.db;
    if let Asked::Words(_) = desk.asked {
        return Ok(Vec::new());
    }
    // A whistle in an emergency is not cut off by all that is late.
    let waiting = desk.all_of(cx, Order::KIND).await?;
    let late_ones = desk.elsewhere(Order::KIND);
    let mut calling = calling(db, &Vec::from_iter(desk.bodies(cx))).await?;
    calling.sort_by_key(|one| one.organisation);
    // First as a body that is called: what it owes may be less than the lead does.
    let mut all: BTreeMap<(PlaceId, OrderId), Option<OrganisationId>> = BTreeMap::new();
    for one in calling {
        all.entry((one.ledger, one.id)).or_insert(Some(one.organisation));
    }
    for key in keys(&waiting).into_iter().chain(keys(&late_ones)) {
        all.entry(key).or_insert(None);
    }
    let ids: Vec<_> = all.keys().copied().collect();
    let mut rows = some(db, &ids).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let loaded = office.load_all::<Order, OrderId>(&ids).await?;
    let paths = paths_of(db, &rows.iter().map(|row| row.place).collect::<Vec<_>>()).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
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
        let waits = order.waits();
        let mine =
            waits.iter().filter(|wait| desk.holders.contains(&wait.holder)).min_by_key(|wait| wait.due);
        let resource = order.resource(path, actor);
        if may(actor, &READ, &resource, cx.now).is_err() {
            continue;
        }
        let leads = body.is_none_or(|body| order.lead() == Some(body));
        let (why, due) = match (mine.and_then(|wait| Some((wait.step::<OrderStep>()?, wait.due))), body) {
            (Some((OrderStep::ReportIn, due)), _) if !leads => (t.say("desk-come"), due),
            (Some((step, due)), _) => (t.word(step), due),
            (None, Some(_)) if row.next.is_some() => (t.say("desk-came"), row.finish_by),
            (None, _) => match row.next {
                Some((_, due)) => (t.say(desk.with_others(row.ledger, due)), due),
                None => continue,
            },
        };
        let mine = mine.is_some();
        let doer = names.holder(db, order.holder, t).await?;
        let late = late(db, order, cx.now, &mut names, t).await?;
        let page = format!("/w/{}/o/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let name = format!("{why} — {}", called_by_number(&row, &numbers, t));
        let standing = Standing::of(order, actor, &resource, cx.now);
        let more = html! { (badges(&order.urged, t)) (rung(order, t)) (standing.button(&page, &name, t)) };
        let shown = Item { row: &row, name: &name, href: &desk.leads(&page), doer: &doer, late: &late };
        let view = item(shown, &more, cx.now, t);
        // A whistle in an emergency is the street's alone, in minutes.
        let lane = match row.next {
            Some((OrderStep::Blow, _)) if mine && row.whistle == Some(WhistleKind::Emergency) => {
                Lane::OnlyYou
            }
            _ if mine || body.is_some() => Lane::Carry,
            _ => standing.lane(),
        };
        let need = Need::at(lane, due, row.number, page, view);
        needs.push(if mine || body.is_some() { need.hurried(&order.urged) } else { need });
    }
    Ok(needs)
}
