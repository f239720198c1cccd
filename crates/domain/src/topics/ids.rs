//! What names a topic.

yishi_kernel::ids! {
    /// A topic (议题).
    TopicId in "topic",
}
