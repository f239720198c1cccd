//! Sending up what neighbours cannot settle, at one tap: the matter that they met about or, where
//! there is none, what they met about becomes one, raised from their floor with a receipt.

use super::door::{AtTheDoor, Stair};
use crate::meetings::floor::raising;
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, MatterId};
use yishi_domain::meetings::{HOLD_STAIRWELL, SendUp};
use yishi_kernel::Right;
use yishi_office::matters::{Raising, Speaker};
use yishi_pages_matters::matters::face::speaker::supporter;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Sending it up.
#[derive(Debug)]
pub struct Up;

impl Act for Up {
    type On = AtTheDoor;
    /// What is to be raised first, where nothing was yet.
    type Command = Option<Raising>;
    const WORD: &'static str = "up";
    const RIGHT: &'static Right = &HOLD_STAIRWELL;

    async fn form(stair: &Stair, f: &Form<'_>) -> Result<Markup, Error> {
        if stair.row.stairs.sent_up.is_some() || stair.row.stairs.came.is_none() {
            return Ok(html! {});
        }
        let fresh = fresh_form(&stair.cx)?;
        let inner = html! {
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            p.hint { (f.t().say("stairs-up-hint")) }
            (f.submit("stairs-up", "wide second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(stair: &Stair, r: Reader<'_>) -> Result<Option<Raising>, Slip> {
        let word = r.text("form");
        let stairs = &stair.row.stairs;
        let Some(place) = &stair.row.place else { return r.done(|| Some(None)) };
        if stairs.matter.is_some() {
            return r.done(|| Some(None));
        }
        let text = stair.cx.locale.with("stairs-up-text", &[("title", &stair.state.agenda.title)]);
        let voice = supporter(&stair.cx, place).await.ok();
        r.done(|| {
            let form = sent_with(&stair.cx, &word, &text).ok()?;
            let (supporter, proof) = voice?;
            let speaker =
                Speaker { supporter, proof, name: String::new(), contact: String::new(), consent: None };
            Some(Some(raising(form, stair.row.story.row.id, place.id, text, (Behalf::Own, speaker))))
        })
    }

    async fn carry_out(stair: &Stair, command: Option<Raising>) -> Result<Next, Error> {
        let raised: Option<MatterId> = match command {
            Some(raising) => Some(stair.cx.office().raise(&stair.staff.actor, raising).await?.matter),
            None => None,
        };
        stair.act(SendUp { raised }).await
    }
}
