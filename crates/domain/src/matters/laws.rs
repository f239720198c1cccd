//! The laws of the domain over random command sequences: what must hold after any history.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::access::{Action, Actor, Claim, Denied, Grant, Role};
use crate::ids::{AccountId, MatterId, OrganisationId, PlaceId};
use crate::moment::Moment;
use crate::record::{self, Sealed};
use crate::refusal::Refusal;
use crate::rules::{DEFAULT, Rules};
use crate::stream::Stream;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const MATTERS: usize = 4;
const DAY: i64 = 86_400;

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

fn matter_id(n: usize) -> MatterId {
    MatterId(Uuid::from_u128(1_000 + n as u128))
}

/// Street 1, community 2, compound 3, building 4, stairwell 5.
fn path() -> Vec<PlaceId> {
    (1..=5).map(place).collect()
}

fn staff(n: u128, role: Role, at: u128) -> Actor {
    Actor {
        account: Some(AccountId(Uuid::from_u128(n))),
        employer: Some(OrganisationId(Uuid::from_u128(77))),
        grants: vec![Grant { role, place: place(at), organisation: None, from: Moment(0), until: None }],
    }
}

fn actors() -> Vec<Actor> {
    vec![
        Actor::visitor(),
        staff(1, Role::CommunityWorker, 2),
        staff(2, Role::CommunityWorker, 2),
        staff(3, Role::Steward, 5),
        Actor { employer: None, ..staff(4, Role::StreetOfficer, 1) },
        staff(5, Role::Administrator, 1),
    ]
}

#[derive(Clone, Debug)]
enum Move {
    Raise { about_committee: u8 },
    Join { matter: usize },
    Triage { matter: usize, outcome: usize, to: u128 },
    Progress { matter: usize },
    HandOver { matter: usize, to: u128 },
    Answer { matter: usize },
    Evaluate { receipt: usize, solved: bool },
    Close { matter: usize },
    Merge { member: usize, into: usize },
    Unmerge { member: usize },
    Wait { days: i64 },
}

fn moves() -> impl Strategy<Value = (usize, Move)> {
    let matter = 0..MATTERS;
    let each = prop_oneof![
        2 => (0_u8..4).prop_map(|about_committee| Move::Raise { about_committee }),
        2 => matter.clone().prop_map(|matter| Move::Join { matter }),
        4 => (matter.clone(), 0..5_usize, 1..5_u128)
            .prop_map(|(matter, outcome, to)| Move::Triage { matter, outcome, to }),
        1 => matter.clone().prop_map(|matter| Move::Progress { matter }),
        1 => (matter.clone(), 1..5_u128).prop_map(|(matter, to)| Move::HandOver { matter, to }),
        4 => matter.clone().prop_map(|matter| Move::Answer { matter }),
        4 => (0..12_usize, any::<bool>()).prop_map(|(receipt, solved)| Move::Evaluate { receipt, solved }),
        3 => matter.clone().prop_map(|matter| Move::Close { matter }),
        3 => (matter.clone(), matter.clone()).prop_map(|(member, into)| Move::Merge { member, into }),
        2 => matter.prop_map(|member| Move::Unmerge { member }),
        1 => (0_i64..10).prop_map(|days| Move::Wait { days }),
    ];
    (0..6_usize, each)
}

/// A small world that does what the shell does, without a store.
struct World {
    rules: Rules,
    now: Moment,
    matters: BTreeMap<MatterId, (Matter, Vec<Event>)>,
    receipts: Vec<(Receipt, Vec<ReceiptEvent>)>,
}

impl World {
    fn new() -> Self {
        let rules = Rules::parse(DEFAULT).unwrap();
        Self { rules, now: Moment(1_700_000_000_000_000), matters: BTreeMap::new(), receipts: Vec::new() }
    }

    fn matter(&self, id: MatterId) -> Matter {
        self.matters.get(&id).map(|(matter, _)| matter.clone()).unwrap_or_default()
    }

    fn record(&mut self, id: MatterId, events: Vec<Event>) {
        let (matter, log) = self.matters.entry(id).or_default();
        for event in events {
            matter.evolve(&event);
            log.push(event);
        }
    }

    fn note(&mut self, index: usize, event: ReceiptEvent) {
        let (receipt, log) = &mut self.receipts[index];
        receipt.evolve(&event);
        log.push(event);
    }

