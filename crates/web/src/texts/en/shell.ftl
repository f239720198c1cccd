## The frame, errors and the front page.

brand = Yishi
skip = Skip to the content
view-elder = Large text
view-standard = Standard text
nav-community = Community pages
nav-staff = Work pages
nav-menu = Menu
nav-signout = { $name } · Sign out
foot-promise = Every matter ends somewhere, everyone gets an answer.
foot-record = Every step is recorded, and so is every correction.
foot-help = How it works and how to verify
foot-version = Version { $version }
print = Print this page
copied = Copied
copy-action = Copy for the chat group
copy-text = Copy
group-title = For the chat group
group-text = Text for the residents’ group
group-hint = No names, no numbers; it can be passed on as it is.
back = Back
jumps = On this page:
form-problem = One thing needs changing
error-home = To the front page
error-title-not-found = This page was not found
error-title-denied = You may not do this
error-title-fault = Something broke on our side
error-title-refused = This did not work
error-not-found = The link may be mistyped or no longer valid. Check the link on your receipt, or ask the { $community }.
error-forged = The page was open too long, or did not come from this site, so it was not taken. Open the page again and try once more.
error-malformed = The form is not complete. Go back, choose what has to be chosen and send it again.
error-fault = Please try again in a while. Whatever was accepted before is not lost.
error-title-late = This took too long
error-late = The network or our side is too slow, and this brought no result in time. See whether it was done all the same before you try again.
error-title-busy = We cannot keep up at the moment
error-busy = This was not done now; whatever was done before stands. Please try again in a minute or two, and call the { $community } if it is urgent.
error-too-large = What was sent is too large. Choose fewer photos, or send the text in parts.
error-kept = What you typed is kept for 30 minutes: open the page again and it is still in its form.
error-back = Back to the page
error-again = Send the same once more
error-again-no-photos = The photos were not kept. To send them along, go back and choose them again.
error-elsewhere = This form was not opened under the address of this site, so it was not taken. Copy what you typed below, open this site again and send it there.
error-address = The address of this site is
error-cut = The line broke and not all of the form arrived, so it was not taken.
error-again-part = Only this arrived. Please look at it, add or take out what is needed, and send it.
error-again-put-right = It is right now: send it
error-title-too-many = Please wait a little before you send it
error-too-many = Too much was sent from this network or device just now, so this was not taken. Wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} and use the button below; call the { $community } if it is urgent. Whoever is signed in does not have to wait.
token-none = A token is needed: send the header Authorization: Bearer with it. Whoever has none asks the administrator of the { $community } or { $street }.
token-wrong = There is no such token. See that all of it was copied; if so, the administrator opens a new one.
token-ended = This token was revoked or its time is over. The administrator opens a new one.
token-elsewhere = This token does not hold here. Use one of this { $community }, or ask the administrator for it.
token-reads-only = This token only reads. To raise matters, ask the administrator for one that may.
token-not-json = What was sent does not read ({ $why }). Send JSON as /api/openapi.json describes it.
token-too-many = That was too often: wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} and try again.
token-too-large = What was sent is too large: 64 KB at most. Shorten it and send it again.
error-others-form = This form was opened by another account than the one signed in now, so it was not taken.
error-others-form-kept = This form was opened by another account than the one signed in now, so it was not taken. What was typed is kept for 30 minutes: sign in with the other account and open the page again, and it is still there.
error-number = Error number { $number } (please tell it when you call)
form-problems = { $count ->
    [one] 1 thing needs
   *[other] { $count } things need
} changing
form-choose = Choose one of these.
form-count = Fill in a whole number; 0 for none.
form-comma = The comma may be a thousands mark or a decimal point; please leave it out, as in 1000.
form-ambiguous-day = This may be more than one date; write the year first with four digits, such as 2026-07-05.
form-other-weekday = The date falls on another day of the week; correct one of them.
form-no-such-day = There is no such day or time; please check it: February has no 30th, for example.
form-far-time = The date must lie after 1999 and before 2200.
form-phone-damaged = A spreadsheet has changed this number and its last digits are lost; fill it in again from the source.
form-phone-digits = No telephone has so many digits; please check. If it is something else, say what, such as "WeChat 12345".
typed-title = What you typed
typed-part = What you typed, part { $number }
typed-kept = What you typed at { $time } was not taken and is filled in again below. Please check it and send it.
typed-kept-no-photos = What you typed at { $time } was not taken and is filled in again below. Photos have to be chosen again. Please check it and send it.
photo-empty = The photo’s file is empty (0 bytes), so nothing came. Please choose it again, or take another one.
photo-too-large = The photo is too large; each may have 8 MB. Choose another one or lower the camera's resolution.
photo-not-a-photo = This file is not a photo we can read. Use JPG, PNG or WebP, or take it again.
photo-too-many-pixels = This picture has more dots than we can read. Lower the camera's resolution, or choose another one.
photo-not-whole = This photo is not whole: a part of it is missing or broken. Please choose it again, or take it anew.
photo-not-kept = The photos chosen before were not kept. Please choose them again.
photos-hint = { $own } JPG, PNG or WebP, up to 8 MB each.
photo-alt = Photo from the place
form-beside = You sent this form before, with something else in it. That one stands; this page is what you sent now, on its own.
form-passed = Sent. This is no longer with you, so its page is closed to you.
draft-offer = Go on with what was typed at { $time }
draft-drop = Drop it
reached-phone = telephone
reached-hours = ({ $hours })
