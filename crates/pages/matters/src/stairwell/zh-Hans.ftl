## The stairwells of a steward.

stairwells-title = 我的楼道
stairwells-others = 其他楼道（{ $count } 个）
stairwell-matters = 本楼道的事
stairwell-empty = 本楼道还没有说过事。
stairwell-households = 本楼道住户（{ $count } 户）
stairwell-raise = 帮邻居反映
