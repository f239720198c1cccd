//! What commands must know in a town in memory: the same that the office looks up. Each is told with
//! the place at which the command is judged.

use crate::memory::{Memory, id_of};
use std::collections::BTreeMap;
use uuid::Uuid;
use yishi_domain::dangers::{self, Above, Alarm, Danger, GoUp, Lift, Report, Site, Work};
use yishi_domain::dispatch::{self, Ask, Desks, Order, OrderStage, Origin, Send, Source};
use yishi_domain::evaluation::{CallBack, Evaluate};
use yishi_domain::gatherings::{self, Gathering, Ground, Record, Said};
use yishi_domain::matters::{
    Add, Answer, Body, Carrier, Close, Exposed, Extend, HandOver, Join, Joining, Matter, MatterId, MergeInto,
    Outcome, Pair, Progress, Raise, Readers, Receipt, ReceiptId, Refusal as Why, Rules, Sorting, Spot,
    StageKind, ToHold, Triage, Unmerge, Waiting, Withdraw, Withdrawing,
};
use yishi_domain::people::OrganisationKind;
use yishi_domain::topics::{self, AnswerAll, Gather, OpenTopic, Opening, Topic, TopicId, one_place};
use yishi_kernel::access::About;
use yishi_kernel::{AccountId, Moment, PlaceId, Refusal, Sealed, Stream, StreamName, Urge};

/// What a command must know.
pub(crate) trait Knows<C, F> {
    /// That, and where it is judged.
    fn known(&self, name: &StreamName, command: &C) -> Result<(F, PlaceId), Refusal>;
}

/// Commands that must know nothing but the state.
macro_rules! nothing {
    ($on:ty: $($command:ty),+) => {$(
        impl Knows<$command, ()> for Memory {
            fn known(&self, name: &StreamName, _: &$command) -> Result<((), PlaceId), Refusal> {
                Ok(((), self.place_of::<$on>(name)?))
            }
        }
    )+};
}

nothing!(Matter: Progress, Urge<Matter>);
nothing!(Gathering: gatherings::CallOff);
nothing!(Order: dispatch::FinishPart, dispatch::RulePart, dispatch::Blow, dispatch::Decline, dispatch::ReportIn, dispatch::Dispute, dispatch::Rule,
    dispatch::FollowUp, dispatch::Progress, dispatch::Done, dispatch::Accept, dispatch::Return,
    dispatch::Extend, dispatch::Withdraw, Urge<Order>);
nothing!(Danger: dangers::See, dangers::Protect, dangers::MakeSafe, dangers::LookAgain, dangers::Fail,
    dangers::Doubt, dangers::Uphold, dangers::Clear);

impl Memory {
    fn place_of<S: Stream>(&self, name: &StreamName) -> Result<PlaceId, Refusal> {
        Ok(self.must::<S>(name.clone())?.at().unwrap_or(self.ledger()))
    }

    fn root(&self, mut id: MatterId) -> Result<MatterId, Refusal> {
        while let Some(into) = self.must::<Matter>(id)?.merged_into {
            id = into;
        }
        Ok(id)
    }

    /// Whom a thing is about that follows from a matter, or is carried by one.
    pub(crate) fn about(&self, name: &StreamName) -> About {
        let of = match name.kind() {
            "matter" => self.get::<Matter>(name.clone()).and_then(|matter| matter.merged_into),
            "order" => self.get::<Order>(name.clone()).and_then(|order| match order.source {
                Source::Matter(matter) => Some(matter),
                Source::Action { .. } => None,
            }),
            "danger" => self.get::<Danger>(name.clone()).map(|danger| danger.matter),
            _ => None,
        };
        of.and_then(|of| Some(self.get::<Matter>(self.root(of).ok()?)?.whom())).unwrap_or_default()
    }

    fn carrier(&self, of: MatterId) -> Result<(Carrier, PlaceId), Refusal> {
        let root = self.root(of)?;
        let matter = self.must::<Matter>(root)?.clone();
        let at = matter.at().unwrap_or(self.ledger());
        Ok((Carrier { root, matter, path: self.path(at) }, at))
    }

    fn carrier_of(&self, receipt: &StreamName) -> Result<(Carrier, PlaceId), Refusal> {
        self.carrier(self.must::<Receipt>(receipt.clone())?.matter)
    }

    fn receipts_of(&self, root: MatterId) -> Vec<(ReceiptId, &Receipt)> {
        let family = self.get::<Matter>(root).map(|matter| matter.family(root)).unwrap_or_default();
        let ids = family.iter().flat_map(|id| self.receipts.get(id).into_iter().flatten());
        ids.filter_map(|id| Some((*id, self.get::<Receipt>(*id)?))).collect()
    }

