//! Objecting to what was published, by anyone. Only those who rule on it read the words.

use super::show::page;
use crate::meetings::face::Story;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::meetings::Object;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::visitor::{voice, with_device};
use yishi_web::{Cx, Error};

/// The form, folded up unless something is wrong with it.
#[must_use]
pub fn form(cx: &Cx, story: &Story, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let link = format!("/c/{}/g/{}/object", story.ledger.slug, story.row.number);
    let f = Form::new(cx, "", "object", link).filled(values, slip);
    let mut actions = vec![(String::new(), t.say("object-to-all"))];
    for (n, action) in story.meeting.outcome.actions.iter().enumerate() {
        let text = t.with("object-action", &[("number", &(n + 1)), ("task", &action.agreed.task)]);
        actions.push((action.agreed.id.to_string(), text));
    }
    let inner = html! {
        (f.select("action", &actions).label("object-what"))
        (f.area("text"))
        (f.completed("contact", "tel"))
        (f.submit("object-send", "wide"))
    };
    html! {
        details.no-print #object open[slip.is_some()] {
            summary { (t.say("object-title")) }
            (f.tile(&inner))
        }
    }
}

/// `POST /c/{slug}/g/{number}/object`
///
/// # Errors
/// When there is no such meeting.
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let story = Story::load(&cx, &slug, number).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let (action, text) = (r.id_or_none("action"), r.must("text"));
    let contact = r.contact("contact", Object::CONTACT);
    let said = [r.text("action"), r.text("text"), r.text("contact")].join("\0");
    let (device, said) = voice(&cx, &format!("objection/{}", story.row.id), &said);
    let slip = match r.done(|| Some(Object { action, text: text?, contact: contact?, device, said })) {
        Ok(object) => match cx.office().act(&cx.actor(), story.ledger.ledger, story.row.id, object).await {
            Ok(()) => {
                let done = format!("/c/{slug}/g/{number}?objected#published");
                return with_device(&cx, Redirect::to(&done).into_response());
            }
            Err(failure) => {
                let error = Error::from(failure);
                let field = error.field().map(str::to_owned);
                Slip::of(error, field, &values, cx.locale)?
            }
        },
        Err(slip) => slip,
    };
    let page = page(&cx, &story, &values, Some(&slip), None).await?;
    Ok(slip.answer(page))
}
