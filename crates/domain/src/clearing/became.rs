//! What became of a thing since a run took it in, from its entries and what waits of it now: so that
//! nobody types what is known. Only what says more than that is said by hand.

use super::{Item, Outcome, Refusal, Rules, RunStage, Waited};
use yishi_kernel::{Context, Moment};

/// What happened to a thing, as far as it marks an item (销账依据).
#[derive(Clone, Debug, PartialEq)]
pub struct Became {
    /// Where the run stands.
    pub run: RunStage,
    /// What happened since it was taken in, in order.
    pub since: Vec<Happened>,
    /// How often it had been put off before.
    pub extensions: u32,
    /// What waits of it now; nothing once it is at its end.
    pub stands: Option<Stands>,
    /// How many dangers of it are open that nothing protects.
    pub exposed: u64,
}

/// An entry that marks (发生的事).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What it comes to.
    pub outcome: Outcome,
    /// Its number.
    pub entry: u64,
}

/// The next step of a thing (下一步).
#[derive(Clone, Debug, PartialEq)]
pub struct Stands {
    /// Which.
    pub step: Waited,
    /// By when.
    pub due: Moment,
}

/// What an entry of a thing comes to, by its kind; nothing where it decides nothing here.
#[must_use]
pub fn comes_to(kind: &str) -> Option<Outcome> {
    let plain = kind.rsplit_once('.').map_or(kind, |(plain, _)| plain);
    Some(match plain {
        "matter.closed" | "order.accepted" | "promise.kept" | "topic.concluded" | "meeting.concluded"
        | "danger.cleared" | "danger.lifted" | "exclusion.granted" | "exclusion.refused" => Outcome::Closed,
        "matter.withdrawn" | "matter.merged" | "order.withdrawn" | "order.declined" | "promise.broken"
        | "topic.dropped" | "meeting.cancelled" => Outcome::Withdrawn,
        "matter.sent_up" | "danger.went_up" | "meeting.sent_up" => Outcome::Lifted,
        "order.blown" => Outcome::Whistled,
        "matter.extended"
        | "order.extended"
        | "order.returned"
        | "order.resumed"
        | "order.followed_up"
        | "promise.renewed"
        | "danger.looked_again" => Outcome::Extended,
        _ => return None,
    })
}

/// Whether an entry puts a thing off, so that it counts as an extension ever after: looking at a
/// fence again, or asking again for an answer to a letter, does not.
#[must_use]
pub fn puts_off(kind: &str) -> bool {
    let plain = kind.rsplit_once('.').map_or(kind, |(plain, _)| plain);
    matches!(plain, "matter.extended" | "order.extended" | "promise.renewed")
}

impl Became {
    /// Whether a further extension answers nothing: it was put off too often (延期次数已满).
    #[must_use]
    pub fn is_worn_out(&self, rules: &Rules) -> bool {
        let most = rules.extensions.up_after;
        most > 0 && self.extensions >= most
    }

    /// What the thing itself says of an item; nothing where somebody has to say it.
    #[must_use]
    pub fn says(&self, item: &Item, rules: &Rules, now: Moment) -> Option<(Outcome, Option<u64>)> {
        let ended = |outcome: Outcome| matches!(outcome, Outcome::Closed | Outcome::Withdrawn);
        let last = |wanted: &dyn Fn(Outcome) -> bool| {
            self.since.iter().rev().find(|one| wanted(one.outcome)).map(|one| (one.outcome, Some(one.entry)))
        };
        let Some(stands) = &self.stands else {
            return last(&ended).or_else(|| {
                let entry = self.since.last().map(|one| one.entry);
                Some((Outcome::Closed, entry))
            });
        };
        let counts = |outcome: Outcome| match outcome {
            Outcome::Lifted | Outcome::Whistled => true,
            Outcome::Extended => stands.due > now && self.exposed == 0 && !self.is_worn_out(rules),
            Outcome::Closed | Outcome::Withdrawn | Outcome::Advanced | Outcome::OnTrack => false,
        };
        let moved = || (stands.step != item.step && stands.due > now).then_some((Outcome::Advanced, None));
        last(&counts).or_else(moved)
    }

    /// That the run is open: a sheet that was signed stays as it is.
    pub(super) fn must_run(&self) -> Result<(), Refusal> {
        match self.run {
            RunStage::Open => Ok(()),
            RunStage::Finished => Err(Refusal::Finished),
        }
    }

    /// What waits of the thing.
    pub(super) fn must_wait(&self) -> Result<&Stands, Refusal> {
        self.stands.as_ref().ok_or(Refusal::ThingEnded)
    }

    /// That nothing happened which says more than a word could.
    pub(super) fn must_be_silent(&self, item: &Item, ctx: &Context) -> Result<(), Refusal> {
        match self.says(item, ctx.section::<Rules>(), ctx.now) {
            Some((outcome, _)) if outcome != Outcome::Advanced => Err(Refusal::Happened(outcome)),
            _ => Ok(()),
        }
    }
}
