//! Noting that somebody is a member no more.

use super::roll::{KeptCouncil, Roll, called};
use maud::{Markup, html};
use yishi_domain::councils::{self, KEEP, LeftFor};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting that somebody is a member no more.
#[derive(Debug)]
pub struct Leave;

impl Act for Leave {
    type On = KeptCouncil;
    type Command = councils::Leave;
    const WORD: &'static str = "leave";
    const RIGHT: &'static Right = &KEEP;

    async fn form(roll: &Roll, f: &Form<'_>) -> Result<Markup, Error> {
        let stands = roll.state.members.iter().filter(|one| one.left.is_none());
        let members: Vec<_> = stands.map(|one| (one.number.to_string(), called(one, roll))).collect();
        if members.is_empty() {
            return Ok(html! {});
        }
        let (t, why) = (f.t(), f.t().choices::<LeftFor>());
        let inner = html! {
            (f.select("member", &members))
            (f.radios("why", &why))
            (f.submit("leave-send", "danger"))
        };
        Ok(f.folded(&t.say("leave-title"), &inner))
    }

    async fn read(_: &Roll, mut r: Reader<'_>) -> Result<councils::Leave, Slip> {
        let member = r.id("member", "form-choose");
        let why = r.word("why", LeftFor::parse, "form-choose");
        r.done(|| Some(councils::Leave { member: member?, why: why? }))
    }

    async fn carry_out(roll: &Roll, command: councils::Leave) -> Result<Next, Error> {
        roll.act(command).await
    }
}
