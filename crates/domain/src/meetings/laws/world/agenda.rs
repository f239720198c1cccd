//! Matters, and the topics that are made of them.

use super::*;
use crate::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use crate::matters::{
    Answer, Behalf, Body, Carrier, Channel, Close, Opening as Receiving, Outcome, Proof, Raise, Readers,
    Shown, Sorting, Spot, StageKind, Triage, Waiting,
};
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use crate::topics::{AnswerAll, Conclude, Drop, Gather, Gathering, Left, OpenTopic, Opening, TopicStage};
use yishi_kernel::{Claim, Holder};

impl World {
    pub fn raise(&mut self, who: usize, about: Option<OrganisationId>) -> Done {
        let n = self.matters;
        let input = Raise {
            behalf: Behalf::Own,
            channel: Channel::Poster,
            place: place(4),
            shown: Shown::Building,
            about,
            about_person: None,
            category: None,
            title: None,
            text: "自行车乱停".to_owned(),
            photos: Vec::new(),
            occurred_at: None,
            source: None,
            after: None,
            floor: None,
            danger: None,
            receipt: receipt_id(n),
            opening: Receiving {
                proof: Proof::Device,
                secret: None,
                supporter: format!("device-{n}"),
                name: String::new(),
                contact: String::new(),
                consent: None,
            },
        };
        let kinds = [PlaceKind::Street, PlaceKind::Community, PlaceKind::Compound, PlaceKind::Building];
        let committee = Body { kind: OrganisationKind::ResidentsCommittee, ledger: place(2) };
        let spot = Spot {
            own: matter_id(n),
            ledger: place(2),
            places: PATH.iter().copied().zip(kinds).collect(),
            closed: None,
            about: about.map(|_| committee),
            floor: None,
            alarm: crate::dangers::Alarm::default(),
        };
        self.book.start(matter_id(n), input, &spot, &self.ctx(who))?;
        self.matters += 1;
        Ok(())
    }

    pub fn triage(&mut self, who: usize, n: usize) -> Done {
        let command = Triage {
            outcome: Outcome::Public,
            category: "11".to_owned(),
            // What went to the street because of whom it is about stays there.
            holder: Holder::Desk(self.book.state::<Matter>(matter_id(n)).desk),
            person: None,
            reason: String::new(),
        };
        self.book.act(matter_id(n), command, &Sorting::default(), &self.ctx(who))
    }

    pub fn answer(&mut self, who: usize, n: usize) -> Done {
        let text = "已办好".to_owned();
        let answer = Answer { text, word: String::new(), photos: Vec::new() };
        self.book.act(matter_id(n), answer, &Readers { receipts: 1 }, &self.ctx(who))
    }

    pub fn close(&mut self, who: usize, n: usize) -> Done {
        let receipt = self.receipt(n);
        let heard = self.matter(n).answered.is_some_and(|answer| receipt.has_evaluated(answer));
        let waiting = Waiting { receipts: u64::from(!heard), dangers: 0 };
        self.book.act(matter_id(n), Close, &waiting, &self.ctx(who))
    }

    pub fn evaluate(&mut self, who: usize, n: usize, solved: Solved) -> Done {
        let actor = ACTORS[who].showing(Claim::Receipt);
        let ctx = Context { actor: &actor, ..self.ctx(who) };
        let evaluation = Evaluation { solved, satisfaction: Satisfaction::Mostly, comment: String::new() };
        self.book.act(receipt_id(n), Evaluate { said: evaluation, contacted: None }, &self.carrier(n), &ctx)
    }

    fn carrier(&self, n: usize) -> Carrier {
        Carrier { root: matter_id(n), matter: self.matter(n), path: PATH.clone() }
    }

    fn gathering(&self, topic: usize, matters: &[usize]) -> Gathering {
        let matters = matters.iter().map(|n| self.carrier(*n)).collect();
        Gathering { id: topic_id(topic), matters, table: Vec::new() }
    }

