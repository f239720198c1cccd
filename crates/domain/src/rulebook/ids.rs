//! What names a confirmation.

yishi_kernel::ids! {
    /// A street's confirmation of a statutory forum's numbers (核实).
    ConfirmationId in "forum",
}
