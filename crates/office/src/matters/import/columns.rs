//! What the columns of a sheet of matters are used for (列的用处), and the headers by which they are
//! known. Which column of a sheet is which is said in [`crate::columns`].

use crate::columns::Use;
use yishi_kernel::words;

words! {
    /// What a column of a sheet is used for (列的用处).
    Column as "import-column" {
        /// What was said (诉求内容).
        Text = "text",
        /// A headline (标题).
        Title = "title",
        /// When it was said (时间).
        Time = "time",
        /// Who said it (反映人).
        Name = "name",
        /// How they are reached (联系电话).
        Contact = "contact",
        /// Where it is (地点): several columns are read together, and kept with the text.
        Place = "place",
        /// What it is about (类别).
        Category = "category",
        /// The row's name in its source (编号).
        Id = "id",
        /// A number by place in the sheet (序号): it names nothing, and next month's sheet has it again.
        Nth = "nth",
        /// Kept with the text, behind its header (随正文保存).
        Kept = "kept",
        /// Not imported (不导入).
        LeftOut = "leave-out",
    }
}

impl Use for Column {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "content",
                "内容",
                "详情",
                "留言内容",
                "留言详情",
                "描述",
                "问题描述",
                "问题内容",
                "诉求",
                "诉求内容",
                "反映内容",
                "反映问题",
                "信件内容",
                "来电内容",
                "事项内容",
                "工单内容",
            ],
            Self::Title => &["title", "标题", "主题", "留言主题", "信件标题", "工单标题", "诉求标题", "问题"],
            Self::Time => &[
                "time",
                "date",
                "时间",
                "日期",
                "留言时间",
                "反映时间",
                "反映日期",
                "登记时间",
                "登记日期",
                "来信时间",
                "来信日期",
                "来电时间",
                "来电日期",
                "来访时间",
                "来访日期",
                "诉求时间",
                "受理时间",
                "受理日期",
                "提交时间",
                "发生时间",
            ],
            Self::Name => &[
                "name",
                "user",
                "姓名",
                "反映人",
                "反映人姓名",
                "留言用户",
                "来电人",
                "来电人姓名",
                "来信人",
                "来访人",
                "诉求人",
                "居民",
                "居民姓名",
                "群众姓名",
                "联系人",
            ],
            Self::Contact => &[
                "contact",
                "phone",
                "tel",
                "mobile",
                "电话",
                "电话号码",
                "联系电话",
                "联系方式",
                "联系人电话",
                "反映人电话",
                "居民电话",
                "来电号码",
                "来电电话",
                "手机",
                "手机号",
                "手机号码",
            ],
            Self::Place => &[
                "place",
                "address",
                "building",
                "小区",
                "小区名称",
                "楼栋",
                "楼栋号",
                "楼号",
                "栋号",
                "幢号",
                "单元",
                "单元号",
                "门牌",
                "门牌号",
                "房号",
                "房间号",
                "室号",
                "地址",
                "住址",
                "详细地址",
                "诉求地址",
                "事发地址",
                "事发地点",
                "反映地址",
                "地点",
                "位置",
            ],
            Self::Category => &["category", "label", "类别", "分类", "一级标签", "问题类别", "诉求类别"],
            Self::Id => &[
                "id",
                "no",
                "no.",
                "编号",
                "留言编号",
                "信件编号",
                "工单号",
                "工单编号",
                "事项编号",
                "受理编号",
            ],
            Self::Nth => &["序号", "行号"],
            Self::Kept => {
                &["note", "备注", "截止时间", "办理时限", "办结时限", "处理时限", "紧急程度", "工单类型"]
            }
            Self::LeftOut => &[],
        }
    }

    fn is_many(self) -> bool {
        matches!(self, Self::Place | Self::Kept | Self::LeftOut)
    }

    fn says(self) -> bool {
        matches!(self, Self::Text | Self::Title)
    }
}

impl Column {
    /// The headers under which may stand what was said.
    #[must_use]
    pub fn said() -> Vec<&'static str> {
        [Self::Text, Self::Title].into_iter().flat_map(Self::names).copied().collect()
    }
}
