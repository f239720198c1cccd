//! Who may do what, by example, over a toy with stages and rights of its own; the grid of
//! each feature has every cell of its rights.

#![allow(clippy::unwrap_used)]
use super::*;
use uuid::Uuid;

crate::words! {
    /// Where a toy stands.
    ToyStage as "toy-stage" {
        /// Raised.
        Raised = "raised",
        /// In hand.
        InHand = "in_hand",
        /// Answered.
        Answered = "answered",
    }
}

crate::rights! {
    /// Rights over toys.
    RIGHTS over ToyStage as "toy-stage":
    /// Raise one.
    RAISE "raise" { here by anyone };
    /// Send one.
    SEND "send" { here by STEERS };
    /// Sort it.
    SORT "sort" { in [Raised] by STEERS };
    /// Answer it.
    ANSWER "answer" { in [InHand] by STEERS, PARTIES } { in [InHand] by holder NEIGHBOURS };
    /// Read the contact.
    CONTACT "contact" { in any by holder STEERS, NEIGHBOURS } { in [Answered] by STEERS };
    /// Evaluate it.
    EVALUATE "evaluate" { in [Answered] by receipt } except [Handlers];
    /// Say what one did, even if it is about that.
    REPORT "report" { in [InHand] by STEERS, PARTIES } also by the called;
    /// See the own desk.
    DESK "desk" { here by anywhere PARTIES } { here by STEERS };
    /// Lapse.
    LAPSE "lapse" { in [Answered] by SYSTEM };
}

const NOW: Moment = Moment(1_000);

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

fn body(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}

fn person(n: u128, role: Role, at: u128) -> Actor {
    let organisation = role.of_organisation().then(|| body(50));
    Actor {
        account: Some(AccountId(Uuid::from_u128(n))),
        grants: vec![Grant { role, place: place(at), organisation, from: Moment(0), until: None }],
        ..Actor::default()
    }
}

/// The committee whose desk is the community's.
fn committee(n: u128) -> Committee {
    Committee { id: body(n), desk: place(2) }
}

fn toy(stage: ToyStage) -> Resource {
    Resource { stage: Some(Stage::of(stage)), ..Resource::at(&[place(1), place(2), place(3)]) }
}

#[test]
fn a_role_reaches_its_place_and_all_below_while_it_lasts() {
    let raised = toy(ToyStage::Raised);
    let worker = person(9, Role::CommunityWorker, 2);
    assert_eq!(may(&worker, &SORT, &raised, NOW), Ok(Role::CommunityWorker));
    let other = person(9, Role::CommunityWorker, 7);
    assert_eq!(may(&other, &SORT, &raised, NOW), Err(Denied::Elsewhere));
    let mut former = worker.clone();
    former.grants[0].until = Some(NOW);
    let may_sort = Denied::Role { may: roles::STEERS.roles.to_vec() };
    assert_eq!(may(&former, &SORT, &raised, NOW), Err(may_sort));
    assert_eq!(may(&Actor::visitor(), &SORT, &raised, NOW), Err(Denied::SignIn));
}

#[test]
fn a_stage_that_is_not_named_is_denied_and_so_is_a_thing_where_a_place_is_meant() {
    let worker = person(9, Role::CommunityWorker, 2);
    let late = Denied::stage(ToyStage::Answered);
    assert_eq!(may(&worker, &SORT, &toy(ToyStage::Answered), NOW), Err(late));
    assert_eq!(may(&worker, &SEND, &Resource::at(&[place(2)]), NOW), Ok(Role::CommunityWorker));
    assert!(matches!(may(&worker, &SEND, &toy(ToyStage::Raised), NOW), Err(Denied::Stage(_))));
    assert!(matches!(may(&worker, &SORT, &Resource::at(&[place(2)]), NOW), Err(Denied::Stage(_))));
    // The same word of another thing is another stage.
    let foreign = Stage { family: "stage", word: "raised" };
    let other = Resource { stage: Some(foreign), ..toy(ToyStage::Raised) };
    assert_eq!(may(&worker, &SORT, &other, NOW), Err(Denied::Stage(foreign)));
}

#[test]
fn whom_it_concerns_keeps_away_unless_the_right_says_otherwise() {
    let worker = person(9, Role::CommunityWorker, 2);
    let street = person(10, Role::StreetOfficer, 1);
    let employed = Actor { employer: Some(body(50)), ..worker.clone() };
    let of_office = Actor { committees: vec![committee(50)], ..worker.clone() };
    let about_body = |stage| Resource { about: vec![body(50)], ..toy(stage) };
    let called = Resource { parties: vec![body(50)], ..about_body(ToyStage::InHand) };
    let about_worker = |stage| Resource { about_persons: Vec::from_iter(worker.account), ..toy(stage) };
    for concerned in [&employed, &of_office] {
        assert_eq!(may(concerned, &SORT, &about_body(ToyStage::Raised), NOW), Err(Denied::Concerned));
        assert_eq!(may(concerned, &REPORT, &about_body(ToyStage::InHand), NOW), Err(Denied::Concerned));
        assert!(may(concerned, &REPORT, &called, NOW).is_ok());
        assert_eq!(may(concerned, &ANSWER, &called, NOW), Err(Denied::Concerned));
    }
    assert_eq!(may(&worker, &SORT, &about_worker(ToyStage::Raised), NOW), Err(Denied::Concerned));
    for raised in [about_body(ToyStage::Raised), about_worker(ToyStage::Raised)] {
        assert_eq!(may(&street, &SORT, &raised, NOW), Ok(Role::StreetOfficer));
    }
    // Whoever only takes part is not whom it is about.
    let invited = Resource { parties: vec![body(50)], ..toy(ToyStage::Raised) };
    assert!(may(&employed, &SORT, &invited, NOW).is_ok());
}

