//! Asking the street again after it declined (再次请求吹哨): only with what is new, which everyone reads.

use super::blow::wished;
use super::job::{Job, OrderAtWork};
use super::limits;
use super::send_instead::to_the_next;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, GO_ON, LimitClass, OrderKind, WhistleKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::holders::bodies;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Asking again.
#[derive(Debug)]
pub struct AskAgain;

impl Act for AskAgain {
    type On = OrderAtWork;
    type Command = dispatch::Limited<dispatch::AskAgain>;
    const WORD: &'static str = "again";
    const RIGHT: &'static Right = &GO_ON;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.went_on.contains_key(&OrderKind::Whistle) {
            return Ok(html! {});
        }
        let (asked, lead) = wished(job).await?;
        let all = bodies(&job.cx, &job.path).await?;
        let t = f.t();
        let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
        let lead = lead.map(|id| id.to_string()).unwrap_or_default();
        let kind = job.row.order.whistle.map_or("", |kind| kind.word());
        let proposed = job.state.limit.unwrap_or(LimitClass::Ordinary);
        let inner = html! {
            p { (t.say("dispatch-again-lead")) }
            (f.area("reason").label("dispatch-again-new").hint("public-hint"))
            (f.radios("whistle", &t.choices::<WhistleKind>()).start(kind))
            (f.checks("departments", &all, &asked))
            (f.select("lead", &all).label("dispatch-choose-lead").start(lead))
            (limits::fields(&job.cx, &job.rules, f, proposed, ""))
            (f.submit("dispatch-again", "second wide"))
        };
        Ok(f.folded(&t.say("dispatch-again"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<Self::Command, Slip> {
        let whistle = r.word("whistle", WhistleKind::parse, "dispatch-wrong-whistle");
        let (reason, departments) = (r.text("reason"), r.ids("departments"));
        let lead = r.id("lead", "dispatch-wrong-lead");
        let limit = limits::read(&job.cx, job.limits(), &mut r);
        r.done(|| {
            let (whistle, lead, (class, other)) = (whistle?, lead?, limit?);
            let order = dispatch::AskAgain { reason, whistle, departments, lead, finish_by: job.cx.now };
            Some(dispatch::Limited { order, class, other })
        })
    }

    async fn carry_out(job: &Job, command: Self::Command) -> Result<Next, Error> {
        job.act(command).await?;
        to_the_next(job, OrderKind::Whistle).await
    }
}
