//! Promises as other pages show them: a line in a list, those of one meeting, and the entries of
//! one as sentences. No commands here.

use maud::{Markup, html};
use yishi_domain::meetings::MeetingId;
use yishi_domain::promises::{Event, Promise, PromiseId, PromiseStage};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Entry, Moment, PlaceId};
use yishi_office::ledgers::entries_of;
use yishi_office::paging::Key;
use yishi_office::people::capacities::Capacities;
use yishi_office::promises::reads::{PromiseRow, of_meeting};
use yishi_store::Db;
use yishi_web::texts::Locale;
use yishi_web::told::{Line, amended, public_entry};
use yishi_web::{Error, ui};

/// All promises made at a meeting, the oldest first.
///
/// # Errors
/// When the store fails.
pub async fn made_at(db: &Db, ledger: PlaceId, meeting: MeetingId) -> Result<Vec<PromiseRow>, Error> {
    let (mut made, mut after): (Vec<PromiseRow>, Option<Key<PromiseId>>) = (Vec::new(), None);
    loop {
        let page = of_meeting(db, ledger, meeting, after).await?;
        made.extend(page.rows);
        match page.next {
            Some(next) => after = Key::read(&next),
            None => return Ok(made),
        }
    }
}

/// Whether a promise is past its day, and nobody says that it is kept.
#[must_use]
pub fn late(row: &PromiseRow, now: Moment) -> bool {
    row.stage == PromiseStage::Open && row.day <= now
}

/// Where a promise stands, in words and colour.
#[must_use]
pub fn badge(row: &PromiseRow, now: Moment, t: Locale) -> Markup {
    let class = match row.stage {
        PromiseStage::Open if late(row, now) => "badge late",
        PromiseStage::Open | PromiseStage::Done => "badge wait",
        PromiseStage::Kept => "badge done",
        PromiseStage::Broken => "badge late",
    };
    let word = if late(row, now) { t.say("promise-late") } else { t.word(row.stage) };
    html! { span class=(class) { (word) } }
}

/// By when it is to be kept, and the days that it was given before.
#[must_use]
pub fn days(row: &PromiseRow, now: Moment, t: Locale) -> Markup {
    html! {
        @match row.stage {
            PromiseStage::Open => { (ui::due(row.day, now, t)) },
            _ => { (t.with("promise-by", &[("day", &t.brief(row.day.deadline_date()))])) },
        }
        @if row.renewals > 0 { " " (t.with("promise-renewed", &[("count", &row.renewals), ("day", &t.brief(row.first.deadline_date()))])) }
    }
}

/// A promise as a line of a list: what, who, by when, how it stands.
#[must_use]
pub fn item(row: &PromiseRow, href: &str, now: Moment, t: Locale) -> Markup {
    let class = match row.stage {
        PromiseStage::Open => ui::urgency(row.day, now),
        PromiseStage::Done => "calm",
        PromiseStage::Kept => "",
        PromiseStage::Broken => "late",
    };
    html! {
        li class={ "item " (class) } {
            h3 { a href=(href) { (row.what) } }
            (ui::bits("meta", &t.with("promise-meta", &[("body", &row.body_name), ("number", &row.number), ("date", &t.brief(row.made.date()))])))
            @if row.passed == Flag::Yes { p.meta { (t.say("promise-passed")) } }
            p.meta { (badge(row, now, t)) " " (days(row, now, t)) }
        }
    }
}

/// The promises of a meeting, as a part of its page. `base` is the link before their number.
#[must_use]
pub fn list(rows: &[PromiseRow], base: &str, now: Moment, t: Locale) -> Markup {
    html! {
        @if !rows.is_empty() {
            h2 #promises { (t.say("promises-title")) }
            ul.list { @for row in rows { (item(row, &format!("{base}{}", row.number), now, t)) } }
        }
    }
}

/// A promise as it was made, as a line of minutes.
#[must_use]
pub fn minuted(row: &PromiseRow, t: Locale) -> String {
    let day = t.day(row.first.deadline_date());
    t.with("minutes-promise", &[("body", &row.body_name), ("what", &row.what), ("day", &day)])
}

/// The entries of a promise as sentences.
///
/// # Errors
/// When the store fails.
pub async fn lines(db: &Db, row: &PromiseRow, t: Locale) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    let entries = entries_of(db, row.ledger, &row.id.into()).await?;
    let capacities = Capacities::of_entries(db, row.ledger, &entries).await?;
    for entry in entries {
        let said = public_entry::<Promise>(&entry)?;
        let line = |what| Line::told(entry.number, entry.at, capacities.of(&entry), what);
        let (what, quote) = match said.what {
            Entry::Own(event) => sentence(&event, &row.body_name, t),
            Entry::Amended(what) => (amended(&what, t), None),
        };
        lines.push(Line { quote, reworded: entry.reworded, ..line(what) });
    }
    Ok(lines)
}

/// What an entry says, and the text that it carries.
fn sentence(event: &Event, body: &str, t: Locale) -> (String, Option<String>) {
    let day = |due: &Moment| t.day(due.deadline_date());
    match event {
        Event::Made { what, due, .. } => {
            (t.with("told-promise-made", &[("body", &body), ("day", &day(due))]), Some(what.to_string()))
        }
        Event::Renewed { reason, due } => {
            (t.with("told-promise-renewed", &[("day", &day(due))]), Some(reason.to_string()))
        }
        Event::Done { note, due, .. } => {
            (t.with("told-promise-done", &[("day", &day(due))]), Some(note.to_string()))
        }
        Event::Urged { how } => (t.word(*how), None),
        Event::Kept {} => (t.say("told-promise-kept"), None),
        Event::Broken { reason } => (t.say("told-promise-broken"), Some(reason.to_string())),
        Event::PassedOn { why } => (t.with("told-promise-passed", &[("why", &t.word(*why))]), None),
    }
}
