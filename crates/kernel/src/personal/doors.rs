//! Doors (门牌号): whoever reads 502 of a stairwell knows who lives there. A street number, a
//! building, a stairwell are public and are left; so are counts of households and numbers of things.

use super::fold::{Folded, Gap, is_joint, is_separator};
use super::{Note, Personal};
use std::ops::Range;

/// What a building or stairwell ends with, before the number of a door.
const HOUSES: &[&str] = &["单元", "楼", "栋", "幢", "座"];
/// Behind a number after a building these make it a count or a room for everyone. Each is as
/// long as it must be: 次 would also hide 502次卧, and 时 502时常.
const COUNTED: &[&str] = &[
    "元", "人", "盏", "米", "平方", "平米", "个", "块", "万", "千", "条", "台", "吨", "辆", "棵", "票", "名",
    "位", "份", "度电", "公里", "公斤", "多人", "多户", "多名", "多元", "余人", "余户", "余名", "毫米",
    "厘米", "瓦", "%", "M2", "M3", "号楼", "栋", "幢", "级", "会议", "办公", "活动", "教室", "车位",
];
/// Telephones for everyone that could be a door after the name of a building.
const SERVICES: &[&[u8]] = &[&[1, 1, 0], &[1, 1, 9], &[1, 2, 0], &[1, 2, 2], &[1, 1, 4]];
/// Before a number of 户 these make it a count of households.
const COUNTS: &[&str] = &[
    "共", "有", "计", "约", "近", "超", "超过", "达", "达到", "满", "不足", "涉及", "影响", "惠及", "覆盖",
    "收到", "收回", "剩余", "全部",
];
/// Behind a number of 号 these say what it is the number of.
const THINGS: &[&str] = &[
    "楼", "院", "线", "车", "路灯", "灯杆", "灯柱", "桩", "井", "杆", "铺", "商", "店", "摊", "柜", "箱",
    "栋", "幢", "地块", "电梯", "文件", "议题", "议案", "事项", "工单", "令", "公交", "公告", "通知", "提案",
    "决议", "决定",
];

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let doors = Doors { folded };
    for at in 0..folded.runs.len() {
        let Some(cells) = doors.rooms(at).or_else(|| doors.triple(at)) else { continue };
        note(Personal::Door, cells);
        for beside in [doors.before(at), doors.after(at)] {
            for cells in beside {
                note(Personal::Door, cells);
            }
        }
    }
}

struct Doors<'f> {
    folded: &'f Folded,
}

