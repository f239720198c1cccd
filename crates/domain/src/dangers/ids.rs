//! The identifiers of dangers.

yishi_kernel::ids! {
    /// A danger (隐患).
    DangerId in "danger",
}
