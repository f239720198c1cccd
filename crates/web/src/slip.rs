//! What is wrong with a form that was sent: all of it at once, each error with its field, so
//! that the page shows it first and beside what was typed. What a field is called is in
//! [`crate::form`].

use crate::sent::LOOKED;
use crate::texts::Locale;
use crate::ui::Fields;
use crate::{Error, error};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use yishi_kernel::Denied;
use yishi_kernel::personal::{Found, mark};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::TextError;

/// An error of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The id of the field it is about, if it is about one.
    pub field: Option<String>,
    /// What the user reads.
    pub text: String,
}

/// The errors of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    status: StatusCode,
    wrongs: Vec<Wrong>,
    /// Texts that whoever wrote them is to look at once more.
    looks: Vec<Look>,
    /// What was typed, where its form may not be on the page any more.
    typed: Vec<String>,
}

impl Default for Slip {
    fn default() -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            wrongs: Vec::new(),
            looks: Vec::new(),
            typed: Vec::new(),
        }
    }
}

impl Slip {
    /// The error with which a command was refused, about this field.
    ///
    /// # Errors
    /// The error, when the user cannot put it right in the form.
    pub fn of(error: Error, field: Option<String>, values: &Fields, t: Locale) -> Result<Self, Error> {
        if !error.is_mendable() {
            return Err(error);
        }
        // Somebody else was quicker, and the page may have no such form now.
        let typed = match error {
            Error::Denied(Denied::Stage(_)) => values.texts().into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let status = match error {
            Error::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            ref error => error.status(),
        };
        let mut slip = Self { status, typed, ..Self::default() };
        slip.refuse(field, &error, t);
        Ok(slip)
    }

    /// The error with which a command was refused, of a form whose names begin with nothing.
    ///
    /// # Errors
    /// The error, when the user cannot put it right in the form.
    pub fn bare(error: impl Into<Error>, values: &Fields, t: Locale) -> Result<Self, Error> {
        let error = error.into();
        let field = error.field().map(str::to_owned);
        Self::of(error, field, values, t)
    }

    /// One error alone.
    #[must_use]
    pub fn one(field: &str, text: &str) -> Self {
        let mut slip = Self::default();
        slip.add(Some(field.to_owned()), text.to_owned());
        slip
    }

    /// One more error.
    pub fn add(&mut self, field: Option<String>, text: String) {
        self.wrongs.push(Wrong { field, text });
    }

    /// One more error, as what it says.
    pub fn refuse(&mut self, field: Option<String>, error: &Error, t: Locale) {
        self.add(field.clone(), error.text(t));
        if let Error::Refused(refusal) = error
            && let Some(Common::Text { error: TextError::Unsure { text, found }, .. }) = refusal.of()
        {
            self.looks.push(Look { field, text: text.clone(), found: found.clone() });
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wrongs.is_empty()
    }

    /// The fields that something is wrong with.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.wrongs.iter().filter_map(|wrong| wrong.field.as_deref())
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        let wrong = self.wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(field))?;
        Some(&wrong.text)
    }

    /// What to look at once more in a field, with a box that says so of just that text.
    #[must_use]
    pub(crate) fn look(&self, field: &str, t: Locale) -> Markup {
        let Some(look) = self.looks.iter().find(|look| look.field.as_deref() == Some(field)) else {
            return html! {};
        };
        let id = format!("{field}-looked");
        html! {
            fieldset.wrong aria-describedby={ (id) "-text" } {
                legend { (t.say("look-title")) }
                p.pre id={ (id) "-text" } { (look.marked()) }
                label.check.box for=(id) {
                    input type="checkbox" id=(id) name=(LOOKED) value=(mark(&look.text));
                    span { (t.say("look-done")) }
                }
            }
        }
    }

    /// A page that shows it, with its status.
    #[must_use]
    pub fn answer(&self, page: Markup) -> Response {
        (self.status, page).into_response()
    }
}

/// A text of a field with what may be personal data in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    field: Option<String>,
    text: String,
    found: Vec<Found>,
}

