//! Examples of meetings at the exact borders of notice, quorum, votes and publication.

use super::super::*;
use super::world::*;
use crate::access::{Claim, Denied, State};
use crate::dispatch::OrderStage;
use crate::matters::StageKind;
use crate::moment::Moment;
use crate::people::OrganisationKind;
use crate::refusal::Refusal;
use yishi_tally::everyday::Miscount;

const SECOND: i64 = 1;
const MINUTE: i64 = 60;

/// A world with one topic that waits for a meeting.
fn world() -> World {
    let mut world = World::new();
    world.raise(VISITOR, None).unwrap();
    world.open_topic(WORKER, &[0]).unwrap();
    world
}

/// A meeting of the market in four days, its notice posted.
fn called() -> World {
    let mut world = world();
    world.call(WORKER, world.calling("market", &[0])).unwrap();
    post(&mut world).unwrap();
    world
}

fn post(world: &mut World) -> Result<(), Refusal> {
    world.meet(WORKER, 0, Command::Post { at: "公告栏".to_owned(), photo: None })
}

/// The same, begun, with so many residents present.
fn begun(present: usize) -> World {
    let mut world = called();
    world.now = world.meetings[0].state.called().unwrap().starts;
    world.meet(WORKER, 0, Command::Open).unwrap();
    for person in 0..present {
        world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, person).unwrap();
    }
    world
}

fn put(world: &mut World, mode: VoteMode) {
    let text = "设停车引导员".to_owned();
    world.meet(WORKER, 0, Command::Put { topic: topic_id(0), text, mode }).unwrap();
}

fn hands(world: &mut World, who: usize, hands: [u64; 3]) -> Result<(), Refusal> {
    world.meet(who, 0, Command::EnterHands { motion: 1, hands, present: 0 })
}

fn count(world: &mut World) -> Passed {
    world.meet(WORKER, 0, Command::EndVote { motion: 1 }).unwrap();
    world.meet(WORKER, 0, Command::Count { motion: 1, present: 0, phones: [0; 3] }).unwrap();
    let Vote::Counted(_, passed) = world.meetings[0].state.motions()[0].vote else { panic!("not counted") };
    passed
}

/// Passed, with one action of the given flavour.
fn resolved(flavour: usize) -> World {
    let mut world = begun(3);
    put(&mut world, VoteMode::Hands);
    hands(&mut world, WORKER, [3, 0, 0]).unwrap();
    hands(&mut world, COLLEAGUE, [3, 0, 0]).unwrap();
    assert_eq!(count(&mut world), Passed::Yes);
    let action = world.action(1, flavour);
    world.meet(WORKER, 0, Command::Resolve { actions: vec![action], standard: String::new() }).unwrap();
    world
}

fn confirm(world: &mut World, who: usize, text: &str) -> Result<(), Refusal> {
    world.meet(who, 0, Command::Confirm { minutes: text.repeat(32) })
}

/// The same, published.
fn published(flavour: usize) -> World {
    let mut world = resolved(flavour);
    confirm(&mut world, SECRETARY, "ab").unwrap();
    confirm(&mut world, WORKER, "ab").unwrap();
    world.meet(WORKER, 0, Command::Publish { at: "公告栏".to_owned() }).unwrap();
    world
}

fn object(world: &mut World, action: Option<crate::ids::ActionId>) -> Result<(), Refusal> {
    let text = "灯杆挡了门".to_owned();
    world.meet(VISITOR, 0, Command::Object { action, text, contact: String::new() })
}

fn rule(world: &mut World, who: usize, number: u32, ruling: Ruling) -> Result<(), Refusal> {
    world.meet(who, 0, Command::Rule { number, ruling, reason: "须重选位置".to_owned() })
}

fn first_action(world: &World) -> crate::ids::ActionId {
    world.meetings[0].state.actions()[0].agreed.id
}

#[test]
fn three_days_of_notice_do_not_count_the_day_of_the_call() {
    let mut world = world();
    let earliest = world.now.end_of_day_after(3);
    let call = |starts, hurry: &str, world: &World| Call {
        starts,
        hurry: hurry.to_owned(),
        ..world.calling("market", &[0])
    };
    let early = Moment(earliest.0 - 1);
    assert_eq!(world.call(WORKER, call(early, "", &world)), Err(Refusal::ShortNotice { earliest }));
    assert_eq!(world.call(WORKER, call(early, "  ", &world)), Err(Refusal::ShortNotice { earliest }));
    world.call(WORKER, call(earliest, "", &world)).unwrap();
    assert_eq!(world.meetings[0].state.called().unwrap().hurry, None);
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Scheduled));
}

