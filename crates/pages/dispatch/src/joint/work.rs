//! One version for whoever corrects its texts.

use super::face::told;
use maud::{Markup, html};
use yishi_domain::joint::{CORRECT, JointId, JointWork};
use yishi_kernel::{Right, StreamName};
use yishi_office::dispatch::street_over;
use yishi_office::joint::reads::{JointRow, joint_work};
use yishi_store::ledgers::ledger;
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::{Cx, Error};

/// One version at work.
#[derive(Debug)]
pub struct JointAtWork;

impl Thing for JointAtWork {
    type At = (String, i64);
    type State = JointWork;
    type Row = JointRow;
    const FAMILY: &'static str = "joint";
    const SEEN_BY: &'static Right = &CORRECT;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let office = &cx.app.office;
        let street = street_over(&office.db, cx.ledger(&slug).await?.ledger).await?;
        let ledger = ledger(&office.db, street).await?.ok_or(Error::NotFound)?;
        let id: JointId = cx.numbered(ledger.ledger, number).await?;
        let row = joint_work(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<JointWork>(ledger.ledger, &id.into()).await?;
        let path = office.path_at(ledger.ledger).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/j/{}", found.ledger.slug, found.row.number)
    }
}

impl Correctable for JointAtWork {
    const CORRECT: &'static Right = &CORRECT;
}

impl Shown for JointAtWork {
    async fn show(job: &Sheet<Self>, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
        let (link, title) = (job.link(), t.say("joint-title"));
        let main = html! {
            p.crumbs.no-print { a href={ "/c/" (slug) "/joint" } { (title) } }
            h1 { (title) }
            (small(job.row.number, t))
            (summary(slip, t))
            p { (t.with("joint-adopted", &[("date", &t.dated(job.state.adopted.date()))])) }
            div.columns {
                div { (told(&job.state, slug, t)) }
                div.no-print { (job.form::<Correct<JointAtWork>>(values, slip).await?) }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
    }
}
