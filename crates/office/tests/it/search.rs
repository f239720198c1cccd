//! Finding matters by what somebody typed, the same on both stores: by words of any length and
//! script, places whether or not they were written, categories, holders and contacts; and what
//! everyone finds is what everyone may know.

use super::office::to_worker;
use yishi_domain::matters::{MatterId, Outcome, Summarise, Triage};
use yishi_domain::places::PlaceKind;
use yishi_kernel::search::Asked;
use yishi_kernel::{Actor, EraseReason, Holder, PlaceId};
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::places::NewLedger;
use yishi_office::{DERIVED, Office};
use yishi_testkit::neighbourhood::{found, found_in, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

/// Matters at places of the neighbourhood, by a name for each.
struct Said {
    all: Vec<(&'static str, MatterId)>,
}

impl Said {
    async fn raise(&mut self, office: &Office, name: &'static str, place: PlaceId, text: &str) -> MatterId {
        let raised = office.raise(&Actor::visitor(), raising(name, place, text)).await.unwrap();
        self.all.push((name, raised.matter));
        raised.matter
    }

    /// The names of what is found, the latest first.
    async fn found(&self, office: &Office, ledger: PlaceId, typed: &str, within: SearchIn) -> Vec<&str> {
        let rows = found(office, ledger, typed, within).await;
        let name = |id| self.all.iter().find(|(_, own)| *own == id).map_or("?", |(name, _)| *name);
        rows.iter().map(|row| name(row.id)).collect()
    }
}

async fn said(office: &Office, there: &Neighbourhood) -> Said {
    let mut said = Said { all: Vec::new() };
    let open = async |parent, kind, name: &str| {
        office.open_place(&there.administrator, parent, kind, name, None).await.unwrap()
    };
    let gate = open(there.compound, PlaceKind::Facility, "东门花坛").await;
    let other = open(there.community, PlaceKind::Compound, "桂花苑小区").await;
    let tower = open(other, PlaceKind::Building, "A座").await;
    let third = open(other, PlaceKind::Building, "三号楼").await;
    said.raise(office, "lamp", there.stairwells[1], "二楼的路灯坏了").await;
    said.raise(office, "leak", there.stairwells[0], "顶楼一下雨就漏").await;
    said.raise(office, "door", there.households[3], "单元门关不上").await;
    said.raise(office, "bench", gate, "長椅斷了一條腿").await;
    said.raise(office, "wifi", tower, "电梯ABC里wifi坏了").await;
    said.raise(office, "noise", third, "半夜有人唱歌，13号楼都听见").await;
    said
}

#[tokio::test]
async fn words_places_and_signs_of_any_length_find_the_same_on_both_stores() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let said = said(office, &there).await;
        for (typed, expected) in [
            // One character, and what stands beside another script.
            ("灯", vec!["lamp"]),
            ("漏", vec!["leak"]),
            ("门", vec!["door"]),
            ("wifi坏了", vec!["wifi"]),
            ("电梯ABC", vec!["wifi"]),
            ("ＷＩＦＩ", vec!["wifi"]),
            ("坏", vec!["wifi", "lamp"]),
            // Traditional and simplified are one.
            ("长椅断", vec!["bench"]),
            ("路燈壞了", vec!["lamp"]),
            // Places, whether or not anybody wrote them, however they are said.
            ("南苑3号楼", vec!["door", "leak", "lamp"]),
            ("杏林南苑三号楼", vec!["door", "leak", "lamp"]),
            ("桂花苑3栋", vec!["noise"]),
            ("桂花苑", vec!["noise", "wifi"]),
            ("3号楼", vec!["noise", "door", "leak", "lamp"]),
            ("3栋", vec!["noise", "door", "leak", "lamp"]),
            ("3幢", vec!["noise", "door", "leak", "lamp"]),
            ("３号楼", vec!["noise", "door", "leak", "lamp"]),
            ("三號樓", vec!["noise", "door", "leak", "lamp"]),
            ("A座", vec!["wifi"]),
            ("a栋", vec!["wifi"]),
            ("南苑3-2", vec!["door", "lamp"]),
            ("3号楼 2单元", vec!["door", "lamp"]),
            ("2单元", vec!["door", "lamp"]),
            ("南苑", vec!["bench", "door", "leak", "lamp"]),
            ("东门", vec!["bench"]),
            ("13号楼", vec!["noise"]),
            ("4号楼", vec![]),
            ("杏林社区", vec!["noise", "wifi", "bench", "door", "leak", "lamp"]),
            // Several words all hold, each in its own way.
            ("路灯 3号楼", vec!["lamp"]),
            ("路灯 桂花苑", vec![]),
            ("南苑 3号楼 漏", vec!["leak"]),
            ("3号楼灯坏", vec!["lamp"]),
            ("3号楼灯", vec!["lamp"]),
            ("南苑3栋2单元路灯", vec!["lamp"]),
            ("没有的词", vec![]),
            ("，。", vec![]),
        ] {
            let hits = said.found(office, there.community, typed, SearchIn::Entire).await;
            assert_eq!(hits, expected, "{}: {typed}", store.engine());
        }
    }
}

