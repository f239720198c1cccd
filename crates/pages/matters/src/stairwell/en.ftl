## The stairwells of a steward.

stairwells-title = My stairwells
stairwells-others = Other stairwells ({ $count })
stairwell-matters = Matters of this stairwell
stairwell-empty = Nothing was raised here yet.
stairwell-households = Households ({ $count })
stairwell-raise = Raise for a neighbour
