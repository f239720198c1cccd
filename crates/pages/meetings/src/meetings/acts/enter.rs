//! Signing somebody in at the door: without a phone, as a member, or sent by a body.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::hall::{at, invited_or};
use maud::{Markup, html};
use yishi_domain::meetings::{MeetingStage, REGISTER, SeatKind, SignedIn};
use yishi_kernel::{OrganisationId, Right};
use yishi_office::meetings::Signing;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Signing somebody in at the door.
#[derive(Debug)]
pub struct Enter;

impl Act for Enter {
    type On = MeetingAtWork;
    type Command = Signing;
    const WORD: &'static str = "register";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let (kinds, bodies) = (t.choices::<SeatKind>(), invited_or(hall, "register-nobody"));
        let fresh = fresh_form(&hall.cx)?;
        let inner = html! {
            p { (t.say("register-lead")) }
            // Sent again it is still the same sign-in.
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            (f.text("name"))
            (f.radios("kind", &kinds).start(SeatKind::Resident.word()))
            (f.select("organisation", &bodies))
            (f.submit("register-send", "wide"))
        };
        let title = t.say("register-title");
        Ok(match hall.state.stage {
            MeetingStage::Open => f.card(&title, &inner),
            _ => f.folded(&title, &inner),
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<Signing, Slip> {
        let (word, name) = (r.text("form"), r.must("name"));
        let kind = r.word("kind", SeatKind::parse, "form-choose");
        let organisation = r.id_or_none("organisation").filter(|_| kind == Some(SeatKind::Invited));
        if kind == Some(SeatKind::Invited) && organisation.is_none() {
            r.wrong("organisation", "register-which");
        }
        r.done(|| {
            let (kind, name) = (kind?, name?);
            let body = organisation.map(|id: OrganisationId| id.to_string()).unwrap_or_default();
            let said = format!("{}/{body}/{name}", kind.word());
            // Whoever goes back and writes another name has somebody else before them.
            let form = sent_with(&hall.cx, &word, &said).ok()?.beside();
            let (how, person) = (SignedIn::Register, format!("register/{}", form.secret("seat")));
            Some(Signing { kind, how, organisation, person, name })
        })
    }

    async fn carry_out(hall: &Hall, signing: Signing) -> Result<Next, Error> {
        let (ledger, meeting) = at(hall);
        hall.cx.app.office.sign_in(&hall.staff.actor, ledger, meeting, signing).await?;
        // Whoever keeps the register enters one after the other.
        Ok(Next::To(format!("{}#register", hall.link())))
    }
}
