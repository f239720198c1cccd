//! A small world that does what the office does, without a store: one street with a community,
//! its people, and every move that they can make.

use crate::dangers::{Alarm, Danger};
use crate::evaluation::{CallBack, CallWay, Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use crate::matters::*;
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use crate::testing::{Book, account, body, context, person, place, rules};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;
use yishi_kernel::access::{Actor, Claim, Committee};
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    Command, Context, Heir, Holder, HolderKey, Moment, OrganisationId, Pack, Passing, PhotoDigest, PlaceId,
    Refusal, Role, StreamName,
};

pub const MATTERS: usize = 4;
pub const DAY: i64 = 86_400;

pub fn matter_id(n: usize) -> MatterId {
    MatterId(Uuid::from_u128(1_000 + n as u128))
}

pub fn receipt_id(n: usize) -> ReceiptId {
    ReceiptId(Uuid::from_u128(2_000 + n as u128))
}

/// Street 1, community 2, compound 3, building 4, stairwell 5.
pub fn path() -> Vec<PlaceId> {
    (1..=5).map(place).collect()
}

/// The stairwell, where a matter is raised.
pub fn spot(own: MatterId) -> Spot {
    use PlaceKind::{Building, Community, Compound, Stairwell, Street};
    let kinds = [Street, Community, Compound, Building, Stairwell];
    let places = path().into_iter().zip(kinds).collect();
    Spot { own, ledger: place(2), places, closed: None, about: None, alarm: Alarm::default(), floor: None }
}

/// Another stairwell, 7, of building 6 in the same compound.
pub fn elsewhere(own: MatterId) -> Spot {
    let mut there = spot(own);
    there.places[3].0 = place(6);
    there.places[4].0 = place(7);
    there
}

fn committee() -> OrganisationId {
    body(77)
}

fn staff(n: u128, role: Role, at: u128) -> Actor {
    let of_office = Committee { id: committee(), desk: place(2) };
    Actor { employer: Some(committee()), committees: vec![of_office], ..person(n, role, at) }
}

pub fn actors() -> Vec<Actor> {
    vec![
        Actor::visitor(),
        staff(1, Role::CommunityWorker, 2),
        staff(2, Role::CommunityWorker, 2),
        staff(3, Role::Steward, 5),
        person(4, Role::StreetOfficer, 1),
        person(5, Role::Administrator, 1),
    ]
}

pub fn opening(n: usize) -> Opening {
    Opening {
        proof: Proof::Device,
        secret: None,
        supporter: format!("device-{}", n % 5),
        name: String::new(),
        contact: "某人 8123".to_owned(),
        consent: None,
    }
}

/// Somebody says something at the stairwell.
pub fn said(text: &str, photos: usize) -> Raise {
    Raise {
        behalf: Behalf::Own,
        channel: Channel::Poster,
        place: place(5),
        shown: Shown::Building,
        about: None,
        about_person: None,
        category: None,
        title: None,
        text: text.to_owned(),
        photos: (0..photos).map(|n| PhotoDigest(n.to_string())).collect(),
        occurred_at: None,
        source: None,
        after: None,
        floor: None,
        danger: None,
        receipt: receipt_id(0),
        opening: opening(0),
    }
}

pub fn evaluation(solved: Solved) -> Evaluation {
    Evaluation { solved, satisfaction: Satisfaction::Mostly, comment: String::new() }
}

#[derive(Clone, Debug)]
pub enum Move {
    Raise { about_committee: u8 },
    Join { matter: usize },
    Triage { matter: usize, outcome: usize, to: u128 },
    Progress { matter: usize },
    Extend { matter: usize, days: i64, dangers: u64 },
    HandOver { matter: usize, to: u128 },
    Mend { matter: usize, outcome: usize, category: usize, away: bool },
    Answer { matter: usize },
    Evaluate { receipt: usize, solved: Solved },
    CallBack { receipt: usize, said: Option<Solved> },
    Add { receipt: usize, text: bool },
    Withdraw { receipt: usize },
    Reissue { receipt: usize, known_by: KnownBy },
    Close { matter: usize },
    Merge { member: usize, into: usize },
    Unmerge { member: usize },
    Wait { days: i64 },
    End { person: u128, heir: Option<u128> },
}