    /// The matter that carries another: the one whose family it belongs to.
    fn carrier(&self, id: MatterId) -> MatterId {
        let found: Vec<MatterId> = self
            .matters
            .iter()
            .filter(|(own, (matter, _))| matter.family(**own).contains(&id))
            .map(|(own, _)| *own)
            .collect();
        assert_eq!(found.len(), 1, "each matter is carried by exactly one");
        found[0]
    }

    fn waiting(&self, id: MatterId) -> u64 {
        let matter = self.matter(id);
        let family = matter.family(id);
        let waiting = |receipt: &Receipt| {
            family.contains(&receipt.matter().unwrap())
                && receipt.evaluation().is_none_or(|(answer, _, _)| Some(answer) < matter.answered())
        };
        self.receipts.iter().filter(|(receipt, _)| waiting(receipt)).count() as u64
    }

    fn step(&mut self, who: usize, step: Move) -> Result<(), Refusal> {
        let actor = &actors()[who];
        let (rules, path, now) = (self.rules.clone(), path(), self.now);
        let ctx = Context { now, actor, rules: &rules, path: &path, claim: Claim::None };
        let one = |world: &mut Self, n: usize, command: Command| -> Result<(), Refusal> {
            let id = matter_id(n);
            let decision = decide(id, &world.matter(id), command, &ctx)?;
            world.record(id, decision.events);
            Ok(())
        };
        let opening = |n: usize| Opening {
            proof: Proof::Device,
            channel: Channel::Poster,
            secret: None,
            supporter: format!("device-{}", n % 5),
            account: actor.account,
            name: String::new(),
            contact: "某人 8123".to_owned(),
            consent: None,
        };
        match step {
            Move::Raise { about_committee } => {
                let n = self.matters.len();
                if n == MATTERS {
                    return Ok(());
                }
                let committee = about_committee == 0;
                let input = Raise {
                    channel: Channel::Poster,
                    exact: place(5),
                    building: place(4),
                    around: place(3),
                    shown: Shown::Building,
                    desk: if committee { place(1) } else { place(2) },
                    about: committee.then(|| OrganisationId(Uuid::from_u128(77))),
                    about_person: None,
                    category: None,
                    title: None,
                    text: "楼道灯坏了".to_owned(),
                    photos: Vec::new(),
                    occurred_at: None,
                    source: None,
                    opening: opening(self.receipts.len()),
                };
                let raised = raise(matter_id(n), input, Start::Own, &ctx)?;
                self.record(matter_id(n), vec![raised.matter]);
                self.receipts.push(Default::default());
                self.note(self.receipts.len() - 1, raised.receipt);
            }
            Move::Join { matter } => {
                let id = matter_id(matter);
                let joined = join(id, &self.matter(id), opening(self.receipts.len()), &ctx)?;
                self.receipts.push(Default::default());
                self.note(self.receipts.len() - 1, joined.receipt);
            }
            Move::Triage { matter, outcome, to } => {
                let command = Command::Triage {
                    outcome: Outcome::ALL[outcome],
                    category: "02".to_owned(),
                    holder: Holder::Person(Role::CommunityWorker, place(2)),
                    person: Some(AccountId(Uuid::from_u128(to))),
                    reason: "不属于本社区职责，请向房屋出租方提出".to_owned(),
                };
                one(self, matter, command)?;
            }
            Move::Progress { matter } => {
                one(self, matter, Command::Progress { note: "已联系".to_owned(), photos: vec![] })?;
            }
            Move::HandOver { matter, to } => {
                let command = Command::HandOver {
                    holder: Holder::Person(Role::Steward, place(4)),
                    person: Some(AccountId(Uuid::from_u128(to))),
                    reason: "就近处理".to_owned(),
                };
                one(self, matter, command)?;
            }
            Move::Answer { matter } => {
                let command =
                    Command::Answer { text: "已修好".to_owned(), word: String::new(), photos: vec![] };
                one(self, matter, command)?;
            }
            Move::Evaluate { receipt, solved } => {
                let Some((held, _)) = self.receipts.get(receipt).cloned() else {
                    return Ok(());
                };
                let id = self.carrier(held.matter().unwrap());
                let evaluation = Evaluation {
                    solved: if solved { Solved::Yes } else { Solved::No },
                    satisfaction: Satisfaction::Mostly,
                    comment: String::new(),
                };
                let ctx = Context { claim: Claim::Receipt, ..ctx };
                let done = evaluate(&held, &self.matter(id), evaluation, &ctx)?;
                self.note(receipt, done.receipt);
                self.record(id, done.matter.into_iter().collect());
            }
            Move::Close { matter } => {
                let waiting = self.waiting(matter_id(matter));
                one(self, matter, Command::Close { waiting })?;
            }
            Move::Merge { member, into } => {
                let (member, into) = (matter_id(member), matter_id(into));
                let other = Box::new(self.matter(member));
                let absorbed = decide(into, &self.matter(into), Command::Absorb { member, other }, &ctx)?;
                let merged = decide(member, &self.matter(member), Command::MergeInto { into }, &ctx)?;
                self.record(member, merged.events);
                self.record(into, absorbed.events);
            }
            Move::Unmerge { member } => {
                let member = matter_id(member);
                let state = self.matter(member);
                let into = state.merged_into().ok_or(Refusal::NotMerged)?;
                let released = decide(into, &self.matter(into), Command::Release { member }, &ctx)?;
                let unmerged = decide(member, &state, Command::Unmerge, &ctx)?;
                self.record(into, released.events);
                self.record(member, unmerged.events);
            }
            Move::Wait { days } => self.now = self.now.plus_seconds(days * DAY),
        }
        self.now = self.now.plus_seconds(1);
        Ok(())
    }

