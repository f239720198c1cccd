//! Many places written in one line (批量添加): `1-10号楼 × 1-4单元 × 101-1004`, each level with the
//! word for what it is, the largest first. Only reading: what of it stands already and what is
//! opened is [`super::lay`]'s.

use super::PlaceKind;
use super::ordinal::{Item, Span};
use std::collections::HashSet;
use std::fmt;

/// Most places of one plan. A community has some twenty thousand; more is a slip of the finger.
pub const MOST: u64 = 50_000;
/// What stands after a range of doors that are numbered on, floor or not.
const ON: &str = "连号";

/// Places to be opened, as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its lines, each for itself.
    pub lines: Vec<Vec<Level>>,
}

/// One level of a line: places of one kind, in each of the level before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// What they are.
    pub kind: PlaceKind,
    /// What they are called, in order, each once.
    pub names: Vec<String>,
    /// Which of them were read as floors with rooms.
    pub floors: Vec<Floors>,
}

/// A range of doors that was read as floors with rooms (楼层与房间).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floors {
    /// As it was written.
    pub words: String,
    /// The lowest floor and the highest.
    pub floors: (u64, u64),
    /// The first room of each and the last.
    pub rooms: (u64, u64),
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is written.
    Empty,
    /// Nothing stands before or after a sign.
    Blank,
    /// It does not say what it is.
    Unit,
    /// Its ends cannot be counted from one to the other.
    Range,
    /// Its end comes before its beginning.
    Backwards,
    /// Its last room comes before its first.
    Rooms,
    /// It stands there twice.
    Twice,
    /// It is another kind of place than the others of its level.
    Mixed,
    /// It cannot lie in what stands before it.
    Parent,
    /// There are too many.
    Many,
}

/// Why a plan does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoPlan {
    /// What is wrong.
    pub wrong: Wrong,
    /// In which line, from 1.
    pub line: u64,
    /// With what, as it was written.
    pub words: String,
    /// How many places it would be.
    pub count: u64,
}

impl NoPlan {
    fn at(wrong: Wrong, words: &str) -> Self {
        Self { wrong, line: 1, words: words.trim().to_owned(), count: 0 }
    }

    fn many(words: &str, count: u64) -> Self {
        Self { count, ..Self::at(Wrong::Many, words) }
    }

    fn in_line(self, n: usize) -> Self {
        Self { line: u64::try_from(n).unwrap_or_default() + 1, ..self }
    }
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, words) = (self.line, &self.words);
        match self.wrong {
            Wrong::Empty => write!(f, "nothing is written: write for example 1-10号楼 × 1-4单元 × 101-1004"),
            Wrong::Blank => write!(f, "line {line}: something is missing beside a sign in “{words}”"),
            Wrong::Unit => {
                write!(f, "line {line}: “{words}” does not say what it is: write 1-10号楼, 1-4单元")
            }
            Wrong::Range => {
                write!(f, "line {line}: “{words}” cannot be counted: write a number at both ends")
            }
            Wrong::Backwards => {
                write!(f, "line {line}: “{words}” runs backwards: the smaller one comes first")
            }
            Wrong::Rooms => write!(f, "line {line}: the rooms of “{words}” run backwards: write 101-1004"),
            Wrong::Twice => write!(f, "line {line}: “{words}” stands there twice"),
            Wrong::Mixed => write!(f, "line {line}: “{words}” is something else than what stands beside it"),
            Wrong::Parent => write!(f, "line {line}: “{words}” cannot lie there: the largest comes first"),
            Wrong::Many => write!(f, "line {line}: {} places are more than {MOST} at once", self.count),
        }
    }
}

