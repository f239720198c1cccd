//! A promise for somebody signed in: how it is found, and its page with what can be done with it.

use super::acts::{broken::Broken, done::Done, kept::Kept, renew::Renew};
use super::face::lines;
use super::list::{facts, row_of};
use maud::{Markup, html};
use yishi_domain::promises::{CORRECT, Promise, READ};
use yishi_kernel::{Right, StreamName};
use yishi_office::promises::reads::PromiseRow;
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::urging::{self, Urge, badges};
use yishi_web::{Cx, Error, told};

/// A promise at work.
#[derive(Debug)]
pub struct PromiseAtWork;

/// The page of a promise, with who looks at it.
pub type Owing = Sheet<PromiseAtWork>;

impl Thing for PromiseAtWork {
    type At = (String, i64);
    type State = Promise;
    type Row = PromiseRow;
    const FAMILY: &'static str = "promise";
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
        format!("/w/{}/p/{}", found.ledger.slug, found.row.number)
    }
}

impl Shown for PromiseAtWork {
    async fn show(sheet: &Owing, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&sheet.cx, sheet.cx.locale, &sheet.row);
        let slug = &sheet.ledger.slug;
        let lines = lines(&cx.app.office.db, row, t).await?;
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
            (urging::told(cx, Some(&urging::next(cx, &sheet.link()))))
            h1 { (row.what) }
            (summary(slip, t))
            (badges(&sheet.state.urged, t))
            div.columns {
                div {
                    div.card {
                        (facts(cx, slug, row))
                        div.actions.no-print { a.button.second href={ "/c/" (slug) "/p/" (row.number) } { (t.say("conduct-public")) } }
                    }
                    h2 { (t.say("chain-title")) }
                    (told::chain(&lines, t))
                }
                div.no-print {
                    (sheet.form::<Kept>(values, slip).await?)
                    (sheet.form::<Urge<PromiseAtWork>>(values, slip).await?)
                    (sheet.form::<Done>(values, slip).await?)
                    (sheet.form::<Renew>(values, slip).await?)
                    (sheet.form::<Broken>(values, slip).await?)
                    (sheet.form::<Correct<PromiseAtWork>>(values, slip).await?)
                }
            }
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &sheet.link(), title: &row.what, nav, width: Width::Wide, main }
            .render())
    }
}

impl Correctable for PromiseAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
