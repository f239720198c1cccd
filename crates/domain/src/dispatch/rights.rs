//! Who may do what to orders. An order is about the bodies it calls: they say what they did, and
//! judge none of it.

use super::OrderStage;

yishi_kernel::rights! {
    /// Rights over orders.
    RIGHTS over OrderStage as "order-stage":
    /// Send work or a letter, or ask for a whistle (派单).
    ORDER "order" { here by STEERS };
    /// Open an order's own page and see its photos that are not published: the bodies it calls,
    /// and those who steer the place.
    READ "read" { in any by STEERS, PARTIES } also by the called;
    /// Whistle, or decline to (吹哨).
    BLOW "blow" { in [Asked] by STREET };
    /// Rule whose an order is (裁定).
    RULE "rule" { in [Disputed] by STREET };
    /// Report in, or sign for work (报到).
    REPORT_IN "report_in" { in [Sent, InWork] by STEERS, PARTIES } also by the called;
    /// Report progress on an order and finish it (办理).
    WORK_ON "work_on" { in [InWork] by STEERS, PARTIES } also by the called;
    /// Report one's part of a whistle done (协办部分办结).
    FINISH_PART "finish_part" { in [Sent, InWork] by STEERS, PARTIES } also by the called;
    /// Give the part of a body a day of its own (分办期限).
    SET_PART "set_part" { in [Sent, InWork] by STREET };
    /// Rule whose the part of a body is (协办裁定).
    RULE_PART "rule_part" { in [Sent, InWork] by STREET };
    /// Say that an order is not one's own (退单).
    DISPUTE "dispute" { in [Sent, InWork] by STEERS, PARTIES } also by the called;
    /// Go on by another order after the street declined (另行派出、再次请求).
    GO_ON "go_on" { in [Declined] by STEERS };
    /// Refuse to lead what the community only assists (不当主办).
    REFUSE_LEAD "refuse_lead" { in [Sent, InWork] by COMMUNITY } also by the called;
    /// Follow a letter up (催办).
    FOLLOW_UP "follow_up" { in [Sent, InWork] by STEERS };
    /// Give it a later day, with a reason (延期): of a whistle the street alone.
    EXTEND "extend_order" { in [InWork] by STEERS };
    /// Urge whoever its next step waits for (催办、督办).
    URGE "urge_order" { in [Asked, Sent, InWork, Disputed, Done, Suspended] by STEERS };
    /// Let climb what is overdue (逐级督办).
    ESCALATE "escalate_order" { in [Asked, Sent, InWork, Disputed, Done, Suspended] by SYSTEM };
    /// Publish a photo of proof.
    PUBLISH "publish_proof" { in any by STEERS };
    /// Accept work or send it back (验收).
    ACCEPT "accept" { in [Done] by STEERS } except [Handlers];
    /// Resume what was suspended.
    SETTLE "settle" { in [Suspended] by STEERS };
    /// Withdraw an order.
    WITHDRAW "withdraw" { in [Asked, Sent, InWork, Disputed, Suspended] by STEERS };
    /// Erase photos and who worked on it, on their wish (删除权).
    ERASE "erase_work" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_order" { in any by STEERS };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{body, officer, person, place};
    use yishi_kernel::access::{Stage, may};
    use yishi_kernel::{Actor, Denied, Moment, Resource, Role};

    const NOW: Moment = Moment(1_000);

    fn at(stage: OrderStage) -> Resource {
        Resource { stage: Some(Stage::of(stage)), ..Resource::at(&[1, 2, 3].map(place)) }
    }

    #[test]
    fn only_a_street_officer_whistles_and_only_in_the_own_street() {
        for (right, stage) in [(&BLOW, OrderStage::Asked), (&RULE, OrderStage::Disputed)] {
            for role in Role::ALL {
                let may = may(&person(9, *role, 1), right, &at(stage), NOW);
                assert_eq!(may.is_ok(), *role == Role::StreetOfficer, "{role:?}");
            }
            let other = person(9, Role::StreetOfficer, 7);
            assert_eq!(may(&other, right, &at(stage), NOW), Err(Denied::Elsewhere));
            assert_eq!(may(&Actor::visitor(), right, &at(stage), NOW), Err(Denied::SignIn));
        }
    }

    #[test]
    fn a_body_works_on_what_it_was_called_to_and_does_not_accept_it() {
        for role in [Role::DepartmentOfficer, Role::PropertyStaff] {
            let officer = officer(9, role, 50);
            let order = Resource { parties: vec![body(50)], ..at(OrderStage::Sent) };
            for right in [&REPORT_IN, &DISPUTE, &READ] {
                assert_eq!(may(&officer, right, &order, NOW), Ok(role));
                assert_eq!(may(&officer, right, &at(OrderStage::Sent), NOW), Err(Denied::Elsewhere));
            }
            for right in [&ORDER, &ACCEPT, &SETTLE, &WITHDRAW, &FOLLOW_UP] {
                assert!(matches!(may(&officer, right, &order, NOW), Err(Denied::Role { .. })));
            }
        }
    }

    #[test]
    fn nobody_accepts_work_of_their_own_or_of_their_employer() {
        let done = at(OrderStage::Done);
        let worker = person(9, Role::CommunityWorker, 2);
        assert_eq!(may(&worker, &ACCEPT, &done, NOW), Ok(Role::CommunityWorker));
        let did = Resource { handlers: vec![worker.account.unwrap()], ..done.clone() };
        assert_eq!(may(&worker, &ACCEPT, &did, NOW), Err(Denied::Handler));
        let called = Resource { about: vec![body(50)], ..done };
        let employed = Actor { employer: Some(body(50)), ..worker.clone() };
        // Somebody who is a worker here and staff of the company as well.
        let mut both = worker.clone();
        both.grants.extend(officer(9, Role::PropertyStaff, 50).grants);
        for own in [&employed, &both] {
            assert_eq!(may(own, &ACCEPT, &called, NOW), Err(Denied::Concerned));
        }
        assert!(may(&worker, &ACCEPT, &called, NOW).is_ok());
    }
}
