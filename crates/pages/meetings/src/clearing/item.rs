//! An item for those who clear: how its thing stood, what became of it, the way to the thing, and what
//! can be said by hand.

use super::acts::{lift::Lift, on_track::OnTrack, take_up::TakeUp};
use super::show::{became, step};
use super::things::{Things, holder, kind, page};
use maud::{Markup, html};
use yishi_domain::clearing::{CORRECT, HeldBy, Item, ItemId, READ_ITEM, RunStage};
use yishi_kernel::{Right, StreamName};
use yishi_office::clearing::reads::{ItemRow, RunRow, item, run};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::names::Names;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// An item of a run at work.
#[derive(Debug)]
pub struct ItemAtWork;

/// An item as listed, with its run.
#[derive(Debug)]
pub struct Taken {
    /// As listed.
    pub item: ItemRow,
    /// Its run.
    pub run: RunRow,
}

/// The page of an item, with who looks at it.
pub type Marking = Sheet<ItemAtWork>;

impl Thing for ItemAtWork {
    type At = (String, i64);
    type State = Item;
    type Row = Taken;
    const FAMILY: &'static str = "clearing";
    const SEEN_BY: &'static Right = &READ_ITEM;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (ledger, db) = (cx.ledger(&slug).await?, &cx.app.office.db);
        let id: ItemId = cx.numbered(ledger.ledger, number).await?;
        let item = item(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let run = run(db, ledger.ledger, item.run).await?.ok_or(Error::NotFound)?;
        let loaded = cx.app.office.load(ledger.ledger, &id.into()).await?;
        let path = cx.app.office.path_at(run.place).await?;
        Found::new(ledger, Taken { item, run }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.item.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/ki/{}", found.ledger.slug, found.row.item.number)
    }
}

impl Taken {
    /// The page of its run, in a community.
    #[must_use]
    pub fn run_link(&self, slug: &str) -> String {
        format!("/w/{slug}/k/{}", self.run.number)
    }

    /// Whether its run is open still.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.run.stage == RunStage::Open
    }
}

impl Shown for ItemAtWork {
    async fn show(sheet: &Marking, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&sheet.cx, sheet.cx.locale, &sheet.row.item);
        let slug = &sheet.ledger.slug;
        let things = Things::of(cx, row.ledger, std::slice::from_ref(row), t).await?;
        let held = holder(cx, HeldBy::stored(&row.holder), &mut Names::default(), t).await?;
        let title = things.name(row, t);
        let facts = [
            (t.say("clearing-column-kind"), html! { (kind(row, t)) }),
            (t.say("clearing-column-number"), html! { (row.entry) }),
            (t.say("clearing-column-since"), html! { (t.day(row.since.date())) }),
            (t.say("clearing-holder"), html! { (held) }),
            (t.say("clearing-column-step"), html! { (step(row, t)) " " (ui::due(row.due, cx.now, t)) }),
            (t.say("clearing-column-outcome"), became(row, t)),
        ];
        let main = html! {
            p.crumbs.no-print { a href=(sheet.row.run_link(slug)) { (t.say("clearing-sheet")) } }
            h1 { (title) }
            (summary(slip, t))
            div.card { (ui::facts(&facts)) @if let Some(said) = &row.said { p.quote { (said) } } @if let Some(answer) = &row.answer { p.quote { (t.say("clearing-answered")) (answer) } } }
            @if sheet.row.runs() {
                p { (t.say("clearing-item-lead")) }
                @if let Some(href) = page(row, "/w", slug) { p { a.button href=(href) { (t.say("clearing-go")) } } }
            }
            (sheet.form::<TakeUp>(values, slip).await?)
            (sheet.form::<OnTrack>(values, slip).await?)
            (sheet.form::<Lift>(values, slip).await?)
            (sheet.form::<Correct<ItemAtWork>>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }
            .render())
    }
}

impl Correctable for ItemAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
