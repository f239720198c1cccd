//! A poster is issued for a place and revoked.

use super::{KEEP, PlaceKind, Poster, PosterEvent, Refusal};
use yishi_kernel::command::{Command, Decided, Start};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PlaceId, Right};

/// Issues a poster for a place.
#[derive(Clone, Debug)]
pub struct IssuePoster {
    /// The place itself.
    pub place: PlaceId,
    /// The random word of `/q/<word>`.
    pub word: String,
}

/// The place that a poster is for.
#[derive(Clone, Debug)]
pub struct Spot {
    /// What it is.
    pub kind: PlaceKind,
    /// The place itself or, below a building, its building.
    pub building: PlaceId,
}

impl Start for IssuePoster {
    type Of = Poster;
    type Facts = Spot;

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn start(self, facts: &Spot, _ctx: &Context) -> Result<Decided<Poster>, crate::Refusal> {
        if !facts.kind.takes_matters() {
            return Err(Refusal::PlaceKind.into());
        }
        let (exact, word) = (self.place.into(), self.word.into());
        Ok(Decided::one(PosterEvent::Issued { place: facts.building, exact, word }))
    }
}

/// Revokes a poster: its code leads nowhere any more.
#[derive(Clone, Debug)]
pub struct RevokePoster;

impl Command for RevokePoster {
    type On = Poster;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Poster, (): &(), _ctx: &Context) -> Result<Decided<Poster>, crate::Refusal> {
        if on.revoked.is_some() {
            return Err(Common::Ended.into());
        }
        Ok(Decided::one(PosterEvent::Revoked {}))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::places::PosterId;
    use crate::testing::{Book, context, keeper, place, rules};
    use uuid::Uuid;
    use yishi_kernel::{Moment, Stream};

    #[test]
    fn a_poster_leads_to_a_place_where_matters_are_raised_until_it_is_revoked() {
        let (rules, actor, path) = (rules(), keeper(1), [1, 2, 3].map(place));
        let ctx = context(Moment(5), &actor, &rules, &path);
        let id = PosterId(Uuid::from_u128(60));
        let issue = IssuePoster { place: place(3), word: "k3m9".to_owned() };
        let mut book = Book::default();
        let street = Spot { kind: PlaceKind::Street, building: place(1) };
        assert_eq!(book.start(id, issue.clone(), &street, &ctx).unwrap_err(), Refusal::PlaceKind);
        let stairwell = Spot { kind: PlaceKind::Stairwell, building: place(2) };
        book.start(id, issue, &stairwell, &ctx).unwrap();
        let poster: Poster = book.state(id);
        assert_eq!((poster.place(), poster.at()), (Some(place(2)), Some(place(3))));
        book.act(id, RevokePoster, &(), &ctx).unwrap();
        assert_eq!(book.act(id, RevokePoster, &(), &ctx).unwrap_err(), Common::Ended);
        assert_eq!(book.state::<Poster>(id).revoked, Some(Moment(5)));
    }
}
