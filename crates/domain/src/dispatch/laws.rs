//! The laws of orders over random command sequences, and examples at the exact borders of
//! reporting in, disputing, accepting and suspending.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::access::{Denied, State};
use crate::matters::{Holder, HolderKey, PhotoDigest};
use crate::meetings::Way;
use crate::meetings::laws::{some, world::*};
use crate::moment::Moment;
use crate::refusal::Refusal;
use proptest::prelude::*;

fn text() -> String {
    "说明".to_owned()
}

fn at_stage(stage: OrderStage) -> Result<(), Refusal> {
    Err(Denied::Stage(State::Order(stage)).into())
}

/// A matter in hand and one order about it, to be done in ten days.
fn order(way: Way, owner: Holder) -> World {
    let mut world = World::new();
    world.raise(VISITOR, None).unwrap();
    world.triage(WORKER, 0).unwrap();
    world.send(WORKER, 0, way, owner, world.now.plus_seconds(10 * DAY)).unwrap();
    world
}

fn lamps() -> Holder {
    Holder::Organisation(organisation(LAMPS))
}

fn own_people() -> Holder {
    Holder::Desk(place(2))
}

fn report_in(world: &mut World, who: usize) -> Result<(), Refusal> {
    world.order(who, 0, Command::ReportIn { organisation: None, note: String::new() })
}

fn dispute(world: &mut World, who: usize) -> Result<(), Refusal> {
    world.order(who, 0, Command::Dispute { reason: text() })
}

fn rule(world: &mut World, who: usize, holder: Holder) -> Result<(), Refusal> {
    let finish_by = world.now.plus_seconds(5 * DAY);
    world.order(who, 0, Command::Rule { holder, reason: text(), finish_by })
}

fn done(world: &mut World, who: usize) -> Result<(), Refusal> {
    world.order(who, 0, Command::Done { note: "三盏全亮".to_owned(), photos: Vec::new() })
}

fn accept(world: &mut World, who: usize) -> Result<(), Refusal> {
    world.order(who, 0, Command::Accept { note: String::new() })
}

fn blow(world: &mut World, who: usize, whistle: WhistleKind) -> Result<(), Refusal> {
    let finish_by = world.now.plus_seconds(5 * DAY);
    let (lead, departments) = (organisation(LAMPS), vec![organisation(SQUAD)]);
    world.order(who, 0, Command::Blow { whistle, departments, lead, arrive_by: None, finish_by })
}

fn stage(world: &World) -> OrderStage {
    world.orders[0].state.stage().unwrap()
}

fn next(world: &World) -> (OrderStep, HolderKey, Moment) {
    world.orders[0].state.next().unwrap()
}

proptest! {
    #![proptest_config(some(300))]

    #[test]
    fn every_order_has_a_next_step_and_can_be_led_to_its_end(
        way in 0..3_usize,
        owner in 0..3_usize,
        steps in prop::collection::vec((0..9_usize, 0..16_usize, 0..6_usize, 0..8_i64), 1..60),
    ) {
        let committee = Holder::Organisation(organisation(COMMITTEE));
        let owner = match [lamps(), committee, own_people()][owner] {
            Holder::Desk(_) if Way::ALL[way] != Way::Work => lamps(),
            owner => owner,
        };
        let mut world = order(Way::ALL[way], owner);
        for (who, a, b, hours) in steps {
            match a {
                14 => world.suspend(0),
                15 => world.help_order(0, b + 1),
                a => {
                    let command = world.any_order_command(0, a, b);
                    let _ = world.order(who, 0, command);
                }
            }
            world.now = world.now.plus_seconds(hours * 3_600 + 1);
            world.check();
            let state = &world.orders[0].state;
            if let Some((_, holder, due)) = state.next() {
                prop_assert!(!holder.as_str().is_empty() && Some(due) > state.opened());
                prop_assert!(state.finish_by() > state.opened());
            }
        }
        world.replay();
        world.finish();
    }
}

