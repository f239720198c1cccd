//! Confirming the minutes (确认纪要): chair and recorder, of one text. Once their time is over,
//! whoever rules on objections stands in for one of them, so that nobody's leaving keeps a
//! result from being published; still two persons confirm.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::{CONFIRM, STAND_IN};
use super::rules::Rules;
use super::state::Meeting;
use super::words::{Confirming, MeetingStage};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Command, Context, Decided, Denied, Refusal, Right, Stream};

/// Chair or recorder confirms the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// SHA-256 of the text, in hex.
    pub minutes: String,
}

impl Command for Confirm {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn decide(self, meeting: &Meeting, (): &(), ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        let account = ctx.actor.account.ok_or(Denied::NotHolder)?;
        let seat = self.own_seat(meeting, account).or_else(|| vacant(meeting, account, ctx));
        let seat = seat.ok_or(Denied::NotHolder)?;
        if meeting.stage != MeetingStage::Held && meeting.outcome.reissued.is_none() {
            return Err(Why::Stage(meeting.stage).into());
        }
        if meeting.outcome.confirmed.get(&seat).is_some_and(|one| one.minutes == *self.minutes) {
            return Err(Common::Exists.into());
        }
        let due = ctx.due(&ctx.section::<Rules>().confirm).at;
        Ok(Decided::one(Event::Confirmed { seat, minutes: self.minutes.into(), due }))
    }
}

impl Confirm {
    /// As what this account confirms, unless somebody stood in for it with the same text.
    fn own_seat(&self, meeting: &Meeting, account: AccountId) -> Option<Confirming> {
        let taken = |seat: &Confirming| {
            let known = meeting.outcome.confirmed.get(seat);
            known.is_some_and(|one| one.minutes == *self.minutes && !one.is_by(account))
        };
        let seats =
            [(Confirming::Chair, &meeting.agenda.chair), (Confirming::Recorder, &meeting.agenda.recorder)];
        let own = seats.into_iter().filter(|(_, who)| who.is(&account)).map(|(seat, _)| seat);
        own.into_iter().find(|seat| !taken(seat))
    }
}

/// The seat that somebody else may take once its time is over.
fn vacant(meeting: &Meeting, account: AccountId, ctx: &Context) -> Option<Confirming> {
    let confirmed = &meeting.outcome.confirmed;
    let late = meeting.outcome.reissued.unwrap_or(meeting.due) <= ctx.now;
    let twice = confirmed.values().any(|one| one.is_by(account));
    let may = ctx.may(&STAND_IN, &meeting.resource(ctx.path, ctx.actor)).is_ok();
    let missing = Confirming::ALL.iter().find(|seat| !confirmed.contains_key(seat));
    missing.copied().filter(|_| late && may && !twice)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Adjourn, Call, Open};
    use yishi_kernel::Moment;

    #[test]
    fn chair_and_recorder_confirm_the_same_text() {
        let mut world = World::resolved(0);
        assert_eq!(world.confirm(COLLEAGUE, "ab").unwrap_err(), Denied::NotHolder);
        assert_eq!(world.confirm(STREET, "ab").unwrap_err(), Denied::NotHolder);
        world.confirm(SECRETARY, "ab").unwrap();
        assert_eq!(world.confirm(SECRETARY, "ab").unwrap_err(), Common::Exists);
        // Another text: the chair looks again.
        world.confirm(WORKER, "cd").unwrap();
        assert_eq!(world.meeting(0).stage, MeetingStage::Held);
        assert!(!world.meeting(0).outcome.confirmed.contains_key(&Confirming::Chair));
        world.confirm(SECRETARY, "cd").unwrap();
        assert_eq!(world.meeting(0).stage, MeetingStage::Confirmed);
        assert_eq!(world.meeting(0).outcome.minutes(), Some("cd".repeat(32).as_str()));
        assert!(matches!(world.confirm(SECRETARY, "cd").unwrap_err().denied(), Some(Denied::Stage(_))));
    }

    #[test]
    fn minutes_nobody_confirms_in_time_are_confirmed_by_who_rules_on_objections() {
        let mut world = World::with_topic();
        // The chair has left, the recorder is of a body and keeps no minutes.
        let call =
            Call { chair: account(9), recorder: account(LAMP_OFFICER), ..world.calling("market", &[0]) };
        world.call(WORKER, call).unwrap();
        world.post().unwrap();
        world.now = world.now.plus_seconds(4 * DAY);
        world.meet(WORKER, 0, Open).unwrap();
        world.meet(WORKER, 0, Adjourn { reason: "到会不足".to_owned() }).unwrap();
        let (_, _, due) = world.meeting(0).next().unwrap();
        world.now = Moment(due.0 - 1);
        assert_eq!(world.confirm(SECRETARY, "ab").unwrap_err(), Denied::NotHolder);
        world.now = due;
        assert_eq!(world.confirm(COLLEAGUE, "ab").unwrap_err(), Denied::NotHolder);
        world.confirm(SECRETARY, "ab").unwrap();
        // Still two persons, and the second only once more time is over.
        let (_, _, due) = world.meeting(0).next().unwrap();
        assert_eq!(world.confirm(STREET, "ab").unwrap_err(), Denied::NotHolder);
        world.now = due;
        assert_eq!(world.confirm(SECRETARY, "ab").unwrap_err(), Denied::NotHolder);
        world.confirm(STREET, "ab").unwrap();
        assert_eq!(world.meeting(0).stage, MeetingStage::Confirmed);
    }
}
