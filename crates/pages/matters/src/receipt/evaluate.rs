//! Evaluating the answer on a receipt 评价: whether it is solved, how content one is, and a word
//! with it.

use super::show::view;
use crate::matters::face::receipt::held;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use yishi_kernel::Claim;
use yishi_kernel::rules::Limits;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The form, on the page of the receipt under this link.
pub fn form(cx: &Cx, link: &str, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "evaluate", format!("{link}/evaluate")).filled(values, slip);
    let (solved, satisfaction) = (t.choices::<Solved>(), t.choices::<Satisfaction>());
    let inner = html! {
        (f.radios("solved", &solved))
        (f.radios("satisfaction", &satisfaction))
        (f.area("comment"))
        (f.submit("evaluate-send", "wide"))
    };
    html! {
        section.card.no-print #evaluate {
            h2 { (t.say("evaluate-title")) }
            p { (t.say("evaluate-lead")) }
            (f.bare(&inner))
        }
    }
}

/// `POST /r/{slug}/{secret}/evaluate`
pub async fn send(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let ledger = held.ledger.ledger;
    let rules = cx.rules(ledger).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let solved = r.word("solved", Solved::parse, "form-choose");
    let satisfaction = r.word("satisfaction", Satisfaction::parse, "form-choose");
    let comment = r.private("comment", rules.section::<Limits>().text);
    let read = r.done(|| {
        let (solved, satisfaction, comment) = (solved?, satisfaction?, comment?);
        Some(Evaluate(Evaluation { solved, satisfaction, comment }))
    });
    let slip = match read {
        Ok(evaluate) => {
            // Whoever has the link has the receipt.
            let actor = cx.actor().showing(Claim::Receipt);
            match cx.office().act(&actor, ledger, held.receipt.id, evaluate).await {
                Ok(()) => return Ok(Redirect::to(&format!("/r/{slug}/{secret}")).into_response()),
                Err(failure) => Slip::bare(failure, &values, cx.locale)?,
            }
        }
        Err(slip) => slip,
    };
    let page = view(&cx, &secret, &held, &values, Some(&slip), None).await?;
    Ok(slip.answer(page))
}
