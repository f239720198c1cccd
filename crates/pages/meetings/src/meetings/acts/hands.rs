//! Entering a show of hands: two persons count, each enters, and both must agree.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, EnterHands, Motion, REGISTER, VoteMode};
use yishi_kernel::{Right, Sealed};
use yishi_office::people::reads::account;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Entering a show of hands.
#[derive(Debug)]
pub struct Hands;

impl Act for Hands {
    type On = MeetingAtWork;
    type Command = EnterHands;
    const WORD: &'static str = "hands";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let voting = hall.state.sitting.voting().filter(|motion| motion.mode == VoteMode::Hands);
        let Some(motion) = voting else { return Ok(html! {}) };
        let t = f.t();
        let entered = entered(hall, motion).await?;
        let inner = html! {
            p { (t.say("hands-lead")) }
            @if !entered.is_empty() { ul { @for line in &entered { li { (line) } } } }
            @if motion.hands.len() == 1 { p { (t.say("hands-one")) } }
            @if motion.agreed_hands().is_some() { p { span.badge { (t.say("hands-agree")) } } }
            @else if entered.len() > 1 { p { span.badge.late { (t.say("hands-differ")) } } }
            (f.hidden("motion", &motion.number.to_string()))
            (f.number("for").label("choice-for"))
            (f.number("against").label("choice-against"))
            (f.number("abstain").label("choice-abstain"))
            (f.submit("hands-send", "wide"))
        };
        Ok(f.card(&t.say("hands-title"), &inner))
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<EnterHands, Slip> {
        let motion = r.id_or_none("motion");
        let hands = ["for", "against", "abstain"].map(|field| r.number(field));
        r.done(|| {
            let [in_favour, against, abstain] = hands;
            Some(EnterHands { motion: motion?, hands: [in_favour?, against?, abstain?] })
        })
    }

    async fn carry_out(hall: &Hall, command: EnterHands) -> Result<Next, Error> {
        hall.act(command).await
    }
}

/// Who entered what: once both have, so that they can count again where they differ. Until then
/// each sees only the own count, or the second would be led by the first.
async fn entered(hall: &Hall, motion: &Motion) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    let own = hall.staff.actor.account;
    for meetings::Hands { by, counts: [yes, no, none] } in &motion.hands {
        let mine = by.as_ref().is_some_and(|by| own.is_some_and(|own| by.is(&own)));
        if !mine && !motion.both_entered() {
            continue;
        }
        let name = match by.as_ref().and_then(Sealed::get) {
            Some(id) => account(&hall.cx.app.office.db, *id).await?.map(|row| row.name),
            None => None,
        };
        let name = name.unwrap_or_else(|| "—".to_owned());
        let t = hall.cx.locale;
        lines.push(
            t.with("hands-entered", &[("name", &name), ("for", yes), ("against", no), ("abstain", none)]),
        );
    }
    Ok(lines)
}
