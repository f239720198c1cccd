//! Merging a matter into another one (归并), which is named by its number.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, MERGE, MergeInto, StageKind};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Refusal, Right};
use yishi_office::matters::readable::said;
use yishi_office::matters::reads::{matter_by_number, open};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Merging (归并).
#[derive(Debug)]
pub struct Merge;

impl Act for Merge {
    type On = MatterAtWork;
    // The number of the other one.
    type Command = i64;
    const WORD: &'static str = "merge";
    const RIGHT: &'static Right = &MERGE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.row.stage == StageKind::Merged {
            return Ok(html! {});
        }
        let (office, actor) = (&job.cx.app.office, &job.staff.actor);
        let latest = open(&office.db, job.ledger.ledger).await?;
        let mut others = office.readable(actor, latest.rows).await?;
        others.retain(|one| one.id != job.row.id && one.may(actor, &MERGE, job.cx.now).is_ok());
        let texts = said(&office.db, &others).await?;
        let inner = html! {
            p { (f.t().say("merge-lead")) }
            (f.item("into"))
            @if !others.is_empty() {
                ul.small { @for row in &others { li {
                    strong { (row.number) } " " (row.place_name) " " (texts.get(&row.id).map_or_else(String::new, |text| excerpt(text, 30)))
                } } }
            }
            @if latest.next.is_some() { p.hint { (f.t().say("merge-older")) } }
            (f.submit("merge-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("merge-title"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<i64, Slip> {
        let into = r.item("into", "refusal-not-merged");
        r.done(|| into)
    }

    async fn carry_out(job: &Job, number: i64) -> Result<Next, Error> {
        let found = matter_by_number(&job.cx.app.office.db, job.ledger.ledger, number).await?;
        let into = found.ok_or(Refusal::from(matters::Refusal::NotMerged))?;
        job.act(MergeInto { into }).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        match error {
            Error::Refused(refusal) if *refusal == matters::Refusal::NotMerged => Some("into"),
            error => error.field(),
        }
    }
}
