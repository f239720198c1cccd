//! The market's story, whole: four matters, one of them said twice, become a topic; a meeting
//! of the market decides; the result is published and carried out, one department comes when
//! the street whistles and one does not; everyone is answered, and most have said what they
//! think of it.

use super::hall::{Agreed, Called, Hall};
use super::story::summarise;
use crate::Stop;
use yishi_domain::dispatch::{Blow, Progress, WhistleKind};
use yishi_domain::evaluation::{CallBack, CallWay, Contacted, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{Close, MergeInto};
use yishi_domain::meetings::{
    Coming, Conclude, Dissent, EnterHands, MeetingId, Object, Open, Publish, Put, Rule, Ruling, SeatKind,
    SignedIn, Speak, StatementKind, VoteMode, Way,
};
use yishi_domain::topics::{self, AnswerAll, TopicId};
use yishi_kernel::Actor;
use yishi_store::blobs::digest_of;

const BICYCLES: &str = "集贸市场巷道自行车乱停";
const DARK: &str = "集贸市场内照明不足";
const SIGNS: &str = "集贸市场门头招牌不整";
const FEES: &str = "集贸市场管理费标准公开";
const ALL: [&str; 4] = [BICYCLES, DARK, SIGNS, FEES];

/// Stall holders and residents with a vote.
const NAMES: [&str; 22] = [
    "吴记菜摊",
    "老郑豆腐",
    "马家牛肉",
    "孙婶",
    "朱老板",
    "李阿姨",
    "何师傅",
    "秦大爷",
    "许家干货",
    "吕记水产",
    "施大姐",
    "张叔",
    "孔家馒头",
    "曹记调料",
    "严大妈",
    "华老师",
    "金师傅",
    "魏家水果",
    "陶阿姨",
    "姜记鸡蛋",
    "戚大爷",
    "谢大嫂",
];

const MINUTES: &str = "杏林集贸市场议事会会议纪要\n\
    议题：集贸市场又挤又暗、门头不整、收费不清怎么办\n\
    一、有表决权的到会 22 人，受邀单位 2 家到会，旁听 1 人。\n\
    二、市场管理部提交整改方案；路灯管理所说明线路情况。\n\
    三、表决：聘停车管理员并划停车区，17 票赞成、2 票反对、3 票弃权，通过；\
    统一门头招牌、公示收费标准、补齐照明，19 票赞成、1 票反对、2 票弃权，通过；\
    自行车一律不得进市场，9 票赞成、11 票反对、2 票弃权，未通过。\n\
    四、保留意见：招牌尺寸应照顾老摊位。\n";

/// Tells it; leaves the topic and its meeting behind.
pub(super) async fn tell(hall: Hall<'_>) -> Result<(TopicId, MeetingId), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let worker = &cast.worker;

    // Somebody says the same about the dark as another did; a worker joins the two.
    hall.until(25, 7, 40).await;
    let again = cast.raising(hall.now, "market-dark", cast.market, "早市摊位上看不清秤，收了假钱都不知道。");
    let again = office.raise(&Actor::visitor(), again).await?;
    hall.until(24, 9, 10).await;
    office.act(worker, ledger, again.matter, summarise("集贸市场早市看不清秤")).await?;
    let dark = hall.matters(&[DARK])?;
    for into in &dark {
        office.act(worker, ledger, again.matter, MergeInto { into: *into }).await?;
    }

    // Two of the four were not sorted before: the topic sorts them.
    hall.until(24, 10, 0).await;
    let question = "市场巷道挤、照明暗、门头不整、收费不清，由谁办、花多少钱、什么时候办好？";
    let topic =
        hall.topic("集贸市场又挤又暗、门头不整、收费不清怎么办", question, "11", hall.matters(&ALL)?).await?;
    for (summary, matter) in ALL.iter().zip(hall.matters(&ALL)?) {
        office.act(worker, ledger, matter, summarise(summary)).await?;
    }

    hall.publish_photo(SIGNS).await?;

    hall.until(23, 9, 0).await;
    let called = Called {
        forum: "market",
        scheme: "six",
        title: "杏林集贸市场议事会",
        venue: "集贸市场二楼会议室",
        starts: hall.day(19, 15, 0),
        invited: &[cast.market_office, cast.lamps, cast.squad, cast.police],
        entitled: Some(64),
    };
    let meeting = hall.call(topic, called).await?;
    hall.until(23, 11, 30).await;
    hall.post(meeting, "集贸市场东门公告栏、二楼会议室门口", 101).await?;
    hall.until(23, 15, 0).await;
    hall.reply(&cast.lamp_officer, meeting, cast.lamps, Coming::Yes, "由专管员到会说明线路情况").await?;
    hall.until(22, 10, 0).await;
    hall.reply(&cast.market_keeper, meeting, cast.market_office, Coming::Yes, "").await?;
    // A worker notes what was said on the telephone.
    hall.reply(worker, meeting, cast.police, Coming::No, "当日有执勤任务，意见已书面提交").await?;

    hall.until(19, 14, 45).await;
    hall.meet(worker, meeting, Open).await?;
    let seats = hall.voters(meeting, &NAMES).await?;
    let sent = SeatKind::Invited;
    hall.sign_in(meeting, sent, SignedIn::Register, Some(cast.market_office), "钟秀云").await?;
    hall.sign_in(meeting, sent, SignedIn::Register, Some(cast.lamps), "方亦辰").await?;
    hall.sign_in(meeting, SeatKind::Observer, SignedIn::Phone, None, "路过的学生").await?;

    hall.until(19, 15, 10).await;
    let state = async |actor: &Actor, form, organisation, text: &str| {
        let text = text.to_owned();
        hall.meet(actor, meeting, Speak { form, organisation, text }).await
    };
    state(
        worker,
        StatementKind::Statement,
        None,
        "商户代表：早上五点出摊，灯不亮看不见秤，老人买菜容易绊倒。",
    )
    .await?;
    state(worker, StatementKind::Statement, None, "居民代表：自行车、三轮车停在巷道里，推婴儿车过不去。")
        .await?;
    let plan = "市场管理部方案：东门外划停车区，聘一名停车管理员；门头统一尺寸和字体，费用各半；管理费每摊每月 120 元，按季公示收支。";
    state(&cast.market_keeper, StatementKind::Plan, Some(cast.market_office), plan).await?;
    let cause = "路灯管理所：市场内线路老化，需更换电缆 160 米，占道棚架须先清理。";
    state(&cast.lamp_officer, StatementKind::Statement, Some(cast.lamps), cause).await?;
    state(worker, StatementKind::Proposal, None, "建议收支公示栏装在东门，谁都看得见。").await?;

    // By a show of hands: two persons count, differ, count again, and agree.
    hall.until(19, 15, 50).await;
    let put = async |text: &str, mode| {
        let (text, item) = (text.to_owned(), "order".to_owned());
        hall.meet(worker, meeting, Put { topic, text, mode, item }).await
    };
    let hands = async |actor: &Actor, hands| hall.meet(actor, meeting, EnterHands { motion: 1, hands }).await;
    put("聘一名停车管理员，东门外划自行车、三轮车停放区，试行半年。", VoteMode::Hands).await?;
    hands(worker, [17, 2, 3]).await?;
    hands(&cast.colleague, [16, 2, 3]).await?;
    hands(&cast.colleague, [17, 2, 3]).await?;
    office.end_vote(worker, ledger, meeting, 1).await?;
    hall.until(19, 16, 0).await;
    put("门头招牌统一尺寸，收费标准和收支上墙公示，市场内补齐照明。", VoteMode::Phones).await?;
    hall.by_phone(meeting, 2, &seats, [19, 1, 2]).await?;
    put("自行车一律不得进入市场。", VoteMode::Phones).await?;
    hall.by_phone(meeting, 3, &seats, [9, 11, 2]).await?;

    hall.until(19, 16, 30).await;
    let agreed = [
        Agreed {
            motion: 1,
            task: "聘停车管理员一名，东门外划停放区并立牌。",
            owner: cast.market_office,
            way: Way::Work,
            due: hall.day(9, 23, 0),
            yuan: Some((3_000, "市场经营收入，按月列支")),
            acceptance: "管理员到岗，巷道内无停放车辆",
        },
        Agreed {
            motion: 2,
            task: "统一门头招牌尺寸和字体，加固松动招牌；收费标准和季度收支上墙公示。",
            owner: cast.market_office,
            way: Way::Work,
            due: hall.day(6, 23, 0),
            yuan: Some((12_800, "市场与商户各半")),
            acceptance: "46 个摊位招牌一致，公示栏可见标准与收支",
        },
        Agreed {
            motion: 2,
            task: "更换市场内照明线路，补齐灯具；清理占道棚架。",
            owner: cast.lamps,
            way: Way::Whistle,
            due: hall.day(6, 23, 0),
            yuan: None,
            acceptance: "早五点市场内每个摊位看得清秤",
        },
    ];
    let standard = "集贸市场公约：自行车、三轮车停东门外划线区；门头招牌高不过 60 厘米，一摊一牌；管理费由市场承诺并明码标价，收支按季上墙；灯不亮当日报修。";
    hall.resolve(meeting, &agreed, standard).await?;
    let text = "一位商户：招牌尺寸应照顾老摊位，希望允许保留旧字号。".to_owned();
    hall.meet(worker, meeting, Dissent { motion: Some(2), text }).await?;
    hall.until(18, 9, 30).await;
    hall.confirm(meeting, MINUTES).await?;
    hall.until(17, 10, 0).await;
    let at = "集贸市场东门公告栏、社区公众号".to_owned();
    hall.meet(worker, meeting, Publish { at }).await?;

    // Somebody objects, and gets an answer with the reason.
    hall.until(15, 20, 0).await;
    let objection = Object {
        action: Some(hall.action(1)),
        text: "管理费每月 120 元比邻近市场高，请说明依据。".to_owned(),
        contact: "谢大嫂".to_owned(),
        device: digest_of(b"objection/market"),
        said: digest_of(b"objection/market/first"),
    };
    hall.meet(&Actor::visitor(), meeting, objection).await?;
    hall.until(14, 9, 0).await;
    let reason = "费用沿用 2023 年备案标准，没有上涨；收支将按季公示，如有结余用于市场维护。".to_owned();
    let rule = Rule { number: 1, ruling: Ruling::Rejected, reason };
    hall.meet(&cast.secretary, meeting, rule).await?;

    carry_out(&hall, meeting).await?;
    answer(&hall, topic, meeting).await?;
    Ok((topic, meeting))
}

/// Work goes to the market; for the lamps the community asks and the street whistles.
async fn carry_out(hall: &Hall<'_>, meeting: MeetingId) -> Result<(), Stop> {
    let (cast, keeper) = (hall.cast, &hall.cast.market_keeper);
    hall.until(11, 9, 0).await;
    let warden = hall.send(meeting, 0, &[], "").await?;
    let signs = hall.send(meeting, 1, &[], "").await?;
    let reason = "线路产权属路灯管理所，占道棚架需执法权，社区协调两次未果。";
    let lamps = hall.send(meeting, 2, &[cast.squad], reason).await?;
    hall.until(11, 11, 0).await;
    hall.report_in(keeper, warden, "已签收，正在招人。").await?;
    hall.report_in(keeper, signs, "已签收，先量尺寸。").await?;
    hall.until(11, 15, 0).await;
    let blow = Blow {
        whistle: WhistleKind::Hard,
        departments: vec![cast.squad],
        lead: cast.lamps,
        arrive_by: None,
        finish_by: hall.day(6, 23, 0),
    };
    hall.order(&cast.officer, lamps, blow).await?;
    hall.until(10, 10, 30).await;
    hall.report_in(&cast.lamp_officer, lamps, "专管员带两名电工到场，已测量线路。").await?;
    hall.until(10, 16, 0).await;
    let scene = super::scene::tell(hall, lamps).await?;
    let progress = async |actor, id, note: &str, drawing| {
        let photos = vec![hall.photo(drawing).await?];
        hall.order(actor, id, Progress { note: note.to_owned(), photos }).await
    };
    progress(keeper, warden, "停放区已划线，管理员明天到岗。", 102).await?;
    hall.until(9, 10, 0).await;
    progress(&cast.lamp_officer, lamps, "电缆已更换 90 米；占道棚架由市场先行挪开，执法队尚未到场。", 103)
        .await?;
    hall.until(9, 17, 0).await;
    let photo = hall.done(keeper, warden, "管理员已到岗，巷道内已无停放车辆。", 104).await?;
    hall.until(8, 9, 30).await;
    hall.accept(warden, photo, "早、晚各看过一次，巷道畅通。").await?;
    hall.until(8, 16, 0).await;
    let photo =
        hall.done(&cast.lamp_officer, lamps, "更换电缆 160 米，新装灯具 28 盏，已全部点亮。", 105).await?;
    super::scene::done(hall, scene).await?;
    hall.until(7, 5, 30).await;
    hall.accept(lamps, photo, "早五点现场验收，每个摊位看得清秤；执法队未报到，已报街道督办。").await?;
    hall.until(7, 15, 0).await;
    let photo = hall.done(keeper, signs, "46 块招牌已统一，收费标准和收支已上墙。", 106).await?;
    hall.until(6, 10, 0).await;
    hall.accept(signs, photo, "与商户代表一起验收。").await?;
    hall.until(6, 10, 30).await;
    hall.meet(&cast.worker, meeting, Conclude).await?;
    super::rating::tell(hall, lamps).await
}

/// Everyone is answered and most say what they think of it, some when they are called.
async fn answer(hall: &Hall<'_>, topic: TopicId, _: MeetingId) -> Result<(), Stop> {
    let (office, worker, ledger) = (hall.office, &hall.cast.worker, hall.ledger());
    hall.until(5, 9, 0).await;
    let text = "市场议事会商定的四件事都办好了：停车管理员已到岗，照明已补齐，门头已统一，收费标准和收支已上墙。请您看看是否满意。";
    office.act(worker, ledger, topic, AnswerAll { text: text.to_owned() }).await?;
    hall.until(5, 9, 30).await;
    office.act(worker, ledger, topic, topics::Conclude).await?;
    hall.until(4, 18, 0).await;
    for summary in [BICYCLES, SIGNS, FEES] {
        let receipts = hall.line(summary)?;
        // Who raised it and joined by phone has the link; the last one is called.
        let (last, others) =
            receipts.split_last().map_or((None, &[][..]), |(last, others)| (Some(last), others));
        for (n, receipt) in others.iter().enumerate() {
            let how = if n % 3 == 2 { Satisfaction::Mostly } else { Satisfaction::Satisfied };
            hall.evaluate(receipt, how).await?;
        }
        if let Some(receipt) = last {
            let (solved, comment) = (Solved::Yes, "电话里说：比以前好走多了。".to_owned());
            let said = Evaluation { solved, satisfaction: Satisfaction::Satisfied, comment };
            // One of them was helped, and heard of it only now.
            let contacted = if summary == FEES { Contacted::No } else { Contacted::Yes };
            hall.call_back(receipt, CallBack::said(CallWay::Telephone, contacted, said)).await?;
        }
    }
    // About the lamps one has said so, one was not reached, and the others are owed a call.
    let dark = hall.line(DARK)?;
    if let [first, second, ..] = &dark[..] {
        hall.evaluate(first, Satisfaction::Satisfied).await?;
        hall.until(3, 10, 0).await;
        hall.call_back(second, CallBack::missed(CallWay::Telephone, "上午打了一次，无人接听。")).await?;
        hall.until(3, 18, 30).await;
        hall.call_back(second, CallBack::missed(CallWay::Telephone, "傍晚再打，还是无人接听。")).await?;
    }
    hall.until(2, 10, 0).await;
    for matter in hall.matters(&[SIGNS, FEES])? {
        office.act(&hall.cast.colleague, ledger, matter, Close).await?;
    }
    Ok(())
}
