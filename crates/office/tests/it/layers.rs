//! Layers of the rules: what a street changes reaches its communities, what a community changes stands
//! over that, each within what the rules leave open; what ships with a later program goes below both.

use super::office::{refused, seal_and_verify};
use super::rules::{adopted, another};
use yishi_domain::matters::Rules;
use yishi_domain::rulebook::{Adopted, ChangeId, Counted, DropNumber, Refusal, SetNumber, stream};
use yishi_kernel::access::Denied;
use yishi_kernel::due::Unit;
use yishi_kernel::{Actor, PlaceId};
use yishi_office::background::Driver;
use yishi_office::rulebook::reads::{change, changes_of};
use yishi_office::{Failure, Office};
use yishi_testkit::{neighbourhood, stores};

const PUBLIC: &str = "matters-public";

fn set(counted: Counted, count: i64) -> SetNumber {
    let (source, reason) = ("街道议事办法第三条".to_owned(), "居民等不了那么久".to_owned());
    SetNumber { number: PUBLIC.to_owned(), counted, count, source, reason }
}

fn id(n: u128) -> ChangeId {
    ChangeId(uuid::Uuid::from_u128(n))
}

async fn made(
    office: &Office,
    actor: &Actor,
    ledger: PlaceId,
    n: u128,
    what: SetNumber,
) -> Result<(), Failure> {
    office.start(actor, ledger, id(n), what).await.map(drop)
}

async fn public(office: &Office, ledger: PlaceId) -> (Unit, u32, String) {
    let pack = office.rules(ledger, office.now()).await.unwrap();
    let rule = pack.section::<Rules>().public.clone();
    (rule.unit, rule.count, rule.source)
}

#[tokio::test]
async fn a_street_changes_for_its_communities_and_a_community_for_itself() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (street, community) = (there.street, there.community);
        let engine = store.engine();
        Driver::OWN.begin(office).await.unwrap();
        let usual = public(office, community).await;
        assert_eq!((usual.0, usual.1), (Unit::Days, 7));

        // Nobody else, nothing outside, nothing twice.
        let by_worker = made(office, &there.worker, community, 1, set(Counted::Days, 5)).await;
        assert!(matches!(refused(by_worker).denied(), Some(Denied::Role { .. })), "{engine}");
        let too_long = made(office, &there.officer, street, 1, set(Counted::Days, 16)).await;
        assert_eq!(refused(too_long), Refusal::OutOfBounds(1, 15));
        assert_eq!(
            refused(made(office, &there.officer, street, 1, set(Counted::Days, 7)).await),
            Refusal::Same
        );

        // The street's holds there at once, and in its communities with the next round.
        made(office, &there.officer, street, 1, set(Counted::WorkingDays, 5)).await.unwrap();
        office.lay(street).await.unwrap();
        let (unit, count, source) = public(office, street).await;
        assert_eq!((unit, count), (Unit::WorkingDays, 5));
        let row = change(&office.db, street, id(1)).await.unwrap().unwrap();
        assert!(source.contains(&row.number.to_string()), "{source}: it names the change, not its words");
        assert_eq!(row.source.as_deref(), Some("街道议事办法第三条"));
        Driver::OWN.round(office).await.unwrap();
        let reached = another(&store);
        assert_eq!(public(&reached, community).await.1, 5, "{engine}");
        let layers = reached.layers(community).await.unwrap();
        assert_eq!((layers.above, layers.own.len()), (Some(street), 0));

        // The community's own stands over it, also when the street goes back.
        made(&reached, &there.secretary, community, 2, set(Counted::Days, 3)).await.unwrap();
        reached.lay(community).await.unwrap();
        let drop = DropNumber { number: PUBLIC.to_owned(), reason: "回到通行的期限".to_owned() };
        reached.start(&there.officer, street, id(3), drop.clone()).await.unwrap();
        for _ in 0..2 {
            Driver::OWN.round(&reached).await.unwrap();
        }
        let later = another(&store);
        assert_eq!(public(&later, street).await, usual, "{engine}");
        assert_eq!((public(&later, community).await.0, public(&later, community).await.1), (Unit::Days, 3));
        assert_eq!(
            refused(later.start(&there.officer, street, id(4), drop.clone()).await),
            Refusal::NotOtherwise
        );

        // What a later program ships lies below: what is otherwise stays so, the rest comes along.
        let ships = "[matters.public]\ndays = 9\nbetween = [1, 15]\nsource = \"新规定\"\n[matters.private]\ndays = 4\nbetween = [1, 15]\nsource = \"新规定\"\n";
        adopted(&later, street, ships, later.now()).await;
        for _ in 0..2 {
            Driver::OWN.round(&later).await.unwrap();
        }
        let last = another(&store);
        last.adopt_shipped_rules().await.unwrap();
        assert_eq!((public(&last, street).await.1, public(&last, community).await.1), (9, 3), "{engine}");
        let pack = last.rules(community, last.now()).await.unwrap();
        assert_eq!(pack.section::<Rules>().private.count, 4);

        // Back to what the street says; each change can be read, the latest first.
        last.start(&there.secretary, community, id(5), drop).await.unwrap();
        Driver::OWN.round(&last).await.unwrap();
        assert_eq!(public(&another(&store), community).await.1, 9);
        let page = changes_of(&last.db, community, PUBLIC, None).await.unwrap();
        assert_eq!((page.rows.len(), page.next), (2, None));
        assert_eq!((page.rows[0].was, page.rows[0].amount, page.rows[1].amount), (3, None, Some(3)));
        let row = change(&last.db, community, id(2)).await.unwrap().unwrap();
        assert_eq!((row.was_counted, row.was), (Counted::WorkingDays, 5), "what the street had said then");
        // Each adoption says over what it was laid; nothing was adopted twice in a row.
        let book = last.load::<Adopted>(community, &stream()).await.unwrap();
        let book = book.must().unwrap();
        assert!(book.versions.windows(2).all(|two| two[0].sha256 != two[1].sha256));
        seal_and_verify(&store).await;
    }
}
