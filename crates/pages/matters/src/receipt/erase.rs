//! "请删除我的信息": whoever holds a receipt has what they gave with it erased, at once as far as
//! nobody works by it any more.

use super::show::ended;
use crate::matters::face::receipt::{Held, held};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::matters::{Receipt, StageKind};
use yishi_web::form::Form;
use yishi_web::read::{Reader, Ticked};
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The form, on the page of the receipt under this link; or whom to tell instead.
pub fn form(
    cx: &Cx,
    held: &Held,
    opened: &Receipt,
    link: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
    let t = cx.locale;
    if opened.is_erased_by_link(held.root.stage).is_err() {
        let tell = t.with("receipt-erase-elsewhere", &[("number", &held.own.number)]);
        return html! { div.no-print { details { summary { (t.say("receipt-erase-title")) } p { (tell) } } } };
    }
    let f = Form::new(cx, "own", "receipt-erase", format!("{link}/erase")).filled(values, slip);
    let inner = html! {
        p {
            @if held.root.stage == StageKind::Closed { (t.say("receipt-erase-lead")) }
            @else { (t.with("receipt-erase-open", &[("number", &held.own.number)])) }
        }
        (f.check("sure"))
        (f.submit("receipt-erase-send", "danger"))
    };
    html! { div.no-print { (f.folded(&t.say("receipt-erase-title"), &inner)) } }
}

/// `POST /r/{slug}/{secret}/erase`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let mut r = Reader::new("own", &values, cx.locale);
    if r.ticked("sure") == Ticked::No {
        r.wrong("sure", "receipt-erase-wrong-sure");
    }
    let done = match r.done(|| Some(())) {
        Ok(()) => match cx.app.office.erase_own(&cx.actor(), held.ledger.ledger, held.receipt.id).await {
            Ok(()) => Ok("erased"),
            Err(failure) => Err(Slip::of(failure.into(), None, &values, cx.locale)?),
        },
        Err(slip) => Err(slip),
    };
    ended(&cx, &secret, &held, &values, done).await
}
