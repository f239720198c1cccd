//! `/calendar/WORD.ics`: the days of a desk for a calendar program that has its link: what is due there
//! and what it meets for. A title has number, kind and category, a place is a building at the finest,
//! and of people there is nothing; whoever opens a line signs in as ever.

use super::show::name;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{Matter, MatterId, Rules};
use yishi_domain::places::PlaceKind;
use yishi_kernel::cell::Number;
use yishi_kernel::{HolderKey, Moment, PlaceId, Stream as _, StreamName, Whom};
use yishi_office::inbox::calendar::{Changed, Reader};
use yishi_office::matters::reads::matters;
use yishi_office::places::reads::{PlaceRow, ledgers_of, paths_of, places};
use yishi_papers::calendar::{Event, Status, When, calendar};
use yishi_store::duty::{Duty, held};
use yishi_web::papers::{calendar_id, kept_free, utc};
use yishi_web::places::names_below;
use yishi_web::{Cx, Error, numbers};

/// Most of what is due that a calendar has: the most urgent.
const MOST: i64 = 500;

/// `GET /calendar/{secret}`
///
/// # Errors
/// When the link leads nowhere, or the store fails.
pub async fn show(cx: Cx, Path(secret): Path<String>) -> Result<Response, Error> {
    let word = secret.strip_suffix(".ics").unwrap_or(&secret);
    let reader = cx.app.office.calendar_of(word).await?.ok_or(Error::NotFound)?;
    let (of, events) = days(&cx, &reader).await?;
    let title = cx.locale.with("calendar-name", &[("place", &of)]);
    let headers =
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, calendar(&title, &events)).into_response())
}

