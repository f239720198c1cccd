//! Having it ruled once more, by the link of a receipt.

use crate::matters::face::receipt::held;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::exclusion::{ExclusionId, Object};
use yishi_kernel::Claim;
use yishi_web::form::Form;
use yishi_web::sent::Sent;
use yishi_web::{Cx, Error};

/// The button, on the page of the receipt under this link.
pub(super) fn form(cx: &Cx, link: &str) -> Markup {
    let f = Form::new(cx, "exclusion", "exclusion", format!("{link}/exclusion"));
    let inner = html! {
        p { (cx.locale.say("exclusion-object-lead")) }
        (f.submit("exclusion-object-send", "second wide"))
    };
    html! { div.no-print { (f.folded(&cx.locale.say("exclusion-object-title"), &inner)) } }
}

/// `POST /r/{slug}/{secret}/exclusion`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(_): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let actor = cx.actor().showing(Claim::Receipt);
    let object = Object { receipt: held.receipt.id };
    cx.office().act(&actor, held.ledger.ledger, ExclusionId::of(held.root.id), object).await?;
    Ok(Redirect::to(&format!("/r/{slug}/{secret}#exclusion")).into_response())
}
