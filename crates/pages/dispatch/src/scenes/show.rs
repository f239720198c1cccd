//! The record of a scene for everyone to read, and for those who came the page on which they sign and
//! say what is done.

use super::done::Done;
use super::face::{name, told};
use super::refuse::Refuse;
use super::scene::{Held, Job, SceneAtWork, scene_of};
use super::sign::Sign;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::scenes::Scene;
use yishi_kernel::Sealed;
use yishi_office::scenes::reads::SceneRow;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/x/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let Held { ledger, row, loaded, .. } = scene_of(&cx, &slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let title = name(&cx, &row).await?;
    let main = html! {
        p.crumbs { (of_order(&format!("/c/{slug}"), &row, t)) }
        h1 { (title) }
        (small(number, t))
        (told(&cx, &row, loaded.must()?).await?)
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/c/" (slug) "/x/" (number) "/paper" } { (t.say("scene-paper")) }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn of_order(front: &str, row: &SceneRow, t: Locale) -> Markup {
    html! { a href={ (front) "/o/" (row.order_number) } { (t.say("scene-of-order")) " · " (row.task) } }
}

impl Shown for SceneAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
        let (row, link) = (&job.row, job.link());
        let title = name(cx, row).await?;
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } " · " (of_order(&format!("/w/{slug}"), row, t)) }
            h1 { (title) }
            (small(row.number, t))
            (summary(slip, t))
            div.columns {
                div {
                    (told(cx, row, &job.state).await?)
                    (people(&job.state, t))
                    div.actions.no-print {
                        a.button.second href={ (link) "/paper" } { (t.say("scene-paper-names")) }
                        a.button.second href={ "/c/" (slug) "/x/" (row.number) "/paper" } { (t.say("scene-paper-posted")) }
                    }
                    p.no-print { a href={ "/c/" (slug) "/x/" (row.number) } { (t.say("scene-public")) } }
                }
                div.no-print {
                    (job.form::<Sign>(values, slip).await?)
                    (job.form::<Refuse>(values, slip).await?)
                    (job.form::<Done>(values, slip).await?)
                    (job.form::<Correct<SceneAtWork>>(values, slip).await?)
                    (job.form::<Erase<SceneAtWork>>(values, slip).await?)
                }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// Who came in person, for those at work on it.
fn people(scene: &Scene, t: Locale) -> Markup {
    let people = scene.people.as_ref().and_then(Sealed::get);
    html! { @if let Some(people) = people {
        h2 { (t.say("scene-people")) }
        p { @for name in people.lines() { (name) br; } }
        p.hint { (t.say("scene-people-inside")) }
    } }
}
