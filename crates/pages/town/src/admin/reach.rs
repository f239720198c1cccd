//! Saying under which telephone a community or street is reached, and when somebody is there.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{self, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::local;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying how a place is reached.
#[derive(Debug)]
pub struct Reach;

impl Act for Reach {
    type On = KeptPlace;
    type Command = places::Reach;
    const WORD: &'static str = "reach";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.kind.keeps_ledger() {
            return Ok(html! {});
        }
        let t = f.t();
        let above = sheet.cx.app.office.local(Some(sheet.row.id)).await?;
        let above = above.reached.as_ref().filter(|one| one.place != sheet.row.id);
        let inner = html! {
            p { (t.say("place-reach-lead")) }
            @if let Some(one) = above { p.soft { (t.say("place-reach-above")) " " (local::reached(one, t)) } }
            (f.text("phone").start(sheet.row.phone.clone().unwrap_or_default()))
            (f.text("hours").start(sheet.row.hours.clone().unwrap_or_default()))
            (f.submit("place-reach-send", "second"))
        };
        Ok(html! { div id="reach" { (f.card(&t.say("place-reach"), &inner)) } })
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<places::Reach, Slip> {
        let phone = match r.some("phone") {
            None => Some(None),
            Some(_) => r.id("phone", "place-wrong-phone").map(Some),
        };
        let hours = r.text("hours");
        r.done(|| Some(places::Reach { phone: phone?, hours }))
    }

    async fn carry_out(sheet: &Keeping, command: places::Reach) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
