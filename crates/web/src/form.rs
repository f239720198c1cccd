//! The builder of forms: a field's id, label, hint, value and error follow from its name.
//! `f.text("reason")` in the form of the act `cancel` has the id `cancel-reason`, the label
//! `cancel-reason` or that of the family, the hint `…-hint` if there is such a text, and what
//! was typed before. What a form says when it is sent is read in [`crate::read`].

use crate::dates::Days;
use crate::sent::{LOOKED, PHOTO};
use crate::slip::Slip;
use crate::texts::Locale;
use crate::ui::{self, Field, Fields, Input};
use crate::{Cx, dates};
use maud::{Markup, Render, html};
use yishi_kernel::moment::Date;

/// The form of an act.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    cx: &'a Cx,
    act: &'a str,
    nth: Option<u32>,
    family: &'a str,
    action: String,
    values: &'a Fields,
    slip: Option<&'a Slip>,
    enctype: Option<&'static str>,
}

impl<'a> Form<'a> {
    /// The form that sends `act` to the link `action`. An act without a name has fields whose
    /// names begin with nothing, and labels of the family alone.
    #[must_use]
    pub fn new(cx: &'a Cx, act: &'a str, family: &'a str, action: String) -> Self {
        const NONE: &Fields = &Fields(Vec::new());
        Self { cx, act, nth: None, family, action, values: NONE, slip: None, enctype: None }
    }

    /// The same form for one of several things on the page, by its number: the names of its
    /// fields begin with the act and the number, and [`Reader::nth`](crate::read::Reader::nth)
    /// says which of them was sent.
    #[must_use]
    pub fn nth(&self, number: u32) -> Self {
        Self { nth: Some(number), ..self.clone() }
    }

    /// With what was typed, and what is wrong with it.
    #[must_use]
    pub fn filled(self, values: &'a Fields, slip: Option<&'a Slip>) -> Self {
        Self { values, slip, ..self }
    }

    /// With photos: the form is sent in parts.
    #[must_use]
    pub fn in_parts(self) -> Self {
        Self { enctype: Some("multipart/form-data"), ..self }
    }

    /// The language of the page.
    #[must_use]
    pub fn t(&self) -> Locale {
        self.cx.locale
    }

    /// The name of a field, which is also its id.
    #[must_use]
    pub fn name(&self, field: &str) -> String {
        name(&self.front(), field)
    }

    fn front(&self) -> String {
        front(self.act, self.nth)
    }

    /// Whether this form is the one that was sent and came back.
    #[must_use]
    pub fn came_back(&self) -> bool {
        let front = self.front();
        let own = |name: &str| !front.is_empty() && is_of(&front, name);
        // A form whose only box was not ticked sends no field at all.
        self.values.0.iter().any(|(name, _)| own(name))
            || self.slip.is_some_and(|slip| slip.fields().any(own))
    }

    /// What was typed into a field, or what it starts with.
    #[must_use]
    pub fn value(&self, field: &str, start: &str) -> String {
        let name = self.name(field);
        match self.values.0.iter().find(|(one, _)| *one == name) {
            Some((_, value)) => value.clone(),
            None if self.came_back() => String::new(),
            None => start.to_owned(),
        }
    }

    /// What was chosen of several, or what is ticked from the start.
    #[must_use]
    pub fn chosen<'v>(&'v self, field: &str, start: &'v [String]) -> Vec<&'v str> {
        let name = self.name(field);
        let sent: Vec<&str> =
            self.values.0.iter().filter(|(one, _)| *one == name).map(|(_, value)| value.as_str()).collect();
        if sent.is_empty() && !self.came_back() { start.iter().map(String::as_str).collect() } else { sent }
    }

    /// What is wrong with a field that a page draws by itself.
    #[must_use]
    pub fn wrong(&self, field: &str) -> Option<&str> {
        self.slip.and_then(|slip| slip.at(&self.name(field)))
    }

