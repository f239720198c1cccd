//! Beginning a meeting (开会): once its notice hung long enough, or a reason for haste stands.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::HOLD;
use super::rules::Rules;
use super::state::Meeting;
use super::words::MeetingStage;
use yishi_kernel::{Command, Context, Decided, Right};

/// How long before its time a meeting may begin, in seconds.
pub(super) const BEFORE: i64 = 30 * 60;

/// It begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open;

impl Command for Open {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Called)?;
        let agenda = &meeting.agenda;
        if agenda.posted.is_none() {
            return Err(Refusal::NotPosted.into());
        }
        if agenda.hurry.is_none() && ctx.now < agenda.earliest {
            return Err(Refusal::ShortNotice { earliest: agenda.earliest }.into());
        }
        if ctx.now.plus_seconds(BEFORE) < agenda.starts {
            return Err(Refusal::TooEarly { starts: agenda.starts }.into());
        }
        Ok(Decided::one(Event::Opened { due: ctx.due(&ctx.section::<Rules>().resolve).at }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::{MINUTE, START, WORKER, World};

    #[test]
    fn it_begins_thirty_minutes_before_its_time_at_the_earliest_and_only_once_posted() {
        let mut world = World::with_topic();
        world.call(WORKER, world.calling("market", &[0])).unwrap();
        let starts = world.meeting(0).agenda.starts;
        world.now = starts;
        assert_eq!(world.meet(WORKER, 0, Open).unwrap_err(), Refusal::NotPosted);
        world.now = START;
        world.post().unwrap();
        world.now = starts.plus_seconds(-30 * MINUTE - 1);
        assert_eq!(world.meet(WORKER, 0, Open).unwrap_err(), Refusal::TooEarly { starts });
        world.now = starts.plus_seconds(-30 * MINUTE);
        world.meet(WORKER, 0, Open).unwrap();
        let again = world.meet(WORKER, 0, Open).unwrap_err();
        assert_eq!(again, Refusal::Stage(MeetingStage::Open));
    }
}
