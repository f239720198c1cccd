//! A small neighbourhood for the laws: it does what the office does, without a store. Every
//! command goes through the book, with facts that are read from it.

mod agenda;
mod check;
mod forums;
mod help;
mod orders;
mod owners;
mod room;
mod stories;

pub use owners::SUMS;
pub use room::Asked;
pub use stories::{empty, objecting};

use crate::ballots::{OwnersResult, OwnersResultId};
use crate::dispatch::{Order, OrderId};
use crate::matters::{Matter, MatterId, Receipt, ReceiptId};
use crate::meetings::{BallotId, Meeting, MeetingId, Seat, SeatId};
use crate::rulebook::ConfirmationId;
use crate::testing::{self, Book, body, context, officer, person, place, rules};
use crate::topics::{Topic, TopicId};
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_kernel::access::Committee;
use yishi_kernel::{
    AccountId, Actor, Context, Heir, HolderKey, Moment, OrganisationId, Pack, Passing, PlaceId, Refusal,
    Role, Stream, Wait,
};

pub const DAY: i64 = 86_400;
pub const MINUTE: i64 = 60;
pub const COMMITTEE: u128 = 77;
pub const LAMPS: u128 = 81;
pub const SQUAD: u128 = 82;
pub const MARKET: u128 = 83;
/// 2023-11-15 06:13:20 in China.
pub const START: Moment = Moment(1_700_000_000_000_000);

static RULES: LazyLock<Pack> = LazyLock::new(rules);
/// Street 1, community 2, compound 3, building 4.
pub static PATH: LazyLock<Vec<PlaceId>> = LazyLock::new(|| (1..=4).map(place).collect());
pub static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
    let of_office = |n, role| Actor {
        committees: vec![Committee { id: body(COMMITTEE), desk: place(2) }],
        ..person(n, role, 2)
    };
    let worker = |n| Actor { employer: Some(body(COMMITTEE)), ..of_office(n, Role::CommunityWorker) };
    vec![
        Actor::visitor(),
        worker(1),
        worker(2),
        of_office(3, Role::CommunitySecretary),
        person(4, Role::StreetOfficer, 1),
        officer(5, Role::DepartmentOfficer, LAMPS),
        officer(6, Role::DepartmentOfficer, SQUAD),
        officer(7, Role::PropertyStaff, MARKET),
        person(8, Role::Administrator, 1),
        person(9, Role::StreetOfficer, 1),
    ]
});
pub const VISITOR: usize = 0;
pub const WORKER: usize = 1;
pub const COLLEAGUE: usize = 2;
pub const SECRETARY: usize = 3;
pub const STREET: usize = 4;
pub const LAMP_OFFICER: usize = 5;
pub const SQUAD_OFFICER: usize = 6;
pub const MARKET_STAFF: usize = 7;
pub const OTHER_STREET: usize = 9;

pub fn account(n: usize) -> AccountId {
    testing::account(n as u128)
}

pub fn organisation(n: u128) -> OrganisationId {
    body(n)
}

pub fn matter_id(n: usize) -> MatterId {
    MatterId(numbered(1_000, n))
}

pub fn receipt_id(n: usize) -> ReceiptId {
    ReceiptId(numbered(1_500, n))
}

pub fn topic_id(n: usize) -> TopicId {
    TopicId(numbered(2_000, n))
}

pub fn meeting_id(n: usize) -> MeetingId {
    MeetingId(numbered(3_000, n))
}

pub fn order_id(n: usize) -> OrderId {
    OrderId(numbered(4_000, n))
}

pub fn result_id(n: usize) -> OwnersResultId {
    OwnersResultId(numbered(7_000, n))
}

pub fn confirmation_id(n: usize) -> ConfirmationId {
    ConfirmationId(numbered(8_000, n))
}

pub fn seat_id(n: usize) -> SeatId {
    SeatId(numbered(5_000, n))
}

/// The ballot of a seat on a motion.
pub fn ballot_id(motion: u32, seat: usize) -> BallotId {
    BallotId(numbered(100_000 * (u128::from(motion) + 1), seat))
}

fn numbered(base: u128, n: usize) -> Uuid {
    Uuid::from_u128(base + n as u128)
}

