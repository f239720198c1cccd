//! Posting the accounts of an emergency: what was done, what it cost, who paid.

use super::basis::{BasisAtWork, Job};
use maud::{Markup, html};
use yishi_domain::emergency::{self, ACCOUNT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Posting them.
#[derive(Debug)]
pub struct Account;

impl Act for Account {
    type On = BasisAtWork;
    type Command = emergency::PostAccount;
    const WORD: &'static str = "account";
    const RIGHT: &'static Right = &ACCOUNT;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("basis-account-lead")) }
            (f.area("note").label("basis-account-note").hint("public-hint"))
            (f.amount("yuan").label("basis-account-yuan"))
            (f.text("source").label("basis-account-source"))
            (f.submit("basis-account-send", "wide"))
        };
        Ok(match job.state.order {
            Some(_) => f.card(&t.say("basis-account-title"), &inner),
            // Before anything was sent it only says that it was not needed.
            None => f.folded(&t.say("basis-account-title"), &inner),
        })
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<emergency::PostAccount, Slip> {
        let limits = job.limits();
        let note = r.note("note", limits);
        let fen = r.fen_or_none("yuan", "basis-wrong-yuan");
        let source = match fen {
            Some(Some(_)) => r.line("source", limits),
            Some(None) | None => Some(String::new()),
        };
        r.done(|| Some(emergency::PostAccount { note: note?, fen: fen?, source: source? }))
    }

    async fn carry_out(job: &Job, command: emergency::PostAccount) -> Result<Next, Error> {
        job.act(command).await
    }
}
