//! Signing in by phone with the code shown in the room: a name, resident or listener. The
//! device is the person, so that signing in again leads back to the same seat. A slip's code
//! gives it a vote; without one it has a voice.

use super::parts::public;
use super::seat::OTHER_NAME;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{MeetingStage, SeatKind, SignedIn};
use yishi_kernel::text::clean;
use yishi_office::meetings::Signing;
use yishi_office::meetings::reads::{MeetingRow, meeting_by_door, names};
use yishi_office::places::reads::ledger;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields};
use yishi_web::visitor::with_device;
use yishi_web::{Cx, Error};

/// In what capacity one signs oneself in; members and those sent are known at the door.
const KINDS: [SeatKind; 2] = [SeatKind::Resident, SeatKind::Observer];

/// The meeting of a room's code, with the word of its ledger.
pub(super) async fn behind(cx: &Cx, door: &str) -> Result<(String, MeetingRow), Error> {
    let db = &cx.app.office.db;
    let row = meeting_by_door(db, door).await?.ok_or(Error::NotFound)?;
    let slug = ledger(db, row.ledger).await?.ok_or(Error::NotFound)?.slug;
    Ok((slug, row))
}

/// `GET /g/{door}`
///
/// # Errors
/// When no meeting has this code.
pub async fn show(
    cx: Cx,
    Path(door): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let (slug, row) = behind(&cx, &door).await?;
    // A slip's own code leads here with what it says.
    let shown = query.get("slip").map_or("", String::as_str);
    let page = view(&cx, (&slug, &row, &door), shown, &cx.typed(), None).await?;
    with_device(&cx, page.into_response())
}

async fn view(
    cx: &Cx,
    (slug, row, door): (&str, &MeetingRow, &str),
    shown: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let keeper = cx.place(row.ledger).await?;
    let kinds = KINDS.map(|kind| (kind.word().to_owned(), t.word(kind)));
    let f = Form::new(cx, "", "door", format!("/g/{}", ui::encoded(door))).filled(values, slip);
    let inner = html! {
        (f.completed("name", "name"))
        (f.radios("kind", &kinds).start(SeatKind::Resident.word()))
        (f.text("slip").start(shown))
        (f.submit("door-send", "giant"))
    };
    let title = t.say("door-title");
    let link = format!("/c/{slug}/g/{}", row.number);
    let main = html! {
        h1 { (title) }
        p { strong { (row.title) } }
        (ui::bits("soft", &format!("{} · {}", t.time(row.starts), row.venue)))
        (summary(slip, t))
        @match row.stage {
            MeetingStage::Called => div.notice.warn { p { (t.with("door-early", &[("time", &t.time(row.starts))])) } },
            MeetingStage::Open => { (f.bare(&inner)) p.small.soft { (t.say("door-privacy")) } (way_to_the_floor(door, t)) },
            _ => div.notice { p { (t.say("door-over")) } },
        }
        p { a.button.second href=(link) { (t.say("conduct-public")) } }
    };
    Ok(public(cx, slug, &keeper.name, &title, main))
}

/// The way to raise something at the meeting, for whoever has the room's code.
pub(super) fn way_to_the_floor(door: &str, t: Locale) -> Markup {
    html! { p { a.button.second.wide href={ "/g/" (ui::encoded(door)) "/raise" } { (t.say("floor-way")) } } }
}

/// `POST /g/{door}`
///
/// # Errors
/// When no meeting has this code.
pub async fn send(cx: Cx, Path(door): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (slug, row) = behind(&cx, &door).await?;
    let mut r = Reader::new("", &values, cx.locale);
    // Without its word the same phone would be somebody else each time.
    if cx.device.is_none() {
        r.wrong("name", "door-cookie");
    }
    let name = r.must("name");
    let kind =
        r.word("kind", |word| SeatKind::parse(word).filter(|kind| KINDS.contains(kind)), "form-choose");
    let slip = r.some("slip");
    let signing = r.done(|| {
        let (how, person) = (SignedIn::Phone, format!("device/{}", cx.device.as_deref()?));
        Some(Signing { kind: kind?, how, organisation: None, person, name: name?, slip, member: None })
    });
    let office = &cx.app.office;
    let slip = match signing {
        Ok(signing) => match office.sign_in(&cx.actor(), row.ledger, row.id, signing.clone()).await {
            Ok(signed) => {
                // A phone is one person, and the next one with it in hand learns so.
                let kept = names(&office.db, row.ledger, &[signed.seat]).await?.remove(&signed.seat);
                let same =
                    kept.is_none_or(|kept| clean(&signing.name, usize::MAX).is_ok_and(|name| name == kept));
                let told = if same { "" } else { OTHER_NAME };
                return Ok(Redirect::to(&format!("/v/{slug}/{}{told}", signed.secret)).into_response());
            }
            Err(failure) => {
                let error = Error::from(failure);
                let field = error.field().map(str::to_owned);
                Slip::of(error, field, &values, cx.locale)?
            }
        },
        Err(slip) => slip,
    };
    let page = view(&cx, (&slug, &row, &door), "", &values, Some(&slip)).await?;
    with_device(&cx, slip.answer(page))
}
