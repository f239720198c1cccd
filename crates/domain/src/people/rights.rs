//! Who keeps people and organisations.

yishi_kernel::rights! {
    /// Rights over people and organisations.
    RIGHTS over Account as "":
    /// Keep organisations, accounts and roles.
    KEEP "keep_people" { here by KEEPERS };
    /// Make a one-time link with which somebody sets a password; the program itself for whoever
    /// runs it on the machine.
    INVITE "invite" { here by KEEPERS } { here by SYSTEM };
    /// Set the own password, by such a link.
    ENTER "enter" { here by anyone };
    /// See what happened to accounts.
    SEE "see_accounts" { here by KEEPERS, CHIEFS };
}
