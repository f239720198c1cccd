//! A town in memory: the states of streams and nothing else, as the domain makes them. It does what
//! the office does and a store is not needed for: carries out what follows in other streams, passes
//! on what hangs on whoever left, and takes dangers up a desk when it is time. Nothing is sealed or
//! written as an entry here: that each entry reads back is the laws' of the domain to hold.

use crate::cast::{Cast, Home};
use crate::deed::Deed;
use crate::deeds;
use crate::facts::Knows;
use crate::town::{Held, News, Town};
use serde_json::to_writer;
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_domain::dangers::{Danger, DangerId, GoUp};
use yishi_domain::dispatch::{Order, OrderId, Source};
use yishi_domain::features::RULES;
use yishi_domain::gatherings::{Gathering, GatheringId};
use yishi_domain::matters::{Matter, MatterId, Receipt, ReceiptId};
use yishi_domain::places::PlaceKind;
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::access::{About, Committee};
use yishi_kernel::command::{Also, Command, Decided, Start, decide, stamped, start};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::shipped;
use yishi_kernel::{
    AccountId, Actor, Context, Grant, Heir, HolderKey, Moment, OrganisationId, Pack, Passing, PhotoDigest,
    PlaceId, Refusal, Role, Stamped, Stream, StreamName, Wait, Whom,
};

static SHIPPED: LazyLock<Pack> = LazyLock::new(|| Pack::read(&shipped(RULES), RULES).unwrap());

/// 4 May 2026, 9:00 in China.
const START: Moment = Moment(1_777_856_400_000_000);
const STREET: u128 = 1;
const COMMUNITY: u128 = 2;
const COMPOUND: u128 = 3;
/// How many buildings a community has here, each with one stairwell.
const BUILDINGS: u128 = 60;

/// What was decided in another stream, to be kept once all was.
type Kept = Box<dyn FnOnce(&mut Memory)>;

/// A community in memory.
pub struct Memory {
    pub(crate) now: Moment,
    pub(crate) streams: HashMap<StreamName, Box<dyn Any>>,
    waiting: BTreeMap<StreamName, Vec<Held>>,
    news: Vec<News>,
    paths: HashMap<PlaceId, Vec<PlaceId>>,
    kinds: HashMap<PlaceId, PlaceKind>,
    people: HashMap<AccountId, Actor>,
    bodies: BTreeSet<OrganisationId>,
    accounts: u128,
    /// The receipts of each matter, those of its members not among them.
    pub(crate) receipts: HashMap<MatterId, Vec<ReceiptId>>,
    /// The dangers of each matter likewise.
    pub(crate) dangers: HashMap<MatterId, Vec<DangerId>>,
    /// The orders of each matter likewise.
    pub(crate) orders: HashMap<MatterId, Vec<OrderId>>,
    /// The matters of each building, in the order in which they were raised.
    pub(crate) at: HashMap<PlaceId, Vec<MatterId>>,
    urgent: BTreeSet<StreamName>,
}

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

fn body(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}

impl Memory {
    /// A community and who lives and works in it.
    #[must_use]
    pub fn new() -> (Self, Cast) {
        let mut town = Self {
            now: START,
            streams: HashMap::new(),
            waiting: BTreeMap::new(),
            news: Vec::new(),
            paths: HashMap::new(),
            kinds: HashMap::new(),
            people: HashMap::new(),
            bodies: BTreeSet::new(),
            accounts: 0,
            receipts: HashMap::new(),
            dangers: HashMap::new(),
            orders: HashMap::new(),
            at: HashMap::new(),
            urgent: BTreeSet::new(),
        };
        let cast = town.settle();
        (town, cast)
    }

