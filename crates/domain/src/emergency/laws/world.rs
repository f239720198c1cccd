//! A matter in hand on what is the owners', and the people who want something done about it.

use crate::dangers::DangerStage;
use crate::dispatch::{Desks, Order, OrderId, OrderKind, Origin, Send, Withdraw};
use crate::emergency::*;
use crate::matters::{MatterId, StageKind, ToHold};
use crate::testing::{Book, body, context, person, place, rules};
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_kernel::access::About;
use yishi_kernel::{Actor, Context, Holder, Moment, Pack, PlaceId, Refusal, Role, Stream};

/// 2023-11-15 06:13:20 in China.
pub const START: Moment = Moment(1_700_000_000_000_000);
pub const WORKER: usize = 1;
pub const COLLEAGUE: usize = 2;
pub const SECRETARY: usize = 3;
pub const STREET: usize = 4;
/// The worker, who is the secretary's deputy for the day and acts as that.
pub const WORKER_AS_SECRETARY: usize = 5;
const COMMITTEE: u128 = 77;
const LAMPS: u128 = 81;

static SHIPPED: LazyLock<Pack> = LazyLock::new(rules);
/// Street 1, community 2, compound 3, building 4.
static PATH: LazyLock<Vec<PlaceId>> = LazyLock::new(|| (1..=4).map(place).collect());
static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
    let worker = |n| Actor { employer: Some(body(COMMITTEE)), ..person(n, Role::CommunityWorker, 2) };
    vec![
        Actor::visitor(),
        worker(1),
        worker(2),
        person(3, Role::CommunitySecretary, 2),
        person(4, Role::StreetOfficer, 1),
        person(1, Role::CommunitySecretary, 2),
    ]
});

type Done = Result<(), Refusal>;

pub fn basis_id(n: usize) -> BasisId {
    BasisId(Uuid::from_u128(7_000 + n as u128))
}

fn order_id(n: usize) -> OrderId {
    OrderId(Uuid::from_u128(8_000 + n as u128))
}

fn matter() -> MatterId {
    MatterId(Uuid::from_u128(1_000))
}

/// A fence below a wall, which takes up common ground.
pub fn fence() -> EnterBasis {
    EnterBasis {
        matter: matter(),
        item: "change_use".to_owned(),
        situation: "facade".to_owned(),
        line: "墙下围挡，挂警示牌".to_owned(),
        acceptance: "没有人能走到墙下".to_owned(),
        applicant: None,
        paper: Vec::new(),
    }
}

/// The matter, what was entered and sent about it, and the clock.
pub struct World {
    pub now: Moment,
    pub book: Book,
    pub bases: usize,
    /// Where the matter stands.
    pub stage: StageKind,
    /// Where its danger stands.
    pub danger: Option<DangerStage>,
    straight: usize,
    pack: Option<Pack>,
}

impl World {
    pub fn new() -> Self {
        Self {
            now: START,
            book: Book::default(),
            bases: 0,
            stage: StageKind::InHand,
            danger: None,
            straight: 0,
            pack: None,
        }
    }

    /// The same by another pack.
    pub fn by(text: &str) -> Self {
        Self { pack: Some(Pack::read(text, crate::features::RULES).unwrap()), ..Self::new() }
    }

