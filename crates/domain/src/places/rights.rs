//! Who keeps places.

yishi_kernel::rights! {
    /// Rights over places.
    RIGHTS over Place as "":
    /// Keep places and posters.
    KEEP "keep_places" { here by KEEPERS };
    /// Erase what a household's door or a poster says of who lives there, on their wish (删除权).
    ERASE "erase_door" { here by KEEPERS };
    /// Correct the name of a place, or take it back (更正、撤回).
    CORRECT "correct_place" { here by KEEPERS };
}
