//! The laws of dangers over random histories, together with all that can happen to the matters
//! that they are about. Borders stand with each story.
#![allow(clippy::unwrap_used, clippy::panic)]

pub(crate) mod world;

use super::*;
use crate::matters::laws::world::{MATTERS, Move, World as Matters, matter_id, moves, path};
use crate::matters::{CategoryCode, LetGo, Matter, MatterId, StageKind, TakeUp};
use crate::testing::{body, context, place};
use crate::topics::TopicId;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;
use world::{COMPANY, PEOPLE, SQUAD, actor};
use yishi_kernel::{
    Actor, Claim, Effect, Heir, HolderKey, Moment, Passing, Refusal as No, Role, Stream, StreamName,
};

/// As many as the environment says, else enough for a moment.
fn some(default: u32) -> ProptestConfig {
    // 256 is what proptest takes where the environment says nothing.
    match ProptestConfig::default() {
        said if said.cases != 256 => said,
        _ => ProptestConfig::with_cases(default),
    }
}

/// Something that happens: to a matter, or about a danger.
#[derive(Clone, Debug)]
enum Step {
    /// Whatever can be done to matters, receipts and people.
    Matter(usize, Move),
    /// A topic takes a matter up for a long time.
    TakenUp { matter: usize },
    /// It lets the matter go.
    LetGo { matter: usize },
    /// A danger is reported.
    Report { who: usize, matter: usize, risk: Risk },
    /// Whatever can be done about one.
    Danger { who: usize, which: usize, what: usize },
    /// Time passes.
    Wait { minutes: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let risk = prop::sample::select(Risk::ALL);
    let one = prop_oneof![
        6 => moves().prop_map(|(who, step)| Step::Matter(who, step)),
        1 => (0..MATTERS).prop_map(|matter| Step::TakenUp { matter }),
        1 => (0..MATTERS).prop_map(|matter| Step::LetGo { matter }),
        3 => (0..PEOPLE, 0..MATTERS, risk).prop_map(|(who, matter, risk)| Step::Report { who, matter, risk }),
        8 => (0..PEOPLE, 0..2_usize, 0..15_usize).prop_map(|(who, which, what)| Step::Danger { who, which, what }),
        2 => (0..3_000_i64).prop_map(|minutes| Step::Wait { minutes }),
    ];
    prop::collection::vec(one, 1..60)
}

/// Matters and their dangers, in one book.
struct Both {
    all: Matters,
    dangers: usize,
}

fn danger_id(n: usize) -> DangerId {
    DangerId(Uuid::from_u128(6_000 + n as u128))
}

impl Both {
    /// Two matters, and a danger about the first.
    fn begun(risk: Risk) -> Self {
        let mut both = Self { all: Matters::new(), dangers: 0 };
        for _ in 0..2 {
            both.all.step(0, Move::Raise { about_committee: 1 }).unwrap();
        }
        both.report(world::VISITOR, matter_id(0), risk).unwrap();
        both
    }

    fn dangers(&self) -> Vec<(StreamName, Danger)> {
        self.all.book.all::<Danger>()
    }

    /// What the office tells a report: the matter that carries this one, and its open danger.
    fn site(&self, own: MatterId) -> Option<(MatterId, Site, Option<StreamName>)> {
        self.all.matter(own)?;
        let carrier = self.all.carrier(own);
        let family = carrier.matter.family(carrier.root);
        let open: Vec<_> = self
            .dangers()
            .into_iter()
            .filter(|(_, one)| one.is_open() && family.contains(&one.matter))
            .collect();
        let site = Site {
            stage: carrier.matter.stage(),
            place: carrier.matter.place,
            exact: carrier.matter.at().unwrap(),
            desk: carrier.matter.desk,
            holding: carrier.matter.holder.organisation(),
            alarm: Alarm { bodies: vec![body(COMPANY)] },
            open: open.len() as u64,
        };
        Some((carrier.root, site, open.first().map(|(name, _)| name.clone())))
    }

