//! Putting somebody on the roll (列入名册), and noting that they left it (退出名册). Nobody is
//! taken off it as if they had never been there.

use super::{Council, Event, KEEP, LeftFor, MemberKind, Refusal};
use yishi_kernel::context::name;
use yishi_kernel::named::Named;
use yishi_kernel::{Command, Context, Decided, Moment, PlaceId, Right};

/// Longest name, in characters.
const NAME: usize = 60;

/// Somebody becomes a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrol {
    /// Whom they speak for.
    pub group: MemberKind,
    /// Their name.
    pub name: String,
    /// The part that they speak for.
    pub part: Option<PlaceId>,
    /// From when.
    pub from: Moment,
    /// The end of their term.
    pub until: Option<Moment>,
}

/// Somebody is a member no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Which.
    pub member: u32,
    /// Why.
    pub why: LeftFor,
}

impl Command for Enrol {
    type On = Council;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn names(&self) -> Vec<Named> {
        Named::places("part", self.part)
    }

    fn decide(
        self,
        council: &Council,
        (): &(),
        _: &Context,
    ) -> Result<Decided<Council>, yishi_kernel::Refusal> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(Refusal::Term.into());
        }
        let before = u32::try_from(council.members.len()).unwrap_or(u32::MAX);
        Ok(Decided::one(Event::Enrolled {
            member: before.saturating_add(1),
            group: self.group,
            name: name("name", &self.name, NAME)?.into(),
            part: self.part,
            from: self.from,
            until: self.until,
        }))
    }
}

impl Command for Leave {
    type On = Council;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(
        self,
        council: &Council,
        (): &(),
        _: &Context,
    ) -> Result<Decided<Council>, yishi_kernel::Refusal> {
        let stands = |one: &&super::Member| one.number == self.member && one.left.is_none();
        council.members.iter().find(stands).ok_or(Refusal::NoMember)?;
        Ok(Decided::one(Event::Left { member: self.member, why: self.why }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::councils::{CouncilId, Found, Ground};
    use crate::places::PlaceKind;
    use crate::testing::{Book, context, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::{Denied, Role};

    const ID: CouncilId = CouncilId(Uuid::from_u128(1));

    #[test]
    fn members_come_and_go_and_their_numbers_are_nobody_elses() {
        let (rules, path) = (rules(), [place(2)]);
        let (secretary, worker) =
            (person(3, Role::CommunitySecretary, 2), person(1, Role::CommunityWorker, 2));
        let at = |now| context(Moment(now), &secretary, &rules, &path);
        let mut book = Book::default();
        let found = Found { place: place(2) };
        let nowhere = book.start(ID, found, &Ground { kind: PlaceKind::Building }, &at(1)).unwrap_err();
        assert_eq!(nowhere, Refusal::NoCouncilThere);
        book.start(ID, found, &Ground { kind: PlaceKind::Community }, &at(1)).unwrap();
        let enrol = |until| Enrol {
            group: MemberKind::Delegate,
            name: "某居民".to_owned(),
            part: None,
            from: Moment(10),
            until,
        };
        let ctx = context(Moment(2), &worker, &rules, &path);
        let worker = book.act(ID, enrol(None), &(), &ctx).unwrap_err();
        assert!(matches!(worker.denied(), Some(Denied::Role { .. })), "{worker:?}");
        assert_eq!(book.act(ID, enrol(Some(Moment(10))), &(), &at(2)).unwrap_err(), Refusal::Term);
        book.act(ID, enrol(Some(Moment(50))), &(), &at(2)).unwrap();
        book.act(ID, enrol(None), &(), &at(2)).unwrap();
        let now = |book: &Book, now| -> Vec<u32> {
            let council: Council = book.state(ID);
            council.current(Moment(now)).map(|one| one.number).collect()
        };
        assert_eq!((now(&book, 9), now(&book, 10), now(&book, 50)), (vec![], vec![1, 2], vec![2]));
        let leave = Leave { member: 2, why: LeftFor::Moved };
        book.act(ID, leave, &(), &at(20)).unwrap();
        assert_eq!(book.act(ID, leave, &(), &at(21)).unwrap_err(), Refusal::NoMember);
        book.act(ID, enrol(None), &(), &at(30)).unwrap();
        assert_eq!(now(&book, 30), vec![1, 3]);
    }
}