#[test]
fn a_shorter_notice_needs_a_reason_which_is_kept_and_lets_it_begin() {
    let mut world = world();
    let starts = world.now.plus_seconds(60 * MINUTE);
    let call = Call { starts, hurry: "雨季前须定".to_owned(), ..world.calling("market", &[0]) };
    world.call(WORKER, call).unwrap();
    assert_eq!(world.meetings[0].state.called().unwrap().hurry.as_deref(), Some("雨季前须定"));
    post(&mut world).unwrap();
    world.now = starts;
    world.meet(WORKER, 0, Command::Open).unwrap();
}

#[test]
fn a_residents_meeting_asks_seven_days_and_the_number_of_those_entitled() {
    let mut world = world();
    let starts = world.now.end_of_day_after(7);
    let call =
        |starts, entitled, world: &World| Call { starts, entitled, ..world.calling("residents", &[0]) };
    assert_eq!(world.call(WORKER, call(starts, None, &world)), Err(Refusal::Entitled));
    let early = Moment(starts.0 - 1);
    let refused = world.call(WORKER, call(early, Some(6), &world));
    assert_eq!(refused, Err(Refusal::ShortNotice { earliest: starts }));
    world.call(WORKER, call(starts, Some(6), &world)).unwrap();
}

#[test]
fn half_of_those_entitled_is_no_quorum_and_one_more_is() {
    for (present, passed) in [(3, Passed::No), (4, Passed::Yes)] {
        let mut world = world();
        let starts = world.now.end_of_day_after(7);
        let call = Call { starts, entitled: Some(6), ..world.calling("residents", &[0]) };
        world.call(WORKER, call).unwrap();
        post(&mut world).unwrap();
        world.now = starts;
        world.meet(WORKER, 0, Command::Open).unwrap();
        for person in 0..present {
            world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, person).unwrap();
        }
        put(&mut world, VoteMode::Hands);
        let all = [present as u64, 0, 0];
        hands(&mut world, WORKER, all).unwrap();
        hands(&mut world, COLLEAGUE, all).unwrap();
        assert_eq!(count(&mut world), passed, "{present} of 6");
    }
}

#[test]
fn it_begins_thirty_minutes_before_its_time_at_the_earliest_and_only_once_posted() {
    let mut world = world();
    world.call(WORKER, world.calling("market", &[0])).unwrap();
    let starts = world.meetings[0].state.called().unwrap().starts;
    world.now = starts;
    assert_eq!(world.meet(WORKER, 0, Command::Open), Err(Refusal::NotPosted));
    world.now = START;
    post(&mut world).unwrap();
    world.now = starts.plus_seconds(-30 * MINUTE - SECOND);
    assert_eq!(world.meet(WORKER, 0, Command::Open), Err(Refusal::TooEarly { starts }));
    world.now = starts.plus_seconds(-30 * MINUTE);
    world.meet(WORKER, 0, Command::Open).unwrap();
    assert_eq!(world.meet(WORKER, 0, Command::Open), Err(Refusal::MeetingStage(MeetingStage::Open)));
}

#[test]
fn nothing_is_put_counted_or_resolved_before_it_begins() {
    let mut world = called();
    let called = || Err(Refusal::MeetingStage(MeetingStage::Called));
    let put = Command::Put { topic: topic_id(0), text: "划线".to_owned(), mode: VoteMode::Hands };
    assert_eq!(world.meet(WORKER, 0, put), called());
    assert_eq!(hands(&mut world, WORKER, [0; 3]), called());
    let resolve = Command::Resolve { actions: Vec::new(), standard: String::new() };
    assert_eq!(world.meet(WORKER, 0, resolve), called());
    assert_eq!(world.meet(WORKER, 0, Command::Adjourn { reason: "改期".to_owned() }), called());
}

