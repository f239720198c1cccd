//! The steward's stairwell 楼道: what is open there, raising for a neighbour who agrees, and
//! the receipt to print for one without a phone.

use crate::feature::{Feature, Way};
use crate::routes::Route;
use crate::sent::SentParts;
use crate::shared::matter::meta;
use crate::shared::navigation::staff_nav;
use crate::shared::photos::stored;
use crate::shared::places::names_below;
use crate::shared::receipt::held;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::ui::{self, Field, Fields, Item, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{Behalf, Channel, MatterId, Proof, RAISE_FOR_NEIGHBOUR, STAIRWELL, Shown};
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Denied, PlaceId, Refusal, Right, Role, may};
use yishi_office::matters::reads::{at_place, said, support};
use yishi_office::matters::{Raising, Speaker};
use yishi_office::places::reads::{PlaceRow, below, children, ledger, place, places};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, nav: NAV, ..Feature::named("stairwell") };

static ROUTES: &[Route] = crate::routes! {
    get "/stairwells" [STAIRWELL] list;
    get "/stairwell/{place}" [STAIRWELL] show;
    get "/stairwell/{place}/raise" [RAISE_FOR_NEIGHBOUR] form;
    parts "/stairwell/{place}/raise" [RAISE_FOR_NEIGHBOUR] send;
    get "/stairwell/{place}/receipt/{secret}" [RAISE_FOR_NEIGHBOUR] receipt;
};

static NAV: &[Way] = &[Way {
    href: "/stairwells",
    text: "stairwells-title",
    roles: &[
        Role::Steward,
        Role::BuildingHead,
        Role::GridSecretary,
        Role::CommunityWorker,
        Role::CommunitySecretary,
    ],
}];

async fn spot(cx: &Cx, id: &str, right: &Right) -> Result<(Staff, PlaceRow, String), Error> {
    let staff = cx.staff()?.clone();
    let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
    let resource = cx.resource(&place).await?;
    may(&staff.actor, right, &resource, cx.now)?;
    let above = places(&cx.app.office.db, &place.path).await?;
    let name = names_below(&place, &above).join(" ");
    Ok((staff, place, name))
}

