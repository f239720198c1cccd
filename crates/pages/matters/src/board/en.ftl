board-title = Public board
board-of = Public board of { $name }
board-lead = What was raised, how far it is, who is responsible and by when: all of it is here.
board-empty = No matters fit.
board-found-number = With this number
board-found-words = Others found
board-nothing = Nothing was found for “{ $words }”: no number, place, category or published summary.
board-nothing-hint = Write fewer words, say it in another way, or give only the building, such as “3号楼”. What was raised just now has no summary yet: look for its building.
board-nothing-filtered = A state, category or place is chosen above as well; choose “all” and search again.
board-older = Older matters
board-newest = Back to the latest
filter-title = By compound, building or category
filter-building = Building
filter-all-buildings = All buildings
board-late = Late and not answered yet
board-late-chip = Late
board-late-all = { $count ->
    [one] The one that is late
   *[other] All { $count } that are late
}
board-latest = Latest
board-count = { $count } in all
board-count-more = More than { $count }
board-pending = new
board-pending-title = { $place } · { $day } · { $what }
filter-category = Category
filter-place = Place
filter-words = Search (number, place, category or what it is about)
filter-action = Search
filter-all-states = All states
filter-all-categories = All categories
filter-all-places = All places
matter-added = Added to this one; whoever works on it reads it. This public page does not show your words: for all of it, open the receipt.
matter-carried = This was merged into matter { $number }; its answer reaches every receipt.
join-action = Me too
board-hung = As of { $date }
board-scan = Scan for how it stands now:
board-number = No.
board-what = What
board-where = Where
board-raised = Raised
board-by = Answer by
board-hang = Print to hang up
board-late-more = More than { $count } are late: all of them
calendar-title = Working calendar
calendar-rules-of = Rules of deliberation of { $name }
calendar-lead = Deadlines in working days go by these holidays and shifted working days: the day it starts is not counted, and where offices are closed on the last day, the next working day is the last.
calendar-from = From when
calendar-from-wrong = Give a date and a time, such as 2026-05-20 09:30.
calendar-count = How long
calendar-unit = Of what
calendar-unit-working_days = Working days
calendar-unit-days = Days
calendar-unit-months = Months
calendar-unit-hours = Hours
calendar-unit-working_hours = Working hours
calendar-unit-wrong = Choose what is counted.
calendar-too-long = At most { $most } are reckoned; give fewer.
calendar-reckon = Reckon
calendar-due = By { $when }
calendar-provisional = Provisional: nobody has announced yet what is off in { $years }. Once that is known, it may only become sooner, never later.
calendar-steps = Day by day ({ $days ->
    [one] one day
   *[other] { $days } days
})
calendar-head-day = Day
calendar-head-taken = How it counts
calendar-weekday = Working day
calendar-shifted = Shifted working day
calendar-weekend = Weekend
calendar-holiday = Holiday
calendar-taken-start = The day it starts, not counted
calendar-taken-counted = Day { $nth }
calendar-taken-minutes = { $minutes ->
    [one] One minute
   *[other] { $minutes } minutes
}
calendar-taken-closed = Not counted
calendar-taken-paused = Paused, not counted
calendar-taken-moved = A last day off: it moves on
calendar-year = { $year }
calendar-range = { $from } to { $to }
calendar-off = Holidays
calendar-on = Shifted working days
calendar-notice = By the notice { $notice }
calendar-unannounced = Nobody has announced yet what is off in { $year }; until then weekends and the fixed days of New Year, Labour Day and National Day are reckoned with.
calendar-how = How it is reckoned
calendar-is-provisional = provisional
