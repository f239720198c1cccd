//! The small words of joint working. No rules here.

yishi_kernel::words! {
    /// Where what was adopted stands (是否生效).
    JointStage as "joint-stage" {
        /// Adopted; in force until a later one is (已通过).
        Adopted = "adopted",
    }

    /// The list within this program by which everyone sees whether a practice is kept (佐证). Each word
    /// is the last part of that list's address.
    Evidence as "evidence" {
        /// Orders and whistles (派单与吹哨).
        Orders = "orders",
        /// What was reported above (逐级督办).
        Ladder = "ladder",
        /// How both sides of whistles rate each other (互评).
        Ratings = "ratings",
        /// Meetings and their results (会议).
        Meetings = "meetings",
        /// Promises (表态).
        Promises = "promises",
        /// Dangers (隐患).
        Dangers = "dangers",
        /// Clearing runs (清账).
        Clearing = "clearing",
        /// Figures (统计).
        Figures = "figures",
    }
}
