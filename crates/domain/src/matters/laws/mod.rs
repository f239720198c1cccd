//! The laws of the domain over random histories of matters: what must hold after any of them.
#![allow(clippy::unwrap_used)]

pub mod world;

use super::*;
use crate::evaluation::{self, Contacted, Evaluate, Solved};
use crate::testing::{context, place, rules};
use proptest::prelude::*;
use std::collections::BTreeSet;
use world::{DAY, MATTERS, Move, World, actors, evaluation as says, matter_id, moves, path, said, spot};
use yishi_kernel::access::{Actor, Claim};
use yishi_kernel::command::{stamped, start};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Denied, Moment, Sealed, Stream, record};

/// What must hold, whatever has happened.
fn check(world: &World) {
    for (id, matter) in world.matters() {
        let carrier = world.carrier(id);
        let carrying = &carrier.matter;
        // Law 1, and law 3 for those that another matter carries.
        match carrying.stage() {
            StageKind::Closed => assert_eq!(carrying.waits(), []),
            _ => assert_eq!(carrying.waits().len(), 1, "{carrying:?} has no next step"),
        }
        // Nothing waits for somebody who is no longer there.
        assert!(carrying.waits().iter().all(|wait| !world.gone.contains(&wait.holder)), "{carrying:?}");
        if carrying.stage() == StageKind::Closed {
            ended_with_an_answer(world, &carrier);
        }
        // Law 4: some role can move it on.
        not_stuck(world, &carrier);
        // Law 5: replaying through the ledger's form gives the state.
        assert_eq!(world.book.replayed::<Matter>(id, |_| true).state, Some(matter));
    }
    for (name, receipt) in world.receipts() {
        // Law 6: whoever came after an answer neither evaluates nor reopens it, nor reads what
        // it said to those who had asked; and a receipt knows only the answers of its own matter.
        if let Some((answer, _, _)) = receipt.evaluation {
            assert!(!receipt.is_later_than(answer), "{receipt:?} evaluated what stood before it");
        }
        for (id, matter) in world.matters() {
            for answer in matter.told.keys().filter(|answer| matter.told(id, **answer, &receipt)) {
                assert!(receipt.opened <= *answer);
                assert!(receipt.matter == id || matter.told[answer].contains(&receipt.matter));
            }
        }
        assert_eq!(world.book.replayed::<Receipt>(name, |_| true).state, Some(receipt));
    }
}

/// Law 2: closed only with an answer standing on each receipt, and each of them either content
/// with it or past its time.
fn ended_with_an_answer(world: &World, carrier: &Carrier) {
    let matter = &carrier.matter;
    let family = matter.family(carrier.root);
    if matter.is_withdrawn() {
        // Nobody is owed an answer any more.
        let all = world.receipts();
        let mut of_it = all.iter().filter(|(_, receipt)| family.contains(&receipt.matter));
        assert!(of_it.all(|(_, receipt)| receipt.withdrawn.is_some()));
        return;
    }
    assert!(matter.answers > 0);
    for (_, receipt) in world.receipts().iter().filter(|(_, receipt)| family.contains(&receipt.matter)) {
        assert!(receipt.opened < matter.closed.unwrap());
        let said_no = receipt
            .evaluation
            .is_some_and(|(answer, solved, _)| solved == Solved::No && Some(answer) == matter.answered);
        assert!(!said_no, "a no reopens");
    }
}

fn not_stuck(world: &World, carrier: &Carrier) {
    let far = world.now.plus_seconds(400 * DAY);
    let right = match carrier.matter.stage() {
        StageKind::Raised => &TRIAGE,
        StageKind::InHand => &ANSWER,
        StageKind::Answered => &CLOSE,
        StageKind::Closed | StageKind::Merged => return,
    };
    let path = path();
    let able = actors().iter().any(|actor| {
        let ctx = context(far, actor, &world.rules, &path);
        ctx.may(right, &carrier.resource(actor)).is_ok()
    });
    assert!(able, "nobody can move {} on from {:?}", carrier.root, carrier.matter.stage());
}

