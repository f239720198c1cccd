//! Opening a topic: which matters it gathers, what it is called and what is to be settled.

use super::free::free;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters;
use yishi_domain::topics::{OPEN, OpenTopic, Refusal, TopicId};
use yishi_kernel::Pack;
use yishi_office::FormKey;
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::topic;
use yishi_pages_matters::matters::face::categories;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::places::steering;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// `GET /w/{slug}/topics/new`
///
/// # Errors
/// When this person opens no topics there.
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let (staff, ledger) = steering(&cx, &slug, &OPEN).await?;
    view(&cx, &staff, &ledger, &fresh_form(&cx)?, None).await
}

async fn view(
    cx: &Cx,
    staff: &Staff,
    ledger: &LedgerRow,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let slug = &ledger.slug;
    let free = free(cx, staff, ledger.ledger, None).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let mut known = vec![(String::new(), t.say("triage-category-choose"))];
    known.extend(categories(&pack, t));
    let here = format!("/w/{slug}/topics/new");
    let f = Form::new(cx, "", "topic", here.clone()).filled(values, slip);
    let title = t.say("topic-new");
    let inner = html! {
        (ui::hidden("form", values.get("form")))
        (f.checks("matter", &free.matters, &[]).label("topic-matters"))
        (free.more(t))
        (f.text("title").hint("public-hint"))
        (f.area("question"))
        (f.select("category", &known).label("fact-category"))
        (f.submit("topic-new-send", "wide"))
    };
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        p { (t.say("topic-new-lead")) }
        (summary(slip, t))
        @if free.matters.is_empty() { (ui::empty(&t.say("topic-no-matters"))) }
        // What was typed is never taken away, though somebody else gathered the last of them.
        @if !free.matters.is_empty() || slip.is_some() { (f.bare(&inner)) }
    };
    let nav = staff_nav_at(cx, staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What the form asks for; nothing where something is wrong, which the reader has noted.
fn read(r: &mut Reader<'_>, pack: &Pack) -> Option<OpenTopic> {
    let (limits, rules) = (pack.section(), pack.section::<matters::Rules>());
    let matters = r.ids("matter");
    if matters.is_empty() {
        r.refuse("matter", Refusal::NoMatters);
    }
    let title = r.line("title", limits);
    let question = r.note_or_none("question", limits);
    let category = r.word("category", |code| rules.category(code), "form-choose");
    let category = category.map(|one| one.code.0.clone());
    Some(OpenTopic { title: title?, question: question?.unwrap_or_default(), category: category?, matters })
}

/// `POST /w/{slug}/topics/new`
///
/// # Errors
/// When this person opens no topics there, or the form did not come from our page.
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger) = steering(&cx, &slug, &OPEN).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let (form, open) = (sent_form(&cx, &values, &[]).ok(), read(&mut r, &pack));
    let slip = match r.done(|| form.zip(open)) {
        Ok((form, open)) => {
            let office = &cx.app.office;
            let thing = |key: &FormKey| (TopicId(key.id("topic")), open.clone());
            match office.make(&staff.actor, ledger.ledger, form, thing).await {
                Ok(key) => {
                    let row =
                        topic(&office.db, ledger.ledger, thing(&key).0).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/t/{}", row.number), &form, &key);
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
    let page = view(&cx, &staff, &ledger, &values, Some(&slip)).await?;
    Ok(slip.answer(page))
}