#[test]
fn chair_and_recorder_are_two_and_a_topic_stands_once_on_one_agenda() {
    let mut world = world();
    let none = Call { invited: vec![organisation(LAMPS)], ..world.calling("market", &[0]) };
    assert_eq!(world.call(WORKER, none), Err(Refusal::MustInvite(OrganisationKind::Market)));
    // Where the place has none, there is nobody to invite.
    let bare = Call { invited: Vec::new(), bodies: Vec::new(), ..world.calling("market", &[0]) };
    assert!(super::call(bare, &world.ctx(WORKER)).is_ok());
    let one = Call { recorder: account(SECRETARY), ..world.calling("market", &[0]) };
    assert_eq!(world.call(WORKER, one), Err(Refusal::OnePerson));
    assert_eq!(world.call(WORKER, world.calling("market", &[])), Err(Refusal::NoTopics));
    assert_eq!(world.call(WORKER, world.calling("parliament", &[0])), Err(Refusal::Forum));
    let past = Call { starts: world.now.plus_seconds(-61 * MINUTE), ..world.calling("market", &[0]) };
    assert_eq!(world.call(WORKER, past), Err(Refusal::Past));
    world.call(WORKER, world.calling("market", &[0, 0])).unwrap();
    assert_eq!(world.meetings[0].state.called().unwrap().topics, vec![topic_id(0)]);
    assert_eq!(world.call(WORKER, world.calling("market", &[0])), Err(Refusal::TopicElsewhere));
    assert_eq!(world.meetings.len(), 1);
}

#[test]
fn a_cancelled_meeting_gives_its_topics_back_with_a_new_deadline() {
    let mut world = called();
    let adjourn = Command::Cancel { reason: String::new() };
    assert!(matches!(world.meet(WORKER, 0, adjourn), Err(Refusal::Text { field: "reason", .. })));
    world.meet(WORKER, 0, Command::Cancel { reason: "停电".to_owned() }).unwrap();
    let (step, _, due) = world.topics[0].state.next().unwrap();
    assert_eq!((step, due), (TopicStep::Call, world.now.end_of_day_after(10)));
    world.call(COLLEAGUE, world.calling("market", &[0])).unwrap();
}

#[test]
fn who_abstains_is_present_and_a_tie_fails() {
    for (votes, passed) in [
        ([2, 2, 0], Passed::No),
        ([2, 0, 2], Passed::No),
        ([3, 1, 0], Passed::Yes),
        ([3, 0, 0], Passed::Yes),
        ([2, 1, 0], Passed::No),
        ([0, 0, 0], Passed::No),
    ] {
        let mut world = begun(4);
        put(&mut world, VoteMode::Hands);
        hands(&mut world, WORKER, votes).unwrap();
        hands(&mut world, COLLEAGUE, votes).unwrap();
        assert_eq!(count(&mut world), passed, "{votes:?} of 4");
    }
}

#[test]
fn two_persons_enter_the_same_hands_and_never_more_than_are_here() {
    let mut world = begun(3);
    put(&mut world, VoteMode::Hands);
    let more = Miscount::MoreVotesThanPresent { votes: 4, present: 3 };
    assert_eq!(hands(&mut world, WORKER, [2, 1, 1]), Err(Refusal::Miscount(more)));
    let end = || Command::EndVote { motion: 1 };
    hands(&mut world, WORKER, [3, 0, 0]).unwrap();
    hands(&mut world, WORKER, [3, 0, 0]).unwrap();
    assert_eq!(world.meet(WORKER, 0, end()), Err(Refusal::HandsDiffer), "one person twice");
    hands(&mut world, COLLEAGUE, [2, 1, 0]).unwrap();
    assert_eq!(world.meet(WORKER, 0, end()), Err(Refusal::HandsDiffer));
    assert_eq!(hands(&mut world, VISITOR, [3, 0, 0]), Err(Denied::SignIn.into()));
    hands(&mut world, SECRETARY, [3, 0, 0]).unwrap();
    world.meet(WORKER, 0, end()).unwrap();
    assert_eq!(hands(&mut world, WORKER, [0, 3, 0]), Err(Refusal::NoVote), "after the end");
}

