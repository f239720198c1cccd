//! What happened to accounts, as a list: on the person's own page, and for those above.

use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::AccountId;
use yishi_office::people::reads::{ChangeRow, names};
use yishi_web::{Cx, Error, ui};

/// Whether each line says whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// It does.
    Yes,
    /// All are one person's.
    No,
}

/// The names of some people.
///
/// # Errors
/// When the store fails.
pub async fn named(
    cx: &Cx,
    ids: impl Iterator<Item = AccountId>,
) -> Result<BTreeMap<AccountId, String>, Error> {
    let ids: Vec<AccountId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    let rows = names(&cx.app.office.db, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What happened to accounts: each with when, what and by whom.
///
/// # Errors
/// When the store fails.
pub async fn changes(cx: &Cx, rows: &[ChangeRow], whose: Named) -> Result<Markup, Error> {
    let t = cx.locale;
    let names = named(cx, rows.iter().filter_map(|row| row.by)).await?;
    Ok(html! {
        @if rows.is_empty() { (ui::empty(&t.say("account-no-changes"))) }
        ul.list { @for row in rows { li.item {
            p {
                @if whose == Named::Yes { strong { (row.name) } " " }
                (t.word(row.what))
                @if let Some(role) = row.role { " " span.badge { (ui::role(role, t)) } }
            }
            p.meta {
                (row.at.minute()) " · "
                @match row.by {
                    Some(who) if row.id == Some(who) => (t.say("account-by-self")),
                    Some(who) => (t.with("account-by", &[("name", &names.get(&who).map_or("—", String::as_str))])),
                    None => (t.say("account-by-machine")),
                }
            }
        } } }
    })
}
