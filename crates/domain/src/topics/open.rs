//! Opening a topic (列为议题): several matters of one kind are put before one meeting. Each of them
//! takes it up in the same append; those not sorted yet are sorted as public.

use super::events::Event;
use super::gather::{Gathering, take_up};
use super::refusals::Refusal;
use super::rights::OPEN;
use super::rules::Rules;
use super::state::Topic;
use crate::matters::{self, MatterId};
use yishi_kernel::refusal::optional;
use yishi_kernel::{Context, Decided, PlaceId, Right, Start};

/// Open a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTopic {
    /// What it is called.
    pub title: String,
    /// What is to be settled; may be left empty.
    pub question: String,
    /// The code of what it is about.
    pub category: String,
    /// Its matters; at least one.
    pub matters: Vec<MatterId>,
}

/// Where a topic belongs, and the matters that it is opened with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The place it concerns: see [`one_place`].
    pub place: PlaceId,
    /// The desk that sees it through.
    pub desk: PlaceId,
    /// Its own id, and its matters as they stand.
    pub gathering: Gathering,
}

/// The place of several things: theirs where it is one for all, else that of the ledger.
#[must_use]
pub fn one_place(places: impl IntoIterator<Item = PlaceId>, ledger: PlaceId) -> PlaceId {
    let mut places = places.into_iter();
    let first = places.next().unwrap_or(ledger);
    if places.all(|place| place == first) { first } else { ledger }
}

impl Start for OpenTopic {
    type Of = Topic;
    type Facts = Opening;

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn start(self, opening: &Opening, ctx: &Context) -> Result<Decided<Topic>, yishi_kernel::Refusal> {
        if self.matters.is_empty() {
            return Err(Refusal::NoMatters.into());
        }
        let category = ctx.section::<matters::Rules>().known_category(&self.category)?;
        let mut matters = Vec::with_capacity(self.matters.len());
        for matter in self.matters {
            if !matters.contains(&matter) {
                matters.push(matter);
            }
        }
        let event = Event::Opened {
            title: ctx.line("title", &self.title)?,
            question: optional(ctx.note("question", &self.question))?,
            category: category.clone(),
            place: opening.place,
            desk: opening.desk,
            matters,
            due: ctx.due(&ctx.section::<Rules>().call).at,
            rules: ctx.rules.digest().to_owned(),
        };
        take_up(Decided::one(event), &opening.gathering, opening.desk, &category, ctx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn several_places_make_the_ledgers() {
        let place = |n| PlaceId(Uuid::from_u128(n));
        assert_eq!(one_place([place(4), place(4)], place(2)), place(4));
        assert_eq!(one_place([place(4), place(5), place(4)], place(2)), place(2));
        assert_eq!(one_place([], place(2)), place(2));
    }
}
