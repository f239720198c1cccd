//! Whoever sends a form that needs no account: the device's word, the household of a resident
//! who is signed in, and the word that makes sending a form twice the same as once. What they
//! say is the features' business.

use crate::ui::Fields;
use crate::{Cx, Error};
use axum::http::header;
use axum::response::Response;
use yishi_kernel::{PlaceId, Role};
use yishi_office::FormKey;
use yishi_office::places::reads::PlaceRow;

/// The values of a form not filled in yet: only its own random word, and what was typed here
/// before the session ended.
pub fn fresh_form(cx: &Cx) -> Result<Fields, Error> {
    let typed = cx.typed();
    if typed.some("form").is_some() {
        return Ok(typed);
    }
    Ok(Fields(vec![("form".to_owned(), FormKey::fresh(cx.now)?)]))
}

/// The household of a signed-in resident, where it lies in the same community.
pub async fn household_of(cx: &Cx, at: &PlaceRow) -> Result<Option<PlaceId>, Error> {
    let Some(staff) = &cx.staff else { return Ok(None) };
    for grant in staff.actor.current(cx.now).filter(|grant| grant.role == Role::Resident) {
        if cx.place(grant.place).await.is_ok_and(|home| home.ledger == at.ledger) {
            return Ok(Some(grant.place));
        }
    }
    Ok(None)
}

/// Gives the device its word along with the form, so that it is counted once.
pub fn with_device(cx: &Cx, mut response: Response) -> Result<Response, Error> {
    let (_, cookie) = cx.device()?;
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// What the word of a form stands for.
pub fn form_key(values: &Fields) -> Result<FormKey, Error> {
    FormKey::of(values.get("form")).ok_or(Error::Malformed)
}
