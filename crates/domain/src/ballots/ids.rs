//! What names the owners' results and the grounds for making something safe at once.

yishi_kernel::ids! {
    /// What owners decided together (业主共同决定结果).
    OwnersResultId in "owners_result",
}
