//! Badges, lines, facts, QR codes.

use crate::texts::Locale;
use maud::{Markup, PreEscaped, html};
use yishi_domain::people::{Capacity, OrganisationKind};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Moment, Role};

/// What somebody is called by what they act in.
#[must_use]
pub fn capacity(capacity: Capacity, t: Locale) -> String {
    t.say(&format!("role-{}", capacity.word()))
}

/// What a role is called, where it is not somebody's: in a list to choose from, or of those who may.
#[must_use]
pub fn role(role: Role, t: Locale) -> String {
    t.word(role)
}

/// What a kind of place is called.
#[must_use]
pub fn place_kind(kind: PlaceKind, t: Locale) -> String {
    t.word(kind)
}

/// What a kind of organisation is called.
#[must_use]
pub fn organisation_kind(kind: OrganisationKind, t: Locale) -> String {
    t.word(kind)
}

/// Photos, small, each a link to itself in full with what it shows. A script lays those over the page;
/// nothing where there is none.
#[must_use]
pub fn photos(links: impl IntoIterator<Item = (String, String)>, t: Locale) -> Markup {
    let mut links = links.into_iter().peekable();
    if links.peek().is_none() {
        return html! {};
    }
    html! {
        ul.photos data-close=(t.say("photo-close")) data-back=(t.say("photo-back")) data-next=(t.say("photo-next")) {
            @for (link, alt) in links {
                li { a href=(link) { img src={ (link) "?small" } alt=(alt) width="160" height="120" loading="lazy"; } }
            }
        }
    }
}

/// How urgent something due is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// There is time.
    Calm,
    /// Due today or tomorrow.
    Soon,
    /// Late.
    Late,
}

impl Urgency {
    /// How urgent something due then is now.
    #[must_use]
    pub fn of(due: Moment, now: Moment) -> Self {
        if due <= now {
            Urgency::Late
        } else if due <= now.end_of_day_after(1) {
            Urgency::Soon
        } else {
            Urgency::Calm
        }
    }
}

/// The class of a line in a list by how urgent it is.
#[must_use]
pub fn urgency(due: Moment, now: Moment) -> &'static str {
    match Urgency::of(due, now) {
        Urgency::Late => "late",
        Urgency::Soon => "soon",
        Urgency::Calm => "calm",
    }
}

/// By when, and whether that is past: in a list.
#[must_use]
pub fn due(due: Moment, now: Moment, t: Locale) -> Markup {
    due_on(&t.brief(due.deadline_date()), due, now, t)
}

/// The same on a page of its own or a paper, which is kept: the day in full.
#[must_use]
pub fn due_in_full(due: Moment, now: Moment, t: Locale) -> Markup {
    due_on(&t.day(due.deadline_date()), due, now, t)
}

fn due_on(date: &str, due: Moment, now: Moment, t: Locale) -> Markup {
    match Urgency::of(due, now) {
        Urgency::Late => html! { span.badge.late { (t.with("due-late", &[("date", &date)])) } },
        Urgency::Soon => html! { span.badge.wait { (t.with("due-soon", &[("date", &date)])) } },
        Urgency::Calm => html! { span.badge { (t.with("due-calm", &[("date", &date)])) } },
    }
}

/// A line of parts between dots, which breaks between parts and not in the middle of a date.
#[must_use]
pub fn bits(class: &str, line: &str) -> Markup {
    html! { p class={ (class) " bits" } { @for bit in line.split(" · ") { span.bit { (bit) } " " } } }
}

/// Names and values.
#[must_use]
pub fn facts(rows: &[(String, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in rows { dt { (name) } dd { (value) } } } }
}

/// Numbers of a count, side by side.
#[must_use]
pub fn counts(rows: &[(String, u64)]) -> Markup {
    html! { dl.counts { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } } }
}

/// The way to the next page of a list, where there is one.
#[must_use]
pub fn more(next: Option<String>, text: &str) -> Markup {
    html! { @if let Some(next) = next { p { a.button.second href=(next) rel="next" { (text) } } } }
}

/// A text to be taken elsewhere: copied in one tap where scripts run, and by hand where none do.
#[must_use]
pub fn to_copy(id: &str, label: &str, text: &str, t: Locale) -> Markup {
    html! {
        div.field.no-print {
            label for=(id) { (label) }
            textarea.share id=(id) readonly { (text) }
            button.button.second.js-only type="button" data-copy=(text) data-done=(t.say("copied")) { (t.say("copy-text")) }
        }
    }
}

/// The id of what is passed on to a chat group.
pub const GROUP: &str = "group";

/// What a page says in a few lines, to be passed on to a chat group 发到群里: no names and no telephones,
/// with the page's link, copied in one tap.
#[must_use]
pub fn for_group(text: &str, t: Locale) -> Markup {
    html! {
        section.no-print id=(GROUP) {
            h2 { (t.say("group-title")) }
            label for="group-text" { (t.say("group-text")) }
            p.hint id="group-hint" { (t.say("group-hint")) }
            textarea.share id="group-text" readonly aria-describedby="group-hint" { (text) }
            div.actions {
                button.button.js-only type="button" data-copy=(text) data-done=(t.say("copied")) { (t.say("copy-action")) }
            }
        }
    }
}

/// The ways to the parts of a long page, by their ids; nothing where there is only one.
#[must_use]
pub fn jumps(parts: &[(&str, String)], t: Locale) -> Markup {
    html! { @if parts.len() > 1 {
        nav.jumps.no-print aria-label=(t.say("jumps")) {
            span.soft.small { (t.say("jumps")) }
            ul.links { @for (id, name) in parts { li { a href={ "#" (id) } { (name) } } } }
        }
    } }
}

/// A list with nothing in it.
#[must_use]
pub fn empty(text: &str) -> Markup {
    html! { p.empty { (text) } }
}

/// A QR code with words for those who do not see it.
#[must_use]
pub fn qr(link: &str, title: &str) -> Markup {
    let Ok(code) = qrcode::QrCode::new(link.as_bytes()) else { return html! { p.link-text { (link) } } };
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        // One bar for each run of dark squares: a sheet has hundreds of these codes.
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == qrcode::Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + 4, y + 4, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    let side = width + 8;
    html! {
        div.qr {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(title)
                shape-rendering="crispEdges" {
                rect width=(side) height=(side) fill="#fff" {}
                (PreEscaped(format!("<path d=\"{path}\" fill=\"#000\"/>")))
            }
        }
    }
}

/// Prints the page; there only with scripts, since without them the browser's menu does it.
#[must_use]
pub fn print_button(t: Locale) -> Markup {
    html! { button.button.second.js-only.no-print type="button" data-print { (t.say("print")) } }
}

/// `12.50`: an amount in yuan.
#[must_use]
pub fn yuan(fen: u64) -> String {
    match fen % 100 {
        0 => (fen / 100).to_string(),
        rest => format!("{}.{rest:02}", fen / 100),
    }
}
