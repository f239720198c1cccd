//! The small words of double assessments: stages, steps, questions, answers. No rules here.

yishi_kernel::words! {
    /// Where a double assessment stands (双考核环节).
    AssessmentStage as "assessment-stage" {
        /// Both sides may say what they think (互评中).
        Open = "open",
        /// All have, or the time is over (已结束).
        Closed = "closed",
    }

    /// What comes next of a double assessment.
    AssessmentStep as "assessment-step" {
        /// Rate the other side.
        Rate = "rate",
    }

    /// What is asked about the other side (评价项目).
    Question as "assessment-question" {
        /// How soon it answered (响应).
        Response = "response",
        /// Whether it came, with those who can decide (到场).
        Presence = "presence",
        /// What came of it (结果).
        Result = "result",
    }

    /// What is answered to each (评价).
    Grade as "assessment-grade" {
        /// Good (好).
        Good = "good",
        /// Fair (一般).
        Fair = "fair",
        /// Poor (差).
        Poor = "poor",
    }
}
