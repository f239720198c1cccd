//! The three questions as fields of a form, and read from them.

use maud::{Markup, html};
use yishi_domain::ratings::{Grade, Grades};
use yishi_web::form::Form;
use yishi_web::read::Reader;

/// Three questions, and a sentence for whoever has one to say.
#[must_use]
pub fn fields(f: &Form<'_>) -> Markup {
    let grades = f.t().choices::<Grade>();
    html! {
        (f.radios("response", &grades).label("assessment-question-response"))
        (f.radios("presence", &grades).label("assessment-question-presence"))
        (f.radios("result", &grades).label("assessment-question-result"))
        (f.text("note").label("assessment-note").hint("assessment-note-hint"))
    }
}

/// An answer to each; nothing where one is missing, which the reader has noted.
pub fn read(r: &mut Reader<'_>) -> Option<Grades> {
    let response = r.word("response", Grade::parse, "form-choose");
    let presence = r.word("presence", Grade::parse, "form-choose");
    let result = r.word("result", Grade::parse, "form-choose");
    Some(Grades { response: response?, presence: presence?, result: result? })
}
