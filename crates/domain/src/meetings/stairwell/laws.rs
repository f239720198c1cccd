//! The laws of a stairwell's meeting, over random ticks and hands; and its stories one by one.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::matters::laws::world::{matter_id, said, spot};
use crate::matters::{self, Answer, CategoryCode, Matter, Outcome, Progress, Readers, StageKind};
use crate::meetings::{Cancel, Meeting, MeetingId, MeetingStage, MeetingStep, Open, Passed, Refusal};
use crate::places::PlaceKind;
use crate::testing::{Book, account, body, context, person, place, rules};
use proptest::prelude::*;
use uuid::Uuid;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    AccountId, Actor, Command, Denied, Holder, HolderKey, Moment, Pack, PlaceId, Role, Sealed, Stream as _,
};
use yishi_tally::everyday::Miscount;

const NOW: Moment = Moment(1_000_000_000_000);
const HOUR: i64 = 3_600;
/// Street, community, building and stairwell.
const PATH: [u128; 4] = [1, 2, 4, 5];

struct Stair {
    book: Book,
    rules: Pack,
    now: Moment,
}

fn id() -> MeetingId {
    MeetingId(Uuid::from_u128(700))
}

fn steward() -> Actor {
    person(3, Role::Steward, 5)
}

/// Six households of the stairwell, and two of another.
fn door(n: usize) -> PlaceId {
    place(100 + n as u128)
}

fn own() -> Doors {
    Doors { households: (0..6).map(door).collect() }
}

fn at() -> Stairwell {
    Stairwell {
        kind: PlaceKind::Stairwell,
        closed: None,
        building: place(4),
        desk: place(2),
        households: 6,
        about: About::default(),
        matter: None,
    }
}

fn call() -> CallStairwell {
    CallStairwell {
        stairwell: place(5),
        title: "楼道里的自行车放哪儿".to_owned(),
        matter: None,
        venue: "楼门口".to_owned(),
        starts: NOW.plus_seconds(2 * HOUR),
        door: "d".repeat(32),
    }
}

fn settle(lines: &[&str], hands: [u64; 3]) -> Settle {
    Settle { lines: lines.iter().map(|line| (*line).to_owned()).collect(), hands }
}

impl Stair {
    fn new() -> Self {
        Self { book: Book::default(), rules: rules(), now: NOW }
    }

    fn call(
        &mut self,
        who: &Actor,
        call: CallStairwell,
        at: &Stairwell,
    ) -> Result<(), yishi_kernel::Refusal> {
        let path = PATH.map(place);
        self.book.start(id(), call, at, &context(self.now, who, &self.rules, &path))
    }

    /// Called, and its hour has come.
    fn called() -> Self {
        let mut stair = Self::new();
        stair.call(&steward(), call(), &at()).unwrap();
        stair.now = NOW.plus_seconds(2 * HOUR);
        stair
    }

    fn act<C: Command<On = Meeting>>(
        &mut self,
        who: &Actor,
        command: C,
        facts: &C::Facts,
    ) -> Result<(), yishi_kernel::Refusal> {
        let path = PATH.map(place);
        self.book.act(id(), command, facts, &context(self.now, who, &self.rules, &path))
    }

    fn come(&mut self, doors: &[usize]) -> Result<(), yishi_kernel::Refusal> {
        self.act(&steward(), Come { doors: doors.iter().copied().map(door).collect() }, &own())
    }

    fn settle(&mut self, lines: &[&str], hands: [u64; 3]) -> Result<(), yishi_kernel::Refusal> {
        self.act(&steward(), settle(lines, hands), &id())
    }

    fn meeting(&self) -> Meeting {
        self.book.state(id())
    }
}

#[test]
fn its_steward_calls_it_half_an_hour_ahead_and_holds_what_comes_next() {
    let mut stair = Stair::new();
    let earliest = NOW.plus_seconds(HOUR / 2);
    let soon = CallStairwell { starts: Moment(earliest.0 - 1), ..call() };
    assert_eq!(stair.call(&steward(), soon, &at()).unwrap_err(), Refusal::Ahead { earliest });
    let far = CallStairwell { starts: NOW.plus_seconds(61 * 24 * HOUR), ..call() };
    assert_eq!(stair.call(&steward(), far, &at()).unwrap_err(), Refusal::Far);
    let compound = Stairwell { kind: PlaceKind::Building, ..at() };
    assert_eq!(stair.call(&steward(), call(), &compound).unwrap_err(), Refusal::NoStairwell);
    let another = person(3, Role::Steward, 6);
    assert_eq!(stair.call(&another, call(), &at()).unwrap_err(), Denied::Elsewhere);
    assert!(stair.call(&person(9, Role::Resident, 100), call(), &at()).is_err());
    stair.call(&steward(), CallStairwell { starts: earliest, ..call() }, &at()).unwrap();
    let meeting = stair.meeting();
    let next = meeting.next().unwrap();
    assert_eq!(next, (MeetingStep::Open, HolderKey::person(account(3)), earliest.end_of_day_after(0)));
    assert_eq!((meeting.place(), meeting.at()), (Some(place(4)), Some(place(5))));
    let kinds: Vec<_> = stair.book.entries.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["meeting.called.1", "meeting.at_stairwell.1"]);
    let whole = stair.book.records[1].1.public.values().any(|value| value == &place(5).to_string());
    assert!(!whole, "which stairwell it is stands in no public field");
}

