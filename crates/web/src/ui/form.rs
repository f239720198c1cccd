//! Form fields, each with label, hint and error; and the values of a form that was sent.

use maud::{Markup, html};

/// The values of a form that was sent, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The value of a field; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value of a field, unless empty.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What a person wrote in words: without what only the program reads, as ids and choices.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let written = |text: &&str| !text.is_ascii() || text.trim().contains(char::is_whitespace);
        self.0.iter().map(|(_, value)| value.as_str()).filter(written).collect()
    }
}

/// A field's texts.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Name in the form, also its id.
    pub name: &'a str,
    /// What it is.
    pub label: &'a str,
    /// How to fill it in; may be empty.
    pub hint: &'a str,
    /// What is wrong with what was sent; `None` when nothing is.
    pub error: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// A field without hint or error.
    #[must_use]
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: "", error: None }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// With what is wrong.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    fn described(&self) -> Option<String> {
        match (self.hint.is_empty(), self.error) {
            (true, None) => None,
            (false, None) => Some(format!("{}-hint", self.name)),
            (true, Some(_)) => Some(format!("{}-error", self.name)),
            (false, Some(_)) => Some(format!("{0}-hint {0}-error", self.name)),
        }
    }

    fn around(&self, control: Markup) -> Markup {
        let class = if self.error.is_some() { "field wrong" } else { "field" };
        html! {
            div class=(class) {
                label for=(self.name) { (self.label) }
                @if !self.hint.is_empty() { p.hint id={ (self.name) "-hint" } { (self.hint) } }
                @if let Some(error) = self.error { p.error-text id={ (self.name) "-error" } { (error) } }
                (control)
            }
        }
    }
}

/// A line of text.
#[must_use]
pub fn text_field(field: Field, value: &str, autocomplete: &str) -> Markup {
    let kind = if field.name.contains("password") { "password" } else { "text" };
    field.around(html! {
        input type=(kind) id=(field.name) name=(field.name) value=(value) autocomplete=(autocomplete)
            aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")];
    })
}

/// What a line of a form takes, so that phones show the right keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A time of day.
    Time,
    /// A whole number.
    Count,
    /// The number that a thing goes by.
    Item,
    /// An amount of money, with a point.
    Amount,
}

impl Input {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Time, Self::Count, Self::Item, Self::Amount];
}

/// A line of a form that takes a time or a number.
#[must_use]
pub fn input(field: Field, kind: Input, value: &str) -> Markup {
    // Number fields lose what does not read as a number; text with the right keys keeps it.
    let (kind, mode) = match kind {
        Input::Time => ("time", None),
        Input::Count | Input::Item => ("text", Some("numeric")),
        Input::Amount => ("text", Some("decimal")),
    };
    field.around(html! {
        input type=(kind) id=(field.name) name=(field.name) value=(value) inputmode=[mode] autocomplete="off"
            aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")];
    })
}

/// How several lines of text are kept on the device while they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Under which word.
    pub word: &'static str,
    /// What offers them, with `{time}` for when they were typed.
    pub offer: String,
    /// What drops them.
    pub drop: String,
}

/// Several lines of text.
#[must_use]
pub fn text_area(field: Field, value: &str, keep: Option<&Keep>) -> Markup {
    field.around(html! {
        textarea id=(field.name) name=(field.name) data-keep=[keep.map(|keep| keep.word)]
            data-offer=[keep.map(|keep| &keep.offer)] data-drop=[keep.map(|keep| &keep.drop)]
            aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")] { (value) }
    })
}

/// A choice from a list of value and text.
#[must_use]
pub fn select(field: Field, options: &[(String, String)], chosen: &str) -> Markup {
    field.around(html! {
        select id=(field.name) name=(field.name) aria-describedby=[field.described()]
            aria-invalid=[field.error.map(|_| "true")] {
            @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
        }
    })
}

/// One of a few, all to be seen at once.
#[must_use]
pub fn radios(field: Field, options: &[(String, String)], chosen: &str) -> Markup {
    group(field, options, chosen, Must::Choose)
}

/// One of a few, or none of them.
#[must_use]
pub fn radios_or_none(field: Field, options: &[(String, String)], chosen: &str) -> Markup {
    group(field, options, chosen, Must::Nothing)
}

/// Whether one of a group has to be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    Choose,
    Nothing,
}

