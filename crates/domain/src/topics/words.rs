//! The small words of topics. No rules here.

yishi_kernel::words! {
    /// Where a topic stands (议题阶段).
    TopicStage as "topic-stage" {
        /// Gathered, waiting for a meeting (待议).
        Open = "open",
        /// On the agenda of a meeting (已列议程).
        Scheduled = "scheduled",
        /// Recommended to the owners, who have not decided (建议，待业主共同决定).
        Recommended = "recommended",
        /// Decided, being carried out (已决在办).
        Decided = "decided",
        /// Carried out, and everyone answered (已办结).
        Concluded = "concluded",
        /// Given up with a reason; its matters go on by themselves (不再协商).
        Dropped = "dropped",
    }

    /// What comes next for a topic (议题下一步).
    TopicStep as "topic-step" {
        /// Call a meeting.
        Call = "call",
        /// Hold the meeting.
        Meet = "meet",
        /// Wait for the owners' decision.
        Owners = "owners",
        /// See its actions through and answer everyone.
        Conclude = "conclude",
    }

    /// For what a topic came back from a meeting (退回缘由).
    ReturnedFor as "returned-for" {
        /// The meeting was called off (会议取消).
        Cancelled = "cancelled",
        /// The meeting ended without a decision (休会).
        Adjourned = "adjourned",
        /// The meeting decided on other topics, and not on this one (未形成决定).
        Undecided = "undecided",
        /// An objection was upheld (异议成立).
        Objection = "objection",
        /// Its motion did not pass when it was counted anew (重新计票未通过).
        Recounted = "recounted",
        /// The owners did not agree (业主未同意).
        Owners = "owners",
    }
}
