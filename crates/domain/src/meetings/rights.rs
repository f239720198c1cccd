//! Who may do what to meetings. Presence and ballots are judged over their meeting. A body that a
//! meeting is about and that was invited is heard there: it says whether it comes, signs in and
//! speaks. It decides nothing.

use super::words::MeetingStage;

yishi_kernel::rights! {
    /// Rights over meetings.
    RIGHTS over MeetingStage as "meeting-stage":
    /// Call one (召集).
    CALL "call" { here by STEERS };
    /// Post, publish and end one, or call it off.
    CONVENE "convene" { in [Called, Confirmed, Published] by STEERS };
    /// Hold one: open it, put motions, have them counted, resolve (主持). Opening is holding it
    /// for the first time.
    HOLD "hold" { in [Called, Open] by STEERS };
    /// Keep the register, and enter shows of hands and ballots of people without a phone (登记).
    REGISTER "register" { in [Called, Open, Held] by STEERS };
    /// Sign in by phone (签到).
    SIGN_IN "sign_in" { in [Open] by anyone } also by the called;
    /// Vote by phone (表决).
    VOTE "vote" { in [Open] by seat };
    /// Put a statement, proposal or plan forward (发言).
    SPEAK "speak" { in [Called, Open] by STEERS, PARTIES } also by the called;
    /// Say whether an invited body comes (回执).
    REPLY "reply_invitation" { in [Called] by STEERS, PARTIES } also by the called;
    /// Confirm minutes as chair or recorder, or stand in for one of them (确认纪要).
    CONFIRM "confirm_minutes" { in [Held, Published, Concluded] by holder STEERS }
        { in [Held, Published, Concluded] by CHIEFS };
    /// Stand in for a chair or recorder who lets the time pass.
    STAND_IN "stand_in" { in [Held, Published, Concluded] by CHIEFS };
    /// Object to what was published (提出异议).
    OBJECT "object" { in [Published] by anyone };
    /// Rule on an objection (处理异议).
    RULE "rule_objection" { in [Published] by CHIEFS };
    /// Send what was agreed on its way (派单).
    DISPATCH "dispatch" { in [Published] by STEERS };
    /// Enter what the owners decided on what it recommended to them (登记业主共同决定结果).
    OWNERS "enter_owners_result" { in [Published] by STEERS };
    /// Open a meeting's own page: those who steer its place, and the invited bodies.
    READ "read_meeting" { in any by STEERS, PARTIES } also by the called;
    /// Erase who somebody present was, on their wish (删除权).
    ERASE "erase_seat" { in any by CHIEFS };
    /// Call the meeting of a stairwell's households (开楼门会).
    CALL_STAIRWELL "call_stairwell" { here by STEERS, NEIGHBOURS };
    /// Hold one: tick who came, write its minutes, send up what it cannot settle, or call it off.
    HOLD_STAIRWELL "hold_stairwell" { in [Called, Open] by STEERS, NEIGHBOURS };
    /// Open the page of one.
    READ_STAIRWELL "read_stairwell" { in any by STEERS, NEIGHBOURS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_meeting" { in any by STEERS };
}