#[test]
fn the_first_tick_opens_it_and_it_ends_in_a_few_lines() {
    let mut stair = Stair::called();
    stair.now = NOW;
    let starts = NOW.plus_seconds(2 * HOUR);
    assert_eq!(stair.come(&[0]).unwrap_err(), Refusal::TooEarly { starts });
    stair.now = starts;
    assert_eq!(stair.come(&[]).unwrap_err(), Refusal::NobodyCame);
    assert_eq!(stair.come(&[0, 7]).unwrap_err(), Refusal::OtherDoor);
    assert_eq!(stair.settle(&["买灯"], [1, 0, 0]).unwrap_err(), Refusal::Stage(MeetingStage::Called));
    stair.come(&[0, 1, 1]).unwrap();
    stair.come(&[0, 1, 2]).unwrap();
    assert_eq!(stair.meeting().next().unwrap().0, MeetingStep::Resolve);
    let none: [&str; 2] = ["", " "];
    assert_eq!(stair.settle(&none, [2, 0, 0]).unwrap_err(), Refusal::NoLines);
    assert_eq!(stair.settle(&["一"; 6], [2, 0, 0]).unwrap_err(), Refusal::TooManyLines { most: 5 });
    assert_eq!(stair.settle(&["一"], [0; 3]).unwrap_err(), Refusal::NoHands);
    let more = Miscount::MoreVotesThanPresent { votes: 4, present: 3 };
    assert_eq!(stair.settle(&["一"], [2, 1, 1]).unwrap_err(), Refusal::Miscount(more));
    stair.settle(&["自行车一律放车棚，老王周日前挪走", "", "楼道灯由物业换"], [2, 1, 0]).unwrap();
    let meeting = stair.meeting();
    let ended = meeting.stairs.clone().unwrap().ended.unwrap();
    assert_eq!((ended.lines.len(), ended.present, ended.hands), (2, 3, [2, 1, 0]));
    assert_eq!((ended.passed, meeting.stage), (Passed::Yes, MeetingStage::Concluded));
    assert_eq!((meeting.ended, meeting.waits().len()), (Some(stair.now), 0));
    assert!(stair.come(&[0]).is_err() && stair.settle(&["一"], [1, 0, 0]).is_err());
}

#[test]
fn what_is_the_owners_is_not_settled_on_a_staircase() {
    let mut stair = Stair::called();
    stair.come(&[0, 1]).unwrap();
    let refused = stair.settle(&["门禁坏了", "用维修资金换门禁"], [2, 0, 0]).unwrap_err();
    let (field, said) = ("line-2", "用维修资金".to_owned());
    let article = "《民法典》第278条第一款第（五）项、第281条".to_owned();
    assert_eq!(refused, Refusal::NotSettledHere { field, said, article });
}

#[test]
fn it_is_held_on_its_own_page_and_called_off_with_a_reason() {
    let mut stair = Stair::called();
    let worker = person(1, Role::CommunityWorker, 2);
    assert_eq!(stair.act(&worker, Open, &()).unwrap_err(), Refusal::OfStairwell);
    let off = Cancel { reason: "停电".to_owned() };
    assert_eq!(stair.act(&worker, off, &id()).unwrap_err(), Refusal::OfStairwell);
    let off = CallOff { reason: "下大雨".to_owned() };
    stair.act(&steward(), off.clone(), &()).unwrap();
    assert_eq!((stair.meeting().stage, stair.meeting().next()), (MeetingStage::Cancelled, None));
    assert!(stair.act(&steward(), off, &()).is_err());
}