#[test]
fn work_is_signed_for_in_a_day_and_accepted_in_three() {
    let mut world = order(Way::Work, Holder::Organisation(organisation(MARKET)));
    let market = HolderKey::organisation(organisation(MARKET));
    assert_eq!(next(&world), (OrderStep::ReportIn, market.clone(), world.now.end_of_day_after(1)));
    let finish_by = world.now.plus_seconds(10 * DAY);
    assert_eq!(done(&mut world, MARKET_STAFF), at_stage(OrderStage::Sent), "signed for first");
    report_in(&mut world, MARKET_STAFF).unwrap();
    assert_eq!(report_in(&mut world, MARKET_STAFF), Err(Refusal::Exists));
    assert_eq!(next(&world), (OrderStep::Finish, market, finish_by));
    let photos = vec![PhotoDigest(String::new()); 4];
    let many = world.order(MARKET_STAFF, 0, Command::Progress { note: text(), photos });
    assert_eq!(many, Err(Refusal::TooManyPhotos { max: 3 }));
    done(&mut world, MARKET_STAFF).unwrap();
    assert_eq!(next(&world), (OrderStep::Accept, HolderKey::desk(place(2)), world.now.end_of_day_after(3)));
    let back = |finish_by| Command::Return { reason: text(), finish_by };
    assert_eq!(world.order(WORKER, 0, back(world.now)), Err(Refusal::Past));
    let finish_by = Moment(world.now.0 + 1);
    world.order(WORKER, 0, back(finish_by)).unwrap();
    assert_eq!(next(&world).2, finish_by);
    done(&mut world, MARKET_STAFF).unwrap();
    accept(&mut world, WORKER).unwrap();
    assert_eq!(world.orders[0].state.next(), None);
}

#[test]
fn an_order_is_not_sent_with_a_deadline_in_the_past_nor_a_whistle_as_work() {
    let mut world = order(Way::Work, own_people());
    assert_eq!(world.send(WORKER, 0, Way::Work, own_people(), world.now), Err(Refusal::Past));
    let tomorrow = world.now.plus_seconds(DAY);
    let letter = world.send(WORKER, 0, Way::Letter, own_people(), tomorrow);
    assert_eq!(letter, Err(Refusal::NeedsOrganisation));
    let ctx = world.ctx(STREET);
    let input = Send {
        kind: OrderKind::Whistle,
        source: Source::Matter(matter_id(0)),
        task: text(),
        acceptance: text(),
        money: None,
        place: place(4),
        desk: place(2),
        street: place(1),
        holder: lamps(),
        person: None,
        finish_by: tomorrow,
    };
    assert_eq!(send(input, &ctx), Err(Refusal::OnlyStreet));
    let by_department = world.send(LAMP_OFFICER, 0, Way::Work, own_people(), tomorrow);
    assert!(matches!(by_department, Err(Refusal::Denied(Denied::Role { .. }))));
}

#[test]
fn only_the_street_whistles_and_departments_are_reached_from_then_on() {
    let mut world = order(Way::Whistle, lamps());
    assert_eq!(next(&world), (OrderStep::Blow, HolderKey::desk(place(1)), world.now.end_of_day_after(1)));
    for who in [WORKER, COLLEAGUE, SECRETARY, LAMP_OFFICER, MARKET_STAFF] {
        let refused = blow(&mut world, who, WhistleKind::Hard);
        assert!(matches!(refused, Err(Refusal::Denied(Denied::Role { .. }))), "{who}");
    }
    assert_eq!(report_in(&mut world, LAMP_OFFICER), Err(Denied::Elsewhere.into()), "only asked for");
    assert_eq!(rule(&mut world, STREET, lamps()), at_stage(OrderStage::Asked), "a ruling is no whistle");
    blow(&mut world, STREET, WhistleKind::Emergency).unwrap();
    assert_eq!(next(&world).2, world.now.plus_seconds(30 * 60));
    assert_eq!(blow(&mut world, STREET, WhistleKind::Hard), at_stage(OrderStage::Sent), "once");
    assert_eq!(report_in(&mut world, MARKET_STAFF), Err(Denied::Elsewhere.into()));
    // A department that does not lead reports in, and the lead is still awaited.
    report_in(&mut world, SQUAD_OFFICER).unwrap();
    assert_eq!(stage(&world), OrderStage::Sent);
    report_in(&mut world, LAMP_OFFICER).unwrap();
    assert_eq!(stage(&world), OrderStage::InWork);
    assert!(world.orders[0].state.arrived(organisation(SQUAD)).is_some());
    assert_eq!(done(&mut world, SQUAD_OFFICER), Err(Refusal::OnlyLead));
    done(&mut world, LAMP_OFFICER).unwrap();
    let own = accept(&mut world, LAMP_OFFICER);
    assert!(matches!(own, Err(Refusal::Denied(Denied::Role { .. }))));
    accept(&mut world, SECRETARY).unwrap();
}

