//! What names a council.

yishi_kernel::ids! {
    /// A standing council (议事会名册).
    CouncilId in "council",
}
