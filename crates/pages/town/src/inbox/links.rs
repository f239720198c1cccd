//! `/inbox/calendars`: the links by which a calendar program reads the days of one's desks: each is
//! shown once, when it is made; made anew, or ended, the one before leads nowhere.

use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_kernel::{HolderKey, Whom};
use yishi_office::inbox::holders;
use yishi_office::people::reads::some as organisations;
use yishi_web::nav::staff_nav;
use yishi_web::sent::Sent;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /inbox/calendars`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    page(&cx, None).await
}

/// `POST /inbox/calendars/make`
///
/// # Errors
/// When the desk is not theirs, or the store fails.
pub async fn make(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let holder = HolderKey::stored(values.get("desk"));
    let word = cx.app.office.link_calendar(&cx.staff()?.actor, &holder).await?;
    let link = format!("{}/calendar/{}.ics", cx.app.public_url, word.ok_or(Error::NotFound)?);
    Ok(page(&cx, Some((holder, link))).await?.into_response())
}

/// `POST /inbox/calendars/end`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn end(cx: Cx, Sent(values): Sent) -> Result<Redirect, Error> {
    let account = cx.staff()?.actor.account.ok_or(Error::NotFound)?;
    cx.app.office.end_calendar(account, &HolderKey::stored(values.get("desk"))).await?;
    Ok(Redirect::to("/inbox/calendars"))
}

/// Each desk with its link, where it has one; the one that was just made is shown.
async fn page(cx: &Cx, made: Option<(HolderKey, String)>) -> Result<Markup, Error> {
    let (t, staff, office) = (cx.locale, cx.staff()?, &cx.app.office);
    let account = staff.actor.account.ok_or(Error::NotFound)?;
    let linked = office.calendars(account).await?;
    let title = t.say("calendars-title");
    let mut desks = Vec::new();
    for holder in holders(&staff.actor, cx.now) {
        desks.push((named(cx, &holder).await?, holder));
    }
    let main = html! {
        p.crumbs { a href="/inbox" { (t.say("inbox-title")) } }
        h1 { (title) }
        p { (t.say("calendars-lead")) }
        @for (name, holder) in &desks {
            section.card {
                h2 { (name) }
                @let own = made.as_ref().filter(|(of, _)| of == holder);
                @if let Some((_, link)) = own {
                    div.notice role="status" { p { (t.say("calendars-made")) } }
                    (ui::to_copy("calendar-link", &t.say("calendars-link"), link, t))
                } @else if linked.contains(holder) {
                    p { (t.say("calendars-linked")) }
                } @else {
                    p { (t.say("calendars-none")) }
                }
                (button(cx, "make", holder, name, if linked.contains(holder) { "calendars-anew" } else { "calendars-make" }))
                @if linked.contains(holder) { (button(cx, "end", holder, name, "calendars-end")) }
            }
        }
    };
    let (nav, locale, view, here) = (staff_nav(cx, staff), t, cx.view, "/inbox/calendars");
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn button(cx: &Cx, deed: &str, holder: &HolderKey, name: &str, key: &str) -> Markup {
    html! {
        form method="post" action={ "/inbox/calendars/" (deed) } {
            (cx.marks())
            (ui::hidden("desk", holder.as_str()))
            button.button.second type="submit" { (cx.locale.say(key)) span.hidden-visually { " " (name) } }
        }
    }
}

/// Whose days they are.
async fn named(cx: &Cx, holder: &HolderKey) -> Result<String, Error> {
    let t = cx.locale;
    Ok(match holder.whom() {
        Whom::Desk(place) => t.with("calendars-desk", &[("place", &cx.place(place).await?.name)]),
        Whom::Organisation(id) => {
            organisations(&cx.app.office.db, &[id]).await?.pop().map(|row| row.name).unwrap_or_default()
        }
        Whom::Person(_) | Whom::Nobody => t.say("calendars-own"),
    })
}
