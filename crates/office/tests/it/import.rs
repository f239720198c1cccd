//! A sheet becomes matters, all or none, each at the place that it names; the same sheet again adds
//! nothing, and what says something else under a known id is told.

use yishi_domain::matters::Matter;
use yishi_kernel::{Actor, PlaceId, Stream as _};
use yishi_office::matters::import::{Asked, Column, Elsewhere, Seen, Unread, Why, Wishes};
use yishi_office::matters::reads::imported;
use yishi_office::places::reads::place;
use yishi_office::{Failure, Office};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const SHEET: &str = "编号,诉求内容,小区,楼栋,单元,房号,来电人,联系电话\n\
    1,灯坏了,杏林南苑,3,2,502,王某,13800001111\n\
    2,门坏了,南苑,4号楼,,,,\n\
    3,有异味,,,,,,\n";

async fn seen(office: &Office, here: &Neighbourhood, sheet: &str) -> Seen {
    let at = place(&office.db, here.community).await.unwrap().unwrap();
    let asked = Asked { source: "七月".to_owned(), ..Asked::default() };
    office.look_at(sheet.as_bytes().to_vec(), &at, asked).await.unwrap().unwrap()
}

async fn brought(office: &Office, here: &Neighbourhood, seen: Seen, by: &Actor) -> Result<(), Failure> {
    let at = place(&office.db, here.community).await.unwrap().unwrap();
    office.bring_in(by, &at, seen.new).await
}

/// Where the row of an id lies, and what was said in it.
async fn stands(office: &Office, here: &Neighbourhood, id: &str) -> (PlaceId, String) {
    let ledger = here.community;
    let matter = imported(&office.db, ledger, &format!("七月/{id}")).await.unwrap().unwrap();
    let loaded = office.load::<Matter>(ledger, &matter.into()).await.unwrap();
    let text = loaded.private::<String>(1, "text").unwrap();
    (loaded.state.unwrap().at().unwrap(), text)
}

#[tokio::test]
async fn a_sheet_becomes_matters_at_the_places_that_it_names_and_only_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let first = seen(office, &here, SHEET).await;
        assert!(first.is_ready(Elsewhere::Stops), "{first:?}");
        assert_eq!((first.new.len(), first.known), (3, 0));
        brought(office, &here, first, &here.worker).await.unwrap();
        assert_eq!(
            stands(office, &here, "1").await,
            (here.stairwells[1], "灯坏了\n小区：杏林南苑\n楼栋：3\n单元：2\n房号：502".to_owned())
        );
        assert_eq!(stands(office, &here, "2").await.0, here.other_building);
        assert_eq!(stands(office, &here, "3").await, (here.community, "有异味".to_owned()));
        office.db.count_anew().await.unwrap();
        let again = seen(office, &here, SHEET).await;
        assert_eq!((again.new.len(), again.known), (0, 3));
        // The same id with other words is no matter that is known.
        let other = seen(office, &here, &SHEET.replace("有异味", "井盖松了")).await;
        assert_eq!(other.table.wrong[0].why, Why::Changed(vec![Column::Text]));
        assert!(!other.is_ready(Elsewhere::Here));
    }
}

#[tokio::test]
async fn what_names_no_place_or_two_waits_for_a_yes() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let sheet = "编号,内容,地址\n1,灯坏了,北苑3号楼\n2,门坏了,清河街道杏林社区杏林南苑3栋2单元\n3,路坏了,不详\n4,水管漏了,北苑3号楼\n";
        let first = seen(office, &here, sheet).await;
        let unplaced: Vec<_> =
            first.unplaced.iter().map(|one| (one.address.as_str(), one.count, one.first.row)).collect();
        assert_eq!(unplaced, [("不详", 1, 4), ("北苑3号楼", 2, 2)]);
        assert!(!first.is_ready(Elsewhere::Stops) && first.is_ready(Elsewhere::Here));
        let places: Vec<PlaceId> = first.new.iter().map(|(_, place)| *place).collect();
        assert_eq!(places, [here.community, here.stairwells[1], here.community, here.community]);
        // Who may not import does not.
        assert!(brought(office, &here, first, &here.steward).await.is_err());
        assert_eq!(seen(office, &here, sheet).await.known, 0);
        // Columns as somebody chose them.
        let at = place(&office.db, here.community).await.unwrap().unwrap();
        let chosen = vec![Some(Column::Id), Some(Column::Text), Some(Column::LeftOut)];
        let asked = Asked { wishes: Wishes::All(chosen), ..Asked::default() };
        let seen = office.look_at(sheet.as_bytes().to_vec(), &at, asked).await.unwrap().unwrap();
        assert!(seen.is_ready(Elsewhere::Stops) && seen.unplaced.is_empty());
        let none = office.look_at(b"PK\x03\x04".to_vec(), &at, Asked::default()).await.unwrap();
        assert!(matches!(none, Err(Unread::NoSheet(_))));
    }
}
