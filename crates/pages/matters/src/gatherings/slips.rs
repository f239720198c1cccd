//! The slips of a record, to be printed and handed to whoever wants one: number, code and link of
//! each receipt. Only whoever wrote the record prints them, who knows who said what; one that was
//! issued anew since is its holder's alone.

use super::face::name;
use super::gathering::{GatheringAtWork, wrote_it};
use crate::matters::face::printed::{Seen, printed};
use crate::matters::face::receipt::linked;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::matters::{How, ReceiptId};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Sheet;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/h/{number}/slips`
///
/// # Errors
/// When there is no such gathering, or somebody else wrote its record.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Markup, Error> {
    let sheet = Sheet::<GatheringAtWork>::open(cx, at).await?;
    let (cx, t, slug) = (&sheet.cx, sheet.cx.locale, &sheet.ledger.slug);
    let record = sheet.state.record.as_ref().filter(|_| wrote_it(&sheet)).ok_or(Error::NotFound)?;
    let raised = record.raised.iter().map(|one| one.receipt);
    let receipts: Vec<ReceiptId> = raised.chain(record.known.iter().filter_map(|one| one.receipt)).collect();
    let mut slips = Vec::with_capacity(receipts.len());
    for receipt in receipts {
        let secret = cx.app.office.secret_of_slip(&sheet.ledger, receipt)?;
        match linked(cx, slug, &secret).await {
            Ok(held) => slips.push((held, secret)),
            // Its link ended when it was issued anew.
            Err(Error::Refused(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let called = name(cx, &sheet.row).await?;
    let title = t.say("gathering-slips");
    let main = html! {
        p.crumbs.no-print { a href=(sheet.link()) { (called) } }
        h1.no-print { (title) }
        div.no-print {
            p { (t.say("gathering-slips-lead")) }
            @if slips.is_empty() { (ui::empty(&t.say("gathering-slips-none"))) } @else { div.actions { (ui::print_button(t)) } }
        }
        @for (held, secret) in &slips {
            @let key = match held.receipt.how { How::Raised => "gathering-slip-raised", How::Joined => "gathering-slip-joined" };
            @let above = html! { h2 { (t.say("receipt-heading")) } p { span.badge { (t.say(key)) } } };
            @let more = html! {
                (ui::facts(&[
                    (t.say("gathering-slip-where"), html! { (called) }),
                    (t.say("receipt-when"), html! { @if let Some((_, at)) = held.root.next { (ui::due(at, cx.now, t)) } }),
                ]))
            };
            (printed(cx, held, secret, Seen::Always, (&above, &more)))
        }
    };
    let nav = staff_nav_at(cx, &sheet.staff, slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
