//! The small words of promises: stages and steps. No rules here.

yishi_kernel::words! {
    /// Where a promise stands (兑现情况).
    PromiseStage as "promise-stage" {
        /// Made, and not kept yet (待兑现).
        Open = "open",
        /// Whoever made it says that it is kept (已报兑现).
        Done = "done",
        /// Somebody else has seen that it is kept (已兑现).
        Kept = "kept",
        /// It was not kept, which stays on show (未兑现).
        Broken = "broken",
    }

    /// What comes next of a promise.
    PromiseStep as "promise-step" {
        /// Keep it.
        Keep = "keep",
        /// See whether it is kept.
        Settle = "settle",
    }
}
