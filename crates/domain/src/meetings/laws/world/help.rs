//! The helpful script: from wherever a history has come to, it leads everything to its end,
//! with nothing but commands that somebody may give.

use super::*;
use crate::dispatch::laws::any::Any;
use crate::matters::StageKind;
use crate::meetings::*;
use crate::topics::{Left, TopicStage};

fn text() -> String {
    "说明".to_owned()
}

impl World {
    fn wait_until(&mut self, moment: Option<Moment>) {
        self.now = self.now.max(moment.unwrap_or(self.now));
    }

    /// Somebody does this in a meeting.
    fn have<C: Asked>(&mut self, n: usize, command: C) -> usize {
        let what = format!("{command:?}");
        self.somebody(&what, |world, who| world.meet(who, n, command.clone()))
    }

    /// One helpful step for a meeting; `flavour` chooses where there is a choice, and 1
    /// chooses what ends it soonest.
    pub fn help_meeting(&mut self, n: usize, flavour: usize) {
        let Meeting { agenda, outcome, .. } = &self.meeting(n);
        let Some((step, _, due)) = self.meeting(n).next() else { return };
        match step {
            MeetingStep::Post => {
                self.have(n, Post { at: "公告栏".to_owned(), photo: None });
            }
            MeetingStep::Open => {
                self.wait_until(Some(agenda.starts));
                self.have(n, Open);
            }
            MeetingStep::Resolve => self.help_vote(n, flavour),
            MeetingStep::Confirm => self.help_confirm(n, due),
            MeetingStep::Publish => {
                self.have(n, Publish { at: "公告栏".to_owned() });
            }
            MeetingStep::Rule => {
                let number = outcome.open_objections().next().unwrap().number;
                let ruling = if flavour.is_multiple_of(2) { Ruling::Upheld } else { Ruling::Rejected };
                self.have(n, Rule { number, ruling, reason: text() });
            }
            MeetingStep::Dispatch => {
                let hurry = (flavour.is_multiple_of(3)).then_some("先行办理");
                if hurry.is_none() {
                    self.wait_until(outcome.until);
                }
                let meeting = self.meeting(n);
                let free = |action: &&Action| !meeting.awaits_owners(action);
                let action = outcome.waiting().find(free).unwrap().agreed.id;
                self.somebody("dispatch", |world, who| world.dispatch(who, n, action, hurry));
            }
            MeetingStep::Owners => {
                let motion = self.meeting(n).sitting.awaiting_owners().next().unwrap().number;
                if flavour.is_multiple_of(2) {
                    let sums = SUMS[2 + flavour / 2 % 2];
                    // Somebody may have entered one already.
                    let _ = self.enter(WORKER, n, motion, sums);
                    if !flavour.is_multiple_of(4) {
                        (0..self.results).for_each(|one| self.help_result(one));
                    }
                } else {
                    self.have(n, SetAside { motion, reason: text() });
                }
            }
            MeetingStep::Conclude if flavour.is_multiple_of(2) && outcome.until > Some(self.now) => {
                let action = outcome.actions.get(flavour % 3).map(|action| action.agreed.id);
                self.have(n, objecting(action, "a", &text()));
            }
            MeetingStep::Conclude => {
                self.wait_until(outcome.until);
                self.have(n, Conclude);
            }
            MeetingStep::Reply => panic!("a reply is nobody's next step but the body's"),
        }
    }

    /// Now the meeting's own, now the owners'.
    pub fn item(&self, flavour: usize) -> String {
        if flavour % 5 == 3 { "new_common" } else { "order" }.to_owned()
    }

    fn help_confirm(&mut self, n: usize, due: Moment) {
        let command = Confirm { minutes: "ef".repeat(32) };
        let able = (0..ACTORS.len()).any(|who| self.meet(who, n, command.clone()).is_ok());
        if !able {
            // Neither can: others stand in once their time is over.
            self.wait_until(Some(due));
            self.have(n, command);
        }
    }

