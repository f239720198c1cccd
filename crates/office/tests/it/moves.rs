//! Random moves about topics, meetings and orders for the twin test: mostly the next thing
//! that makes sense where one stands, and now and then something else.

use super::market::{begin, order_id, vote};
use super::office::said;
use super::twin::{Known, Move, outcome, photo, pick};
use yishi_domain::dispatch::{
    self, Accept, Ask, Blow, Decline, Dispute, Done, FollowUp, Order, OrderKind, OrderStage, OtherWay,
    Progress, PublishPhoto, ReportIn, Resume, Return, WhistleKind, Withdraw,
};
use yishi_domain::evaluation::{CallBack, CallWay, Contacted, Solved};
use yishi_domain::meetings::{
    Adjourn, Admit, Admitting, Cancel, Cast, Choice, Coming, Conclude, Confirm, DispatchAction, Dissent,
    EnterHands, Fate, Meeting, MeetingStage, Open, Post, Publish, Reply, Resolve, Rule, Ruling, SeatKind,
    SignedIn, Speak, StatementKind, Strike, VoteMode, Voter, Way,
};
use yishi_domain::topics::{self, AnswerAll, Gather, TopicStage};
use yishi_kernel::{Actor, Command, EraseReason, Holder, HolderKey, PlaceId, StreamName};
use yishi_office::dispatch::reads as orders;
use yishi_office::meetings::reads;
use yishi_office::topics::reads::topics as listed_topics;
use yishi_office::{Failure, Load, Office, Viewed};
use yishi_store::duty;
use yishi_testkit::Neighbourhood;
use yishi_testkit::meetings::{
    DAY, action_id, agreed, calling, hand_out_slips, motion, objecting, opening, signing, slip,
};

/// The kinds of moves here follow those of matters.
pub const FIRST: u8 = 27;
/// One more than the last of them.
pub const END: u8 = 42;

/// What came of a move: nothing to tell, or why not.
type Came = Result<String, String>;

fn done(result: Result<(), Failure>) -> Came {
    outcome(result).map(|()| String::new())
}

fn told<T: std::fmt::Debug>(result: Result<T, Failure>) -> Came {
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
    let topics = listed_topics(db, ledger, None).await.unwrap().rows;
    match what {
        27 | 28 => {
            let second =
                pick(&known.matters, a + 1).map(|two| two.matter).filter(|two| *two != matter.matter);
            let mut matters = vec![matter.matter];
            matters.extend(second.filter(|_| b % 2 == 1));
            told(begin(office, desk, ledger, opening(&format!("{a}-{}", b % 4), &matters)).await)
        }
        29 => match nth(&topics, b) {
            Some(topic) => {
                let matters = vec![matter.matter];
                done(office.act(desk, ledger, topic.id, Gather { matters }).await)
            }
            None => none(),
        },
        30 => match nth(&topics, b).filter(|_| c < 3) {
            Some(topic) => {
                let reason = "改由物业办理".to_owned();
                done(office.act(desk, ledger, topic.id, topics::Drop { reason }).await)
            }
            None => none(),
        },
        31 => match nth(&topics, a) {
            Some(topic) if b % 2 == 0 => {
                let text = format!("办好了（{c}）。");
                done(office.act(worker, ledger, topic.id, AnswerAll { text }).await)
            }
            Some(topic) => done(office.act(worker, ledger, topic.id, topics::Conclude).await),
            None => none(),
        },
        32 => {
            let open = topics.iter().filter(|topic| topic.stage == TopicStage::Open).collect::<Vec<_>>();
            let Some(topic) = nth(&open, b) else { return none() };
            let word = format!("{a}-{}", office.now().date());
            let starts = office.now().plus_seconds((1 + c as i64) * DAY);
            let (id, mut call) = calling(&word, there, &[topic.id], starts);
            call.hurry = (c < 4).then(|| "急事".to_owned());
            call.entitled = (b % 2 == 0).then_some(40);
            told(begin(office, desk, ledger, (id, call)).await)
        }
        33..=37 => in_meeting(office, there, one).await,
        38 => {
            let kind = [OrderKind::Work, OrderKind::Letter][a % 2];
            let (task, acceptance) = ("补灯。".to_owned(), "看得清".to_owned());
            let finish_by = office.now().plus_seconds((3 + b as i64) * DAY);
            let (order, id) = (order_id(&format!("order-{a}-{b}")), matter.matter);
            if b % 2 == 0 {
                let ask = Ask {
                    item: "department".to_owned(),
                    whistle: WhistleKind::ALL[c % 3],
                    matter: id,
                    task,
                    acceptance,
                    reason: "社区无执法权。".to_owned(),
                    departments: vec![there.squad],
                    lead: there.lamps,
                    finish_by,
                };
                return told(begin(office, desk, ledger, (order, ask)).await);
            }
            let holder = match c {
                0 => Holder::Desk(ledger),
                1 | 2 => Holder::Organisation(there.property),
                _ => Holder::Organisation(there.buses),
            };
            let send = dispatch::Send {
                kind,
                item: "repair".to_owned(),
                matter: id,
                task,
                acceptance,
                holder,
                person: None,
                finish_by,
            };
            told(begin(office, desk, ledger, (order, send)).await)
        }
        39 | 40 => on_order(office, there, one).await,
        _ => {
            let own = known.receipts.iter().filter(|one| one.matter == matter.matter).collect::<Vec<_>>();
            let receipt = nth(&own, b).map_or(receipt.receipt, |one| one.receipt);
            let call = match c {
                0 => CallBack::missed(CallWay::Telephone, "无人接听"),
                1 => CallBack::said(CallWay::Telephone, Contacted::Yes, said(Solved::No, "还是老样子")),
                _ => CallBack::said(CallWay::Telephone, Contacted::Yes, said(Solved::Yes, "")),
            };
            let caller = if c == 5 { worker } else { &there.colleague };
            done(office.act(caller, ledger, receipt, call).await)
        }
    }
}

