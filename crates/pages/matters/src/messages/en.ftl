## Messages to people outside.

messages-title = Messages
messages-lead = Residents who chose text message or email on their receipt are told when it goes on: the number and where to look, no more. Whoever did not choose it is sent nothing.
messages-ways = Ways
messages-mail = Email
messages-sms = Text messages
messages-unset = Not set
messages-off = Neither is set: receipts do not offer it, and nothing is sent to anybody.
messages-how = How to set them
messages-how-lead = Whoever keeps the server says it when the program is started; names and passwords go into its environment (YISHI_SMTP, YISHI_SMS_TOKEN) and not into the command. Text messages can become files in a folder, which a telephone of the office sends, or be handed to a gateway. Servers of your own network are named by the last line; no other address there is reached.
messages-queue = What waits
messages-waiting = To be sent
messages-failing = Failed, and tried again
messages-given-up = Tried ten times, and given up
messages-count = { $count ->
    [one] 1 message
   *[other] { $count } messages
 }
messages-given-up-warn = { $count ->
    [one] 1 message was tried ten times and did not arrive.
   *[other] { $count } messages were tried ten times and did not arrive.
 } Look at the reason, see to it, and then send them again.
messages-why = Why they did not arrive:
messages-why-one = { $why }: { $count }
messages-again-title = Send again now
messages-again-lead = Once the reason was seen to. All that failed or were given up are sent again at once.
messages-again-send = Send again now
messages-again-done = They wait to be sent again. Come back in a while.
messages-test-title = Send one to yourself
messages-test-lead = Your own mobile number or email address. One message is sent at once; the address is not kept.
messages-test-to = Mobile number or email address
messages-test-send = Send it
messages-test-done = It left. See whether it arrives; a file in a folder waits for the telephone that fetches it.
messages-test-failed = It did not arrive: { $why }.
messages-test-often = That was too often. Please try again in ten minutes.
messages-test-wrong-to = Please give a mobile number of eleven digits, or an email address such as name@example.cn.
messages-test-subject = { $place }: a test
messages-test-body = { $place }: this is a test by the administrator. If you read it, messages arrive; there is no need to answer.
message-subject = { $place }: news on your receipt
message-look = See { $link } with the number and the eight-digit code of your receipt.
message-stop = To get no more messages, say so on the receipt.
news-received = { $place }: matter { $number } has arrived and will be sorted by { $date }.
news-in_hand = { $place }: matter { $number } is being worked on; you will have an answer by { $date }.
news-ordered = { $place }: work on matter { $number } was ordered; you will have an answer by { $date }.
news-deliberated = { $place }: matter { $number } will be deliberated; you will have an answer by { $date }.
news-answered = { $place }: matter { $number } was answered.
news-asked = { $place }: matter { $number } was answered. Please open your receipt by { $date } and say whether it is solved.
news-closed = { $place }: matter { $number } is closed.
news-excluded = { $place }: it was ruled whether matter { $number } counts in the rates; it is worked on as ever. Please look at your receipt.
trouble-not_set = this way is not set
trouble-forbidden = the server is in a private network and was not named (the last line of how to set them)
trouble-unreachable = the server was not reached, or did not let us in
trouble-timed_out = the server did not answer in time
trouble-later = the server takes it later
trouble-refused = the server refuses it: number, address or sender is wrong
trouble-redirected = the server pointed to another address, which was not followed
trouble-unwritten = the folder cannot be written to
