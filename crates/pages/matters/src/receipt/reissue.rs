//! A new link for one's own receipt 换新回执: by the device it was opened from, by its code, or by
//! a link that others have seen. What led to it before ends.

use super::show::ended;
use crate::matters::face::receipt::{Held, held};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::matters::KnownBy;
use yishi_kernel::Claim;
use yishi_web::form::Form;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::{Cx, Error};

/// The form, on the page of the receipt under this link.
pub fn form(cx: &Cx, held: &Held, link: &str) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "reissue", "receipt-reissue", format!("{link}/reissue"));
    let (title, lead) = match held.by {
        KnownBy::Link => ("receipt-reissue-title", "receipt-reissue-seen"),
        _ => ("receipt-reissue-paper", "receipt-reissue-lead"),
    };
    let inner = html! { p { (t.say(lead)) } (f.submit("receipt-reissue-send", "second wide")) };
    html! { div.no-print { (f.folded(&t.say(title), &inner)) } }
}

/// `POST /r/{slug}/{secret}/reissue`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let actor = cx.actor().showing(Claim::Receipt);
    match cx.office().reissue(&actor, held.ledger.ledger, held.receipt.id, held.by).await {
        Ok(new) => ended(&cx, &new, &held, &values, Ok("reissued")).await,
        Err(failure) => {
            let slip = Slip::bare(failure, &values, cx.locale)?;
            ended(&cx, &secret, &held, &values, Err(slip)).await
        }
    }
}
