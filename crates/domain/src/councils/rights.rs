//! Who keeps the roll of a council. Everyone reads how many members it has; names are only for
//! whoever keeps it and for whoever keeps the register of a meeting.

use super::words::CouncilStage;

yishi_kernel::rights! {
    /// Rights over councils.
    RIGHTS over CouncilStage as "council-stage":
    /// Begin the roll of a community or compound (建立名册).
    FOUND "found_council" { here by CHIEFS };
    /// Keep it: who is a member, from when and until when (管理名册).
    KEEP "keep_council" { in any by CHIEFS };
    /// Erase who somebody on it was, on their wish (删除权).
    ERASE "erase_member" { in any by CHIEFS };
}
