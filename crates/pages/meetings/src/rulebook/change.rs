//! One change of a number for whoever answers for the place: what was written with it, and correcting
//! that.

use super::number::told;
use maud::{Markup, html};
use yishi_domain::rulebook::{CORRECT_CHANGE, LocalChange};
use yishi_kernel::{Right, StreamName};
use yishi_office::rulebook::reads::{ChangeRow, change};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A change at work.
#[derive(Debug)]
pub struct ChangeAtWork;

impl Thing for ChangeAtWork {
    type At = (String, i64);
    type State = LocalChange;
    type Row = ChangeRow;
    const FAMILY: &'static str = "setting";
    const SEEN_BY: &'static Right = &CORRECT_CHANGE;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (office, ledger) = (&cx.app.office, cx.ledger(&slug).await?);
        let id = cx.numbered(ledger.ledger, number).await?;
        let row = change(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<LocalChange>(ledger.ledger, &id.into()).await?;
        let path = office.path_at(ledger.ledger).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/changes/{}", found.ledger.slug, found.row.number)
    }
}

impl Shown for ChangeAtWork {
    async fn show(sheet: &Sheet<Self>, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&sheet.cx, sheet.cx.locale, &sheet.row);
        let slug = &sheet.ledger.slug;
        let title = t.with("setting-correct-title", &[("number", &row.number)]);
        let main = html! {
            p.crumbs.no-print { a href={ "/c/" (slug) "/numbers/" (row.name) } { (t.say("setting-past")) } }
            h1 { (title) }
            (summary(slip, t))
            div.card { (told(row, t)) }
            div.no-print { (sheet.form::<Correct<ChangeAtWork>>(values, slip).await?) }
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }
            .render())
    }
}

impl Correctable for ChangeAtWork {
    const CORRECT: &'static Right = &CORRECT_CHANGE;
}
