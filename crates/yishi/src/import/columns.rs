//! Which column of a sheet holds what (列): by `--column`, else by its header. What holds
//! something and is read by nothing is counted and named. No cells are read here.

use super::sheet::Sheet;
use std::collections::BTreeMap;
use yishi_kernel::text::folded;

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Id,
    /// A number by place in the sheet: it names nothing, and next month's sheet has it again.
    Nth,
    Title,
    Text,
    Time,
    Name,
    Contact,
    Category,
}

impl Column {
    pub const ALL: [(Column, &'static str, &'static [&'static str]); 8] = [
        (
            Column::Id,
            "id",
            &[
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
        ),
        (Column::Nth, "nth", &["序号", "行号"]),
        (Column::Title, "title", &["title", "标题", "主题", "留言主题", "信件标题", "问题"]),
        (
            Column::Text,
            "text",
            &[
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
            ],
        ),
        (
            Column::Time,
            "time",
            &[
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
        ),
        (
            Column::Name,
            "name",
            &[
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
        ),
        (
            Column::Contact,
            "contact",
            &[
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
        ),
        (Column::Category, "category", &["category", "label", "类别", "分类", "一级标签", "问题类别"]),
    ];

    /// What a header names: without what stands in brackets, a star or a colon.
    fn of(header: &str) -> Option<Column> {
        let plain = folded(header).replace(' ', "");
        let plain = plain.split('(').next().unwrap_or_default().trim_matches(['*', ':']);
        Self::ALL.into_iter().find(|(.., names)| names.contains(&plain)).map(|(column, ..)| column)
    }

    /// The headers under which may stand what was said.
    pub fn said() -> Vec<&'static str> {
        let says =
            Self::ALL.into_iter().filter(|(column, ..)| matches!(column, Column::Text | Column::Title));
        says.flat_map(|(.., names)| names).copied().collect()
    }

    fn parse(word: &str) -> Option<Column> {
        Self::ALL.into_iter().find(|(_, own, _)| *own == word).map(|(column, ..)| column)
    }
}

/// What the command line says of columns.
#[derive(Debug, Default)]
pub struct Wishes {
    /// Which header holds what.
    named: Vec<(Column, String)>,
    /// Headers whose cells need not be taken.
    left_out: Vec<String>,
}

impl Wishes {
    pub fn of(named: &[String], left_out: &[String]) -> Result<Self, String> {
        let read = |wish: &String| {
            let (field, header) =
                wish.split_once('=').ok_or_else(|| format!("--column {wish}: write FIELD=HEADER"))?;
            let column = Column::parse(field).ok_or_else(|| {
                let fields = Column::ALL.map(|(_, word, _)| word).join(", ");
                format!("--column {wish}: fields are {fields}")
            })?;
            Ok((column, in_line(header)))
        };
        let named = named.iter().map(read).collect::<Result<_, String>>()?;
        Ok(Self { named, left_out: left_out.iter().map(|header| in_line(header)).collect() })
    }

    /// Which cell of a header holds what. The first of two with the same meaning is taken.
    fn columns(&self, header: &[String]) -> BTreeMap<Column, usize> {
        let mut columns = BTreeMap::new();
        for (n, cell) in header.iter().enumerate() {
            if let Some(column) = Column::of(cell) {
                columns.entry(column).or_insert(n);
            }
        }
        for (column, wanted) in &self.named {
            if let Some(n) = header.iter().zip(0..).position(|(cell, n)| name(cell, n) == *wanted) {
                columns.retain(|_, taken| *taken != n);
                columns.insert(*column, n);
            }
        }
        columns
    }

    /// How much of a header is known; nothing where no column holds what was said.
    pub fn known(&self, header: &[String]) -> usize {
        let columns = self.columns(header);
        let says = columns.contains_key(&Column::Text) || columns.contains_key(&Column::Title);
        if says { columns.len() } else { 0 }
    }
}

/// The columns of a sheet.
pub struct Columns {
    of: BTreeMap<Column, usize>,
    /// How the sheet calls each.
    names: Vec<String>,
    /// How many cells of each hold something.
    filled: Vec<usize>,
    left_out: Vec<String>,
}

impl Columns {
    pub fn of(sheet: &Sheet, wishes: Wishes) -> Result<Self, String> {
        let header = &sheet.header.cells;
        let names: Vec<String> = header.iter().enumerate().map(|(n, cell)| name(cell, n)).collect();
        let missing = |name: &&String| !names.contains(*name);
        if let Some(name) = wishes.named.iter().map(|(_, name)| name).chain(&wishes.left_out).find(missing) {
            return Err(format!("there is no column {name}; there are: {}", names.join(", ")));
        }
        let full = |n: usize| {
            let cells = sheet.records.iter().filter_map(|record| record.cells.get(n));
            cells.filter(|cell| !cell.trim().is_empty()).count()
        };
        let filled = (0..names.len()).map(full).collect();
        Ok(Self { of: wishes.columns(header), names, filled, left_out: wishes.left_out })
    }

    /// A cell of a row; nothing where the sheet has no such column.
    pub fn cell<'r>(&self, cells: &'r [String], column: Column) -> &'r str {
        self.of.get(&column).and_then(|n| cells.get(*n)).map_or("", |cell| cell.trim())
    }

    /// How the sheet calls a column; the field's own word where it has none.
    pub fn called(&self, column: Column) -> &str {
        let word =
            || Column::ALL.into_iter().find(|(one, ..)| *one == column).map_or("", |(_, word, _)| word);
        self.of.get(&column).and_then(|n| self.names.get(*n)).map_or_else(word, String::as_str)
    }

    /// A line for each field, with the column that holds it and how many of its cells do.
    pub fn told(&self) -> Vec<String> {
        let told = |(column, word, _): (Column, &str, _)| match self.of.get(&column) {
            Some(n) => format!("  {word:<9} <- {} ({} filled)", self.names[*n], self.filled[*n]),
            None => format!("  {word:<9} <- —"),
        };
        Column::ALL.into_iter().map(told).collect()
    }

    /// The columns that hold something and are read by nothing, with how many cells they hold.
    /// Those that were left out by choice are not among them.
    pub fn unused(&self) -> Vec<(&str, usize)> {
        let read: Vec<usize> = self.of.values().copied().collect();
        let all = self.names.iter().zip(&self.filled).enumerate();
        all.filter(|(n, (name, filled))| **filled > 0 && !read.contains(n) && !self.left_out.contains(name))
            .map(|(_, (name, filled))| (name.as_str(), *filled))
            .collect()
    }
}

/// A column without a header goes by its place.
fn name(header: &str, n: usize) -> String {
    if header.trim().is_empty() { format!("#{}", n + 1) } else { in_line(header) }
}

/// Headers may be broken into lines.
fn in_line(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}
