//! A gathering as pages and lists show it: what it is called, who came, what its lines became, and
//! the matters of its record. No commands here.

use crate::matters::face::{Item, headline, item, meta};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::gatherings::{GatheringStage, Recorded};
use yishi_domain::matters::MatterId;
use yishi_kernel::Pack;
use yishi_office::gatherings::reads::GatheringRow;
use yishi_office::matters::reads::{MatterRow, matters, support};
use yishi_web::places::spot;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error, ui};

/// What a gathering is called: its form, and where it is.
///
/// # Errors
/// When its place is unknown.
pub async fn name(cx: &Cx, row: &GatheringRow) -> Result<String, Error> {
    let place = place(cx, row).await?;
    Ok(cx.locale.with("gathering-name", &[("form", &cx.locale.word(row.form)), ("place", &place)]))
}

/// Where it is, with the words for where exactly.
///
/// # Errors
/// When its place is unknown.
pub async fn place(cx: &Cx, row: &GatheringRow) -> Result<String, Error> {
    let place = spot(cx, row.place).await?;
    Ok(match &row.spot {
        Some(spot) => cx.locale.with("gathering-spot-at", &[("place", &place), ("spot", spot)]),
        None => place,
    })
}

/// How many came and who for the most part, as far as that is known.
#[must_use]
pub fn who(row: &GatheringRow, t: Locale) -> Option<String> {
    let people = row.people.map(|count| t.with("gathering-count", &[("count", &count)]));
    let mostly = row.mostly.map(|mostly| t.word(mostly));
    let parts: Vec<String> = people.into_iter().chain(mostly).collect();
    (!parts.is_empty()).then(|| parts.join(&t.say("gathering-comma")))
}

/// What its lines became, as numbers.
#[must_use]
pub fn counts(row: &GatheringRow, t: Locale) -> String {
    let all = [
        ("gathering-count-matters", row.raised),
        ("gathering-count-known", row.known),
        ("gathering-count-thanks", row.thanks),
        ("gathering-count-private", row.private),
    ];
    let some = all.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(key, count)| t.with(key, &[("count", &count)])).collect::<Vec<_>>().join(" · ")
}

/// Whether it is still to come.
fn lies_ahead(cx: &Cx, row: &GatheringRow) -> bool {
    row.stage == GatheringStage::Open && row.starts > cx.now
}

/// Where it stands, in words and colour.
#[must_use]
pub fn badge(cx: &Cx, row: &GatheringRow) -> Markup {
    let t = cx.locale;
    if lies_ahead(cx, row) {
        return html! { span.badge { (t.say("gathering-ahead")) } };
    }
    let class = match row.stage {
        GatheringStage::Open => "badge wait",
        GatheringStage::Recorded => "badge done",
        GatheringStage::CalledOff => "badge",
    };
    html! { span class=(class) { (t.word(row.stage)) } }
}

/// What is said before those who came, or are to come.
#[must_use]
pub fn who_label(cx: &Cx, row: &GatheringRow) -> String {
    cx.locale.say(if lies_ahead(cx, row) { "gathering-who-ahead" } else { "gathering-who" })
}

/// Gatherings as a list, each at its link: `front` is what stands before its number.
///
/// # Errors
/// When the store fails.
pub async fn items(
    cx: &Cx,
    rows: &[GatheringRow],
    front: impl Fn(&GatheringRow) -> String,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let mut names = Vec::with_capacity(rows.len());
    for row in rows {
        names.push(name(cx, row).await?);
    }
    Ok(html! { ul.list { @for (row, name) in rows.iter().zip(&names) { li.item.calm {
        h2 { a href={ (front(row)) (row.number) } { (name) } }
        (ui::bits("meta", &[Some(t.brief_time(row.starts)), who(row, t)].into_iter().flatten().collect::<Vec<_>>().join(" · ")))
        @match row.stage {
            GatheringStage::Recorded => (ui::bits("meta", &counts(row, t))),
            GatheringStage::Open | GatheringStage::CalledOff => p.meta { (badge(cx, row)) },
        }
    } } } })
}

/// The matters of a record, by how they stand in it.
#[derive(Debug, Default)]
pub struct Matters {
    /// Raised there.
    pub raised: Vec<MatterRow>,
    /// Known already.
    pub known: Vec<MatterRow>,
}

impl Matters {
    /// Those of a record, in the order of its lines.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(cx: &Cx, row: &GatheringRow, record: &Recorded) -> Result<Self, Error> {
        let raised: Vec<MatterId> = record.raised.iter().map(|one| one.matter).collect();
        let mut known: Vec<MatterId> = Vec::new();
        for one in &record.known {
            if !known.contains(&one.matter) {
                known.push(one.matter);
            }
        }
        let keys: Vec<_> = raised.iter().chain(&known).map(|id| (row.ledger, *id)).collect();
        let found = matters(&cx.app.office.db, &keys).await?;
        let found: BTreeMap<MatterId, MatterRow> = found.into_iter().map(|row| (row.id, row)).collect();
        let rows = |ids: &[MatterId]| ids.iter().filter_map(|id| found.get(id).cloned()).collect();
        Ok(Self { raised: rows(&raised), known: rows(&known) })
    }
}

/// Matters as everyone may know them, with where they stand now.
///
/// # Errors
/// When the store fails.
pub async fn standing(cx: &Cx, rules: &Pack, rows: &[MatterRow], front: &str) -> Result<Markup, Error> {
    let Some(first) = rows.first() else { return Ok(html! {}) };
    let (t, ids) = (cx.locale, rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let supports = support(&cx.app.office.db, first.ledger, &ids).await?;
    Ok(html! { ul.list { @for row in rows {
        (item(&Item {
            href: &format!("{front}{}", row.number),
            title: &headline(rules, row, t),
            meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
            stage: row.stage,
            next: row.next,
            photo: None,
        }, cx.now, t))
    } } })
}
