//! Matters that somebody looks for from a desk: by number, by the name or number of whoever raised
//! them, and by words. What the words mean is the office's, and who may read what is found is asked
//! of the domain.

use super::face::{Item, Tick, category, item_with, meta, tick};
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::matters::{Matter, MatterId, Rules, StageKind};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Pack, PlaceId, Stream as _, StreamName};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{MatterRow, matters, support_of};
use yishi_office::matters::repeats::{COUNTED, times};
use yishi_office::matters::search::{Looking, SearchIn, hits};
use yishi_office::paging::PAGE;
use yishi_web::duty::Desk;
use yishi_web::finding::{Found, Quest};
use yishi_web::texts::Locale;
use yishi_web::urging::{Standing, badges};
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
        // A look is recorded once, however often the same form comes.
        let by_contact = cx.office().of_each_content().reached(actor, &quest.ledgers, &quest.typed).await?;
        reached = office.readable(actor, by_contact).await?;
    }
    // Each stands once, where it says most.
    let first: BTreeSet<MatterId> = numbered.iter().chain(&reached).map(|row| row.id).collect();
    rows.retain(|row| !first.contains(&row.id));
    Ok(Found {
        numbered: lines(cx, desk, &numbered, Ticks::None, |_| None).await?,
        reached: lines(cx, desk, &reached, Ticks::None, |_| None).await?,
        rows: lines(cx, desk, &rows, Ticks::None, |_| None).await?,
        next,
    })
}

/// Whether the lines of a list can be ticked, for what is done to many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ticks {
    /// They can.
    Offered,
    /// It is a list to read.
    None,
}

/// Matters as lines of a list of those who may read them, in their order: what was said, and before
/// it why it stands there.
pub(super) async fn lines(
    cx: &Cx,
    desk: &Desk,
    rows: &[Readable],
    ticks: Ticks,
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
            Some(&(COUNTED..)) => format!("{} · {line}", t.with("repeats-often", &[("times", &COUNTED)])),
            Some(before) => format!("{} · {line}", t.with("repeats-nth", &[("times", &(before + 1))])),
            None => line,
        };
        let page = format!("/w/{slug}/{}", row.number);
        let photo = row.matter().photos.first().map(|photo| format!("{page}/photo/{}?small", photo.0));
        let href = desk.leads(&page);
        let (stage, next) = (row.stage, row.next);
        let (tick, more) = match ticks {
            Ticks::None => (html! {}, badges(&row.matter().urged, t)),
            Ticks::Offered => {
                let said = texts.get(&row.id).map_or("", String::as_str);
                let standing = Standing::of(row.matter(), &desk.staff.actor, row.resource(), cx.now);
                let more = html! {
                    (badges(&row.matter().urged, t))
                    (standing.button(&page, &title, t))
                    (proposed(&rules, row, said, t))
                };
                (tick(slug, row, Tick::Off, t), more)
            }
        };
        let item = Item { href: &href, title: &title, meta: &meta, stage, next, photo: photo.as_deref() };
        item_with(&item, &tick, &more, cx.now, t)
    };
    Ok(rows.iter().map(line).collect())
}

/// What a matter that nobody has sorted is likely about, and by which word.
fn proposed(rules: &Pack, row: &MatterRow, said: &str, t: Locale) -> Markup {
    let found = rules.section::<Rules>().proposed(said).filter(|_| row.stage == StageKind::Raised);
    html! {
        @if let Some(found) = found.filter(|found| found.category.0 != row.category) {
            p.meta { (t.with("propose-category", &[
                ("category", &category(rules, &found.category.0, t)), ("word", &found.word),
            ])) }
        }
    }
}

fn id_of(thing: &StreamName) -> Option<MatterId> {
    if thing.kind() == Matter::KIND { thing.id().parse().ok() } else { None }
}
