//! Who may do what to gatherings: whoever looks after neighbours, and whoever steers their place.
//! What everyone reads of one needs no right.

use super::words::GatheringStage;

yishi_kernel::rights! {
    /// Rights over gatherings.
    RIGHTS over GatheringStage as "gathering-stage":
    /// Enter one (登记谈话会).
    OPEN "open_gathering" { here by STEERS, NEIGHBOURS };
    /// Write its record (记录).
    RECORD "record_gathering" { in [Open] by STEERS, NEIGHBOURS };
    /// Say that it is not held (不开了).
    CALL_OFF "call_off_gathering" { in [Open] by STEERS, NEIGHBOURS };
    /// Open the page of one, and the paper for taking it down.
    READ "read_gathering" { in any by STEERS, NEIGHBOURS };
    /// Correct a text of it that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_gathering" { in any by STEERS };
}
