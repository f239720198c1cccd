reached-yes = Reached
reached-declined = Reached, would rather say nothing
reached-no = Not reached
refusal-in-topic = A topic has taken this matter up; it goes on with the topic.
refusal-sent-up = The same came again after it was solved, so it went to the desk above, which sorts it. You can still note progress.
refusal-told-to-several = { $receipts } receipts will show this, and it holds a { $what }: { $words }. Leave it out, or tell that person by phone.
refusal-not-yours = You can add only to what you raised yourself and what goes on by itself. Raise another matter instead.
board-unconfirmed = { $category } (shown once personal data is taken out)
board-new = New (shown once personal data is taken out)
board-meta-floor = No. { $number } · Raised at a meeting · { $place } · { $date } · { $count ->
    [one] 1 report
   *[other] { $count } reports
}
board-meta = No. { $number } · { $place } · { $date } · { $count ->
    [one] 1 report
   *[other] { $count } reports
}
fact-stage = State
fact-category = Category
fact-holder = Handled by
fact-support = Reports
support-apart = { $households ->
    [one] 1 confirmed household
   *[other] { $households } confirmed households
}, { $others ->
    [one] 1 other
   *[other] { $others } others
}
triage-category-choose = Please choose
desk-photo-only = (photo only)
work-title = Matter { $number }
fact-exact = Place
contact-view = Show contact (recorded)
answer-text = Public answer
photos-proof = Photos as proof (published only by a separate act)
progress-title = Note progress
progress-send = Note it
photos-title = Publish photos
photos-lead = See first that no face, number plate or door number is in it.
photos-publish = Publish this photo
stage-raised = Received, to be assigned
stage-in_hand = In hand
stage-answered = Answered, to be evaluated
stage-closed = Closed
stage-merged = Merged
state-open = Not answered yet
state-answered = Answered
state-closed = Closed
step-triage = To be assigned
step-answer = To be answered
step-contact-first = First: contact whoever raised it
step-close = To be followed up and closed
step-overdue = Overdue, please remind
step-overdue-below = Overdue, please see to it that it is done
step-soon = Due soon, may be reminded
step-soon-below = Due soon, may be urged
outcome-government = for a government department
outcome-public = to be settled by residents in consultation
outcome-private = best settled among yourselves or by people’s mediation
outcome-owners = for the owners to decide together
outcome-not_accepted = not accepted
solved-yes = Solved
solved-no = Not solved
satisfaction-satisfied = Satisfied
satisfaction-mostly = Mostly satisfied
satisfaction-not = Not satisfied
satisfaction-cannot_say = Cannot say yet
how-raised = Raised it
how-joined = Joined
proof-device = Device, counted once
proof-household = Confirmed household
proof-neighbour = Through a steward
proof-staff = Through a worker
proof-import = From a file
proof-partner = Handed in by a partner
category-none = Not sorted yet
refusal-nothing-said = Write a sentence or attach a photo; one of them is enough.
refusal-floor-closed = Matters are raised from the floor while the meeting is held. It has not begun, or is over; you can raise it as usual.
refusal-floor-elsewhere = This place lies outside of what the meeting is about. Choose one within it, or raise it as usual.
refusal-no-consent = To speak for a neighbour, the neighbour must agree; tick the box.
refusal-merge-self = A matter cannot be merged into itself.
refusal-merged-into = This matter was merged; go to the one that carries it.
refusal-not-merged = No matter with this number; please check.
refusal-waiting = { $waiting ->
    [one] 1 has
   *[other] { $waiting } have
} not evaluated yet and may until { $until }; close it then.
road-label = Progress
road-raise = Raised
road-triage = Assigned
road-do = Handled
road-evaluate = Rated
road-close = Closed
chain-title = The whole chain, step by step
chain-raiser = Whoever raised it
entry-raised = Somebody raised this
entry-raised-earlier = Somebody raised this on { $date }; it was entered now
channel-poster = By QR code
channel-web = On the website
channel-neighbour = Said for a neighbour
channel-import = From a file
channel-floor = Raised at a meeting
channel-gathering = Said at a gathering
channel-partner = A partner's program
entry-from-floor = Raised from the floor of a meeting; handled apart from its agenda
entry-met = Neighbours of the stairwell met about it: { $came }
came-to-agreed = agreed
came-to-not_agreed = not agreed
came-to-sent_up = not theirs to settle, sent up
entry-added = Whoever raised it said more
entry-after = Goes on from the answer to No. { $number }.
entry-sent-up = The same was solved here { $solved ->
    [one] once
   *[other] { $solved } times
} and came again: by the rules it goes to { $desk }
repeats-times = Same spot, same kind: report no. { $times } (levels: { $count }, { $levels }); times solved before: { $solved }
repeats-since = { $category } · in the last { $days ->
    [one] 1 day
   *[other] { $days } days
}, { $voices ->
    [one] 1 receipt
   *[other] { $voices } receipts
}. { $source }
repeats-history = What was done here before
repeats-who = Done by { $who }.
repeats-held = It held for { $days ->
    [one] 1 day
   *[other] { $days } days
}.
repeats-nth = raised { $times } times here
repeats-often = raised more than { $times } times here
repeats-latest = Only the latest { $count } are listed and counted.
level-stairwell = stairwell
level-community = community
level-street = street
entry-triaged = Sorted as “{ $outcome }”, about { $category }; handled by { $holder }, to be answered by { $due }
entry-summarised = The public summary was confirmed
entry-photo = A photo was published
entry-resorted = Sorting corrected: “{ $outcome }”, about { $category }
entry-resorted-category = Category corrected: { $category }
entry-noted = Internal note
entry-relocated = Place corrected
entry-handed-over = Handed over to { $holder }
entry-passed-on = Passed on to { $holder }: { $why }
entry-progressed = Progress
entry-contacted = Whoever raised it was contacted ({ $way })
entry-answered = Answer
entry-reopened = Not solved, say those who asked: in hand again, to be answered by { $due }
entry-closed = Closed
entry-merged = Merged into matter { $number }, to be dealt with together
entry-absorbed = Matter { $number } was merged into this one
entry-unmerged = Goes on by itself again
entry-released = Matter { $number } goes on by itself again
see-matter = See matter { $number }
matter-number = No. { $number }
answer-title = The answer
answer-word-shown = For you only:
entry-taken-up = Taken up by a topic, to be deliberated with others like it; to be answered by { $due }
entry-reckoned = The working calendar was announced: it is due sooner, by { $due }
entry-let-go = The topic was given up; it goes on by itself, to be answered by { $due }
refusal-in-danger = A danger is still open: lift its protection, or have two roles say that there is none; close it then.
entry-withdrawn = Taken back by whoever raised it, before work began
known-by-device = the device it was opened from
known-by-code = number and code
known-by-link = its link
known-by-in_person = Met them, and compared the name or number they left
known-by-by_phone = Rang the number they left
known-by-opener = I opened it for this neighbour
entry-extended = Put off, to be answered by { $due }. Why:
refusal-extend-not-later = A later day than { $due } is needed.
refusal-extend-unprotected = A danger of it is not protected yet: protect first, then put it off.
