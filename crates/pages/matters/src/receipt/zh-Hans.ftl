## Receipts: finding, reading and evaluating them.

receipt-new = 收到了！请保存这张回执。
receipt-who = 谁来答复
receipt-evaluate-by = 请在 { $date } 前评价
receipt-answered = 已答复
receipt-done = 已办结
receipt-keep = 截屏、收藏或打印这一页。凭这个链接可以随时查看进度、评价结果，请不要发给别人。
receipt-public = 看公开页面
receipt-carried = 您说的事已并入编号 { $number } 一起办理，下面是那一件的答复。
receipt-carrier-chain = 编号 { $number } 的办理过程
receipt-evaluated = 您的评价：{ $solved }，{ $satisfaction }。谢谢！
evaluate-title = 请您评价
evaluate-lead = 选“没有解决”，这件事会重新办理。
evaluate-comment = 还想说什么（可不填）
evaluate-comment-hint = 只有办理人员能看到。
evaluate-send = 提交评价
find-lead = 输入回执上的编号查看公开进度。要看全部内容和评价，请打开回执上的链接或扫回执上的二维码。
find-community = 社区
find-number = 编号
find-number-hint = 只填数字。
find-action = 查看
find-missing = 这个社区没有这个编号，请核对。
receipt-heading = 说事回执
receipt-title = 回执 编号 { $number }
receipt-qr = 本回执的二维码
receipt-when = 什么时候
find-receipt = 查我的事
