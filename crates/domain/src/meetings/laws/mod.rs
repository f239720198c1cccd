//! The laws of meetings, topics, matters and orders over random command sequences of several
//! people, while the clock jumps. Examples at exact borders stand with each story.
#![allow(clippy::unwrap_used, clippy::panic)]

pub(crate) mod world;

use crate::dispatch::laws::any::Any;
use crate::dispatch::{OrderStage, Resume};
use crate::evaluation::Solved;
use crate::meetings::*;
use crate::topics::TopicStage;
use proptest::prelude::*;
use world::*;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Heir, Holder, HolderKey, Role};

/// What somebody tries; `a`, `b` and `c` choose among what there is.
#[derive(Clone, Copy, Debug)]
enum Verb {
    HelpMeeting,
    HelpOrder,
    HelpTopic,
    Wait,
    Raise,
    Triage,
    Answer,
    Evaluate,
    Close,
    OpenTopic,
    Gather,
    Drop,
    Conclude,
    ConfirmForum,
    Withdraw,
    Call,
    Reply,
    Speak,
    Slips,
    SignIn,
    Admit,
    Challenge,
    Leave,
    Return,
    Strike,
    Put,
    Cast,
    Hands,
    EndVote,
    Count,
    Confirm,
    Requote,
    Dissent,
    Publish,
    Object,
    Rule,
    Dispatch,
    SetAside,
    EnterResult,
    SettleResult,
    Reschedule,
    Cancel,
    SendOrder,
    Order,
    Resume,
    End,
}

const VERBS: [(u32, Verb); 46] = [
    (18, Verb::HelpMeeting),
    (10, Verb::HelpOrder),
    (5, Verb::HelpTopic),
    (2, Verb::Wait),
    (2, Verb::Raise),
    (1, Verb::Triage),
    (1, Verb::Answer),
    (1, Verb::Evaluate),
    (1, Verb::Close),
    (3, Verb::OpenTopic),
    (1, Verb::Gather),
    (1, Verb::Drop),
    (2, Verb::Conclude),
    (2, Verb::ConfirmForum),
    (1, Verb::Withdraw),
    (4, Verb::Call),
    (1, Verb::Reply),
    (1, Verb::Speak),
    (1, Verb::Slips),
    (5, Verb::SignIn),
    (2, Verb::Admit),
    (2, Verb::Challenge),
    (1, Verb::Leave),
    (1, Verb::Return),
    (1, Verb::Strike),
    (2, Verb::Put),
    (3, Verb::Cast),
    (2, Verb::Hands),
    (1, Verb::EndVote),
    (1, Verb::Count),
    (1, Verb::Confirm),
    (1, Verb::Requote),
    (1, Verb::Dissent),
    (1, Verb::Publish),
    (5, Verb::Object),
    (4, Verb::Rule),
    (3, Verb::Dispatch),
    (1, Verb::SetAside),
    (6, Verb::EnterResult),
    (6, Verb::SettleResult),
    (1, Verb::Reschedule),
    (1, Verb::Cancel),
    (2, Verb::SendOrder),
    (9, Verb::Order),
    (3, Verb::Resume),
    (1, Verb::End),
];

type Move = (usize, Verb, usize, usize, usize);

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let verb = prop::strategy::Union::new_weighted(
        VERBS.into_iter().map(|(weight, verb)| (weight, Just(verb).boxed())).collect::<Vec<_>>(),
    );
    // Workers act more often than others.
    let who = prop_oneof![2 => 1..5_usize, 1 => 0..9_usize];
    prop::collection::vec((who, verb, 0..60_usize, 0..60_usize, 0..60_usize), 1..90)
}

/// As many as the environment says, else enough for a moment.
fn some(default: u32) -> ProptestConfig {
    // 256 is what proptest takes where the environment says nothing.
    match ProptestConfig::default() {
        said if said.cases != 256 => said,
        _ => ProptestConfig::with_cases(default),
    }
}

/// A world in which something can happen at once.
fn begun() -> World {
    let mut world = World::new();
    world.raise(VISITOR, None).unwrap();
    world.raise(VISITOR, Some(organisation(COMMITTEE))).unwrap();
    world.open_topic(WORKER, &[0]).unwrap();
    world.now = world.now.plus_seconds(1);
    world
}

fn text() -> String {
    "说明".to_owned()
}

