//! What is still to be set up (开办清单): for whoever is administrator, from the first community to
//! the first poster. Each step is read from what is there; nothing is ticked by hand, and when all
//! are done the list is gone.

use super::changes::ledgers_of;
use maud::{Markup, html};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{PlaceId, Role};
use yishi_office::people::desks::Desks;
use yishi_office::people::reads::organisations;
use yishi_office::places::reads::{Hangs, PlaceRow, all_below, has_posters, places};
use yishi_web::duty::{Asked, Desk, Lane, Need};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// How many communities are shown; of further ones only the number.
const SHOWN: usize = 3;

/// One step, and whether it is done.
#[derive(Debug)]
struct Step {
    /// What its text is called.
    text: &'static str,
    link: String,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Done,
    Open,
}

impl State {
    fn of(things: usize) -> Self {
        if things > 0 { State::Done } else { State::Open }
    }
}

/// The lists of what is not set up below the places that somebody is administrator of.
pub(super) async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let own: Vec<PlaceId> = (desk.staff.actor.current(cx.now))
        .filter(|grant| grant.role == Role::Administrator)
        .map(|grant| grant.place)
        .collect();
    if own.is_empty() || matches!(desk.asked, Asked::Words(_)) {
        return Ok(Vec::new());
    }
    let (t, db) = (cx.locale, &cx.app.office.db);
    let ledgers = ledgers_of(cx, &desk.staff.actor, |role| role == Role::Administrator).await?;
    let mut rows = places(db, &ledgers).await?;
    rows.retain(|row| row.kind.is_community() && row.closed.is_none());
    rows.sort_by_key(|row| row.id);
    let mut lists = Vec::new();
    if rows.is_empty() {
        let first = Step {
            text: "setup-community",
            link: format!("/admin/places/{}#open-place", own[0]),
            state: State::Open,
        };
        lists.push(list(&t.say("setup-title"), &[first], None, t));
    }
    let mut left = 0_usize;
    for row in &rows {
        let steps = steps(cx, row).await?;
        if steps.iter().all(|step| step.state == State::Done) {
            continue;
        }
        left += 1;
        if lists.len() < SHOWN {
            let rosters = format!("/admin/places/{}/rosters", row.id);
            lists.push(list(&t.with("setup-of", &[("name", &row.name)]), &steps, Some(&rosters), t));
        }
    }
    let more = left.saturating_sub(SHOWN);
    if more > 0 {
        lists.push(html! { li.item { p { (t.with("setup-more", &[("count", &more)])) } } });
    }
    let need = |(number, view)| Need::plain(Lane::Rest, number, view);
    Ok((i64::MIN..).zip(lists).map(need).collect())
}

/// The steps of a community, in the order in which one needs the other.
async fn steps(cx: &Cx, row: &PlaceRow) -> Result<Vec<Step>, Error> {
    let db = &cx.app.office.db;
    let built = |(kind, count): &(PlaceKind, u64)| {
        use PlaceKind::{Building, Household, Stairwell};
        matches!(kind, Building | Stairwell | Household) && *count > 0
    };
    let buildings = all_below(db, row).await?.iter().filter(|one| built(one)).count();
    let bodies = organisations(db, &[row.id]).await?.len();
    let desks = Desks::over(db, [&row.path], cx.now).await?;
    let staffed = usize::from(desks.seeing_to(&row.path) == Some(row.id));
    let reached = usize::from(cx.app.office.local(Some(row.ledger)).await?.reached.is_some());
    let posters = match has_posters(db, row.ledger).await? {
        Hangs::Somewhere => 1,
        Hangs::Nowhere => 0,
    };
    let page = format!("/admin/places/{}", row.id);
    let step = |text, link, things| Step { text, link, state: State::of(things) };
    Ok(vec![
        step("setup-community", page.clone(), 1),
        step("setup-buildings", format!("{page}#lay-out"), buildings),
        step("setup-bodies", format!("{page}/people#organisation"), bodies),
        step("setup-people", format!("{page}/people#open-account"), staffed),
        step("setup-phone", format!("{page}#reach"), reached),
        step("setup-poster", format!("{page}/posters"), posters),
    ])
}

fn list(title: &str, steps: &[Step], rosters: Option<&str>, t: Locale) -> Markup {
    let done = steps.iter().filter(|step| step.state == State::Done).count();
    let next = steps.iter().position(|step| step.state == State::Open);
    html! { li.item {
        h2 { (title) }
        @if steps.len() > 1 { p.meta { (t.with("setup-done-of", &[("done", &done), ("all", &steps.len())])) } }
        ol.setup { @for (n, step) in steps.iter().enumerate() { li {
            @match step.state {
                State::Done => { span.badge.done { (t.say("setup-done")) } " " (t.say(step.text)) }
                State::Open if Some(n) == next => {
                    a.button href=(step.link) { (t.say(step.text)) }
                }
                State::Open => { a href=(step.link) { (t.say(step.text)) } }
            }
        } } }
        @if let Some(rosters) = rosters { p.small { (t.say("setup-rosters")) " " a href=(rosters) { (t.say("rosters-title")) } } }
    } }
}
