//! A sheet to fill in (空白名册): the header alone, under a line that says how a row looks.

use super::{Here, Roster};
use axum::extract::Path;
use axum::response::Response;
use yishi_office::columns::Use;
use yishi_office::people::bodies::BodyColumn;
use yishi_office::people::roster::PersonColumn;
use yishi_office::places::roster::PlaceColumn;
use yishi_spreadsheet::write::{Column, Form, Head, Writing};
use yishi_web::exports::send;
use yishi_web::preview::word;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// How wide a column is, in characters.
const WIDTH: u16 = 16;

/// `GET /admin/places/{place}/rosters/{roster}/blank`
///
/// # Errors
/// When this person keeps no people there.
pub async fn file(cx: Cx, Path((id, roster)): Path<(String, String)>) -> Result<Response, Error> {
    let (here, t) = (Here::open(&cx, &id).await?, cx.locale);
    let roster = Roster::parse(&roster).ok_or(Error::NotFound)?;
    let columns = match roster {
        Roster::Places => columns::<PlaceColumn>(PlaceColumn::LeftOut, t),
        Roster::Bodies => columns::<BodyColumn>(BodyColumn::LeftOut, t),
        Roster::People => columns::<PersonColumn>(PersonColumn::LeftOut, t),
    };
    let title = format!("{}{}{}", here.at.name, t.pick("", ": "), t.word(roster));
    let example = t.say(&format!("rosters-{}-example", roster.word()));
    let head = Head { title, lines: vec![example], columns };
    let writing = Writing::begin(Form::Xlsx, &head)?;
    send(&cx, Form::Xlsx, &head, writing).await
}

fn columns<C: Use>(left_out: C, t: Locale) -> Vec<Column> {
    let columns = C::every().iter().filter(|column| **column != left_out);
    columns.map(|column| Column::new(word(*column, t), WIDTH)).collect()
}
