//! Entering what a body at the table promises (表态): one line, who, by when. The recorder does it
//! for any of them, and a body for itself. What becomes of it is a feature of its own.

use crate::meetings::hall::{Hall, MeetingAtWork, Standing, at, invited, standing};
use maud::{Markup, html};
use yishi_domain::meetings::{MeetingStage, READ};
use yishi_domain::promises::{Make, PromiseId};
use yishi_kernel::Right;
use yishi_office::FormKey;
use yishi_web::Error;
use yishi_web::holders::bodies;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Entering a promise.
#[derive(Debug)]
pub struct Promise;

impl Act for Promise {
    type On = MeetingAtWork;
    type Command = (FormKey, Make);
    const WORD: &'static str = "promise";
    // Whoever may open the page; who may promise for whom is judged over the promise.
    const RIGHT: &'static Right = &READ;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let unsigned = hall.state.stage == MeetingStage::Held && hall.state.outcome.confirmed.is_empty();
        if hall.state.stage != MeetingStage::Open && !unsigned {
            return Ok(html! {});
        }
        // Those invited come first; others may sit at the table as well.
        let mut choices = invited(hall);
        if standing(hall) == Standing::Steering {
            for other in bodies(&hall.cx, &hall.path).await? {
                if !choices.contains(&other) {
                    choices.push(other);
                }
            }
        }
        if choices.is_empty() {
            return Ok(html! {});
        }
        let fresh = fresh_form(&hall.cx)?;
        let inner = html! {
            p { (f.t().say("promise-lead")) }
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            (f.select("body", &choices))
            (f.text("what").hint("public-hint"))
            (f.day("due"))
            (f.submit("promise-send", "second wide"))
        };
        Ok(f.card(&f.t().say("promise-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<(FormKey, Make), Slip> {
        let word = r.text("form");
        let (body, what) = (r.id("body", "form-choose"), r.line("what", hall.limits()));
        let due = r.day("due", "promise-wrong-day");
        r.done(|| {
            let make = Make { meeting: at(hall).1, body: body?, what: what?, due: due? };
            let said = format!("{}/{}/{}", make.body, make.due.0, make.what);
            Some((sent_with(&hall.cx, &word, &said).ok()?, make))
        })
    }

    async fn carry_out(hall: &Hall, (form, make): (FormKey, Make)) -> Result<Next, Error> {
        let thing = |key: &FormKey| (PromiseId(key.id("promise")), make.clone());
        hall.cx.office().make(&hall.staff.actor, hall.ledger.ledger, form, thing).await?;
        Ok(Next::To(format!("{}#promises", hall.link())))
    }
}
