//! Who may do what to exclusions. Whoever asked, and whoever ruled first, does not rule: they have
//! handled it. What the street itself handles is asked for by nobody, since nobody here is above it.

use super::words::ExclusionStage;

yishi_kernel::rights! {
    /// Rights over exclusions.
    RIGHTS over ExclusionStage as "exclusion-stage":
    /// Ask that a matter be left out of the rates (申请剔除).
    ASK "ask_exclusion" { here by COMMUNITY, PARTIES };
    /// Open its own page.
    READ "read_exclusion" { in any by STEERS };
    /// Grant or refuse it (裁定剔除).
    RULE "rule_exclusion" { in [Asked, Objected] by STREET } except [Handlers];
    /// Have it ruled once more, as one who raised or joined the matter (请求再次裁定).
    OBJECT "object_exclusion" { in [Granted] by receipt };
    /// Erase who asked and ruled, on their wish (删除权).
    ERASE "erase_exclusion" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_exclusion" { in any by STEERS };
}
