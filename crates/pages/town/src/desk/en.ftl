desk-title = Desk
desk-lead = { $count } matters need you now, { $late } of them late.
desk-cut = Only the { $count } most urgent are shown; the others follow as these are done.
desk-empty = All done.
desk-search = Search (words and summaries)
desk-found = “{ $words }”: { $count } found
desk-all = Show all
desk-boards = Public boards
