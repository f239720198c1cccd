//! What happened to the accounts at and below the places that somebody answers for: those who
//! steer see what those who keep accounts do.

use crate::account::face::changes_by_account;
use axum::extract::Query;
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::people::SEE;
use yishi_kernel::access::roles::{CHIEFS, KEEPERS};
use yishi_kernel::{Actor, Moment, PlaceId, Resource, Role};
use yishi_office::paging::{Key, Paged};
use yishi_office::people::reads::changes;
use yishi_office::places::reads::{ledgers_below, places};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// How far back it goes, in days.
const DAYS: i64 = 60;

/// `GET /accounts`
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    let (t, staff) = (cx.locale, cx.staff()?);
    let own = |role: Role| KEEPERS.has(role) || CHIEFS.has(role);
    let at: Vec<PlaceId> =
        staff.actor.current(cx.now).filter(|grant| own(grant.role)).map(|grant| grant.place).collect();
    cx.may(&SEE, &Resource::at(&at))?;
    let ledgers = ledgers_of(&cx, &staff.actor, own).await?;
    let since = Moment(cx.now.0).plus_seconds(-DAYS * 86_400);
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = changes(&cx.app.office.db, &ledgers, since, before).await?;
    let next = next.map(|next| ui::link("/accounts", &[("before", &next)]));
    let title = t.say("accounts-title");
    let main = html! {
        h1 { (title) }
        p { (t.with("accounts-lead", &[("days", &DAYS)])) }
        (changes_by_account(&cx, &rows).await?)
        (ui::more(next, &t.say("list-older")))
    };
    let nav = staff_nav(&cx, staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The ledgers at and below the places where somebody holds such a role.
pub(super) async fn ledgers_of(
    cx: &Cx,
    actor: &Actor,
    own: impl Fn(Role) -> bool,
) -> Result<Vec<PlaceId>, Error> {
    let db = &cx.app.office.db;
    let at: Vec<PlaceId> =
        actor.current(cx.now).filter(|grant| own(grant.role)).map(|grant| grant.place).collect();
    let rows = places(db, &at).await?;
    let paths: Vec<_> = rows.iter().map(|row| row.path.clone()).collect();
    let below = ledgers_below(db, &paths).await?.into_iter().map(|row| row.ledger);
    // Whose own place keeps no ledger sees nothing of the ledger around it.
    let own = rows.iter().filter(|row| row.ledger == row.id).map(|row| row.ledger);
    Ok(own.chain(below).collect::<BTreeSet<_>>().into_iter().collect())
}
