//! Noting a statement, proposal or plan: in the room, or by an invited body itself.

use crate::meetings::hall::{Hall, MeetingAtWork, Standing};
use crate::meetings::hall::{invited_or, standing};
use maud::{Markup, html};
use yishi_domain::meetings::{self, SPEAK, StatementKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting a statement, proposal or plan.
#[derive(Debug)]
pub struct Speak;

impl Act for Speak {
    type On = MeetingAtWork;
    type Command = meetings::Speak;
    const WORD: &'static str = "state";
    // "state" is also what the board calls where a matter stands.
    const NAMES: &'static str = "speak";
    const RIGHT: &'static Right = &SPEAK;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let own = standing(hall) == Standing::Invited;
        let (forms, bodies) = (t.choices::<StatementKind>(), invited_or(hall, "speak-nobody"));
        // A body comes with what it offers to do.
        let first = if own { StatementKind::Plan } else { StatementKind::Statement };
        let inner = html! {
            (f.radios("form", &forms).start(first.word()))
            @if !own { (f.select("organisation", &bodies)) }
            (f.area("text").hint("public-hint"))
            (f.submit("speak-send", "second wide"))
        };
        let title = t.say("speak-title");
        Ok(if own { f.card(&title, &inner) } else { f.folded(&title, &inner) })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Speak, Slip> {
        let form = r.word("form", StatementKind::parse, "form-choose");
        let organisation = r.id_or_none("organisation");
        let text = r.note("text", hall.limits());
        r.done(|| Some(meetings::Speak { form: form?, organisation, text: text? }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Speak) -> Result<Next, Error> {
        hall.act(command).await
    }
}