fn pick(at: usize, len: usize) -> Result<usize, yishi_kernel::Refusal> {
    if len == 0 { Err(Common::Unknown.into()) } else { Ok(at % len) }
}

fn play(step: Move, world: &mut World) -> Done {
    let (who, verb, a, b, c) = step;
    match verb {
        Verb::HelpMeeting => world.help_meeting(pick(a, world.meetings)?, b),
        Verb::HelpOrder => world.help_order(pick(a, world.orders)?, b),
        Verb::HelpTopic => {
            let n = pick(a, world.topics)?;
            if world.is_done(n) {
                world.help_topic(n);
            }
        }
        Verb::Wait => world.now = world.now.plus_seconds((a as i64 % 20) * DAY / 4),
        Verb::SendOrder if world.orders < 8 => world.send_for_matter(who, pick(a, world.matters)?, b)?,
        Verb::SendOrder => {}
        Verb::End => {
            let bodies = [LAMPS, SQUAD, MARKET, COMMITTEE].map(organisation);
            let key = match a % 3 {
                0 => HolderKey::organisation(bodies[b % 4]),
                _ => HolderKey::person(account(b % 9)),
            };
            let person = Holder::Person(Role::CommunityWorker, crate::testing::place(2));
            world.end(
                key,
                match c % 3 {
                    0 => Heir::Named(person, Some(account(c % 9))),
                    1 => Heir::Named(Holder::Organisation(bodies[c % 4]), None),
                    _ => Heir::Desk,
                },
            );
        }
        Verb::Order => {
            let n = pick(a, world.orders)?;
            let command = Any::choose(&world.order(n), world.now, c, b);
            world.ordered(who, n, command)?;
        }
        Verb::Resume => {
            let rests = |n: &usize| world.order(*n).stage == OrderStage::Suspended;
            let resting: Vec<usize> = (0..world.orders).filter(rests).collect();
            let finish_by = world.now.plus_seconds((c as i64 % 9) * DAY);
            let resume = Resume { reason: text(), finish_by };
            world.ordered(who, resting[pick(a, resting.len())?], Any::Resume(resume))?;
        }
        Verb::Raise
        | Verb::Triage
        | Verb::Answer
        | Verb::Evaluate
        | Verb::Close
        | Verb::OpenTopic
        | Verb::Gather
        | Verb::Drop
        | Verb::Conclude => play_agenda(step, world)?,
        Verb::ConfirmForum if world.confirmations < 6 => {
            world.confirm_forum(who, ["residents", "residents", "villagers", "market"][b % 4])?;
        }
        Verb::ConfirmForum => {}
        Verb::Withdraw => world.withdraw(who, pick(a, world.confirmations)?)?,
        Verb::Call => play_call(step, world)?,
        Verb::SignIn => {
            let (kind, how) = (SeatKind::ALL[b % 5 % 4], SignedIn::ALL[c % 2]);
            let meeting = pick(a, world.meetings)?;
            // Half of those at a phone show a slip, used or not, handed out or not.
            let slip = (c % 4 == 0).then(|| b as u32 % (world.meeting(meeting).sitting.slips.issued() + 2));
            world.sign_in_with(who, meeting, kind, how, c % 8, slip)?;
        }
        Verb::Admit => {
            let seat = pick(a, world.seats.len())?;
            let slips = world.meeting(world.seats[seat]).sitting.slips.issued();
            let slip = Admitting::Slip(c as u32 % (slips + 2));
            world.admit(who, seat, if b.is_multiple_of(3) { slip } else { Admitting::Second })?;
        }
        Verb::Challenge => {
            let open = |n: &usize| world.meeting(world.seats[*n]).stage == MeetingStage::Open;
            let slip = |n: &usize| world.seat(*n).slip.is_some() && open(n);
            let with: Vec<usize> = (0..world.seats.len()).filter(slip).collect();
            world.challenge(who, with[pick(a, with.len())?])?;
        }
        Verb::Leave => world.come_and_go(pick(a, world.seats.len())?, Leave { told: Voter::Own })?,
        Verb::Return => {
            let gone: Vec<usize> = (0..world.seats.len()).filter(|n| !world.seat(*n).here).collect();
            world.come_and_go(gone[pick(a, gone.len())?], Returns { told: Voter::Own })?;
        }
        Verb::SettleResult => {
            let n = pick(a, world.results)?;
            match c % 4 {
                0 => world.reject_result(who, n)?,
                _ => world.confirm_result(who, n)?,
            }
        }
        Verb::Strike => world.strike(who, pick(a, world.seats.len())?)?,
        Verb::Cast => {
            let seat = pick(a, world.seats.len())?;
            let motion = last_motion(world, world.seats[seat]);
            let voter = if b.is_multiple_of(3) { Voter::Worker } else { Voter::Own };
            world.cast(who, seat, motion, Choice::ALL[c % 3], voter)?;
        }
        _ => play_meeting(step, pick(a, world.meetings)?, world)?,
    }
    Ok(())
}