    /// A field with this control.
    fn line<'f>(&'f self, field: &'f str, control: Control<'f>) -> Line<'f> {
        let (label, hint) = (Label::Derived, Hint::Derived);
        Line { form: self, field, control, label, hint, start: String::new(), keep: "" }
    }

    /// A line of text.
    #[must_use]
    pub fn text<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Text("off"))
    }

    /// A line of text that the browser may complete: `name`, `tel`.
    #[must_use]
    pub fn completed<'f>(&'f self, field: &'f str, autocomplete: &'static str) -> Line<'f> {
        self.line(field, Control::Text(autocomplete))
    }

    /// Several lines of text.
    #[must_use]
    pub fn area<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Area)
    }

    /// A day from today on.
    #[must_use]
    pub fn day<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Day(Days::Coming))
    }

    /// A day that has passed, on which something happened: from `since` to today.
    #[must_use]
    pub fn past_day<'f>(&'f self, field: &'f str, since: Date) -> Line<'f> {
        self.line(field, Control::Day(Days::Past(since)))
    }

    /// Any day.
    #[must_use]
    pub fn any_day<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Day(Days::Any))
    }

    /// A minute from now on.
    #[must_use]
    pub fn minute<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Minute)
    }

    /// A time of day.
    #[must_use]
    pub fn time<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Input(Input::Time))
    }

    /// A whole number.
    #[must_use]
    pub fn number<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Input(Input::Count))
    }

    /// The number that a thing goes by.
    #[must_use]
    pub fn item<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Input(Input::Item))
    }

    /// A sum of money.
    #[must_use]
    pub fn amount<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Input(Input::Amount))
    }

    /// A choice from a list of value and text.
    #[must_use]
    pub fn select<'f>(&'f self, field: &'f str, options: &'f [(String, String)]) -> Line<'f> {
        self.line(field, Control::Select(options))
    }

    /// One of a few, all to be seen at once.
    #[must_use]
    pub fn radios<'f>(&'f self, field: &'f str, options: &'f [(String, String)]) -> Line<'f> {
        self.line(field, Control::Radios(options))
    }

    /// One of a few, or none of them.
    #[must_use]
    pub fn radios_or_none<'f>(&'f self, field: &'f str, options: &'f [(String, String)]) -> Line<'f> {
        self.line(field, Control::RadiosOrNone(options))
    }

    /// Any number of a few, ticked from the start as `ticked` says.
    #[must_use]
    pub fn checks<'f>(
        &'f self,
        field: &'f str,
        options: &'f [(String, String)],
        ticked: &'f [String],
    ) -> Line<'f> {
        self.line(field, Control::Checks(options, ticked))
    }

    /// A box to tick.
    #[must_use]
    pub fn check<'f>(&'f self, field: &'f str) -> Line<'f> {
        self.line(field, Control::Check)
    }

    /// Photos to attach, and those that came already. The form is [`Form::in_parts`].
    #[must_use]
    pub fn photos(&self) -> Line<'_> {
        self.line("photos", Control::Photos)
    }

    /// The same for a single photo.
    #[must_use]
    pub fn photo(&self) -> Line<'_> {
        self.line("photos", Control::Photo)
    }

    /// A value that goes along.
    #[must_use]
    pub fn hidden(&self, field: &str, value: &str) -> Markup {
        ui::hidden(&self.name(field), value)
    }

    /// The button that sends the form.
    #[must_use]
    pub fn submit(&self, text: &str, class: &str) -> Markup {
        ui::submit(&self.t().say(text), class)
    }

    /// What every form carries: the marks by which it is known as ours, and which of several
    /// it is.
    fn marks(&self) -> Markup {
        html! {
            (self.cx.marks())
            // What was looked at before stays so while another field is put right.
            @for looked in self.values.all(LOOKED) { (ui::hidden(LOOKED, looked)) }
            @if let Some(nth) = self.nth { (ui::hidden(&name(self.act, NTH), &nth.to_string())) }
        }
    }

    /// The form alone.
    #[must_use]
    pub fn bare(&self, inner: &Markup) -> Markup {
        html! {
            form method="post" action=(self.action) enctype=[self.enctype] { (self.marks()) (inner) }
        }
    }

    /// The form as a box: one of several alike.
    #[must_use]
    pub fn tile(&self, inner: &Markup) -> Markup {
        html! {
            form.card method="post" action=(self.action) enctype=[self.enctype] { (self.marks()) (inner) }
        }
    }

    /// The form in a box with a title.
    #[must_use]
    pub fn card(&self, title: &str, inner: &Markup) -> Markup {
        let id = Some(self.front()).filter(|front| !front.is_empty());
        html! { section.card id=[id] { h2 { (title) } (self.bare(inner)) } }
    }

    /// The form in a box, folded up unless it came back.
    #[must_use]
    pub fn folded(&self, title: &str, inner: &Markup) -> Markup {
        html! { details open[self.came_back()] { summary { (title) } (self.card(title, inner)) } }
    }
}

/// The field that says which of several forms of an act was sent.
pub(crate) const NTH: &str = "nth";

/// What the names of a form's fields begin with: the act and, where the page has its form for
/// several things, the number of the thing.
#[must_use]
pub fn front(act: &str, nth: Option<u32>) -> String {
    match nth {
        Some(nth) => name(act, &nth.to_string()),
        None => act.to_owned(),
    }
}

/// The name of a field of the form whose names begin like this.
pub(crate) fn name(front: &str, field: &str) -> String {
    if front.is_empty() { field.to_owned() } else { format!("{front}-{field}") }
}

/// Whether a name is one of an act's fields.
pub(crate) fn is_of(act: &str, name: &str) -> bool {
    name.strip_prefix(act).is_some_and(|rest| rest.starts_with('-'))
}