#[derive(Clone, Debug)]
enum Step {
    Come(Vec<usize>),
    Settle(usize, [u64; 3]),
    Later,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => prop::collection::vec(0..8_usize, 0..8).prop_map(Step::Come),
        3 => (0..7_usize, prop::array::uniform3(0..5_u64)).prop_map(|(lines, hands)| Step::Settle(lines, hands)),
        1 => Just(Step::Later),
    ];
    prop::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// One household, one voice: never more hands than households that were ticked last, all of
    /// them of this stairwell and each once; and whoever ended it ended it for good.
    #[test]
    fn hands_never_exceed_the_households_that_came(steps in steps()) {
        let mut stair = Stair::called();
        let mut ticked: Vec<usize> = Vec::new();
        let mut over = false;
        for step in steps {
            match step {
                Step::Come(doors) => {
                    let taken = stair.come(&doors).is_ok();
                    let fits = !doors.is_empty() && doors.iter().all(|door| *door < 6);
                    prop_assert_eq!(taken, fits && !over);
                    if taken {
                        ticked = doors;
                        ticked.sort_unstable();
                        ticked.dedup();
                    }
                }
                Step::Settle(lines, hands) => {
                    let sum: u64 = hands.iter().sum();
                    let taken = stair.settle(&vec!["楼道不堆物"; lines], hands).is_ok();
                    let fits = (1..=5).contains(&lines) && sum > 0 && sum <= ticked.len() as u64;
                    prop_assert_eq!(taken, fits && !over && !ticked.is_empty());
                    over |= taken;
                }
                Step::Later => stair.now = stair.now.plus_seconds(HOUR),
            }
            let meeting = stair.meeting();
            let stairs = meeting.stairs.clone().unwrap();
            if let Some(came) = &stairs.came {
                prop_assert_eq!(came.households, ticked.len() as u64);
                prop_assert_eq!(came.doors.get().map(Vec::len), Some(ticked.len()));
            }
            match &stairs.ended {
                Some(ended) => {
                    let [yes, no, abstain] = ended.hands;
                    prop_assert_eq!(ended.present, ticked.len() as u64);
                    prop_assert!(yes + no + abstain <= ended.present);
                    prop_assert_eq!(ended.passed == Passed::Yes, 2 * yes > ended.present);
                    prop_assert!((1..=5).contains(&ended.lines.len()));
                    prop_assert!(over && meeting.next().is_none());
                }
                None => prop_assert!(!over && meeting.next().is_some()),
            }
        }
        let settled = stair.book.entries.iter().filter(|(_, kind, _)| kind == "meeting.settled.1").count();
        prop_assert!(settled <= 1);
    }
}

#[test]
fn which_households_came_stands_in_no_public_field() {
    let mut stair = Stair::called();
    stair.come(&[2]).unwrap();
    let (_, record) = stair.book.records.last().unwrap();
    assert_eq!(record.kind, "meeting.households_came.1");
    assert_eq!(record.private.keys().collect::<Vec<_>>(), ["by", "doors"]);
    let said = serde_json::to_string(&record.public).unwrap();
    assert!(!said.contains(&door(2).to_string()), "{said}");
}

#[test]
fn a_matter_it_was_called_about_hears_that_it_went_up_and_what_was_agreed() {
    let mut stair = Stair::new();
    let (matter, rules, path) = (matter_id(0), rules(), PATH.map(place));
    let visitor = Actor::visitor();
    let ctx = context(NOW, &visitor, &rules, &path);
    stair.book.start(matter, said("楼道灯坏了", 0), &spot(matter), &ctx).unwrap();
    let about = CallStairwell { matter: Some(matter), ..call() };
    let refused = stair.call(&steward(), about.clone(), &at()).unwrap_err();
    assert_eq!(refused, Refusal::NotOfStairwell, "no open matter of the stairwell");
    stair.call(&steward(), about, &Stairwell { matter: Some(matter), ..at() }).unwrap();
    stair.now = NOW.plus_seconds(2 * HOUR);
    let lift = Lift { id: id(), raised_at: None };
    let up = SendUp { raised: None };
    assert_eq!(stair.act(&steward(), up, &lift).unwrap_err(), Refusal::Stage(MeetingStage::Called));
    stair.come(&[0, 1]).unwrap();
    stair.act(&steward(), up, &lift).unwrap();
    assert_eq!(stair.meeting().stairs.unwrap().sent_up, Some(matter));
    assert_eq!(stair.act(&steward(), up, &lift).unwrap_err(), Common::Exists);
    stair.settle(&["先装声控灯"], [2, 0, 0]).unwrap();
    let heard = stair.book.records.iter().filter(|(_, record)| record.kind == "matter.met_at_stairwell.1");
    let heard: Vec<_> =
        heard.map(|(_, record)| record.public["came_to"].as_str().unwrap().to_owned()).collect();
    assert_eq!(heard, ["sent_up", "agreed"]);
}

