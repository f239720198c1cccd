//! The helpful script: from wherever a history has come to, it leads everything to its end,
//! with nothing but commands that somebody may give.

use super::*;

impl World {
    /// Any command on an order; `a` and `b` choose.
    pub fn any_order_command(&self, n: usize, a: usize, b: usize) -> dispatch::Command {
        use dispatch::Command;
        let text = || "说明".to_owned();
        let lead = organisation([LAMPS, SQUAD, COMMITTEE][b % 3]);
        let finish_by = self.now.plus_seconds(DAY);
        match a % 14 {
            0 => {
                let (whistle, departments) = (WhistleKind::Emergency, vec![organisation(SQUAD)]);
                Command::Blow { whistle, departments, lead, arrive_by: None, finish_by }
            }
            1 => Command::Decline { reason: text() },
            2 => Command::ReportIn { organisation: None, note: String::new() },
            3 => Command::ReportIn { organisation: Some(lead), note: text() },
            4 => Command::Progress { note: text(), photos: Vec::new() },
            5 => Command::FollowUp { note: text() },
            6 | 7 => Command::Dispute { reason: text() },
            8 => {
                let same = self.orders[n].state.holder().unwrap();
                let holder = if b.is_multiple_of(2) { same } else { Holder::Organisation(lead) };
                Command::Rule { holder, reason: text(), finish_by }
            }
            9 => Command::Done { note: text(), photos: Vec::new() },
            10 => Command::Accept { note: String::new() },
            11 => Command::Return { reason: text(), finish_by },
            12 => Command::Resume { reason: text(), finish_by },
            _ => Command::Withdraw { reason: text() },
        }
    }

    fn wait_until(&mut self, moment: Option<Moment>) {
        self.now = self.now.max(moment.unwrap_or(self.now));
    }

    /// One helpful step for a meeting; `flavour` chooses where there is a choice, and 1
    /// chooses what ends it soonest.
    pub fn help_meeting(&mut self, n: usize, flavour: usize) {
        let meeting = self.meetings[n].state.clone();
        let Some((step, _, due)) = meeting.next() else { return };
        let reason = || "说明".to_owned();
        let meet = |world: &mut Self, command: Command| {
            world.somebody(step.word(), |world, who| world.meet(who, n, command.clone()))
        };
        match step {
            MeetingStep::Post => {
                meet(self, Command::Post { at: "公告栏".to_owned(), photo: None });
            }
            MeetingStep::Open => {
                let called = meeting.called().unwrap();
                self.wait_until(Some(called.starts));
                meet(self, Command::Open);
            }
            MeetingStep::Resolve => self.help_vote(n, flavour),
            MeetingStep::Confirm => {
                let command = Command::Confirm { minutes: "ef".repeat(32) };
                let able = (0..ACTORS.len()).any(|who| self.meet(who, n, command.clone()).is_ok());
                if !able {
                    // Neither can: others stand in once their time is over.
                    self.wait_until(Some(due));
                    meet(self, command);
                }
            }
            MeetingStep::Publish => {
                meet(self, Command::Publish { at: "公告栏".to_owned() });
            }
            MeetingStep::Rule => {
                let number = meeting.objections().iter().find(|one| one.ruling.is_none()).unwrap().number;
                let ruling = if flavour.is_multiple_of(2) { Ruling::Upheld } else { Ruling::Rejected };
                meet(self, Command::Rule { number, ruling, reason: reason() });
            }
            MeetingStep::Dispatch => {
                let hurry = if flavour.is_multiple_of(3) { "先行办理" } else { "" };
                if hurry.is_empty() {
                    self.wait_until(meeting.until());
                }
                let waiting = meeting.actions().iter().find(|one| one.fate == Fate::Waiting).unwrap();
                let action = waiting.agreed.id;
                self.somebody("dispatch", |world, who| world.dispatch(who, n, action, hurry));
            }
            MeetingStep::Conclude if flavour.is_multiple_of(2) && meeting.until() > Some(self.now) => {
                let action = meeting.actions().get(flavour % 3).map(|action| action.agreed.id);
                meet(self, Command::Object { action, text: reason(), contact: String::new() });
            }
            MeetingStep::Conclude => {
                self.wait_until(meeting.until());
                meet(self, Command::Conclude);
            }
        }
    }

    fn help_vote(&mut self, n: usize, flavour: usize) {
        let meeting = self.meetings[n].state.clone();
        let meet = |world: &mut Self, command: Command| {
            world.somebody("vote", |world, who| world.meet(who, n, command.clone()))
        };
        if let Some(motion) = meeting.counting() {
            meet(self, Command::Count { motion, present: 0, phones: [0; 3] });
        } else if let Some((motion, mode)) = meeting.voting() {
            let present = self.present(n);
            if mode == VoteMode::Hands {
                let hands = if flavour.is_multiple_of(3) { [0, present, 0] } else { [present, 0, 0] };
                let command = Command::EnterHands { motion, hands, present };
                let first = meet(self, command.clone());
                self.somebody("count too", |world, who| {
                    if who == first { Err(Refusal::HandsDiffer) } else { world.meet(who, n, command.clone()) }
                });
            } else {
                for seat in 0..self.seats.len() {
                    let choice = Choice::ALL[if flavour.is_multiple_of(3) { seat % 3 } else { 0 }];
                    if self.seats[seat].0 == n {
                        let _ = self.cast(VISITOR, seat, motion, choice, Claim::Seat);
                    }
                }
            }
            meet(self, Command::EndVote { motion });
        } else if meeting.motions().iter().any(|one| matches!(one.vote, Vote::Counted(_, Passed::Yes))) {
            let passed =
                meeting.motions().iter().filter(|one| matches!(one.vote, Vote::Counted(_, Passed::Yes)));
            let actions: Vec<_> =
                passed.map(|one| self.action(one.number, flavour + one.number as usize)).collect();
            let actions = if flavour.is_multiple_of(7) { Vec::new() } else { actions };
            meet(self, Command::Resolve { actions, standard: String::new() });
        } else if flavour.is_multiple_of(2) && meeting.motions().len() < 3 {
            for person in 0..3 {
                let _ = self.sign_in(WORKER, n, SeatKind::Resident, SignedIn::Register, 50 + person);
            }
            let topics = &meeting.called().unwrap().topics;
            let topic = topics[flavour % topics.len()];
            let mode = VoteMode::ALL[flavour / 2 % 2];
            meet(self, Command::Put { topic, text: "划线停放".to_owned(), mode });
        } else {
            meet(self, Command::Adjourn { reason: "未达成一致".to_owned() });
        }
    }

