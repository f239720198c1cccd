//! Stories that are not over: a shed with chargers that is recommended and hangs for objections, a meeting that
//! is called for tomorrow, one that can be opened now, and a letter that is followed up.

use super::hall::{Agreed, Called, Hall};
use super::story::{form, summarise};
use crate::Stop;
use yishi_domain::councils::{Enrol, Found, MemberKind};
use yishi_domain::dispatch::{
    Ask, Decline, FollowUp, OrderId, OrderKind, OtherWay, SendInstead, WhistleKind,
};
use yishi_domain::exclusion::{self, ExclusionClass, ExclusionId};
use yishi_domain::matters::{Outcome, Triage};
use yishi_domain::meetings::{
    Coming, MeetingId, Object, Open, Publish, Put, SeatKind, SignedIn, Speak, StatementKind, VoteMode, Way,
};
use yishi_domain::topics::Gather;
use yishi_kernel::{Actor, Holder, Moment};
use yishi_office::councils::council_of;
use yishi_office::dispatch::order_after;
use yishi_store::blobs::digest_of;

const NAMES: [&str; 13] = [
    "南一老周",
    "南二小陈",
    "南三李阿姨",
    "南五王叔",
    "南七赵师傅",
    "南八孙大妈",
    "北一吴老师",
    "北二郑姐",
    "北三冯大爷",
    "北四陈嫂",
    "北五褚师傅",
    "北六卫阿姨",
    "北六蒋叔",
];

/// The community's council: its secretary keeps the roll, for a term of three years.
async fn council(hall: &Hall<'_>) -> Result<(), Stop> {
    let (office, secretary, ledger) = (hall.office, &hall.cast.secretary, hall.ledger());
    let id = council_of(ledger);
    office.start(secretary, ledger, id, Found { place: ledger }).await?;
    let groups = [
        MemberKind::PartyDelegate,
        MemberKind::BuildingHead,
        MemberKind::Delegate,
        MemberKind::Delegate,
        MemberKind::GridHead,
        MemberKind::Owners,
        MemberKind::StallHolder,
    ];
    for (name, group) in NAMES.iter().zip(groups.into_iter().cycle()) {
        let (from, until) = (hall.day(200, 0, 0), Some(hall.day(-895, 0, 0)));
        let enrol = Enrol { group, name: (*name).to_owned(), part: None, from, until };
        office.act(secretary, ledger, id, enrol).await?;
    }
    Ok(())
}

