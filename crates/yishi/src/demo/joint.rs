//! What the invented street adopted for joint working: six parties and six practices, made up for the
//! demonstration, in two versions.

use super::story::form;
use crate::Stop;
use yishi_domain::joint::{Adopt, Evidence, JointId};
use yishi_kernel::{Actor, Moment, PlaceId};
use yishi_office::Office;

const PARTIES: [(&str, &str); 6] = [
    ("街道", "清河街道党工委、办事处"),
    ("社区", "杏林社区党组织、居民委员会"),
    ("职能部门", "综合执法队、路灯管理所"),
    ("公安", "杏林警务室"),
    ("物业企业", "安和物业服务公司"),
    ("居民代表", "业主委员会、楼栋长、红管家"),
];

const PRACTICES: [(&str, Evidence); 6] = [
    ("居民反映的事，每件有单位负责、有答复", Evidence::Figures),
    ("吹哨以后按时到场，先报到再商量", Evidence::Orders),
    ("到期没有办的，逐级督办，不往后拖", Evidence::Ladder),
    ("办完以后，街道和部门互相评价", Evidence::Ratings),
    ("各方在会上答应的事，张榜公布", Evidence::Promises),
    ("每月清账，没有清完的说明原因", Evidence::Clearing),
];

/// The street adopts five of them first, then all six.
pub(super) async fn tell(office: &Office, officer: &Actor, street: PlaceId, now: Moment) -> Result<(), Stop> {
    for (word, days, practices) in [("first", 180, 5), ("second", 60, 6)] {
        let parties = PARTIES.iter().enumerate();
        let practices = PRACTICES.iter().take(practices).enumerate();
        let adopt = Adopt {
            place: street,
            adopted: now.plus_seconds(-days * 86_400),
            parties: parties.map(|(row, (name, who))| (row, (*name).to_owned(), (*who).to_owned())).collect(),
            practices: practices.map(|(row, (what, list))| (row, (*what).to_owned(), Some(*list))).collect(),
        };
        let id = JointId(form(&format!("demo/joint/{word}/{}", now.0)).id("joint"));
        office.start(officer, street, id, adopt).await?;
    }
    Ok(())
}
