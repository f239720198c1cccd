//! Identifiers of matters and receipts.

yishi_kernel::ids! {
    /// A matter (事项).
    MatterId in "matter",
    /// A receipt (回执): one person's claim to an answer.
    ReceiptId in "receipt",
}
