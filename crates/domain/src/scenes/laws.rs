//! The laws of scenes over random histories: until each body that came has signed or said why not,
//! whoever keeps the record waits for it; then what was agreed waits for whoever took it on, until it
//! is done or the order is at its end. And their stories one by one.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::dispatch::laws::world::{
    COMMITTEE, DAY, LAMP_OFFICER, LAMPS, MARKET, MARKET_STAFF, SECRETARY, SQUAD, SQUAD_OFFICER, STREET,
    WORKER, World as Orders,
};
use crate::dispatch::{OrderStage, WhistleKind};
use crate::testing::{Book, body, context, place, rules};
use proptest::prelude::*;
use uuid::Uuid;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    Actor, Context, Heir, Holder, HolderKey, Moment, Passing, Refusal as Refused, Stream as _,
};

const ID: SceneId = SceneId(Uuid::from_u128(90));

/// A whistle that the lamps' department leads; what was written down at its scene; and the clock.
struct World {
    orders: Orders,
    book: Book,
    now: Moment,
}

fn line(row: usize, of: Option<u128>, due: Moment) -> Line {
    Line { row, body: of.map(body), what: "补装三盏路灯".to_owned(), due }
}

impl World {
    fn blown() -> Self {
        let mut orders = Orders::asked();
        orders.blow(STREET, WhistleKind::Hard).unwrap();
        let now = orders.now.plus_seconds(3_600);
        Self { orders, book: Book::default(), now }
    }

    fn opened() -> Self {
        let mut world = Self::blown();
        let open = world.open();
        world.start(WORKER, open).unwrap();
        world
    }

    fn open(&self) -> Open {
        let due = self.now.plus_seconds(5 * DAY);
        Open {
            order: crate::dispatch::OrderId(Uuid::from_u128(4_000)),
            met: self.now,
            came: vec![body(LAMPS), body(SQUAD)],
            people: "路灯管理所 周师傅".to_owned(),
            findings: "线缆被挖断，灯杆完好".to_owned(),
            lines: vec![line(0, Some(LAMPS), due), line(2, Some(SQUAD), due), line(3, None, due)],
        }
    }

    fn ctx(&self, who: usize) -> Context<'static> {
        Context { now: self.now, ..self.orders.ctx(who) }
    }

    fn start(&mut self, who: usize, open: Open) -> Result<(), Refused> {
        let ctx = self.ctx(who);
        self.book.start(ID, open, &self.orders.order(), &ctx)
    }

    fn sign(&mut self, who: usize, of: Option<u128>) -> Result<(), Refused> {
        let ctx = self.ctx(who);
        self.book.act(ID, Sign { body: of.map(body) }, &(), &ctx)
    }

    fn refuse(&mut self, who: usize, of: Option<u128>, reason: &str) -> Result<(), Refused> {
        let ctx = self.ctx(who);
        self.book.act(ID, Refuse { body: of.map(body), reason: reason.to_owned() }, &(), &ctx)
    }

    fn done(&mut self, who: usize, line: u32) -> Result<(), Refused> {
        let ctx = self.ctx(who);
        self.book.act(ID, Done { line, note: "灯亮了".to_owned() }, &(), &ctx)
    }

    fn end(&mut self) -> Result<(), Refused> {
        let (rules, path, program) = (rules(), [1, 2].map(place), Actor::system(place(1)));
        self.book.act(ID, End, &self.orders.order(), &context(self.now, &program, &rules, &path))
    }

    fn gone(&mut self, of: u128) {
        let (ctx, from) = (self.ctx(WORKER), HolderKey::organisation(body(of)));
        self.book.pass_on(&Passing { from, to: Heir::Desk }, &ctx);
    }

    fn scene(&self) -> Scene {
        self.book.state(ID)
    }

    fn holders(&self) -> Vec<HolderKey> {
        self.scene().waits().into_iter().map(|wait| wait.holder).collect()
    }
}

fn organisation(of: u128) -> HolderKey {
    HolderKey::organisation(body(of))
}

#[test]
fn all_who_came_sign_and_then_each_line_waits_for_whoever_took_it_on() {
    let mut world = World::opened();
    let due = world.scene().due;
    // The third day is a Saturday: the Monday after it.
    assert_eq!(due, world.now.end_of_day_after(5));
    let (desk, lamps, squad) = (HolderKey::desk(place(2)), organisation(LAMPS), organisation(SQUAD));
    assert_eq!(world.holders(), [desk.clone(), lamps.clone(), squad.clone()]);
    assert!(world.scene().waits().iter().all(|wait| wait.due == due));
    world.sign(LAMP_OFFICER, None).unwrap();
    assert_eq!(world.sign(LAMP_OFFICER, None).unwrap_err(), Refusal::NotOwn, "it has signed");
    assert_eq!(world.holders(), [desk.clone(), squad.clone()], "one is missing");
    assert!(world.done(LAMP_OFFICER, 0).is_err(), "nothing is agreed yet");
    world.sign(WORKER, Some(SQUAD)).unwrap();
    let how = |of| match world.scene().came.get(&body(of)) {
        Some(Some(Answer::Signed { how, .. })) => Some(*how),
        _ => None,
    };
    assert_eq!((how(LAMPS), how(SQUAD)), (Some(SignedHow::Account), Some(SignedHow::Paper)));
    assert_eq!(world.holders(), [lamps, squad, desk.clone()]);
    world.done(LAMP_OFFICER, 0).unwrap();
    assert_eq!(world.done(LAMP_OFFICER, 0).unwrap_err(), Refusal::NotOwed);
    assert_eq!(world.done(LAMP_OFFICER, 1).unwrap_err(), Refusal::NotOwn);
    world.done(WORKER, 1).unwrap();
    assert_eq!(world.holders(), [desk]);
    world.done(SECRETARY, 2).unwrap();
    assert_eq!((world.scene().stage, world.scene().ended), (SceneStage::Closed, Some(world.now)));
}

