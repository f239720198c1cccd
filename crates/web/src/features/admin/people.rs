//! Organisations, accounts, roles, and the one-time links with which people get in.

use crate::shared::navigation::staff_nav;
use crate::shared::places::kept;
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error};
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::access::Action;
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_domain::{AccountId, Grant, OrganisationId, PlaceId, Refusal, Role};
use yishi_store::reads::people::{AccountRow, account, accounts, actor, organisations};
use yishi_store::reads::places::{PlaceRow, below, children, place, places};

/// A link that was just made, to be shown once.
struct Made {
    name: String,
    link: String,
}

/// `GET /admin/places/{place}/people`
///
/// # Errors
/// When this person keeps no people here.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    view(&cx, &own, &Fields::default(), None, None).await
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

/// Places below this one that a role can be bound to.
async fn scopes(cx: &Cx, own: &PlaceRow) -> Result<Vec<(String, String)>, Error> {
    let db = &cx.app.office.db;
    let mut rows = vec![own.clone()];
    if own.kind.below_building() || own.kind == PlaceKind::Building {
        rows.extend(children(db, own.ledger, own.id).await?);
    } else {
        for kind in [
            PlaceKind::Compound,
            PlaceKind::Market,
            PlaceKind::Grid,
            PlaceKind::Building,
            PlaceKind::Stairwell,
        ] {
            rows.extend(below(db, own, kind).await?);
        }
    }
    let mut scopes = Vec::new();
    for row in rows {
        scopes.push((row.id.to_string(), named(cx, row.id).await?));
    }
    Ok(scopes)
}

async fn view(
    cx: &Cx,
    own: &PlaceRow,
    values: &Fields,
    error: Option<&Error>,
    made: Option<&Made>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let organisations = organisations(db, &own.path).await?;
    let names: BTreeMap<OrganisationId, &str> =
        organisations.iter().map(|row| (row.id, row.name.as_str())).collect();
    let mut people: Vec<(AccountRow, Vec<(Grant, String)>)> = Vec::new();
    for row in accounts(db, own.ledger).await? {
        let grants = actor(db, row.id)
            .await?
            .map(|actor| actor.current(cx.now).cloned().collect::<Vec<_>>())
            .unwrap_or_default();
        let mut named_grants = Vec::new();
        for grant in grants {
            let name = named(cx, grant.place).await?;
            named_grants.push((grant, name));
        }
        people.push((row, named_grants));
    }
    let action = format!("/admin/places/{}/people", own.id);
    let token = cx.token();
    let none = vec![(String::new(), t.say("people-no-organisation"))];
    let employers: Vec<(String, String)> = none
        .into_iter()
        .chain(organisations.iter().map(|row| (row.id.to_string(), row.name.clone())))
        .collect();
    let roles: Vec<(String, String)> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Visitor)
        .map(|role| (role.word().to_owned(), ui::role(role, t)))
        .collect();
    let kinds: Vec<(String, String)> = OrganisationKind::ALL
        .iter()
        .map(|kind| (kind.word().to_owned(), ui::organisation_kind(*kind, t)))
        .collect();
    let whom: Vec<(String, String)> =
        people.iter().map(|(row, _)| (row.id.to_string(), row.name.clone())).collect();
    let scopes = scopes(cx, own).await?;
    let title = t.with("people-of", &[("name", &own.name)]);
    let main = html! {
        p.crumbs { a href={ "/admin/places/" (own.id) } { (own.name) } }
        h1 { (title) }
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        @if let Some(made) = made {
            div.notice role="status" {
                p { strong { (t.with("invite-made", &[("name", &made.name)])) } }
                p.link-text { (made.link) }
                p { (t.say("invite-once")) }
            }
        }
        h2 { (t.say("people-list")) }
        ul.list { @for (row, grants) in &people { li.item {
            h3 { (row.name) }
            p.meta { (row.employer.and_then(|id| names.get(&id).copied()).unwrap_or("—")) }
            @for (grant, place) in grants {
                form method="post" action={ (action) "/revoke" } {
                    (ui::hidden("token", &token)) (ui::hidden("account", &row.id.to_string()))
                    (ui::hidden("role", grant.role.word())) (ui::hidden("at", &grant.place.to_string()))
                    span.badge { (ui::role(grant.role, t)) } " " (place) " "
                    (ui::submit(&t.say("people-revoke"), "danger"))
                }
            }
            form method="post" action={ (action) "/invite" } {
                (ui::hidden("token", &token)) (ui::hidden("account", &row.id.to_string()))
                (ui::submit(&t.say("people-invite"), "second"))
            }
        } } }
        section.card { h2 { (t.say("people-open")) }
            form method="post" action={ (action) "/open" } {
                (ui::hidden("token", &token))
                (ui::text_field(Field::new("name", &t.say("people-name")).error(text.as_deref().filter(|_| field == Some("name"))), values.get("name"), "off"))
                (ui::select(Field::new("employer", &t.say("people-employer")), &employers, values.get("employer")))
                (ui::submit(&t.say("people-open"), ""))
            }
        }
        section.card { h2 { (t.say("people-grant")) }
            form method="post" action={ (action) "/grant" } {
                (ui::hidden("token", &token))
                (ui::select(Field::new("account", &t.say("people-whom")), &whom, values.get("account")))
                (ui::select(Field::new("role", &t.say("people-role")), &roles, values.get("role")))
                (ui::select(Field::new("at", &t.say("people-at")), &scopes, values.get("at")))
                (ui::select(Field::new("organisation", &t.say("people-for")).hint(&t.say("people-for-hint")), &employers, values.get("organisation")))
                (ui::submit(&t.say("people-grant"), ""))
            }
        }
        section.card { h2 { (t.say("people-organisation")) }
            ul { @for row in &organisations { li { (row.name) " · " (ui::organisation_kind(row.kind, t)) } } }
            form method="post" action={ (action) "/organisation" } {
                (ui::hidden("token", &token))
                (ui::select(Field::new("organisation-kind", &t.say("place-kind")), &kinds, values.get("organisation-kind")))
                (ui::text_field(Field::new("organisation-name", &t.say("place-name")), values.get("organisation-name"), "off"))
                (ui::submit(&t.say("people-organisation"), "second"))
            }
        }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &action, title: &title, nav, width: Width::Narrow, main }.render())
}

