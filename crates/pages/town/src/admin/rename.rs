//! Renaming a place.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{self, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Renaming a place.
#[derive(Debug)]
pub struct Rename;

impl Act for Rename {
    type On = KeptPlace;
    type Command = places::Rename;
    const WORD: &'static str = "rename";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("new-name").label("place-rename").start(sheet.row.name.clone()))
            (f.submit("place-rename", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<places::Rename, Slip> {
        let name = r.text("new-name");
        r.done(|| Some(places::Rename { name }))
    }

    async fn carry_out(sheet: &Keeping, command: places::Rename) -> Result<Next, Error> {
        sheet.act(command).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        // The name in question is the new one.
        error.field().map(|field| if field == "name" { "new-name" } else { field })
    }
}