    fn dangers_of(&self, root: MatterId) -> Vec<&Danger> {
        let family = self.get::<Matter>(root).map(|matter| matter.family(root)).unwrap_or_default();
        let ids = family.iter().flat_map(|id| self.dangers.get(id).into_iter().flatten());
        ids.filter_map(|id| self.get::<Danger>(*id)).filter(|danger| danger.is_open()).collect()
    }

    fn to_hold(&self, person: Option<AccountId>) -> ToHold {
        ToHold { person: person.and_then(|id| self.person(id)) }
    }

    /// How often the same was solved before at the spot of a matter.
    fn solved_before(&self, matter: &Matter, category: &str) -> u32 {
        let days = i64::from(self.rules().section::<Rules>().repeats.days);
        let since = matter.raised.plus_seconds(-days * 86_400);
        let at = self.at.get(&matter.place).into_iter().flatten();
        let before = at.filter_map(|id| self.get::<Matter>(*id)).filter(|one| {
            let same = one.category.as_ref().is_some_and(|own| own.0 == category);
            let lately = one.raised > since && one.raised < matter.raised;
            let stood = one.outcome.is_some_and(|outcome| outcome != Outcome::NotAccepted);
            same && lately && stood && one.closed.is_some()
        });
        u32::try_from(before.count()).unwrap_or(u32::MAX)
    }

    fn origin(&self, of: MatterId, person: Option<AccountId>) -> Result<(Origin, PlaceId), Refusal> {
        let matter = self.must::<Matter>(of)?;
        let at = matter.at().unwrap_or(self.ledger());
        let desks = Desks { place: matter.place, desk: matter.desk, street: self.street() };
        Ok((
            Origin {
                stage: matter.stage(),
                about: matter.whom(),
                desks,
                to: self.to_hold(person),
                declined: None,
            },
            at,
        ))
    }
}

impl Knows<Raise, Spot> for Memory {
    fn known(&self, name: &StreamName, raise: &Raise) -> Result<(Spot, PlaceId), Refusal> {
        let kind = |id| match id == self.committee() {
            true => OrganisationKind::ResidentsCommittee,
            false => OrganisationKind::PropertyCompany,
        };
        let spot = Spot {
            own: id_of(name),
            ledger: self.ledger(),
            places: self.places(raise.place),
            closed: None,
            about: raise.about.map(|id| Body { kind: kind(id), ledger: self.ledger() }),
            alarm: Alarm { bodies: self.keepers() },
            floor: None,
        };
        Ok((spot, raise.place))
    }
}

impl Knows<Join, Joining> for Memory {
    fn known(&self, _: &StreamName, join: &Join) -> Result<(Joining, PlaceId), Refusal> {
        let (carrier, at) = self.carrier(join.matter)?;
        let same = |receipt: &Receipt| receipt.supporter.is(&join.opening.supporter);
        let held = self.receipts_of(carrier.root).into_iter().find(|(_, receipt)| same(receipt));
        Ok((Joining { carrier, held: held.map(|(id, _)| id) }, at))
    }
}

/// What is said on a receipt is judged over the matter that carries it.
macro_rules! by_carrier {
    ($($command:ty),+) => {$(
        impl Knows<$command, Carrier> for Memory {
            fn known(&self, name: &StreamName, _: &$command) -> Result<(Carrier, PlaceId), Refusal> {
                self.carrier_of(name)
            }
        }
    )+};
}

by_carrier!(Add, Evaluate, CallBack);

impl Knows<Withdraw, Withdrawing> for Memory {
    fn known(&self, name: &StreamName, _: &Withdraw) -> Result<(Withdrawing, PlaceId), Refusal> {
        let (carrier, at) = self.carrier_of(name)?;
        let own: ReceiptId = id_of(name);
        let stands = |(id, receipt): &(ReceiptId, &Receipt)| *id != own && receipt.withdrawn.is_none();
        let others = self.receipts_of(carrier.root).into_iter().filter(stands).count() as u64;
        let dangers = self.dangers_of(carrier.root).len() as u64;
        Ok((Withdrawing { carrier, others, dangers }, at))
    }
}

impl Knows<Triage, Sorting> for Memory {
    fn known(&self, name: &StreamName, triage: &Triage) -> Result<(Sorting, PlaceId), Refusal> {
        let matter = self.must::<Matter>(name.clone())?;
        let solved = self.solved_before(matter, &triage.category);
        let sorting = Sorting { to: self.to_hold(triage.person), solved, above: Some(self.street()) };
        Ok((sorting, self.place_of::<Matter>(name)?))
    }
}

