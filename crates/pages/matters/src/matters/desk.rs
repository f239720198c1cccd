//! Matters on a desk: those held, those late where one steers, and those in which words were
//! said. What stands there is read here; who may read it is asked of the domain.

use super::face::{Item, item, meta};
use std::collections::BTreeSet;
use yishi_domain::matters::{Matter, MatterId, Rules};
use yishi_kernel::text::excerpt;
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, SearchIn, find, matters, support_of};
use yishi_office::matters::repeats::times;
use yishi_web::duty::{Asked, Desk, Lane, Need, keys};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// More matters than a desk shows, which then says so.
const MOST: usize = 101;

/// Matters on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let office = &cx.app.office;
    let (db, actor) = (&office.db, &desk.staff.actor);
    if let Asked::Words(words) = &desk.asked {
        let mut rows = Vec::new();
        for ledger in &desk.steered.ledgers {
            let mut below = None;
            // Those that this person may not read make no room for others.
            while rows.len() < MOST {
                let hits = find(db, *ledger, words, SearchIn::Entire, below, MOST).await?;
                rows.extend(office.readable(actor, hits.rows).await?);
                below = hits.next;
                if below.is_none() {
                    break;
                }
            }
        }
        let found = rows.iter().map(|row| row.id).collect();
        return listed(cx, desk, rows, &found).await;
    }
    let held: BTreeSet<(PlaceId, MatterId)> = keys(desk.waiting());
    // Whoever steers a place sees what is late there, whoever holds it.
    let late = desk.late(Matter::KIND);
    let all: BTreeSet<_> = held.iter().copied().chain(keys(&late)).collect();
    let rows = office.readable(actor, matters(db, &Vec::from_iter(all)).await?).await?;
    listed(cx, desk, rows, &held.into_iter().map(|(_, id)| id).collect()).await
}

/// Why a matter is on this desk.
fn reason(row: &MatterRow, held: &BTreeSet<MatterId>, late: &str, t: Locale) -> String {
    match row.next {
        Some((step, _)) if held.contains(&row.id) => t.word(step),
        _ => t.say(late),
    }
}

async fn listed(
    cx: &Cx,
    desk: &Desk,
    mut rows: Vec<Readable>,
    held: &BTreeSet<MatterId>,
) -> Result<Vec<Need>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let db = &office.db;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let texts = said(db, &rows).await?;
    let supports = support_of(db, &keys).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    // A desk goes over many ledgers: it looks back as far as the rules that ship with the program.
    let rules = office.shipped_rules();
    let again = times(db, &rules.section::<Rules>().repeats, &keys).await?;
    let mut needs = Vec::new();
    for row in rows {
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let title = match texts.get(&row.id) {
            Some(text) => excerpt(text, 42),
            None => row.summary.clone().unwrap_or_else(|| t.say("desk-photo-only")),
        };
        let support = supports.get(&row.id).copied().unwrap_or_default();
        let view = item(
            &Item {
                href: &format!("/w/{slug}/{}", row.number),
                title: &format!("{} — {title}", reason(&row, held, desk.overdue(row.ledger), t)),
                meta: &match again.get(&row.id) {
                    Some(before) => format!(
                        "{} · {}",
                        t.with("repeats-nth", &[("times", &(before + 1))]),
                        meta(&row, support, t)
                    ),
                    None => meta(&row, support, t),
                },
                stage: row.stage,
                next: row.next,
                photo: None,
            },
            cx.now,
            t,
        );
        needs.push(Need { lane: Lane::Usual, due: row.next.map(|(_, due)| due), number: row.number, view });
    }
    Ok(needs)
}
