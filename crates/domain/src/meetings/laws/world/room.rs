//! What is asked of a meeting, who is present, and how they vote; with what must hold right
//! after it.

use super::*;
use crate::dispatch::OrderStage;
use crate::meetings::*;
use crate::people::OrganisationKind;
use crate::topics::TopicStage;
use std::collections::BTreeSet;
use yishi_kernel::access::About;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Claim, Command};

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

with_no_facts!(Post, Reply, Open, Speak, Put, EndVote, Dissent, Confirm, Publish, Object, Conclude);

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

impl Asked for EnterHands {
    fn facts(&self, world: &World, n: usize) -> Present {
        Present { votes: world.present(n) }
    }
}

impl Asked for Count {
    fn facts(&self, world: &World, n: usize) -> Polled {
        Polled { present: world.present(n), phones: world.phones(n, self.motion) }
    }

    fn after(&self, world: &World, n: usize, polled: &Polled) {
        let motion = &world.meeting(n).sitting.motions[self.motion as usize - 1];
        let Vote::Counted(counts, passed) = motion.vote else { panic!("not counted") };
        let voted = counts.in_favour + counts.against + counts.abstain;
        assert!(voted <= counts.present && counts.present == polled.present);
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
                Fate::Refused => None,
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
        self.call_among(
            who,
            input,
            &[(LAMPS, OrganisationKind::Department), (MARKET, OrganisationKind::Market)],
        )
    }

    /// The same where the place has these bodies.
    pub fn call_among(&mut self, who: usize, input: Call, bodies: &[(u128, OrganisationKind)]) -> Done {
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
        let convening = Convening { id: meeting_id(n), place: place(4), desk, about, bodies, table };
        self.book.start(meeting_id(n), input, &convening, &self.ctx(who))?;
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

    fn phones(&self, meeting: usize, motion: u32) -> [u64; 3] {
        let mut counts = [0; 3];
        for seat in self.seats_of(meeting).filter(|n| self.seat(*n).votes()) {
            if let Some(ballot) = self.book.loaded::<Ballot>(ballot_id(motion, seat)).get() {
                let choice = ballot.choice.get().unwrap();
                counts[Choice::ALL.iter().position(|one| one == choice).unwrap()] += 1;
            }
        }
        counts
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
        // The office derives the id from the person, so that nobody signs in twice.
        if self.seats_of(meeting).any(|n| self.seat(n).person.is(&input.person)) {
            return Err(Common::Exists.into());
        }
        self.take_seat(who, meeting, input)
    }

    pub fn take_seat(&mut self, who: usize, meeting: usize, input: SignIn) -> Done {
        let of = self.meeting(meeting);
        self.book.start(seat_id(self.seats.len()), input, &of, &self.ctx(who))?;
        self.seats.push(meeting);
        Ok(())
    }

    pub fn strike(&mut self, who: usize, seat: usize) -> Done {
        let meeting = self.meeting(self.seats[seat]);
        self.book.act(seat_id(seat), Strike { reason: "重复签到".to_owned() }, &meeting, &self.ctx(who))
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
        assert_eq!(polling.meeting.sitting.motions[motion as usize - 1].vote, Vote::Open);
        assert!(polling.seat.struck.is_none());
        assert!(matches!(polling.seat.kind, SeatKind::Resident | SeatKind::Member));
        Ok(())
    }
}
