## Pages for administrators.

admin-title = Places and people
place-inside = Places inside
place-empty = None yet.
place-open = Add a place
place-kind = Kind
place-name = Name
place-slug = Word in links
place-slug-hint = For communities, villages and streets: small letters, digits or hyphens; it never changes.
place-change = Rename, code, close
place-rename = Rename
place-short = Short name (for numbers)
place-short-hint = Such as 杏林: meetings are numbered 杏林会〔2026〕4号. A change holds for numbers from now on; those given stay.
place-short-send = Save the short name
place-code = Official code
place-code-hint = Holds from today; older codes are kept.
place-code-send = Save the code
place-close = Close
place-close-lead = Nothing can be raised here afterwards; the history stays. Places in it, its posters, roles and venues end with it; what is under way goes on.
place-erase-lead = On the person's wish: the name of this door and its posters are erased for good; what hangs there opens no more, so make a new one where it is needed. Verification stays valid.
place-closed = Closed
place-id = Id (for imports)
place-record = Ledger name, key and id
ledger-origin = Ledger's name
ledger-key = Verifier key
grid-title = The grid's buildings
grid-buildings = Buildings
grid-send = Save the grid
desks-title = Desks where nobody works
desks-lead = Nobody works at these desks yet. Where there is somebody at the desk above, that one sees to what waits, until somebody is given a role here.
desks-none = There is somebody at every desk.
desks-above = { $by } sees to it for now
desks-nobody = Nobody is there
desks-waiting = Things that wait: { $count }.
desks-do = Open an account here or above and give it a role.
people-title = People and organisations
people-of = People and organisations of { $name }
people-list = Accounts
people-open = Add an account
people-name = Name
people-employer = Employer (for recusal)
people-no-organisation = None
people-grant = Give a role
people-whom = To whom
people-role = Role
people-at = Where
people-for = For which organisation
people-for-hint = Only for department officers and property staff.
people-revoke = End
people-organisations = Organisations
people-change = Change roles, send a link, close
people-invite = Make a sign-in link
invite-made = One-time link for { $name }:
invite-once = Hand it over in person or safely; it works once, within 7 days.
people-organisation = Add an organisation
refusal-short-name = A short name is of letters only: leave out digits, brackets and spaces.
refusal-place-kind = This kind of place cannot lie here.
refusal-scope = This role must be bound to a fitting kind of place; roles of organisations also need the organisation.
refusal-no-grant = The person does not hold this role.
people-holds = { $count ->
    [one] 1 thing is
   *[other] { $count } things are
} still in their hands.
people-heir = Who takes over
people-heir-desk = The desk that each thing belongs to
people-close = Close the account
people-erase-lead = On the wish of somebody who left: the name, where they worked, and the account's id are erased for good. What they did stays, without them. Close the account first of whoever still works here.
people-close-organisation = Close the organisation
refusal-last-at-desk = { $things ->
    [one] 1 thing waits
   *[other] { $things } things wait
} at this desk, and nobody else is there: appoint somebody first, then take the role back.
refusal-last-keeper = Nobody else keeps this place: appoint another administrator first, then take the role back.
refusal-reserved-name = This name would be taken for the program or its administrator; choose another one: the person’s own.
refusal-own-account = You cannot close your own account: ask another administrator.
refusal-still-used = { $places ->
    [0] { $things ->
        [one] 1 open thing is left here: finish it first.
       *[other] { $things } open things are left here: finish them first.
    }
   *[other] { $things ->
        [0] { $places ->
            [one] 1 place is left here: close it first.
           *[other] { $places } places are left here: close them first.
        }
       *[other] Places left here: { $places }; open things: { $things }. Close those places and finish those things first.
    }
}
records-title = Records and backups
records-stale = No backup was made within { $days } days. If the machine breaks, what was recorded since is lost.
records-last = Last backup
records-none = No backup was made yet.
records-at = When
records-size = Size
records-megabytes = { $count } MB
records-file = File
records-expires = To be destroyed by
records-sealed = Sealing
records-sealed-all = Every entry is under a signature.
records-sealed-lag = { $count ->
    [one] 1 entry is
   *[other] { $count } entries are
} under no signature yet, the first for { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}. After a minute, look at the program's log and the folder of keys.
records-how = How to make a backup
records-how-lead = Whoever runs the server does it on the command line, while the program runs.
records-step-passphrase = Write a passphrase of at least twelve characters into a file that only you may read. The signing keys are sealed with it before they go into the backup.
records-step-backup = Make a backup every day, under a new name. It holds names and phone numbers: guard it as you guard the original.
records-step-away = Take it to another machine, and destroy it by its day.
records-step-try = Try it every quarter: put it back into a new folder and verify that.
records-erased = What was erased after a backup does not come back with it: erased.jsonl in the folder of keys says what that is. Keep a copy of it apart from the backups.
accounts-title = Changes of accounts
accounts-lead = Who did what to which account in the last { $days } days.
people-asked = Waits for a second administrator:
people-asked-own = You asked for this yourself: another administrator confirms it. What nobody confirms within seven days lapses.
people-confirm = Confirm
people-decline = Decline
refusal-oneself = Nobody gives a role to oneself; ask another administrator.
refusal-waits = A change of this account waits for a second administrator already; confirm or decline that first.
refusal-nothing-waits = Nothing waits to be confirmed any more: it was done, declined or has lapsed.
refusal-same-person = Another administrator than the one who asked confirms it.
refusal-link-over = This link does not work any more; ask an administrator for a new one.
refusal-namesake = Somebody here has this name, or one that looks like it. Add what tells them apart, such as “Zhang Wei (building 3)”.
place-second-step = Second step of signing in (accounts kept here and below)
place-sign-in-send = Save how people sign in
second-step-wished = Whoever wants to
second-step-required = Everyone
refusal-second-step = The { $street } asks everyone for a second step of signing in: it cannot be ended.
place-plate = Plate
place-plate-hint = As it stands on the wall or the stall. Leave it empty where there is none.
place-plate-send = Save plate
place-reach = Telephone and office hours
place-reach-lead = People see these on posters, receipts, the board, help and error pages. Where left empty, those of the place above are used.
place-reach-above = Now that of the place above is shown:
place-phone = Telephone
place-phone-hint = A landline or a service number such as 0951-8123456 or 12345, nobody’s own mobile.
place-hours = Office hours
place-hours-hint = For example “Mon to Fri 8:30–17:30”.
place-reach-send = Save telephone and hours
place-wrong-phone = Give a landline or a service number such as 0951-8123456. A mobile number of a person cannot be published.
place-party = Party body
place-party-send = Save Party body
party-unsaid = Party organisation (not said)
party-committee = Party committee
party-general_branch = General Party branch
party-branch = Party branch
place-plan-title = Add many at once
place-plan-lead = Write the largest first, with × or * between the levels. Compounds that are alike stand before a colon with commas between them; others begin a new line. You see the number first, then add them.
place-plan-example = For example
place-plan = Which places
place-plan-hint = Say what is numbered: 号楼, 栋, 座, 单元. “101-1004” is floors 1 to 10 with rooms 01 to 04 each; to count on from 101 write “101-140连号”.
place-plan-look = See how many
plan-title = { $name }: adding many places
plan-count = { $count ->
    [one] 1 place
   *[other] { $count } places
} to add; nothing is added yet:
plan-nothing = All of these are there already: nothing to add.
plan-floors = “{ $words }”: floors { $low } to { $high }, rooms { $from } to { $to } on each: { $count ->
    [one] 1 household
   *[other] { $count } households
}. To count on one by one, write 连号 after it.
plan-there = { $count ->
    [one] 1 is there already and stays as it is
   *[other] { $count } are there already and stay as they are
}
plan-add = { $count ->
    [one] Add this one
   *[other] Add these { $count }
}
plan-change = Not right: change it
plan-added = { $count ->
    [one] The place that was written is there now.
   *[other] All { $count } places that were written are there now.
}
refusal-same-place = “{ $name }” is there already: give another name, or use the one that is there.
refusal-plan-empty = Nothing is written: for example 1-10号楼 × 1-4单元 × 101-1004.
refusal-plan-blank = Line { $line }, “{ $words }”: something is missing beside a sign. Write it, or take the sign away.
refusal-plan-unit = Line { $line }, “{ $words }” does not say what it is: write it after the number, such as 1-10号楼, 1-4单元, 101-1004室.
refusal-plan-range = Line { $line }, “{ $words }” cannot be counted from one end to the other: write a number or letter at both, such as 1-10号楼, A-D座. Single names have commas between them.
refusal-plan-backwards = Line { $line }, “{ $words }” runs backwards: write the smaller one first, such as 1-10号楼.
refusal-plan-rooms = Line { $line }, “{ $words }”: the last two digits are the room, and the second is smaller than the first. Write 101-1004, or 101-140连号 to count on.
refusal-plan-twice = Line { $line }, “{ $words }” is written twice: take one away.
refusal-plan-mixed = Line { $line }, “{ $words }” is another kind of place than what stands beside it: write it in a line of its own.
refusal-plan-parent = Line { $line }, “{ $words }” cannot lie in what stands before it. The largest comes first: compound × building × stairwell × household; leave out the place you are at.
refusal-plan-many = Line { $line }, “{ $words }”: that makes { $count } places; { $most } at once are the most. Look whether a digit is too much, or add them in parts.
place-more = Those after
place-find = Find a place
place-find-hint = Such as 南苑3号楼 or 2单元 301.
place-find-send = Find
place-found = “{ $words }” is in the name of { $count }.
place-found-more = { $count ->
    [one] 1 more is not listed: write it more exactly.
   *[other] { $count } more are not listed: write it more exactly.
}
place-all = Show all
people-which-stairwell = A steward has one stairwell: choose which one below.
setup-title = To begin with: set this up
setup-of = { $name }: set this up first
setup-more = { $count ->
    [one] 1 more is not set up; it is shown when those above are done.
   *[other] { $count } more are not set up; they are shown when those above are done.
}
setup-done-of = Steps done: { $done } of { $all }.
setup-done = Done
setup-community = Add a { $community }
setup-buildings = Add compounds, buildings and stairwells
setup-bodies = Add organisations
setup-people = Add people and give them roles
setup-phone = Give the telephone
setup-poster = Make the first poster
invite-all = Links for those who were never signed in
invite-all-lead = { $count ->
    [one] 1 person was
   *[other] { $count } people were
} never signed in. Each gets a strip to print and cut off; links they were given before end with that.
invite-all-send = Make and print the links
invite-all-qr = One-time link for signing in
invite-all-until = Works once, until { $time }.
invite-all-waits = The link of { $name } waits for another administrator to confirm.
setup-rosters = Many places, organisations or people come quicker from a sheet:
rosters-title = Rosters
rosters-of = Rosters of { $name }
rosters-lead = Fill a roster in on a sheet and import it at once. First look at how it is read; nothing is written before you say so, and then all of it or none. The same sheet again adds nothing.
rosters-roster = Which roster
rosters-how = How to fill a sheet in
rosters-people = People
rosters-people-hint = One person a row; who has several roles has a row for each, with name and organisation written alike. Who has no account gets one, who has one gets the role. Write a place as 南苑3号楼2单元, or in columns for compound, building and stairwell; a role in the whole { $community } needs none. The organisation is whose matters they keep away from; those of departments, property companies and markets must name it. Leave telephones and user names out: accounts hold no telephone, and everyone chooses a user name by the sign-in link.
rosters-people-example = Example: 周桂兰 | Stairwell steward | 南苑3号楼2单元 | (the organisation may be left empty)
rosters-people-done = { $count ->
    [0] There was nothing to write.
    [one] 1 person was written.
   *[other] { $count } people were written.
}
rosters-people-next = Make one-time sign-in links for those who are new, to print and cut up.
roster-people-name = Name
roster-people-role = Role
roster-people-place = Place (several may be)
roster-people-body = Organisation
roster-people-leave-out = Not imported
roster-people-counts = New accounts: { $new }. One more role: { $added }. There already: { $known }.
roster-people-do = { $count ->
    [one] Write 1 person
   *[other] Write { $count } people
}
roster-people-above = { $line } has the same name with another organisation, or other words behind the name. If it is the same person, write them alike; if they are two people, add what tells them apart to both, as 张伟（3号楼）.
roster-people-stands = This person has an account with another employer than the sheet says. Check it; if it is somebody else, add what tells them apart.
rosters-places = Places
rosters-places-hint = One place a row; a row may name a household alone, and the compound, building and stairwell around it are added where they are not there. In one column write it with slashes, 南苑/3号楼/2单元/502, or use columns for compound, building, stairwell and household, where numbers are enough. What is there is not added again: 3栋, 三号楼 and 3号楼 are one building.
rosters-places-example = Example: 南苑, 3号楼, 2单元 and 502 in their columns, or 南苑/3号楼/2单元/502 as the whole place
rosters-places-done = { $count ->
    [one] 1 place was added.
   *[other] { $count } places were added.
}
rosters-bodies = Organisations
rosters-bodies-hint = One organisation a row, with name and kind. What is there is not added again. Leave contacts and telephones out.
rosters-bodies-example = Example: 安和物业服务公司 | Property company
rosters-bodies-done = { $count ->
    [one] 1 organisation was added.
   *[other] { $count } organisations were added.
}
roster-places-way = Whole place
roster-places-compound = Compound
roster-places-phase = Phase
roster-places-market = Market
roster-places-village = Natural village
roster-places-building = Building
roster-places-stairwell = Stairwell
roster-places-stall = Stall
roster-places-household = Household
roster-places-leave-out = Not imported
roster-places-counts = To be added: { $new }; nothing is added yet. There already: { $known }.
roster-places-do = { $count ->
    [one] Add 1 place
   *[other] Add { $count } places
}
roster-places-above = { $line } is the same place. Take one of the rows out.
roster-bodies-name = Name
roster-bodies-kind = Kind
roster-bodies-leave-out = Not imported
roster-bodies-counts = To be added: { $new }; nothing is added yet. There already: { $known }.
roster-bodies-do = { $count ->
    [one] Add 1 organisation
   *[other] Add { $count } organisations
}
roster-bodies-above = { $line } has the same name and another kind. Check it, and take one of the rows out.
roster-bodies-stands = An organisation of this name and another kind is here already. Check it; if it is another one, write its full name.
rosters-council = The roll of a council is filled by its secretary, on the page of the roll.
rosters-bodies-kinds = Kinds: { $names }.
rosters-people-roles = Roles: { $names }.
rosters-go = Go to { $name }
