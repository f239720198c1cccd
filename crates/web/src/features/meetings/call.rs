//! Calling a meeting: what it is about, when and where, by which forum, who is invited, who
//! chairs and who records. Whether the notice is long enough is the domain's decision.

use super::hall::steering;
use super::parts::{Slip, answer, summary, wrong};
use crate::dates;
use crate::sent::Sent;
use crate::shared::meeting::{forum_name, topic_of};
use crate::shared::navigation::staff_nav_at;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::texts::Locale;
use crate::ui::{self, Field, Fields, Input, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;
use yishi_domain::meetings::{CALL, Call, Forum, MeetingId, Refusal, Rules};
use yishi_domain::topics::TopicStage;
use yishi_kernel::{AccountId, Pack, PlaceId, Resource, Role, may};
use yishi_office::meetings::reads::meeting;
use yishi_office::people::reads::{OrganisationRow, holders_at, organisations};
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::{TopicRow, topics};
use yishi_office::{derived, derived_id};

/// What the form of a call offers.
struct Offer {
    staff: Staff,
    ledger: LedgerRow,
    pack: Arc<Pack>,
    forum: Forum,
    topics: Vec<TopicRow>,
    bodies: Vec<OrganisationRow>,
    people: Vec<(AccountId, String, Role)>,
}

/// Who chairs first.
const CHAIRS: [Role; 4] =
    [Role::CommunitySecretary, Role::GridSecretary, Role::CommunityWorker, Role::StreetOfficer];

/// Topics that wait for a meeting, and what else can be chosen where the first of them lies.
async fn offer(cx: &Cx, slug: &str, forum: &str) -> Result<Offer, Error> {
    let t = cx.locale;
    let (staff, ledger) = steering(cx, slug, &CALL).await?;
    let office = &cx.app.office;
    let mut reached = Vec::new();
    let mut path: Option<Vec<PlaceId>> = None;
    for row in topics(&office.db, ledger.ledger, Some(TopicStage::Open)).await? {
        let at = office.path_at(row.place).await?;
        if may(&staff.actor, &CALL, &Resource::at(&at), cx.now).is_ok() {
            path.get_or_insert(at);
            reached.push(row);
        }
    }
    let path = match path {
        Some(path) => path,
        None => office.path_at(ledger.ledger).await?,
    };
    let mut people: Vec<(AccountId, String, Role)> = Vec::new();
    for holder in holders_at(&office.db, &path, cx.now).await? {
        if CHAIRS.contains(&holder.role) && !people.iter().any(|(id, ..)| *id == holder.id) {
            people.push((holder.id, format!("{} · {}", holder.name, ui::role(holder.role, t)), holder.role));
        }
    }
    let bodies = organisations(&office.db, &path).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let rules = pack.section::<Rules>();
    let forum = rules.forum(forum).or_else(|| rules.forums.first());
    let forum = forum.cloned().ok_or_else(|| yishi_kernel::Refusal::from(Refusal::Forum))?;
    Ok(Offer { staff, ledger, pack, forum, topics: reached, bodies, people })
}

/// `GET /w/{slug}/meetings/new`
pub async fn form(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let wanted = query.get("forum").map(String::as_str).unwrap_or_default();
    let offer = offer(&cx, &slug, wanted).await?;
    let mut values = fresh_form(&cx)?;
    if cx.draft.is_some() {
        return page(&cx, &offer, &values, None);
    }
    if let Some(number) = query.get("topic").and_then(|number| number.parse::<i64>().ok()) {
        let (_, row) = topic_of(&cx, &slug, number).await?;
        values.0.push(("topic".to_owned(), row.id.to_string()));
        values.0.push(("title".to_owned(), cx.locale.with("call-title-of", &[("title", &row.title)])));
    }
    for body in offer.bodies.iter().filter(|body| offer.forum.invite.contains(&body.kind)) {
        values.0.push(("organisation".to_owned(), body.id.to_string()));
    }
    if let Some(me) = offer.staff.actor.account {
        values.0.push(("recorder".to_owned(), me.to_string()));
        let others = offer.people.iter().filter(|(id, ..)| *id != me);
        // The secretary of the place chairs, as a rule.
        if let Some((other, ..)) = others.min_by_key(|(_, _, role)| CHAIRS.iter().position(|one| one == role))
        {
            values.0.push(("chair".to_owned(), other.to_string()));
        }
    }
    page(&cx, &offer, &values, None)
}

fn page(cx: &Cx, offer: &Offer, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let slug = &offer.ledger.slug;
    let rules = offer.pack.section::<Rules>();
    let topic = values.some("topic").and_then(|id| offer.topics.iter().find(|row| row.id.to_string() == id));
    let link = |forum: &Forum| {
        let topic = topic.map_or_else(String::new, |row| format!("&topic={}", row.number));
        format!("/w/{slug}/meetings/new?forum={}{topic}", forum.code)
    };
    let topics: Vec<(String, String)> = offer
        .topics
        .iter()
        .map(|row| {
            (row.id.to_string(), t.with("meeting-topic", &[("number", &row.number), ("title", &row.title)]))
        })
        .collect();
    let bodies: Vec<(String, String)> = offer
        .bodies
        .iter()
        .map(|body| {
            let must = offer.forum.invite.contains(&body.kind);
            let kind = ui::organisation_kind(body.kind, t);
            let text = match must {
                true => t.with("call-must-invite", &[("name", &body.name), ("kind", &kind)]),
                false => format!("{} · {kind}", body.name),
            };
            (body.id.to_string(), text)
        })
        .collect();
    let missing: Vec<String> = offer
        .forum
        .invite
        .iter()
        .filter(|kind| !offer.bodies.iter().any(|body| body.kind == **kind))
        .map(|kind| ui::organisation_kind(*kind, t))
        .collect();
    let mut schemes = vec![(String::new(), t.say("call-no-scheme"))];
    schemes.extend(rules.schemes.iter().map(|scheme| {
        (scheme.code.clone(), if t == Locale::ZhHans { scheme.zh.clone() } else { scheme.en.clone() })
    }));
    let mut people = vec![(String::new(), t.say("triage-category-choose"))];
    people.extend(offer.people.iter().map(|(id, name, _)| (id.to_string(), name.clone())));
    let ticked: Vec<&str> = values.all("topic").collect();
    let invited: Vec<&str> = values.all("organisation").collect();
    let title = t.say("call-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(t, slip))
        section {
            h2 { (t.say("call-forum")) }
            p.hint { (t.say("call-forum-hint")) }
            ul.tabs { @for forum in &rules.forums {
                li { a href=(link(forum)) aria-current=[(forum.code == offer.forum.code).then_some("true")] { (forum_name(rules, &forum.code, t)) } }
            } }
            p { (t.with("call-forum-numbers", &[("notice", &offer.forum.notice), ("publication", &offer.forum.publication)])) }
            p.small.soft lang="zh-Hans" { (offer.forum.source) }
        }
        @if topics.is_empty() { div.notice.warn { p { (t.say("call-no-topics")) " " a href={ "/w/" (slug) "/topics/new" } { (t.say("topic-new")) } } } }
        // What was typed is never taken away, though the topic may be gone.
        @if !topics.is_empty() || slip.is_some() {
            form method="post" action={ "/w/" (slug) "/meetings/new" } {
                (cx.marks())
                (ui::hidden("form", values.get("form")))
                (ui::hidden("forum", &offer.forum.code))
                h2 { (t.say("call-what")) }
                (ui::checks(Field::new("topic", &t.say("call-topics")).error(wrong(slip, "topic")), &topics, &ticked))
                (ui::text_field(Field::new("title", &t.say("call-name")).hint(&t.say("public-hint")).error(wrong(slip, "title")), values.get("title"), "off"))
                h2 { (t.say("call-when")) }
                div.row {
                    (dates::day_field(Field::new("date", &t.say("call-date")).error(wrong(slip, "date")), values.get("date"), cx.now))
                    (ui::input(Field::new("time", &t.say("call-time")).error(wrong(slip, "time")), Input::Time, values.get("time")))
                }
                (ui::text_field(Field::new("venue", &t.say("call-venue")).error(wrong(slip, "venue")), values.get("venue"), "off"))
                (ui::text_field(Field::new("hurry", &t.say("call-hurry")).hint(&t.say("call-hurry-hint")).error(wrong(slip, "hurry")), values.get("hurry"), "off"))
                h2 { (t.say("call-who")) }
                @if !missing.is_empty() { div.notice.warn { p { (t.with("call-missing", &[("kinds", &missing.join(" · "))])) } } }
                @if !bodies.is_empty() { (ui::checks(Field::new("organisation", &t.say("call-invited")).hint(&t.say("call-invited-hint")).error(wrong(slip, "organisation")), &bodies, &invited)) }
                (ui::input(Field::new("entitled", &t.say("call-entitled")).hint(&t.say("call-entitled-hint")).error(wrong(slip, "entitled")), Input::Count, values.get("entitled")))
                (ui::select(Field::new("scheme", &t.say("call-scheme")).hint(&t.say("call-scheme-hint")).error(wrong(slip, "scheme")), &schemes, values.get("scheme")))
                (ui::select(Field::new("chair", &t.say("confirming-chair")).error(wrong(slip, "chair")), &people, values.get("chair")))
                (ui::select(Field::new("recorder", &t.say("confirming-recorder")).hint(&t.say("call-two")).error(wrong(slip, "recorder")), &people, values.get("recorder")))
                (ui::submit(&t.say("call-send"), "wide"))
            }
        }
    };
    let nav = staff_nav_at(cx, &offer.staff, slug);
    let (locale, view, here) = (t, cx.view, format!("/w/{slug}/meetings/new"));
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What the form asks for, with the id that follows from it, or the first field that does not
/// read.
fn read(values: &Fields, offer: &Offer, t: Locale) -> Result<(MeetingId, Call), Slip> {
    let person = |field: &str| {
        let id = values.get(field).parse::<AccountId>().ok();
        // Only somebody who steers here now.
        id.filter(|id| offer.people.iter().any(|(one, ..)| one == id))
            .ok_or_else(|| Slip::open(field, t.say("call-choose-person")))
    };
    if dates::end_of_day(values.get("date")).is_none() {
        return Err(Slip::open("date", t.say("call-choose-date")));
    }
    let time = Some(values.get("time").trim()).filter(|time| time.len() >= 4);
    let starts = time.and_then(|time| dates::minute(&format!("{}T{time}", values.get("date").trim())));
    let entitled = match values.get("entitled").trim() {
        "" => None,
        count => Some(count.parse().map_err(|_| Slip::open("entitled", t.say("form-count")))?),
    };
    let form = form_bytes(values.get("form")).map_err(|error| Slip::of(error, "", t))?;
    let call = Call {
        forum: offer.forum.code.clone(),
        scheme: values.some("scheme").map(str::to_owned),
        title: values.get("title").to_owned(),
        venue: values.get("venue").to_owned(),
        starts: starts.ok_or_else(|| Slip::open("time", t.say("call-choose-time")))?,
        hurry: values.some("hurry").map(str::to_owned),
        topics: values.all("topic").filter_map(|id| id.parse().ok()).collect(),
        entitled,
        invited: values.all("organisation").filter_map(|id| id.parse().ok()).collect(),
        chair: person("chair")?,
        recorder: person("recorder")?,
        door: yishi_store::word_of(&derived(&form, "door")),
    };
    Ok((MeetingId(derived_id(&form, "meeting")), call))
}

/// `POST /w/{slug}/meetings/new`
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let offer = offer(&cx, &slug, values.get("forum")).await?;
    let (office, ledger) = (&cx.app.office, offer.ledger.ledger);
    let called = match read(&values, &offer, t) {
        Ok((id, call)) => match office.start(&offer.staff.actor, ledger, id, call).await {
            Ok(_) => Ok(id),
            Err(failure) => Err(Slip::of(failure.into(), "", t)),
        },
        Err(slip) => Err(slip),
    };
    match called {
        Ok(id) => {
            let row = meeting(&office.db, ledger, id).await?.ok_or(Error::NotFound)?;
            Ok(Redirect::to(&format!("/w/{slug}/g/{}", row.number)).into_response())
        }
        Err(slip) => {
            let slip = slip.mendable()?;
            let page = page(&cx, &offer, &values, Some(&slip))?;
            Ok(answer(&slip, page))
        }
    }
}
