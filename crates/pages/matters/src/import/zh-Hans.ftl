import-title = 批量导入
import-lead = 把{ $name }的台账、热线工单等表格一次导入成事项。先看预览，核对以后才写入；要么全部导入，要么一件也不导入。
import-source = 来源
import-source-hint = 例如“12345 热线”“七月台账”。同一来源、同一编号只导入一次；不填就用文件名。
import-how = 表格怎样读
import-how-columns = 表头认得出的列自动对应，认不出的由你选。每一格有字的内容，要么存下来，要么由你选“不导入”。
import-how-id = 有编号的行按编号认；没有编号的按内容认。同一张表再导一次，不会重复。
import-how-place = 小区、楼栋、单元、地址会对应到地点；对应不上的会列出来，等你决定。
import-how-private = 姓名和电话只有承办人能看，不会公开。
import-done = { $count ->
    [0] 这张表里的事项以前都导入过，没有新增。
   *[other] 已导入 { $count } 件事项。
}
import-done-next = 导入的事项和当面反映的一样，等着安排办理。
import-to-desk = 去工作台
import-too-many = 一次最多导入 { $most } 件。请分成几个文件，或请管理员用命令导入。
import-counts = { $known ->
    [0] 新事项 { $new } 件。
   *[other] 新事项 { $new } 件；以前导入过 { $known } 件，不再重复。
}
import-nothing-new = 没有新的事项，不用导入。
import-says-nothing = 没有哪一列说明反映了什么。请在下面选出“诉求内容”是哪一列。
import-column-text = 诉求内容
import-column-title = 标题
import-column-time = 时间
import-column-name = 姓名
import-column-contact = 电话、联系方式
import-column-place = 地点（可选几列）
import-column-category = 类别
import-column-id = 编号
import-column-nth = 序号（不作编号）
import-column-kept = 写在正文后面
import-column-leave-out = 不导入
import-unplaced = 对应不上地点的地址（{ $count } 个）
import-rows = （{ $count } 行）
import-here = 这些事项先记在{ $community }名下，地址写在正文后面
import-do = 导入 { $count } 件
import-do-hint = 全部导入，或者一件也不导入。
import-why-nothing = 没有写反映了什么。请补上，或删去这一行。
import-why-time = 时间读不出来。请写成 2026-05-01 09:30，或只写日期。
import-why-ahead = 这个时间还没有到。请核对。
import-why-phone = 这个号码被表格软件改过，后几位已经不准。请把这一列设为文本，对照原件重新填写。
import-why-same-id = 与{ $line }编号相同，说的却不是一件事。请给它另一个编号。
import-why-same-words = 与{ $line }编号、内容都相同，{ $columns }却不同。是两个人就各给一个编号，否则删去一行。
import-why-changed = 这个编号以前导入过，当时的{ $columns }与现在不同。各月编号从头排的，请换一个来源；只是更正的，请到那件事项里写明，并从表里删去这一行。
import-sum = { $line }是合计行（{ $word }），不导入。
import-times = { $count } 个时间写成“{ $raw }”这样，读作 { $time }。
import-no-time = { $count } 行没有时间，按今天反映计。
import-no-category = 没有叫“{ $label }”的类别：{ $count } 行先不分类。
import-repeats = 可能重复的（{ $count } 行）
import-repeats-hint = 同一栋楼里已经有说法相近的事项。是同一件的，选上它：这一行会归并过去，来电人照样能得到答复。拿不准就另立一件。
import-link-none = 另立一件
import-linked = 其中 { $count } 件已归并到原有的事项。
import-apart-now = { $count } 件没能归并（原来的事项已经变化），先各自独立，可在工作台上归并。
replies-title = 工单回复
replies-lead = 用表格导入的每张工单，连同办理状态、答复内容和答复时间，可以导出交回热线。表里没有来电人的姓名和电话。
replies-source = 来源
replies-ticket = 工单编号
replies-raised = 登记时间
replies-category = 诉求类别
replies-said = 诉求内容
replies-number = 事项编号
replies-stage = 办理状态
replies-holder = 承办单位
replies-answer = 答复内容
replies-answered = 答复时间
