//! Bicycles in a stairwell of 杏林南苑: a neighbour says so, the steward calls the households to the
//! door for the same evening, and five of them settle it in three lines.

use super::hall::Hall;
use super::story::{form, summarise};
use crate::Stop;
use yishi_domain::matters::{Answer, Outcome, Triage};
use yishi_domain::meetings::{CallStairwell, Come, MeetingId, Settle};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Actor, Holder, PlaceId, Role};
use yishi_office::places::reads::children;

/// How many days ago they met.
const DAYS: i64 = 6;
/// How many households came.
const CAME: usize = 5;

/// Tells the story; answers which meeting it was.
pub(super) async fn tell(hall: Hall<'_>, stairwell: PlaceId) -> Result<MeetingId, Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    hall.until(DAYS + 1, 18, 40).await;
    let said = cast.raising(hall.now, "bicycles", stairwell, "楼道里停了七八辆自行车，老人上下楼绊脚。");
    let matter = office.raise(&Actor::visitor(), said).await?.matter;
    hall.until(DAYS, 9, 20).await;
    let triage = Triage {
        outcome: Outcome::Private,
        category: "07".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, ledger),
        person: cast.worker.account,
        reason: String::new(),
    };
    office.act(&cast.worker, ledger, matter, triage).await?;
    office.act(&cast.worker, ledger, matter, summarise("楼道里停放自行车")).await?;

    hall.until(DAYS, 12, 10).await;
    let key = form(&format!("demo/stairs/{}", hall.now.0));
    let meeting = MeetingId(key.id("meeting"));
    let call = CallStairwell {
        stairwell,
        title: "楼道里的自行车放哪儿".to_owned(),
        matter: Some(matter),
        venue: "楼门口".to_owned(),
        starts: hall.day(DAYS, 19, 0),
        door: key.secret("door"),
    };
    office.start(&cast.steward, ledger, meeting, call).await?;
    hall.until(DAYS, 19, 5).await;
    let homes = children(&office.db, ledger, stairwell).await?;
    let homes = homes.into_iter().filter(|home| home.kind == PlaceKind::Household);
    let doors = homes.take(CAME).map(|home| home.id).collect();
    office.act(&cast.steward, ledger, meeting, Come { doors }).await?;
    hall.until(DAYS, 19, 25).await;
    let lines = [
        "自行车一律放进车棚，各户周日前挪完。",
        "不骑的旧车，楼门长联系物业回收，月底前。",
        "楼道以后不放车，谁看见谁提醒。",
    ];
    let settle = Settle { lines: lines.map(str::to_owned).to_vec(), hands: [4, 0, 1] };
    office.act(&cast.steward, ledger, meeting, settle).await?;

    hall.until(DAYS - 1, 10, 5).await;
    let answer = Answer {
        text: "邻居们开楼门会议定：自行车周日前挪进车棚，楼道以后不放车。".to_owned(),
        word: String::new(),
        photos: Vec::new(),
    };
    office.act(&cast.worker, ledger, matter, answer).await?;
    Ok(meeting)
}
