//! A small neighbourhood for the laws: it does what the shell does, without a store. Every
//! command goes through the same functions; what is recorded is kept as a log to be replayed.

use super::super::*;
use crate::access::{Actor, Claim, Grant, Role};
use crate::context::Context;
use crate::dispatch::{self, Ask, Order, OrderKind, OrderStage, Send, Source, WhistleKind};
use crate::ids::{
    AccountId, ActionId, MatterId, MeetingId, OrderId, OrganisationId, PlaceId, SeatId, TopicId,
};
use crate::matters::{
    self, Channel, Holder, Matter, Outcome, Proof, Receipt, Satisfaction, Shown, Solved, StageKind,
};
use crate::moment::Moment;
use crate::people::OrganisationKind;
use crate::record;
use crate::refusal::Refusal;
use crate::rules::{DEFAULT, Rules};
use crate::stream::Stream;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

mod help;

pub const DAY: i64 = 86_400;
pub const COMMITTEE: u128 = 77;
pub const LAMPS: u128 = 81;
pub const SQUAD: u128 = 82;
pub const MARKET: u128 = 83;
/// 2023-11-15 06:13:20 in China.
pub const START: Moment = Moment(1_700_000_000_000_000);

pub static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::parse(DEFAULT).unwrap());
/// Street 1, community 2, compound 3, building 4.
pub static PATH: LazyLock<Vec<PlaceId>> = LazyLock::new(|| (1..=4).map(place).collect());
pub static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
    let of = |n, role, at, employer: Option<u128>, body: Option<u128>| Actor {
        account: Some(account(n)),
        employer: employer.map(organisation),
        grants: vec![Grant {
            role,
            place: place(at),
            organisation: body.map(organisation),
            from: Moment(0),
            until: None,
        }],
    };
    vec![
        Actor::visitor(),
        of(1, Role::CommunityWorker, 2, Some(COMMITTEE), None),
        of(2, Role::CommunityWorker, 2, Some(COMMITTEE), None),
        of(3, Role::CommunitySecretary, 2, None, None),
        of(4, Role::StreetOfficer, 1, None, None),
        of(5, Role::DepartmentOfficer, 1, None, Some(LAMPS)),
        of(6, Role::DepartmentOfficer, 1, None, Some(SQUAD)),
        of(7, Role::PropertyStaff, 2, None, Some(MARKET)),
        of(8, Role::Administrator, 1, None, None),
    ]
});
pub const VISITOR: usize = 0;
pub const WORKER: usize = 1;
pub const COLLEAGUE: usize = 2;
pub const SECRETARY: usize = 3;
pub const STREET: usize = 4;
pub const LAMP_OFFICER: usize = 5;
pub const SQUAD_OFFICER: usize = 6;
pub const MARKET_STAFF: usize = 7;

pub fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}
pub fn account(n: usize) -> AccountId {
    AccountId(Uuid::from_u128(n as u128 + 900))
}
pub fn organisation(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}
pub fn matter_id(n: usize) -> MatterId {
    MatterId(Uuid::from_u128(1_000 + n as u128))
}
pub fn topic_id(n: usize) -> TopicId {
    TopicId(Uuid::from_u128(2_000 + n as u128))
}
pub fn meeting_id(n: usize) -> MeetingId {
    MeetingId(Uuid::from_u128(3_000 + n as u128))
}
pub fn order_id(n: usize) -> OrderId {
    OrderId(Uuid::from_u128(4_000 + n as u128))
}
pub fn seat_id(n: usize) -> SeatId {
    SeatId(Uuid::from_u128(5_000 + n as u128))
}
fn index(id: Uuid, base: u128) -> usize {
    usize::try_from(id.as_u128() - base).unwrap()
}

/// A stream with all that was recorded of it.
#[derive(Clone)]
pub struct Kept<S: Stream> {
    pub state: S,
    pub log: Vec<S::Event>,
}

impl<S: Stream> Kept<S> {
    fn new() -> Self {
        Self { state: S::default(), log: Vec::new() }
    }

