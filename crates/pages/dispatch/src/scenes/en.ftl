scenes-title = At the scene
scene-number = Record of the scene { $paper }
scene-of-order = Whistle
scene-new = Write down what was agreed at the scene
scene-new-lead = On the spot: who came, what was found, who does what and by when. Then the bodies that came sign it.
scene-new-send = Write it down and ask all to sign
scene-new-after = Findings and tasks are public; names of persons stand on the internal copy alone. Once all have signed, each task stands on the desk of whoever took it on.
scene-met = When they met
scene-met-hint = After the whistle, and before now.
scene-came = Bodies that came
scene-came-hint = Those that the whistle called stand first; tick those that came uncalled, too.
scene-findings = What was found
scene-findings-hint = What was seen there, and why it is so. Everyone reads this: no names, door numbers or telephones.
scene-people = Who came in person
scene-people-hint = One person a line, by name; may be left empty. For the internal copy alone, never public.
scene-people-inside = Only those who take part and the desk see this; the posted copy masks it.
scene-lines = Who does what
scene-lines-hint = A task a line: who, what, and by which day. Leave lines you do not need empty.
scene-line = Task { $number }
scene-line-body = Who
scene-line-what = What
scene-line-due = By which day
scene-more-lines = More tasks (up to 6)
scene-by = by { $day }
scene-late = Overdue
scene-wrong-day = Please say which day, for example 2026-12-20.
scene-wrong-date = Please say on which day they met, for example 2026-12-08.
scene-wrong-time = Please say at what time, for example 9:30.
scene-date = Day they met
scene-time = Time
scene-keeper = Kept by
scene-signatures = Signatures
scene-signed-account = Signed by its own account
scene-signed-paper = Signed on paper, as whoever keeps the record entered
scene-unsigned = Not signed
scene-refused = Does not sign
scene-gone = Took part no more before it signed
scene-signing = { $came ->
    [one] { $unsigned ->
        [0] One body came.
       *[other] One body came and has not signed; the tasks count once it has.
    }
   *[other] { $unsigned ->
        [one] { $came } bodies came, one of which has not signed; the tasks count once all have.
       *[other] { $came } bodies came, { $unsigned } of which have not signed; the tasks count once all have.
    }
}
scene-not-owed = That body did not sign: this task does not count.
scene-left = That body takes part no more: the { $community } goes on with it.
scene-done-at = Said to be done on { $day }:
scene-stage-signing = To be signed
scene-stage-agreed = Being carried out
scene-stage-closed = Over
scene-step-sign = Sign the record of the scene
scene-step-collect = See that all who came sign
scene-step-act = Carry out what was agreed at the scene
scene-sign = Sign
scene-sign-lead = Signing means: the findings are right, and the tasks will be done.
scene-sign-body = Which body
scene-sign-paper = Whoever keeps the record enters here what other bodies signed on paper.
scene-sign-send = Sign
scene-refuse = Do not sign, and say why
scene-refuse-body = Which body
scene-refuse-reason = Why it does not sign
scene-done = Say that it is done
scene-done-title = Which task is done
scene-done-line = Which task
scene-done-note = What was done
scene-paper = Print the record
scene-paper-names = Print the internal copy (with names)
scene-paper-posted = Print the posted copy
scene-public = What everyone sees
scene-sheet = Print the sign-in sheet
scene-erase-lead = On their wish, erases the names of those who came, and the accounts of whoever wrote it down and signed; findings, tasks and bodies stay.
refusal-scene-order = This order is at the stage “{ $stage }”. A record of the scene is written after the whistle and before the work is reported done.
refusal-scene-not-lead = The body that leads, the { $community } or the { $street } writes the record. Tell them, or sign the one they wrote.
refusal-scene-nobody = No body is ticked. Tick at least one; where nobody came, urge the order.
refusal-scene-met = They met after the whistle and before now. Please correct the time.
refusal-scene-no-lines = No task was written down. Write at least one: who, what, and by which day.
refusal-scene-too-many-lines = One record takes { $most } tasks at most; write another one for the rest.
refusal-scene-not-there = The body of this task is not ticked as having come. Tick it, or choose one that came.
refusal-scene-not-own = You sign and report for your own body alone. For others, whoever keeps the record or the desk enters it.
refusal-scene-not-owed = This task is done already, or its body did not sign and it does not count.