fn group(field: Field, options: &[(String, String)], chosen: &str, must: Must) -> Markup {
    html! {
        fieldset class=[field.error.map(|_| "wrong")] aria-describedby=[field.described()] {
            legend { (field.label) }
            @if !field.hint.is_empty() { p.hint id={ (field.name) "-hint" } { (field.hint) } }
            @if let Some(error) = field.error { p.error-text id={ (field.name) "-error" } { (error) } }
            div.options.tight[are_short(options)] {
                @for (n, (value, text)) in options.iter().enumerate() {
                    (choice(field.name, n, value, text, chosen, must))
                }
            }
        }
    }
}

/// Whether choices stand side by side: there are some, and each is a word or two.
fn are_short(options: &[(String, String)]) -> bool {
    // A Chinese character is as wide as two letters.
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    options.len() >= 4 && options.iter().all(|(_, text)| width(text) <= 16)
}

/// One radio button in a box of its own.
fn choice(name: &str, n: usize, value: &str, text: &str, chosen: &str, must: Must) -> Markup {
    let id = if n == 0 { name.to_owned() } else { format!("{name}-{n}") };
    html! {
        label.check.box for=(id) {
            input type="radio" id=(id) name=(name) value=(value) checked[value == chosen] required[must == Must::Choose];
            span { (text) }
        }
    }
}

/// A box to tick.
#[must_use]
pub fn check(field: Field, ticked: &str) -> Markup {
    let class = if field.error.is_some() { "field wrong" } else { "field" };
    html! {
        div class=(class) {
            @if let Some(error) = field.error { p.error-text id={ (field.name) "-error" } { (error) } }
            label.check for=(field.name) {
                input type="checkbox" id=(field.name) name=(field.name) value="yes" checked[ticked == "yes"]
                    aria-describedby=[field.described()];
                span { (field.label) }
            }
            @if !field.hint.is_empty() { p.hint id={ (field.name) "-hint" } { (field.hint) } }
        }
    }
}

/// Any number of a few, all to be seen at once. A second line of a text is shown smaller.
#[must_use]
pub fn checks(field: Field, options: &[(String, String)], chosen: &[&str]) -> Markup {
    html! {
        fieldset class=[field.error.map(|_| "wrong")] aria-describedby=[field.described()] {
            legend { (field.label) }
            @if !field.hint.is_empty() { p.hint id={ (field.name) "-hint" } { (field.hint) } }
            @if let Some(error) = field.error { p.error-text id={ (field.name) "-error" } { (error) } }
            div.options.tight[are_short(options)] {
                @for (n, (value, text)) in options.iter().enumerate() {
                    @let id = if n == 0 { field.name.to_owned() } else { format!("{}-{n}", field.name) };
                    label.check.box for=(id) {
                        input type="checkbox" id=(id) name=(field.name) value=(value) checked[chosen.contains(&value.as_str())];
                        @match text.split_once('\n') {
                            Some((first, more)) => span { (first) span.more { @for (n, part) in more.split(" · ").enumerate() { @if n > 0 { " · " } span.whole { (part) } } } },
                            None => span { (text) },
                        }
                    }
                }
            }
        }
    }
}

/// Photos to attach, called otherwise than their id: several forms of a page may take some.
#[must_use]
pub fn photos_named(field: Field, name: &str) -> Markup {
    files(field, name, Files::Several)
}

/// The same for a single photo.
#[must_use]
pub fn photo_named(field: Field, name: &str) -> Markup {
    files(field, name, Files::One)
}

/// How many files may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Files {
    One,
    Several,
}

fn files(field: Field, name: &str, files: Files) -> Markup {
    // A list of formats makes some web views open a file manager without camera or album: the
    // hint names them, and the server judges.
    field.around(html! {
        input type="file" id=(field.name) name=(name) accept="image/*"
            multiple[files == Files::Several]
            data-photos aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")];
    })
}

/// A file that is no photo, of these kinds.
#[must_use]
pub fn file(field: Field, accept: &str) -> Markup {
    field.around(html! {
        input type="file" id=(field.name) name=(field.name) accept=(accept) required
            aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")];
    })
}

/// A value that goes along.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The button that sends the form.
#[must_use]
pub fn submit(text: &str, class: &str) -> Markup {
    html! { button type="submit" class={ "button " (class) } { (text) } }
}
