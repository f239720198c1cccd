//! Ending a meeting with a resolution: any number of actions, each with an owner, a deadline,
//! money and its source, and how one sees that it is done. Rows are added by the server, so
//! that it works without scripts and keeps what was typed.

use super::hall::Hall;
use super::parts::{Slip, answer, choices, summary, wrong};
use crate::dates;
use crate::read::fen;
use crate::sent::Sent;
use crate::shared::holders::{bodies, holder};
use crate::shared::navigation::staff_nav_at;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::texts::Locale;
use crate::ui::{self, Field, Fields, Input, Page, Width};
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::meetings::{ActionId, HOLD, NewAction, Resolve, Way};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::text::{clean_public, excerpt};
use yishi_kernel::{Holder, Refusal, Role};
use yishi_office::derived_id;
use yishi_office::people::reads::holders_at;

/// The most actions of one resolution.
const MOST: usize = 20;

/// `GET /w/{slug}/g/{number}/resolve`
pub async fn form(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, Error> {
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &HOLD)?;
    if !hall.can(&cx, &HOLD) {
        return Ok(Redirect::to(&hall.link()).into_response());
    }
    let mut values = fresh_form(&cx)?;
    values.0.push(("rows".to_owned(), "1".to_owned()));
    Ok(page(&cx, &hall, &values, None).await?.into_response())
}

/// How many rows the form has, one at least.
fn rows(values: &Fields) -> usize {
    values.get("rows").parse().unwrap_or(1).clamp(1, MOST)
}

/// Whether nothing was typed in a row.
fn untouched(values: &Fields, row: usize) -> bool {
    ["task", "acceptance", "due", "money", "source"]
        .iter()
        .all(|field| values.get(&named(field, row)).trim().is_empty())
}

fn named(field: &str, row: usize) -> String {
    format!("{field}-{row}")
}

/// Who could owe an action: organisations, the community's desk, people here in their roles,
/// each role and place once, since no person is named in a resolution.
async fn owners(cx: &Cx, hall: &Hall) -> Result<Vec<(String, String)>, Error> {
    let t = cx.locale;
    let mut options = vec![(String::new(), t.say("triage-category-choose"))];
    options.extend(
        bodies(cx, &hall.path).await?.into_iter().map(|(id, name)| (format!("organisation/{id}"), name)),
    );
    let desk = hall.story.meeting.agenda.desk;
    let place = hall.story.places.get(&desk).cloned().unwrap_or_default();
    options.push((format!("desk/{desk}"), t.with("holder-desk", &[("place", &place)])));
    let mut seen = Vec::new();
    for one in holders_at(&cx.app.office.db, &hall.path, cx.now).await? {
        let acts = !matches!(one.role, Role::Resident | Role::Administrator) && one.organisation.is_none();
        if !acts || seen.contains(&(one.role, one.place)) {
            continue;
        }
        seen.push((one.role, one.place));
        let place = cx.place(one.place).await?;
        let text = t.with("holder-person", &[("place", &place.name), ("role", &ui::role(one.role, t))]);
        options.push((format!("person/{}/{}/{}", one.role.word(), one.place, one.id), text));
    }
    Ok(options)
}

