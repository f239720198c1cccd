## Somebody's own account.

account-title = My account
account-news = Since you last signed in, somebody else changed your account. Please look at the list below. If you do not know why, tell the { $street } office at once.
account-go-on = Seen, go on
account-roles = Roles held
account-changes = Changes of the account
account-changes-lead = Who changed your account, and when.
account-no-changes = No changes.
account-count = changes: { $count }
account-by = by { $name }
account-by-self = by the person
account-by-machine = on the server, by whoever runs it
account-change-opened = The account was opened
account-change-invited = A sign-in link was made
account-change-credential_set = A password was set by the link
account-change-granted = A role was given
account-change-revoked = A role ended
account-change-closed = The account was closed
account-change-asked = A change was asked for; another administrator must confirm it
account-change-declined = The change that was asked for was declined
asked-change-grant = Give a role
asked-change-invite = Make a sign-in link
account-change-second_step_set = The second step of signing in was set
account-change-second_step_ended = The second step of signing in was ended
account-change-spare_code_used = A spare code was used to sign in
