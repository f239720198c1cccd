//! What commands about matters and receipts must know.

use super::reads::{OTHERS, READERS, WAITING, matter, receipt_of, root_of};
use crate::dangers::facts::alarm;
use crate::dangers::reads::{COUNT_EXPOSED, COUNT_OPEN, OPEN_OF};
use crate::people::reads::{actor, organisation};
use crate::places::reads::{PlaceRow, place, places};
use crate::{Case, Failure, Load};
use yishi_domain::dangers::Alarm;
use yishi_domain::evaluation::{CallBack, Evaluate};
use yishi_domain::matters::Refusal as Why;
use yishi_domain::matters::{
    Add, Answer, BeTold, Body, Carrier, Close, Exposed, Extend, Floor, HandOver, Handle, Handling, Join,
    Joining, Matter, MatterId, Mend, Mending, MergeInto, Pair, Raise, Readers, Receipt, ReceiptId, Reissue,
    SeekContact, Sorting, Spot, ToHold, Unmerge, ViewContact, Waiting, Withdraw, Withdrawing,
};
use yishi_domain::meetings::Meeting;
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, PlaceId, Sealed, Stream};
use yishi_store::{Db, args};

impl Load<Raise> for Spot {
    async fn load(case: &mut Case<'_>, command: &Raise) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        let path = case.lies_at(row.id).await?;
        let alarm = match command.danger {
            Some(_) => alarm(case.db(), &path, case.now).await?,
            None => Alarm::default(),
        };
        if let Some(after) = command.after {
            matter(case.db(), row.ledger, after).await?.ok_or(Common::Unknown)?;
        }
        let about = match command.about {
            Some(id) => {
                organisation(case.db(), id).await?.map(|row| Body { kind: row.kind, ledger: row.ledger })
            }
            None => None,
        };
        let floor = match command.floor {
            Some(meeting) => {
                let meeting = case.must::<Meeting>(meeting).await?;
                Some(Floor { stage: meeting.stage, place: meeting.agenda.place })
            }
            None => None,
        };
        Ok(Spot { about, floor, alarm, ..spot(case.db(), case.id()?, &row).await? })
    }
}

impl Load<Mend> for Mending {
    async fn load(case: &mut Case<'_>, command: &Mend) -> Result<Self, Failure> {
        // Rights are judged where it stands until then.
        let Some(there) = command.place else { return Ok(Mending::default()) };
        let row = place(case.db(), there).await?.ok_or(Common::Unknown)?;
        let own: MatterId = case.id()?;
        let open = case.find(&OPEN_OF, &args![case.ledger, own]).await?;
        let dangers = open.iter().filter(|danger| danger.matter == own).map(|danger| danger.id).collect();
        Ok(Mending { spot: Some(spot(case.db(), own, &row).await?), dangers })
    }
}

/// A place where something is raised, or said to be: nobody it is about, no meeting and no danger yet.
pub(crate) async fn spot(db: &Db, own: MatterId, row: &PlaceRow) -> Result<Spot, Failure> {
    Ok(Spot {
        own,
        ledger: row.ledger,
        places: kinds(db, &row.path).await?,
        closed: row.closed,
        about: None,
        floor: None,
        alarm: Alarm::default(),
    })
}

/// The places of a path, each with what it is, in its order.
async fn kinds(db: &Db, path: &[PlaceId]) -> Result<Vec<(PlaceId, PlaceKind)>, Failure> {
    let rows = places(db, path).await?;
    let kind = |id: &PlaceId| rows.iter().find(|row| row.id == *id).map(|row| (row.id, row.kind));
    Ok(path.iter().filter_map(kind).collect())
}

/// A matter with its exact place and all above it, which must still stand so when the decision
/// is recorded.
///
/// # Errors
/// When there is none.
pub(crate) async fn carrier(case: &mut Case<'_>, root: MatterId) -> Result<Carrier, Failure> {
    let matter = case.must::<Matter>(root).await?;
    let path = case.lies_at(matter.at().unwrap_or(case.ledger)).await?;
    Ok(Carrier { root, matter, path })
}

/// The matter that carries a receipt.
async fn carrier_of(case: &mut Case<'_>) -> Result<Carrier, Failure> {
    let own = case.state::<Receipt>()?.matter;
    let root = root_of(case.db(), case.ledger, own).await?.ok_or(Common::Unknown)?;
    carrier(case, root).await
}

