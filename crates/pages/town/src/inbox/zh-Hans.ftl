inbox-nav = 收件箱{ $count ->
    [0] {""}
    [100] （99+）
   *[other] （{ $count }）
}
inbox-title = 收件箱
inbox-lead = 交给您、催您、退给您和快到期的，新的在前。看过就不再算新的；别人看不到您什么时候看过。
inbox-empty = 没有新的。要办的都在工作台上。
inbox-new = 新
inbox-came = { $time }到
inbox-elsewhere = 现在不在您这里了。
inbox-thing = { $what } 第{ $number }号
arrival-assigned = 交给您办
arrival-called = 请您到场
arrival-soon = 快到期了
arrival-overdue = 已超期
arrival-urged = 有人催办
arrival-ruled = 已裁定
arrival-returned = 退回来了
arrival-answered = 有了回复
arrival-disputed = 有异议
calendars-title = 日程订阅
calendars-lead = 把下面的链接加到手机或电脑的日历里，到期的日子和会议就会自己出现。里面只有编号、类别和楼号，没有人的姓名和电话。谁有链接谁就能看，请不要发到群里；不用了随时停掉。
calendars-desk = { $place }的待办和会议
calendars-own = 我自己的待办
calendars-none = 还没有链接。
calendars-linked = 有一个链接在用。链接只在生成时显示一次；忘了就重新生成，原来的随即失效。
calendars-made = 链接生成了，只显示这一次，请现在就复制。
calendars-link = 日历订阅链接
calendars-make = 生成链接
calendars-anew = 重新生成
calendars-end = 停用链接
calendar-name = 议事 · { $place }
