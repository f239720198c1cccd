//! Figures in short, as the public board says them.

use maud::{Markup, html};
use yishi_domain::insight::{LEAST, Month};
use yishi_kernel::PlaceId;
use yishi_office::insight::reads::{Short, short};
use yishi_web::{Cx, Error};

/// This month in one line: how many were raised, and how many of them answered in time. Small
/// numbers are not said.
///
/// # Errors
/// When the store fails.
pub async fn this_month(cx: &Cx, ledger: PlaceId, slug: &str) -> Result<Markup, Error> {
    let t = cx.locale;
    let month = Month::of(cx.now.date());
    let Short { raised, answered } = short(&cx.app.office.db, ledger, month.period().moments()).await?;
    let said = match (raised, answered) {
        (..LEAST, _) => return Ok(html! {}),
        (_, 1..LEAST) => t.with("figures-short-raised", &[("raised", &raised)]),
        _ => t.with("figures-short", &[("raised", &raised), ("answered", &answered)]),
    };
    Ok(html! { p { a href={ "/c/" (slug) "/figures" } { (said) } } })
}
