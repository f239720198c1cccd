//! The page of an exclusion for those who steer: all of it, the matter it is about, and for the street the
//! two ways to rule.

use super::face::told;
use super::page::{ExclusionAtWork, Job};
use super::rule::{Grant, Refuse};
use crate::matters::face::headline;
use maud::{Markup, html};
use yishi_web::Error;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};

impl Shown for ExclusionAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
        let (matter, link) = (&job.row.matter, job.link());
        let title = t.say("exclusion-title");
        let of = t.with("work-title", &[("number", &matter.number)]);
        let main = html! {
            p.crumbs.no-print {
                a href="/desk" { (t.say("desk-title")) } " · "
                a href={ "/w/" (slug) "/" (matter.number) } { (of) }
            }
            h1 { (title) }
            (small(job.row.exclusion.number, t))
            p { a href={ "/w/" (slug) "/" (matter.number) } { (headline(&job.rules, matter, t)) } }
            (summary(slip, t))
            (told(&job.state, cx.now, t))
            div.no-print {
                (job.form::<Grant>(values, slip).await?)
                (job.form::<Refuse>(values, slip).await?)
                (job.form::<Correct<ExclusionAtWork>>(values, slip).await?)
                (job.form::<Erase<ExclusionAtWork>>(values, slip).await?)
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
    }
}