impl Doors<'_> {
    fn values(&self, run: usize) -> Vec<u8> {
        self.folded
            .runs
            .get(run)
            .map(|run| self.folded.digits[run.clone()].iter().map(|digit| digit.value).collect())
            .unwrap_or_default()
    }

    fn cells(&self, run: usize) -> Range<usize> {
        self.folded.cells_of(&self.folded.runs[run])
    }

    /// A number that a word before or behind makes a door: 502室, 502户, 502号, 2单元502, 3栋2-502.
    fn rooms(&self, at: usize) -> Option<Range<usize>> {
        let (values, cells) = (self.values(at), self.cells(at));
        let behind = self.behind(cells.end);
        let word = self.folded.char(behind);
        if matches!(word, Some('室' | '房')) {
            let first = if values.len() >= 3 { Some(at) } else { self.spelled(at) };
            return first
                .filter(|_| !self.is_no_room(behind + 1))
                .map(|first| self.cells(first).start..behind + 1);
        }
        if !is_room(&values) {
            return None;
        }
        let house = self.is_behind_a_house(at);
        let is_door = match word {
            Some('户') => {
                let before = self.folded.back(cells.start);
                let counted = self.folded.preceded(before, COUNTS)
                    || self.folded.followed(behind + 1, &["居民", "人家", "家庭"]);
                let stairwell = self.folded.preceded(before, &["单元"]);
                (stairwell || !counted) && number(&values) % 100 <= 12
            }
            Some('号') => {
                let house = house && self.is_no_count(at);
                (house || self.stands_alone(self.first_listed(at)))
                    && !self.folded.followed(behind + 1, THINGS)
            }
            _ => return (house && self.is_no_count(at)).then_some(cells),
        };
        is_door.then_some(cells.start..behind + 1)
    }

    /// Rent, or a flat of three rooms and two halls (三室两厅), whatever number stands before it.
    fn is_no_room(&self, behind: usize) -> bool {
        let halls = self.folded.char(behind).is_some_and(|c| c.is_ascii_digit())
            && self.folded.followed(behind + 1, &["厅", "卫"]);
        halls || self.folded.followed(behind, &["价", "款", "租", "贷", "补", "源", "产", "屋"])
    }

    /// Past separators and one letter: 502 A室.
    fn behind(&self, from: usize) -> usize {
        let next = self.folded.onward(from);
        let letter = self.folded.char(next).is_some_and(|c| c.is_ascii_uppercase());
        let word = self.folded.onward(next + 1);
        if letter && matches!(self.folded.char(word), Some('室' | '房' | '户' | '号')) {
            word
        } else {
            next
        }
    }

    /// The first run of a number that is written digit by digit, as 5 0 2.
    fn spelled(&self, at: usize) -> Option<usize> {
        let mut first = at;
        while first > 0
            && self.values(first).len() == 1
            && self.values(first - 1).len() == 1
            && self.gap(first - 1) == Gap::Apart
        {
            first -= 1;
        }
        (at - first >= 2).then_some(first)
    }

    /// What stands behind a run.
    fn gap(&self, run: usize) -> Gap {
        self.folded.digits[self.folded.runs[run].end - 1].gap
    }

    /// 2单元502, 3栋502, and 3栋2-502.
    fn is_behind_a_house(&self, at: usize) -> bool {
        let is_house = |cell: usize| {
            let before = self.folded.back(cell);
            let sign = self.folded.preceded(before, &["#"])
                && self.folded.char(before.wrapping_sub(2)).is_some_and(|c| c.is_ascii_digit());
            sign || self.folded.preceded(before, HOUSES)
        };
        let start = self.cells(at).start;
        is_house(start)
            || at.checked_sub(1).is_some_and(|stairs| {
                self.is_jointed(stairs)
                    && self.values(stairs).len() <= 2
                    && is_house(self.cells(stairs).start)
            })
    }

    fn is_no_count(&self, at: usize) -> bool {
        let (values, cells) = (self.values(at), self.cells(at));
        let stairwell = self.folded.preceded(self.folded.back(cells.start), &["单元"]);
        let service = SERVICES.contains(&values.as_slice()) && !stairwell;
        let behind = self.folded.onward(cells.end);
        // A year, also with its month behind: 3号楼2026-05.
        let month = self.is_jointed(at) && self.values(at + 1).len() <= 2;
        let year = is_year(&values) && (month || self.folded.char(behind) == Some('年'));
        !(service || year || self.folded.followed(behind, COUNTED))
    }

    /// Whether a number of 号 has nothing before it that says what it is the number of.
    fn stands_alone(&self, cell: usize) -> bool {
        // 〔2026〕104号 is a paper's.
        if self.folded.preceded(cell, &["〕", "]", ")", "】"]) {
            return false;
        }
        let before = self.folded.back(cell);
        let jointed = (before..cell).any(|at| self.folded.char(at).is_some_and(is_joint));
        match before.checked_sub(1).and_then(|at| self.folded.char(at)) {
            None | Some('住' | '在' | '家' | '是' | '的' | '户' | '层') => true,
            Some(c) if c.is_ascii_digit() => before < cell && !jointed,
            Some(c) => !c.is_alphanumeric(),
        }
    }

    /// Whether a run is joined to the next by a dash, dot or slash.
    fn is_jointed(&self, run: usize) -> bool {
        let last = self.folded.runs[run].end - 1;
        self.gap(run) == Gap::Apart && self.folded.between(last, last + 1).any(is_joint)
    }

    /// 3-2-502. A date in that form has its year first, and 26.11.2028 is a date.
    fn triple(&self, at: usize) -> Option<Range<usize>> {
        let (house, stairs) = (at.checked_sub(2)?, at.checked_sub(1)?);
        let room = self.values(at);
        let sizes =
            (1..=3).contains(&self.values(house).len()) && (1..=2).contains(&self.values(stairs).len());
        let date = house
            .checked_sub(1)
            .is_some_and(|before| self.is_jointed(before) && self.values(before).len() == 4);
        let joined = self.is_jointed(house) && self.is_jointed(stairs);
        let dated = is_year(&room) && number(&room) >= 2013;
        let counted = self.folded.followed(self.folded.onward(self.cells(at).end), COUNTED);
        let fits = sizes && !date && joined && is_room(&room) && !dated && !counted;
        fits.then(|| self.cells(house).start..self.cells(at).end)
    }

    /// The doors that are listed before this one: 501、502室.
    fn before(&self, at: usize) -> Vec<Range<usize>> {
        let mut listed = Vec::new();
        let mut run = at;
        while let Some(next) = run.checked_sub(1).filter(|next| self.is_listed(*next)) {
            listed.push(self.cells(next));
            run = next;
        }
        listed
    }

    /// Where a list that ends here begins: 第1079、1102号 is no list of doors.
    fn first_listed(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(next) = first.checked_sub(1).filter(|next| self.is_alike(*next)) {
            first = next;
        }
        self.cells(first).start
    }

    /// And those behind it: 2单元501、502.
    fn after(&self, at: usize) -> Vec<Range<usize>> {
        let mut listed = Vec::new();
        let mut run = at;
        while run + 1 < self.folded.runs.len() && self.is_listed(run) && self.is_no_count(run + 1) {
            run += 1;
            listed.push(self.cells(run));
        }
        listed
    }

    /// Whether a run and the next may both be doors, of one list.
    fn is_listed(&self, run: usize) -> bool {
        self.is_alike(run) && is_room(&self.values(run)) && is_room(&self.values(run + 1))
    }

    /// Whether a run and the next are as long, and what is between them only lists them.
    fn is_alike(&self, run: usize) -> bool {
        if self.values(run).len() != self.values(run + 1).len() {
            return false;
        }
        let last = self.folded.runs[run].end - 1;
        let mut between = self.folded.between(last, last + 1).peekable();
        let list = |c: char| {
            is_separator(c)
                || matches!(
                    c,
                    ',' | '、' | ';' | '和' | '及' | '与' | '至' | '到' | '跟' | '室' | '户' | '号' | '房'
                )
        };
        between.peek().is_some() && between.all(list)
    }
}

/// Floor and door: 502, 1203, and 11502 with the building before.
fn is_room(values: &[u8]) -> bool {
    let door = number(values) % 100;
    (3..=5).contains(&values.len()) && values.first() != Some(&0) && (1..=39).contains(&door)
}

fn is_year(values: &[u8]) -> bool {
    matches!(values, [1, 9, ..] | [2, 0, ..]) && values.len() == 4
}

fn number(values: &[u8]) -> u32 {
    values.iter().take(9).fold(0, |number, value| number * 10 + u32::from(*value))
}
