//! The page of the people of a place: organisations, accounts, their roles, and the one-time
//! links with which they get in.

use super::close_account::CloseAccount;
use super::close_organisation::CloseOrganisation;
use super::confirm::Confirm;
use super::decline::Decline;
use super::grant::GrantRole;
use super::heir::Heirs;
use super::invite::Invite;
use super::invite_all::InviteAll;
use super::open_account::OpenAccount;
use super::open_organisation::OpenOrganisation;
use super::places::KeptPlace;
use super::revoke::Revoke;
use super::rosters::way;
use crate::account::face::named as names_of;
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use yishi_domain::people::{CORRECT, KEEP};
use yishi_domain::places::{Place, PlaceKind};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Grant, HolderKey, PlaceId, Refusal, Right, StreamName};
use yishi_office::people::Invitation;
use yishi_office::people::capacities::held;
use yishi_office::people::reads::{
    AccountRow, AskedRow, OrganisationRow, account, accounts, actor, asked, organisations,
};
use yishi_office::places::reads::{PlaceRow, below, children, place, places};
use yishi_store::duty::counts;
use yishi_web::correct::{Correct, Correctable};
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav;
use yishi_web::sheet::{Found, Next, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// The people of a place, for whoever keeps them.
#[derive(Debug)]
pub struct KeptPeople;

/// The page of the people of a place.
pub type Staffing = Sheet<KeptPeople>;

/// The place, and who and what is known there.
#[derive(Debug)]
pub struct Row {
    /// The place.
    pub place: PlaceRow,
    /// The organisations known here.
    pub organisations: Vec<OrganisationRow>,
    /// The accounts kept here.
    pub accounts: Vec<AccountRow>,
}

impl Thing for KeptPeople {
    type At = String;
    type State = Place;
    type Row = Row;
    const FAMILY: &'static str = "people";
    const SEEN_BY: &'static Right = &KEEP;

    async fn find(cx: &Cx, id: String) -> Result<Found<Self>, Error> {
        let Found { ledger, row: place, loaded, path, .. } = KeptPlace::find(cx, id).await?;
        let db = &cx.app.office.db;
        let organisations = organisations(db, &place.path).await?;
        let accounts = accounts(db, place.ledger).await?;
        Found::new(ledger, Row { place, organisations, accounts }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.place.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/admin/places/{}/people", found.row.place.id)
    }
}

/// The organisations that the ledger of this place keeps.
pub fn own_bodies(sheet: &Staffing) -> impl Iterator<Item = &OrganisationRow> {
    sheet.row.organisations.iter().filter(|row| row.ledger == sheet.row.place.ledger)
}

/// The organisations kept here, each with the way to close it.
async fn bodies(sheet: &Staffing, heirs: &Heirs) -> Result<Markup, Error> {
    let t = sheet.cx.locale;
    let keys: Vec<HolderKey> = own_bodies(sheet).map(|row| HolderKey::organisation(row.id)).collect();
    let holds = counts(&sheet.cx.app.office.db, &keys).await?;
    let close = sheet.blank::<CloseOrganisation>();
    Ok(html! {
        @if own_bodies(sheet).next().is_some() {
            details.fold { summary { (t.say("people-close-organisation")) } div.card {
                @for (n, (row, key)) in own_bodies(sheet).zip(&keys).enumerate() {
                    (close.bare(&html! {
                        (close.hidden("body", &row.id.to_string()))
                        strong { (row.name) } " "
                        (heirs.choice(sheet, key, holds.get(key).copied().unwrap_or_default(), &format!("body-{n}")))
                        (close.submit("people-close-organisation", "danger"))
                    }))
                }
            } }
        }
    })
}

/// The organisations known here, after "none".
#[must_use]
pub fn employers(sheet: &Staffing) -> Vec<(String, String)> {
    let none = (String::new(), sheet.cx.locale.say("people-no-organisation"));
    let known = sheet.row.organisations.iter().map(|row| (row.id.to_string(), row.name.clone()));
    std::iter::once(none).chain(known).collect()
}

/// Somebody whose account this ledger keeps.
///
/// # Errors
/// When it keeps no such account.
pub async fn kept_here(sheet: &Staffing, id: AccountId) -> Result<AccountRow, Error> {
    let row = account(&sheet.cx.app.office.db, id).await?.ok_or(Error::NotFound)?;
    if row.ledger != sheet.row.place.ledger {
        return Err(Refusal::from(Common::Unknown).into());
    }
    Ok(row)
}

/// Makes a one-time link for somebody of this ledger and shows it, once; back on the page where
/// a second administrator must confirm it first.
pub async fn invited(sheet: &Staffing, id: AccountId) -> Result<Next, Error> {
    let row = kept_here(sheet, id).await?;
    match sheet.cx.office().invite(&sheet.staff.actor, id).await? {
        Some(link) => shown(sheet, row.name, &link).await,
        None => Ok(Next::Back),
    }
}

/// The page with a link that was made just now.
pub async fn shown(sheet: &Staffing, name: String, invitation: &Invitation) -> Result<Next, Error> {
    let link = format!("{}/invite/{}", sheet.cx.app.public_url, invitation.word);
    let made = Made { name, link };
    // Somebody whose account was opened just now is among the people.
    let fresh = Staffing::open(sheet.cx.clone(), sheet.row.place.id.to_string()).await?;
    Ok(Next::Page(page(&fresh, &Fields::default(), None, Some(&made)).await?))
}

/// A link that was just made, to be shown once.
struct Made {
    name: String,
    link: String,
}

impl Shown for KeptPeople {
    async fn show(sheet: &Staffing, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        page(sheet, values, slip, None).await
    }
}

async fn named(cx: &Cx, id: PlaceId) -> Result<String, Error> {
    let Some(row) = place(&cx.app.office.db, id).await? else { return Ok(String::new()) };
    let above = places(&cx.app.office.db, &row.path).await?;
    let names: Vec<&str> = row
        .path
        .iter()
        .skip_while(|id| **id != row.ledger)
        .filter_map(|id| above.iter().find(|row| row.id == *id))
        .map(|row| row.name.as_str())
        .collect();
    Ok(names.join(" "))
}

/// The most stairwells that a list shows all at once.
const STAIRWELLS: usize = 60;

/// Places below this one that a role can be bound to: where there are many stairwells, those of
/// the building that was chosen.
pub async fn scopes(cx: &Cx, own: &PlaceRow, chosen: &str) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let mut rows = vec![own.clone()];
    if own.kind.below_building() || own.kind == PlaceKind::Building {
        rows.extend(children(db, own.ledger, own.id).await?);
    } else {
        let kinds =
            [PlaceKind::Compound, PlaceKind::Phase, PlaceKind::Market, PlaceKind::Grid, PlaceKind::Building];
        for kind in kinds {
            rows.extend(below(db, own, kind).await?);
        }
        let mut stairwells = below(db, own, PlaceKind::Stairwell).await?;
        if stairwells.len() > STAIRWELLS {
            let near = rows.iter().find(|row| row.id.to_string() == chosen).map(|row| row.id);
            stairwells.retain(|row| {
                row.id.to_string() == chosen
                    || near.is_some_and(|near| row.path.iter().rev().nth(1) == Some(&near))
            });
        }
        rows.extend(stairwells);
    }
    let above: Vec<PlaceId> = rows.iter().flat_map(|row| row.path.iter().copied()).collect();
    let above: BTreeSet<PlaceId> = above.into_iter().collect();
    let names: HashMap<PlaceId, String> =
        places(db, &Vec::from_iter(above)).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let name = |row: &PlaceRow| {
        let own = row.path.iter().skip_while(|id| **id != row.ledger);
        own.filter_map(|id| names.get(id).map(String::as_str)).collect::<Vec<_>>().join(" ")
    };
    Ok(rows.iter().map(|row| (row.id.to_string(), name(row))).collect())
}

/// A role that somebody holds: what they are called by it, and where.
struct Post {
    grant: Grant,
    called: String,
    place: String,
}

/// What was asked for somebody, with what another administrator can do about it.
fn to_confirm(sheet: &Staffing, asked: &AskedRow, asker: &str) -> Markup {
    let t = sheet.cx.locale;
    let id = asked.id.map(|id| id.to_string()).unwrap_or_default();
    let (confirm, decline) = (sheet.blank::<Confirm>(), sheet.blank::<Decline>());
    let own = asked.by == sheet.staff.actor.account;
    html! {
        div.notice.warn {
            p {
                strong { (t.say("people-asked")) } " " (t.word(asked.asked)) " "
                @if let Some(one) = asked.capacity() { span.badge { (ui::capacity(one, t)) } }
            }
            p.meta { (t.time(asked.at)) " · " (t.with("account-by", &[("name", &asker)])) }
            @if own { p { (t.say("people-asked-own")) } }
            @else {
                (confirm.bare(&html! { (confirm.hidden("account", &id)) (confirm.submit("people-confirm", "")) }))
            }
            (decline.bare(&html! { (decline.hidden("account", &id)) (decline.submit("people-decline", "danger")) }))
        }
    }
}

async fn page(
    sheet: &Staffing,
    values: &Fields,
    slip: Option<&Slip>,
    made: Option<&Made>,
) -> Result<Markup, Error> {
    let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row.place);
    let db = &cx.app.office.db;
    let mut people: Vec<(&AccountRow, Vec<Post>)> = Vec::new();
    for row in &sheet.row.accounts {
        let grants = actor(db, row.id)
            .await?
            .map(|actor| actor.current(cx.now).cloned().collect::<Vec<_>>())
            .unwrap_or_default();
        let capacities = held(db, &grants).await?;
        let mut posts = Vec::new();
        for (grant, capacity) in grants.into_iter().zip(capacities) {
            let place = named(cx, grant.place).await?;
            posts.push(Post { grant, called: ui::capacity(capacity, t), place });
        }
        people.push((row, posts));
    }
    let employer = |row: &AccountRow| {
        let found = sheet.row.organisations.iter().find(|one| Some(one.id) == row.employer);
        found.map_or("—", |one| one.name.as_str())
    };
    let waiting = asked(db, &[own.ledger], cx.now).await?;
    let askers = names_of(cx, waiting.iter().filter_map(|row| row.by)).await?;
    let (revoke, invite) = (sheet.blank::<Revoke>(), sheet.blank::<Invite>());
    let (close, heirs) = (sheet.blank::<CloseAccount>(), Heirs::at(sheet).await?);
    let keys: Vec<HolderKey> = sheet.row.accounts.iter().map(|row| HolderKey::person(row.id)).collect();
    let holds = counts(db, &keys).await?;
    let heir = |id: AccountId, nth: &str| {
        let key = HolderKey::person(id);
        heirs.choice(sheet, &key, holds.get(&key).copied().unwrap_or_default(), nth)
    };
    let title = t.with("people-of", &[("name", &own.name)]);
    let main = html! {
        p.crumbs { a href={ "/admin/places/" (own.id) } { (own.name) } }
        h1 { (title) }
        (summary(slip, t))
        @if let Some(made) = made {
            div.notice role="status" {
                p { strong { (t.with("invite-made", &[("name", &made.name)])) } }
                p.link-text { (made.link) }
                p { (t.say("invite-once")) }
            }
        }
        div.actions { (way(own, cx)) }
        h2 { (t.say("people-list")) }
        ul.list { @for (n, (row, posts)) in people.iter().enumerate() { li.item {
            h3 { (row.name) }
            @if row.employer.is_some() { p.meta { (employer(row)) } }
            @for post in posts { p { span.badge { (post.called) } " " (post.place) } }
            @for one in waiting.iter().filter(|one| one.id == Some(row.id)) {
                (to_confirm(sheet, one, one.by.and_then(|by| askers.get(&by)).map_or("—", String::as_str)))
            }
            details.fold { summary { (t.say("people-change")) }
            @for (m, post) in posts.iter().enumerate() {
                (revoke.bare(&html! {
                    (revoke.hidden("account", &row.id.to_string()))
                    (revoke.hidden("role", post.grant.role.word())) (revoke.hidden("at", &post.grant.place.to_string()))
                    span.badge { (post.called) } " " (post.place) " "
                    (heir(row.id, &format!("{n}-{m}")))
                    (revoke.submit("people-revoke", "danger"))
                }))
            }
            (invite.bare(&html! {
                (invite.hidden("account", &row.id.to_string()))
                (invite.submit("people-invite", "second"))
            }))
            (close.bare(&html! {
                (close.hidden("account", &row.id.to_string()))
                (heir(row.id, &n.to_string()))
                (close.submit("people-close", "danger"))
            }))
            }
        } } }
        (sheet.form::<OpenAccount>(values, slip).await?)
        (sheet.form::<InviteAll>(values, slip).await?)
        (sheet.form::<GrantRole>(values, slip).await?)
        (sheet.form::<OpenOrganisation>(values, slip).await?)
        (bodies(sheet, &heirs).await?)
        (sheet.form::<Correct<KeptPeople>>(values, slip).await?)
        (sheet.form::<Erase<KeptPeople>>(values, slip).await?)
    };
    let nav = staff_nav(cx, &sheet.staff);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }.render())
}

impl Correctable for KeptPeople {
    const CORRECT: &'static Right = &CORRECT;

    /// The names of the organisations that this place keeps.
    async fn streams(sheet: &Staffing) -> Result<Vec<StreamName>, Error> {
        let own = sheet.row.organisations.iter().filter(|row| row.ledger == sheet.ledger.ledger);
        Ok(own.map(|row| row.id.into()).collect())
    }
}
