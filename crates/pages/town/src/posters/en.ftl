## Posters with a QR code.

posters-title = Posters
posters-lead = Put one up in the stairwell. Revoke it when it was lost or replaced.
poster-issue = Issue a poster
poster-show = Show and print
poster-revoke = Revoke
poster-title = Poster
poster-headline = Say what troubles you
poster-scan = Scan with your phone; no account needed
poster-qr = QR code to raise a matter
poster-promise = Every matter ends somewhere, everyone gets an answer
poster-no-phone = No phone? Ask your stairwell steward or come to the { $community } office.
posters-all = Posters of all stairwells
posters-all-of = { $name }: posters of all stairwells
posters-all-none = There is no stairwell or building here yet: add them first.
posters-all-many = There are { $count } stairwells here; { $most } sheets are the most of one print. Print them by these parts:
posters-all-missing = { $count ->
    [one] 1 stairwell
   *[other] { $count } stairwells
}; without a code yet: { $missing }.
posters-all-issue = Make those that are missing, and show all
posters-all-lead = { $count ->
    [one] 1 sheet, for one stairwell, on a page of A4
   *[other] { $count } sheets, one a stairwell, each on a page of A4
}.
