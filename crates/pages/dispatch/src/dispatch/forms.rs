//! Pieces that the forms of an order's page have in common: a note, a reason, a new day.

use maud::{Markup, html};
use yishi_web::form::Form;

/// A form of a note alone.
#[must_use]
pub fn with_note(f: &Form, title: &str, hint: &str) -> Markup {
    let inner = html! {
        (f.area("note").hint(hint))
        (f.submit(title, "wide"))
    };
    f.card(&f.t().say(title), &inner)
}

/// A form of a reason alone, folded up.
#[must_use]
pub fn with_reason(f: &Form, title: &str, hint: &str, class: &str) -> Markup {
    let inner = html! {
        (f.area("reason").hint(hint))
        (f.submit(title, class))
    };
    f.folded(&f.t().say(title), &inner)
}

/// A form of a reason and a new day, folded up.
#[must_use]
pub fn with_day(f: &Form, title: &str) -> Markup {
    let inner = html! {
        (f.area("reason").hint("public-hint"))
        (f.day("finish").label("dispatch-finish-by"))
        (f.submit(title, "second wide"))
    };
    f.folded(&f.t().say(title), &inner)
}

/// A form of a note and photos.
#[must_use]
pub fn with_proof(f: &Form, title: &str, note: &str, send: &str, class: &str) -> Markup {
    let inner = html! {
        (f.area("note").label(note).hint("public-hint"))
        (f.photos().label("photos-proof"))
        (f.submit(send, class))
    };
    f.card(&f.t().say(title), &inner)
}