    fn ctx<'a>(now: Moment, who: usize, pack: Option<&'a Pack>) -> Context<'a> {
        context(now, &ACTORS[who], pack.unwrap_or(&SHIPPED), &PATH)
    }

    pub fn basis(&self, n: usize) -> Basis {
        self.book.state(basis_id(n))
    }

    /// The order that a basis freed.
    pub fn order(&self, n: usize) -> Order {
        self.book.state(order_id(n))
    }

    pub fn orders(&self) -> Vec<(OrderId, Order)> {
        let all = self.book.all::<Order>();
        all.into_iter().map(|(name, order)| (OrderId(name.id().parse().unwrap()), order)).collect()
    }

    pub fn enter(&mut self, who: usize, command: EnterBasis) -> Done {
        let open = |n: &usize| matches!(self.basis(*n).stage, BasisStage::Entered | BasisStage::Confirmed);
        let ground = Ground {
            stage: self.stage,
            about: About::default(),
            place: place(4),
            desk: place(2),
            danger: None,
            recommended: None,
            open: (0..self.bases).filter(open).count() as u64,
        };
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        self.book.start(basis_id(self.bases), command, &ground, &ctx)?;
        self.bases += 1;
        Ok(())
    }

    pub fn confirm(&mut self, who: usize, n: usize) -> Done {
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        self.book.act(basis_id(n), ConfirmBasis, &(), &ctx)
    }

    pub fn reject(&mut self, who: usize, n: usize) -> Done {
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        self.book.act(basis_id(n), RejectBasis { reason: "不是最少措施".to_owned() }, &(), &ctx)
    }

    /// A text of it was corrected.
    pub fn reword(&mut self, who: usize, n: usize) {
        let role = ACTORS[who].grants.first().map_or(Role::Visitor, |grant| grant.role);
        let ctx = Context { role, ..Self::ctx(self.now, who, self.pack.as_ref()) };
        let events = self.basis(n).requoted(&ctx);
        self.book.record::<Basis>(basis_id(n), role, events, &ctx);
    }

    fn releasing(&self, n: usize) -> Releasing {
        Releasing {
            id: basis_id(n),
            order: order_id(n),
            stage: self.stage,
            about: About::default(),
            danger: self.danger,
            street: place(1),
            to: ToHold::default(),
        }
    }

    pub fn send(&mut self, who: usize, n: usize) -> Done {
        self.go(who, n, Way::Work { holder: Holder::Organisation(body(LAMPS)), person: None })
    }

    pub fn whistle(&mut self, who: usize, n: usize) -> Done {
        let reason = "社区没有登高设备".to_owned();
        self.go(who, n, Way::Whistle { reason, departments: Vec::new(), lead: body(LAMPS) })
    }

    fn go(&mut self, who: usize, n: usize, way: Way) -> Done {
        let facts = self.releasing(n);
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        let finish_by = self.now.plus_seconds(86_400);
        self.book.act(basis_id(n), SendLeast { way, finish_by }, &facts, &ctx)
    }

    /// The order that a basis freed is withdrawn, if it can be.
    pub fn withdraw(&mut self, n: usize) {
        let ctx = Self::ctx(self.now, WORKER, self.pack.as_ref());
        let _ = self.book.act(order_id(n), Withdraw { reason: "改为自办".to_owned() }, &(), &ctx);
    }

    pub fn account(&mut self, who: usize, n: usize, post: PostAccount) -> Done {
        let order = self.book.loaded::<Order>(order_id(n)).state.map(|order| order.stage);
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        self.book.act(basis_id(n), post, &Carried { order }, &ctx)
    }

    /// Somebody sends work straight from the matter.
    pub fn straight(&mut self, who: usize, item: &str, task: &str) -> Done {
        let desks = Desks { place: place(4), desk: place(2), street: place(1) };
        let (about, to) = (About::default(), ToHold::default());
        let origin = Origin { stage: self.stage, about, desks, to, declined: None };
        let send = Send {
            matter: matter(),
            kind: OrderKind::Work,
            item: item.to_owned(),
            task: task.to_owned(),
            acceptance: "现场查看".to_owned(),
            holder: Holder::Organisation(body(LAMPS)),
            person: None,
            finish_by: self.now.plus_seconds(86_400),
        };
        let id = OrderId(Uuid::from_u128(9_000 + self.straight as u128));
        let ctx = Self::ctx(self.now, who, self.pack.as_ref());
        self.book.start(id, send, &origin, &ctx)?;
        self.straight += 1;
        Ok(())
    }
}
