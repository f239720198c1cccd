//! A roster that was handed in, as it would be recorded (名册预览): how many rows are new, which add to
//! what stands, what is wrong by cell with what to do, and one press for all or none. What a row
//! means is each feature's.

use crate::exports;
use crate::form::Form;
use crate::handed::File;
use crate::preview::{
    called, columns, first_rows, line, listed, read_as, sheets, spoilt, unread, word, wrong,
};
use crate::slip::{Slip, summary};
use crate::texts::Locale;
use crate::ui::{self, Fields, Nav, Page, Width};
use crate::{Cx, Error};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::councils::MemberKind;
use yishi_domain::people::{Capacity, OrganisationKind};
use yishi_domain::places::NoStep;
use yishi_kernel::Role;
use yishi_kernel::refusal::Common;
use yishi_kernel::when::NoWhen;
use yishi_office::Failure;
use yishi_office::columns::{Unread, Use};
use yishi_office::people::roster::listed_roles;
use yishi_office::roster::{Called, Listed, Note, Seen, Why, Wrong};
use yishi_spreadsheet::write::{Column, Form as Shape, Head, Writing};

/// How wide a column of a sheet to fill in is, in characters.
const WIDTH: u16 = 16;

/// Where a roster is shown.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The page itself.
    pub link: String,
    /// The page on which it was handed in, and what that is called.
    pub back: (String, String),
    /// The file.
    pub file: &'a File,
    /// The ways of whoever looks at it.
    pub nav: Nav,
}

/// What the pages call roles that rosters give, in both languages.
#[must_use]
pub fn roles(t: Locale) -> Called<Role> {
    let named = |t: Locale| {
        let plain = listed_roles().map(move |role| (ui::role(role, t), role));
        // 物业管理人员 and 市场管理人员 are what people of one role are called.
        let closer = OrganisationKind::ALL.iter().flat_map(move |body| {
            listed_roles().map(move |role| (ui::capacity(Capacity { role, body: Some(*body) }, t), role))
        });
        plain.chain(closer)
    };
    Called::of(both(t).flat_map(named))
}

/// The same of kinds of organisations.
#[must_use]
pub fn organisation_kinds(t: Locale) -> Called<OrganisationKind> {
    let kinds =
        |t: Locale| OrganisationKind::ALL.iter().map(move |kind| (ui::organisation_kind(*kind, t), *kind));
    Called::of(both(t).flat_map(kinds))
}

/// The same of kinds of members of a council.
#[must_use]
pub fn member_kinds(t: Locale) -> Called<MemberKind> {
    Called::of(both(t).flat_map(|t| MemberKind::ALL.iter().map(move |kind| (t.word(*kind), *kind))))
}

/// The roles that may be written, for whoever fills a sheet in.
#[must_use]
pub fn role_names(t: Locale) -> String {
    names(listed_roles().map(|role| ui::role(role, t)), t)
}

/// The kinds of organisations that may be.
#[must_use]
pub fn kind_names(t: Locale) -> String {
    names(OrganisationKind::ALL.iter().map(|kind| ui::organisation_kind(*kind, t)), t)
}

fn names(all: impl Iterator<Item = String>, t: Locale) -> String {
    all.collect::<Vec<_>>().join(&t.say("import-apart"))
}

fn both(t: Locale) -> impl Iterator<Item = Locale> {
    [t.chinese(), Locale { language: crate::texts::Language::En, ..t }].into_iter()
}

/// What was pressed on the page of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// To see how it would be recorded.
    Look,
    /// To record it.
    Import,
}

impl Press {
    /// What a form that was sent asks for.
    #[must_use]
    pub fn of(values: &Fields) -> Self {
        if values.get("press") == "import" { Press::Import } else { Press::Look }
    }
}

/// Why a roster cannot be recorded as it is, to be told above it.
#[must_use]
pub fn stops<C: Use>(seen: &Seen<C>, t: Locale) -> Option<Slip> {
    if seen.is_ready() {
        return None;
    }
    let mut slip = Slip::default();
    slip.add(None, t.say("import-not-ready"));
    Some(slip)
}

