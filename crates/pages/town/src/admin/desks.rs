//! Desks at which nobody works (无人值守), for those who can put somebody there: all of them on a
//! page, and those where something waits for nobody on the desk.

use maud::{Markup, html};
use yishi_kernel::{Denied, Moment, Role};
use yishi_office::people::desks::{Empty, empty};
use yishi_office::places::reads::places;
use yishi_web::duty::{Asked, Desk, Lane, Need};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// The desks at and below the places that somebody is administrator of at which nobody works.
async fn kept_by(cx: &Cx, staff: &Staff) -> Result<Vec<Empty>, Error> {
    let at: Vec<_> = staff
        .actor
        .current(cx.now)
        .filter(|grant| grant.role == Role::Administrator)
        .map(|grant| grant.place)
        .collect();
    if at.is_empty() {
        return Err(Denied::Role { may: vec![Role::Administrator] }.into());
    }
    let db = &cx.app.office.db;
    let paths: Vec<_> = places(db, &at).await?.into_iter().map(|row| row.path).collect();
    Ok(empty(db, &paths, cx.now).await?)
}

/// `GET /admin/desks`
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let (t, staff) = (cx.locale, cx.staff()?);
    let mut empty = kept_by(&cx, staff).await?;
    empty.sort_by_key(|one| (one.seen_to.is_some(), std::cmp::Reverse(one.waiting), one.place.id));
    let above: Vec<_> = empty.iter().filter_map(|one| one.seen_to).collect();
    let above = places(&cx.app.office.db, &above).await?;
    let by = |one: &Empty| above.iter().find(|row| Some(row.id) == one.seen_to).map(|row| row.name.clone());
    let title = t.say("desks-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("desks-lead")) }
        @if empty.is_empty() { (ui::empty(&t.say("desks-none"))) }
        ul.list { @for one in &empty { li.item {
            h2 { a href={ "/admin/places/" (one.place.id) "/people" } { (one.place.name) } }
            p { @match by(one) {
                Some(by) => (t.with("desks-above", &[("by", &by)])),
                None => strong { (t.say("desks-nobody")) },
            } }
            p.meta { (t.with("desks-waiting", &[("count", &one.waiting)])) }
        } } }
    };
    let nav = staff_nav(&cx, staff);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: "/admin/desks", title: &title, nav, width: Width::Narrow, main }.render())
}

/// The desks where something waits for nobody: somebody must be put there.
pub(super) async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let keeps = desk.staff.actor.current(cx.now).any(|grant| grant.role == Role::Administrator);
    if !keeps || matches!(desk.asked, Asked::Words(_)) {
        return Ok(Vec::new());
    }
    let t = cx.locale;
    let empty = kept_by(cx, &desk.staff).await?;
    let left = empty.iter().filter(|one| one.seen_to.is_none() && one.waiting > 0);
    let need = |(number, one): (i64, &Empty)| {
        let view = html! { li.item.late {
            h2 { a href={ "/admin/places/" (one.place.id) "/people" } { (t.say("desks-nobody")) " — " (one.place.name) } }
            p.meta { (t.with("desks-waiting", &[("count", &one.waiting)])) " " (t.say("desks-do")) }
        } };
        // What nobody sees to comes before whatever has a time.
        Need { due: Some(Moment(0)), ..Need::plain(Lane::Rest, number, view) }
    };
    Ok((0..).zip(left).map(need).collect())
}
