//! Numbers of papers on both engines: without gaps, for each kind and year by itself, never
//! changed by what comes later, and found again however they are typed.

use super::market::{begin, order_id, published};
use super::office::{rebuilt_is_the_same, to_worker};
use super::rules::{adopted, another};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::{Ask, Blow, OrderId, WhistleKind};
use yishi_domain::meetings::MeetingId;
use yishi_domain::papers::{PaperKind, PaperNumber};
use yishi_domain::places::{Abbreviate, Rename};
use yishi_domain::topics::TopicId;
use yishi_kernel::{Actor, Moment, PlaceId, StreamName};
use yishi_office::Office;
use yishi_office::papers::Numbered;
use yishi_testkit::meetings::{DAY, calling, opening};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

async fn topic(office: &Office, there: &Neighbourhood, word: &str) -> TopicId {
    let raising = raising(word, there.compound, "市场里面太黑。");
    let matter = office.raise(&Actor::visitor(), raising).await.unwrap().matter;
    begin(office, &there.worker, there.community, opening(word, &[matter])).await.unwrap()
}

async fn number(office: &Office, ledger: PlaceId, thing: impl Into<StreamName>, kind: PaperKind) -> String {
    let thing = thing.into();
    let numbers = office.numbers([(ledger, thing.clone())]).await.unwrap();
    numbers.of(&thing, kind).map(ToString::to_string).unwrap_or_default()
}

/// A whistle that the community asks for.
async fn whistle(office: &Office, there: &Neighbourhood, word: &str) -> OrderId {
    let raising = raising(&format!("w-{word}"), there.compound, "通道堵了。");
    let matter = office.raise(&Actor::visitor(), raising).await.unwrap().matter;
    office.act(&there.worker, there.community, matter, to_worker(there)).await.unwrap();
    let asking = Ask {
        whistle: WhistleKind::Enforcement,
        matter,
        task: "清理占道。".to_owned(),
        acceptance: "通道畅通".to_owned(),
        item: "department".to_owned(),
        reason: "社区无执法权。".to_owned(),
        departments: vec![there.squad],
        lead: there.lamps,
        finish_by: office.now().plus_seconds(20 * DAY),
    };
    begin(office, &there.worker, there.community, (order_id(word), asking)).await.unwrap()
}

/// Ranks of topics, by the number of their first entry.
async fn ranks(office: &Office, there: &Neighbourhood, topics: &[TopicId]) -> Vec<u64> {
    let mut ranks = BTreeMap::new();
    for id in topics {
        let row =
            yishi_office::topics::reads::topic(&office.db, there.community, *id).await.unwrap().unwrap();
        let numbers = office.numbers([row.key()]).await.unwrap();
        ranks.insert(row.number, numbers.own(&row).unwrap().rank);
    }
    ranks.into_values().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn things_made_at_one_moment_are_numbered_without_gaps_in_the_order_of_the_ledger() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let mut making = tokio::task::JoinSet::new();
        for n in 0..12 {
            let (office, there) = (office.clone(), there.clone());
            making.spawn(async move { topic(&office, &there, &format!("t{n}")).await });
        }
        let topics = making.join_all().await;
        assert_eq!(
            ranks(office, &there, &topics).await,
            (1..=12).collect::<Vec<u64>>(),
            "{}",
            store.engine()
        );
        rebuilt_is_the_same(&store).await;
        assert_eq!(
            ranks(office, &there, &topics).await,
            (1..=12).collect::<Vec<u64>>(),
            "{}",
            store.engine()
        );
    }
}

