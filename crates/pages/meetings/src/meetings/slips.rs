//! The sheet of one-time slips, to be printed, cut and handed out: one to each person who may
//! vote. Each has its number, a code for the phone's camera, and the same to be typed.

use super::hall::Hall;
use crate::meetings::hall::at;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::councils::{Council, Member};
use yishi_domain::meetings::REGISTER;
use yishi_office::meetings::slips::{Slip, slips};
use yishi_web::nav::staff_nav_at;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/g/{number}/slips`
pub async fn show(cx: Cx, Path(which): Path<(String, i64)>) -> Result<Response, Error> {
    let hall = Hall::open(cx, which).await?;
    hall.must(&REGISTER)?;
    let names = names(&hall).await?;
    Ok(page(&hall, &names).into_response())
}

/// What the members are called whose slips they are.
async fn names(hall: &Hall) -> Result<BTreeMap<u32, String>, Error> {
    let Some(council) = hall.state.agenda.council else { return Ok(BTreeMap::new()) };
    let loaded = hall.cx.app.office.load::<Council>(hall.ledger.ledger, &council.into()).await?;
    let called = |one: &Member| {
        let name = one.name.get().map_or("—", String::as_str);
        (one.number, format!("{name} · {}", hall.cx.locale.word(one.group)))
    };
    Ok(loaded.must()?.members.iter().map(called).collect())
}

fn page(hall: &Hall, names: &BTreeMap<u32, String>) -> Markup {
    let (cx, t, agenda) = (&hall.cx, hall.cx.locale, &hall.state.agenda);
    let all = slips(at(hall).1, &hall.state);
    let door = agenda.door.get().map(|word| format!("{}/g/{word}", cx.app.public_url));
    let whose = |slip: &Slip| slip.member.and_then(|member| names.get(&member)).map(String::as_str);
    let title = t.say("slips-sheet");
    let link = format!("{}/slips", hall.link());
    let main = html! {
        p.crumbs.no-print { a href=(hall.link()) { (t.say("room-back")) } }
        h1.no-print { (title) }
        div.no-print {
            p { (t.say("slips-sheet-lead")) }
            @if all.is_empty() { div.notice { p { (t.say("slips-none")) } } }
            @else { div.actions { (ui::print_button(t)) } }
        }
        ul.slips { @for slip in &all { (one(slip, door.as_deref(), (&agenda.title.to_string(), whose(slip)), t)) } }
    };
    let nav = staff_nav_at(cx, &hall.staff, &hall.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render()
}

fn one(slip: &Slip, door: Option<&str>, (meeting, whose): (&str, Option<&str>), t: Locale) -> Markup {
    html! {
        li {
            p.small { (meeting) }
            @if let Some(whose) = whose { p { strong { (whose) } } }
            p { strong { (t.with("slip-number", &[("number", &slip.number)])) } }
            @if let Some(door) = door { (ui::qr(&format!("{door}?slip={}", slip.code), &t.with("slip-number", &[("number", &slip.number)]))) }
            p.slip-code { (slip.code) }
            p.small { (t.say("slip-once")) }
        }
    }
}
