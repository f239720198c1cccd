//! Random moves about topics, meetings and orders for the twin test: mostly the next thing
//! that makes sense where one stands, and now and then something else.

use super::office::said;
use super::twin::{Known, Move, outcome, pick};
use yishi_domain::Actor;
use yishi_domain::dispatch::{Command as OrderCommand, Order, OrderKind, OrderStage, WhistleKind};
use yishi_domain::matters::{CallBack, Holder, Solved};
use yishi_domain::meetings::{
    Choice, Coming, Command, Fate, Meeting, MeetingStage, Ruling, SeatKind, SignedIn, StatementKind,
    TopicStage, Vote, VoteMode, Way,
};
use yishi_store::Office;
use yishi_store::office::{Asking, Dispatching, Sending, Voter};
use yishi_store::reads::{dispatch as orders, meetings as reads};
use yishi_testkit::Neighbourhood;
use yishi_testkit::meetings::{DAY, action_id, agreed, calling, motion, opening, signing};
use yishi_testkit::neighbourhood::form;

/// The kinds of moves here follow those of matters.
pub const FIRST: u8 = 27;
/// One more than the last of them.
pub const END: u8 = 42;

/// What came of a move: nothing to tell, or why not.
type Came = Result<String, String>;

fn done(result: Result<(), yishi_store::Failure>) -> Came {
    outcome(result).map(|()| String::new())
}

fn told<T: std::fmt::Debug>(result: Result<T, yishi_store::Failure>) -> Came {
    outcome(result).map(|told| format!("{told:?}"))
}

fn none() -> Came {
    Err("nothing yet".to_owned())
}

fn nth<T>(from: &[T], n: usize) -> Option<&T> {
    from.get(n % from.len().max(1))
}

/// Issues a move of this kind.
pub async fn issue(office: &Office, there: &Neighbourhood, known: &Known, one: Move) -> Came {
    let Move { what, a, b, c } = one;
    let (db, ledger, worker) = (&office.db, there.community, &there.worker);
    let desk = [worker, worker, &there.colleague, &there.secretary, &there.officer, &there.keeper][c];
    let (Some(matter), Some(receipt)) = (pick(&known.matters, a), pick(&known.receipts, b)) else {
        return none();
    };
    let topics = reads::topics(db, ledger, None).await.unwrap();
    match what {
        27 | 28 => {
            let second =
                pick(&known.matters, a + 1).map(|two| two.matter).filter(|two| *two != matter.matter);
            let mut matters = vec![matter.matter];
            matters.extend(second.filter(|_| b % 2 == 1));
            told(office.open_topic(desk, ledger, opening(&format!("{a}-{}", b % 4), &matters)).await)
        }
        29 => match nth(&topics, b) {
            Some(topic) => done(office.gather(desk, ledger, topic.id, vec![matter.matter]).await),
            None => none(),
        },
        30 => match nth(&topics, b).filter(|_| c < 3) {
            Some(topic) => done(office.drop_topic(desk, ledger, topic.id, "改由物业办理".to_owned()).await),
            None => none(),
        },
        31 => match nth(&topics, a) {
            Some(topic) if b % 2 == 0 => {
                done(office.answer_topic(worker, ledger, topic.id, format!("办好了（{c}）。")).await)
            }
            Some(topic) => done(office.conclude_topic(worker, ledger, topic.id).await),
            None => none(),
        },
        32 => {
            let open = topics.iter().filter(|topic| topic.stage == TopicStage::Open).collect::<Vec<_>>();
            let Some(topic) = nth(&open, b) else { return none() };
            let word = format!("{a}-{}", office.now().date());
            let mut call =
                calling(&word, there, &[topic.id], office.now().plus_seconds((1 + c as i64) * DAY));
            call.hurry = if c < 4 { "急事".to_owned() } else { String::new() };
            call.entitled = (b % 2 == 0).then_some(40);
            told(office.call_meeting(desk, ledger, call).await)
        }
        33..=37 => in_meeting(office, there, one).await,
        38 => {
            let kind = [OrderKind::Work, OrderKind::Letter][a % 2];
            let (task, acceptance) = ("补灯。".to_owned(), "看得清".to_owned());
            let finish_by = office.now().plus_seconds((3 + b as i64) * DAY);
            let (word, id) = (format!("order-{a}-{b}"), matter.matter);
            if b % 2 == 0 {
                let asking = Asking {
                    form: form(&word),
                    whistle: WhistleKind::ALL[c % 3],
                    matter: id,
                    task,
                    acceptance,
                    reason: "社区无执法权。".to_owned(),
                    departments: vec![there.squad],
                    lead: there.lamps,
                    finish_by,
                };
                return told(office.ask_whistle(desk, ledger, asking).await);
            }
            let holder = match c {
                0 => Holder::Desk(ledger),
                1 | 2 => Holder::Organisation(there.property),
                _ => Holder::Organisation(there.buses),
            };
            let form = form(&word);
            let sending =
                Sending { form, kind, matter: id, task, acceptance, holder, person: None, finish_by };
            told(office.send_order(desk, ledger, sending).await)
        }
        39 | 40 => on_order(office, there, one).await,
        _ => {
            let own = known.receipts.iter().filter(|one| one.matter == matter.matter).collect::<Vec<_>>();
            let receipt = nth(&own, b).map_or(receipt.receipt, |one| one.receipt);
            let call = match c {
                0 => CallBack::Missed { note: "无人接听".to_owned() },
                1 => CallBack::Reached(said(Solved::No, "还是老样子")),
                _ => CallBack::Reached(said(Solved::Yes, "")),
            };
            let caller = if c == 5 { worker } else { &there.colleague };
            done(office.call_back(caller, ledger, receipt, call).await)
        }
    }
}