/// The columns that a roster may have, for whoever fills a sheet in.
#[must_use]
pub fn known<C: Use>(left_out: C, t: Locale) -> String {
    names(may_have(left_out).map(|column| word(column, t)), t)
}

/// A sheet to fill in (空白名册): the header alone, under a line that says how a row looks.
///
/// # Errors
/// When it cannot be written.
pub async fn blank<C: Use>(cx: &Cx, title: String, example: String, left_out: C) -> Result<Response, Error> {
    let columns = may_have(left_out).map(|column| Column::new(word(column, cx.locale), WIDTH)).collect();
    let head = Head { title, lines: vec![example], columns };
    let writing = Writing::begin(Shape::Xlsx, &head)?;
    exports::send(cx, Shape::Xlsx, &head, writing).await
}

fn may_have<C: Use>(left_out: C) -> impl Iterator<Item = C> {
    C::every().iter().copied().filter(move |column| *column != left_out)
}

/// Records a roster, and goes where it was handed in with how much that was: all of it, or nothing.
///
/// # Errors
/// When the store fails.
pub async fn take_in<C: Use>(
    cx: &Cx,
    seen: Seen<C>,
    sheet: &str,
    (link, done): (&str, &str),
) -> Result<Response, Error> {
    match cx.office().take_in(seen).await {
        Ok(()) => {
            cx.hand_back(sheet);
            Ok(Redirect::to(&ui::link(link, &[("done", done)])).into_response())
        }
        // Somebody was quicker: it is looked at anew.
        Err(Failure::Refused(refusal)) if refusal == Common::Exists => {
            Ok(Redirect::to(sheet).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Why no roster can be shown, on the page on which it was handed in.
#[must_use]
pub fn not_shown(no: Option<&Unread>, t: Locale) -> Slip {
    Slip::one("file", &no.map_or_else(|| t.say("import-gone"), |no| unread(no, t)))
}

/// The page of a roster.
#[must_use]
pub fn page<C: Use>(cx: &Cx, at: Shown<'_>, seen: &Seen<C>, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let Listed { form, header, columns: all, shown, .. } = &seen.listed;
    let f = Form::new(cx, "", "roster", at.link.clone()).filled(values, slip);
    let title = t.with("import-preview-title", &[("name", &at.file.name)]);
    let (count, ready) = (seen.new + seen.added, seen.is_ready());
    let (back, name) = &at.back;
    let main = html! {
        p.crumbs { a href=(back) { (name) } }
        h1 { (title) }
        @if let Some(slip) = slip { (summary(Some(slip), t)) }
        p { (read_as(form, *header, t)) }
        @if all.says() && seen.listed.wrong.is_empty() {
            p { strong { (t.with(&own::<C>("counts"), &[("new", &seen.new), ("added", &seen.added), ("known", &seen.known)])) } }
            @if !seen.adds() { div.notice role="status" { p { (t.say(if shown.is_empty() { "roster-no-rows" } else { "roster-nothing-new" })) } } }
        }
        @if !all.says() {
            div.notice.bad role="status" { p { (t.with("roster-says-nothing", &[("names", &needed::<C>(t))])) } }
        }
        @if !seen.listed.wrong.is_empty() {
            section.card { h2 { (t.with("import-wrong", &[("count", &seen.listed.wrong.len())])) }
                (listed(seen.listed.wrong.iter().map(|one| said(one, &seen.listed, t)), t)) }
        }
        @if !seen.notes.is_empty() {
            section.card { h2 { (t.say("import-remarks")) } (listed(seen.notes.iter().map(|one| note(one, t)), t))
                @if seen.notes.iter().any(is_of_name) { p.hint { (t.say("roster-by-name")) } } }
        }
        (f.bare(&html! {
            (sheets(form, &f))
            @if ready && seen.adds() {
                div.actions {
                    button.button.wide type="submit" name="press" value="import" { (t.with(&own::<C>("do"), &[("count", &count)])) }
                }
                p.hint { (t.say("roster-do-hint")) }
            }
            (columns(all, shown, t))
        }))
        (first_rows(all, shown, t))
    };
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &at.back.0, title: &title, nav: at.nav, width: Width::Wide, main }.render()
}

/// The key of what each kind of roster says in its own words.
fn own<C: Use>(what: &str) -> String {
    format!("{}-{what}", C::FAMILY)
}

/// The columns without which a roster says nothing.
fn needed<C: Use>(t: Locale) -> String {
    let needed = C::every().iter().filter(|column| column.says());
    names(needed.map(|column| word(*column, t)), t)
}

/// What is wrong, where, and what to do.
fn said<C: Use>(one: &Wrong<C>, of: &Listed<C>, t: Locale) -> String {
    let column = one.column.map(|column| called(&of.columns, column, t));
    let cell = column.as_deref().map(|column| (column, one.raw.as_str()));
    wrong(one.at, cell, &why::<C>(&one.why, t), t)
}

fn why<C: Use>(why: &Why, t: Locale) -> String {
    match why {
        Why::Spoilt(why) => spoilt(*why, t),
        Why::TooMany(most) => t.with("roster-why-many", &[("most", most)]),
        Why::Empty => t.say("roster-why-empty"),
        Why::NoSuchRole => t.with("roster-why-role", &[("names", &role_names(t))]),
        Why::NoSuchKind => t.with("roster-why-kind", &[("names", &kind_names(t))]),
        Why::NoSuchMember => {
            let kinds = MemberKind::ALL.iter().map(|kind| t.word(*kind));
            t.with("roster-why-member", &[("names", &names(kinds, t))])
        }
        Why::Time(no) => t.say(match no {
            NoWhen::Unread | NoWhen::Ahead => "roster-why-day",
            NoWhen::Ambiguous => "form-ambiguous-day",
            NoWhen::OtherWeekday => "form-other-weekday",
            NoWhen::NoSuch => "form-no-such-day",
            NoWhen::Early | NoWhen::Far => "form-far-time",
        }),
        Why::NoSuchBody => t.say("roster-why-body"),
        Why::NoPlace => t.say("roster-why-place"),
        Why::ManyPlaces => t.say("roster-why-places"),
        Why::Bound(role, kinds) => {
            let kinds = names(kinds.iter().map(|kind| ui::place_kind(*kind, t)), t);
            t.with("roster-why-bound", &[("role", &ui::role(*role, t)), ("kinds", &kinds)])
        }
        Why::NeedsBody(role) => t.with("roster-why-needs-body", &[("role", &ui::role(*role, t))]),
        Why::NoRole => t.say("roster-why-no-role"),
        Why::Step(NoStep::Unit) => t.say("roster-why-unit"),
        Why::Step(NoStep::Parent) => t.say("roster-why-parent"),
        Why::Step(NoStep::Together) => t.say("roster-why-together"),
        Why::Above(above) => t.with(&own::<C>("above"), &[("line", &line(*above, t))]),
        Why::Waits(above) => t.with("roster-why-waits", &[("line", &line(*above, t))]),
        Why::Stands => t.say(&own::<C>("stands")),
        Why::Refused(refusal) => Error::from(refusal.clone()).text(t),
    }
}

/// Whether somebody is taken by the name alone for whom it says.
fn is_of_name(note: &Note) -> bool {
    matches!(note, Note::Same { .. } | Note::Granted { .. })
}

fn note(note: &Note, t: Locale) -> String {
    match note {
        Note::Opens { kind, count } => {
            t.with("roster-opens", &[("kind", &ui::place_kind(*kind, t)), ("count", count)])
        }
        Note::Repeated { at, above } => {
            t.with("import-repeated", &[("line", &line(*at, t)), ("above", &line(*above, t))])
        }
        Note::Same { at, above, name, role, place } => t.with(
            "roster-same",
            &[
                ("line", &line(*at, t)),
                ("above", &line(*above, t)),
                ("name", name),
                ("role", &ui::role(*role, t)),
                ("place", place),
            ],
        ),
        Note::Granted { at, name, role, place } => t.with(
            "roster-granted",
            &[("line", &line(*at, t)), ("name", name), ("role", &ui::role(*role, t)), ("place", place)],
        ),
        Note::Asked { at, name, role } => {
            t.with("roster-asked", &[("line", &line(*at, t)), ("name", name), ("role", &ui::role(*role, t))])
        }
    }
}
