//! The receipt on paper: printed and handed to the neighbour for whom a matter was raised.

use super::neighbour::stairwell;
use crate::matters::face::printed::{Seen, printed};
use crate::matters::face::receipt::linked;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::matters::Proof;
use yishi_web::feature::{Beside, Whose, above};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /stairwell/{place}/receipt/{secret}`
pub async fn show(cx: Cx, Path((id, secret)): Path<(String, String)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, spot) = stairwell(&cx, &id).await?;
    let slug = &spot.ledger.slug;
    let held = linked(&cx, slug, &secret).await?;
    let thing = Beside::of_matter(&cx, &held.ledger, held.own.id, Whose::Public).await?;
    let alert = above(&cx, &thing).await?;
    let title = t.with("receipt-title", &[("number", &held.own.number)]);
    let above = html! { h1 { (t.say("receipt-heading")) } };
    let keep = if held.receipt.proof == Proof::Staff { "paper-keep-called" } else { "paper-keep" };
    let more = html! {
        (ui::facts(&[
            (t.say("paper-steward"), html! { (staff.name) }),
            (t.say("receipt-when"), html! { @if let Some((_, at)) = held.root.next { (ui::due_in_full(at, cx.now, t)) } }),
        ]))
        p.small { (t.say(keep)) }
    };
    let main = html! {
        div.notice.no-print role="status" { p { strong { (t.say("paper-new")) } } }
        (alert)
        (printed(&cx, &held, &secret, Seen::Always, (&above, &more)))
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/stairwell/" (spot.place.id) } { (t.say("paper-back")) }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
