//! Signing somebody in at the door: without a phone, as a member, or sent by a body.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::hall::{at, invited_or};
use maud::{Markup, html};
use yishi_domain::councils::Council;
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
        let members = members(hall).await?;
        let mut kinds = t.choices::<SeatKind>();
        // Whoever is on the council's roll is chosen there.
        kinds.retain(|(word, _)| members.is_empty() || word != SeatKind::Member.word());
        let bodies = invited_or(hall, "register-nobody");
        let choices: Vec<(String, String)> = std::iter::once((String::new(), t.say("register-no-member")))
            .chain(members.iter().map(|one| (one.number.to_string(), one.called.clone())))
            .collect();
        let fresh = fresh_form(&hall.cx)?;
        let inner = html! {
            p { (t.say("register-lead")) }
            // Sent again it is still the same sign-in.
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            @if !members.is_empty() { (f.select("member", &choices)) }
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
        let word = r.text("form");
        let chosen = r.id_or_none::<u32>("member");
        let member = match chosen {
            // What cannot be read now is chosen again.
            Some(number) => {
                members(hall).await.ok().and_then(|all| all.into_iter().find(|one| one.number == number))
            }
            None => None,
        };
        if chosen.is_some() && member.is_none() {
            r.wrong("member", "form-choose");
        }
        // A member's name stands on the roll.
        let (name, kind) = match &member {
            Some(one) => (Some(one.name.clone()), Some(SeatKind::Member)),
            None => (r.must("name"), r.word("kind", SeatKind::parse, "form-choose")),
        };
        let organisation = r.id_or_none("organisation").filter(|_| kind == Some(SeatKind::Invited));
        if kind == Some(SeatKind::Invited) && organisation.is_none() {
            r.wrong("organisation", "register-which");
        }
        r.done(|| {
            let (kind, name) = (kind?, name?);
            let body = organisation.map(|id: OrganisationId| id.to_string()).unwrap_or_default();
            let member = member.map(|one| one.number);
            let said = format!("{}/{body}/{name}/{}", kind.word(), member.unwrap_or_default());
            // Whoever goes back and writes another name has somebody else before them.
            let form = sent_with(&hall.cx, &word, &said).ok()?.beside();
            let (how, person) = (SignedIn::Register, format!("register/{}", form.secret("seat")));
            Some(Signing { kind, how, organisation, person, name, slip: None, member })
        })
    }

    async fn carry_out(hall: &Hall, signing: Signing) -> Result<Next, Error> {
        let (ledger, meeting) = at(hall);
        hall.cx.app.office.sign_in(&hall.staff.actor, ledger, meeting, signing).await?;
        // Whoever keeps the register enters one after the other.
        Ok(Next::To(format!("{}#register", hall.link())))
    }
}

/// A member of the council whose members vote, as the register chooses them.
struct Listed {
    number: u32,
    name: String,
    called: String,
}

/// Who is on the council's roll now; nobody where everyone present votes.
async fn members(hall: &Hall) -> Result<Vec<Listed>, Error> {
    let Some(council) = hall.state.agenda.council else { return Ok(Vec::new()) };
    let loaded = hall.cx.app.office.load::<Council>(hall.ledger.ledger, &council.into()).await?;
    let (t, now) = (hall.cx.locale, hall.cx.now);
    let all = loaded.must()?.current(now).map(|one| {
        let name = one.name.get().cloned().unwrap_or_else(|| "—".to_owned());
        Listed { number: one.number, called: format!("{name} · {}", t.word(one.group)), name }
    });
    Ok(all.collect())
}
