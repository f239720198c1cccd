//! Any events in any order make a state: replaying never fails, whatever was recorded.

use super::files::{STREAMS, replay};
use yishi_domain::dispatch::{Order, OrderStage};
use yishi_domain::matters::{Matter, MatterId, Receipt, StageKind};
use yishi_domain::meetings::{Meeting, MeetingStage, Seat};
use yishi_domain::topics::{Topic, TopicStage};
use yishi_domain::{PhotoDigest, Stream};

#[test]
fn any_events_in_any_order_replay() {
    STREAMS.iter().for_each(|kind| (kind.replay)());
}

/// What has come to its end waits for nobody, and what has not waits for somebody.
fn waits_until<S: Stream>(ended: impl Fn(&S) -> bool) {
    replay::<S>(|state| assert_eq!(state.waits().is_empty(), ended(state), "{state:?}"));
}

#[test]
fn whatever_is_not_at_its_end_waits_for_somebody() {
    waits_until::<Matter>(|matter| matches!(matter.stage(), StageKind::Closed | StageKind::Merged));
    waits_until::<Topic>(|topic| matches!(topic.stage, TopicStage::Concluded | TopicStage::Dropped));
    waits_until::<Meeting>(|meeting| {
        // Minutes may have to be confirmed again long after.
        let ended = matches!(meeting.stage, MeetingStage::Concluded | MeetingStage::Cancelled);
        ended && meeting.outcome.reissued.is_none()
    });
    waits_until::<Order>(|order| {
        matches!(order.stage, OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn)
    });
}

/// What pages ask of a state beside what every stream is asked.
#[test]
fn any_state_can_be_asked_what_pages_ask() {
    let own = MatterId(uuid::Uuid::from_u128(1));
    replay::<Matter>(|matter| {
        let merged = matter.stage() == StageKind::Merged;
        assert_eq!(matter.family(own).contains(&own), !merged);
    });
    replay::<Receipt>(|receipt| {
        let missed = receipt.called().map_or(0, |(_, missed)| missed);
        assert!(missed <= receipt.calls.len() as u64);
    });
    replay::<Meeting>(|meeting| {
        let sitting = &meeting.sitting;
        let _ = (sitting.voting(), sitting.counting(), meeting.outcome.minutes());
        let topics = sitting.motions.iter().map(|motion| (motion.topic, motion.agreed_hands()));
        topics.for_each(|(topic, _)| assert!(meeting.waiting(topic) <= meeting.outcome.actions.len() as u64));
    });
    replay::<Seat>(|seat| assert!(!(seat.votes() && seat.struck.is_some())));
}

/// Erasing whose a photo is takes it away from everyone, and what nobody uses is swept: nothing
/// else may say that it can be seen.
#[test]
fn whatever_anyone_may_see_is_a_file_that_is_kept() {
    fn kept<'a>(state: &impl Stream, seen: impl IntoIterator<Item = &'a PhotoDigest>) {
        let files = state.files();
        seen.into_iter().for_each(|photo| assert!(files.contains(&photo.0.as_str()), "{state:?}"));
    }
    replay::<Matter>(|matter| kept(matter, &matter.published));
    replay::<Order>(|order| kept(order, &order.published));
    replay::<Meeting>(|meeting| kept(meeting, &meeting.agenda.notices));
}