impl Knows<HandOver, ToHold> for Memory {
    fn known(&self, name: &StreamName, command: &HandOver) -> Result<(ToHold, PlaceId), Refusal> {
        Ok((self.to_hold(command.person), self.place_of::<Matter>(name)?))
    }
}

impl Knows<Extend, Exposed> for Memory {
    fn known(&self, name: &StreamName, _: &Extend) -> Result<(Exposed, PlaceId), Refusal> {
        let exposed = self.dangers_of(id_of(name)).into_iter().filter(|danger| danger.protected.is_none());
        Ok((Exposed { dangers: exposed.count() as u64 }, self.place_of::<Matter>(name)?))
    }
}

impl Knows<Answer, Readers> for Memory {
    fn known(&self, name: &StreamName, _: &Answer) -> Result<(Readers, PlaceId), Refusal> {
        let receipts = self.receipts_of(id_of(name)).len() as u64;
        Ok((Readers { receipts }, self.place_of::<Matter>(name)?))
    }
}

impl Knows<Close, Waiting> for Memory {
    fn known(&self, name: &StreamName, _: &Close) -> Result<(Waiting, PlaceId), Refusal> {
        let answered = self.must::<Matter>(name.clone())?.answered;
        let waits = |receipt: &Receipt| {
            let heard = |answer: Moment| {
                receipt.is_later_than(answer)
                    || receipt.evaluation.is_some_and(|(evaluated, ..)| evaluated >= answer)
            };
            receipt.withdrawn.is_none() && !answered.is_some_and(heard)
        };
        let receipts = self.receipts_of(id_of(name)).into_iter().filter(|(_, receipt)| waits(receipt));
        let (receipts, dangers) = (receipts.count() as u64, self.dangers_of(id_of(name)).len() as u64);
        Ok((Waiting { receipts, dangers }, self.place_of::<Matter>(name)?))
    }
}

impl Memory {
    fn pair(&self, name: &StreamName, into: MatterId) -> Result<(Pair, PlaceId), Refusal> {
        let own = self.must::<Matter>(name.clone())?;
        let matter = self.must::<Matter>(into)?.clone();
        let path = self.path(matter.at().unwrap_or(self.ledger()));
        let held = self.to_hold(own.person.as_ref().and_then(Sealed::get).copied());
        Ok((Pair { own: id_of(name), into: matter, path, held }, self.place_of::<Matter>(name)?))
    }
}

impl Knows<MergeInto, Pair> for Memory {
    fn known(&self, name: &StreamName, merge: &MergeInto) -> Result<(Pair, PlaceId), Refusal> {
        self.pair(name, merge.into)
    }
}

impl Knows<Unmerge, Pair> for Memory {
    fn known(&self, name: &StreamName, _: &Unmerge) -> Result<(Pair, PlaceId), Refusal> {
        let into = self.must::<Matter>(name.clone())?.merged_into.ok_or(Why::NotMerged)?;
        self.pair(name, into)
    }
}

impl Knows<Send, Origin> for Memory {
    fn known(&self, _: &StreamName, send: &Send) -> Result<(Origin, PlaceId), Refusal> {
        self.origin(send.matter, send.person)
    }
}

impl Knows<Ask, Origin> for Memory {
    fn known(&self, _: &StreamName, ask: &Ask) -> Result<(Origin, PlaceId), Refusal> {
        self.origin(ask.matter, None)
    }
}

impl Knows<Report, Site> for Memory {
    fn known(&self, _: &StreamName, report: &Report) -> Result<(Site, PlaceId), Refusal> {
        let matter = self.must::<Matter>(report.matter)?;
        let exact = matter.at().unwrap_or(matter.place);
        let site = Site {
            stage: matter.stage(),
            place: matter.place,
            exact,
            desk: matter.desk,
            holding: matter.holder.organisation(),
            alarm: Alarm { bodies: self.keepers() },
            open: self.dangers_of(report.matter).len() as u64,
        };
        Ok((site, exact))
    }
}

impl Knows<GoUp, Above> for Memory {
    fn known(&self, name: &StreamName, _: &GoUp) -> Result<(Above, PlaceId), Refusal> {
        let danger = self.must::<Danger>(name.clone())?;
        // Nobody works above the street.
        let desk = (danger.came_to != self.street()).then(|| self.street());
        Ok((Above { desk }, self.place_of::<Danger>(name)?))
    }
}