impl Look {
    /// The text with its finds marked.
    fn marked(&self) -> Markup {
        let starts = std::iter::once(0).chain(self.found.iter().map(|found| found.span.end));
        let rest = self.found.last().map_or(0, |found| found.span.end);
        html! {
            @for (start, Found { span, .. }) in starts.zip(&self.found) {
                (self.text[start..span.start]) mark { (self.text[span.clone()]) }
            }
            (self.text[rest..])
        }
    }
}

/// What is wrong with a form, first on the page, with links to the fields.
#[must_use]
pub fn summary(slip: Option<&Slip>, t: Locale) -> Markup {
    let Some(slip) = slip else { return html! {} };
    let typed: Vec<&str> = slip.typed.iter().map(String::as_str).collect();
    html! {
        div.notice.bad role="alert" tabindex="-1" autofocus {
            h2 { @match slip.wrongs.len() {
                0 | 1 => (t.say("form-problem")),
                count => (t.with("form-problems", &[("count", &count)])),
            } }
            @for wrong in &slip.wrongs {
                p { @match &wrong.field {
                    Some(field) => a href={ "#" (field) } { (wrong.text) },
                    None => (wrong.text),
                } }
            }
        }
        (error::typed_texts(&typed, t))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::texts::Language;
    use yishi_kernel::Refusal;
    use yishi_kernel::refusal::Common;

    #[test]
    fn all_errors_are_told_at_once_each_at_its_field() {
        let mut slip = Slip::default();
        assert!(slip.is_empty());
        slip.add(Some("blow-lead".to_owned()), "choose a lead".to_owned());
        slip.add(Some("blow-finish".to_owned()), "choose a day".to_owned());
        assert_eq!(slip.at("blow-finish"), Some("choose a day"));
        assert_eq!(slip.at("blow-arrive"), None);
        let page = summary(Some(&slip), Language::En.into()).0;
        assert!(page.contains("href=\"#blow-lead\"") && page.contains("href=\"#blow-finish\""));
        assert_eq!(slip.answer(html! {}).status(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn what_may_be_personal_comes_back_marked_with_a_box_for_just_that_text() {
        use yishi_kernel::personal::find;
        let text = "到3-603找<b>".to_owned();
        let error = TextError::Unsure { found: find(&text), text: text.clone() };
        let error = Error::from(Refusal::from(Common::Text { field: "note", error }));
        let slip = Slip::of(error, Some("note".to_owned()), &Fields::default(), Language::En.into()).unwrap();
        let page = slip.look("note", Language::En.into()).0;
        assert!(page.contains("到<mark>3-603</mark>找&lt;b&gt;"), "{page}");
        assert!(page.contains(&format!("name=\"looked\" value=\"{}\"", mark(&text))), "{page}");
        assert_eq!(slip.look("other", Language::En.into()).0, "");
    }

    #[test]
    fn only_what_the_user_can_put_right_is_shown_with_the_form() {
        let values = Fields::default();
        let of = |error: Error| Slip::of(error, None, &values, Language::En.into());
        assert!(
            of(Refusal::from(Common::Past { field: "day" }).into()).is_ok() && of(Error::Malformed).is_ok()
        );
        assert!(matches!(of(Refusal::from(Common::Unknown).into()), Err(Error::Refused(_))));
        assert!(matches!(of(Error::NotFound), Err(Error::NotFound)));
    }

    #[test]
    fn what_was_typed_comes_back_when_somebody_was_quicker() {
        use yishi_domain::dispatch::OrderStage;
        let values = Fields(vec![
            ("accept-note".to_owned(), "路灯全亮了".to_owned()),
            ("form".to_owned(), "3456789abcdefghjkmnpqrstuv".to_owned()),
        ]);
        let error = Error::from(Denied::stage(OrderStage::Accepted));
        let slip = Slip::of(error, None, &values, Language::En.into()).unwrap();
        let page = summary(Some(&slip), Language::En.into()).0;
        assert!(page.contains("路灯全亮了") && !page.contains("3456789"));
        assert_eq!(slip.answer(html! {}).status(), StatusCode::CONFLICT);
    }
}
