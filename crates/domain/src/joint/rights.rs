//! Who may do what to what a street adopted for joint working: it is the street's.

use super::words::JointStage;

yishi_kernel::rights! {
    /// Rights over what a street adopted.
    RIGHTS over JointStage as "joint-stage":
    /// Adopt it (通过).
    ADOPT "adopt_joint_work" { here by STREET };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_joint_work" { in any by STREET };
}
