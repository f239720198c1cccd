//! Sorting (分流): what kind of matter it is, what it is about, and who is to hold it.

use super::job::{Job, MatterAtWork, choices, given};
use crate::matters::face::categories;
use maud::{Markup, html};
use yishi_domain::matters::{self, Outcome, Rules, TRIAGE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sorting (分流).
#[derive(Debug)]
pub struct Triage;

impl Act for Triage {
    type On = MatterAtWork;
    type Command = matters::Triage;
    const WORD: &'static str = "triage";
    const RIGHT: &'static Right = &TRIAGE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        // Those who sort speak of 大事、小事、私事; a resident never reads that.
        let sorts =
            Outcome::ALL.iter().map(|one| (one.word().to_owned(), t.say(&format!("sort-{}", one.word()))));
        let outcomes: Vec<_> = sorts.collect();
        // Nothing is chosen before somebody has: the first of the list would be a guess.
        let mut categories = categories(&job.rules, t);
        if f.value("category", &job.row.category).is_empty() {
            categories.insert(0, (String::new(), t.say("triage-category-choose")));
        }
        let holders = choices(job).await?;
        let inner = html! {
            (f.radios("outcome", &outcomes).start(Outcome::Public.word()))
            (f.select("category", &categories).label("fact-category").start(job.row.category.clone()))
            (f.select("holder", &holders))
            (f.area("reason"))
            (f.submit("triage-send", "wide"))
        };
        Ok(f.card(&t.say("triage-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Triage, Slip> {
        let outcome = r.word("outcome", Outcome::parse, "triage-wrong-outcome");
        let rules = job.rules.section::<Rules>();
        let category = r.taken("category", rules.known_category(&r.text("category")));
        let given = given(job, &mut r).await;
        let reason = match outcome {
            // The reason is the answer then, and everyone reads it.
            Some(Outcome::NotAccepted) => r.note("reason", job.limits()),
            _ => Some(r.text("reason")),
        };
        r.done(|| {
            let (outcome, category, (holder, person)) = (outcome?, category?.0, given?);
            Some(matters::Triage { outcome, category, holder, person, reason: reason? })
        })
    }

    async fn carry_out(job: &Job, command: matters::Triage) -> Result<Next, Error> {
        job.act(command).await
    }
}
