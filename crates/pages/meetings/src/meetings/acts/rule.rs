//! Ruling on an objection: a form for each that waits, with what only those read who rule.

use crate::meetings::hall::standing;
use crate::meetings::hall::{Hall, MeetingAtWork, Standing};
use maud::{Markup, html};
use yishi_domain::meetings::{self, Event, Objection, RULE, Ruling};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui;

/// Ruling on an objection.
#[derive(Debug)]
pub struct Rule;

impl Act for Rule {
    type On = MeetingAtWork;
    type Command = meetings::Rule;
    const WORD: &'static str = "rule";
    const RIGHT: &'static Right = &RULE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let rulings = t.choices::<Ruling>();
        Ok(html! {
            @for objection in hall.state.outcome.open_objections() {
                @let f = f.nth(objection.number);
                section.card id={ "rule-" (objection.number) } {
                    h2 { (t.with("object-number", &[("number", &objection.number)])) " " (ui::due(objection.due, hall.cx.now, t)) }
                    @if objection.devices.len() > 1 { p { (t.with("object-voices", &[("count", &objection.devices.len())])) } }
                    @for (text, contact) in said(hall, objection) {
                        p.pre.quoted { (text.unwrap_or_else(|| "—".to_owned())) }
                        @if let Some(contact) = contact { p.small { (t.with("rule-contact", &[("contact", &contact)])) } }
                    }
                    (f.bare(&html! {
                        (f.radios("ruling", &rulings))
                        (f.area("reason").label("meeting-rule-reason").hint("public-hint"))
                        (f.submit("rule-send", "wide"))
                    }))
                }
            }
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Rule, Slip> {
        let number = r.nth();
        let ruling = r.word("ruling", Ruling::parse, "form-choose");
        let reason = r.note("reason", hall.limits());
        r.done(|| Some(meetings::Rule { number: number?, ruling: ruling?, reason: reason? }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Rule) -> Result<Next, Error> {
        hall.act(command).await
    }
}

/// What was written by those who objected to the same, with how to reach them.
fn said(hall: &Hall, objection: &Objection) -> Vec<(Option<String>, Option<String>)> {
    let is = |event: &Event| matches!(event, Event::Objected { number, .. } if *number == objection.number);
    let entries = hall.row.story.entries.iter().filter(|entry| is(&entry.event.what));
    let field = |version, field| hall.loaded.private(version, field);
    entries.map(|entry| (field(entry.version, "text"), field(entry.version, "contact"))).collect()
}

/// Whoever does not rule on objections learns who does.
#[must_use]
pub fn waits(hall: &Hall) -> Markup {
    let open = hall.state.outcome.open_objections().next().is_some();
    let waits = open && !hall.can(&RULE) && standing(hall) == Standing::Steering;
    html! { @if waits { div.notice.warn { p { (hall.cx.locale.say("rule-wait")) } } } }
}
