## Posters with a QR code.

posters-title = 二维码海报
posters-lead = 贴在楼道里，扫码就能说事。丢失或被换贴时请停用重发。
poster-issue = 发一张新海报
poster-show = 查看并打印
poster-revoke = 停用
poster-title = 二维码海报
poster-headline = 有事您说话
poster-scan = 微信或手机相机扫一扫，不用注册
poster-qr = 说事二维码
poster-promise = 件件有着落，事事有回音
poster-no-phone = 没有手机？请找楼道红管家，或到社区当面说。
