//! Figures in short, as the public board says them.

use maud::{Markup, html};
use yishi_domain::insight::{LEAST, Month};
use yishi_kernel::PlaceId;
use yishi_office::insight::reads::{Short, short};
use yishi_web::{Cx, Error};

/// From how many on they are counted once a minute, and not for each page.
const MANY: u64 = 1_000;

/// This month in one line: how many were raised, and how many of them answered in time. Small
/// numbers are not said.
///
/// # Errors
/// When the store fails.
pub async fn this_month(cx: &Cx, ledger: PlaceId, slug: &str) -> Result<Markup, Error> {
    let t = cx.locale;
    let month = Month::of(cx.now.date());
    let boards = &cx.app.boards;
    let [raised, answered] = match boards.counted(cx, ledger) {
        Some(figures) => figures,
        None => {
            let found = short(&cx.app.office.db, ledger, month.period().moments()).await?;
            let Short { raised, answered } = found;
            if raised > MANY {
                boards.keep_counted(cx, ledger, [raised, answered]);
            }
            [raised, answered]
        }
    };
    let said = match (raised, answered) {
        (..LEAST, _) => return Ok(html! {}),
        (_, 1..LEAST) => t.with("figures-short-raised", &[("raised", &raised)]),
        _ => t.with("figures-short", &[("raised", &raised), ("answered", &answered)]),
    };
    Ok(html! { p { a href={ "/c/" (slug) "/figures" } { (said) } } })
}
