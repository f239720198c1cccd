//! The laws of gatherings over random histories; and their stories one by one.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::matters::laws::world::{matter_id, opening, path, receipt_id, spot};
use crate::matters::{Carrier, Channel, How, Matter, MatterId, Proof, Receipt, Refusal as Why, StageKind};
use crate::places::PlaceKind;
use crate::testing::{Book, account, context, person, place, rules};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::TextError;
use yishi_kernel::{
    Actor, Command, Heir, HolderKey, Moment, Pack, Passing, Refusal as Refused, Role, Sealed, Stream as _,
};

const ID: GatheringId = GatheringId(Uuid::from_u128(70));
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const START: Moment = Moment(1_767_225_600_000_000);

/// The steward of the stairwell, a worker, the steward of another one, and a visitor.
fn actors() -> [Actor; 4] {
    [
        person(3, Role::Steward, 5),
        person(1, Role::CommunityWorker, 2),
        person(8, Role::Steward, 50),
        Actor::visitor(),
    ]
}

fn voice(n: usize) -> Voice {
    let opening = crate::matters::Opening {
        consent: Some("当面说的".to_owned()),
        contact: String::new(),
        ..opening(n)
    };
    Voice { receipt: receipt_id(n), opening }
}

fn matter(n: usize, text: &str) -> Said {
    Said::Matter { id: matter_id(n), text: text.to_owned(), voice: voice(n) }
}

fn thanks(text: &str) -> Said {
    Said::Thanks { text: text.to_owned() }
}

fn record(lines: impl IntoIterator<Item = Said>) -> Record {
    let lines = lines.into_iter().enumerate().map(|(row, what)| Line { row, what }).collect();
    Record { people: 12, mostly: Some(Mostly::Old), lines }
}

fn open(starts: Moment, record: Option<Record>) -> Open {
    let (people, mostly) = (None, None);
    Open { form: Form::Bench, place: place(5), spot: "凉亭".to_owned(), starts, people, mostly, record }
}

struct World {
    book: Book,
    rules: Pack,
    now: Moment,
    known: Vec<MatterId>,
}

impl World {
    fn new() -> Self {
        Self { book: Book::default(), rules: rules(), now: START, known: Vec::new() }
    }

    fn opened() -> Self {
        let mut world = Self::new();
        world.open(0, open(START.plus_seconds(2 * HOUR), None)).unwrap();
        world.now = START.plus_seconds(4 * HOUR);
        world
    }

    fn ground(&self) -> Ground {
        let carrier = |root: &MatterId| {
            let matter = self.book.loaded::<Matter>(*root).state?;
            Some((*root, Carrier { root: *root, matter, path: path() }))
        };
        let known: BTreeMap<_, _> = self.known.iter().filter_map(carrier).collect();
        Ground { spot: spot(matter_id(0)), known }
    }

    fn open(&mut self, who: usize, open: Open) -> Result<(), Refused> {
        let (who, ground, path) = (actors()[who].clone(), self.ground(), path());
        self.book.start(ID, open, &ground, &context(self.now, &who, &self.rules, &path))
    }

    fn record(&mut self, who: usize, record: Record) -> Result<(), Refused> {
        let ground = self.ground();
        self.act(who, record, &ground)
    }

    fn act<C: Command<On = Gathering>>(
        &mut self,
        who: usize,
        command: C,
        facts: &C::Facts,
    ) -> Result<(), Refused> {
        let (who, path) = (actors()[who].clone(), path());
        self.book.act(ID, command, facts, &context(self.now, &who, &self.rules, &path))
    }

    fn gathering(&self) -> Gathering {
        self.book.state(ID)
    }
}

