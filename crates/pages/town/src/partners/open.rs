//! Opening a partner's token: it is shown once, on the page that comes.

use super::kept::{Keeping, KeptPartners, opened};
use maud::{Markup, html};
use yishi_domain::partners::{KEEP, PartnerMay};
use yishi_kernel::{OrganisationId, Right};
use yishi_office::partners::Opening;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Opening a partner's token.
#[derive(Debug)]
pub struct Open;

impl Act for Open {
    type On = KeptPartners;
    type Command = Opening;
    const WORD: &'static str = "open";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        if !sheet.row.place.kind.keeps_ledger() {
            return Ok(html! {});
        }
        let bodies = sheet.row.organisations.iter().map(|row| (row.id.to_string(), row.name.clone()));
        let bodies: Vec<(String, String)> =
            std::iter::once((String::new(), t.say("form-choose"))).chain(bodies).collect();
        let inner = html! {
            (f.select("organisation", &bodies).label("partner-organisation"))
            (f.text("name").label("partner-name").hint("partner-name-hint"))
            (f.radios("may", &t.choices::<PartnerMay>()).label("partner-may").start(PartnerMay::Read.word()))
            (f.day("expires").label("partner-expires").hint("partner-expires-hint"))
            (f.submit("partner-open", "wide"))
        };
        Ok(f.card(&t.say("partner-open"), &inner))
    }

    async fn read(sheet: &Keeping, mut r: Reader<'_>) -> Result<Opening, Slip> {
        let organisation: Option<OrganisationId> = r.id("organisation", "form-choose");
        let name = r.must("name");
        let may = r.word("may", PartnerMay::parse, "form-choose");
        let expires = r.day("expires", "partner-wrong-day");
        let place = sheet.row.place.id;
        r.done(|| {
            let (organisation, name, may, expires) = (organisation?, name?, may?, expires?);
            Some(Opening { place, organisation, name, may, expires })
        })
    }

    async fn carry_out(sheet: &Keeping, opening: Opening) -> Result<Next, Error> {
        let token = sheet.cx.office().open_partner(&sheet.staff.actor, opening).await?;
        Ok(Next::Page(opened(sheet, &token).await?))
    }
}