    fn help_vote(&mut self, n: usize, flavour: usize) {
        let Meeting { agenda, sitting, .. } = &self.meeting(n);
        if let Some(motion) = sitting.counting() {
            self.have(n, Count { motion: motion.number });
        } else if let Some(motion) = sitting.voting() {
            self.help_voting(n, motion, flavour);
        } else if sitting.carried().next().is_some() {
            let carried = sitting.carried();
            let actions: Vec<_> =
                carried.map(|one| self.action(one.number, flavour + one.number as usize)).collect();
            let actions = if flavour.is_multiple_of(7) { Vec::new() } else { actions };
            self.have(n, Resolve { actions, standard: String::new() });
        } else if flavour.is_multiple_of(2) && sitting.motions.len() < 3 {
            for person in 0..3 {
                let of = self.meeting(n).agenda.council;
                let kind = if of.is_some() { SeatKind::Member } else { SeatKind::Resident };
                let _ = self.sign_in(WORKER, n, kind, SignedIn::Register, 49 + person);
            }
            for seat in self.seats_of(n).filter(|seat| self.seat(*seat).unconfirmed()).collect::<Vec<_>>() {
                for who in [COLLEAGUE, SECRETARY, STREET, OTHER_STREET, WORKER] {
                    if self.admit(who, seat, Admitting::Second).is_ok() {
                        break;
                    }
                }
            }
            if self.meeting(n).agenda.council.is_none() && (self.present(n) == 0 || flavour.is_multiple_of(4))
            {
                self.with_slip(n, 60 + self.seats.len());
            }
            if self.present(n) == 0 {
                // All members have signed in and left, or were struck.
                self.have(n, Adjourn { reason: "到会不足".to_owned() });
                return;
            }
            let topic = agenda.topics[flavour % agenda.topics.len()];
            let mode = VoteMode::ALL[flavour / 2 % 2];
            let item = self.item(flavour);
            self.have(n, Put { topic, text: "划线停放".to_owned(), mode, item });
        } else {
            self.have(n, Adjourn { reason: "未达成一致".to_owned() });
        }
    }

    fn help_voting(&mut self, n: usize, motion: &Motion, flavour: usize) {
        let (motion, mode) = (motion.number, motion.mode);
        if mode == VoteMode::Hands {
            let present = self.on_roll(n, motion, None);
            let hands = if flavour.is_multiple_of(3) { [0, present, 0] } else { [present, 0, 0] };
            let command = EnterHands { motion, hands };
            let first = self.have(n, command);
            self.somebody("count too", |world, who| match who == first {
                true => Err(crate::meetings::Refusal::HandsDiffer.into()),
                false => world.meet(who, n, command),
            });
        } else {
            for seat in self.seats_of(n).collect::<Vec<_>>() {
                let choice = Choice::ALL[if flavour.is_multiple_of(3) { seat % 3 } else { 0 }];
                let _ = self.cast(VISITOR, seat, motion, choice, Voter::Own);
            }
        }
        self.have(n, EndVote { motion });
    }

    /// One helpful step for an order.
    pub fn help_order(&mut self, n: usize, flavour: usize) {
        let Some(command) = Any::helpful(&self.order(n), self.now, flavour) else { return };
        self.somebody("help an order", |world, who| world.ordered(who, n, command.clone()));
    }

    /// One helpful step for a topic that was decided on, or for one that was not.
    pub fn help_topic(&mut self, n: usize) {
        match self.topic(n).stage {
            TopicStage::Open => {
                self.somebody("drop", |world, who| world.drop_topic(who, n));
            }
            TopicStage::Decided => {
                for matter in self.unanswered(n) {
                    self.help_matter(matter);
                }
                self.somebody("conclude", |world, who| world.conclude_topic(who, n));
            }
            TopicStage::Scheduled | TopicStage::Recommended | TopicStage::Concluded | TopicStage::Dropped => {
            }
        }
    }

    /// Whether all that was decided about a topic is done.
    pub fn is_done(&self, n: usize) -> bool {
        let Left { orders, actions, .. } = self.left(n);
        self.topic(n).stage == TopicStage::Decided && (orders, actions) == (0, 0)
    }

    /// Leads everything to its end; somebody must be able to take each step.
    pub fn finish(&mut self) {
        for n in 0..self.meetings {
            for _ in 0..40 {
                self.help_meeting(n, 1);
            }
            assert!(self.meeting(n).next().is_none(), "{:?}", self.meeting(n));
            while let Some(due) = self.meeting(n).outcome.reissued {
                self.help_confirm(n, due);
            }
        }
        for n in 0..self.results {
            self.help_result(n);
        }
        for n in 0..self.orders {
            for _ in 0..8 {
                self.help_order(n, 1);
            }
            assert!(self.order(n).next().is_none(), "{:?}", self.order(n));
        }
        for n in 0..self.topics {
            self.help_topic(n);
            assert!(self.topic(n).next().is_none(), "{:?}", self.topic(n));
        }
        for n in 0..self.matters {
            for _ in 0..3 {
                self.help_matter(n);
            }
            assert!(self.matter_due(n).is_none());
        }
        self.check();
    }

    /// Sorts and answers a matter, or closes an answered one.
    fn help_matter(&mut self, n: usize) {
        if self.matter(n).stage() == StageKind::Raised {
            self.somebody("triage", |world, who| world.triage(who, n));
        }
        if self.matter(n).stage() == StageKind::InHand {
            self.now = self.now.plus_seconds(1);
            self.somebody("answer", |world, who| world.answer(who, n));
        } else if let Some(due) = self.matter_due(n) {
            self.wait_until(Some(due));
            self.somebody("close", |world, who| world.close(who, n));
        }
    }
}
