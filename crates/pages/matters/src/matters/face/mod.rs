//! A matter (事项) as other features show it: its row by number, its headline for everyone, its
//! line in a list, the road it goes; its chain, its receipts and who speaks are in files of
//! their own. What was said in private is not read here.

pub mod chain;
pub mod printed;
pub mod receipt;
pub mod repeats;
pub mod speaker;

use maud::{Markup, html};
use yishi_domain::matters::{self, Rules, StageKind, Step};
use yishi_kernel::{Moment, Pack};
use yishi_office::matters::reads::{MatterRow, Support, matter_by_number};
use yishi_office::papers::Numbered;
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::{GATHERED, topics_of};
use yishi_web::feature::Beside;
use yishi_web::numbers::{called, entry};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error, ui};

/// A matter's row by number, with the ledger it is in.
pub async fn row_of(cx: &Cx, slug: &str, number: i64) -> Result<(LedgerRow, MatterRow), Error> {
    let ledger = cx.ledger(slug).await?;
    let db = &cx.app.office.db;
    let row = matter_by_number(db, ledger.ledger, number).await?.ok_or(Error::NotFound)?;
    Ok((ledger, row))
}

/// The headline of a matter for everyone: the confirmed summary or, until there is one, only
/// what it is about.
#[must_use]
pub fn headline(rules: &Pack, row: &MatterRow, t: Locale) -> String {
    match &row.summary {
        Some(summary) => summary.clone(),
        None if row.category.is_empty() => t.say("board-new"),
        None => {
            let category = category(rules, &row.category, t);
            t.with("board-unconfirmed", &[("category", &category)])
        }
    }
}

/// What matters can be about, as choices of a form.
#[must_use]
pub fn categories(rules: &Pack, t: Locale) -> Vec<(String, String)> {
    let choice = |one: &matters::Category| (one.code.0.clone(), category(rules, &one.code.0, t));
    rules.section::<Rules>().categories.iter().map(choice).collect()
}

/// Links to the topics that took a matter up. `base` is the link before their number.
pub async fn topics(cx: &Cx, matter: &Beside<'_>, base: &str) -> Result<Markup, Error> {
    let Some(id) = matter.matter_with(&GATHERED) else { return Ok(html! {}) };
    let topics = topics_of(&cx.app.office.db, matter.ledger.ledger, id).await?;
    let numbers = cx.numbers(topics.iter().map(Numbered::key)).await?;
    let t = cx.locale;
    Ok(html! {
        @for topic in &topics {
            p { a href={ (base) (topic.number) } { (t.with("topic-of-matter", &[("paper", &called(&numbers, topic, t)), ("title", &topic.title)])) } " " span.soft.small { (entry(topic.number, t)) } }
        }
    })
}

/// Where it is, with the compound: each has a 3号楼.
#[must_use]
pub fn spot(row: &MatterRow) -> String {
    if row.around_name == row.place_name || row.around_name.is_empty() {
        row.place_name.clone()
    } else {
        format!("{} {}", row.around_name, row.place_name)
    }
}

/// Number, place, date and how many stand behind a matter, parted as [`ui::bits`] reads them.
#[must_use]
pub fn meta(row: &MatterRow, support: Support, t: Locale) -> String {
    let place = spot(row);
    let total = support.others + support.households;
    t.with(
        if row.meeting.is_some() { "board-meta-floor" } else { "board-meta" },
        &[
            ("number", &row.number),
            ("place", &place),
            ("date", &t.brief(row.raised.date())),
            ("count", &total),
        ],
    )
}

/// What a category is called; matters not sorted yet have none.
#[must_use]
pub fn category(rules: &Pack, code: &str, t: Locale) -> String {
    match rules.section::<Rules>().category(code) {
        Some(category) => t.said(&category.zh, &category.en),
        None => t.say("category-none"),
    }
}

/// Where a matter stands, in words and colour.
#[must_use]
pub fn stage_badge(kind: StageKind, t: Locale) -> Markup {
    let class = match kind {
        StageKind::Raised | StageKind::Answered => "badge wait",
        StageKind::InHand => "badge",
        StageKind::Closed | StageKind::Merged => "badge done",
    };
    html! { span class=(class) { (t.word(kind)) } }
}

/// One entry of a list of matters.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its link.
    pub href: &'a str,
    /// Its headline.
    pub title: &'a str,
    /// Where, what about, how many stand behind it.
    pub meta: &'a str,
    /// Where it stands.
    pub stage: StageKind,
    /// What comes next and by when, where that matters.
    pub next: Option<(Step, Moment)>,
    /// Link of a small photo.
    pub photo: Option<&'a str>,
}

/// A matter in a list.
#[must_use]
pub fn item(item: &Item, now: Moment, t: Locale) -> Markup {
    item_with(item, &html! {}, &html! {}, now, t)
}

/// The same with a box to tick before it, and what is said of it at its end.
#[must_use]
pub fn item_with(item: &Item, tick: &Markup, more: &Markup, now: Moment, t: Locale) -> Markup {
    let class = item.next.map_or("", |(_, due)| ui::urgency(due, now));
    let ticked = if tick.0.is_empty() { "" } else { "ticked" };
    html! {
        li class={ "item " (class) " " (ticked) } {
            (tick)
            h2 { a href=(item.href) { (item.title) } }
            @if let Some(photo) = item.photo { img.thumb src=(photo) alt="" width="83" height="83" loading="lazy"; }
            (ui::bits("meta", item.meta))
            p.meta {
                (stage_badge(item.stage, t)) " "
                @if let Some((_, at)) = item.next { (ui::due(at, now, t)) }
            }
            (more)
        }
    }
}

/// Whether a box is ticked from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// The box by which a matter is one of many.
#[must_use]
pub fn tick(slug: &str, row: &MatterRow, tick: Tick, t: Locale) -> Markup {
    let name = t.with("many-tick", &[("number", &row.number)]);
    html! {
        label.tick {
            input type="checkbox" name="one" value={ (slug) "/" (row.number) } aria-label=(name) checked[tick == Tick::On];
        }
    }
}

/// The road from raising to closing, and how far along it is.
#[must_use]
pub fn steps(stage: StageKind, t: Locale) -> Markup {
    const ROAD: [(&str, usize); 5] =
        [("road-raise", 0), ("road-triage", 1), ("road-do", 2), ("road-evaluate", 3), ("road-close", 4)];
    let at = match stage {
        StageKind::Raised | StageKind::Merged => 1,
        StageKind::InHand => 2,
        StageKind::Answered => 3,
        StageKind::Closed => 5,
    };
    html! {
        ol.steps aria-label=(t.say("road-label")) {
            @for (key, n) in ROAD {
                li.done[n < at] aria-current=[(n == at).then_some("step")] { (t.say(key)) }
            }
        }
    }
}