#[test]
fn each_line_becomes_one_of_four_and_all_are_recorded_at_once() {
    let mut world = World::opened();
    let lines = [
        matter(0, "三单元的灯坏了"),
        thanks("谢谢物业当晚修好了水管"),
        Said::Private,
        matter(1, "门口堆了旧家具"),
    ];
    world.record(0, record(lines)).unwrap();
    let gathering = world.gathering();
    let written = gathering.record.clone().unwrap();
    assert_eq!((gathering.stage, gathering.people), (GatheringStage::Recorded, Some(12)));
    assert_eq!(written.raised.iter().map(|one| one.matter).collect::<Vec<_>>(), [matter_id(0), matter_id(1)]);
    assert_eq!((written.thanks.len(), written.private, gathering.waits().len()), (1, 1, 0));
    // The matters wait like any other from now on; when it was said stands beside.
    let matter: Matter = world.book.state(matter_id(0));
    assert_eq!(
        (matter.stage(), matter.channel, matter.raised),
        (StageKind::Raised, Channel::Gathering, world.now)
    );
    assert_eq!((matter.place, matter.waits().len()), (place(4), 1));
    let receipt: Receipt = world.book.state(receipt_id(0));
    assert_eq!((receipt.how, receipt.proof, receipt.matter), (How::Raised, Proof::Neighbour, matter_id(0)));
    assert_eq!(receipt.account, None, "whoever writes it down is nobody's voice");
    assert_eq!(receipt.opened_by, Some(Sealed::Kept(account(3))));
}

#[test]
fn what_is_known_gets_another_voice_and_where_nobody_joins_any_more_a_link() {
    let mut world = World::opened();
    world.record(1, record([matter(0, "灯坏了"), Said::Private])).unwrap();
    world.known = vec![matter_id(0)];
    let second = GatheringId(Uuid::from_u128(71));
    let again = |n| Said::Known { matter: matter_id(0), voice: voice(n) };
    let (worker, ground, path) = (actors()[1].clone(), world.ground(), path());
    let ctx = context(world.now, &worker, &world.rules, &path);
    world.book.start(second, open(START, Some(record([again(1), again(2)]))), &ground, &ctx).unwrap();
    let receipt: Receipt = world.book.state(receipt_id(1));
    assert_eq!((receipt.how, receipt.proof, receipt.matter), (How::Joined, Proof::Staff, matter_id(0)));
    assert!(world.book.loaded::<Receipt>(receipt_id(2)).state.is_some(), "each who says it counts");
    // One that was taken back and closed is only pointed to.
    world.book.record::<Matter>(matter_id(0), Role::Visitor, vec![crate::matters::Event::Withdrawn {}], &ctx);
    let (ground, third) = (world.ground(), GatheringId(Uuid::from_u128(72)));
    world.book.start(third, open(START, Some(record([again(3)]))), &ground, &ctx).unwrap();
    assert!(world.book.loaded::<Receipt>(receipt_id(3)).state.is_none());
    let pointed = world.book.state::<Gathering>(third).record.unwrap().known;
    assert_eq!(pointed, [Known { matter: matter_id(0), receipt: None }]);
    let unknown = record([Said::Known { matter: matter_id(3), voice: voice(4) }]);
    let fourth = GatheringId(Uuid::from_u128(73));
    let refused = world.book.start(fourth, open(START, Some(unknown)), &ground, &ctx).unwrap_err();
    assert_eq!(refused, Common::Unknown);
}

