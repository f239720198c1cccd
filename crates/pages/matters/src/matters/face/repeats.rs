//! What was raised before at the same spot about the same (重复反映), for those who work on it:
//! how often and at which levels, and the history of the spot, folded. It says only what the
//! public may read of each.

use super::{category, headline, stage_badge};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::fmt::Display;
use yishi_domain::matters::Rules;
use yishi_kernel::{HolderKey, Moment, OrganisationId, Pack, Whom};
use yishi_office::dispatch::reads::OrderRow;
use yishi_office::matters::reads::MatterRow;
use yishi_office::matters::repeats::{Before, Earlier, HISTORY, earlier};
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// A day in microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The card of a matter's repeats; nothing where it is the first.
pub async fn repeats(cx: &Cx, rules: &Pack, row: &MatterRow, slug: &str) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let own = &rules.section::<Rules>().repeats;
    let earlier = earlier(db, own, row, &row.category).await?;
    if earlier.matters.is_empty() {
        return Ok(html! {});
    }
    let mut names = Names::default();
    let mut lines = Vec::new();
    let next = earlier.matters.iter().skip(1).map(|next| next.row.raised).chain([row.raised]);
    for (one, again) in earlier.matters.iter().zip(next) {
        let bodies: BTreeSet<OrganisationId> = one.orders.iter().filter_map(body).collect();
        let who = names.all(db, &Vec::from_iter(bodies), t).await?;
        lines.push(line(one, again, &who, rules, slug, t));
    }
    Ok(html! {
        div.notice.warn {
            p { strong { (times(&earlier, t)) } }
            p.small { (t.with("repeats-since", &[
                ("days", &own.days),
                ("category", &category(rules, &row.category, t)),
                ("voices", &earlier.voices),
                ("source", &own.source),
            ])) }
            details {
                summary { (t.say("repeats-history")) }
                @if lines.len() >= HISTORY { p.small { (t.with("repeats-latest", &[("count", &HISTORY)])) } }
                ol { @for line in &lines { li { (line) } } }
            }
        }
    })
}

/// The body that worked on it.
fn body(order: &OrderRow) -> Option<OrganisationId> {
    match HolderKey::stored(&order.doer).whom() {
        Whom::Organisation(id) => Some(id),
        _ => None,
    }
}

/// How often, at which levels, and how often it was solved.
fn times(earlier: &Earlier, t: Locale) -> String {
    let levels: Vec<String> = earlier.levels.iter().map(|level| t.word(*level)).collect();
    let times = earlier.matters.len() + 1;
    let count = levels.len();
    let levels = levels.join("·");
    let said = [
        ("times", &times as &dyn Display),
        ("count", &count),
        ("levels", &levels),
        ("solved", &earlier.solved),
    ];
    t.with("repeats-times", &said)
}

fn line(one: &Before, again: Moment, who: &str, rules: &Pack, slug: &str, t: Locale) -> Markup {
    // How long it held: until the same was raised again.
    let held = one.closed.map(|closed| (again.0 - closed.0) / DAY).filter(|days| *days >= 0);
    html! {
        a href={ "/c/" (slug) "/m/" (one.row.number) } { (t.brief(one.row.raised.date())) " " (headline(rules, &one.row, t)) }
        " " (stage_badge(one.row.stage, t))
        @if !who.is_empty() { " " (t.with("repeats-who", &[("who", &who)])) }
        @if let Some(days) = held { " " (t.with("repeats-held", &[("days", &days)])) }
    }
}
