//! Stewards: neighbours who see to what lies in their stairwell, and give back what they cannot do.

use super::worker::answers;
use crate::deed::Deed;
use crate::town::Town;
use crate::year::Year;
use yishi_domain::matters::{HandOver, MatterId, Progress};
use yishi_kernel::{Actor, Holder};

/// Works on what is theirs.
pub(super) fn works<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    match year.chance.below(100) {
        0..=29 => {
            let progress = Progress { note: "已和邻居说好".to_owned(), photos: Vec::new() };
            year.does(who, Deed::Progress(id, progress));
        }
        30..=49 => {
            let (holder, reason) = (Holder::Desk(year.cast.community), "要请社区来办".to_owned());
            year.does(who, Deed::HandOver(id, HandOver { holder, person: None, reason }));
        }
        _ => answers(year, id, who),
    }
}