impl Plan {
    /// Reads what was written of places inside one of this kind.
    ///
    /// # Errors
    /// The first thing that does not read, with what to write instead.
    pub fn read(text: &str, inside: PlaceKind) -> Result<Self, NoPlan> {
        let text = plain(text);
        let mut lines = Vec::new();
        let mut count = 0_u64;
        for (n, line) in text.split(['\n', ';']).enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let levels = levels(line, inside).map_err(|wrong| wrong.in_line(n))?;
            count = count.saturating_add(counted(&levels));
            if count > MOST {
                return Err(NoPlan::many(line, count).in_line(n));
            }
            lines.push(levels);
        }
        if lines.is_empty() { Err(NoPlan::at(Wrong::Empty, "")) } else { Ok(Self { lines }) }
    }

    /// How many places its lines name, each line for itself.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.lines.iter().map(|levels| counted(levels)).sum()
    }

    /// All ranges of doors that were read as floors, each once.
    #[must_use]
    pub fn floors(&self) -> Vec<&Floors> {
        let mut all: Vec<&Floors> = Vec::new();
        for floors in self.lines.iter().flatten().flat_map(|level| &level.floors) {
            if !all.contains(&floors) {
                all.push(floors);
            }
        }
        all
    }
}

impl Floors {
    /// How many doors it is.
    #[must_use]
    pub fn count(&self) -> u64 {
        let of = |(from, to): (u64, u64)| (to - from).saturating_add(1);
        of(self.floors).saturating_mul(of(self.rooms))
    }

    /// Its first room and its last, as they stand at doors.
    #[must_use]
    pub fn rooms(&self) -> (String, String) {
        (format!("{:02}", self.rooms.0), format!("{:02}", self.rooms.1))
    }
}

/// How many places a line names: the first level, then in each of those the second, and so on.
fn counted(levels: &[Level]) -> u64 {
    let (mut each, mut all) = (1_u64, 0_u64);
    for level in levels {
        each = each.saturating_mul(u64::try_from(level.names.len()).unwrap_or(u64::MAX));
        all = all.saturating_add(each);
    }
    all
}

/// What was typed, with one character for each sign: full-width letters and digits, dashes, and
/// the signs for "times" of whatever keyboard.
pub(super) fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\t' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{301c}' => '-',
        '✕' | '✖' | '⨯' | '╳' => '×',
        '、' => ',',
        c => c,
    };
    let text: Vec<char> = text.replace("\r\n", "\n").chars().map(one).map(sign).collect();
    let letter = |n: Option<usize>| n.and_then(|n| text.get(n)).copied();
    // A letter x between two levels is a sign; in a name it stays.
    let times = |n: usize| {
        let (before, after) = (letter(n.checked_sub(1)), letter(Some(n + 1)));
        let ends = |c: Option<char>| c.is_some_and(|c| c == ' ' || !c.is_ascii());
        let begins = |c: Option<char>| c.is_some_and(|c| c == ' ' || c.is_ascii_digit());
        ends(before) && begins(after)
    };
    let signs =
        text.iter().enumerate().map(|(n, c)| if matches!(c, 'x' | 'X') && times(n) { '×' } else { *c });
    signs.collect()
}

fn sign(c: char) -> char {
    match c {
        '*' => '×',
        '~' => '-',
        c => c,
    }
}

/// The levels of a line, each in the one before.
fn levels(line: &str, inside: PlaceKind) -> Result<Vec<Level>, NoPlan> {
    let mut levels: Vec<Level> = Vec::new();
    let mut parent = inside;
    for words in line.split(['×', ':']) {
        let level = level(words, parent).map_err(|wrong| match wrong.wrong {
            Wrong::Blank => NoPlan::at(Wrong::Blank, line),
            _ => wrong,
        })?;
        parent = level.kind;
        levels.push(level);
    }
    Ok(levels)
}

