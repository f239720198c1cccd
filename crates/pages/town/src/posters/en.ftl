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
