//! The part of a body that comes beside the lead (协办): when it was to come, by when its part is done,
//! whether it says that it is not its own. Nothing of it touches the lead's time or stops the whole:
//! who leads answers for all (首接负责).

use super::{Order, OrderKind, OrderStage, OrderStep, Refusal};
use yishi_kernel::context::Context;
use yishi_kernel::{Denied, HolderKey, Moment, OrganisationId, Stream as _, Urged, Wait};

/// How far the part of a body is (协办进展).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartStage {
    /// It is to come, or at work.
    Open,
    /// "Not ours", for the street to rule by then (退单待裁定).
    Disputed(Moment),
    /// Done then (本单位部分已办完).
    Done(Moment),
}

/// The part of a body that comes beside the lead (协办).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How far it is.
    pub stage: PartStage,
    /// By when it reports in.
    pub report_by: Moment,
    /// By when its part is done, where that is another day than the whole's.
    pub own_day: Option<Moment>,
    /// When the street ruled whose it is.
    pub ruled: Option<Moment>,
    /// How often the body was urged.
    pub urged: Urged,
}

impl Part {
    pub(super) fn called(report_by: Moment) -> Self {
        Self { stage: PartStage::Open, report_by, own_day: None, ruled: None, urged: Urged::default() }
    }
}

impl Order {
    /// By when a part is done: with the whole, or sooner.
    #[must_use]
    pub fn part_by(&self, part: &Part) -> Moment {
        part.own_day.map_or(self.finish_by, |own| own.min(self.finish_by))
    }

    /// Whether bodies beside the lead are waited for.
    fn has_parts_at_work(&self) -> bool {
        self.kind != OrderKind::Letter && matches!(self.stage, OrderStage::Sent | OrderStage::InWork)
    }

    /// What a part waits for.
    #[must_use]
    pub fn part_wait(&self, body: OrganisationId) -> Option<Wait> {
        let part = self.parts.get(&body).filter(|_| self.has_parts_at_work())?;
        let own = HolderKey::organisation(body);
        let (step, holder, due) = match part.stage {
            PartStage::Done(_) => return None,
            PartStage::Disputed(due) => (OrderStep::RulePart, HolderKey::desk(self.street), due),
            PartStage::Open if self.arrived.contains_key(&body) => {
                (OrderStep::FinishPart, own, self.part_by(part))
            }
            PartStage::Open => (OrderStep::ReportIn, own, part.report_by),
        };
        Some(Wait::new(step, holder, due, self.at()))
    }

    /// The part of a body, unless it is done or for the street to rule on.
    pub(super) fn open_part(&self, body: OrganisationId) -> Result<&Part, crate::Refusal> {
        let part = self.parts.get(&body).ok_or(Refusal::NotBeside)?;
        match part.stage {
            PartStage::Open => Ok(part),
            PartStage::Disputed(due) => Err(Refusal::PartDisputed(due).into()),
            PartStage::Done(_) => Err(Refusal::PartDone.into()),
        }
    }

    /// The body beside the lead that somebody acts for: one's own or, at the desk, the one named.
    pub(super) fn beside(
        &self,
        named: Option<OrganisationId>,
        ctx: &Context,
    ) -> Result<OrganisationId, crate::Refusal> {
        let own = |body: &&OrganisationId| match ctx.role.of_organisation() {
            true => ctx.actor.current(ctx.now).any(|grant| grant.organisation == Some(**body)),
            false => ctx.actor.is_of(**body),
        };
        let only_own = ctx.role.of_organisation() || self.resource(ctx.path, ctx.actor).keeps_away(ctx.actor);
        let found = match named {
            Some(named) => self.parts.keys().find(|body| **body == named),
            None => self.parts.keys().find(own),
        };
        match found {
            None => Err(Refusal::NotBeside.into()),
            Some(body) if only_own && !own(&body) => Err(Denied::Elsewhere.into()),
            Some(body) => Ok(*body),
        }
    }

    /// What the parts of bodies wait for.
    pub(super) fn part_waits(&self) -> impl Iterator<Item = Wait> {
        self.parts.keys().filter_map(|body| self.part_wait(*body))
    }

    /// All that were called beside the lead have a part of it from then on.
    pub(super) fn call_beside(&mut self, report_by: Moment) {
        let lead = self.lead();
        let beside = self.parties.iter().filter(|body| Some(**body) != lead);
        self.parts = beside.map(|body| (*body, Part::called(report_by))).collect();
    }

    /// Who leads has no part beside it, and who was not called has none at all.
    pub(super) fn keep_parts(&mut self) {
        let (lead, parties) = (self.lead(), &self.parties);
        self.parts.retain(|body, _| Some(*body) != lead && parties.contains(body));
    }

    /// The whole goes on: days that have passed meanwhile are the whole's again.
    /// None has to come before the whole goes on.
    pub(super) fn renew_parts(&mut self, now: Moment) {
        for part in self.parts.values_mut() {
            part.own_day = part.own_day.filter(|day| *day > now);
            part.report_by = part.report_by.max(self.report_by.min(self.finish_by));
        }
    }

    /// Changes the part of a body, where it has one.
    pub(super) fn part(&mut self, body: OrganisationId, change: impl FnOnce(&mut Part)) {
        if let Some(part) = self.parts.get_mut(&body) {
            change(part);
        }
    }

    /// The street ruled whose a part is.
    pub(super) fn part_ruled(
        &mut self,
        from: OrganisationId,
        to: Option<OrganisationId>,
        (report_by, own_day): (Moment, Option<Moment>),
        time: Moment,
    ) {
        if !self.parts.contains_key(&from) {
            return;
        }
        if to != Some(from) {
            self.parts.remove(&from);
            self.parties.remove(&from);
        }
        let Some(to) = to else { return };
        self.parties.insert(to);
        // Who leads, or has a part already, has that one.
        let taken = self.lead() == Some(to) || (to != from && self.parts.contains_key(&to));
        if !taken {
            self.parts.insert(to, Part { own_day, ruled: Some(time), ..Part::called(report_by) });
        }
    }
}
