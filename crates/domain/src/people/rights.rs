//! Who keeps people and organisations.

yishi_kernel::rights! {
    /// Rights over people and organisations.
    RIGHTS over Account as "":
    /// Keep organisations, accounts and roles.
    KEEP "keep_people" { here by KEEPERS };
    /// Erase who somebody is who worked here, on their wish (删除权).
    ERASE "erase_person" { here by KEEPERS };
}
