//! Replies to what came by a sheet (工单回复): each ticket under its number with what became of it, in the
//! columns in which hotlines take replies back. Who called is not in it.

use super::hand_in::Here;
use crate::matters::face::category;
use crate::matters::face::chain::Chain;
use axum::extract::Path;
use axum::response::Response;
use maud::Markup;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::MatterId;
use yishi_kernel::{PlaceId, StreamName};
use yishi_office::ledgers::entries_of_all;
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, Ticket, matters, tickets};
use yishi_office::people::capacities::Capacities;
use yishi_spreadsheet::write::{Cell, Column, Head, Writing};
use yishi_web::exports::{count, links, minute, send, wanted};
use yishi_web::{Cx, Error};

/// The columns, each with its width in characters.
const COLUMNS: [(&str, u16); 10] = [
    ("replies-source", 8),
    ("replies-ticket", 10),
    ("replies-raised", 9),
    ("replies-category", 8),
    ("replies-said", 30),
    ("replies-number", 5),
    ("replies-stage", 6),
    ("replies-holder", 12),
    ("replies-answer", 30),
    ("replies-answered", 9),
];

/// The links to it.
pub(super) fn ways(cx: &Cx, slug: &str) -> Markup {
    links(|form| format!("/w/{slug}/import/replies/tickets.{}", form.ending()), cx)
}

/// `GET /w/{slug}/import/replies/{name}`
///
/// # Errors
/// When this person does not import there, or there is no such file.
pub async fn serve(cx: Cx, Path((slug, name)): Path<(String, String)>) -> Result<Response, Error> {
    let here = Here::open(&cx, &slug).await?;
    let (word, form) = wanted(&name)?;
    if word != "tickets" {
        return Err(Error::NotFound);
    }
    let t = cx.locale;
    let head = Head {
        title: format!("{}{}{}", here.at.name, t.pick("", ": "), t.say("replies-title")),
        lines: vec![t.with("export-made", &[("time", &t.time(cx.now))])],
        columns: COLUMNS.iter().map(|(key, width)| Column::new(t.say(key), *width)).collect(),
    };
    let mut writing = Writing::begin(form, &head)?;
    let (db, ledger) = (&cx.app.office.db, here.ledger.ledger);
    let mut after = String::new();
    loop {
        let some = tickets(db, ledger, &after).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.source);
        rows(&cx, &here, &some, &mut writing).await?;
    }
    send(&cx, form, &head, writing).await
}

/// Some tickets with the matters that carry them.
async fn rows(cx: &Cx, here: &Here, some: &[Ticket], out: &mut Writing) -> Result<(), Error> {
    let (t, office, ledger) = (cx.locale, &cx.app.office, here.ledger.ledger);
    let rules = cx.rules(ledger).await?;
    let keys: Vec<(PlaceId, MatterId)> = some
        .iter()
        .flat_map(|one| [(ledger, one.id), (ledger, one.root)])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let all = matters(&office.db, &keys).await?;
    let roots: BTreeMap<MatterId, MatterRow> = all.iter().map(|row| (row.id, row.clone())).collect();
    // What is about whoever looks stays out, as everywhere.
    let own: Vec<Readable> = office.readable(&here.staff.actor, all).await?;
    let texts = said(&office.db, &own).await?;
    let own: BTreeSet<MatterId> = own.iter().map(|one| one.id).collect();
    let streams: Vec<StreamName> =
        some.iter().map(|one| one.root.into()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut entries = entries_of_all(&office.db, ledger, &streams).await?;
    let capacities = Capacities::of_entries(&office.db, ledger, entries.values().flatten()).await?;
    let read = streams.iter().map(|stream| (entries.remove(stream).unwrap_or_default(), BTreeSet::new()));
    let chains = Chain::public(&office.db, ledger, &capacities, read).await?;
    let chains: BTreeMap<&StreamName, &Chain> = streams.iter().zip(&chains).collect();
    for one in some.iter().filter(|one| own.contains(&one.id)) {
        let root = StreamName::from(one.root);
        let (Some(row), Some(chain)) = (roots.get(&one.root), chains.get(&root)) else { continue };
        let (source, ticket) = one.source.split_once('/').unwrap_or(("", &one.source));
        // What had no number of its own goes by what it says.
        let ticket = if ticket.starts_with('#') { "" } else { ticket };
        let holder = chain.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &here.at.name)]));
        out.row(&[
            Cell::text(source),
            Cell::text(ticket),
            minute(one.raised),
            Cell::text(category(&rules, &row.category, t)),
            Cell::text(texts.get(&one.id).cloned().unwrap_or_default()),
            count(row.number),
            Cell::text(t.word(row.stage)),
            Cell::text(holder),
            Cell::or_empty(chain.answer().map(|answer| Cell::text(answer.text))),
            Cell::or_empty(row.answered.map(minute)),
        ])?;
    }
    Ok(())
}
