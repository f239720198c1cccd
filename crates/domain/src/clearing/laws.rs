//! The laws of clearing over random histories: a run is signed only when every item is marked and
//! nothing overdue is said to be on track; what was signed stays; a sheet is computed again from its
//! run and items alone.

#![allow(clippy::unwrap_used)]

use super::sheet::{Head, Line, by_holder, figures, text, verdict};
use super::*;
use crate::testing::{Book, body, context, person, place, rules};
use proptest::prelude::*;
use uuid::Uuid;
use yishi_kernel::rules::digest_of;
use yishi_kernel::{Actor, Denied, Moment, Refusal as Refused, Role, Stream as _, StreamName};

const RUN: RunId = RunId(Uuid::from_u128(1));
const DAY: i64 = 86_400;
const START: Moment = Moment(1_767_225_600_000_000);
const THINGS: usize = 3;

fn item_id(n: usize) -> ItemId {
    ItemId(Uuid::from_u128(10 + n as u128))
}

fn thing(n: usize) -> Thing {
    Thing::of(&StreamName::of("matter", &Uuid::from_u128(20 + n as u128))).unwrap()
}

fn waited(step: &str) -> Waited {
    Waited::of("step", step).unwrap()
}

/// The secretary, a worker, the street's officer, somebody else's secretary, the program.
fn actors() -> [Actor; 5] {
    [
        person(1, Role::CommunitySecretary, 2),
        person(2, Role::CommunityWorker, 2),
        person(3, Role::StreetOfficer, 1),
        person(4, Role::CommunitySecretary, 7),
        Actor::system(place(2)),
    ]
}

struct World {
    book: Book,
    now: Moment,
    /// What became of each thing, as the office would find it.
    became: Vec<Became>,
}

#[derive(Clone, Debug)]
enum Move {
    Wait(i64),
    /// Something happens to a thing: it ends, is put off by some days, goes a step on, or goes on again.
    Happens(usize, Option<Outcome>, i64),
    Exposed(usize, u64),
    Settle(usize),
    OnTrack(usize),
    Lift(usize),
    TakeUp(usize),
    Finish,
}

fn moves() -> impl Strategy<Value = Vec<(usize, Move)>> {
    let thing = || 0..THINGS;
    let outcome = prop::option::of(prop::sample::select(Outcome::ALL));
    let one = prop_oneof![
        2 => (0_i64..4).prop_map(Move::Wait),
        6 => (thing(), outcome, -2_i64..9).prop_map(|(n, what, days)| Move::Happens(n, what, days)),
        1 => (thing(), 0_u64..2).prop_map(|(n, exposed)| Move::Exposed(n, exposed)),
        6 => thing().prop_map(Move::Settle),
        4 => thing().prop_map(Move::OnTrack),
        2 => thing().prop_map(Move::Lift),
        2 => thing().prop_map(Move::TakeUp),
        3 => Just(Move::Finish),
    ];
    prop::collection::vec((0_usize..5, one), 0..50)
}

impl World {
    /// A run over three things: overdue, due soon, and put off twice before.
    fn open() -> Self {
        let dues = [START.plus_seconds(-DAY), START.plus_seconds(3 * DAY), START.plus_seconds(DAY)];
        let standing = |n: usize| Standing {
            thing: thing(n),
            number: n as u64 + 3,
            since: START.plus_seconds(-30 * DAY),
            step: waited("answer"),
            holder: [HeldBy::Own, HeldBy::Desk(place(2)), HeldBy::Body(body(5))][n],
            due: dues[n],
        };
        let books = Books {
            own: RUN,
            place: place(2),
            running: 0,
            before: None,
            things: (0..THINGS).map(|n| (item_id(n), standing(n))).collect(),
        };
        let became = |n: usize| Became {
            run: RunStage::Open,
            since: Vec::new(),
            extensions: if n == 2 { 2 } else { 0 },
            stands: Some(Stands { step: waited("answer"), due: dues[n] }),
            exposed: 0,
        };
        let mut world = Self { book: Book::default(), now: START, became: (0..THINGS).map(became).collect() };
        world.start(0, &books).unwrap();
        world
    }

