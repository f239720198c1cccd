//! What is said of a venue, in words: hours, price, who may come, whether it is open now.

use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::venues::{Details, Guests, Hours, Need, Per, Span, VenueStage, Weekday};
use yishi_kernel::Moment;
use yishi_web::texts::Locale;
use yishi_web::ui;
use yishi_web::ui::yuan;

/// Words in a row, as a language puts them.
fn row(words: impl Iterator<Item = String>, t: Locale) -> String {
    let words: Vec<String> = words.collect();
    words.join(t.pick("、", ", "))
}

/// What one can do there.
#[must_use]
pub fn needs(needs: &BTreeSet<Need>, t: Locale) -> String {
    row(needs.iter().map(|need| t.word(*need)), t)
}

fn span(span: &Span, t: Locale) -> String {
    let days = if span.days.len() == Weekday::ALL.len() {
        t.say("venue-daily")
    } else {
        row(span.days.iter().map(|day| t.word(*day)), t)
    };
    t.with("venue-span", &[("days", &days), ("from", &span.from), ("to", &span.to)])
}

/// Its hours, a line each.
#[must_use]
pub fn hours(hours: &Hours, t: Locale) -> Markup {
    html! { @for (n, one) in hours.spans().iter().enumerate() { @if n > 0 { br; } (span(one, t)) } }
}

/// What it costs.
#[must_use]
pub fn price(price: Option<(u64, Per)>, t: Locale) -> String {
    match price {
        None => t.say("venue-free"),
        Some((fen, per)) => t.with("venue-costs", &[("yuan", &yuan(fen)), ("per", &t.word(per))]),
    }
}

fn guests(guests: &Guests, t: Locale) -> String {
    match guests {
        Guests::Everyone => t.say("venue-welcome-everyone"),
        Guests::Residents => t.say("venue-welcome-residents"),
        Guests::Members(of) => t.with("venue-members-only", &[("of", of)]),
    }
}

/// That it is shut, and when it opens.
fn opens_next(hours: &Hours, now: Moment, t: Locale) -> String {
    match hours.opens_next(now) {
        None => t.say("venue-shut-now"),
        Some((0, _, from)) => t.with("venue-opens-today", &[("from", &from)]),
        Some((1, _, from)) => t.with("venue-opens-tomorrow", &[("from", &from)]),
        Some((_, day, from)) => t.with("venue-opens-on", &[("day", &t.word(day)), ("from", &from)]),
    }
}

/// Whether it is open now.
#[must_use]
pub fn now(stage: VenueStage, hours: &Hours, now: Moment, t: Locale) -> Markup {
    match (stage, hours.open_until(now)) {
        (VenueStage::Open, Some(to)) => {
            html! { span.badge { (t.with("venue-open-now", &[("to", &to)])) } }
        }
        (VenueStage::Open, None) => html! { span.badge.done { (opens_next(hours, now, t)) } },
        (stage, _) => html! { span.badge.wait { (t.word(stage)) } },
    }
}

/// All that is said of it, name by name.
#[must_use]
pub fn facts(place: &str, details: &Details, t: Locale) -> Markup {
    let mut rows = vec![
        (t.say("venue-needs"), html! { (needs(&details.needs, t)) }),
        (t.say("venue-where"), html! { (place) @if let Some(way) = &details.way { br; (way) } }),
        (t.say("venue-hours"), hours(&details.hours, t)),
        (t.say("venue-told-price"), html! { (price(details.price.sum(), t)) }),
    ];
    if let Some(phone) = &details.phone {
        let dialled: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
        rows.push((t.say("venue-phone"), html! { a href={ "tel:" (dialled) } { (phone.as_str()) } }));
    }
    rows.push((t.say("venue-told-access"), html! { (t.word(details.access)) }));
    rows.push((t.say("venue-toilet"), html! { (t.word(details.toilet)) }));
    rows.push((t.say("venue-welcome"), html! { (guests(&details.guests, t)) }));
    if let Some(capacity) = details.capacity {
        rows.push((
            t.say("venue-told-capacity"),
            html! { (t.with("venue-holds", &[("people", &capacity.people())])) },
        ));
    }
    ui::facts(&rows)
}
