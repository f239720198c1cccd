//! Departments and the property company: they come when they are called, late or never; dispute,
//! work and finish; and protect where there is danger.

use super::worker::{answers, enters_for};
use crate::deed::Deed;
use crate::town::Town;
use crate::year::{DAY, Year};
use yishi_domain::dangers::{Danger, DangerId, Doubt, Fail, LookAgain, Protect, Protection, See};
use yishi_domain::dispatch::{self, Dispute, Done, FinishPart, Order, OrderId, ReportIn};
use yishi_domain::matters::{HandOver, MatterId, Progress};
use yishi_kernel::{Actor, Holder};

/// Works on a matter that the body holds.
pub(super) fn works<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    match year.chance.below(100) {
        0..=24 => {
            let progress = Progress { note: "已排期".to_owned(), photos: Vec::new() };
            year.does(who, Deed::Progress(id, progress));
        }
        25..=34 => {
            let (holder, reason) = (Holder::Desk(year.cast.community), "不属本单位管理".to_owned());
            year.does(who, Deed::HandOver(id, HandOver { holder, person: None, reason }));
        }
        _ => answers(year, id, who),
    }
}

/// Whether a body never answers to an order: some do not, until somebody enters it for them.
fn never_answers(id: OrderId) -> bool {
    id.0.as_u128().is_multiple_of(7)
}

/// Comes, or says that it is not its own.
pub(super) fn comes<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order, who: &Actor) {
    if never_answers(id) {
        // Days after it is late, a worker does something about it.
        if order.report_by.plus_seconds(3 * DAY) < year.now {
            enters_for(year, id, order);
        }
        return;
    }
    match year.chance.in_100(12) && order.ruled.is_none() {
        true => year.does(who, Deed::Dispute(id, Dispute { reason: "不属本单位".to_owned() })),
        false => year.does(who, Deed::ReportIn(id, ReportIn { organisation: None, note: String::new() })),
    };
}

/// Works on it, and finishes it.
pub(super) fn finishes<T: Town>(year: &mut Year<T>, id: OrderId, who: &Actor) {
    let (note, photos) = ("三盏全亮".to_owned(), Vec::new());
    match year.chance.in_100(30) {
        true => year.does(who, Deed::WorkOn(id, dispatch::Progress { note, photos })),
        false => year.does(who, Deed::Finish(id, Done { note, photos })),
    };
}

/// Called beside the lead, it does its part, or says that this is not its own.
pub(super) fn finishes_its_part<T: Town>(year: &mut Year<T>, id: OrderId, who: &Actor) {
    match year.chance.in_100(15) {
        true => year.does(who, Deed::Dispute(id, Dispute { reason: "不在职责范围".to_owned() })),
        false => {
            let done =
                FinishPart { organisation: None, note: "占道的已劝离".to_owned(), photos: Vec::new() };
            year.does(who, Deed::FinishPart(id, done))
        }
    };
}

/// Says that it has seen it, protects, or thinks that there is no danger.
pub(super) fn protects<T: Town>(year: &mut Year<T>, id: DangerId, danger: &Danger, who: &Actor) {
    match year.chance.below(100) {
        0..=29 if danger.seen.is_none() => {
            year.does(who, Deed::See(id, See));
        }
        30..=36 => {
            year.does(who, Deed::Doubt(id, Doubt { reason: "看过，是误报".to_owned() }));
        }
        _ => {
            let step = *year.chance.one_of(Protection::ALL);
            let protect = Protect { step, note: String::new(), photos: vec![year.cast.photo.clone()] };
            year.does(who, Deed::Protect(id, protect));
        }
    }
}

/// The protection is still there.
pub(super) fn looks_again<T: Town>(year: &mut Year<T>, id: DangerId, who: &Actor) {
    year.does(who, Deed::LookAgain(id, LookAgain { note: String::new(), photos: Vec::new() }));
}

/// It is not.
pub(super) fn finds_it_failed<T: Town>(year: &mut Year<T>, id: DangerId, who: &Actor) {
    year.does(who, Deed::Fail(id, Fail { reason: "围挡被挪开".to_owned() }));
}