#[test]
fn what_went_to_the_desk_above_is_that_desks_alone() {
    let worker = Actor { committees: vec![committee(50)], ..person(9, Role::CommunityWorker, 2) };
    let steward = Actor { committees: vec![committee(50)], ..person(8, Role::Steward, 3) };
    let street = person(10, Role::StreetOfficer, 1);
    let at = |desk| Resource { desk: Some(place(desk)), ..toy(ToyStage::InHand) };
    let held = Resource { holder: steward.account, ..at(2) };
    assert!(may(&worker, &ANSWER, &at(2), NOW).is_ok());
    assert!(may(&steward, &ANSWER, &held, NOW).is_ok());
    for right in [&ANSWER, &REPORT] {
        assert_eq!(may(&worker, right, &at(1), NOW), Err(Denied::Concerned));
        assert_eq!(may(&street, right, &at(1), NOW), Ok(Role::StreetOfficer));
    }
    assert_eq!(
        may(&steward, &ANSWER, &Resource { desk: Some(place(1)), ..held }, NOW),
        Err(Denied::Concerned)
    );
    // A body that was called says what it did.
    let called = Resource { parties: vec![body(50)], ..at(1) };
    assert!(may(&worker, &REPORT, &called, NOW).is_ok());
    assert_eq!(may(&worker, &ANSWER, &called, NOW), Err(Denied::Concerned));
}

#[test]
fn the_handler_does_not_evaluate_and_nobody_does_without_a_receipt() {
    let worker = person(9, Role::CommunityWorker, 2).showing(Claim::Receipt);
    let mut answered = toy(ToyStage::Answered);
    answered.handlers = vec![worker.account.unwrap()];
    assert_eq!(may(&worker, &EVALUATE, &answered, NOW), Err(Denied::Handler));
    let colleague = person(8, Role::CommunityWorker, 2);
    assert_eq!(may(&colleague, &EVALUATE, &answered, NOW), Err(Denied::NoReceipt));
    let colleague = colleague.showing(Claim::Receipt);
    assert_eq!(may(&colleague, &EVALUATE, &answered, NOW), Ok(Role::Visitor));
    let resident = person(7, Role::Resident, 3).showing(Claim::Receipt);
    assert_eq!(may(&resident, &EVALUATE, &answered, NOW), Ok(Role::Resident));
}

#[test]
fn an_organisation_reaches_only_what_it_holds_or_was_called_to() {
    let staff = person(9, Role::PropertyStaff, 2);
    let mut in_hand = toy(ToyStage::InHand);
    assert_eq!(may(&staff, &ANSWER, &in_hand, NOW), Err(Denied::Elsewhere));
    in_hand.holding = Some(body(50));
    assert_eq!(may(&staff, &ANSWER, &in_hand, NOW), Ok(Role::PropertyStaff));
    in_hand.holding = None;
    in_hand.parties = vec![body(50)];
    assert_eq!(may(&staff, &ANSWER, &in_hand, NOW), Ok(Role::PropertyStaff));
    assert!(may(&staff, &CONTACT, &in_hand, NOW).is_err());
    assert_eq!(may(&staff, &DESK, &Resource::at(&[place(99)]), NOW), Ok(Role::PropertyStaff));
}

#[test]
fn of_several_reasons_the_nearest_is_told() {
    let worker = person(9, Role::CommunityWorker, 2);
    let steward = person(7, Role::Steward, 2);
    let mut in_hand = toy(ToyStage::InHand);
    assert_eq!(may(&steward, &ANSWER, &in_hand, NOW), Err(Denied::NotHolder));
    assert_eq!(may(&worker, &CONTACT, &in_hand, NOW), Err(Denied::NotHolder));
    in_hand.holder = steward.account;
    assert_eq!(may(&steward, &ANSWER, &in_hand, NOW), Ok(Role::Steward));
    assert_eq!(may(&worker, &CONTACT, &toy(ToyStage::Answered), NOW), Ok(Role::CommunityWorker));
    assert_eq!(may(&steward, &CONTACT, &toy(ToyStage::Answered), NOW), Err(Denied::NotHolder));
    let elsewhere = person(7, Role::Steward, 8);
    assert_eq!(may(&elsewhere, &ANSWER, &in_hand, NOW), Err(Denied::Elsewhere));
}

#[test]
fn the_program_acts_only_where_a_right_names_it() {
    let system = Actor::system(place(2));
    assert_eq!(may(&system, &LAPSE, &toy(ToyStage::Answered), NOW), Ok(Role::System));
    assert!(may(&system, &SORT, &toy(ToyStage::Raised), NOW).is_err());
    assert_eq!(may(&Actor::system(place(9)), &LAPSE, &toy(ToyStage::Answered), NOW), Err(Denied::Elsewhere));
}

#[test]
fn the_grid_has_a_row_for_each_right_and_says_whom_it_excludes() {
    let grid = grid("toys", RIGHTS);
    for right in RIGHTS {
        assert!(grid.lines().any(|line| line.starts_with(&format!("{} ", right.word))), "{grid}");
    }
    let sort = grid.lines().find(|line| line.starts_with("sort")).unwrap();
    assert!(sort.contains("raised") && sort.contains("concerned: -"), "{sort}");
    let contact: Vec<&str> = grid.lines().filter(|line| line.starts_with("contact")).collect();
    assert_eq!(contact.len(), 2, "{contact:?}");
    assert!(contact[0].contains("raised,in_hand") && contact[0].contains("steward"));
    assert!(uncovered(RIGHTS, &[RIGHTS]).is_empty());
    assert_eq!(uncovered(RIGHTS, &[&RIGHTS[1..]]), ["raise"]);
}
