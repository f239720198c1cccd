//! People leave their posts, and others come: what hung on them passes on.

use crate::town::Town;
use crate::year::Year;
use yishi_kernel::Actor;

/// A steward or a worker leaves, and a successor comes.
pub(crate) fn leave<T: Town>(year: &mut Year<T>) {
    let stewards: Vec<Actor> = year.cast.stewards.iter().map(|(_, who)| who.clone()).collect();
    let gone = match year.chance.in_100(60) {
        true => year.chance.one_of(&stewards).clone(),
        false => year.chance.one_of(&year.cast.workers).clone(),
    };
    year.tally.add("left their post");
    year.town.succeeds(&mut year.cast, &gone);
    year.notice();
}