    fn step(&mut self, step: Step) -> Result<(), No> {
        match step {
            Step::Matter(who, step) => self.all.step(who, step),
            Step::TakenUp { matter } => self.topic(matter_id(matter), |topic, due| TakeUp {
                topic,
                category: CategoryCode("01".to_owned()),
                due,
            }),
            Step::LetGo { matter } => self.topic(matter_id(matter), |topic, _| LetGo { topic }),
            Step::Report { who, matter, risk } => self.report(who, matter_id(matter), risk),
            Step::Danger { who, which, what } => self.danger(who, which, what),
            Step::Wait { minutes } => {
                self.all.now = self.all.now.plus_seconds(minutes * 60);
                Ok(())
            }
        }
    }

    fn topic<C>(&mut self, id: MatterId, what: impl FnOnce(TopicId, Moment) -> C) -> Result<(), No>
    where
        C: Effect<On = Matter>,
    {
        let (worker, rules, path) = (actor(world::WORKER), self.all.rules.clone(), path());
        let ctx = context(self.all.now, &worker, &rules, &path);
        let (topic, matter) = (TopicId(Uuid::from_u128(3_000)), self.all.matter(id));
        let due = ctx.now.end_of_day_after(30);
        let events = what(topic, due).apply(matter.as_ref(), &ctx)?;
        self.all.book.record::<Matter>(id, Role::CommunityWorker, events, &ctx);
        Ok(())
    }

    fn report(&mut self, who: usize, matter: MatterId, risk: Risk) -> Result<(), No> {
        let Some((root, site, open)) = self.site(matter) else { return Ok(()) };
        let who = if who == world::VISITOR { actor(who).showing(Claim::Receipt) } else { actor(who) };
        let (rules, path, by) = (self.all.rules.clone(), path(), world::reporter(&who));
        let ctx = context(self.all.now, &who, &rules, &path);
        match open {
            Some(name) => self.all.book.act(name, ReportAgain { by, risk }, &(), &ctx),
            None => {
                self.all.book.start(
                    danger_id(self.dangers),
                    Report { by, matter: root, risk },
                    &site,
                    &ctx,
                )?;
                self.dangers += 1;
                Ok(())
            }
        }
    }

    fn danger(&mut self, who: usize, which: usize, what: usize) -> Result<(), No> {
        let (name, who) = (StreamName::from(danger_id(which)), &actor(who));
        let program = Actor::system(place(2));
        let (rules, path) = (self.all.rules.clone(), path());
        let ctx = context(self.all.now, who, &rules, &path);
        let (note, reason) = ("看过了".to_owned(), "情况有变".to_owned());
        let book = &mut self.all.book;
        match what {
            0 | 1 => book.act(name, See, &(), &ctx),
            2 => book.act(name, Call { organisation: body(SQUAD) }, &(), &ctx),
            3 | 4 => book.act(name, world::fence(), &(), &ctx),
            5 | 6 => book.act(name, MakeSafe { note }, &(), &ctx),
            7 => book.act(name, LookAgain { note, photos: Vec::new() }, &(), &ctx),
            8 => book.act(name, Fail { reason }, &(), &ctx),
            9 => book.act(name, Doubt { reason }, &(), &ctx),
            10 => book.act(name, Clear { note }, &(), &ctx),
            13 => book.act(name, Uphold { reason }, &(), &ctx),
            11 => book.act(name, Lift { note, photos: Vec::new() }, &Work::Accepted, &ctx),
            12 => {
                let ctx = context(self.all.now, &program, &rules, &path);
                book.act(name, GoUp, &Above { desk: Some(place(1)) }, &ctx)
            }
            _ => {
                let from = HolderKey::organisation(body(SQUAD));
                book.pass_on(&Passing { from, to: Heir::Desk }, &ctx);
                Ok(())
            }
        }
    }

