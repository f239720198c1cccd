//! What random histories seldom come to, once each: what they would have to run long for.

use super::market::{begin, done, published, raise, report_in};
use yishi_domain::ballots::{ConfirmResult, RejectResult};
use yishi_domain::clearing::{self, RunId};
use yishi_domain::councils::Found;
use yishi_domain::dangers::{self, MakeSafe, Protect, Protection, Risk};
use yishi_domain::dispatch::{self, Accept, Ask, Blow, OrderId, PublishPhoto, ReportIn, Resume, WhistleKind};
use yishi_domain::emergency::RejectBasis;
use yishi_domain::exclusion::{self, ExclusionClass, ExclusionId};
use yishi_domain::gatherings::{self, GatheringId, Line, Record, Said};
use yishi_domain::joint;
use yishi_domain::matters;
use yishi_domain::meetings::{Meeting, Rule, Ruling, SetAside};
use yishi_domain::partners::PartnerMay;
use yishi_domain::promises::{self, Keep, Make, PromiseId, Renew};
use yishi_domain::ratings::{self, Grade, Grades};
use yishi_domain::rulebook::{ChangeId, Counted, SetNumber};
use yishi_domain::scenes;
use yishi_domain::topics::{self, Gather};
use yishi_domain::venues::{
    Access, Details, Guests, Hours, Need, OpenVenue, Price, Span, Toilet, VenueId, Weekday,
};
use yishi_kernel::{Actor, Claim, CorrectReason, PhotoDigest, ValueAt};
use yishi_office::councils::council_of;
use yishi_office::matters::Raising;
use yishi_office::partners::Opening;
use yishi_office::ratings::assessment_of;
use yishi_office::{Correcting, Office};
use yishi_testkit::meetings::{
    DAY, action_id, confirming, dispatching, objecting, open_meeting, opening, owners, recommended,
    result_id, stairwell_settled,
};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, emergency};

/// At an open meeting a matter is raised from the floor, and something promised, which is renewed
/// and kept.
async fn promise_something(office: &Office, there: &Neighbourhood) {
    let (ledger, worker) = (there.community, &there.worker);
    let said = raise(office, there, "s-promise").await.matter;
    let (_, meeting) = open_meeting(office, there, "s-promise", &[said]).await;
    let mut aside = raising("s-floor", there.building, "门灯坏了");
    let at = office.load::<Meeting>(ledger, &meeting.into()).await.unwrap().must().unwrap().agenda.place;
    (aside.floor, aside.channel, aside.place) = (Some(meeting), matters::Channel::Floor, at);
    office.raise(&Actor::visitor(), aside).await.unwrap();
    let due = office.now().end_of_day_after(3);
    let make = Make { meeting, body: there.market, what: "周五前修好门灯".to_owned(), due };
    let id = PromiseId(form("s-promise").id("promise"));
    office.start(worker, ledger, id, make).await.unwrap();
    let renew = Renew { reason: "配件没到".to_owned(), due: office.now().end_of_day_after(9) };
    office.act(&there.market_keeper, ledger, id, renew).await.unwrap();
    let done = promises::Done { note: "换好了".to_owned() };
    office.act(&there.market_keeper, ledger, id, done).await.unwrap();
    office.act(worker, ledger, id, Keep).await.unwrap();
}

/// On a bench somebody says what is new, thanks, and what is private; another one is not held.
async fn sit_together(office: &Office, there: &Neighbourhood) {
    let (host, ledger) = (&there.worker, there.community);
    let own = yishi_office::places::reads::ledger(&office.db, ledger).await.unwrap().unwrap();
    let key = form("s-bench");
    let said = [
        office.line_raised(&own, &key, 0, ("楼前积水".to_owned(), "当面说的".to_owned())).unwrap(),
        Said::Thanks { text: "谢谢大家扫雪".to_owned() },
        Said::Private,
    ];
    let lines = said.into_iter().enumerate().map(|(row, what)| Line { row, what }).collect();
    let open = gatherings::Open {
        form: gatherings::Form::Bench,
        place: there.building,
        spot: "凉亭".to_owned(),
        starts: office.now(),
        people: None,
        mostly: None,
        record: Some(Record { people: 9, mostly: None, lines }),
    };
    office.start(host, ledger, GatheringId(key.id("gathering")), open.clone()).await.unwrap();
    let off = GatheringId(form("s-off").id("gathering"));
    office.start(host, ledger, off, gatherings::Open { record: None, ..open }).await.unwrap();
    office.act(host, ledger, off, gatherings::CallOff { reason: "下大雨".to_owned() }).await.unwrap();
}

