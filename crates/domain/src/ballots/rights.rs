//! Who may do what to results of owners. Entering one is a right over its meeting.

use super::words::ResultStage;

yishi_kernel::rights! {
    /// Rights over results of owners.
    RIGHTS over ResultStage as "owners-result-stage":
    /// Open a result's own page.
    READ "read_owners_result" { in any by STEERS };
    /// Confirm it, after comparing it with the paper (核对确认).
    CONFIRM "confirm_owners_result" { in [Entered] by STEERS } except [Handlers];
    /// Reject it (退回).
    REJECT "reject_owners_result" { in [Entered] by STEERS };
    /// Erase who worked on it and the photos of its paper, on their wish (删除权).
    ERASE "erase_owners_result" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_owners_result" { in any by STEERS };
}
