//! Saying that whoever raised a matter was contacted: first of all where they left a telephone.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::evaluation::CallWay;
use yishi_domain::matters::{self, CONTACT};
use yishi_kernel::Right;
use yishi_office::matters::reads::to_contact;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying that they were contacted (联系反映人).
#[derive(Debug)]
pub struct GetInTouch;

impl Act for GetInTouch {
    type On = MatterAtWork;
    type Command = matters::GetInTouch;
    const WORD: &'static str = "in-touch";
    const RIGHT: &'static Right = &CONTACT;
    const DONE: Option<&'static str> = Some("in-touch");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let (t, key) = (f.t(), (job.ledger.ledger, job.row.id));
        let first = !to_contact(&job.cx.app.office.db, &[key]).await?.is_empty();
        let ways = t.choices::<CallWay>();
        let inner = html! {
            @if first { p { (t.say("in-touch-lead")) } }
            (f.radios("way", &ways).start(CallWay::Telephone.word()))
            (f.submit("in-touch-send", "second wide"))
        };
        let title = t.say(if first { "in-touch-first" } else { "in-touch-title" });
        Ok(if first { f.card(&title, &inner) } else { f.folded(&title, &inner) })
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<matters::GetInTouch, Slip> {
        let way = r.word("way", CallWay::parse, "form-choose");
        r.done(|| Some(matters::GetInTouch { way: way? }))
    }

    async fn carry_out(job: &Job, command: matters::GetInTouch) -> Result<Next, Error> {
        job.act(command).await
    }
}
