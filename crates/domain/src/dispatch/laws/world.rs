//! One order in a small neighbourhood, and the people who may want something of it.

use super::any::Any;
use crate::dispatch::*;
use crate::matters::{MatterId, StageKind, ToHold};
use crate::testing::{Book, account, body, context, officer, person, place, rules};
use jiff::civil::{Weekday, date};
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_kernel::due::Calendar;
use yishi_kernel::{
    Actor, Clock, Command, Context, Denied, Effect, Heir, Holder, HolderKey, Moment, OrganisationId, Pack,
    Passing, PlaceId, Refusal, Role, Start, Stream,
};

pub const DAY: i64 = 86_400;
pub const COMMITTEE: u128 = 77;
pub const LAMPS: u128 = 81;
pub const SQUAD: u128 = 82;
pub const MARKET: u128 = 83;
/// 2023-11-15 06:13:20 in China.
pub const START: Moment = Moment(1_700_000_000_000_000);

static RULES: LazyLock<Pack> = LazyLock::new(rules);
/// A calendar by which every weekend of the time of these tests is worked.
static BUSY: LazyLock<Calendar> = LazyLock::new(|| {
    let (first, last) = (date(2023, 11, 1), date(2023, 12, 31));
    let weekends = first
        .series(jiff::ToSpan::days(1))
        .take_while(|day| *day <= last)
        .filter(|day| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    let on: Vec<String> = weekends.map(|day| format!("\"{day}\"")).collect();
    Calendar::read(&format!("[[year]]\nyear = 2023\nsource = \"x\"\noff = []\non = [{}]", on.join(",")))
        .unwrap()
});
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
        officer(5, Role::DepartmentOfficer, LAMPS),
        officer(6, Role::DepartmentOfficer, SQUAD),
        officer(7, Role::PropertyStaff, MARKET),
        person(8, Role::Administrator, 1),
    ]
});
pub const WORKER: usize = 1;
pub const COLLEAGUE: usize = 2;
pub const SECRETARY: usize = 3;
pub const STREET: usize = 4;
pub const LAMP_OFFICER: usize = 5;
pub const SQUAD_OFFICER: usize = 6;
pub const MARKET_STAFF: usize = 7;

type Answer = Result<(), Refusal>;

pub fn text() -> String {
    "说明".to_owned()
}

pub fn lamps() -> Holder {
    Holder::Organisation(body(LAMPS))
}

pub fn own_people() -> Holder {
    Holder::Desk(place(2))
}

/// A matter in hand.
pub fn origin() -> Origin {
    let desks = Desks { place: place(4), desk: place(2), street: place(1) };
    Origin {
        stage: StageKind::InHand,
        about: yishi_kernel::access::About::default(),
        desks,
        to: ToHold::default(),
        declined: None,
    }
}

pub fn send(kind: OrderKind, holder: Holder, finish_by: Moment) -> Send {
    let (task, acceptance) = ("补装三盏路灯".to_owned(), "夜间全亮".to_owned());
    Send {
        matter: matter(),
        kind,
        item: "repair".to_owned(),
        task,
        acceptance,
        holder,
        person: None,
        finish_by,
    }
}

pub fn ask(finish_by: Moment) -> Ask {
    Ask {
        matter: matter(),
        whistle: WhistleKind::Hard,
        item: "department".to_owned(),
        task: "补装三盏路灯".to_owned(),
        acceptance: "夜间全亮".to_owned(),
        reason: "社区无权处置".to_owned(),
        departments: vec![body(SQUAD)],
        lead: body(LAMPS),
        finish_by,
    }
}

fn matter() -> MatterId {
    MatterId(Uuid::from_u128(1_000))
}

pub fn at(stage: OrderStage) -> Denied {
    Denied::stage(stage)
}

pub fn needs_another_role(answer: Answer) -> bool {
    let refusal = answer.unwrap_err();
    matches!(refusal.denied(), Some(Denied::Role { .. }))
}

/// One order, and the clock.
pub struct World {
    pub now: Moment,
    pub book: Book,
    /// Holders that are no longer there.
    gone: Vec<HolderKey>,
}

impl World {
    /// Nothing was sent yet.
    pub fn new() -> Self {
        Self { now: START, book: Book::default(), gone: Vec::new() }
    }

    /// Work or a letter was sent, to be done in ten days.
    pub fn sent(kind: OrderKind, holder: Holder) -> Self {
        let mut world = Self::new();
        world.begin(WORKER, send(kind, holder, START.plus_seconds(10 * DAY))).unwrap();
        world
    }

    /// A whistle was asked for that the lamps' department is to lead.
    pub fn asked() -> Self {
        Self::asked_of(body(LAMPS))
    }

    pub fn asked_of(lead: OrganisationId) -> Self {
        let mut world = Self::new();
        let ask = Ask { lead, ..ask(START.plus_seconds(10 * DAY)) };
        world.begin(WORKER, ask).unwrap();
        world
    }

    /// The street whistled for the lamps' department, which leads, and the squad.
    pub fn blown() -> Self {
        let mut world = Self::asked();
        world.blow(STREET, WhistleKind::Hard).unwrap();
        world
    }

    pub fn id() -> OrderId {
        OrderId(Uuid::from_u128(4_000))
    }

