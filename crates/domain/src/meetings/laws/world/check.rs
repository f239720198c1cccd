//! What holds after any history.

use super::*;
use crate::ballots::{Joint, Leave, OwnersResult, ResultStage};
use crate::dispatch::OrderStage;
use crate::matters::StageKind;
use crate::meetings::{Ballot, Confirming, Fate, MeetingStage, Vote};
use crate::topics::TopicStage;
use std::collections::BTreeMap;
use yishi_kernel::record::Record;

impl World {
    pub fn check(&self) {
        let waits = self.waits();
        assert!(waits.iter().all(|wait| !self.gone.contains(&wait.holder)), "{waits:?}");
        (0..self.topics).for_each(|n| self.check_topic(n));
        (0..self.meetings).for_each(|n| self.check_meeting(n));
        for order in (0..self.orders).map(|n| self.order(n)) {
            use OrderStage::{Accepted, Declined, Withdrawn};
            let ended = matches!(order.stage, Accepted | Declined | Withdrawn);
            assert_eq!(order.waits().is_empty(), ended);
            assert_eq!(order.ended.is_some(), ended);
            self.check_gate(&order);
        }
        for n in 0..self.matters {
            let matter = self.matter(n);
            let closed = matter.stage() == StageKind::Closed;
            assert_eq!(self.matter_due(n).is_none(), closed);
            assert!(!closed || matter.answered > Some(self.receipt(n).opened));
        }
    }

    /// What is the owners' left by a result that two persons confirmed and in which enough of
    /// them agreed, by the sums alone, before it left.
    fn check_gate(&self, order: &Order) {
        let Some((_, joint)) = order.decides.joint() else { return };
        let Some(Leave::Owners(id)) = order.leave else { panic!("left without their result") };
        let result: OwnersResult = self.book.state(id);
        assert!(result.ended.is_some_and(|confirmed| confirmed <= order.opened));
        assert_eq!(result.stage, ResultStage::Confirmed);
        let OwnersResult { total, took_part, in_favour, .. } = result;
        let fits = |total: u64, part: u64, yes: u64| {
            let enough = match joint {
                Joint::RaiseFund | Joint::Rebuild | Joint::ChangeUse => yes * 4 >= part * 3,
                _ => yes * 2 > part,
            };
            part * 3 >= total * 2 && enough
        };
        assert!(fits(total.heads, took_part.heads, in_favour.heads));
        assert!(fits(total.area, took_part.area, in_favour.area));
    }

    /// All that waits.
    fn waits(&self) -> Vec<Wait> {
        let matters = (0..self.matters).flat_map(|n| self.matter(n).waits());
        let topics = (0..self.topics).flat_map(|n| self.topic(n).waits());
        let meetings = (0..self.meetings).flat_map(|n| self.meeting(n).waits());
        let orders = (0..self.orders).flat_map(|n| self.order(n).waits());
        let results = (0..self.results).flat_map(|n| self.result(n).waits());
        matters.chain(topics).chain(meetings).chain(orders).chain(results).collect()
    }

    fn check_topic(&self, n: usize) {
        let topic = self.topic(n);
        let ended = matches!(topic.stage, TopicStage::Concluded | TopicStage::Dropped);
        assert_eq!(topic.waits().is_empty(), ended);
        assert_eq!(topic.ended.is_some(), ended);
        if topic.stage == TopicStage::Recommended {
            let meeting = self.meeting(index(topic.meetings.last().unwrap().0, 3_000));
            assert!(meeting.sitting.awaiting_owners().next().is_some(), "nothing waits for the owners");
        }
        if topic.stage == TopicStage::Scheduled {
            let meeting = self.meeting(index(topic.meetings.last().unwrap().0, 3_000));
            assert!(matches!(meeting.stage, MeetingStage::Called | MeetingStage::Open));
        }
    }

    fn check_meeting(&self, n: usize) {
        let meeting = self.meeting(n);
        self.check_ground(&meeting.agenda);
        let ended = matches!(meeting.stage, MeetingStage::Concluded | MeetingStage::Cancelled);
        assert_eq!(meeting.waits().is_empty(), ended && meeting.outcome.reissued.is_none());
        assert_eq!(meeting.ended.is_some(), ended);
        let opened = self.records(n, "meeting.opened.1").next().is_some();
        assert!(opened || matches!(meeting.stage, MeetingStage::Called | MeetingStage::Cancelled));
        for action in &meeting.outcome.actions {
            assert!(!ended || action.fate != Fate::Waiting, "agreed, and forgotten");
            if let Fate::Sent(order) = action.fate {
                assert!(self.book.loaded::<Order>(order).state.is_some());
            }
        }
        for motion in &meeting.sitting.motions {
            let roll = motion.roll.unwrap().present;
            if let Vote::Counted(counts, _) = motion.vote {
                let voted = counts.in_favour + counts.against + counts.abstain;
                assert!(voted <= counts.present && counts.present <= roll, "more votes than on the roll");
            }
        }
        if meeting.outcome.until.is_some() && meeting.outcome.reissued.is_none() {
            self.confirmed_by_two(n);
        }
        assert!(!ended || meeting.outcome.open_objections().next().is_none());
    }

    fn records(&self, meeting: usize, kind: &str) -> impl Iterator<Item = &Record> {
        let (name, kind) = (meeting_id(meeting).into(), kind.to_owned());
        let of = move |(stream, record): &&(_, Record)| *stream == name && record.kind == kind;
        self.book.records.iter().filter(of).map(|(_, record)| record)
    }

    /// Two persons confirmed the same minutes.
    fn confirmed_by_two(&self, n: usize) {
        let mut last = BTreeMap::new();
        for record in self.records(n, "meeting.confirmed.1") {
            let seat: Confirming = serde_json::from_value(record.public["seat"].clone()).unwrap();
            last.insert(seat, (&record.private["minutes"], &record.private["by"]));
        }
        let [chair, recorder] = [last[&Confirming::Chair], last[&Confirming::Recorder]];
        assert_eq!(chair.0, recorder.0);
        assert_ne!(chair.1, recorder.1);
    }

    /// Replaying every stream through the ledger's form gives its state, and the form is
    /// canonical.
    pub fn replay(&self) {
        for (_, record) in &self.book.records {
            let public = serde_json::to_string(&record.public).unwrap();
            for wrong in ["null", "true", "false"] {
                assert!(!public.contains(&format!(":{wrong}")), "{public}");
            }
        }
        self.replayed::<Matter>();
        self.replayed::<Receipt>();
        self.replayed::<Topic>();
        self.replayed::<Meeting>();
        self.replayed::<Seat>();
        self.replayed::<Ballot>();
        self.replayed::<Order>();
        self.replayed::<OwnersResult>();
        self.replayed::<crate::rulebook::Confirmation>();
    }

    fn replayed<S: Stream>(&self) {
        for (name, state) in self.book.all::<S>() {
            assert_eq!(self.book.replayed::<S>(name, |_| true).state, Some(state));
        }
    }
}
