## Pages of promises.

promises-title = Promises made at meetings
promises-lead = What bodies said at meetings that they will do, and by when. Past its day and not kept it is red; a later day needs a reason, and the old one stays on show.
promises-behind = { $count ->
    [one] 1 is past its
   *[other] { $count } are past their
} day and not kept.
promises-open = To be kept
promises-none = No promise is to be kept just now.
promises-more = Due later
promises-ended = Kept or broken
promise-meta = { $body } · promise { $number } · made { $date }
promise-late = Past its day, not kept
promise-by = by { $day }
promise-renewed = moved to a later day ({ $count }×), first { $day }
promise-passed = This body takes part no more; the desk goes on with it
promise-number = Number
promise-body = Who promised
promise-day = By when
promise-at = At which meeting
promise-wrong-day = Give a date, such as 2026-05-20.
minutes-promise = { $body } promised: { $what } (by { $day })
told-promise-made = { $body } promised at a meeting, to be kept by { $day }
told-promise-renewed = Given a later day, { $day }. The reason:
told-promise-done = Said to be kept; somebody else looks by { $day }
told-promise-kept = Seen to be kept
told-promise-broken = Not kept. The reason:
told-promise-passed = { $why }; the desk goes on with it
promise-renew-title = A later day
promise-renew-lead = The old day and the reason stay public.
promise-renew-reason = Why a later day
promise-renew-due = By when now
promise-renew-send = Give it the later day
promise-done-title = It is kept
promise-done-lead = Say how. Somebody else of the community looks then.
promise-done-note = How it was done
promise-done-send = Say that it is kept
promise-kept-title = See that it is kept
promise-kept-lead = Go and look first. Whoever said so cannot confirm it. If it is not done, give it a later day or say that it was not kept.
promise-kept-send = Seen: it is kept
promise-broken-title = It was not kept
promise-broken-lead = This stays public and cannot be changed back.
promise-broken-reason = Why it was not kept
promise-broken-send = Say that it was not kept
promise-stage-open = To be kept
promise-stage-done = Said to be kept, to be seen
promise-stage-kept = Kept
promise-stage-broken = Not kept
promise-step-keep = A promise to keep
promise-step-settle = See whether a promise is kept
refusal-promise-meeting = Promises are entered during a meeting, or before its minutes are confirmed.
refusal-promise-minutes = Somebody has confirmed the minutes; no promise can be entered any more.
refusal-promise-not-own = You can promise for your own body only; those of others are entered by whoever chairs or records.
refusal-promise-not-later = A later day than { $due } is needed.
refusal-promise-same-person = Whoever said that it is kept cannot confirm it; ask a colleague to look.
