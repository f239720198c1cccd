//! What names a clearing run, and what it takes in.

yishi_kernel::ids! {
    /// A clearing run (清账).
    RunId in "clearing",
    /// A thing as a clearing run took it in (清账项).
    ItemId in "clearing_item",
}
