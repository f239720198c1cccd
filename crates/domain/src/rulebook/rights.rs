//! Who confirms the numbers of statutory forums: the street, and nobody below it. Who changes a
//! number of the rules: whoever answers for the place, and the street over it.

use super::words::{Changing, ConfirmationStage};

yishi_kernel::rights! {
    /// Rights over confirmations.
    RIGHTS over ConfirmationStage as "confirmation-stage":
    /// Confirm the numbers of a statutory forum (核实).
    CONFIRM "confirm_forum" { here by STREET };
    /// Open a confirmation's own page.
    READ "read_confirmation" { in any by STREET };
    /// Take it back (撤回核实).
    WITHDRAW "withdraw_confirmation" { in [Standing] by STREET };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_confirmation" { in any by STREET };
}

yishi_kernel::rights! {
    /// Rights over changes of the rules.
    CHANGE_RIGHTS over Changing as "changing":
    /// Change a number of the rules within what they leave open, or take that back (改规则数字).
    CHANGE "change_rules" { here by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT_CHANGE "correct_change" { in any by CHIEFS };
}