/// A meeting or an order, with which something is done.
struct Thing<'a> {
    office: &'a Office,
    ledger: PlaceId,
    name: StreamName,
}

impl Thing<'_> {
    async fn act<C>(&self, actor: &Actor, command: C) -> Came
    where
        C: Command<On: Viewed, Facts: Load<C>>,
    {
        done(self.office.act(actor, self.ledger, self.name.clone(), command).await)
    }
}

/// The next thing in a meeting, or somebody's coming, voting, leaving.
async fn in_meeting(office: &Office, there: &Neighbourhood, one: Move) -> Came {
    let Move { what, a, b, c } = one;
    let (db, ledger, worker) = (&office.db, there.community, &there.worker);
    let meetings = reads::meetings(db, ledger, None).await.unwrap().rows;
    // Mostly the first that is not at its end, so that it comes there.
    let first = meetings.iter().rev().find(|row| row.next.is_some());
    let Some(row) = first.filter(|_| b < 7).or(nth(&meetings, a)) else { return none() };
    let id = row.id;
    let seats = reads::seats(db, ledger, id).await.unwrap();
    let load = async || office.load::<Meeting>(ledger, &id.into()).await.unwrap().state.unwrap();
    let state = load().await;
    match what {
        33 | 34 => {}
        35 => {
            let kind = SeatKind::ALL[[0, 0, 0, 1, 2, 3][c]];
            let how = if c < 2 { SignedIn::Phone } else { SignedIn::Register };
            let mut one = signing(&format!("{a}{b}"), kind, how);
            one.organisation = (kind == SeatKind::Invited).then_some([there.lamps, there.buses][b % 2]);
            let actor = if how == SignedIn::Phone { &Actor::visitor() } else { worker };
            if how == SignedIn::Phone && b % 4 != 3 {
                if state.sitting.slips.issued() == 0 && state.stage == MeetingStage::Open {
                    hand_out_slips(office, there, id).await;
                }
                if state.stage == MeetingStage::Open {
                    one.slip = Some(slip(office, there, id, 9 * a + b).await);
                }
            }
            let signed = office.sign_in(actor, ledger, id, one).await;
            if let (SignedIn::Register, Ok(signed)) = (how, &signed) {
                let admit = Admit { by: Admitting::Second };
                done(office.act(&there.colleague, ledger, signed.seat, admit).await)?;
            }
            return told(signed);
        }
        36 => {
            let Some(seat) = nth(&seats, a + b) else { return none() };
            if state.sitting.voting().is_none() {
                let put = motion(state.agenda.topics[0], VoteMode::Phones);
                done(office.act(worker, ledger, id, put).await)?;
            }
            let Some(motion) = load().await.sitting.voting().map(|open| open.number) else { return none() };
            let (voter, visitor) = (if c < 4 { Voter::Own } else { Voter::Worker }, Actor::visitor());
            let actor = if c < 4 { &visitor } else { &there.colleague };
            let cast = Cast { meeting: id, motion, seat: seat.id, choice: Choice::ALL[c % 3], voter };
            return done(vote(office, actor, ledger, cast).await);
        }
        _ => {
            let Some(seat) = nth(&seats, a + b) else { return none() };
            return match c {
                0..=2 => {
                    let strike = Strike { reason: "重复登记".to_owned() };
                    done(office.act(worker, ledger, seat.id, strike).await)
                }
                3 => done(office.erase_seat(worker, ledger, seat.id, EraseReason::Asked).await),
                _ => done(office.erase_seat(&there.secretary, ledger, seat.id, EraseReason::Asked).await),
            };
        }
    }
    let it = Thing { office, ledger, name: id.into() };
    let (sitting, outcome) = (&state.sitting, &state.outcome);
    let unruled = outcome.objections.iter().find(|objection| objection.ruling.is_none());
    let waiting = outcome.actions.iter().find(|action| action.fate == Fate::Waiting);
    let passed = sitting.carried().next();
    match (state.stage, b) {
        (MeetingStage::Called, 7) => it.act(worker, Cancel { reason: "下雨".to_owned() }).await,
        (MeetingStage::Called, _) if state.agenda.posted.is_none() => {
            let hung = if c % 2 == 0 { None } else { Some(photo(office, a).await) };
            it.act(worker, Post { at: "东门".to_owned(), photo: hung }).await
        }
        (MeetingStage::Called, 0..=1) => {
            let (organisation, coming) =
                ([there.lamps, there.market, there.buses][a % 3], Coming::ALL[c % 2]);
            let note = if c == 5 { String::new() } else { "已知悉".to_owned() };
            it.act([&there.lamp_officer, worker][b], Reply { organisation, coming, note }).await
        }
        (MeetingStage::Called, _) => it.act(worker, Open).await,
        (MeetingStage::Open, 0) => {
            let (form, text) = (StatementKind::ALL[c % 3], "看不清秤。".to_owned());
            let actor = [worker, &there.market_keeper][a % 2];
            it.act(actor, Speak { form, organisation: None, text }).await
        }
        (MeetingStage::Open, _) => match (sitting.voting(), sitting.counting()) {
            (Some(open), _) if open.mode == VoteMode::Hands && b < 4 => {
                let hands = [reads::present(db, ledger, id).await.unwrap().min(4), u64::from(c == 5), 0];
                let actor = [worker, &there.colleague][(a + c) % 2];
                it.act(actor, EnterHands { motion: open.number, hands }).await
            }
            (Some(open), _) if open.mode == VoteMode::Phones && b < 5 && !seats.is_empty() => {
                let seat = seats[(a + c) % seats.len()].id;
                let choice = Choice::ALL[[0, 0, 0, 0, 1, 2][(a + b) % 6]];
                let cast = Cast { meeting: id, motion: open.number, seat, choice, voter: Voter::Own };
                done(vote(office, &Actor::visitor(), ledger, cast).await)
            }
            (Some(over), _) | (None, Some(over)) => {
                done(office.end_vote(worker, ledger, id, over.number).await)
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
                it.act(worker, Resolve { actions, standard }).await
            }
            (None, None) if c == 5 => it.act(worker, Adjourn { reason: "意见不一".to_owned() }).await,
            (None, None) => {
                let topic = state.agenda.topics[0];
                it.act(worker, motion(topic, [VoteMode::Phones, VoteMode::Hands][c % 2])).await
            }
        },
        (MeetingStage::Held, 0) => {
            it.act(worker, Dissent { motion: None, text: "照顾老摊位".to_owned() }).await
        }
        (MeetingStage::Held, _) => {
            let minutes = [["a", "b"][usize::from(b == 7)]; 64].concat();
            it.act([&there.secretary, &there.colleague][(a + c) % 2], Confirm { minutes }).await
        }
        (MeetingStage::Confirmed, _) => it.act(worker, Publish { at: "东门".to_owned() }).await,
        (MeetingStage::Published, 0..=1) => {
            let action = outcome.actions.first().filter(|_| c > 2).map(|action| action.agreed.id);
            it.act(&Actor::visitor(), objecting(action, ["a", "b"][b % 2], "太贵。")).await
        }
        (MeetingStage::Published, _) if unruled.is_some() && b < 5 => {
            let number = unruled.map_or(0, |objection| objection.number);
            let (ruling, reason) = (Ruling::ALL[usize::from(c > 2)], "依据充分。".to_owned());
            it.act(&there.secretary, Rule { number, ruling, reason }).await
        }
        (MeetingStage::Published, _) if waiting.is_some() => {
            let dispatching = DispatchAction {
                action: waiting.map_or(action_id(""), |action| action.agreed.id),
                hurry: Some("节前办好".to_owned()),
                whistle: WhistleKind::Hard,
                departments: vec![there.squad],
                reason: "社区协调未果。".to_owned(),
            };
            told(office.dispatch_action(worker, ledger, id, dispatching).await)
        }
        (MeetingStage::Published, _) => it.act(worker, Conclude).await,
        (MeetingStage::Concluded | MeetingStage::Cancelled, _) => none(),
    }
}

