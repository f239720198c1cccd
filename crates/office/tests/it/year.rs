//! A year of one community through the office, on both stores: the same people do the same as in
//! memory, on a clock that is set, with what happens by itself as it is due. Half-way the program
//! ends and is started anew. At the end the books hold, the tables are what the entries make them,
//! and both stores tell the same year.

use super::duty::waits_are_in_the_table;
use super::office::rebuilt_is_the_same;
use yishi_domain::dangers::{Danger, DangerId};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::gatherings::{Gathering, GatheringId};
use yishi_domain::matters::{Matter, MatterId, Receipt, ReceiptId};
use yishi_domain::people::{GrantRole, RevokeRole};
use yishi_domain::places::PlaceKind;
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::{
    Actor, Heir, HolderKey, Moment, OrganisationId, PhotoDigest, PlaceId, Refusal, Role, StreamName,
};
use yishi_office::background::Driver;
use yishi_office::people::reads::actor;
use yishi_office::{Failure, Office, Viewed};
use yishi_store::duty::{self, Duty, Key};
use yishi_store::{Db, Value};
use yishi_testkit::stores::START;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};
use yishi_year::{Cast, Deed, Held, Home, News, Tally, Town, Year, deeds};

/// How many are raised in the year; with `YISHI_YEAR=N` they are N.
fn matters() -> u64 {
    std::env::var("YISHI_YEAR").ok().and_then(|matters| matters.parse().ok()).unwrap_or(120)
}
/// A whole year is too much for what waits to be read in one page.
const ALL: i64 = 100_000;

/// A community in a store.
struct Community {
    store: TestStore,
    there: Neighbourhood,
    runtime: tokio::runtime::Runtime,
    seen: i64,
    /// How many came to work here, each under a name of their own.
    came: std::cell::Cell<u32>,
}

impl Community {
    fn new(runtime: tokio::runtime::Runtime, store: TestStore) -> (Self, Cast) {
        let there = runtime.block_on(neighbourhood(&store.office));
        let mut town = Self { store, there, runtime, seen: 0, came: std::cell::Cell::default() };
        let cast = town.settle();
        town.runtime.block_on(Driver::OWN.begin(&town.store.office)).unwrap();
        town.news();
        (town, cast)
    }

    fn db(&self) -> &Db {
        &self.store.office.db
    }

    /// As many people and places as in memory, in the same order.
    fn settle(&mut self) -> Cast {
        let there = self.there.clone();
        let homes: Vec<Home> = (0..60)
            .map(|n| {
                let building = self.open(there.compound, PlaceKind::Building, &format!("{}号楼", n + 10));
                Home { building, stairwell: self.open(building, PlaceKind::Stairwell, "1单元") }
            })
            .collect();
        let stewards = homes.iter().step_by(4).map(|home| home.stairwell);
        let stewards = stewards.map(|at| (at, self.comes(Role::Steward, at, None))).collect();
        let photo = self.runtime.block_on(self.db().put_blob(b"a photo".to_vec())).unwrap();
        Cast {
            street: there.street,
            community: there.community,
            compound: there.compound,
            homes,
            committee: there.committee,
            property: there.property,
            lamps: there.lamps,
            squad: there.squad,
            workers: vec![
                there.worker.clone(),
                there.colleague.clone(),
                self.comes(Role::CommunityWorker, there.community, Some(there.committee)),
            ],
            secretary: there.secretary.clone(),
            officers: vec![there.officer.clone(), self.comes(Role::StreetOfficer, there.street, None)],
            stewards,
            staff: vec![
                (there.property, there.keeper.clone()),
                (there.lamps, there.lamp_officer.clone()),
                (there.squad, there.squad_officer.clone()),
            ],
            photo: PhotoDigest(photo),
        }
    }

    fn open(&self, within: PlaceId, kind: PlaceKind, name: &str) -> PlaceId {
        let (office, keeper) = (&self.store.office, &self.there.administrator);
        self.runtime.block_on(office.open_place(keeper, within, kind, name, None)).unwrap()
    }

    fn comes(&self, role: Role, at: PlaceId, employer: Option<OrganisationId>) -> Actor {
        let (office, keeper) = (&self.store.office, &self.there.administrator);
        self.runtime.block_on(async {
            self.came.set(self.came.get() + 1);
            let name = format!("来人{}", self.came.get());
            let id = office.open_account(keeper, at, &name, employer).await.unwrap();
            let organisation = employer.filter(|_| role.of_organisation());
            let grant = GrantRole { role, place: at, organisation, from: office.now(), until: None };
            office.grant(keeper, id, grant).await.unwrap();
            actor(&office.db, id).await.unwrap().unwrap()
        })
    }

    fn state<S: Viewed>(&self, name: impl Into<StreamName>) -> Option<S> {
        let name = name.into();
        let loaded = self.store.office.load(self.there.community, &name);
        self.runtime.block_on(loaded).unwrap().state
    }

    /// The program ends, and another one is started over the same store.
    fn restarts(&mut self) {
        self.runtime.block_on(self.store.reopen()).unwrap();
        let (db, clock) = (self.store.office.db.clone(), self.store.office.clock.clone());
        self.store.office = Office::on(db, &self.store.folder().join("keys"), clock).unwrap();
        self.runtime.block_on(Driver::OWN.begin(&self.store.office)).unwrap();
    }
}

fn held(duty: &Duty) -> Held {
    let step = format!("{}/{}", duty.family, duty.step);
    Held { step, holder: HolderKey::stored(&duty.holder.0), due: duty.due }
}