pub fn moves() -> impl Strategy<Value = (usize, Move)> {
    let matter = 0..MATTERS;
    let solved = || prop::sample::select(Solved::ALL);
    let each = prop_oneof![
        2 => (0_u8..4).prop_map(|about_committee| Move::Raise { about_committee }),
        2 => matter.clone().prop_map(|matter| Move::Join { matter }),
        4 => (matter.clone(), 0..5_usize, 1..5_u128)
            .prop_map(|(matter, outcome, to)| Move::Triage { matter, outcome, to }),
        1 => matter.clone().prop_map(|matter| Move::Progress { matter }),
        1 => (matter.clone(), -3_i64..20, 0_u64..2)
            .prop_map(|(matter, days, dangers)| Move::Extend { matter, days, dangers }),
        1 => (matter.clone(), 1..5_u128).prop_map(|(matter, to)| Move::HandOver { matter, to }),
        2 => (matter.clone(), 0..5_usize, 0..2_usize, any::<bool>())
            .prop_map(|(matter, outcome, category, away)| Move::Mend { matter, outcome, category, away }),
        4 => matter.clone().prop_map(|matter| Move::Answer { matter }),
        4 => (0..12_usize, solved()).prop_map(|(receipt, solved)| Move::Evaluate { receipt, solved }),
        1 => (0..12_usize, prop::option::of(solved()))
            .prop_map(|(receipt, said)| Move::CallBack { receipt, said }),
        1 => (0..12_usize, any::<bool>()).prop_map(|(receipt, text)| Move::Add { receipt, text }),
        2 => (0..12_usize).prop_map(|receipt| Move::Withdraw { receipt }),
        1 => (0..12_usize, prop::sample::select(KnownBy::ALL))
            .prop_map(|(receipt, known_by)| Move::Reissue { receipt, known_by }),
        3 => matter.clone().prop_map(|matter| Move::Close { matter }),
        3 => (matter.clone(), matter.clone()).prop_map(|(member, into)| Move::Merge { member, into }),
        2 => matter.prop_map(|member| Move::Unmerge { member }),
        1 => (0_i64..10).prop_map(|days| Move::Wait { days }),
        1 => (1..5_u128, prop::option::of(1..5_u128)).prop_map(|(person, heir)| Move::End { person, heir }),
    ];
    (0..6_usize, each)
}

pub struct World {
    pub book: Book,
    pub rules: Pack,
    pub now: Moment,
    matters: usize,
    receipts: usize,
    /// Persons who are no longer there.
    pub gone: Vec<HolderKey>,
}

impl World {
    pub fn new() -> Self {
        let now = Moment(1_700_000_000_000_000);
        Self { book: Book::default(), rules: rules(), now, matters: 0, receipts: 0, gone: Vec::new() }
    }

    /// After these moves, as far as they were allowed.
    pub fn after(steps: Vec<(usize, Move)>) -> Self {
        let mut world = Self::new();
        for (who, step) in steps {
            let _ = world.step(who, step);
        }
        world
    }

    pub fn matter(&self, id: MatterId) -> Option<Matter> {
        self.book.loaded::<Matter>(id).state
    }

    pub fn matters(&self) -> Vec<(MatterId, Matter)> {
        let all = self.book.all::<Matter>().into_iter();
        all.map(|(name, matter)| (name.id().parse().unwrap(), matter)).collect()
    }

    /// What each receipt says, as its holder reads it.
    pub fn receipts(&self) -> Vec<(StreamName, Receipt)> {
        self.book.all::<Receipt>()
    }

    /// The matter that carries another: the one whose family it belongs to.
    pub fn carrier(&self, id: MatterId) -> Carrier {
        let carries = |(own, matter): &(MatterId, Matter)| matter.family(*own).contains(&id);
        let mut found: Vec<_> = self.matters().into_iter().filter(carries).collect();
        assert_eq!(found.len(), 1, "each matter is carried by exactly one");
        let (root, matter) = found.remove(0);
        Carrier { root, matter, path: path() }
    }

