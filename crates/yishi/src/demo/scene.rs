//! What was found and agreed under the lamps of the market: the department that came keeps the record,
//! the market signs by its own account, and both do their part. Whoever did not come stands on no line.

use super::hall::Hall;
use super::story::form;
use crate::Stop;
use yishi_domain::dispatch::OrderId;
use yishi_domain::scenes::{Done, Line, Open, SceneId, Sign};

/// Writes it down while they are there, and has the market sign.
pub(super) async fn tell(hall: &Hall<'_>, order: OrderId) -> Result<SceneId, Stop> {
    let (office, cast) = (hall.office, hall.cast);
    let line = |row, body, what: &str, due| Line { row, body: Some(body), what: what.to_owned(), due };
    let open = Open {
        order,
        met: hall.day(10, 10, 30),
        came: vec![cast.lamps, cast.market_office],
        people: "钱卫国\n冯志强".to_owned(),
        findings: "东侧电缆老化漏电，28 处灯位没有灯；占道棚架挡住升降车。".to_owned(),
        lines: vec![
            line(0, cast.lamps, "更换老化电缆，补齐 28 处灯具", hall.day(6, 23, 0)),
            line(1, cast.market_office, "收市后挪开占道棚架，留出升降车通道", hall.day(8, 23, 0)),
        ],
    };
    let id = SceneId(form(&format!("demo/scene/{order}")).id("scene"));
    office.start(&cast.lamp_officer, hall.ledger(), id, open).await?;
    hall.until(10, 17, 0).await;
    office.act(&cast.market_keeper, hall.ledger(), id, Sign { body: None }).await?;
    Ok(id)
}

/// Both have done their part.
pub(super) async fn done(hall: &Hall<'_>, scene: SceneId) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let done = |line, note: &str| Done { line, note: note.to_owned() };
    office.act(&cast.market_keeper, ledger, scene, done(1, "棚架已挪到停车区后面。")).await?;
    Ok(office.act(&cast.lamp_officer, ledger, scene, done(0, "电缆 160 米、灯具 28 盏全部完成。")).await?)
}
