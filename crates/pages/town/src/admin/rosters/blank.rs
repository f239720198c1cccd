//! A sheet to fill in (空白名册), for each roster that there may be. How it looks is the kit's.

use super::{Here, Roster};
use axum::extract::Path;
use axum::response::Response;
use yishi_office::people::bodies::BodyColumn;
use yishi_office::people::roster::PersonColumn;
use yishi_office::places::roster::PlaceColumn;
use yishi_web::rosters::blank;
use yishi_web::{Cx, Error};

/// `GET /admin/places/{place}/rosters/{roster}/blank`
///
/// # Errors
/// When this person keeps no people there.
pub async fn file(cx: Cx, Path((id, roster)): Path<(String, String)>) -> Result<Response, Error> {
    let (here, t) = (Here::open(&cx, &id).await?, cx.locale);
    let roster = Roster::parse(&roster).ok_or(Error::NotFound)?;
    let title = format!("{}{}{}", here.at.name, t.pick("", ": "), t.word(roster));
    let example = t.say(&format!("rosters-{}-example", roster.word()));
    match roster {
        Roster::Places => blank(&cx, title, example, PlaceColumn::LeftOut).await,
        Roster::Bodies => blank(&cx, title, example, BodyColumn::LeftOut).await,
        Roster::People => blank(&cx, title, example, PersonColumn::LeftOut).await,
    }
}
