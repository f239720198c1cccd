//! The small words of evaluation. No rules here.

yishi_kernel::words! {
    /// Was it solved? (是否解决)
    Solved as "solved" {
        /// Yes.
        Yes = "yes",
        /// No: it is taken up again.
        No = "no",
    }

    /// Whether a call back reached anybody (是否接通).
    Reached as "reached" {
        /// Yes.
        Yes = "yes",
        /// No: to be tried again.
        No = "no",
    }

    /// How content (满意度).
    Satisfaction as "satisfaction" {
        /// 满意
        Satisfied = "satisfied",
        /// 基本满意
        Mostly = "mostly",
        /// 不满意
        Not = "not",
        /// 说不清、未体验: counted with neither.
        CannotSay = "cannot_say",
    }
}