    /// Leads one to its end, by whoever can; where only one person was there to protect and to
    /// confirm, the company does it anew.
    fn finish(&mut self, which: usize) {
        const PROTECT: usize = 3;
        const CONFIRM: usize = 5;
        const FAIL: usize = 8;
        const LIFT: usize = 11;
        let stage = |both: &Self| both.all.book.state::<Danger>(danger_id(which)).stage;
        for what in [CONFIRM, PROTECT, CONFIRM, FAIL, PROTECT, CONFIRM, LIFT] {
            if what == FAIL && stage(self) == DangerStage::Safe {
                continue;
            }
            for who in [world::COMPANY_STAFF, world::WORKER, world::STREET] {
                let _ = self.danger(who, which, what);
            }
        }
        assert!(matches!(stage(self), DangerStage::Lifted | DangerStage::Cleared), "{:?}", stage(self));
    }

    /// What must hold of each danger, whatever happened before.
    fn check(&self, before: &BTreeMap<StreamName, Danger>) {
        for (name, danger) in self.dangers() {
            if let Some(before) = before.get(&name) {
                assert!(danger.due <= before.due, "the clock got later: {before:?} {danger:?}");
                assert_eq!(danger.tapped, before.tapped);
                assert!(before.is_open() || !danger.is_open(), "an end is an end");
            }
            let most = match danger.risk {
                Risk::Life => 120,
                Risk::Supply => 1_440,
            };
            assert!(danger.due <= danger.tapped.plus_seconds(1_440 * 60));
            assert!(danger.risk == Risk::Life || danger.due == danger.tapped.plus_seconds(most * 60));
            let waits = danger.waits();
            assert_eq!(waits.is_empty(), !danger.is_open());
            assert!(waits.iter().all(|wait| wait.due > Moment(0) && !wait.holder.as_str().is_empty()));
            if matches!(danger.stage, DangerStage::Reported | DangerStage::Protected) {
                let protects = |step| matches!(step, Some(DangerStep::Protect | DangerStep::Confirm));
                let mut own = waits.iter().filter(|wait| protects(wait.step())).peekable();
                assert!(own.peek().is_some() && own.all(|wait| wait.due == danger.due));
            }
        }
        for (id, matter) in self.all.matters() {
            if matter.stage() == StageKind::Closed {
                let family = matter.family(id);
                let open = |(_, danger): &(_, Danger)| danger.is_open() && family.contains(&danger.matter);
                assert!(!self.dangers().iter().any(open), "closed over an open danger");
            }
        }
    }
}

proptest! {
    #![proptest_config(some(300))]

    /// Merging, topics, extending, handing over, second reports, ends of people: whatever is done,
    /// the protective step never gets more time, and waits for somebody until it is done.
    #[test]
    fn nothing_makes_the_protective_step_later(risk in prop::sample::select(Risk::ALL), steps in steps()) {
        let mut both = Both::begun(risk);
        for step in steps {
            let before: BTreeMap<_, _> = both.dangers().into_iter().collect();
            let _ = both.step(step);
            both.all.now = both.all.now.plus_seconds(1);
            both.check(&before);
        }
    }

    /// No state is without an exit.
    #[test]
    fn every_danger_can_be_led_to_its_end(steps in steps()) {
        let mut both = Both::begun(Risk::Life);
        for step in steps {
            let _ = both.step(step);
            both.all.now = both.all.now.plus_seconds(1);
        }
        for which in 0..both.dangers {
            both.finish(which);
        }
    }
}

/// That the steps above reach all they are meant to; a law over what never happens is none.
#[test]
fn the_steps_reach_every_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::BTreeSet;
    let mut runner = TestRunner::deterministic();
    let (all, mut seen) = (steps(), BTreeSet::new());
    for _ in 0..400 {
        let mut both = Both::begun(Risk::Supply);
        for step in all.new_tree(&mut runner).unwrap().current() {
            let _ = both.step(step);
        }
        seen.extend(both.all.book.entries.iter().map(|(_, kind, _)| kind.clone()));
    }
    let kinds = include_str!("../events.rs").split("rename = \"").skip(1);
    let kinds = kinds.filter_map(|rest| rest.split('"').next());
    // Publishing a photo changes no clock.
    let kinds = kinds.filter(|kind| *kind != "danger.photo_published.1");
    let missing: Vec<_> = kinds.filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
}
