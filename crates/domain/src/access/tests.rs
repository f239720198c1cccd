//! Who may do what, by example; `docs/permissions.txt` has every cell.

#![allow(clippy::unwrap_used)]
use super::*;
use uuid::Uuid;

const NOW: Moment = Moment(1_000);

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

fn person(n: u128, role: Role, at: u128) -> Actor {
    Actor {
        account: Some(AccountId(Uuid::from_u128(n))),
        employer: None,
        grants: vec![Grant { role, place: place(at), organisation: None, from: Moment(0), until: None }],
    }
}

fn matter(stage: StageKind) -> Resource {
    let state = Some(State::Matter(stage));
    Resource { path: vec![place(1), place(2), place(3)], state, ..Resource::default() }
}

#[test]
fn a_role_reaches_its_place_and_all_below_while_it_lasts() {
    let resource = matter(StageKind::Raised);
    let worker = person(9, Role::CommunityWorker, 2);
    assert_eq!(may(&worker, Action::Triage, &resource, NOW), Ok(Role::CommunityWorker));
    let other = person(9, Role::CommunityWorker, 7);
    assert_eq!(may(&other, Action::Triage, &resource, NOW), Err(Denied::Elsewhere));
    let mut former = worker.clone();
    former.grants[0].until = Some(NOW);
    assert!(matches!(may(&former, Action::Triage, &resource, NOW), Err(Denied::Role { .. })));
    assert_eq!(may(&Actor::visitor(), Action::Triage, &resource, NOW), Err(Denied::SignIn));
}

#[test]
fn nobody_sorts_what_is_about_them_or_their_employer() {
    let mut worker = person(9, Role::CommunityWorker, 2);
    let committee = OrganisationId(Uuid::from_u128(50));
    worker.employer = Some(committee);
    let mut resource = matter(StageKind::Raised);
    resource.about = Some(committee);
    assert_eq!(may(&worker, Action::Triage, &resource, NOW), Err(Denied::Concerned));
    let street = person(10, Role::StreetOfficer, 1);
    assert_eq!(may(&street, Action::Triage, &resource, NOW), Ok(Role::StreetOfficer));
    resource.about = None;
    resource.about_person = worker.account;
    assert_eq!(may(&worker, Action::Merge, &resource, NOW), Err(Denied::Concerned));
}

#[test]
fn the_handler_does_not_evaluate() {
    let worker = person(9, Role::CommunityWorker, 2);
    let mut resource = matter(StageKind::Answered);
    resource.handlers = vec![worker.account.unwrap()];
    resource.claim = Claim::Receipt;
    assert_eq!(may(&worker, Action::Evaluate, &resource, NOW), Err(Denied::Handler));
    let colleague = person(8, Role::CommunityWorker, 2);
    assert_eq!(may(&colleague, Action::Evaluate, &resource, NOW), Ok(Role::Visitor));
    // Closing judges nothing: those who asked have, or their time has run out. In a
    // street with one officer a ban would leave the matter without an exit.
    assert_eq!(may(&worker, Action::Close, &resource, NOW), Ok(Role::CommunityWorker));
}

#[test]
fn an_organisation_reaches_only_what_it_holds() {
    let company = OrganisationId(Uuid::from_u128(50));
    let mut staff = person(9, Role::PropertyStaff, 2);
    staff.grants[0].organisation = Some(company);
    let mut resource = matter(StageKind::InHand);
    assert_eq!(may(&staff, Action::Answer, &resource, NOW), Err(Denied::Elsewhere));
    resource.holding = Some(company);
    assert_eq!(may(&staff, Action::Answer, &resource, NOW), Ok(Role::PropertyStaff));
    assert!(may(&staff, Action::ReadContact, &resource, NOW).is_err());
}

fn officer(n: u128, role: Role, body: u128) -> Actor {
    let mut officer = person(n, role, 1);
    officer.grants[0].organisation = Some(OrganisationId(Uuid::from_u128(body)));
    officer
}

fn at(state: State) -> Resource {
    Resource { path: vec![place(1), place(2), place(3)], state: Some(state), ..Resource::default() }
}

fn role_or_word(result: Result<Role, Denied>) -> &'static str {
    result.map_or_else(|denied| denied.word(), Role::word)
}

