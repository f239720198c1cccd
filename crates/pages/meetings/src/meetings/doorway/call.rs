//! Calling a stairwell's households together: a day and an hour at one tap, and one line what it is
//! about, or a matter of theirs and no line at all.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Time;
use maud::{Markup, html};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_domain::meetings::{CALL_STAIRWELL, CallStairwell, MeetingId, Refusal, Rules};
use yishi_kernel::moment::Date;
use yishi_kernel::rules::Limits;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Moment, Pack, may};
use yishi_office::FormKey;
use yishi_office::matters::readable::said;
use yishi_office::matters::reads::at_place;
use yishi_office::meetings::reads::meeting;
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger, places};
use yishi_web::dates;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::places::names_below;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// The choice that stands for a day and an hour of one's own.
const OTHER: &str = "other";

/// What the form of a call offers.
struct Offer {
    staff: Staff,
    place: PlaceRow,
    ledger: LedgerRow,
    name: String,
    pack: std::sync::Arc<Pack>,
    /// Evenings of the next days, as the form says them and as people do.
    times: Vec<(String, String)>,
    /// Open matters of the stairwell: id, number, and what was said.
    matters: Vec<(MatterId, i64, String)>,
}

async fn offer(cx: &Cx, id: &str) -> Result<Offer, Error> {
    let staff = cx.staff()?.clone();
    let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
    may(&staff.actor, &CALL_STAIRWELL, &cx.resource(&place).await?, cx.now)?;
    let db = &cx.app.office.db;
    let ledger = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
    let name = names_below(&place, &places(db, &place.path).await?).join(" ");
    let pack = cx.rules(place.ledger).await?;
    let households = pack.section::<Rules>().of_households();
    let (_, households) = households.ok_or_else(|| yishi_kernel::Refusal::from(Refusal::Forum))?;
    let times = evenings(cx, pack.due(&households.ahead, cx.now).at);
    let rows = at_place(db, place.ledger, place.id, None).await?.rows;
    let open = |stage: StageKind| matches!(stage, StageKind::Raised | StageKind::InHand);
    let rows = rows.into_iter().filter(|row| open(row.stage)).collect();
    let rows = cx.app.office.readable(&staff.actor, rows).await?;
    let texts = said(db, &rows).await?;
    let what = |id: &MatterId| texts.get(id).map_or_else(String::new, |text| excerpt(text, 30));
    let matters = rows.iter().map(|row| (row.id, row.number, what(&row.id))).collect();
    Ok(Offer { staff, place, ledger, name, pack, times, matters })
}

/// The evenings that the rule leaves time for: today at seven and eight, the next two at seven.
fn evenings(cx: &Cx, earliest: Moment) -> Vec<(String, String)> {
    let t = cx.locale;
    let (today, days) = (cx.now.date(), ["stairs-today", "stairs-tomorrow", "stairs-after"]);
    let day = |n: usize| (0..n).fold(today, |day: Date, _| day.tomorrow().unwrap_or(day));
    let all = [(0, 19), (0, 20), (1, 19), (2, 19)];
    let offered = all.into_iter().filter_map(|(n, hour)| {
        let value = format!("{}T{hour}:00", day(n));
        let starts = dates::minute(&value).ok().filter(|starts| *starts >= earliest)?;
        let (name, hour, date) = (t.say(days.get(n)?), hour - 12, t.brief(starts.date()));
        Some((value, t.with("stairs-evening", &[("day", &name), ("hour", &hour), ("date", &date)])))
    });
    offered.collect()
}

/// `GET /stairwell/{place}/meet`
///
/// # Errors
/// When this person calls nobody together there.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let offer = offer(&cx, &id).await?;
    Ok(view(&cx, &offer, &fresh_form(&cx)?, None))
}

