//! Changing a number of the rules for one place, within what they leave open, and taking that back
//! (改规则数字). What was promised before stands: a number holds for what begins from now on.

use super::change::LocalChange;
use super::events::ChangeEvent;
use super::refusals::Refusal;
use super::rights::CHANGE;
use super::words::Counted;
use yishi_kernel::rules::{Between, Number};
use yishi_kernel::{Context, Decided, Right, Start};

/// Say that a number is otherwise here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetNumber {
    /// Which.
    pub number: String,
    /// What is counted.
    pub counted: Counted,
    /// How many.
    pub count: i64,
    /// The rule or document that it comes from.
    pub source: String,
    /// Why it is otherwise.
    pub reason: String,
}

/// Let a number be again what the rules above say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropNumber {
    /// Which.
    pub number: String,
    /// Why.
    pub reason: String,
}

/// What both must know: the number as it stands there, and whether that is of the place's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// As it stands in the rules in force; none where they have no such number.
    pub now: Option<Number>,
    /// Whether the place itself changed it.
    pub own: bool,
}

impl Start for SetNumber {
    type Of = LocalChange;
    type Facts = Numbered;

    fn right(&self) -> &'static Right {
        &CHANGE
    }

    fn start(
        self,
        numbered: &Numbered,
        ctx: &Context,
    ) -> Result<Decided<LocalChange>, yishi_kernel::Refusal> {
        let now = numbered.now.as_ref().ok_or(Refusal::NoNumber)?;
        let Between(least, most) = now.between.ok_or(Refusal::Fixed)?;
        if !now.may_be(self.counted.unit(), self.count) {
            return Err(Refusal::OutOfBounds(least, most).into());
        }
        if (now.unit, now.count) == (self.counted.unit(), self.count) {
            return Err(Refusal::Same.into());
        }
        Ok(Decided::one(ChangeEvent::Set {
            number: self.number,
            counted: self.counted,
            count: self.count,
            was_counted: now.unit.into(),
            was: now.count,
            source: ctx.line("source", &self.source)?,
            reason: ctx.line("reason", &self.reason)?,
        }))
    }
}

impl Start for DropNumber {
    type Of = LocalChange;
    type Facts = Numbered;