    /// Who chairs and records the meeting that a topic is scheduled for.
    fn seated(&self, topic: usize) -> Vec<Actor> {
        let topic = self.topic(topic);
        let Some(meeting) = topic.meetings.last().filter(|_| topic.stage == TopicStage::Scheduled) else {
            return Vec::new();
        };
        let agenda = self.book.state::<Meeting>(*meeting).agenda;
        let seats = [agenda.chair, agenda.recorder];
        let seated = |one: &&Actor| one.account.is_some_and(|id| seats.iter().any(|seat| seat.is(&id)));
        ACTORS.iter().filter(seated).cloned().collect()
    }

    pub fn open_topic(&mut self, who: usize, matters: &[usize]) -> Done {
        let n = self.topics;
        let gathering = self.gathering(n, matters);
        let desk = gathering.matters.first().map_or(place(2), |one| one.matter.desk);
        let opening = Opening { place: place(4), desk, gathering };
        let input = OpenTopic {
            title: "市场自行车".to_owned(),
            question: String::new(),
            category: "11".to_owned(),
            matters: matters.iter().map(|n| matter_id(*n)).collect(),
        };
        self.book.start(topic_id(n), input, &opening, &self.ctx(who))?;
        self.topics += 1;
        Ok(())
    }

    pub fn gather(&mut self, who: usize, topic: usize, matter: usize) -> Done {
        let gathering = Gathering { table: self.seated(topic), ..self.gathering(topic, &[matter]) };
        let command = Gather { matters: vec![matter_id(matter)] };
        self.book.act(topic_id(topic), command, &gathering, &self.ctx(who))
    }

    /// The matters of a topic, by number.
    pub fn matters_of(&self, topic: usize) -> Vec<usize> {
        self.topic(topic).matters.iter().map(|id| index(id.0, 1_000)).collect()
    }

    pub fn drop_topic(&mut self, who: usize, topic: usize) -> Done {
        let gathering = self.gathering(topic, &self.matters_of(topic));
        let command = Drop { reason: "市场已自行解决".to_owned() };
        self.book.act(topic_id(topic), command, &gathering, &self.ctx(who))?;
        // Every matter goes on with holder and deadline.
        for n in self.matters_of(topic) {
            let matter = self.matter(n);
            assert!(matter.stage() == StageKind::Closed || self.matter_due(n).is_some());
            assert!(matter.stage() != StageKind::InHand || matter.topic != Some(topic_id(topic)));
        }
        Ok(())
    }

    /// Answers everyone in a topic at once.
    pub fn answer_all(&mut self, who: usize, topic: usize) -> Done {
        let gathering = self.gathering(topic, &self.matters_of(topic));
        self.book.act(topic_id(topic), AnswerAll { text: "已办好".to_owned() }, &gathering, &self.ctx(who))
    }

    pub(super) fn unanswered(&self, topic: usize) -> Vec<usize> {
        let open = |n: &usize| matches!(self.matter(*n).stage(), StageKind::Raised | StageKind::InHand);
        self.matters_of(topic).into_iter().filter(open).collect()
    }

    /// What is not at its end about a topic.
    pub(super) fn left(&self, topic: usize) -> Left {
        let state = self.topic(topic);
        let meetings = state.meetings.iter().map(|id| index(id.0, 3_000));
        let actions = meetings.map(|n| self.meeting(n).waiting(topic_id(topic))).sum();
        let orders = self.orders_of(topic).into_iter().filter(|n| self.order(*n).next().is_some());
        Left { orders: orders.count() as u64, actions, matters: self.unanswered(topic).len() as u64 }
    }

    pub fn conclude_topic(&mut self, who: usize, topic: usize) -> Done {
        self.book.act(topic_id(topic), Conclude, &self.left(topic), &self.ctx(who))?;
        // Nothing raised ends without an answer.
        for n in self.matters_of(topic) {
            assert!(self.matter(n).answers > 0);
            assert!(self.matter(n).answered > Some(self.receipt(n).opened));
        }
        Ok(())
    }
}