/// What is done to matters and topics.
fn play_agenda((who, verb, a, b, _): Move, world: &mut World) -> Done {
    let (matter, topic) = (pick(a, world.matters), pick(a, world.topics));
    match verb {
        Verb::Raise if world.matters < 4 => {
            world.raise(who, b.is_multiple_of(4).then(|| organisation(COMMITTEE)))
        }
        Verb::Triage => world.triage(who, matter?),
        Verb::Answer => world.answer(who, matter?),
        Verb::Evaluate => {
            let solved = if b.is_multiple_of(2) { Solved::No } else { Solved::Yes };
            world.evaluate(who, matter?, solved)
        }
        Verb::Close => world.close(who, matter?),
        Verb::OpenTopic if world.topics < 3 => {
            let bits: Vec<usize> = (0..world.matters).filter(|n| a >> n & 1 == 1).collect();
            world.open_topic(who, &bits)
        }
        Verb::Gather => world.gather(who, topic?, pick(b, world.matters)?),
        Verb::Drop => world.drop_topic(who, topic?),
        Verb::Conclude => world.conclude_topic(who, topic?),
        _ => Ok(()),
    }
}

fn play_call((who, _, a, b, c): Move, world: &mut World) -> Done {
    if world.meetings >= 4 {
        return Ok(());
    }
    let forum = ["market", "compound", "residents"][b % 3];
    // Most often every topic that waits.
    let open = |n: &usize| world.topic(*n).stage == TopicStage::Open;
    let topics: Vec<usize> = match a % 4 {
        0 => (0..world.topics).filter(|n| b >> n & 1 == 1).collect(),
        _ => (0..world.topics).filter(open).collect(),
    };
    let call = Call {
        starts: world.now.plus_seconds((c as i64 % 9) * DAY - 600),
        hurry: c.is_multiple_of(2).then(text),
        entitled: (b % 3 == 2 || c.is_multiple_of(5)).then_some(c as u64 % 8),
        chair: account(if a.is_multiple_of(3) { c % 10 } else { world.table(&topics)[0] }),
        recorder: account(if a.is_multiple_of(3) { b % 10 } else { world.table(&topics)[1] }),
        ..world.calling(forum, &topics)
    };
    world.call(who, call)
}

/// The number of the motion that was put last.
fn last_motion(world: &World, meeting: usize) -> u32 {
    world.meeting(meeting).sitting.motions.len() as u32
}