#[test]
fn more_may_come_than_were_entitled_and_the_vote_can_still_be_counted() {
    let mut world = world();
    let call = Call { entitled: Some(2), ..world.calling("market", &[0]) };
    world.call(WORKER, call).unwrap();
    post(&mut world).unwrap();
    world.now = world.now.plus_seconds(4 * DAY);
    world.meet(WORKER, 0, Command::Open).unwrap();
    for person in 0..3 {
        world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, person).unwrap();
    }
    put(&mut world, VoteMode::Hands);
    hands(&mut world, WORKER, [3, 0, 0]).unwrap();
    hands(&mut world, COLLEAGUE, [3, 0, 0]).unwrap();
    assert_eq!(count(&mut world), Passed::Yes);
}

#[test]
fn only_seats_with_a_vote_vote_and_only_while_it_lasts() {
    let mut world = begun(2);
    world.sign_in(WORKER, 0, SeatKind::Invited, SignedIn::Register, 10).unwrap();
    world.sign_in(VISITOR, 0, SeatKind::Observer, SignedIn::Phone, 11).unwrap();
    world.sign_in(WORKER, 0, SeatKind::Member, SignedIn::Register, 12).unwrap();
    world.strike(WORKER, 1).unwrap();
    let vote = |world: &mut World, who, seat, claim| world.cast(who, seat, 1, Choice::For, claim);
    assert_eq!(vote(&mut world, VISITOR, 0, Claim::Seat), Err(Refusal::NoVote), "nothing was put");
    put(&mut world, VoteMode::Phones);
    assert_eq!(world.strike(WORKER, 0), Err(Refusal::VoteOpen));
    vote(&mut world, VISITOR, 0, Claim::Seat).unwrap();
    assert_eq!(vote(&mut world, VISITOR, 1, Claim::Seat), Err(Refusal::NoSeat), "struck");
    assert_eq!(vote(&mut world, VISITOR, 2, Claim::Seat), Err(Refusal::NoSeat), "invited");
    assert_eq!(vote(&mut world, WORKER, 3, Claim::None), Err(Refusal::NoSeat), "observer");
    // Without a phone through the worker; nobody else's vote.
    vote(&mut world, WORKER, 4, Claim::None).unwrap();
    assert_eq!(vote(&mut world, WORKER, 0, Claim::None), Err(Refusal::NoSeat));
    assert_eq!(vote(&mut world, VISITOR, 4, Claim::None), Err(Denied::SignIn.into()));
    // Cast anew, the last one counts.
    world.cast(VISITOR, 0, 1, Choice::Abstain, Claim::Seat).unwrap();
    world.meet(WORKER, 0, Command::EndVote { motion: 1 }).unwrap();
    assert_eq!(vote(&mut world, VISITOR, 0, Claim::Seat), Err(Refusal::NoVote));
    let late = world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, 20);
    assert_eq!(late, Err(Refusal::Counting));
    world.meet(WORKER, 0, Command::Count { motion: 1, present: 0, phones: [0; 3] }).unwrap();
    let Vote::Counted(counts, passed) = world.meetings[0].state.motions()[0].vote else { panic!() };
    // One in favour of two present: a tie with the abstention fails.
    assert_eq!((counts.present, counts.in_favour, counts.abstain, passed), (2, 1, 1, Passed::No));
}

#[test]
fn whom_a_body_sent_and_members_are_known_at_the_door() {
    let mut world = begun(0);
    let by_phone = |world: &mut World, kind| world.sign_in(VISITOR, 0, kind, SignedIn::Phone, 1);
    assert_eq!(by_phone(&mut world, SeatKind::Member), Err(Denied::SignIn.into()));
    assert_eq!(by_phone(&mut world, SeatKind::Invited), Err(Denied::SignIn.into()));
    let of_body = SignIn {
        kind: SeatKind::Resident,
        how: SignedIn::Phone,
        organisation: Some(organisation(LAMPS)),
        person: "one".to_owned(),
        name: "某人".to_owned(),
        secret: None,
    };
    let meeting = &world.meetings[0].state;
    let refused = sign_in(meeting_id(0), meeting, of_body.clone(), &world.ctx(VISITOR));
    assert_eq!(refused, Err(Denied::SignIn.into()));
    let not_invited = SignIn { organisation: Some(organisation(SQUAD)), ..of_body };
    let refused = sign_in(meeting_id(0), meeting, not_invited, &world.ctx(WORKER));
    assert_eq!(refused, Err(Refusal::NotInvited));
}