#[test]
fn an_emergency_is_decided_in_thirty_minutes_and_each_kind_has_its_time_to_arrive() {
    let times = |now: Moment| {
        [
            (WhistleKind::Hard, now.end_of_day_after(2)),
            (WhistleKind::Enforcement, now.end_of_day_after(1)),
            (WhistleKind::Emergency, now.plus_seconds(1_800)),
        ]
    };
    for (kind, arrive_by) in times(START) {
        let mut world = order(Way::Whistle, lamps());
        blow(&mut world, STREET, kind).unwrap();
        assert_eq!(world.orders[0].state.report_by(), Some(arrive_by));
    }
    let world = World::new();
    let input = Ask {
        whistle: WhistleKind::Emergency,
        source: Source::Matter(matter_id(0)),
        task: text(),
        acceptance: text(),
        money: None,
        reason: text(),
        place: place(4),
        desk: place(2),
        street: place(1),
        departments: vec![organisation(LAMPS), organisation(SQUAD), organisation(SQUAD)],
        lead: organisation(LAMPS),
        finish_by: world.now.plus_seconds(DAY),
    };
    let decision = ask(input.clone(), &world.ctx(WORKER)).unwrap();
    let Event::Asked { due, departments, .. } = &decision.events[0] else { panic!() };
    assert_eq!(*due, world.now.plus_seconds(1_800));
    assert_eq!(*departments, vec![organisation(LAMPS), organisation(SQUAD)], "each once, the lead first");
    let silent = ask(Ask { reason: String::new(), ..input }, &world.ctx(WORKER));
    assert!(matches!(silent, Err(Refusal::Text { field: "reason", .. })));
}

#[test]
fn a_declined_whistle_ends_with_its_reason() {
    let mut world = order(Way::Whistle, lamps());
    let decline = |reason: &str| Command::Decline { reason: reason.to_owned() };
    assert!(matches!(world.order(STREET, 0, decline("")), Err(Refusal::Text { field: "reason", .. })));
    world.order(STREET, 0, decline("社区可自行解决")).unwrap();
    assert_eq!((stage(&world), world.orders[0].state.next()), (OrderStage::Declined, None));
    assert_eq!(blow(&mut world, STREET, WhistleKind::Hard), at_stage(OrderStage::Declined));
    world.finish();
}

#[test]
fn not_ours_is_ruled_on_by_the_street_in_two_days_and_not_said_again() {
    let mut world = order(Way::Whistle, lamps());
    blow(&mut world, STREET, WhistleKind::Hard).unwrap();
    dispute(&mut world, LAMP_OFFICER).unwrap();
    assert_eq!(next(&world), (OrderStep::Rule, HolderKey::desk(place(1)), world.now.end_of_day_after(2)));
    assert_eq!(report_in(&mut world, LAMP_OFFICER), at_stage(OrderStage::Disputed));
    assert_eq!(blow(&mut world, STREET, WhistleKind::Hard), at_stage(OrderStage::Disputed));
    let decline = Command::Decline { reason: text() };
    assert_eq!(world.order(STREET, 0, decline), at_stage(OrderStage::Disputed));
    assert_eq!(rule(&mut world, STREET, own_people()), Err(Refusal::NeedsOrganisation));
    let squad = Holder::Organisation(organisation(SQUAD));
    assert!(matches!(rule(&mut world, SECRETARY, squad), Err(Refusal::Denied(Denied::Role { .. }))));
    rule(&mut world, STREET, squad).unwrap();
    assert_eq!(next(&world).1, HolderKey::organisation(organisation(SQUAD)));
    // Whoever it was taken from does not reach it any more.
    assert_eq!(report_in(&mut world, LAMP_OFFICER), Err(Denied::Elsewhere.into()));
    assert_eq!(dispute(&mut world, SQUAD_OFFICER), at_stage(OrderStage::Sent));
    report_in(&mut world, SQUAD_OFFICER).unwrap();
    done(&mut world, SQUAD_OFFICER).unwrap();
    accept(&mut world, WORKER).unwrap();
}

#[test]
fn own_people_who_signed_for_it_go_on_when_it_is_ruled_theirs() {
    let mut world = order(Way::Work, own_people());
    report_in(&mut world, WORKER).unwrap();
    dispute(&mut world, WORKER).unwrap();
    rule(&mut world, STREET, own_people()).unwrap();
    assert_eq!(stage(&world), OrderStage::InWork);
    done(&mut world, WORKER).unwrap();
    // Nobody accepts what they did themselves.
    assert_eq!(accept(&mut world, WORKER), Err(Denied::Handler.into()));
    accept(&mut world, COLLEAGUE).unwrap();
}

#[test]
fn nobody_accepts_what_their_employer_did() {
    let mut world = order(Way::Work, Holder::Organisation(organisation(COMMITTEE)));
    report_in(&mut world, WORKER).unwrap();
    done(&mut world, WORKER).unwrap();
    assert_eq!(accept(&mut world, COLLEAGUE), Err(Denied::Concerned.into()));
    accept(&mut world, STREET).unwrap();

    // Who only enters what a body did has not done it.
    let mut world = order(Way::Work, lamps());
    report_in(&mut world, WORKER).unwrap();
    done(&mut world, WORKER).unwrap();
    accept(&mut world, WORKER).unwrap();
}

