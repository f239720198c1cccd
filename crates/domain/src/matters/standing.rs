//! How the work on a matter stands, and what a merge makes of it: the matter that goes on stands
//! at least as far as each that was merged into it, and keeps the earliest promise. Once
//! something is done to the whole, that counts for all of them; until then each can be let go
//! and nothing is left behind. No rules here.

use super::ids::MatterId;
use super::rules::CategoryCode;
use super::words::{Outcome, StageKind};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::record::Staff;
use yishi_kernel::{AccountId, Holder, Moment, Sealed};

/// How the work on a matter stands (办理情况).
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Where it stands by itself.
    pub stage: StageKind,
    /// What sorting came to.
    pub outcome: Option<Outcome>,
    /// What it is about.
    pub category: Option<CategoryCode>,
    /// Who holds it.
    pub holder: Holder,
    /// The person, when a person holds it.
    pub person: Option<Sealed<AccountId, Staff>>,
    /// By when the next step is due.
    pub due: Moment,
    /// Those who ever held, worked on or answered it.
    pub handlers: Vec<Sealed<AccountId, Staff>>,
}

/// A step that was taken, and by when it was to be (按时情况).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// When it was taken.
    pub at: Moment,
    /// By when it was to be.
    pub due: Moment,
}

impl Timed {
    /// Whether it was taken before it was due.
    #[must_use]
    pub fn in_time(&self) -> bool {
        self.at <= self.due
    }
}

/// A matter that was merged into another one (归并进来的事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Itself and all that was merged into it before.
    pub family: BTreeSet<MatterId>,
    /// Since when.
    pub since: Moment,
    /// What it brought, until something was done to the whole.
    pub brought: Option<Brought>,
}

/// What a matter brings when it is merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// By when its next step was due.
    pub due: Moment,
    /// How it had been sorted, where it was.
    pub sorted: Option<Sorted>,
    /// Those who ever held, worked on or answered it.
    pub handlers: Vec<Sealed<AccountId, Staff>>,
}

/// How a matter was sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    /// Into which outcome.
    pub outcome: Outcome,
    /// About what.
    pub category: CategoryCode,
    /// Who holds it.
    pub holder: Holder,
    /// The person, when a person holds it.
    pub person: Option<Sealed<AccountId, Staff>>,
}

impl Standing {
    /// The same with somebody among those who handled it.
    pub(super) fn handled_by(&mut self, by: &Sealed<AccountId, Staff>) {
        if !self.handlers.contains(by) {
            self.handlers.push(by.clone());
        }
    }

    /// How the whole stands with what its members brought: the first of them that was sorted
    /// says who holds what was not.
    pub(super) fn with(&self, members: &BTreeMap<MatterId, Member>) -> Self {
        let mut whole = self.clone();
        let mut members: Vec<&Member> = members.values().collect();
        members.sort_by_key(|member| member.since);
        for brought in members.into_iter().filter_map(|member| member.brought.as_ref()) {
            whole.due = whole.due.min(brought.due);
            if let Some(sorted) = brought.sorted.as_ref().filter(|_| whole.stage == StageKind::Raised) {
                whole.stage = StageKind::InHand;
                whole.outcome = Some(sorted.outcome);
                whole.category = Some(sorted.category.clone());
                whole.holder = sorted.holder;
                whole.person.clone_from(&sorted.person);
            }
            brought.handlers.iter().for_each(|by| whole.handled_by(by));
        }
        whole
    }
}
