//! The page of a matter at work: what was said, how it came to this, who is owed an answer. Only
//! forms that this person may send are shown; each is in a file of its own.

use super::answer::Answer;
use super::close::Close;
use super::extend::Extend;
use super::get_in_touch::GetInTouch;
use super::hand_over::HandOver;
use super::job::{Job, MatterAtWork};
use super::mend::Mend;
use super::merge::Merge;
use super::note::Note;
use super::progress::Progress;
use super::receipts;
use super::summarise::Summarise;
use super::triage::Triage;
use super::unmerge::Unmerge;
use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::repeats::repeats;
use crate::matters::face::{category, spot, stage_badge, steps};
use crate::matters::face::{meta, topics as topics_of};
use maud::{Markup, html};
use yishi_domain::topics;
use yishi_kernel::{PhotoDigest, Sealed, Stream as _};
use yishi_office::matters::reads::{Support, support};
use yishi_office::people::reads::{account, organisation};
use yishi_office::places::reads::place;
use yishi_web::Error;
use yishi_web::album::PublishPhoto;
use yishi_web::correct::Correct;
use yishi_web::duty::{asking, shelf};
use yishi_web::erasing::Erase;
use yishi_web::feature::{Beside, Whose, above, beside};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::urging::{Urge, badges};

/// What this page says that was done: the words of its acts.
pub(super) const DONE: [&str; 13] = [
    "in-touch",
    "extend",
    "triage",
    "summarise",
    "answer",
    "progress",
    "hand-over",
    "urge",
    "close",
    "note",
    "mend",
    "merge",
    "unmerge",
];

impl Shown for MatterAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t) = (&job.cx, job.cx.locale);
        let (db, ledger, row) = (&cx.app.office.db, job.ledger.ledger, &job.row);
        let slug = &job.ledger.slug;
        let link = job.link();
        // The part of the desk that led here, and what comes next there.
        let from = shelf(cx.page());
        let next = ui::link(&asking("/desk/next", &from), &[("after", &link)]);
        let here = asking(&link, &from);
        let chain = Chain::load(db, ledger, row.id, Reads::All(&job.loaded)).await?;
        let thing = Beside::of_matter(cx, &job.ledger, row.id, Whose::AtWork).await?;
        let (alert, besides) = (above(cx, &thing).await?, beside(cx, &thing).await?);
        let supports = support(db, ledger, &[row.id]).await?.remove(&row.id).unwrap_or_default();
        let facts = facts(job, &chain, supports).await?;
        let photo = |digest: &PhotoDigest| Some(format!("{link}/photo/{}", digest.0));
        let base =
            if job.can_here(&topics::OPEN) { format!("/w/{slug}/t/") } else { format!("/c/{slug}/t/") };
        let title = t.with("work-title", &[("number", &row.number)]);
        let main = html! {
            p.crumbs.no-print {
                a href=(asking("/desk", &from)) { (t.say("desk-title")) }
                " " a.next href=(next) { (t.say("work-next")) }
            }
            @if let Some(done) = done(job) {
                div.notice role="status" { p { (t.say(&format!("work-done-{done}"))) " " a.button href=(next) { (t.say("work-next")) } } }
            }
            h1 { (title) }
            (ui::bits("soft", &meta(row, supports, t)))
            (summary(slip, t))
            (badges(&job.state.urged, t))
            (alert)
            (steps(row.stage, t))
            (topics_of(cx, &thing, &base).await?)
            (repeats(cx, &job.rules, row, slug).await?)
            div.columns {
                div {
                    div.card { (ui::facts(&facts)) }
                    h2 { (t.say("chain-title")) }
                    (chain.view(t, &job.rules, &format!("/w/{slug}/"), &photo))
                    (receipts::first(job).await?)
                    (besides)
                }
                div.no-print { (forms(job, values, slip).await?) }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// The word of what was done just now, where it is one of the acts of this page.
fn done(job: &Job) -> Option<&str> {
    job.cx.done().filter(|word| DONE.contains(word))
}

async fn facts(job: &Job, chain: &Chain, supports: Support) -> Result<Vec<(String, Markup)>, Error> {
    let (cx, t) = (&job.cx, job.cx.locale);
    let (db, row, matter) = (&cx.app.office.db, &job.row, &job.state);
    let person = match matter.person.as_ref().and_then(Sealed::get) {
        Some(id) => account(db, *id).await?.map(|row| row.name),
        None => None,
    };
    let about = match row.about {
        Some(id) => organisation(db, id).await?.map(|row| row.name),
        None => None,
    };
    let named = match matter.about_person.as_ref().and_then(Sealed::get) {
        Some(id) => account(db, *id).await?.map(|row| row.name),
        None => None,
    };
    let own = place(db, matter.at().unwrap_or(row.place)).await?.map(|row| row.name).unwrap_or_default();
    Ok(vec![
        (
            t.say("fact-stage"),
            html! { (stage_badge(row.stage, t)) " " @if let Some((_, at)) = row.next { (ui::due(at, cx.now, t)) } },
        ),
        (t.say("fact-category"), html! { (category(&job.rules, &row.category, t)) }),
        (t.say("fact-exact"), html! { (spot(row)) @if own != row.place_name { " " (own) } }),
        (
            t.say("fact-holder"),
            html! { (chain.holds(t).unwrap_or_else(|| t.say("holder-none"))) @if let Some(name) = person { " · " (name) } },
        ),
        (
            t.say("fact-about"),
            html! { (about.unwrap_or_else(|| "—".to_owned())) @if let Some(name) = named { " · " (name) } },
        ),
        (
            t.say("fact-support"),
            html! { (t.with("support-apart", &[("households", &supports.households), ("others", &supports.others)])) },
        ),
        (t.say("fact-summary"), html! { (row.summary.clone().unwrap_or_else(|| t.say("summary-none"))) }),
    ])
}

async fn forms(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    Ok(html! {
        (job.form::<Triage>(values, slip).await?)
        (job.form::<GetInTouch>(values, slip).await?)
        (job.form::<Answer>(values, slip).await?)
        (job.form::<Progress>(values, slip).await?)
        (job.form::<HandOver>(values, slip).await?)
        (job.form::<Extend>(values, slip).await?)
        (job.form::<Close>(values, slip).await?)
        (job.form::<Urge<MatterAtWork>>(values, slip).await?)
        (job.form::<Note>(values, slip).await?)
        (job.form::<Summarise>(values, slip).await?)
        (job.form::<PublishPhoto<MatterAtWork>>(values, slip).await?)
        (job.form::<Mend>(values, slip).await?)
        (job.form::<Merge>(values, slip).await?)
        (job.form::<Unmerge>(values, slip).await?)
        (job.form::<Correct<MatterAtWork>>(values, slip).await?)
        (job.form::<Erase<MatterAtWork>>(values, slip).await?)
    })
}
