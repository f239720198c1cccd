//! Raising what somebody without a phone says at the meeting: the recorder types one line, and
//! prints the receipt. Whoever spoke said it before everyone; that is the consent.

use crate::meetings::floor::{chosen, raising, said, wheres};
use crate::meetings::hall::{Hall, MeetingAtWork, at};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Opening, Proof};
use yishi_domain::meetings::{MeetingStage, REGISTER};
use yishi_kernel::Right;
use yishi_office::matters::{Raising, Speaker};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Raising something for somebody at the meeting.
#[derive(Debug)]
pub struct Floor;

impl Act for Floor {
    type On = MeetingAtWork;
    type Command = Raising;
    const WORD: &'static str = "floor";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Open {
            return Ok(html! {});
        }
        let wheres = wheres(&hall.cx, hall.state.agenda.place).await?;
        let fresh = fresh_form(&hall.cx)?;
        let inner = html! {
            p { (f.t().say("floor-for-lead")) }
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            (f.text("text").label("floor-for-text"))
            @if wheres.len() > 1 { (f.select("place", &wheres)) }
            (f.text("name").label("floor-for-name").hint("raise-name-hint"))
            (f.submit("neighbour-send", "second wide"))
        };
        Ok(f.card(&f.t().say("floor-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<Raising, Slip> {
        let word = r.text("form");
        let place = hall.state.agenda.place;
        let wheres = wheres(&hall.cx, place).await.unwrap_or_default();
        let (text, place) = (said(&mut r, &hall.rules), chosen(&mut r, place, &wheres));
        let name = r.private("name", Opening::LINE);
        let consent = Some(hall.cx.locale.say("floor-consent"));
        r.done(|| {
            let (text, place, name) = (text?, place?, name?);
            let form = sent_with(&hall.cx, &word, &format!("{place}/{name}/{text}")).ok()?;
            // Nobody can tell this neighbour from another: each counts alone.
            let supporter = format!("neighbour/{}", form.beside().secret("neighbour"));
            let speaker = Speaker { supporter, proof: Proof::Staff, name, contact: String::new(), consent };
            Some(raising(form, at(hall).1, place, text, (Behalf::Neighbour, speaker)))
        })
    }

    async fn carry_out(hall: &Hall, raising: Raising) -> Result<Next, Error> {
        let raised = hall.cx.office().raise(&hall.staff.actor, raising).await?;
        Ok(Next::To(format!("{}/slip/{}", hall.link(), raised.secret)))
    }
}
