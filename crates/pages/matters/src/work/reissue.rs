//! Issuing a receipt anew 补发回执: for whoever has lost its link and comes to the desk, once somebody
//! has checked who they are. The new one is printed and handed over; what led to it before ends.

use super::job::Job;
use super::one_receipt::{Owing, ReceiptAtWork};
use crate::matters::face::printed::{Seen, printed};
use crate::matters::face::receipt::linked;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::matters::{Contact, KnownBy, Proof, REISSUE, Receipt};
use yishi_kernel::Right;
use yishi_kernel::access::roles::STEERS;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// Issuing a receipt anew.
#[derive(Debug)]
pub struct Reissue;

/// By what this person can know whose receipt it is.
fn ways(sheet: &Owing, receipt: &Receipt) -> Vec<KnownBy> {
    let account = sheet.staff.actor.account;
    let own = receipt.opened_by.as_ref().zip(account).is_some_and(|(by, account)| by.is(&account));
    let steers = STEERS.has(sheet.role);
    let given = receipt.contact == Contact::Given;
    [
        (KnownBy::Opener, own),
        (KnownBy::InPerson, steers && (given || receipt.name == Contact::Given)),
        (KnownBy::ByPhone, (steers || own) && given),
    ]
    .into_iter()
    .filter_map(|(way, open)| open.then_some(way))
    .collect()
}

impl Act for Reissue {
    type On = ReceiptAtWork;
    type Command = KnownBy;
    const WORD: &'static str = "reissue";
    const RIGHT: &'static Right = &REISSUE;

    async fn form(sheet: &Owing, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let receipt =
            sheet.cx.app.office.load::<Receipt>(sheet.ledger.ledger, &sheet.row.receipt.id.into()).await?;
        let ways = ways(sheet, receipt.must()?);
        if ways.is_empty() {
            let why = if STEERS.has(sheet.role) { "refusal-nobody-to-check" } else { "refusal-not-opener" };
            return Ok(html! { section.card { h2 { (t.say("reissue-title")) } p { (t.say(why)) } } });
        }
        let choices: Vec<_> = ways.iter().map(|way| (way.word().to_owned(), t.word(*way))).collect();
        let inner = html! {
            p { (t.say("reissue-lead")) }
            (f.radios("known", &choices))
            (f.submit("reissue-send", "wide"))
        };
        Ok(f.card(&t.say("reissue-title"), &inner))
    }

    async fn read(_: &Owing, mut r: Reader<'_>) -> Result<KnownBy, Slip> {
        let here = |way: &KnownBy| matches!(way, KnownBy::Opener | KnownBy::InPerson | KnownBy::ByPhone);
        let known = r.word("known", |word| KnownBy::parse(word).filter(here), "reissue-wrong-known");
        r.done(|| known)
    }

    async fn carry_out(sheet: &Owing, known_by: KnownBy) -> Result<Next, Error> {
        let (actor, receipt) = (&sheet.staff.actor, sheet.row.receipt.id);
        let secret = sheet.cx.office().reissue(actor, sheet.ledger.ledger, receipt, known_by).await?;
        let (slug, number) = (&sheet.ledger.slug, sheet.row.matter.number);
        Ok(Next::To(format!("/w/{slug}/{number}/slip/{secret}")))
    }
}

/// `GET /w/{slug}/{number}/slip/{secret}`: what is printed and handed over.
///
/// # Errors
/// When the link is of no receipt here, or this person may not issue it.
pub async fn slip(
    cx: Cx,
    Path((slug, number, secret)): Path<(String, i64, String)>,
) -> Result<Markup, Error> {
    let job = Job::open(cx, (slug, number)).await?;
    job.must(&REISSUE)?;
    let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
    let held = linked(cx, slug, &secret).await?;
    if held.root.id != job.row.id {
        return Err(Error::NotFound);
    }
    let title = t.with("receipt-title", &[("number", &held.own.number)]);
    let above = html! { h1 { (t.say("receipt-heading")) } };
    let keep = if held.receipt.proof == Proof::Staff { "paper-keep-called" } else { "paper-keep" };
    let more = html! { p.small { (t.say(keep)) } };
    let main = html! {
        div.notice.no-print role="status" { p { strong { (t.say("reissue-done")) } } }
        (printed(cx, &held, &secret, Seen::Always, (&above, &more)))
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/w/" (slug) "/" (number) } { (t.with("work-title", &[("number", &number)])) }
        }
    };
    let nav = staff_nav_at(cx, &job.staff, slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
