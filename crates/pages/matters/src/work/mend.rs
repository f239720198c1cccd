//! Mending (改正) how a matter was sorted, or where it is: one form that stands filled in as it is now;
//! whoever sends it changes what was wrong, and says why.

use super::job::{Job, MatterAtWork};
use super::triage::outcomes;
use crate::matters::face::categories;
use maud::{Markup, html};
use yishi_domain::matters::{self, MEND, Outcome, Rules, StageKind};
use yishi_kernel::{PlaceId, Right};
use yishi_office::places::reads::found_below;
use yishi_web::Error;
use yishi_web::places::spot;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// How many of the places that fit are named to choose from.
const NAMED: usize = 5;

/// Mending (改正).
#[derive(Debug)]
pub struct Mend;

impl Act for Mend {
    type On = MatterAtWork;
    type Command = matters::Mend;
    const WORD: &'static str = "mend";
    const RIGHT: &'static Right = &MEND;
    const DONE: Option<&'static str> = Some("mend");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let (matter, t) = (&job.state, f.t());
        let mut kinds = outcomes(t);
        kinds.retain(|(word, _)| {
            matter.outcome.map(|one| one.word()) == Some(word.as_str())
                || *word != Outcome::NotAccepted.word()
        });
        let mut categories = categories(&job.rules, t);
        if job.row.category.is_empty() {
            categories.insert(0, (String::new(), t.say("triage-category-choose")));
        }
        let here = spot(&job.cx, matter.exact.get().copied().unwrap_or(matter.place)).await?;
        let inner = html! {
            p { (t.say("mend-lead")) }
            @if let Some(outcome) = matter.outcome.filter(|_| job.row.stage != StageKind::Closed) {
                (f.select("outcome", &kinds).label("triage-outcome").start(outcome.word()))
            }
            (f.select("category", &categories).label("fact-category").start(job.row.category.as_str()))
            (f.text("place").start(here))
            (f.text("reason").hint("public-hint"))
            (f.submit("mend-send", "second wide"))
        };
        Ok(f.folded(&t.say("mend-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Mend, Slip> {
        let outcome = match r.some("outcome") {
            Some(_) => r.word("outcome", Outcome::parse, "triage-wrong-outcome").map(Some),
            None => Some(None),
        };
        let category = match r.some("category") {
            Some(code) => r.taken("category", job.rules.section::<Rules>().known_category(&code)).map(Some),
            None => Some(None),
        };
        let place = place(job, &mut r).await;
        let reason = r.line("reason", job.limits());
        r.done(|| {
            let category = category?.map(|code| code.0);
            Some(matters::Mend { outcome: outcome?, category, place: place?, reason: reason? })
        })
    }

    async fn carry_out(job: &Job, command: matters::Mend) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// The place that was typed, where it is another one than it stands at. Of several that fit none is
/// guessed: they are named.
async fn place(job: &Job, r: &mut Reader<'_>) -> Option<Option<PlaceId>> {
    let typed = r.text("place");
    let now = job.state.exact.get().copied().unwrap_or(job.state.place);
    let stands = spot(&job.cx, now).await.ok();
    if typed.trim().is_empty() || stands.as_deref() == Some(typed.trim()) {
        return Some(None);
    }
    let community = job.cx.place(job.ledger.ledger).await.ok()?;
    if typed.trim() == community.name {
        return Some(Some(community.id));
    }
    let (found, _) = found_below(&job.cx.app.office.db, &community, &typed).await.ok()?;
    let whole = |names: &[String]| names.join(" ");
    let exactly = found.iter().find(|(_, names)| whole(names) == typed.trim());
    match (exactly, &found[..]) {
        (Some((one, _)), _) | (None, [(one, _)]) => Some(Some(one.id)),
        (None, []) => {
            r.wrong("place", "mend-nowhere");
            None
        }
        (None, several) => {
            let names: Vec<String> = several.iter().take(NAMED).map(|(_, names)| whole(names)).collect();
            let names = names.join(r.t().pick("；", "; "));
            r.wrong_with("place", "mend-several", &[("places", &names)]);
            None
        }
    }
}