#[test]
fn a_letter_is_followed_up_every_fifteen_days_until_it_is_answered() {
    let mut world = order(Way::Letter, lamps());
    let desk = HolderKey::desk(place(2));
    assert_eq!(next(&world), (OrderStep::Finish, desk.clone(), world.now.end_of_day_after(15)));
    world.now = next(&world).2;
    world.order(WORKER, 0, Command::FollowUp { note: "在排期".to_owned() }).unwrap();
    assert_eq!(next(&world), (OrderStep::Finish, desk, world.now.end_of_day_after(15)));
    dispute(&mut world, WORKER).unwrap();
    world.now = world.now.plus_seconds(3 * DAY);
    rule(&mut world, STREET, lamps()).unwrap();
    assert!(next(&world).2 > world.now, "a deadline of its own after the ruling");
    world.order(COLLEAGUE, 0, Command::FollowUp { note: "已答复".to_owned() }).unwrap();
    done(&mut world, COLLEAGUE).unwrap();
    accept(&mut world, WORKER).unwrap();

    let mut work = order(Way::Work, lamps());
    assert_eq!(work.order(WORKER, 0, Command::FollowUp { note: text() }), Err(Refusal::NotALetter));
}

#[test]
fn what_is_suspended_rests_until_it_is_resumed_or_withdrawn() {
    let mut world = order(Way::Work, lamps());
    report_in(&mut world, LAMP_OFFICER).unwrap();
    done(&mut world, LAMP_OFFICER).unwrap();
    world.suspend(0);
    assert_eq!(next(&world), (OrderStep::Settle, HolderKey::desk(place(2)), world.now.end_of_day_after(5)));
    let before = world.orders[0].state.clone();
    world.suspend(0);
    assert_eq!(world.orders[0].state, before, "it rests already");
    assert_eq!(accept(&mut world, WORKER), at_stage(OrderStage::Suspended));
    assert_eq!(done(&mut world, LAMP_OFFICER), at_stage(OrderStage::Suspended));
    let resume = |finish_by| Command::Resume { reason: text(), finish_by };
    assert_eq!(world.order(WORKER, 0, resume(world.now)), Err(Refusal::Past));
    let finish_by = world.now.plus_seconds(DAY);
    let denied = world.order(LAMP_OFFICER, 0, resume(finish_by));
    assert!(matches!(denied, Err(Refusal::Denied(Denied::Role { .. }))));
    world.order(WORKER, 0, resume(finish_by)).unwrap();
    assert_eq!((stage(&world), next(&world).2), (OrderStage::InWork, finish_by), "done anew");
    world.suspend(0);
    world.order(WORKER, 0, Command::Withdraw { reason: text() }).unwrap();
    assert_eq!(world.orders[0].state.next(), None);
    world.suspend(0);
    assert_eq!(stage(&world), OrderStage::Withdrawn, "what has ended is not suspended");
}

#[test]
fn whoever_helped_may_still_accept_and_whoever_was_to_do_it_may_not() {
    let mut world = order(Way::Work, own_people());
    report_in(&mut world, WORKER).unwrap();
    for who in [WORKER, COLLEAGUE, SECRETARY, STREET] {
        world.order(who, 0, Command::Progress { note: text(), photos: Vec::new() }).unwrap();
    }
    done(&mut world, COLLEAGUE).unwrap();
    assert_eq!(accept(&mut world, COLLEAGUE), Err(Denied::Handler.into()));
    accept(&mut world, WORKER).unwrap();

    let world = order(Way::Work, own_people());
    let input = Send {
        kind: OrderKind::Work,
        source: Source::Matter(matter_id(0)),
        task: text(),
        acceptance: text(),
        money: None,
        place: place(4),
        desk: place(2),
        street: place(1),
        holder: Holder::Person(crate::access::Role::CommunityWorker, place(2)),
        person: Some(account(WORKER)),
        finish_by: world.now.plus_seconds(DAY),
    };
    let mut handed = world;
    let mut state = Order::default();
    for event in send(input, &handed.ctx(SECRETARY)).unwrap().events {
        crate::stream::Stream::evolve(&mut state, &event);
    }
    handed.orders[0].state = state;
    assert_eq!(next(&handed).1, HolderKey::person(account(WORKER)));
    report_in(&mut handed, WORKER).unwrap();
    done(&mut handed, COLLEAGUE).unwrap();
    assert_eq!(accept(&mut handed, WORKER), Err(Denied::Handler.into()));
    accept(&mut handed, SECRETARY).unwrap();
}
