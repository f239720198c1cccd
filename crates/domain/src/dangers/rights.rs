//! Who may do what about a danger. It is about the bodies that were told of it: they say what they
//! did, and judge none of it. Anyone who shows a receipt reports one.

use super::DangerStage;

yishi_kernel::rights! {
    /// Rights over dangers.
    RIGHTS over DangerStage as "danger-stage":
    /// Mark a matter as dangerous (报隐患).
    REPORT "report_danger" { here by STEERS, NEIGHBOURS, PARTIES };
    /// The same of a matter on which one holds a receipt.
    REPORT_OWN "report_own_danger" { here by receipt };
    /// Open a danger's own page, with its exact place and photos.
    READ "read_danger" { in any by STEERS, NEIGHBOURS, PARTIES } also by the called;
    /// Say that one has seen it (确认看到).
    SEE "see_danger" { in [Reported, Protected] by STEERS, PARTIES } also by the called;
    /// Tell another body (通知).
    CALL "call_danger" { in [Reported, Protected, Safe] by STEERS };
    /// Protect, with a photo (采取防护).
    PROTECT "protect" { in [Reported] by STEERS, NEIGHBOURS, PARTIES } also by the called;
    /// Confirm what somebody else did (核实).
    CONFIRM "confirm_safe" { in [Protected] by STEERS, NEIGHBOURS };
    /// Say that the protection does not hold (防护失效).
    FAIL "protection_failed" { in [Protected, Safe] by STEERS, NEIGHBOURS, PARTIES } also by the called;
    /// Look at the protection again (复查).
    LOOK "look_again" { in [Safe] by STEERS, NEIGHBOURS, PARTIES } also by the called;
    /// Say that there is no danger (认为没有危险).
    DOUBT "doubt_danger" { in [Reported, Protected, Safe] by STEERS, PARTIES } also by the called;
    /// Agree that there is none (排除). Others who steer may ask, and learn that a chief has to.
    CLEAR "clear_danger" { in [Reported, Protected, Safe] by CHIEFS } { in [Reported, Protected, Safe] by STEERS };
    /// Say that the danger stands (不同意排除).
    UPHOLD "uphold_danger" { in [Reported, Protected, Safe] by CHIEFS };
    /// Take the protection away once the lasting work is done (解除防护).
    /// Where nobody was ordered anything, a chief does.
    LIFT "lift_protection" { in [Safe] by CHIEFS } { in [Safe] by STEERS };
    /// Take it up a desk when nobody has acted in time (报上一级).
    GO_UP "danger_goes_up" { in [Reported, Protected] by SYSTEM };
    /// Publish a photo of the protection.
    PUBLISH "publish_danger" { in any by STEERS };
    /// Erase photos and who worked on it, on their wish (删除权).
    ERASE "erase_danger" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_danger" { in any by STEERS };
}
