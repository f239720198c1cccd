//! Who does what. Each looks at what waits for them, early or late, and mostly does what helps it on;
//! sometimes something else, or nothing.

mod body;
pub(crate) mod posts;
pub(crate) mod resident;
mod secretary;
pub(crate) mod steward;
pub(crate) mod street;
mod worker;

use crate::town::{Held, Town};
use crate::year::{Year, id};
use yishi_domain::dangers::{Danger, DangerId, DangerStage};
use yishi_domain::dispatch::{OrderId, OrderStep};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::{Actor, Role, StreamName};

/// Somebody for whom something waits looks at it.
pub(crate) fn look<T: Town>(year: &mut Year<T>, stream: &StreamName, held: &Held, who: &Actor) {
    match stream.kind() {
        "matter" => matter(year, id(stream), who),
        "order" => order(year, id(stream), held, who),
        "danger" => danger(year, id(stream), who),
        "topic" => worker::deliberates(year, id(stream), who),
        "gathering" => steward::records(year, id(stream), who),
        // Nobody has to: what is not said by then is not said.
        "assessment" => {}
        kind => panic!("nobody looks at a {kind}"),
    }
}

fn matter<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    let Some(matter) = year.town.matter(id) else { return };
    match (matter.stage(), role(who)) {
        (StageKind::Raised, Role::StreetOfficer) => street::sorts(year, id, who),
        (StageKind::Raised, _) => worker::sorts(year, id, &matter, who),
        (StageKind::InHand, Role::Steward) => steward::works(year, id, who),
        (StageKind::InHand, role) if role.of_organisation() => body::works(year, id, who),
        (StageKind::InHand, _) => worker::works(year, id, &matter, who),
        (StageKind::Answered, _) => worker::closes(year, id, &matter, who),
        (StageKind::Closed | StageKind::Merged, _) => {}
    }
}

fn order<T: Town>(year: &mut Year<T>, id: OrderId, held: &Held, who: &Actor) {
    let Some(order) = year.town.order(id) else { return };
    let Some((step, ..)) = order.next() else { return };
    // A body that was called beside the lead comes, whatever the lead is at.
    let awaited = held.step == "order-step/report_in";
    match held.step.as_str() {
        "order-step/finish_part" => return body::finishes_its_part(year, id, who),
        "order-step/rule_part" => return street::rules_on_a_part(year, id, &order, who),
        _ => {}
    }
    match step {
        OrderStep::Blow => street::decides(year, id, &order, who),
        OrderStep::Rule => street::rules(year, id, &order, who),
        OrderStep::ReportIn => body::comes(year, id, &order, who),
        _ if awaited => body::comes(year, id, &order, who),
        OrderStep::Finish if STEERS.has(role(who)) => worker::follows_up(year, id, &order, who),
        OrderStep::Finish => body::finishes(year, id, who),
        OrderStep::Accept => worker::accepts(year, id, &order),
        OrderStep::Settle => worker::settles(year, id, who),
        // Parts have steps of their own, and are none of the whole.
        OrderStep::FinishPart | OrderStep::RulePart => {}
    }
}

fn danger<T: Town>(year: &mut Year<T>, id: DangerId, who: &Actor) {
    let Some(danger) = year.town.danger(id) else { return };
    if danger.doubted.is_some() && year.chance.in_100(60) {
        return secretary::agrees_or_not(year, id, &danger);
    }
    match danger.stage {
        DangerStage::Reported => body::protects(year, id, &danger, who),
        DangerStage::Protected => worker::confirms(year, id, &danger),
        DangerStage::Safe => looks_again(year, id, &danger, who),
        DangerStage::Cleared | DangerStage::Lifted => {}
    }
}

/// Whoever keeps the protection looks at it again, until it may go.
fn looks_again<T: Town>(year: &mut Year<T>, id: DangerId, danger: &Danger, who: &Actor) {
    match year.chance.below(100) {
        0..=44 => secretary::lifts(year, id, danger),
        45..=49 => body::finds_it_failed(year, id, who),
        _ => body::looks_again(year, id, who),
    }
}

/// The role in which somebody works here.
fn role(who: &Actor) -> Role {
    crate::cast::role(who).unwrap_or(Role::Visitor)
}
