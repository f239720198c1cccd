//! A street confirms the numbers of a statutory forum against the law in force (核实), and takes
//! that back with a reason. What the numbers are is said by whoever owns them.

use super::confirmation::Confirmation;
use super::events::ConfirmationEvent;
use super::figures::Figures;
use super::ids::ConfirmationId;
use super::refusals::Refusal;
use super::rights::{CONFIRM, WITHDRAW};
use crate::places::PlaceKind;
use yishi_kernel::{Command, Context, Decided, Moment, Right, Start};

/// Confirm the numbers of a statutory forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The forum of the rule pack.
    pub forum: String,
    /// What its numbers were compared with.
    pub read: String,
    /// The end of the day on which that was read.
    pub on: Moment,
}

/// What confirming must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What keeps the ledger in which it is asked for.
    pub keeper: PlaceKind,
    /// The numbers as they stand now, where the rules know such a statutory forum.
    pub figures: Option<Figures>,
    /// What stands already for this forum, with its numbers.
    pub standing: Vec<(ConfirmationId, Figures)>,
}

/// Take a confirmation back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdraw {
    /// Why.
    pub reason: String,
}

impl Start for Confirm {
    type Of = Confirmation;
    type Facts = Compared;

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn start(
        self,
        compared: &Compared,
        ctx: &Context,
    ) -> Result<Decided<Confirmation>, yishi_kernel::Refusal> {
        if !compared.keeper.is_street() {
            return Err(Refusal::NotStreet.into());
        }
        let figures = compared.figures.clone().ok_or(Refusal::NoStatute)?;
        if compared.standing.iter().any(|(_, one)| *one == figures) {
            return Err(Refusal::Confirmed.into());
        }
        if self.on > ctx.now.end_of_day_after(0) {
            return Err(Refusal::ReadAhead.into());
        }
        Ok(Decided::one(ConfirmationEvent::Confirmed {
            forum: self.forum,
            figures,
            rules: ctx.rules.digest().to_owned(),
            read: ctx.line("read", &self.read)?,
            on: self.on,
        }))
    }
}

impl Command for Withdraw {
    type On = Confirmation;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &WITHDRAW
    }

    fn decide(
        self,
        _: &Confirmation,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Confirmation>, yishi_kernel::Refusal> {
        Ok(Decided::one(ConfirmationEvent::Withdrawn { reason: ctx.line("reason", &self.reason)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{Book, context, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::refusal::Common;
    use yishi_kernel::text::TextError;
    use yishi_kernel::{Denied, Role};

    const ID: ConfirmationId = ConfirmationId(Uuid::from_u128(1));
    const OTHER: ConfirmationId = ConfirmationId(Uuid::from_u128(2));
    const NOW: Moment = Moment(1_767_225_600_000_000);

    fn numbers() -> Figures {
        Figures::of("7 days, more than half")
    }

    fn confirm() -> Confirm {
        Confirm {
            forum: "residents".to_owned(),
            read: "国家法律法规数据库公布的现行文本".to_owned(),
            on: NOW.end_of_day_after(0),
        }
    }

    fn compared(keeper: PlaceKind) -> Compared {
        Compared { keeper, figures: Some(numbers()), standing: Vec::new() }
    }

    #[test]
    fn only_an_officer_confirms_in_the_ledger_of_the_own_street_and_what_was_read_by_then() {
        let (rules, path) = (rules(), [place(1)]);
        let street = compared(PlaceKind::Town);
        for role in Role::ALL {
            let actor = person(4, *role, 1);
            let ctx = context(NOW, &actor, &rules, &path);
            let done = Book::default().start(ID, confirm(), &street, &ctx);
            assert_eq!(done.is_ok(), *role == Role::StreetOfficer, "{role:?}: {done:?}");
        }
        let officer = person(4, Role::StreetOfficer, 1);
        let ctx = context(NOW, &officer, &rules, &path);
        let mut book = Book::default();
        let refused =
            |book: &mut Book, command, facts: &Compared| book.start(ID, command, facts, &ctx).unwrap_err();
        let below = compared(PlaceKind::Community);
        assert_eq!(refused(&mut book, confirm(), &below), Refusal::NotStreet);
        let none = Compared { figures: None, ..compared(PlaceKind::Street) };
        assert_eq!(refused(&mut book, confirm(), &none), Refusal::NoStatute);
        let ahead = Confirm { on: NOW.end_of_day_after(1), ..confirm() };
        assert_eq!(refused(&mut book, ahead, &street), Refusal::ReadAhead);
        let unread = Confirm { read: " ".to_owned(), ..confirm() };
        let empty = Common::Text { field: "read", error: TextError::Empty };
        assert_eq!(refused(&mut book, unread, &street), empty);
        let twice = Compared { standing: vec![(OTHER, numbers())], ..compared(PlaceKind::Street) };
        assert_eq!(refused(&mut book, confirm(), &twice), Refusal::Confirmed);
        // Other numbers that were confirmed once are no hindrance.
        let changed = Compared { standing: vec![(OTHER, Figures::of("else"))], ..street };
        book.start(ID, confirm(), &changed, &ctx).unwrap();
        let state: Confirmation = book.state(ID);
        assert_eq!((state.rules, state.at), (rules.digest().to_owned(), NOW));
    }

    #[test]
    fn it_stands_until_it_is_taken_back_with_a_reason_and_never_again() {
        let (rules, path) = (rules(), [place(1)]);
        let officer = person(4, Role::StreetOfficer, 1);
        let at = |seconds| context(NOW.plus_seconds(seconds), &officer, &rules, &path);
        let mut book = Book::default();
        book.start(ID, confirm(), &compared(PlaceKind::Street), &at(0)).unwrap();
        let silent = book.act(ID, Withdraw { reason: String::new() }, &(), &at(9)).unwrap_err();
        assert_eq!(silent, Common::Text { field: "reason", error: TextError::Empty });
        let withdraw = Withdraw { reason: "对照的不是现行文本".to_owned() };
        book.act(ID, withdraw.clone(), &(), &at(10)).unwrap();
        let again = book.act(ID, withdraw, &(), &at(11)).unwrap_err();
        assert!(matches!(again.denied(), Some(Denied::Stage(_))), "{again:?}");
        let state: Confirmation = book.state(ID);
        let stood = |seconds| state.stood(&numbers(), NOW.plus_seconds(seconds));
        assert_eq!([-1, 0, 9, 10].map(stood), [false, true, true, false]);
        assert!(!state.stood(&Figures::of("else"), NOW));
    }
}
