//! The laws of promises over random histories: each ends kept, or broken and on show; each renewal
//! has a reason and a later day; as long as it has not ended it waits for somebody, by a day.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::meetings::{MeetingId, MeetingStage};
use crate::testing::{Book, body, context, officer, person, place, rules};
use proptest::prelude::*;
use uuid::Uuid;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::urging::NotUrged;
use yishi_kernel::{
    Actor, Denied, Heir, HolderKey, Moment, Passing, Refusal as Refused, Role, Stream as _, Urge, Urging,
};

const ID: PromiseId = PromiseId(Uuid::from_u128(1));
const DAY: i64 = 86_400;
const START: Moment = Moment(1_767_225_600_000_000);

/// The worker who records, a colleague, the manager of the company that promised, and the manager
/// of another one; last a visitor.
fn actors() -> Vec<Actor> {
    vec![
        person(1, Role::CommunityWorker, 2),
        person(2, Role::CommunityWorker, 2),
        officer(3, Role::PropertyStaff, 50),
        officer(4, Role::PropertyStaff, 51),
        Actor::visitor(),
    ]
}

fn table() -> Table {
    Table {
        stage: MeetingStage::Open,
        minutes: Minutes::Open,
        place: place(3),
        desk: place(2),
        topics: Vec::new(),
        about: About::default(),
        invited: vec![body(50)],
    }
}

fn lamp(due: Moment) -> Make {
    Make {
        meeting: MeetingId(Uuid::from_u128(9)),
        body: body(50),
        what: "五号楼的灯周五前修好".to_owned(),
        due,
    }
}

struct World {
    book: Book,
    now: Moment,
}

