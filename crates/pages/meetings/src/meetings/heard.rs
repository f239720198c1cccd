//! What was raised from the floor of a meeting (会上提出): the matters by number, for its pages
//! and its minutes. They are sorted like any other and stand on no agenda; their own pages say
//! what becomes of them.

use super::face::Entry;
use maud::{Markup, html};
use yishi_domain::matters::{self, CategoryCode, Matter};
use yishi_domain::meetings::{Event, MeetingId};
use yishi_kernel::{Entry as Said, Moment, Pack, PlaceId};
use yishi_office::ledgers::entries_of;
use yishi_office::matters::reads::{MatterRow, from_floor};
use yishi_office::paging::Key;
use yishi_pages_matters::matters::face::{category, headline, stage_badge};
use yishi_web::texts::Locale;
use yishi_web::told::public_entry;
use yishi_web::{Cx, Error, ui};

/// A matter raised from the floor.
#[derive(Clone, Debug)]
pub struct Heard {
    /// As listed.
    pub row: MatterRow,
    /// What it was about by the end of the meeting, as far as that was known: minutes say what
    /// was so then, and do not change by what is sorted later.
    pub category: Option<CategoryCode>,
}

impl Heard {
    /// All that were raised from the floor of a meeting, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn all(
        cx: &Cx,
        ledger: PlaceId,
        meeting: MeetingId,
        told: &[Entry],
    ) -> Result<Vec<Self>, Error> {
        let db = &cx.app.office.db;
        let ended = told.iter().find_map(|entry| match &entry.event.what {
            Event::Resolved { .. } | Event::Adjourned { .. } => Some(entry.event.time),
            _ => None,
        });
        let (mut heard, mut after) = (Vec::new(), None);
        loop {
            let page = from_floor(db, ledger, meeting, after).await?;
            for row in page.rows {
                let category = known_by(cx, &row, ended).await?;
                heard.push(Self { row, category });
            }
            match page.next {
                Some(next) => after = Key::read(&next),
                None => return Ok(heard),
            }
        }
    }
}

/// What a matter was about by then.
async fn known_by(cx: &Cx, row: &MatterRow, then: Option<Moment>) -> Result<Option<CategoryCode>, Error> {
    let mut known = None;
    for entry in entries_of(&cx.app.office.db, row.ledger, &row.id.into()).await? {
        let said = public_entry::<Matter>(&entry)?;
        if then.is_some_and(|then| said.time > then) {
            break;
        }
        match said.what {
            Said::Own(matters::Event::Triaged { category, .. }) => known = Some(category),
            Said::Own(
                matters::Event::Raised { category: Some(category), .. }
                | matters::Event::Summarised { category: Some(category), .. }
                | matters::Event::Resorted { category: Some(category), .. },
            ) => known = Some(category),
            _ => {}
        }
    }
    Ok(known)
}

/// The matters as lines of the minutes: number and what they are about, and nothing of what
/// somebody said.
#[must_use]
pub fn lines(heard: &[Heard], rules: &Pack, t: Locale) -> Vec<String> {
    let line = |one: &Heard| {
        let code = one.category.as_ref().map_or("", |code| code.0.as_str());
        t.with("minutes-heard", &[("number", &one.row.number), ("category", &category(rules, code, t))])
    };
    heard.iter().map(line).collect()
}

/// The matters as a list. `base` is the link of a matter, before its number.
#[must_use]
pub fn list(heard: &[Heard], rules: &Pack, base: &str, t: Locale) -> Markup {
    html! {
        @if !heard.is_empty() {
            h2 #floor { (t.say("heard-title")) }
            p.soft { (t.say("heard-lead")) }
            ul.list {
                @for one in heard {
                    li.item.calm {
                        h3 { a href={ (base) (one.row.number) } { (headline(rules, &one.row, t)) } }
                        (ui::bits("meta", &t.with("heard-meta", &[("number", &one.row.number), ("place", &one.row.place_name), ("time", &t.brief_time(one.row.raised))])))
                        p.meta { (stage_badge(one.row.stage, t)) }
                    }
                }
            }
        }
    }
}
