//! Ruling whose an order is that a body says is not its own.

use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, OrderKind, RULE};
use yishi_kernel::{Resource, Right};
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::holders::{fitting, holder};
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Ruling whose an order is that a body says is not its own.
#[derive(Debug)]
pub struct Rule;

impl Act for Rule {
    type On = OrderAtWork;
    type Command = dispatch::Rule;
    const WORD: &'static str = "rule";
    const RIGHT: &'static Right = &RULE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        // Those called are parties to the dispute, not to what the matter is about.
        let at = Resource::at(&job.path).concerning(&job.state.about);
        let mut options = fitting(&job.cx, &job.staff, &at).await?;
        if job.row.order.kind != OrderKind::Work {
            options.retain(|(value, _)| value.starts_with("organisation/"));
        }
        let inner = html! {
            p { (f.t().say("dispatch-rule-lead")) }
            (f.select("holder", &options).label("dispatch-rule-holder").start(job.row.order.doer.clone()))
            (f.area("reason").hint("public-hint"))
            (f.day("finish").label("dispatch-finish-by").start(job.row.order.finish_by.deadline_date().to_string()))
            (f.submit("dispatch-rule", "wide"))
        };
        Ok(f.card(&f.t().say("dispatch-rule"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<dispatch::Rule, Slip> {
        let given = holder(&job.cx, &r.text("holder"), &job.path).await.ok();
        if given.is_none() {
            r.wrong("holder", "dispatch-wrong-holder");
        }
        let (reason, finish_by) = (r.text("reason"), r.day("finish", "dispatch-wrong-day"));
        r.done(|| {
            let ((holder, _), finish_by) = (given?, finish_by?);
            Some(dispatch::Rule { holder, reason, finish_by })
        })
    }

    async fn carry_out(job: &Job, command: dispatch::Rule) -> Result<Next, Error> {
        job.act(command).await
    }
}
