//! Who may say something to an answer, and who may ask for it: never whom the matter is
//! about, nor whoever handled it.

use crate::matters::StageKind;

yishi_kernel::rights! {
    /// Rights over answers. They are judged over the matter that was answered.
    RIGHTS over StageKind as "stage":
    /// Evaluate as one who raised or joined (评价).
    EVALUATE "evaluate" { in [Answered, Closed] by receipt } except [Handlers];
    /// See who is owed an answer.
    OWED "owed" { here by STEERS };
    /// Call back somebody who was answered (回访).
    CALL_BACK "call_back" { in [Answered, Closed] by STEERS, NEIGHBOURS } except [Handlers];
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{officer, person, place};
    use yishi_kernel::access::{Claim, Stage};
    use yishi_kernel::{Denied, Moment, Resource, Role, may};

    const NOW: Moment = Moment(1_000);

    fn answered() -> Resource {
        let stage = Some(Stage::of(StageKind::Answered));
        Resource { stage, ..Resource::at(&[place(1), place(2), place(3)]) }
    }

    #[test]
    fn the_handler_does_not_evaluate() {
        let worker = person(9, Role::CommunityWorker, 2).showing(Claim::Receipt);
        let resource = Resource { handlers: vec![worker.account.unwrap()], ..answered() };
        assert_eq!(may(&worker, &EVALUATE, &resource, NOW), Err(Denied::Handler));
        let colleague = person(8, Role::CommunityWorker, 2);
        assert_eq!(may(&colleague.showing(Claim::Receipt), &EVALUATE, &resource, NOW), Ok(Role::Visitor));
        for claim in [Claim::Seat, Claim::None] {
            assert_eq!(may(&colleague.showing(claim), &EVALUATE, &resource, NOW), Err(Denied::NoReceipt));
        }
    }

    #[test]
    fn whoever_handled_a_matter_does_not_call_back() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = answered();
        assert!(may(&worker, &CALL_BACK, &resource, NOW).is_ok());
        resource.handlers = vec![worker.account.unwrap()];
        assert_eq!(may(&worker, &CALL_BACK, &resource, NOW), Err(Denied::Handler));
        let steward = person(8, Role::Steward, 3);
        assert_eq!(may(&steward, &CALL_BACK, &resource, NOW), Ok(Role::Steward));
        resource.about_persons = Vec::from_iter(steward.account);
        assert_eq!(may(&steward, &CALL_BACK, &resource, NOW), Err(Denied::Concerned));
        let officer = officer(7, Role::DepartmentOfficer, 50);
        assert!(matches!(may(&officer, &CALL_BACK, &resource, NOW), Err(Denied::Role { .. })));
    }
}