type Sent = Form<Vec<(String, String)>>;

async fn back(cx: &Cx, own: &PlaceRow, values: &Fields, done: Result<(), Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/admin/places/{}/people", own.id)).into_response()),
        Err(error @ Error::Refused(_)) => {
            Ok((error.status(), view(cx, own, values, Some(&error), None).await?).into_response())
        }
        Err(error) => Err(error),
    }
}

/// `POST /admin/places/{place}/people/open`
///
/// # Errors
/// When this person keeps no people here, or the form did not come from our page.
pub async fn open(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    let employer = values.some("employer").and_then(|id| id.parse::<OrganisationId>().ok());
    let opened = cx.app.office.open_account(&cx.actor(), own.id, values.get("name"), employer).await;
    match opened.map_err(Error::from) {
        Ok(id) => invited(&cx, &own, id).await,
        Err(error) => back(&cx, &own, &values, Err(error)).await,
    }
}

/// Makes a one-time link and shows it, once.
async fn invited(cx: &Cx, own: &PlaceRow, id: AccountId) -> Result<Response, Error> {
    let row = account(&cx.app.office.db, id).await?.ok_or(Error::NotFound)?;
    if row.ledger != own.ledger {
        return Err(Refusal::Unknown.into());
    }
    let invitation = cx.app.office.invite(id).await?;
    let made = Made { name: row.name, link: format!("{}/invite/{}", cx.app.public_url, invitation.word) };
    Ok(view(cx, own, &Fields::default(), None, Some(&made)).await?.into_response())
}

/// `POST /admin/places/{place}/people/invite`
///
/// # Errors
/// When this person keeps no people here, or the form did not come from our page.
pub async fn invite(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    let id = values.parse::<AccountId>("account")?;
    invited(&cx, &own, id).await
}

/// `POST /admin/places/{place}/people/grant`
///
/// # Errors
/// When this person keeps no people here, or the form did not come from our page.
pub async fn grant(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    let whom: AccountId = values.parse("account")?;
    let role = Role::parse(values.get("role")).ok_or(Error::Malformed)?;
    let at: PlaceId = values.parse("at")?;
    let organisation = match role.of_organisation() {
        true => values.some("organisation").and_then(|id| id.parse::<OrganisationId>().ok()),
        false => None,
    };
    let done = cx.app.office.grant(&cx.actor(), whom, role, at, organisation, cx.now, None).await;
    back(&cx, &own, &values, done.map_err(Error::from)).await
}

/// `POST /admin/places/{place}/people/revoke`
///
/// # Errors
/// When this person keeps no people here, or the form did not come from our page.
pub async fn revoke(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    let whom: AccountId = values.parse("account")?;
    let role = Role::parse(values.get("role")).ok_or(Error::Malformed)?;
    let done = cx.app.office.revoke(&cx.actor(), whom, role, values.parse("at")?).await;
    back(&cx, &own, &values, done.map_err(Error::from)).await
}

/// `POST /admin/places/{place}/people/organisation`
///
/// # Errors
/// When this person keeps no people here, or the form did not come from our page.
pub async fn organisation(cx: Cx, Path(id): Path<String>, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let own = kept(&cx, &id, Action::KeepPeople).await?;
    let kind = OrganisationKind::parse(values.get("organisation-kind")).ok_or(Error::Malformed)?;
    let opened =
        cx.app.office.open_organisation(&cx.actor(), own.id, kind, values.get("organisation-name")).await;
    back(&cx, &own, &values, opened.map(|_| ()).map_err(Error::from)).await
}
