//! Sending what an emergency frees, as work or as an emergency whistle. Its line stands there and is
//! not typed again: a form says who does it and by when.

use super::basis::{BasisAtWork, Job};
use maud::{Markup, html};
use yishi_domain::emergency::{self, SEND, SendLeast, Way};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, Right};
use yishi_web::Error;
use yishi_web::holders::{bodies, fitting, holder};
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sending it as work.
#[derive(Debug)]
pub struct Work;

/// Asking the street for an emergency whistle.
#[derive(Debug)]
pub struct Whistle;

/// What leaves, as it was confirmed.
fn least(job: &Job, f: &Form<'_>) -> Markup {
    html! {
        p { strong { (job.state.line) } }
        p.soft { (f.t().say("dispatch-acceptance")) " · " (job.state.acceptance) }
    }
}

/// By when; today, unless it is said otherwise.
fn finish(job: &Job, f: &Form<'_>) -> Markup {
    html! { (f.day("finish").label("dispatch-finish-by").start(job.cx.now.date().to_string())) }
}

fn by(job: &Job, r: &mut Reader<'_>) -> Option<Moment> {
    let day = r.day("finish", "dispatch-wrong-day");
    if day.is_some_and(|day| day <= job.cx.now) {
        r.refuse("finish", Common::Past { field: "finish" });
    }
    day
}

impl Act for Work {
    type On = BasisAtWork;
    type Command = emergency::SendLeast;
    const WORD: &'static str = "send";
    const RIGHT: &'static Right = &SEND;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.order.is_some() {
            return Ok(html! {});
        }
        let t = f.t();
        let options = fitting(&job.cx, &job.staff, job.resource()).await?;
        let inner = html! {
            p { (t.say("basis-send-lead")) }
            (least(job, f))
            (f.select("holder", &options).label("dispatch-doer"))
            (finish(job, f))
            (f.submit("basis-send-send", "wide"))
        };
        Ok(f.card(&t.say("basis-send-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<SendLeast, Slip> {
        let given = holder(&job.cx, &r.text("holder"), &job.path).await.ok();
        if given.is_none() {
            r.wrong("holder", "dispatch-wrong-holder");
        }
        let by = by(job, &mut r);
        r.done(|| {
            let (holder, person) = given?;
            Some(SendLeast { way: Way::Work { holder, person }, finish_by: by? })
        })
    }

    async fn carry_out(job: &Job, command: SendLeast) -> Result<Next, Error> {
        job.act(command).await
    }
}

impl Act for Whistle {
    type On = BasisAtWork;
    type Command = emergency::SendLeast;
    const WORD: &'static str = "whistle";
    const RIGHT: &'static Right = &SEND;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.order.is_some() {
            return Ok(html! {});
        }
        let t = f.t();
        let all = bodies(&job.cx, &job.path).await?;
        let inner = html! {
            p { (t.say("basis-whistle-lead")) }
            (least(job, f))
            (f.area("reason").label("dispatch-ask-reason").hint("public-hint"))
            (f.select("lead", &all).label("dispatch-choose-lead"))
            (f.checks("departments", &all, &[]).label("dispatch-departments"))
            (finish(job, f))
            (f.submit("basis-whistle-title", "second wide"))
        };
        Ok(f.folded(&t.say("basis-whistle-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<SendLeast, Slip> {
        let reason = r.note("reason", job.limits());
        let lead = r.id("lead", "dispatch-wrong-lead");
        let departments = r.ids("departments");
        let by = by(job, &mut r);
        r.done(|| {
            let way = Way::Whistle { reason: reason?, departments, lead: lead? };
            Some(SendLeast { way, finish_by: by? })
        })
    }

    async fn carry_out(job: &Job, command: SendLeast) -> Result<Next, Error> {
        job.act(command).await
    }
}