    fn right(&self) -> &'static Right {
        &CHANGE
    }

    fn start(
        self,
        numbered: &Numbered,
        ctx: &Context,
    ) -> Result<Decided<LocalChange>, yishi_kernel::Refusal> {
        let now = numbered.now.as_ref().ok_or(Refusal::NoNumber)?;
        if !numbered.own {
            return Err(Refusal::NotOtherwise.into());
        }
        Ok(Decided::one(ChangeEvent::Dropped {
            number: self.number,
            was_counted: now.unit.into(),
            was: now.count,
            reason: ctx.line("reason", &self.reason)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rulebook::ChangeId;
    use crate::testing::{Book, context, officer, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::due::Unit;
    use yishi_kernel::refusal::Common;
    use yishi_kernel::text::TextError;
    use yishi_kernel::{Denied, Moment, Role};

    const ID: ChangeId = ChangeId(Uuid::from_u128(1));
    const NOW: Moment = Moment(1_767_225_600_000_000);

    fn numbered(between: Option<Between>, own: bool) -> Numbered {
        let now = Number {
            section: "matters".to_owned(),
            of: "matters-public".to_owned(),
            unit: Some(Unit::Days),
            count: 7,
            between,
            source: "普通诉求 7 日".to_owned(),
        };
        Numbered { now: Some(now), own }
    }

    fn set(counted: Counted, count: i64) -> SetNumber {
        let number = "matters-public".to_owned();
        let (source, reason) = ("本街道议事规则第三条".to_owned(), "五天够用".to_owned());
        SetNumber { number, counted, count, source, reason }
    }

    #[test]
    fn who_answers_for_a_place_changes_its_numbers_and_the_street_over_it_does() {
        let (rules, path) = (rules(), [place(1), place(2)]);
        for role in Role::ALL {
            let actor = if role.of_organisation() { officer(4, *role, 9) } else { person(4, *role, 2) };
            let ctx = context(NOW, &actor, &rules, &path);
            let facts = numbered(Some(Between(1, 15)), false);
            let done = Book::default().start(ID, set(Counted::Days, 5), &facts, &ctx);
            let may = matches!(role, Role::CommunitySecretary | Role::StreetOfficer);
            assert_eq!(done.is_ok(), may, "{role:?}: {done:?}");
        }
        let elsewhere = person(4, Role::StreetOfficer, 7);
        let ctx = context(NOW, &elsewhere, &rules, &path);
        let facts = numbered(Some(Between(1, 15)), false);
        let done = Book::default().start(ID, set(Counted::Days, 5), &facts, &ctx).unwrap_err();
        assert!(matches!(done.denied(), Some(Denied::Elsewhere)), "{done:?}");
    }

    #[test]
    fn a_number_is_changed_within_what_the_rules_leave_open_and_with_source_and_reason() {
        let (rules, path) = (rules(), [place(1), place(2)]);
        let secretary = person(4, Role::CommunitySecretary, 2);
        let ctx = context(NOW, &secretary, &rules, &path);
        let open = numbered(Some(Between(1, 15)), false);
        let start = |command, facts: &Numbered| Book::default().start(ID, command, facts, &ctx);
        for (counted, count) in [(Counted::Days, 1), (Counted::Days, 15), (Counted::WorkingDays, 7)] {
            start(set(counted, count), &open).unwrap();
        }
        for (counted, count) in
            [(Counted::Days, 0), (Counted::Days, 16), (Counted::Days, -1), (Counted::Minutes, 5)]
        {
            let refused = start(set(counted, count), &open).unwrap_err();
            assert_eq!(refused, Refusal::OutOfBounds(1, 15), "{counted:?} {count}");
        }
        assert_eq!(start(set(Counted::Days, 7), &open).unwrap_err(), Refusal::Same);
        assert_eq!(start(set(Counted::Days, 5), &numbered(None, false)).unwrap_err(), Refusal::Fixed);
        let none = Numbered { now: None, own: false };
        assert_eq!(start(set(Counted::Days, 5), &none).unwrap_err(), Refusal::NoNumber);
        let silent = SetNumber { reason: " ".to_owned(), ..set(Counted::Days, 5) };
        let empty = Common::Text { field: "reason", error: TextError::Empty };
        assert_eq!(start(silent, &open).unwrap_err(), empty);
        let from_nowhere = SetNumber { source: String::new(), ..set(Counted::Days, 5) };
        let empty = Common::Text { field: "source", error: TextError::Empty };
        assert_eq!(start(from_nowhere, &open).unwrap_err(), empty);

        let mut book = Book::default();
        book.start(ID, set(Counted::WorkingDays, 5), &open, &ctx).unwrap();
        let state: LocalChange = book.state(ID);
        assert_eq!((state.was, state.at), ((Counted::Days, 7), NOW));
        let now = state.now.map(|(counted, count, source)| (counted, count, source.to_string()));
        assert_eq!(now, Some((Counted::WorkingDays, 5, "本街道议事规则第三条".to_owned())));
    }

    #[test]
    fn every_number_that_ships_may_be_changed_within_bounds_that_it_lies_in() {
        let all =
            yishi_kernel::rules::numbers(&yishi_kernel::rules::shipped(crate::features::RULES)).unwrap();
        assert!(all.len() > 40, "{}", all.len());
        for number in all {
            assert!(number.may_be(number.unit, number.count), "{}: say `between` beside it", number.of);
        }
    }

    #[test]
    fn only_what_is_the_places_own_is_taken_back() {
        let (rules, path) = (rules(), [place(1), place(2)]);
        let officer = person(4, Role::StreetOfficer, 1);
        let ctx = context(NOW, &officer, &rules, &path);
        let drop = DropNumber { number: "matters-public".to_owned(), reason: "按街道的办".to_owned() };
        let start = |facts: &Numbered| Book::default().start(ID, drop.clone(), facts, &ctx);
        assert_eq!(start(&numbered(None, false)).unwrap_err(), Refusal::NotOtherwise);
        start(&numbered(None, true)).unwrap();
    }
}
