gatherings-title = Gatherings
gatherings-lead = People sit down and talk, and each thing said is a line: a matter with a number and a receipt, thanks for everyone to read, one more voice for what is known, or private talk, which is not kept.
gatherings-public-lead = On benches, in a yard, in the hall: when and where people sat together, and where the things they said stand now.
gatherings-none = None was written down yet.
gatherings-not-yours = Stewards, building heads, grid heads and whoever is on duty write gatherings down here; those that were are on the public board.
gatherings-of = Gatherings at { $place }
gatherings-all = See all of them
gatherings-here = Others held here
gathering-name = { $form } · { $place }
gathering-spot-at = { $place } ({ $spot })
gathering-comma = { ", " }
gathering-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
gathering-count-matters = { $count ->
    [one] { $count } matter
   *[other] { $count } matters
}
gathering-count-known = { $count } known already
gathering-count-thanks = { $count } of thanks
gathering-count-private = { $count } private, not kept
gathering-new = Write down a gathering
gathering-lead = Three fields: what and where, who came, when. If it is over, go on with the lines below; if it is still to come, enter it now and write its lines afterwards.
gathering-shape = What it is
gathering-form-bench = Bench gathering
gathering-form-yard = Yard gathering
gathering-form-hall = In the hall
gathering-place = Where
gathering-spot = Where exactly (optional)
gathering-spot-hint = Such as: the pavilion, the east gate. Everyone reads it: no doors, no names.
gathering-date = Day
gathering-time = Time
gathering-choose-date = Say which day, such as 2026-05-20.
gathering-choose-time = Say what time, such as 19:00.
gathering-people = About how many people
gathering-mostly = Who for the most part
gathering-mostly-none = Not said
gathering-mostly-old = mostly old people
gathering-mostly-parents = mostly parents with children
gathering-mostly-working = mostly people who go to work
gathering-mostly-merchants = mostly merchants
gathering-mostly-mixed = people of all kinds
gathering-open = Enter it now, write its lines later
gathering-open-hint = There is a sheet to print then; its lines are written within three days after it.
gathering-lines = What was said
gathering-lines-hint = One thing a line; empty lines do not count. For “A matter already” the line is its number, such as #612. For “Private” nothing need be written, and nothing is kept.
gathering-line = Line { $number }
gathering-line-becomes = Line { $number } becomes
gathering-line-matter = Matter
gathering-line-thanks = Thanks
gathering-line-known = A matter already
gathering-line-private = Private, only counted
gathering-more-lines = More lines (up to 20)
gathering-numbers = Matters in hand, with their numbers
gathering-wrong-number = No matter has this number. Give the number, such as #612, or choose “Matter” if you are not sure.
gathering-record = Write it all down
gathering-record-hint = Matters get a number and a receipt at once, and their time runs from now; their words are not public until a summary is confirmed. Thanks are public at once.
gathering-consent = Said by themselves at the gathering
gathering-recorded = It is all written down.
gathering-recorded-next = { $count ->
    [0] There is no receipt to hand out.
    [one] There is { $count } receipt, for whoever wants it: its number and eight digits show how it goes.
   *[other] There are { $count } receipts, for whoever wants one: number and eight digits show how it goes.
}
gathering-not-yet = It begins on { $time }; after that its lines are written here.
gathering-when = When
gathering-where = Where
gathering-who = Who came
gathering-who-ahead = Who is to come
gathering-ahead = Still to come
gathering-came-to = What was written down
gathering-due = To be written down
gathering-public = What everyone sees
gathering-matters = Became matters
gathering-matters-lead = Open one to see how far it is.
gathering-known = Matters already, said again
gathering-thanks = Thanks
gathering-called-off = It is not held.
gathering-off = It is not held
gathering-off-reason = Why not
gathering-stage-open = To be written down
gathering-stage-recorded = Written down
gathering-stage-called_off = Not held
gathering-step-record = Write down the gathering
gathering-paper = The record
gathering-slips = Print the receipts
gathering-slips-lead = One a slip, cut and handed to whoever said it, if they want it. One that was issued anew is not here.
gathering-slips-none = There is no receipt to print.
gathering-slip-raised = Said at a gathering
gathering-slip-joined = Said again at a gathering
gathering-slip-where = Said at
gathering-sheet = Print the blank sheet
gathering-sheet-lead = Take it along and write by hand; the code at its top opens the page for typing it in.
gathering-sheet-title = Record of a gathering
gathering-sheet-code = For typing it in
gathering-sheet-private = Private talk is ticked, not written. No photos of people, no signing in. Thanks become public: no names.
gathering-sheet-raise = Whoever would rather not say it here raises it with this code, with a receipt as well.
refusal-gathering-no-lines = No line was written. Write at least one; if nothing was said, say that it was not held, and why.
refusal-gathering-too-many-lines = At most { $most } lines at once; write down the others as another gathering.
refusal-gathering-empty-line = It is chosen what this line becomes, and nothing is written. Write it, or choose “Matter” again and leave it empty.
refusal-gathering-not-yet = It begins at { $starts }, which is still to come. Clear the lines and only enter it; write them afterwards.
refusal-gathering-far-away = The day is too far away: one that was held within a month, or is to be within two.
refusal-gathering-people = About how many people came? Give a number.