/// The places of one level: numbers and names with commas between them. The word for what they
/// are stands after each, or after the last of several numbers.
fn level(words: &str, parent: PlaceKind) -> Result<Level, NoPlan> {
    let mut spans: Vec<(Span, &str, Numbered)> = Vec::new();
    for item in words.split(',').map(str::trim) {
        let (bare, numbered) = match item.strip_suffix(ON) {
            Some(bare) => (bare, Numbered::On),
            None => (item, Numbered::ByFloor),
        };
        if bare.is_empty() {
            return Err(NoPlan::at(Wrong::Blank, words));
        }
        let span = Span::read(bare).map_err(|wrong| NoPlan::at(wrong, item))?;
        spans.push((span, item, numbered));
    }
    // 1,3,5-8号楼: each takes the word of the next one that has one.
    let mut unit = String::new();
    for (span, ..) in spans.iter_mut().rev() {
        if span.unit().is_empty() {
            span.take(&unit);
        } else {
            span.unit().clone_into(&mut unit);
        }
    }
    let mut level: Option<Level> = None;
    let mut seen = HashSet::new();
    for (span, item, numbered) in spans {
        let kind = kind_of(&span, parent).map_err(|wrong| NoPlan::at(wrong, item))?;
        let level = level.get_or_insert_with(|| Level { kind, names: Vec::new(), floors: Vec::new() });
        if level.kind != kind {
            return Err(NoPlan::at(Wrong::Mixed, item));
        }
        let floors = floors(&span, item, kind, numbered)?;
        let count = floors.as_ref().map_or_else(|| span.count(), Floors::count);
        if count > MOST {
            return Err(NoPlan::many(item, count));
        }
        let names = floors.as_ref().map_or_else(|| span.names(), |floors| span.doors(floors));
        level.floors.extend(floors);
        for name in names {
            if !seen.insert(key(kind, &name)) {
                return Err(NoPlan::at(Wrong::Twice, &name));
            }
            level.names.push(name);
        }
        let so_far = u64::try_from(level.names.len()).unwrap_or(u64::MAX);
        if so_far > MOST {
            return Err(NoPlan::many(words, so_far));
        }
    }
    level.ok_or_else(|| NoPlan::at(Wrong::Blank, words))
}

/// How a range of doors goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbered {
    /// 101-1004: the tenth floor has rooms 01 to 04, as the first has.
    ByFloor,
    /// 101-140连号: one after the other.
    On,
}

/// The floors and rooms of a range of doors, where both ends have them: the last two digits are
/// the room, what stands before them is the floor.
fn floors(span: &Span, words: &str, kind: PlaceKind, numbered: Numbered) -> Result<Option<Floors>, NoPlan> {
    let by_floor = kind == PlaceKind::Household && numbered == Numbered::ByFloor;
    let Some((from, to)) = span.numbers().filter(|_| by_floor) else { return Ok(None) };
    if from < 100 || to < 100 {
        return Ok(None);
    }
    let (floors, rooms) = ((from / 100, to / 100), (from % 100, to % 100));
    if rooms.0 > rooms.1 {
        return Err(NoPlan::at(Wrong::Rooms, words));
    }
    Ok(Some(Floors { words: words.to_owned(), floors, rooms }))
}

/// What is written after the number of each kind of place, the longest first where one ends in
/// another.
const UNITS: &[(&str, PlaceKind)] = &[
    ("小区", PlaceKind::Compound),
    ("小區", PlaceKind::Compound),
    ("市场", PlaceKind::Market),
    ("市場", PlaceKind::Market),
    ("村", PlaceKind::NaturalVillage),
    ("组", PlaceKind::NaturalVillage),
    ("网格", PlaceKind::Grid),
    ("路段", PlaceKind::RoadSection),
    ("单元", PlaceKind::Stairwell),
    ("單元", PlaceKind::Stairwell),
    ("楼道", PlaceKind::Stairwell),
    ("樓道", PlaceKind::Stairwell),
    ("门洞", PlaceKind::Stairwell),
    ("门栋", PlaceKind::Stairwell),
    ("楼梯", PlaceKind::Stairwell),
    ("楼", PlaceKind::Building),
    ("樓", PlaceKind::Building),
    ("栋", PlaceKind::Building),
    ("棟", PlaceKind::Building),
    ("幢", PlaceKind::Building),
    ("座", PlaceKind::Building),
    ("摊位", PlaceKind::Stall),
    ("档口", PlaceKind::Stall),
    ("摊", PlaceKind::Stall),
    ("室", PlaceKind::Household),
    ("户", PlaceKind::Household),
    ("戶", PlaceKind::Household),
    ("门", PlaceKind::Stairwell),
    ("期", PlaceKind::Phase),
    ("区", PlaceKind::Phase),
    ("區", PlaceKind::Phase),
    ("号", PlaceKind::Building),
    ("號", PlaceKind::Building),
];

