//! What names a confirmation, and a change.

yishi_kernel::ids! {
    /// A street's confirmation of a statutory forum's numbers (核实).
    ConfirmationId in "forum",
    /// A change of a number of the rules (规则改动).
    ChangeId in "change",
}
