//! The small words of dangers: what is at risk, what protects, stages, steps. No rules here.

yishi_kernel::words! {
    /// What is at risk (危险类型). The first is the graver one.
    Risk as "danger-risk" {
        /// People may be hurt (可能伤人).
        Life = "life",
        /// Water, power, gas or heat is cut off (断水、断电、断气或断暖).
        Supply = "supply",
    }

    /// What protects people until the lasting work is done (防护措施).
    Protection as "protection" {
        /// Fenced off (围挡).
        Fence = "fence",
        /// Warned of by tape and signs (警示).
        Warn = "warn",
        /// Power, gas or water cut off (断电、断气或停水).
        CutOff = "cut_off",
        /// Way or room closed (封闭).
        Close = "close",
    }

    /// Where a danger stands (隐患状态).
    DangerStage as "danger-stage" {
        /// Reported; nothing protects yet (待防护).
        Reported = "reported",
        /// Protected, as one person says (已防护，待核实).
        Protected = "protected",
        /// Protected, as a second person has seen (已控制).
        Safe = "safe",
        /// No danger, as two roles say (已排除).
        Cleared = "cleared",
        /// The lasting work is done, and the protection is gone (已解除).
        Lifted = "lifted",
    }

    /// What comes next for a danger (下一步).
    DangerStep as "danger-step" {
        /// Somebody says that they have seen it.
        See = "see",
        /// Somebody protects.
        Protect = "protect",
        /// A second person sees whether it is safe.
        Confirm = "confirm",
        /// The desk above presses.
        Press = "press",
        /// The protection is looked at again.
        Look = "look",
        /// A second role says whether there is no danger.
        Agree = "agree",
    }
}
