//! One number of the rules: what it is here, what lies below that layer by layer, and each change with
//! its reason, for everyone; and the form that changes it for whoever answers for the place.

use super::amount::{amount, name, section_name};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::rulebook::{CHANGE, ChangeId, Changing, Counted, DropNumber, SetNumber};
use yishi_kernel::rules::{Between, Changed, Limits, Number, numbers};
use yishi_kernel::{PlaceId, Start};
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger as ledger_of};
use yishi_office::rulebook::Layers;
use yishi_office::rulebook::reads::{ChangeRow, change, changes_of};
use yishi_office::{FormKey, Load, Viewed};
use yishi_store::Fault;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Nav, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// A number in its place.
struct Here {
    ledger: LedgerRow,
    keeper: PlaceRow,
    layers: Layers,
    /// As it is in force.
    now: Number,
    /// What the place changed and the rules below do not let stand any more.
    left_out: Vec<String>,
}

impl Here {
    /// The number of this name in a place.
    async fn find(cx: &Cx, slug: &str, of: &str) -> Result<Self, Error> {
        let ledger = cx.ledger(slug).await?;
        let keeper = cx.place(ledger.ledger).await?;
        let layers = cx.app.office.layers(ledger.ledger).await?;
        let Changed { text, left_out } = layers.whole()?;
        let now = one(&text, of)?.ok_or(Error::NotFound)?;
        Ok(Self { ledger, keeper, layers, now, left_out })
    }

    fn is_own(&self) -> bool {
        self.layers.own.iter().any(|change| change.of == self.now.of)
    }

    fn is_left_out(&self) -> bool {
        self.left_out.contains(&self.now.of)
    }

    fn link(&self) -> String {
        format!("/c/{}/numbers/{}", self.ledger.slug, self.now.of)
    }

    fn form(&self) -> String {
        format!("/w/{}/numbers/{}", self.ledger.slug, self.now.of)
    }
}

/// The number of this name in a pack.
fn one(text: &str, of: &str) -> Result<Option<Number>, Error> {
    let all = numbers(text).map_err(Fault::unreadable)?;
    Ok(all.into_iter().find(|number| number.of == of))
}

