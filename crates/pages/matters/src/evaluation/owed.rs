//! Who is owed an answer 谁还没有得到答复: empty, and says so, or red. First matters that are
//! not answered, the most urgent first; then those who were answered and have not said yet
//! whether it helped (`calls.rs`).

use super::calls::Silent;
use crate::matters::face::{Item, item};
use crate::matters::face::{headline, meta};
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::matters::{Matter, MatterId, Step};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Denied, PlaceId, Stream as _, Word as _};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, matters, support};
use yishi_store::duty::{Duty, at_steps};
use yishi_web::duty::steers_in;
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// Most matters on the page; with more than that, nobody reads a list.
const LONGEST: usize = 200;

/// `GET /w/{slug}/owed`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(&slug).await?;
    if !steers_in(&cx, &staff, ledger.ledger).await? {
        return Err(Denied::Role { may: STEERS.roles.to_vec() }.into());
    }
    let db = &cx.app.office.db;
    let rules = cx.rules(ledger.ledger).await?;
    let steps = [Step::Triage, Step::Answer];
    let (mut open, cut) = waiting(&cx, &staff, ledger.ledger, &steps).await?;
    open.sort_by_key(|row| (row.next.map(|(_, due)| due), row.number));
    let late = open.iter().filter(|row| row.next.is_some_and(|(_, due)| due <= cx.now)).count();
    let ids: Vec<MatterId> = open.iter().map(|row| row.id).collect();
    let supports = support(db, ledger.ledger, &ids).await?;
    let texts = said(db, &open).await?;
    let named = |row: &MatterRow| match (&row.summary, texts.get(&row.id)) {
        (None, Some(text)) => excerpt(text, 42),
        _ => headline(&rules, row, t),
    };
    let (answered, cut_answered) = waiting(&cx, &staff, ledger.ledger, &[Step::Close]).await?;
    let silent = Silent::of(&cx, &staff, ledger.ledger, &rules, answered).await?;
    let waiting = silent.waiting();
    let keeper = cx.place(ledger.ledger).await?;
    let parts: Vec<(&str, String)> =
        [("open", "unanswered-open", open.is_empty()), ("silent", "unanswered-silent", waiting == 0)]
            .into_iter()
            .filter(|(.., empty)| !empty)
            .map(|(id, key, _)| (id, t.say(key)))
            .collect();
    let title = t.say("unanswered-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        p.soft { (keeper.name) }
        @if open.is_empty() && waiting == 0 {
            div.notice role="status" { p { strong { (t.say("unanswered-none")) } } p { (t.say("unanswered-none-more")) } }
        } @else {
            div.notice.bad { p { (t.with("unanswered-count", &[("open", &open.len()), ("late", &late), ("waiting", &waiting)])) } }
        }
        @if let Some(most) = cut.or(cut_answered) { div.notice.warn { p { (t.with("unanswered-cut", &[("count", &most)])) } } }
        (ui::jumps(&parts, t))
        @if !open.is_empty() {
            section #open {
                h2 { (t.say("unanswered-open")) }
                ul.list { @for row in &open {
                    (item(&Item {
                        href: &format!("/w/{slug}/{}", row.number),
                        title: &named(row),
                        meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
                        stage: row.stage,
                        next: row.next,
                        photo: None,
                    }, cx.now, t))
                } }
            }
        }
        (silent.shown(&slug, &rules, t))
    };
    let nav = staff_nav_at(&cx, &staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// The matters of a ledger that wait at some steps and this person may read, as far as anybody
/// reads; and how many were looked at where more wait.
async fn waiting(
    cx: &Cx,
    staff: &Staff,
    ledger: PlaceId,
    steps: &[Step],
) -> Result<(Vec<Readable>, Option<usize>), Error> {
    let (office, db) = (&cx.app.office, &cx.app.office.db);
    let words: Vec<&str> = steps.iter().map(|step| step.as_word()).collect();
    let mut found = at_steps(db, ledger, Matter::KIND, &words, LONGEST as i64 + 1).await?;
    let cut = (found.len() > LONGEST).then_some(LONGEST);
    found.truncate(LONGEST);
    let rows = matters(db, &found.iter().filter_map(Duty::key).collect::<Vec<_>>()).await?;
    Ok((office.readable(&staff.actor, rows).await?, cut))
}