/// A room where everyone may play.
async fn list_a_venue(office: &Office, there: &Neighbourhood) {
    let days = Weekday::ALL.iter().copied().collect();
    let span = Span { days, from: "09:00".parse().unwrap(), to: "17:00".parse().unwrap() };
    let details = Details {
        name: "活动室".into(),
        way: None,
        needs: [Need::PingPong].into(),
        hours: Hours::of(vec![span]).unwrap(),
        price: Price::Free,
        phone: None,
        access: Access::Ramp,
        toilet: Toilet::None,
        guests: Guests::Everyone,
        capacity: None,
    };
    let id = VenueId(form("s-venue").id("venue"));
    let list = OpenVenue { place: there.compound, details };
    office.start(&there.secretary, there.community, id, list).await.unwrap();
}

/// What random histories seldom come to: a topic that is given up, an order that rests, a
/// photo that everybody may see.
pub async fn seldom(office: &Office, there: &Neighbourhood) {
    list_a_venue(office, there).await;
    sit_together(office, there).await;
    let partner = Opening {
        place: there.community,
        organisation: there.lamps,
        name: "热线平台".to_owned(),
        may: PartnerMay::Raise,
        expires: office.now().plus_seconds(30 * 86_400),
    };
    office.open_partner(&there.administrator, partner).await.unwrap();
    let mut reached = raising("s-reached", there.building, "门坏了");
    reached.speaker.contact = "87654321".to_owned();
    let reached = office.raise(&Actor::visitor(), reached).await.unwrap();
    let (worker, by_phone) = (&there.worker, matters::KnownBy::ByPhone);
    office.reissue(worker, reached.ledger, reached.receipt, by_phone).await.unwrap();
    let holder = Actor::visitor().showing(Claim::Receipt);
    let told = raise(office, there, "s-told").await;
    let way = matters::BeTold {
        way: matters::Telling::Mail,
        often: matters::Often::Daily,
        to: "lin@example.cn".to_owned(),
        tongue: matters::Tongue::English,
    };
    office.act(&holder, told.ledger, told.receipt, way).await.unwrap();
    let back = raise(office, there, "s-back").await;
    office.act(&holder, back.ledger, back.receipt, matters::Withdraw).await.unwrap();
    let (council, place) = (council_of(there.community), there.community);
    office.start(&there.secretary, place, council, Found { place }).await.unwrap();
    let (ledger, worker) = (there.community, &there.worker);
    let [dark, bikes] =
        [raise(office, there, "s-dark").await.matter, raise(office, there, "s-bikes").await.matter];
    let (id, confirm) = confirming("s-forum", "residents", office.now());
    office.start(&there.officer, there.street, id, confirm).await.unwrap();
    let sooner = SetNumber {
        number: "emergency-account".to_owned(),
        counted: Counted::Days,
        count: 10,
        source: "居民公约".to_owned(),
        reason: "账目早一点公布".to_owned(),
    };
    let id = ChangeId(form("s-change").id("change"));
    office.start(&there.secretary, ledger, id, sooner).await.unwrap();
    let given_up = begin(office, worker, ledger, opening("s", &[dark])).await.unwrap();
    office.act(worker, ledger, given_up, Gather { matters: vec![bikes] }).await.unwrap();
    office.act(worker, ledger, given_up, topics::Drop { reason: "分开办理".to_owned() }).await.unwrap();
    let photo = PhotoDigest(office.db.put_blob(vec![7; 11]).await.unwrap());
    let progress = matters::Progress { note: "已去看过。".to_owned(), photos: vec![photo.clone()] };
    office.act(worker, ledger, bikes, progress).await.unwrap();
    office.act(worker, ledger, bikes, matters::PublishPhoto { photo: photo.clone() }).await.unwrap();
    let (_, id) = published(office, there, "s-market", &[dark]).await;
    let mut hurried = dispatching(there, "看车");
    hurried.hurry = Some("节前必须到岗".to_owned());
    let work = office.dispatch_action(worker, ledger, id, hurried).await.unwrap();
    let object = objecting(Some(action_id("看车")), "s-device", "收费太高。");
    office.act(&Actor::visitor(), ledger, id, object).await.unwrap();
    let rule = Rule { number: 1, ruling: Ruling::Upheld, reason: "依据不足。".to_owned() };
    office.act(&there.secretary, ledger, id, rule).await.unwrap();
    let finish_by = office.now().plus_seconds(DAY);
    let resume = Resume { reason: "再议仍同意".to_owned(), finish_by };
    office.act(worker, ledger, work, resume).await.unwrap();
    office.act(&there.market_keeper, ledger, work, report_in()).await.unwrap();
    office.act(&there.market_keeper, ledger, work, done(vec![photo.clone()])).await.unwrap();
    office.act(worker, ledger, work, PublishPhoto { photo }).await.unwrap();
    let lamp = raising("s-stairs", there.stairwells[1], "楼梯口太黑。");
    let lamp = office.raise(&Actor::visitor(), lamp).await.unwrap().matter;
    stairwell_settled(office, there, "s", Some(lamp)).await;
    // What the owners decided, and what they came to no decision on.
    let paper = PhotoDigest(office.db.put_blob(vec![8; 11]).await.unwrap());
    let shed = raise(office, there, "s-shed").await.matter;
    let (_, recommending) = recommended(office, there, "车棚", &[shed]).await;
    let said = owners(office, recommending, paper);
    office.start(worker, ledger, result_id("rejected"), said.clone()).await.unwrap();
    let reject = RejectResult { reason: "面积与登记簿不符".to_owned() };
    office.act(&there.colleague, ledger, result_id("rejected"), reject).await.unwrap();
    office.start(worker, ledger, result_id("shed"), said).await.unwrap();
    office.act(&there.colleague, ledger, result_id("shed"), ConfirmResult).await.unwrap();
    let mut hurried = dispatching(there, "车棚");
    hurried.hurry = Some("雨季将到".to_owned());
    office.dispatch_action(worker, ledger, recommending, hurried).await.unwrap();
    let lift = raise(office, there, "s-lift").await.matter;
    let (_, resting) = recommended(office, there, "电梯", &[lift]).await;
    let reason = "参加的业主不足三分之二".to_owned();
    office.act(worker, ledger, resting, SetAside { motion: 1, reason }).await.unwrap();
    promise_something(office, there).await;
    a_danger(office, there).await;
    an_emergency(office, there).await;
    a_scene(office, there).await;
    left_out(office, there).await;
    a_clearing(office, there).await;
    // Texts that were put wrong, and the minutes that quote one of them.
    let title = ValueAt { version: 1, field: "title".to_owned() };
    let text = Some("市场看车议事会".to_owned());
    let what = Correcting { value: title, text, reason: CorrectReason::Mistake };
    office.correct(worker, ledger, &id.into(), &what).await.unwrap();
    let venue = ValueAt { version: 1, field: "venue".to_owned() };
    let what = Correcting { value: venue, text: None, reason: CorrectReason::Personal };
    office.correct(worker, ledger, &id.into(), &what).await.unwrap();
}