#[test]
fn an_action_has_an_owner_a_deadline_and_a_motion_that_passed() {
    let mut world = begun(3);
    put(&mut world, VoteMode::Hands);
    let action = world.action(1, 0);
    let resolve =
        |action: &NewAction| Command::Resolve { actions: vec![action.clone()], standard: String::new() };
    assert_eq!(world.meet(WORKER, 0, resolve(&action)), Err(Refusal::VoteOpen));
    hands(&mut world, WORKER, [2, 1, 0]).unwrap();
    hands(&mut world, COLLEAGUE, [2, 1, 0]).unwrap();
    count(&mut world);
    let late = NewAction { due: world.now, ..action.clone() };
    assert_eq!(world.meet(WORKER, 0, resolve(&late)), Err(Refusal::Past));
    let other = NewAction { motion: 2, ..action.clone() };
    assert_eq!(world.meet(WORKER, 0, resolve(&other)), Err(Refusal::NothingPassed));
    let nobody = NewAction { way: Way::Whistle, ..action.clone() };
    assert_eq!(world.meet(WORKER, 0, resolve(&nobody)), Err(Refusal::NeedsOrganisation));
    let unpaid = NewAction { fen: Some(1), source: " ".to_owned(), ..action.clone() };
    assert!(matches!(world.meet(WORKER, 0, resolve(&unpaid)), Err(Refusal::Text { field: "source", .. })));
    let adjourn = Command::Adjourn { reason: "改日".to_owned() };
    assert_eq!(world.meet(WORKER, 0, adjourn), Err(Refusal::SomethingPassed));
    world.meet(WORKER, 0, resolve(&action)).unwrap();
    let (step, _, due) = world.topics[0].state.next().unwrap();
    assert_eq!((step, due), (TopicStep::Conclude, action.due));
}

#[test]
fn nothing_passed_is_no_resolution_and_the_topic_returns() {
    let mut world = begun(2);
    put(&mut world, VoteMode::Phones);
    assert_eq!(count(&mut world), Passed::No, "nobody voted");
    let resolve = Command::Resolve { actions: Vec::new(), standard: "每日清场".to_owned() };
    assert_eq!(world.meet(WORKER, 0, resolve), Err(Refusal::NothingPassed));
    world.meet(WORKER, 0, Command::Adjourn { reason: "未达成一致".to_owned() }).unwrap();
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Open));
    world.finish();
}

#[test]
fn chair_and_recorder_confirm_the_same_text() {
    let mut world = resolved(0);
    assert_eq!(confirm(&mut world, COLLEAGUE, "ab"), Err(Denied::NotHolder.into()));
    confirm(&mut world, SECRETARY, "ab").unwrap();
    assert_eq!(confirm(&mut world, SECRETARY, "ab"), Err(Refusal::Exists));
    // Another text: the chair looks again.
    confirm(&mut world, WORKER, "cd").unwrap();
    assert_eq!(world.meetings[0].state.stage(), Some(MeetingStage::Held));
    assert_eq!(world.meetings[0].state.confirmed(Confirming::Chair), None);
    confirm(&mut world, SECRETARY, "cd").unwrap();
    assert_eq!(world.meetings[0].state.stage(), Some(MeetingStage::Confirmed));
}

#[test]
fn minutes_nobody_confirms_in_time_are_confirmed_by_who_rules_on_objections() {
    let mut world = world();
    // The chair has left, the recorder is of a body and keeps no minutes.
    let call = Call { chair: account(9), recorder: account(LAMP_OFFICER), ..world.calling("market", &[0]) };
    world.call(WORKER, call).unwrap();
    post(&mut world).unwrap();
    world.now = world.now.plus_seconds(4 * DAY);
    world.meet(WORKER, 0, Command::Open).unwrap();
    world.meet(WORKER, 0, Command::Adjourn { reason: "到会不足".to_owned() }).unwrap();
    let (_, _, due) = world.meetings[0].state.next().unwrap();
    world.now = Moment(due.0 - 1);
    assert_eq!(confirm(&mut world, SECRETARY, "ab"), Err(Denied::NotHolder.into()));
    world.now = due;
    assert_eq!(confirm(&mut world, COLLEAGUE, "ab"), Err(Denied::NotHolder.into()));
    confirm(&mut world, SECRETARY, "ab").unwrap();
    // Still two persons, and the second only once more time is over.
    let (_, _, due) = world.meetings[0].state.next().unwrap();
    assert_eq!(confirm(&mut world, STREET, "ab"), Err(Denied::NotHolder.into()));
    world.now = due;
    assert_eq!(confirm(&mut world, SECRETARY, "ab"), Err(Denied::NotHolder.into()));
    confirm(&mut world, STREET, "ab").unwrap();
    assert_eq!(world.meetings[0].state.stage(), Some(MeetingStage::Confirmed));
}

