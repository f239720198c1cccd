//! Who may do what to an emergency basis. Whoever confirms it answers for the community, or is the
//! street's; that it is another role and person than entered it, the command looks to.

use super::words::BasisStage;

yishi_kernel::rights! {
    /// Rights over emergency bases.
    RIGHTS over BasisStage as "basis-stage":
    /// Enter one about a matter (登记紧急情形).
    ENTER "enter_basis" { here by STEERS };
    /// Open its own page.
    READ "read_basis" { in any by STEERS };
    /// Confirm it (核对确认). Others who steer may ask, and learn that a chief has to.
    CONFIRM "confirm_basis" { in [Entered] by CHIEFS } { in [Entered] by STEERS };
    /// Reject it (退回).
    REJECT "reject_basis" { in [Entered] by STEERS };
    /// Send what it frees (按紧急情形派单).
    SEND "send_by_basis" { in [Confirmed] by STEERS };
    /// Post its accounts (公布账目).
    ACCOUNT "account_basis" { in [Confirmed] by STEERS };
    /// Erase who worked on it and the photos of the paper, on their wish (删除权).
    ERASE "erase_basis" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_basis" { in any by STEERS };
}