    pub fn ctx(&self, who: usize) -> Context<'static> {
        context(self.now, &ACTORS[who], &RULES, &PATH)
    }

    pub fn order(&self) -> Order {
        self.book.state(Self::id())
    }

    pub fn next(&self) -> (OrderStep, HolderKey, Moment) {
        self.order().next().unwrap()
    }

    pub fn begin<C: Start<Of = Order, Facts = Origin>>(&mut self, who: usize, command: C) -> Answer {
        let ctx = self.ctx(who);
        self.book.start(Self::id(), command, &origin(), &ctx)
    }

    pub fn act<C: Command<On = Order, Facts = ()>>(&mut self, who: usize, command: C) -> Answer {
        let ctx = self.ctx(who);
        self.book.act(Self::id(), command, &(), &ctx)
    }

    /// The same of one that must know something.
    pub fn act_knowing<C: Command<On = Order>>(
        &mut self,
        who: usize,
        command: C,
        facts: &C::Facts,
    ) -> Answer {
        let ctx = self.ctx(who);
        self.book.act(Self::id(), command, facts, &ctx)
    }

    pub fn any(&mut self, who: usize, command: Any) -> Answer {
        let ctx = self.ctx(who);
        command.act(&mut self.book, Self::id(), &ctx)
    }

    pub fn report_in(&mut self, who: usize) -> Answer {
        self.act(who, ReportIn { organisation: None, note: String::new() })
    }

    pub fn dispute(&mut self, who: usize) -> Answer {
        self.act(who, Dispute { reason: text() })
    }

    pub fn rule(&mut self, who: usize, holder: Holder) -> Answer {
        let finish_by = self.now.plus_seconds(5 * DAY);
        self.act(who, Rule { holder, reason: text(), finish_by })
    }

    pub fn done(&mut self, who: usize) -> Answer {
        self.act(who, Done { note: "三盏全亮".to_owned(), photos: Vec::new() })
    }

    pub fn accept(&mut self, who: usize) -> Answer {
        self.act(who, Accept { note: String::new() })
    }

    pub fn blow(&mut self, who: usize, whistle: WhistleKind) -> Answer {
        let finish_by = self.now.plus_seconds(5 * DAY);
        let (lead, departments) = (body(LAMPS), vec![body(SQUAD)]);
        self.act(who, Blow { whistle, departments, lead, arrive_by: None, finish_by })
    }

    /// Suspends the order, as an upheld objection does.
    pub fn suspend(&mut self) {
        let ctx = self.ctx(SECRETARY);
        let suspend = Suspend { reason: "异议成立".into() };
        let events = suspend.apply(Some(&self.order()), &ctx).unwrap();
        self.book.record::<Order>(Self::id(), Role::CommunitySecretary, events, &ctx);
    }

    /// A calendar comes by which weekends are worked: what waits is due sooner or as it was.
    pub fn reckon(&mut self) {
        let (before, ctx) = (self.order(), self.ctx(0));
        let sooner = |clock: Clock<'_>| clock.sooner(&Calendar::shipped(), &BUSY, ctx.now);
        let Some(due) = before.clock(ctx.rules).and_then(sooner) else { return };
        let events = before.reckoned(due, &ctx);
        self.book.record::<Order>(Self::id(), Role::System, events, &ctx);
        assert_eq!(self.next().2, due, "of the step that waits");
        assert!(before.next().is_some_and(|(.., promised)| due < promised), "never put off");
    }

    /// The program looks what is overdue and climbs, as it does again and again.
    pub fn look(&mut self) {
        let program = Actor::system(place(2));
        let ctx = context(self.now, &program, &RULES, &PATH);
        let before = self.order();
        if self.book.act(Self::id(), Escalate, &(), &ctx).is_err() {
            assert!(before.ended.is_some(), "what is open can climb");
        }
        let after = self.order();
        assert_eq!((before.waits(), before.stage), (after.waits(), after.stage), "nobody's duty changes");
        assert!(after.climbs().is_none_or(|at| at > self.now), "what is due to climb has");
    }

    /// Somebody is no longer there, and whoever is named takes over.
    pub fn end(&mut self, key: HolderKey, to: Heir) {
        let ctx = self.ctx(0);
        self.book.pass_on(&Passing { from: key.clone(), to }, &ctx);
        self.gone.push(key);
        self.settle();
    }

    /// What came to wait for somebody who is gone passes to the desk.
    pub fn settle(&mut self) {
        let ctx = self.ctx(0);
        for from in self.gone.clone() {
            self.book.pass_on(&Passing { from, to: Heir::Desk }, &ctx);
        }
    }

    /// One helpful step, by whoever can take it; somebody must be able to.
    pub fn help(&mut self, flavour: usize) {
        let Some(command) = Any::helpful(&self.order(), self.now, flavour) else { return };
        let mut refusals = Vec::new();
        for who in [WORKER, COLLEAGUE, SECRETARY, STREET, LAMP_OFFICER, SQUAD_OFFICER, MARKET_STAFF, 0] {
            match self.any(who, command.clone()) {
                Ok(()) => return,
                Err(refusal) => refusals.push(refusal),
            }
        }
        panic!("nobody can: {command:?} {refusals:?}");
    }

    /// What must hold after every move.
    pub fn check(&self) {
        use OrderStage::{Accepted, Declined, Withdrawn};
        let order = self.order();
        let ended = matches!(order.stage, Accepted | Declined | Withdrawn);
        assert_eq!(order.waits().is_empty(), ended);
        assert_eq!(order.ended.is_some(), ended);
        assert!(order.waits().iter().all(|wait| !self.gone.contains(&wait.holder)), "{order:?}");
    }

    /// Leads the order to its end.
    pub fn finish(&mut self) {
        for _ in 0..8 {
            self.help(1);
            self.settle();
        }
        assert!(self.order().waits().is_empty(), "{:?}", self.order());
        self.check();
    }
}

#[test]
fn who_is_who() {
    assert_eq!(ACTORS[STREET].account, Some(account(STREET as u128)));
    assert_eq!(ACTORS.len(), 9);
}