/// A shed with chargers in the north: the meeting recommends it to the owners, its result hangs,
/// one has objected.
pub(super) async fn sheds(hall: Hall<'_>) -> Result<MeetingId, Stop> {
    let (cast, worker) = (hall.cast, &hall.cast.worker);
    hall.until(9, 8, 30).await;
    council(&hall).await?;
    hall.until(9, 9, 0).await;
    let matters = hall.matters(&["北苑新建充电桩"])?;
    let question = "车棚建在哪里、充电桩装几个、钱从哪里来？";
    let topic = hall.topic("北苑车棚和充电桩怎么建", question, "03", matters).await?;
    hall.until(8, 9, 0).await;
    let called = Called {
        forum: "community",
        scheme: "one_six_n",
        title: "杏林社区议事协商会：车棚与充电桩",
        venue: "杏林社区活动室",
        starts: hall.day(4, 19, 0),
        invited: &[cast.committee, cast.property, cast.owners, cast.school],
        entitled: None,
    };
    let meeting = hall.call(topic, called).await?;
    hall.until(8, 16, 0).await;
    hall.post(meeting, "北苑大门公告栏和每个单元门口", 111).await?;
    hall.until(7, 9, 0).await;
    hall.reply(&cast.keeper, meeting, cast.property, Coming::Yes, "带图纸到会").await?;
    hall.reply(worker, meeting, cast.committee, Coming::Yes, "").await?;
    hall.reply(worker, meeting, cast.school, Coming::No, "晚自习值班；操场周末可借用").await?;

    hall.until(4, 18, 50).await;
    hall.meet(worker, meeting, Open).await?;
    let seats = hall.voters(meeting, &NAMES).await?;
    let sent = SeatKind::Invited;
    hall.sign_in(meeting, sent, SignedIn::Register, Some(cast.property), "罗大川").await?;
    hall.until(4, 19, 20).await;
    let plan = "物业方案：北苑东侧空地新建车棚一座、充电桩 12 个，充电收费由物业明码标价。".to_owned();
    let (form, organisation) = (StatementKind::Plan, Some(cast.property));
    hall.meet(&cast.keeper, meeting, Speak { form, organisation, text: plan }).await?;
    let text = "北苑东侧建车棚并装 12 个充电桩。".to_owned();
    hall.meet(worker, meeting, Put { topic, text, mode: VoteMode::Phones, item: "new_common".to_owned() })
        .await?;
    hall.by_phone(meeting, 1, &seats, [10, 2, 1]).await?;
    hall.until(4, 19, 50).await;
    super::floor::tell(&hall, meeting).await?;
    hall.until(4, 20, 0).await;
    let agreed = [
        Agreed {
            motion: 1,
            task: "北苑东侧建车棚一座。",
            owner: cast.property,
            way: Way::Work,
            due: hall.day(-20, 23, 0),
            yuan: Some((52_000, "小区公共收益")),
            acceptance: "车棚可停 80 辆，雨天不漏",
        },
        Agreed {
            motion: 1,
            task: "北苑车棚充电桩报装用电。",
            owner: cast.power,
            way: Way::Letter,
            due: hall.day(-30, 23, 0),
            yuan: None,
            acceptance: "12 个充电桩通电可用",
        },
    ];
    let standard = "车棚公约：先充满者移车；电池不上楼；充电收费由物业明码标价，收支半年公示一次。";
    hall.resolve(meeting, &agreed, standard).await?;
    hall.until(3, 10, 0).await;
    let minutes = "杏林社区议事协商会会议纪要\n议题：北苑车棚和充电桩怎么建\n\
        有表决权的到会 13 人；10 票赞成、2 票反对、1 票弃权，形成建议，提交业主共同决定。\n";
    hall.confirm(meeting, minutes).await?;
    hall.until(2, 9, 0).await;
    super::floor::renew(&hall).await?;
    hall.until(2, 10, 0).await;
    let at = "北苑大门公告栏，社区公众号".to_owned();
    hall.meet(worker, meeting, Publish { at }).await?;
    hall.until(1, 8, 0).await;
    let objection = Object {
        action: Some(hall.action(0)),
        text: "新车棚离6号楼一楼窗户太近，怕挡光，也怕着火。".to_owned(),
        contact: "北六卫阿姨".to_owned(),
        device: digest_of(b"objection/further"),
        said: digest_of(b"objection/further/first"),
    };
    hall.meet(&Actor::visitor(), meeting, objection).await?;
    Ok(meeting)
}

/// Roofs without a fund: called for tomorrow evening.
pub(super) async fn roofs(hall: Hall<'_>) -> Result<MeetingId, Stop> {
    let cast = hall.cast;
    hall.until(4, 10, 0).await;
    let matters = hall.matters(&["无维修资金的屋顶维修办法", "5号楼外墙瓷砖脱落"])?;
    let question = "没有维修资金，屋顶和外墙怎么修、由谁出钱？";
    let topic = hall.topic("没有维修资金的屋顶外墙怎么修", question, "13", matters).await?;
    hall.until(4, 10, 30).await;
    let called = Called {
        forum: "compound",
        scheme: "one_six_n",
        title: "杏林南苑小区议事会：屋顶与外墙",
        venue: "南苑小广场凉亭",
        starts: hall.day(-1, 19, 0),
        invited: &[cast.owners, cast.property],
        entitled: None,
    };
    let meeting = hall.call(topic, called).await?;
    hall.until(3, 9, 0).await;
    hall.post(meeting, "南苑大门公告栏", 112).await?;
    hall.until(3, 15, 0).await;
    hall.reply(&cast.keeper, meeting, cast.property, Coming::Yes, "").await?;
    Ok(meeting)
}

