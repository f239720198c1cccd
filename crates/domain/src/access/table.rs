//! The permission table, printed from the predicate itself, so that a change of who may
//! do what shows as a change of a file that anyone can read. It decides nothing.

use super::{Action, Actor, Claim, Denied, Grant, Resource, Role, may};
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::matters::StageKind;
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
         # Columns: role, action, stage of the matter, then at the own place / as the holder / at another place.\n\
         # yes; or why not: sign-in, role, elsewhere, not-holder, no-receipt, stage.\n\
         # Further, whatever the row says: nobody sorts, publishes, merges, closes or evaluates a matter about\n\
         # themselves or their employer (it goes to the street), and no handler evaluates.\n\n",
    );
    for role in Role::ALL {
        for action in Action::ALL {
            for stage in StageKind::ALL {
                let cells: Vec<String> =
                    STANDINGS.iter().map(|standing| cell(role, action, *stage, standing)).collect();
                let _ = writeln!(
                    out,
                    "{:<20} {:<20} {:<9} {:<11} {:<11} {}",
                    role.word(),
                    action.word(),
                    stage.word(),
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

fn cell(role: Role, action: Action, stage: StageKind, standing: &str) -> String {
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
        stage: Some(stage),
        holder: holds.then_some(account),
        holding: holds.then_some(organisation),
        claim: if matches!(role, Role::Visitor | Role::Resident) { Claim::Receipt } else { Claim::None },
        ..Resource::default()
    };
    match may(&actor, action, &resource, now) {
        Ok(_) => "yes".to_owned(),
        Err(Denied::Stage(_)) => "stage".to_owned(),
        Err(denied) => denied.word().to_owned(),
    }
}
