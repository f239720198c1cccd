//! A danger that is open is reported once more: it keeps the earlier clock, and the graver risk.

use super::{Danger, Event, Reporter, Risk, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Refusal, Resource, Right};

/// Marks it once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportAgain {
    /// Who does.
    pub by: Reporter,
    /// What is at risk.
    pub risk: Risk,
}

impl Command for ReportAgain {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        self.by.right()
    }

    /// Whoever sees a danger says so, whatever it is about.
    fn resource(&self, on: &Danger, (): &(), ctx: &Context) -> Resource {
        Resource { parties: on.called.iter().copied().collect(), ..Resource::at(ctx.path) }
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, Refusal> {
        if !on.is_open() {
            return Err(Common::Ended.into());
        }
        let due = ctx.due(ctx.section::<Rules>().safe(self.risk)).at.min(on.due);
        let risk = if self.risk == Risk::Life { Risk::Life } else { on.risk };
        Ok(Decided::one(Event::ReportedAgain { risk, due }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;

    fn again(risk: Risk) -> ReportAgain {
        ReportAgain { by: Reporter::AtWork, risk }
    }

    #[test]
    fn a_second_report_keeps_the_earlier_clock_and_the_graver_risk() {
        let mut world = World::reported(Risk::Supply);
        let due = world.danger().due;
        world.wait(60);
        world.act(WORKER, again(Risk::Supply)).unwrap();
        assert_eq!((world.danger().due, world.danger().risk), (due, Risk::Supply));
        world.act(STEWARD, again(Risk::Life)).unwrap();
        let earlier = world.danger().due;
        assert!(earlier < due);
        assert_eq!(earlier, START.plus_seconds(3 * 3_600));
        world.wait(60);
        world.act(COMPANY_STAFF, again(Risk::Supply)).unwrap();
        assert_eq!((world.danger().due, world.danger().risk), (earlier, Risk::Life));
    }
}
