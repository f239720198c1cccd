//! One-time slips: one person has them made, and another says how many were handed out. Printing
//! them is a page of its own.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, IssueSlips, MeetingStage, REGISTER, ReleaseSlips, Sheet};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// How many are offered first.
const OFFERED: &str = "60";

/// Whether slips are of use now.
fn of_use(hall: &Hall) -> bool {
    matches!(hall.state.stage, MeetingStage::Called | MeetingStage::Open)
}

/// Having slips made.
#[derive(Debug)]
pub struct Issue;

impl Act for Issue {
    type On = MeetingAtWork;
    type Command = IssueSlips;
    const WORD: &'static str = "slips";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if !of_use(hall) {
            return Ok(html! {});
        }
        let (t, slips) = (f.t(), &hall.state.sitting.slips);
        let fresh = fresh_form(&hall.cx)?;
        let made = slips.issued();
        let inner = html! {
            p { (t.say("slips-lead")) }
            @if made > 0 {
                p { (t.with("slips-made", &[("made", &made), ("released", &slips.released)])) }
                p { a.button.second href={ (hall.link()) "/slips" } { (t.say("slips-print")) } }
            }
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            @if hall.state.agenda.council.is_some() { p { (t.say("slips-members")) } (f.hidden("count", "1")) }
            @else { (f.number("count").start(OFFERED)) }
            (f.submit("slips-send", "second wide"))
        };
        Ok(if made == 0 {
            f.card(&t.say("slips-title"), &inner)
        } else {
            f.folded(&t.say("slips-title"), &inner)
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<IssueSlips, Slip> {
        let (word, count) = (r.text("form"), r.number("count"));
        r.done(|| {
            let count = count?;
            let form = sent_with(&hall.cx, &word, &count.to_string()).ok()?.beside();
            // More than fit are refused by the rule, in its words.
            Some(IssueSlips { count: u32::try_from(count).unwrap_or(u32::MAX), word: form.secret("slips") })
        })
    }

    async fn carry_out(hall: &Hall, command: IssueSlips) -> Result<Next, Error> {
        hall.act(command).await?;
        Ok(Next::To(format!("{}/slips", hall.link())))
    }
}

/// Saying how many were handed out.
#[derive(Debug)]
pub struct Release;

impl Act for Release {
    type On = MeetingAtWork;
    type Command = ReleaseSlips;
    const WORD: &'static str = "release";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let (t, slips) = (f.t(), &hall.state.sitting.slips);
        let waiting: Vec<&Sheet> = slips.waiting().collect();
        if waiting.is_empty() || !of_use(hall) {
            return Ok(html! {});
        }
        // Whoever made them waits for somebody else.
        let own = hall.staff.actor.account;
        let mine = |sheet: &&Sheet| sheet.by.as_ref().is_some_and(|by| own.is_some_and(|own| by.is(&own)));
        if waiting.iter().any(mine) {
            return Ok(
                html! { section.card { h2 { (t.say("release-title")) } p { (t.say("release-own")) } } },
            );
        }
        let inner = html! {
            p { (t.with("release-lead", &[("released", &slips.released)])) }
            (f.number("upto").start(slips.issued().to_string()))
            (f.submit("release-send", "wide"))
        };
        Ok(f.card(&t.say("release-title"), &inner))
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<ReleaseSlips, Slip> {
        let upto = r.number("upto");
        r.done(|| Some(ReleaseSlips { upto: u32::try_from(upto?).unwrap_or(u32::MAX) }))
    }

    async fn carry_out(hall: &Hall, command: ReleaseSlips) -> Result<Next, Error> {
        hall.act(command).await
    }

    /// A number that no slip has is wrong here.
    fn field(error: &Error) -> Option<&'static str> {
        let unknown = matches!(error, Error::Refused(why) if *why == meetings::Refusal::SlipUnknown);
        if unknown { Some("upto") } else { error.field() }
    }
}
