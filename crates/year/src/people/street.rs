//! Street officers: they sort what is about the committee or comes again and again, whistle or
//! decline to, and rule whose an order is.

use crate::deed::Deed;
use crate::town::Town;
use crate::year::{DAY, Year};
use yishi_domain::dispatch::{
    Blow, Decline, Order, OrderId, OtherWay, Part, PartStage, Rule, RulePart, WhistleKind,
};
use yishi_domain::matters::{MatterId, Outcome, Triage};
use yishi_kernel::{Actor, Holder, OrganisationId, Role, Urge};

/// Sorts what came up to the street, and sees to it there.
pub(super) fn sorts<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    let triage = Triage {
        outcome: Outcome::Government,
        category: "02".to_owned(),
        holder: Holder::Person(Role::StreetOfficer, year.cast.street),
        person: who.account,
        reason: String::new(),
    };
    year.does(who, Deed::Triage(id, triage));
}

/// Presses for what is late, whoever holds it.
pub(crate) fn presses<T: Town>(year: &mut Year<T>, id: MatterId) {
    // Some of it only.
    if !id.0.as_u128().is_multiple_of(7) {
        return;
    }
    let who = year.cast.officers[0].clone();
    year.does(&who, Deed::UrgeMatter(id, Urge::default()));
}

/// Whistles, or declines to.
pub(super) fn decides<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order, who: &Actor) {
    let lead = order.lead().unwrap_or(year.cast.lamps);
    match year.chance.in_100(25) {
        true => {
            year.does(
                who,
                Deed::Decline(id, Decline { reason: "社区可自行处置".to_owned(), ways: vec![OtherWay::Own] }),
            );
        }
        false => {
            let blow = Blow {
                whistle: *year.chance.one_of(WhistleKind::ALL),
                departments: vec![year.cast.squad],
                lead,
                arrive_by: None,
                finish_by: year.now.plus_seconds(7 * DAY),
            };
            year.does(who, Deed::Blow(id, blow));
        }
    }
}

/// Rules whose an order is: whoever was named, or another body.
pub(super) fn rules<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order, who: &Actor) {
    let holder = match year.chance.in_100(50) {
        true => order.holder,
        false => Holder::Organisation(year.cast.squad),
    };
    let finish_by = year.now.plus_seconds(7 * DAY);
    let rule = Rule { holder, reason: "按职责清单".to_owned(), finish_by };
    year.does(who, Deed::Rule(id, rule));
}

/// Rules whose the part of a body beside the lead is: its own, or nobody's.
pub(super) fn rules_on_a_part<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order, who: &Actor) {
    let disputed = |(body, part): (&OrganisationId, &Part)| {
        matches!(part.stage, PartStage::Disputed(_)).then_some(*body)
    };
    let Some(organisation) = order.parts.iter().find_map(disputed) else { return };
    let to = year.chance.in_100(50).then_some(organisation);
    let rule = RulePart { organisation, to, reason: "按职责清单".to_owned() };
    year.does(who, Deed::RulePart(id, rule));
}