async fn page(cx: &Cx, hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let passed: Vec<(String, String)> = hall
        .story
        .meeting
        .sitting
        .passed()
        .map(|motion| (motion.number.to_string(), excerpt(&motion.text, 60)))
        .collect();
    let owners = owners(cx, hall).await?;
    let ways = choices(Way::ALL, t);
    let count = rows(values);
    let title = t.say("resolve-title");
    let main = html! {
        p.crumbs.no-print { a href=(hall.link()) { (hall.story.meeting.agenda.title) } }
        h1 { (title) }
        (summary(t, slip))
        @if passed.is_empty() { div.notice.warn { p { (t.say("resolve-nothing")) } } }
        p { (t.say("resolve-hint")) }
        form method="post" action={ (hall.link()) "/resolve" } {
            (cx.marks())
            (ui::hidden("form", values.get("form")))
            (ui::hidden("rows", &count.to_string()))
            @for row in 1..=count {
                section.card id={ "action-" (row) } {
                    h2 { (t.with("meeting-action", &[("number", &row)])) }
                    (action(cx, values, slip, row, &[&passed, &owners, &ways]))
                }
            }
            @if count < MOST { div.actions { button.button.second type="submit" name="add" value="row" formnovalidate { (t.say("resolve-add")) } } }
            (ui::text_area(Field::new("standard", &t.say("resolve-standard")).hint(&t.say("resolve-standard-hint")).error(wrong(slip, "standard")), values.get("standard"), ""))
            (ui::submit(&t.say("resolve-send"), "wide"))
        }
    };
    let nav = staff_nav_at(cx, &hall.staff, &hall.story.ledger.slug);
    let (locale, view, here) = (t, cx.view, format!("{}/resolve", hall.link()));
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The fields of one action. `options` are motions, owners and ways.
fn action(
    cx: &Cx,
    values: &Fields,
    slip: Option<&Slip>,
    row: usize,
    options: &[&Vec<(String, String)>; 3],
) -> Markup {
    let t = cx.locale;
    let [motions, owners, ways] = options;
    let [motion, task, owner, way, due, money, source, acceptance] =
        ["motion", "task", "owner", "way", "due", "money", "source", "acceptance"]
            .map(|field| named(field, row));
    let get = |field: &str| values.get(field);
    html! {
        @if motions.len() == 1 { @for (value, text) in *motions { (ui::hidden(&motion, value)) p.soft { (text) } } }
        @else { (ui::select(Field::new(&motion, &t.say("resolve-motion")).error(wrong(slip, &motion)), motions, get(&motion))) }
        (ui::text_area(Field::new(&task, &t.say("resolve-task")).hint(&t.say("public-hint")).error(wrong(slip, &task)), get(&task), ""))
        (ui::select(Field::new(&owner, &t.say("meeting-owner")).error(wrong(slip, &owner)), owners, get(&owner)))
        (ui::select(Field::new(&way, &t.say("meeting-way")).error(wrong(slip, &way)), ways, get(&way)))
        (dates::day_field(Field::new(&due, &t.say("resolve-due")).error(wrong(slip, &due)), get(&due), cx.now))
        (ui::text_field(Field::new(&acceptance, &t.say("resolve-acceptance")).hint(&t.say("resolve-acceptance-hint")).error(wrong(slip, &acceptance)), get(&acceptance), "off"))
        div.row {
            (ui::input(Field::new(&money, &t.say("resolve-money")).hint(&t.say("resolve-money-hint")).error(wrong(slip, &money)), Input::Amount, get(&money)))
            (ui::text_field(Field::new(&source, &t.say("resolve-source")).error(wrong(slip, &source)), get(&source), "off"))
        }
    }
}

/// What a row asks for, or its first field that does not read.
async fn read(cx: &Cx, hall: &Hall, limits: &Limits, values: &Fields, row: usize) -> Result<NewAction, Slip> {
    let t = cx.locale;
    let get = |field: &str| values.get(&named(field, row)).to_owned();
    let open = |field: &str, key: &str| Slip::open(&named(field, row), t.say(key));
    let text = |field: &'static str, most: usize| match clean_public(&get(field), most) {
        Ok(_) => Ok(get(field)),
        // The command would say the same, but not in which row.
        Err(error) => {
            let mut slip = Slip::of(Refusal::from(Common::Text { field, error }).into(), "", t);
            slip.field = Some(named(field, row));
            Err(slip)
        }
    };
    let task = text("task", limits.text)?;
    let owner = match get("owner").split_once('/') {
        Some(("desk", id)) if hall.story.meeting.agenda.desk.to_string() == id => {
            Holder::Desk(hall.story.meeting.agenda.desk)
        }
        Some(_) => {
            let found = holder(cx, &get("owner"), &hall.path).await;
            found.map_err(|_| open("owner", "resolve-no-owner"))?.0
        }
        None => return Err(open("owner", "resolve-no-owner")),
    };
    let way = Way::parse(&get("way")).ok_or_else(|| open("way", "form-choose"))?;
    if way != Way::Work && !matches!(owner, Holder::Organisation(_)) {
        let mut slip = Slip::of(Refusal::from(Common::NeedsOrganisation).into(), "", t);
        slip.field = Some(named("owner", row));
        return Err(slip);
    }
    let due = dates::end_of_day(&get("due")).ok_or_else(|| open("due", "resolve-no-due"))?;
    if due <= cx.now {
        return Err(open("due", "refusal-past"));
    }
    let acceptance = text("acceptance", limits.summary)?;
    let fen = fen(&get("money")).ok_or_else(|| open("money", "resolve-no-money"))?;
    if fen.is_some_and(|fen| fen > 0) {
        text("source", limits.summary)?;
    }
    let form = form_bytes(values.get("form")).map_err(|error| Slip::of(error, "", t))?;
    Ok(NewAction {
        id: action_id(&form, row),
        motion: get("motion").parse().map_err(|_| open("motion", "form-choose"))?,
        task,
        owner,
        way,
        due,
        fen,
        source: get("source"),
        acceptance,
    })
}