#[derive(Clone, Debug)]
enum Move {
    Wait(i64),
    Renew { reason: &'static str, days: i64 },
    Done,
    Keep,
    Break { reason: &'static str },
    Urge,
    BodyGone,
}

fn moves() -> impl Strategy<Value = Vec<(usize, Move)>> {
    let reason = prop_oneof![Just("配件没到"), Just(""), Just("  ")];
    let one = prop_oneof![
        2 => (0_i64..9).prop_map(Move::Wait),
        4 => (reason.clone(), -9_i64..15).prop_map(|(reason, days)| Move::Renew { reason, days }),
        3 => Just(Move::Done),
        2 => Just(Move::Keep),
        1 => reason.prop_map(|reason| Move::Break { reason }),
        1 => Just(Move::Urge),
        1 => Just(Move::BodyGone),
    ];
    prop::collection::vec((0_usize..5, one), 0..40)
}

impl World {
    fn made() -> Self {
        let mut world = Self { book: Book::default(), now: START };
        world.make(0, lamp(START.plus_seconds(4 * DAY)), &table()).unwrap();
        world
    }

    fn make(&mut self, who: usize, make: Make, table: &Table) -> Result<(), Refused> {
        let (rules, path, who) = (rules(), [1, 2, 3].map(place), actors().remove(who));
        self.book.start(ID, make, table, &context(self.now, &who, &rules, &path))
    }

    fn promise(&self) -> Promise {
        self.book.state(ID)
    }

    fn step(&mut self, who: usize, what: &Move) -> Result<(), Refused> {
        let (rules, path, who) = (rules(), [1, 2, 3].map(place), actors().remove(who));
        let ctx = context(self.now, &who, &rules, &path);
        match what.clone() {
            Move::Wait(days) => {
                self.now = self.now.plus_seconds(days * DAY);
                Ok(())
            }
            Move::Renew { reason, days } => {
                let due = self.promise().due.plus_seconds(days * DAY);
                self.book.act(ID, Renew { reason: reason.to_owned(), due }, &(), &ctx)
            }
            Move::Done => self.book.act(ID, Done { note: "修好了".to_owned() }, &(), &ctx),
            Move::Keep => self.book.act(ID, Keep, &(), &ctx),
            Move::Break { reason } => self.book.act(ID, Break { reason: reason.to_owned() }, &(), &ctx),
            Move::Urge => self.book.act(ID, Urge::<Promise>::default(), &(), &ctx),
            Move::BodyGone => {
                let from = HolderKey::organisation(body(50));
                self.book.pass_on(&Passing { from, to: Heir::Desk }, &ctx);
                Ok(())
            }
        }
    }
}

proptest! {
    #[test]
    fn a_promise_waits_for_somebody_until_it_ends_kept_or_broken(history in moves()) {
        let mut world = World::made();
        for (who, what) in history {
            let before = world.promise();
            let done = world.step(who, &what);
            let after = world.promise();
            // It has ended, or somebody owes the next step by a day.
            match after.stage {
                PromiseStage::Kept | PromiseStage::Broken => {
                    prop_assert!(after.ended.is_some() && after.waits().is_empty());
                    prop_assert!(before.ended.is_none() || before == after, "what has ended stays so");
                }
                PromiseStage::Open | PromiseStage::Done => {
                    let waits = after.waits();
                    prop_assert_eq!(waits.len(), 1);
                    let due = after.done.as_ref().map_or(after.due, |(_, due)| *due);
                    prop_assert_eq!(waits[0].due, due);
                }
            }
            prop_assert!(after.stage != PromiseStage::Broken || after.reason.is_some(), "it says why");
            // A day is given up only for a later one, with a reason, and stays on show.
            match after.due == before.due {
                true => prop_assert_eq!(&after.renewals, &before.renewals),
                false => {
                    prop_assert!(after.due > before.due);
                    let (old, why) = after.renewals.last().unwrap();
                    prop_assert_eq!(*old, before.due);
                    prop_assert!(!why.trim().is_empty());
                }
            }
            prop_assert_eq!(after.first_due(), START.plus_seconds(4 * DAY));
            // Urging changes nobody's duty.
            if matches!(what, Move::Urge) {
                prop_assert_eq!(before.waits(), after.waits());
            }
            // A visitor and another body change nothing.
            if who >= 3 && !matches!(what, Move::BodyGone | Move::Wait(_)) {
                prop_assert!(done.is_err() && after == before);
            }
            // Nobody says alone that it is kept.
            if after.stage == PromiseStage::Kept && before.stage != PromiseStage::Kept {
                let me = actors().remove(who).account.unwrap();
                prop_assert!(!before.done_by.unwrap().is(&me));
            }
        }
        // Wherever it stands, whoever steers brings it to an end.
        if world.promise().ended.is_none() {
            world.step(0, &Move::Break { reason: "没有兑现" }).unwrap();
            prop_assert_eq!(world.promise().stage, PromiseStage::Broken);
        }
    }
}

#[test]
fn it_is_kept_by_the_word_of_two() {
    let mut world = World::made();
    assert_eq!(world.promise().next().unwrap().1, HolderKey::organisation(body(50)));
    assert!(matches!(world.step(0, &Move::Keep).unwrap_err().denied(), Some(Denied::Stage { .. })));
    world.step(0, &Move::Done).unwrap();
    assert_eq!(
        world.promise().next().unwrap(),
        (PromiseStep::Settle, HolderKey::desk(place(2)), START.end_of_day_after(3),)
    );
    assert_eq!(world.step(0, &Move::Keep).unwrap_err(), Refusal::SamePerson);
    assert!(world.step(2, &Move::Keep).is_err(), "the company has no say in it");
    world.step(1, &Move::Keep).unwrap();
    assert_eq!(world.promise().stage, PromiseStage::Kept);
}

#[test]
fn a_renewal_gives_a_later_day_than_the_last_one() {
    let mut world = World::made();
    let due = world.promise().due;
    let renew = |days| Move::Renew { reason: "配件没到", days };
    assert_eq!(world.step(2, &renew(0)).unwrap_err(), Refusal::NotLater(due));
    world.now = due.plus_seconds(5 * DAY);
    assert_eq!(world.step(2, &renew(1)).unwrap_err(), Common::Past { field: "due" });
    world.step(2, &renew(9)).unwrap();
    assert_eq!(world.promise().renewals, vec![(due, "配件没到".into())]);
}

#[test]
fn a_body_promises_for_itself_and_only_while_the_minutes_take_it_in() {
    let due = START.plus_seconds(4 * DAY);
    let make =
        |who, make: Make, table: &Table| World { book: Book::default(), now: START }.make(who, make, table);
    make(2, lamp(due), &table()).unwrap();
    let of_another = Make { body: body(51), ..lamp(due) };
    assert_eq!(make(2, of_another.clone(), &table()).unwrap_err(), Refusal::NotOwn);
    assert!(make(3, of_another.clone(), &table()).is_err(), "it was not invited");
    make(0, of_another, &table()).unwrap();
    let held = Table { stage: MeetingStage::Held, ..table() };
    make(0, lamp(due), &held).unwrap();
    let confirmed = Table { minutes: Minutes::Confirmed, ..held };
    assert_eq!(make(0, lamp(due), &confirmed).unwrap_err(), Refusal::Minutes);
    let early = Table { stage: MeetingStage::Called, ..table() };
    assert_eq!(make(0, lamp(due), &early).unwrap_err(), Refusal::Meeting(MeetingStage::Called));
    assert_eq!(make(0, lamp(START), &table()).unwrap_err(), Common::Past { field: "due" });
}

#[test]
fn whom_the_meeting_is_about_keeps_its_promise_and_does_not_judge_it() {
    let about = About { bodies: [body(50)].into_iter().collect(), persons: Default::default() };
    let due = START.plus_seconds(4 * DAY);
    let mut world = World { book: Book::default(), now: START };
    world.make(2, lamp(due), &Table { about: about.clone(), ..table() }).unwrap();
    let mut promise = world.promise();
    promise.concerns(about);
    let (path, manager) = ([1, 2, 3].map(place), actors().remove(2));
    let may = |right| yishi_kernel::may(&manager, right, &promise.resource(&path, &manager), START).is_ok();
    assert!(may(&READ) && may(&RENEW) && may(&DONE) && may(&BREAK));
    assert!(!may(&KEEP) && !may(&CORRECT));
}

#[test]
fn whoever_owes_it_is_urged_once_it_is_due_and_nobody_urges_themselves() {
    let mut world = World::made();
    let due = world.promise().due;
    assert_eq!(world.step(0, &Move::Urge).unwrap_err(), NotUrged::NotDue(due));
    world.now = due;
    world.step(0, &Move::Urge).unwrap();
    assert_eq!(world.promise().urged.by(Urging::Remind), Some((1, due)));
    let again = NotUrged::Lately(due.plus_seconds(DAY));
    assert_eq!(world.step(1, &Move::Urge).unwrap_err(), again);
    assert!(matches!(world.step(2, &Move::Urge).unwrap_err().denied(), Some(Denied::Role { .. })));
    // Once it says that it is kept, it is the desk's own to look.
    world.step(2, &Move::Done).unwrap();
    world.now = world.promise().waits()[0].due;
    assert_eq!(world.step(0, &Move::Urge).unwrap_err(), NotUrged::Own);
}