#[test]
fn only_a_street_officer_whistles_and_only_in_the_own_street() {
    let asked = at(State::Order(OrderStage::Asked));
    for role in Role::ALL {
        let may = may(&person(9, role, 1), Action::Blow, &asked, NOW);
        assert_eq!(may.is_ok(), role == Role::StreetOfficer, "{role:?}");
    }
    let other = person(9, Role::StreetOfficer, 7);
    assert_eq!(may(&other, Action::Blow, &asked, NOW), Err(Denied::Elsewhere));
    assert_eq!(may(&Actor::visitor(), Action::Blow, &asked, NOW), Err(Denied::SignIn));
}

#[test]
fn a_body_reaches_only_orders_and_meetings_it_was_called_to() {
    let residents_too = |action| {
        matches!(action, Action::Raise | Action::Join | Action::SignIn | Action::Object | Action::Desk)
    };
    for role in [Role::DepartmentOfficer, Role::PropertyStaff] {
        let officer = officer(9, role, 50);
        for action in Action::ALL {
            for state in State::all(action.subject()) {
                let elsewhere = may(&officer, action, &at(state), NOW);
                assert!(elsewhere.is_err() || residents_too(action), "{action:?} {state:?}");
            }
        }
        let meeting = Resource {
            parties: vec![OrganisationId(Uuid::from_u128(50))],
            ..at(State::Meeting(MeetingStage::Called))
        };
        let order = Resource { state: Some(State::Order(OrderStage::Sent)), ..meeting.clone() };
        assert_eq!(may(&officer, Action::ReplyInvitation, &meeting, NOW), Ok(role));
        assert_eq!(may(&officer, Action::Speak, &meeting, NOW), Ok(role));
        assert_eq!(may(&officer, Action::ReportIn, &order, NOW), Ok(role));
        assert_eq!(may(&officer, Action::Dispute, &order, NOW), Ok(role));
        // Called, and still neither holding the meeting nor accepting the work.
        for action in [Action::Convene, Action::Hold, Action::Register, Action::ConfirmMinutes] {
            assert_eq!(role_or_word(may(&officer, action, &meeting, NOW)), "role");
        }
        for action in [Action::Order, Action::Accept, Action::Settle, Action::Withdraw, Action::FollowUp] {
            assert_eq!(role_or_word(may(&officer, action, &order, NOW)), "role");
        }
    }
}

#[test]
fn nobody_accepts_work_of_their_own_or_of_their_employer() {
    let done = at(State::Order(OrderStage::Done));
    let worker = person(9, Role::CommunityWorker, 2);
    assert_eq!(may(&worker, Action::Accept, &done, NOW), Ok(Role::CommunityWorker));
    let did = Resource { handlers: vec![worker.account.unwrap()], ..done.clone() };
    assert_eq!(may(&worker, Action::Accept, &did, NOW), Err(Denied::Handler));
    let company = OrganisationId(Uuid::from_u128(50));
    let lead = Resource { about: Some(company), ..done.clone() };
    let called = Resource { parties: vec![company], ..done };
    let mut employed = worker.clone();
    employed.employer = Some(company);
    // Somebody who is a worker here and staff of the company as well.
    let mut both = worker.clone();
    both.grants.extend(officer(9, Role::PropertyStaff, 50).grants);
    for own in [&employed, &both] {
        assert_eq!(may(own, Action::Accept, &lead, NOW), Err(Denied::Concerned));
        assert_eq!(may(own, Action::Accept, &called, NOW), Err(Denied::Concerned));
    }
    assert!(may(&worker, Action::Accept, &called, NOW).is_ok());
    // To be invited keeps nobody's employee from holding the meeting.
    let meeting = Resource { state: Some(State::Meeting(MeetingStage::Called)), ..called };
    assert!(may(&employed, Action::Hold, &meeting, NOW).is_ok());
}

#[test]
fn chair_and_recorder_alone_confirm_minutes() {
    let mut held = at(State::Meeting(MeetingStage::Held));
    let secretary = person(9, Role::CommunitySecretary, 2);
    assert_eq!(may(&secretary, Action::ConfirmMinutes, &held, NOW), Err(Denied::NotHolder));
    held.holder = secretary.account;
    assert!(may(&secretary, Action::ConfirmMinutes, &held, NOW).is_ok());
    let street = person(8, Role::StreetOfficer, 1);
    assert_eq!(may(&street, Action::ConfirmMinutes, &held, NOW), Err(Denied::NotHolder));
    held.state = Some(State::Meeting(MeetingStage::Confirmed));
    assert_eq!(role_or_word(may(&secretary, Action::ConfirmMinutes, &held, NOW)), "stage");
}