#[test]
fn what_is_wrong_with_a_line_is_told_at_that_line_and_nothing_is_recorded() {
    let mut world = World::opened();
    let none = record([]);
    assert_eq!(world.record(0, none).unwrap_err(), Refusal::NoLines);
    let empty = record([matter(0, "灯坏了"), matter(1, " ")]);
    assert_eq!(world.record(0, empty).unwrap_err(), Refusal::EmptyLine { field: "line-2" });
    let nameless = record([matter(0, "灯坏了"), thanks("谢谢13800001111")]);
    let refused = world.record(0, nameless).unwrap_err();
    assert_eq!(refused.field(), Some("line-2"));
    let blank = record([thanks("")]);
    assert_eq!(
        world.record(0, blank).unwrap_err(),
        Common::Text { field: "line-1", error: TextError::Empty }
    );
    let line = |row| Line { row, what: Said::Private };
    let far = Record { lines: vec![line(MOST)], ..record([]) };
    assert_eq!(world.record(0, far).unwrap_err(), Refusal::TooManyLines);
    let nobody = Record { people: 0, ..record([Said::Private]) };
    assert_eq!(world.record(0, nobody).unwrap_err(), Refusal::People);
    assert!(world.book.all::<Matter>().is_empty() && world.gathering().record.is_none());
    let unasked = Voice { opening: opening(0), ..voice(0) };
    let said = Said::Matter { id: matter_id(0), text: "灯坏了".to_owned(), voice: unasked };
    assert_eq!(world.record(0, record([said])).unwrap_err(), Why::NoConsent);
    world.record(0, Record { lines: vec![line(MOST - 1)], ..record([]) }).unwrap();
}

#[test]
fn it_is_recorded_from_its_beginning_on_and_waits_three_days_for_that() {
    let mut world = World::new();
    let starts = START.plus_seconds(2 * DAY);
    world.open(0, open(starts, None)).unwrap();
    let waits = world.gathering().waits();
    assert_eq!((waits.len(), waits[0].due), (1, starts.end_of_day_after(3)));
    assert_eq!(waits[0].holder, HolderKey::person(account(3)));
    assert_eq!(world.record(0, record([Said::Private])).unwrap_err(), Refusal::NotYet(starts));
    let too_soon = open(starts, Some(record([Said::Private])));
    assert_eq!(World::new().open(0, too_soon).unwrap_err(), Refusal::NotYet(starts));
    for far in [START.plus_seconds(61 * DAY), START.plus_seconds(-32 * DAY)] {
        assert_eq!(World::new().open(0, open(far, None)).unwrap_err(), Refusal::FarAway);
    }
    // One that was held a while ago has its days from now on.
    let mut late = World::new();
    late.open(0, open(START.plus_seconds(-20 * DAY), None)).unwrap();
    assert_eq!(late.gathering().due, START.end_of_day_after(3));
}

#[test]
fn it_is_held_where_matters_are_and_by_whoever_looks_after_the_place() {
    for who in [2, 3] {
        assert!(World::new().open(who, open(START, None)).is_err(), "{who}");
    }
    let mut world = World::new();
    let mut ground = world.ground();
    ground.spot.places.last_mut().unwrap().1 = PlaceKind::District;
    let (steward, path) = (actors()[0].clone(), path());
    let ctx = context(world.now, &steward, &world.rules, &path);
    assert!(world.book.start(ID, open(START, None), &ground, &ctx).is_err());
    ground = Ground { spot: crate::matters::Spot { closed: Some(START), ..spot(matter_id(0)) }, ..ground };
    assert_eq!(world.book.start(ID, open(START, None), &ground, &ctx).unwrap_err(), Common::Ended);
}

#[test]
fn the_words_of_private_talk_are_in_no_entry() {
    let mut world = World::opened();
    world.record(0, record([Said::Private, Said::Private, matter(0, "灯坏了")])).unwrap();
    let (_, entry) =
        world.book.records.iter().find(|(_, record)| record.kind == "gathering.recorded.1").unwrap();
    assert_eq!(entry.private.keys().collect::<Vec<_>>(), ["by"]);
    assert_eq!(entry.public["private"], 2);
}

