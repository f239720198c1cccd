//! A story of the gate: a shed behind building 8 of the south compound, paid from common income. The
//! meeting recommends it, the owners decide: a first vote brings too few together and is not taken,
//! a second one passes, and only then the order leaves.

use super::hall::{Agreed, Called, Hall};
use super::story::form;
use crate::Stop;
use yishi_domain::ballots::{ConfirmResult, EnterResult, OwnersResultId, Part, Refusal};
use yishi_domain::dispatch::Progress;
use yishi_domain::matters;
use yishi_domain::meetings::{
    Coming, Dissent, EnterHands, MeetingId, Open, Publish, Put, Speak, StatementKind, VoteMode, Way,
};
use yishi_kernel::Moment;
use yishi_office::Failure;

/// What the council has eleven of.
const NAMES: [&str; 11] = [
    "南一老周",
    "南二小陈",
    "南三李阿姨",
    "南四郝师傅",
    "南五王叔",
    "南六许老师",
    "南七赵师傅",
    "南八孙大妈",
    "党员老钱",
    "党员小吴",
    "楼栋长老郑",
];

/// All owners of the compound: heads, and 0.01 m².
const ALL: Part = Part { heads: 120, area: 1_200_000 };

/// Tells it.
pub(super) async fn tell(hall: Hall<'_>) -> Result<MeetingId, Stop> {
    let (office, cast, worker, ledger) = (hall.office, hall.cast, &hall.cast.worker, hall.ledger());
    hall.until(21, 9, 0).await;
    let matters = hall.matters(&["8号楼车棚漏雨"])?;
    let question = "8号楼后的旧车棚拆不拆、新车棚建多大、钱从哪里来？";
    let topic = hall.topic("8号楼后的车棚怎么建", question, "03", matters.clone()).await?;
    hall.until(21, 10, 0).await;
    let called = Called {
        forum: "compound",
        scheme: "one_six_n",
        title: "杏林南苑小区议事会：8号楼后的车棚",
        venue: "南苑小广场凉亭",
        starts: hall.day(16, 19, 0),
        invited: &[cast.owners, cast.property],
        entitled: None,
    };
    let meeting = hall.call(topic, called).await?;
    hall.until(20, 16, 0).await;
    hall.post(meeting, "南苑大门公告栏", 114).await?;
    hall.until(19, 9, 0).await;
    hall.reply(&cast.keeper, meeting, cast.property, Coming::Yes, "").await?;
    hall.reply(worker, meeting, cast.owners, Coming::Yes, "").await?;

    hall.until(16, 18, 50).await;
    hall.meet(worker, meeting, Open).await?;
    hall.voters(meeting, &NAMES).await?;
    hall.until(16, 19, 20).await;
    let plan =
        "安和物业方案：拆旧棚，在8号楼后建车棚一座，停 60 辆，造价 36000 元，从公共收益列支。".to_owned();
    let (kind, organisation) = (StatementKind::Plan, Some(cast.property));
    hall.meet(&cast.keeper, meeting, Speak { form: kind, organisation, text: plan }).await?;
    let (text, item) = ("8号楼后建车棚一座，动用公共收益 36000 元。".to_owned(), "new_common".to_owned());
    hall.meet(worker, meeting, Put { topic, text, mode: VoteMode::Hands, item }).await?;
    for who in [worker, &cast.colleague] {
        hall.meet(who, meeting, EnterHands { motion: 1, hands: [9, 2, 0] }).await?;
    }
    office.end_vote(worker, ledger, meeting, 1).await?;
    hall.until(16, 20, 0).await;
    let agreed = [Agreed {
        motion: 1,
        task: "8号楼后建车棚一座。",
        owner: cast.property,
        way: Way::Work,
        due: hall.day(-30, 23, 0),
        yuan: Some((36_000, "小区公共收益")),
        acceptance: "可停 60 辆，雨天不漏",
    }];
    hall.resolve(meeting, &agreed, "").await?;
    let text = "两位居民：车棚挡一楼光线。答复：棚高不过窗台，方案随业主表决一并公示。".to_owned();
    hall.meet(worker, meeting, Dissent { motion: Some(1), text }).await?;
    hall.until(15, 10, 0).await;
    let minutes = "杏林南苑小区议事会会议纪要\n议题：8号楼后的车棚怎么建\n\
        有表决权的到会 11 人；9 票赞成、2 票反对，形成建议，提交业主共同决定。\n";
    hall.confirm(meeting, minutes).await?;
    hall.until(14, 10, 0).await;
    hall.meet(worker, meeting, Publish { at: "南苑大门公告栏".to_owned() }).await?;

    // A first vote: 79 of 120 households take part, which is less than two thirds.
    hall.until(8, 18, 0).await;
    let few = Part { heads: 79, area: 820_000 };
    let first = enter(&hall, meeting, "first", hall.day(8, 23, 0), few, few).await;
    match first {
        Err(Failure::Refused(refusal)) if matches!(refusal.of(), Some(Refusal::Quorum { .. })) => {}
        Err(failure) => return Err(failure.into()),
        Ok(_) => return Err(Stop::Usage("too few owners took part, and it was taken".to_owned())),
    }
    for matter in &matters {
        let note =
            "业主第一次表决：120 户中 79 户参加，不到三分之二，没有作出决定；业委会将再次组织。".to_owned();
        office.act(worker, ledger, *matter, matters::Progress { note, photos: Vec::new() }).await?;
    }

    // A second one passes; the secretary compares it with the paper.
    hall.until(4, 18, 0).await;
    let (part, yes) = (Part { heads: 84, area: 840_000 }, Part { heads: 66, area: 655_200 });
    let result = enter(&hall, meeting, "second", hall.day(4, 23, 0), part, yes).await?;
    hall.until(3, 10, 0).await;
    office.act(&cast.secretary, ledger, result, ConfirmResult).await?;
    hall.until(3, 10, 30).await;
    let order = hall.send(meeting, 0, &[], "").await?;
    hall.until(2, 15, 0).await;
    hall.report_in(&cast.keeper, order, "已签收，先拆旧棚。").await?;
    hall.until(1, 11, 0).await;
    let (note, photos) = ("旧棚已拆，地面已找平。".to_owned(), vec![hall.photo(115).await?]);
    hall.order(&cast.keeper, order, Progress { note, photos }).await?;
    Ok(meeting)
}

/// Enters a result of the owners, from its paper.
async fn enter(
    hall: &Hall<'_>,
    meeting: MeetingId,
    which: &str,
    decided: Moment,
    took_part: Part,
    in_favour: Part,
) -> Result<OwnersResultId, Failure> {
    let id = OwnersResultId(form(&format!("demo/owners/{which}/{}", hall.now.0)).id("owners_result"));
    let paper = vec![hall.photo(116).await.map_err(|_| Failure::from(yishi_kernel::refusal::Common::Photo))?];
    let enter = EnterResult {
        meeting,
        motion: 1,
        total: ALL,
        took_part,
        in_favour,
        decided: decided.end_of_day_after(0),
        paper,
        kept: "南苑业委会档案柜".to_owned(),
    };
    hall.office.start(&hall.cast.worker, hall.ledger(), id, enter).await?;
    Ok(id)
}
