## Pages of orders.

dispatch-title = Orders and whistles
dispatch-lead-in = What was sent to whom, who has reported in and who is late.
dispatch-none = No order was sent and no whistle blown yet.
dispatch-behind = { $count ->
    [one] 1 is late; it says who, and with what.
   *[other] { $count } are late; each says who, and with what.
}
dispatch-open = In hand
dispatch-ended = { $count ->
    [one] 1 that is at its end
   *[other] { $count } that are at their end
}
dispatch-number = { $kind } { $paper }
dispatch-meta = For { $name } · sent { $date } · done by { $by } · ledger entry { $number }
dispatch-money = { $yuan } yuan ({ $source })
dispatch-of-topic = { $paper }: { $title }
dispatch-of-meeting = { $paper }: { $title }
dispatch-task = What is to be done
dispatch-item = What kind of thing is it?
dispatch-acceptance = How to tell that it is done
dispatch-acceptance-hint = One sentence anyone can check, such as “all ten lamps light at night”.
dispatch-doer = Who does it
dispatch-finish-by = To be done by
dispatch-whistle = Kind of whistle
dispatch-cost = Money and its source
dispatch-source = Where it comes from
dispatch-called = Who was called, and who came
dispatch-lead = Leads
dispatch-helper = Helps
dispatch-arrived = Reported in { $time }
dispatch-expected = To report in by { $by }
dispatch-absent = Late: was to report in by { $by }, and has not come
dispatch-missed = Was to report in by { $by }, and never came
dispatch-not-asked = Need not report in
dispatch-chain = Step by step
dispatch-paper = { $kind } (print, download)
dispatch-public = See the public page
dispatch-note = Note (optional)
dispatch-reason = Reason
dispatch-decline = Do not whistle
dispatch-decline-hint = The reason is published. The { $community } looks for another way.
dispatch-follow-up = Note that it was followed up
dispatch-follow-up-hint = What did they say? Everyone will see it.
dispatch-done = Report it done
dispatch-done-note = What was done; compare it with “how to tell that it is done”
dispatch-done-send = Report it done, for the { $community } to accept
dispatch-accept = Accept
dispatch-accept-hint = Look at the place first. Everyone will see what you write.
dispatch-return = Not done well: send back
dispatch-resume = Resume
dispatch-dispute = Not ours
dispatch-dispute-hint = Say on what grounds. The { $street } rules, and after that it cannot be sent back.
dispatch-withdraw = Withdraw
dispatch-withdraw-hint = The reason is published.
dispatch-not-own = Reported done; somebody who did not work on it accepts it.
dispatch-sign = Sign for it
dispatch-report-in = Report in
dispatch-report-for = Who came
dispatch-report-note = How many came, what was found (optional)
dispatch-departments = Who should come along
dispatch-choose-lead = Who leads
dispatch-choose-lead-hint = It takes charge, and reports it done.
dispatch-arrive-by = Report in by (optional)
dispatch-arrive-by-hint = By the rules otherwise: emergencies 30 minutes, joint enforcement 1 day, hard problems 2 days.
dispatch-blow = Whistle
dispatch-rule = Rule
dispatch-rule-lead = Whoever you choose does it, and cannot send it back.
dispatch-rule-holder = Who does it from now on
dispatch-wrong-day = Give a date, such as 2026-05-20.
dispatch-wrong-minute = Give date and time, such as 2026-05-20 09:30, or nothing.
dispatch-wrong-whistle = Choose the kind of whistle.
dispatch-wrong-lead = Choose who leads.
dispatch-wrong-holder = Choose who does it.
dispatch-new = Send an order, a whistle or a letter
dispatch-new-lead = Who is to do something about this?
dispatch-new-work = Send a work order
dispatch-new-work-hint = To the property company, the market, or the { $community }’s own people. They sign, work and report it done; somebody who did not work on it accepts it.
dispatch-new-whistle = Ask for a whistle
dispatch-new-whistle-hint = Departments must come. The { $community } asks; the { $street } decides and whistles.
dispatch-new-letter = Write a letter
dispatch-new-letter-hint = To a body nobody here can summon, such as the bus company. The { $community } follows it up until there is an answer.
dispatch-new-in-hand = Sort it first: only what is in hand can be passed on.
dispatch-danger-task = { $danger }: come at once, fence, warn or cut off; it has to be safe by { $time }, so that nobody is hurt
dispatch-danger-acceptance = Nobody can walk into what is dangerous
dispatch-new-other = Another way
dispatch-letter-to = To whom
dispatch-ask-reason = Why the { $community } cannot do it, and what it tried
dispatch-ask-reason-hint = The { $street } and everyone else will see this.
dispatch-of-matter = Orders, whistles and letters
see-meeting = See meeting { $paper }
see-order = See { $name }
told-sent = Work sent to { $name }, to be done by { $by }
told-letter = Letter sent to { $name }, asking for it by { $by }
told-asked = The { $community } asked the { $street } to whistle ({ $whistle }) for { $names }, led by { $lead }
told-blown = The { $street } whistled ({ $whistle }) for { $names }, led by { $lead }: report in by { $arrive }, done by { $by }
told-declined = The { $street } did not whistle
told-reported = { $name } reported in
told-reported-late = { $name } came, later than { $by }
told-signed = { $name } signed for it
told-progressed = { $name } reported progress
told-reckoned = The working calendar was announced: it is due sooner, by { $by }
told-followed-up = Followed up; again by { $by } unless there is an answer
told-disputed = { $name } says it is not theirs; the { $street } rules by { $by }
told-passed-on = Passed on to { $name }: { $why }
told-not-awaited = { $name } is not awaited any more: { $why }
told-ruled = The { $street } ruled that { $name } does it, by { $by }
told-done = { $name } reported it done; the { $community } accepts by { $by }
told-accepted = Accepted
told-returned = Not accepted, sent back, to be done by { $by }
told-suspended = An objection was upheld: suspended
told-resumed = Resumed, to be done by { $by }
told-withdrawn = Withdrawn
told-topic-opened = Topic “{ $title }” opened with { $count ->
    [one] 1 matter
   *[other] { $count } matters
}
told-topic-gathered = { $count ->
    [one] 1 further matter
   *[other] { $count } further matters
} joined the topic
told-topic-returned = Back for deliberation, to be called again by { $by }
told-topic-concluded = Topic concluded: all that was decided is done, everyone has an answer
told-topic-dropped = Not to be deliberated any more
told-called = Meeting “{ $title }” called: { $time }, { $venue }
told-posted = Notice of the meeting posted: { $place }
told-replied = { $name } replied: { $coming }
told-opened = The meeting began
told-stated = Put forward: { $form }
told-stated-by = { $name } put forward: { $form }
told-put = Put to the vote
told-passed = Passed: { $present } present, { $yes } for, { $no } against, { $abstain } abstaining
told-failed = Not passed: { $present } present, { $yes } for, { $no } against, { $abstain } abstaining
told-recounted = Counted anew after a sign-in was struck: { $present } on the roll, { $yes } for, { $no } against, { $abstain } abstaining. { $passed }
told-recommended = Recommended: { $present } present, { $yes } for, { $no } against, { $abstain } abstaining
told-not-recommended = Not recommended: { $present } present, { $yes } for, { $no } against, { $abstain } abstaining
told-set-aside = The owners came to no decision; the recommendation rests
told-resolved = Resolved
told-action = { $task } — { $name }, by { $by }
told-standard = Standard from now on: { $text }
told-adjourned = Adjourned without a resolution
told-dissented = Somebody’s dissent was kept
told-confirmed = Minutes confirmed: { $seat }
told-published = Resolution published: { $place }; objections until { $by }
told-objected = An objection came in, to be ruled on by { $by }
told-meeting-concluded = The notice is over, all that was decided is on its way
told-moved = The meeting was moved: { $time }, { $venue }
told-cancelled = The meeting was called off
late-report = { $name } was to report in by { $by } and has not come
late-finish = { $name } was to be done by { $by } and is not
late-follow-up = The { $community } was to follow up by { $by } and has not
late-blow = The { $street } was to decide on the whistle by { $by } and has not
late-rule = The { $street } was to rule whose it is by { $by } and has not
late-accept = The { $community } was to accept the work by { $by } and has not
late-settle = The { $community } was to resume or withdraw it by { $by } and has not
story-title = The whole chain
story-lead = From raising to publishing, each step with its date and ledger number, for anyone to check.
story-meta = { $paper } · { $category } · { $place } · opened { $date } · ledger entry { $number }
story-road = Seven steps
story-here = It stands here
story-raise = Raise
story-sort = Sort
story-discuss = Talk
story-decide = Agree
story-do = Do
story-evaluate = Rate
story-publish = Post
story-of-matter = No. { $number }: { $what }
story-matters = What was raised
story-matters-count = { $count ->
    [one] 1 matter
   *[other] { $count } matters
}
story-meetings = Meetings
story-orders = Sent on
story-standard = Standard agreed
story-pictures = Before and after
story-before = Before
story-after = After
story-before-alt = Photo from before, matter { $number }
story-after-alt = Photo from after, order { $number }
story-evaluated = Receipts: { $receipts }. Solved, by what they say: { $solved }; not solved: { $unsolved }; this answer not evaluated yet: { $waiting }.
story-more = { $count ->
    [one] 1 further step
   *[other] { $count } further steps
}
story-group = For the chat group
story-group-text = Text for the residents’ group
story-group-hint = No names, no numbers; it can be passed on as it is.
story-pasted = [{ $place }] { $paper }: { $title } ({ $stage })
desk-meetings = Meetings and topics
board-standards = Standards agreed
desk-topic-new = Gather matters into a topic
desk-come = Report in
desk-came = Reported in, helping
desk-invited = Reply: do you come?
desk-topic = { $paper }: { $title }
desk-meeting = { $paper }: { $title }
desk-meeting-meta = { $time } · { $venue } · ledger entry { $number }
desk-topic-meta = { $count ->
    [one] 1 matter
   *[other] { $count } matters
} · opened { $date } · ledger entry { $number }
order-kind-work = Work order
order-kind-whistle = Whistle
order-kind-letter = Letter
whistle-hard = Hard problem
whistle-enforcement = Joint enforcement
whistle-emergency = Emergency
order-stage-asked = Asked of the { $street }
order-stage-sent = To be reported in
order-stage-in_work = In work
order-stage-disputed = “Not ours”, to be ruled on
order-stage-done = Done, to be accepted
order-stage-suspended = Suspended by an objection
order-stage-accepted = Accepted
order-stage-declined = The { $street } did not whistle
order-stage-withdrawn = Withdrawn
order-step-blow = Street: whistle or decline
order-step-report_in = Report in
order-step-finish = Finish
order-step-rule = Street: rule whose it is
order-step-accept = Accept the work
order-step-settle = Resume or withdraw
refusal-only-street = Only the { $street } whistles; the { $community } may ask for it.
refusal-only-lead = Only the lead reports it done.
refusal-not-a-letter = Only letters are followed up.
progress-note = What was done
dispatch-erase-lead = On the person's wish: photos of the work, and who did it, are erased for good. The task, its clock and what was done stay, and so does verification.
told-order-extended = Put off, to be done by { $by }. Why:
dispatch-extend = Put it off
refusal-letter-followed = A letter has no day to put off: note that it was followed up instead.
refusal-streets-day = The { $street } has set this day and alone puts it off.
