//! A danger goes up a desk by itself when nobody has seen it in time, or it is not safe in time,
//! and further as long as that is so. Its clock stays what it was.

use super::{Danger, Event, GO_UP, Refusal, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{PlaceId, Right};

/// Goes up a desk (报上一级).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoUp;

/// The desk above the highest that it has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Above {
    /// The first where somebody works; none where nobody does.
    pub desk: Option<PlaceId>,
}

impl Command for GoUp {
    type On = Danger;
    type Facts = Above;

    fn right(&self) -> &'static Right {
        &GO_UP
    }

    fn decide(self, on: &Danger, above: &Above, ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        let late = on.goes_up().is_some_and(|by| by <= ctx.now);
        let desk = above.desk.filter(|_| late).ok_or(Refusal::NeedNotGoUp)?;
        Ok(Decided::one(Event::WentUp { desk, due: ctx.due(&ctx.section::<Rules>().seen).at }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStep, Risk, See};
    use crate::testing::place;
    use yishi_kernel::{HolderKey, Stream};

    #[test]
    fn unseen_after_thirty_minutes_it_goes_up_a_desk_and_the_clock_stays() {
        let mut world = World::reported(Risk::Life);
        let due = world.danger().due;
        world.wait(29);
        assert_eq!(world.go_up().unwrap_err(), Refusal::NeedNotGoUp);
        world.wait(1);
        world.go_up().unwrap();
        let first = world.danger().waits().remove(0);
        assert_eq!((first.step(), first.holder), (Some(DangerStep::See), HolderKey::desk(place(1))));
        assert_eq!(first.due, START.plus_seconds(60 * 60));
        assert_eq!(world.danger().due, due);
        world.act(STREET, See).unwrap();
        assert_eq!(world.danger().goes_up(), Some(due), "next when it is not safe in time");
        world.wait(90);
        assert_eq!(world.go_up().unwrap_err(), Refusal::NeedNotGoUp, "nobody works above the street");
    }

    #[test]
    fn seen_and_not_safe_in_time_it_goes_up_too() {
        let mut world = World::reported(Risk::Life);
        world.act(WORKER, See).unwrap();
        assert_eq!(world.act(WORKER, See).unwrap_err(), Refusal::IsSeen);
        world.wait(119);
        assert_eq!(world.go_up().unwrap_err(), Refusal::NeedNotGoUp);
        world.wait(1);
        world.go_up().unwrap();
        let first = world.danger().waits().remove(0);
        assert_eq!((first.step(), first.holder), (Some(DangerStep::Press), HolderKey::desk(place(1))));
    }
}
