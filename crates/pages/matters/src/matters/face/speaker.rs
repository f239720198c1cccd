//! Who speaks when a matter is raised, joined or added to, and how well that is known.

use yishi_domain::matters::Proof;
use yishi_office::matters::Speaker;
use yishi_office::places::reads::PlaceRow;
use yishi_web::ui::Fields;
use yishi_web::visitor::household_of;
use yishi_web::{Cx, Error};

/// Whose voice counts in a form about a place, and how well that is known: the household of
/// a resident, else the device.
pub async fn supporter(cx: &Cx, at: &PlaceRow) -> Result<(String, Proof), Error> {
    match household_of(cx, at).await? {
        Some(id) => Ok((format!("household/{id}"), Proof::Household)),
        None => Ok((format!("device/{}", cx.device()?.0), Proof::Device)),
    }
}

/// Who speaks, as the form's name and contact say.
#[must_use]
pub fn speaker(values: &Fields, (supporter, proof): (String, Proof)) -> Speaker {
    let (name, contact) = (values.get("name").to_owned(), values.get("contact").to_owned());
    Speaker { supporter, proof, name, contact, consent: None }
}