proptest! {
    #[test]
    fn every_matter_has_a_next_step_and_ends_with_an_answer(steps in prop::collection::vec(moves(), 1..60)) {
        let mut world = World::new();
        for (who, step) in steps {
            // What was refused has changed nothing.
            if world.step(who, step).is_ok() {
                check(&world);
            }
        }
    }

    #[test]
    fn merging_unites_people_and_work_and_unmerging_then_leaves_nothing_behind(
        steps in prop::collection::vec(moves(), 1..40), member in 0..MATTERS, into in 0..MATTERS
    ) {
        let mut world = World::after(steps);
        let (a, b) = (matter_id(member), matter_id(into));
        let (receipts, matter, root) = (world.receipts(), world.matter(a), world.matter(b));
        let both: BTreeSet<String> = world.supporters(a).union(&world.supporters(b)).cloned().collect();
        if world.step(4, Move::Merge { member, into }).is_ok() {
            prop_assert_eq!(world.supporters(b), both);
            prop_assert_eq!(world.receipts(), receipts.clone());
            let (own, other) = (matter.clone().unwrap(), root.clone().unwrap());
            let whole = world.carrier(a).matter;
            prop_assert_eq!(whole.stage(), own.stage().max(other.stage()), "no receipt falls back");
            prop_assert_eq!(whole.due, own.due.min(other.due), "the earliest promise is kept");
            for handler in own.handlers.iter().chain(&other.handlers) {
                prop_assert!(whole.handlers.contains(handler), "who worked on it judges no part of it");
            }
            world.step(4, Move::Unmerge { member }).unwrap();
            prop_assert_eq!(world.receipts(), receipts);
            prop_assert_eq!(world.matter(a), matter);
            prop_assert_eq!(world.matter(b), root);
        }
    }

    #[test]
    fn a_receipt_falls_back_only_where_it_is_let_go_untouched(steps in prop::collection::vec(moves(), 1..60)) {
        let mut world = World::new();
        for (who, step) in steps {
            let before: Vec<_> = world.matters().into_iter().map(|(id, _)| (id, world.carrier(id))).collect();
            let (merge, unmerge) = (matches!(step, Move::Merge { .. }), matches!(step, Move::Unmerge { .. }));
            if world.step(who, step).is_err() || !(merge || unmerge) {
                continue;
            }
            for (id, carrier) in before {
                let brought = carrier.matter.members.get(&id).is_some_and(|member| member.brought.is_some());
                let holds_what_it_had = carrier.matter.alone.is_some();
                let now = world.carrier(id).matter.stage();
                prop_assert!(
                    now >= carrier.matter.stage() || unmerge && (brought || holds_what_it_had),
                    "{id} was {:?} and is {now:?}", carrier.matter.stage(),
                );
            }
        }
    }

    #[test]
    fn replay_after_any_erasure_still_works(steps in prop::collection::vec(moves(), 1..40), keep in any::<u64>()) {
        let world = World::after(steps);
        let mut bit = 0;
        let mut kept = |_: &str| {
            bit = (bit + 1) % 64;
            keep >> bit & 1 == 1
        };
        for (id, matter) in world.matters() {
            let replayed = world.book.replayed::<Matter>(id, &mut kept).state.unwrap();
            prop_assert_eq!(replayed.stage(), matter.stage());
            prop_assert_eq!(replayed.answers, matter.answers);
            let families = |matter: &Matter| matter.members.iter().map(|(id, one)| (*id, one.family.clone())).collect::<Vec<_>>();
            prop_assert_eq!(families(&replayed), families(&matter));
            let next = |matter: &Matter| matter.waits().first().map(|wait| (wait.step, wait.due));
            prop_assert_eq!(next(&replayed), next(&matter));
        }
        for (name, receipt) in world.receipts() {
            let replayed = world.book.replayed::<Receipt>(name, &mut kept).state.unwrap();
            prop_assert_eq!((replayed.matter, replayed.opened), (receipt.matter, receipt.opened));
            prop_assert_eq!((replayed.evaluation, replayed.calls), (receipt.evaluation, receipt.calls));
            prop_assert_eq!(replayed.proof, receipt.proof);
        }
    }
}

