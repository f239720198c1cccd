//! Who keeps people and organisations.

yishi_kernel::rights! {
    /// Rights over people and organisations.
    RIGHTS over Account as "":
    /// Keep organisations, accounts and roles.
    KEEP "keep_people" { here by KEEPERS };
}
