//! What names a record of a scene.

yishi_kernel::ids! {
    /// The record of a meeting at the scene (现场会商记录).
    SceneId in "scene",
}