    fn record(&mut self, events: impl IntoIterator<Item = S::Event>) {
        for event in events {
            self.state.evolve(&event);
            self.log.push(event);
        }
    }

    /// The kinds of all that was recorded.
    pub fn kinds(&self) -> Vec<String> {
        self.log.iter().map(|event| record::encode(event).unwrap().kind).collect()
    }

    /// Replaying through the ledger's form gives the state, and the form is canonical.
    fn check(&self) {
        let mut replayed = S::default();
        for event in &self.log {
            let record = record::encode(event).unwrap();
            let public = serde_json::to_string(&record.public).unwrap();
            for wrong in ["null", "true", "false"] {
                assert!(!public.contains(&format!(":{wrong}")), "{public}");
            }
            let kept = record.private.into_iter().map(|(name, text)| (name, Some(text))).collect();
            let event: S::Event = record::decode(&record.kind, record.public, &kept).unwrap();
            replayed.evolve(&event);
        }
        assert_eq!(replayed, self.state);
    }
}

impl Kept<Order> {
    fn is_ruled(&self) -> bool {
        self.log.iter().any(|event| matches!(event, dispatch::Event::Ruled { .. }))
    }
}

pub struct World {
    pub now: Moment,
    pub matters: Vec<Kept<Matter>>,
    pub receipts: Vec<Kept<Receipt>>,
    pub topics: Vec<Kept<Topic>>,
    pub meetings: Vec<Kept<Meeting>>,
    pub seats: Vec<(usize, Kept<Seat>)>,
    pub ballots: BTreeMap<(usize, u32, usize), Kept<Ballot>>,
    pub orders: Vec<Kept<Order>>,
    actions: u128,
}

type Done = Result<(), Refusal>;

impl World {
    pub fn new() -> Self {
        Self {
            now: START,
            matters: Vec::new(),
            receipts: Vec::new(),
            topics: Vec::new(),
            meetings: Vec::new(),
            seats: Vec::new(),
            ballots: BTreeMap::new(),
            orders: Vec::new(),
            actions: 6_000,
        }
    }

