import-title = Import a sheet
import-lead = Turn a ledger or a list of hotline tickets of { $name } into matters at once. First look at how it is read; nothing is written before you say so, and then all of it or none.
import-file = The file
import-file-hint = .xlsx, CSV or TSV, at most 8 MB. Save an old .xls as .xlsx first.
import-source = Source
import-source-hint = For example “hotline 12345” or “July ledger”. Of one source each number is imported once. Left empty, it is the name of the file.
import-look = Look at it
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
import-go-on = Go on with “{ $name }”, handed in just now
import-gone = Choose the file again: it is kept for half an hour, and until it was imported.
import-no-file = Choose a file.
import-too-large = The file is too large (8 MB at most). Divide it, or have the administrator import it by command.
import-too-many = At most { $most } matters at a time. Divide the file, or have the administrator import it by command.
import-not-ready = Something is not settled yet, and nothing was imported. Put it right as told below.
import-no-column = There is no column “{ $name }”.
import-no-empty = There is nothing in the file.
import-no-unpacks = The file unpacks to far more than a table holds, and was not read. Take out pictures and the like, and save it anew.
import-no-old = This is an old workbook (.xls) or has a password. Save it as .xlsx without one.
import-no-broken = The file does not open. Open it in a spreadsheet, and save it as .xlsx.
import-no-encoding = The words in the file do not read. Save it as .xlsx or “CSV UTF-8”.
import-no-open = { $line }: a quotation mark is opened and never closed, so that all below is one cell. Correct it and hand it in again.
import-no-columns = { $line }: more than 200 columns. Take out those that are not needed.
import-no-rows = More than 200,000 rows. Divide the file.
import-no-such-sheet = There is no such sheet. There are: { $names }.
import-apart = {", "}
import-preview-title = Before importing: { $name }
import-read-workbook = Sheet “{ $sheet }”, header in row { $header }.
import-read-text = A table of text ({ $encoding }), header in row { $header }.
import-counts = { $known ->
    [0] { $new } new.
   *[other] { $new } new; { $known } imported before, and not again.
}
import-nothing-new = There is nothing new to import.
import-says-nothing = No column says what was said. Choose below which one does.
import-wrong = To be corrected ({ $count })
import-more = and { $count } more
import-columns = What each column is
import-columns-hint = After a change, look again.
import-column-hint = Filled: { $count }. For example: { $example }
import-column-none = not chosen yet
import-column-unused = This column holds something. Choose what it is, or that it is not imported.
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
import-sheet = Sheet
import-look-again = Look again
import-unplaced = Addresses that name no place ({ $count })
import-rows = Rows: { $count }
import-here = Put these matters down to { $community } as a whole, with the address behind the text
import-do = { $count ->
    [one] Import 1 matter
   *[other] Import { $count } matters
}
import-do-hint = All of them, or none.
import-remarks = Noticed while reading
import-first-rows = The first rows
import-line-head = Row
import-line = Row { $row }
import-line-of-file = Row { $row } (line { $line } of the file)
import-wrong-cell = { $line }, { $column } “{ $cell }”: { $why }
import-wrong-line = { $line }: { $why }
import-why-nothing = It says nothing. Fill it in, or take the row out.
import-why-cells = It has { $have } cells, the header has { $want }. Perhaps a separator stands in a text; save the sheet as .xlsx.
import-why-rounded = A spreadsheet keeps fifteen digits of a number, and the others are gone. Make the column text and fill it in from the source.
import-why-error = The cell shows an error. Correct its formula, or fill it in.
import-why-formula = The cell holds a formula that was not worked out. Open the sheet, save it, and hand it in again.
import-why-time = The time does not read. Write 2026-05-01 09:30, or a day alone.
import-why-ahead = That time has not come yet. Check it.
import-why-phone = A spreadsheet has changed this number and its last digits are lost. Make the column text and fill it in from the source.
import-why-same-id = { $line } has the same number and is about something else. Give this one another number.
import-why-same-words = { $line } has the same number and the same words, and another { $columns }. If they are two people give each a number, or take one row out.
import-why-changed = This number was imported before, with another { $columns }. Where numbers begin anew each month, name another source; what is only a correction is told at the matter itself: take the row out.
import-sum = { $line } is a sum ({ $word }), and left out.
import-repeated = { $line } is the same as { $above }, and taken once.
import-times = { $count ->
    [one] 1 time is written like “{ $raw }”, which is { $time }.
   *[other] { $count } times are written like “{ $raw }”, which is { $time }.
}
import-no-time = { $count ->
    [one] 1 row has no time and counts as said today.
   *[other] { $count } rows have no time and count as said today.
}
import-no-category = No category is called “{ $label }”: { $count } rows go without one.
