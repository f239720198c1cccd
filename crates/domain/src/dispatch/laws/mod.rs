//! The laws of orders over random command sequences. Borders stand with each story.
#![allow(clippy::unwrap_used, clippy::panic)]

pub(crate) mod any;
pub(crate) mod world;

use super::*;
use crate::testing::body;
use any::Any;
use proptest::prelude::*;
use world::*;
use yishi_kernel::{Heir, Holder, HolderKey, Stream};

/// As many as the environment says, else enough for a moment.
fn some(default: u32) -> ProptestConfig {
    // 256 is what proptest takes where the environment says nothing.
    match ProptestConfig::default() {
        said if said.cases != 256 => said,
        _ => ProptestConfig::with_cases(default),
    }
}

/// An order of a kind, to be done in ten days.
fn begun(kind: OrderKind, owner: usize) -> World {
    let committee = Holder::Organisation(body(COMMITTEE));
    match (kind, [lamps(), committee, own_people()][owner]) {
        (OrderKind::Whistle, Holder::Organisation(lead)) => World::asked_of(lead),
        (OrderKind::Whistle, _) => World::blown(),
        (OrderKind::Letter, Holder::Desk(_)) => World::sent(kind, lamps()),
        (kind, owner) => World::sent(kind, owner),
    }
}

/// One of the bodies or persons is no longer there.
fn end(world: &mut World, who: usize, b: usize) {
    let body = |n: usize| body([LAMPS, SQUAD, COMMITTEE][n % 3]);
    let key = match who % 3 {
        0 => HolderKey::person(crate::testing::account(who as u128)),
        _ => HolderKey::organisation(body(who)),
    };
    let to = match b {
        0 | 1 => Heir::Named(Holder::Organisation(body(b)), None),
        _ => Heir::Desk,
    };
    world.end(key, to);
}

/// The squad, which may come beside the lead, does something of its own, or the street does of it.
fn beside(world: &mut World, b: usize) {
    let organisation = body(SQUAD);
    let done = FinishPart { organisation: None, note: text(), photos: Vec::new() };
    let _ = match b {
        0 | 1 => world.dispute(SQUAD_OFFICER),
        2 => world.report_in(SQUAD_OFFICER),
        3 => world.act(SQUAD_OFFICER, done),
        4 => world.act(STREET, UrgePart { organisation }),
        _ => world.act(STREET, RulePart { organisation, to: Some(organisation), reason: text() }),
    };
}

proptest! {
    #![proptest_config(some(300))]

    #[test]
    fn every_order_has_a_next_step_and_can_be_led_to_its_end(
        kind in 0..3_usize,
        owner in 0..3_usize,
        steps in prop::collection::vec((0..9_usize, 0..30_usize, 0..6_usize, 0..8_i64), 1..60),
    ) {
        let mut world = begun(OrderKind::ALL[kind], owner);
        for (who, a, b, hours) in steps {
            match a {
                21 => world.suspend(),
                22 => world.help(b + 1),
                23 => end(&mut world, who, b),
                24 => world.reckon(),
                25..29 => beside(&mut world, b),
                29 => {
                    // Now and then long enough that something is overdue.
                    world.now = world.now.plus_seconds(if b == 0 { 3 * DAY } else { 0 });
                    world.look();
                }
                a => {
                    let command = Any::choose(&world.order(), world.now, a, b);
                    let _ = world.any(who, command);
                }
            }
            world.settle();
            world.now = world.now.plus_seconds(hours * 3_600 + 1);
            world.check();
            let order = world.order();
            for wait in order.waits() {
                prop_assert!(!wait.holder.as_str().is_empty() && wait.due > order.opened);
                prop_assert!(order.finish_by > order.opened);
            }
        }
        world.finish();
    }
}

/// Found by the law above: one that came beside the lead takes over from it, at once or while the
/// order rests.
#[test]
fn a_body_that_came_beside_the_lead_and_takes_over_goes_on_with_the_work() {
    for rests in [Rests::No, Rests::Meanwhile] {
        goes_on(rests);
    }
}

enum Rests {
    No,
    Meanwhile,
}

fn goes_on(rests: Rests) {
    let mut world = World::asked_of(body(COMMITTEE));
    let (lead, departments) = (body(COMMITTEE), vec![body(SQUAD)]);
    let finish_by = world.now.plus_seconds(5 * DAY);
    let blow = Blow { whistle: WhistleKind::Hard, departments, lead, arrive_by: None, finish_by };
    world.act(STREET, blow).unwrap();
    world.report_in(SQUAD_OFFICER).unwrap();
    assert_eq!(world.order().stage, OrderStage::Sent, "the lead has not come");
    let squad = Heir::Named(Holder::Organisation(body(SQUAD)), None);
    let gone = HolderKey::organisation(body(COMMITTEE));
    match rests {
        Rests::No => world.end(gone, squad),
        Rests::Meanwhile => {
            world.suspend();
            world.end(gone, squad);
            world.act(WORKER, Resume { reason: text(), finish_by }).unwrap();
        }
    }
    assert_eq!(world.next().0, OrderStep::Finish);
    world.done(SQUAD_OFFICER).unwrap();
}

/// That the moves above reach all they are meant to; a law over what never happens is none.
#[test]
fn the_moves_reach_every_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::BTreeSet;
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec((0..9_usize, 0..30_usize, 0..6_usize), 1..60);
    let mut seen = BTreeSet::new();
    for n in 0..600 {
        let mut world = begun(OrderKind::ALL[n % 3], n / 3 % 3);
        for (who, a, b) in steps.new_tree(&mut runner).unwrap().current() {
            match a {
                21 => world.suspend(),
                22 => world.help(b + 1),
                23 => end(&mut world, who, b),
                24 => world.reckon(),
                25..29 => beside(&mut world, b),
                29 => {
                    // Now and then long enough that something is overdue.
                    world.now = world.now.plus_seconds(if b == 0 { 3 * DAY } else { 0 });
                    world.look();
                }
                a => drop(world.any(who, Any::choose(&world.order(), world.now, a, b))),
            }
            world.now = world.now.plus_seconds(1);
        }
        seen.extend(world.book.entries.iter().map(|(_, kind, _)| kind.clone()));
    }
    let kinds = include_str!("../events.rs").split("rename = \"").skip(1);
    let kinds = kinds.filter_map(|rest| rest.split('"').next());
    // Photos are left out of this world, and so are the orders that come after one.
    let apart = ["order.photo_published.1", "order.gone_on.1", "order.comes_after.1"];
    let kinds = kinds.filter(|kind| !apart.contains(kind));
    let missing: Vec<_> = kinds.filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
}
