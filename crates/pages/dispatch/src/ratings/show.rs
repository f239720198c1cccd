//! The page of a double assessment for both sides: what was said so far, and what is still asked.

use super::assessment::{AssessmentAtWork, Job};
use super::rate::{Body, Street};
use super::said::said;
use maud::{Markup, html};
use yishi_web::Error;
use yishi_web::correct::Correct;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};

impl Shown for AssessmentAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
        let (row, link, title) = (&job.row, job.link(), t.say("assessment-title"));
        let said = said(cx, &job.state).await?;
        let main = html! {
            p.crumbs.no-print {
                a href="/desk" { (t.say("desk-title")) } " · "
                a href={ "/w/" (slug) "/o/" (row.order_number) } { (row.task) }
            }
            h1 { (title) }
            (small(row.number, t))
            (summary(slip, t))
            p { (t.say("assessment-lead")) }
            @if job.state.ended.is_none() { p { (ui::due(job.state.due, cx.now, t)) } }
            div.columns {
                div {
                    (said)
                    div.actions.no-print { a.button.second href={ (link) "/paper" } { (t.say("assessment-paper")) } }
                    p.no-print { a href={ "/c/" (slug) "/ratings" } { (t.say("ratings-title")) } }
                }
                div.no-print {
                    (job.form::<Body>(values, slip).await?)
                    (job.form::<Street>(values, slip).await?)
                    (job.form::<Correct<AssessmentAtWork>>(values, slip).await?)
                }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
    }
}
