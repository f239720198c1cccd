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
unanswered-silent-lead = A colleague who did not handle it calls back and asks three things: whether they were contacted, whether it is solved, and how satisfied they are.
unanswered-n = {" "}({ $count })
unanswered-cut-calls = There are many; the others follow as these are called. Listed: { $count }.
unanswered-unreached = { $count ->
    [one] 1 person was
   *[other] { $count } people were
} not reached
unanswered-unreached-lead = Tried as often as the rules say, and not tried again. Not reached is neither satisfied nor solved; what they say by their link counts all the same.
unanswered-apart-declined = { $count ->
    [one] 1 more was reached and would
   *[other] { $count } more were reached and would
} rather say nothing: not called again, and not counted as satisfied.
unanswered-apart-not_drawn = { $count ->
    [one] 1 more was
   *[other] { $count } more were
} not drawn to be called, and may answer by link.
ask-phone = Left a telephone: call these first
ask-visit = No link of their own: go there, or ask the steward
ask-link = Have a link, left no telephone
unanswered-answered = Answered { $date }
unanswered-handler = You handled this; a colleague calls back.
unanswered-receipt = { $how } · { $proof } · { $date }
unanswered-missed = { $count ->
    [one] Tried once
   *[other] Tried { $count } times
}, nobody reached
callback-action = Call back
callback-title = Call back
callback-meta = No. { $number } · { $how } · receipt of { $date }
callback-rule = Nobody calls back about what they handled themselves. You did not handle this; please write down what they say as they say it.
callback-contact-others = Only the lead handler sees the contact: ask them to put the call through, and put the questions yourself.
callback-no-contact = No contact was left.{" "}
callback-erased = The contact was erased on { $date }.{" "}
callback-or-link = Knock at the door, ask the steward, or wait for the receipt’s link to be used.
callback-by-visit = Knock at the door, or ask the steward.
callback-way = How did you call back?
callback-reached = Was anybody reached?
callback-then = If so, ask these three.
callback-contacted = Were you contacted while it was worked on?
callback-tries = Nobody there? Try again at another time. Tried so often, it counts as not reached and is not tried again: times { $tries }, on different days { $days }. Not reached is not satisfied.
callback-draw = { $percent }% are drawn to be called: of the SHA-256 of “receipt id/moment of the answer in microseconds” the first 8 bytes are one number, and whoever’s remainder by 100 is below { $percent } is drawn. Nobody chooses. Those without a link, and those who said before that it is not solved or that they are not satisfied, are always called.
callback-given-up = Tried as often as the rules say: it counts as not reached, and need not be tried again. If they call back, write it down here all the same.
callback-declined = Reached last time, and would rather say nothing: no need to call again.
callback-not-drawn = This receipt was not drawn to be called ({ $percent }% are). What is said on the phone counts in no rate.
callback-note = What else was said (optional)
callback-note-hint = Not published; only those who may work on the matter see it.
callback-send = Write it down
callback-evaluated = This answer was evaluated already; there is nothing to ask.
callback-not-answered = Not answered yet: answer first, then call back.
callback-wrong-way = Choose how you called back.
callback-wrong-contacted = Choose whether they were contacted.
callback-wrong-reached = Choose whether anybody was reached.
callback-wrong-solved = Choose whether it is solved.
callback-wrong-satisfaction = Choose how satisfied they are.
evaluate-solved = Is it solved?
evaluate-satisfaction = Are you satisfied?
refusal-evaluated = You have evaluated this answer already.
refusal-came-later = This receipt is later than the answer and does not evaluate it. If something is new, raise it as a matter of its own.
refusal-by-call = This receipt was opened for a neighbour: a colleague who did not handle it calls back and writes down what they say.
contacted-yes = Contacted
contacted-no = Not contacted
contacted-cannot_say = Cannot remember
call-way-telephone = By telephone
call-way-door = At the door
call-way-other = Otherwise