/// What a place is, by the word after its number or, where there is none, by what it lies in.
pub(super) fn kind_of(span: &Span, parent: PlaceKind) -> Result<PlaceKind, Wrong> {
    let written = span.written();
    let said = UNITS.iter().find(|(unit, _)| written.ends_with(unit)).map(|(_, kind)| *kind);
    let is_community = parent.is_community();
    match said {
        Some(kind) if kind.lies_in(Some(parent)) => Ok(kind),
        // 阳光一期 and 杏林新村 are compounds to those who live there.
        Some(PlaceKind::Phase | PlaceKind::NaturalVillage) if is_community => Ok(PlaceKind::Compound),
        Some(_) => Err(Wrong::Parent),
        None if span.unit().is_empty() && span.numbers().is_some() => {
            let doors = [PlaceKind::Household, PlaceKind::Stall];
            doors.into_iter().find(|kind| kind.lies_in(Some(parent))).ok_or(Wrong::Unit)
        }
        // 南苑: any other name in a community is a compound's.
        None if is_community && (span.is_name() || !span.unit().is_empty()) => Ok(PlaceKind::Compound),
        None => Err(Wrong::Unit),
    }
}

/// By what two names of one kind of place are told apart: 01号楼, １ 号楼 and 一号楼 are one, and so
/// are the doors 301 and 301室.
#[must_use]
pub fn key(kind: PlaceKind, name: &str) -> String {
    let name = plain(name).split_whitespace().collect::<String>();
    let name = match kind {
        PlaceKind::Household => name.trim_end_matches(['室', '户', '戶', '号', '號']),
        _ => name.as_str(),
    };
    Item::of(name).map_or_else(|| name.to_lowercase(), |item| item.key())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Plan {
        Plan::read(text, PlaceKind::Community).unwrap()
    }

    fn wrong(text: &str, inside: PlaceKind) -> (Wrong, String) {
        let no = Plan::read(text, inside).unwrap_err();
        (no.wrong, no.words)
    }

    fn kinds(plan: &Plan) -> Vec<PlaceKind> {
        plan.lines[0].iter().map(|level| level.kind).collect()
    }

    #[test]
    fn a_line_reads_however_it_was_typed() {
        let compound = PlaceKind::Compound;
        let plan = Plan::read("1-10号楼 × 1-4单元 × 101-1004", compound).unwrap();
        assert_eq!(kinds(&plan), [PlaceKind::Building, PlaceKind::Stairwell, PlaceKind::Household]);
        assert_eq!(plan.count(), 10 + 40 + 1_600);
        let doors = &plan.lines[0][2];
        assert_eq!((doors.names[0].as_str(), doors.names[4].as_str()), ("101", "201"));
        assert_eq!((doors.names.len(), doors.names.last().unwrap().as_str()), (40, "1004"));
        for same in [
            "1-10号楼*1-4单元*101-1004",
            "１－１０号楼×１－４单元×１０１－１００４",
            "1～10号楼 × 1～4单元 × 101～1004",
            "1—10号楼 ✕ 1–4单元 ✖ 101−1004",
            "1至10号楼 x 1到4单元 x 101至1004",
            "1 - 10 号楼x1 - 4 单元x101 - 1004",
            "1号楼-10号楼 × 1单元-4单元 × 101-1004",
        ] {
            let other = Plan::read(same, compound).unwrap();
            let names =
                |plan: &Plan| plan.lines[0].iter().map(|level| level.names.clone()).collect::<Vec<_>>();
            assert_eq!(names(&other), names(&plan), "{same}");
        }
    }

    #[test]
    fn lists_letters_and_prefixes_read_as_people_write_them() {
        let names = |text: &str, inside| Plan::read(text, inside).unwrap().lines[0][0].names.clone();
        let compound = PlaceKind::Compound;
        assert_eq!(names("1,3,5-8号楼", compound), ["1号楼", "3号楼", "5号楼", "6号楼", "7号楼", "8号楼"]);
        assert_eq!(names("A-D座", compound), ["A座", "B座", "C座", "D座"]);
        assert_eq!(names("1栋-3栋", compound), ["1栋", "2栋", "3栋"]);
        assert_eq!(names("甲-丙幢", compound), ["甲幢", "乙幢", "丙幢"]);
        assert_eq!(names("一至四单元", PlaceKind::Building), ["一单元", "二单元", "三单元", "四单元"]);
        assert_eq!(names("01-03号楼", compound), ["01号楼", "02号楼", "03号楼"]);
        assert_eq!(names("第1-第2单元", PlaceKind::Building), ["第1单元", "第2单元"]);
        assert_eq!(names("A101-A202", PlaceKind::Stairwell), ["A101", "A102", "A201", "A202"]);
        assert_eq!(names("0101-0202室", PlaceKind::Stairwell), ["0101室", "0102室", "0201室", "0202室"]);
        assert_eq!(names("1-3", PlaceKind::Market), ["1", "2", "3"]);
        assert_eq!(names("南苑、至善苑", PlaceKind::Community), ["南苑", "至善苑"]);
        assert_eq!(names("阳光1-2期", PlaceKind::Community), ["阳光1期", "阳光2期"]);
        let kind = |text, inside| Plan::read(text, inside).unwrap().lines[0][0].kind;
        assert_eq!(kind("杏林新村", PlaceKind::Community), PlaceKind::Compound);
        assert_eq!(kind("1-5组", PlaceKind::Village), PlaceKind::NaturalVillage);
    }

    #[test]
    fn doors_are_floors_with_rooms_unless_they_are_numbered_on() {
        let plan = Plan::read("101-304", PlaceKind::Stairwell).unwrap();
        let floors = plan.floors()[0];
        assert_eq!((floors.floors, floors.rooms, floors.count()), ((1, 3), (1, 4), 12));
        assert_eq!(floors.rooms(), ("01".to_owned(), "04".to_owned()));
        let on = Plan::read("101-304连号", PlaceKind::Stairwell).unwrap();
        assert_eq!((on.count(), on.floors().len()), (204, 0));
        let few = Plan::read("1-40", PlaceKind::Stairwell).unwrap();
        assert_eq!((few.count(), few.floors().len()), (40, 0));
        let gap = Plan::read("101-302,501-602室", PlaceKind::Stairwell).unwrap();
        assert_eq!(gap.count(), 6 + 4);
    }

    #[test]
    fn a_line_may_be_one_compounds_and_several_may_share_one_shape() {
        let plan = read("南苑: 1-2号楼 × 1-4单元\n北苑、东苑： 1-3号楼\n\n；5-6号楼");
        assert_eq!(plan.lines.len(), 3);
        assert_eq!(plan.count(), (1 + 2 + 8) + (2 + 6) + 2);
        assert_eq!(kinds(&plan), [PlaceKind::Compound, PlaceKind::Building, PlaceKind::Stairwell]);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let (community, compound, building) =
            (PlaceKind::Community, PlaceKind::Compound, PlaceKind::Building);
        for (text, inside, what, words) in [
            ("", compound, Wrong::Empty, ""),
            (" \n ", compound, Wrong::Empty, ""),
            ("1-10", compound, Wrong::Unit, "1-10"),
            ("1-10号楼 × ", compound, Wrong::Blank, "1-10号楼 ×"),
            ("1-10号楼,, × 1单元", compound, Wrong::Blank, "1-10号楼,, × 1单元"),
            ("10-1号楼", compound, Wrong::Backwards, "10-1号楼"),
            ("D-A座", compound, Wrong::Backwards, "D-A座"),
            ("A-4座", compound, Wrong::Range, "A-4座"),
            ("1栋-4座", compound, Wrong::Range, "1栋-4座"),
            ("南苑-北苑", community, Wrong::Range, "南苑-北苑"),
            ("1-2-3号楼", compound, Wrong::Range, "1-2-3号楼"),
            ("1-5号楼,3号楼", compound, Wrong::Twice, "3号楼"),
            ("1-3号楼,东区", compound, Wrong::Mixed, "东区"),
            ("1-4单元", compound, Wrong::Parent, "1-4单元"),
            ("1-4单元 × 1-10号楼", building, Wrong::Parent, "1-10号楼"),
            ("1-10层", building, Wrong::Unit, "1-10层"),
            ("104-1001", PlaceKind::Stairwell, Wrong::Rooms, "104-1001"),
            ("1-9999999999号楼", compound, Wrong::Many, "1-9999999999号楼"),
            ("1-99999999999999999999999号楼", compound, Wrong::Range, "1-99999999999999999999999号楼"),
            ("101-9999999904", building, Wrong::Many, "101-9999999904"),
        ] {
            assert_eq!(wrong(text, inside), (what, words.to_owned()), "{text}");
        }
        let second = Plan::read("1-2号楼\n3-2号楼", compound).unwrap_err();
        assert_eq!(second.line, 2);
        let much = Plan::read("1-100号楼 × 1-100单元 × 1-100", compound).unwrap_err();
        assert_eq!((much.wrong, much.count), (Wrong::Many, 100 + 10_000 + 1_000_000));
    }

    #[test]
    fn names_that_mean_one_place_have_one_key() {
        let building = |name| key(PlaceKind::Building, name);
        for same in ["1号楼", "１号楼", "01号楼", " 1 号楼 ", "一号楼", "第1号楼"] {
            assert_eq!(building(same), building("1号楼"), "{same}");
        }
        for other in ["10号楼", "2号楼", "1栋", "东1号楼"] {
            assert_ne!(building(other), building("1号楼"), "{other}");
        }
        let door = |name| key(PlaceKind::Household, name);
        assert_eq!(door("301室"), door("0301"));
        assert_ne!(door("301"), door("3011"));
        assert_eq!(building("a座"), building("A座"));
    }

    proptest! {
        /// The count is the product, every name stands once, and in the order of the numbers.
        #[test]
        fn a_line_is_the_product_of_its_levels(
            (b, bn) in (1_u64..40, 0_u64..20), (u, un) in (1_u64..6, 0_u64..5),
            floors in 1_u64..30, rooms in 1_u64..9,
        ) {
            let text = format!("{b}-{}号楼 × {u}-{}单元 × 101-{floors}{rooms:02}", b + bn, u + un);
            let plan = Plan::read(&text, PlaceKind::Compound).unwrap();
            let (bn, un, doors) = (bn + 1, un + 1, floors * rooms);
            prop_assert_eq!(plan.count(), bn + bn * un + bn * un * doors);
            for level in &plan.lines[0] {
                let number = |name: &String| {
                    name.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap()
                };
                let numbers: Vec<u64> = level.names.iter().map(number).collect();
                prop_assert!(numbers.windows(2).all(|two| two[0] < two[1]));
            }
        }

        /// Whatever is typed, there is an answer, and never more places than are allowed.
        #[test]
        fn whatever_is_typed_reads_or_is_refused_with_its_words(
            text in "[0-9一二十A-Ca号楼栋单元室期,、×*x:：~～至 \\-\n连苑]{0,40}",
        ) {
            for inside in PlaceKind::ALL {
                match Plan::read(&text, *inside) {
                    Ok(plan) => {
                        prop_assert!(plan.count() <= MOST && plan.count() > 0);
                        for levels in &plan.lines {
                            let mut parent = *inside;
                            for level in levels {
                                prop_assert!(level.kind.lies_in(Some(parent)));
                                parent = level.kind;
                            }
                        }
                    }
                    Err(no) => prop_assert!(no.wrong == Wrong::Empty || !no.words.is_empty(), "{no:?}"),
                }
            }
        }
    }
}
