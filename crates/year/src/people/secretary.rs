//! The secretary, and the chiefs of the street where the secretary has a part in it: a second role
//! says whether there is no danger, and takes the protection away once the lasting work is done.

use super::role;
use crate::deed::Deed;
use crate::town::Town;
use crate::year::Year;
use yishi_domain::dangers::{Clear, Danger, DangerId, Lift, Uphold};
use yishi_kernel::Actor;

/// Agrees that there is no danger, or says that it stands.
pub(super) fn agrees_or_not<T: Town>(year: &mut Year<T>, id: DangerId, danger: &Danger) {
    let Some(doubted) = &danger.doubted else { return };
    let about = year.about(&id.into());
    let said = |who: &Actor| who.account.is_some_and(|own| doubted.by.as_ref().is_some_and(|by| by.is(&own)));
    let who = year.cast.chiefs(&about).find(|who| !said(who)).cloned();
    let Some(who) = who else { return };
    // Where all others have the same role, nobody can agree: then the danger stands.
    match role(&who) != doubted.role && year.chance.in_100(50) {
        true => year.does(&who, Deed::Clear(id, Clear { note: String::new() })),
        false => year.does(&who, Deed::Uphold(id, Uphold { reason: "去看过，确有危险".to_owned() })),
    };
}

/// Takes the protection away, unless they worked on the matter themselves.
pub(super) fn lifts<T: Town>(year: &mut Year<T>, id: DangerId, danger: &Danger) {
    let (_, matter) = year.carrier(danger.matter);
    let worked = |who: &&Actor| who.account.is_some_and(|own| matter.handlers.iter().any(|by| by.is(&own)));
    let who = year.cast.chiefs(&matter.whom()).find(|who| !worked(who)).cloned();
    let Some(who) = who else { return };
    let lift = Lift { note: "已彻底修好".to_owned(), photos: Vec::new() };
    year.does(&who, Deed::Lift(id, lift));
}
