//! Writing down at the scene, by phone: when they met, which bodies came, what was found, and who does
//! what by when.

use super::lines;
use crate::dispatch::face::{Arrival, Called, Held, called, called_by_number, order_of};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::scenes::{OPEN, Open, Refusal, SceneId, scene_of, takes_down};
use yishi_kernel::Holder;
use yishi_kernel::rules::Limits;
use yishi_office::FormKey;
use yishi_office::papers::Numbered as _;
use yishi_office::scenes::reads::scene;
use yishi_web::form::Form;
use yishi_web::holders::bodies;
use yishi_web::names::Names;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff, dates};

/// The order whose scene it is, with who writes it down.
pub(super) struct Calling {
    pub staff: Staff,
    pub held: Held,
    /// The bodies it calls, the lead first.
    pub called: Vec<Called>,
}

impl Calling {
    pub(super) async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let held = order_of(cx, slug, number).await?;
        let order = held.loaded.must()?;
        let role = cx.may(&OPEN, &scene_of(order, &held.path, &staff.actor))?;
        takes_down(order, &staff.actor, role, cx.now).map_err(yishi_kernel::Refusal::from)?;
        let called = called(&cx.app.office.db, order, cx.now, &mut Names::default()).await?;
        Ok(Self { staff, held, called })
    }

    pub(super) fn link(&self) -> String {
        format!("/w/{}/o/{}", self.held.ledger.slug, self.held.row.number)
    }
}

/// `GET /w/{slug}/o/{number}/scene`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let calling = Calling::load(&cx, &slug, number).await?;
    view(&cx, &calling, &fresh_form(&cx)?, None).await
}

async fn view(cx: &Cx, calling: &Calling, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, db, held) = (cx.locale, &cx.app.office.db, &calling.held);
    let order = held.loaded.must()?;
    let since = order.blown.unwrap_or(order.opened);
    let is_called = |id: &str| calling.called.iter().position(|one| one.organisation.to_string() == id);
    // Those it calls stand first: they are who comes.
    let mut all = bodies(cx, &held.path).await?;
    all.sort_by_key(|(id, _)| is_called(id).unwrap_or(usize::MAX));
    let came = calling.called.iter().filter(|one| matches!(one.coming, Arrival::Arrived(_)));
    let came: Vec<String> = came.map(|one| one.organisation.to_string()).collect();
    let desk = Names::default().holder(db, Holder::Desk(order.desk), t).await?;
    let mut doers = all.clone();
    doers.push((String::new(), desk));
    let link = format!("{}/scene", calling.link());
    let f = Form::new(cx, "", "scene", link.clone()).filled(values, slip);
    let inner = html! {
        (f.hidden("form", values.get("form")))
        div.row {
            (f.past_day("date", since.date()).label("scene-date").start(cx.now.date().to_string()))
            (f.time("time").label("scene-time").start(dates::clock(cx.now)))
        }
        p.hint { (t.say("scene-met-hint")) }
        (f.checks("came", &all, &came))
        (f.area("findings"))
        h2 { (t.say("scene-lines")) }
        (lines::fields(&f, &doers))
        (f.area("people"))
        (f.submit("scene-new-send", "wide"))
        p.small.soft { (t.say("scene-new-after")) }
    };
    let title = t.say("scene-new");
    let order_name = called_by_number(&held.row, &cx.numbers([held.row.key()]).await?, t);
    let main = html! {
        p.crumbs { a href=(calling.link()) { (order_name) } }
        h1 { (title) }
        p.soft { (held.row.task) }
        p { (t.say("scene-new-lead")) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, &calling.staff, &held.ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/o/{number}/scene`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let calling = Calling::load(&cx, &slug, number).await?;
    let (office, ledger) = (&cx.app.office, calling.held.ledger.ledger);
    let rules = cx.rules(ledger).await?;
    let form = sent_form(&cx, &values, &[])?;
    let slip = match read(&calling, rules.section(), Reader::new("", &values, cx.locale)) {
        Err(slip) => slip,
        Ok(open) => {
            let thing = |key: &FormKey| (SceneId(key.id("scene")), open.clone());
            match office.make(&calling.staff.actor, ledger, form, thing).await {
                Ok(key) => {
                    let row = scene(&office.db, ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/x/{}", row.number), &form, &key);
                    return Ok(Redirect::to(&link).into_response());
                }
                Err(failure) => Slip::bare(failure, &values, cx.locale)?,
            }
        }
    };
    Ok(slip.answer(view(&cx, &calling, &values, Some(&slip)).await?))
}

fn read(calling: &Calling, limits: &Limits, mut r: Reader<'_>) -> Result<Open, Slip> {
    let day = r.day("date", "scene-wrong-date");
    let time: Option<String> = r.time("time", "scene-wrong-time");
    let date = r.text("date");
    let met = time.and_then(|time| dates::minute(&format!("{date} {time}")).ok()).filter(|_| day.is_some());
    let came = r.ids("came");
    if came.is_empty() {
        r.refuse("came", Refusal::Nobody);
    }
    let findings = r.note("findings", limits);
    let lines = lines::read(&mut r, limits);
    if lines.as_ref().is_some_and(Vec::is_empty) {
        r.refuse("what-1", Refusal::NoLines);
    }
    let people = r.private("people", limits.text);
    r.done(|| {
        let (met, findings, lines, people) = (met?, findings?, lines?, people?);
        Some(Open { order: calling.held.row.id, met, came, people, findings, lines })
    })
}
