//! Matters that somebody looks for from a desk: by number, by the name or number of whoever raised
//! them, and by words. What the words mean is the office's, and who may read what is found is asked
//! of the domain.

use super::face::{Item, item, meta};
use maud::Markup;
use std::collections::BTreeSet;
use yishi_domain::matters::{Matter, MatterId, Rules};
use yishi_kernel::text::excerpt;
use yishi_kernel::{PlaceId, Stream as _, StreamName};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, matters, support_of};
use yishi_office::matters::repeats::times;
use yishi_office::matters::search::{Looking, SearchIn, hits};
use yishi_office::paging::PAGE;
use yishi_web::duty::Desk;
use yishi_web::finding::{Found, Quest};
use yishi_web::{Cx, Error};

/// Matters that are found.
pub async fn finds(cx: &Cx, desk: &Desk, quest: &Quest) -> Result<Found, Error> {
    let office = &cx.app.office;
    let (db, actor) = (&office.db, &desk.staff.actor);
    let looking = Looking::of(&quest.ledgers, &quest.asked.words, SearchIn::Entire);
    let sought = office.sought(&looking).await?;
    let (mut rows, mut behind, mut next) = (Vec::new(), quest.behind, None);
    // Those that this person may not read make no room for others.
    while rows.len() < PAGE {
        let found = hits(db, &quest.ledgers, SearchIn::Entire, &sought, behind, PAGE - rows.len()).await?;
        rows.extend(office.readable(actor, found.rows).await?);
        (behind, next) = (found.next, found.next);
        if behind.is_none() {
            break;
        }
    }
    let (mut numbered, mut reached) = (Vec::new(), Vec::new());
    if quest.behind.is_none() {
        let keys: Vec<(PlaceId, MatterId)> =
            quest.numbered.iter().filter_map(|(ledger, thing)| Some((*ledger, id_of(thing)?))).collect();
        numbered = office.readable(actor, matters(db, &keys).await?).await?;
        let by_contact = office.reached(actor, &quest.ledgers, &quest.typed).await?;
        reached = office.readable(actor, by_contact).await?;
    }
    // Each stands once, where it says most.
    let first: BTreeSet<MatterId> = numbered.iter().chain(&reached).map(|row| row.id).collect();
    rows.retain(|row| !first.contains(&row.id));
    Ok(Found {
        numbered: lines(cx, desk, &numbered, |_| None).await?,
        reached: lines(cx, desk, &reached, |_| None).await?,
        rows: lines(cx, desk, &rows, |_| None).await?,
        next,
    })
}

/// Matters as lines of a list of those who may read them, in their order: what was said, and before
/// it why it stands there.
pub(super) async fn lines(
    cx: &Cx,
    desk: &Desk,
    rows: &[Readable],
    why: impl Fn(&MatterRow) -> Option<String>,
) -> Result<Vec<Markup>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let db = &office.db;
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let texts = said(db, rows).await?;
    let supports = support_of(db, &keys).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    // A desk goes over many ledgers: it looks back as far as the rules that ship with the program.
    let rules = office.shipped_rules();
    let again = times(db, &rules.section::<Rules>().repeats, &keys).await?;
    let line = |row: &Readable| {
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let title = match texts.get(&row.id) {
            Some(text) => excerpt(text, 42),
            None => row.summary.clone().unwrap_or_else(|| t.say("desk-photo-only")),
        };
        let title = why(row).map_or_else(|| title.clone(), |why| format!("{why} — {title}"));
        let line = meta(row, supports.get(&row.id).copied().unwrap_or_default(), t);
        let meta = match again.get(&row.id) {
            Some(before) => format!("{} · {line}", t.with("repeats-nth", &[("times", &(before + 1))])),
            None => line,
        };
        let href = format!("/w/{slug}/{}", row.number);
        let (stage, next) = (row.stage, row.next);
        item(&Item { href: &href, title: &title, meta: &meta, stage, next, photo: None }, cx.now, t)
    };
    Ok(rows.iter().map(line).collect())
}

fn id_of(thing: &StreamName) -> Option<MatterId> {
    if thing.kind() == Matter::KIND { thing.id().parse().ok() } else { None }
}