    fn check(&self) {
        for (id, (matter, log)) in &self.matters {
            let carrier = self.carrier(*id);
            let carrying = self.matter(carrier);
            // Law 1, and law 3 for those that another matter carries.
            match carrying.stage().unwrap() {
                StageKind::Closed => assert_eq!(carrying.next(), None),
                _ => assert!(carrying.next().is_some(), "{carrying:?} has no next step"),
            }
            // Law 2: closed only with an answer standing on each receipt, and each of them
            // either content with it or past its time.
            if carrying.stage() == Some(StageKind::Closed) {
                assert!(carrying.answers() > 0);
                for (receipt, _) in &self.receipts {
                    if carrying.family(carrier).contains(&receipt.matter().unwrap()) {
                        assert!(receipt.opened() < carrying.closed());
                        let said_no = receipt.evaluation().is_some_and(|(answer, solved, _)| {
                            solved == Solved::No && Some(answer) == carrying.answered()
                        });
                        assert!(!said_no, "a no reopens");
                    }
                }
            }
            // Law 4: some role can move it on.
            self.not_stuck(carrier, &carrying);
            // Law 5: replaying through the ledger's form gives the state.
            let mut replayed = Matter::default();
            for event in log {
                let record = record::encode(event).unwrap();
                let kept = record.private.into_iter().map(|(name, text)| (name, Some(text))).collect();
                let event: Event = record::decode(&record.kind, record.public, &kept).unwrap();
                replayed.evolve(&event);
            }
            assert_eq!(&replayed, matter);
        }
    }

    fn not_stuck(&self, id: MatterId, matter: &Matter) {
        let far = self.now.plus_seconds(400 * DAY);
        let action = match matter.stage().unwrap() {
            StageKind::Raised => Action::Triage,
            StageKind::InHand => Action::Answer,
            StageKind::Answered => Action::Close,
            StageKind::Closed | StageKind::Merged => return,
        };
        let path = path();
        let able = actors().iter().any(|actor| {
            let ctx = Context { now: far, actor, rules: &self.rules, path: &path, claim: Claim::None };
            ctx.may(action, matter).is_ok()
        });
        assert!(able, "nobody can move {id} on from {:?}", matter.stage());
    }

    /// What each receipt says, as its holder reads it.
    fn receipts(&self) -> Vec<Receipt> {
        self.receipts.iter().map(|(receipt, _)| receipt.clone()).collect()
    }

    fn supporters(&self, id: MatterId) -> BTreeSet<String> {
        let family = self.matter(id).family(id);
        self.receipts
            .iter()
            .filter(|(receipt, _)| family.contains(&receipt.matter().unwrap()))
            .filter_map(|(receipt, _)| receipt.supporter().map(str::to_owned))
            .collect()
    }
}

