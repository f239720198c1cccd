//! Who speaks when a matter is raised, joined or added to, and how well that is known.

use yishi_domain::matters::{Opening, Proof};
use yishi_office::matters::Speaker;
use yishi_office::places::reads::PlaceRow;
use yishi_web::read::Reader;
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

/// Who speaks, as the form's name and contact say; both may be left empty. Nothing where one of
/// them is wrong, which the reader has noted.
#[must_use]
pub fn speaker(r: &mut Reader<'_>, (supporter, proof): (String, Proof)) -> Option<Speaker> {
    let (name, contact) = (r.private("name", Opening::LINE), r.contact("contact", Opening::LINE));
    Some(Speaker { supporter, proof, name: name?, contact: contact?, consent: None })
}
