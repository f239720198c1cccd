//! A run for those who clear: what is not marked yet, each leading to its thing and back, what is, and
//! the signature at the end.

use super::acts::finish::Finish;
use super::many;
use super::show::{lines, row_of};
use maud::{Markup, html};
use yishi_domain::clearing::{READ, Run, RunStage};
use yishi_kernel::{Right, StreamName};
use yishi_office::clearing::reads::{RunRow, count_left, items, left};
use yishi_office::paging::Key;
use yishi_office::papers::Numbered as _;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::{called, small};
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A clearing run at work.
#[derive(Debug)]
pub struct RunAtWork;

/// The page of a run, with who looks at it.
pub type Clearing = Sheet<RunAtWork>;

impl Thing for RunAtWork {
    type At = (String, i64);
    type State = Run;
    type Row = RunRow;
    const FAMILY: &'static str = "clearing";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let row = row_of(cx, ledger.ledger, number).await?;
        let loaded = cx.app.office.load(ledger.ledger, &row.id.into()).await?;
        let path = cx.app.office.path_at(row.place).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/k/{}", found.ledger.slug, found.row.number)
    }
}

impl Shown for RunAtWork {
    async fn show(sheet: &Clearing, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&sheet.cx, sheet.cx.locale, &sheet.row);
        let (slug, db, link) = (&sheet.ledger.slug, &cx.app.office.db, sheet.link());
        let [from, marked] = ["left", "after"].map(|name| asked(&cx.here, name));
        let count = count_left(db, row.ledger, row.id).await?;
        let open = left(db, row.ledger, row.id, Key::read(&from)).await?;
        let all = items(db, row.ledger, row.id, Key::read(&marked)).await?;
        let more = open.next.map(|next| ui::link(&link, &[("left", &next), ("after", &marked)]));
        let next =
            all.next.map(|next| format!("{}#all", ui::link(&link, &[("left", &from), ("after", &next)])));
        let several = many::forms(sheet, values, slip).await?;
        let title = called(&cx.numbers([row.key()]).await?, row, t);
        let main = html! {
            p.crumbs.no-print { a href={ "/w/" (slug) "/clearing" } { (t.say("clearing-title")) } }
            h1 { (t.say("clearing-sheet")) }
            p { strong { (title) } }
            @if row.finished.is_some() { (small(row.number, t)) }
            (summary(slip, t))
            p { (t.with("clearing-began", &[("day", &t.day(row.opened.date())), ("count", &row.items)])) }
            @match (row.stage, count) {
                (RunStage::Finished, _) => p.notice { a href={ "/c/" (slug) "/k/" (row.number) } { (t.say("clearing-is-signed")) } },
                (RunStage::Open, 0) => p.notice { (t.say("clearing-all-marked")) },
                (RunStage::Open, _) => {
                    p.meta { (ui::due(row.due, cx.now, t)) }
                    h2 #left { (t.with("clearing-left", &[("count", &count)])) }
                    p.hint { (t.say("clearing-left-lead")) }
                    (lines(cx, slug, "/w", &open.rows).await?)
                    (ui::more(more, &t.say("clearing-more")))
                    (several)
                },
            }
            (sheet.form::<Finish>(values, slip).await?)
            h2 #all { (t.say("clearing-items")) }
            (lines(cx, slug, "/w", &all.rows).await?)
            (ui::more(next, &t.say("clearing-more")))
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
    }
}

/// What the page's address asks for by a name.
fn asked(here: &str, name: &str) -> String {
    let asked = here.split_once('?').map_or("", |(_, asked)| asked);
    let pair = asked.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    pair.unwrap_or_default().to_owned()
}
