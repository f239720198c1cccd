//! The grid of rights, printed from the predicate itself, so that a change of who may do
//! what shows as a change of a file that anyone can read. It decides nothing.

use super::{Actor, By, Claim, Denied, Except, Grant, Resource, Right, Role, Stage, may};
use crate::ids::{AccountId, OrganisationId, PlaceId};
use crate::moment::Moment;
use std::fmt::Write;
use uuid::Uuid;

/// How an actor stands to the thing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The role is held at its place.
    Here,
    /// And the actor, or the actor's body, holds it.
    Holder,
    /// And it is about the actor's body, which was called to it.
    Concerned,
    /// And the actor has handled it.
    Handler,
    /// The role is held at another place.
    Elsewhere,
}

/// Who may do what to one kind of thing: a row for each right and the stages in which the
/// same roles have it.
#[must_use]
pub fn grid(title: &str, rights: &[&Right]) -> String {
    let mut out = format!(
        "# Who may do what: {title}. Printed from the program's own predicate; what has no row is denied.\n\
         # Columns: right; stages; roles at the own place; further ones who hold it; those of them whom it\n\
         # concerns (-: none, they keep away) and whose body was called; those of them who handled it. Roles\n\
         # of organisations reach what their body holds or was called to. `anyone` includes visitors;\n\
         # `receipt` and `seat` need that link. Whom a thing concerns: the person it is about, and whoever\n\
         # works for the body it is about or has a role of its office.\n\n"
    );
    for right in rights {
        let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
        for stage in stages(right) {
            let cells = cells(right, stage);
            let word = stage.map_or("(place)", |stage| stage.word);
            match rows.iter_mut().find(|(same, _)| *same == cells) {
                Some((_, words)) => words.push(word),
                None => rows.push((cells, vec![word])),
            }
        }
        for (cells, words) in rows {
            let _ = writeln!(out, "{:<20} {:<40} {cells}", right.word, words.join(","));
        }
    }
    out
}

/// The rights of `used` that stand in no list: they would have no row in any grid.
#[must_use]
pub fn uncovered(used: &[&'static Right], listed: &[&[&'static Right]]) -> Vec<&'static str> {
    let has_row = |right: &Right| listed.iter().any(|rights| rights.contains(&right));
    used.iter().filter(|right| !has_row(right)).map(|right| right.word).collect()
}

fn stages(right: &Right) -> Vec<Option<Stage>> {
    let mut found = Vec::new();
    for clause in right.clauses {
        if clause.stages.is_empty() && !found.contains(&None) {
            found.push(None);
        }
        for word in clause.stages {
            let stage = Some(Stage { family: right.family, word });
            if !found.contains(&stage) {
                found.push(stage);
            }
        }
    }
    found
}

fn cells(right: &Right, stage: Option<Stage>) -> String {
    let here = roles(right, stage, Standing::Here);
    let holders: Vec<Role> = roles(right, stage, Standing::Holder);
    let further: Vec<Role> = holders.iter().copied().filter(|role| !here.contains(role)).collect();
    let elsewhere = roles(right, stage, Standing::Elsewhere);
    let open = right.clauses.iter().find_map(|clause| match clause.by {
        By::Anyone => Some("anyone"),
        By::Receipt => Some("receipt"),
        By::Seat => Some("seat"),
        _ => None,
    });
    let here_told = match open {
        Some(word) => word.to_owned(),
        None if !here.is_empty() && elsewhere == here => format!("{} (anywhere)", told(&here)),
        None => told(&here),
    };
    let concerned = told(&roles(right, stage, Standing::Concerned));
    let handlers = match right.except.contains(&Except::Handlers) {
        true => told(&roles(right, stage, Standing::Handler)),
        false => "as before".to_owned(),
    };
    format!(
        "| {here_told} | {} | concerned: {concerned} | handlers: {handlers}",
        if open.is_some() { "-".to_owned() } else { told(&further) },
    )
}

fn told(roles: &[Role]) -> String {
    match roles.is_empty() {
        true => "-".to_owned(),
        false => roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" "),
    }
}

fn roles(right: &Right, stage: Option<Stage>, standing: Standing) -> Vec<Role> {
    let may_as = |role: &Role| cell(*role, right, stage, standing).is_ok();
    Role::ALL.iter().copied().filter(|role| may_as(role)).collect()
}

fn cell(role: Role, right: &Right, stage: Option<Stage>, standing: Standing) -> Result<Role, Denied> {
    let here = PlaceId(Uuid::from_u128(1));
    let there = PlaceId(Uuid::from_u128(2));
    let account = AccountId(Uuid::from_u128(3));
    let organisation = OrganisationId(Uuid::from_u128(4));
    let claims = right.clauses.iter().find_map(|clause| match clause.by {
        By::Receipt => Some(Claim::Receipt),
        By::Seat => Some(Claim::Seat),
        _ => None,
    });
    let mut actor = match role {
        Role::Visitor => Actor::visitor(),
        role => Actor {
            account: (role != Role::System).then_some(account),
            grants: vec![Grant {
                role,
                place: here,
                organisation: role.of_organisation().then_some(organisation),
                from: Moment(0),
                until: None,
            }],
            ..Actor::default()
        },
    };
    // Rows of visitors and residents show their receipt or sign-in.
    actor.claim = match role {
        Role::Visitor | Role::Resident => claims.unwrap_or_default(),
        _ => Claim::None,
    };
    let holds = standing == Standing::Holder;
    let concerned = standing == Standing::Concerned;
    actor.employer = (concerned && actor.account.is_some()).then_some(organisation);
    // A body reaches what it was called to; nobody else's standing is told by that.
    let body = role.of_organisation() && standing != Standing::Elsewhere;
    let resource = Resource {
        path: vec![if standing == Standing::Elsewhere { there } else { here }],
        stage,
        holder: holds.then_some(account),
        holding: body.then_some(organisation),
        parties: concerned.then_some(organisation).into_iter().collect(),
        about: concerned.then_some(organisation).into_iter().collect(),
        handlers: if standing == Standing::Handler { vec![account] } else { Vec::new() },
        ..Resource::default()
    };
    may(&actor, right, &resource, Moment(1))
}
