//! Matters on a desk: those held, and those late where one steers. What stands there is read here;
//! who may read it is asked of the domain.

use super::face::{category, spot};
use super::finds::{Ticks, lines};
use maud::Markup;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{Matter, MatterId, Step};
use yishi_kernel::{AccountId, OrganisationId, PlaceId, Sealed, Stream as _};
use yishi_office::matters::readable::Readable;
use yishi_office::matters::reads::{MatterRow, matters, to_contact};
use yishi_office::people::reads::{names, some as organisations};
use yishi_web::duty::{Asked, Desk, Lane, Need, keys};
use yishi_web::texts::Locale;
use yishi_web::urging::Standing;
use yishi_web::{Cx, Error};

/// Matters on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let office = &cx.app.office;
    let (db, actor) = (&office.db, &desk.staff.actor);
    if let Asked::Words(_) = desk.asked {
        return Ok(Vec::new());
    }
    let held: BTreeSet<(PlaceId, MatterId)> = keys(desk.waiting());
    // Whoever steers a place sees what is late or due soon there, whoever holds it.
    let late = desk.elsewhere(Matter::KIND);
    let all: BTreeSet<_> = held.iter().copied().chain(keys(&late)).collect();
    let rows = office.readable(actor, matters(db, &Vec::from_iter(all)).await?).await?;
    listed(cx, desk, rows, &held.into_iter().map(|(_, id)| id).collect()).await
}

/// Why a matter is on this desk.
fn reason(
    row: &MatterRow,
    held: &BTreeSet<MatterId>,
    first: &BTreeSet<MatterId>,
    desk: &Desk,
    t: Locale,
) -> Option<String> {
    let (step, due) = row.next?;
    let own = held.contains(&row.id);
    Some(if own && first.contains(&row.id) {
        t.say("step-contact-first")
    } else if own {
        t.word(step)
    } else {
        t.say(desk.with_others(row.ledger, due))
    })
}

/// In which list of the desk it stands.
fn lane(row: &Readable, held: &BTreeSet<MatterId>, desk: &Desk, cx: &Cx) -> Lane {
    match row.next {
        Some((step, _)) if held.contains(&row.id) => match step {
            Step::Triage => Lane::Sort,
            Step::Answer => Lane::Answer,
            Step::Close => Lane::CallBack,
        },
        _ => Standing::of(row.matter(), &desk.staff.actor, row.resource(), cx.now).lane(),
    }
}

async fn listed(
    cx: &Cx,
    desk: &Desk,
    mut rows: Vec<Readable>,
    held: &BTreeSet<MatterId>,
) -> Result<Vec<Need>, Error> {
    rows.sort_by_key(|row| (row.ledger, row.number));
    let t = cx.locale;
    // What is done first is named first, and nothing waits for it.
    let own = rows.iter().filter(|row| held.contains(&row.id)).map(|row| (row.ledger, row.id));
    let first = to_contact(&cx.app.office.db, &own.collect::<Vec<_>>()).await?;
    let why = |row: &MatterRow| reason(row, held, &first, desk, t);
    let ticks = if desk.steered.ledgers.is_empty() { Ticks::None } else { Ticks::Offered };
    let views = lines(cx, desk, &rows, ticks, why).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let rules = cx.app.office.shipped_rules();
    let holders = holders(cx, &rows, held).await?;
    let need = |(row, view): (&Readable, Markup)| {
        let page = format!("/w/{}/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let about = Some(&row.category).filter(|code| !code.is_empty());
        let need = Need {
            due: row.next.map(|(_, due)| due),
            href: Some(page),
            ..Need::plain(lane(row, held, desk, cx), row.number, view)
        }
        .lying(spot(row))
        .held_by(holders.get(&row.id).cloned())
        .about(about.map(|code| category(&rules, code, t)));
        // Others' haste is theirs.
        if held.contains(&row.id) { need.hurried(&row.matter().urged) } else { need }
    };
    Ok(rows.iter().zip(views).map(need).collect())
}

/// Who holds those that are late with others: bodies and people by their names.
async fn holders(
    cx: &Cx,
    rows: &[Readable],
    held: &BTreeSet<MatterId>,
) -> Result<BTreeMap<MatterId, String>, Error> {
    let db = &cx.app.office.db;
    let others: Vec<&Readable> = rows.iter().filter(|row| !held.contains(&row.id)).collect();
    let person = |row: &Readable| row.matter().person.as_ref().and_then(Sealed::get).copied();
    let bodies: BTreeSet<OrganisationId> =
        others.iter().filter_map(|row| row.matter().holder.organisation()).collect();
    let people: BTreeSet<AccountId> = others.iter().filter_map(|row| person(row)).collect();
    let bodies = organisations(db, &Vec::from_iter(bodies)).await?;
    let people = names(db, &Vec::from_iter(people)).await?;
    let name = |row: &Readable| match (row.matter().holder.organisation(), person(row)) {
        (Some(body), _) => bodies.iter().find(|one| one.id == body).map(|one| one.name.clone()),
        (None, Some(id)) => people.iter().find(|one| one.id == id).map(|one| one.name.clone()),
        (None, None) => None,
    };
    Ok(others.into_iter().filter_map(|row| Some((row.id, name(row)?))).collect())
}
