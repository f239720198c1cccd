import-title = Import a sheet
import-lead = Turn a ledger or a list of hotline tickets of { $name } into matters at once. First look at how it is read; nothing is written before you say so, and then all of it or none.
import-source = Source
import-source-hint = For example “hotline 12345” or “July ledger”. Of one source each number is imported once. Left empty, it is the name of the file.
import-how = How a sheet is read
import-how-columns = Columns are known by their headers; for the others you choose. Every cell that holds something is kept, or you say that it is not imported.
import-how-id = A row is known by its number, or by what it says. The same sheet again adds nothing.
import-how-place = Compounds, buildings, stairwells and addresses become places; those that do not are listed for you to decide.
import-how-private = Names and telephones are seen by the handler only, and never published.
import-done = { $count ->
    [0] Everything in this sheet was imported before; nothing was added.
    [one] 1 matter was imported.
   *[other] { $count } matters were imported.
}
import-done-next = They wait to be sorted, like what people tell in person.
import-to-desk = To the desk
import-too-many = At most { $most } matters at a time. Divide the file, or have the administrator import it by command.
import-counts = { $known ->
    [0] { $new } new.
   *[other] { $new } new; { $known } imported before, and not again.
}
import-nothing-new = There is nothing new to import.
import-says-nothing = No column says what was said. Choose below which one does.
import-column-text = What was said
import-column-title = Headline
import-column-time = Time
import-column-name = Name
import-column-contact = Telephone or contact
import-column-place = Place (several may be)
import-column-category = Category
import-column-id = Number
import-column-nth = Row number (names nothing)
import-column-kept = Kept behind the text
import-column-leave-out = Not imported
import-unplaced = Addresses that name no place ({ $count })
import-rows = Rows: { $count }
import-here = Put these matters down to the { $community } as a whole, with the address behind the text
import-do = { $count ->
    [one] Import 1 matter
   *[other] Import { $count } matters
}
import-do-hint = All of them, or none.
import-why-nothing = It says nothing. Fill it in, or take the row out.
import-why-time = The time does not read. Write 2026-05-01 09:30, or a day alone.
import-why-ahead = That time has not come yet. Check it.
import-why-phone = A spreadsheet has changed this number and its last digits are lost. Make the column text and fill it in from the source.
import-why-same-id = { $line } has the same number and is about something else. Give this one another number.
import-why-same-words = { $line } has the same number and the same words, and another { $columns }. If they are two people give each a number, or take one row out.
import-why-changed = This number was imported before, with another { $columns }. Where numbers begin anew each month, name another source; what is only a correction is told at the matter itself: take the row out.
import-sum = { $line } is a sum ({ $word }), and left out.
import-times = { $count ->
    [one] 1 time is written like “{ $raw }”, which is { $time }.
   *[other] { $count } times are written like “{ $raw }”, which is { $time }.
}
import-no-time = { $count ->
    [one] 1 row has no time and counts as said today.
   *[other] { $count } rows have no time and count as said today.
}
import-no-category = No category is called “{ $label }”: { $count ->
    [one] 1 row goes
   *[other] { $count } rows go
} without one.
import-repeats = Possible repeats, by row: { $count }
import-repeats-hint = An open matter of the same building says much the same. Choose it where it is the same thing: the row is merged into it, and the caller is answered with it. If in doubt, let it stand by itself.
import-link-none = A matter of its own
import-linked = { $count ->
    [one] 1 of them was merged into a matter that was there.
   *[other] { $count } of them were merged into matters that were there.
}
import-apart-now = { $count ->
    [one] 1 could not be merged (the other matter has changed since); it stands by itself and can be merged on the desk.
   *[other] { $count } could not be merged (the other matter has changed since); they stand by themselves and can be merged on the desk.
}
replies-title = Replies to tickets
replies-lead = Every ticket that came by a sheet, with its state, the answer and when it was given, to hand back to the hotline. Names and telephones of callers are not in it.
replies-source = Source
replies-ticket = Ticket
replies-raised = Raised
replies-category = Category
replies-said = What was said
replies-number = Matter
replies-stage = State
replies-holder = With
replies-answer = Answer
replies-answered = Answered
