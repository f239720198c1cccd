//! Passing a matter in hand on: first what it is to be, then the form of that. What every kind
//! asks is here; whom it goes to is in a file for each: work for somebody here, a letter to a
//! body nobody here can summon, or asking the street to whistle.

mod letter;
mod whistle;
mod work;

use super::limits;
use crate::ballots::face::items;
use crate::dangers::face as dangers;
use crate::emergency::face::has_owners;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;
use yishi_domain::ballots;
use yishi_domain::dispatch::{
    LimitClass, Limited, ORDER, Order, OrderId, OrderKind, OrderStage, OtherDay, Rules, WhistleKind,
};
use yishi_domain::matters::{CategoryCode, Matter, StageKind};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Pack, PlaceId, Resource, Start};
use yishi_office::dangers::reads::open_of;
use yishi_office::dispatch::reads::{OrderRow, of_matters, order};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::LedgerRow;
use yishi_office::{FormKey, Load};
use yishi_pages_matters::matters::face::repeats::repeats;
use yishi_pages_matters::matters::face::{headline, row_of};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// The matter that is passed on.
struct Passed {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    path: Vec<PlaceId>,
    resource: Resource,
    rules: Arc<Pack>,
}

impl Passed {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let path = office.path_of_matter(loaded.must()?).await?;
        let resource = loaded.must()?.passing_on(&path);
        cx.may(&ORDER, &resource)?;
        let rules = cx.rules(ledger.ledger).await?;
        Ok(Self { staff, ledger, row, path, resource, rules })
    }

    fn link(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }

    fn limits(&self) -> &Limits {
        self.rules.section()
    }
}

/// What is to be done.
struct What {
    task: String,
    acceptance: String,
    item: String,
}

/// What is to be done, how one sees that it is, and what kind of thing it is.
fn what(matter: &Passed, r: &mut Reader<'_>) -> Option<What> {
    let limits = matter.limits();
    let (task, acceptance) = (r.public("task", limits.text), r.public("acceptance", limits.summary));
    let item = r.text("item");
    if matter.rules.section::<ballots::Rules>().item(&item).is_none() {
        r.refuse("item", ballots::Refusal::Item);
    }
    Some(What { task: task?, acceptance: acceptance?, item })
}

/// By which class of limits, and by which other day where there is one.
fn limited(cx: &Cx, matter: &Passed, r: &mut Reader<'_>) -> Option<(LimitClass, Option<OtherDay>)> {
    limits::read(cx, matter.limits(), r)
}

/// The class that is proposed: by what the matter is about, and whether people are in danger.
async fn proposed(cx: &Cx, matter: &Passed) -> Result<LimitClass, Error> {
    let open = open_of(&cx.app.office.db, matter.ledger.ledger, matter.row.id).await?;
    let category = Some(CategoryCode(matter.row.category.clone())).filter(|code| !code.0.is_empty());
    Ok(matter.rules.section::<Rules>().proposes(category.as_ref(), open.len() as u64))
}

/// What the form begins with.
#[derive(Default)]
struct Begun {
    task: String,
    acceptance: String,
    whistle: &'static str,
}

impl Begun {
    /// With what the matter says of itself or, where a danger of it is told to departments, with
    /// where that is and what is to be made safe. Why the place cannot do it itself only whoever
    /// asks knows.
    async fn of(cx: &Cx, matter: &Passed, danger: Option<i64>) -> Result<Self, Error> {
        let summary = matter.row.summary.as_deref().unwrap_or_default();
        let Some(number) = danger else { return Ok(Self { task: summary.to_owned(), ..Self::default() }) };
        let open = open_of(&cx.app.office.db, matter.ledger.ledger, matter.row.id).await?;
        let row = open.iter().find(|row| row.number == number).ok_or(Error::NotFound)?;
        let t = cx.locale;
        let name = dangers::title(row, &matter.row, t);
        Ok(Self {
            task: t.with("dispatch-danger-task", &[("danger", &name), ("time", &dangers::at(row.due, t))]),
            acceptance: t.say("dispatch-danger-acceptance"),
            whistle: WhistleKind::Emergency.word(),
        })
    }
}

/// The key of what it is to be.
fn title(kind: OrderKind) -> &'static str {
    match kind {
        OrderKind::Work => "dispatch-new-work",
        OrderKind::Whistle => "dispatch-new-whistle",
        OrderKind::Letter => "dispatch-new-letter",
    }
}

/// `GET /w/{slug}/{number}/order`
pub async fn show(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let matter = Passed::load(&cx, &slug, number).await?;
    match query.get("kind").and_then(|word| OrderKind::parse(word)) {
        Some(kind) if matter.row.stage == StageKind::InHand => {
            let danger = query.get("danger").and_then(|number| number.parse().ok());
            let begun = Begun::of(&cx, &matter, danger).await?;
            view(&cx, &matter, kind, &begun, &fresh_form(&cx)?, None).await
        }
        _ => choose(&cx, &matter).await,
    }
}

async fn choose(cx: &Cx, matter: &Passed) -> Result<Markup, Error> {
    let t = cx.locale;
    let owners = has_owners(cx, &matter.path).await?;
    let ways = [
        (OrderKind::Work, "dispatch-new-work-hint"),
        (OrderKind::Whistle, "dispatch-new-whistle-hint"),
        (OrderKind::Letter, "dispatch-new-letter-hint"),
    ];
    let inner = html! {
        @if matter.row.stage == StageKind::InHand {
            p { (t.say("dispatch-new-lead")) }
            @for (kind, hint) in ways {
                section.card {
                    h2 { a href={ (matter.link()) "/order?kind=" (kind.word()) } { (t.say(title(kind))) } }
                    p { (t.say(hint)) }
                }
            }
            @if owners {
                section.card {
                    h2 { a href={ (matter.link()) "/emergency" } { (t.say("basis-way")) } }
                    p { (t.say("basis-way-hint")) }
                }
            }
        } @else {
            div.notice.warn { p { (t.with("denied-stage", &[("stage", &t.word(matter.row.stage))])) } }
            p { (t.say("dispatch-new-in-hand")) }
        }
    };
    Ok(page(cx, matter, &t.say("dispatch-new"), &inner))
}

