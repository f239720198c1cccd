## Who is owed an answer, and calling back.

unanswered-nav = Owed an answer
unanswered-title = Who is owed an answer
unanswered-none = Nobody waits for an answer.
unanswered-none-more = Every matter is answered, and everybody has said whether it helped.
unanswered-count = { $open ->
    [one] 1 matter is
   *[other] { $open } matters are
} not answered, { $late } overdue; { $waiting ->
    [one] 1 person was answered and has
   *[other] { $waiting } people were answered and have
} not said yet whether it helped.
unanswered-cut = There is much: only the { $count } most urgent are listed; the others follow as these are done.
unanswered-open = Not answered, the most urgent first
unanswered-silent = Answered, waiting for what they say
unanswered-silent-lead = A colleague who did not handle it calls back and asks whether it is solved, and how satisfied they are.
unanswered-answered = Answered { $date }
unanswered-handler = You handled this; a colleague calls back.
unanswered-receipt = { $how } · { $proof } · { $date }
unanswered-missed = { $count ->
    [one] 1 call
   *[other] { $count } calls
} reached nobody
callback-action = Call back
callback-title = Call back
callback-meta = No. { $number } · { $how } · receipt of { $date }
callback-rule = Nobody calls back about what they handled themselves. You did not handle this; please write down what they say as they say it.
callback-contact-others = Only the lead handler sees the contact: ask them to put the call through, and put the questions yourself.
callback-no-contact = No contact was left.{" "}
callback-erased = The contact was erased on { $date }.{" "}
callback-or-link = Knock at the door, ask the steward, or wait for the receipt’s link to be used.
callback-by-visit = Knock at the door, or ask the steward.
callback-reached = Was anybody reached?
callback-then = If so, ask these two.
callback-note = What else was said (optional)
callback-note-hint = Not published; only those who may work on the matter see it.
callback-send = Write it down
callback-evaluated = This answer was evaluated already; there is nothing to ask.
callback-not-answered = Not answered yet: answer first, then call back.
callback-wrong-reached = Choose whether anybody was reached.
callback-wrong-solved = Choose whether it is solved.
callback-wrong-satisfaction = Choose how satisfied they are.
evaluate-solved = Is it solved?
evaluate-satisfaction = Are you satisfied?
refusal-evaluated = You have evaluated this answer already.
refusal-came-later = This receipt is later than the answer and does not evaluate it. If something is new, raise it as a matter of its own.
refusal-by-call = This receipt was opened for a neighbour: a colleague who did not handle it calls back and writes down what they say.
