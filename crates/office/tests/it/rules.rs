//! Rules are each ledger's own: a pack is in force there from the moment of its adoption, what
//! was decided names the pack that it was decided by, and a program adopts the one it ships
//! with once.

use super::office::{refused, seal_and_verify, to_worker};
use super::twin::photo;
use std::sync::Arc;
use yishi_domain::evaluation;
use yishi_domain::matters::{self, MatterId};
use yishi_domain::places::PlaceKind;
use yishi_domain::rulebook::{Adopted, adopt, stream};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::{Limits, digest_of};
use yishi_kernel::{Actor, Moment, Pack, PlaceId, Role, Stamped};
use yishi_office::background::Driver;
use yishi_office::matters::{Raising, reads};
use yishi_office::places::NewLedger;
use yishi_office::{Batch, Office, ledgers};
use yishi_store::{Fault, verify};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood, stores};

/// A second program on the same store, which has looked nothing up yet.
pub fn another(store: &TestStore) -> Office {
    let office = &store.office;
    Office::on(office.db.clone(), &store.location().keys(), office.clock.clone()).unwrap()
}

/// Tables laid over each other: what another program might ship.
fn lay(below: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (below.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(over)) => lay(below, over),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

/// A ledger adopts, from a moment on, what another program ships: the rules of this one, of which
/// something is otherwise.
pub async fn adopted(office: &Office, ledger: PlaceId, over: &str, from: Moment) -> String {
    let shipped = office.db.blob(office.shipped_rules().digest()).await.unwrap().unwrap();
    let mut table: toml::Table = String::from_utf8(shipped).unwrap().parse().unwrap();
    lay(&mut table, over.parse().unwrap());
    let text = table.to_string();
    let digest = digest_of(&text);
    assert_eq!(office.db.put_blob(text.into_bytes()).await.unwrap(), digest, "found by its digest");
    let mut loaded = office.load::<Adopted>(ledger, &stream()).await.unwrap();
    let what = adopt(loaded.get(), &digest, &digest).unwrap();
    let mut batch = Batch::new(ledger, office.now());
    let event = Stamped { time: from, by: None, what };
    batch.record(&stream(), &mut loaded, Role::System, vec![event]).unwrap();
    office.db.append(batch.into_append()).await.unwrap();
    digest
}

fn with_photos(word: &str, place: PlaceId, photos: &[yishi_kernel::PhotoDigest]) -> Raising {
    Raising { photos: photos.to_vec(), ..raising(word, place, "楼道灯坏了。") }
}

/// The packs that a matter's entries name, in order.
async fn named(office: &Office, ledger: PlaceId, matter: MatterId) -> Vec<String> {
    let entries = reads::entries(&office.db, ledger, matter).await.unwrap();
    let rules = entries.iter().filter_map(|entry| entry.public.get("rules"));
    rules.map(|digest| digest.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_pack_is_in_force_in_its_ledger_from_its_moment_and_verdicts_name_it() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, visitor) = (there.community, Actor::visitor());
        let new = NewLedger { slug: "elsewhere".to_owned(), host: "yishi.local".to_owned() };
        let elsewhere = office
            .open_place(&there.administrator, there.street, PlaceKind::Community, "别处社区", Some(new))
            .await
            .unwrap();
        let hall = office
            .open_place(&there.administrator, elsewhere, PlaceKind::Facility, "活动室", None)
            .await
            .unwrap();
        let shipped = office.shipped_rules().digest().to_owned();
        let from = office.now().plus_seconds(86_400);
        let over = "[limits]\nphotos = 1\n[matters.receive]\ndays = 9\nsource = \"本地规则\"\n";
        let own = adopted(office, ledger, over, from).await;
        assert_ne!(own, shipped);

        // Another program, which has nothing in mind, says the same.
        let office = another(&store);
        let digest = async |ledger, moment| -> String {
            office.rules(ledger, moment).await.unwrap().digest().to_owned()
        };
        assert_eq!(digest(ledger, Moment(from.0 - 1)).await, shipped, "{}", store.engine());
        assert_eq!(digest(ledger, from).await, own);
        assert_eq!(digest(ledger, from.plus_seconds(900 * 86_400)).await, own);
        for other in [there.street, elsewhere] {
            assert_eq!(digest(other, from).await, shipped, "the others go on by what they had");
        }
        assert_eq!(digest(ledger, Moment(0)).await, shipped, "before there was a ledger");
        let pack: Arc<Pack> = office.rules(ledger, from).await.unwrap();
        assert_eq!(pack.section::<Limits>().photos, 1);
        assert_eq!(pack.section::<matters::Rules>().receive.count, 9);
        let plain = office.shipped_rules();
        let evaluate = |pack: &Pack| pack.section::<evaluation::Rules>().evaluate.clone();
        assert_eq!(evaluate(&pack), evaluate(&plain), "what was not laid over is inherited");

        // What is decided goes by the pack of its moment, and says so for ever.
        let photos = [photo(&office, 1).await, photo(&office, 2).await];
        let before = office.raise(&visitor, with_photos("before", there.building, &photos)).await.unwrap();
        office.clock.put(from);
        let many = office.raise(&visitor, with_photos("many", there.building, &photos)).await;
        assert_eq!(refused(many), Common::TooManyPhotos { max: 1 });
        let after = office.raise(&visitor, with_photos("after", there.building, &photos[..1])).await.unwrap();
        let there_too = office.raise(&visitor, with_photos("there", hall, &photos)).await.unwrap();
        office.act(&there.worker, ledger, before.matter, to_worker(&there)).await.unwrap();
        let names = async |ledger, matter| named(&office, ledger, matter).await;
        assert_eq!(names(ledger, before.matter).await, [shipped.clone(), own.clone()]);
        assert_eq!(names(ledger, after.matter).await, std::slice::from_ref(&own));
        assert_eq!(names(elsewhere, there_too.matter).await, [shipped]);
        let row = reads::matter(&office.db, ledger, after.matter).await.unwrap().unwrap();
        assert_eq!(row.next.unwrap().1, row.raised.end_of_day_after(9), "the deadline is the pack's");
        assert_eq!(another(&store).pack(&own).await.unwrap(), pack, "and its text is found by that name");
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn a_pack_whose_text_is_gone_decides_nothing() {
    for store in stores().await {
        let there = neighbourhood(&store.office).await;
        let office = another(&store);
        let mut loaded = office.load::<Adopted>(there.community, &stream()).await.unwrap();
        let gone = "0".repeat(64);
        let what = adopt(loaded.get(), &gone, &gone).unwrap();
        let mut batch = Batch::new(there.community, office.now());
        let event = Stamped { time: office.now(), by: None, what };
        batch.record(&stream(), &mut loaded, Role::System, vec![event]).unwrap();
        office.db.append(batch.into_append()).await.unwrap();
        let fault = office.rules(there.community, office.now()).await.unwrap_err();
        assert!(matches!(fault, Fault::Unreadable(_)), "{fault}");
        let raised = office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await;
        assert!(raised.is_err(), "{}: nothing goes by rules that nobody can read", store.engine());
        office.rules(there.street, office.now()).await.unwrap();
    }
}

#[tokio::test]
async fn what_ships_is_adopted_once_in_every_ledger_and_a_later_pack_stays_in_force() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let versions = async |ledger| -> Vec<String> {
            let book = office.load::<Adopted>(ledger, &stream()).await.unwrap();
            book.must().unwrap().versions.iter().map(|version| version.sha256.clone()).collect()
        };
        let shipped = office.shipped_rules().digest().to_owned();
        // A ledger that an earlier program made, and one where a later program was at work.
        let earlier = PlaceId(uuid::Uuid::now_v7());
        let key = office.keys.make("earlier", "yishi.local/earlier").unwrap();
        let (path, verifier) = ([there.street, earlier], key.verifier().to_string());
        ledgers::keep(&office.db, earlier, &path, "earlier", "yishi.local/earlier", &verifier).await.unwrap();
        let old = adopted(office, earlier, "[limits]\nphotos = 2\n", office.now()).await;
        let later = adopted(office, there.street, "[limits]\nphotos = 7\n", office.now()).await;
        Driver::OWN.begin(office).await.unwrap();
        for _ in 0..2 {
            office.adopt_shipped_rules().await.unwrap();
            another(&store).adopt_shipped_rules().await.unwrap();
            Driver::OWN.round(office).await.unwrap();
        }
        // A community stands on its street.
        assert_eq!(versions(earlier).await, [old, later.clone()], "{}", store.engine());
        for ledger in [there.street, there.community] {
            assert_eq!(versions(ledger).await, [shipped.clone(), later.clone()]);
        }
        for ledger in [earlier, there.street, there.community] {
            let digest = &later;
            assert_eq!(another(&store).rules(ledger, office.now()).await.unwrap().digest(), digest);
        }
        verify::verify(&office.db).await.unwrap();
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn a_calendar_that_comes_later_makes_what_is_open_due_sooner_in_an_entry_of_each_and_never_later() {
    /// What a calendar says of a year that nobody had announced.
    fn announced(off: &str, on: &str) -> String {
        let year = format!("year = 2031, source = \"通知\", off = [{off}], on = [{on}]");
        format!("[calendar]\nyear = [{{ {year} }}]\n")
    }
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let at = |text: &str| Moment::at(text.parse().unwrap()).unwrap();
        Driver::OWN.begin(office).await.unwrap();
        // Friday evening of a year without a notice: the first working day is Monday.
        office.clock.put(at("2031-08-08T18:00"));
        let visitor = Actor::visitor();
        let raised = office.raise(&visitor, raising("lamp", there.building, "路灯不亮。")).await.unwrap();
        let sorted = office.raise(&visitor, raising("sorted", there.building, "门坏了。")).await.unwrap();
        office.act(&there.worker, ledger, sorted.matter, to_worker(&there)).await.unwrap();
        let due = async |matter: MatterId| -> String {
            let row = reads::matter(&office.db, ledger, matter).await.unwrap().unwrap();
            row.next.unwrap().1.minute()
        };
        assert_eq!(due(raised.matter).await, "2031-08-12 00:00");
        let promised = due(sorted.matter).await;
        let kinds = async || -> Vec<String> {
            let entries = reads::entries(&office.db, ledger, raised.matter).await.unwrap();
            entries.into_iter().map(|entry| entry.kind).collect()
        };

        // Saturday is worked, says the notice.
        let worked = adopted(office, there.street, &announced("", "\"2031-08-09\""), office.now()).await;
        // Put on twice, as after a crash, it is reckoned once.
        for _ in 0..4 {
            Driver::OWN.round(&another(&store)).await.unwrap();
        }
        assert_eq!(due(raised.matter).await, "2031-08-10 00:00", "{}", store.engine());
        assert_eq!(due(sorted.matter).await, promised, "seven days end on a Friday either way");
        assert_eq!(kinds().await, ["matter.raised.1", "matter.reckoned.1"]);
        assert_eq!(named(office, ledger, raised.matter).await.pop(), Some(worked));

        // Another notice takes it back: what was promised stands.
        adopted(office, there.street, &announced("\"2031-08-09/2031-08-15\"", ""), office.now()).await;
        for _ in 0..2 {
            Driver::OWN.round(&another(&store)).await.unwrap();
        }
        assert_eq!(due(raised.matter).await, "2031-08-10 00:00");
        assert_eq!((due(sorted.matter).await, kinds().await.len()), (promised, 2));
        seal_and_verify(&store).await;
    }
}
