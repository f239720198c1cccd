//! Ruling: that a matter is left out, of which class and why, or that it counts.

use super::ask::classes;
use super::page::{ExclusionAtWork, Job};
use maud::{Markup, html};
use yishi_domain::exclusion::{self, ExclusionClass, RULE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Leaving it out (准予剔除).
#[derive(Debug)]
pub struct Grant;

impl Act for Grant {
    type On = ExclusionAtWork;
    type Command = exclusion::Grant;
    const WORD: &'static str = "grant";
    const RIGHT: &'static Right = &RULE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let classes = classes(f.t());
        let inner = html! {
            p { (f.t().say("exclusion-grant-lead")) }
            (f.radios("class", &classes).start(job.state.class.word()))
            (f.text("reason").hint("public-hint"))
            (f.submit("exclusion-grant-send", "wide"))
        };
        Ok(f.card(&f.t().say("exclusion-grant-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<exclusion::Grant, Slip> {
        let class = r.word("class", ExclusionClass::parse, "form-choose");
        let reason = r.line("reason", job.limits());
        r.done(|| Some(exclusion::Grant { class: class?, reason: reason? }))
    }

    async fn carry_out(job: &Job, command: exclusion::Grant) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// Letting it count (不予剔除).
#[derive(Debug)]
pub struct Refuse;

impl Act for Refuse {
    type On = ExclusionAtWork;
    type Command = exclusion::Refuse;
    const WORD: &'static str = "refuse";
    const RIGHT: &'static Right = &RULE;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("reason").hint("public-hint"))
            (f.submit("exclusion-refuse-send", "second wide"))
        };
        Ok(f.card(&f.t().say("exclusion-refuse-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<exclusion::Refuse, Slip> {
        let reason = r.line("reason", job.limits());
        r.done(|| Some(exclusion::Refuse { reason: reason? }))
    }

    async fn carry_out(job: &Job, command: exclusion::Refuse) -> Result<Next, Error> {
        job.act(command).await
    }
}
