//! What is asked of a meeting, who is present, and how they vote; with what must hold right
//! after it.

use super::*;
use crate::councils::CouncilId;
use crate::dispatch::OrderStage;
use crate::meetings::*;
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use crate::topics::TopicStage;
use std::collections::BTreeSet;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Claim, Command, Sealed};

/// A command on a meeting with the facts that the office would load.
pub trait Asked: Command<On = Meeting> {
    fn facts(&self, world: &World, n: usize) -> Self::Facts;

    /// What must hold right after it.
    fn after(&self, _world: &World, _n: usize, _facts: &Self::Facts) {}
}

macro_rules! with_no_facts {
    ($($command:ty),+) => {$(
        impl Asked for $command {
            fn facts(&self, _world: &World, _n: usize) {}
        }
    )+};
}

with_no_facts!(Post, Reply, Open, Speak, ReleaseSlips, EndVote, Dissent, Confirm, Publish, Object, Conclude);

impl Asked for IssueSlips {
    fn facts(&self, _world: &World, _n: usize) -> Members {
        Members { numbers: vec![1, 2, 3] }
    }
}

impl Asked for Put {
    fn facts(&self, world: &World, n: usize) -> Present {
        Present { votes: world.present(n) }
    }
}

impl Asked for Adjourn {
    fn facts(&self, _world: &World, n: usize) -> MeetingId {
        meeting_id(n)
    }
}

impl Asked for SetAside {
    fn facts(&self, _world: &World, n: usize) -> MeetingId {
        meeting_id(n)
    }

    fn after(&self, world: &World, n: usize, _: &MeetingId) {
        // Nothing of it is done, and its topic does not wait for the owners by itself.
        let meeting = world.meeting(n);
        let of_it = meeting.outcome.actions.iter().filter(|one| one.agreed.motion == self.motion);
        let theirs = of_it.filter(|one| one.decides.joint().is_some());
        assert!(theirs.into_iter().all(|one| one.fate != Fate::Waiting));
    }
}

impl Asked for Cancel {
    fn facts(&self, _world: &World, n: usize) -> MeetingId {
        meeting_id(n)
    }
}

impl Asked for Reschedule {
    fn facts(&self, _world: &World, n: usize) -> MeetingId {
        meeting_id(n)
    }

    fn after(&self, world: &World, n: usize, _: &MeetingId) {
        let agenda = world.meeting(n).agenda;
        assert!(agenda.posted.is_none() && agenda.replies.is_empty(), "everyone is told anew");
        assert!(self.hurry.is_some() || agenda.earliest <= agenda.starts);
        for topic in &agenda.topics {
            assert_eq!(world.topic_of(*topic).due, agenda.end_of_day());
        }
    }
}

impl Asked for EnterHands {
    fn facts(&self, world: &World, n: usize) -> Present {
        Present { votes: world.on_roll(n, self.motion, None) }
    }
}

impl Asked for Count {
    fn facts(&self, world: &World, n: usize) -> Polled {
        world.polled(n, self.motion, None)
    }

    fn after(&self, world: &World, n: usize, polled: &Polled) {
        let motion = &world.meeting(n).sitting.motions[self.motion as usize - 1];
        let Vote::Counted(counts, passed) = motion.vote else { panic!("not counted") };
        let voted = counts.in_favour + counts.against + counts.abstain;
        assert!(voted <= counts.present && counts.present == polled.present);
        assert!(counts.present <= motion.roll.unwrap().present);
        let counted = [counts.in_favour, counts.against, counts.abstain];
        if motion.mode == VoteMode::Phones {
            assert_eq!(counted, polled.phones);
        } else {
            let same = motion.hands.iter().filter(|hands| hands.counts == counted);
            let who: BTreeSet<_> = same.filter_map(|hands| hands.by.as_ref()?.get()).collect();
            assert!(who.len() >= 2, "two persons counted");
        }
        // More than half of those present: who abstains is present, a tie fails.
        let quorate = match motion.rule.quorum {
            Some(_) => counts.entitled.unwrap() < 2 * counts.present,
            None => true,
        };
        let majority = counts.in_favour * 2 > counts.present;
        let enough = matches!(passed, Passed::Yes | Passed::Recommended);
        assert_eq!(enough, majority && quorate);
        let recommended = matches!(passed, Passed::Recommended | Passed::NotRecommended);
        assert_eq!(recommended, motion.decides.joint().is_some(), "what is the owners' never passes");
    }
}

