//! A fallen tile at 杏林南苑 3号楼 2单元: raised as dangerous in the evening, seen, fenced off by the
//! property company within the hour, confirmed by the street, and looked at again; the wall itself
//! is still to be mended, so that the fence stands.

use super::hall::Hall;
use super::story::{form, picture, summarise};
use crate::Stop;
use yishi_domain::dangers::{LookAgain, MakeSafe, Protect, Protection, PublishPhoto, Risk, See};
use yishi_domain::dispatch::{OrderId, OrderKind, ReportIn, Send};
use yishi_domain::matters::{Outcome, Triage};
use yishi_kernel::{Actor, Holder, PhotoDigest, PlaceId, Role};
use yishi_office::dangers::reads::open_of;
use yishi_office::matters::Raising;

/// How many days ago it was raised.
const DAYS: i64 = 4;
/// The drawn pictures of the tile and of the fence.
const PICTURES: [usize; 2] = [71, 73];

/// Tells the story; answers the number of the danger.
pub(super) async fn tell(hall: Hall<'_>, stairwell: PlaceId) -> Result<i64, Stop> {
    let (office, cast, now) = (hall.office, hall.cast, hall.now);
    hall.until(DAYS, 20, 10).await;
    let [tile, fence] = [picture(PICTURES[0])?, picture(PICTURES[1])?];
    let photo = PhotoDigest(office.db.put_blob(tile).await?);
    let said = "三号楼二单元门口外墙瓷砖掉下来一块，差点砸到人。";
    let said = cast.raising(now, "tile", stairwell, said);
    let raising = Raising { danger: Some(Risk::Life), photos: vec![photo], ..said };
    let raised = office.raise(&Actor::visitor(), raising).await?;
    let (ledger, matter) = (raised.ledger, raised.matter);
    let found = open_of(&office.db, ledger, matter).await?;
    let Some(danger) = found.first() else { return Err(Stop::Usage("a danger is missing".to_owned())) };

    hall.until(DAYS, 20, 22).await;
    office.act(&cast.worker, ledger, danger.id, See).await?;
    hall.until(DAYS, 21, 30).await;
    let photo = PhotoDigest(office.db.put_blob(fence).await?);
    let (step, note) = (Protection::Fence, "单元门口两侧拉了围挡，改走北门。".to_owned());
    let protect = Protect { step, note, photos: vec![photo.clone()] };
    office.act(&cast.keeper, ledger, danger.id, protect).await?;
    hall.until(DAYS, 21, 45).await;
    let note = "到现场看过，围挡到位。".to_owned();
    office.act(&cast.officer, ledger, danger.id, MakeSafe { note }).await?;
    office.act(&cast.worker, ledger, danger.id, PublishPhoto { photo }).await?;

    // Next day: who mends the wall for good.
    hall.until(DAYS - 1, 9, 10).await;
    let triage = Triage {
        outcome: Outcome::Public,
        category: "01".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, ledger),
        person: cast.worker.account,
        reason: String::new(),
    };
    office.act(&cast.worker, ledger, matter, triage).await?;
    office.act(&cast.worker, ledger, matter, summarise("南苑3号楼外墙瓷砖脱落")).await?;
    let send = Send {
        kind: OrderKind::Work,
        matter,
        item: "repair".to_owned(),
        task: "排查并加固南苑3号楼外墙瓷砖".to_owned(),
        acceptance: "逐块敲击，没有空鼓和松动。".to_owned(),
        holder: Holder::Organisation(cast.property),
        person: None,
        finish_by: now.end_of_day_after(9),
    };
    let order = OrderId(form(&format!("demo/tile/{}", now.0)).id("order"));
    office.start(&cast.worker, ledger, order, send).await?;
    hall.until(DAYS - 1, 14, 0).await;
    let note = "已搭好吊篮，先查东侧。".to_owned();
    office.act(&cast.keeper, ledger, order, ReportIn { organisation: None, note }).await?;
    hall.until(1, 17, 20).await;
    let look = LookAgain { note: "围挡完好。".to_owned(), photos: Vec::new() };
    office.act(&cast.keeper, ledger, danger.id, look).await?;
    Ok(danger.number)
}