#[test]
fn anybody_signs_in_and_objects_and_whoever_has_a_seat_votes() {
    let open = at(State::Meeting(MeetingStage::Open));
    let published = at(State::Meeting(MeetingStage::Published));
    let seated = Resource { claim: Claim::Seat, ..open.clone() };
    let receipt = Resource { claim: Claim::Receipt, ..open.clone() };
    for actor in [Actor::visitor(), person(9, Role::CommunityWorker, 7), officer(9, Role::PropertyStaff, 50)]
    {
        assert_eq!(may(&actor, Action::SignIn, &open, NOW), Ok(Role::Visitor));
        assert_eq!(may(&actor, Action::Object, &published, NOW), Ok(Role::Visitor));
        assert_eq!(role_or_word(may(&actor, Action::Object, &open, NOW)), "stage");
        assert_eq!(may(&actor, Action::Vote, &open, NOW), Err(Denied::NoSeat));
        assert_eq!(may(&actor, Action::Vote, &receipt, NOW), Err(Denied::NoSeat));
        assert_eq!(may(&actor, Action::Vote, &seated, NOW), Ok(Role::Visitor));
        assert_eq!(may(&actor, Action::Evaluate, &seated, NOW), Err(Denied::NoReceipt));
        for action in [Action::Register, Action::Hold, Action::RuleObjection] {
            assert!(may(&actor, action, &seated, NOW).is_err());
        }
    }
    let resident = person(9, Role::Resident, 3);
    assert_eq!(may(&resident, Action::Vote, &seated, NOW), Ok(Role::Resident));
    let late = Resource { state: Some(State::Meeting(MeetingStage::Held)), ..seated };
    assert_eq!(role_or_word(may(&resident, Action::Vote, &late, NOW)), "stage");
}

#[test]
fn objections_are_ruled_on_by_the_secretary_or_the_street() {
    let published = at(State::Meeting(MeetingStage::Published));
    for role in Role::ALL {
        let rules = matches!(role, Role::CommunitySecretary | Role::StreetOfficer);
        assert_eq!(may(&person(9, role, 1), Action::RuleObjection, &published, NOW).is_ok(), rules);
    }
}

#[test]
fn whoever_handled_a_matter_does_not_call_back() {
    let worker = person(9, Role::CommunityWorker, 2);
    let mut resource = matter(StageKind::Answered);
    assert!(may(&worker, Action::CallBack, &resource, NOW).is_ok());
    resource.handlers = vec![worker.account.unwrap()];
    assert_eq!(may(&worker, Action::CallBack, &resource, NOW), Err(Denied::Handler));
    let steward = person(8, Role::Steward, 3);
    assert_eq!(may(&steward, Action::CallBack, &resource, NOW), Ok(Role::Steward));
    resource.about_person = steward.account;
    assert_eq!(may(&steward, Action::CallBack, &resource, NOW), Err(Denied::Concerned));
    let officer = officer(7, Role::DepartmentOfficer, 50);
    assert_eq!(role_or_word(may(&officer, Action::CallBack, &resource, NOW)), "role");
}

#[test]
fn who_keeps_places_and_accounts_takes_no_part_otherwise() {
    let administrator = person(9, Role::Administrator, 1);
    let keeps = |action| matches!(action, Action::KeepPlaces | Action::KeepPeople);
    let as_anybody =
        |action| matches!(action, Action::Raise | Action::Join | Action::SignIn | Action::Object);
    for action in Action::ALL {
        for state in State::all(action.subject()) {
            let allowed = may(&administrator, action, &at(state), NOW).is_ok();
            assert!(!allowed || keeps(action) || as_anybody(action), "{action:?}");
        }
    }
}

#[test]
fn a_contact_is_for_the_lead_handler_and_whoever_calls_back() {
    let worker = person(9, Role::CommunityWorker, 2);
    let mut resource = matter(StageKind::InHand);
    assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Err(Denied::NotHolder));
    resource.holder = worker.account;
    assert_eq!(may(&worker, Action::ReadContact, &resource, NOW), Ok(Role::CommunityWorker));
    // Whoever calls back is somebody else, and needs the number then.
    let colleague = person(8, Role::CommunityWorker, 2);
    assert_eq!(may(&colleague, Action::ReadContact, &resource, NOW), Err(Denied::NotHolder));
    resource.state = Some(State::Matter(StageKind::Answered));
    assert_eq!(may(&colleague, Action::ReadContact, &resource, NOW), Ok(Role::CommunityWorker));
    let steward = person(7, Role::Steward, 2);
    assert_eq!(may(&steward, Action::ReadContact, &resource, NOW), Err(Denied::NotHolder));
}
