//! Telephones of offices: a number right after 社区电话 or 值班室 is for everyone. Whose it is in
//! truth is not known here.

use super::fold::{Folded, is_separator};

/// What may stand between an office and its number.
const BETWEEN: &[&str] = &[
    "电话号码",
    "电话",
    "座机",
    "固话",
    "号码",
    "联系",
    "联系方式",
    "咨询",
    "总机",
    "前台",
    "窗口",
    "传真",
    "办公室",
    "办公",
    "24小时",
    "的",
    "是",
    "为",
    "请打",
    "请拨",
    "拨打",
    "可打",
    "请致电",
    "致电",
    "号",
];
/// Offices, and what only offices have.
const OFFICES: &[&str] = &[
    "社区",
    "居委会",
    "村委会",
    "居委",
    "村委",
    "业委会",
    "物业",
    "物业公司",
    "街道",
    "街道办",
    "办事处",
    "派出所",
    "警务室",
    "值班",
    "值班室",
    "服务",
    "服务站",
    "中心",
    "热线",
    "客服",
    "报修",
    "抢修",
    "维修",
    "监督",
    "投诉",
    "举报",
    "消防",
    "消防队",
    "医院",
    "卫生站",
    "卫生院",
    "学校",
    "幼儿园",
    "调解室",
    "城管",
    "供电",
    "供电所",
    "供水",
    "水务",
    "燃气",
    "热力",
    "供暖",
    "大厅",
    "管理所",
    "管理处",
    "办",
    "局",
    "站",
    "司法所",
    "保安",
    "门卫",
    "岗亭",
];

/// How far an office's name may stand before its number.
const FAR: usize = 16;

/// Whether the number that begins at this cell is said to be an office's.
pub(super) fn is_called(folded: &Folded, cell: usize) -> bool {
    let mut at = cell;
    while cell - at <= FAR {
        if folded.preceded(at, OFFICES) {
            return true;
        }
        let sign = at.checked_sub(1).and_then(|before| folded.char(before));
        at = match folded.before(at, BETWEEN) {
            Some(word) => word,
            None if sign.is_some_and(|c| c == ':' || (is_separator(c) && c != '。')) => at - 1,
            None => return false,
        };
    }
    false
}
