//! Two whistles that are not over. For the hawkers the squad came and did not finish: it climbed the
//! ladder to the district, day by day. For the dark road the community has tried a letter and asks now:
//! the street decides with that before it.

use super::hall::Hall;
use super::story::{form, summarise};
use crate::Stop;
use yishi_domain::dispatch::{
    Ask, Blow, Escalate, FinishPart, FollowUp, OrderId, OrderKind, ReportIn, Send, WhistleKind,
};
use yishi_domain::matters::{MatterId, Outcome, Triage};
use yishi_kernel::{Actor, Holder, OrganisationId};

/// How many matters are raised here.
pub(super) const MATTERS: usize = 2;

/// Both.
pub(super) async fn tell(hall: Hall<'_>) -> Result<(), Stop> {
    hall.until(30, 8, 0).await;
    let hawkers =
        raise(&hall, "hawkers", "06", "早市摊子摆到行车道上，公交车过不去。", "南路早市占道经营").await?;
    hall.until(29, 9, 0).await;
    let (market, squad, lamps) = (hall.cast.market_office, hall.cast.squad, hall.cast.lamps);
    let whistle =
        ask(&hall, hawkers, squad, vec![market], "请清理杏林南路早市占道摊位，划出退让线。").await?;
    hall.until(29, 15, 0).await;
    let blow = Blow {
        whistle: WhistleKind::Enforcement,
        departments: vec![market],
        lead: squad,
        arrive_by: None,
        finish_by: hall.day(20, 23, 0),
    };
    hall.order(&hall.cast.officer, whistle, blow).await?;
    hall.until(28, 9, 0).await;
    let come = |body, note: &str| ReportIn { organisation: Some(body), note: note.to_owned() };
    hall.order(&hall.cast.worker, whistle, come(squad, "执法队来人看了早市，说要和市场商量退让线。")).await?;
    hall.order(&hall.cast.worker, whistle, come(market, "市场管理部到场，同意把摊位收进院内。")).await?;
    let note = "摊位已全部收进市场院内，划了退让线。".to_owned();
    hall.until(22, 16, 0).await;
    hall.order(
        &hall.cast.market_keeper,
        whistle,
        FinishPart { organisation: None, note, photos: Vec::new() },
    )
    .await?;
    let program = Actor::system(hall.ledger());
    for days in (13..20).rev() {
        hall.until(days, 9, 0).await;
        hall.order(&program, whistle, Escalate).await?;
    }
    // A neighbour on the road has waited for light since then, and a letter has not brought it.
    let dark =
        raise(&hall, "dark", "05", "南路这一段路灯坏了一排，晚上看不见路沿。", "南路路灯成片不亮").await?;
    let letter = OrderId(form(&format!("demo/dark/{}", hall.now.0)).id("order"));
    let send = Send {
        matter: dark,
        kind: OrderKind::Letter,
        item: "repair".to_owned(),
        task: "请修复杏林南路东段路灯。".to_owned(),
        acceptance: "晚上路灯全亮".to_owned(),
        holder: Holder::Organisation(lamps),
        person: None,
        finish_by: hall.day(-10, 23, 0),
    };
    hall.office.start(&hall.cast.worker, hall.ledger(), letter, send).await?;
    for days in (3..13).rev() {
        hall.until(days, 9, 0).await;
        hall.order(&program, whistle, Escalate).await?;
    }
    let note = "电话催问路灯管理所：答复要等全路段改造，没有日期。".to_owned();
    hall.order(&hall.cast.worker, letter, FollowUp { note }).await?;
    hall.until(0, 0, 30).await;
    ask(&hall, dark, lamps, vec![hall.cast.power], "请修复杏林南路东段路灯和供电线路。").await?;
    Ok(())
}

/// Raised on the road, sorted as others' to do.
async fn raise(
    hall: &Hall<'_>,
    key: &str,
    category: &str,
    said: &str,
    summary: &str,
) -> Result<MatterId, Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let raising = cast.raising(hall.now, key, cast.road, said);
    let matter = office.raise(&Actor::visitor(), raising).await?.matter;
    let triage = Triage {
        outcome: Outcome::Government,
        category: category.to_owned(),
        holder: Holder::Desk(ledger),
        person: None,
        reason: String::new(),
    };
    office.act(&cast.worker, ledger, matter, triage).await?;
    office.act(&cast.worker, ledger, matter, summarise(summary)).await?;
    Ok(matter)
}

/// The community asks for a whistle about it.
async fn ask(
    hall: &Hall<'_>,
    matter: MatterId,
    lead: OrganisationId,
    departments: Vec<OrganisationId>,
    task: &str,
) -> Result<OrderId, Stop> {
    let id = OrderId(form(&format!("demo/whistle/{matter}")).id("order"));
    let ask = Ask {
        matter,
        whistle: WhistleKind::Enforcement,
        item: "department".to_owned(),
        task: task.to_owned(),
        acceptance: "街道和社区一起到现场看过，连续三天没有反复".to_owned(),
        reason: "社区没有执法权，也不能进线路施工，劝过、去过函，没有结果。".to_owned(),
        departments,
        lead,
        finish_by: hall.day(-7, 23, 0),
    };
    hall.office.start(&hall.cast.worker, hall.ledger(), id, ask).await?;
    Ok(id)
}
