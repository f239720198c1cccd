//! The law of emergencies over random histories of several people: whatever is on the owners' left
//! by one that two persons in two roles had confirmed before, for its own line and once. The same
//! for what leaves by their result stands with the laws of meetings.
#![allow(clippy::unwrap_used, clippy::panic)]

pub(crate) mod world;

use super::*;
use crate::ballots::Leave;
use crate::dispatch::Source;
use proptest::prelude::*;
use std::collections::BTreeSet;
use world::*;
use yishi_kernel::{Stream as _, StreamName};

/// Kinds of things that people pick: what an emergency frees, what none does, what needs none.
const ITEMS: [&str; 6] = ["new_common", "use_fund", "common_income", "hire_manager", "repair", "other_joint"];
/// Lines that people write: the least, and more than that.
const LINES: [&str; 4] = ["墙下围挡，挂警示牌", "敲除松动瓷砖", "外墙整体翻修", "墙下围挡。全部重贴"];

/// What somebody tries.
fn step(world: &mut World, who: usize, what: usize, a: usize, b: usize) {
    let n = a % world.bases.max(1);
    let _ = match what {
        0..=2 => {
            let applicant = (b.is_multiple_of(2)).then_some(Applicant::ALL[a % 4]);
            world.enter(
                who,
                EnterBasis {
                    item: ITEMS[a % ITEMS.len()].to_owned(),
                    line: LINES[b % LINES.len()].to_owned(),
                    applicant,
                    paper: (0..b % 3).map(|one| yishi_kernel::PhotoDigest(format!("{one:064}"))).collect(),
                    ..fence()
                },
            )
        }
        _ if world.bases == 0 => Ok(()),
        3 | 4 => world.confirm(who, n),
        5 => world.reject(who, n),
        6 | 7 => world.send(who, n),
        8 => world.whistle(who, n),
        9 => {
            world.reword(who, n);
            Ok(())
        }
        10 => {
            world.withdraw(n);
            Ok(())
        }
        11 => {
            let post =
                PostAccount { note: "做完了".to_owned(), fen: Some(100), source: "物业费".to_owned() };
            world.account(who, n, post)
        }
        // Straight from the matter, with the same words or others.
        _ => world.straight(who, ITEMS[a % ITEMS.len()], LINES[b % LINES.len()]),
    };
}

/// Whoever confirmed is not whoever wrote what it says, and the roles are two: from the entries
/// themselves, in the order in which they were recorded.
fn two_confirmed(world: &World, id: BasisId, before: usize) -> bool {
    let name = StreamName::from(id);
    let mut wrote = None;
    let mut confirmed = false;
    for ((stream, record), (_, _, role)) in world.book.records.iter().zip(&world.book.entries).take(before) {
        if *stream != name {
            continue;
        }
        let who = (*role, record.private.get("by").cloned());
        match record.kind.as_str() {
            "emergency_basis.entered.1" | "emergency_basis.reworded.1" => {
                (wrote, confirmed) = (Some(who), false)
            }
            "emergency_basis.confirmed.1" => {
                let (role, by) = wrote.clone().unwrap();
                confirmed = role != who.0 && by != who.1;
            }
            _ => {}
        }
    }
    confirmed
}

impl World {
    fn check(&self) {
        let mut freed = BTreeSet::new();
        for (id, order) in self.orders() {
            if order.decides.joint().is_none() {
                assert_eq!(order.leave, None);
                continue;
            }
            let Some(Leave::Emergency(basis)) = order.leave else { panic!("left without a basis") };
            assert!(freed.insert(basis), "one basis, one order");
            let at =
                self.book.records.iter().position(|(stream, _)| *stream == StreamName::from(id)).unwrap();
            assert!(two_confirmed(self, basis, at), "two roles, two persons, before it left");
            let basis: Basis = self.book.state(basis);
            assert_eq!((&order.task.task, &order.task.acceptance), (&basis.line, &basis.acceptance));
            assert_eq!((&order.decides, order.source), (&basis.decides, Source::Matter(basis.matter)));
            assert_eq!(basis.order, Some(id));
            assert!(!basis.line.contains("整体") && !basis.line.contains('。'), "{}", basis.line);
            let spends = ["use_fund", "common_income"].contains(&basis.decides.item.as_str());
            let applied = basis.applied.as_ref().map(|applied| applied.by);
            assert_eq!(applied.is_some(), spends);
            assert!(applied.is_none_or(Applicant::speaks_for_the_owners));
        }
        for n in 0..self.bases {
            let basis = self.basis(n);
            let ended = matches!(basis.stage, BasisStage::Rejected | BasisStage::Accounted);
            assert_eq!((basis.waits().is_empty(), basis.ended.is_some()), (ended, ended));
        }
    }
}

proptest! {
    #[test]
    fn what_is_the_owners_leaves_by_a_basis_of_two_roles_and_two_persons_for_its_own_line_once(
        steps in prop::collection::vec((0..6_usize, 0..13_usize, 0..24_usize, 0..24_usize), 1..60),
    ) {
        let mut world = World::new();
        for (who, what, a, b) in steps {
            step(&mut world, who, what, a, b);
            world.now = world.now.plus_seconds(60);
            world.check();
        }
    }
}

/// That the moves above reach all they are meant to; a law over what never happens is none.
#[test]
fn the_moves_reach_every_event() {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec((0..6_usize, 0..13_usize, 0..24_usize, 0..24_usize), 1..60);
    let (mut seen, mut left) = (BTreeSet::new(), 0);
    for _ in 0..200 {
        let mut world = World::new();
        for (who, what, a, b) in steps.new_tree(&mut runner).unwrap().current() {
            step(&mut world, who, what, a, b);
            world.now = world.now.plus_seconds(60);
        }
        seen.extend(world.book.entries.iter().map(|(_, kind, _)| kind.clone()));
        left += world.orders().iter().filter(|(_, order)| order.leave.is_some()).count();
    }
    let kinds = include_str!("../events.rs").split("rename = \"").skip(1);
    let missing: Vec<_> =
        kinds.filter_map(|rest| rest.split('"').next()).filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
    assert!(left > 20, "{left} left by a basis");
}
