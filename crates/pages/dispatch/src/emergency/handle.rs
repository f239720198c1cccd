//! The page of an emergency for those who confirm it, send what it frees and post its accounts.

use super::accounts::Account;
use super::basis::{BasisAtWork, Job};
use super::confirm::{Confirm, may_confirm};
use super::reject::Reject;
use super::send::{Whistle, Work};
use super::show::told;
use maud::{Markup, html};
use yishi_domain::emergency::BasisStage;
use yishi_web::Error;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};

impl Shown for BasisAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
        let (row, matter) = (&job.row.basis, &job.row.matter);
        let title = t.with("basis-title", &[("number", &row.number)]);
        let paper = job.state.applied.as_ref().map(|applied| applied.paper.get());
        let waits = job.state.stage == BasisStage::Entered && !may_confirm(job);
        let main = html! {
            p.crumbs.no-print { a href={ "/w/" (slug) "/" (matter.number) } { (t.with("work-title", &[("number", &matter.number)])) } }
            h1 { (title) }
            (summary(slip, t))
            div.columns {
                div {
                    (told(cx, slug, &job.row, &job.state).await?)
                    @if let Some(paper) = paper { (photos(job, paper.map(Vec::as_slice).unwrap_or_default())) }
                    p { a href={ "/c/" (slug) "/e/" (row.number) } { (t.say("basis-public")) } }
                }
                div.no-print {
                    @if waits { div.notice.warn { p { (t.say("basis-not-own")) } } }
                    (job.form::<Confirm>(values, slip).await?)
                    (job.form::<Work>(values, slip).await?)
                    (job.form::<Whistle>(values, slip).await?)
                    (job.form::<Account>(values, slip).await?)
                    (job.form::<Reject>(values, slip).await?)
                    (job.form::<Correct<BasisAtWork>>(values, slip).await?)
                    (job.form::<Erase<BasisAtWork>>(values, slip).await?)
                }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view, here) = (t, cx.view, job.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// The paper of the application.
fn photos(job: &Job, paper: &[yishi_kernel::PhotoDigest]) -> Markup {
    let t = job.cx.locale;
    html! {
        h2 { (t.say("basis-paper")) }
        @if paper.is_empty() { p { (t.say("basis-paper-gone")) } }
        (ui::photos(paper.iter().map(|photo| (format!("{}/photo/{}", job.link(), photo.0), t.say("basis-paper"))), t))
    }
}
