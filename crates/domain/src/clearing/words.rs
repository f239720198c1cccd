//! The small words of clearing: stages, steps, what becomes of an item. No rules here.

yishi_kernel::words! {
    /// Where a clearing run stands (清账状态).
    RunStage as "clearing-stage" {
        /// Begun, and not every item is marked (正在清账).
        Open = "open",
        /// Signed and published: its sheet is as it is (已清账).
        Finished = "finished",
    }

    /// What comes next of a clearing run.
    RunStep as "clearing-step" {
        /// Mark what is left, and sign.
        Finish = "finish",
    }

    /// Where an item stands (清账项状态).
    ItemStage as "clearing-item-stage" {
        /// Nothing is said of it yet (未销).
        Unmarked = "unmarked",
        /// It is marked (已销).
        Marked = "marked",
        /// It went up, and the desk above has not said what it does (已上交，待街道答复).
        Lifted = "lifted",
    }

    /// What comes next of an item that went up.
    ItemStep as "clearing-item-step" {
        /// The desk above says what it does.
        TakeUp = "take_up",
    }

    /// What became of an item (清账结果), the most final first.
    Outcome as "clearing-outcome" {
        /// Closed, accepted, kept (办结).
        Closed = "closed",
        /// Taken back, dropped, broken off, or carried by another one (撤回、终止、并入).
        Withdrawn = "withdrawn",
        /// It went to the desk above (上交).
        Lifted = "lifted",
        /// Departments were whistled in (吹哨).
        Whistled = "whistled",
        /// It got a later day, for a reason (延期).
        Extended = "extended",
        /// Its step was taken, and the next one has a day (已推进).
        Advanced = "advanced",
        /// It is not due yet, and somebody says what is done next (按期在办).
        OnTrack = "on_track",
    }

    /// What came of what was said of an item at the run before (兑现情况).
    Verdict as "clearing-verdict" {
        /// It is at its end.
        Ended = "ended",
        /// It is open, and the day that was given has not come.
        Running = "running",
        /// It is open, and the day that was given has passed.
        Missed = "missed",
    }
}
