//! Who may do what to topics. What is done to the matters in one is a right over matters.

use super::words::TopicStage;

yishi_kernel::rights! {
    /// Rights over topics.
    RIGHTS over TopicStage as "topic-stage":
    /// Open one out of matters (列为议题).
    OPEN "open_topic" { here by STEERS };
    /// Open a topic's own page.
    READ "read_topic" { in any by STEERS };
    /// Gather further matters into it.
    GATHER "gather" { in [Open, Scheduled] by STEERS };
    /// Give it up with a reason (不再协商).
    DROP "drop_topic" { in [Open] by STEERS };
    /// Answer everyone in it at once (统一答复).
    ANSWER_ALL "answer_topic" { in [Open, Scheduled, Recommended, Decided] by STEERS };
    /// Conclude it (办结).
    CONCLUDE "conclude" { in [Decided] by STEERS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_topic" { in any by STEERS };
}
