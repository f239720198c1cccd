desk-title = 工作台
desk-lead = 现在有 { $count } 件事等您处理，其中 { $late } 件已逾期。
desk-cut = 只显示最紧急的 { $count } 件；处理后会显示其余的。
desk-empty = 都处理完了。
desk-search = 查找（原话和摘要）
desk-found = 查找“{ $words }”：{ $count } 件
desk-all = 显示全部
desk-boards = 公示栏