#[test]
fn a_matter_about_the_committee_is_sorted_by_the_street() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 0 }).unwrap();
    assert_eq!(world.matter(matter_id(0)).unwrap().desk, place(1));
    let triage = |to| Move::Triage { matter: 0, outcome: 1, to };
    assert_eq!(world.step(1, triage(4)).unwrap_err(), Denied::Concerned);
    // Nor is it given back to them: they could do nothing with it.
    assert_eq!(world.step(4, triage(1)).unwrap_err(), Refusal::HolderConcerned);
    world.step(4, triage(4)).unwrap();
    assert_eq!(world.step(4, Move::HandOver { matter: 0, to: 1 }).unwrap_err(), Refusal::HolderConcerned);
}

#[test]
fn a_text_or_a_photo_is_enough_and_neither_is_not() {
    let (rules, path, visitor) = (rules(), path(), Actor::visitor());
    let ctx = context(Moment(1), &visitor, &rules, &path);
    let raise = |raise: Raise| start(raise, &spot(matter_id(0)), &ctx);
    assert_eq!(raise(said(" \n ", 0)).unwrap_err(), Refusal::NothingSaid);
    assert_eq!(raise(said("", 4)).unwrap_err(), Common::TooManyPhotos { max: 3 });
    assert!(raise(said("", 1)).is_ok());
    let (_, raised) = raise(Raise { shown: Shown::Around, ..said("灯坏了", 0) }).unwrap();
    let [raised] = &raised.events[..] else { panic!("one event") };
    // The public part names the compound only, and nothing that was typed.
    let record = record::encode(&stamped(raised.clone(), &ctx)).unwrap();
    let public = serde_json::to_string(&record.public).unwrap();
    assert!(public.contains(&place(3).to_string()));
    assert!(
        !public.contains("灯")
            && !public.contains(&place(4).to_string())
            && !public.contains(&place(5).to_string())
    );
    assert!(matches!(raised, Event::Raised { text: Some(Sealed::Kept(_)), .. }));
}

#[test]
fn those_who_asked_are_heard_before_it_closes() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let refused = world.step(1, Move::Close { matter: 0 }).unwrap_err();
    assert!(matches!(refused.of(), Some(Refusal::Waiting { receipts: 1, .. })), "{refused:?}");
    world.step(0, Move::Evaluate { receipt: 0, solved: Solved::Yes }).unwrap();
    let twice = world.step(0, Move::Evaluate { receipt: 0, solved: Solved::Yes }).unwrap_err();
    assert_eq!(twice, evaluation::Refusal::Evaluated);
    world.step(1, Move::Close { matter: 0 }).unwrap();
    check(&world);
}

#[test]
fn evaluating_needs_the_receipt_and_what_is_not_solved_is_in_hand_again() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 0, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let evaluate = Evaluate { said: says(Solved::No), contacted: None };
    assert_eq!(world.on_receipt(&Actor::visitor(), 0, evaluate.clone()).unwrap_err(), Denied::NoReceipt);
    let handler = actors()[1].showing(Claim::Receipt);
    assert_eq!(world.on_receipt(&handler, 0, evaluate.clone()).unwrap_err(), Denied::Handler);
    let holder = Actor::visitor().showing(Claim::Receipt);
    world.on_receipt(&holder, 0, evaluate).unwrap();
    let matter = world.matter(matter_id(0)).unwrap();
    assert_eq!((matter.stage(), matter.due), (StageKind::InHand, world.now.end_of_day_after(15)));
    check(&world);
}

#[test]
fn a_call_back_is_counted_until_somebody_is_reached() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let refused = world.step(1, Move::CallBack { receipt: 0, said: None }).unwrap_err();
    assert_eq!(refused, Denied::Handler);
    world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap();
    world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap();
    let answer = world.matter(matter_id(0)).unwrap().answered.unwrap();
    assert_eq!(world.receipts()[0].1.called(), Some((answer, 2)));
    world.step(2, Move::CallBack { receipt: 0, said: Some(Solved::Yes) }).unwrap();
    let refused = world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap_err();
    assert_eq!(refused, evaluation::Refusal::Evaluated);
    check(&world);
}

