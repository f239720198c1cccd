//! Calling a meeting: what it is about, when and where, by which forum, who is invited, who
//! chairs and who records. What the forum asks for is the domain's; it is told with the form.

use crate::councils::face::{Gap, gap};
use crate::meetings::face::statutory;
use crate::rulebook::face::Ruled;
use crate::topics::face::topic_of;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Time;
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use yishi_domain::meetings::{CALL, Call, Forum, MeetingId, Refusal, Rules};
use yishi_domain::places::PlaceKind;
use yishi_domain::rulebook::CONFIRM;
use yishi_domain::topics::{Topic, TopicId, TopicStage};
use yishi_kernel::{AccountId, Loaded, Moment, Pack, PlaceId, Resource, Role, Stream as _, may};
use yishi_office::FormKey;
use yishi_office::meetings::reads::meeting;
use yishi_office::papers::{Numbered, Numbers};
use yishi_office::people::reads::{OrganisationRow, holders_at, organisations};
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::{TopicRow, topics_at};
use yishi_web::dates;
use yishi_web::duty::Reach;
use yishi_web::form::Form;
use yishi_web::holders::away;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::called;
use yishi_web::places::steering;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// What the form of a call offers.
struct Offer {
    staff: Staff,
    ledger: LedgerRow,
    pack: Arc<Pack>,
    /// The forums of the place, each with how far its numbers can be relied on.
    forums: Vec<Ruled>,
    /// The chosen one of them.
    ruled: Ruled,
    forum: Forum,
    /// What keeps its council from voting.
    gap: Option<Gap>,
    /// The page on which the numbers of a statutory meeting are confirmed, for whoever may.
    confirm: Option<String>,
    topics: Vec<TopicRow>,
    numbers: Numbers,
    bodies: Vec<OrganisationRow>,
    people: Vec<(AccountId, String, Role)>,
}

/// Who chairs first.
const CHAIRS: [Role; 5] = [
    Role::CommunitySecretary,
    Role::GridSecretary,
    Role::GridHead,
    Role::CommunityWorker,
    Role::StreetOfficer,
];