/// What was refused is the year's to judge; what is broken is not.
fn answer<T>(done: Result<T, Failure>) -> Result<(), Refusal> {
    match done {
        Ok(_) => Ok(()),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::Fault(fault)) => panic!("{fault}"),
    }
}

macro_rules! carry_out {
    (
        starts { $($start:ident($of:ty, $begins:ty);)+ }
        acts { $($act:ident($on:ty, $does:ty);)+ }
    ) => {
        async fn carry_out(office: &Office, ledger: PlaceId, who: &Actor, deed: Deed) -> Result<(), Refusal> {
            match deed {
                $(Deed::$start(id, command) => answer(office.start(who, ledger, id, command).await),)+
                $(Deed::$act(id, command) => answer(office.act(who, ledger, id, command).await),)+
            }
        }
    };
}

deeds!(carry_out);

impl Town for Community {
    fn put(&mut self, now: Moment) {
        self.store.office.clock.put(now);
    }

    fn does(&mut self, who: &Actor, deed: Deed) -> Result<(), Refusal> {
        let (office, ledger) = (&self.store.office, self.there.community);
        self.runtime.block_on(Box::pin(carry_out(office, ledger, who, deed)))
    }

    fn by_itself(&mut self) {
        // How often something is repeated goes by the machine's clock, which does not jump.
        const AGAIN: &str = "delete from cursor where ledger = ''";
        let office = &self.store.office;
        self.runtime.block_on(async {
            office.db.execute(vec![(AGAIN, Vec::new())]).await.unwrap();
            Driver::OWN.round(office).await.unwrap();
        });
    }

    fn succeeds(&mut self, cast: &mut Cast, gone: &Actor) {
        let grant = gone.grants[0].clone();
        let heir = self.comes(grant.role, grant.place, grant.organisation.or(gone.employer));
        cast.replace(gone, &heir);
        let (office, keeper) = (&self.store.office, &self.there.administrator);
        let revoke = RevokeRole { role: grant.role, place: grant.place, heir: Heir::Desk };
        self.runtime.block_on(office.revoke(keeper, gone.account.unwrap(), revoke)).unwrap();
    }

    fn news(&mut self) -> Vec<News> {
        const SINCE: &str = "select number, stream, kind from event where ledger = ?1 and number > ?2
             order by number";
        let after = [Value::from(self.there.community), Value::Int(self.seen)];
        let rows = self.runtime.block_on(self.db().rows(SINCE, &after)).unwrap();
        let news = rows.iter().map(|row| {
            let (stream, kind) = (row.text(1).unwrap(), row.text(2).unwrap());
            News { stream: StreamName::stored(stream), kinds: vec![kind.to_owned()] }
        });
        let news = news.collect();
        self.seen = rows.last().map_or(self.seen, |row| row.int(0).unwrap());
        news
    }

    fn waits(&self, stream: &StreamName) -> Vec<Held> {
        let found = self.runtime.block_on(duty::of_stream(self.db(), self.there.community, stream));
        found.unwrap().iter().map(held).collect()
    }

    fn waiting(&self) -> Vec<(StreamName, Held)> {
        let (ledger, now) = (self.there.community, self.store.office.now());
        let all = self.runtime.block_on(duty::all_after(self.db(), &Key::before(ledger), ALL)).unwrap();
        let own: Vec<&Duty> = all.iter().filter(|duty| duty.ledger == ledger).collect();
        // The list of what is late tells the same.
        let late = self.runtime.block_on(duty::late(self.db(), ledger, now, ALL)).unwrap();
        assert_eq!(late.len(), own.iter().filter(|duty| duty.due <= now).count());
        own.into_iter().map(|duty| (StreamName::stored(&duty.stream), held(duty))).collect()
    }

    fn matter(&self, id: MatterId) -> Option<Matter> {
        self.state(id)
    }

    fn receipt(&self, id: ReceiptId) -> Option<Receipt> {
        self.state(id)
    }

    fn order(&self, id: OrderId) -> Option<Order> {
        self.state(id)
    }

    fn danger(&self, id: DangerId) -> Option<Danger> {
        self.state(id)
    }

    fn topic(&self, id: TopicId) -> Option<Topic> {
        self.state(id)
    }

    fn gathering(&self, id: GatheringId) -> Option<Gathering> {
        self.state(id)
    }
}

/// The year in a store, with a restart in the middle of it.
fn lived(store: TestStore) -> Tally {
    let (town, cast) = Community::new(runtime(), store);
    let mut year = Year::new(town, cast, START, 1, matters()).pausing(180);
    assert!(year.goes_on(), "the year is not over");
    year.town.restarts();
    let (town, tally) = year.ends();
    let Community { store, runtime, .. } = town;
    runtime.block_on(async {
        let found = store.office.audit().await.unwrap();
        let broken: Vec<_> = found.into_iter().filter(|one| !one.holds).collect();
        assert!(broken.is_empty(), "{}: {broken:?}", store.engine());
        rebuilt_is_the_same(&store).await;
        waits_are_in_the_table(&store).await;
    });
    tally
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[test]
fn a_year_through_the_office_breaks_no_law_and_is_the_same_on_both_stores() {
    let opened = runtime();
    let told: Vec<_> =
        opened.block_on(stores()).into_iter().map(|store| (store.engine(), lived(store))).collect();
    for (engine, tally) in &told {
        assert_eq!(tally, &told[0].1, "{engine}");
    }
}
