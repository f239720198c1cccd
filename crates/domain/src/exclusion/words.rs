//! The small words of exclusions: classes, stages, steps. No rules here.

yishi_kernel::words! {
    /// Why something is no measure of whoever handles it (剔除类别).
    ExclusionClass as "exclusion-class" {
        /// It was an emergency, and went to those who come at once (转紧急).
        Emergency = "emergency",
        /// A court, an arbitration or another way of the law decides it (法定渠道).
        LegalChannel = "legal_channel",
        /// It was dealt with before, and nothing is new (已办且无新情况).
        NothingNew = "nothing_new",
        /// Nobody here has the duty or the power (超出职责).
        BeyondDuties = "beyond_duties",
        /// What is asked for is against the law or public order (违法或违背公序良俗).
        Unlawful = "unlawful",
    }

    /// Where an exclusion stands (剔除环节).
    ExclusionStage as "exclusion-stage" {
        /// It was asked for, and the matter counts meanwhile (待裁定).
        Asked = "asked",
        /// The matter does not count (已剔除).
        Granted = "granted",
        /// The matter counts (不予剔除).
        Refused = "refused",
        /// Whoever raised it has it ruled once more, and it counts meanwhile (待再次裁定).
        Objected = "objected",
    }

    /// What comes next of an exclusion.
    ExclusionStep as "exclusion-step" {
        /// Rule on it.
        Rule = "rule",
        /// Rule on it once more.
        RuleAgain = "rule_again",
    }
}
