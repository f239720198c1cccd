//! The small words of evaluation. No rules here.

yishi_kernel::words! {
    /// Was it solved? (是否解决)
    Solved as "solved" {
        /// Yes.
        Yes = "yes",
        /// No: it is taken up again.
        No = "no",
    }

    /// Were they contacted while it was worked on? (办理中是否联系过)
    Contacted as "contacted" {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// 记不清: counted with neither.
        CannotSay = "cannot_say",
    }

    /// Whether a call back reached anybody (是否找到人).
    Reached as "reached" {
        /// Yes, and they answered what they were asked (有效回访).
        Yes = "yes",
        /// Yes, but they would rather say nothing: nobody asks them again about that answer.
        Declined = "declined",
        /// No: to be tried again.
        No = "no",
    }

    /// By what way somebody was called back (回访方式).
    CallWay as "call-way" {
        /// By telephone.
        Telephone = "telephone",
        /// At the door.
        Door = "door",
        /// Otherwise: by a steward, at the desk, on the way.
        Other = "other",
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
