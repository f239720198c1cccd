//! The paper slip of what was raised at a meeting for somebody without a phone: one small sheet
//! with its number and code, to take home and to bring back. No commands here.

use super::hall::Hall;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_pages_matters::matters::face::printed::{Seen, printed};
use yishi_pages_matters::matters::face::receipt::linked;
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/g/{number}/slip/{secret}`
pub async fn show(
    cx: Cx,
    Path((slug, number, secret)): Path<(String, i64, String)>,
) -> Result<Markup, Error> {
    let hall = Hall::open(cx, (slug, number)).await?;
    let (cx, t, slug) = (&hall.cx, hall.cx.locale, &hall.ledger.slug);
    let held = linked(cx, slug, &secret).await?;
    if held.own.meeting != Some(hall.row.story.row.id) {
        return Err(Error::NotFound);
    }
    let title = t.with("receipt-title", &[("number", &held.own.number)]);
    let above = html! { h1 { (t.say("receipt-heading")) } p { span.badge { (t.say("channel-floor")) } } };
    let more = html! {
        (ui::facts(&[
            (t.say("slip-meeting"), html! { (hall.state.agenda.title) }),
            (t.say("slip-recorder"), html! { (hall.staff.name) }),
            (t.say("receipt-when"), html! { @if let Some((_, at)) = held.root.next { (ui::due(at, cx.now, t)) } }),
        ]))
        p.small { (t.say("slip-keep")) }
    };
    let main = html! {
        div.notice.no-print role="status" { p { strong { (t.say("paper-new")) } } }
        (printed(cx, &held, &secret, Seen::Always, (&above, &more)))
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ (hall.link()) "#forms" } { (t.say("room-back")) }
        }
    };
    let nav = staff_nav_at(cx, &hall.staff, slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
