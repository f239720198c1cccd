figures-title = Figures
figures-of = Figures of { $name }
figures-public = Figures by month
figures-public-of = { $name }: figures by month
figures-nowhere = There is no { $community } or { $street } whose figures you may read at present.
figures-lead = What was raised in these days, as it stands now. Each number leads to its list.
figures-days = { $from } to { $to } (by the day of raising)
figures-span = Days
figures-by = Parted
figures-show = Show
figures-own-days = Choose the days yourself (“From – to” above)
figures-from = From
figures-to = To
figures-which-month = Month
figures-month = Month { $month }
figures-month-of = { $year }-{ $month }
figures-no-body = No body ({ $community } or { $street } itself)
figures-rest = { $rest } not
figures-apart = { $count } left out
figures-n-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
figures-median = Days to the answer (median)
figures-median-short = Days
figures-oldest = Open the longest
figures-receipts = { $count } took part.
figures-spoken = Without a phone: { $count } ({ $share } of { $of })
figures-formulas = How these are counted
figures-days-formula = Days to the answer: the day of the first answer less the day of raising; the median. Open the longest: days from raising to today, of the one not answered that was raised first.
figures-chart = Matters raised, { $by }
figures-bars = Matters raised; twelve bars at most, all numbers in the table.
figures-two-lines = Whole line: raised; dashed: of these, answered in time. The numbers are in the table.
figures-total = All
figures-none = There are no such matters in these days.
figures-beyond = { $parts ->
    [one] 1 more group is not listed; it
   *[other] { $parts } more groups are not listed; they
} raised { $count }, in the total too.
figures-alone = { $count ->
    [one] 1 more lies with a body for which one person acts; it has no line of its own, and is in the total.
   *[other] { $count } more lie with bodies for which one person acts; they have no line of their own, and are in the total.
}
figures-list = { $name }: { $figure }
figures-more = Further matters
figures-year = The last twelve months
figures-few = Under { $least }
board-figure-raised = Raised this month
board-figure-answered = Answered in time
board-figure-open = Not answered yet
board-figure-late = Of these late
figures-too-few = Fewer than 5 were raised this month; nothing more is shown of them.
figures-hidden = Numbers under { $least } are not shown, so that nobody sees whose they are; so it is where a dash stands.
figure-raised = Raised
figure-sorted = Sorted in time
figure-answered = Answered in time
figure-solved = Solved
figure-satisfied = Content
figure-reopened = Taken up again
figure-open = Open
figure-spoken = Without a phone
formula-raised = Raised: matters raised in these days. Those merged into others or taken back are left out.
formula-sorted = Sorted in time: sorted for the first time before that was due, of those sorted or late. Those with time left, and those sorted along with a merge, are left out.
formula-answered = Answered in time: answered for the first time before that was due, of those answered or late. Those with time left are left out.
formula-solved = Solved: all who evaluated said so, of those evaluated. Those without an answer or an evaluation are left out.
formula-satisfied = Content: all who evaluated were content or mostly content, of those evaluated. Those without an answer or an evaluation, and those where nobody could say, are left out.
formula-reopened = Taken up again: somebody said that it is not solved, of those answered.
formula-open = Open: not answered yet, or taken up again.
formula-spoken = Without a phone: said for a neighbour by a steward or worker, or at a meeting, of all. How those from a file were raised is not known, and they are left out.
apart-merged = Merged into another
apart-withdrawn = Taken back
apart-not_due = Time left
apart-along = Sorted along with a merge
apart-not_answered = No answer yet
apart-not_evaluated = Not evaluated
apart-imported = From a file
by-month = By month
by-building = By building
by-category = By category
by-body = By body
by-kind = By kind of body
by-tier = By tier
by-community = By { $community }
tier-stairs = Building
tier-grid = Grid
tier-community = Community
tier-street = Street
tier-body = Body
span-month = This month
span-last_month = Last month
span-quarter = This quarter
span-last_quarter = Last quarter
span-year = This year
span-days = From – to
side-yes = Counted
side-no = Not
side-apart = Left out
ledger-title = Ledger of matters of { $name }
ledger-which = Figure: { $figure } ({ $side })
ledger-number = No.
ledger-community = Belongs to
ledger-raised = Raised
ledger-channel = How it came
ledger-place = Place
ledger-category = Category
ledger-what = Matter
ledger-outcome = Sorted as
ledger-tier = Tier
ledger-body = Body
ledger-sort-by = To be sorted by
ledger-sorted = Sorted
ledger-answer-by = To be answered by
ledger-answered = First answered
ledger-receipts = Took part
ledger-reopened = Times taken up again
ledger-stage = Stage
ledger-closed = Closed
ledger-apart = Why left out
ledger-yes = Yes
ledger-no = No
report-month = Monthly report
report-quarter = Quarterly ledger
report-briefing = Briefing
figures-money = Money by source
figures-money-lead = What orders sent in these days cost, summed by where it comes from, with each order.
figures-source = Source
figures-orders = Orders
figures-yuan = Yuan
figures-money-apart = { $count ->
    [one] 1 more was withdrawn or declined, and is left out.
   *[other] { $count } more were withdrawn or declined, and are left out.
}
figures-others = { $parts ->
    [one] 1 more, of few matters
   *[other] { $parts } more, of few matters each
}
rates-title = Three rates (contacted, solved, content)
rates-of = { $name }: three rates
rates-sample = Answered, and could say something: { $owed }. Said something: { $said }.
rates-lead = Only those are counted who were answered and said something, by their link or when called back. Whoever said nothing is neither content nor discontent.
rates-draw = { $percent }% are drawn to be called back. Those who were not content, and those without a link, are always called, so that the rates may be lower than if everybody were. Below 10 the interval of Wilson at 95% is given.
rates-none = No data
rates-few = Too few (under { $few }); 95% interval { $low } to { $high }
rates-few-note = Where a range stands, fewer than { $few } said something: the rate says little. Ranges are 95% intervals.
rates-public-few = Under { $few }, not said
rates-mostly = Content { $yes }, mostly content { $mostly } (each counts { $percent }%)
rates-not-contacted = { $count } not contacted
rates-not-solved = { $count } not solved
rates-not-satisfied = { $count } not content
rates-left = Left out, and why
rates-public-excluded = { $count ->
    [one] One receipt is left out of these rates by a ruling.
   *[other] { $count } receipts are left out of these rates by a ruling.
} Class, reason and ruling stand on the page of each matter.
rates-why = Reason
rates-no-ranks = In the order of their names. There are no ranks.
rates-list-lead = Matters are listed here, not who said what.
rates-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
rates-rate = Rate
rates-numerator = Numerator
rates-base = Base
rates-percent = Percent
rates-low = 95% interval from
rates-high = 95% interval to
measure-contacted = Contacted
measure-solved = Solved
measure-satisfied = Content
measure-done = Closed
measure-on_time = Answered in time
measure-called = Called back with an answer
left-withdrawn = Took their receipt back
left-not_answered = Not answered yet
left-came_later = Came after the answer
left-not_drawn = Not drawn to be called
left-waiting = Have not said anything yet
left-declined = Reached, would rather say nothing
left-unreached = Not reached
left-not_asked = Not asked this, or did not say
left-cannot_say = Could not say
left-by_link = Said by link, not called
left-excluded_emergency = Left out: an emergency
left-excluded_legal_channel = Left out: a way of the law
left-excluded_nothing_new = Left out: nothing new
left-excluded_beyond_duties = Left out: beyond the duties here
left-excluded_unlawful = Left out: against the law or public order
score-title = How they become one number
score-lead = Each rate is rounded half up to two decimals and multiplied by its weight; the sum is rounded half up once, at the end.
score-others = By the other formulas
score-measure = What
score-count = Numerator ÷ base
score-share = Rate
score-weight = Weight
score-points = Points
score-sum = Sum
score-is = All together { $score } (rounded half up; decimals: { $decimals })
score-missing = Some rates have no data: there is no number.
score-few = Some bases are under 10: this number shows how it is reckoned, and cannot be compared with others.
score-mostly = Mostly content counts { $percent }% of content.
score-source = Where the formula comes from: { $source }