/// `GET /stairwells`: those of one's own.
pub async fn list(cx: Cx) -> Result<Markup, Error> {
    let t = cx.locale;
    let staff = cx.staff()?.clone();
    let db = &cx.app.office.db;
    let mut found = Vec::new();
    for grant in staff.actor.current(cx.now) {
        let Some(row) = place(db, grant.place).await? else { continue };
        match grant.role {
            Role::Steward => found.push(row),
            Role::BuildingHead | Role::GridSecretary | Role::CommunityWorker | Role::CommunitySecretary => {
                found.extend(below(db, &row, PlaceKind::Stairwell).await?);
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(Error::Denied(Denied::Role {
            may: vec![Role::Steward, Role::BuildingHead, Role::CommunityWorker],
        }));
    }
    found.dedup_by_key(|row| row.id);
    let mut named = Vec::new();
    for row in found {
        let above = places(db, &row.path).await?;
        let name: Vec<&str> = row
            .path
            .iter()
            .rev()
            .take(3)
            .rev()
            .filter_map(|id| above.iter().find(|place| place.id == *id))
            .map(|place| place.name.as_str())
            .collect();
        named.push((row.id, name.join(" ")));
    }
    let title = t.say("stairwells-title");
    let main = html! {
        h1 { (title) }
        div.choices { @for (id, name) in &named { a.button.second href={ "/stairwell/" (id) } { (name) } } }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /stairwell/{place}`
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, place, name) = spot(&cx, &id, &STAIRWELL).await?;
    let db = &cx.app.office.db;
    let rows = at_place(db, place.ledger, place.id).await?;
    let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
    let texts = said(db, place.ledger, &ids).await?;
    let supports = support(db, place.ledger, &ids).await?;
    let slug = ledger(db, place.ledger).await?.map(|row| row.slug).unwrap_or_default();
    let households = children(db, place.ledger, place.id).await?;
    let main = html! {
        h1 { (name) }
        a.button.giant href={ "/stairwell/" (id) "/raise" } { (t.say("neighbour-action")) }
        h2 { (t.say("stairwell-matters")) }
        @if rows.is_empty() { (ui::empty(&t.say("stairwell-empty"))) }
        ul.list {
            @for row in &rows {
                (ui::item(&Item {
                    href: &format!("/w/{slug}/{}", row.number),
                    title: &texts.get(&row.id).map_or_else(|| t.say("desk-photo-only"), |text| excerpt(text, 42)),
                    meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
                    stage: row.stage,
                    next: row.next,
                    photo: None,
                }, cx.now, t))
            }
        }
        h2 { (t.with("stairwell-households", &[("count", &households.len())])) }
        p { @for home in &households { span.badge { (home.name) } " " } }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &name, nav, width: Width::Narrow, main }.render())
}

/// `GET /stairwell/{place}/raise`
pub async fn form(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let (staff, place, name) = spot(&cx, &id, &RAISE_FOR_NEIGHBOUR).await?;
    page(&cx, &staff, &place, &name, &fresh_form(&cx)?, None).await
}

async fn page(
    cx: &Cx,
    staff: &Staff,
    place: &PlaceRow,
    name: &str,
    values: &Fields,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let wrong = |name: &str| text.as_deref().filter(|_| field == Some(name));
    let mut homes = vec![(String::new(), t.say("neighbour-home-none"))];
    for home in children(&cx.app.office.db, place.ledger, place.id).await? {
        if home.kind == PlaceKind::Household {
            homes.push((home.id.to_string(), home.name));
        }
    }
    let title = t.say("neighbour-title");
    let main = html! {
        p.crumbs { a href={ "/stairwell/" (place.id) } { (name) } }
        h1 { (title) }
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        form method="post" action={ "/stairwell/" (place.id) "/raise" } enctype="multipart/form-data" {
            (ui::hidden("form", values.get("form")))
            (cx.marks())
            @for photo in values.all("photo") { (ui::hidden("photo", photo)) }
            (ui::text_area(Field::new("text", &t.say("neighbour-text")).hint(&t.say("raise-text-hint")).error(wrong("text")), values.get("text"), ""))
            (ui::photos(Field::new("photos", &t.say("raise-photos")).hint(&t.say("raise-photos-hint")).error(wrong("photos"))))
            (ui::select(Field::new("home", &t.say("neighbour-home")), &homes, values.get("home")))
            (ui::text_field(Field::new("name", &t.say("neighbour-name")).error(wrong("name")), values.get("name"), "off"))
            (ui::text_field(Field::new("contact", &t.say("raise-contact")).hint(&t.say("raise-contact-hint")).error(wrong("contact")), values.get("contact"), "off"))
            (ui::check(Field::new("consent", &t.say("neighbour-consent")).hint(&t.say("neighbour-consent-hint")).error(wrong("consent")), values.get("consent")))
            (ui::submit(&t.say("neighbour-send"), "wide"))
        }
    };
    let nav = staff_nav(cx, staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /stairwell/{place}/raise`
pub async fn send(cx: Cx, Path(id): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let (staff, place, name) = spot(&cx, &id, &RAISE_FOR_NEIGHBOUR).await?;
    let (values, photo) = sent.read(&cx).await?;
    let raised = match photo {
        Ok(()) => raise(&cx, &staff, &place, &values).await,
        Err(error) => Err(error),
    };
    match raised {
        Ok(secret) => Ok(Redirect::to(&format!("/stairwell/{}/receipt/{secret}", place.id)).into_response()),
        Err(error @ (Error::Refused(_) | Error::Photo(_))) => {
            let page = page(&cx, &staff, &place, &name, &values, Some(&error)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn raise(cx: &Cx, staff: &Staff, place: &PlaceRow, values: &Fields) -> Result<String, Error> {
    let form = form_bytes(values.get("form"))?;
    let home = match values.some("home") {
        None => None,
        Some(id) => {
            let id: PlaceId = id.parse().map_err(|_| Error::Malformed)?;
            let row = cx.place(id).await?;
            if !row.path.contains(&place.id) {
                return Err(Refusal::from(Common::Unknown).into());
            }
            Some(id)
        }
    };
    let consent = (values.get("consent") == "yes").then(|| cx.locale.say("neighbour-consent"));
    let raising = Raising {
        form,
        channel: Channel::Neighbour,
        behalf: Behalf::Neighbour,
        place: place.id,
        shown: Shown::Building,
        about: None,
        category: None,
        title: None,
        text: values.get("text").to_owned(),
        photos: stored(cx, values).await?,
        occurred_at: None,
        source: None,
        speaker: Speaker {
            // Without a home nobody can tell this neighbour from another: each counts alone.
            supporter: home
                .map_or_else(|| format!("neighbour/{}", values.get("form")), |id| format!("household/{id}")),
            proof: Proof::Neighbour,
            name: values.get("name").to_owned(),
            contact: values.get("contact").to_owned(),
            consent,
        },
    };
    Ok(cx.app.office.raise(&staff.actor, raising).await?.secret)
}

/// `GET /stairwell/{place}/receipt/{secret}`: the slip to print and hand over.
pub async fn receipt(cx: Cx, Path((id, secret)): Path<(String, String)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, place, name) = spot(&cx, &id, &RAISE_FOR_NEIGHBOUR).await?;
    let slug = ledger(&cx.app.office.db, place.ledger).await?.ok_or(Error::NotFound)?.slug;
    let held = held(&cx, &slug, &secret).await?;
    let link = format!("{}/r/{slug}/{secret}", cx.app.public_url);
    let title = t.with("receipt-title", &[("number", &held.own.number)]);
    let main = html! {
        div.notice.no-print role="status" { p { strong { (t.say("neighbour-done")) } } }
        section.receipt {
            div.split {
                div {
                    h1 { (t.say("receipt-heading")) }
                    p.number { (t.with("matter-number", &[("number", &held.own.number)])) }
                    p { (name) }
                    p { (held.receipt.opened.minute()) }
                }
                (ui::qr(&link, &t.say("receipt-qr")))
            }
            (ui::facts(&[
                (t.say("receipt-steward"), html! { (staff.name) }),
                (t.say("receipt-when"), html! { @if let Some((_, at)) = held.root.next { (ui::due(at, cx.now, t)) } }),
            ]))
            p.small { (t.say("receipt-keep-paper")) }
            p.link-text { (link) }
        }
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ "/stairwell/" (place.id) } { (t.say("stairwells-back")) }
        }
    };
    let nav = staff_nav(&cx, &staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