    fn settle(&mut self) -> Cast {
        let [street, community, compound] = [STREET, COMMUNITY, COMPOUND].map(place);
        self.open(&[street], PlaceKind::Street);
        self.open(&[street, community], PlaceKind::Community);
        self.open(&[street, community, compound], PlaceKind::Compound);
        let mut homes = Vec::new();
        for n in 0..BUILDINGS {
            let home = Home { stairwell: place(1_000 + n), building: place(100 + n) };
            self.open(&[street, community, compound, home.building], PlaceKind::Building);
            self.open(&[street, community, compound, home.building, home.stairwell], PlaceKind::Stairwell);
            homes.push(home);
        }
        let [committee, property, lamps, squad] = [77, 80, 81, 82].map(body);
        self.bodies = [committee, property, lamps, squad].into();
        let workers = (0..3).map(|_| self.comes(Role::CommunityWorker, community, None)).collect();
        let stewards = homes.iter().step_by(4).map(|home| home.stairwell);
        let stewards: Vec<PlaceId> = stewards.collect();
        Cast {
            street,
            community,
            compound,
            committee,
            property,
            lamps,
            squad,
            workers,
            secretary: self.comes(Role::CommunitySecretary, community, None),
            officers: (0..2).map(|_| self.comes(Role::StreetOfficer, street, None)).collect(),
            stewards: stewards.into_iter().map(|at| (at, self.comes(Role::Steward, at, None))).collect(),
            staff: vec![
                (property, self.comes(Role::PropertyStaff, community, Some(property))),
                (lamps, self.comes(Role::DepartmentOfficer, street, Some(lamps))),
                (squad, self.comes(Role::DepartmentOfficer, street, Some(squad))),
            ],
            homes,
            photo: PhotoDigest("ab".repeat(32)),
        }
    }

    fn open(&mut self, path: &[PlaceId], kind: PlaceKind) {
        self.paths.insert(path[path.len() - 1], path.to_vec());
        self.kinds.insert(path[path.len() - 1], kind);
    }

    fn comes(&mut self, role: Role, at: PlaceId, organisation: Option<OrganisationId>) -> Actor {
        self.accounts += 1;
        let account = AccountId(Uuid::from_u128(500_000 + self.accounts));
        let grant = Grant { role, place: at, organisation, from: Moment(0), until: None };
        let office = matches!(role, Role::CommunityWorker | Role::CommunitySecretary);
        let of_office = office.then_some(Committee { id: body(77), desk: place(COMMUNITY) });
        let who = Actor {
            account: Some(account),
            grants: vec![grant],
            employer: organisation.or(of_office.map(|office| office.id)),
            committees: of_office.into_iter().collect(),
            ..Actor::default()
        };
        self.people.insert(account, who.clone());
        who
    }

    /// The street's desk.
    pub(crate) fn street(&self) -> PlaceId {
        place(STREET)
    }

    /// The place that keeps the ledger.
    pub(crate) fn ledger(&self) -> PlaceId {
        place(COMMUNITY)
    }

    /// The residents' committee.
    pub(crate) fn committee(&self) -> OrganisationId {
        body(77)
    }

    /// The bodies that keep all places here.
    pub(crate) fn keepers(&self) -> Vec<OrganisationId> {
        vec![body(80)]
    }