/// The id of an action follows from the form, so that a form sent twice is one resolution.
fn action_id(form: &[u8; 16], row: usize) -> ActionId {
    ActionId(derived_id(form, &format!("action/{row}")))
}

/// What the form asks for; rows in which nothing was typed are left out.
async fn resolving(cx: &Cx, hall: &Hall, values: &Fields, t: Locale) -> Result<Resolve, Slip> {
    let pack = cx.rules(hall.story.ledger.ledger).await.map_err(|error| Slip::of(error, "", t))?;
    let mut actions = Vec::new();
    for row in 1..=rows(values) {
        if !untouched(values, row) {
            actions.push(read(cx, hall, pack.section(), values, row).await?);
        }
    }
    if actions.is_empty() && values.get("standard").trim().is_empty() {
        return Err(Slip::open("task-1", t.say("resolve-empty")));
    }
    Ok(Resolve { actions, standard: values.get("standard").to_owned() })
}

/// `POST /w/{slug}/g/{number}/resolve`: one row more, or the resolution.
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(mut values): Sent,
) -> Result<Response, Error> {
    let t = cx.locale;
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &HOLD)?;
    if values.some("add").is_some() {
        let more = (rows(&values) + 1).min(MOST);
        values.0.retain(|(name, _)| name != "rows" && name != "add");
        values.0.push(("rows".to_owned(), more.to_string()));
        return Ok(page(&cx, &hall, &values, None).await?.into_response());
    }
    let done = match resolving(&cx, &hall, &values, t).await {
        Ok(command) => cx
            .app
            .office
            .act(&hall.staff.actor, hall.story.ledger.ledger, hall.story.row.id, command)
            .await
            .map_err(|failure| Slip::of(failure.into(), "", t)),
        Err(slip) => Err(slip),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&hall.link()).into_response()),
        Err(slip) => {
            let slip = slip.mendable()?;
            let page = page(&cx, &hall, &values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fen;

    #[test]
    fn money_is_read_as_it_is_written() {
        assert_eq!(fen(""), Some(None));
        assert_eq!(fen("0"), Some(Some(0)));
        assert_eq!(fen("1200"), Some(Some(120_000)));
        assert_eq!(fen(" 12.5 元"), Some(Some(1_250)));
        assert_eq!(fen("12.05"), Some(Some(1_205)));
        for wrong in ["十二", "-3", "1.234", "1,200", "99999999999999999999", "1.+5"] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
    }
}