/// Topics that wait for a meeting, and what else can be chosen where the first of them lies: to
/// chair and record, nobody whom the topic concerns that it is called about.
async fn offer(cx: &Cx, slug: &str, forum: &str, about: Option<i64>) -> Result<Offer, Error> {
    let t = cx.locale;
    let (staff, ledger) = steering(cx, slug, &CALL).await?;
    let office = &cx.app.office;
    let mut reached = Vec::new();
    let (mut path, mut own): (Option<Vec<PlaceId>>, Option<Vec<PlaceId>>) = (None, None);
    let mut concerned = BTreeSet::new();
    let rows = topics_at(&office.db, ledger.ledger, TopicStage::Open).await?;
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let all = office.load_all::<Topic, TopicId>(&keys).await?;
    for row in rows {
        let at = office.path_at(row.place).await?;
        let Some(topic) = all.get(&(row.ledger, row.id)).and_then(Loaded::get) else { continue };
        let resource = Resource { stage: None, ..topic.resource(&at, &staff.actor) };
        if may(&staff.actor, &CALL, &resource, cx.now).is_ok() {
            if about == Some(row.number) {
                concerned = away(cx, &resource).await?;
                own = Some(at.clone());
            }
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
        let fits = CHAIRS.contains(&holder.role) && !concerned.contains(&holder.id);
        if fits && !people.iter().any(|(id, ..)| *id == holder.id) {
            people.push((holder.id, format!("{} · {}", holder.name, ui::role(holder.role, t)), holder.role));
        }
    }
    let bodies = organisations(&office.db, &path).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let rules = pack.section::<Rules>();
    let keeper = cx.place(ledger.ledger).await?;
    let mut forums = Vec::new();
    for one in rules.forums_of(keeper.kind).filter(|one| one.households.is_none()) {
        forums.push(Ruled::now(cx, ledger.ledger, rules, one).await?);
    }
    let named =
        |code: &str| forums.iter().find(|ruled| ruled.forum.as_ref().is_some_and(|one| one.code == code));
    let usual = || usual(rules, &staff, cx.now).and_then(|one| named(&one.code));
    let ruled = named(forum).or_else(usual).or_else(|| forums.first()).cloned();
    let (ruled, forum) = ruled
        .and_then(|ruled| Some((ruled.clone(), ruled.forum?)))
        .ok_or_else(|| yishi_kernel::Refusal::from(Refusal::Forum))?;
    // The council of where the chosen topic lies, else of where the first one does.
    let gap = gap(cx, &ledger, &forum, own.as_ref().unwrap_or(&path)).await?;
    let may_confirm = cx.may(&CONFIRM, &cx.resource(&keeper).await?).is_ok();
    let confirm = ui::link(&format!("/w/{}/forums", ledger.slug), &[("forum", &forum.code)]);
    let confirm = Some(confirm).filter(|_| may_confirm);
    let numbers = cx.numbers(reached.iter().map(Numbered::key)).await?;
    Ok(Offer {
        staff,
        ledger,
        pack,
        forums,
        ruled,
        forum,
        gap,
        confirm,
        topics: reached,
        numbers,
        bodies,
        people,
    })
}

/// The forum of whoever chose none: whoever steers a part of a community calls the meeting of its
/// compound, others that of the community.
fn usual<'a>(rules: &'a Rules, staff: &Staff, now: Moment) -> Option<&'a Forum> {
    let of_compound = |forum: &&Forum| forum.council == Some(PlaceKind::Compound);
    let part = Reach::of(&staff.actor, now) == Reach::Part;
    rules.forums.iter().find(|forum| part && of_compound(forum)).or_else(|| rules.forums.first())
}

/// `GET /w/{slug}/meetings/new`
///
/// # Errors
/// When this person calls no meetings there.
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let wanted = query.get("forum").map(String::as_str).unwrap_or_default();
    let topic = query.get("topic").and_then(|number| number.parse::<i64>().ok());
    let offer = offer(&cx, &slug, wanted, topic).await?;
    let mut values = fresh_form(&cx)?;
    if cx.draft.is_some() {
        return Ok(view(&cx, &offer, &values, None));
    }
    if let Some(number) = topic {
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
    Ok(view(&cx, &offer, &values, None))
}

fn view(cx: &Cx, offer: &Offer, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let slug = &offer.ledger.slug;
    let here = format!("/w/{slug}/meetings/new");
    let f = Form::new(cx, "", "call", here.clone()).filled(values, slip);
    let title = t.say("call-title");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(slip, t))
        (forums(offer, values, t))
        @if offer.topics.is_empty() { div.notice.warn { p { (t.say("call-no-topics")) " " a href={ "/w/" (slug) "/topics/new" } { (t.say("topic-new")) } } } }
        // What was typed is never taken away, though the topic may be gone.
        @if cx.draft.is_some() || slip.is_some() || (!offer.topics.is_empty() && offer.ruled.can_be_called()) { (f.bare(&fields(&f, offer, values))) }
    };
    let nav = staff_nav_at(cx, &offer.staff, slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render()
}

