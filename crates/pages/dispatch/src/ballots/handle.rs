//! The page of a result for those who compare it with its paper, confirm it or reject it.

use super::confirm::Confirm;
use super::reject::Reject;
use super::result::{ResultAtWork, Work};
use super::show::told;
use maud::{Markup, html};
use yishi_domain::ballots::{CONFIRM, ResultStage};
use yishi_web::Error;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};

impl Shown for ResultAtWork {
    async fn show(work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&work.cx, work.cx.locale, &work.ledger.slug);
        let number = work.row.result.number;
        let title = t.with("owners-result-title", &[("number", &number)]);
        let paper: Vec<_> = work.state.paper.get().into_iter().flatten().collect();
        let own = work.state.stage == ResultStage::Entered && !work.can(&CONFIRM);
        let main = html! {
            p.crumbs.no-print { a href={ "/w/" (slug) "/g/" (work.row.meeting.number) } { (work.row.meeting.title) } }
            h1 { (title) }
            (summary(slip, t))
            div.columns {
                div {
                    (told(cx, slug, &work.row, &work.state).await?)
                    h2 { (t.say("owners-paper")) }
                    @if paper.is_empty() { p { (t.say("owners-paper-gone")) } }
                    (ui::photos(paper.iter().map(|photo| (format!("{}/photo/{}", work.link(), photo.0), t.say("owners-paper"))), t))
                    p { a href={ "/c/" (slug) "/b/" (number) } { (t.say("owners-public")) } }
                }
                div.no-print {
                    @if own { div.notice.warn { p { (t.say("owners-not-own")) } } }
                    (work.form::<Confirm>(values, slip).await?)
                    (work.form::<Reject>(values, slip).await?)
                    (work.form::<Correct<ResultAtWork>>(values, slip).await?)
                    (work.form::<Erase<ResultAtWork>>(values, slip).await?)
                }
            }
        };
        let nav = staff_nav_at(cx, &work.staff, slug);
        let (locale, view, here) = (t, cx.view, work.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
    }
}