impl Asked for Resolve {
    fn facts(&self, _world: &World, n: usize) -> Resolving {
        Resolving { id: meeting_id(n), away: Vec::new() }
    }

    fn after(&self, world: &World, n: usize, _: &Resolving) {
        let meeting = world.meeting(n);
        for action in &meeting.outcome.actions {
            assert!(action.agreed.due > world.now);
            assert!(meeting.sitting.motions[action.agreed.motion as usize - 1].carried());
        }
        for topic in &meeting.agenda.topics {
            assert!(matches!(
                world.topic_of(*topic).stage,
                TopicStage::Recommended | TopicStage::Decided | TopicStage::Open
            ));
        }
    }
}

impl Asked for Rule {
    fn facts(&self, _world: &World, n: usize) -> MeetingId {
        meeting_id(n)
    }

    fn after(&self, world: &World, n: usize, own: &MeetingId) {
        let meeting = world.meeting(n);
        let objection = &meeting.outcome.objections[self.number as usize - 1];
        if self.ruling == Ruling::Rejected {
            return;
        }
        for action in meeting.outcome.actions.iter().filter(|action| objection.is_about(action.agreed.id)) {
            let order = match action.fate {
                Fate::Suspended(order) => order,
                Fate::Refused | Fate::Fallen => None,
                Fate::Waiting | Fate::Sent(_) => panic!("upheld, and it goes on"),
            };
            if let Some(order) = order {
                let order = world.order_of(order);
                assert!(order.stage == OrderStage::Suspended || order.next().is_none());
            }
            let motion = &meeting.sitting.motions[action.agreed.motion as usize - 1];
            let topic = world.topic_of(motion.topic);
            assert!(!topic.is_with(*own) || matches!(topic.stage, TopicStage::Open | TopicStage::Dropped));
        }
    }
}

impl Asked for DispatchAction {
    fn facts(&self, world: &World, n: usize) -> Sending {
        Sending { id: meeting_id(n), order: order_id(world.orders), street: place(1) }
    }

    fn after(&self, world: &World, n: usize, sending: &Sending) {
        // Nothing is sent during an open objection on it, nor before its time without a reason.
        let outcome = world.meeting(n).outcome;
        assert!(!outcome.open_objections().any(|objection| objection.is_about(self.action)));
        assert!(outcome.until <= Some(world.now) || self.hurry.is_some());
        assert_eq!(outcome.action(self.action).unwrap().fate, Fate::Sent(sending.order));
        assert!(world.book.loaded::<Order>(sending.order).state.is_some());
    }
}

impl World {
    pub fn calling(&self, forum: &str, topics: &[usize]) -> Call {
        Call {
            forum: forum.to_owned(),
            scheme: Some("six".to_owned()),
            title: "市场议事会".to_owned(),
            venue: "市场二楼".to_owned(),
            starts: self.now.plus_seconds(4 * DAY),
            hurry: None,
            topics: topics.iter().map(|n| topic_id(*n)).collect(),
            entitled: None,
            invited: vec![organisation(LAMPS), organisation(MARKET)],
            chair: account(self.table(topics)[0]),
            recorder: account(self.table(topics)[1]),
            door: "0a1b2c3d4e5f6g7h8j9k0m1n2p".to_owned(),
        }
    }

