//! Signing in by phone with the code shown in the room: a name, resident or listener. The
//! device is the person, so that signing in again leads back to the same seat.

use super::parts::{Slip, answer, choices, public, summary, wrong};
use crate::sent::Sent;
use crate::shared::visitor::with_device;
use crate::ui::{self, Field, Fields};
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::meetings::{MeetingStage, SeatKind, SignedIn};
use yishi_office::meetings::Signing;
use yishi_office::meetings::reads::{MeetingRow, meeting_by_door};
use yishi_office::places::reads::ledger;

/// In what capacity one signs oneself in; members and those sent are known at the door.
const KINDS: [SeatKind; 2] = [SeatKind::Resident, SeatKind::Observer];

async fn behind(cx: &Cx, door: &str) -> Result<(String, MeetingRow), Error> {
    let db = &cx.app.office.db;
    let row = meeting_by_door(db, door).await?.ok_or(Error::NotFound)?;
    let slug = ledger(db, row.ledger).await?.ok_or(Error::NotFound)?.slug;
    Ok((slug, row))
}

/// `GET /g/{door}`
pub async fn form(cx: Cx, Path(door): Path<String>) -> Result<Response, Error> {
    let (slug, row) = behind(&cx, &door).await?;
    let page = page(&cx, &slug, &row, &door, &cx.typed(), None).await?;
    with_device(&cx, page.into_response())
}

async fn page(
    cx: &Cx,
    slug: &str,
    row: &MeetingRow,
    door: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let keeper = cx.place(row.ledger).await?;
    let kinds = choices(&KINDS, t);
    let title = t.say("door-title");
    let link = format!("/c/{slug}/g/{}", row.number);
    let main = html! {
        h1 { (title) }
        p { strong { (row.title) } }
        (ui::bits("soft", &format!("{} · {}", row.starts.minute(), row.venue)))
        (summary(t, slip))
        @match row.stage {
            MeetingStage::Called => div.notice.warn { p { (t.with("door-early", &[("time", &row.starts.minute())])) } },
            MeetingStage::Open => {
                form method="post" action={ "/g/" (ui::encoded(door)) } {
                    (cx.marks())
                    (ui::text_field(Field::new("name", &t.say("door-name")).hint(&t.say("door-name-hint")).error(wrong(slip, "name")), values.get("name"), "name"))
                    (ui::radios(Field::new("kind", &t.say("door-kind")).error(wrong(slip, "kind")), &kinds, values.some("kind").unwrap_or("resident")))
                    button.button.giant type="submit" { (t.say("door-send")) }
                }
                p.small.soft { (t.say("door-privacy")) }
            },
            _ => div.notice { p { (t.say("door-over")) } },
        }
        p { a.button.second href=(link) { (t.say("conduct-public")) } }
    };
    Ok(public(cx, slug, &keeper.name, &title, main))
}

/// `POST /g/{door}`
pub async fn send(cx: Cx, Path(door): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let (slug, row) = behind(&cx, &door).await?;
    let signed = match (&cx.device, SeatKind::parse(values.get("kind")).filter(|kind| KINDS.contains(kind))) {
        // Without its word the same phone would be somebody else each time.
        (None, _) => Err(Slip::open("name", t.say("door-cookie"))),
        (_, None) => Err(Slip::open("kind", t.say("form-choose"))),
        (Some(device), Some(kind)) => {
            let signing = Signing {
                kind,
                how: SignedIn::Phone,
                organisation: None,
                person: format!("device/{device}"),
                name: values.get("name").to_owned(),
            };
            let signed = cx.app.office.sign_in(&cx.actor(), row.ledger, row.id, signing).await;
            signed.map_err(|failure| Slip::of(failure.into(), "", t))
        }
    };
    match signed {
        Ok(signed) => Ok(Redirect::to(&format!("/v/{slug}/{}", signed.secret)).into_response()),
        Err(slip) => {
            let slip = slip.mendable()?;
            let page = page(&cx, &slug, &row, &door, &values, Some(&slip)).await?;
            with_device(&cx, answer(&slip, page))
        }
    }
}
