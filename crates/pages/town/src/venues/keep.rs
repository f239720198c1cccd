//! The venues of a community for whoever keeps them, closed ones too.

use super::list::{Wish, items};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use yishi_domain::venues::OPEN;
use yishi_office::paging::Paged;
use yishi_office::places::reads::{LedgerRow, PlaceRow};
use yishi_office::venues::reads::{Which, venues};
use yishi_web::nav::staff_nav_at;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// The community whose venues somebody keeps.
///
/// # Errors
/// When nobody is signed in, there is no such community, or this person keeps no venues there.
pub async fn kept(cx: &Cx, slug: &str) -> Result<(Staff, LedgerRow, PlaceRow), Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let place = cx.place(ledger.ledger).await?;
    cx.may(&OPEN, &cx.resource(&place).await?)?;
    Ok((staff, ledger, place))
}

/// `GET /w/{slug}/venues`
///
/// # Errors
/// When this person keeps no venues there.
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, ledger, _) = kept(&cx, &slug).await?;
    let list = venues(&cx.app.office.db, ledger.ledger, Which::Kept, wish.before()).await?;
    let Paged { rows, next } = list;
    let (title, path) = (t.say("venues-keep"), format!("/w/{slug}/venues"));
    let main = html! {
        h1 { (title) }
        div.actions {
            a.button href={ (path) "/new" } { (t.say("venue-new")) }
            a.button.second href={ "/c/" (slug) "/venues" } { (t.say("venues-title")) }
        }
        @if rows.is_empty() { (ui::empty(&t.say("venues-none"))) }
        (items(&cx, &rows, &format!("/w/{slug}/v/")).await?)
        (ui::more(next.map(|next| ui::link(&path, &[("before", &next)])), &t.say("venues-more")))
    };
    let nav = staff_nav_at(&cx, &staff, &slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}
