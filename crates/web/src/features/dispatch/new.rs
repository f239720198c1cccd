//! Passing a matter in hand on: work for somebody here, a letter to a body nobody here can
//! summon, or asking the street to whistle. First which of them, then its form.

use crate::dates;
use crate::sent::Sent;
use crate::shared::holders::{bodies, holder, holders};
use crate::shared::matter::{headline, row_of};
use crate::shared::navigation::staff_nav_at;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::dispatch::{Ask, ORDER, OrderId, OrderKind, Send, WhistleKind};
use yishi_domain::matters::{Matter, StageKind};
use yishi_kernel::{Denied, Holder, OrganisationId, PlaceId, Resource};
use yishi_office::derived_id;
use yishi_office::dispatch::reads::order;
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::LedgerRow;

/// The matter that is passed on.
struct Job {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    path: Vec<PlaceId>,
    headline: String,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let path = office.path_of_matter(loaded.must()?).await?;
        cx.may(&ORDER, &Resource::at(&path))?;
        let rules = cx.rules(ledger.ledger).await?;
        let headline = headline(&rules, &row, cx.locale);
        Ok(Self { staff, ledger, row, path, headline })
    }

    fn link(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }
}

/// What is wrong, and with which field.
struct Wrong {
    text: String,
    field: Option<&'static str>,
    status: StatusCode,
}