    fn start(&mut self, who: usize, books: &Books) -> Result<(), Refused> {
        let (rules, path, who) = (rules(), [1, 2].map(place), &actors()[who]);
        self.book.start(books.own, Open, books, &context(self.now, who, &rules, &path))
    }

    fn item(&self, n: usize) -> Item {
        self.book.state(item_id(n))
    }

    fn run(&self) -> Run {
        self.book.state(RUN)
    }

    fn became(&self, n: usize) -> Became {
        Became { run: self.run().stage, ..self.became[n].clone() }
    }

    fn sheet(&self) -> Sheet {
        let line = |n| {
            let item = self.item(n);
            let mark = item.mark.as_ref();
            Line {
                number: item.number,
                thing: item.thing.clone(),
                since: item.since,
                step: item.step.clone(),
                holder: item.holder,
                due: item.due,
                outcome: mark.map(|mark| mark.outcome),
                entry: mark.and_then(|mark| mark.entry),
                day: mark.and_then(|mark| mark.day),
            }
        };
        let head = Head { run: RUN, place: place(2), opened: self.run().opened };
        Sheet { head, lines: (0..THINGS).map(line).collect() }
    }

    fn step(&mut self, who: usize, what: &Move) -> Result<(), Refused> {
        let (rules, path, who) = (rules(), [1, 2].map(place), &actors()[who]);
        let ctx = context(self.now, who, &rules, &path);
        match what.clone() {
            Move::Wait(days) => self.now = self.now.plus_seconds(days * DAY),
            Move::Exposed(n, exposed) => self.became[n].exposed = exposed,
            Move::Happens(n, what, days) => {
                let due = self.now.plus_seconds(days * DAY);
                let became = &mut self.became[n];
                let entry = 100 + became.since.len() as u64;
                became.since.extend(what.map(|outcome| Happened { outcome, entry }));
                let step = if what.is_none() { "close" } else { "answer" };
                let ends = matches!(what, Some(Outcome::Closed | Outcome::Withdrawn));
                became.stands = (!ends).then(|| Stands { step: waited(step), due });
            }
            Move::Settle(n) => self.book.act(item_id(n), Settle, &self.became(n), &ctx)?,
            Move::OnTrack(n) => {
                let command = OnTrack { next: "等配件到货".to_owned() };
                self.book.act(item_id(n), command, &self.became(n), &ctx)?;
            }
            Move::Lift(n) => {
                let facts = Above { became: self.became(n), desk: Some(place(1)) };
                self.book.act(item_id(n), Lift { reason: "本社区办不了".to_owned() }, &facts, &ctx)?;
            }
            Move::TakeUp(n) => {
                self.book.act(item_id(n), TakeUp { note: "街道协调".to_owned() }, &(), &ctx)?;
            }
            Move::Finish => self.book.act(RUN, Finish, &self.sheet(), &ctx)?,
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn a_run_is_signed_when_all_is_marked_and_stays_as_it_was_signed(history in moves()) {
        let mut world = World::open();
        let mut signed: Option<Sheet> = None;
        for (who, what) in history {
            let before: Vec<Item> = (0..THINGS).map(|n| world.item(n)).collect();
            let done = world.step(who, &what);
            // Another community's secretary changes nothing; only the program settles.
            if who == 3 && !matches!(what, Move::Wait(_) | Move::Happens(..) | Move::Exposed(..)) {
                prop_assert!(done.is_err());
            }
            prop_assert!(!matches!(what, Move::Settle(_)) || done.is_ok() == (who == 4));
            // What is said to be on track is not overdue, and its day is the thing's.
            if let (Move::OnTrack(n), Ok(())) = (&what, &done) {
                let mark = world.item(*n).mark.unwrap();
                prop_assert!(mark.day.unwrap() > world.now);
                prop_assert_eq!(mark.day, world.became[*n].stands.as_ref().map(|stands| stands.due));
            }
            for (n, was) in before.iter().enumerate() {
                let item = world.item(n);
                // Nothing is put off a third time, nor while people are exposed.
                let newly = item.mark != was.mark;
                if newly && item.mark.as_ref().is_some_and(|mark| mark.outcome == Outcome::Extended) {
                    prop_assert!(world.became[n].exposed == 0 && world.became[n].extensions < 2);
                }
                // What went up waits for the desk above until that has spoken or it has ended.
                prop_assert_eq!(item.waits().len(), usize::from(item.stage() == ItemStage::Lifted));
            }
            prop_assert_eq!(world.run().waits().len(), usize::from(world.run().stage == RunStage::Open));
            match (&signed, world.run().finished) {
                (None, Some((at, sha256))) => {
                    let sheet = world.sheet();
                    prop_assert!(sheet.lines.iter().all(|line| line.outcome.is_some()));
                    let on = |line: &&Line| matches!(line.outcome, Some(Outcome::OnTrack | Outcome::Advanced));
                    prop_assert!(sheet.lines.iter().filter(on).all(|line| line.day.unwrap() > at));
                    prop_assert_eq!(sha256, digest_of(&text(&sheet.head, &sheet.lines)));
                    signed = Some(sheet);
                }
                (Some(sheet), _) => prop_assert_eq!(sheet, &world.sheet()),
                (None, None) => {}
            }
            // Whatever order its lines come in, a sheet is one text, and its parts add up to it.
            let Sheet { head, mut lines } = world.sheet();
            let one = text(&head, &lines);
            let whole = figures(lines.iter(), head.opened, None);
            let parts = by_holder(&lines, head.opened, None);
            prop_assert_eq!(parts.values().map(|part| part.total).sum::<u64>(), whole.total);
            prop_assert_eq!(parts.values().map(|part| part.overdue).sum::<u64>(), whole.overdue);
            lines.reverse();
            prop_assert_eq!(text(&head, &lines), one);
        }
        // No state is without an exit: whatever is left is lifted by hand, or was ended.
        if signed.is_none() {
            for n in 0..THINGS {
                world.step(4, &Move::Settle(n)).unwrap();
                if world.became[n].stands.is_some() && world.item(n).lifted.is_none() {
                    world.step(0, &Move::Lift(n)).unwrap();
                }
            }
            world.step(0, &Move::Finish).unwrap();
        }
    }
}

#[test]
fn one_run_at_a_time_and_the_secretary_begins_it() {
    let mut world = World::open();
    let books = |running| Books {
        own: RunId(Uuid::from_u128(2)),
        place: place(2),
        running,
        before: Some(RUN),
        things: Vec::new(),
    };
    assert_eq!(world.start(0, &books(1)).unwrap_err(), Refusal::RunOpen);
    assert!(matches!(world.start(1, &books(0)).unwrap_err().denied(), Some(Denied::Role { .. })));
    world.start(0, &books(0)).unwrap();
}

#[test]
fn what_is_left_unmarked_keeps_the_run_open() {
    let mut world = World::open();
    assert_eq!(world.step(0, &Move::Finish).unwrap_err(), Refusal::Unmarked(3));
    let late = START.plus_seconds(-DAY);
    assert_eq!(world.step(1, &Move::OnTrack(0)).unwrap_err(), Refusal::Late(late));
    world.step(1, &Move::OnTrack(1)).unwrap();
    world.step(1, &Move::Lift(0)).unwrap();
    world.step(0, &Move::Happens(2, Some(Outcome::Closed), 0)).unwrap();
    world.step(4, &Move::Settle(2)).unwrap();
    assert!(world.step(1, &Move::Finish).is_err(), "a worker does not sign");
    // The day of what was on track passes before it is signed.
    world.step(0, &Move::Wait(4)).unwrap();
    assert_eq!(world.step(0, &Move::Finish).unwrap_err(), Refusal::Overdue(1));
    world.step(0, &Move::Happens(1, Some(Outcome::Extended), 9)).unwrap();
    world.step(4, &Move::Settle(1)).unwrap();
    world.step(0, &Move::Finish).unwrap();
    assert_eq!(world.step(1, &Move::Lift(1)).unwrap_err(), Refusal::Finished);
    // The street answers what went up all the same.
    world.step(2, &Move::TakeUp(0)).unwrap();
    assert!(world.item(0).waits().is_empty());
}

#[test]
fn what_was_put_off_twice_is_put_off_no_more_and_what_exposes_people_neither() {
    let mut world = World::open();
    world.step(0, &Move::Happens(2, Some(Outcome::Extended), 9)).unwrap();
    world.step(4, &Move::Settle(2)).unwrap();
    assert_eq!(world.item(2).mark, None, "the third time");
    world.step(0, &Move::Exposed(0, 1)).unwrap();
    world.step(0, &Move::Happens(0, Some(Outcome::Extended), 9)).unwrap();
    world.step(4, &Move::Settle(0)).unwrap();
    assert_eq!(world.item(0).mark, None);
    world.step(0, &Move::Exposed(0, 0)).unwrap();
    world.step(4, &Move::Settle(0)).unwrap();
    assert_eq!(world.item(0).mark.unwrap().outcome, Outcome::Extended);
    // What ended and goes on again is to be marked anew.
    world.step(0, &Move::Happens(0, Some(Outcome::Closed), 0)).unwrap();
    world.step(4, &Move::Settle(0)).unwrap();
    assert_eq!(world.item(0).mark.unwrap().outcome, Outcome::Closed);
    world.became[0].since.clear();
    world.became[0].stands = Some(Stands { step: waited("answer"), due: world.now.plus_seconds(DAY) });
    world.step(4, &Move::Settle(0)).unwrap();
    assert_eq!(world.item(0).mark, None);
}

#[test]
fn what_was_said_last_time_is_kept_running_or_missed() {
    let line = |outcome, day: Option<i64>| Line {
        number: 3,
        thing: thing(0),
        since: START,
        step: waited("answer"),
        holder: HeldBy::Own,
        due: START,
        outcome,
        entry: None,
        day: day.map(|days| START.plus_seconds(days * DAY)),
    };
    let next = START.plus_seconds(30 * DAY);
    let now = line(None, None);
    let said = |outcome, day, now| verdict(&line(Some(outcome), day), now, next);
    assert_eq!(said(Outcome::Closed, None, None), None);
    assert_eq!(said(Outcome::Extended, Some(9), None), Some(Verdict::Ended));
    assert_eq!(said(Outcome::Extended, Some(9), Some(&now)), Some(Verdict::Missed));
    assert_eq!(said(Outcome::OnTrack, Some(31), Some(&now)), Some(Verdict::Running));
}

#[test]
fn the_text_of_a_sheet_is_written_out_here_once() {
    let world = World::open();
    let Sheet { head, lines } = world.sheet();
    let expected = "clearing 1\n\
run 00000000-0000-0000-0000-000000000001\n\
place 00000000-0000-0000-0000-000000000002\n\
opened 1767225600000000\n\
items 3\n\
3 matter/00000000-0000-0000-0000-000000000014 1764633600000000 step/answer own 1767139200000000 - - -\n\
4 matter/00000000-0000-0000-0000-000000000015 1764633600000000 step/answer desk/00000000-0000-0000-0000-000000000002 1767484800000000 - - -\n\
5 matter/00000000-0000-0000-0000-000000000016 1764633600000000 step/answer organisation/00000000-0000-0000-0000-000000000005 1767312000000000 - - -\n";
    assert_eq!(text(&head, &lines), expected);
}