#[test]
fn who_does_not_sign_says_why_and_owes_nothing_of_it() {
    let mut world = World::opened();
    assert!(world.refuse(SQUAD_OFFICER, None, " ").is_err(), "a reason is needed");
    world.refuse(SQUAD_OFFICER, None, "挖断线缆的不归我们管").unwrap();
    assert_eq!(world.sign(WORKER, Some(SQUAD)).unwrap_err(), Common::Exists);
    world.sign(LAMP_OFFICER, None).unwrap();
    assert_eq!(world.holders(), [organisation(LAMPS), HolderKey::desk(place(2))]);
    assert_eq!(world.done(WORKER, 1).unwrap_err(), Refusal::NotOwed);
}

#[test]
fn each_signs_for_itself_and_whoever_keeps_the_record_enters_what_stands_on_paper() {
    let mut world = World::blown();
    let open = world.open();
    world.start(LAMP_OFFICER, open).unwrap();
    assert_eq!(world.scene().keeper, Holder::Organisation(body(LAMPS)));
    assert_eq!(world.holders(), [organisation(LAMPS), organisation(SQUAD)], "who writes it down has signed");
    assert_eq!(world.sign(SQUAD_OFFICER, Some(LAMPS)).unwrap_err(), Refusal::NotOwn);
    assert!(world.sign(MARKET_STAFF, Some(SQUAD)).is_err(), "it was not there");
    assert_eq!(world.sign(LAMP_OFFICER, Some(MARKET)).unwrap_err(), Refusal::NotOwn, "it did not come");
    world.sign(LAMP_OFFICER, Some(SQUAD)).unwrap();
    assert_eq!(world.scene().stage, SceneStage::Agreed);
}

#[test]
fn the_body_that_leads_the_community_or_the_street_writes_it_down() {
    for (who, keeper) in [
        (LAMP_OFFICER, Holder::Organisation(body(LAMPS))),
        (WORKER, Holder::Desk(place(2))),
        (STREET, Holder::Desk(place(1))),
    ] {
        let mut world = World::blown();
        let open = world.open();
        world.start(who, open).unwrap();
        assert_eq!(world.scene().keeper, keeper);
    }
    let mut world = World::blown();
    let open = world.open();
    assert_eq!(world.start(SQUAD_OFFICER, open.clone()).unwrap_err(), Refusal::NotLead);
    assert!(world.start(MARKET_STAFF, open.clone()).is_err() && world.start(0, open).is_err());
}

#[test]
fn a_scene_belongs_to_a_whistle_at_work() {
    let mut world = World { orders: Orders::asked(), ..World::blown() };
    let open = world.open();
    assert_eq!(world.start(WORKER, open.clone()).unwrap_err(), Refusal::Order(OrderStage::Asked));
    let mut world = World::blown();
    world.orders.report_in(LAMP_OFFICER).unwrap();
    world.orders.done(LAMP_OFFICER).unwrap();
    assert_eq!(world.start(WORKER, open).unwrap_err(), Refusal::Order(OrderStage::Done));
}

#[test]
fn what_cannot_be_is_told_at_its_field() {
    let world = World::blown();
    let refused = |change: fn(&mut Open)| {
        let mut world = World::blown();
        let mut open = world.open();
        change(&mut open);
        world.start(WORKER, open).unwrap_err()
    };
    assert_eq!(refused(|open| open.came.clear()), Refusal::Nobody);
    assert_eq!(refused(|open| open.lines.clear()), Refusal::NoLines);
    assert_eq!(refused(|open| open.met = open.met.plus_seconds(60)), Refusal::Met);
    assert_eq!(refused(|open| open.met = open.met.plus_seconds(-7_200)), Refusal::Met);
    assert_eq!(refused(|open| open.lines[1].body = Some(body(MARKET))), Refusal::NotThere { row: 2 });
    assert_eq!(refused(|open| open.lines[1].row = MOST), Refusal::TooManyLines);
    assert_eq!(refused(|open| open.lines[1].due = open.met), Common::Past { field: "due-3" });
    assert_eq!(refused(|open| open.lines[0].what.clear()).field(), Some("what-1"));
    assert_eq!(refused(|open| open.findings = "电话13800001111".to_owned()).field(), Some("findings"));
    assert!(world.book.entries.is_empty());
}

