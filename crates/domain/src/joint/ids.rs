//! What names what a street adopted.

yishi_kernel::ids! {
    /// What a street adopted for joint working (六方联动、六个实行).
    JointId in "joint_work",
}