/// A room to sit in and something to do there: the notice hangs, and it begins within the hour.
pub(super) async fn room(hall: Hall<'_>) -> Result<MeetingId, Stop> {
    let (cast, worker) = (hall.cast, &hall.cast.worker);
    hall.until(5, 10, 0).await;
    let matters = hall.matters(&["活动室周末开放", "北苑健身器材损坏"])?;
    let question = "活动室周末由谁值守，器材由谁维修？";
    let topic = hall.topic("活动室和健身器材怎么管", question, "09", matters).await?;
    hall.until(5, 11, 0).await;
    // On the minute, so that the notice reads well.
    let minute = hall.now.0.div_euclid(60_000_000) * 60_000_000;
    let called = Called {
        forum: "compound",
        scheme: "six",
        title: "南北苑小区议事会：活动室与健身器材",
        venue: "杏林社区活动室",
        starts: Moment(minute).plus_seconds(20 * 60),
        invited: &[cast.owners, cast.property],
        entitled: None,
    };
    let meeting = hall.call(topic, called).await?;
    hall.until(4, 9, 0).await;
    hall.post(meeting, "社区服务站门口、活动室门口", 113).await?;
    hall.until(4, 9, 30).await;
    hall.reply(worker, meeting, cast.owners, Coming::Yes, "").await?;
    hall.reply(&cast.keeper, meeting, cast.property, Coming::Yes, "").await?;
    // One slip for each household that said it comes.
    hall.until(2, 9, 0).await;
    hall.hand_out_slips(meeting, 24).await?;
    // What was said since joins the topic, and is sorted by it.
    hall.until(1, 10, 0).await;
    let late = hall.matters(&["南苑增设乒乓球台"])?;
    hall.office.act(worker, hall.ledger(), topic, Gather { matters: late.clone() }).await?;
    for matter in late {
        hall.office.act(worker, hall.ledger(), matter, summarise("南苑增设乒乓球台")).await?;
    }
    Ok(meeting)
}

/// The bus stop has no roof. Nobody here can summon the bus company: the street declines to whistle, and
/// a letter is followed up.
pub(super) async fn letter(hall: Hall<'_>) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let worker = &cast.worker;
    hall.until(18, 8, 0).await;
    let said =
        cast.raising(hall.now, "bus-roof", cast.road, "公交站没有雨棚和座椅，老人等车站不住，下雨全淋湿。");
    let matter = office.raise(&Actor::visitor(), said).await?.matter;
    hall.until(18, 10, 0).await;
    let triage = Triage {
        outcome: Outcome::Government,
        category: "10".to_owned(),
        holder: Holder::Desk(ledger),
        person: None,
        reason: String::new(),
    };
    office.act(worker, ledger, matter, triage).await?;
    office.act(worker, ledger, matter, summarise("南路公交站加装雨棚座椅")).await?;
    hall.until(17, 10, 0).await;
    let whistle = OrderId(form(&format!("demo/letter/{}", hall.now.0)).id("order"));
    let ask = Ask {
        matter,
        whistle: WhistleKind::Hard,
        item: "repair".to_owned(),
        task: "请在杏林南路公交站加装雨棚和座椅。".to_owned(),
        acceptance: "雨棚和座椅可用".to_owned(),
        reason: "站台归公交公司，社区打过两次电话没有答复。".to_owned(),
        departments: Vec::new(),
        lead: cast.buses,
        finish_by: hall.day(-20, 23, 0),
    };
    office.start(worker, ledger, whistle, ask).await?;
    // The street cannot summon the bus company either, and says what is left.
    hall.until(17, 15, 0).await;
    let reason = "公交公司不归本地召集，不属吹哨事项，宜发函并定期催办。".to_owned();
    let ways = vec![OtherWay::Letter, OtherWay::Deliberate];
    office.act(&cast.officer, ledger, whistle, Decline { reason, ways }).await?;
    hall.until(16, 9, 30).await;
    let instead = SendInstead {
        kind: OrderKind::Letter,
        holder: Holder::Organisation(cast.buses),
        person: None,
        finish_by: hall.day(-20, 23, 0),
    };
    office.act(worker, ledger, whistle, instead).await?;
    let letter = order_after(whistle, OrderKind::Letter);
    hall.until(3, 15, 0).await;
    let note = "电话联系公交公司：已列入下月站台改造计划，待路政确认占地。".to_owned();
    hall.order(worker, letter, FollowUp { note }).await?;
    // Nobody here has a say over bus stops: the street leaves it out of the rates, and it goes on.
    hall.until(2, 10, 0).await;
    let class = ExclusionClass::BeyondDuties;
    let asked = exclusion::Ask {
        matter, class, reason: "站台由公交公司建设，社区没有职权".to_owned()
    };
    let excluded = ExclusionId::of(matter);
    office.start(worker, ledger, excluded, asked).await?;
    hall.until(1, 15, 0).await;
    let reason = "情况属实，已发函并持续催办".to_owned();
    Ok(office.act(&cast.officer, ledger, excluded, exclusion::Grant { class, reason }).await?)
}
