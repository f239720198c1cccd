//! Looking at the contact of somebody who is owed an answer: shown only now, and each look is
//! recorded.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{READ_CONTACT, ReceiptId};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui::{self, Page, Width};

/// Looking at a contact.
#[derive(Debug)]
pub struct Contact;

impl Act for Contact {
    type On = MatterAtWork;
    type Command = ReceiptId;
    const WORD: &'static str = "contact";
    // Hidden, and sent from the page of calling back as well.
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &READ_CONTACT;

    async fn form(_: &Job, _: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each receipt that has one.
        Ok(html! {})
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<ReceiptId, Slip> {
        let receipt = r.id_or_none("receipt");
        r.done(|| receipt)
    }

    async fn carry_out(job: &Job, receipt: ReceiptId) -> Result<Next, Error> {
        let office = job.cx.office();
        let (name, contact) = office.view_contact(&job.staff.actor, job.ledger.ledger, receipt).await?;
        Ok(Next::Page(page(job, name, contact)))
    }
}

/// The way to look at the contact of one receipt.
#[must_use]
pub fn beside(job: &Job, receipt: ReceiptId) -> Markup {
    let f = job.blank::<Contact>();
    let inner = html! { (f.hidden("receipt", &receipt.to_string())) (f.submit("contact-view", "second")) };
    f.bare(&inner)
}

fn page(job: &Job, name: Option<String>, contact: Option<String>) -> Markup {
    let (cx, t, link) = (&job.cx, job.cx.locale, job.link());
    let title = t.say("contact-title");
    let told = |value: Option<String>| html! { (value.unwrap_or_else(|| "—".to_owned())) };
    let facts = [(t.say("raise-name"), told(name)), (t.say("raise-contact"), told(contact))];
    let main = html! {
        h1 { (title) }
        (ui::facts(&facts))
        p { (t.say("contact-recorded")) }
        p { a.button.second href=(link) { (t.with("work-title", &[("number", &job.row.number)])) } }
    };
    let nav = staff_nav_at(cx, &job.staff, &job.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render()
}