#[derive(Clone, Copy, Debug)]
enum Control<'f> {
    Text(&'static str),
    Area,
    Day(Days),
    Minute,
    Input(Input),
    Select(&'f [(String, String)]),
    Radios(&'f [(String, String)]),
    RadiosOrNone(&'f [(String, String)]),
    Checks(&'f [(String, String)], &'f [String]),
    Check,
    Photos,
    Photo,
}

#[derive(Clone, Copy, Debug)]
enum Label<'f> {
    /// `<act>-<field>`, or `<family>-<field>`.
    Derived,
    /// The text of another key.
    Key(&'f str),
    /// As it is.
    Said(&'f str),
}

#[derive(Clone, Copy, Debug)]
enum Hint<'f> {
    /// None.
    None,
    /// The label's key and `-hint`, if there is such a text.
    Derived,
    /// The text of another key.
    Key(&'f str),
}

/// A field of a form, to be put into markup as it is.
#[derive(Debug)]
pub struct Line<'f> {
    form: &'f Form<'f>,
    field: &'f str,
    control: Control<'f>,
    label: Label<'f>,
    hint: Hint<'f>,
    start: String,
    keep: &'static str,
}

impl<'f> Line<'f> {
    /// With the label of another key, and its hint if it has one.
    #[must_use]
    pub fn label(self, key: &'f str) -> Self {
        Self { label: Label::Key(key), ..self }
    }

    /// Called so: one of many alike, each with its number.
    #[must_use]
    pub fn called(self, label: &'f str) -> Self {
        Self { label: Label::Said(label), hint: Hint::None, ..self }
    }

    /// With the hint of another key.
    #[must_use]
    pub fn hint(self, key: &'f str) -> Self {
        Self { hint: Hint::Key(key), ..self }
    }

    /// With this value before anything was typed.
    #[must_use]
    pub fn start(self, value: impl Into<String>) -> Self {
        Self { start: value.into(), ..self }
    }

    /// Several lines of text that the device keeps under this word while they are typed, for
    /// this form and whoever is signed in.
    #[must_use]
    pub fn keep(self, word: &'static str) -> Self {
        Self { keep: word, ..self }
    }

    /// The keys that its label may have, the first that has a text counts.
    fn keys(&self) -> [String; 2] {
        match self.label {
            Label::Key(key) => [key.to_owned(), key.to_owned()],
            Label::Said(_) => [String::new(), String::new()],
            Label::Derived => [name(self.form.act, self.field), name(self.form.family, self.field)],
        }
    }
}

impl Render for Line<'_> {
    fn render(&self) -> Markup {
        let (form, t) = (self.form, self.form.t());
        let id = form.name(self.field);
        let keys = self.keys();
        // A label without a text shows its key: a test walks the pages and finds it.
        let key = keys.iter().find(|key| t.first(&[key.as_str()]).is_some()).unwrap_or(&keys[1]);
        let hint = match self.hint {
            Hint::Derived => t.first(&[&format!("{key}-hint")]).unwrap_or_default(),
            Hint::Key(key) => t.say(key),
            Hint::None => String::new(),
        };
        let hint = match self.control {
            Control::Photos | Control::Photo => t.with("photos-hint", &[("own", &hint)]).trim().to_owned(),
            _ => hint,
        };
        let label = match self.label {
            Label::Said(label) => label.to_owned(),
            Label::Derived | Label::Key(_) => t.say(key),
        };
        let error = form.slip.and_then(|slip| slip.at(&id));
        let field = Field::new(&id, &label).hint(&hint).error(error);
        let value = form.value(self.field, &self.start);
        let control = match self.control {
            Control::Text(autocomplete) => ui::text_field(field, &value, autocomplete),
            Control::Area => {
                let keep = (!self.keep.is_empty()).then(|| ui::Keep {
                    word: self.keep,
                    offer: t.with("draft-offer", &[("time", &"{time}")]),
                    drop: t.say("draft-drop"),
                });
                ui::text_area(field, &value, keep.as_ref())
            }
            Control::Day(days) => dates::day_field(field, &value, days, form.cx.now),
            Control::Minute => dates::minute_field(field, &value, form.cx.now),
            Control::Input(kind) => ui::input(field, kind, &value),
            Control::Select(options) => ui::select(field, options, &value),
            Control::Radios(options) => ui::radios(field, options, &value),
            Control::RadiosOrNone(options) => ui::radios_or_none(field, options, &value),
            Control::Check => ui::check(field, &value),
            Control::Checks(options, ticked) => ui::checks(field, options, &form.chosen(self.field, ticked)),
            Control::Photos | Control::Photo => {
                let kept = form.values.all(PHOTO).filter(|_| form.came_back() || form.act.is_empty());
                html! {
                    @for photo in kept { (ui::hidden(PHOTO, photo)) }
                    @match self.control {
                        Control::Photo => (ui::photo_named(field, "photos")),
                        _ => (ui::photos_named(field, "photos")),
                    }
                }
            }
        };
        html! { (control) @if let Some(slip) = form.slip { (slip.look(&id, t)) } }
    }
}