impl Wrong {
    fn at(field: &'static str, text: String) -> Self {
        Self { text, field: Some(field), status: StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// `GET /w/{slug}/{number}/order`
pub async fn show(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    match query.get("kind").and_then(|word| OrderKind::parse(word)) {
        Some(kind) if job.row.stage == StageKind::InHand => {
            view(&cx, &job, kind, &fresh_form(&cx)?, None).await
        }
        _ => Ok(choose(&cx, &job)),
    }
}

fn choose(cx: &Cx, job: &Job) -> Markup {
    let t = cx.locale;
    let title = t.say("dispatch-new");
    let ways = [
        (OrderKind::Work, t.say("dispatch-new-work"), t.say("dispatch-new-work-hint")),
        (OrderKind::Whistle, t.say("dispatch-new-whistle"), t.say("dispatch-new-whistle-hint")),
        (OrderKind::Letter, t.say("dispatch-new-letter"), t.say("dispatch-new-letter-hint")),
    ];
    let main = html! {
        (head(cx, job, &title))
        @if job.row.stage == StageKind::InHand {
            p { (t.say("dispatch-new-lead")) }
            @for (kind, text, hint) in &ways {
                section.card {
                    h2 { a href={ (job.link()) "/order?kind=" (kind.word()) } { (text) } }
                    p { (hint) }
                }
            }
        } @else {
            div.notice.warn { p { (t.with("denied-stage", &[("stage", &ui::stage(job.row.stage, t))])) } }
            p { (t.say("dispatch-new-in-hand")) }
        }
    };
    page(cx, job, &title, main)
}

fn head(cx: &Cx, job: &Job, title: &str) -> Markup {
    let t = cx.locale;
    html! {
        p.crumbs { a href=(job.link()) { (t.with("work-title", &[("number", &job.row.number)])) } }
        h1 { (title) }
        p.soft { (job.headline) }
    }
}

fn page(cx: &Cx, job: &Job, title: &str, main: Markup) -> Markup {
    let nav = staff_nav_at(cx, &job.staff, &job.ledger.slug);
    let here = format!("{}/order", job.link());
    let (locale, view) = (cx.locale, cx.view);
    Page { locale, view, here: &here, title, nav, width: Width::Narrow, main }.render()
}

async fn view(
    cx: &Cx,
    job: &Job,
    kind: OrderKind,
    values: &Fields,
    wrong: Option<&Wrong>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let title = match kind {
        OrderKind::Work => t.say("dispatch-new-work"),
        OrderKind::Whistle => t.say("dispatch-new-whistle"),
        OrderKind::Letter => t.say("dispatch-new-letter"),
    };
    let at = |name: &str| wrong.filter(|wrong| wrong.field == Some(name)).map(|wrong| wrong.text.as_str());
    let area = |name: &str, label: &str, hint: &str| {
        ui::text_area(Field::new(name, label).hint(hint).error(at(name)), values.get(name), "")
    };
    let task = values.some("task").map_or_else(|| job.row.summary.clone().unwrap_or_default(), str::to_owned);
    let who = match kind {
        OrderKind::Work => {
            let options = holders(cx, &job.staff, &job.path).await?;
            html! { (ui::select(Field::new("holder", &t.say("dispatch-doer")).error(at("holder")), &options, values.get("holder"))) }
        }
        OrderKind::Letter => {
            let options: Vec<(String, String)> = bodies(cx, &job.path)
                .await?
                .into_iter()
                .map(|(id, name)| (format!("organisation/{id}"), name))
                .collect();
            html! { (ui::select(Field::new("holder", &t.say("dispatch-letter-to")).error(at("holder")), &options, values.get("holder"))) }
        }
        OrderKind::Whistle => {
            let options = bodies(cx, &job.path).await?;
            let ticked: Vec<&str> = values.all("departments").collect();
            let kinds: Vec<(String, String)> =
                WhistleKind::ALL.iter().map(|kind| (kind.word().to_owned(), t.word(*kind))).collect();
            html! {
                (area("reason", &t.say("dispatch-ask-reason"), &t.say("dispatch-ask-reason-hint")))
                (ui::radios(Field::new("whistle", &t.say("dispatch-whistle")).error(at("whistle")), &kinds, values.get("whistle")))
                (ui::select(Field::new("lead", &t.say("dispatch-choose-lead")).hint(&t.say("dispatch-choose-lead-hint")).error(at("lead")), &options, values.get("lead")))
                (ui::checks(Field::new("departments", &t.say("dispatch-departments")), &options, &ticked))
            }
        }
    };
    let main = html! {
        (head(cx, job, &title))
        (ui::summary(t, wrong.map(|wrong| (wrong.text.as_str(), wrong.field))))
        form method="post" action={ (job.link()) "/order" } {
            (cx.marks())
            (ui::hidden("form", values.get("form")))
            (ui::hidden("kind", kind.word()))
            (ui::text_area(Field::new("task", &t.say("dispatch-task")).hint(&t.say("public-hint")).error(at("task")), &task, ""))
            (ui::text_field(Field::new("acceptance", &t.say("dispatch-acceptance")).hint(&t.say("dispatch-acceptance-hint")).error(at("acceptance")), values.get("acceptance"), "off"))
            (who)
            (dates::day_field(Field::new("finish", &t.say("dispatch-finish-by")).error(at("finish")), values.get("finish"), cx.now))
            (ui::submit(&title, "wide"))
        }
        p { a href={ (job.link()) "/order" } { (t.say("dispatch-new-other")) } }
    };
    Ok(page(cx, job, &title, main))
}

/// `POST /w/{slug}/{number}/order`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    let kind = OrderKind::parse(values.get("kind")).ok_or(Error::Malformed)?;
    let wrong = match take(&cx, &job, kind, &values).await? {
        Ok(id) => {
            let row = order(&cx.app.office.db, job.ledger.ledger, id).await?.ok_or(Error::NotFound)?;
            return Ok(Redirect::to(&format!("/w/{slug}/o/{}", row.number)).into_response());
        }
        Err(wrong) => wrong,
    };
    let page = view(&cx, &job, kind, &values, Some(&wrong)).await?;
    Ok((wrong.status, page).into_response())
}

/// Sends or asks; what is wrong with the form comes back to be shown with it.
async fn take(cx: &Cx, job: &Job, kind: OrderKind, values: &Fields) -> Result<Result<OrderId, Wrong>, Error> {
    let t = cx.locale;
    let office = &cx.app.office;
    let id = OrderId(derived_id(&form_bytes(values.get("form"))?, "order"));
    let (task, acceptance) = (values.get("task").to_owned(), values.get("acceptance").to_owned());
    let Some(finish_by) = dates::end_of_day(values.get("finish")) else {
        return Ok(Err(Wrong::at("finish", t.say("dispatch-wrong-day"))));
    };
    let (ledger, matter) = (job.ledger.ledger, job.row.id);
    let done = match kind {
        OrderKind::Work | OrderKind::Letter => {
            let Ok((holder, person)) = holder(cx, values.get("holder"), &job.path).await else {
                return Ok(Err(Wrong::at("holder", t.say("dispatch-wrong-holder"))));
            };
            if kind == OrderKind::Letter && !matches!(holder, Holder::Organisation(_)) {
                return Ok(Err(Wrong::at("holder", t.say("refusal-needs-organisation"))));
            }
            let send = Send { matter, kind, task, acceptance, holder, person, finish_by };
            office.start(&job.staff.actor, ledger, id, send).await
        }
        OrderKind::Whistle => {
            let Some(whistle) = WhistleKind::parse(values.get("whistle")) else {
                return Ok(Err(Wrong::at("whistle", t.say("dispatch-wrong-whistle"))));
            };
            let Ok(lead) = values.get("lead").parse::<OrganisationId>() else {
                return Ok(Err(Wrong::at("lead", t.say("dispatch-wrong-lead"))));
            };
            let departments = values.all("departments").filter_map(|id| id.parse().ok()).collect();
            let reason = values.get("reason").to_owned();
            let ask = Ask { matter, whistle, task, acceptance, reason, departments, lead, finish_by };
            office.start(&job.staff.actor, ledger, id, ask).await
        }
    };
    match done.map_err(Error::from) {
        Ok(_) => Ok(Ok(id)),
        Err(error @ (Error::Refused(_) | Error::Denied(Denied::Stage(_)))) => {
            Ok(Err(Wrong { text: error.text(t), field: error.field(), status: error.status() }))
        }
        Err(error) => Err(error),
    }
}
