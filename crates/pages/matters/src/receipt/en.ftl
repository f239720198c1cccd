## Receipts: finding, reading and evaluating them.

receipt-new = Received! Please keep this receipt.
receipt-who = Who answers
receipt-evaluate-by = please evaluate by { $date }
receipt-answered = Answered
receipt-done = Closed
receipt-keep = Take a screenshot, bookmark or print this page. The link shows progress and lets you evaluate; do not pass it on.
receipt-public = Public page
receipt-carried = Your matter was merged into { $number }; its answer stands below.
receipt-carrier-chain = The chain of matter { $number }
receipt-evaluated = You said: { $solved }, { $satisfaction }. Thank you!
evaluate-title = Please evaluate
evaluate-lead = If you say “not solved”, the matter is taken up again.
evaluate-comment = Anything else (optional)
evaluate-comment-hint = Only those who handle it see this.
evaluate-send = Send
find-lead = Enter the number on your receipt to see the public page. To read everything and to evaluate, open the receipt's link or scan its code.
find-community = Community
find-number = Number
find-number-hint = Digits only.
find-action = Show
find-missing = This community has no such number; please check.
receipt-heading = Receipt
receipt-title = Receipt for matter { $number }
receipt-qr = QR code of this receipt
receipt-when = By when
find-receipt = Find my matter
