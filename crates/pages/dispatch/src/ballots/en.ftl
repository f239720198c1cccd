decides-choose = Choose what kind of thing this is
decides-option = { $name } — { $who }
decides-owners = { $who } ({ $scope })
decides-by = Who decides: { $said }
decides-said = { $who }. By: { $source }
decides-fact = Who decides
told-order-decides = Who decides: { $who } ({ $source })
told-order-emergency = Who decides: { $who } ({ $source }); freed as an emergency, only to make safe
who-meeting = the meeting or the community may
who-owners = the owners together
who-department = the department in charge
who-company = the property company owes it by contract
who-operator = the operator promises and posts it
owners-scope-compound = all owners
owners-scope-building = the owners of this building
owners-scope-concerned = the owners concerned
refusal-decides-item = Choose what kind of thing this is: who decides goes by that.
refusal-owners-first = This is for the owners to decide together ({ $source }). Until they have, no order, letter or whistle leaves. There are two ways: have a meeting recommend it and the owners vote, and once their result is entered and confirmed by two persons send it from the meeting; or, where it cannot wait and would hurt people, enter an emergency: once another role has confirmed it, the least that makes safe is sent.
refusal-reads-as = The text says “{ $said }”, which is “{ $name }”: { $who } ({ $source }). Choose that kind; if it is not, say it otherwise.
refusal-not-as-put = This is not of the kind that was voted on. What follows from a recommendation to the owners is of its kind, or gets their vote ready; a motion of the meeting's own brings nothing of the owners' with it. Put it to the vote by itself.
refusal-owners-not-awaited = Nothing here waits for the owners.
refusal-owners-awaited = { $count ->
    [one] 1 recommendation waits for the owners. Enter their result, or set it aside with a reason.
   *[other] { $count } recommendations wait for the owners. Enter their result, or set them aside with a reason.
}
owners-result-title = Result of the owners { $number }
owners-result-stage-entered = Waits for a second person
owners-result-stage-confirmed = Confirmed
owners-result-stage-rejected = Rejected
owners-result-step-confirm = Compare a result of the owners
owners-agreed-yes = The owners agreed
owners-agreed-no = The owners did not agree
owners-recommended-by = Recommended by
owners-decided = Decided on
owners-kept = Where the paper lies
owners-entered = entered { $date }
owners-not-confirmed = One person has entered this, and no second has compared it: it does not count yet.
owners-by-heads = By heads
owners-by-area = By floor area
owners-heads = { $count ->
    [one] 1 household
   *[other] { $count } households
}
owners-area = { $area } m²
owners-took-part = { $part } of { $total } took part. The law asks two thirds: { $needed } at least.
owners-in-favour = { $yes } of the { $part } taking part agreed; needed: { $needed }.
owners-paper = Photos of the paper
owners-paper-gone = The photos were erased; the paper is where it is said to lie.
owners-public = Public page
owners-not-own = What you entered is confirmed by somebody else.
owners-confirm-title = Compare and confirm
owners-confirm-lead = Compare day, heads and area with the paper. Once confirmed, what was recommended goes by what the owners decided.
owners-confirm-send = As on the paper: confirm
owners-reject-title = Reject
owners-reject-lead = Where it is not what the paper says, or the paper is not in order, say why. It can be entered anew.
owners-reject-reason = Why it was rejected
owners-reject-send = Reject
owners-erase-lead = Erases who worked on it and the photos of the paper. The result and its numbers stay.
refusal-owners-quorum-heads = Households that took part: { $part } of { $total }, less than two thirds ({ $needed }). The owners decided nothing, and nothing can be entered (Civil Code 278, paragraph 2).
refusal-owners-quorum-area = { $part } of { $total } m² took part, less than two thirds ({ $needed } m²): the owners decided nothing, and nothing can be entered (Civil Code 278, paragraph 2).
refusal-owners-miscount = No more can take part than there are, and no more agree than take part. Check heads and area.
refusal-owners-decided-on = The owners decide after the meeting recommended it (from { $since }), and no later than today.
refusal-owners-no-paper = Add a photo of the paper with the owners' result.
