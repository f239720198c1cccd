//! Who may do what to promises. A body reaches those it made, also where the meeting was about
//! it: then it keeps them and answers for them, and has no say in whether they are kept.

use super::words::PromiseStage;

yishi_kernel::rights! {
    /// Rights over promises.
    RIGHTS over PromiseStage as "promise-stage":
    /// Enter one at a meeting: for any body by whoever steers, for its own by a body at the table.
    MAKE "make_promise" { here by STEERS, PARTIES } also by the called;
    /// Open a promise's own page.
    READ "read_promise" { in any by STEERS, PARTIES } also by the called;
    /// Give it a later day, with a reason (延期).
    RENEW "renew_promise" { in [Open, Done] by STEERS, PARTIES } also by the called;
    /// Say that it is kept (报兑现).
    DONE "promise_done" { in [Open] by STEERS, PARTIES } also by the called;
    /// Urge whoever its next step waits for (催办、督办).
    URGE "urge_promise" { in [Open, Done] by STEERS };
    /// See that it is kept (核实兑现).
    KEEP "keep_promise" { in [Done] by STEERS };
    /// Say that it was not kept (未兑现).
    BREAK "break_promise" { in [Open, Done] by STEERS, PARTIES } also by the called;
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_promise" { in any by STEERS };
}