/// An emergency that was sent, and one that was not confirmed.
async fn an_emergency(office: &Office, there: &Neighbourhood) {
    let id = emergency::confirmed(office, there, "s-wall").await;
    let least = emergency::to_property(office, there);
    office.act(&there.worker, there.community, id, least).await.unwrap();
    let raised = emergency::sorted(office, there, "s-roof").await;
    let enter = emergency::fence(raised.matter);
    office.start(&there.worker, there.community, emergency::basis_id("s-roof"), enter).await.unwrap();
    let reject = RejectBasis { reason: "屋面不漏".to_owned() };
    office.act(&there.secretary, there.community, emergency::basis_id("s-roof"), reject).await.unwrap();
}

/// A danger that was fenced off and confirmed, with a photo that everyone sees.
async fn a_danger(office: &Office, there: &Neighbourhood) {
    let marked =
        Raising { danger: Some(Risk::Life), ..raising("s-tile", there.stairwells[1], "瓷砖掉下来。") };
    let raised = office.raise(&Actor::visitor(), marked).await.unwrap();
    let open = yishi_office::dangers::reads::open_of(&office.db, raised.ledger, raised.matter).await.unwrap();
    let (ledger, id) = (raised.ledger, open[0].id);
    let photo = PhotoDigest(office.db.put_blob(vec![9; 11]).await.unwrap());
    let (step, note) = (Protection::Fence, "已拉围挡".to_owned());
    let protect = Protect { step, note: note.clone(), photos: vec![photo.clone()] };
    office.act(&there.keeper, ledger, id, protect).await.unwrap();
    office.act(&there.officer, ledger, id, MakeSafe { note }).await.unwrap();
    office.act(&there.worker, ledger, id, dangers::PublishPhoto { photo }).await.unwrap();
}

/// A clearing run that was signed, of which one item was answered by the street.
async fn a_clearing(office: &Office, there: &Neighbourhood) {
    let (ledger, run) = (there.community, RunId(form("s-clearing").id("clearing")));
    office.start(&there.secretary, ledger, run, clearing::Open).await.unwrap();
    let items = yishi_office::clearing::reads::all_items(&office.db, ledger, run).await.unwrap();
    for item in &items {
        let lift = clearing::Lift { reason: "社区办不了".to_owned() };
        office.act(&there.officer, ledger, item.id, lift).await.unwrap();
    }
    let take_up = clearing::TakeUp { note: "街道协调".to_owned() };
    office.act(&there.officer, ledger, items[0].id, take_up).await.unwrap();
    office.act(&there.secretary, ledger, run, clearing::Finish).await.unwrap();
}

