//! What is open in a stairwell, who lives there, and the way to raise for one of them.

use crate::matters::face::meta;
use crate::matters::face::{Item, item};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::matters::{MatterId, STAIRWELL};
use yishi_kernel::text::excerpt;
use yishi_office::matters::readable::said;
use yishi_office::matters::reads::{at_place, support};
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::{children, ledger, places};
use yishi_web::feature::{Beside, Whose, beside};
use yishi_web::nav::staff_nav;
use yishi_web::places::names_below;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /stairwell/{place}`
pub async fn show(
    cx: Cx,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
    cx.may(&STAIRWELL, &cx.resource(&place).await?)?;
    let db = &cx.app.office.db;
    let name = names_below(&place, &places(db, &place.path).await?).join(" ");
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = at_place(db, place.ledger, place.id, before).await?;
    let next = next.map(|next| ui::link(&format!("/stairwell/{id}"), &[("before", &next)]));
    let rows = cx.app.office.readable(&staff.actor, rows).await?;
    let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
    let texts = said(db, &rows).await?;
    let supports = support(db, place.ledger, &ids).await?;
    let own = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
    let slug = &own.slug;
    let thing = Beside::of_thing(&own, place.id.into(), Whose::AtWork);
    let besides = beside(&cx, &thing).await?;
    let households = children(db, place.ledger, place.id).await?;
    let main = html! {
        h1 { (name) }
        a.button.giant href={ "/stairwell/" (id) "/raise" } { (t.say("stairwell-raise")) }
        (besides)
        h2 { (t.say("stairwell-matters")) }
        @if rows.is_empty() { (ui::empty(&t.say("stairwell-empty"))) }
        ul.list {
            @for row in &rows {
                (item(&Item {
                    href: &format!("/w/{slug}/{}", row.number),
                    title: &texts.get(&row.id).map_or_else(|| t.say("desk-photo-only"), |text| excerpt(text, 42)),
                    meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
                    stage: row.stage,
                    next: row.next,
                    photo: None,
                }, cx.now, t))
            }
        }
        (ui::more(next, &t.say("list-older")))
        h2 { (t.with("stairwell-households", &[("count", &households.len())])) }
        p { @for home in &households { span.badge { (home.name) } " " } }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &name, nav, width: Width::Narrow, main }.render())
}
