//! Several items of one holder that go as they should 批量按期在办: ticked in one form, with one next step.
//! Each is an entry of its own and judged by itself; what is overdue is not there to be ticked.

use super::run::{Clearing, RunAtWork};
use super::show::step;
use super::things::{Things, holder};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::clearing::{HeldBy, ItemId, OnTrack, RunStage};
use yishi_office::clearing::reads::{ItemRow, left_in_time, some};
use yishi_web::form::{Form, front};
use yishi_web::names::Names;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::sheet::{Sheet, Shown as _};
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// What the names of the fields begin with.
const ACT: &str = "track";
/// The field of what is ticked, and that of the next step.
const ITEMS: &str = "items";
const NEXT: &str = "next";
/// From how many on one form is quicker than a page each.
const SEVERAL: usize = 2;

/// A form for each who holds several items that are not marked and not due yet.
///
/// # Errors
/// When the store fails.
pub async fn forms(sheet: &Clearing, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (cx, t) = (&sheet.cx, sheet.cx.locale);
    if sheet.state.stage != RunStage::Open {
        return Ok(html! {});
    }
    let rows = left_in_time(&cx.app.office.db, sheet.ledger.ledger, sheet.row.id, cx.now).await?;
    let mut of: BTreeMap<HeldBy, Vec<&ItemRow>> = BTreeMap::new();
    for row in &rows {
        of.entry(HeldBy::stored(&row.holder)).or_default().push(row);
    }
    of.retain(|_, rows| rows.len() >= SEVERAL);
    if of.is_empty() {
        return Ok(html! {});
    }
    let things = Things::of(cx, sheet.ledger.ledger, &rows, t).await?;
    let f = Form::new(cx, ACT, "clearing", format!("{}/on-track", sheet.link())).filled(values, slip);
    let mut names = Names::default();
    let mut shown = Vec::new();
    for (nth, (who, rows)) in (1..).zip(&of) {
        let options: Vec<(String, String)> = rows
            .iter()
            .map(|row| {
                let day = t.with("clearing-until", &[("day", &t.brief(row.due.deadline_date()))]);
                (row.id.to_string(), format!("{} · {} {day}", things.name(row, t), step(row, t)))
            })
            .collect();
        let f = f.nth(nth);
        let inner = html! {
            (f.checks(ITEMS, &options, &[]).label("clearing-many-items"))
            (f.text(NEXT).label("clearing-on-track-next").hint("public-hint"))
            (f.submit("clearing-many-send", "wide"))
        };
        let name = holder(cx, *who, &mut names, t).await?;
        let title = t.with("clearing-many-title", &[("holder", &name), ("count", &rows.len())]);
        shown.push(f.folded(&title, &inner));
    }
    Ok(html! {
        h3 { (t.say("clearing-many")) }
        p.hint { (t.say("clearing-many-lead")) }
        @for form in &shown { (form) }
    })
}

/// `POST /w/{slug}/k/{number}/on-track`
///
/// # Errors
/// When this person sees no such run, or something of ours is broken.
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let sheet = Sheet::<RunAtWork>::open(cx, (slug, number)).await?;
    let (cx, t, ledger) = (&sheet.cx, sheet.cx.locale, sheet.ledger.ledger);
    let mut r = Reader::new(ACT, &values, t);
    let field = |name: &str| format!("{}-{name}", front(ACT, r.nth()));
    let (of_items, of_next) = (field(ITEMS), field(NEXT));
    let (ids, next): (Vec<ItemId>, _) = (r.ids(ITEMS), r.line(NEXT, sheet.limits()));
    let keys: Vec<_> = ids.iter().map(|id| (ledger, *id)).collect();
    let mut rows = some(&cx.app.office.db, &keys).await?;
    rows.retain(|row| row.run == sheet.row.id);
    rows.sort_by_key(|row| (row.due, row.id));
    let of_one = rows.windows(2).all(|two| matches!(two, [a, b] if a.holder == b.holder));
    if rows.is_empty() {
        r.wrong(ITEMS, "clearing-many-nothing");
    } else if !of_one {
        r.wrong(ITEMS, "clearing-many-one-holder");
    }
    let slip = match r.done(|| next) {
        Err(slip) => slip,
        Ok(next) => {
            let things = Things::of(cx, ledger, &rows, t).await?;
            let mut left = Slip::default();
            for row in &rows {
                let on_track = OnTrack { next: next.clone() };
                let done = cx.office().act(&sheet.staff.actor, ledger, row.id, on_track).await;
                let Err(failure) = done else { continue };
                let error = Error::from(failure);
                if error.field() == Some(NEXT) {
                    return again(&sheet, &values, Slip::of(error, Some(of_next), &values, t)?).await;
                }
                // One that is refused keeps no other from being marked.
                let why = Slip::of(error, Some(of_items.clone()), &values, t)?;
                let why = why.at(&of_items).unwrap_or_default();
                left.add(Some(of_items.clone()), t.named(&things.name(row, t), why));
            }
            left
        }
    };
    if slip.is_empty() {
        return Ok(Redirect::to(&format!("{}#left", sheet.link())).into_response());
    }
    again(&sheet, &values, slip).await
}

async fn again(sheet: &Clearing, values: &Fields, slip: Slip) -> Result<Response, Error> {
    let page = RunAtWork::show(sheet, values, Some(&slip)).await?;
    Ok(slip.answer(page))
}