#[tokio::test]
async fn what_is_sorted_is_found_by_what_it_is_about_and_by_who_holds_it() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let mut said = said(office, &there).await;
        let ledger = there.community;
        let car = said.raise(office, "car", there.building, "门口又堵了").await;
        let of_company = Triage {
            outcome: Outcome::Public,
            category: "03".to_owned(),
            holder: Holder::Organisation(there.property),
            person: None,
            reason: String::new(),
        };
        office.act(&there.worker, ledger, car, of_company).await.unwrap();
        office.act(&there.worker, ledger, said.all[0].1, to_worker(&there)).await.unwrap();
        for (typed, expected) in [
            ("停车", vec!["car"]),
            ("充电", vec!["car"]),
            ("停车、车棚与充电", vec!["car"]),
            ("Parking, bicycle sheds and charging", vec![]),
            ("水电路灯等公共设施", vec!["lamp"]),
            ("安和物业", vec!["car"]),
            ("安和", vec!["car"]),
            ("物业服务公司", vec!["car"]),
            ("沈知秋", vec!["lamp"]),
            ("沈知秋 路灯", vec!["lamp"]),
            ("沈知", vec![]),
            ("停车 3号楼", vec!["car"]),
            ("停车 桂花苑", vec![]),
        ] {
            let hits = said.found(office, ledger, typed, SearchIn::Entire).await;
            assert_eq!(hits, expected, "{}: {typed}", store.engine());
        }
        // Everyone finds what it is about, and not who holds it.
        for (typed, expected) in [("停车", vec!["car"]), ("安和物业", vec![]), ("沈知秋", vec![])] {
            let hits = said.found(office, ledger, typed, SearchIn::Public).await;
            assert_eq!(hits, expected, "{}: {typed}", store.engine());
        }
    }
}

#[tokio::test]
async fn everyone_finds_by_what_everyone_may_know() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let said = said(office, &there).await;
        let ledger = there.community;
        for private in ["灯", "漏", "wifi", "坏", "二楼的路灯坏了"] {
            assert_eq!(said.found(office, ledger, private, SearchIn::Public).await, Vec::<&str>::new());
        }
        // The public knows buildings: a stairwell is looked for as its building, and tells no more.
        for (typed, expected) in [
            ("南苑3号楼", vec!["door", "leak", "lamp"]),
            ("南苑3-2", vec!["door", "leak", "lamp"]),
            ("南苑3-1", vec!["door", "leak", "lamp"]),
            ("101", vec![]),
            ("A座", vec!["wifi"]),
        ] {
            let hits = said.found(office, ledger, typed, SearchIn::Public).await;
            assert_eq!(hits, expected, "{}: {typed}", store.engine());
        }
        let summary = Summarise { summary: "楼道照明损坏".to_owned(), category: None };
        office.act(&there.worker, ledger, said.all[0].1, to_worker(&there)).await.unwrap();
        office.act(&there.worker, ledger, said.all[0].1, summary).await.unwrap();
        for (typed, expected) in [("照", vec!["lamp"]), ("照明 3栋", vec!["lamp"]), ("路灯", vec![])] {
            let hits = said.found(office, ledger, typed, SearchIn::Public).await;
            assert_eq!(hits, expected, "{}: {typed}", store.engine());
        }
    }
}

/// How often somebody looked at a contact.
async fn looks(office: &Office) -> usize {
    let sql = "select number from event where kind = 'receipt.contact_viewed.1'";
    office.db.rows(sql, &[]).await.unwrap().len()
}

