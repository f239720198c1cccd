//! Erasing what was said and who said it, on the person's wish (删除权).

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::ERASE;
use yishi_kernel::{EraseReason, Right};
use yishi_web::Error;
use yishi_web::read::Ticked;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Erasing on the person's wish (删除权).
#[derive(Debug)]
pub struct Erase;

impl Act for Erase {
    type On = MatterAtWork;
    type Command = EraseReason;
    const WORD: &'static str = "erase";
    const RIGHT: &'static Right = &ERASE;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let reasons = f.t().choices::<EraseReason>();
        let inner = html! {
            p { (f.t().say("erase-lead")) }
            (f.select("reason", &reasons))
            (f.check("sure"))
            (f.submit("erase-send", "danger"))
        };
        Ok(f.folded(&f.t().say("erase-title"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<EraseReason, Slip> {
        let reason = r.word("reason", EraseReason::parse, "form-choose");
        if r.ticked("sure") == Ticked::No {
            r.wrong("sure", "erase-wrong-sure");
        }
        r.done(|| reason)
    }

    async fn carry_out(job: &Job, reason: EraseReason) -> Result<Next, Error> {
        let office = &job.cx.app.office;
        office.erase_matter(&job.staff.actor, job.ledger.ledger, job.row.id, reason).await?;
        Ok(Next::Back)
    }
}
