//! How messages go: what is set, how many wait, what failed and why, trying again, and a message to
//! oneself. Nobody who is told anything is named here.

use axum::extract::Query;
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_courier::Trouble;
use yishi_kernel::{Denied, Role};
use yishi_store::message;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// What is typed where the program is started, in parts that stand on one line.
const COMMANDS: [&[&str]; 4] = [
    &["yishi serve", "--smtp smtps://HOST", "--mail-from NAME@HOST"],
    &["yishi serve", "--sms-dir FOLDER"],
    &["yishi serve", "--sms-url https://HOST"],
    &["yishi serve", "--courier-allow HOST"],
];

/// `GET /admin/messages`
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    administers(&cx)?;
    let note = match (query.contains_key("again"), query.contains_key("sent")) {
        (true, _) => Some("messages-again-done"),
        (_, true) => Some("messages-test-done"),
        _ => None,
    };
    page(&cx, &cx.typed(), None, note).await
}

/// Whoever sees to the program: the same for all its administrators.
///
/// # Errors
/// When it is somebody else.
pub(super) fn administers(cx: &Cx) -> Result<(), Error> {
    let staff = cx.staff()?;
    match staff.actor.current(cx.now).any(|grant| grant.role == Role::Administrator) {
        true => Ok(()),
        false => Err(Denied::Role { may: vec![Role::Administrator] }.into()),
    }
}

/// The page, after something was sent or not.
pub(super) async fn page(
    cx: &Cx,
    values: &Fields,
    slip: Option<&Slip>,
    note: Option<&str>,
) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let courier = &cx.app.courier;
    let (mail, sms) = (courier.mail().map(str::to_owned), courier.sms());
    let is_set = mail.is_some() || sms.is_some();
    let way = |way: Option<String>| match way {
        Some(way) => html! { span.link-text { (way) } },
        None => html! { (t.say("messages-unset")) },
    };
    let stands = message::stands(db).await?;
    let failing = message::failing(db).await?;
    let why = |word: &str| Trouble::parse(word).map_or_else(|| word.to_owned(), |trouble| t.word(trouble));
    let count = |count: u64| html! { (t.with("messages-count", &[("count", &count)])) };
    let again = Form::new(cx, "again", "messages-again", "/admin/messages/again".to_owned());
    let test = Form::new(cx, "test", "messages-test", "/admin/messages/test".to_owned()).filled(values, slip);
    let title = t.say("messages-title");
    let main = html! {
        @if let Some(note) = note { div.notice role="status" { p { strong { (t.say(note)) } } } }
        (summary(slip, t))
        h1 { (title) }
        p { (t.say("messages-lead")) }
        @if stands.given_up > 0 { div.notice.warn role="status" { p { (t.with("messages-given-up-warn", &[("count", &stands.given_up)])) } } }
        h2 { (t.say("messages-ways")) }
        (ui::facts(&[
            (t.say("messages-mail"), way(mail)),
            (t.say("messages-sms"), way(sms)),
        ]))
        @if !is_set { p { (t.say("messages-off")) } }
        details { summary { (t.say("messages-how")) }
            p { (t.say("messages-how-lead")) }
            pre.commands { @for command in COMMANDS { code { @for part in command { span.whole { (part) } " " } } } }
        }
        h2 { (t.say("messages-queue")) }
        (ui::facts(&[
            (t.say("messages-waiting"), count(stands.waiting)),
            (t.say("messages-failing"), count(stands.failing)),
            (t.say("messages-given-up"), count(stands.given_up)),
        ]))
        @if !failing.is_empty() {
            p { (t.say("messages-why")) }
            ul { @for one in &failing { li { (t.with("messages-why-one", &[("why", &why(&one.why)), ("count", &one.count)])) } } }
            (again.card(&t.say("messages-again-title"), &html! {
                p { (t.say("messages-again-lead")) }
                (again.submit("messages-again-send", "second"))
            }))
        }
        @if is_set {
            (test.card(&t.say("messages-test-title"), &html! {
                p { (t.say("messages-test-lead")) }
                (test.text("to"))
                (test.submit("messages-test-send", "second"))
            }))
        }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: "/admin/messages", title: &title, nav, width: Width::Narrow, main }
        .render())
}