#[test]
fn objections_are_taken_until_the_last_moment_of_the_notice() {
    let mut world = published(0);
    let until = world.meetings[0].state.until().unwrap();
    assert_eq!(until, world.now.end_of_day_after(5));
    world.now = Moment(until.0 - 1);
    assert_eq!(world.meet(WORKER, 0, Command::Conclude), Err(Refusal::NoticeRuns { until }));
    object(&mut world, None).unwrap();
    world.now = until;
    assert_eq!(object(&mut world, None), Err(Refusal::NoticeOver));
    // Nothing is sent or concluded before it is ruled on.
    let action = first_action(&world);
    assert_eq!(world.dispatch(WORKER, 0, action, ""), Err(Refusal::ObjectionOpen));
    assert_eq!(world.meet(WORKER, 0, Command::Conclude), Err(Refusal::ObjectionOpen));
    assert!(matches!(
        rule(&mut world, WORKER, 1, Ruling::Rejected),
        Err(Refusal::Denied(Denied::Role { .. }))
    ));
    rule(&mut world, SECRETARY, 1, Ruling::Rejected).unwrap();
    assert_eq!(rule(&mut world, STREET, 1, Ruling::Upheld), Err(Refusal::Unknown), "ruled on once");
    let waits = Err(Refusal::Unfinished { orders: 1, matters: 0 });
    assert_eq!(world.meet(WORKER, 0, Command::Conclude), waits);
    world.dispatch(WORKER, 0, action, "").unwrap();
    assert_eq!(world.dispatch(WORKER, 0, action, ""), Err(Refusal::Exists));
    world.meet(WORKER, 0, Command::Conclude).unwrap();
}

#[test]
fn an_action_is_sent_after_the_notice_or_with_a_reason() {
    let mut world = published(0);
    let (action, until) = (first_action(&world), world.meetings[0].state.until().unwrap());
    world.now = Moment(until.0 - 1);
    assert_eq!(world.dispatch(WORKER, 0, action, " "), Err(Refusal::NoticeRuns { until }));
    let denied = world.dispatch(LAMP_OFFICER, 0, action, "");
    assert!(matches!(denied, Err(Refusal::Denied(Denied::Role { .. }))));
    world.dispatch(WORKER, 0, action, "夜间危险，先行办理").unwrap();
}

#[test]
fn an_upheld_objection_suspends_the_order_and_returns_the_topic_even_when_all_was_done() {
    let mut world = published(0);
    let action = first_action(&world);
    world.dispatch(WORKER, 0, action, "先行办理").unwrap();
    object(&mut world, Some(action)).unwrap();
    rule(&mut world, SECRETARY, 1, Ruling::Upheld).unwrap();
    assert_eq!(world.orders[0].state.stage(), Some(OrderStage::Suspended));
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Open));
    // Resumed, and objected to once more: it rests again.
    let finish_by = world.now.plus_seconds(DAY);
    let resume = crate::dispatch::Command::Resume { reason: "位置已改".to_owned(), finish_by };
    world.order(WORKER, 0, resume).unwrap();
    object(&mut world, None).unwrap();
    rule(&mut world, STREET, 2, Ruling::Upheld).unwrap();
    assert_eq!(world.orders[0].state.stage(), Some(OrderStage::Suspended));

    // Everything was done within the notice, everyone answered, and the topic concluded.
    let mut world = published(0);
    let action = first_action(&world);
    world.dispatch(WORKER, 0, action, "先行办理").unwrap();
    for _ in 0..3 {
        world.help_order(0, 1);
    }
    let unfinished = Err(Refusal::Unfinished { orders: 0, matters: 1 });
    assert_eq!(world.conclude_topic(WORKER, 0), unfinished);
    world.answer(WORKER, 0).unwrap();
    world.conclude_topic(WORKER, 0).unwrap();
    object(&mut world, Some(action)).unwrap();
    rule(&mut world, SECRETARY, 1, Ruling::Upheld).unwrap();
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Open));
    assert_eq!(world.topics[0].state.ended(), None);
    assert!(world.topics[0].state.next().is_some());
}

