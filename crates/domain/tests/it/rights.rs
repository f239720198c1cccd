//! Who may do what, printed: a change of it shows as a change of `docs/rights`. And what must
//! hold of all rights, whatever the feature.

use super::files::{pages, printed};
use std::collections::BTreeSet;
use uuid::Uuid;
use yishi_domain::access::{By, Claim, Committee, Right, Stage, grid, may};
use yishi_domain::features::RIGHTS;
use yishi_domain::{
    AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Resource, Role, partners, people, places,
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
        let keeps = [
            &places::KEEP,
            &places::ERASE,
            &places::CORRECT,
            &people::KEEP,
            &people::ERASE,
            &people::INVITE,
            &people::SEE,
            &people::CORRECT,
            &partners::KEEP,
        ]
        .contains(&right);
        assert!(is_open_to_anyone(right) || keeps, "{}", right.word);
    }
    assert!(may_at_some_stage(&administrator, &places::KEEP));
}

/// What those may do whom a thing concerns: a body that an order called comes to it and says
/// what it did, writes down and signs what was agreed at the scene, and rates the street; one that a
/// meeting invited is heard there, and one that was told of a danger protects and says what it sees.
/// Nothing else, whatever the feature.
const WHERE_CALLED: [(&str, &str); 27] = [
    ("assessment-stage", "rate_street"),
    ("assessment-stage", "read_assessment"),
    ("danger-stage", "doubt_danger"),
    ("danger-stage", "look_again"),
    ("danger-stage", "protect"),
    ("danger-stage", "protection_failed"),
    ("danger-stage", "read_danger"),
    ("danger-stage", "see_danger"),
    ("meeting-stage", "read_meeting"),
    ("meeting-stage", "reply_invitation"),
    ("meeting-stage", "sign_in"),
    ("meeting-stage", "speak"),
    ("order-stage", "read"),
    ("order-stage", "report_in"),
    ("order-stage", "work_on"),
    ("order-stage", "finish_part"),
    ("order-stage", "refuse_lead"),
    ("order-stage", "dispute"),
    ("promise-stage", "break_promise"),
    ("promise-stage", "make_promise"),
    ("promise-stage", "promise_done"),
    ("promise-stage", "read_promise"),
    ("promise-stage", "renew_promise"),
    ("scene-stage", "open_scene"),
    ("scene-stage", "read_scene"),
    ("scene-stage", "scene_done"),
    ("scene-stage", "sign_scene"),
];

/// What somebody in each role may do to a thing at any of its stages, by themselves, as one who
/// was answered, or as one who signed in. They hold it besides, as chair and recorder do a
/// meeting.
fn done(
    who: impl Fn(Actor) -> Actor,
    thing: impl Fn(&Actor) -> Resource,
) -> BTreeSet<(&'static str, &'static str)> {
    let mut found = BTreeSet::new();
    for role in Role::ALL.iter().copied().filter(|role| !matches!(role, Role::Visitor | Role::System)) {
        let actor = who(somebody(role, role.of_organisation().then_some(OWN)));
        let thing = Resource { holder: actor.account, holding: Some(OWN), ..thing(&actor) };
        for right in all() {
            let words = right.clauses.iter().flat_map(|clause| clause.stages.iter().copied());
            let stages = words.map(|word| Some(Stage { family: right.family, word })).chain([None]);
            for stage in stages {
                let here = Resource { stage, ..thing.clone() };
                let tried = [Claim::None, Claim::Receipt, Claim::Seat].map(|claim| actor.showing(claim));
                if tried.iter().any(|actor| may(actor, right, &here, Moment(1)).is_ok()) {
                    found.insert((right.family, right.word));
                }
            }
        }
    }
    found
}

/// The body that it is about.
const OWN: OrganisationId = OrganisationId(Uuid::from_u128(50));

/// The street, a community, a building.
fn path() -> Vec<PlaceId> {
    (1..=3).map(|n| PlaceId(Uuid::from_u128(n))).collect()
}

/// The ways in which somebody belongs to that body: by employment, or by a role of its office
/// whoever employs them.
fn ways() -> [fn(Actor) -> Actor; 2] {
    let employed = |one| Actor { employer: Some(OWN), ..one };
    let of_office = |one| Actor { committees: vec![Committee { id: OWN, desk: path()[1] }], ..one };
    [employed, of_office]
}

#[test]
fn whom_it_concerns_may_do_nothing_but_answer_where_they_were_called() {
    let called = BTreeSet::from(WHERE_CALLED);
    for way in ways() {
        let about = |_: &Actor| Resource { about: vec![OWN], ..Resource::at(&path()) };
        assert_eq!(done(way, about), BTreeSet::new());
        assert_eq!(done(way, |one| Resource { parties: vec![OWN], ..about(one) }), called);
    }
    // The person it is about, who works for nobody.
    let named =
        |one: &Actor| Resource { about_persons: Vec::from_iter(one.account), ..Resource::at(&path()) };
    assert!(done(|one| Actor { grants: local(one.grants), ..one }, named).is_empty());
    for way in ways() {
        let called = |one: &Actor| Resource { parties: vec![OWN], ..named(one) };
        assert!(done(way, called).is_empty(), "a colleague answers for the body");
    }
    // Where it is about somebody else, they may: so this proves something.
    for way in ways() {
        let other =
            |_: &Actor| Resource { about: vec![OrganisationId(Uuid::from_u128(7))], ..Resource::at(&path()) };
        assert!(done(way, other).len() > 20);
    }
}

fn local(grants: Vec<Grant>) -> Vec<Grant> {
    grants.into_iter().filter(|grant| grant.organisation.is_none()).collect()
}

#[test]
fn what_went_to_the_street_no_role_of_the_committees_office_reaches() {
    let [_, of_office] = ways();
    let at = |desk| move |_: &Actor| Resource { desk: Some(path()[desk]), ..Resource::at(&path()) };
    assert!(done(of_office, at(0)).is_empty());
    assert!(done(of_office, at(1)).len() > 20);
    let called = |one: &Actor| Resource { parties: vec![OWN], ..at(0)(one) };
    assert_eq!(done(of_office, called), BTreeSet::from(WHERE_CALLED));
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