fn view(cx: &Cx, offer: &Offer, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let here = format!("/stairwell/{}/meet", offer.place.id);
    let f = Form::new(cx, "", "stairs", here.clone()).filled(values, slip);
    let mut times = offer.times.clone();
    times.push((OTHER.to_owned(), t.say("stairs-other")));
    let mut matters = vec![(String::new(), t.say("stairs-no-matter"))];
    let line = |(id, number, text): &(MatterId, i64, String)| {
        (id.to_string(), t.with("stairs-matter-line", &[("number", number), ("text", text)]))
    };
    matters.extend(offer.matters.iter().map(line));
    let chosen = ["date", "time"].iter().any(|field| values.some(field).is_some());
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.radios("when", &times))
        details open[chosen] {
            summary { (t.say("stairs-other-when")) }
            div.row { (f.day("date")) (f.time("time")) }
        }
        (f.text("title"))
        @if matters.len() > 1 { (f.radios_or_none("matter", &matters)) }
        (f.submit("stairs-send", "giant"))
        p.small.soft { (t.say("stairs-send-hint")) }
    };
    let title = t.say("stairs-call");
    let main = html! {
        p.crumbs { a href={ "/stairwell/" (offer.place.id) } { (offer.name) } }
        h1 { (title) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav(cx, &offer.staff);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render()
}

/// What the form asks for; nothing where something is wrong, which the reader has noted.
fn read(r: &mut Reader<'_>, offer: &Offer, form: Option<FormKey>) -> Option<CallStairwell> {
    let t = r.t();
    let matter = match r.some("matter") {
        None => None,
        Some(_) => {
            let open = |word: &str| offer.matters.iter().find(|(id, ..)| id.to_string() == word);
            Some(r.word("matter", |word| open(word).map(|(id, number, _)| (*id, *number)), "form-choose")?)
        }
    };
    let starts = starts(r, offer);
    // A matter of theirs says what it is about.
    let limits = offer.pack.section::<Limits>();
    let title = match matter {
        Some((_, number)) => {
            let typed = r.line_or_none("title", limits)?;
            Some(typed.unwrap_or_else(|| t.with("stairs-about-matter", &[("number", &number)])))
        }
        None => r.line("title", limits),
    };
    Some(CallStairwell {
        stairwell: offer.place.id,
        title: title?,
        matter: matter.map(|(id, _)| id),
        venue: t.chinese().say("stairs-venue"),
        starts: starts?,
        door: form?.secret("door"),
    })
}

/// When it begins: one of the evenings, or a day and an hour of one's own.
fn starts(r: &mut Reader<'_>, offer: &Offer) -> Option<Moment> {
    let when = r.text("when");
    if let Some((value, _)) = offer.times.iter().find(|(value, _)| *value == when) {
        return dates::minute(value).ok();
    }
    if when != OTHER && r.some("date").is_none() {
        r.wrong("when", "form-choose");
        return None;
    }
    let day = r.day("date", "call-choose-date");
    let time: Option<Time> = r.time("time", "call-choose-time");
    let date = r.text("date");
    dates::minute(&format!("{date} {}", time?)).ok().filter(|_| day.is_some())
}

/// `POST /stairwell/{place}/meet`
///
/// # Errors
/// When this person calls nobody together there, or the form did not come from our page.
pub async fn send(cx: Cx, Path(id): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let offer = offer(&cx, &id).await?;
    let (office, ledger) = (&cx.app.office, offer.ledger.ledger);
    let form = sent_form(&cx, &values, &[]).ok();
    let mut r = Reader::new("", &values, cx.locale);
    let call = read(&mut r, &offer, form);
    let slip = match r.done(|| form.zip(call)) {
        Ok((form, call)) => {
            let thing = |key: &FormKey| {
                (MeetingId(key.id("meeting")), CallStairwell { door: key.secret("door"), ..call.clone() })
            };
            match office.make(&offer.staff.actor, ledger, form, thing).await {
                Ok(key) => {
                    let row = meeting(&office.db, ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{}/s/{}", offer.ledger.slug, row.number), &form, &key);
                    return Ok(Redirect::to(&link).into_response());
                }
                Err(failure) => {
                    let error = Error::from(failure);
                    let field = error.field().map(str::to_owned);
                    Slip::of(error, field, &values, cx.locale)?
                }
            }
        }
        Err(slip) => slip,
    };
    let page = view(&cx, &offer, &values, Some(&slip));
    Ok(slip.answer(page))
}
