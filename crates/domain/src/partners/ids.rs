//! What names a partner's token.

yishi_kernel::ids! {
    /// A program of a partner, with its token (合作方系统).
    PartnerId in "partner",
}
