//! What waits for those who keep accounts: what a second administrator confirms, desks at which
//! nobody works, and what is not set up yet.

use super::changes::ledgers_of;
use super::{checklist, desks};
use crate::account::face::named;
use yishi_domain::people::Asked;
use yishi_kernel::access::roles::KEEPERS;
use yishi_office::people::reads::asked;
use yishi_web::duty::{self, Asked as Wanted, Desk, Lane, Need};
use yishi_web::{Cx, Error, ui};

/// The changes of accounts that this person can confirm.
pub(super) async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    if matches!(desk.asked, Wanted::Words(_)) {
        return Ok(Vec::new());
    }
    let t = cx.locale;
    let ledgers = ledgers_of(cx, &desk.staff.actor, |role| KEEPERS.has(role)).await?;
    let rows = asked(&cx.app.office.db, &ledgers, cx.now).await?;
    let rows: Vec<_> = rows.into_iter().filter(|row| row.by != desk.staff.actor.account).collect();
    let names = named(cx, rows.iter().filter_map(|row| row.by)).await?;
    let mut needs = desks::needs(cx, desk).await?;
    needs.extend(checklist::needs(cx, desk).await?);
    needs.extend(rows.iter().map(|row| {
        let due = row.at.plus_seconds(Asked::SECONDS);
        let link = format!("/admin/places/{}/people", row.ledger);
        let what = row.capacity().map_or_else(String::new, |one| ui::capacity(one, t));
        let by = row.by.and_then(|by| names.get(&by)).map_or("—", String::as_str);
        let meta = format!("{} {what} · {}", t.word(row.asked), t.with("account-by", &[("name", &by)]));
        let view = duty::entry(&link, &t.say("people-asked"), &row.name, &meta, due, cx);
        Need { due: Some(due), ..Need::plain(Lane::Rest, row.at.0, view) }
    }));
    Ok(needs)
}
