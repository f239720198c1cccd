//! Reporting in (报到) or, for an order of work, signing for it.

use super::job::{Job, OrderAtWork};
use crate::dispatch::face::Arrival;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, OrderKind, OrderStage, REPORT_IN};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Reporting in (报到) or, for an order of work, signing for it.
#[derive(Debug)]
pub struct ReportIn;

impl Act for ReportIn {
    type On = OrderAtWork;
    type Command = dispatch::ReportIn;
    const WORD: &'static str = "report-in";
    const RIGHT: &'static Right = &REPORT_IN;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.row.order.kind == OrderKind::Letter {
            return Ok(html! {});
        }
        let missing = missing(job);
        // The community's own people sign once, and are at work from then on.
        let nobody = !job.row.called.is_empty() || job.row.order.stage != OrderStage::Sent;
        if missing.is_empty() && nobody {
            return Ok(html! {});
        }
        let title = match job.row.order.kind {
            OrderKind::Work => "dispatch-sign",
            _ => "dispatch-report-in",
        };
        let inner = html! {
            @if !job.role.of_organisation() && !missing.is_empty() {
                (f.select("body", &missing).label("dispatch-report-for"))
            }
            (f.area("note").label("dispatch-report-note").hint("public-hint"))
            (f.submit(title, "wide"))
        };
        Ok(f.card(&f.t().say(title), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::ReportIn, Slip> {
        let (organisation, note) = (r.id_or_none("body"), r.text("note"));
        r.done(|| Some(dispatch::ReportIn { organisation, note }))
    }

    async fn carry_out(job: &Job, command: dispatch::ReportIn) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// The bodies that have not come yet: for somebody of a body, only the own ones.
fn missing(job: &Job) -> Vec<(String, String)> {
    let own = job.bodies();
    let missing = job.row.called.iter().filter(|one| !matches!(one.coming, Arrival::Arrived(_)));
    let mine = missing.filter(|one| !job.role.of_organisation() || own.contains(&one.organisation));
    mine.map(|one| (one.organisation.to_string(), one.name.clone())).collect()
}
