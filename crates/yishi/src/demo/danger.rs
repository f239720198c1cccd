//! A fallen tile at 杏林南苑 3号楼 2单元: raised as dangerous in the evening, seen, fenced off by the
//! property company within the hour, confirmed by the street, and looked at again. What hangs loose
//! is knocked off as an emergency, on the word of the owners' committee; new tiles wait for the
//! owners, so that the fence stands.

use super::hall::Hall;
use super::story::{form, picture, summarise};
use crate::Stop;
use yishi_domain::ballots::Refusal;
use yishi_domain::dangers::{LookAgain, MakeSafe, Protect, Protection, PublishPhoto, Risk, See};
use yishi_domain::dispatch::{Accept, Done, OrderId, OrderKind, ReportIn, Send};
use yishi_domain::emergency::{Applicant, Basis, BasisId, ConfirmBasis, EnterBasis, SendLeast, Way};
use yishi_domain::matters::{self, MatterId, Outcome, Triage};
use yishi_kernel::{Actor, Holder, PhotoDigest, PlaceId, Role};
use yishi_office::Failure;
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
        task: "逐块排查南苑3号楼外墙瓷砖".to_owned(),
        acceptance: "逐块敲击，列出空鼓和松动的位置。".to_owned(),
        holder: Holder::Organisation(cast.property),
        person: None,
        finish_by: now.end_of_day_after(9),
    };
    let order = OrderId(form(&format!("demo/tile/{}", now.0)).id("order"));
    office.start(&cast.worker, ledger, order, send).await?;
    hall.until(DAYS - 1, 14, 0).await;
    let note = "已搭好吊篮，先查东侧。".to_owned();
    office.act(&cast.keeper, ledger, order, ReportIn { organisation: None, note }).await?;
    loose_tiles(&hall, matter).await?;
    hall.until(1, 17, 20).await;
    let look = LookAgain { note: "围挡完好。".to_owned(), photos: Vec::new() };
    office.act(&cast.keeper, ledger, danger.id, look).await?;
    Ok(danger.number)
}

/// What hangs loose is knocked off before the owners decide: entered by the worker, confirmed by the
/// secretary, paid from the building's fund on the application of the owners' committee. New tiles
/// are the owners' to decide, and no order on them leaves.
async fn loose_tiles(hall: &Hall<'_>, matter: MatterId) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    hall.until(2, 10, 0).await;
    let id = BasisId(form(&format!("demo/loose/{}", hall.now.0)).id("emergency_basis"));
    let enter = EnterBasis {
        matter,
        item: "use_fund_building".to_owned(),
        situation: "facade".to_owned(),
        line: "敲除3号楼东侧松动瓷砖，墙下围挡".to_owned(),
        acceptance: "东侧没有松动的瓷砖，没有人能走到墙下".to_owned(),
        applicant: Some(Applicant::OwnersCommittee),
        paper: vec![hall.photo(117).await?],
    };
    office.start(&cast.worker, ledger, id, enter).await?;
    hall.until(2, 10, 40).await;
    office.act(&cast.secretary, ledger, id, ConfirmBasis).await?;
    hall.until(2, 10, 50).await;
    let way = Way::Work { holder: Holder::Organisation(cast.property), person: None };
    let least = SendLeast { way, finish_by: hall.day(1, 23, 0).end_of_day_after(0) };
    office.act(&cast.worker, ledger, id, least).await?;
    let freed = office.load::<Basis>(ledger, &id.into()).await?.state.and_then(|basis| basis.order);
    let order = freed.ok_or_else(|| Stop::Usage("an emergency freed nothing".to_owned()))?;
    hall.until(2, 11, 10).await;
    let report = ReportIn { organisation: None, note: "吊篮在东侧，马上开始。".to_owned() };
    office.act(&cast.keeper, ledger, order, report).await?;
    hall.until(2, 17, 0).await;
    let note = "东侧松动瓷砖已敲除，约 12 平方米，墙下围挡还在。".to_owned();
    let photos = vec![hall.photo(118).await?];
    office.act(&cast.keeper, ledger, order, Done { note, photos }).await?;
    hall.until(1, 9, 0).await;
    office.act(&cast.worker, ledger, order, Accept { note: "逐块敲过，没有松动。".to_owned() }).await?;

    // New tiles are no emergency any more.
    let send = Send {
        kind: OrderKind::Work,
        matter,
        item: "use_fund_building".to_owned(),
        task: "南苑3号楼东侧外墙重贴瓷砖".to_owned(),
        acceptance: "逐块敲击，没有空鼓和松动。".to_owned(),
        holder: Holder::Organisation(cast.property),
        person: None,
        finish_by: hall.now.end_of_day_after(30),
    };
    let early = OrderId(form(&format!("demo/tiles/{}", hall.now.0)).id("order"));
    match office.start(&cast.worker, ledger, early, send).await {
        Err(Failure::Refused(refusal)) if matches!(refusal.of(), Some(Refusal::OwnersFirst { .. })) => {}
        Err(failure) => return Err(failure.into()),
        Ok(_) => return Err(Stop::Usage("new tiles left before the owners decided".to_owned())),
    }
    let note = "东侧松动瓷砖已经敲除。重贴瓷砖要用本楼维修资金，等业主共同决定，墙下围挡先不撤。".to_owned();
    office.act(&cast.worker, ledger, matter, matters::Progress { note, photos: Vec::new() }).await?;
    Ok(())
}
