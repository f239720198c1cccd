//! Every text for everyone that was corrected or taken back, and all that was erased, is gone from
//! every page, list, file and feed, whoever looks, also where pages are kept for a while.

use super::browser::Browser;
use axum::body::Body;
use axum::http::{Request, header};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::ballots::RejectResult;
use yishi_domain::dispatch::{
    Accept, Ask, AssistOnly, Blow, Decline, Dispute, Done, FinishPart, FollowUp, OrderId, OrderKind,
    OtherWay, Progress, ReportIn, Resume, Return, Rule, RulePart, Send, SetPart, WhistleKind, Withdraw,
};
use yishi_domain::emergency::RejectBasis;
use yishi_domain::matters::{self, HandOver, MergeInto, Outcome, Summarise, Triage};
use yishi_domain::meetings::{
    self, Adjourn, Cancel, Cast, Choice, Coming, Confirm, Dissent, MeetingId, Publish, Reply, Resolve,
    Ruling, SeatKind, SignedIn, Speak, StatementKind, Strike, VoteMode, Voter, Way,
};
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_domain::promises::{self, Break, Make, PromiseId, Renew};
use yishi_domain::rulebook;
use yishi_domain::topics::{Drop, TopicId};
use yishi_domain::venues::{Close, Closure, VenueId};
use yishi_kernel::{
    Actor, Claim, CorrectReason, EraseReason, Holder, PhotoDigest, PlaceId, Role, StreamName, ValueAt,
};
use yishi_office::matters::RaisedMatter;
use yishi_office::{Correcting, Office};
use yishi_pages::FEATURES;
use yishi_store::Value;
use yishi_testkit::meetings::{
    DAY, action_id, agreed, by_phone, calling, confirming, dispatching, motion, objecting, open_meeting,
    opening, owners, recommended, result_id, signing, stairwell_called, stairwell_settled,
};
use yishi_testkit::neighbourhood::{form, joining, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::routes::{Takes, all};

/// What was made, as far as addresses name it.
#[derive(Default)]
pub struct Made {
    /// Secrets of receipts.
    receipts: Vec<String>,
    /// Ids of receipts.
    ids: Vec<String>,
    /// Secrets of seats.
    seats: Vec<String>,
    /// Words of posters.
    posters: Vec<String>,
    /// Digests of photos.
    photos: Vec<String>,
    /// A matter of which all that is private is erased at the end, with its receipt.
    private: Option<RaisedMatter>,
}

/// All that people write for everyone, in as many kinds of entries as can be.
pub async fn made(office: &Office, here: &Neighbourhood) -> Made {
    let mut made = Made::default();
    let (ledger, worker) = (here.community, &here.worker);
    let visitor = Actor::visitor();
    let photo = PhotoDigest(office.db.put_blob(super::browser::photo(9)).await.unwrap());
    made.photos.push(photo.0.clone());
    let note = |text: &str| text.to_owned();
    let hold = || Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: worker.account,
        reason: String::new(),
    };

    // Matters: one in hand, one answered, one merged, one whose words are private.
    let mut raise = async |word: &str| {
        let mut one = raising(word, here.building, &format!("qsaid-{word} 路灯坏了"));
        one.speaker.name = format!("qname-{word}");
        let raised = office.raise(&visitor, one).await.unwrap();
        made.receipts.push(raised.secret.clone());
        made.ids.push(raised.receipt.to_string());
        raised
    };
    let [dark, same, third, fourth, private] = [
        raise("dark").await,
        raise("same").await,
        raise("third").await,
        raise("fourth").await,
        raise("private").await,
    ];
    for one in [&dark, &third, &private] {
        office.act(worker, ledger, one.matter, hold()).await.unwrap();
    }
    let (joined, _) = office.join(&visitor, ledger, dark.matter, joining("too")).await.unwrap();
    let summary = Summarise { summary: note("楼前路灯坏了"), category: None };
    office.act(worker, ledger, dark.matter, summary).await.unwrap();
    let progress = matters::Progress { note: note("已去看过"), photos: vec![photo.clone()] };
    office.act(worker, ledger, dark.matter, progress).await.unwrap();
    office.act(worker, ledger, dark.matter, matters::PublishPhoto { photo: photo.clone() }).await.unwrap();
    let hand_over = HandOver {
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.colleague.account,
        reason: note("轮值"),
    };
    office.act(worker, ledger, third.matter, hand_over).await.unwrap();
    let mend = |place, reason| matters::Mend {
        outcome: None,
        category: Some("03".to_owned()),
        place,
        reason: note(reason),
    };
    office.act(worker, ledger, third.matter, mend(None, "类别选错")).await.unwrap();
    office.act(worker, ledger, third.matter, mend(Some(here.other_building), "楼号写错")).await.unwrap();
    let answer = matters::Answer { text: note("换好了"), word: String::new(), photos: vec![] };
    office.act(&here.colleague, ledger, third.matter, answer).await.unwrap();
    office.act(worker, ledger, same.matter, MergeInto { into: dark.matter }).await.unwrap();

    // Topics: one given up, one decided, two that came back.
    let (dropped, open) = opening("放弃", &[fourth.matter]);
    office.start(worker, ledger, dropped, open).await.unwrap();
    office.act(worker, ledger, dropped, Drop { reason: note("分开办理") }).await.unwrap();
    let (cancelled, open) = opening("取消", &[fourth.matter]);
    office.start(worker, ledger, cancelled, open).await.unwrap();
    let (id, mut call) = calling("取消", here, &[cancelled], office.now().plus_seconds(2 * DAY));
    call.hurry = Some(note("节前"));
    office.start(worker, ledger, id, call).await.unwrap();
    let reply = Reply { organisation: here.lamps, coming: Coming::No, note: note("当日抢修") };
    office.act(&here.lamp_officer, ledger, id, reply).await.unwrap();
    let moved = meetings::Reschedule {
        starts: office.now().plus_seconds(3 * DAY),
        venue: note("二楼活动室"),
        hurry: Some(note("节后就晚了")),
        reason: note("场地被占"),
    };
    office.act(worker, ledger, id, moved).await.unwrap();
    office.act(worker, ledger, id, Cancel { reason: note("停电") }).await.unwrap();
    let (_, id) = open_called(office, here, "缓议", cancelled).await;
    office.act(worker, ledger, id, Adjourn { reason: note("未达成一致") }).await.unwrap();

    let (topic, meeting) = open_meeting(office, here, "照明", &[dark.matter]).await;
    let speak = |form, text: &str| Speak { form, organisation: None, text: note(text) };
    office.act(worker, ledger, meeting, speak(StatementKind::Statement, "看不清路")).await.unwrap();
    office.act(&here.market_keeper, ledger, meeting, speak(StatementKind::Plan, "先补灯")).await.unwrap();
    let make =
        Make {
            meeting, body: here.market, what: note("周五前补灯"), due: office.now().end_of_day_after(3)
        };
    let promise = PromiseId(form("promise").id("promise"));
    office.start(worker, ledger, promise, make.clone()).await.unwrap();
    let renew = Renew { reason: note("配件没到"), due: office.now().end_of_day_after(5) };
    office.act(&here.market_keeper, ledger, promise, renew).await.unwrap();
    let said = promises::Done { note: note("灯亮了") };
    office.act(&here.market_keeper, ledger, promise, said).await.unwrap();
    let broken = PromiseId(form("broken").id("promise"));
    office.start(worker, ledger, broken, Make { what: note("当天清场"), ..make }).await.unwrap();
    office.act(worker, ledger, broken, Break { reason: note("没有人来") }).await.unwrap();
    let twice = signing("twice", SeatKind::Resident, SignedIn::Register);
    let twice = office.sign_in(worker, ledger, meeting, twice).await.unwrap().seat;
    office.act(worker, ledger, twice, Strike { reason: note("重复登记") }).await.unwrap();
    let mut sat = Vec::new();
    for n in 0..3 {
        sat.push(by_phone(office, here, meeting, &format!("s-{n}")).await);
    }
    office.act(worker, ledger, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
    for seat in sat {
        made.seats.push(seat.secret);
        let cast = Cast { meeting, motion: 1, seat: seat.seat, choice: Choice::For, voter: Voter::Own };
        office.vote(&visitor.showing(Claim::Seat), ledger, cast).await.unwrap();
    }
    office.end_vote(worker, ledger, meeting, 1).await.unwrap();
    let due = office.now().plus_seconds(20 * DAY);
    let actions = ["看车", "照明", "划线"].map(|word| {
        let way = if word == "照明" { Way::Whistle } else { Way::Work };
        agreed(word, if word == "照明" { here.lamps } else { here.market }, way, due)
    });
    let resolve = Resolve { actions: actions.to_vec(), standard: note("灯不亮当日报修") };
    office.act(worker, ledger, meeting, resolve).await.unwrap();
    office.act(worker, ledger, meeting, Dissent { motion: Some(1), text: note("照顾老摊位") }).await.unwrap();
    confirmed(office, here, meeting).await;
    office.act(worker, ledger, meeting, Publish { at: note("东门公告栏") }).await.unwrap();
    let mut hurried = dispatching(here, "看车");
    hurried.hurry = Some(note("节前到岗"));
    let work = office.dispatch_action(worker, ledger, meeting, hurried).await.unwrap();
    let object = objecting(Some(action_id("看车")), "device", "收费太高");
    office.act(&visitor, ledger, meeting, object).await.unwrap();
    let rule = meetings::Rule { number: 1, ruling: Ruling::Upheld, reason: note("依据不足") };
    office.act(&here.secretary, ledger, meeting, rule).await.unwrap();

    // Recommendations: one that the owners came to no decision on, one with two results.
    let [shed, lift] = [raise("shed").await, raise("lift").await];
    let (_, resting) = recommended(office, here, "电梯", &[lift.matter]).await;
    let set_aside = meetings::SetAside { motion: 1, reason: note("参加的人不够") };
    office.act(worker, ledger, resting, set_aside).await.unwrap();
    let (_, recommending) = recommended(office, here, "车棚", &[shed.matter]).await;
    let mut said = owners(office, recommending, photo.clone());
    said.kept = note("业委会档案柜");
    office.start(worker, ledger, result_id("rejected"), said.clone()).await.unwrap();
    let reject = RejectResult { reason: note("面积与登记簿不符") };
    office.act(&here.colleague, ledger, result_id("rejected"), reject).await.unwrap();
    office.start(worker, ledger, result_id("shed"), said).await.unwrap();

    // Orders: one through all its stages, one disputed, one withdrawn, a letter, and whistles.
    let finish_by = office.now().plus_seconds(9 * DAY);
    office.act(worker, ledger, work, Resume { reason: note("再议仍同意"), finish_by }).await.unwrap();
    let report_in = || ReportIn { organisation: None, note: note("已到") };
    office.act(&here.market_keeper, ledger, work, report_in()).await.unwrap();
    let progress = Progress { note: note("办了一半"), photos: vec![] };
    office.act(&here.market_keeper, ledger, work, progress).await.unwrap();
    for n in 0..2 {
        let done = Done { note: format!("办好了{n}"), photos: vec![photo.clone()] };
        office.act(&here.market_keeper, ledger, work, done).await.unwrap();
        if n == 0 {
            office.act(worker, ledger, work, Return { reason: note("还差两盏"), finish_by }).await.unwrap();
        }
    }
    office.act(worker, ledger, work, Accept { note: note("看过了") }).await.unwrap();
    let send = async |word: &str, kind, holder| {
        let send = Send {
            item: "repair".to_owned(),
            kind,
            matter: private.matter,
            task: format!("补灯{word}"),
            acceptance: note("全亮"),
            holder: Holder::Organisation(holder),
            person: None,
            finish_by,
        };
        let id = OrderId(form(word).id("order"));
        office.start(worker, ledger, id, send).await.unwrap();
        id
    };
    let disputed = send("disputed", OrderKind::Work, here.market).await;
    office
        .act(&here.market_keeper, ledger, disputed, Dispute { reason: note("产权不在我处") })
        .await
        .unwrap();
    let rule = Rule { holder: Holder::Organisation(here.property), reason: note("共用部位"), finish_by };
    office.act(&here.officer, ledger, disputed, rule).await.unwrap();
    let assisted = send("assisted", OrderKind::Work, here.property).await;
    let not_ours = Dispute { reason: note("不归物业管") };
    office.act(&here.keeper, ledger, assisted, not_ours).await.unwrap();
    let theirs = |holder, why| Rule { holder, reason: note(why), finish_by };
    let community = Holder::Desk(here.community);
    office.act(&here.officer, ledger, assisted, theirs(community, "由居委会办")).await.unwrap();
    let assist_only = AssistOnly { item: note("协助事项第三项") };
    office.act(worker, ledger, assisted, assist_only).await.unwrap();
    let squad = Holder::Organisation(here.squad);
    office.act(&here.officer, ledger, assisted, theirs(squad, "归执法队主办")).await.unwrap();
    let withdrawn = send("withdrawn", OrderKind::Work, here.property).await;
    office.act(worker, ledger, withdrawn, Withdraw { reason: note("改为自办") }).await.unwrap();
    let letter = send("letter", OrderKind::Letter, here.buses).await;
    office.act(worker, ledger, letter, FollowUp { note: note("已列入计划") }).await.unwrap();
    for word in ["whistle", "declined"] {
        let ask = Ask {
            item: "department".to_owned(),
            whistle: WhistleKind::Hard,
            matter: private.matter,
            task: format!("齐抓{word}"),
            acceptance: note("通道畅通"),
            reason: note("本地无执法权"),
            departments: vec![here.squad],
            lead: here.lamps,
            finish_by,
        };
        let id = OrderId(form(word).id("order"));
        office.start(worker, ledger, id, ask).await.unwrap();
        if word == "declined" {
            office
                .act(
                    &here.officer,
                    ledger,
                    id,
                    Decline { reason: note("日常维修解决"), ways: vec![OtherWay::Own] },
                )
                .await
                .unwrap();
        } else {
            let (departments, lead) = (vec![here.squad], here.lamps);
            let blow = Blow { whistle: WhistleKind::Hard, departments, lead, arrive_by: None, finish_by };
            office.act(&here.officer, ledger, id, blow).await.unwrap();
            let squad = here.squad;
            let not_ours = Dispute { reason: note("不在执法范围") };
            office.act(&here.squad_officer, ledger, id, not_ours).await.unwrap();
            let rule = RulePart { organisation: squad, to: Some(squad), reason: note("仍由该队配合") };
            office.act(&here.officer, ledger, id, rule).await.unwrap();
            let set = SetPart { organisation: squad, reason: note("先清场地"), finish_by };
            office.act(&here.officer, ledger, id, set).await.unwrap();
            office.act(&here.squad_officer, ledger, id, report_in()).await.unwrap();
            let part = FinishPart { organisation: None, note: note("场地清好了"), photos: vec![] };
            office.act(&here.squad_officer, ledger, id, part).await.unwrap();
        }
    }

    // Neighbours at their door: one settled, one called off.
    stairwell_settled(office, here, "说事", None).await;
    let off = stairwell_called(office, here, "不开", None).await;
    let why = meetings::CallOff { reason: note("下大雨") };
    office.act(&here.steward, ledger, off, why).await.unwrap();

    // Gatherings: one with a record of all kinds of lines, one that was not held.
    super::gatherings::held(office, here, "板凳").await;

    // Scenes: one of which a part is done, one that is to be signed.
    super::scenes::signed(office, here, "签过").await;
    super::scenes::written(office, here, "未签").await;

    // Ratings: one that has ended.
    super::ratings::rated(office, here, "互评").await;

    // What the street adopted.
    super::joint::adopted(office, here, "联席").await;
    // Exclusions: one that was granted and, once more, refused.
    super::exclusion::ruled_twice(office, here, "剔除").await;

    // Dangers: one led to its end by the lasting work, one that two roles say is none.
    super::dangers::lifted(office, here, "lifted", photo.clone()).await;
    super::dangers::cleared(office, here, "cleared").await;

    // Emergencies: one that is accounted for, one that was rejected.
    super::emergency::settled(office, here, "settled").await;
    let rejected = super::emergency::entered(office, here, "rejected").await.0;
    let reject = RejectBasis { reason: note("墙面完好") };
    office.act(&here.secretary, ledger, rejected, reject).await.unwrap();

    // Venues: one that is open, one that is closed for a while; a poster; a street's body.
    for word in ["活动室", "棋牌室"] {
        super::venues::kept(office, here, word).await;
    }
    let close = Close { reason: note("漏水"), closure: Closure::Until(finish_by) };
    office.act(&here.secretary, ledger, VenueId(form("棋牌室").id("venue")), close).await.unwrap();
    made.posters.push(office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap());
    office.open_place(&here.administrator, here.community, PlaceKind::Market, "早市", None).await.unwrap();
    let kind = OrganisationKind::Department;
    office.open_organisation(&here.administrator, here.street, kind, "园林队").await.unwrap();
    // What the street confirmed, took back and confirmed again.
    let (id, confirm) = confirming("first", "residents", office.now());
    office.start(&here.officer, here.street, id, confirm).await.unwrap();
    let withdraw = rulebook::Withdraw { reason: note("查的是旧文本") };
    office.act(&here.officer, here.street, id, withdraw).await.unwrap();
    let (id, confirm) = confirming("second", "residents", office.now());
    office.start(&here.officer, here.street, id, confirm).await.unwrap();
    super::rules::changed(office, here).await;
    made.receipts.push(joined.secret);
    made.ids.push(joined.receipt.to_string());
    made.private = Some(private);
    made
}

/// A meeting about a topic that is there, opened.
async fn open_called(
    office: &Office,
    here: &Neighbourhood,
    word: &str,
    topic: TopicId,
) -> (TopicId, MeetingId) {
    let starts = office.now().plus_seconds(5 * DAY);
    let (id, call) = calling(word, here, &[topic], starts);
    office.start(&here.worker, here.community, id, call).await.unwrap();
    let post = meetings::Post { at: "西门公告栏".to_owned(), photo: None };
    office.act(&here.worker, here.community, id, post).await.unwrap();
    office.clock.put(starts);
    office.act(&here.worker, here.community, id, meetings::Open).await.unwrap();
    (topic, id)
}

async fn confirmed(office: &Office, here: &Neighbourhood, meeting: MeetingId) {
    let minutes = office.db.put_blob("会议纪要".as_bytes().to_vec()).await.unwrap();
    for actor in [&here.secretary, &here.colleague] {
        office.act(actor, here.community, meeting, Confirm { minutes: minutes.clone() }).await.unwrap();
    }
}

/// A text for everyone: its ledger, stream, version and field, and the kind of its entry.
type Text = (PlaceId, StreamName, u64, String, String);

/// All that stand and somebody wrote.
async fn texts(office: &Office) -> Vec<Text> {
    const KEPT: &str = "select p.ledger, p.stream, p.version, p.field, e.kind from private p join event e
         on e.ledger = p.ledger and e.stream = p.stream and e.version = p.version where p.published = 1
         and p.field <> 'minutes' and e.kind not like '%.corrected.1'
         order by p.ledger, p.stream, p.version, p.field";
    let rows = office.db.rows(KEPT, &[]).await.unwrap();
    let text = |row: &yishi_store::Row| {
        let stream = StreamName::stored(row.text(1).unwrap());
        let (ledger, version) = (row.text(0).unwrap().parse().unwrap(), row.int(2).unwrap().unsigned_abs());
        (ledger, stream, version, row.text(3).unwrap().to_owned(), row.text(4).unwrap().to_owned())
    };
    rows.iter().map(text).collect()
}

/// Has a text read otherwise, or takes it back, by whoever may.
async fn correct(office: &Office, here: &Neighbourhood, text: &Text, reads: Option<&str>) {
    let (ledger, stream, version, field, _) = text;
    let value = ValueAt { version: *version, field: field.clone() };
    let what = Correcting { value, text: reads.map(str::to_owned), reason: CorrectReason::Personal };
    for actor in [&here.worker, &here.secretary, &here.officer, &here.administrator] {
        if office.correct(actor, *ledger, stream, &what).await.is_ok() {
            return;
        }
    }
    panic!("nobody may: {text:?}");
}

/// The numbers in addresses of all things of a table.
async fn numbers(office: &Office, sql: &'static str) -> Vec<String> {
    let rows = office.db.rows(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.int(0).unwrap().to_string()).collect()
}

async fn words(office: &Office, sql: &'static str) -> Vec<String> {
    office.db.rows(sql, &[]).await.unwrap().iter().map(|row| row.text(0).unwrap().to_owned()).collect()
}

/// Every address that is asked for, of every thing that was made, with what lists can be asked for.
pub async fn addresses(office: &Office, here: &Neighbourhood, made: &Made) -> Vec<String> {
    let places = [here.street, here.community, here.compound, here.building, here.stairwells[1], here.grid];
    let places = places.map(|place| place.to_string());
    let numbered = [
        ("/m/{number}", numbers(office, "select number from matter").await),
        ("/o/{number}", numbers(office, "select number from work_order").await),
        ("/p/{number}", numbers(office, "select number from promise").await),
        ("/t/{number}", numbers(office, "select number from topic").await),
        ("/d/{number}", numbers(office, "select number from danger").await),
        ("/g/{number}", numbers(office, "select number from meeting").await),
        ("/s/{number}", numbers(office, "select number from meeting where stairwell is not null").await),
        ("/v/{number}", numbers(office, "select number from venue").await),
        ("/b/{number}", numbers(office, "select number from owners_result").await),
        ("/e/{number}", numbers(office, "select number from emergency_basis").await),
        ("/h/{number}", numbers(office, "select number from gathering").await),
        ("/x/{number}", numbers(office, "select number from scene").await),
        ("/n/{number}", numbers(office, "select number from exclusion").await),
        ("/forums/{number}", numbers(office, "select number from confirmation").await),
        ("/changes/{number}", numbers(office, "select number from rule_change").await),
        ("/{number}", numbers(office, "select number from matter").await),
        ("/matters/{number}", numbers(office, "select number from matter").await),
    ];
    let doors = words(office, "select door from meeting where door is not null").await;
    let papers = ["notice", "roll", "record", "minutes", "resolution", "publication"].map(str::to_owned);
    let mut found = BTreeSet::new();
    for route in all(FEATURES).filter(|route| route.takes == Takes::Nothing) {
        let mut some = vec![route.path.to_owned()];
        let mut with = |part: &str, whole: &str, values: &[String]| {
            some = some
                .iter()
                .flat_map(|path| match path.contains(part) {
                    true => values
                        .iter()
                        .map(|value| path.replacen(part, &whole.replace("*", value), 1))
                        .collect(),
                    false => vec![path.clone()],
                })
                .collect();
        };
        for (part, values) in &numbered {
            with(part, &part.replace("{number}", "*"), values);
        }
        let secrets = if route.path.starts_with("/v/") { &made.seats } else { &made.receipts };
        for (part, values) in [
            ("{slug}", &["xinglin".to_owned(), "qinghe".to_owned()][..]),
            ("{secret}", secrets),
            ("{receipt}", &made.ids),
            ("{word}", &made.posters),
            ("{place}", &places),
            ("{digest}", &made.photos),
            ("{door}", &doors),
            ("{paper}", &papers),
            ("{of}", &["matters-public".to_owned()]),
            ("{roster}", &["people".to_owned()]),
            ("{name}", &["none.css".to_owned()]),
        ] {
            with(part, "*", values);
        }
        found.extend(some);
    }
    assert!(found.iter().all(|path| !path.contains('{')), "{found:?}");
    for (list, asked) in [
        ("/c/xinglin", "category=02"),
        ("/c/xinglin", "state=open"),
        ("/c/xinglin", "q=路灯"),
        ("/c/xinglin/standards", "q=灯"),
        ("/c/xinglin/venues", "need=ping-pong"),
        ("/api/v1/xinglin/matters", "limit=5"),
    ] {
        found.insert(format!(
            "{list}?{}",
            asked.replace("路灯", "%E8%B7%AF%E7%81%AF").replace('灯', "%E7%81%AF")
        ));
    }
    found.insert(format!("/c/xinglin?around={}", here.compound));
    found.into_iter().collect()
}

/// What is in the answers to all addresses, by who looked and where: those marks that stand there.
struct Look {
    seen: BTreeMap<String, BTreeSet<String>>,
    /// Marks of the state of an answer, by which a browser asks whether it changed.
    tags: BTreeMap<(usize, String), String>,
}

/// Marks look like `qmark007q`.
fn marks(text: &str) -> impl Iterator<Item = String> {
    text.split("qmark").skip(1).filter_map(|rest| {
        let end = rest.find('q')?;
        let word = &rest[..end];
        word.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| format!("qmark{word}q"))
    })
}

