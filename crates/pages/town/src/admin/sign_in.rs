//! Ruling whether everyone whose account a place keeps signs in with a second step.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{KEEP, RuleSignIn, SecondStep};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Ruling how people sign in.
#[derive(Debug)]
pub struct SignIn;

impl Act for SignIn {
    type On = KeptPlace;
    type Command = RuleSignIn;
    const WORD: &'static str = "sign-in";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.kind.keeps_ledger() {
            return Ok(html! {});
        }
        let choices = f.t().choices::<SecondStep>();
        let inner = html! {
            (f.radios("second-step", &choices).start(sheet.state.second_step.word()))
            (f.submit("place-sign-in-send", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<RuleSignIn, Slip> {
        let second_step = r.word("second-step", SecondStep::parse, "form-choose");
        r.done(|| Some(RuleSignIn { second_step: second_step? }))
    }

    async fn carry_out(sheet: &Keeping, command: RuleSignIn) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
