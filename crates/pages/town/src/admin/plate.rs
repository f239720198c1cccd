//! Saying what stands on a place's plate (门牌).

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{KEEP, PutPlate};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying what stands on a plate.
#[derive(Debug)]
pub struct Plate;

impl Act for Plate {
    type On = KeptPlace;
    type Command = PutPlate;
    const WORD: &'static str = "plate";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.kind.has_plate() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.text("plate").start(sheet.row.plate.clone().unwrap_or_default()))
            (f.submit("place-plate-send", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<PutPlate, Slip> {
        let plate = r.text("plate");
        r.done(|| Some(PutPlate { plate }))
    }

    async fn carry_out(sheet: &Keeping, command: PutPlate) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
