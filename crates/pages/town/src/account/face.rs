//! What happened to accounts, as a list: on the person's own page, and for those above.

use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::AccountId;
use yishi_office::people::reads::{ChangeRow, names};
use yishi_web::{Cx, Error, ui};

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

/// What happened to one person's account: each with when, what and by whom.
///
/// # Errors
/// When the store fails.
pub async fn changes(cx: &Cx, rows: &[ChangeRow]) -> Result<Markup, Error> {
    let names = named(cx, rows.iter().filter_map(|row| row.by)).await?;
    Ok(html! {
        @if rows.is_empty() { (ui::empty(&cx.locale.say("account-no-changes"))) }
        (list(cx, rows, &names))
    })
}

/// What happened to several, account by account, folded: the one that was touched last comes first.
///
/// # Errors
/// When the store fails.
pub async fn changes_by_account(cx: &Cx, rows: &[ChangeRow]) -> Result<Markup, Error> {
    let t = cx.locale;
    let names = named(cx, rows.iter().filter_map(|row| row.by)).await?;
    let mut accounts: Vec<Vec<&ChangeRow>> = Vec::new();
    for row in rows {
        // Those who were erased have no id, and no name either.
        match accounts.iter_mut().find(|one| one.iter().all(|other| other.id == row.id)) {
            Some(account) => account.push(row),
            None => accounts.push(vec![row]),
        }
    }
    Ok(html! {
        @if rows.is_empty() { (ui::empty(&t.say("account-no-changes"))) }
        @for account in &accounts {
            @if let [last, ..] = account[..] {
                details.listed {
                    summary { span {
                        (last.name)
                        span.meta { (t.brief(last.at.date())) " · " (t.with("account-count", &[("count", &account.len())])) }
                    } }
                    (list(cx, account.iter().copied(), &names))
                }
            }
        }
    })
}

fn list<'a>(
    cx: &Cx,
    rows: impl IntoIterator<Item = &'a ChangeRow>,
    names: &BTreeMap<AccountId, String>,
) -> Markup {
    let t = cx.locale;
    html! {
        ul.list { @for row in rows { li.item {
            p {
                (t.word(row.what))
                @if let Some(one) = row.capacity() { " " span.badge { (ui::capacity(one, t)) } }
            }
            p.meta {
                (t.brief_time(row.at)) " · "
                @match row.by {
                    Some(who) if row.id == Some(who) => (t.say("account-by-self")),
                    Some(who) => (t.with("account-by", &[("name", &names.get(&who).map_or("—", String::as_str))])),
                    None => (t.say("account-by-machine")),
                }
            }
        } } }
    }
}
