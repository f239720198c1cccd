//! One receipt of a matter: it is issued anew here to whoever lost it, and those who answer for the
//! community erase what its holder gave, on their wish; what others gave with the same matter stays.

use super::job::MatterAtWork;
use super::receipts::line;
use super::reissue::Reissue;
use crate::work::job::Job;
use maud::{Markup, html};
use yishi_domain::matters::{ERASE, Matter, READ};
use yishi_kernel::{EraseReason, Right, StreamName};
use yishi_office::matters::reads::{MatterRow, ReceiptRow, receipt};
use yishi_web::erasing::{Erase, Erased, Whose};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A receipt, for whoever works on its matter.
#[derive(Debug)]
pub struct ReceiptAtWork;

/// The page of a receipt.
pub type Owing = Sheet<ReceiptAtWork>;

/// The matter as listed, and the receipt.
#[derive(Debug)]
pub struct Row {
    /// The matter that carries it.
    pub matter: MatterRow,
    /// The receipt.
    pub receipt: ReceiptRow,
}

impl Thing for ReceiptAtWork {
    type At = (String, i64, String);
    // What may be done to a receipt is judged over its matter.
    type State = Matter;
    type Row = Row;
    const FAMILY: &'static str = "owed";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number, id): Self::At) -> Result<Found<Self>, Error> {
        let Found { ledger, row: matter, loaded, path, .. } = MatterAtWork::find(cx, (slug, number)).await?;
        let id = id.parse().map_err(|_| Error::NotFound)?;
        let found = receipt(&cx.app.office.db, ledger.ledger, matter.id, id).await?;
        let receipt = found.ok_or(Error::NotFound)?;
        Found::new(ledger, Row { matter, receipt }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.matter.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        let Row { matter, receipt } = &found.row;
        format!("/w/{}/{}/receipts/{}", found.ledger.slug, matter.number, receipt.id)
    }
}

impl Erased for ReceiptAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "owed-erase-lead";

    async fn whose(_: &Owing) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(sheet: &Owing, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, ledger) = (&sheet.cx.app.office, sheet.ledger.ledger);
        Ok(office.erase_receipt(&sheet.staff.actor, ledger, sheet.row.receipt.id, reason).await?)
    }
}

impl Shown for ReceiptAtWork {
    async fn show(sheet: &Owing, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, slug) = (&sheet.cx, sheet.cx.locale, &sheet.ledger.slug);
        let (number, link) = (sheet.row.matter.number, sheet.link());
        let job = Job::open(cx.clone(), (slug.clone(), number)).await?;
        let title = t.say("owed-one");
        let main = html! {
            p.crumbs.no-print {
                a href={ "/w/" (slug) "/" (number) "/receipts" } { (t.with("work-title", &[("number", &number)])) " · " (t.say("owed-title")) }
            }
            h1 { (title) }
            (summary(slip, t))
            div.item { (line(&job, &sheet.row.receipt)) }
            (sheet.form::<Reissue>(values, slip).await?)
            (sheet.form::<Erase<ReceiptAtWork>>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
    }
}