/// The next thing in a meeting, or somebody's coming, voting, leaving.
async fn in_meeting(office: &Office, there: &Neighbourhood, one: Move) -> Came {
    let Move { what, a, b, c } = one;
    let (db, ledger, worker) = (&office.db, there.community, &there.worker);
    let meetings = reads::meetings(db, ledger).await.unwrap();
    // Mostly the first that is not at its end, so that it comes there.
    let first = meetings.iter().rev().find(|row| row.next.is_some());
    let Some(row) = first.filter(|_| b < 7).or(nth(&meetings, a)) else { return none() };
    let id = row.id;
    let seats = reads::seats(db, ledger, id).await.unwrap();
    let state = office.load::<Meeting>(ledger, &id.into()).await.unwrap().state;
    match what {
        33 | 34 => {}
        35 => {
            let kind = SeatKind::ALL[[0, 0, 0, 1, 2, 3][c]];
            let how = if c < 2 { SignedIn::Phone } else { SignedIn::Register };
            let mut one = signing(&format!("{a}{b}"), kind, how);
            one.organisation = (kind == SeatKind::Invited).then_some([there.lamps, there.buses][b % 2]);
            let actor = if how == SignedIn::Phone { &Actor::visitor() } else { worker };
            return told(office.sign_in(actor, ledger, id, one).await);
        }
        36 => {
            let Some(seat) = nth(&seats, a + b) else { return none() };
            if state.voting().is_none() {
                let put = motion(state.called().unwrap().topics[0], VoteMode::Phones);
                done(office.meet(worker, ledger, id, put).await)?;
            }
            let state = office.load::<Meeting>(ledger, &id.into()).await.unwrap().state;
            let Some((motion, _)) = state.voting() else { return none() };
            let (voter, visitor) = (if c < 4 { Voter::Own } else { Voter::Worker }, Actor::visitor());
            let actor = if c < 4 { &visitor } else { worker };
            let choice = Choice::ALL[c % 3];
            return done(office.vote(actor, ledger, id, seat.id, motion, choice, voter).await);
        }
        _ => {
            let Some(seat) = nth(&seats, a + b) else { return none() };
            return match c {
                0..=2 => done(office.strike(worker, ledger, seat.id, "重复登记".to_owned()).await),
                3 => done(office.erase_seat(worker, ledger, seat.id).await),
                _ => done(office.erase_seat(&there.secretary, ledger, seat.id).await),
            };
        }
    }
    let meet = async |actor: &Actor, command| done(office.meet(actor, ledger, id, command).await);
    let called = state.called().unwrap();
    let unruled = state.objections().iter().find(|objection| objection.ruling.is_none());
    let waiting = state.actions().iter().find(|action| action.fate == Fate::Waiting);
    let passed = state
        .motions()
        .iter()
        .find(|one| matches!(one.vote, Vote::Counted(_, yishi_domain::meetings::Passed::Yes)));
    match (state.stage().unwrap(), b) {
        (MeetingStage::Called, 7) => meet(worker, Command::Cancel { reason: "下雨".to_owned() }).await,
        (MeetingStage::Called, _) if state.posted().is_none() => {
            meet(worker, Command::Post { at: "东门".to_owned(), photo: None }).await
        }
        (MeetingStage::Called, 0..=1) => {
            let (organisation, coming) =
                ([there.lamps, there.market, there.buses][a % 3], Coming::ALL[c % 2]);
            let note = if c == 5 { String::new() } else { "已知悉".to_owned() };
            meet([&there.lamp_officer, worker][b], Command::Reply { organisation, coming, note }).await
        }
        (MeetingStage::Called, _) => meet(worker, Command::Open).await,
        (MeetingStage::Open, 0) => {
            let (form, text) = (StatementKind::ALL[c % 3], "看不清秤。".to_owned());
            let actor = [worker, &there.market_keeper][a % 2];
            meet(actor, Command::State { form, organisation: None, text }).await
        }
        (MeetingStage::Open, _) => match (state.voting(), state.counting()) {
            (Some((motion, VoteMode::Hands)), _) if b < 4 => {
                let hands = [reads::present(db, ledger, id).await.unwrap().min(4), u64::from(c == 5), 0];
                let actor = [worker, &there.colleague][(a + c) % 2];
                meet(actor, Command::EnterHands { motion, hands, present: 0 }).await
            }
            (Some((motion, VoteMode::Phones)), _) if b < 5 && !seats.is_empty() => {
                let seat = seats[(a + c) % seats.len()].id;
                let choice = Choice::ALL[[0, 0, 0, 0, 1, 2][(a + b) % 6]];
                done(office.vote(&Actor::visitor(), ledger, id, seat, motion, choice, Voter::Own).await)
            }
            (Some((motion, _)), _) | (None, Some(motion)) => {
                done(office.end_vote(worker, ledger, id, motion).await)
            }
            (None, None) if passed.is_some() => {
                let mut actions = vec![
                    agreed(
                        &format!("{id}-work"),
                        there.property,
                        Way::Work,
                        office.now().plus_seconds(9 * DAY),
                    ),
                    agreed(
                        &format!("{id}-whistle"),
                        there.lamps,
                        Way::Whistle,
                        office.now().plus_seconds(DAY),
                    ),
                ];
                actions.truncate(1 + c % 2);
                for action in &mut actions {
                    action.motion = passed.map_or(1, |motion| motion.number);
                }
                let standard = if a == 0 { String::new() } else { "自行车停划线区。".to_owned() };
                meet(worker, Command::Resolve { actions, standard }).await
            }
            (None, None) if c == 5 => meet(worker, Command::Adjourn { reason: "意见不一".to_owned() }).await,
            (None, None) => {
                let topic = called.topics[0];
                meet(worker, motion(topic, [VoteMode::Phones, VoteMode::Hands][c % 2])).await
            }
        },
        (MeetingStage::Held, 0) => {
            meet(worker, Command::Dissent { motion: None, text: "照顾老摊位".to_owned() }).await
        }
        (MeetingStage::Held, _) => {
            let minutes = [["a", "b"][usize::from(b == 7)]; 64].concat();
            meet([&there.secretary, &there.colleague][(a + c) % 2], Command::Confirm { minutes }).await
        }
        (MeetingStage::Confirmed, _) => meet(worker, Command::Publish { at: "东门".to_owned() }).await,
        (MeetingStage::Published, 0..=1) => {
            let action = state.actions().first().filter(|_| c > 2).map(|action| action.agreed.id);
            let (text, contact) = ("太贵。".to_owned(), "谢大嫂".to_owned());
            meet(&Actor::visitor(), Command::Object { action, text, contact }).await
        }
        (MeetingStage::Published, _) if unruled.is_some() && b < 5 => {
            let number = unruled.map_or(0, |objection| objection.number);
            let (ruling, reason) = (Ruling::ALL[usize::from(c > 2)], "依据充分。".to_owned());
            meet(&there.secretary, Command::Rule { number, ruling, reason }).await
        }
        (MeetingStage::Published, _) if waiting.is_some() => {
            let dispatching = Dispatching {
                action: waiting.map_or(action_id(""), |action| action.agreed.id),
                hurry: "节前办好".to_owned(),
                whistle: WhistleKind::Hard,
                departments: vec![there.squad],
                reason: "社区协调未果。".to_owned(),
            };
            told(office.dispatch_action(worker, ledger, id, dispatching).await)
        }
        (MeetingStage::Published, _) => meet(worker, Command::Conclude).await,
        (MeetingStage::Concluded | MeetingStage::Cancelled, _) => none(),
    }
}