/// What is asked of a meeting.
fn play_meeting((who, verb, _, b, c): Move, n: usize, world: &mut World) -> Done {
    let Meeting { agenda, outcome, .. } = world.meeting(n);
    let motion = last_motion(world, n);
    match verb {
        Verb::Reply => {
            let organisation = organisation([LAMPS, SQUAD, MARKET][b % 3]);
            world.meet(who, n, Reply { organisation, coming: Coming::ALL[c % 2], note: text() })
        }
        Verb::Speak => {
            let form = StatementKind::ALL[b % StatementKind::ALL.len()];
            world.meet(who, n, Speak { form, organisation: None, text: text() })
        }
        Verb::Slips if b.is_multiple_of(2) => {
            world.meet(who, n, IssueSlips { count: c as u32 % 4, word: "0a1b".to_owned() })
        }
        Verb::Slips => {
            let issued = world.meeting(n).sitting.slips.issued();
            world.meet(who, n, ReleaseSlips { upto: issued.saturating_sub(c as u32 % 2) })
        }
        Verb::Put => {
            let topic = agenda.topics[b % agenda.topics.len()];
            world.meet(who, n, Put { topic, text: text(), mode: VoteMode::ALL[c % 2], item: world.item(b) })
        }
        Verb::Hands => {
            // Few different counts, so that two persons often agree.
            let hands = [(b % 4) as u64, (c % 2) as u64, (c % 3 / 2) as u64];
            world.meet(who, n, EnterHands { motion, hands })
        }
        Verb::EndVote => world.meet(who, n, EndVote { motion }),
        Verb::Count => world.meet(who, n, Count { motion }),
        Verb::Confirm => world.meet(who, n, Confirm { minutes: ["ab", "ef"][b % 2].repeat(32) }),
        Verb::Requote => {
            world.requote(n);
            Ok(())
        }
        Verb::Dissent => world.meet(who, n, Dissent { motion: None, text: text() }),
        Verb::Publish => world.meet(who, n, Publish { at: text() }),
        Verb::Object => {
            let action = outcome.actions.get(b % 4).map(|action| action.agreed.id);
            world.meet(who, n, objecting(action, "a", &text()))
        }
        Verb::Rule => {
            let (number, ruling) = (b as u32 % 3 + 1, Ruling::ALL[c % 2]);
            world.meet(who, n, Rule { number, ruling, reason: text() })
        }
        Verb::Dispatch => {
            let action = outcome.actions[pick(b, outcome.actions.len())?].agreed.id;
            world.dispatch(who, n, action, c.is_multiple_of(2).then_some("先行办理"))
        }
        Verb::EnterResult => world.enter(who, n, motion, SUMS[c % 4]),
        Verb::SetAside => world.meet(who, n, SetAside { motion, reason: text() }),
        Verb::Reschedule => {
            let starts = world.now.plus_seconds((c as i64 % 12) * 24 * 60 * MINUTE);
            let hurry = c.is_multiple_of(3).then(text);
            world.meet(who, n, Reschedule { starts, venue: "二楼会议室".to_owned(), hurry, reason: text() })
        }
        Verb::Cancel => world.meet(who, n, Cancel { reason: text() }),
        _ => unreachable!("{verb:?} is played elsewhere"),
    }
}

proptest! {
    #![proptest_config(some(300))]

    #[test]
    fn whatever_happened_everything_has_a_next_step_and_can_be_led_to_its_end(steps in moves()) {
        let mut world = begun();
        for step in steps {
            let _ = play(step, &mut world);
            world.settle();
            world.now = world.now.plus_seconds(1);
            world.check();
        }
        world.replay();
        world.finish();
        world.replay();
    }
}

/// That the moves above reach all they are meant to; a law over what never happens is none.
#[test]
fn the_moves_reach_every_stage() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::BTreeSet;
    let mut runner = TestRunner::deterministic();
    // Photos are left out of this world; orders pass on, are reckoned anew and have parts often enough
    // in their own; a result that is rejected is told by example; a stairwell's meeting has laws of its
    // own; the last is no longer written.
    let elsewhere = [
        "meeting.at_stairwell.1",
        "meeting.households_came.1",
        "meeting.sent_up.1",
        "meeting.settled.1",
        "order.assist_only.1",
        "order.comes_after.1",
        "order.gone_on.1",
        "order.escalated.1",
        "order.part_disputed.1",
        "order.part_done.1",
        "order.part_ruled.1",
        "order.part_set.1",
        "order.part_urged.1",
        "order.photo_published.1",
        "order.passed_on.1",
        "order.reckoned.1",
        "owners_result.rejected.1",
        "seat.taken.1",
    ];
    let mut missing: BTreeSet<String> = kinds().into_iter().collect();
    missing.retain(|kind| !elsewhere.contains(&kind.as_str()));
    for _ in 0..6_000 {
        if missing.is_empty() {
            break;
        }
        let mut world = begun();
        for step in moves().new_tree(&mut runner).unwrap().current() {
            let _ = play(step, &mut world);
            world.now = world.now.plus_seconds(1);
        }
        for (_, kind, _) in &world.book.entries {
            missing.remove(kind.as_str());
        }
    }
    assert!(missing.is_empty(), "never happened: {missing:?}");
}

/// The kinds of events of topics, meetings and orders, from where they are declared.
fn kinds() -> Vec<String> {
    const SOURCES: [&str; 4] = [
        include_str!("../events.rs"),
        include_str!("../../topics/events.rs"),
        include_str!("../../dispatch/events.rs"),
        include_str!("../../ballots/events.rs"),
    ];
    let kinds = SOURCES.iter().flat_map(|text| text.split("rename = \"").skip(1));
    kinds.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}
