//! Saying whether an invited body comes; the worker enters what was said by telephone.

use crate::meetings::hall::{Hall, MeetingAtWork, Standing};
use crate::meetings::hall::{invited, standing};
use maud::{Markup, html};
use yishi_domain::meetings::{self, Coming, REPLY};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying whether an invited body comes.
#[derive(Debug)]
pub struct Reply;

impl Act for Reply {
    type On = MeetingAtWork;
    type Command = meetings::Reply;
    const WORD: &'static str = "reply";
    const RIGHT: &'static Right = &REPLY;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let invited = invited(hall);
        if invited.is_empty() {
            return Ok(html! {});
        }
        let t = f.t();
        let waiting = standing(hall) == Standing::Invited;
        let coming = t.choices::<Coming>();
        let inner = html! {
            @if let ([(id, name)], true) = (invited.as_slice(), waiting) { p { strong { (name) } } (f.hidden("organisation", id)) }
            @else { (f.select("organisation", &invited)) }
            (f.radios("coming", &coming))
            (f.text("note"))
            (f.submit("reply-send", "wide"))
        };
        Ok(match waiting {
            true => f.card(&t.say("reply-title"), &inner),
            false => f.folded(&t.say("reply-title-for"), &inner),
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Reply, Slip> {
        let organisation = r.id("organisation", "form-choose");
        let coming = r.word("coming", Coming::parse, "form-choose");
        // Whoever does not come says why.
        let note = match coming {
            Some(Coming::No) => r.line("note", hall.limits()),
            Some(Coming::Yes) | None => r.line_or_none("note", hall.limits()).map(Option::unwrap_or_default),
        };
        r.done(|| Some(meetings::Reply { organisation: organisation?, coming: coming?, note: note? }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Reply) -> Result<Next, Error> {
        hall.act(command).await
    }
}