/// The last whistle about the matter, where the street declined it: what is new is said there.
async fn declined(cx: &Cx, matter: &Passed) -> Result<Option<OrderRow>, Error> {
    let orders = of_matters(&cx.app.office.db, matter.ledger.ledger, &[matter.row.id]).await?;
    let whistles = orders.into_iter().filter(|order| order.kind == OrderKind::Whistle);
    let last = whistles.max_by_key(|order| order.number);
    Ok(last.filter(|order| order.stage == OrderStage::Declined))
}

async fn view(
    cx: &Cx,
    matter: &Passed,
    kind: OrderKind,
    begun: &Begun,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let link = format!("{}/order", matter.link());
    if let Some(declined) = declined(cx, matter).await?.filter(|_| kind == OrderKind::Whistle) {
        let href = format!("/w/{}/o/{}", matter.ledger.slug, declined.number);
        let inner = html! {
            div.notice.warn {
                p { (t.say("dispatch-asked-before")) }
                p { a.button href=(href) { (t.say("dispatch-asked-before-open")) } }
            }
            p { a href=(link) { (t.say("dispatch-new-other")) } }
        };
        return Ok(page(cx, matter, &t.say(title(kind)), &inner));
    }
    let f = Form::new(cx, "", "dispatch", link.clone()).filled(values, slip);
    let whom = match kind {
        OrderKind::Work => work::fields(cx, matter, &f).await?,
        OrderKind::Letter => letter::fields(cx, matter, &f).await?,
        OrderKind::Whistle => whistle::fields(cx, matter, &f, begun).await?,
    };
    let proposed = proposed(cx, matter).await?;
    let form = html! {
        (f.hidden("form", values.get("form")))
        (f.hidden("kind", kind.word()))
        (f.area("task").hint("public-hint").start(&begun.task))
        (f.select("item", &items(&matter.rules, t)).label("dispatch-item"))
        (f.text("acceptance").start(&begun.acceptance))
        (whom)
        (limits::fields(cx, &matter.rules, &f, proposed, ""))
        (f.submit(title(kind), "wide"))
    };
    let inner = html! {
        (repeats(cx, &matter.rules, &matter.row, &matter.ledger.slug).await?)
        (summary(slip, t))
        (f.bare(&form))
        p { a href=(link) { (t.say("dispatch-new-other")) } }
    };
    Ok(page(cx, matter, &t.say(title(kind)), &inner))
}

fn page(cx: &Cx, matter: &Passed, title: &str, inner: &Markup) -> Markup {
    let t = cx.locale;
    let main = html! {
        p.crumbs { a href=(matter.link()) { (t.with("work-title", &[("number", &matter.row.number)])) } }
        h1 { (title) }
        p.soft { (headline(&matter.rules, &matter.row, t)) }
        (inner)
    };
    let nav = staff_nav_at(cx, &matter.staff, &matter.ledger.slug);
    let here = format!("{}/order", matter.link());
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &here, title, nav, width: Width::Narrow, main }.render()
}

/// `POST /w/{slug}/{number}/order`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let matter = Passed::load(&cx, &slug, number).await?;
    let kind = OrderKind::parse(values.get("kind")).ok_or(Error::Malformed)?;
    let form = sent_form(&cx, &values, &[])?;
    let r = Reader::new("", &values, cx.locale);
    let started = match kind {
        OrderKind::Work => start(&cx, &matter, form, &values, work::read(&cx, &matter, r).await).await?,
        OrderKind::Letter => start(&cx, &matter, form, &values, letter::read(&cx, &matter, r).await).await?,
        OrderKind::Whistle => start(&cx, &matter, form, &values, whistle::read(&cx, &matter, r)).await?,
    };
    match started {
        Ok(key) => {
            let (db, id) = (&cx.app.office.db, OrderId(key.id("order")));
            let row = order(db, matter.ledger.ledger, id).await?.ok_or(Error::NotFound)?;
            let link = made(format!("/w/{slug}/o/{}", row.number), &form, &key);
            Ok(Redirect::to(&link).into_response())
        }
        Err(slip) => {
            let page = view(&cx, &matter, kind, &Begun::default(), &values, Some(&slip)).await?;
            Ok(slip.answer(page))
        }
    }
}

/// Starts it, unless something is wrong: that comes back, to be shown with the form.
async fn start<C>(
    cx: &Cx,
    matter: &Passed,
    form: FormKey,
    values: &Fields,
    read: Result<C, Slip>,
) -> Result<Result<FormKey, Slip>, Error>
where
    C: Start<Of = Order, Facts: Load<C>>,
{
    let command = match read {
        Ok(command) => command,
        Err(slip) => return Ok(Err(slip)),
    };
    let thing = |key: &FormKey| (OrderId(key.id("order")), command.clone());
    match cx.app.office.make(&matter.staff.actor, matter.ledger.ledger, form, thing).await {
        Ok(key) => Ok(Ok(key)),
        Err(failure) => Slip::bare(failure, values, cx.locale).map(Err),
    }
}