#[tokio::test]
async fn a_raiser_is_found_by_the_whole_contact_by_the_desk_alone_and_that_is_recorded() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let mut one = raising("reach", there.stairwells[1], "灯坏了");
        one.speaker.name = "李阿姨".to_owned();
        one.speaker.contact = "138 0000 1111".to_owned();
        let raised = office.raise(&Actor::visitor(), one).await.unwrap();
        let by = async |actor: &Actor, typed: &str| {
            let rows = office.reached(actor, &[ledger], typed).await.unwrap();
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let mut count = 0;
        for typed in ["13800001111", "138-0000-1111", "１３８００００１１１１", "李阿姨", " 李 阿姨 "]
        {
            assert_eq!(by(&there.worker, typed).await, [raised.matter], "{}: {typed}", store.engine());
            count += 1;
            assert_eq!(looks(office).await, count, "{typed}");
        }
        for typed in ["1380000111", "0000", "阿姨", "李", "灯坏了", ""] {
            assert_eq!(by(&there.worker, typed).await, [], "{}: {typed}", store.engine());
        }
        // Nor does anybody else find by it, whoever holds a post.
        for actor in [&there.steward, &there.keeper, &there.lamp_officer, &there.administrator] {
            assert_eq!(by(actor, "13800001111").await, [], "{}", store.engine());
        }
        assert_eq!(by(&Actor::visitor(), "李阿姨").await, []);
        assert_eq!(looks(office).await, count, "what was not found was not looked at");
        // Nothing of it stands in the words that are searched.
        for within in [SearchIn::Public, SearchIn::Entire] {
            assert_eq!(found(office, ledger, "13800001111", within).await, []);
            assert_eq!(found(office, ledger, "李阿姨", within).await, []);
        }
        office.erase_matter(&there.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
        assert_eq!(by(&there.worker, "13800001111").await, [], "{}", store.engine());
        let rows = office.db.rows("select reach from receipt_reach", &[]).await.unwrap();
        assert!(rows.is_empty(), "{}", store.engine());
    }
}

#[tokio::test]
async fn a_street_finds_in_all_its_communities_page_by_page_the_latest_first() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let new = NewLedger { slug: "elsewhere".to_owned(), host: "yishi.local".to_owned() };
        let elsewhere = office
            .open_place(&there.administrator, there.street, PlaceKind::Community, "别处社区", Some(new))
            .await
            .unwrap();
        let compound = office
            .open_place(&there.administrator, elsewhere, PlaceKind::Compound, "北苑", None)
            .await
            .unwrap();
        let building = office
            .open_place(&there.administrator, compound, PlaceKind::Building, "3号楼", None)
            .await
            .unwrap();
        for n in 0..30 {
            let place = if n % 3 == 0 { building } else { there.building };
            office.raise(&Actor::visitor(), raising(&format!("n{n}"), place, "门灯坏了")).await.unwrap();
        }
        let ledgers = [elsewhere, there.community];
        let words = Asked::read("3栋 灯").words;
        let looking = Looking::of(&ledgers, &words, SearchIn::Entire);
        let (mut behind, mut all) = (None, Vec::new());
        loop {
            let hits = office.find(&looking, behind, 7).await.unwrap();
            all.extend(hits.rows.iter().map(|row| (row.raised, row.id)));
            // A place in the address reads as it was written.
            behind = hits.next.map(|hit| hit.to_string().parse().unwrap());
            if behind.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), 30, "{}", store.engine());
        assert!(all.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{}", store.engine());
        assert_eq!(found_in(office, &ledgers, "别处社区", SearchIn::Entire).await.len(), 10);
        assert_eq!(found(office, elsewhere, "灯", SearchIn::Entire).await.len(), 10);
        assert_eq!(found_in(office, &[], "灯", SearchIn::Entire).await.len(), 0);
    }
}

#[tokio::test]
async fn what_is_looked_for_is_found_by_an_index() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledgers = [there.community];
        let many: Vec<_> = (0..600)
            .map(|n| raising(&n.to_string(), there.stairwells[n % 2], &format!("第{n}件事，楼道灯坏")))
            .collect();
        office.raise_all(&Actor::visitor(), there.building, many).await.unwrap();
        office.db.execute(vec![("analyze", vec![])]).await.unwrap();
        for typed in ["灯", "第599件", "3号楼 灯", "没有"] {
            let words = Asked::read(typed).words;
            for within in [SearchIn::Public, SearchIn::Entire] {
                let sought = office.sought(&Looking::of(&ledgers, &words, within)).await.unwrap();
                for ledgers in [&ledgers[..], &[there.community, there.street]] {
                    let index = DERIVED.searches[0];
                    let plan = office.db.plan_of_find(index, ledgers, "entire", &sought).await.unwrap();
                    let plan = plan.join("\n");
                    // A whole table is never read, nor is what was found sorted on SQLite, where
                    // only the index knows all of a text.
                    assert!(!plan.contains("Seq Scan"), "{}: {typed}\n{plan}", store.engine());
                    assert!(!plan.contains("TEMP B-TREE"), "{}: {typed}\n{plan}", store.engine());
                    assert!(!plan.contains("SCAN matter\n") && !plan.ends_with("SCAN matter"), "{plan}");
                }
            }
        }
    }
}
