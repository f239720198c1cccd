inbox-nav = Inbox{ $count ->
    [0] {""}
    [100] {" "}(99+)
   *[other] {" "}({ $count })
}
inbox-title = Inbox
inbox-lead = What was given, urged or returned to you, and what is due soon, the latest first. Once you have seen it, it is new no more; nobody else can see when you looked.
inbox-empty = There is nothing new. What is to be done stands on your desk.
inbox-new = New
inbox-came = Came { $time }
inbox-elsewhere = It waits for you no more.
inbox-thing = { $what } no. { $number }
arrival-assigned = Given to you
arrival-called = You are called to the spot
arrival-soon = Due soon
arrival-overdue = Overdue
arrival-urged = Urged
arrival-ruled = Ruled
arrival-returned = Returned
arrival-answered = Answered
arrival-disputed = Disputed
calendars-title = Calendar links
calendars-lead = Add a link to the calendar of your phone or computer, and days on which something is due, and meetings, appear there by themselves. They hold numbers, categories and buildings, and no names or telephones. Whoever has the link can read them, so keep it out of chat groups; end it whenever you like.
calendars-desk = Work and meetings of { $place }
calendars-own = My own work
calendars-none = There is no link yet.
calendars-linked = A link is in use. It is shown once, when it is made; if you lost it, make it anew, and the one before ends.
calendars-made = The link is made. It is shown this once: copy it now.
calendars-link = Link for your calendar
calendars-make = Make a link
calendars-anew = Make it anew
calendars-end = End the link
calendar-name = Yishi · { $place }
