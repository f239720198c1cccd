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
posters-all = 全部楼道的张贴页
posters-all-of = { $name }：全部楼道的张贴页
posters-all-none = 这里还没有单元或楼栋：请先添加。
posters-all-many = 这里有 { $count } 个楼道，一次最多印 { $most } 张。请按下面的地方分开印：
posters-all-missing = { $count } 个楼道，还有 { $missing } 个没有二维码。
posters-all-issue = 做好没有的，看全部张贴页
posters-all-lead = 共 { $count } 张，每个楼道一张，一张一页 A4 纸。
