//! How the records are kept: the last backup, how far sealing has come, and how to make a backup
//! and put it back. What is said of the installation is the same for all its administrators.

use maud::{Markup, html};
use yishi_kernel::{Denied, Role};
use yishi_store::{backup, sealer};
use yishi_web::nav::staff_nav;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// After so many days without a backup the page says so.
const STALE_DAYS: i64 = 7;

/// What is typed on the machine, in parts that stand on one line.
const COMMANDS: [&[&str]; 3] = [
    &["yishi backup", "--data DIR", "--to FILE", "--passphrase-file SECRET"],
    &["yishi restore FILE", "--data NEW", "--passphrase-file SECRET"],
    &["yishi ledger verify", "--data NEW"],
];

/// `GET /admin/records`
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let staff = cx.staff()?;
    if staff.actor.current(cx.now).all(|grant| grant.role != Role::Administrator) {
        return Err(Denied::Role { may: vec![Role::Administrator] }.into());
    }
    let (t, db) = (cx.locale, &cx.app.office.db);
    let last = backup::last(db).await?;
    let stale = last.as_ref().is_none_or(|made| made.at.plus_seconds(STALE_DAYS * 86_400) < cx.now);
    let lag = sealer::lag(db, cx.now).await?;
    let title = t.say("records-title");
    let steps = ["records-step-passphrase", "records-step-backup", "records-step-away", "records-step-try"];
    let main = html! {
        h1 { (title) }
        @if stale { div.notice.warn role="status" { p { (t.with("records-stale", &[("days", &STALE_DAYS)])) } } }
        h2 { (t.say("records-last")) }
        @match &last {
            None => (ui::empty(&t.say("records-none"))),
            Some(made) => (ui::facts(&[
                (t.say("records-at"), html! { (t.time(made.at)) }),
                (t.say("records-size"), html! { (t.with("records-megabytes", &[("count", &megabytes(made.size))])) }),
                (t.say("records-file"), html! { span.link-text { (made.file) } }),
                (t.say("records-expires"), html! { (t.time(made.expires)) }),
            ])),
        }
        h2 { (t.say("records-sealed")) }
        p { @if lag.entries == 0 { (t.say("records-sealed-all")) } @else {
            (t.with("records-sealed-lag", &[("count", &lag.entries), ("seconds", &lag.seconds)]))
        } }
        h2 { (t.say("records-how")) }
        p { (t.say("records-how-lead")) }
        ol { @for step in steps { li { (t.say(step)) } } }
        pre.commands { @for command in COMMANDS { code { @for part in command { span.whole { (part) } " " } } } }
        p { (t.say("records-erased")) }
    };
    let nav = staff_nav(&cx, staff);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: "/admin/records", title: &title, nav, width: Width::Narrow, main }.render())
}

/// Bytes as whole megabytes, and never none of them.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
