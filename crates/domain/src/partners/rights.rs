//! Who keeps partners' tokens.

yishi_kernel::rights! {
    /// Rights over partners.
    RIGHTS over Partner as "":
    /// Open a partner's token for a place, see those that are there, and revoke them.
    KEEP "keep_partners" { here by KEEPERS };
}
