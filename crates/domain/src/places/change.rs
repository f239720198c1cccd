//! What is changed about a place that stands: its name, its code, its buildings, its end.

use super::open::{Names, alone, named};
use super::{Event, KEEP, Place, PlaceKind, Refusal, SecondStep};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::{self, Context};
use yishi_kernel::named::Named;
use yishi_kernel::refusal::{Common, optional};
use yishi_kernel::{Moment, PlaceId, Published, Right};

/// Longest official code, in characters.
const CODE: usize = 25;
/// Most that stands on a plate, in characters.
const PLATE: usize = 40;

/// Longest short name, in characters: it stands in every number.
const SHORT: usize = 8;

/// Calls a place otherwise.
#[derive(Clone, Debug)]
pub struct Rename {
    /// The new name.
    pub name: String,
}

/// What stands beside a place.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What the others of its kind are called in the same place.
    pub siblings: Vec<String>,
}

/// Gives a place an official code from a moment on.
#[derive(Clone, Debug)]
pub struct Code {
    /// The code.
    pub code: String,
    /// From when.
    pub from: Moment,
}

/// Says what stands on a place's plate (门牌); nothing where it has none.
#[derive(Clone, Debug)]
pub struct PutPlate {
    /// What stands on it.
    pub plate: String,
}

/// Says which buildings make up a grid.
#[derive(Clone, Debug)]
pub struct DrawGrid {
    /// The buildings.
    pub buildings: Vec<PlaceId>,
}

/// Rules whether those whose accounts a place keeps, or one below it, sign in with a second step.
#[derive(Clone, Copy, Debug)]
pub struct RuleSignIn {
    /// Whether they do.
    pub second_step: SecondStep,
}

/// Numbers the papers of a place that keeps a ledger by another short name, from now on.
#[derive(Clone, Debug)]
pub struct Abbreviate {
    /// The short name.
    pub short: String,
}

/// Closes a place, with all that lies in it: places below it, posters, roles and venues there
/// end too. One that keeps a ledger is closed only when nothing is left in it.
#[derive(Clone, Debug)]
pub struct Close;

/// What is left in a place that keeps a ledger; nothing for any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// Places below it that stand.
    pub places: u64,
    /// Things that wait in its ledger.
    pub things: u64,
}

impl Command for Rename {
    type On = Place;
    type Facts = Beside;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, beside: &Beside, ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        standing(on)?;
        let Names { name, door } = named(on.kind, &self.name, &ctx.actor.looked)?;
        alone(on.kind, &self.name, &beside.siblings)?;
        Ok(Decided::one(Event::Renamed { name, door }))
    }
}

impl Command for Code {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), _ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        standing(on)?;
        let code = context::name("code", &self.code, CODE)?;
        Ok(Decided::one(Event::Coded { from: self.from, code }))
    }
}

impl Command for PutPlate {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, PlaceKind::has_plate)?;
        let plate = optional(ctx.name("plate", &self.plate, PLATE))?.map(Published::from);
        Ok(Decided::one(Event::Plated { plate }))
    }
}

impl Command for DrawGrid {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn names(&self) -> Vec<Named> {
        Named::places("building", self.buildings.iter().copied())
    }

    fn decide(self, on: &Place, (): &(), _ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, |kind| kind == PlaceKind::Grid)?;
        Ok(Decided::one(Event::GridDrawn { buildings: self.buildings }))
    }
}

impl Command for RuleSignIn {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), _ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, PlaceKind::keeps_ledger)?;
        Ok(Decided::one(Event::SignInRuled { second_step: self.second_step }))
    }
}

impl Command for Abbreviate {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, PlaceKind::keeps_ledger)?;
        let short = ctx.name("short", &self.short, SHORT)?;
        // Brackets and digits would make a number that reads as another one.
        if !short.chars().all(|c| c.is_alphabetic()) {
            return Err(Refusal::ShortName.into());
        }
        Ok(Decided::one(Event::Abbreviated { short: short.into() }))
    }
}