/// The forums of the rules, each by a link, and what the chosen one asks.
fn forums(offer: &Offer, values: &Fields, t: Locale) -> Markup {
    let topic = values.some("topic").and_then(|id| offer.topics.iter().find(|row| row.id.to_string() == id));
    let link = |forum: &Forum| {
        let topic = topic.map_or_else(String::new, |row| row.number.to_string());
        let path = format!("/w/{}/meetings/new", offer.ledger.slug);
        ui::link(&path, &[("forum", &forum.code), ("topic", &topic)])
    };
    html! {
        section #forum {
            h2 { (t.say("call-forum")) }
            p.hint { (t.say("call-forum-hint")) }
            ul.tabs { @for ruled in &offer.forums { @if let Some(forum) = &ruled.forum {
                li { a href=(link(forum)) aria-current=[(forum.code == offer.forum.code).then_some("true")] { (t.said(&forum.zh, &forum.en)) @if !ruled.can_be_called() { " " (ruled.badge(t)) } } }
            } } }
            (offer.ruled.list(t))
            @if !offer.ruled.can_be_called() { div.notice.warn #unconfirmed {
                p { strong { (t.say("refusal-unconfirmed")) } }
                @match &offer.confirm {
                    Some(way) => p { a.button.second href=(way) { (t.say("call-confirm")) } },
                    None => p { (t.say("call-ask-street")) },
                }
            } }
            @if let Some(gap) = offer.gap.as_ref().filter(|_| offer.ruled.can_be_called()) { (gap.warning(t)) }
        }
    }
}

fn fields(f: &Form<'_>, offer: &Offer, values: &Fields) -> Markup {
    let t = f.t();
    let topic = |row: &TopicRow| {
        (
            row.id.to_string(),
            t.with("meeting-topic", &[("paper", &called(&offer.numbers, row, t)), ("title", &row.title)]),
        )
    };
    let topics: Vec<_> = offer.topics.iter().map(topic).collect();
    let bodies: Vec<_> =
        offer.bodies.iter().map(|body| (body.id.to_string(), named(body, offer, t))).collect();
    let unknown = |kind: &&_| !offer.bodies.iter().any(|body| body.kind == **kind);
    let missing: Vec<String> =
        offer.forum.invite.iter().filter(unknown).map(|kind| ui::organisation_kind(*kind, t)).collect();
    let mut schemes = vec![(String::new(), t.say("call-no-scheme"))];
    schemes.extend(
        offer
            .pack
            .section::<Rules>()
            .schemes
            .iter()
            .map(|scheme| (scheme.code.clone(), t.said(&scheme.zh, &scheme.en))),
    );
    let mut people = vec![(String::new(), t.say("triage-category-choose"))];
    people.extend(offer.people.iter().map(|(id, name, _)| (id.to_string(), name.clone())));
    html! {
        (ui::hidden("form", values.get("form")))
        (ui::hidden("forum", &offer.forum.code))
        h2 { (t.say("call-what")) }
        (f.checks("topic", &topics, &[]))
        (f.text("title").label("call-name").hint("public-hint"))
        h2 { (t.say("call-when")) }
        div.row { (f.day("date")) (f.time("time")) }
        @if f.wrong("far").is_some() || values.get("far") == "yes" { (f.check("far")) }
        (f.text("venue"))
        (f.text("hurry"))
        h2 { (t.say("call-who")) }
        @if !missing.is_empty() { div.notice.warn { p { (t.with("call-missing", &[("kinds", &missing.join(" · "))])) } } }
        @if !bodies.is_empty() { (f.checks("organisation", &bodies, &[])) }
        (f.number("entitled").label(if statutory(Some(&offer.forum)) { "call-entitled" } else { "call-expected" }).hint("call-entitled-hint"))
        (f.select("scheme", &schemes))
        (f.select("chair", &people).label("confirming-chair"))
        (f.select("recorder", &people).label("confirming-recorder").hint("call-two"))
        (f.submit("call-send", "wide"))
    }
}

/// A body as a choice, with whether the forum must have it.
fn named(body: &OrganisationRow, offer: &Offer, t: Locale) -> String {
    let kind = ui::organisation_kind(body.kind, t);
    match offer.forum.invite.contains(&body.kind) {
        true => t.with("call-must-invite", &[("name", &body.name), ("kind", &kind)]),
        false => format!("{} · {kind}", body.name),
    }
}