    /// Who chairs a meeting about these topics, and who records: those of the desk's own house.
    pub fn table(&self, topics: &[usize]) -> [usize; 2] {
        let above = topics.first().is_some_and(|n| self.topic(*n).desk == place(1));
        if above { [STREET, OTHER_STREET] } else { [SECRETARY, WORKER] }
    }

    pub fn call(&mut self, who: usize, input: Call) -> Done {
        self.call_by(who, input, &RULES)
    }

    /// The same by other rules.
    pub fn call_by(&mut self, who: usize, input: Call, rules: &Pack) -> Done {
        let bodies = [(LAMPS, OrganisationKind::Department), (MARKET, OrganisationKind::Market)];
        self.call_with(who, input, &bodies, rules)
    }

    /// The same where the place has these bodies.
    pub fn call_among(&mut self, who: usize, input: Call, bodies: &[(u128, OrganisationKind)]) -> Done {
        self.call_with(who, input, bodies, &RULES)
    }

    fn call_with(
        &mut self,
        who: usize,
        input: Call,
        bodies: &[(u128, OrganisationKind)],
        rules: &Pack,
    ) -> Done {
        let n = self.meetings;
        let bodies = bodies.iter().map(|(id, kind)| (organisation(*id), *kind)).collect();
        let first = input.topics.first().map(|id| self.book.state::<Topic>(*id));
        let desk = first.map_or(place(2), |topic| topic.desk);
        let seated = [input.chair, input.recorder];
        let table = ACTORS.iter().filter(|actor| actor.account.is_some_and(|id| seated.contains(&id)));
        let table = table.cloned().collect();
        let concerned = input.topics.iter().flat_map(|id| self.book.state::<Topic>(*id).matters);
        let concerned: Vec<About> =
            concerned.map(|matter| self.book.state::<Matter>(matter).whom()).collect();
        let about = About::all(&concerned);
        // The forum of a compound is that of its council, with three members.
        let council = (input.forum == "compound").then(|| (CouncilId(Uuid::from_u128(7)), 3));
        let confirmed = (place(1), self.standing(&input.forum));
        let (id, keeper) = (meeting_id(n), PlaceKind::Community);
        let convening =
            Convening { id, place: place(4), desk, about, council, keeper, confirmed, bodies, table };
        self.book.start(id, input, &convening, &context(self.now, &ACTORS[who], rules, &PATH))?;
        self.meetings += 1;
        Ok(())
    }

    pub fn meet<C: Asked>(&mut self, who: usize, n: usize, command: C) -> Done {
        let (facts, before) = (command.facts(self, n), self.meeting(n));
        self.book.act(meeting_id(n), command.clone(), &facts, &self.ctx(who))?;
        if let Some(body) = ACTORS[who].grants.iter().find_map(|grant| grant.organisation) {
            // Anybody may object; beyond that a body reaches what it was invited to, or keeps.
            let keeps =
                [&before.agenda.chair, &before.agenda.recorder].iter().any(|one| one.is(&account(who)));
            assert!(*command.right() == OBJECT || keeps || before.agenda.is_invited(body));
        }
        command.after(self, n, &facts);
        Ok(())
    }

    pub fn present(&self, meeting: usize) -> u64 {
        self.seats_of(meeting).filter(|n| self.seat(*n).votes()).count() as u64
    }

    /// The sign-ins of a meeting, by number.
    pub fn seats_of(&self, meeting: usize) -> impl Iterator<Item = usize> {
        let of_meeting = move |(n, of): (usize, &usize)| (*of == meeting).then_some(n);
        self.seats.iter().enumerate().filter_map(of_meeting)
    }

    /// Seats on the roll of a motion, but for one.
    fn seats_on(&self, meeting: usize, motion: u32, but: Option<usize>) -> Vec<usize> {
        let Some(motion) = self.meeting(meeting).sitting.motion(motion).cloned() else { return Vec::new() };
        let on = |n: &usize| Some(*n) != but && self.seat(*n).votes_on(&motion);
        self.seats_of(meeting).filter(on).collect()
    }