    pub fn ctx(&self, who: usize) -> Context<'static> {
        Context { now: self.now, actor: &ACTORS[who], rules: &RULES, path: &PATH, claim: Claim::None }
    }

    /// Tries everybody in turn; somebody must be able to.
    pub fn somebody(&mut self, what: &str, mut act: impl FnMut(&mut Self, usize) -> Done) -> usize {
        let mut refusals = Vec::new();
        for who in [WORKER, COLLEAGUE, SECRETARY, STREET, LAMP_OFFICER, SQUAD_OFFICER, MARKET_STAFF, VISITOR]
        {
            match act(self, who) {
                Ok(()) => return who,
                Err(refusal) => refusals.push(refusal),
            }
        }
        panic!("nobody can {what}: {refusals:?}");
    }

    // Matters and topics.

    pub fn raise(&mut self, who: usize, about: Option<OrganisationId>) -> Done {
        let n = self.matters.len();
        let input = matters::Raise {
            channel: Channel::Poster,
            exact: place(4),
            building: place(4),
            around: place(3),
            shown: Shown::Building,
            desk: if about.is_some() { place(1) } else { place(2) },
            about,
            about_person: None,
            category: None,
            title: None,
            text: "自行车乱停".to_owned(),
            photos: Vec::new(),
            occurred_at: None,
            source: None,
            opening: matters::Opening {
                proof: Proof::Device,
                channel: Channel::Poster,
                secret: None,
                supporter: format!("device-{n}"),
                account: None,
                name: String::new(),
                contact: String::new(),
                consent: None,
            },
        };
        let raised = matters::raise(matter_id(n), input, matters::Start::Own, &self.ctx(who))?;
        let (mut matter, mut receipt) = (Kept::new(), Kept::new());
        matter.record([raised.matter]);
        receipt.record([raised.receipt]);
        self.matters.push(matter);
        self.receipts.push(receipt);
        Ok(())
    }

    pub fn matter(&mut self, who: usize, n: usize, command: matters::Command) -> Done {
        let decision = matters::decide(matter_id(n), &self.matters[n].state, command, &self.ctx(who))?;
        self.matters[n].record(decision.events);
        Ok(())
    }

    pub fn triage(&mut self, who: usize, n: usize) -> Done {
        let command = matters::Command::Triage {
            outcome: Outcome::Public,
            category: "11".to_owned(),
            holder: Holder::Desk(place(2)),
            person: None,
            reason: String::new(),
        };
        self.matter(who, n, command)
    }

    pub fn answer(&mut self, who: usize, n: usize) -> Done {
        let text = "已办好".to_owned();
        self.matter(who, n, matters::Command::Answer { text, word: String::new(), photos: Vec::new() })
    }

    pub fn close(&mut self, who: usize, n: usize) -> Done {
        let answered = self.matters[n].state.answered();
        let waiting = match self.receipts[n].state.evaluation() {
            Some((answer, ..)) if Some(answer) >= answered => 0,
            _ => 1,
        };
        self.matter(who, n, matters::Command::Close { waiting })
    }

    pub fn evaluate(&mut self, who: usize, n: usize, solved: Solved) -> Done {
        let ctx = Context { claim: Claim::Receipt, ..self.ctx(who) };
        let evaluation =
            matters::Evaluation { solved, satisfaction: Satisfaction::Mostly, comment: String::new() };
        let done = matters::evaluate(&self.receipts[n].state, &self.matters[n].state, evaluation, &ctx)?;
        self.receipts[n].record([done.receipt]);
        self.matters[n].record(done.matter);
        Ok(())
    }

    fn take_up(
        &self,
        who: usize,
        topic: usize,
        matters: &[usize],
    ) -> Result<Vec<(usize, Vec<matters::Event>)>, Refusal> {
        let take = |n: &usize| {
            let command = matters::Command::TakeUp {
                topic: topic_id(topic),
                category: "11".to_owned(),
                holder: Holder::Desk(place(2)),
            };
            let decision = matters::decide(matter_id(*n), &self.matters[*n].state, command, &self.ctx(who))?;
            Ok((*n, decision.events))
        };
        matters.iter().map(take).collect()
    }

    pub fn open_topic(&mut self, who: usize, matters: &[usize]) -> Done {
        let n = self.topics.len();
        let taken = self.take_up(who, n, matters)?;
        let input = OpenTopic {
            title: "市场自行车".to_owned(),
            question: String::new(),
            category: "11".to_owned(),
            place: place(4),
            desk: place(2),
            matters: matters.iter().map(|n| matter_id(*n)).collect(),
        };
        let decision = open(input, &self.ctx(who))?;
        let mut topic = Kept::new();
        topic.record(decision.events);
        self.topics.push(topic);
        taken.into_iter().for_each(|(n, events)| self.matters[n].record(events));
        Ok(())
    }

    pub fn gather(&mut self, who: usize, topic: usize, matter: usize) -> Done {
        let taken = self.take_up(who, topic, &[matter])?;
        let command = TopicCommand::Gather { matters: vec![matter_id(matter)] };
        let decision = decide_topic(&self.topics[topic].state, command, &self.ctx(who))?;
        self.topics[topic].record(decision.events);
        taken.into_iter().for_each(|(n, events)| self.matters[n].record(events));
        Ok(())
    }

    /// The matters of a topic, by number.
    pub fn matters_of(&self, topic: usize) -> Vec<usize> {
        self.topics[topic].state.matters().iter().map(|id| index(id.0, 1_000)).collect()
    }

    pub fn drop_topic(&mut self, who: usize, topic: usize) -> Done {
        let ctx = self.ctx(who);
        let command = TopicCommand::Drop { reason: "市场已自行解决".to_owned() };
        let decision = decide_topic(&self.topics[topic].state, command, &ctx)?;
        let mut let_go = Vec::new();
        for n in self.matters_of(topic) {
            let matter = &self.matters[n].state;
            if matter.topic() == Some(topic_id(topic)) && matter.stage() == Some(StageKind::InHand) {
                let events = matters::decide(matter_id(n), matter, matters::Command::LetGo, &ctx)?.events;
                let_go.push((n, events));
            }
        }
        self.topics[topic].record(decision.events);
        let_go.into_iter().for_each(|(n, events)| self.matters[n].record(events));
        // Every matter goes on with holder and deadline.
        for n in self.matters_of(topic) {
            let matter = &self.matters[n].state;
            assert!(matter.stage() == Some(StageKind::Closed) || matter.next().is_some());
            assert!(matter.stage() != Some(StageKind::InHand) || matter.topic() != Some(topic_id(topic)));
        }
        Ok(())
    }

    fn unanswered(&self, topic: usize) -> Vec<usize> {
        let open =
            |n: &usize| matches!(self.matters[*n].state.stage(), Some(StageKind::Raised | StageKind::InHand));
        self.matters_of(topic).into_iter().filter(open).collect()
    }

    fn orders_of(&self, topic: usize) -> Vec<usize> {
        let of_topic = |n: &usize| match self.orders[*n].state.source() {
            Some(Source::Action { topic: of, .. }) => of == topic_id(topic),
            _ => false,
        };
        (0..self.orders.len()).filter(of_topic).collect()
    }

    pub fn conclude_topic(&mut self, who: usize, topic: usize) -> Done {
        let state = &self.topics[topic].state;
        let meetings = state.meetings().iter().map(|id| index(id.0, 3_000));
        let actions = meetings.map(|n| self.meetings[n].state.waiting(topic_id(topic))).sum();
        let open = |n: &usize| self.orders[*n].state.next().is_some();
        let orders = self.orders_of(topic).into_iter().filter(open).count() as u64;
        let matters = self.unanswered(topic).len() as u64;
        let command = TopicCommand::Conclude { orders, actions, matters };
        let decision = decide_topic(state, command, &self.ctx(who))?;
        self.topics[topic].record(decision.events);
        // Nothing raised ends without an answer.
        for n in self.matters_of(topic) {
            assert!(self.matters[n].state.answers() > 0);
            assert!(self.matters[n].state.answered() > self.receipts[n].state.opened());
        }
        Ok(())
    }

    // Meetings.

    pub fn call(&mut self, who: usize, input: Call) -> Done {
        let n = self.meetings.len();
        let ctx = self.ctx(who);
        let decided = call(input, &ctx)?;
        self.meetings.push(Kept::new());
        let done = self.of_meeting(n, decided, &ctx);
        if done.is_err() {
            self.meetings.pop();
        }
        done
    }

    pub fn calling(&self, forum: &str, topics: &[usize]) -> Call {
        Call {
            forum: forum.to_owned(),
            scheme: Some("six".to_owned()),
            title: "市场议事会".to_owned(),
            place: place(4),
            venue: "市场二楼".to_owned(),
            starts: self.now.plus_seconds(4 * DAY),
            hurry: String::new(),
            topics: topics.iter().map(|n| topic_id(*n)).collect(),
            entitled: None,
            invited: vec![organisation(LAMPS), organisation(MARKET)],
            bodies: vec![
                (organisation(LAMPS), OrganisationKind::Department),
                (organisation(MARKET), OrganisationKind::Market),
            ],
            desk: place(2),
            chair: account(SECRETARY),
            recorder: account(WORKER),
            door: "ab".repeat(32),
        }
    }

    pub fn present(&self, meeting: usize) -> u64 {
        self.seats.iter().filter(|(of, seat)| *of == meeting && seat.state.votes()).count() as u64
    }

    fn phones(&self, meeting: usize, motion: u32) -> [u64; 3] {
        let mut counts = [0; 3];
        for ((of, on, seat), ballot) in &self.ballots {
            if (*of, *on) == (meeting, motion) && self.seats[*seat].1.state.votes() {
                let choice = ballot.state.choice().unwrap();
                counts[Choice::ALL.iter().position(|one| *one == choice).unwrap()] += 1;
            }
        }
        counts
    }

    pub fn meet(&mut self, who: usize, n: usize, command: Command) -> Done {
        let ctx = self.ctx(who);
        let command = match command {
            Command::EnterHands { motion, hands, .. } => {
                Command::EnterHands { motion, hands, present: self.present(n) }
            }
            Command::Count { motion, .. } => {
                Command::Count { motion, present: self.present(n), phones: self.phones(n, motion) }
            }
            command => command,
        };
        let decided = decide(&self.meetings[n].state, command.clone(), &ctx)?;
        if let Some(body) = ACTORS[who].grants.iter().find_map(|grant| grant.organisation) {
            // Anybody may object; beyond that a body reaches what it was invited to, or keeps.
            let objects = matches!(command, Command::Object { .. });
            let called = self.meetings[n].state.called().unwrap();
            let keeps = called.chair.is(&account(who)) || called.recorder.is(&account(who));
            assert!(objects || keeps || self.meetings[n].state.is_invited(body));
        }
        self.of_meeting(n, decided, &ctx)?;
        self.after(n, &command);
        Ok(())
    }

    /// What must hold right after a command on a meeting.
    fn after(&self, n: usize, command: &Command) {
        let meeting = &self.meetings[n].state;
        match command {
            Command::Count { motion, present, phones } => {
                let motion = &meeting.motions()[*motion as usize - 1];
                let Vote::Counted(counts, passed) = motion.vote else { panic!("not counted") };
                let voted = counts.in_favour + counts.against + counts.abstain;
                assert!(voted <= counts.present && counts.present == *present);
                if motion.mode == VoteMode::Phones {
                    assert_eq!([counts.in_favour, counts.against, counts.abstain], *phones);
                } else {
                    let same = |(_, hands): &&(_, [u64; 3])| {
                        *hands == [counts.in_favour, counts.against, counts.abstain]
                    };
                    let who: Vec<_> =
                        motion.hands.iter().filter(same).filter_map(|(by, _)| by.get()).collect();
                    assert!(who.iter().collect::<BTreeSet<_>>().len() >= 2, "two persons counted");
                }
                // More than half of those present: who abstains is present, a tie fails.
                let quorate = match motion.rule.quorum {
                    Some(_) => counts.entitled.unwrap() < 2 * counts.present,
                    None => true,
                };
                let majority = counts.in_favour * 2 > counts.present;
                assert_eq!(passed == Passed::Yes, majority && quorate);
            }
            Command::Rule { ruling: Ruling::Upheld, number, .. } => {
                let target = meeting.objections()[*number as usize - 1].action;
                for action in meeting.actions() {
                    if target.is_some_and(|target| target != action.agreed.id) {
                        continue;
                    }
                    let Fate::Suspended(order) = action.fate else { panic!("upheld, and it goes on") };
                    if let Some(order) = order {
                        let order = &self.orders[index(order.0, 4_000)].state;
                        assert!(order.stage() == Some(OrderStage::Suspended) || order.next().is_none());
                    }
                    let motion = &meeting.motions()[action.agreed.motion as usize - 1];
                    let topic = &self.topics[index(motion.topic.0, 2_000)].state;
                    let here = topic.meetings().last() == Some(&meeting_id(n));
                    assert!(!here || matches!(topic.stage(), Some(TopicStage::Open | TopicStage::Dropped)));
                }
            }
            Command::Resolve { .. } => {
                for action in meeting.actions() {
                    assert!(action.agreed.due > self.now);
                    let motion = &meeting.motions()[action.agreed.motion as usize - 1];
                    assert!(matches!(motion.vote, Vote::Counted(_, Passed::Yes)));
                }
                for topic in &meeting.called().unwrap().topics {
                    let stage = self.topics[index(topic.0, 2_000)].state.stage();
                    assert!(matches!(stage, Some(TopicStage::Decided | TopicStage::Open)));
                }
            }
            _ => {}
        }
    }

    /// A meeting's command with what follows from it, all or nothing.
    fn of_meeting(&mut self, n: usize, decided: Decided, ctx: &Context) -> Done {
        let role = decided.meeting.role;
        let (mut topics, mut orders) = (Vec::new(), Vec::new());
        for change in decided.topics {
            let topic = index(change.topic.0, 2_000);
            let gone_on = matches!(change.what, ByMeeting::Returned { .. });
            match by_meeting(&self.topics[topic].state, meeting_id(n), change.what, role, ctx) {
                Ok(decision) => topics.push((topic, decision.events)),
                Err(Refusal::TopicElsewhere) if gone_on => {}
                Err(refusal) => return Err(refusal),
            }
        }
        for (order, reason) in decided.suspend {
            let order = index(order.0, 4_000);
            if let Some(decision) = dispatch::suspend(&self.orders[order].state, reason, role, ctx) {
                orders.push((order, decision.events));
            }
        }
        self.meetings[n].record(decided.meeting.events);
        topics.into_iter().for_each(|(n, events)| self.topics[n].record(events));
        orders.into_iter().for_each(|(n, events)| self.orders[n].record(events));
        Ok(())
    }

    pub fn sign_in(
        &mut self,
        who: usize,
        meeting: usize,
        kind: SeatKind,
        how: SignedIn,
        person: usize,
    ) -> Done {
        let person = format!("{meeting}/{person}");
        if self.seats.iter().any(|(_, seat)| seat.state.person() == Some(person.as_str())) {
            return Err(Refusal::Exists);
        }
        let input = SignIn {
            kind,
            how,
            organisation: (kind == SeatKind::Invited).then(|| organisation(LAMPS)),
            person,
            name: "某商户".to_owned(),
            secret: (how == SignedIn::Phone).then(|| "cd".repeat(32)),
        };
        let decision = sign_in(meeting_id(meeting), &self.meetings[meeting].state, input, &self.ctx(who))?;
        let mut seat = Kept::new();
        seat.record(decision.events);
        self.seats.push((meeting, seat));
        Ok(())
    }

    pub fn strike(&mut self, who: usize, seat: usize) -> Done {
        let (meeting, state) = (self.seats[seat].0, &self.seats[seat].1.state);
        let decision = strike(state, &self.meetings[meeting].state, "重复签到", &self.ctx(who))?;
        self.seats[seat].1.record(decision.events);
        Ok(())
    }

    pub fn cast(&mut self, who: usize, seat: usize, motion: u32, choice: Choice, claim: Claim) -> Done {
        let (meeting, state) = (self.seats[seat].0, &self.seats[seat].1.state);
        let ctx = Context { claim, ..self.ctx(who) };
        let id = (meeting_id(meeting), seat_id(seat));
        let decision = cast(id, &self.meetings[meeting].state, state, motion, choice, &ctx)?;
        // Nobody votes after the end, nor without a seat that has a vote.
        assert_eq!(self.meetings[meeting].state.motions()[motion as usize - 1].vote, Vote::Open);
        assert!(state.struck().is_none());
        assert!(matches!(state.kind(), Some(SeatKind::Resident | SeatKind::Member)));
        self.ballots.entry((meeting, motion, seat)).or_insert_with(Kept::new).record(decision.events);
        Ok(())
    }

    pub fn action(&mut self, motion: u32, flavour: usize) -> NewAction {
        self.actions += 1;
        let way = Way::ALL[flavour % Way::ALL.len()];
        let bodies = [LAMPS, SQUAD, MARKET, COMMITTEE];
        let owner = match (way, flavour % 2) {
            (Way::Work, 0) => Holder::Desk(place(2)),
            _ => Holder::Organisation(organisation(bodies[flavour / 3 % 4])),
        };
        NewAction {
            id: ActionId(Uuid::from_u128(self.actions)),
            motion,
            task: "划线停放".to_owned(),
            owner,
            way,
            due: self.now.plus_seconds((flavour as i64 % 20 + 1) * DAY),
            fen: (flavour.is_multiple_of(4)).then_some(120_000),
            source: "公共收益".to_owned(),
            acceptance: "现场查看".to_owned(),
        }
    }

    pub fn dispatch(&mut self, who: usize, n: usize, action: ActionId, hurry: &str) -> Done {
        let ctx = self.ctx(who);
        let meeting = &self.meetings[n].state;
        let found = meeting.actions().iter().find(|one| one.agreed.id == action).ok_or(Refusal::Unknown)?;
        let agreed = found.agreed.clone();
        let topic = meeting.motions()[agreed.motion as usize - 1].topic;
        let source = Source::Action { topic, meeting: meeting_id(n), action };
        let finish_by = if agreed.due > self.now { agreed.due } else { self.now.plus_seconds(DAY) };
        let decision = self.new_order(&ctx, source, agreed.way, agreed.owner, finish_by)?;
        let command =
            Command::Dispatch { action, order: order_id(self.orders.len()), hurry: hurry.to_owned() };
        let decided = decide(meeting, command, &ctx)?;
        // Nothing is sent during an open objection on it, nor before its time without a reason.
        let open = |one: &&Objection| one.ruling.is_none() && one.action.is_none_or(|on| on == action);
        assert!(meeting.objections().iter().find(open).is_none());
        assert!(meeting.until() <= Some(self.now) || !hurry.is_empty());
        self.of_meeting(n, decided, &ctx)?;
        let mut order = Kept::new();
        order.record(decision);
        self.orders.push(order);
        Ok(())
    }

    fn new_order(
        &self,
        ctx: &Context,
        source: Source,
        way: Way,
        owner: Holder,
        finish_by: Moment,
    ) -> Result<Vec<dispatch::Event>, Refusal> {
        let (task, acceptance) = ("划线停放".to_owned(), "现场查看".to_owned());
        let (place, desk, street) = (place(4), place(2), super::world::place(1));
        Ok(match (way, owner) {
            (Way::Whistle, Holder::Organisation(lead)) => {
                let ask = Ask {
                    whistle: WhistleKind::Hard,
                    source,
                    task,
                    acceptance,
                    money: None,
                    reason: "社区无权处置".to_owned(),
                    place,
                    desk,
                    street,
                    departments: vec![organisation(SQUAD)],
                    lead,
                    finish_by,
                };
                dispatch::ask(ask, ctx)?
            }
            (way, holder) => {
                let kind = if way == Way::Letter { OrderKind::Letter } else { OrderKind::Work };
                let send = Send {
                    kind,
                    source,
                    task,
                    acceptance,
                    money: None,
                    place,
                    desk,
                    street,
                    holder,
                    person: None,
                    finish_by,
                };
                dispatch::send(send, ctx)?
            }
        }
        .events)
    }

    pub fn send_for_matter(&mut self, who: usize, matter: usize, flavour: usize) -> Done {
        if self.matters[matter].state.stage() != Some(StageKind::InHand) {
            return Err(Refusal::Unknown);
        }
        let NewAction { way, owner, due, .. } = self.action(1, flavour);
        self.send(who, matter, way, owner, due)
    }

    /// Sends or asks for an order about a matter.
    pub fn send(&mut self, who: usize, matter: usize, way: Way, owner: Holder, finish_by: Moment) -> Done {
        let source = Source::Matter(matter_id(matter));
        let events = self.new_order(&self.ctx(who), source, way, owner, finish_by)?;
        let mut order = Kept::new();
        order.record(events);
        self.orders.push(order);
        Ok(())
    }

    /// Suspends an order, as an upheld objection does.
    pub fn suspend(&mut self, n: usize) {
        let (reason, ctx) = ("异议成立".to_owned(), self.ctx(SECRETARY));
        if let Some(decision) =
            dispatch::suspend(&self.orders[n].state, reason, Role::CommunitySecretary, &ctx)
        {
            self.orders[n].record(decision.events);
        }
    }

    pub fn order(&mut self, who: usize, n: usize, command: dispatch::Command) -> Done {
        let before = self.orders[n].state.clone();
        let decision = dispatch::decide(&before, command.clone(), &self.ctx(who))?;
        self.orders[n].record(decision.events);
        let actor = &ACTORS[who];
        let body = actor.grants.iter().find_map(|grant| grant.organisation);
        if let Some(body) = body {
            assert!(before.parties().contains(&body), "a department reaches what it was called to");
        }
        match command {
            dispatch::Command::Blow { .. }
            | dispatch::Command::Decline { .. }
            | dispatch::Command::Rule { .. } => assert_eq!(who, STREET, "only the street whistles and rules"),
            dispatch::Command::Accept { .. } => {
                assert!(actor.employer.is_none_or(|employer| !before.parties().contains(&employer)));
                let done = self.orders[n].log.iter().rev().find_map(|event| match event {
                    dispatch::Event::Done { organisation, by, .. } => {
                        Some((*organisation, by.get().copied()))
                    }
                    _ => None,
                });
                assert_ne!(done, Some((None, actor.account)), "nobody accepts their own work");
            }
            _ => {}
        }
        Ok(())
    }

    /// What holds after any history.
    pub fn check(&self) {
        for topic in &self.topics {
            let ended = matches!(topic.state.stage().unwrap(), TopicStage::Concluded | TopicStage::Dropped);
            assert_eq!(topic.state.next().is_none(), ended);
            assert_eq!(topic.state.ended().is_some(), ended);
            if topic.state.stage() == Some(TopicStage::Scheduled) {
                let meeting = &self.meetings[index(topic.state.meetings().last().unwrap().0, 3_000)].state;
                assert!(matches!(meeting.stage(), Some(MeetingStage::Called | MeetingStage::Open)));
            }
        }
        for (n, meeting) in self.meetings.iter().enumerate() {
            let stage = meeting.state.stage().unwrap();
            let ended = matches!(stage, MeetingStage::Concluded | MeetingStage::Cancelled);
            assert_eq!(meeting.state.next().is_none(), ended);
            let opened = meeting.log.iter().any(|event| matches!(event, Event::Opened { .. }));
            assert!(opened || matches!(stage, MeetingStage::Called | MeetingStage::Cancelled));
            for action in meeting.state.actions() {
                assert!(!ended || action.fate != Fate::Waiting, "agreed, and forgotten");
                if let Fate::Sent(order) = action.fate {
                    assert!(self.orders[index(order.0, 4_000)].state.stage().is_some());
                }
            }
            if meeting.state.until().is_some() {
                self.confirmed_by_two(n);
            }
            assert!(!ended || meeting.state.objections().iter().all(|one| one.ruling.is_some()));
        }
        for order in &self.orders {
            use OrderStage::{Accepted, Declined, Withdrawn};
            let ended = matches!(order.state.stage().unwrap(), Accepted | Declined | Withdrawn);
            assert_eq!(order.state.next().is_none(), ended);
            assert_eq!(order.state.ended().is_some(), ended);
        }
        for (matter, receipt) in self.matters.iter().zip(&self.receipts) {
            let closed = matter.state.stage() == Some(StageKind::Closed);
            assert_eq!(matter.state.next().is_none(), closed);
            assert!(!closed || matter.state.answered() > receipt.state.opened());
        }
    }

    /// Two persons confirmed the same minutes.
    fn confirmed_by_two(&self, n: usize) {
        let mut last = BTreeMap::new();
        for event in &self.meetings[n].log {
            if let Event::Confirmed { seat, minutes, by, .. } = event {
                last.insert(*seat, (minutes.clone(), *by.get().unwrap()));
            }
        }
        let [chair, recorder] = [&last[&Confirming::Chair], &last[&Confirming::Recorder]];
        assert_eq!(chair.0, recorder.0);
        assert_ne!(chair.1, recorder.1);
    }

    /// Replaying every stream gives its state.
    pub fn replay(&self) {
        self.matters.iter().for_each(Kept::check);
        self.receipts.iter().for_each(Kept::check);
        self.topics.iter().for_each(Kept::check);
        self.meetings.iter().for_each(Kept::check);
        self.seats.iter().for_each(|(_, seat)| seat.check());
        self.ballots.values().for_each(Kept::check);
        self.orders.iter().for_each(Kept::check);
    }
}
