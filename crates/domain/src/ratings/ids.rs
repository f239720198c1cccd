//! What names a double assessment.

yishi_kernel::ids! {
    /// A double assessment (双考核).
    AssessmentId in "assessment",
}
