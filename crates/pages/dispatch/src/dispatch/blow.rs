//! Whistling (吹哨): which departments come, who leads, by when.

use super::job::{Job, OrderAtWork};
use super::limits;
use crate::dispatch::face::event_of;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, BLOW, Event, LimitClass, WhistleKind};
use yishi_kernel::{Entry, OrganisationId, Right};
use yishi_store::ledgers::entries_of;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::holders::bodies;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Whistling (吹哨).
#[derive(Debug)]
pub struct Blow;

impl Act for Blow {
    type On = OrderAtWork;
    type Command = dispatch::Limited<dispatch::Blow>;
    const WORD: &'static str = "blow";
    const RIGHT: &'static Right = &BLOW;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let (asked, lead) = wished(job).await?;
        let all = bodies(&job.cx, &job.path).await?;
        let t = f.t();
        let kinds: Vec<(String, String)> =
            WhistleKind::ALL.iter().map(|kind| (kind.word().to_owned(), t.word(*kind))).collect();
        let kind = job.row.order.whistle.map_or("", |kind| kind.word());
        let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
        let lead = lead.map(|id| id.to_string()).unwrap_or_default();
        let proposed = job.state.limit.unwrap_or(LimitClass::Ordinary);
        // A day that was agreed, and not chosen by a class, is another one still.
        let agreed = match job.state.limit {
            None => job.row.order.finish_by.deadline_date().to_string(),
            Some(_) => String::new(),
        };
        let inner = html! {
            (f.radios("whistle", &kinds).start(kind))
            (f.checks("departments", &all, &asked))
            (f.select("lead", &all).label("dispatch-choose-lead").start(lead))
            (f.minute("arrive").label("dispatch-arrive-by"))
            (limits::fields(&job.cx, &job.rules, f, proposed, &agreed))
            (f.submit("dispatch-blow", "wide"))
        };
        Ok(f.card(&t.say("dispatch-blow"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<Self::Command, Slip> {
        let whistle = r.word("whistle", WhistleKind::parse, "dispatch-wrong-whistle");
        let departments = r.ids("departments");
        let lead = r.id("lead", "dispatch-wrong-lead");
        let arrive_by = r.minute_or_none("arrive", "dispatch-wrong-minute");
        let limit = limits::read(&job.cx, job.limits(), &mut r);
        r.done(|| {
            let (whistle, lead, arrive_by, (class, other)) = (whistle?, lead?, arrive_by?, limit?);
            let order = dispatch::Blow { whistle, departments, lead, arrive_by, finish_by: job.cx.now };
            Some(dispatch::Limited { order, class, other })
        })
    }

    async fn carry_out(job: &Job, command: Self::Command) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// What the community asked for: the departments, and which of them leads.
pub(super) async fn wished(job: &Job) -> Result<(Vec<OrganisationId>, Option<OrganisationId>), Error> {
    let row = &job.row.order;
    let first = entries_of(&job.cx.app.office.db, row.ledger, &row.id.into()).await?.into_iter().next();
    let Some(entry) = first else { return Ok((Vec::new(), None)) };
    match event_of(&entry, None)?.what {
        Entry::Own(Event::Asked { departments, lead, .. }) => Ok((departments, Some(lead))),
        _ => Ok((Vec::new(), None)),
    }
}