    pub fn waiting(&self, id: MatterId) -> Waiting {
        let Some(matter) = self.matter(id) else { return Waiting { receipts: 0, dangers: 0 } };
        let family = matter.family(id);
        let done = |receipt: &Receipt, answer| receipt.is_later_than(answer) || receipt.has_evaluated(answer);
        let waits = |receipt: &Receipt| {
            family.contains(&receipt.matter)
                && receipt.withdrawn.is_none()
                && !matter.answered.is_some_and(|answer| done(receipt, answer))
        };
        let endangers = |danger: &Danger| danger.is_open() && family.contains(&danger.matter);
        let dangers = self.book.all::<Danger>();
        Waiting {
            receipts: self.receipts().iter().filter(|(_, receipt)| waits(receipt)).count() as u64,
            dangers: dangers.iter().filter(|(_, danger)| endangers(danger)).count() as u64,
        }
    }

    pub fn supporters(&self, id: MatterId) -> BTreeSet<String> {
        let family = self.matter(id).map(|matter| matter.family(id)).unwrap_or_default();
        let receipts = self.receipts().into_iter().filter(|(_, receipt)| family.contains(&receipt.matter));
        receipts.filter_map(|(_, receipt)| receipt.supporter.get().cloned()).collect()
    }

    /// One command on one matter.
    pub fn one<C>(&mut self, who: &Actor, id: MatterId, command: C, facts: &C::Facts) -> Result<(), Refusal>
    where
        C: Command<On = Matter>,
    {
        let (rules, path) = (self.rules.clone(), path());
        self.book.act(id, command, facts, &context(self.now, who, &rules, &path))
    }

    /// The same on a receipt; what must be known is the matter that carries it.
    pub fn on_receipt<C>(&mut self, who: &Actor, n: usize, command: C) -> Result<(), Refusal>
    where
        C: Command<On = Receipt, Facts = Carrier>,
    {
        let Some(receipt) = self.book.loaded::<Receipt>(receipt_id(n)).state else {
            return Err(Common::Unknown.into());
        };
        let carrier = self.carrier(receipt.matter);
        let (rules, path) = (self.rules.clone(), path());
        self.book.act(receipt_id(n), command, &carrier, &context(self.now, who, &rules, &path))
    }

    /// What taking a receipt back must know.
    pub fn withdrawing(&self, n: usize) -> Option<Withdrawing> {
        let own = self.book.loaded::<Receipt>(receipt_id(n)).state?;
        let carrier = self.carrier(own.matter);
        let family = carrier.matter.family(carrier.root);
        let name = StreamName::from(receipt_id(n));
        let others = self.receipts().into_iter().filter(|(other, receipt)| {
            *other != name && receipt.withdrawn.is_none() && family.contains(&receipt.matter)
        });
        let others = others.count() as u64;
        let dangers = self.waiting(carrier.root).dangers;
        Some(Withdrawing { carrier, others, dangers })
    }

    /// Takes a receipt back, by what is known.
    pub fn withdraw(&mut self, who: &Actor, id: ReceiptId, facts: &Withdrawing) -> Result<(), Refusal> {
        let (rules, path) = (self.rules.clone(), path());
        self.book.act(id, Withdraw, facts, &context(self.now, who, &rules, &path))
    }

    pub fn pair(&self, own: MatterId, into: MatterId) -> Result<Pair, Refusal> {
        let into = self.matter(into).ok_or(Common::Unknown)?;
        let held = self.matter(own).and_then(|matter| matter.person?.get().copied());
        let person = held.and_then(|id| actors().iter().find(|one| one.account == Some(id)).cloned());
        Ok(Pair { own, into, path: path(), held: ToHold { person } })
    }

    pub fn step(&mut self, who: usize, step: Move) -> Result<(), Refusal> {
        let actor = &actors()[who];
        self.make(actor, step)?;
        self.settle();
        self.now = self.now.plus_seconds(1);
        Ok(())
    }

    /// What came to wait for somebody who is gone passes to the desk.
    fn settle(&mut self) {
        for from in self.gone.clone() {
            self.pass_on(&Passing { from, to: Heir::Desk });
        }
    }

    fn pass_on(&mut self, passing: &Passing) {
        let (visitor, rules, path) = (Actor::visitor(), self.rules.clone(), path());
        self.book.pass_on(passing, &context(self.now, &visitor, &rules, &path));
    }

