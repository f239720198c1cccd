//! Evaluating the answer on a receipt 评价: first one tap whether it is solved, then how content one
//! is and a word with it, which nobody has to give.

use super::show::ended;
use crate::matters::face::receipt::held;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::evaluation::{Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_kernel::Claim;
use yishi_kernel::rules::Limits;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The field that says whether it is solved, and what the page's link asks for once that was tapped.
pub const SOLVED: &str = "solved";

/// The two buttons or, once one of them was tapped, the rest of the form.
pub fn form(cx: &Cx, link: &str, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "evaluate", format!("{link}/evaluate")).filled(values, slip);
    let choice = |solved: Solved| format!("{link}?{SOLVED}={}#evaluate", solved.word());
    html! {
        section.card.no-print #evaluate {
            @match Solved::parse(values.get(SOLVED)) {
                None => {
                    h2 { (t.say("evaluate-title")) }
                    @if let Some(wrong) = f.wrong(SOLVED) { p.error-text id="solved-error" { (wrong) } }
                    div.choices #solved {
                        a.button.giant href=(choice(Solved::Yes)) { (t.word(Solved::Yes)) }
                        a.button.giant.second href=(choice(Solved::No)) { (t.word(Solved::No)) }
                    }
                },
                Some(solved) => {
                    h2 { (t.word(solved)) }
                    (f.bare(&rest(&f, solved)))
                    p { a href={ (link) "#evaluate" } { (t.say("evaluate-back")) } }
                },
            }
        }
    }
}

fn rest(f: &Form<'_>, solved: Solved) -> Markup {
    let (satisfaction, contacted) = (f.t().choices::<Satisfaction>(), f.t().choices::<Contacted>());
    let send = match solved {
        Solved::Yes => "evaluate-send",
        Solved::No => "evaluate-send-again",
    };
    html! {
        (f.hidden(SOLVED, solved.word()))
        @match solved {
            Solved::Yes => {
                (f.radios_or_none("satisfaction", &satisfaction))
                (f.area("comment"))
            },
            Solved::No => {
                (f.area("comment").label("evaluate-missing"))
                (f.radios_or_none("satisfaction", &satisfaction))
            },
        }
        (f.radios_or_none("contacted", &contacted))
        (f.submit(send, "wide"))
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
    let solved = r.word(SOLVED, Solved::parse, "form-choose");
    // Nobody has to say how content they are: what is not said counts for neither.
    let satisfaction = match r.some("satisfaction") {
        Some(_) => r.word("satisfaction", Satisfaction::parse, "form-choose"),
        None => Some(Satisfaction::CannotSay),
    };
    // Nor whether anybody contacted them.
    let contacted = match r.some("contacted") {
        Some(_) => r.word("contacted", Contacted::parse, "form-choose"),
        None => None,
    };
    let comment = r.private("comment", rules.section::<Limits>().text);
    let read = r.done(|| {
        let (solved, satisfaction, comment) = (solved?, satisfaction?, comment?);
        Some(Evaluation { solved, satisfaction, comment })
    });
    let done = match read {
        Ok(said) => {
            let note = match said.solved {
                Solved::Yes => "thanks",
                Solved::No => "again",
            };
            // Whoever has the link has the receipt.
            let actor = cx.actor().showing(Claim::Receipt);
            match cx.office().act(&actor, ledger, held.receipt.id, Evaluate { said, contacted }).await {
                Ok(()) => Ok(note),
                Err(failure) => Err(Slip::bare(failure, &values, cx.locale)?),
            }
        }
        Err(slip) => Err(slip),
    };
    ended(&cx, &secret, &held, &values, done).await
}
