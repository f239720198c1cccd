//! One danger at a stairwell, and the people who may want something of it.

use crate::dangers::*;
use crate::matters::{MatterId, StageKind};
use crate::testing::{Book, account, body, context, officer, person, place, rules};
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_kernel::access::Committee;
use yishi_kernel::{Actor, Claim, Command, Moment, Pack, PhotoDigest, PlaceId, Refusal, Role};

pub const COMMITTEE: u128 = 77;
pub const COMPANY: u128 = 80;
pub const SQUAD: u128 = 82;
/// 2023-11-15 06:13:20 in China.
pub const START: Moment = Moment(1_700_000_000_000_000);

pub const VISITOR: usize = 0;
pub const WORKER: usize = 1;
pub const COLLEAGUE: usize = 2;
pub const STEWARD: usize = 3;
pub const STREET: usize = 4;
pub const COMPANY_STAFF: usize = 5;
pub const SQUAD_OFFICER: usize = 6;
pub const SECRETARY: usize = 7;
/// A worker whom the company employs.
pub const MOONLIGHTER: usize = 8;
pub const PEOPLE: usize = 9;

static RULES: LazyLock<Pack> = LazyLock::new(rules);
/// Street 1, community 2, compound 3, building 4, stairwell 5.
static PATH: LazyLock<Vec<PlaceId>> = LazyLock::new(|| (1..=5).map(place).collect());
static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
    let of_office = vec![Committee { id: body(COMMITTEE), desk: place(2) }];
    let staff = |n, role, at| Actor {
        employer: Some(body(COMMITTEE)),
        committees: of_office.clone(),
        ..person(n, role, at)
    };
    vec![
        Actor::visitor(),
        staff(1, Role::CommunityWorker, 2),
        staff(2, Role::CommunityWorker, 2),
        staff(3, Role::Steward, 5),
        person(4, Role::StreetOfficer, 1),
        officer(5, Role::PropertyStaff, COMPANY),
        officer(6, Role::DepartmentOfficer, SQUAD),
        staff(7, Role::CommunitySecretary, 2),
        Actor { employer: Some(body(COMPANY)), ..staff(8, Role::CommunityWorker, 2) },
    ]
});

pub fn actor(who: usize) -> Actor {
    ACTORS[who].clone()
}

pub fn photo() -> PhotoDigest {
    PhotoDigest("ab".repeat(32))
}

pub fn fence() -> Protect {
    Protect { step: Protection::Fence, note: "已拉围挡".to_owned(), photos: vec![photo()] }
}

/// Whoever shows a receipt reports by that.
pub fn reporter(who: &Actor) -> Reporter {
    match who.claim {
        Claim::Receipt => Reporter::Holder,
        Claim::Seat | Claim::None => Reporter::AtWork,
    }
}

/// A matter in hand at the stairwell, which the company keeps.
pub fn site() -> Site {
    Site {
        stage: StageKind::InHand,
        place: place(4),
        exact: place(5),
        desk: place(2),
        holding: None,
        alarm: Alarm { bodies: vec![body(COMPANY)] },
        open: 0,
    }
}

/// One danger, and the clock.
pub struct World {
    pub now: Moment,
    pub book: Book,
}

impl World {
    /// Nothing was reported yet.
    pub fn new() -> Self {
        Self { now: START, book: Book::default() }
    }

    /// A resident reported it.
    pub fn reported(risk: Risk) -> Self {
        let mut world = Self::new();
        world.begin(&actor(VISITOR).showing(Claim::Receipt), risk, &site()).unwrap();
        world
    }

    pub fn reported_by(who: usize, risk: Risk) -> Result<Self, Refusal> {
        let mut world = Self::new();
        world.begin(&actor(who), risk, &site())?;
        Ok(world)
    }

    /// The company fenced it, and the worker confirmed that.
    pub fn safe() -> Self {
        let mut world = Self::reported(Risk::Life);
        world.act(COMPANY_STAFF, fence()).unwrap();
        world.act(WORKER, MakeSafe { note: String::new() }).unwrap();
        world
    }

    fn id() -> DangerId {
        DangerId(Uuid::from_u128(6_000))
    }

    pub fn danger(&self) -> Danger {
        self.book.state(Self::id())
    }

    pub fn wait(&mut self, minutes: i64) {
        self.now = self.now.plus_seconds(minutes * 60);
    }

    pub fn begin(&mut self, who: &Actor, risk: Risk, site: &Site) -> Result<(), Refusal> {
        let report = Report { by: reporter(who), matter: MatterId(Uuid::from_u128(1_000)), risk };
        self.book.start(Self::id(), report, site, &context(self.now, who, &RULES, &PATH))
    }

    pub fn given<C: Command<On = Danger>>(
        &mut self,
        who: usize,
        command: C,
        facts: &C::Facts,
    ) -> Result<(), Refusal> {
        self.book.act(Self::id(), command, facts, &context(self.now, &ACTORS[who], &RULES, &PATH))
    }

    pub fn act<C: Command<On = Danger, Facts = ()>>(
        &mut self,
        who: usize,
        command: C,
    ) -> Result<(), Refusal> {
        self.given(who, command, &())
    }

    /// The program takes it up; nobody works above the street.
    pub fn go_up(&mut self) -> Result<(), Refusal> {
        let desk = (self.danger().came_to != place(1)).then(|| place(1));
        let program = Actor::system(place(2));
        self.book.act(Self::id(), GoUp, &Above { desk }, &context(self.now, &program, &RULES, &PATH))
    }
}

#[test]
fn who_is_who() {
    assert_eq!(ACTORS[STREET].account, Some(account(STREET as u128)));
    assert_eq!(ACTORS.len(), PEOPLE);
}