/// Left out of the rates, and ruled once more.
async fn left_out(office: &Office, there: &Neighbourhood) {
    let raised = emergency::sorted(office, there, "s-out").await;
    let (ledger, id) = (raised.ledger, ExclusionId::of(raised.matter));
    let class = ExclusionClass::NothingNew;
    let ask = exclusion::Ask { matter: raised.matter, class, reason: "上月已经答复".to_owned() };
    office.start(&there.worker, ledger, id, ask).await.unwrap();
    let grant = exclusion::Grant { class, reason: "没有新的情况".to_owned() };
    office.act(&there.officer, ledger, id, grant).await.unwrap();
    let holder = Actor::visitor().showing(Claim::Receipt);
    office.act(&holder, ledger, id, exclusion::Object { receipt: raised.receipt }).await.unwrap();
}

/// What the street adopted for joint working, and what was agreed at the scene of a whistle: signed by
/// one body, and a line of it done.
async fn a_scene(office: &Office, there: &Neighbourhood) {
    let adopt = joint::Adopt {
        place: there.street,
        adopted: office.now(),
        parties: vec![(0, "党组织".to_owned(), "街道党工委".to_owned())],
        practices: vec![(0, "到场先报到".to_owned(), None)],
    };
    let id = joint::JointId(form("s-joint").id("joint"));
    office.start(&there.officer, there.street, id, adopt).await.unwrap();
    let (ledger, worker) = (there.community, &there.worker);
    let raised = emergency::sorted(office, there, "s-scene").await;
    let (lead, departments) = (there.lamps, vec![there.squad]);
    let finish_by = office.now().end_of_day_after(9);
    let ask = Ask {
        item: "department".to_owned(),
        whistle: WhistleKind::Hard,
        matter: raised.matter,
        task: "修好路灯".to_owned(),
        acceptance: "晚上全亮".to_owned(),
        reason: "电缆归路灯管理所".to_owned(),
        departments: departments.clone(),
        lead,
        finish_by,
    };
    // One that is still to be decided about, and climbs when it is not.
    let open = emergency::sorted(office, there, "s-open").await;
    let still = Ask { matter: open.matter, ..ask.clone() };
    office.start(worker, ledger, OrderId(form("s-open").id("order")), still).await.unwrap();
    let order = OrderId(form("s-scene").id("order"));
    office.start(worker, ledger, order, ask).await.unwrap();
    let blow = Blow { whistle: WhistleKind::Hard, departments, lead, arrive_by: None, finish_by };
    office.act(&there.officer, ledger, order, blow).await.unwrap();
    let line = |row, body| scenes::Line { row, body, what: "换电缆".to_owned(), due: finish_by };
    let open = scenes::Open {
        order,
        met: office.now(),
        came: vec![there.lamps, there.squad],
        people: "周建国".to_owned(),
        findings: "电缆被挖断".to_owned(),
        lines: vec![line(0, Some(there.lamps)), line(1, None)],
    };
    let id = scenes::SceneId(form("s-scene").id("scene"));
    office.start(worker, ledger, id, open).await.unwrap();
    office.act(&there.lamp_officer, ledger, id, scenes::Sign { body: None }).await.unwrap();
    let refuse = scenes::Refuse { body: Some(there.squad), reason: "没有来人".to_owned() };
    office.act(worker, ledger, id, refuse).await.unwrap();
    let done = scenes::Done { line: 0, note: "换好了".to_owned() };
    office.act(&there.lamp_officer, ledger, id, done).await.unwrap();
    rated(office, there, order).await;
}

/// How both sides of that whistle rated each other once it was accepted.
async fn rated(office: &Office, there: &Neighbourhood, order: OrderId) {
    let ledger = there.community;
    let come = ReportIn { organisation: None, note: String::new() };
    office.act(&there.lamp_officer, ledger, order, come).await.unwrap();
    let done = dispatch::Done { note: "全亮了".to_owned(), photos: Vec::new() };
    office.act(&there.lamp_officer, ledger, order, done).await.unwrap();
    office.act(&there.worker, ledger, order, Accept { note: String::new() }).await.unwrap();
    let id = assessment_of(order);
    office.start(&Actor::system(ledger), ledger, id, ratings::Open { order }).await.unwrap();
    let grades = Grades { response: Grade::Good, presence: Grade::Fair, result: Grade::Poor };
    let (body, note) = (there.lamps, "当天到场".to_owned());
    office
        .act(&there.officer, ledger, id, ratings::RateBody { body, grades, note: note.clone() })
        .await
        .unwrap();
    office.act(&there.lamp_officer, ledger, id, ratings::RateStreet { body, grades, note }).await.unwrap();
}
