## Statutory meetings: whose rule a number is, and what the street confirmed.

law-residents_committees = Organic Law of the Urban Residents' Committees
law-villagers_committees = Organic Law of the Villagers' Committees
confirmation-stage-standing = Stands
confirmation-stage-withdrawn = Taken back
number-notice = { $days ->
    [one] 1 day's
   *[other] { $days } days'
} notice
number-notice-none = May be called at any time, without notice
number-deciding = Passes with { $share } in favour (of { $base })
number-deciding-quorum = { $quorum } of those entitled must be present; passes with { $share } in favour (of { $base })
number-publication-none = The result is told at the meeting, with no days for objections
number-publication = The result is published for { $days ->
    [one] 1 day
   *[other] { $days } days
}
deciding-present = those present who have a vote
deciding-voting = those who vote
deciding-entitled = those entitled
share-more-than-half = more than half
share-more-than = more than { $share }
share-at-least = at least { $share }
whose-local = Local rule: { $source }
whose-statute = By law: { $law } (text of { $version }) { $articles }: { $source }
whose-statute-checking = By law (being checked): { $law } (text of { $version }) { $articles }: { $source }
whose-checking = Being checked: { $source }
statute-checking = Being checked
statute-confirmed = Confirmed
standing-said = { $mark }: { $sentence }
ruled = { $number }. { $whose }
checking = { $why } It can be called as a statutory meeting once the { $street } has confirmed the numbers against the law in force.
checking-superseded = The { $version } text of the { $law } is in force from { $since }; these numbers come from an earlier text and have not been compared with it.
checking-unconfirmed = These numbers have not been confirmed.
checking-changed = The numbers or the text of the law in force changed since they were confirmed.
checking-withdrawn = The confirmation was taken back on { $date } ({ $reason }).
confirmed-by = Confirmed by { $street } on { $date } against: { $source } (read on { $day }).
forums-title = Statutory meetings
forums-lead = How many must come to a statutory meeting and how many decide is a matter of law. Compare the numbers with the law in force; until they are confirmed it cannot be called as a statutory meeting.
forums-confirm = Confirm these numbers
forums-confirm-lead = Read the law in force first and compare each number above. Where one differs, do not confirm: have the rules corrected.
forums-read = What was read
forums-read-hint = Name the law, the year of its text and where it was found. Everyone will read this.
forums-on = Read on
forums-send = Confirm: as the law in force says
forums-wrong-day = Give a date, as 2026-05-20.
forums-open = See the confirmation
forums-before = Confirmed before
forums-withdrawn = taken back on { $date }
confirmation-title = { $forum }: numbers confirmed
confirmation-read = What was read
confirmation-on = Read on
confirmation-figures = Digest of the numbers
told-forum-confirmed = Confirmed the numbers; read on { $day }:
told-forum-withdrawn = Took the confirmation back. Reason:
withdraw-forum-title = Take the confirmation back
withdraw-forum-lead = Then no such meeting can be called as a statutory one until the numbers are confirmed anew. The pages of those that were called say so.
withdraw-forum-reason = Why
withdraw-forum-send = Take it back
refusal-no-statute = The rules know no such statutory meeting.
refusal-not-street = The numbers of statutory meetings are confirmed by the { $street }.
refusal-confirmed-already = These numbers are confirmed already.
refusal-read-ahead = The day of reading cannot lie ahead.
numbers-title = Rules of { $name }: deadlines and numbers
numbers-way = Deadlines and numbers
numbers-lead = How long each step may take, and by which rule. What says 本地规则 is laid down by the street or community itself.
numbers-since = In force since { $date }
numbers-digest = Digest of the rules' text: { $digest }
numbers-differ = { $count ->
    [one] { $count } number is otherwise than in the usual rules:
   *[other] { $count } numbers are otherwise than in the usual rules:
}
numbers-below = Rules in force below this { $street }
numbers-own = { $count ->
    [0] Nothing changed here
    [one] { $count } number changed here
   *[other] { $count } numbers changed here
}
setting-usual = Usual rules
setting-between = It may be changed, from { $least } to { $most }. A change holds for what begins from then on; what was promised is not put off.
setting-fixed = This number cannot be changed here.
setting-left-out = What was changed here is beyond what the rules now allow, and holds no more: change it anew, or take it back.
setting-change = Change this number
setting-past = Changes
setting-past-none = Never changed here.
setting-set = { $date }: from { $was } to { $now }.
setting-dropped = { $date }: it had been { $was }; the change was taken back, and the rules above hold again.
setting-source-said = Source: { $source }
setting-reason-said = Why: { $reason }
setting-number-said = Entry { $number } of the ledger
setting-correct = Correct the words
setting-correct-title = Entry { $number }: a change of the rules
setting-change-title = Change: { $name }
setting-change-lead = It holds in { $name } from now on, stands in the ledger, and everyone can read it.
setting-count = How many
setting-counted = Counted in
setting-source = Source
setting-source-hint = Name the document, or the meeting that decided it. Everyone can read this.
setting-reason = Why it is changed
setting-reason-hint = Everyone can read this.
setting-send = Change it
setting-drop-title = Take the change back
setting-drop-lead = Then the rules above hold again.
setting-drop-reason = Why it is taken back
setting-drop-send = Take it back
counted-minutes = minutes
counted-days = days
counted-months = months
counted-working_days = working days
counted-working_minutes = minutes of office hours
counted-plain = so many
refusal-no-number = The rules in force have no such number.
refusal-number-fixed = This number cannot be changed here.
refusal-number-out-of-bounds = It must be from { $least } to { $most }.
refusal-number-same = It is so already: nothing is changed.
refusal-number-not-otherwise = This number was not changed here: there is nothing to take back.
numbers-otherwise = the usual rule is { $usual }
numbers-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
numbers-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
numbers-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
numbers-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
numbers-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
numbers-working-minutes = { $count ->
    [one] { $count } minute of office hours
   *[other] { $count } minutes of office hours
}
numbers-of-limits = Filling in
numbers-of-matters = Matters
numbers-of-evaluation = Evaluation
numbers-of-telling = Telling people
numbers-of-topics = Topics
numbers-of-meetings = Meetings
numbers-of-dispatch = Orders, whistles and letters
numbers-of-ladder = The ladder of overdue whistles
numbers-of-promises = Promises at meetings
numbers-of-ballots = The owners' joint decisions
numbers-of-emergency = Emergencies
numbers-of-dangers = Dangers
numbers-of-gatherings = Gatherings
numbers-of-scenes = Records of scenes
numbers-of-ratings = Rating each other after a whistle
numbers-of-exclusion = Leaving out of the rates
numbers-of-clearing = Clearing runs
number-of-limits-text = Most characters of a text
number-of-limits-summary = Most characters of a line
number-of-limits-photos = Most photos at once
number-of-matters-receive = Sorted after it was raised
number-of-matters-public = Public affairs answered within
number-of-matters-government = Departments' affairs answered within
number-of-matters-private = Neighbours' own affairs shown a way within
number-of-matters-owners = Told the way to the owners within
number-of-matters-repeats-days = Days within which the same at the same spot is a repeat
number-of-matters-repeats-up_after = Times solved before it goes up when it comes again
number-of-evaluation-evaluate = Time to evaluate an answer
number-of-telling-quiet-from = Nobody is told from this hour on
number-of-telling-quiet-until = and until this hour
number-of-telling-digest-hour = The hour of the one message a day
number-of-evaluation-calls-percent = Drawn to be called back, of a hundred
number-of-evaluation-calls-tries = Calls that reach nobody until none is tried again
number-of-evaluation-calls-days = On at least so many days
number-of-topics-consult = Answered after it went into a topic
number-of-topics-call = Meeting called after a topic was opened
number-of-meetings-post = Notice posted within
number-of-meetings-reply = Invited bodies reply within
number-of-meetings-resolve = Resolved after the meeting within
number-of-meetings-confirm = Minutes confirmed within
number-of-meetings-objection = Objections settled within
number-of-meetings-late = Done after sending, where the agreed day has passed
number-of-dispatch-sign = Work signed for within
number-of-dispatch-blow = The street decides on a whistle within
number-of-dispatch-emergency_decision = The same in an emergency
number-of-dispatch-emergency = On the spot after an emergency whistle
number-of-dispatch-enforcement = Reported in after a whistle for enforcement
number-of-dispatch-hard = Reported in after a whistle for a hard problem
number-of-dispatch-follow_up = A letter is followed up every
number-of-dispatch-dispute = “Not ours” is ruled on within
number-of-dispatch-accept = Work accepted after it was done within
number-of-dispatch-settle = Going on or withdrawn after an objection within
number-of-ladder-press = Pressed after reminding within
number-of-ladder-street = Reported to the Party committee of the { $street } after
number-of-ladder-district = Reported to the district after
number-of-ladder-emergency = In an emergency from each step to the next
number-of-dispatch-limit_sudden = A sudden order done within
number-of-dispatch-limit_utilities = An order about water, power, gas or heat done within
number-of-dispatch-limit_ordinary = An ordinary order done within
number-of-dispatch-limit_complex = A complex order done within
number-of-promises-settle = A kept promise is checked within
number-of-ballots-confirm = The owners' result is checked within
number-of-emergency-confirm = An emergency is checked within
number-of-emergency-send = Sent after that within
number-of-emergency-account = Accounts published after that within
number-of-dangers-life = Made safe where life is at risk within
number-of-dangers-supply = Water, power, gas and heat made safe within
number-of-dangers-seen = Goes up where nobody has seen it within
number-of-dangers-look = Protection looked at again every
number-of-dangers-doubt = A second person answers “no danger” within
number-of-gatherings-record = Record of a gathering written within
number-of-scenes-sign = A record of the scene signed by all within
number-of-ratings-rate = Both sides have rated after acceptance within
number-of-exclusion-rule = A request to leave out of the rates ruled within
number-of-clearing-rhythm-day = Day of the month on which the books are cleared
number-of-clearing-finish = A clearing run signed within
number-of-clearing-take_up = The desk above answers what was lifted within
number-of-clearing-extensions-up_after = Extensions after which none counts any more
