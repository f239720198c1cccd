//! Which column of a sheet holds what (列): as somebody chose, else by its header. What holds
//! something and is used for nothing is counted and named. No cell's meaning is judged here.

use std::collections::BTreeMap;
use yishi_kernel::text::folded;
use yishi_kernel::words;
use yishi_spreadsheet::read::{Record, Sheet};

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

impl Column {
    /// The headers by which it is known.
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

    /// What a header names: without what stands in brackets, a star or a colon.
    fn of(header: &str) -> Option<Column> {
        let plain = folded(header).replace(' ', "");
        let plain = plain.split('(').next().unwrap_or_default().trim_matches(['*', ':']);
        Self::ALL.iter().copied().find(|column| column.names().contains(&plain))
    }

    /// Whether several columns may be it.
    #[must_use]
    pub fn is_many(self) -> bool {
        matches!(self, Self::Place | Self::Kept | Self::LeftOut)
    }

    /// The headers under which may stand what was said.
    #[must_use]
    pub fn said() -> Vec<&'static str> {
        [Self::Text, Self::Title].into_iter().flat_map(Self::names).copied().collect()
    }
}

/// What somebody says of a sheet's columns.
#[derive(Clone, Debug)]
pub enum Wishes {
    /// What some headers hold; of others their names tell.
    Named(Vec<(Column, String)>),
    /// What each column is, in their order; nothing where nobody has chosen.
    All(Vec<Option<Column>>),
}

impl Default for Wishes {
    fn default() -> Self {
        Self::Named(Vec::new())
    }
}

impl Wishes {
    /// What each cell of a header holds. The first of two with the same meaning is taken.
    fn columns(&self, header: &[String]) -> Vec<Option<Column>> {
        let mut uses: Vec<Option<Column>> = match self {
            Self::All(uses) => {
                header.iter().enumerate().map(|(n, _)| uses.get(n).copied().flatten()).collect()
            }
            Self::Named(_) => header.iter().map(|cell| Column::of(cell)).collect(),
        };
        once(&mut uses);
        let Self::Named(named) = self else { return uses };
        for (column, wanted) in named {
            for (n, _) in header.iter().enumerate().filter(|(n, cell)| name(cell, *n) == *wanted) {
                if !column.is_many() {
                    uses.iter_mut().filter(|is| **is == Some(*column)).for_each(|is| *is = None);
                }
                uses[n] = Some(*column);
            }
        }
        uses
    }

    /// How much of a header is known; nothing where no column holds what was said.
    #[must_use]
    pub fn known(&self, header: &[String]) -> usize {
        let uses = match self {
            Self::All(_) => Self::default().columns(header),
            Self::Named(_) => self.columns(header),
        };
        let says = |is: &Option<Column>| matches!(is, Some(Column::Text | Column::Title));
        if uses.iter().any(says) { uses.iter().flatten().count() } else { 0 }
    }
}

/// The first of each that there is only once.
fn once(uses: &mut [Option<Column>]) {
    for n in 0..uses.len() {
        let (before, rest) = uses.split_at_mut(n);
        let Some(is) = rest.first_mut() else { return };
        if is.is_some_and(|column| !column.is_many() && before.contains(&Some(column))) {
            *is = None;
        }
    }
}

/// A header that somebody named and the sheet does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoColumn {
    /// Which.
    pub wanted: String,
    /// Those that there are.
    pub names: Vec<String>,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneColumn {
    /// How the sheet calls it.
    pub name: String,
    /// How many of its cells hold something.
    pub filled: usize,
    /// What it is used for.
    pub is: Option<Column>,
}

/// The columns of a sheet.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Each, in their order.
    pub all: Vec<OneColumn>,
    of: BTreeMap<Column, usize>,
}

impl Columns {
    pub(super) fn of(sheet: &Sheet, wishes: &Wishes) -> Result<Self, NoColumn> {
        let header = &sheet.header.cells.apart();
        let names: Vec<String> = header.iter().enumerate().map(|(n, cell)| name(cell, n)).collect();
        if let Wishes::Named(named) = wishes
            && let Some((_, wanted)) = named.iter().find(|(_, wanted)| !names.contains(wanted))
        {
            return Err(NoColumn { wanted: wanted.clone(), names });
        }
        let full = |n: usize| {
            let cells = sheet.records.iter().filter_map(|record| record.cells.get(n));
            cells.filter(|cell| !cell.trim().is_empty()).count()
        };
        let uses = wishes.columns(header);
        let all = names.into_iter().zip(uses).enumerate();
        let all: Vec<OneColumn> =
            all.map(|(n, (name, is))| OneColumn { name, filled: full(n), is }).collect();
        let single = |(n, column): (usize, &OneColumn)| Some((column.is.filter(|is| !is.is_many())?, n));
        let of = all.iter().enumerate().filter_map(single).collect();
        Ok(Self { all, of })
    }

    /// Whether one of them holds what was said.
    #[must_use]
    pub fn says(&self) -> bool {
        self.at(Column::Text).or(self.at(Column::Title)).is_some()
    }

    /// Where the column stands, of those that there are once.
    #[must_use]
    pub fn at(&self, column: Column) -> Option<usize> {
        self.of.get(&column).copied()
    }

    /// A cell of a row; nothing where the sheet has no such column.
    pub(super) fn cell<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        self.at(column).and_then(|n| record.cells.get(n)).map_or("", str::trim)
    }

    /// What a row says in the columns of which there may be several, with their names.
    pub(super) fn cells<'r>(
        &'r self,
        record: &'r Record,
        wanted: &'static [Column],
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        let all = self.all.iter().zip(record.cells.iter());
        let wanted = all.filter(move |(column, _)| column.is.is_some_and(|is| wanted.contains(&is)));
        wanted.map(|(column, cell)| (column.name.as_str(), cell.trim())).filter(|(_, cell)| !cell.is_empty())
    }

    /// How the sheet calls a column; the field's own word where it has none.
    #[must_use]
    pub fn called(&self, column: Column) -> &str {
        self.at(column).and_then(|n| self.all.get(n)).map_or(column.word(), |column| column.name.as_str())
    }

    /// The columns that hold something and are used for nothing. Those that were left out by choice
    /// are not among them.
    #[must_use]
    pub fn unused(&self) -> Vec<&OneColumn> {
        self.all.iter().filter(|column| column.filled > 0 && column.is.is_none()).collect()
    }
}

/// A column without a header goes by its place.
fn name(header: &str, n: usize) -> String {
    if header.trim().is_empty() { format!("#{}", n + 1) } else { in_line(header) }
}

/// Headers may be broken into lines.
#[must_use]
pub fn in_line(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}