impl Knows<Lift, Work> for Memory {
    fn known(&self, name: &StreamName, _: &Lift) -> Result<(Work, PlaceId), Refusal> {
        let root = self.root(self.must::<Danger>(name.clone())?.matter)?;
        let matter = self.must::<Matter>(root)?;
        let family = matter.family(root);
        let ids = family.iter().flat_map(|id| self.orders.get(id).into_iter().flatten());
        let orders: Vec<&Order> = ids.filter_map(|id| self.get::<Order>(*id)).collect();
        let open = orders.iter().filter(|order| order.ended.is_none()).count();
        let accepted = orders.iter().filter(|order| order.stage == OrderStage::Accepted).count();
        let handlers = || matter.handlers.iter().filter_map(Sealed::get).copied().collect();
        let work = match (open, accepted, matter.stage()) {
            (0, 1.., _) => Work::Accepted,
            (0, 0, StageKind::Answered | StageKind::Closed) => Work::Answered(handlers()),
            _ => Work::Open,
        };
        Ok((work, self.place_of::<Danger>(name)?))
    }
}

impl Memory {
    fn gathered(
        &self,
        id: TopicId,
        matters: impl IntoIterator<Item = MatterId>,
    ) -> Result<topics::Gathering, Refusal> {
        let mut found: Vec<Carrier> = Vec::new();
        for id in matters {
            let matter = self.must::<Matter>(id)?.clone();
            let path = self.path(matter.at().unwrap_or(self.ledger()));
            if found.iter().all(|known| known.root != id) {
                found.push(Carrier { root: id, matter, path });
            }
        }
        Ok(topics::Gathering { id, matters: found, table: Vec::new() })
    }

    fn ground(&self, at: PlaceId, record: Option<&Record>) -> Result<(Ground, PlaceId), Refusal> {
        let mut known = BTreeMap::new();
        for line in record.iter().flat_map(|record| &record.lines) {
            if let Said::Known { matter, .. } = &line.what {
                known.insert(*matter, self.carrier(*matter)?.0);
            }
        }
        let spot = Spot {
            // Each line gets a matter of its own.
            own: MatterId(Uuid::nil()),
            ledger: self.ledger(),
            places: self.places(at),
            closed: None,
            about: None,
            alarm: Alarm::default(),
            floor: None,
        };
        Ok((Ground { spot, known }, at))
    }
}

impl Knows<OpenTopic, Opening> for Memory {
    fn known(&self, name: &StreamName, open: &OpenTopic) -> Result<(Opening, PlaceId), Refusal> {
        let gathering = self.gathered(id_of(name), open.matters.iter().copied())?;
        let place = one_place(gathering.matters.iter().map(|one| one.matter.place), self.ledger());
        let desk = gathering.matters.first().map_or(self.ledger(), |one| one.matter.desk);
        Ok((Opening { place, desk, gathering }, place))
    }
}

impl Knows<Gather, topics::Gathering> for Memory {
    fn known(&self, name: &StreamName, gather: &Gather) -> Result<(topics::Gathering, PlaceId), Refusal> {
        let gathering = self.gathered(id_of(name), gather.matters.iter().copied())?;
        Ok((gathering, self.place_of::<Topic>(name)?))
    }
}

impl Knows<AnswerAll, topics::Gathering> for Memory {
    fn known(&self, name: &StreamName, _: &AnswerAll) -> Result<(topics::Gathering, PlaceId), Refusal> {
        let own = self.must::<Topic>(name.clone())?.matters.clone();
        let mut roots = Vec::new();
        for id in own {
            roots.push(self.root(id)?);
        }
        Ok((self.gathered(id_of(name), roots)?, self.place_of::<Topic>(name)?))
    }
}

impl Knows<topics::Drop, topics::Gathering> for Memory {
    fn known(&self, name: &StreamName, _: &topics::Drop) -> Result<(topics::Gathering, PlaceId), Refusal> {
        let own = self.must::<Topic>(name.clone())?.matters.clone();
        Ok((self.gathered(id_of(name), own)?, self.place_of::<Topic>(name)?))
    }
}

impl Knows<gatherings::Open, Ground> for Memory {
    fn known(&self, _: &StreamName, open: &gatherings::Open) -> Result<(Ground, PlaceId), Refusal> {
        self.ground(open.place, open.record.as_ref())
    }
}

impl Knows<Record, Ground> for Memory {
    fn known(&self, name: &StreamName, record: &Record) -> Result<(Ground, PlaceId), Refusal> {
        let gathering = self.must::<Gathering>(name.clone())?;
        self.ground(gathering.at.get().copied().unwrap_or(gathering.place), Some(record))
    }
}