/// `GET /c/{slug}/numbers/{of}`
///
/// # Errors
/// When the rules in force there have no such number.
pub async fn show(
    cx: Cx,
    Path((slug, of)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let here = Here::find(&cx, &slug, &of).await?;
    let office = &cx.app.office;
    let before = query.get("before").and_then(|number| number.parse().ok());
    let past = changes_of(&office.db, here.ledger.ledger, &of, before).await?;
    let (title, link) = (name(&here.now, t), here.link());
    let layers = layers(&cx, &here).await?;
    let may = cx.may(&CHANGE, &cx.resource(&here.keeper).await?).is_ok();
    let older = past.next.map(|next| ui::link(&link, &[("before", &next)]));
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/numbers#" (of) } { (t.with("numbers-title", &[("name", &here.keeper.name)])) } }
        h1 { (title) }
        p.soft { (section_name(&here.now.section, t)) }
        p.state { (amount(here.now.unit, here.now.count, t)) }
        (layers)
        p { (open(&here.now, t)) }
        @if may && here.now.between.is_some() {
            div.actions.no-print { a.button href=(here.form()) { (t.say("setting-change")) } }
        }
        h2 { (t.say("setting-past")) }
        @if past.rows.is_empty() { p.soft { (t.say("setting-past-none")) } }
        @for row in &past.rows { div.card {
            (told(row, t))
            @if may { p.small.no-print { a href={ "/w/" (slug) "/changes/" (row.number) } { (t.say("setting-correct")) } } }
        } }
        (ui::more(older, &t.say("list-older")))
    };
    let nav = Nav::Community { slug, name: here.keeper.name.clone() };
    let (locale, view, at) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here: at, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What each layer says, from the bottom up; one that changes nothing says nothing.
async fn layers(cx: &Cx, here: &Here) -> Result<Markup, Error> {
    let (t, office, of) = (cx.locale, &cx.app.office, here.now.of.as_str());
    let said = |number: &Number| html! { strong { (amount(number.unit, number.count, t)) } br; span.soft.small { (number.source) } };
    let usual = one(&office.rules_text(&here.layers.base).await?, of)?;
    let above = one(&here.layers.below, of)?.filter(|above| usual.as_ref() != Some(above));
    let mut all = Vec::new();
    all.extend(usual.map(|usual| (t.say("setting-usual"), said(&usual))));
    if let (Some(street), Some(above)) = (here.layers.above, above) {
        let street = ledger_of(&office.db, street).await?.ok_or(Error::NotFound)?;
        let link = format!("/c/{}/numbers/{of}", street.slug);
        let way = html! { br; a.small href=(link) { (t.say("setting-past")) } };
        all.push((cx.place(street.ledger).await?.name, html! { (said(&above)) (way) }));
    }
    if here.is_own() && !here.is_left_out() {
        all.push((here.keeper.name.clone(), said(&here.now)));
    }
    Ok(html! {
        div.card { (ui::facts(&all)) }
        @if here.is_left_out() { div.notice.warn { p { (t.say("setting-left-out")) } } }
    })
}

/// How far it may be changed.
fn open(number: &Number, t: Locale) -> String {
    match number.between {
        Some(Between(least, most)) => {
            let of = |count| amount(number.unit, count, t);
            t.with("setting-between", &[("least", &of(least)), ("most", &of(most))])
        }
        None => t.say("setting-fixed"),
    }
}

/// One change as a sentence, with its reason.
pub(super) fn told(row: &ChangeRow, t: Locale) -> Markup {
    let was = amount(row.was_counted.unit(), row.was, t);
    let day = t.dated(row.at.date());
    let said = match (row.how, row.counted, row.amount) {
        (Changing::Set, Some(counted), Some(count)) => {
            let now = amount(counted.unit(), count, t);
            t.with("setting-set", &[("date", &day), ("was", &was), ("now", &now)])
        }
        _ => t.with("setting-dropped", &[("date", &day), ("was", &was)]),
    };
    html! {
        p { (said) }
        @if let Some(source) = &row.source { p { (t.with("setting-source-said", &[("source", source)])) } }
        p { (t.with("setting-reason-said", &[("reason", &row.reason)])) }
        p.soft.small { (t.with("setting-number-said", &[("number", &row.number)])) }
    }
}

/// A number that somebody may change.
async fn at_work(cx: &Cx, slug: &str, of: &str) -> Result<(Staff, Here), Error> {
    let staff = cx.staff()?.clone();
    let here = Here::find(cx, slug, of).await?;
    cx.may(&CHANGE, &cx.resource(&here.keeper).await?)?;
    Ok((staff, here))
}

/// `GET /w/{slug}/numbers/{of}`
///
/// # Errors
/// When this person changes nothing there.
pub async fn edit(cx: Cx, Path((slug, of)): Path<(String, String)>) -> Result<Markup, Error> {
    let values = fresh_form(&cx)?;
    view(&cx, &slug, &of, &values, None).await
}

async fn view(cx: &Cx, slug: &str, of: &str, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (staff, here) = at_work(cx, slug, of).await?;
    let title = t.with("setting-change-title", &[("name", &name(&here.now, t))]);
    let units: Vec<(String, String)> = (here.now.units().into_iter())
        .map(|unit| (Counted::from(unit).word().to_owned(), t.word(Counted::from(unit))))
        .collect();
    let now = here.now.count.to_string();
    let counted = Counted::from(here.now.unit).word();
    let set = Form::new(cx, "", "setting", here.form()).filled(values, slip);
    let drop = Form::new(cx, "drop", "setting", format!("{}/drop", here.form())).filled(values, slip);
    let layers = layers(cx, &here).await?;
    let main = html! {
        p.crumbs.no-print { a href=(here.link()) { (name(&here.now, t)) } }
        h1 { (title) }
        p { (t.with("setting-change-lead", &[("name", &here.keeper.name)])) }
        (summary(slip, t))
        (layers)
        p { (open(&here.now, t)) }
        (set.bare(&html! {
            (ui::hidden("form", values.get("form")))
            (set.number("count").start(now))
            @if units.len() > 1 { (set.radios("counted", &units).start(counted)) }
            @else { (ui::hidden("counted", counted)) " " (t.word(Counted::from(here.now.unit))) }
            (set.text("source"))
            (set.text("reason"))
            (set.submit("setting-send", "wide"))
        }))
        @if here.is_own() {
            (drop.folded(&t.say("setting-drop-title"), &html! {
                (ui::hidden("form", values.get("form")))
                p { (t.say("setting-drop-lead")) }
                (drop.text("reason").label("setting-drop-reason"))
                (drop.submit("setting-drop-send", "second"))
            }))
        }
    };
    let nav = staff_nav_at(cx, &staff, slug);
    let (locale, view, at) = (t, cx.view, here.form());
    Ok(Page { locale, view, here: &at, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/numbers/{of}`
///
/// # Errors
/// When this person changes nothing there.
pub async fn send(
    cx: Cx,
    Path((slug, of)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let (_, here) = at_work(&cx, &slug, &of).await?;
    let pack = cx.rules(here.ledger.ledger).await?;
    let limits = pack.section::<Limits>();
    let mut r = Reader::new("", &values, cx.locale);
    let (count, counted) = (r.number("count"), r.word("counted", Counted::parse, "form-choose"));
    let (source, reason) = (r.line("source", limits), r.line("reason", limits));
    let number = of.clone();
    let read = r.done(|| {
        let count = i64::try_from(count?).unwrap_or(i64::MAX);
        Some(SetNumber { number, counted: counted?, count, source: source?, reason: reason? })
    });
    carry_out(&cx, &here, &values, "", read).await
}

/// `POST /w/{slug}/numbers/{of}/drop`
///
/// # Errors
/// When this person changes nothing there.
pub async fn drop(
    cx: Cx,
    Path((slug, of)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let (_, here) = at_work(&cx, &slug, &of).await?;
    let pack = cx.rules(here.ledger.ledger).await?;
    let mut r = Reader::new("drop", &values, cx.locale);
    let reason = r.line("reason", pack.section::<Limits>());
    let number = of.clone();
    let read = r.done(|| Some(DropNumber { number, reason: reason? }));
    carry_out(&cx, &here, &values, "drop", read).await
}

/// Changes a number, and puts the rules of the place together at once; those below it follow.
async fn carry_out<C>(
    cx: &Cx,
    here: &Here,
    values: &Fields,
    act: &str,
    read: Result<C, Slip>,
) -> Result<Response, Error>
where
    C: Start<Of: Viewed, Facts: Load<C>> + Clone,
{
    let (office, ledger): (_, PlaceId) = (&cx.app.office, here.ledger.ledger);
    let staff = cx.staff()?;
    let slip = match (read, sent_form(cx, values, &[])) {
        (Ok(command), Ok(form)) => {
            let thing = |key: &FormKey| (ChangeId(key.id("change")), command.clone());
            match office.make(&staff.actor, ledger, form, thing).await {
                Ok(key) => {
                    office.lay(ledger).await?;
                    change(&office.db, ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    return Ok(Redirect::to(&made(here.link(), &form, &key)).into_response());
                }
                Err(failure) => {
                    let error = Error::from(failure);
                    let field = error.field().map(|field| match act {
                        "" => field.to_owned(),
                        act => format!("{act}-{field}"),
                    });
                    Slip::of(error, field, values, cx.locale)?
                }
            }
        }
        (Ok(_), Err(error)) => return Err(error),
        (Err(slip), _) => slip,
    };
    let page = view(cx, &here.ledger.slug, &here.now.of, values, Some(&slip)).await?;
    Ok(slip.answer(page))
}
