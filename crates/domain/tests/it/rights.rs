//! Who may do what, printed: a change of it shows as a change of `docs/rights`. And what must
//! hold of all rights, whatever the feature.

use super::files::{pages, printed};
use std::collections::BTreeSet;
use uuid::Uuid;
use yishi_domain::access::{By, Right, Stage, grid, may};
use yishi_domain::features::RIGHTS;
use yishi_domain::{
    AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Resource, Role, people, places,
};

fn all() -> impl Iterator<Item = &'static Right> {
    RIGHTS.iter().flat_map(|(_, lists)| lists.iter()).flat_map(|rights| rights.iter().copied())
}

#[test]
fn the_grids_of_rights_in_the_docs_are_the_programs() {
    for (feature, lists) in RIGHTS {
        let rights: Vec<&Right> = lists.iter().flat_map(|rights| rights.iter().copied()).collect();
        let grid = grid(feature, &rights);
        for right in &rights {
            assert!(grid.lines().any(|line| line.starts_with(&format!("{} ", right.word))), "{}", right.word);
        }
        printed(&format!("rights/{feature}.txt"), &grid);
    }
    let features: BTreeSet<String> = RIGHTS.iter().map(|(feature, _)| (*feature).to_owned()).collect();
    assert_eq!(pages("rights"), features);
}

#[test]
fn no_two_rights_over_one_kind_of_thing_have_the_same_word() {
    let mut seen = BTreeSet::new();
    for right in all() {
        assert!(seen.insert((right.family, right.word)), "{} {}", right.family, right.word);
    }
}

fn somebody(role: Role, organisation: Option<OrganisationId>) -> Actor {
    let place = PlaceId(Uuid::from_u128(1));
    let grant = Grant { role, place, organisation, from: Moment(0), until: None };
    Actor { account: Some(AccountId(Uuid::from_u128(9))), grants: vec![grant], ..Actor::default() }
}

/// Whether somebody may do it at any stage, at a place below the one the role is held at, to
/// what they neither hold nor were called to.
fn may_at_some_stage(actor: &Actor, right: &Right) -> bool {
    let path: Vec<_> = (1..4).map(|n| PlaceId(Uuid::from_u128(n))).collect();
    let words = right.clauses.iter().flat_map(|clause| clause.stages.iter().copied());
    let stages = words.map(|word| Some(Stage { family: right.family, word })).chain([None]);
    let mut resources = stages.map(|stage| Resource { stage, ..Resource::at(&path) });
    resources.any(|resource| may(actor, right, &resource, Moment(1)).is_ok())
}

fn is_open_to_anyone(right: &Right) -> bool {
    right.clauses.iter().any(|clause| matches!(clause.by, By::Anyone))
}

#[test]
fn a_body_reaches_nothing_that_it_neither_holds_nor_was_called_to() {
    for role in [Role::DepartmentOfficer, Role::PropertyStaff] {
        let officer = somebody(role, Some(OrganisationId(Uuid::from_u128(50))));
        for right in all().filter(|right| may_at_some_stage(&officer, right)) {
            // Its own desk it sees from anywhere.
            assert!(is_open_to_anyone(right) || right.word == "desk", "{role:?} {}", right.word);
        }
    }
}

#[test]
fn who_keeps_places_and_accounts_takes_no_part_otherwise() {
    let administrator = somebody(Role::Administrator, None);
    for right in all().filter(|right| may_at_some_stage(&administrator, right)) {
        let keeping = [&places::KEEP, &people::KEEP, &people::INVITE, &people::SEE];
        let keeps = keeping.contains(&right);
        assert!(is_open_to_anyone(right) || keeps, "{}", right.word);
    }
    assert!(may_at_some_stage(&administrator, &places::KEEP));
}

#[test]
fn the_program_does_by_itself_only_what_names_it() {
    let system = Actor::system(PlaceId(Uuid::from_u128(1)));
    for right in all().filter(|right| may_at_some_stage(&system, right)) {
        let named = right.clauses.iter().any(|clause| match clause.by {
            By::Roles(sets) | By::Holding(sets) | By::Anywhere(sets) => {
                sets.iter().any(|set| set.has(Role::System))
            }
            By::Anyone => true,
            By::Receipt | By::Seat => false,
        });
        assert!(named, "{}", right.word);
    }
}