/// The next thing with an order.
async fn on_order(office: &Office, there: &Neighbourhood, one: Move) -> Came {
    let Move { a, b, c, .. } = one;
    let (ledger, worker) = (there.community, &there.worker);
    let all = orders::orders(&office.db, ledger).await.unwrap();
    let open = all.iter().filter(|row| row.next.is_some()).collect::<Vec<_>>();
    let Some(row) = nth(&open, a) else { return none() };
    let run = async |actor: &Actor, command| done(office.order(actor, ledger, row.id, command).await);
    let state = office.load::<Order>(ledger, &row.id.into()).await.unwrap().state;
    let reason = || "理由如上。".to_owned();
    let finish_by = office.now().plus_seconds(6 * DAY);
    let (note, photos) = ("已处理。".to_owned(), Vec::new());
    match (state.stage().unwrap(), b) {
        (_, 7) => run(worker, OrderCommand::Withdraw { reason: reason() }).await,
        (OrderStage::Asked, 0) => run(&there.officer, OrderCommand::Decline { reason: reason() }).await,
        (OrderStage::Asked, _) => {
            let (whistle, departments, lead) = (WhistleKind::ALL[c % 3], vec![there.squad], there.lamps);
            let blow = OrderCommand::Blow { whistle, departments, lead, arrive_by: None, finish_by };
            run([worker, &there.officer][usize::from(c > 0)], blow).await
        }
        (OrderStage::Sent | OrderStage::InWork, 0..=1) if row.kind == OrderKind::Letter => {
            run(worker, OrderCommand::FollowUp { note }).await
        }
        (OrderStage::Sent | OrderStage::InWork, 0) => {
            run([worker, &there.lamp_officer][c % 2], OrderCommand::Dispute { reason: reason() }).await
        }
        (OrderStage::Sent, _) => {
            let organisation = (c == 5).then_some(there.squad);
            run(
                [worker, &there.squad_officer][usize::from(c == 4)],
                OrderCommand::ReportIn { organisation, note },
            )
            .await
        }
        (OrderStage::InWork, 2..=3) => run(worker, OrderCommand::Progress { note, photos }).await,
        (OrderStage::InWork, _) => {
            run([worker, &there.keeper][c % 2], OrderCommand::Done { note, photos }).await
        }
        (OrderStage::Disputed, _) => {
            let holder = Holder::Organisation([there.property, there.lamps][c % 2]);
            run(&there.officer, OrderCommand::Rule { holder, reason: reason(), finish_by }).await
        }
        (OrderStage::Done, 0..=1) => run(worker, OrderCommand::Return { reason: reason(), finish_by }).await,
        (OrderStage::Done, _) => run(&there.colleague, OrderCommand::Accept { note }).await,
        (OrderStage::Suspended, _) => run(worker, OrderCommand::Resume { reason: reason(), finish_by }).await,
        (OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn, _) => none(),
    }
}

