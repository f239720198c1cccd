//! What names a gathering.

yishi_kernel::ids! {
    /// A gathering (谈话会).
    GatheringId in "gathering",
}
