//! The laws of double assessments over random histories: each side says once what it thinks, of the
//! other and never of its own; and it waits for those who have not, until its time is over.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::dispatch::laws::world::{
    DAY, LAMP_OFFICER, LAMPS, MARKET_STAFF, SECRETARY, SQUAD, SQUAD_OFFICER, STREET, WORKER, World as Orders,
};
use crate::dispatch::{OrderId, WhistleKind};
use crate::testing::{Book, body, context, place, rules};
use proptest::prelude::*;
use uuid::Uuid;
use yishi_kernel::{
    Actor, Context, Denied, Heir, HolderKey, Moment, Passing, Refusal as Refused, Stream as _,
};

const ID: AssessmentId = AssessmentId(Uuid::from_u128(91));
const ALL_GOOD: Grades = Grades { response: Grade::Good, presence: Grade::Good, result: Grade::Good };

struct World {
    orders: Orders,
    book: Book,
    now: Moment,
}

impl World {
    fn blown() -> Self {
        let mut orders = Orders::asked();
        orders.blow(STREET, WhistleKind::Hard).unwrap();
        let now = orders.now;
        Self { orders, book: Book::default(), now }
    }

    fn accepted() -> Self {
        let mut world = Self::blown();
        world.orders.report_in(LAMP_OFFICER).unwrap();
        world.orders.report_in(SQUAD_OFFICER).unwrap();
        world.finish();
        world.open().unwrap();
        world
    }

    fn finish(&mut self) {
        self.orders.done(LAMP_OFFICER).unwrap();
        self.orders.accept(SECRETARY).unwrap();
    }

    fn ctx(&self, who: usize) -> Context<'static> {
        Context { now: self.now, ..self.orders.ctx(who) }
    }

    fn by_itself(&mut self, end: Option<End>) -> Result<(), Refused> {
        let (rules, path, program) = (rules(), [1, 2].map(place), Actor::system(place(1)));
        let ctx = context(self.now, &program, &rules, &path);
        match end {
            None => self.book.start(
                ID,
                Open { order: OrderId(Uuid::from_u128(4_000)) },
                &self.orders.order(),
                &ctx,
            ),
            Some(end) => self.book.act(ID, end, &(), &ctx),
        }
    }

    fn open(&mut self) -> Result<(), Refused> {
        self.by_itself(None)
    }

    fn of_body(&mut self, who: usize, of: u128) -> Result<(), Refused> {
        let (ctx, note) = (self.ctx(who), String::new());
        self.book.act(ID, RateBody { body: body(of), grades: ALL_GOOD, note }, &(), &ctx)
    }

    fn of_street(&mut self, who: usize, by: u128) -> Result<(), Refused> {
        let (ctx, note) = (self.ctx(who), "派人对接，当天回话".to_owned());
        self.book.act(ID, RateStreet { body: body(by), grades: ALL_GOOD, note }, &(), &ctx)
    }

    fn assessment(&self) -> Assessment {
        self.book.state(ID)
    }

    fn holders(&self) -> Vec<HolderKey> {
        self.assessment().waits().into_iter().map(|wait| wait.holder).collect()
    }
}

fn organisation(of: u128) -> HolderKey {
    HolderKey::organisation(body(of))
}

#[test]
fn it_begins_with_acceptance_and_each_side_is_asked_once() {
    assert_eq!(World::blown().open().unwrap_err(), Refusal::Order);
    let mut world = World::accepted();
    let desk = HolderKey::desk(place(1));
    assert_eq!(world.holders(), [desk.clone(), organisation(LAMPS), organisation(SQUAD)]);
    world.of_body(STREET, LAMPS).unwrap();
    assert_eq!(world.of_body(STREET, LAMPS).unwrap_err(), Refusal::Rated);
    world.of_street(LAMP_OFFICER, LAMPS).unwrap();
    assert_eq!(world.of_street(LAMP_OFFICER, LAMPS).unwrap_err(), Refusal::Rated);
    assert_eq!(world.holders(), [desk, organisation(SQUAD)]);
    world.of_body(STREET, SQUAD).unwrap();
    world.of_street(SQUAD_OFFICER, SQUAD).unwrap();
    assert_eq!(world.assessment().stage, AssessmentStage::Closed);
    assert!(world.holders().is_empty());
}

