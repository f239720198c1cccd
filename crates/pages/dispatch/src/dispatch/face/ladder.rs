//! How far what a whistle waits for has climbed (逐级督办), as pages and lines show it: each step with its day.

use maud::{Markup, html};
use yishi_domain::dispatch::{Climbed, Order, OrderStep};
use yishi_kernel::OrganisationId;
use yishi_store::Db;
use yishi_web::Error;
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::told::by;

/// What waits, and for which body.
///
/// # Errors
/// When the store fails.
pub async fn what(
    db: &Db,
    (step, body): (OrderStep, Option<OrganisationId>),
    names: &mut Names,
    t: Locale,
) -> Result<String, Error> {
    Ok(match body {
        Some(body) => {
            let name = names.organisation(db, body).await?;
            t.with("ladder-of", &[("name", &name), ("step", &t.word(step))])
        }
        None => t.word(step),
    })
}

/// Each thing that climbed, step by step; `public` is the order's page for everyone.
///
/// # Errors
/// When the store fails.
pub async fn ladder(
    db: &Db,
    order: &Order,
    public: &str,
    names: &mut Names,
    t: Locale,
) -> Result<Markup, Error> {
    let mut all = Vec::new();
    for one in order.climbed() {
        all.push((what(db, (one.step, one.body), names, t).await?, one));
    }
    Ok(html! { @if !all.is_empty() {
        h2 { (t.say("ladder-title")) }
        ul.list { @for (what, one) in &all { li.item.late {
            p { strong { (what) } " " span.soft { (t.with("ladder-due", &[("by", &by(one.due, t))])) } }
            p { @for (rung, at) in &one.rungs { span.badge.late { (t.word(*rung)) " " (t.brief(at.date())) } " " } }
            @if let Some((next, rung)) = one.next.zip(one.at().and_then(|(rung, _)| rung.above())) {
                p.meta { (t.with("ladder-next", &[("by", &by(next, t)), ("rung", &t.word(rung))])) }
            }
        } } }
        p.no-print { a.button.second href={ (public) "/press-sheet" } { (t.say("ladder-sheet")) } }
    } })
}

/// How far the highest of it has climbed and since when, for a line of a list.
#[must_use]
pub fn rung(order: &Order, t: Locale) -> Markup {
    let at = order.climbed().next().and_then(Climbed::at);
    html! { @if let Some((rung, since)) = at { p.meta { span.badge.late { (t.word(rung)) " " (t.brief(since.date())) } } } }
}
