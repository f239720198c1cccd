//! Who keeps places.

yishi_kernel::rights! {
    /// Rights over places.
    RIGHTS over Place as "":
    /// Keep places and posters.
    KEEP "keep_places" { here by KEEPERS };
}
