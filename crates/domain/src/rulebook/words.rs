//! The small words of the rulebook. No rules here.

yishi_kernel::words! {
    /// Where a confirmation stands (核实情况).
    ConfirmationStage as "confirmation-stage" {
        /// It stands (有效).
        Standing = "standing",
        /// It was taken back (已撤回).
        Withdrawn = "withdrawn",
    }
}