    /// One helpful step for an order.
    pub fn help_order(&mut self, n: usize, flavour: usize) {
        use dispatch::{Command, OrderStep};
        let order = self.orders[n].state.clone();
        let Some((step, ..)) = order.next() else { return };
        let reason = || "说明".to_owned();
        let finish_by = self.now.plus_seconds(5 * DAY);
        let command = match step {
            OrderStep::Blow if flavour.is_multiple_of(5) => Command::Decline { reason: reason() },
            OrderStep::Blow => {
                let Some(Holder::Organisation(lead)) = order.holder() else { panic!("nobody leads") };
                let departments = vec![organisation(SQUAD)];
                Command::Blow { whistle: WhistleKind::Hard, departments, lead, arrive_by: None, finish_by }
            }
            OrderStep::ReportIn if flavour % 7 == 2 && !self.orders[n].is_ruled() => {
                Command::Dispute { reason: reason() }
            }
            OrderStep::ReportIn => Command::ReportIn { organisation: None, note: String::new() },
            OrderStep::Finish if order.stage() == Some(OrderStage::Sent) => {
                Command::FollowUp { note: reason() }
            }
            OrderStep::Finish => Command::Done { note: "已划线".to_owned(), photos: Vec::new() },
            OrderStep::Rule => Command::Rule { holder: order.holder().unwrap(), reason: reason(), finish_by },
            OrderStep::Accept if flavour.is_multiple_of(4) => Command::Return { reason: reason(), finish_by },
            OrderStep::Accept => Command::Accept { note: String::new() },
            OrderStep::Settle if flavour.is_multiple_of(2) => Command::Withdraw { reason: reason() },
            OrderStep::Settle => Command::Resume { reason: reason(), finish_by },
        };
        self.somebody(step.word(), |world, who| world.order(who, n, command.clone()));
    }

    /// One helpful step for a topic that was decided on, or for one that was not.
    pub fn help_topic(&mut self, n: usize) {
        match self.topics[n].state.stage().unwrap() {
            TopicStage::Open => {
                self.somebody("drop", |world, who| world.drop_topic(who, n));
            }
            TopicStage::Decided => {
                for matter in self.unanswered(n) {
                    self.help_matter(matter);
                }
                self.somebody("conclude", |world, who| world.conclude_topic(who, n));
            }
            TopicStage::Scheduled | TopicStage::Concluded | TopicStage::Dropped => {}
        }
    }

    /// Whether all that was decided about a topic is done.
    pub fn is_done(&self, n: usize) -> bool {
        let state = &self.topics[n].state;
        let mut meetings = state.meetings().iter().map(|id| index(id.0, 3_000));
        state.stage() == Some(TopicStage::Decided)
            && meetings.all(|of| self.meetings[of].state.waiting(topic_id(n)) == 0)
            && self.orders_of(n).iter().all(|order| self.orders[*order].state.next().is_none())
    }

    /// Leads everything to its end; somebody must be able to take each step.
    pub fn finish(&mut self) {
        for n in 0..self.meetings.len() {
            for _ in 0..40 {
                self.help_meeting(n, 1);
            }
            assert!(self.meetings[n].state.next().is_none(), "{:?}", self.meetings[n].state);
        }
        for n in 0..self.orders.len() {
            for _ in 0..8 {
                self.help_order(n, 1);
            }
            assert!(self.orders[n].state.next().is_none(), "{:?}", self.orders[n].state);
        }
        for n in 0..self.topics.len() {
            self.help_topic(n);
            assert!(self.topics[n].state.next().is_none(), "{:?}", self.topics[n].state);
        }
        for n in 0..self.matters.len() {
            for _ in 0..3 {
                self.help_matter(n);
            }
            assert!(self.matters[n].state.next().is_none());
        }
        self.check();
    }

    /// Sorts and answers a matter, or closes an answered one.
    fn help_matter(&mut self, n: usize) {
        if self.matters[n].state.stage() == Some(StageKind::Raised) {
            self.somebody("triage", |world, who| world.triage(who, n));
        }
        if self.matters[n].state.stage() == Some(StageKind::InHand) {
            self.now = self.now.plus_seconds(1);
            self.somebody("answer", |world, who| world.answer(who, n));
        } else if let Some((_, _, due)) = self.matters[n].state.next() {
            self.wait_until(Some(due));
            self.somebody("close", |world, who| world.close(who, n));
        }
    }
}