#[test]
fn whoever_did_not_come_rates_nobody_and_is_not_rated() {
    let mut world = World::blown();
    world.orders.report_in(LAMP_OFFICER).unwrap();
    world.finish();
    world.open().unwrap();
    assert_eq!(world.holders(), [HolderKey::desk(place(1)), organisation(LAMPS)]);
    assert_eq!(world.of_body(STREET, SQUAD).unwrap_err(), Refusal::NotCome);
    assert!(world.of_street(SQUAD_OFFICER, SQUAD).is_err());
}

#[test]
fn nobody_rates_their_own_side() {
    let mut world = World::accepted();
    for who in [WORKER, SECRETARY, LAMP_OFFICER, SQUAD_OFFICER, MARKET_STAFF, 0] {
        assert!(world.of_body(who, SQUAD).unwrap_err().denied().is_some(), "{who}");
    }
    for who in [WORKER, STREET, MARKET_STAFF, 0] {
        assert!(world.of_street(who, LAMPS).unwrap_err().denied().is_some(), "{who}");
    }
    assert_eq!(world.of_street(LAMP_OFFICER, SQUAD).unwrap_err(), Refusal::NotCome);
    // An officer of the street whom the department employs; one of the department with a role there.
    let street = world.ctx(STREET);
    let employed = Actor { employer: Some(body(LAMPS)), ..street.actor.clone() };
    let rate = RateBody { body: body(LAMPS), grades: ALL_GOOD, note: String::new() };
    let ctx = Context { actor: &employed, ..street };
    assert_eq!(world.book.act(ID, rate, &(), &ctx).unwrap_err(), Denied::Concerned);
    let officer = world.ctx(LAMP_OFFICER);
    let mut both = officer.actor.clone();
    both.grants.extend(world.ctx(STREET).actor.grants.iter().cloned());
    let rate = RateStreet { body: body(LAMPS), grades: ALL_GOOD, note: String::new() };
    let ctx = Context { actor: &both, ..officer };
    assert_eq!(world.book.act(ID, rate, &(), &ctx).unwrap_err(), Denied::Concerned);
}

#[test]
fn it_ends_when_its_time_is_over_and_not_before() {
    let mut world = World::accepted();
    world.by_itself(Some(End)).unwrap();
    assert_eq!(world.assessment().stage, AssessmentStage::Open);
    world.now = world.assessment().due;
    world.by_itself(Some(End)).unwrap();
    assert_eq!((world.assessment().stage, world.holders().len()), (AssessmentStage::Closed, 0));
    assert!(world.of_body(STREET, LAMPS).is_err());
}

#[derive(Clone, Debug)]
enum Move {
    OfBody(usize, u128),
    OfStreet(usize, u128),
    Gone(u128),
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let of = || prop_oneof![Just(LAMPS), Just(SQUAD), Just(99_u128)];
    let one = prop_oneof![
        3 => (0_usize..9, of()).prop_map(|(who, of)| Move::OfBody(who, of)),
        3 => (0_usize..9, of()).prop_map(|(who, of)| Move::OfStreet(who, of)),
        1 => prop_oneof![Just(LAMPS), Just(SQUAD)].prop_map(Move::Gone),
        1 => (0_i64..4).prop_map(Move::Wait),
    ];
    prop::collection::vec(one, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_waits_for_whoever_has_said_nothing_until_it_is_over(history in moves()) {
        let mut world = World::accepted();
        let mut gone = Vec::new();
        for one in history {
            let before = world.assessment();
            match one {
                Move::OfBody(who, of) => drop(world.of_body(who, of)),
                Move::OfStreet(who, by) => drop(world.of_street(who, by)),
                Move::Gone(of) => {
                    let ctx = world.ctx(WORKER);
                    world.book.pass_on(&Passing { from: organisation(of), to: Heir::Desk }, &ctx);
                    gone.push(organisation(of));
                }
                Move::Wait(days) => {
                    world.now = world.now.plus_seconds(days * DAY);
                    world.by_itself(Some(End)).ok();
                }
            }
            let after = world.assessment();
            prop_assert_eq!(after.waits().is_empty(), after.stage == AssessmentStage::Closed);
            prop_assert_eq!(after.ended.is_some(), after.stage == AssessmentStage::Closed);
            prop_assert!(after.waits().iter().all(|wait| !gone.contains(&wait.holder) && wait.due == after.due));
            prop_assert!(after.waits().is_empty() || world.now < after.due);
            // What was said stays, and nobody is added.
            prop_assert_eq!(after.sides.len(), before.sides.len());
            for (body, side) in &before.sides {
                prop_assert!(side.rated.is_none() || after.sides[body].rated == side.rated);
                prop_assert!(side.rates.is_none() || after.sides[body].rates == side.rates);
            }
        }
    }
}
