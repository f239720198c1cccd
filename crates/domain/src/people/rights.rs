//! Who keeps people and organisations.

yishi_kernel::rights! {
    /// Rights over people and organisations.
    RIGHTS over Account as "":
    /// Keep organisations, accounts and roles.
    KEEP "keep_people" { here by KEEPERS };
    /// Erase who somebody is who worked here, on their wish (删除权).
    ERASE "erase_person" { here by KEEPERS };
    /// Make a one-time link with which somebody sets a password; the program itself for whoever
    /// runs it on the machine.
    INVITE "invite" { here by KEEPERS } { here by SYSTEM };
    /// Set how one signs in oneself: the password by such a link, a second step.
    ENTER "enter" { here by anyone };
    /// See what happened to accounts.
    SEE "see_accounts" { here by KEEPERS, CHIEFS };
    /// Correct the name of an organisation, or take it back (更正、撤回).
    CORRECT "correct_organisation" { here by KEEPERS };
}