impl Load<Evaluate> for Carrier {
    async fn load(case: &mut Case<'_>, _: &Evaluate) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<CallBack> for Carrier {
    async fn load(case: &mut Case<'_>, _: &CallBack) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<Add> for Carrier {
    async fn load(case: &mut Case<'_>, _: &Add) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<BeTold> for Carrier {
    async fn load(case: &mut Case<'_>, _: &BeTold) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<Reissue> for Carrier {
    async fn load(case: &mut Case<'_>, _: &Reissue) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<Withdraw> for Withdrawing {
    async fn load(case: &mut Case<'_>, _: &Withdraw) -> Result<Self, Failure> {
        let carrier = carrier_of(case).await?;
        let own: ReceiptId = case.id()?;
        let others = case.find(&OTHERS, &args![case.ledger, carrier.root, own]).await?.iter().sum();
        let dangers = case.find(&COUNT_OPEN, &args![case.ledger, carrier.root]).await?.iter().sum();
        Ok(Withdrawing { carrier, others, dangers })
    }
}

impl Load<Answer> for Readers {
    async fn load(case: &mut Case<'_>, command: &Answer) -> Result<Self, Failure> {
        // Most answers say nothing apart, and need not wait for those who join meanwhile.
        if command.word.trim().is_empty() {
            return Ok(Readers { receipts: 0 });
        }
        let root: MatterId = case.id()?;
        let receipts = case.find(&READERS, &args![case.ledger, root]).await?.iter().sum();
        Ok(Readers { receipts })
    }
}

impl Load<Handle> for Handling {
    async fn load(case: &mut Case<'_>, command: &Handle) -> Result<Self, Failure> {
        let sorting = match &command.triage {
            Some(triage) => Sorting::load(case, triage).await?,
            None => Sorting::default(),
        };
        let readers = match &command.answer {
            Some(answer) => Readers::load(case, answer).await?,
            None => Readers { receipts: 0 },
        };
        Ok(Handling { sorting, readers })
    }
}

impl Load<ViewContact> for Carrier {
    async fn load(case: &mut Case<'_>, _: &ViewContact) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<SeekContact> for Carrier {
    async fn load(case: &mut Case<'_>, _: &SeekContact) -> Result<Self, Failure> {
        carrier_of(case).await
    }
}

impl Load<Join> for Joining {
    async fn load(case: &mut Case<'_>, command: &Join) -> Result<Self, Failure> {
        let root = root_of(case.db(), case.ledger, command.matter).await?.ok_or(Common::Unknown)?;
        let carrier = carrier(case, root).await?;
        let held = receipt_of(case.db(), case.ledger, root, &command.opening.supporter).await?;
        // The very form that made a receipt is told apart before this is asked.
        let own: ReceiptId = case.id()?;
        Ok(Joining { carrier, held: held.filter(|held| *held != own) })
    }
}

impl Load<Close> for Waiting {
    async fn load(case: &mut Case<'_>, _: &Close) -> Result<Self, Failure> {
        let answered = case.state::<Matter>()?.answered;
        let since = answered.map_or(i64::MAX, |at| at.0);
        let root: MatterId = case.id()?;
        let receipts = case.find(&WAITING, &args![case.ledger, root, since]).await?.iter().sum();
        let dangers = case.find(&COUNT_OPEN, &args![case.ledger, root]).await?.iter().sum();
        Ok(Waiting { receipts, dangers })
    }
}

impl Load<Extend> for Exposed {
    async fn load(case: &mut Case<'_>, _: &Extend) -> Result<Self, Failure> {
        let root: MatterId = case.id()?;
        let dangers = case.find(&COUNT_EXPOSED, &args![case.ledger, root]).await?.iter().sum();
        Ok(Exposed { dangers })
    }
}

impl Load<HandOver> for ToHold {
    async fn load(case: &mut Case<'_>, command: &HandOver) -> Result<Self, Failure> {
        to_hold(case, command.person).await
    }
}

/// Whoever is to hold something, as far as that is a person.
pub(crate) async fn to_hold(case: &mut Case<'_>, person: Option<AccountId>) -> Result<ToHold, Failure> {
    // One who is nowhere is refused with whatever else the command names.
    let person = match person {
        Some(id) => actor(case.db(), id).await?,
        None => None,
    };
    Ok(ToHold { person })
}

impl Load<MergeInto> for Pair {
    async fn load(case: &mut Case<'_>, command: &MergeInto) -> Result<Self, Failure> {
        pair(case, command.into).await
    }
}

impl Load<Unmerge> for Pair {
    async fn load(case: &mut Case<'_>, _: &Unmerge) -> Result<Self, Failure> {
        let into = case.state::<Matter>()?.merged_into.ok_or(Why::NotMerged)?;
        pair(case, into).await
    }
}

async fn pair(case: &mut Case<'_>, into: MatterId) -> Result<Pair, Failure> {
    let own: MatterId = case.id()?;
    let matter = case.must::<Matter>(into).await?;
    let path = case.path_of(matter.at()).await?;
    let person = case.state::<Matter>()?.person.as_ref().and_then(Sealed::get).copied();
    let held = to_hold(case, person).await?;
    Ok(Pair { own, into: matter, path, held })
}