/// What pages would list about topics, meetings and orders.
pub async fn listed(office: &Office, there: &Neighbourhood) -> Vec<String> {
    let (db, ledger) = (&office.db, there.community);
    let mut all = Vec::new();
    let topics = reads::topics(db, ledger, None).await.unwrap();
    for topic in &topics {
        all.push(format!("{:?}", orders::of_topic(db, ledger, topic.id).await.unwrap()));
    }
    all.push(format!("{topics:?}"));
    let meetings = reads::meetings(db, ledger).await.unwrap();
    for row in &meetings {
        let seats = reads::seats(db, ledger, row.id).await.unwrap();
        let ids = seats.iter().map(|seat| seat.id).collect::<Vec<_>>();
        all.push(format!("{:?}", reads::names(db, ledger, &ids).await.unwrap()));
        all.push(format!("{:?}", reads::votes(db, ledger, row.id, 1).await.unwrap()));
        all.push(format!("{:?}", reads::present(db, ledger, row.id).await.unwrap()));
        all.push(format!("{seats:?}"));
    }
    all.push(format!("{meetings:?}"));
    all.push(format!("{:?}", reads::standards(db, ledger).await.unwrap()));
    for body in [there.lamps, there.market, there.squad, there.property] {
        all.push(format!("{:?}", reads::invitations(db, body).await.unwrap()));
        all.push(format!("{:?}", orders::calling(db, body).await.unwrap()));
    }
    all.push(format!("{:?}", orders::orders(db, ledger).await.unwrap()));
    all.push(format!("{:?}", orders::overdue(db, ledger, office.now()).await.unwrap()));
    all
}
