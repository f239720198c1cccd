//! Ending a meeting with a resolution: any number of actions, each with an owner, a deadline,
//! money and its source, and how one sees that it is done. Rows are added by the server, so
//! that it works without scripts and keeps what was typed.

use super::hall::{Hall, at};
use crate::meetings::hall::rests;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::meetings::{ActionId, HOLD, Meeting, NewAction, Resolve, Resolved, Way};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Holder, Role};
use yishi_office::FormKey;
use yishi_office::people::reads::holders_at;
use yishi_pages_dispatch::ballots::face::items;
use yishi_web::form::Form;
use yishi_web::holders::{away, bodies, holder};
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, sent_form};
use yishi_web::{Cx, Error};

/// The most actions of one resolution.
const MOST: usize = 20;

/// The way to it, for whoever holds a meeting at which something passed.
#[must_use]
pub fn way(hall: &Hall) -> Markup {
    let t = hall.cx.locale;
    let passed = rests(hall) && hall.can(&HOLD) && hall.state.sitting.carried().next().is_some();
    html! { @if passed {
        section.card {
            h2 { (t.say("resolve-title")) }
            p { (t.say("resolve-lead")) }
            a.button.wide href={ (hall.link()) "/resolve" } { (t.say("resolve-link")) }
        }
    } }
}

/// Whether all that carried is the owners' to decide.
fn only_recommended(hall: &Hall) -> bool {
    let mut carried = hall.state.sitting.carried().peekable();
    carried.peek().is_some() && carried.all(|motion| motion.decides.joint().is_some())
}

/// `GET /w/{slug}/g/{number}/resolve`
///
/// # Errors
/// When this person may not hold it.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    let hall = Hall::open(cx, at).await?;
    hall.must(&HOLD)?;
    if !hall.can(&HOLD) {
        return Ok(Redirect::to(&hall.link()).into_response());
    }
    let mut values = fresh_form(&hall.cx)?;
    values.0.push(("rows".to_owned(), "1".to_owned()));
    Ok(view(&hall, &values, None).await?.into_response())
}

/// How many rows the form has, one at least.
fn rows(values: &Fields) -> usize {
    values.get("rows").parse().unwrap_or(1).clamp(1, MOST)
}

fn named(field: &str, row: usize) -> String {
    format!("{field}-{row}")
}

/// What the fields of an action offer.
struct Offer {
    motions: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    items: Vec<(String, String)>,
}

/// The motions that passed, who could owe an action, and how it could go.
async fn offer(hall: &Hall) -> Result<Offer, Error> {
    let carried = hall.state.sitting.carried();
    let motions = carried.map(|motion| (motion.number.to_string(), excerpt(&motion.text, 60))).collect();
    let t = hall.cx.locale;
    let as_put = std::iter::once((String::new(), t.say("resolve-as-put")));
    let items = as_put.chain(items(&hall.rules, t).into_iter().skip(1)).collect();
    Ok(Offer { motions, owners: owners(hall).await?, ways: t.choices::<Way>(), items })
}

/// Who could owe an action: organisations, the community's desk, people here in their roles,
/// each role and place once, since no person is named in a resolution.
async fn owners(hall: &Hall) -> Result<Vec<(String, String)>, Error> {
    let (cx, t) = (&hall.cx, hall.cx.locale);
    let mut options = vec![(String::new(), t.say("triage-category-choose"))];
    options.extend(
        bodies(cx, &hall.path).await?.into_iter().map(|(id, name)| (format!("organisation/{id}"), name)),
    );
    let desk = hall.state.agenda.desk;
    let place = hall.row.story.places.get(&desk).cloned().unwrap_or_default();
    options.push((format!("desk/{desk}"), t.with("holder-desk", &[("place", &place)])));
    let mut seen = Vec::new();
    let away = away(cx, hall.resource()).await?;
    for one in holders_at(&cx.app.office.db, &hall.path, cx.now).await? {
        let acts = !matches!(one.role, Role::Resident | Role::Administrator) && one.organisation.is_none();
        if !acts || away.contains(&one.id) || seen.contains(&(one.role, one.place)) {
            continue;
        }
        seen.push((one.role, one.place));
        let place = cx.place(one.place).await?;
        let text = t.with("holder-person", &[("place", &place.name), ("role", &ui::role(one.role, t))]);
        options.push((format!("person/{}/{}/{}", one.role.word(), one.place, one.id), text));
    }
    Ok(options)
}

