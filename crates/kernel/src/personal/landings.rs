//! Homes that are told without the number of a door: a floor and the side of its landing
//! (五楼西户), a floor and the door there (5层2号). A floor alone is public, and so is the side
//! of a house.

use super::doors::{COUNTS, Doors, THINGS};
use super::fold::{Folded, is_dash};
use super::{Note, Personal, Sure};

/// Whether it was said before which house a floor is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum House {
    Known,
    Unknown,
}

/// The sides of a landing.
const SIDES: &[&str] = &[
    "东南",
    "东北",
    "西南",
    "西北",
    "东",
    "西",
    "南",
    "北",
    "中",
    "左",
    "右",
    "中间",
    "对着楼梯",
    "最东",
    "最西",
    "最左",
    "最右",
    "靠东",
    "靠西",
    "靠左",
    "靠右",
];
/// What a home is called by its side.
const HOMES: &[&str] = &["户", "门", "家", "室", "屋"];
/// A side of it, and what may say that a home is meant.
const EDGES: &[&str] = &["边", "侧", "手边", "手", "首", "面", "头"];
const WHOSE: &[&str] = &[
    "那家",
    "那户",
    "一家",
    "一户",
    "的住户",
    "的人家",
    "住户",
    "人家",
    "邻居",
    "第一家",
    "第一户",
    "的邻居",
    "的那家",
    "的那户",
    "家",
    "户",
    "的业主",
    "业主",
    "那个邻居",
];
/// What is everyone's at that side.
const SHARED: &[&str] = &[
    "楼道",
    "走廊",
    "窗",
    "墙",
    "外",
    "通道",
    "消防",
    "平台",
    "露台",
    "楼梯",
    "电梯",
    "公共",
    "过道",
    "灯",
    "管",
    "井",
    "门厅",
    "路",
    "街",
    "区",
    "的楼道",
    "的走廊",
    "的窗",
    "的墙",
    "的灯",
    "的管",
    "的消防",
    "声控",
    "照明",
    "配电",
    "应急",
];
/// Behind a floor these make it something else: a stair, a roof, a building's gate.
const NO_FLOOR: &[&str] =
    &["楼梯", "楼道", "楼顶", "楼前", "楼后", "楼栋", "楼长", "楼门", "楼下", "楼体", "楼宇", "楼盘", "楼房"];

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let landings = Landings { folded, doors: Doors { folded } };
    for (at, cell) in folded.cells.iter().enumerate() {
        if matches!(cell.c, '层' | '楼') {
            landings.floor(at, note);
        }
    }
    for run in 0..folded.runs.len() {
        landings.triple(run, note);
    }
}

struct Landings<'f> {
    folded: &'f Folded,
    doors: Doors<'f>,
}

impl Landings<'_> {
    /// 12楼西户, 顶层东户, 5楼左边那家, 5层2号.
    fn floor(&self, at: usize, note: &mut Note) {
        let Some(start) = self.begins(at) else { return };
        if self.folded.followed(at, NO_FLOOR) {
            return;
        }
        // 3楼2单元: what has a floor before it may be a house.
        let known = self.doors.house_before(start).is_some() || self.jointed(start);
        let house = if known { House::Known } else { House::Unknown };
        let after = self.folded.onward(at + 1);
        let after = self.folded.past(after, &["的", "靠", "最"]).unwrap_or(after);
        let hit = self.side(after, house).or_else(|| self.door(after, start, house));
        if let Some((end, sure)) = hit {
            note(Personal::Door, sure, start..end);
        }
    }

    /// The cell where the number of a floor begins.
    fn begins(&self, at: usize) -> Option<usize> {
        if let Some(named) = self.folded.before(at, &["顶", "底", "最高", "最低"]) {
            return Some(named);
        }
        let last = self.folded.back(at).checked_sub(1)?;
        let digit = self.folded.digits.partition_point(|digit| digit.cell < last);
        let digit = self.folded.digits.get(digit).filter(|digit| digit.cell == last)?;
        let run = self.folded.runs.get(digit.run).filter(|run| run.len() <= 2)?;
        Some(self.folded.cells_of(run).start)
    }

    /// Whether numbers with dashes stand before it: 3-2-12楼.
    fn jointed(&self, start: usize) -> bool {
        let before = self.folded.back(start);
        before < start
            && (before..start).any(|at| self.folded.char(at).is_some_and(is_dash))
            && before.checked_sub(1).and_then(|at| self.folded.char(at)).is_some_and(|c| c.is_ascii_digit())
    }

    /// A side of a landing that somebody lives at, and where it ends.
    fn side(&self, after: usize, house: House) -> Option<(usize, Sure)> {
        let side = self.folded.past(after, SIDES)?;
        let likely = |end| Some((end, Sure::Likely));
        if let Some(home) = self.folded.past(side, HOMES) {
            return match (house, self.folded.followed(home, SHARED)) {
                (_, true) => None,
                (House::Known, false) => Some((home, Sure::Certain)),
                (House::Unknown, false) => likely(home),
            };
        }
        if let Some(edge) = self.folded.past(side, EDGES) {
            return match self.folded.past(edge, WHOSE) {
                Some(end) => likely(end),
                None if house == House::Known && !self.folded.followed(edge, SHARED) => likely(edge),
                None => None,
            };
        }
        (house == House::Known && !self.folded.followed(side, SHARED)).then_some((side, Sure::Likely))
    }

    /// The door of a floor: 5层2号.
    fn door(&self, after: usize, floor: usize, house: House) -> Option<(usize, Sure)> {
        let digit = self.folded.digits.partition_point(|digit| digit.cell < after);
        let digit = self.folded.digits.get(digit).filter(|digit| digit.cell == after)?;
        let run = self.folded.runs.get(digit.run).filter(|run| run.len() <= 2)?;
        let word = self.folded.onward(self.folded.cells_of(run).end);
        let home = self.folded.past(word, &["号", "室", "户", "房", "门", "家"])?;
        let counted = self.folded.preceded(self.folded.back(floor), COUNTS)
            || self.folded.followed(home, THINGS)
            || self.folded.followed(home, &["居民", "厅", "签", "同意", "已", "都", "均"]);
        let many = self.folded.char(word) == Some('户') && run.len() > 1;
        let numbered = matches!(self.folded.char(word), Some('号' | '室'));
        let sure = match house {
            House::Known => Some(Sure::Certain),
            House::Unknown => numbered.then_some(Sure::Likely),
        };
        sure.filter(|_| !counted && !many).map(|sure| (home, sure))
    }

    /// 3-2-12西.
    fn triple(&self, run: usize, note: &mut Note) {
        let Some(first) = run.checked_sub(2) else { return };
        let short = (first..=run).all(|run| self.doors.values(run).len() <= 2);
        let dashed = [first, first + 1].iter().all(|run| {
            let last = self.folded.runs[*run].end - 1;
            let mut between = self.folded.between(last, last + 1).filter(|c| !c.is_whitespace()).peekable();
            between.peek().is_some() && between.all(is_dash)
        });
        let end = self.doors.cells(run).end;
        let end = self.folded.past(end, SIDES).filter(|side| !self.folded.followed(*side, SHARED));
        if let (true, true, Some(end)) = (short, dashed, end) {
            let end = self.folded.past(end, HOMES).unwrap_or(end);
            note(Personal::Door, Sure::Likely, self.doors.cells(first).start..end);
        }
    }
}
