//! Opening a place inside another one.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{KEEP, PlaceKind};
use yishi_kernel::Right;
use yishi_office::places::NewLedger;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui;

/// Opening a place inside another one.
#[derive(Debug)]
pub struct Open;

impl Act for Open {
    type On = KeptPlace;
    type Command = Opening;
    const WORD: &'static str = "open";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let fit = PlaceKind::ALL.iter().copied().filter(|kind| kind.lies_in(Some(sheet.row.kind)));
        let fit: Vec<PlaceKind> = fit.collect();
        if fit.is_empty() {
            return Ok(html! {});
        }
        let kinds: Vec<(String, String)> =
            fit.iter().map(|kind| (kind.word().to_owned(), ui::place_kind(*kind, t))).collect();
        let inner = html! {
            div.row { (f.select("kind", &kinds)) (f.text("name")) }
            @if fit.iter().any(|kind| kind.keeps_ledger()) { (f.text("slug")) }
            (f.submit("place-open", ""))
        };
        Ok(html! { div id="open-place" { (f.card(&t.say("place-open"), &inner)) } })
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<Opening, Slip> {
        let kind = r.word("kind", PlaceKind::parse, "form-choose");
        let (name, slug) = (r.text("name"), r.text("slug").trim().to_owned());
        r.done(|| Some(Opening { kind: kind?, name, slug }))
    }

    async fn carry_out(sheet: &Keeping, opening: Opening) -> Result<Next, Error> {
        let Opening { kind, name, slug } = opening;
        let origin = &sheet.ledger.origin;
        let host = origin.rsplit_once('/').map_or(origin.as_str(), |(host, _)| host).to_owned();
        let new = kind.keeps_ledger().then_some(NewLedger { slug, host });
        sheet.cx.office().open_place(&sheet.staff.actor, sheet.row.id, kind, &name, new).await?;
        Ok(Next::Back)
    }
}

/// A place to be opened.
#[derive(Debug)]
pub struct Opening {
    kind: PlaceKind,
    name: String,
    /// Its word in links, where it keeps a ledger.
    slug: String,
}
