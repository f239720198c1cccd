//! Opening an organisation.

use super::people::{KeptPeople, Staffing};
use maud::{Markup, html};
use yishi_domain::people::{KEEP, OrganisationKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui;

/// Opening an organisation.
#[derive(Debug)]
pub struct OpenOrganisation;

impl Act for OpenOrganisation {
    type On = KeptPeople;
    type Command = Opening;
    const WORD: &'static str = "organisation";
    const NAMES: &'static str = "organisation";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let kinds: Vec<(String, String)> = OrganisationKind::ALL
            .iter()
            .map(|kind| (kind.word().to_owned(), ui::organisation_kind(*kind, t)))
            .collect();
        let inner = html! {
            (f.select("kind", &kinds).label("place-kind"))
            (f.text("name").label("place-name"))
            (f.submit("people-organisation", "second"))
        };
        Ok(html! {
            h2 { (t.say("people-organisations")) }
            ul { @for row in &sheet.row.organisations { li { (row.name) " · " (ui::organisation_kind(row.kind, t)) } } }
            (f.folded(&t.say("people-organisation"), &inner))
        })
    }

    async fn read(_: &Staffing, mut r: Reader<'_>) -> Result<Opening, Slip> {
        let kind = r.word("kind", OrganisationKind::parse, "form-choose");
        let name = r.text("name");
        r.done(|| Some(Opening { kind: kind?, name }))
    }

    async fn carry_out(sheet: &Staffing, opening: Opening) -> Result<Next, Error> {
        let Opening { kind, name } = opening;
        let office = sheet.cx.office();
        office.open_organisation(&sheet.staff.actor, sheet.row.place.id, kind, &name).await?;
        Ok(Next::Back)
    }
}

/// An organisation to be opened.
#[derive(Debug)]
pub struct Opening {
    kind: OrganisationKind,
    name: String,
}
