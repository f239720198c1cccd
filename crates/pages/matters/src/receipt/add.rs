//! Saying more 补充: a sentence or a photo, added by whoever raised a matter while it is not answered.

use super::show::ended;
use crate::matters::face::receipt::{Held, held};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::matters::{Add, How, Receipt, Refusal, StageKind};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Claim, PhotoDigest};
use yishi_store::blobs::digest_of;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::{Came, SentParts};
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The form, on the page of the receipt under this link; nothing where nothing can be added.
pub fn form(
    cx: &Cx,
    held: &Held,
    opened: &Receipt,
    link: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
    let t = cx.locale;
    let open = matches!(held.root.stage, StageKind::Raised | StageKind::InHand);
    if !open || opened.withdrawn.is_some() {
        return html! {};
    }
    if held.receipt.how == How::Joined || held.own.id != held.root.id {
        let more = format!("/at/{}/raise", held.root.place);
        return html! {
            details.no-print { summary { (t.say("receipt-add-title")) }
                p { (t.say("receipt-add-elsewhere")) }
                p { a.button.second href=(more) { (t.say("receipt-later-raise")) } }
            }
        };
    }
    let f = Form::new(cx, "add", "receipt-add", format!("{link}/add")).filled(values, slip).in_parts();
    let inner = html! {
        (f.area("text"))
        (f.photos().label("receipt-add-photos"))
        (f.submit("receipt-add-send", "wide"))
    };
    html! { div.no-print { (f.folded(&t.say("receipt-add-title"), &inner)) } }
}

/// `POST /r/{slug}/{secret}/add`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    sent: SentParts,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let rules = cx.rules(held.ledger.ledger).await?;
    let limits = rules.section::<Limits>();
    let Came { values, photos, refused } = sent.read(&cx, limits.photos).await?;
    let mut r = Reader::new("add", &values, cx.locale).with_photos(photos.clone());
    let text = r.private("text", limits.text);
    match &refused {
        Some(error) => r.without_photo(error),
        None if photos.is_empty() && text.as_deref() == Some("") => r.refuse("text", Refusal::NothingSaid),
        None => {}
    }
    let done = match r.done(|| Some(more(&held, text?, photos))) {
        Ok(more) => {
            let actor = cx.actor().showing(Claim::Receipt);
            match cx.office().act(&actor, held.ledger.ledger, held.receipt.id, more).await {
                Ok(()) => Ok("added"),
                Err(failure) => Err(Slip::bare(failure, &values, cx.locale)?),
            }
        }
        Err(slip) => Err(slip),
    };
    ended(&cx, &secret, &held, &values, done).await
}

fn more(held: &Held, text: String, photos: Vec<PhotoDigest>) -> Add {
    let shown: Vec<&str> = photos.iter().map(|photo| photo.0.as_str()).collect();
    let said = digest_of(format!("{}/{}/{text}", held.receipt.id, shown.join("/")).as_bytes());
    Add { text, photos, name: String::new(), contact: String::new(), said }
}
