//! The statutory meetings of a street's communities and villages for whoever confirms their
//! numbers: how each stands, and the form that confirms one.

use super::face::{Ruled, Standing, confirmed, statutory};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{Forum, Rules};
use yishi_domain::rulebook::{CONFIRM, Confirm, ConfirmationId};
use yishi_kernel::moment::Date;
use yishi_office::FormKey;
use yishi_office::paging::Key;
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger};
use yishi_office::rulebook::confirms_for;
use yishi_office::rulebook::reads::{ConfirmationRow, confirmation, of_forum};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// The street over a community or village, or itself: where its numbers are confirmed.
///
/// # Errors
/// When no street, town or township lies above.
pub async fn street_of(cx: &Cx, slug: &str) -> Result<(LedgerRow, PlaceRow), Error> {
    let office = &cx.app.office;
    let street = confirms_for(&office.db, cx.ledger(slug).await?.ledger).await?;
    let row = cx.place(street).await?;
    if !row.kind.is_street() {
        return Err(Error::NotFound);
    }
    Ok((ledger(&office.db, street).await?.ok_or(Error::NotFound)?, row))
}

/// A street whose officer somebody is.
async fn kept(cx: &Cx, slug: &str) -> Result<(Staff, LedgerRow, PlaceRow), Error> {
    let staff = cx.staff()?.clone();
    let (ledger, street) = street_of(cx, slug).await?;
    cx.may(&CONFIRM, &cx.resource(&street).await?)?;
    Ok((staff, ledger, street))
}

/// `GET /w/{slug}/forums`
///
/// # Errors
/// When this person confirms nothing there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let mut values = fresh_form(&cx)?;
    if let Some(forum) = query.get("forum") {
        values.0.push(("forum".to_owned(), forum.clone()));
    }
    let before = query.get("before").map_or("", String::as_str);
    view(&cx, &slug, &values, None, before).await
}

async fn view(
    cx: &Cx,
    slug: &str,
    values: &Fields,
    slip: Option<&Slip>,
    before: &str,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, ledger, street) = kept(cx, slug).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let rules = pack.section::<Rules>();
    let here = format!("/w/{}/forums", ledger.slug);
    // Whoever read a text of the law did so since the first of those that the rules know.
    let since = rules.laws.iter().map(|text| text.since.0).min().unwrap_or_else(|| cx.now.date());
    let mut all = Vec::new();
    for forum in statutory(cx, ledger.ledger, rules).await? {
        all.push((forum, Ruled::now(cx, ledger.ledger, rules, forum).await?));
    }
    // One form on the page: of the forum that was asked for, else of the first that waits.
    let waits = all.iter().find(|(_, ruled)| !ruled.can_be_called()).map(|(forum, _)| forum.code.clone());
    let wanted = values.some("forum").map(str::to_owned).or(waits);
    let mut cards = Vec::new();
    for (forum, ruled) in all {
        let chosen = wanted.as_ref() == Some(&forum.code);
        let key = Some(before).filter(|_| chosen).and_then(Key::read);
        let past = of_forum(&cx.app.office.db, ledger.ledger, &forum.code, key).await?;
        let older = past.next.map(|next| ui::link(&here, &[("forum", &forum.code), ("before", &next)]));
        let past = html! { (before_now(&past.rows, &ruled, &here, &street.name, t)) (ui::more(older, &t.say("list-older"))) };
        cards.push((forum, ruled, chosen, past));
    }
    let title = t.say("forums-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        p { (t.say("forums-lead")) }
        (summary(slip, t))
        @for (forum, ruled, chosen, past) in &cards {
            section.card #(forum.code) {
                h2 { (t.said(&forum.zh, &forum.en)) }
                (ruled.list(t))
                @match &ruled.standing {
                    Standing::Confirmed(_, row) => p { a.button.second href={ (here) "/" (row.number) } { (t.say("forums-open")) } },
                    Standing::Own | Standing::Checking(_) if *chosen => (form(cx, forum, since, values, slip, &here)),
                    Standing::Own | Standing::Checking(_) => p { a.button.second href={ (ui::link(&here, &[("forum", &forum.code)])) "#" (forum.code) } { (t.say("forums-confirm")) } },
                }
                (past)
            }
        }
    };
    let nav = staff_nav_at(cx, &staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The form that confirms a forum's numbers.
fn form(cx: &Cx, forum: &Forum, since: Date, values: &Fields, slip: Option<&Slip>, here: &str) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "forums", here.to_owned()).filled(values, slip);
    html! {
        h3 { (t.say("forums-confirm")) }
        p { (t.say("forums-confirm-lead")) }
        (f.bare(&html! {
            (ui::hidden("form", values.get("form")))
            (ui::hidden("forum", &forum.code))
            (f.text("read"))
            (f.past_day("on", since))
            (f.submit("forums-send", "wide"))
        }))
    }
}

/// What was confirmed before and taken back, or of other numbers.
fn before_now(rows: &[ConfirmationRow], ruled: &Ruled, here: &str, street: &str, t: Locale) -> Markup {
    let now = match &ruled.standing {
        Standing::Confirmed(_, row) => Some(row.id),
        Standing::Own | Standing::Checking(_) => None,
    };
    let old: Vec<&ConfirmationRow> = rows.iter().filter(|row| Some(row.id) != now).collect();
    html! { @if !old.is_empty() {
        h3 { (t.say("forums-before")) }
        ul { @for row in old { li {
            a href={ (here) "/" (row.number) } { (confirmed(street, row, t)) }
            @if let Some(at) = row.withdrawn { " " span.badge.late { (t.with("forums-withdrawn", &[("date", &t.day(at.date()))])) } }
        } } }
    } }
}

/// `POST /w/{slug}/forums`
///
/// # Errors
/// When this person confirms nothing there.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger, _) = kept(&cx, &slug).await?;
    let (office, street) = (&cx.app.office, ledger.ledger);
    let pack = cx.rules(street).await?;
    let form = sent_form(&cx, &values, &[]).ok();
    let mut r = Reader::new("", &values, cx.locale);
    let (read, on) = (r.line("read", pack.section()), r.day("on", "forums-wrong-day"));
    let confirm = || Some((form?, Confirm { forum: values.get("forum").to_owned(), read: read?, on: on? }));
    let slip = match r.done(confirm) {
        Ok((form, confirm)) => {
            let thing = |key: &FormKey| (ConfirmationId(key.id("forum")), confirm.clone());
            match office.make(&staff.actor, street, form, thing).await {
                Ok(key) => {
                    let row =
                        confirmation(&office.db, street, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{}/forums/{}", ledger.slug, row.number), &form, &key);
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
    let page = view(&cx, &slug, &values, Some(&slip), "").await?;
    Ok(slip.answer(page))
}
