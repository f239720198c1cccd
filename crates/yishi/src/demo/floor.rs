//! What happens at a meeting beside its agenda: somebody without a phone raises a matter from the
//! floor, and a body promises something, which it later gives a later day.

use super::hall::Hall;
use super::story::form;
use crate::Stop;
use yishi_domain::matters::{Behalf, Channel, Proof};
use yishi_domain::meetings::{Meeting, MeetingId};
use yishi_domain::promises::{Make, PromiseId, Renew};
use yishi_office::Failure;

/// The promise that is made.
fn promise(hall: &Hall<'_>) -> PromiseId {
    PromiseId(form(&format!("demo/promise/{}", hall.now.0)).id("promise"))
}

/// Said and promised while the meeting is open.
pub(super) async fn tell(hall: &Hall<'_>, meeting: MeetingId) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let place =
        office.load::<Meeting>(ledger, &meeting.into()).await?.must().map_err(Failure::from)?.agenda.place;
    let mut said = cast.raising(hall.now, "floor-lamp", place, "南苑5号楼门口的灯坏了，晚上下台阶看不见。");
    (said.channel, said.behalf, said.floor) = (Channel::Floor, Behalf::Neighbour, Some(meeting));
    said.speaker.proof = Proof::Staff;
    said.speaker.name = "南五钱爷爷".to_owned();
    said.speaker.consent = Some("本人在会上当场提出".to_owned());
    office.raise(&cast.colleague, said).await?;
    let make = Make {
        meeting,
        body: cast.property,
        what: "两天内把南苑各楼门灯查一遍，坏的换好。".to_owned(),
        due: hall.day(2, 24, 0),
    };
    office.start(&cast.colleague, ledger, promise(hall), make).await?;
    Ok(())
}

/// The body gives its promise a later day.
pub(super) async fn renew(hall: &Hall<'_>) -> Result<(), Stop> {
    let renew = Renew {
        reason: "灯头型号不一，配件后天才到货。".to_owned(), due: hall.day(-4, 24, 0)
    };
    Ok(hall.office.act(&hall.cast.keeper, hall.ledger(), promise(hall), renew).await?)
}