/// What the form asks for; nothing where something is wrong, which the reader has noted.
fn read(r: &mut Reader<'_>, offer: &Offer, form: Option<FormKey>, now: Moment) -> Option<Call> {
    let (forum, limits) = (&offer.forum, offer.pack.section());
    let topics = r.ids("topic");
    if topics.is_empty() {
        r.refuse("topic", Refusal::NoTopics);
    }
    let title = r.line("title", limits);
    let starts = starts(r, now);
    let venue = r.line("venue", limits);
    let hurry = r.line_or_none("hurry", limits);
    if let (Some(starts), Some(None)) = (starts, &hurry) {
        let earliest = forum.earliest(starts, now);
        if starts < earliest {
            r.refuse("hurry", Refusal::ShortNotice { earliest });
        }
    }
    let invited = r.ids("organisation");
    let bodies: Vec<_> = offer.bodies.iter().map(|body| (body.id, body.kind)).collect();
    if let Some(kind) = forum.missing(&bodies, &invited) {
        r.refuse("organisation", Refusal::MustInvite(kind));
    }
    let entitled = r.number_or_none("entitled");
    if entitled == Some(None) && forum.rule.needs_entitled() {
        r.refuse("entitled", Refusal::Entitled);
    }
    let (chair, recorder) = (person(r, offer, "chair"), person(r, offer, "recorder"));
    if chair.is_some() && chair == recorder {
        r.refuse("recorder", Refusal::OnePerson);
    }
    Some(Call {
        forum: forum.code.clone(),
        scheme: r.some("scheme"),
        title: title?,
        venue: venue?,
        starts: starts?,
        hurry: hurry?,
        topics,
        entitled: entitled?,
        invited,
        chair: chair?,
        recorder: recorder?,
        door: form?.secret("door"),
    })
}

/// How many days ahead of a meeting its day is asked about.
const FAR: u32 = 366;

/// When it begins; both the day and the time are told where neither reads.
pub(super) fn starts(r: &mut Reader<'_>, now: Moment) -> Option<Moment> {
    let day = r.day("date", "call-choose-date");
    let past = day.is_some_and(|end| end <= now);
    if past {
        r.wrong("date", "refusal-past");
    }
    let time: Option<Time> = r.time("time", "call-choose-time");
    // A year is easily mistyped: whoever means it says so once.
    let far = day.is_some_and(|end| end > now.end_of_day_after(FAR)) && r.some("far").is_none();
    if far {
        r.wrong("far", "call-far-wrong");
    }
    let date = r.text("date");
    dates::minute(&format!("{date} {}", time?)).ok().filter(|_| day.is_some() && !past && !far)
}

/// Somebody who steers here now.
fn person(r: &mut Reader<'_>, offer: &Offer, field: &str) -> Option<AccountId> {
    let here = |id: &str| offer.people.iter().map(|(one, ..)| *one).find(|one| one.to_string() == id);
    r.word(field, here, "call-choose-person")
}

/// `POST /w/{slug}/meetings/new`
///
/// # Errors
/// When this person calls no meetings there, or the form did not come from our page.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let offer = offer(&cx, &slug, values.get("forum"), None).await?;
    let (office, ledger) = (&cx.app.office, offer.ledger.ledger);
    let form = sent_form(&cx, &values, &[]).ok();
    let mut r = Reader::new("", &values, cx.locale);
    let call = read(&mut r, &offer, form, cx.now);
    let slip = match r.done(|| form.zip(call)) {
        Ok((form, call)) => {
            let thing = |key: &FormKey| {
                (MeetingId(key.id("meeting")), Call { door: key.secret("door"), ..call.clone() })
            };
            match office.make(&offer.staff.actor, ledger, form, thing).await {
                Ok(key) => {
                    let row = meeting(&office.db, ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/g/{}", row.number), &form, &key);
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
    let page = view(&cx, &offer, &values, Some(&slip));
    Ok(slip.answer(page))
}