#[tokio::test]
async fn a_number_stays_whatever_comes_later() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        // Read by another program each time, which has not looked the rules up before.
        let of = async |id: TopicId| number(&another(&store), ledger, id, PaperKind::Topic).await;
        let first = topic(office, &there, "first").await;
        office.clock.put(office.now().plus_seconds(60));
        let short = Abbreviate { short: "杏社".to_owned() };
        office.change_place(&there.administrator, ledger, short).await.unwrap();
        let second = topic(office, &there, "second").await;
        office.clock.put(office.now().plus_seconds(60));
        let rename = Rename { name: "银杏社区".to_owned() };
        office.change_place(&there.administrator, ledger, rename).await.unwrap();
        let word = "[papers.topic]\nword = \"议\"\nsource = \"本地规则\"\n";
        adopted(office, ledger, word, office.now()).await;
        let third = topic(office, &there, "third").await;
        // The last second of the year in China, and the first of the next.
        let end: Moment = Moment(1_798_732_799_000_000);
        office.clock.put(end);
        let fourth = topic(office, &there, "fourth").await;
        office.clock.put(end.plus_seconds(1));
        let fifth = topic(office, &there, "fifth").await;
        let all =
            async || [of(first).await, of(second).await, of(third).await, of(fourth).await, of(fifth).await];
        let meant = [
            "杏林议题〔2026〕1号",
            "杏社议题〔2026〕2号",
            "杏社议〔2026〕3号",
            "杏社议〔2026〕4号",
            "杏社议〔2027〕1号",
        ];
        assert_eq!(all().await, meant, "{}", store.engine());
        rebuilt_is_the_same(&store).await;
        assert_eq!(all().await, meant, "{}", store.engine());

        for (typed, found) in [
            ("杏林议题〔2026〕1号", Some(first)),
            ("杏社议题[2026]2号", Some(second)),
            ("杏社议（2026）３", Some(third)),
            ("杏社议(2027)第1号", Some(fifth)),
            ("杏林议题〔2026〕2号", None),
            ("杏林议题〔2026〕9号", None),
            ("杏林会〔2026〕1号", None),
        ] {
            let number = PaperNumber::read(typed).unwrap();
            let there = another(&store).paper(ledger, &number).await.unwrap().map(|found| found.thing);
            assert_eq!(there, found.map(StreamName::from), "{typed} on {}", store.engine());
        }
        let elsewhere = PaperNumber::read("杏林议题〔2026〕1号").unwrap();
        assert_eq!(office.paper(there.street, &elsewhere).await.unwrap(), None);
    }
}

#[tokio::test]
async fn each_kind_counts_by_itself_from_when_it_is_issued() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        // A meeting that never comes to minutes leaves no gap in their numbers.
        let idle = topic(office, &there, "idle").await;
        let starts = office.now().plus_seconds(5 * DAY);
        let called: MeetingId =
            begin(office, &there.worker, ledger, calling("idle", &there, &[idle], starts)).await.unwrap();
        let raised = office.raise(&Actor::visitor(), raising("m", there.compound, "太黑。")).await.unwrap();
        let (_, held) = published(office, &there, "held", &[raised.matter]).await;
        let mut numbers = BTreeSet::new();
        for id in [called, held] {
            for kind in PaperKind::ALL {
                numbers.insert(number(office, ledger, id, *kind).await);
            }
        }
        let meant = [
            "",
            "杏林会〔2026〕1号",
            "杏林会〔2026〕2号",
            "杏林通〔2026〕1号",
            "杏林通〔2026〕2号",
            "杏林纪〔2026〕1号",
            "杏林示〔2026〕1号",
            "杏林约〔2026〕1号",
        ];
        assert_eq!(numbers, meant.map(str::to_owned).into(), "{}", store.engine());
        // What the community asks for is no whistle yet: the street numbers what it blows.
        let whistles = [whistle(office, &there, "one").await, whistle(office, &there, "two").await];
        let of = async |id: OrderId| number(office, ledger, id, PaperKind::Whistle).await;
        assert_eq!([of(whistles[0]).await, of(whistles[1]).await], ["", ""]);
        for id in [whistles[1], whistles[0]] {
            let blow = Blow {
                whistle: WhistleKind::Enforcement,
                departments: vec![there.squad],
                lead: there.lamps,
                arrive_by: None,
                finish_by: office.now().plus_seconds(20 * DAY),
            };
            office.act(&there.officer, ledger, id, blow).await.unwrap();
        }
        let meant = ["清河杏林吹〔2026〕2号", "清河杏林吹〔2026〕1号"];
        assert_eq!([of(whistles[0]).await, of(whistles[1]).await], meant, "{}", store.engine());
        rebuilt_is_the_same(&store).await;
        assert_eq!(number(office, ledger, held, PaperKind::Minutes).await, "杏林纪〔2026〕1号");
        let minutes = PaperNumber { front: "杏林纪".to_owned(), year: 2026, rank: 1 };
        let found = office.paper(ledger, &minutes).await.unwrap().unwrap();
        assert_eq!(found.thing, held.into(), "{}", store.engine());
    }
}
