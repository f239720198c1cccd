## Posters with a QR code.

posters-title = 扫码说事（张贴页）
posters-lead = 贴在楼道里，扫码就能说事。丢失或被换贴时请停用重做。
poster-issue = 做一张新的张贴页
poster-show = 查看并打印
poster-revoke = 停用
poster-title = 扫码说事（张贴页）
poster-headline = 有事您说话
poster-scan = 微信或手机相机扫一扫，不用注册
poster-qr = 说事二维码
poster-promise = 件件有着落，事事有回音
poster-no-phone = 没有手机？请找楼道红管家，或到{ $community }当面说。