/// The days of a desk, and what it is called.
async fn days(cx: &Cx, reader: &Reader) -> Result<(String, Vec<Event>), Error> {
    let (office, t) = (&cx.app.office, cx.locale);
    let (of, duties, ledgers) = match reader.holder.whom() {
        Whom::Desk(id) => {
            let place = cx.place(id).await?;
            let desk = HolderKey::desk(if place.kind.keeps_ledger() { id } else { place.ledger });
            let mut duties = held(&office.db, &[desk], MOST).await?;
            if place.ledger != id {
                duties = within(cx, duties, id).await?;
            }
            (place.name, duties, vec![place.ledger])
        }
        Whom::Organisation(_) | Whom::Person(_) | Whom::Nobody => {
            let duties = held(&office.db, std::slice::from_ref(&reader.holder), MOST).await?;
            (t.say("calendars-own"), duties, Vec::new())
        }
    };
    let (meetings, gatherings) = office.calendar_days(&ledgers).await?;
    let keys = duties.iter().filter_map(Duty::key::<MatterId>).collect::<Vec<_>>();
    let rows = office.readable(&reader.actor, matters(&office.db, &keys).await?).await?;
    let rules = office.shipped_rules();
    let category = |code: &str| {
        let found = rules.section::<Rules>().category(code);
        found.map(|category| t.said(&category.zh, &category.en))
    };
    let categories: BTreeMap<(PlaceId, StreamName), Option<String>> =
        rows.iter().map(|row| ((row.ledger, row.id.into()), category(&row.category))).collect();
    let mut sittings: Vec<(PlaceId, StreamName, i64, String, Moment, PlaceId)> = Vec::new();
    for one in meetings {
        sittings.push((one.ledger, one.id.into(), one.number, one.title, one.starts, one.place));
    }
    for one in gatherings {
        sittings.push((one.ledger, one.id.into(), one.number, t.word(one.form), one.starts, one.place));
    }
    let things = duties.iter().map(|duty| (duty.ledger, duty.stream.clone()));
    let things =
        things.chain(sittings.iter().map(|(ledger, thing, ..)| (*ledger, thing.as_str().to_owned())));
    let changed = office.changed(things.collect::<BTreeSet<_>>()).await?;
    let changed: BTreeMap<(PlaceId, &str), &Changed> =
        changed.iter().map(|one| ((one.ledger, one.stream.as_str()), one)).collect();
    let at = duties.iter().filter_map(|duty| duty.place).chain(sittings.iter().map(|(.., place)| *place));
    let spots = spots(cx, at.collect()).await?;
    let keepers: BTreeSet<PlaceId> = changed.keys().map(|(ledger, _)| *ledger).collect();
    let slugs: BTreeMap<PlaceId, String> = (ledgers_of(&office.db, &Vec::from_iter(keepers)).await?)
        .into_iter()
        .map(|row| (row.ledger, row.slug))
        .collect();
    let mut events = Vec::new();
    let mut put = |ledger: PlaceId,
                   thing: &StreamName,
                   part: &str,
                   number: i64,
                   summary: String,
                   (when, ends): (When, Option<When>),
                   place: Option<PlaceId>| {
        let Some(changed) = changed.get(&(ledger, thing.as_str())) else { return };
        let link = slugs.get(&ledger).and_then(|slug| numbers::at_work(slug, thing, number));
        events.push(Event {
            uid: calendar_id(cx, thing, part),
            sequence: changed.version,
            changed: utc(changed.at),
            when,
            ends,
            about: String::new(),
            status: Status::Confirmed,
            summary,
            place: place.and_then(|place| spots.get(&place)).cloned().unwrap_or_default(),
            link: format!("{}{}", cx.app.public_url, link.unwrap_or_default()),
        });
    };
    for duty in &duties {
        let thing = StreamName::stored(&duty.stream);
        let is_matter = thing.kind() == Matter::KIND;
        let known = categories.get(&(duty.ledger, thing.clone()));
        // What they may not read stands in no calendar of theirs.
        let Number::Is(number) = duty.number else { continue };
        if is_matter && known.is_none() || numbers::at_work("x", &thing, number).is_none() {
            continue;
        }
        let step = t.say(&format!("{}-{}", duty.family, duty.step));
        let about = known.cloned().flatten().map(|category| format!(" · {category}")).unwrap_or_default();
        let summary = format!("{step}{}{}{about}", t.pick("：", ": "), name(&thing, number, t));
        put(
            duty.ledger,
            &thing,
            &format!("-due-{}", duty.n),
            number,
            summary,
            (due(duty.due), None),
            duty.place,
        );
    }
    for (ledger, thing, number, title, starts, place) in &sittings {
        let when = (utc(*starts), Some(kept_free(*starts)));
        put(*ledger, thing, "", *number, title.clone(), when, Some(*place));
    }
    Ok((of, events))
}

/// What of it lies in a part of a community.
async fn within(cx: &Cx, duties: Vec<Duty>, part: PlaceId) -> Result<Vec<Duty>, Error> {
    let at: BTreeSet<PlaceId> = duties.iter().filter_map(|duty| duty.place).collect();
    let paths = paths_of(&cx.app.office.db, &Vec::from_iter(at)).await?;
    let lies =
        |duty: &Duty| duty.place.and_then(|at| paths.get(&at)).is_some_and(|path| path.contains(&part));
    Ok(duties.into_iter().filter(lies).collect())
}

/// What places are called, no finer than a building.
async fn spots(cx: &Cx, at: BTreeSet<PlaceId>) -> Result<BTreeMap<PlaceId, String>, Error> {
    let db = &cx.app.office.db;
    let rows = places(db, &Vec::from_iter(at)).await?;
    let above: BTreeSet<PlaceId> = rows.iter().flat_map(|row| row.path.iter().copied()).collect();
    let fine = |row: &PlaceRow| matches!(row.kind, PlaceKind::Stairwell | PlaceKind::Household);
    let mut above = places(db, &Vec::from_iter(above)).await?;
    above.retain(|row| !fine(row));
    Ok(rows.iter().map(|row| (row.id, names_below(row, &above).join(" "))).collect())
}

/// When something is due: on the day that its time ends with, else at the second.
fn due(due: Moment) -> When {
    let day = due.deadline_date();
    match due.plus_seconds(-1).end_of_day_after(0) == due {
        true => When::Day(day.year(), day.month(), day.day()),
        false => utc(due),
    }
}
