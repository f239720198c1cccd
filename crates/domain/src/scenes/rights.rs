//! Who may do what to records of scenes. A body reaches those of scenes to which it came, and signs
//! for itself alone; what is found there is everyone's to read.

use super::words::SceneStage;

yishi_kernel::rights! {
    /// Rights over records of scenes.
    RIGHTS over SceneStage as "scene-stage":
    /// Write one down, and print the sheet for it (登记现场会商记录).
    OPEN "open_scene" { here by STEERS, PARTIES } also by the called;
    /// Open its own page, and the copy with names.
    READ "read_scene" { in any by STEERS, PARTIES } also by the called;
    /// Sign it, or say why not (签字).
    SIGN "sign_scene" { in [Signing] by STEERS, PARTIES } also by the called;
    /// Say that what was agreed is done (报办完).
    DONE "scene_done" { in [Agreed] by STEERS, PARTIES } also by the called;
    /// End it with its order (随单办结).
    END "end_scene" { in [Signing, Agreed] by SYSTEM };
    /// Erase who was there and who wrote it, on their wish (删除权).
    ERASE "erase_scene" { in any by CHIEFS };
    /// Correct a text that everyone reads, or take it back (更正、撤回).
    CORRECT "correct_scene" { in any by STEERS };
}
