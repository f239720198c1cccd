//! What names a promise.

yishi_kernel::ids! {
    /// A promise (表态).
    PromiseId in "promise",
}