#[test]
fn names_are_sealed_and_in_no_public_field() {
    let world = World::opened();
    let (_, entry) = world.book.records.iter().find(|(_, record)| record.kind == "scene.opened.1").unwrap();
    assert!(entry.private["people"].contains("周师傅"));
    assert!(!serde_json::to_string(&entry.public).unwrap().contains("周师傅"));
    assert!(!entry.published().contains("people"));
}

#[test]
fn it_ends_with_its_order_and_who_had_not_signed_stays_so() {
    let mut world = World::opened();
    world.end().unwrap();
    assert_eq!(world.scene().stage, SceneStage::Signing, "the order is at work");
    world.sign(LAMP_OFFICER, None).unwrap();
    world.orders.report_in(LAMP_OFFICER).unwrap();
    world.orders.done(LAMP_OFFICER).unwrap();
    world.orders.accept(SECRETARY).unwrap();
    world.end().unwrap();
    let scene = world.scene();
    assert_eq!((scene.stage, scene.waits().len()), (SceneStage::Closed, 0));
    assert_eq!(Vec::from_iter(scene.unsigned()), [body(SQUAD)]);
}

#[test]
fn whom_the_order_concerns_signs_for_itself_and_enters_nothing_for_others() {
    let world = World::opened();
    let mut scene = world.scene();
    scene.concerns(About { bodies: [body(COMMITTEE), body(SQUAD)].into(), ..About::default() });
    let (worker, squad) = (world.ctx(WORKER), world.ctx(SQUAD_OFFICER));
    let may = |ctx: &Context, right| ctx.may(right, &scene.resource(ctx.path, ctx.actor)).is_ok();
    assert!(!may(&worker, &SIGN), "the committee did not come");
    assert!(may(&squad, &SIGN) && may(&squad, &READ) && !may(&squad, &CORRECT));
}

#[derive(Clone, Debug)]
enum Move {
    Sign { who: usize, of: Option<u128> },
    Refuse { who: usize, of: Option<u128> },
    Done { who: usize, line: u32 },
    Gone(u128),
    OrderEnds,
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let of = || prop::option::of(prop_oneof![Just(LAMPS), Just(SQUAD), Just(MARKET)]);
    let one = prop_oneof![
        4 => (0_usize..9, of()).prop_map(|(who, of)| Move::Sign { who, of }),
        2 => (0_usize..9, of()).prop_map(|(who, of)| Move::Refuse { who, of }),
        4 => (0_usize..9, 0_u32..4).prop_map(|(who, line)| Move::Done { who, line }),
        1 => prop_oneof![Just(LAMPS), Just(SQUAD)].prop_map(Move::Gone),
        1 => Just(Move::OrderEnds),
        1 => (0_i64..9).prop_map(Move::Wait),
    ];
    prop::collection::vec(one, 0..24)
}

fn some() -> ProptestConfig {
    match ProptestConfig::default() {
        said if said.cases != 256 => said,
        _ => ProptestConfig::with_cases(64),
    }
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn it_waits_for_somebody_who_is_there_until_it_is_closed(keeper in prop_oneof![Just(WORKER), Just(LAMP_OFFICER), Just(STREET)], history in moves()) {
        let mut world = World::blown();
        let open = world.open();
        world.start(keeper, open).unwrap();
        let mut gone: Vec<HolderKey> = Vec::new();
        for one in history {
            let before = world.scene();
            let _ = match one {
                Move::Sign { who, of } => world.sign(who, of),
                Move::Refuse { who, of } => world.refuse(who, of, "不归我们管"),
                Move::Done { who, line } => world.done(who, line),
                Move::Gone(of) => { world.gone(of); gone.push(organisation(of)); Ok(()) }
                Move::OrderEnds => {
                    let _ = world.orders.act(SECRETARY, crate::dispatch::Withdraw { reason: "另行处理".to_owned() });
                    world.end()
                }
                Move::Wait(days) => { world.now = world.now.plus_seconds(days * DAY); Ok(()) }
            };
            let after = world.scene();
            let waits = after.waits();
            let closed = after.stage == SceneStage::Closed;
            prop_assert_eq!(waits.is_empty(), closed);
            prop_assert_eq!(after.ended.is_some(), closed);
            prop_assert!(waits.iter().all(|wait| !gone.contains(&wait.holder)), "{:?}", after);
            // What a body said to the record stays.
            for (body, answer) in before.came.iter().filter(|(_, answer)| answer.is_some()) {
                prop_assert_eq!(after.came.get(body), Some(answer));
            }
            // Nothing is owed before all have answered.
            let all: bool = after.came.values().all(Option::is_some);
            prop_assert!(after.stage != SceneStage::Agreed || all);
            prop_assert!(before.stage != SceneStage::Closed || before == after, "what is closed stays so");
        }
        // Wherever it stands, the community brings it to its end.
        for of in [LAMPS, SQUAD] {
            let _ = world.refuse(STREET, Some(of), "多次联系，没有签字");
        }
        for line in 0..3 {
            let _ = world.done(STREET, line);
        }
        prop_assert_eq!(world.scene().stage, SceneStage::Closed);
    }
}