    pub fn on_roll(&self, meeting: usize, motion: u32, but: Option<usize>) -> u64 {
        self.seats_on(meeting, motion, but).len() as u64
    }

    fn polled(&self, meeting: usize, motion: u32, but: Option<usize>) -> Polled {
        let mut phones = [0; 3];
        let seats = self.seats_on(meeting, motion, but);
        for seat in &seats {
            if let Some(ballot) = self.book.loaded::<Ballot>(ballot_id(motion, *seat)).get() {
                let choice = ballot.choice.get().unwrap();
                phones[Choice::ALL.iter().position(|one| one == choice).unwrap()] += 1;
            }
        }
        Polled { present: seats.len() as u64, phones }
    }

    /// Gives a sign-in its vote.
    pub fn admit(&mut self, who: usize, seat: usize, by: Admitting) -> Done {
        let slip = if let Admitting::Slip(slip) = by { Some(slip) } else { None };
        let door = self.door(self.seats[seat], slip, None);
        self.book.act(seat_id(seat), Admit { by }, &door, &self.ctx(who))
    }

    /// A slip is shown once more by somebody else.
    pub fn challenge(&mut self, who: usize, seat: usize) -> Done {
        let meeting = self.meeting(self.seats[seat]);
        self.book.act(seat_id(seat), Challenge, &meeting, &self.ctx(who))
    }

    /// Somebody leaves or returns, as their own link says.
    pub fn come_and_go<C: Command<On = Seat, Facts = Meeting>>(&mut self, seat: usize, command: C) -> Done {
        let actor = ACTORS[VISITOR].showing(Claim::Seat);
        let meeting = self.meeting(self.seats[seat]);
        let ctx = Context { actor: &actor, ..self.ctx(VISITOR) };
        self.book.act(seat_id(seat), command, &meeting, &ctx)
    }

    fn door(&self, meeting: usize, slip: Option<u32>, member: Option<u32>) -> Door {
        let used = self.seats_of(meeting).any(|n| slip.is_some() && self.seat(n).slip == slip);
        let used = if used { Used::Yes } else { Used::No };
        let state = self.meeting(meeting);
        let member = member.or_else(|| state.sitting.slips.member(slip?));
        let sits = |n: usize| {
            let seat = self.seat(n);
            seat.struck.is_none() && seat.member.as_ref().and_then(Sealed::get).copied() == member
        };
        let is_one = member.is_some_and(|number| (1..=3).contains(&number));
        let open = is_one && !self.seats_of(meeting).any(sits);
        let member = if open { Membership::Open } else { Membership::None };
        Door { meeting: state, used, member }
    }

    /// A slip is made, handed out, and somebody signs in with it by phone.
    pub fn with_slip(&mut self, meeting: usize, person: usize) {
        let word = "0a1b2c3d4e5f6g7h8j9k0m1n2p".to_owned();
        let issue = IssueSlips { count: 1, word };
        self.somebody("make slips", |world, who| world.meet(who, meeting, issue.clone()));
        let upto = self.meeting(meeting).sitting.slips.issued();
        self.somebody("hand them out", |world, who| world.meet(who, meeting, ReleaseSlips { upto }));
        let plain = self.signing(meeting, SeatKind::Resident, SignedIn::Phone, person);
        self.take_seat(VISITOR, meeting, SignIn { slip: Some(upto), ..plain }).unwrap();
    }

    pub fn signing(&self, meeting: usize, kind: SeatKind, how: SignedIn, person: usize) -> SignIn {
        SignIn {
            meeting: meeting_id(meeting),
            kind,
            how,
            organisation: (kind == SeatKind::Invited).then(|| organisation(LAMPS)),
            person: format!("{meeting}/{person}"),
            name: "某商户".to_owned(),
            secret: (how == SignedIn::Phone).then(|| "cd".repeat(32)),
            slip: None,
            // Three are members of the council.
            member: (kind == SeatKind::Member).then_some(person as u32 % 4),
        }
    }

