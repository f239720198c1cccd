//! Raising a matter from the floor of a meeting (会上提出): one line, by the phone of whoever has
//! the room's code, with a receipt at once. Agenda and votes are not touched by it. What the
//! recorder types for somebody without a phone is an act; the list of it all is `heard`.

use super::door::behind;
use super::parts::public;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Channel, Refusal, Shown};
use yishi_domain::meetings::{MeetingId, MeetingStage};
use yishi_domain::places::PlaceKind;
use yishi_kernel::rules::Limits;
use yishi_kernel::{Pack, PlaceId};
use yishi_office::FormKey;
use yishi_office::matters::{Raising, Speaker};
use yishi_office::meetings::reads::MeetingRow;
use yishi_office::places::reads::{PlaceRow, below};
use yishi_pages_matters::matters::face::speaker::{speaker, supporter};
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields};
use yishi_web::visitor::{fresh_form, sent_form, with_device};
use yishi_web::{Cx, Error};

/// Where somebody at a meeting may say it is: the meeting's own place, and what lies below it
/// down to buildings. Whose stairwell it is the sorting asks.
///
/// # Errors
/// When there is no such place.
pub async fn wheres(cx: &Cx, meetings: PlaceId) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let own = cx.place(meetings).await?;
    let option = |place: &PlaceRow, name: String| (place.id.to_string(), name);
    let mut all = vec![option(&own, cx.locale.with("floor-anywhere", &[("place", &own.name)]))];
    let mut parts = vec![own.clone()];
    for kind in [PlaceKind::Compound, PlaceKind::Market, PlaceKind::RoadSection, PlaceKind::NaturalVillage] {
        parts.extend(below(db, &own, kind).await?.into_iter().filter(|place| place.closed.is_none()));
    }
    for part in &parts {
        if part.id != own.id {
            all.push(option(part, part.name.clone()));
        }
        for building in yishi_office::places::reads::children(db, part.ledger, part.id).await? {
            if building.kind == PlaceKind::Building && building.closed.is_none() {
                all.push(option(&building, format!("{} {}", part.name, building.name)));
            }
        }
    }
    Ok(all)
}

/// The place that a form names, where it is one of those that could be chosen.
pub fn chosen(r: &mut Reader<'_>, meetings: PlaceId, all: &[(String, String)]) -> Option<PlaceId> {
    match r.some("place") {
        None => Some(meetings),
        Some(_) => {
            let listed = |word: &str| all.iter().any(|(place, _)| place == word);
            r.word("place", |word| listed(word).then(|| word.parse().ok()).flatten(), "form-choose")
        }
    }
}

/// What is said, in one line.
pub fn said(r: &mut Reader<'_>, rules: &Pack) -> Option<String> {
    let text = r.private("text", rules.section::<Limits>().text)?;
    if text.is_empty() {
        r.refuse("text", Refusal::NothingSaid);
    }
    Some(text)
}

/// What is raised by it.
#[must_use]
pub fn raising(
    form: FormKey,
    meeting: MeetingId,
    place: PlaceId,
    text: String,
    by: (Behalf, Speaker),
) -> Raising {
    let (behalf, speaker) = by;
    Raising {
        form,
        channel: Channel::Floor,
        behalf,
        place,
        shown: Shown::Building,
        about: None,
        about_person: None,
        category: None,
        title: None,
        text,
        photos: Vec::new(),
        occurred_at: None,
        source: None,
        after: None,
        floor: Some(meeting),
        danger: None,
        speaker,
    }
}

/// `GET /g/{door}/raise`
///
/// # Errors
/// When no meeting has this code.
pub async fn show(cx: Cx, Path(door): Path<String>) -> Result<Response, Error> {
    let (slug, row) = behind(&cx, &door).await?;
    let page = view(&cx, &slug, &row, &door, &fresh_form(&cx)?, None).await?;
    with_device(&cx, page.into_response())
}

async fn view(
    cx: &Cx,
    slug: &str,
    row: &MeetingRow,
    door: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let keeper = cx.place(row.ledger).await?;
    let wheres = wheres(cx, row.place).await?;
    let back = format!("/g/{}", ui::encoded(door));
    let f = Form::new(cx, "", "floor", format!("{back}/raise")).filled(values, slip);
    let more = ["name", "contact"].iter().any(|field| values.some(field).is_some());
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.text("text"))
        @if wheres.len() > 1 { (f.select("place", &wheres)) }
        (f.submit("raise-send", "giant"))
        details open[more] {
            summary { (t.say("raise-more")) }
            (f.completed("name", "name").label("raise-name"))
            (f.completed("contact", "tel").label("raise-contact"))
        }
    };
    let title = t.say("floor-title");
    let main = html! {
        p.crumbs { a href=(back) { (t.say("floor-back")) } }
        h1 { (title) }
        p { strong { (row.title) } }
        (summary(slip, t))
        @match row.stage {
            MeetingStage::Open => {
                p { (t.say("floor-lead")) }
                (f.bare(&inner))
                p.small.soft { (t.say("raise-privacy")) }
            },
            _ => {
                div.notice.warn { p { (t.say("refusal-floor-closed")) } }
                p { a.button.wide href={ "/c/" (slug) "/raise" } { (t.say("raise-action")) } }
            },
        }
    };
    Ok(public(cx, slug, &keeper.name, &title, main))
}

/// `POST /g/{door}/raise`
///
/// # Errors
/// When no meeting has this code.
pub async fn send(cx: Cx, Path(door): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (slug, row) = behind(&cx, &door).await?;
    let at = cx.place(row.place).await?;
    let rules = cx.rules(row.ledger).await?;
    let form = sent_form(&cx, &values, &[])?;
    let voice = supporter(&cx, &at).await?;
    let wheres = wheres(&cx, row.place).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let (text, place) = (said(&mut r, &rules), chosen(&mut r, row.place, &wheres));
    let speaker = speaker(&mut r, voice);
    let read = r.done(|| Some(raising(form, row.id, place?, text?, (Behalf::Own, speaker?))));
    let slip = match read {
        Ok(raising) => match cx.office().raise(&cx.actor(), raising).await {
            Ok(raised) => {
                let note = if raised.form == form { "new" } else { "beside" };
                return Ok(Redirect::to(&format!("/r/{slug}/{}?{note}", raised.secret)).into_response());
            }
            Err(failure) => Slip::bare(failure, &values, cx.locale)?,
        },
        Err(slip) => slip,
    };
    let page = view(&cx, &slug, &row, &door, &values, Some(&slip)).await?;
    with_device(&cx, slip.answer(page))
}
