## Councils: their public numbers, and the roll for whoever keeps it.

councils-title = Council members
councils-lead = A council has standing members: they vote at its meetings, and everybody else may come and speak. Only numbers are shown here, no names.
councils-none = No council's roll was begun yet.
councils-keep = Rolls of councils
councils-keep-lead = The community has one roll, and each compound may have its own. Whoever leaves stays on record, with the reason.
council-of = Council of { $place }
council-members = Members now: { $count }
council-before = Former members: { $count }
council-public = See the public page
council-gone = Former members
council-from = from { $date }
council-until = until { $date }
council-left = left on { $date }: { $why }
council-found = Begin a roll
council-place = Of which place
council-found-send = Begin the roll
council-erase-lead = On their own wish, erases a name on the roll for good. Whom they spoke for and when stays, and the ledger still verifies.
roll-nowhere = The topic does not lie in one { $kind }, so no council has a roll for it.
roll-nowhere-community = The topic does not lie in one { $community }, so no council has a roll for it.
roll-unfounded = { $place } has no roll of its council yet.
roll-nobody = Nobody on the roll of the council of { $place } is in term now.
roll-then = Called like this, residents and stall holders vote who come and are confirmed at the door, and the notice says so. If the council is to vote, see to its roll first and call then.
roll-keep = To the roll
roll-ask = The secretary keeps the roll; please ask there first.
enrol-title = Add a member
enrol-name = Name
enrol-name-hint = Seen only by whoever keeps this roll and the register of a meeting.
enrol-group = Speaks for
enrol-part = Of which part
enrol-whole = The whole community or compound
enrol-from = From
enrol-until = Until (optional)
enrol-send = Put on the roll
enrol-wrong-day = Please give a day, such as 2026-05-20.
leave-title = A member leaves
leave-member = Who
leave-why = Why
leave-send = Note it
member-kind-party_delegate = Party delegates
member-kind-delegate = Residents' delegates
member-kind-building_head = Building heads
member-kind-owners = Owners' committee
member-kind-property = Property company
member-kind-grid_head = Grid heads
member-kind-grid_worker = Grid workers
member-kind-stall_holder = Stall holders
left-for-resigned = resigned
left-for-moved = moved away
left-for-replaced = replaced in a new term
left-for-unable = can no longer serve
left-for-mistake = entered by mistake
refusal-no-council-there = Only a community, a village or a compound has a council.
refusal-term = A term has to end after it begins.
refusal-no-member = Nobody on the roll has this number now.
council-roster = Import a roster
council-roster-lead = Fill the members in on a sheet and put them on the roll at once. First look at how it is read; nothing is written before you say so, and then all of it or none. The same sheet again adds nothing.
council-roster-hint = One member a row. What they speak for may be left empty, or is a building at the finest, as 南苑3号楼; left empty, they begin today; the end of the term may be left empty. Names are seen only by whoever keeps the roll or the register of a meeting.
council-roster-done = { $count ->
    [one] 1 member was put on the roll.
   *[other] { $count } members were put on the roll.
}
roster-council-name = Name
roster-council-group = Kind
roster-council-part = Part (several may be)
roster-council-from = From
roster-council-until = Until
roster-council-leave-out = Not imported
roster-council-example = Example: 周桂兰 | Residents' delegates | 南苑3号楼 | 2026-01-01 | 2028-12-31
roster-council-counts = To be put on the roll: { $new }; nobody is yet. There already: { $known }.
roster-council-do = { $count ->
    [one] Put 1 member on the roll
   *[other] Put { $count } members on the roll
}
roster-council-above = { $line } has the same name with something else beside it. On a council everyone has one seat and one vote: if it is the same person, keep one row; if they are two people, add what tells them apart, as 张伟（3号楼）.
roster-council-stands = A member of this name is on the roll with another kind, part or term. Check it; if it is somebody else, add what tells them apart.
