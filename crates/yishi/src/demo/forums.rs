//! The street of the invented neighbourhood compares the numbers of the residents' meeting with the
//! law in force, so that one can be called, and wants to see money accounted for sooner. Told before the
//! stories, by its officer.

use super::story::form;
use crate::Stop;
use yishi_domain::rulebook::{ChangeId, Confirm, ConfirmationId, Counted, SetNumber};
use yishi_kernel::{Actor, PlaceId};
use yishi_office::Office;

pub(super) async fn tell(office: &Office, officer: &Actor, street: PlaceId) -> Result<(), Stop> {
    let confirm = Confirm {
        forum: "residents".to_owned(),
        read: "演示：国家法律法规数据库公布的现行文本".to_owned(),
        on: office.now().end_of_day_after(0),
    };
    let id = ConfirmationId(form("forum-residents").id("forum"));
    office.start(officer, street, id, confirm).await?;
    let sooner = SetNumber {
        number: "emergency-account".to_owned(),
        counted: Counted::Days,
        count: 10,
        source: "演示：清河街道公开办事规则第六条".to_owned(),
        reason: "居民希望早一点看到账目".to_owned(),
    };
    office.start(officer, street, ChangeId(form("change-account").id("change")), sooner).await?;
    office.lay(street).await?;
    Ok(())
}
