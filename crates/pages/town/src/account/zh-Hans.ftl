## Somebody's own account.

account-title = 我的账号
account-news = 您上次登录以后，别人改动了您的账号，请先看下面的记录。不是您知道的，请马上告诉{ $street }。
account-go-on = 看过了，继续
account-roles = 现有角色
account-changes = 账号变动
account-changes-lead = 谁在什么时候改动过您的账号，都在这里。
account-no-changes = 没有变动。
account-count = { $count } 项变动
account-by = 操作人：{ $name }
account-by-self = 本人操作
account-by-machine = 由系统维护人员在服务器上操作
account-change-opened = 开通账号
account-change-invited = 发了登录链接
account-change-credential_set = 用链接设置了密码
account-change-granted = 授予角色
account-change-revoked = 收回角色
account-change-closed = 停用账号
account-change-asked = 提出变动，等另一位管理员复核
account-change-declined = 提出的变动没有通过
asked-change-grant = 授予角色
asked-change-invite = 发登录链接
account-change-second_step_set = 开启两步登录
account-change-second_step_ended = 关闭两步登录
account-change-spare_code_used = 使用备用码登录