/// The next thing with an order.
async fn on_order(office: &Office, there: &Neighbourhood, one: Move) -> Came {
    let Move { a, b, c, .. } = one;
    let (ledger, worker) = (there.community, &there.worker);
    let all = orders::open(&office.db, ledger).await.unwrap();
    let open = all.iter().filter(|row| row.next.is_some()).collect::<Vec<_>>();
    let Some(row) = nth(&open, a) else { return none() };
    let it = Thing { office, ledger, name: row.id.into() };
    let state = office.load::<Order>(ledger, &it.name).await.unwrap().state.unwrap();
    let reason = || "理由如上。".to_owned();
    let finish_by = office.now().plus_seconds(6 * DAY);
    let note = "已处理。".to_owned();
    let photos = if c % 2 == 0 { Vec::new() } else { vec![photo(office, a + b).await] };
    let unpublished = state.photos.difference(&state.published).next().cloned();
    match (state.stage, b) {
        (_, 7) => it.act(worker, Withdraw { reason: reason() }).await,
        (OrderStage::Asked, 0) => {
            it.act(&there.officer, Decline { reason: reason(), ways: vec![OtherWay::Own] }).await
        }
        (OrderStage::Asked, _) => {
            let (whistle, departments, lead) = (WhistleKind::ALL[c % 3], vec![there.squad], there.lamps);
            let blow = Blow { whistle, departments, lead, arrive_by: None, finish_by };
            it.act([worker, &there.officer][usize::from(c > 0)], blow).await
        }
        (OrderStage::Sent | OrderStage::InWork, 0..=1) if row.kind == OrderKind::Letter => {
            it.act(worker, FollowUp { note }).await
        }
        (OrderStage::Sent | OrderStage::InWork, 0) => {
            it.act([worker, &there.lamp_officer][c % 2], Dispute { reason: reason() }).await
        }
        (OrderStage::Sent, _) => {
            let organisation = (c == 5).then_some(there.squad);
            it.act([worker, &there.squad_officer][usize::from(c == 4)], ReportIn { organisation, note }).await
        }
        (OrderStage::InWork, 2..=3) => it.act(worker, Progress { note, photos }).await,
        (OrderStage::InWork, _) => it.act([worker, &there.keeper][c % 2], Done { note, photos }).await,
        (OrderStage::Disputed, _) => {
            let holder = Holder::Organisation([there.property, there.lamps][c % 2]);
            it.act(&there.officer, dispatch::Rule { holder, reason: reason(), finish_by }).await
        }
        (OrderStage::Done, _) if c == 0 && unpublished.is_some() => {
            let photo = unpublished.unwrap();
            it.act(worker, PublishPhoto { photo }).await
        }
        (OrderStage::Done, 0..=1) => it.act(worker, Return { reason: reason(), finish_by }).await,
        (OrderStage::Done, _) => it.act(&there.colleague, Accept { note }).await,
        (OrderStage::Suspended, _) => it.act(worker, Resume { reason: reason(), finish_by }).await,
        (OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn, _) => none(),
    }
}

