## Dangers: pages for everyone, reporting one, and the page of those who see to it.

danger-title = Dangers
danger-lead-in = What may hurt people, or has cut off water, power, gas or heat: whether anybody has seen it, and what protects.
danger-none = No danger is open now.
danger-on-board = Dangers that are open now: { $count }. Please keep away from them.
danger-on-board-see = See where they are, and what protects
danger-over = Lifted or cleared
danger-name = Danger at { $place } ({ $risk })
danger-at = { $year }-{ $month }-{ $day } { $time }
danger-since = Reported { $time }
danger-nobody = nobody has seen it yet
danger-left-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
} left
danger-left-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
} left
danger-left-days = { $count ->
    [one] 1 day
   *[other] { $count } days
} left
danger-over-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
} late
danger-over-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
} late
danger-over-days = { $count ->
    [one] 1 day
   *[other] { $count } days
} late
danger-alert = Danger: { $risk }
danger-keep-away = Keep away now, and warn those beside you.
danger-keep-calm = Do not repair it yourself. If you smell gas, go outside before you ring.
danger-ring = If it is urgent, ring first:
danger-ring-110 = police
danger-ring-119 = fire, people trapped, gas
danger-ring-120 = somebody is hurt
danger-unseen = { $time }, told: { $told }. Nobody has said yet that they have seen it.
danger-seen = { $time }: somebody has seen it and is at work. Told: { $told }.
danger-due = Protection by { $time } at the latest.
danger-behind-fence = Please go around; do not come near or move anything.
danger-not-confirmed = A second person has yet to look at it.
danger-safe = A second person has looked at it. It is looked at again until it is solved for good, next by { $by }.
danger-cleared = There is no danger · { $time }
danger-cleared-why = Two roles say so, because:
danger-cleared-else = If you think there is, report it again.
danger-lifted = Solved for good, the protection is gone · { $time }
danger-see = See what was done, step by step
danger-own-people = the staff of the { $community }
danger-chain = What was done, step by step
danger-place = Place
danger-tapped = Reported
danger-safe-by = To be protected by
danger-made-safe = Confirmed
danger-told = Told
danger-said = What was said
danger-matter = Which matter
danger-public = What the public page says
danger-report = Danger: { $risk }
danger-suggested = Is this dangerous?
danger-suggested-lead = What was written sounds like it: { $risk }. If so, tap the button; those on duty and the property company are told at once. Else leave it.
danger-ask = Is this dangerous?
danger-ask-lead = One tap, and those on duty and the property company are told at once, with a clock.
danger-now-unseen = Nobody has said that they have seen it.
danger-now-protect = Nothing protects yet.
danger-now-confirm = Protected; a second person has to look at it.
danger-now-safe = Under control, until it is solved for good.
danger-now-doubted = Somebody says there is no danger; a second role answers by { $by }. Until then it stands, and its clock runs.
danger-not-own = What you did is confirmed by somebody else.
danger-told-nobody = No property company or market is registered here; only those on duty were told. Tell others below.
danger-note = Note (optional)
danger-reason = Reason
danger-photos = Photo of the place (one at least)
danger-see-title = Seen
danger-see-lead = Whoever reported it then knows at once that somebody is at work.
danger-see-send = I have seen it and see to it
danger-protect-title = Protect
danger-step = What was done
danger-protect-send = Send the photo of the protection
danger-confirm-title = Confirm the protection
danger-confirm-lead = Look at it on the spot first: is it in place, does it keep people out?
danger-confirm-send = I was there; it protects
danger-look-title = Look at the protection again
danger-look-send = It still protects
danger-fail-title = The protection is gone or does not hold
danger-fail-hint = Say what you saw; everyone reads it. It has to be done anew, and the clock stays.
danger-doubt-title = There is no danger
danger-doubt-hint = The reason is public, and whoever reported it reads it. One person's word is not enough: another role, the secretary of { $party } or an officer of the { $street }, has to agree; until then the clock runs.
danger-clear-title = Agree: there is no danger
danger-clear-lead = You are the second role. With your word the danger is cleared; the reason is public.
danger-uphold-title = Do not agree: it is dangerous
danger-lift-title = Solved for good: take the protection away
danger-lift-lead = Only once the work that was ordered is accepted. Where none was ordered, after the answer, by a secretary of { $party } or an officer of the { $street } who had no hand in it.
danger-lift-note = How it was solved for good
danger-call-title = Tell another body
danger-call-whom = Which body
danger-erase-lead = Erases the photos of this danger, and who worked on it. What was done stays in the ledger.
danger-risk-life = people may be hurt
danger-risk-supply = water, power, gas or heat is cut off
danger-stage-reported = To be protected
danger-stage-protected = Protected, to be confirmed
danger-stage-safe = Under control
danger-stage-cleared = No danger
danger-stage-lifted = Lifted
danger-step-see = To be seen
danger-step-protect = To be protected
danger-step-confirm = To be confirmed
danger-step-press = Late below: press them
danger-step-look = To be looked at again
danger-step-agree = Is there a danger or not
protection-fence = fence
protection-warn = warning signs
protection-cut_off = power, gas or water cut off
protection-close = closed
protected-fence = Fenced off
protected-warn = Warning signs are up
protected-cut_off = Power, gas or water is cut off
protected-close = Closed
told-danger-reported = A danger was reported ({ $risk }); to be protected by { $due }
told-danger-reported-to = A danger was reported ({ $risk }); told: { $told }; to be protected by { $due }
told-danger-again = It was reported again ({ $risk }); to be protected by { $due }
told-danger-seen = { $name } have seen it
told-danger-up = Not seen to in time: taken to { $desk }; further up unless seen to by { $by }
told-danger-called = { $name } was told
told-danger-protected = { $name } protected: { $step }
told-danger-safe = Confirmed on the spot; looked at again by { $by }
told-danger-looked = { $name } looked again: it holds; next by { $by }
told-danger-failed = The protection is gone or does not hold; to be done anew, and the clock stays
told-danger-doubted = Somebody says there is no danger; a second role answers by { $by }
told-danger-upheld = A second role does not agree: it is dangerous
told-danger-cleared = A second role agrees: there is no danger
told-danger-lifted = Solved for good; the protection is gone
told-danger-not-awaited = { $why }; { $name } is told no more
refusal-danger-is-open = A danger of this matter is reported already, and is being seen to.
refusal-danger-no-photo = Attach a photo of the place: without one nobody can confirm it.
refusal-danger-second-person = What you did yourself is confirmed by somebody else, on the spot.
refusal-danger-second-role = One person cannot say that there is no danger: give the reason, then another role, the secretary of { $party } or an officer of the { $street }, has to agree. Until then it stands, and its clock runs.
refusal-danger-not-doubted = Nobody has given a reason why there is no danger.
refusal-danger-is-doubted = Somebody has said already that there is no danger; a second role has to answer.
refusal-danger-not-lasting = It is not solved for good, so the protection stays: the work that was ordered has to be accepted first; where none was ordered, a secretary of { $party } or an officer of the { $street } who had no hand in it takes it away after the answer.
refusal-danger-is-seen = Somebody has said already that they have seen it.
refusal-danger-need-not-go-up = It is not late, or nobody is on duty above.
told-danger-relocated = Place corrected: the danger is where its matter is now