impl Command for Close {
    type On = Place;
    type Facts = Inside;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, inside: &Inside, _ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        standing(on)?;
        let Inside { places, things } = *inside;
        if (places, things) != (0, 0) {
            return Err(Refusal::StillUsed { places, things }.into());
        }
        Ok(Decided::one(Event::Closed { with: None }))
    }
}

/// Nothing is changed about a place that is no more.
fn standing(place: &Place) -> Result<(), Common> {
    if place.closed.is_some() { Err(Common::Ended) } else { Ok(()) }
}

/// That a place stands, and is of a kind of which this is said.
pub(super) fn must_be(place: &Place, fits: fn(PlaceKind) -> bool) -> Result<(), crate::Refusal> {
    standing(place)?;
    if fits(place.kind) { Ok(()) } else { Err(Refusal::PlaceKind.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::places::found;
    use crate::testing::{Book, context, keeper, place, rules};

    #[test]
    fn codes_hold_from_their_date_until_the_place_is_closed() {
        let (rules, actor, path) = (rules(), keeper(1), [place(1)]);
        let ctx = context(Moment(5), &actor, &rules, &path);
        let mut book = Book::default();
        let street = found(PlaceKind::Street, "清河街道").unwrap();
        book.record::<Place>(place(1), crate::Role::Administrator, vec![street], &ctx);
        for (from, code) in [(20, "b"), (10, "a")] {
            let command = Code { code: code.to_owned(), from: Moment(from) };
            book.act(place(1), command, &(), &ctx).unwrap();
        }
        let state: Place = book.state(place(1));
        assert_eq!(state.code(Moment(5)), None);
        assert_eq!(state.code(Moment(15)), Some("a"));
        assert_eq!(state.code(Moment(25)), Some("b"));
        assert_eq!(state.short(Moment(15)), Some("清河"));
        let wrong = Abbreviate { short: "清河〔1〕".to_owned() };
        assert_eq!(book.act(place(1), wrong, &(), &ctx).unwrap_err(), Refusal::ShortName);
        let grid = book.act(place(1), DrawGrid { buildings: Vec::new() }, &(), &ctx);
        assert_eq!(grid.unwrap_err(), Refusal::PlaceKind);
        let inside = Inside { places: 2, things: 7 };
        let used = book.act(place(1), Close, &inside, &ctx).unwrap_err();
        assert_eq!(used, Refusal::StillUsed { places: 2, things: 7 });
        book.act(place(1), Close, &Inside::default(), &ctx).unwrap();
        let rename = Rename { name: "新街道".to_owned() };
        assert_eq!(book.act(place(1), rename, &Beside::default(), &ctx).unwrap_err(), Common::Ended);
    }

    #[test]
    fn a_short_name_holds_for_what_is_issued_from_then_on() {
        let (rules, actor, path) = (rules(), keeper(1), [place(1)]);
        let mut book = Book::default();
        let at = |now: i64| context(Moment(now), &actor, &rules, &path);
        let street = found(PlaceKind::Street, "清河街道").unwrap();
        book.record::<Place>(place(1), crate::Role::Administrator, vec![street], &at(5));
        let chosen = Abbreviate { short: "清河办".to_owned() };
        book.act(place(1), chosen, &(), &at(10)).unwrap();
        // Who chose one keeps it, whatever the place is called.
        let rename = Rename { name: "长河街道".to_owned() };
        let same = Beside { siblings: vec!["长河街道".to_owned()] };
        let refused = book.act(place(1), rename.clone(), &same, &at(20)).unwrap_err();
        assert_eq!(refused, Refusal::SamePlace { name: "长河街道".to_owned() });
        book.act(place(1), rename, &Beside::default(), &at(20)).unwrap();
        let state: Place = book.state(place(1));
        let shorts = [1, 5, 9, 10, 25].map(|now| state.short(Moment(now)).unwrap());
        assert_eq!(shorts, ["清河", "清河", "清河", "清河办", "清河办"]);
    }
}
