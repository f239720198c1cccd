//! The notice of a stairwell's meeting, to print and to hang at the door, or to be shown as a
//! picture: large, with a code that leads to its page.

use super::door::AtTheDoor;
use crate::meetings::face::forum_name;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::meetings::MeetingStage;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Sheet;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/s/{number}/notice`
///
/// # Errors
/// When there is no such meeting, or this person may not see it.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let stair = Sheet::<AtTheDoor>::open(cx, (slug.clone(), number)).await?;
    let (cx, t, row) = (&stair.cx, stair.cx.locale, &stair.row);
    let agenda = &stair.state.agenda;
    let link = format!("{}/c/{slug}/g/{number}", cx.app.public_url);
    let forum = forum_name(row.story.rules(), &agenda.forum, t);
    let where_ = format!("{} {}", row.name, agenda.venue);
    let lines = [
        t.with("share-notice", &[("title", &agenda.title)]),
        t.with("share-when", &[("time", &t.time(agenda.starts)), ("venue", &where_)]),
        t.say("stairs-welcome"),
        link.clone(),
    ];
    let pasted = lines.join("\n");
    let main = html! {
        p.crumbs.no-print { a href=(stair.link()) { (t.say("stairs-back")) } }
        @if stair.state.stage == MeetingStage::Cancelled { div.notice.bad { p { strong { (t.say("notice-cancelled")) } } } }
        section.card.poster {
            p.soft { (row.name) " · " (forum) }
            h1 { (agenda.title) }
            p { strong { (t.time(agenda.starts)) } }
            p { strong { (where_) } }
            p { (t.say("stairs-welcome")) }
            (ui::qr(&link, &t.say("notice-qr")))
            p.small { (t.say("notice-qr")) " " span.link-text { (link) } }
        }
        div.actions.no-print { (ui::print_button(t)) }
        (ui::for_group(&pasted, t))
    };
    let nav = staff_nav_at(cx, &stair.staff, &slug);
    let (locale, view, here) = (t, cx.view, format!("{}/notice", stair.link()));
    let title = t.say("stairs-notice");
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}