    pub(crate) fn rules(&self) -> &'static Pack {
        &SHIPPED
    }

    /// A place and all above it.
    pub(crate) fn path(&self, at: PlaceId) -> Vec<PlaceId> {
        self.paths.get(&at).cloned().unwrap_or_default()
    }

    /// The same, each with what it is.
    pub(crate) fn places(&self, at: PlaceId) -> Vec<(PlaceId, PlaceKind)> {
        self.path(at).into_iter().map(|place| (place, self.kinds[&place])).collect()
    }

    /// Somebody with an account.
    pub(crate) fn person(&self, id: AccountId) -> Option<Actor> {
        self.people.get(&id).cloned()
    }

    /// The state of a stream.
    pub(crate) fn get<S: Stream>(&self, name: impl Into<StreamName>) -> Option<&S> {
        self.streams.get(&name.into())?.downcast_ref()
    }

    /// The same where it must be there.
    pub(crate) fn must<S: Stream>(&self, name: impl Into<StreamName>) -> Result<&S, Refusal> {
        self.get(name).ok_or(Common::Unknown.into())
    }

    fn act<C>(&mut self, who: &Actor, name: StreamName, command: C) -> Result<(), Refusal>
    where
        C: Command,
        Self: Knows<C, C::Facts>,
    {
        let (facts, at) = self.known(&name, &command)?;
        let path = self.path(at);
        let ctx = self.context(who, &path);
        let on = self.must::<C::On>(name.clone())?;
        let about = self.about(&name);
        let (role, decided) = match about == About::default() {
            true => decide(command, on, &facts, &ctx)?,
            false => {
                let mut on = on.clone();
                on.concerns(about);
                decide(command, &on, &facts, &ctx)?
            }
        };
        self.take(name, decided, &Context { role, ..ctx })
    }

    fn start<C>(&mut self, who: &Actor, name: StreamName, command: C) -> Result<(), Refusal>
    where
        C: Start,
        Self: Knows<C, C::Facts>,
    {
        let (facts, at) = self.known(&name, &command)?;
        let path = self.path(at);
        let ctx = self.context(who, &path);
        let (role, decided) = start(command, &facts, &ctx)?;
        self.take(name, decided, &Context { role, ..ctx })
    }

    fn context<'a>(&self, actor: &'a Actor, path: &'a [PlaceId]) -> Context<'a> {
        Context { now: self.now, actor, role: Role::Visitor, rules: self.rules(), path }
    }

    fn take<S: Stream>(
        &mut self,
        name: StreamName,
        decided: Decided<S>,
        ctx: &Context,
    ) -> Result<(), Refusal> {
        // All or nothing: effects are tried before anything is kept.
        let mut follows: Vec<Kept> = Vec::new();
        for also in decided.also {
            follows.push(self.also(&also, ctx)?);
        }
        self.keep::<S>(name, decided.events.into_iter().map(|event| stamped(event, ctx)).collect());
        for each in follows {
            each(self);
        }
        Ok(())
    }

    fn also(&self, also: &Also, ctx: &Context) -> Result<Kept, Refusal> {
        macro_rules! try_each {
            ($($stream:ty),+) => {$(
                if let Some(effect) = also.on::<$stream>() {
                    let name = also.stream.clone();
                    let events = effect.apply(self.get::<$stream>(name.clone()), ctx)?;
                    let events: Vec<_> = events.into_iter().map(|event| stamped(event, ctx)).collect();
                    return Ok(Box::new(move |town| town.keep::<$stream>(name, events)));
                }
            )+};
        }
        yishi_domain::all_streams!(try_each);
        panic!("an effect on a stream of no feature: {also:?}")
    }

    fn keep<S: Stream>(&mut self, name: StreamName, events: Vec<Stamped<S::Event>>) {
        let Some(time) = events.last().map(|event| event.time) else { return };
        let mut kinds: Vec<String> = events.iter().map(|event| kind_of(&event.what)).collect();
        let mut events = events.into_iter();
        if !self.streams.contains_key(&name) {
            let state = S::begin(&events.next().unwrap()).unwrap();
            self.index(&name, &state);
            self.streams.insert(name.clone(), Box::new(state));
        }
        let mut boxed = self.streams.remove(&name).unwrap();
        let state = boxed.downcast_mut::<S>().unwrap();
        events.for_each(|event| state.evolve(&event));
        // What comes to wait for somebody who is not there for it passes to the desk at once.
        let gone = |wait: &Wait| !self.is_there(&wait.holder, wait.place);
        for from in state.waits().into_iter().filter(gone).map(|wait| wait.holder) {
            for what in state.pass_on(&Passing { from, to: Heir::Desk }) {
                kinds.push(kind_of(&what));
                state.evolve(&Stamped { time, by: None, what });
            }
        }
        let waits = state.waits();
        self.streams.insert(name.clone(), boxed);
        match waits.is_empty() {
            true => drop(self.waiting.remove(&name)),
            false => {
                let held = |wait: Wait| Held {
                    step: format!("{}/{}", wait.family, wait.step),
                    holder: wait.holder,
                    due: wait.due,
                };
                self.waiting.insert(name.clone(), waits.into_iter().map(held).collect());
            }
        }
        self.news.push(News { stream: name, kinds });
    }

    fn is_there(&self, holder: &HolderKey, at: Option<PlaceId>) -> bool {
        match holder.whom() {
            Whom::Person(id) => {
                let path = at.map(|at| self.path(at)).unwrap_or_default();
                let held = self.people.get(&id);
                held.is_some_and(|who| who.grants.iter().any(|grant| path.contains(&grant.place)))
            }
            Whom::Organisation(id) => self.bodies.contains(&id),
            Whom::Desk(id) => self.paths.contains_key(&id),
            Whom::Nobody => false,
        }
    }

    fn index(&mut self, name: &StreamName, state: &dyn Any) {
        if let Some(receipt) = state.downcast_ref::<Receipt>() {
            self.receipts.entry(receipt.matter).or_default().push(id_of(name));
        } else if let Some(matter) = state.downcast_ref::<Matter>() {
            self.at.entry(matter.place).or_default().push(id_of(name));
        } else if let Some(danger) = state.downcast_ref::<Danger>() {
            self.dangers.entry(danger.matter).or_default().push(id_of(name));
            self.urgent.insert(name.clone());
        } else if let Some(order) = state.downcast_ref::<Order>()
            && let Source::Matter(matter) = order.source
        {
            self.orders.entry(matter).or_default().push(id_of(name));
        }
    }
}

