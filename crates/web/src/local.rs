//! Which ledger a page belongs to, from its address alone: so every text knows before anything is
//! looked up what its place is called, and an error page whom one rings. Who may see the page is
//! asked elsewhere.

use crate::App;
use crate::texts::Locale;
use axum::extract::MatchedPath;
use maud::{Markup, html};
use std::sync::Arc;
use std::time::Duration;
use yishi_kernel::PlaceId;
use yishi_office::meetings::reads::meeting_by_door;
use yishi_office::places::local::{Local, Reached};
use yishi_office::places::reads::{place, poster_led};
use yishi_store::Fault;

/// How long an error page waits for what it says of its place: the store may be what is wrong.
const PATIENCE: Duration = Duration::from_secs(2);

/// The ledger that an address of a route belongs to; nothing where it belongs to no place.
pub(crate) async fn of_request(
    app: &App,
    route: Option<&MatchedPath>,
    here: &str,
) -> Result<Option<PlaceId>, Fault> {
    let Some(route) = route.map(MatchedPath::as_str) else { return Ok(None) };
    let path = here.split('?').next().unwrap_or_default();
    let given = |name: &str| {
        let mut parts = route.split('/').zip(path.split('/'));
        parts.find(|(part, _)| *part == name).map(|(_, given)| given)
    };
    let db = &app.office.db;
    if let Some(slug) = given("{slug}") {
        return Ok(app.ledger(slug).await?.map(|row| row.ledger));
    }
    if let Some(door) = given("{door}") {
        return Ok(meeting_by_door(db, door).await?.map(|row| row.ledger));
    }
    let id = match (given("{place}"), given("{word}")) {
        (Some(id), _) => id.parse().ok(),
        (None, Some(word)) if route.starts_with("/q/") => poster_led(db, word).await?,
        (None, _) => None,
    };
    match id {
        Some(id) => Ok(place(db, id).await?.map(|row| row.ledger)),
        None => Ok(None),
    }
}

/// What an error page says of its place; what is usual where the store does not answer.
pub(crate) async fn of_error(app: &App, route: Option<&MatchedPath>, here: &str) -> Arc<Local> {
    let look = async { app.office.local(of_request(app, route, here).await?).await };
    match tokio::time::timeout(PATIENCE, look).await {
        Ok(Ok(local)) => local,
        Ok(Err(_)) | Err(_) => Arc::default(),
    }
}

/// Whom one rings, with the number to tap.
#[must_use]
pub fn reached(reached: &Reached, t: Locale) -> Markup {
    let digits: String = reached.phone.chars().filter(char::is_ascii_digit).collect();
    html! {
        (reached.name) " " (t.say("reached-phone")) " "
        a.phone href={ "tel:" (digits) } { (reached.phone) }
        @if let Some(hours) = &reached.hours { " " span.whole { (t.with("reached-hours", &[("hours", hours)])) } }
    }
}

/// The same as a line of its own; nothing where nobody has said it.
#[must_use]
pub fn line(local: &Local, t: Locale) -> Markup {
    html! { @if let Some(one) = &local.reached { p.reached { (reached(one, t)) } } }
}
