//! A matter (事项) as lists and titles show it: its row by number, its headline for everyone,
//! its line of number, place and date. What was said in private is not read here.

use crate::texts::Locale;
use crate::{Cx, Error, ui};
use maud::{Markup, html};
use yishi_domain::matters::{Category, Rules};
use yishi_kernel::Pack;
use yishi_office::matters::reads::{MatterRow, Support, matter, matter_by_number};
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::topics_of;

/// A matter's row by number, with the ledger it is in.
pub async fn row_of(cx: &Cx, slug: &str, number: i64) -> Result<(LedgerRow, MatterRow), Error> {
    let ledger = cx.ledger(slug).await?;
    let db = &cx.app.office.db;
    let id = matter_by_number(db, ledger.ledger, number).await?.ok_or(Error::NotFound)?;
    let row = matter(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    Ok((ledger, row))
}

/// The headline of a matter for everyone: the confirmed summary or, until there is one, only
/// what it is about.
#[must_use]
pub fn headline(rules: &Pack, row: &MatterRow, t: Locale) -> String {
    match &row.summary {
        Some(summary) => summary.clone(),
        None => {
            let category = ui::category(rules, &row.category, t);
            t.with("board-unconfirmed", &[("category", &category)])
        }
    }
}

/// What matters can be about, as choices of a form.
#[must_use]
pub fn categories(rules: &Pack, t: Locale) -> Vec<(String, String)> {
    let choice = |one: &Category| (one.code.0.clone(), ui::category(rules, &one.code.0, t));
    rules.section::<Rules>().categories.iter().map(choice).collect()
}

/// Links to the topics that took a matter up. `base` is the link before their number.
pub async fn topics(cx: &Cx, row: &MatterRow, base: &str) -> Result<Markup, Error> {
    let topics = topics_of(&cx.app.office.db, row.ledger, row.id).await?;
    Ok(html! {
        @for topic in &topics {
            p { a href={ (base) (topic.number) } { (cx.locale.with("topic-of-matter", &[("number", &topic.number), ("title", &topic.title)])) } }
        }
    })
}

/// Number, place, date and how many stand behind a matter, parted as [`ui::bits`] reads them.
#[must_use]
pub fn meta(row: &MatterRow, support: Support, t: Locale) -> String {
    let place = if row.around_name == row.place_name || row.around_name.is_empty() {
        row.place_name.clone()
    } else {
        format!("{} {}", row.around_name, row.place_name)
    };
    let total = support.others + support.households;
    t.with(
        "board-meta",
        &[("number", &row.number), ("place", &place), ("date", &row.raised.date()), ("count", &total)],
    )
}