    fn make(&mut self, who: &Actor, step: Move) -> Result<(), Refusal> {
        match step {
            Move::Raise { about_committee } => self.raise(who, (about_committee == 0).then(committee)),
            Move::Join { matter } => self.join(who, matter_id(matter)),
            Move::Triage { matter, outcome, to } => {
                self.one(who, matter_id(matter), triage(outcome, to), &sorting(to))
            }
            Move::Progress { matter } => {
                let command = Progress { note: "已联系".to_owned(), photos: vec![] };
                self.one(who, matter_id(matter), command, &())
            }
            Move::Extend { matter, days, dangers } => {
                let due = self.matter(matter_id(matter)).map_or(self.now, |matter| matter.due);
                let command =
                    Extend { reason: "配件还没有到".to_owned(), due: due.plus_seconds(days * 86_400) };
                self.one(who, matter_id(matter), command, &Exposed { dangers })
            }
            Move::HandOver { matter, to } => self.one(who, matter_id(matter), hand_over(to), &to_hold(to)),
            Move::Mend { matter, outcome, category, away } => {
                let before = self.matter(matter_id(matter));
                let mend = Mend {
                    outcome: Some(Outcome::ALL[outcome]),
                    category: Some(["02", "03"][category].to_owned()),
                    place: away.then(|| place(7)),
                    reason: "当时选错了".to_owned(),
                };
                let spot = away.then(|| elsewhere(matter_id(matter)));
                let of_it =
                    |(_, danger): &(_, Danger)| danger.is_open() && danger.matter == matter_id(matter);
                let dangers = self.book.all::<Danger>().into_iter().filter(of_it);
                let dangers = dangers.map(|(name, _)| name.id().parse().unwrap()).collect();
                self.one(who, matter_id(matter), mend, &Mending { spot, dangers })?;
                let (before, now) = (before.unwrap(), self.matter(matter_id(matter)).unwrap());
                assert!(now.due <= before.due || before.was_turned_away(), "what was promised stays");
                assert!(now.handlers.len() >= before.handlers.len());
                Ok(())
            }
            Move::Answer { matter } => {
                let word = "谢谢您提醒".to_owned();
                let command = Answer { text: "已修好".to_owned(), word, photos: vec![] };
                let receipts = self.supporters(matter_id(matter)).len() as u64;
                self.one(who, matter_id(matter), command, &Readers { receipts })
            }
            Move::Evaluate { receipt, solved } => self.on_receipt(
                &who.showing(Claim::Receipt),
                receipt,
                Evaluate { said: evaluation(solved), contacted: None },
            ),
            Move::CallBack { receipt, said } => {
                let missed = CallBack::missed(CallWay::Telephone, "无人接听");
                let call = said.map_or(missed, |solved| {
                    CallBack::said(CallWay::Telephone, Contacted::Yes, evaluation(solved))
                });
                self.on_receipt(who, receipt, call)
            }
            Move::Add { receipt, text } => {
                let text = if text { "还有一处".to_owned() } else { String::new() };
                let (name, contact) = (String::new(), "87651234".to_owned());
                let add =
                    Add { said: format!("{text}{}", self.now.0), text, photos: Vec::new(), name, contact };
                self.on_receipt(&who.showing(Claim::Receipt), receipt, add)
            }
            Move::Withdraw { receipt } => {
                let facts = self.withdrawing(receipt).ok_or(Common::Unknown)?;
                self.withdraw(&who.showing(Claim::Receipt), receipt_id(receipt), &facts)
            }
            Move::Reissue { receipt, known_by } => {
                let secret = self.now.0.to_string();
                self.on_receipt(&who.showing(Claim::Receipt), receipt, Reissue { known_by, secret })
            }
            Move::Close { matter } => {
                let waiting = self.waiting(matter_id(matter));
                self.one(who, matter_id(matter), Close, &waiting)
            }
            Move::Merge { member, into } => {
                let (member, into) = (matter_id(member), matter_id(into));
                let pair = self.pair(member, into)?;
                self.one(who, member, MergeInto { into }, &pair)
            }
            Move::Unmerge { member } => {
                let member = matter_id(member);
                let matter = self.matter(member).ok_or(Common::Unknown)?;
                let pair = self.pair(member, matter.merged_into.ok_or(super::Refusal::NotMerged)?)?;
                self.one(who, member, Unmerge, &pair)
            }
            Move::End { person, heir } => {
                let from = HolderKey::person(account(person));
                let holder = Holder::Person(Role::Steward, place(4));
                let to = heir.map_or(Heir::Desk, |heir| Heir::Named(holder, Some(account(heir))));
                self.pass_on(&Passing { from: from.clone(), to });
                self.gone.push(from);
                Ok(())
            }
            Move::Wait { days } => {
                self.now = self.now.plus_seconds(days * DAY);
                Ok(())
            }
        }
    }

