//! Who may do what to a matter, or at a place before there is one. What whoever was answered
//! may do stands with the evaluation. Whom a matter is about has none of these rights: they are
//! asked by an order, and answer there.

use super::words::StageKind;

yishi_kernel::rights! {
    /// Rights over matters.
    RIGHTS over StageKind as "stage":
    /// Raise a matter for oneself (说事).
    RAISE "raise" { here by anyone };
    /// Raise for a neighbour who consents (代说).
    RAISE_FOR_NEIGHBOUR "raise_for_neighbour" { here by STEERS, NEIGHBOURS };
    /// Import matters from a file.
    IMPORT "import" { here by OFFICE };
    /// Work from a desk: the list of what needs one now.
    DESK "desk" { here by STEERS, NEIGHBOURS } { here by anywhere PARTIES };
    /// See a stairwell's matters as its steward.
    STAIRWELL "stairwell" { here by STEERS, NEIGHBOURS };
    /// Say "me too" (我也遇到).
    JOIN "join" { in [Raised, InHand, Answered] by anyone };
    /// Read what residents wrote, with photos, but no contact.
    /// A body reads it while it is in hand, and no longer: then its part is over.
    READ "read_private" { in any by STEERS, NEIGHBOURS } { in [InHand] by PARTIES };
    /// Say more to what one has raised, or how to be reached (补充).
    ADD "add" { in [Raised, InHand] by receipt };
    /// Look at a raiser's contact; each look is recorded. The lead handler calls whoever raised
    /// it; once it is answered, so does whoever calls back, who is somebody else.
    READ_CONTACT "read_contact" { in any by holder STEERS, NEIGHBOURS } { in [Answered] by STEERS };
    /// Find a matter by the name or number that its raiser gave; each is recorded as a look at it.
    SEEK_CONTACT "seek_contact" { in any by STEERS };
    /// Sort into one of five outcomes and give it a holder (分流).
    TRIAGE "triage" { in [Raised] by STEERS };
    /// Correct category or public summary, publish a photo.
    PUBLISH "publish" { in any by STEERS };
    /// Mend how it was sorted, or where it is (改正).
    MEND "mend" { in [Raised, InHand, Answered, Closed] by STEERS };
    /// Take over, or hand to another holder (转办). Neighbours work on what they were given;
    /// those who steer may step in.
    HAND_OVER "hand_over" { in [InHand] by STEERS, PARTIES } { in [InHand] by holder NEIGHBOURS };
    /// Give it a later day, with a reason (延期).
    EXTEND "extend" { in [InHand] by STEERS };
    /// Report progress (进展).
    PROGRESS "progress" { in [InHand] by STEERS, PARTIES } { in [InHand] by holder NEIGHBOURS };
    /// Say that whoever raised it was contacted (联系反映人).
    CONTACT "contact_raiser" { in [InHand] by STEERS, PARTIES } { in [InHand] by holder NEIGHBOURS };
    /// Note something for colleagues (内部备注).
    NOTE "note_matter" { in [Raised, InHand, Answered, Closed] by STEERS, NEIGHBOURS }
        { in [InHand] by PARTIES };
    /// Answer (答复).
    ANSWER "answer" { in [InHand] by STEERS, PARTIES } { in [InHand] by holder NEIGHBOURS };
    /// Urge whoever holds it (催办、督办).
    URGE "urge" { in [Raised, InHand, Answered] by STEERS };
    /// Close what was answered and evaluated (销号).
    CLOSE "close" { in [Answered] by STEERS };
    /// Merge and unmerge (归并).
    MERGE "merge" { in [Raised, InHand, Merged] by STEERS };
    /// Have a topic take it up, or let it go (列入议题).
    GATHER "gather" { in [Raised, InHand] by STEERS };
    /// Erase a private value on its owner's wish (删除权).
    ERASE "erase" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_matter" { in any by STEERS };
    /// Erase the name and contact given with one's own receipt, and what one said to an answer:
    /// a consent is taken back as easily as it was given (撤回同意).
    ERASE_OWN "erase_own" { in any by receipt };
    /// Issue a receipt anew to its holder, whom one has checked (补发回执); neighbours only what they
    /// opened themselves.
    REISSUE "reissue" { in any by STEERS, NEIGHBOURS };
    /// Have one's own receipt issued anew (换新回执).
    REISSUE_OWN "reissue_own" { in any by receipt };
    /// Say whether and how one is told when it goes on (告知方式).
    BE_TOLD "be_told" { in any by receipt };
    /// Take back what one has raised or joined, before it is answered (撤回).
    WITHDRAW "withdraw_own" { in [Raised, InHand] by receipt };
    /// Erase what one raised oneself, once nobody works by it any more (删除权).
    ERASE_SAID "erase_said" { in [Closed] by receipt };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{body, officer, person, place};
    use yishi_kernel::access::Stage;
    use yishi_kernel::{Actor, Denied, Moment, Resource, Role, may};

    const NOW: Moment = Moment(1_000);

    fn matter(stage: StageKind) -> Resource {
        Resource { stage: Some(Stage::of(stage)), ..Resource::at(&[place(1), place(2), place(3)]) }
    }

    #[test]
    fn a_role_reaches_its_place_and_all_below_while_it_lasts() {
        let resource = matter(StageKind::Raised);
        let worker = person(9, Role::CommunityWorker, 2);
        assert_eq!(may(&worker, &TRIAGE, &resource, NOW), Ok(Role::CommunityWorker));
        let other = person(9, Role::CommunityWorker, 7);
        assert_eq!(may(&other, &TRIAGE, &resource, NOW), Err(Denied::Elsewhere));
        let mut former = worker.clone();
        former.grants[0].until = Some(NOW);
        assert!(matches!(may(&former, &TRIAGE, &resource, NOW), Err(Denied::Role { .. })));
        assert_eq!(may(&Actor::visitor(), &TRIAGE, &resource, NOW), Err(Denied::SignIn));
    }

    #[test]
    fn nobody_sorts_what_is_about_them_or_their_employer() {
        let mut worker = person(9, Role::CommunityWorker, 2);
        worker.employer = Some(body(50));
        let mut resource = matter(StageKind::Raised);
        resource.about = vec![body(50)];
        for right in [&TRIAGE, &PUBLISH, &MERGE] {
            assert_eq!(may(&worker, right, &resource, NOW), Err(Denied::Concerned), "{}", right.word);
        }
        let street = person(10, Role::StreetOfficer, 1);
        assert_eq!(may(&street, &TRIAGE, &resource, NOW), Ok(Role::StreetOfficer));
        resource.about = Vec::new();
        resource.about_persons = Vec::from_iter(worker.account);
        assert_eq!(may(&worker, &MERGE, &resource, NOW), Err(Denied::Concerned));
    }

    #[test]
    fn the_handler_closes() {
        // Closing judges nothing: those who asked have, or their time has run out. In a
        // street with one officer a ban would leave the matter without an exit.
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::Answered);
        resource.handlers = vec![worker.account.unwrap()];
        assert_eq!(may(&worker, &CLOSE, &resource, NOW), Ok(Role::CommunityWorker));
    }

    #[test]
    fn an_organisation_reaches_only_what_it_holds() {
        let staff = officer(9, Role::PropertyStaff, 50);
        let mut resource = matter(StageKind::InHand);
        assert_eq!(may(&staff, &ANSWER, &resource, NOW), Err(Denied::Elsewhere));
        resource.holding = Some(body(50));
        assert_eq!(may(&staff, &ANSWER, &resource, NOW), Ok(Role::PropertyStaff));
        assert!(may(&staff, &READ_CONTACT, &resource, NOW).is_err());
        assert_eq!(may(&staff, &DESK, &Resource::at(&[place(99)]), NOW), Ok(Role::PropertyStaff));
    }

    #[test]
    fn a_contact_is_for_the_lead_handler_and_whoever_calls_back() {
        let worker = person(9, Role::CommunityWorker, 2);
        let mut resource = matter(StageKind::InHand);
        assert_eq!(may(&worker, &READ_CONTACT, &resource, NOW), Err(Denied::NotHolder));
        resource.holder = worker.account;
        assert_eq!(may(&worker, &READ_CONTACT, &resource, NOW), Ok(Role::CommunityWorker));
        // Whoever calls back is somebody else, and needs the number then.
        let colleague = person(8, Role::CommunityWorker, 2);
        assert_eq!(may(&colleague, &READ_CONTACT, &resource, NOW), Err(Denied::NotHolder));
        resource.stage = Some(Stage::of(StageKind::Answered));
        assert_eq!(may(&colleague, &READ_CONTACT, &resource, NOW), Ok(Role::CommunityWorker));
        let steward = person(7, Role::Steward, 2);
        assert_eq!(may(&steward, &READ_CONTACT, &resource, NOW), Err(Denied::NotHolder));
    }

    #[test]
    fn a_body_that_holds_nothing_and_whoever_keeps_places_do_only_what_anybody_does() {
        let elsewhere = officer(9, Role::DepartmentOfficer, 50);
        let administrator = person(9, Role::Administrator, 1);
        let places = std::iter::once(Resource::at(&[place(1), place(2), place(3)]));
        let all: Vec<Resource> = places.chain(StageKind::ALL.iter().map(|stage| matter(*stage))).collect();
        for right in RIGHTS {
            let anybody = [&RAISE, &JOIN].contains(right);
            for resource in &all {
                let body = may(&elsewhere, right, resource, NOW);
                assert!(body.is_err() || anybody || **right == DESK, "{}", right.word);
                let keeper = may(&administrator, right, resource, NOW);
                assert!(keeper.is_err() || anybody, "{}", right.word);
            }
        }
    }
}