/// The id in a stream's name.
pub(crate) fn id_of<I: std::str::FromStr>(name: &StreamName) -> I {
    name.id().parse().unwrap_or_else(|_| panic!("{name} names no such thing"))
}

/// The kind of an event: the first field of its entry. No more of it is written.
fn kind_of<E: serde::Serialize>(event: &E) -> String {
    struct Front(Vec<u8>);
    impl io::Write for Front {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.extend(bytes);
            match self.0.len() {
                ..64 => Ok(bytes.len()),
                _ => Err(io::ErrorKind::WriteZero.into()),
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut front = Front(Vec::new());
    // That it breaks off is what is wanted.
    let _ = to_writer(&mut front, event);
    String::from_utf8_lossy(&front.0).split('"').nth(3).expect("entries begin with their kind").to_owned()
}

macro_rules! carry_out {
    (
        starts { $($start:ident($of:ty, $begins:ty);)+ }
        acts { $($act:ident($on:ty, $does:ty);)+ }
    ) => {
        impl Memory {
            fn carry_out(&mut self, who: &Actor, deed: Deed) -> Result<(), Refusal> {
                match deed {
                    $(Deed::$start(id, command) => self.start(who, id.into(), command),)+
                    $(Deed::$act(id, command) => self.act(who, id.into(), command),)+
                }
            }
        }
    };
}

deeds!(carry_out);

impl Town for Memory {
    fn put(&mut self, now: Moment) {
        self.now = now;
    }

    fn does(&mut self, who: &Actor, deed: Deed) -> Result<(), Refusal> {
        self.carry_out(who, deed)
    }

    fn by_itself(&mut self) {
        let open = |name: &StreamName| self.get::<Danger>(name.clone()).is_some_and(Danger::is_open);
        self.urgent = self.urgent.iter().filter(|name| open(name)).cloned().collect();
        let (program, now) = (Actor::system(self.ledger()), self.now);
        let late = |name: &&StreamName| {
            let danger = self.get::<Danger>((*name).clone());
            danger.and_then(Danger::goes_up).is_some_and(|by| by <= now)
        };
        let late: Vec<StreamName> = self.urgent.iter().filter(late).cloned().collect();
        for name in late {
            // Nobody may work above.
            let _ = self.act(&program, name, GoUp);
        }
    }

    fn succeeds(&mut self, cast: &mut Cast, gone: &Actor) {
        let grant = gone.grants[0].clone();
        let heir = self.comes(grant.role, grant.place, grant.organisation);
        self.people.remove(&gone.account.unwrap());
        cast.replace(gone, &heir);
        let from = HolderKey::person(gone.account.unwrap());
        let passing = Passing { from, to: Heir::Desk };
        let hangs = |held: &&Held| held.holder == passing.from;
        let theirs: Vec<StreamName> = (self.waiting.iter())
            .filter(|(_, held)| held.iter().any(|held| hangs(&held)))
            .map(|(name, _)| name.clone())
            .collect();
        let time = self.now;
        macro_rules! pass_each {
            ($($stream:ty),+) => {
                for name in theirs {
                    $(if let Some(state) = self.get::<$stream>(name.clone()) {
                        let events = state.pass_on(&passing);
                        let events = events.into_iter().map(|what| Stamped { time, by: None, what }).collect();
                        self.keep::<$stream>(name.clone(), events);
                        continue;
                    })+
                }
            };
        }
        yishi_domain::all_streams!(pass_each);
    }

    fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    fn waits(&self, stream: &StreamName) -> Vec<Held> {
        self.waiting.get(stream).cloned().unwrap_or_default()
    }

    fn waiting(&self) -> Vec<(StreamName, Held)> {
        let each = |(name, held): (&StreamName, &Vec<Held>)| {
            held.iter().map(|held| (name.clone(), held.clone())).collect::<Vec<_>>()
        };
        self.waiting.iter().flat_map(each).collect()
    }

    fn matter(&self, id: MatterId) -> Option<Matter> {
        self.get(id).cloned()
    }

    fn receipt(&self, id: ReceiptId) -> Option<Receipt> {
        self.get(id).cloned()
    }

    fn order(&self, id: OrderId) -> Option<Order> {
        self.get(id).cloned()
    }

    fn danger(&self, id: DangerId) -> Option<Danger> {
        self.get(id).cloned()
    }

    fn topic(&self, id: TopicId) -> Option<Topic> {
        self.get(id).cloned()
    }

    fn gathering(&self, id: GatheringId) -> Option<Gathering> {
        self.get(id).cloned()
    }
}