async fn look(browsers: &[Browser], paths: &[String], before: Option<&Look>) -> Look {
    let mut look = Look { seen: BTreeMap::new(), tags: BTreeMap::new() };
    for (n, browser) in browsers.iter().enumerate() {
        for path in paths {
            let mut request = Request::get(path);
            if let Some(tag) = before.and_then(|look| look.tags.get(&(n, path.clone()))) {
                request = request.header(header::IF_NONE_MATCH, tag);
            }
            let answer = browser.send(request, Body::empty()).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
            assert!(before.is_none() || answer.status.as_u16() != 304, "{path} did change");
            if let Some(tag) = answer.header("etag") {
                look.tags.insert((n, path.clone()), tag.to_owned());
            }
            let all = format!("{}\n{}", answer.headers, answer.body);
            for mark in marks(&all) {
                look.seen.entry(mark).or_default().insert(path.clone());
            }
            for private in ["qsaid-private", "qname-private"] {
                if all.contains(private) {
                    look.seen.entry(private.to_owned()).or_default().insert(path.clone());
                }
            }
        }
    }
    look
}

/// Texts that stand on no page: each with why.
const NOWHERE: [(&str, &str); 0] = [];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_taken_back_or_erased_stands_in_no_answer() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let made = made(office, &here).await;
        // Each text says what no other says.
        let all = texts(office).await;
        let mut planted = Vec::new();
        for (n, text) in all.iter().enumerate() {
            let mark = format!("qmark{n:03}q");
            correct(office, &here, text, Some(&format!("{mark} 说明"))).await;
            planted.push((mark, text));
        }
        let kinds: BTreeSet<&str> = all.iter().map(|text| text.4.as_str()).collect();
        assert!(kinds.len() > 35, "{} {kinds:?}", kinds.len());
        let visitor = Browser::new(office);
        let mut browsers = vec![visitor.clone()];
        for actor in [
            &here.worker,
            &here.secretary,
            &here.officer,
            &here.administrator,
            &here.keeper,
            &here.lamp_officer,
            &here.steward,
        ] {
            browsers.push(visitor.signed_in(office, actor).await);
        }
        let paths = addresses(office, &here, &made).await;
        assert!(paths.len() > 150, "{}", paths.len());
        // Twice, so that what is kept for a while is kept.
        let first = look(&browsers, &paths, None).await;
        let warm = look(&browsers, &paths, None).await;
        assert_eq!(first.seen.keys().collect::<Vec<_>>(), warm.seen.keys().collect::<Vec<_>>());
        let kept = texts_now(office).await;
        let mut unseen = BTreeSet::new();
        for (mark, (_, _, _, field, kind)) in &planted {
            let nowhere = NOWHERE.iter().any(|(word, _)| *word == format!("{kind} {field}"));
            if kept.contains(mark) && !warm.seen.contains_key(mark) && !nowhere {
                unseen.insert(format!("{kind} {field}"));
            }
        }
        for kind in &unseen {
            let seen = planted.iter().any(|(mark, text)| {
                format!("{} {}", text.4, text.3) == *kind && warm.seen.contains_key(mark)
            });
            assert!(seen, "{kind} stands on no page: {unseen:?}");
        }
        assert!(warm.seen.contains_key("qsaid-private"), "what is private is shown to whoever works on it");

        // A matter is found by what its summary says.
        let summary = planted.iter().find(|(_, text)| text.4 == "matter.summarised.1").unwrap();
        let hits = async || {
            let found = visitor.get(&format!("/c/xinglin?q={}", summary.0)).await.body;
            found.matches("href=\"/c/xinglin/m/").count()
        };
        assert_eq!((hits().await, hits().await), (1, 1), "asked twice");

        // Half of them read otherwise, the others are taken back; what was private is erased.
        for (n, (mark, text)) in planted.iter().enumerate() {
            let corrected = format!("qnew{n:03} 已经更正");
            if texts_now(office).await.contains(mark) {
                correct(office, &here, text, (n % 2 == 0).then_some(corrected.as_str())).await;
            }
        }
        let private = made.private.as_ref().unwrap();
        let why = EraseReason::Asked;
        office.erase_matter(&here.officer, here.community, private.matter, why).await.unwrap();
        let after = look(&browsers, &paths, Some(&warm)).await;
        assert_eq!(after.seen, BTreeMap::new(), "{}", store.engine());
        assert_eq!(hits().await, 0, "{}", store.engine());
        assert!(texts_now(office).await.is_empty());
    }
}

/// The marks that are kept.
async fn texts_now(office: &Office) -> Vec<String> {
    let rows = office.db.rows("select value from private where value like '%qmark%'", &[] as &[Value]).await;
    rows.unwrap().iter().flat_map(|row| marks(row.text(0).unwrap()).collect::<Vec<_>>()).collect()
}