proptest! {
    #[test]
    fn every_matter_has_a_next_step_and_ends_with_an_answer(steps in prop::collection::vec(moves(), 1..60)) {
        let mut world = World::new();
        for (who, step) in steps {
            let _ = world.step(who, step);
            world.check();
        }
    }

    #[test]
    fn merging_then_unmerging_changes_no_receipt_and_supports_are_united(
        steps in prop::collection::vec(moves(), 1..40), member in 0..MATTERS, into in 0..MATTERS
    ) {
        let mut world = World::new();
        for (who, step) in steps {
            let _ = world.step(who, step);
        }
        let (a, b) = (matter_id(member), matter_id(into));
        let (receipts, matter) = (world.receipts(), world.matter(a));
        let both: BTreeSet<String> = world.supporters(a).union(&world.supporters(b)).cloned().collect();
        if world.step(4, Move::Merge { member, into }).is_ok() {
            prop_assert_eq!(world.supporters(b), both);
            prop_assert_eq!(world.receipts(), receipts.clone());
            world.step(4, Move::Unmerge { member }).unwrap();
            prop_assert_eq!(world.receipts(), receipts);
            prop_assert_eq!(world.matter(a), matter);
        }
    }

    #[test]
    fn replay_after_any_erasure_still_works(steps in prop::collection::vec(moves(), 1..40), keep in any::<u64>()) {
        let mut world = World::new();
        for (who, step) in steps {
            let _ = world.step(who, step);
        }
        for (matter, log) in world.matters.values() {
            let mut replayed = Matter::default();
            let mut bit = 0;
            for event in log {
                let record = record::encode(event).unwrap();
                let kept = record.private.into_iter().map(|(name, text)| {
                    bit = (bit + 1) % 64;
                    (name, (keep >> bit & 1 == 1).then_some(text))
                }).collect();
                let event: Event = record::decode(&record.kind, record.public, &kept).unwrap();
                replayed.evolve(&event);
            }
            prop_assert_eq!(replayed.stage(), matter.stage());
            prop_assert_eq!(replayed.answers(), matter.answers());
            prop_assert_eq!(replayed.members(), matter.members());
            prop_assert_eq!(replayed.next().map(|next| (next.0, next.2)), matter.next().map(|next| (next.0, next.2)));
        }
    }
}

#[test]
fn a_matter_about_the_committee_is_sorted_by_the_street() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 0 }).unwrap();
    let triage = Move::Triage { matter: 0, outcome: 1, to: 1 };
    let refused = world.step(1, triage.clone()).unwrap_err();
    assert_eq!(refused, Refusal::Denied(Denied::Concerned));
    world.step(4, triage).unwrap();
}

#[test]
fn a_text_or_a_photo_is_enough_and_neither_is_not() {
    let rules = Rules::parse(DEFAULT).unwrap();
    let path = path();
    let actor = Actor::visitor();
    let ctx = Context { now: Moment(1), actor: &actor, rules: &rules, path: &path, claim: Claim::None };
    let said = |text: &str, photos: usize| Raise {
        channel: Channel::Poster,
        exact: place(5),
        building: place(4),
        around: place(3),
        shown: Shown::Around,
        desk: place(2),
        about: None,
        about_person: None,
        category: None,
        title: None,
        text: text.to_owned(),
        photos: (0..photos).map(|n| PhotoDigest(n.to_string())).collect(),
        occurred_at: None,
        source: None,
        opening: Opening {
            proof: Proof::Device,
            channel: Channel::Poster,
            secret: None,
            supporter: String::new(),
            account: None,
            name: String::new(),
            contact: String::new(),
            consent: None,
        },
    };
    let raise = |input| raise(matter_id(0), input, Start::Own, &ctx);
    assert_eq!(raise(said(" \n ", 0)), Err(Refusal::NothingSaid));
    assert_eq!(raise(said("", 4)), Err(Refusal::TooManyPhotos { max: 3 }));
    assert!(raise(said("", 1)).is_ok());
    let raised = raise(said("灯坏了", 0)).unwrap();
    // The public part names the compound only, and nothing that was typed.
    let record = record::encode(&raised.matter).unwrap();
    let public = serde_json::to_string(&record.public).unwrap();
    assert!(public.contains(&place(3).to_string()));
    assert!(
        !public.contains("灯")
            && !public.contains(&place(4).to_string())
            && !public.contains(&place(5).to_string())
    );
    assert!(matches!(raised.matter, Event::Raised { text: Some(Sealed::Kept(_)), .. }));
}

#[test]
fn those_who_asked_are_heard_before_it_closes() {
    let mut world = World::new();
    world.step(0, Move::Raise { about_committee: 1 }).unwrap();
    world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
    world.step(1, Move::Answer { matter: 0 }).unwrap();
    assert!(matches!(world.step(1, Move::Close { matter: 0 }), Err(Refusal::Waiting { waiting: 1, .. })));
    world.step(0, Move::Evaluate { receipt: 0, solved: true }).unwrap();
    assert_eq!(world.step(0, Move::Evaluate { receipt: 0, solved: true }), Err(Refusal::Evaluated));
    world.step(1, Move::Close { matter: 0 }).unwrap();
    world.check();
}
