//! The identifiers of posters. Those of places everybody needs: they stand in the kernel.

yishi_kernel::ids! {
    /// A poster (楼道码).
    PosterId in "poster",
}