#[test]
fn an_objection_to_the_whole_returns_what_was_decided_without_actions() {
    let mut world = begun(1);
    put(&mut world, VoteMode::Phones);
    world.cast(VISITOR, 0, 1, Choice::For, Claim::Seat).unwrap();
    assert_eq!(count(&mut world), Passed::Yes);
    let standard = "每日 20 时清场".to_owned();
    world.meet(WORKER, 0, Command::Resolve { actions: Vec::new(), standard }).unwrap();
    confirm(&mut world, SECRETARY, "ab").unwrap();
    confirm(&mut world, WORKER, "ab").unwrap();
    world.meet(WORKER, 0, Command::Publish { at: "公告栏".to_owned() }).unwrap();
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Decided));
    object(&mut world, None).unwrap();
    rule(&mut world, STREET, 1, Ruling::Upheld).unwrap();
    assert_eq!(world.topics[0].state.stage(), Some(TopicStage::Open));
    world.finish();
}

#[test]
fn an_invited_body_replies_for_itself_and_says_why_it_does_not_come() {
    let mut world = called();
    let reply =
        |organisation, coming, note: &str| Command::Reply { organisation, coming, note: note.to_owned() };
    let lamps = organisation(LAMPS);
    let silent = world.meet(LAMP_OFFICER, 0, reply(lamps, Coming::No, " "));
    assert!(matches!(silent, Err(Refusal::Text { field: "note", .. })));
    world.meet(LAMP_OFFICER, 0, reply(lamps, Coming::No, "当日检修")).unwrap();
    assert_eq!(world.meetings[0].state.reply(lamps), Some(Coming::No));
    let market = organisation(MARKET);
    let other = world.meet(LAMP_OFFICER, 0, reply(market, Coming::Yes, ""));
    assert_eq!(other, Err(Denied::Elsewhere.into()));
    let uninvited = world.meet(SQUAD_OFFICER, 0, reply(organisation(SQUAD), Coming::Yes, ""));
    assert_eq!(uninvited, Err(Denied::Elsewhere.into()));
    let uninvited = world.meet(WORKER, 0, reply(organisation(SQUAD), Coming::Yes, ""));
    assert_eq!(uninvited, Err(Refusal::NotInvited));
    // By telephone, through the worker.
    world.meet(WORKER, 0, reply(market, Coming::Yes, "")).unwrap();
    let plan =
        Command::State { form: StatementKind::Plan, organisation: None, text: "划线停放".to_owned() };
    world.meet(MARKET_STAFF, 0, plan).unwrap();
    assert_eq!(world.meetings[0].state.plans(), &[(market, 1)]);
}

#[test]
fn taking_up_a_matter_that_is_not_sorted_sorts_it_so_the_concerned_may_not() {
    let mut world = World::new();
    world.raise(VISITOR, Some(organisation(COMMITTEE))).unwrap();
    assert_eq!(world.open_topic(WORKER, &[0]), Err(Denied::Concerned.into()));
    assert_eq!(world.matters[0].state.stage(), Some(StageKind::Raised));
    world.open_topic(STREET, &[0]).unwrap();
    assert_eq!(world.matters[0].state.stage(), Some(StageKind::InHand));
    assert_eq!(world.matters[0].state.next().unwrap().2, world.now.end_of_day_after(30));
    // It answers from the topic, and is merged nowhere meanwhile.
    assert_eq!(world.open_topic(STREET, &[0]), Err(Refusal::InTopic));
}

#[test]
fn a_dropped_topic_lets_its_matters_go_on() {
    let mut world = world();
    assert_eq!(world.open_topic(WORKER, &[]), Err(Refusal::NoMatters));
    world.drop_topic(WORKER, 0).unwrap();
    let (_, holder, due) = world.matters[0].state.next().unwrap();
    assert_eq!(holder, crate::matters::HolderKey::desk(place(2)));
    assert_eq!(due, world.now.end_of_day_after(7));
    let again = world.drop_topic(WORKER, 0);
    assert_eq!(again, Err(Denied::Stage(State::Topic(TopicStage::Dropped)).into()));
    // Another topic may take it up.
    world.open_topic(WORKER, &[0]).unwrap();
}
