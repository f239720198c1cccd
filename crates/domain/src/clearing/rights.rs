//! Who may do what to a clearing run and its items. Its sheet is everyone's to read. Whom a thing is
//! about says nothing of it here.

use super::words::{ItemStage, RunStage};

yishi_kernel::rights! {
    /// Rights over clearing runs.
    RUN_RIGHTS over RunStage as "clearing-stage":
    /// Begin one (开始清账).
    OPEN "open_clearing" { here by CHIEFS };
    /// Open a run's own page.
    READ "read_clearing" { in any by OFFICE };
    /// Sign it: its sheet is published (签字公开).
    FINISH "finish_clearing" { in [Open] by CHIEFS };
}

yishi_kernel::rights! {
    /// Rights over what a run took in.
    ITEM_RIGHTS over ItemStage as "clearing-item-stage":
    /// Open an item's own page.
    READ_ITEM "read_clearing_item" { in any by OFFICE };
    /// Mark it by what happened to the thing (销账).
    SETTLE "settle_clearing_item" { in [Unmarked, Marked, Lifted] by SYSTEM };
    /// Say what is done next of what is not due yet (按期在办).
    ON_TRACK "clearing_on_track" { in [Unmarked, Marked] by OFFICE };
    /// Take it to the desk above (上交).
    LIFT "clearing_lift" { in [Unmarked, Marked] by OFFICE };
    /// Say at the desk above what is done (上级答复).
    TAKE_UP "clearing_take_up" { in [Lifted] by STREET };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_clearing_item" { in any by OFFICE };
}
