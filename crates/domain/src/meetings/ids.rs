//! What names meetings, sign-ins, ballots and agreed actions.

yishi_kernel::ids! {
    /// A meeting (会议).
    MeetingId in "meeting",
    /// Somebody's presence at a meeting (签到).
    SeatId in "seat",
    /// A ballot (选票).
    BallotId in "ballot",
    /// One thing that a resolution says shall be done (决议事项).
    ActionId,
}
