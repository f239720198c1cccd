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