async fn view(hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (cx, t) = (&hall.cx, hall.cx.locale);
    let offer = offer(hall).await?;
    let count = rows(values);
    let here = format!("{}/resolve", hall.link());
    let f = Form::new(cx, "", "resolve", here.clone()).filled(values, slip);
    let inner = html! {
        (ui::hidden("form", values.get("form")))
        (ui::hidden("rows", &count.to_string()))
        @for row in 1..=count {
            section.card id={ "action-" (row) } {
                h2 { (t.with("meeting-action", &[("number", &row)])) }
                (fields(&f, row, &offer))
            }
        }
        @if count < MOST { div.actions { button.button.second type="submit" name="add" value="row" formnovalidate { (t.say("resolve-add")) } } }
        (f.area("standard"))
        (f.submit(if only_recommended(hall) { "end-recommend" } else { "resolve-send" }, "wide"))
    };
    let title = t.say("resolve-title");
    let main = html! {
        p.crumbs.no-print { a href=(hall.link()) { (hall.state.agenda.title) } }
        h1 { (title) }
        (summary(slip, t))
        @if offer.motions.is_empty() { div.notice.warn { p { (t.say("resolve-nothing")) } } }
        p { (t.say("resolve-hint")) }
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, &hall.staff, &hall.ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The fields of one action.
fn fields(f: &Form<'_>, row: usize, offer: &Offer) -> Markup {
    let [motion, task, item, owner, way, due, money, source, acceptance] =
        ["motion", "task", "item", "owner", "way", "due", "money", "source", "acceptance"]
            .map(|field| named(field, row));
    html! {
        @if let [(only, text)] = offer.motions.as_slice() { (f.hidden(&motion, only)) p.soft { (text) } }
        @else { (f.select(&motion, &offer.motions).label("resolve-motion")) }
        (f.area(&task).label("resolve-task").hint("public-hint"))
        (f.select(&item, &offer.items).label("resolve-item"))
        (f.select(&owner, &offer.owners).label("meeting-owner"))
        (f.select(&way, &offer.ways).label("meeting-way"))
        (f.day(&due).label("resolve-due"))
        (f.text(&acceptance).label("resolve-acceptance"))
        div.row {
            (f.amount(&money).label("resolve-money"))
            (f.text(&source).label("resolve-source"))
        }
    }
}

/// Whether nothing was typed in a row.
fn untouched(r: &Reader<'_>, row: usize) -> bool {
    ["task", "acceptance", "due", "money", "source"].iter().all(|field| r.some(&named(field, row)).is_none())
}

/// What a row asks for; nothing where something is wrong, which the reader has noted. The id
/// follows from the form, so that a form sent twice is one resolution.
async fn action(hall: &Hall, r: &mut Reader<'_>, form: Option<FormKey>, row: usize) -> Option<NewAction> {
    let limits = hall.limits();
    let [owes, by, costs, paid] = ["owner", "due", "money", "source"].map(|field| named(field, row));
    let motion = r.id(&named("motion", row), "form-choose");
    let task = r.note(&named("task", row), limits);
    let item = r.text(&named("item", row));
    let owner = owner(hall, &r.text(&owes)).await;
    let way = r.word(&named("way", row), Way::parse, "form-choose");
    match (owner, way) {
        (None, _) => r.wrong(&owes, "resolve-no-owner"),
        (Some(Holder::Organisation(_)), _) | (_, None | Some(Way::Work)) => {}
        (Some(_), Some(Way::Whistle | Way::Letter)) => r.refuse(&owes, Common::NeedsOrganisation),
    }
    let due = r.day(&by, "resolve-no-due");
    if due.is_some_and(|due| due <= hall.cx.now) {
        r.wrong(&by, "refusal-past");
    }
    let acceptance = r.line(&named("acceptance", row), limits);
    let fen = r.fen_or_none(&costs, "resolve-no-money");
    let source = match fen {
        Some(Some(1..)) => r.line(&paid, limits),
        _ => Some(r.text(&paid)),
    };
    Some(NewAction {
        id: ActionId(form?.id(&format!("action/{row}"))),
        motion: motion?,
        item,
        task: task?,
        owner: owner?,
        way: way?,
        due: due?,
        fen: fen?,
        source: source?,
        acceptance: acceptance?,
    })
}

/// Whoever a form names: the community's desk, a body, or somebody here.
async fn owner(hall: &Hall, word: &str) -> Option<Holder> {
    let desk = hall.state.agenda.desk;
    match word.split_once('/')? {
        ("desk", id) if desk.to_string() == id => Some(Holder::Desk(desk)),
        _ => holder(&hall.cx, word, &hall.path).await.ok().map(|(holder, _)| holder),
    }
}

/// What the form asks for, or all that is wrong with it; rows in which nothing was typed are
/// left out.
async fn read(hall: &Hall, values: &Fields) -> Result<Resolve, Slip> {
    let mut r = Reader::new("", values, hall.cx.locale);
    // What was resolved is part of its actions' ids: said otherwise it is another resolution.
    let form = sent_form(&hall.cx, values, &[]).ok().map(FormKey::beside);
    let (mut actions, mut touched) = (Vec::new(), false);
    for row in 1..=rows(values) {
        if !untouched(&r, row) {
            touched = true;
            actions.push(action(hall, &mut r, form, row).await);
        }
    }
    let standard = r.note_or_none("standard", hall.limits());
    if !touched && standard == Some(None) {
        r.wrong("task-1", "resolve-empty");
    }
    r.done(|| {
        form?;
        let actions = actions.into_iter().collect::<Option<_>>()?;
        Some(Resolve { actions, standard: standard?.unwrap_or_default() })
    })
}

/// Whether the meeting has resolved this very thing.
async fn stands(hall: &Hall, resolve: &Resolve) -> Result<bool, Error> {
    let (ledger, meeting) = at(hall);
    let now = hall.cx.app.office.load::<Meeting>(ledger, &meeting.into()).await?;
    let Some(outcome) = now.get().map(|meeting| &meeting.outcome) else { return Ok(false) };
    let agreed = outcome.actions.iter().map(|action| action.agreed.id);
    let standard = outcome.standard.as_deref().unwrap_or_default();
    let same = agreed.eq(resolve.actions.iter().map(|action| action.id)) && standard == resolve.standard;
    Ok(outcome.resolved == Resolved::Yes && same)
}

/// `POST /w/{slug}/g/{number}/resolve`: one row more, or the resolution.
///
/// # Errors
/// When this person may not hold it.
pub async fn send(cx: Cx, Path(at): Path<(String, i64)>, Sent(mut values): Sent) -> Result<Response, Error> {
    let hall = Hall::open(cx, at).await?;
    hall.must(&HOLD)?;
    if values.some("add").is_some() {
        let more = (rows(&values) + 1).min(MOST);
        values.0.retain(|(name, _)| name != "rows" && name != "add");
        values.0.push(("rows".to_owned(), more.to_string()));
        return Ok(view(&hall, &values, None).await?.into_response());
    }
    let slip = match read(&hall, &values).await {
        Ok(resolve) => match hall.act(resolve.clone()).await {
            Ok(_) => return Ok(Redirect::to(&hall.link()).into_response()),
            // Sent twice, and the first has come through.
            Err(_) if stands(&hall, &resolve).await? => {
                return Ok(Redirect::to(&hall.link()).into_response());
            }
            // Whatever is about a field was read before.
            Err(error) => Slip::of(error, None, &values, hall.cx.locale)?,
        },
        Err(slip) => slip,
    };
    let page = view(&hall, &values, Some(&slip)).await?;
    Ok(slip.answer(page))
}