/// Who may hold a matter of the stairwell.
fn holders() -> [Option<(Holder, Option<AccountId>)>; 6] {
    let person = |role, at, id| Some((Holder::Person(role, place(at)), Some(account(id))));
    [
        // Nobody has sorted it yet.
        None,
        Some((Holder::Organisation(body(50)), None)),
        person(Role::CommunityWorker, 2, 1),
        person(Role::GridHead, 2, 6),
        person(Role::Steward, 4, 3),
        person(Role::BuildingHead, 4, 7),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What a stairwell sends up no neighbour holds any more, whoever of them did; whoever else holds
    /// it keeps it. It gets no more time, its receipts hear the same of it, and the hands of the
    /// desk can take it.
    #[test]
    fn what_goes_up_is_left_with_no_neighbour(held in 0..6_usize, answered in any::<bool>(), settled in any::<bool>()) {
        let mut stair = Stair::new();
        let (matter, rules, path) = (matter_id(0), rules(), PATH.map(place));
        let (visitor, worker) = (Actor::visitor(), person(1, Role::CommunityWorker, 2));
        let ctx = context(NOW, &visitor, &rules, &path);
        stair.book.start(matter, said("楼道灯坏了", 0), &spot(matter), &ctx).unwrap();
        let ctx = context(NOW, &worker, &rules, &path);
        let holder = holders()[held];
        if let Some((holder, person)) = holder {
            let sorted = matters::Event::Triaged {
                outcome: Outcome::Public,
                category: CategoryCode("02".to_owned()),
                holder,
                person: person.map(Sealed::Kept),
                due: NOW.plus_seconds(90 * HOUR),
                rules: rules.digest().to_owned(),
            };
            stair.book.record::<Matter>(matter, Role::CommunityWorker, vec![sorted], &ctx);
            if answered {
                let said = Answer { text: "正在换".to_owned(), word: String::new(), photos: Vec::new() };
                stair.book.act(matter, said, &Readers { receipts: 1 }, &ctx).unwrap();
            }
        }
        let about = CallStairwell { matter: Some(matter), ..call() };
        stair.call(&steward(), about, &Stairwell { matter: Some(matter), ..at() }).unwrap();
        stair.now = NOW.plus_seconds(2 * HOUR);
        stair.come(&[0, 1]).unwrap();
        if settled {
            stair.settle(&["先装声控灯"], [2, 0, 0]).unwrap();
        }
        let before = stair.book.state::<Matter>(matter);
        let sent = stair.act(&steward(), SendUp { raised: None }, &Lift { id: id(), raised_at: None });
        let after = stair.book.state::<Matter>(matter);
        prop_assert_eq!(sent.is_ok(), !settled, "what is over sends nothing up");
        let kinds: Vec<&str> = stair.book.records.iter().map(|(_, record)| record.kind.as_str()).collect();
        let last: Vec<&str> = kinds.into_iter().rev().take_while(|kind| kind.starts_with("matter.")).collect();
        let neighbour = matches!(before.holder, Holder::Person(Role::Steward | Role::BuildingHead, _));
        match (settled, neighbour) {
            (true, _) => prop_assert_eq!(&after, &before),
            (false, true) => {
                prop_assert_eq!(last, ["matter.passed_on.1", "matter.met_at_stairwell.1"]);
                prop_assert_eq!(HolderKey::of(after.holder, after.person.as_ref()), HolderKey::desk(place(2)));
            }
            (false, false) => {
                prop_assert_eq!(last, ["matter.met_at_stairwell.1"]);
                prop_assert_eq!((after.holder, &after.person), (before.holder, &before.person));
            }
        }
        prop_assert_eq!((after.stage(), after.due), (before.stage(), before.due), "no more time");
        prop_assert_eq!(after.waits().len(), 1);
        if neighbour && !settled && after.stage() == StageKind::InHand {
            let ctx = context(stair.now, &worker, &rules, &path);
            let progress = Progress { note: "已联系".to_owned(), photos: Vec::new() };
            stair.book.act(matter, progress.clone(), &(), &ctx).unwrap();
            let own = steward();
            let ctx = context(stair.now, &own, &rules, &path);
            prop_assert!(stair.book.act(matter, progress, &(), &ctx).is_err(), "it is hers no more");
        }
    }
}

#[test]
fn only_what_was_raised_from_its_own_floor_goes_up() {
    let mut stair = Stair::called();
    stair.come(&[0]).unwrap();
    let up = SendUp { raised: Some(matter_id(0)) };
    for raised_at in [None, Some(MeetingId(Uuid::from_u128(701)))] {
        let refused = stair.act(&steward(), up, &Lift { id: id(), raised_at }).unwrap_err();
        assert_eq!(refused, Refusal::NotOfStairwell);
    }
}