#[test]
fn whoever_is_not_reached_three_times_on_two_days_is_called_no_more_and_has_said_nothing() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let then = |world: &World| world.receipts()[0].1.calls.last().unwrap().then;
    for _ in 0..4 {
        world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap();
        assert_eq!(then(&world), Then::Open, "four times on one day are one day");
    }
    world.now = world.now.plus_seconds(86_400);
    world.step(2, Move::CallBack { receipt: 0, said: None }).unwrap();
    assert_eq!(then(&world), Then::GivenUp);
    let receipt = world.receipts()[0].1.clone();
    assert_eq!((receipt.evaluation, receipt.contacted), (None, None));
    // They ring back, and what they say counts.
    world.step(2, Move::CallBack { receipt: 0, said: Some(Solved::Yes) }).unwrap();
    assert_eq!(then(&world), Then::Open);
    assert_eq!(world.receipts()[0].1.contacted, Some(Contacted::Yes));
    check(&world);
}

#[test]
fn whoever_joins_after_the_answer_reads_it_and_leaves_it_standing() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    world.step(0, Move::Join { matter: 0 }).unwrap();
    for solved in [Solved::No, Solved::Yes] {
        let refused = world.step(0, Move::Evaluate { receipt: 1, solved }).unwrap_err();
        assert_eq!(refused, evaluation::Refusal::CameLater);
    }
    let called = world.step(2, Move::CallBack { receipt: 1, said: Some(Solved::No) }).unwrap_err();
    assert_eq!(called, evaluation::Refusal::CameLater);
    let (matter, late) = (world.matter(matter_id(0)).unwrap(), world.receipts()[1].1.clone());
    assert!(!matter.told(matter_id(0), matter.answered.unwrap(), &late), "the word was for those before");
    // Nobody waits for it either.
    world.step(0, Move::Evaluate { receipt: 0, solved: Solved::Yes }).unwrap();
    world.step(1, Move::Close { matter: 0 }).unwrap();
    check(&world);
}

#[test]
fn once_it_was_answered_anew_whoever_came_later_is_asked_too() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    world.step(0, Move::Join { matter: 0 }).unwrap();
    world.step(0, Move::Evaluate { receipt: 0, solved: Solved::No }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    world.step(0, Move::Evaluate { receipt: 1, solved: Solved::No }).unwrap();
    assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::InHand);
}

#[test]
fn a_word_is_not_told_to_what_is_merged_in_later() {
    let mut world = World::new();
    for _ in 0..2 {
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    }
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    world.step(0, Move::Evaluate { receipt: 0, solved: Solved::No }).unwrap();
    world.step(1, Move::Merge { member: 1, into: 0 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let matter = world.matter(matter_id(0)).unwrap();
    let receipts = world.receipts();
    let told: Vec<Vec<bool>> = matter
        .told
        .keys()
        .map(|answer| {
            receipts.iter().map(|(_, receipt)| matter.told(matter_id(0), *answer, receipt)).collect()
        })
        .collect();
    // It was there when the first answer was given, but on another matter.
    assert_eq!(told, [[true, false], [true, true]]);
}

#[test]
fn what_was_opened_for_a_neighbour_is_heard_by_another_person() {
    for (opener, proof) in [(1, Proof::Staff), (3, Proof::Neighbour)] {
        let mut world = World::new();
        world.for_a_neighbour(&actors()[opener]).unwrap();
        assert_eq!(world.receipts()[0].1.proof, proof);
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: opener as u128 }).unwrap();
        world.step(opener, Move::Answer { matter: 0 }).unwrap();
        // Signed out, with the link on the paper.
        let refused = world.step(0, Move::Evaluate { receipt: 0, solved: Solved::Yes }).unwrap_err();
        assert_eq!(refused, evaluation::Refusal::ByCall);
        let own = world.step(opener, Move::CallBack { receipt: 0, said: Some(Solved::Yes) }).unwrap_err();
        assert_eq!(own, Denied::Handler);
        world.step(2, Move::CallBack { receipt: 0, said: Some(Solved::Yes) }).unwrap();
    }
}

#[test]
fn a_neighbour_for_whom_a_steward_spoke_evaluates_what_others_did() {
    let mut world = World::new();
    world.for_a_neighbour(&actors()[3]).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    let refused = world.step(3, Move::CallBack { receipt: 0, said: Some(Solved::Yes) }).unwrap_err();
    assert_eq!(refused, Denied::Handler, "the steward has seen the link");
    world.step(0, Move::Evaluate { receipt: 0, solved: Solved::Yes }).unwrap();
}
