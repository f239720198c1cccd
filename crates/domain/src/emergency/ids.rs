//! What names an emergency basis.

yishi_kernel::ids! {
    /// By which the least that makes safe leaves before the owners' result (紧急情形).
    BasisId in "emergency_basis",
}
