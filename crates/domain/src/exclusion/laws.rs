//! The law of exclusions over random histories: a matter is out of the rates only while the street's
//! last ruling says so, nobody rules twice or on what they asked, it is ruled at most twice, and what
//! is open waits at the street's desk.
#![allow(clippy::unwrap_used)]

use self::world::*;
use super::*;
use crate::testing::place;
use proptest::prelude::*;
use yishi_kernel::{HolderKey, Stream as _};

pub mod world {
    //! A matter in hand, whoever handles it, and the street's officers.

    use crate::exclusion::*;
    use crate::matters::laws::world::{Move, World as Matters, matter_id, path, receipt_id};
    use crate::matters::{Carrier, Receipt};
    use crate::testing::{Book, context, officer, person, place, rules};
    use yishi_kernel::{Actor, Claim, Denied, Holder, Moment, Refusal, Role};

    pub const WORKER: u128 = 1;
    pub const SECRETARY: u128 = 3;
    pub const STREET: u128 = 4;
    pub const HEAD: u128 = 5;
    pub const LAMPS: u128 = 6;
    pub const SQUAD: u128 = 7;
    /// Those who may try something.
    pub const WHO: [u128; 6] = [WORKER, SECRETARY, STREET, HEAD, LAMPS, SQUAD];
    pub const LAMPS_BODY: u128 = 81;
    const SQUAD_BODY: u128 = 82;

    fn actor(who: u128) -> Actor {
        match who {
            WORKER => person(who, Role::CommunityWorker, 2),
            SECRETARY => person(who, Role::CommunitySecretary, 2),
            LAMPS => officer(who, Role::DepartmentOfficer, LAMPS_BODY),
            SQUAD => officer(who, Role::DepartmentOfficer, SQUAD_BODY),
            _ => person(who, Role::StreetOfficer, 1),
        }
    }

    pub type Done = Result<(), Refusal>;

    pub fn needs_another_role(answer: Done) -> bool {
        matches!(answer.unwrap_err().denied(), Some(Denied::Role { .. }))
    }

    pub struct World {
        pub now: Moment,
        pub facts: Handled,
        pub objecting: Objecting,
        pub book: Book,
    }

    impl World {
        pub fn new() -> Self {
            let mut matters = Matters::new();
            matters.step(0, Move::Raise { about_committee: 1 }).unwrap();
            matters.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
            let mut matter = matters.matter(matter_id(0)).unwrap();
            matter.holder = Holder::Desk(place(2));
            matter.person = None;
            matter.handlers.clear();
            let receipt: Receipt = matters.book.state(receipt_id(0));
            let carrier = Carrier { root: matter_id(0), matter, path: path() };
            Self {
                now: matters.now,
                facts: Handled { carrier, street: place(1) },
                objecting: Objecting { receipt, carrying: matter_id(0) },
                book: Book::default(),
            }
        }

        fn id() -> ExclusionId {
            ExclusionId::of(matter_id(0))
        }

        pub fn found(&self) -> Option<Exclusion> {
            self.book.loaded::<Exclusion>(Self::id()).state
        }

        pub fn exclusion(&self) -> Exclusion {
            self.found().unwrap()
        }

        pub fn ask(&mut self, who: u128) -> Done {
            self.ask_because(who, "法院已经受理，等待判决")
        }

        pub fn ask_because(&mut self, who: u128, reason: &str) -> Done {
            let class = ExclusionClass::NothingNew;
            let ask = Ask { matter: matter_id(0), class, reason: reason.to_owned() };
            let (actor, rules, path) = (actor(who), rules(), path());
            self.book.start(Self::id(), ask, &self.facts, &context(self.now, &actor, &rules, &path))
        }

        pub fn grant(&mut self, who: u128) -> Done {
            let (actor, rules, path) = (actor(who), rules(), path());
            let grant =
                Grant { class: ExclusionClass::LegalChannel, reason: "已有法院受理通知".to_owned() };
            let ctx = context(self.now, &actor, &rules, &path);
            self.book.act(Self::id(), grant, &self.facts.carrier, &ctx)
        }

        pub fn refuse(&mut self, who: u128) -> Done {
            let (actor, rules, path) = (actor(who), rules(), path());
            let refuse = Refuse { reason: "属于社区职责".to_owned() };
            let ctx = context(self.now, &actor, &rules, &path);
            self.book.act(Self::id(), refuse, &self.facts.carrier, &ctx)
        }

        pub fn object(&mut self) -> Done {
            let (rules, path) = (rules(), path());
            let holder = Actor::visitor().showing(Claim::Receipt);
            let ctx = context(self.now, &holder, &rules, &path);
            self.book.act(Self::id(), Object { receipt: receipt_id(0) }, &self.objecting, &ctx)
        }
    }
}

proptest! {
    #[test]
    fn only_the_last_ruling_of_the_street_takes_a_matter_out(
        steps in prop::collection::vec((0_usize..4, prop::sample::select(&WHO[..])), 0..24),
    ) {
        let (mut world, mut rulings) = (World::new(), Vec::new());
        for (step, who) in steps {
            let done = match step {
                0 => world.found().is_none() && world.ask(who).is_ok(),
                1 => world.found().is_some() && world.grant(who).is_ok(),
                2 => world.found().is_some() && world.refuse(who).is_ok(),
                _ => world.found().is_some() && world.object().is_ok(),
            };
            match (done, step) {
                (true, 1) => rulings.push((who, Some(ExclusionClass::LegalChannel))),
                (true, 2) => rulings.push((who, None)),
                _ => {}
            }
            let Some(now) = world.found() else { continue };
            let waits = now.waits();
            prop_assert_eq!(waits.len(), usize::from(now.step().is_some()));
            prop_assert!(waits.iter().all(|wait| wait.holder == HolderKey::desk(place(1))));
            let last = rulings.last().and_then(|(_, class)| *class);
            prop_assert_eq!(now.excludes(), last.filter(|_| waits.is_empty()));
            prop_assert!(rulings.len() <= 2 && rulings.iter().all(|(who, _)| [STREET, HEAD].contains(who)));
            prop_assert!(rulings.len() < 2 || rulings[0].0 != rulings[1].0);
        }
    }
}