#[derive(Clone, Debug)]
enum Move {
    Record { lines: Vec<u8>, people: u64 },
    CallOff { reason: &'static str },
    Gone { who: u128, heir: Option<u128> },
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<(usize, Move)>> {
    let one = prop_oneof![
        3 => (prop::collection::vec(0_u8..5, 0..6), 0_u64..4).prop_map(|(lines, people)| Move::Record { lines, people }),
        1 => prop_oneof![Just("下大雨"), Just(" ")].prop_map(|reason| Move::CallOff { reason }),
        1 => (prop_oneof![Just(3_u128), Just(1)], prop::option::of(Just(1_u128))).prop_map(|(who, heir)| Move::Gone { who, heir }),
        1 => (0_i64..5).prop_map(Move::Wait),
    ];
    prop::collection::vec((0_usize..4, one), 0..16)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Until it is recorded or called off somebody who is there owes its record, by the day of the
    /// rule; then it stands as it is, each of its lines is counted once, and each matter has a receipt.
    #[test]
    fn a_gathering_waits_until_it_is_recorded_or_called_off(history in moves()) {
        let mut world = World::opened();
        let mut made = 0;
        for (who, what) in history {
            let before = world.gathering();
            let done = match &what {
                Move::Wait(days) => {
                    world.now = world.now.plus_seconds(days * DAY);
                    Ok(())
                }
                Move::CallOff { reason } => world.act(who, CallOff { reason: (*reason).to_owned() }, &()),
                Move::Record { lines, people } => {
                    let said = lines.iter().enumerate().map(|(n, kind)| match kind {
                        0 => matter(made + n, "灯坏了"),
                        1 => thanks("谢谢大家"),
                        2 => Said::Private,
                        3 => matter(made + n, ""),
                        _ => Said::Known { matter: matter_id(900), voice: voice(made + n) },
                    });
                    let record = Record { people: *people, ..record(said) };
                    made += lines.len();
                    world.record(who, record)
                }
                Move::Gone { who, heir } => {
                    let heir = heir.filter(|heir| heir != who).map(account);
                    let to = match heir {
                        Some(heir) => Heir::Named(
                            yishi_kernel::Holder::Person(Role::CommunityWorker, place(2)),
                            Some(heir),
                        ),
                        None => Heir::Desk,
                    };
                    let passing = Passing { from: HolderKey::person(account(*who)), to };
                    let (visitor, path) = (Actor::visitor(), path());
                    let ctx = context(world.now, &visitor, &world.rules, &path);
                    world.book.pass_on(&passing, &ctx);
                    Ok(())
                }
            };
            let after = world.gathering();
            match after.stage {
                GatheringStage::Open => {
                    let waits = after.waits();
                    prop_assert_eq!((waits.len(), waits[0].due), (1, START.plus_seconds(2 * HOUR).end_of_day_after(3)));
                }
                GatheringStage::Recorded => prop_assert!(after.waits().is_empty() && after.record.is_some()),
                GatheringStage::CalledOff => prop_assert!(after.waits().is_empty() && after.reason.is_some()),
            }
            prop_assert!(before.stage == GatheringStage::Open || before == after, "what is over stays so");
            if who >= 2 && !matches!(what, Move::Wait(_) | Move::Gone { .. }) {
                prop_assert!(done.is_err() && before == after);
            }
            if let (Move::Record { lines, people }, true) = (&what, done.is_ok()) {
                let written = after.record.clone().unwrap();
                let of = |kind: u8| lines.iter().filter(|line| **line == kind).count();
                prop_assert!(!lines.is_empty() && *people > 0 && of(3) + of(4) == 0);
                prop_assert_eq!(
                    (written.raised.len(), written.thanks.len(), written.private),
                    (of(0), of(1), of(2) as u64)
                );
                for one in &written.raised {
                    let receipt: Receipt = world.book.state::<Receipt>(one.receipt);
                    prop_assert_eq!(receipt.matter, one.matter);
                    prop_assert_eq!(world.book.state::<Matter>(one.matter).raised, world.now);
                }
            }
        }
        let kinds = world.book.entries.iter().filter(|(_, kind, _)| kind == "gathering.recorded.1").count();
        prop_assert!(kinds <= 1);
        prop_assert_eq!(world.book.all::<Matter>().len(), world.gathering().record.map_or(0, |record| record.raised.len()));
    }
}