    pub fn sign_in(
        &mut self,
        who: usize,
        meeting: usize,
        kind: SeatKind,
        how: SignedIn,
        person: usize,
    ) -> Done {
        let input = self.signing(meeting, kind, how, person);
        self.sign_in_as(who, meeting, input)
    }

    /// The same with a slip.
    pub fn sign_in_with(
        &mut self,
        who: usize,
        meeting: usize,
        kind: SeatKind,
        how: SignedIn,
        person: usize,
        slip: Option<u32>,
    ) -> Done {
        let plain = self.signing(meeting, kind, how, person);
        self.sign_in_as(who, meeting, SignIn { slip, ..plain })
    }

    fn sign_in_as(&mut self, who: usize, meeting: usize, input: SignIn) -> Done {
        // The office derives the id from the person, so that nobody signs in twice.
        if self.seats_of(meeting).any(|n| self.seat(n).person.is(&input.person)) {
            return Err(Common::Exists.into());
        }
        self.take_seat(who, meeting, input)
    }

    pub fn take_seat(&mut self, who: usize, meeting: usize, input: SignIn) -> Done {
        let door = self.door(meeting, input.slip, input.member);
        self.book.start(seat_id(self.seats.len()), input, &door, &self.ctx(who))?;
        self.seats.push(meeting);
        Ok(())
    }

    pub fn strike(&mut self, who: usize, seat: usize) -> Done {
        let n = self.seats[seat];
        let meeting = self.meeting(n);
        let counted: Vec<u32> = self.seat(seat).counted_in(&meeting).map(|motion| motion.number).collect();
        let left = counted.iter().map(|motion| (*motion, self.polled(n, *motion, Some(seat)))).collect();
        let striking = Striking { meeting, left };
        let strike = Strike { reason: "重复签到".to_owned() };
        self.book.act(seat_id(seat), strike, &striking, &self.ctx(who))?;
        // What was decided has a motion that passed, or falls away and returns.
        let Meeting { sitting, outcome, agenda, .. } = self.meeting(n);
        for action in outcome.actions.iter().filter(|action| action.fate == Fate::Waiting) {
            assert!(sitting.motions[action.agreed.motion as usize - 1].carried());
        }
        if outcome.resolved == Resolved::Yes {
            for topic in agenda.topics.iter().map(|id| self.topic_of(*id)) {
                let passed = sitting.carried().any(|motion| self.topic_of(motion.topic) == topic);
                let decided = topic.is_with(meeting_id(n)) && topic.stage == TopicStage::Decided;
                assert!(passed || !decided);
            }
        }
        Ok(())
    }

    pub fn cast(&mut self, who: usize, seat: usize, motion: u32, choice: Choice, voter: Voter) -> Done {
        let n = self.seats[seat];
        let actor = match voter {
            Voter::Own => ACTORS[who].showing(Claim::Seat),
            Voter::Worker => ACTORS[who].clone(),
        };
        let ctx = Context { actor: &actor, ..self.ctx(who) };
        let input = Cast { meeting: meeting_id(n), motion, seat: seat_id(seat), choice, voter };
        let polling = Polling { meeting: self.meeting(n), seat: self.seat(seat) };
        self.book.start(ballot_id(motion, seat), input, &polling, &ctx)?;
        // Nobody votes after the end, nor without a seat that has a vote.
        let of = &polling.meeting.sitting.motions[motion as usize - 1];
        assert_eq!(of.vote, Vote::Open);
        assert!(polling.seat.votes_on(of));
        assert!(polling.seat.struck.is_none());
        assert!(matches!(polling.seat.kind, SeatKind::Resident | SeatKind::Member));
        Ok(())
    }
}
