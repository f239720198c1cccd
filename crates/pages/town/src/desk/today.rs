//! The list for the day 今日清单, on paper: what is overdue, due today and new since yesterday at
//! somebody's desk, and what meets today, in large type with boxes to be ticked by hand. Its lines
//! are those of the desk.

use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_kernel::{Moment, StreamName};
use yishi_office::inbox::Arrived;
use yishi_office::paging::Paged;
use yishi_web::duty::{Desk, Lane, Need};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, numbers};

/// Pages of the inbox that are looked through for what is new.
const PAGES: usize = 10;

/// `GET /desk/today`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let (t, staff, office) = (cx.locale, cx.staff()?, &cx.app.office);
    let desk = Desk::of(&cx, staff, "").await?;
    let (begins, ends) = (cx.now.plus_seconds(-86_400).end_of_day_after(0), cx.now.end_of_day_after(0));
    let fresh = fresh(&cx, &desk, begins.plus_seconds(-86_400)).await?;
    // What others hold is theirs to tick.
    let mut needs: Vec<Need> = desk.needs(&cx).await?;
    needs.retain(|need| !matches!(need.lane, Lane::Urge | Lane::Urged));
    needs.sort_by_key(|need| (need.lane.rank(), need.due.is_none(), need.due, need.number));
    let (late, rest): (Vec<&Need>, Vec<&Need>) =
        needs.iter().partition(|need| need.due.is_some_and(|due| due <= cx.now));
    let (today, rest): (Vec<&Need>, Vec<&Need>) =
        rest.into_iter().partition(|need| need.due.is_some_and(|due| due <= ends));
    let new: Vec<&Need> =
        rest.into_iter().filter(|need| need.href.as_ref().is_some_and(|href| fresh.contains(href))).collect();
    let mut ledgers: BTreeSet<_> =
        desk.steered.paths.iter().filter_map(|path| path.last()).copied().collect();
    ledgers.extend(desk.grounds.values().map(|row| row.ledger));
    let (meetings, gatherings) = office.sittings(&Vec::from_iter(ledgers), begins, ends).await?;
    let mut sittings: Vec<(Moment, String)> =
        meetings.into_iter().map(|one| (one.starts, one.title)).collect();
    sittings.extend(gatherings.into_iter().map(|one| (one.starts, t.word(one.form))));
    sittings.sort();
    let title = t.say("today-title");
    let lists = [("today-late", late), ("today-due", today), ("today-new", new)];
    let nothing = lists.iter().all(|(_, list)| list.is_empty()) && sittings.is_empty();
    let main = html! {
        p.crumbs { a href="/desk" { (t.say("desk-title")) } }
        div.daily {
            h1 { (title) }
            p { strong { (t.day(cx.now.date())) } " · " (staff.name) }
            @if nothing { (ui::empty(&t.say("today-nothing"))) }
            @if !sittings.is_empty() {
                h2 { (t.say("today-meets")) }
                ul.list { @for (starts, what) in &sittings { li.item { h3 { (t.time(*starts)) " " (what) } } } }
            }
            @for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
                h2 { (t.with(key, &[("count", &list.len())])) }
                ul.list { @for need in list { (need.view) } }
            }
            @if desk.is_cut() { p { (t.say("today-cut")) } }
            div.print-only { (ui::qr(&format!("{}/desk", cx.app.public_url), &t.say("today-qr"))) p { (t.say("today-qr")) } }
        }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let (nav, locale, view, here) = (staff_nav(&cx, staff), t, cx.view, "/desk/today");
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The pages of what came since a moment.
async fn fresh(cx: &Cx, desk: &Desk, since: Moment) -> Result<BTreeSet<String>, Error> {
    let (mut all, mut behind) = (Vec::<Arrived>::new(), None);
    for _ in 0..PAGES {
        let Paged { rows, next } = cx.app.office.inbox(&desk.staff.actor, behind).await?;
        let over = rows.last().is_none_or(|last| last.came < since);
        all.extend(rows.into_iter().filter(|row| row.came >= since));
        behind = next.and_then(|next| yishi_office::paging::Key::read(&next));
        if over || behind.is_none() {
            break;
        }
    }
    let slugs = desk.slugs(cx, all.iter().map(|row| row.ledger).collect::<BTreeSet<_>>().into_iter()).await?;
    let page = |row: &Arrived| {
        numbers::at_work(slugs.get(&row.ledger)?, &StreamName::stored(&row.stream), row.number)
    };
    Ok(all.iter().filter_map(page).collect())
}
