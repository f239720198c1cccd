//! The receipt on paper: printed and handed to the neighbour for whom a matter was raised.

use super::neighbour::stairwell;
use crate::matters::face::receipt::held;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::matters::Proof;
use yishi_web::feature::{Beside, Whose, above};
use yishi_web::local;
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /stairwell/{place}/receipt/{secret}`
pub async fn show(cx: Cx, Path((id, secret)): Path<(String, String)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, spot) = stairwell(&cx, &id).await?;
    let slug = &spot.ledger.slug;
    let held = held(&cx, slug, &secret).await?;
    let link = format!("{}/r/{slug}/{secret}", cx.app.public_url);
    let thing = Beside::of_matter(&cx, &held.ledger, held.own.id, Whose::Public).await?;
    let alert = above(&cx, &thing).await?;
    let title = t.with("receipt-title", &[("number", &held.own.number)]);
    let main = html! {
        div.notice.no-print role="status" { p { strong { (t.say("paper-new")) } } }
        (alert)
        section.receipt {
            div.split {
                div {
                    h1 { (t.say("receipt-heading")) }
                    p.number { (t.with("matter-number", &[("number", &held.own.number)])) }
                    p { (spot.name) }
                    p { (t.time(held.receipt.opened)) }
                }
                (ui::qr(&link, &t.say("receipt-qr")))
            }
            (ui::facts(&[
                (t.say("paper-steward"), html! { (staff.name) }),
                (t.say("receipt-when"), html! { @if let Some((_, at)) = held.root.next { (ui::due_in_full(at, cx.now, t)) } }),
            ]))
            (local::line(&cx.local, t))
            p.small { (t.say(if held.receipt.proof == Proof::Staff { "paper-keep-called" } else { "paper-keep" })) }
            p.link-text { (link) }
        }
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/stairwell/" (spot.place.id) } { (t.say("paper-back")) }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