fn index(id: Uuid, base: u128) -> usize {
    usize::try_from(id.as_u128() - base).unwrap()
}

/// How many there are of each, the book that they stand in, and the clock.
pub struct World {
    pub now: Moment,
    pub book: Book,
    pub matters: usize,
    pub topics: usize,
    pub meetings: usize,
    pub orders: usize,
    pub results: usize,
    /// Confirmations of statutory forums' numbers.
    pub confirmations: usize,
    /// Holders that are no longer there.
    pub gone: Vec<HolderKey>,
    /// The meeting of each sign-in.
    pub seats: Vec<usize>,
    actions: u128,
}

pub type Done = Result<(), Refusal>;

impl World {
    pub fn new() -> Self {
        Self {
            now: START,
            book: Book::default(),
            matters: 0,
            topics: 0,
            meetings: 0,
            orders: 0,
            results: 0,
            confirmations: 0,
            gone: Vec::new(),
            seats: Vec::new(),
            actions: 6_000,
        }
    }

    /// A world with one topic that waits for a meeting.
    pub fn with_topic() -> Self {
        let mut world = Self::new();
        world.raise(VISITOR, None).unwrap();
        world.open_topic(WORKER, &[0]).unwrap();
        world
    }

    pub fn ctx(&self, who: usize) -> Context<'static> {
        context(self.now, &ACTORS[who], &RULES, &PATH)
    }

    pub fn matter(&self, n: usize) -> Matter {
        self.book.state(matter_id(n))
    }

    pub fn receipt(&self, n: usize) -> Receipt {
        self.book.state(receipt_id(n))
    }

    pub fn topic(&self, n: usize) -> Topic {
        self.book.state(topic_id(n))
    }

    pub fn meeting(&self, n: usize) -> Meeting {
        self.book.state(meeting_id(n))
    }

    pub fn seat(&self, n: usize) -> Seat {
        self.book.state(seat_id(n))
    }

    pub fn result(&self, n: usize) -> OwnersResult {
        self.book.state(result_id(n))
    }

    pub fn order(&self, n: usize) -> Order {
        self.book.state(order_id(n))
    }

    /// The topic of an id.
    fn topic_of(&self, id: TopicId) -> Topic {
        self.topic(index(id.0, 2_000))
    }

    /// The order of an id.
    fn order_of(&self, id: OrderId) -> Order {
        self.order(index(id.0, 4_000))
    }

    /// Somebody is no longer there, and whoever is named takes over.
    pub fn end(&mut self, from: HolderKey, to: Heir) {
        let ctx = self.ctx(VISITOR);
        self.book.pass_on(&Passing { from: from.clone(), to }, &ctx);
        self.gone.push(from);
        self.settle();
    }

    /// A text that a meeting's minutes quote was corrected.
    pub fn requote(&mut self, n: usize) {
        let ctx = self.ctx(WORKER);
        let events = self.meeting(n).requoted(&ctx);
        self.book.record::<Meeting>(meeting_id(n), Role::CommunityWorker, events, &ctx);
    }

    /// What came to wait for somebody who is gone passes to the desk.
    pub fn settle(&mut self) {
        let ctx = self.ctx(VISITOR);
        for from in self.gone.clone() {
            self.book.pass_on(&Passing { from, to: Heir::Desk }, &ctx);
        }
    }

    /// Tries everybody in turn; somebody must be able to.
    pub fn somebody(&mut self, what: &str, mut act: impl FnMut(&mut Self, usize) -> Done) -> usize {
        let mut refusals = Vec::new();
        let all =
            [WORKER, COLLEAGUE, SECRETARY, STREET, OTHER_STREET, LAMP_OFFICER, SQUAD_OFFICER, MARKET_STAFF];
        for who in all.into_iter().chain([VISITOR]) {
            match act(self, who) {
                Ok(()) => return who,
                Err(refusal) => refusals.push(refusal),
            }
        }
        panic!("nobody can {what}: {refusals:?}");
    }

    /// When a matter's next step is due; nothing once it is at its end.
    pub fn matter_due(&self, n: usize) -> Option<Moment> {
        self.matter(n).waits().first().map(|wait| wait.due)
    }
}
