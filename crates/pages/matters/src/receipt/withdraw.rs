//! Taking back 撤回: whoever holds a receipt wants no answer any more.

use super::show::ended;
use crate::matters::face::receipt::{Held, held};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::matters::{Matter, Receipt, Refusal, StageKind, Withdraw};
use yishi_kernel::Claim;
use yishi_web::form::Form;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The form, on the page of the receipt under this link; or whom to tell instead.
pub fn form(cx: &Cx, held: &Held, opened: &Receipt, carrier: &Matter, link: &str) -> Markup {
    const NONE: &Fields = &Fields(Vec::new());
    let t = cx.locale;
    if !matches!(held.root.stage, StageKind::Raised | StageKind::InHand) {
        return html! {};
    }
    let f = Form::new(cx, "withdraw", "receipt-withdraw", format!("{link}/withdraw")).filled(NONE, None);
    let lead = match held.root.stage {
        StageKind::Raised => "receipt-withdraw-raised",
        _ => "receipt-withdraw-in-hand",
    };
    match opened.is_withdrawn_by_link(carrier) {
        Ok(()) => {
            let inner = html! { p { (t.say(lead)) } (f.submit("receipt-withdraw-send", "danger")) };
            html! { div.no-print { (f.folded(&t.say("receipt-withdraw-title"), &inner)) } }
        }
        Err(Refusal::LinkSeen) => html! {
            details.no-print { summary { (t.say("receipt-withdraw-title")) } p { (t.say("refusal-link-seen")) } }
        },
        Err(_) => html! {},
    }
}

/// `POST /r/{slug}/{secret}/withdraw`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let actor = cx.actor().showing(Claim::Receipt);
    let done = match cx.office().act(&actor, held.ledger.ledger, held.receipt.id, Withdraw).await {
        Ok(()) => Ok("withdrawn"),
        Err(failure) => Err(Slip::bare(failure, &values, cx.locale)?),
    };
    ended(&cx, &secret, &held, &values, done).await
}
