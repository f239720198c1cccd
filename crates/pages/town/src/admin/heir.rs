//! Who takes over what somebody held who leaves: a choice beside the button, and back. Where
//! nothing is chosen it is the desk that each thing belongs to.

use super::people::Staffing;
use maud::{Markup, html};
use yishi_kernel::{Heir, HolderKey};
use yishi_web::Error;
use yishi_web::holders::{holder, holders};
use yishi_web::read::Reader;

/// The name of the field.
const FIELD: &str = "heir";

/// Whoever could take over at a place: value and text.
#[derive(Debug)]
pub struct Heirs(Vec<(String, String)>);

impl Heirs {
    /// Whoever is there.
    pub async fn at(sheet: &Staffing) -> Result<Self, Error> {
        Ok(Self(holders(&sheet.cx, &sheet.staff, &sheet.path).await?))
    }

    /// The choice in the form of one who leaves, with how much they hold; nothing where they hold
    /// nothing. `nth` tells the forms of a page apart.
    #[must_use]
    pub fn choice(&self, sheet: &Staffing, leaves: &HolderKey, holds: u64, nth: &str) -> Markup {
        let t = sheet.cx.locale;
        let id = format!("{FIELD}-{nth}");
        let own = leaves.as_str().split_once('/').map_or("", |(_, id)| id);
        html! { @if holds > 0 {
            p.small { (t.with("people-holds", &[("count", &holds)])) }
            div.field {
                label for=(id) { (t.say("people-heir")) }
                select id=(id) name=(FIELD) {
                    option value="" { (t.say("people-heir-desk")) }
                    @for (value, text) in self.0.iter().filter(|(value, _)| !value.ends_with(own)) {
                        option value=(value) { (text) }
                    }
                }
            }
        } }
    }
}

/// The heir that a form names.
pub async fn heir(sheet: &Staffing, r: &mut Reader<'_>) -> Option<Heir> {
    let word = r.text(FIELD);
    if word.is_empty() {
        return Some(Heir::Desk);
    }
    match holder(&sheet.cx, &word, &sheet.path).await {
        Ok((holder, person)) => Some(Heir::Named(holder, person)),
        Err(_) => {
            r.wrong(FIELD, "form-choose");
            None
        }
    }
}