/// What pages would list about topics, meetings and orders.
pub async fn listed(office: &Office, there: &Neighbourhood) -> Vec<String> {
    let (db, ledger) = (&office.db, there.community);
    let mut all = Vec::new();
    let topics = listed_topics(db, ledger, None).await.unwrap().rows;
    for topic in &topics {
        all.push(format!("{:?}", orders::of_topic(db, ledger, topic.id).await.unwrap()));
    }
    all.push(format!("{topics:?}"));
    let meetings = reads::meetings(db, ledger, None).await.unwrap().rows;
    for row in &meetings {
        let seats = reads::seats(db, ledger, row.id).await.unwrap();
        let ids = seats.iter().map(|seat| seat.id).collect::<Vec<_>>();
        all.push(format!("{:?}", reads::names(db, ledger, &ids).await.unwrap()));
        all.push(format!("{:?}", reads::votes(db, ledger, row.id, 1).await.unwrap()));
        all.push(format!("{:?}", reads::present(db, ledger, row.id).await.unwrap()));
        all.push(format!("{seats:?}"));
    }
    all.push(format!("{meetings:?}"));
    all.push(format!("{:?}", reads::standards(db, ledger, "", None).await.unwrap()));
    for body in [there.lamps, there.market, there.squad, there.property] {
        all.push(format!("{:?}", duty::held(db, &[HolderKey::organisation(body)], 100).await.unwrap()));
        all.push(format!("{:?}", orders::calling(db, &[body]).await.unwrap()));
    }
    all.push(format!("{:?}", orders::open(db, ledger).await.unwrap()));
    all.push(format!("{:?}", orders::ended(db, ledger, None, None).await.unwrap()));
    let paths = [vec![there.street, ledger]];
    all.push(format!("{:?}", duty::due_of_each_below(db, &paths, office.now(), 100).await.unwrap()));
    all
}
