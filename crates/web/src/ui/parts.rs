//! Badges, lists, facts, the road a matter goes, QR codes.

use crate::texts::Locale;
use maud::{Markup, PreEscaped, html};
use yishi_domain::matters::{Rules, StageKind, Step};
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Moment, Pack, Role};

/// What a role is called.
#[must_use]
pub fn role(role: Role, t: Locale) -> String {
    t.word(role)
}

/// What a stage is called.
#[must_use]
pub fn stage(stage: StageKind, t: Locale) -> String {
    t.word(stage)
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

/// What a category is called; matters not sorted yet have none.
#[must_use]
pub fn category(rules: &Pack, code: &str, t: Locale) -> String {
    match rules.section::<Rules>().category(code) {
        Some(category) if t == Locale::ZhHans => category.zh.clone(),
        Some(category) => category.en.clone(),
        None => t.say("category-none"),
    }
}

/// Where a matter stands, in words and colour.
#[must_use]
pub fn stage_badge(kind: StageKind, t: Locale) -> Markup {
    let class = match kind {
        StageKind::Raised | StageKind::Answered => "badge wait",
        StageKind::InHand => "badge",
        StageKind::Closed | StageKind::Merged => "badge done",
    };
    html! { span class=(class) { (stage(kind, t)) } }
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

/// By when, and whether that is past.
#[must_use]
pub fn due(due: Moment, now: Moment, t: Locale) -> Markup {
    let date = due.deadline_date();
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

/// One entry of a list of matters.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its link.
    pub href: &'a str,
    /// Its headline.
    pub title: &'a str,
    /// Where, what about, how many stand behind it.
    pub meta: &'a str,
    /// Where it stands.
    pub stage: StageKind,
    /// What comes next and by when, where that matters.
    pub next: Option<(Step, Moment)>,
    /// Link of a small photo.
    pub photo: Option<&'a str>,
}

/// A matter in a list.
#[must_use]
pub fn item(item: &Item, now: Moment, t: Locale) -> Markup {
    let class = match item.next {
        Some((_, due)) if Urgency::of(due, now) == Urgency::Late => "item late",
        Some((_, due)) if Urgency::of(due, now) == Urgency::Soon => "item soon",
        Some(_) => "item calm",
        None => "item",
    };
    html! {
        li class=(class) {
            h2 { a href=(item.href) { (item.title) } }
            @if let Some(photo) = item.photo { img.thumb src=(photo) alt="" width="83" height="83" loading="lazy"; }
            (bits("meta", item.meta))
            p.meta {
                (stage_badge(item.stage, t)) " "
                @if let Some((_, at)) = item.next { (due(at, now, t)) }
            }
        }
    }
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

/// A list with nothing in it.
#[must_use]
pub fn empty(text: &str) -> Markup {
    html! { p.empty { (text) } }
}

/// The road from raising to closing, and how far along it is.
#[must_use]
pub fn steps(stage: StageKind, t: Locale) -> Markup {
    const ROAD: [(&str, usize); 5] =
        [("road-raise", 0), ("road-triage", 1), ("road-do", 2), ("road-evaluate", 3), ("road-close", 4)];
    let at = match stage {
        StageKind::Raised | StageKind::Merged => 1,
        StageKind::InHand => 2,
        StageKind::Answered => 3,
        StageKind::Closed => 5,
    };
    html! {
        ol.steps aria-label=(t.say("road-label")) {
            @for (key, n) in ROAD {
                li.done[n < at] aria-current=[(n == at).then_some("step")] { (t.say(key)) }
            }
        }
    }
}

/// A QR code with words for those who do not see it.
#[must_use]
pub fn qr(link: &str, title: &str) -> Markup {
    let Ok(code) = qrcode::QrCode::new(link.as_bytes()) else { return html! { p.link-text { (link) } } };
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (n, color) in colors.iter().enumerate() {
        if *color == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", n % width + 4, n / width + 4));
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
