//! Taking a confirmation back, with a reason that everyone reads.

use crate::rulebook::confirmation::{ConfirmationAtWork, Confirming};
use maud::{Markup, html};
use yishi_domain::rulebook::{self, WITHDRAW};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Taking it back.
#[derive(Debug)]
pub struct Withdraw;

impl Act for Withdraw {
    type On = ConfirmationAtWork;
    type Command = rulebook::Withdraw;
    const WORD: &'static str = "withdraw";
    const RIGHT: &'static Right = &WITHDRAW;

    async fn form(_: &Confirming, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("withdraw-forum-lead")) }
            (f.text("reason").label("withdraw-forum-reason").hint("public-hint"))
            (f.submit("withdraw-forum-send", "danger"))
        };
        Ok(f.folded(&f.t().say("withdraw-forum-title"), &inner))
    }

    async fn read(sheet: &Confirming, mut r: Reader<'_>) -> Result<rulebook::Withdraw, Slip> {
        let reason = r.line("reason", sheet.limits());
        r.done(|| Some(rulebook::Withdraw { reason: reason? }))
    }

    async fn carry_out(sheet: &Confirming, command: rulebook::Withdraw) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
