//! Councils as the call of a meeting speaks of them: whether the roll that is to vote can. No
//! commands here.

use maud::{Markup, html};
use yishi_domain::councils::{Council, FOUND};
use yishi_domain::meetings::Forum;
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::councils::council_of;
use yishi_office::councils::reads::council;
use yishi_office::places::reads::{LedgerRow, places};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// Why a forum's council cannot vote, with the way to its roll for whoever keeps it.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Why.
    pub why: Why,
    /// The page on which its roll is kept, for whoever may.
    pub way: Option<String>,
}

/// Why a forum's council cannot vote.
#[derive(Clone, Debug)]
pub enum Why {
    /// The topics lie in no place of the kind that has it.
    Nowhere(PlaceKind),
    /// Its roll was never begun, at the place of this name.
    Unfounded(String),
    /// Nobody on its roll is in term, at the place of this name.
    Nobody(String),
}

/// What keeps the council of a forum from voting on what lies at a path; nothing where it can, or
/// where the forum names none.
///
/// # Errors
/// When the store fails.
pub async fn gap(cx: &Cx, ledger: &LedgerRow, forum: &Forum, path: &[PlaceId]) -> Result<Option<Gap>, Error> {
    let Some(kind) = forum.council else { return Ok(None) };
    let office = &cx.app.office;
    let keeper = cx.place(ledger.ledger).await?;
    let may = cx.may(&FOUND, &cx.resource(&keeper).await?).is_ok();
    let all = format!("/w/{}/councils", ledger.slug);
    let place = places(&office.db, path).await?.into_iter().find(|row| forum.votes_at(row.kind));
    let Some(place) = place else {
        return Ok(Some(Gap { why: Why::Nowhere(kind), way: None }));
    };
    let id = council_of(place.id);
    let state = office.load::<Council>(ledger.ledger, &id.into()).await?.state;
    let (why, way) = match state {
        None => (Why::Unfounded(place.name), all),
        Some(state) if state.current(cx.now).next().is_none() => {
            let row = council(&office.db, ledger.ledger, id).await?;
            let own = row.map_or(all, |row| format!("/w/{}/c/{}", ledger.slug, row.number));
            (Why::Nobody(place.name), own)
        }
        Some(_) => return Ok(None),
    };
    Ok(Some(Gap { why, way: Some(way).filter(|_| may) }))
}

impl Gap {
    /// Why, who votes then, and the way to the roll.
    #[must_use]
    pub fn warning(&self, t: Locale) -> Markup {
        let why = match &self.why {
            Why::Nowhere(kind) if kind.is_community() => t.say("roll-nowhere-community"),
            Why::Nowhere(kind) => t.with("roll-nowhere", &[("kind", &t.word(*kind))]),
            Why::Unfounded(place) => t.with("roll-unfounded", &[("place", place)]),
            Why::Nobody(place) => t.with("roll-nobody", &[("place", place)]),
        };
        html! {
            div.notice.warn #roll {
                p { strong { (why) } }
                p { (t.say("roll-then")) }
                @match (&self.why, &self.way) {
                    (Why::Nowhere(_), _) => {},
                    (_, Some(way)) => p { a.button.second href=(way) { (t.say("roll-keep")) } },
                    (_, None) => p { (t.say("roll-ask")) },
                }
            }
        }
    }
}
