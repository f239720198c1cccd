//! Saying of what level the Party body of a community or village is.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{KEEP, PartyBody, SetParty};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying what its Party body is.
#[derive(Debug)]
pub struct Party;

impl Act for Party {
    type On = KeptPlace;
    type Command = SetParty;
    const WORD: &'static str = "party";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.kind.is_community() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.radios("party", &f.t().choices::<PartyBody>()).start(sheet.state.party.word()))
            (f.submit("place-party-send", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<SetParty, Slip> {
        let party = r.word("party", PartyBody::parse, "form-choose");
        r.done(|| Some(SetParty { party: party? }))
    }

    async fn carry_out(sheet: &Keeping, command: SetParty) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
