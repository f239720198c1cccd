//! Who is owed an answer 谁还没有得到答复: empty, and says so, or red. First matters that are
//! not answered, the most urgent first; then those who were answered and have not said yet
//! whether it helped, each with a way to call back.

use crate::matters::face::{Item, item};
use crate::matters::face::{headline, meta};
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::evaluation::CALL_BACK;
use yishi_domain::matters::{Matter, MatterId, Step};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Denied, Pack, PlaceId, Stream as _, Word as _};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, ReceiptRow, matters, receipts_of, support};
use yishi_store::duty::{Duty, at_steps};
use yishi_web::duty::steers_in;
use yishi_web::nav::staff_nav_at;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// Most matters on the page; with more than that, nobody reads a list.
const LONGEST: usize = 200;

/// A matter whose answer not everybody has evaluated.
struct Silent {
    row: Readable,
    receipts: Vec<ReceiptRow>,
    /// Whether this person may call back.
    calls: Result<(), Denied>,
}

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
    let silent = silent(&cx, &staff, ledger.ledger, answered).await?;
    let waiting: usize = silent.iter().map(|one| one.receipts.len()).sum();
    let keeper = cx.place(ledger.ledger).await?;
    let parts: Vec<(&str, String)> =
        [("open", "unanswered-open", open.is_empty()), ("silent", "unanswered-silent", silent.is_empty())]
            .into_iter()
            .filter(|(.., empty)| !empty)
            .map(|(id, key, _)| (id, t.say(key)))
            .collect();
    let title = t.say("unanswered-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        p.soft { (keeper.name) }
        @if open.is_empty() && silent.is_empty() {
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
        @if !silent.is_empty() {
            section #silent {
                h2 { (t.say("unanswered-silent")) }
                p { (t.say("unanswered-silent-lead")) }
                ul.list { @for one in &silent { (of_matter(&slug, one, &rules, t)) } }
            }
        }
    };
    let nav = staff_nav_at(&cx, &staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

fn of_matter(slug: &str, one: &Silent, rules: &Pack, t: Locale) -> Markup {
    let row = &one.row;
    html! {
        li.item.soon {
            h2 { a href={ "/w/" (slug) "/" (row.number) } { (t.with("matter-number", &[("number", &row.number)])) " · " (headline(rules, row, t)) } }
            @if let Some(at) = row.answered { p.meta { (t.with("unanswered-answered", &[("date", &t.brief(at.date()))])) } }
            @match &one.calls {
                Err(Denied::Handler) => p.meta { (t.say("unanswered-handler")) },
                _ => {}
            }
            ul.calls {
                @for receipt in &one.receipts {
                    li {
                        (ui::bits("", &t.with("unanswered-receipt", &[
                            ("how", &t.word(receipt.how)),
                            ("proof", &t.word(receipt.proof)),
                            ("date", &t.brief(receipt.opened.date())),
                        ])))
                        @if let Some(missed) = missed(receipt, row) { " " span.badge.wait { (t.with("unanswered-missed", &[("count", &missed)])) } }
                        @if one.calls.is_ok() {
                            " " a.button.second href={ "/w/" (slug) "/" (row.number) "/callback/" (receipt.id) } { (t.say("callback-action")) }
                        }
                    }
                }
            }
        }
    }
}

/// How often somebody called about the standing answer and reached nobody.
fn missed(receipt: &ReceiptRow, row: &MatterRow) -> Option<i64> {
    let (answer, missed) = receipt.called?;
    (Some(answer) == row.answered && missed > 0).then_some(missed)
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

/// Those matters whose standing answer somebody has not evaluated, the oldest answer first.
async fn silent(
    cx: &Cx,
    staff: &Staff,
    ledger: PlaceId,
    answered: Vec<Readable>,
) -> Result<Vec<Silent>, Error> {
    let ids: Vec<MatterId> = answered.iter().map(|row| row.id).collect();
    let mut receipts = receipts_of(&cx.app.office.db, ledger, &ids).await?;
    let mut silent = Vec::new();
    for row in answered {
        let mut waiting = receipts.remove(&row.id).unwrap_or_default();
        // Those who came after it are not asked about it, nor those who took theirs back.
        waiting.retain(|receipt| {
            receipt.withdrawn.is_none()
                && Some(receipt.opened) <= row.answered
                && receipt.evaluation.is_none_or(|(answer, _, _)| Some(answer) < row.answered)
        });
        if waiting.is_empty() {
            continue;
        }
        let calls = row.may(&staff.actor, &CALL_BACK, cx.now).map(|_| ());
        silent.push(Silent { row, receipts: waiting, calls });
    }
    silent.sort_by_key(|one| (one.row.answered, one.row.number));
    Ok(silent)
}
