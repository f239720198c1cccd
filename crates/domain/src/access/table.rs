//! The permission table, printed from the predicate itself, so that a change of who may
//! do what shows as a change of a file that anyone can read. It decides nothing.

use super::{Action, Actor, Claim, Denied, Grant, Resource, Role, State, may};
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::moment::Moment;
use std::fmt::Write;
use uuid::Uuid;

/// How the actor stands to the resource, one column each.
const STANDINGS: [&str; 3] = ["own-place", "holds-it", "other-place"];

/// Role × action × state, at the own place, as its holder, and at another place.
#[must_use]
pub fn permission_table() -> String {
    let mut out = String::from(
        "# Who may do what: printed from the program's own predicate, default deny.\n\
         # Columns: role, action, stage of the matter, topic, meeting or order it is done to, then at the own place / as the holder / at another place.\n\
         # yes; or why not: sign-in, role, elsewhere, not-holder, no-receipt, no-seat, stage.\n\
         # Further, whatever the row says: nobody sorts, publishes, merges, closes or evaluates a matter about\n\
         # themselves or their employer (it goes to the street), and no handler evaluates or calls back.\n\
         # Rows of visitors and residents show their receipt or sign-in; with one of their own, others evaluate and vote alike.\n\
         # When chair or recorder does not confirm in time, the secretary or a street officer stands in, still as two persons.\n\
         # A topic is gathered from matters not yet answered; nobody accepts work they or their employer did;\n\
         # an organisation at meetings and orders is `holds-it` where it was invited or called.\n\n",
    );
    for role in Role::ALL {
        for action in Action::ALL {
            for state in State::all(action.subject()) {
                let cells: Vec<String> =
                    STANDINGS.iter().map(|standing| cell(role, action, state, standing)).collect();
                let _ = writeln!(
                    out,
                    "{:<20} {:<20} {:<9} {:<11} {:<11} {}",
                    role.word(),
                    action.word(),
                    state.word(),
                    cells[0],
                    cells[1],
                    cells[2]
                );
            }
        }
        out.push('\n');
    }
    out
}

fn cell(role: Role, action: Action, state: State, standing: &str) -> String {
    let here = PlaceId(Uuid::from_u128(1));
    let there = PlaceId(Uuid::from_u128(2));
    let account = AccountId(Uuid::from_u128(3));
    let organisation = OrganisationId(Uuid::from_u128(4));
    let now = Moment(1);
    let actor = match role {
        Role::Visitor => Actor::visitor(),
        role => Actor {
            account: Some(account),
            employer: None,
            grants: vec![Grant {
                role,
                place: here,
                organisation: role.of_organisation().then_some(organisation),
                from: Moment(0),
                until: None,
            }],
        },
    };
    let holds = standing == "holds-it";
    let resource = Resource {
        path: vec![if standing == "other-place" { there } else { here }],
        state: Some(state),
        holder: holds.then_some(account),
        holding: holds.then_some(organisation),
        claim: match (role, action) {
            (Role::Visitor | Role::Resident, Action::Vote) => Claim::Seat,
            (Role::Visitor | Role::Resident, _) => Claim::Receipt,
            _ => Claim::None,
        },
        ..Resource::default()
    };
    match may(&actor, action, &resource, now) {
        Ok(_) => "yes".to_owned(),
        Err(Denied::Stage(_)) => "stage".to_owned(),
        Err(denied) => denied.word().to_owned(),
    }
}
