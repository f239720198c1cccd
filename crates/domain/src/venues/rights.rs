//! Who may do what to venues. Whoever comes reads what is public and needs no right.

use super::words::VenueStage;

yishi_kernel::rights! {
    /// Rights over venues.
    RIGHTS over VenueStage as "venue-stage":
    /// Put one into the directory, and see those that are kept (列入).
    OPEN "open_venue" { here by HOSTS };
    /// Open a venue's own page.
    READ "read_venue" { in any by HOSTS };
    /// Put right what is said of it (更正).
    CORRECT "correct_venue" { in [Open, Paused] by HOSTS };
    /// Say that what is said of it is still true (核对无误).
    CONFIRM "confirm_venue" { in [Open, Paused] by HOSTS };
    /// Close it for a while or for good (暂停、停用).
    CLOSE "close_venue" { in [Open, Paused] by HOSTS };
    /// Open it again (恢复开放).
    REOPEN "reopen_venue" { in [Paused, Closed] by HOSTS };
    /// Correct a text that everyone reads, or take it back, whatever became of it (更正、撤回).
    AMEND "amend_venue" { in any by HOSTS };
}
