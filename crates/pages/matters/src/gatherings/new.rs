//! Entering a gathering: three fields, and its lines where they are at hand.

use super::keep::{Holding, holding};
use super::lines;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::gatherings::{Form as Shape, GatheringId, Line, Mostly, Open, Record};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Moment, Pack};
use yishi_office::FormKey;
use yishi_office::gatherings::reads::gathering;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_with};
use yishi_web::{Cx, Error, dates};

/// The fields of the head of the form.
const HEAD: [&str; 7] = ["shape", "place", "spot", "date", "time", "people", "mostly"];

/// `GET /w/{slug}/gatherings/new`
///
/// # Errors
/// When this person holds none there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let here = holding(&cx, &slug).await?;
    let at = query.get("at").map(String::as_str);
    view(&cx, &here, at, &fresh_form(&cx)?, None).await
}

async fn view(
    cx: &Cx,
    here: &Holding,
    at: Option<&str>,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let in_hand = &lines::in_hand(cx, &here.ledger).await?;
    let link = format!("/w/{}/gatherings/new", here.ledger.slug);
    let f = Form::new(cx, "", "gathering", link.clone()).filled(values, slip);
    let first = here.sites.first().map_or("", |(id, _)| id.as_str());
    let hour = format!("{:02}:00", cx.now.civil().time().hour());
    let shapes = t.choices::<Shape>();
    let inner = html! {
        (f.hidden("form", values.get("form")))
        (f.radios("shape", &shapes).start(Shape::Bench.word()))
        (f.select("place", &here.sites).start(at.unwrap_or(first)))
        (f.text("spot"))
        div.row { (f.any_day("date").start(cx.now.date().to_string())) (f.time("time").start(hour)) }
        (people(&f, None))
        (f.submit("gathering-open", "wide second"))
        p.small.soft { (t.say("gathering-open-hint")) }
        h2 #lines { (t.say("gathering-lines")) }
        (lines::fields(&f, in_hand))
        (f.submit("gathering-record", "giant"))
        p.small.soft { (t.say("gathering-record-hint")) }
    };
    let title = t.say("gathering-new");
    let main = html! {
        p.crumbs { a href={ "/w/" (here.ledger.slug) "/gatherings" } { (t.say("gatherings-title")) } }
        h1 { (title) }
        p { (t.say("gathering-lead")) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, &here.staff, &here.ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}

/// How many came and who for the most part, filled in from the start with what is known.
pub(super) fn people(f: &Form<'_>, known: Option<(Option<u64>, Option<Mostly>)>) -> Markup {
    let t = f.t();
    let (count, mostly) = known.unwrap_or_default();
    let mut options = vec![(String::new(), t.say("gathering-mostly-none"))];
    options.extend(t.choices::<Mostly>());
    html! {
        div.row {
            (f.number("people").label("gathering-people").start(count.map(|count| count.to_string()).unwrap_or_default()))
            (f.select("mostly", &options).label("gathering-mostly").start(mostly.map_or("", Mostly::word)))
        }
    }
}

/// Who came for the most part, where somebody says so.
pub(super) fn mostly(r: &mut Reader<'_>) -> Option<Option<Mostly>> {
    match r.some("mostly") {
        None => Some(None),
        Some(_) => r.word("mostly", Mostly::parse, "form-choose").map(Some),
    }
}

/// What the head of the form says; nothing where something is wrong, which the reader has noted.
fn head(r: &mut Reader<'_>, here: &Holding, rules: &Pack) -> Option<Open> {
    let listed = |word: &str| here.sites.iter().any(|(id, _)| id == word);
    let form = r.word("shape", Shape::parse, "form-choose");
    let place = r.word("place", |word| listed(word).then(|| word.parse().ok()).flatten(), "form-choose");
    let spot = r.line_or_none("spot", rules.section::<Limits>());
    let day = r.day("date", "gathering-choose-date");
    let time: Option<String> = r.time("time", "gathering-choose-time");
    let people = r.number_or_none("people");
    let mostly = mostly(r);
    let date = r.text("date");
    let starts: Option<Moment> =
        time.and_then(|time| dates::minute(&format!("{date} {time}")).ok()).filter(|_| day.is_some());
    Some(Open {
        form: form?,
        place: place?,
        spot: spot?.unwrap_or_default(),
        starts: starts?,
        people: people?,
        mostly: mostly?,
        record: None,
    })
}

/// `POST /w/{slug}/gatherings/new`
///
/// # Errors
/// When this person holds none there, or the form did not come from our page.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let here = holding(&cx, &slug).await?;
    let (office, rules) = (&cx.app.office, cx.rules(here.ledger.ledger).await?);
    let mut r = Reader::new("", &values, cx.locale);
    let form = sent_with(&cx, values.get("form"), &lines::content(&r, &HEAD))?;
    let open = head(&mut r, &here, &rules);
    let limits = rules.section::<Limits>();
    let written = lines::read(&mut r, &cx, &here.ledger, Some(form), limits).await?;
    // How many came is known once there is something to write down.
    if lines::any(&r) && r.some("people").is_none() {
        r.wrong("people", "refusal-gathering-people");
    }
    let slip = match r.done(|| open.zip(written)) {
        Ok((open, written)) => {
            let thing = |key: &FormKey| {
                let record = record(&open, &written);
                (GatheringId(key.id("gathering")), Open { record, ..open.clone() })
            };
            match office.make(&here.staff.actor, here.ledger.ledger, form, thing).await {
                Ok(key) => {
                    let id = GatheringId(key.id("gathering"));
                    let row = gathering(&office.db, here.ledger.ledger, id).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/h/{}", row.number), &form, &key);
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
    Ok(slip.answer(view(&cx, &here, None, &values, Some(&slip)).await?))
}

/// Its record, where anything was written down.
fn record(open: &Open, written: &[Line]) -> Option<Record> {
    let lines = written.to_vec();
    let people = open.people.unwrap_or_default();
    (!lines.is_empty()).then_some(Record { people, mostly: open.mostly, lines })
}