    fn raise(&mut self, who: &Actor, about: Option<OrganisationId>) -> Result<(), Refusal> {
        if self.matters == MATTERS {
            return Ok(());
        }
        let id = matter_id(self.matters);
        let body = Body { kind: OrganisationKind::ResidentsCommittee, ledger: place(2) };
        let raise = Raise {
            about,
            receipt: receipt_id(self.receipts),
            opening: opening(self.receipts),
            ..said("楼道灯坏了", 0)
        };
        let (rules, path) = (self.rules.clone(), path());
        let ctx: Context = context(self.now, who, &rules, &path);
        self.book.start(id, raise, &Spot { about: about.map(|_| body), ..spot(id) }, &ctx)?;
        self.matters += 1;
        self.receipts += 1;
        Ok(())
    }

    /// A matter that somebody raises who gives neither name nor contact.
    pub fn anonymous(&mut self) -> Result<(), Refusal> {
        let (id, opening) = (matter_id(self.matters), opening(self.receipts));
        let opening = Opening { contact: String::new(), ..opening };
        let raise = Raise { receipt: receipt_id(self.receipts), opening, ..said("楼道灯坏了", 0) };
        let (rules, path) = (self.rules.clone(), path());
        self.book.start(id, raise, &spot(id), &context(self.now, &Actor::visitor(), &rules, &path))?;
        self.matters += 1;
        self.receipts += 1;
        Ok(())
    }

    /// A matter that somebody raises for a neighbour who agreed.
    pub fn for_a_neighbour(&mut self, who: &Actor) -> Result<(), Refusal> {
        let id = matter_id(self.matters);
        let agreed = Opening { consent: Some("当面同意".to_owned()), ..opening(self.receipts) };
        let said = said("楼道灯坏了", 0);
        let raise =
            Raise { behalf: Behalf::Neighbour, receipt: receipt_id(self.receipts), opening: agreed, ..said };
        let (rules, path) = (self.rules.clone(), path());
        self.book.start(id, raise, &spot(id), &context(self.now, who, &rules, &path))?;
        self.matters += 1;
        self.receipts += 1;
        self.now = self.now.plus_seconds(1);
        Ok(())
    }

    fn join(&mut self, who: &Actor, id: MatterId) -> Result<(), Refusal> {
        let matter = self.matter(id).ok_or(Common::Unknown)?;
        let carrier = Carrier { root: id, matter, path: path() };
        let join = Join { matter: id, channel: Channel::Poster, opening: opening(self.receipts) };
        let (rules, path) = (self.rules.clone(), path());
        let ctx = context(self.now, who, &rules, &path);
        self.book.start(receipt_id(self.receipts), join, &Joining { carrier, held: None }, &ctx)?;
        self.receipts += 1;
        Ok(())
    }
}

pub fn triage(outcome: usize, to: u128) -> Triage {
    Triage {
        outcome: Outcome::ALL[outcome],
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, place(2)),
        person: Some(account(to)),
        reason: "不属于本社区职责，请向房屋出租方提出".to_owned(),
    }
}

fn sorting(to: u128) -> Sorting {
    Sorting { to: to_hold(to), solved: 0, above: None }
}

pub fn to_hold(to: u128) -> ToHold {
    ToHold { person: actors().into_iter().find(|actor| actor.account == Some(account(to))) }
}

fn hand_over(to: u128) -> HandOver {
    HandOver {
        holder: Holder::Person(Role::Steward, place(4)),
        person: Some(account(to)),
        reason: "就近处理".to_owned(),
    }
}
