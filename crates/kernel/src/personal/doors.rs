//! Doors (门牌号): whoever reads 502 of a stairwell knows who lives there. A street number, a
//! building, a stairwell are public and are left; so are counts of households, numbers of things
//! and rooms that are everyone's. Floors with a side of the landing are in [`super::landings`].

use super::fold::{Folded, Gap, is_dash, is_dot, is_separator};
use super::{Note, Personal, Sure};
use std::ops::Range;

/// What a stairwell ends with, before the number of a door.
const STAIRS: &[&str] = &["单元", "梯", "单元门"];
/// What a building or floor ends with.
const HOUSES: &[&str] = &["楼", "栋", "幢", "座", "层", "栋楼"];
/// Behind a number after a building these make it a count, an amount or a room for everyone.
/// [`SPARED`] and surnames say where they do not.
const COUNTED: &[&str] = &[
    "元", "人", "盏", "米", "平", "方", "个", "块", "万", "千", "条", "台", "吨", "辆", "棵", "票", "名",
    "位", "份", "度", "公里", "公斤", "公分", "多", "余", "毫", "厘", "分", "瓦", "%", "‰", "M", "号楼",
    "号院", "栋", "幢", "级", "会议", "办公", "活动", "教室", "车位", "伏", "秒", "件", "天", "张", "套",
    "间", "处", "小时", "路", "桶", "斤", "箱", "袋", "幅", "盆", "组", "根", "项", "节", "只", "扇", "面",
    "支", "次", "周", "期", "批", "字", "页", "种", "亩", "克", "升", "安", "届", "场", "把", "本", "卷",
    "册", "具", "架", "盒", "瓶", "片", "株", "颗", "层", "版", "V", "W", "KV", "KW", "KG", "CM", "MM", "℃",
    "规格", "型", "比", "比特", "兆", "像素", "接警", "报警", "医院", "国道", "省道", "县道", "桩", "灯杆",
    "路灯", "工程", "日", "月", "点", "时", "分钟", "年度", "所", "班", "部", "队", "连", "厂", "房间",
    "余户", "多户", "邮",
];
/// What begins like a count and is none: 502天花板漏水, 502次卧.
const SPARED: &[&str] = &[
    "天花",
    "次卧",
    "次日",
    "时常",
    "时不时",
    "面前",
    "个人",
    "间歇",
    "处于",
    "处在",
    "方便",
    "周围",
    "周边",
    "多次",
    "部分",
    "万一",
    "分明",
    "分别",
    "安装",
    "安静",
    "本人",
    "本来",
    "场面",
    "点名",
    "只要",
    "只有",
    "张贴",
    "节能",
    "条件",
    "日常",
    "厂家",
    "期待",
    "期间",
    "路过",
];
/// How people are called, behind a surname or alone.
pub(super) const TITLES: &[&str] = &[
    "先生", "女士", "阿姨", "大爷", "大妈", "大叔", "大姐", "大哥", "大娘", "奶奶", "爷爷", "叔叔", "婶",
    "叔", "师傅", "老师", "老太", "老人", "小姐", "姐", "哥", "伯", "嫂", "家",
];
/// The names that most people have.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎\
    余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
/// Whoever lives behind a door.
const DWELLERS: &[&str] = &[
    "住户",
    "业主",
    "租户",
    "租客",
    "房客",
    "房东",
    "邻居",
    "那家",
    "那户",
    "家里",
    "家中",
    "家的",
    "人家",
    "这家",
    "这户",
    "一家",
    "居民家",
];
/// Before a bare number these make it a door.
const NEAR: &[&str] = &[
    "楼上",
    "楼下",
    "对门",
    "隔壁",
    "对面",
    "邻居",
    "我家",
    "我住",
    "家住",
    "住在",
    "他家",
    "她家",
    "住",
    "我们家",
    "我是",
];
/// 302家企业 is a count.
const BODIES: &[&str] = &[
    "企业", "单位", "商户", "公司", "店", "门店", "商铺", "机构", "商家", "社会", "餐", "超市", "物业",
    "会员", "参",
];
/// Telephones for everyone that could be a door after the name of a building.
const SERVICES: &[&[u8]] = &[&[1, 1, 0], &[1, 1, 9], &[1, 2, 0], &[1, 2, 2], &[1, 1, 4]];
/// Before a number of 户 these make it a count of households.
pub(super) const COUNTS: &[&str] = &[
    "共", "有", "计", "约", "近", "超", "超过", "达", "达到", "满", "不足", "涉及", "影响", "惠及", "覆盖",
    "收到", "收回", "剩余", "全部", "每层", "每", "各", "为", "服务", "全楼", "整楼", "整栋", "全栋",
];
/// Behind a number of 号 these say what it is the number of.
pub(super) const THINGS: &[&str] = &[
    "楼", "院", "线", "车", "路灯", "灯杆", "灯柱", "桩", "井", "杆", "铺", "商", "店", "摊", "柜", "箱",
    "栋", "幢", "地块", "电梯", "文件", "议题", "议案", "事项", "工单", "令", "公交", "公告", "通知", "提案",
    "决议", "决定", "库", "门岗", "门口", "岗", "机", "站", "口", "窗口", "会议", "教室", "宿舍", "厂房",
    "单元",
];
/// In a sentence that names one of these, a room without a building is one for everyone.
const EVERYONES: &[&str] = &[
    "中心",
    "居委会",
    "村委会",
    "办公",
    "服务站",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "卫生站",
    "卫生院",
    "街道办",
    "办事处",
    "派出所",
    "法院",
    "图书馆",
    "文化馆",
    "政务",
    "大厅",
    "机关",
    "司法所",
    "调解室",
    "党校",
    "教学楼",
    "行政楼",
    "活动室",
    "阅览室",
    "物业公司",
    "业委会",
];
/// Before numbers with dashes or dots between them these say that they are something else.
const OTHERS: &[&str] = &[
    "版本", "版", "V", "比分", "比例", "IP", "车位", "车库", "摊位", "地址", "规格", "型号", "坐标", "管",
    "DN", "GB", "配比", "号码", "第", "编号",
];
/// And behind them.
const PLACES: &[&str] = &["车位", "号车位", "库", "号库", "摊", "号摊", "版", "便利"];
/// What a door is written with behind its building: 3杠2杠502.
const BARS: &[&str] = &["杠", "横杠", "横", "一杠"];

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let doors = Doors { folded };
    for at in 0..folded.runs.len() {
        let door = doors.rooms(at).or_else(|| doors.triple(at)).or_else(|| doors.pair(at));
        let Some((cells, sure)) = door.or_else(|| doors.lettered(at)).or_else(|| doors.dwelt(at)) else {
            continue;
        };
        note(Personal::Door, sure, cells);
        for beside in [doors.before(at), doors.after(at)] {
            for cells in beside {
                note(Personal::Door, sure, cells);
            }
        }
    }
}

/// What stands between two numbers of a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Dashes, slashes, 杠.
    Dash,
    /// Dots.
    Dot,
    /// A comma or spaces: also what stands between the numbers of a list.
    List,
}

/// What stands before a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum House {
    /// A building or a floor.
    Building,
    /// A stairwell.
    Stairs,
}

pub(super) struct Doors<'f> {
    pub folded: &'f Folded,
}

impl Doors<'_> {
    pub(super) fn values(&self, run: usize) -> Vec<u8> {
        self.folded
            .runs
            .get(run)
            .map(|run| self.folded.digits[run.clone()].iter().map(|digit| digit.value).collect())
            .unwrap_or_default()
    }

    pub(super) fn cells(&self, run: usize) -> Range<usize> {
        self.folded.cells_of(&self.folded.runs[run])
    }

    /// A number that a word before or behind makes a door: 502室, 502户, 502号, 2单元502, 3栋2-502.
    fn rooms(&self, at: usize) -> Option<(Range<usize>, Sure)> {
        let (values, cells) = (self.values(at), self.cells(at));
        let behind = self.behind(cells.end);
        let word = self.folded.char(behind);
        if matches!(word, Some('室' | '房')) {
            let first = if values.len() >= 3 { at } else { self.spelled(at)? };
            let start = self.cells(first).start;
            let taken = !self.is_no_room(behind + 1) && !self.is_everyones(first);
            return taken.then_some((start..behind + 1, Sure::Certain));
        }
        if !is_room(&values) {
            return None;
        }
        let house = self.house(at);
        let sure = match house {
            Some(House::Stairs) => Sure::Certain,
            _ => Sure::Likely,
        };
        let is_door = match word {
            Some('户') => {
                let before = self.folded.back(cells.start);
                let counted = self.folded.preceded(before, COUNTS)
                    || self.folded.followed(
                        behind + 1,
                        &["居民", "人家", "家庭", "签", "同意", "参", "已", "未", "均", "都"],
                    );
                let building = house == Some(House::Building) && !self.is_dwelt(behind + 1);
                (house == Some(House::Stairs) || !(counted || building)) && number(&values) % 100 <= 12
            }
            Some('号') => {
                let house = house.is_some() && self.is_no_count(at);
                (house || self.stands_alone(self.first_listed(at)))
                    && !self.folded.followed(behind + 1, THINGS)
            }
            Some('家') if house == Some(House::Building) => {
                self.folded.followed(behind + 1, &["里", "中", "的", "又", "漏", "装", "养", "老"])
            }
            _ => {
                let taken = house.is_some() && self.is_no_count(at) && !self.is_everyones(at);
                return taken.then_some((cells, sure));
            }
        };
        is_door.then_some((cells.start..behind + 1, sure))
    }

    /// Rent, or a flat of three rooms and two halls (三室两厅), whatever number stands before it.
    fn is_no_room(&self, behind: usize) -> bool {
        let halls = self.folded.char(behind).is_some_and(|c| c.is_ascii_digit())
            && self.folded.followed(behind + 1, &["厅", "卫"]);
        halls || self.folded.followed(behind, &["价", "款", "租", "贷", "补", "源", "产", "屋", "间"])
    }

    /// A room of a centre, a school, an office: no building and stairwell stand before it.
    fn is_everyones(&self, at: usize) -> bool {
        let start = self.cells(at).start;
        let behind =
            self.folded.followed(self.folded.onward(self.cells(at).end), &["办公", "会议", "教室", "活动"]);
        let lived = self.folded.mentioned(start, 12, &["单元", "号楼", "栋", "幢", "小区", "楼上", "住"]);
        behind || (!lived && self.folded.mentioned(start, 12, EVERYONES))
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

    /// What stands just before this cell, past separators: 2单元, 3栋, 3#.
    pub(super) fn house_before(&self, cell: usize) -> Option<House> {
        let before = self.folded.back(cell);
        let digit = |at: usize| self.folded.char(at).is_some_and(|c| c.is_ascii_digit());
        let numbered = |size: usize| before.checked_sub(size).is_some_and(digit);
        if self.folded.preceded(before, STAIRS) || (self.folded.preceded(before, &["门"]) && numbered(2)) {
            return Some(House::Stairs);
        }
        let sign = self.folded.preceded(before, &["#"]) && numbered(2);
        (sign || self.folded.preceded(before, HOUSES)).then_some(House::Building)
    }

    /// 2单元502, 3栋502, 5栋B502, and 3栋2-502.
    fn house(&self, at: usize) -> Option<House> {
        let start = self.cells(at).start;
        let lettered = start.checked_sub(1).filter(|letter| self.is_letter(*letter));
        let direct = self.house_before(start).or_else(|| self.house_before(lettered?));
        direct.or_else(|| {
            let stairs = at.checked_sub(1)?;
            let fits = self.joint(stairs) == Some(Joint::Dash) && self.values(stairs).len() <= 2;
            fits.then(|| self.house_before(self.cells(stairs).start)).flatten().map(|_| House::Stairs)
        })
    }

    /// A to H, as doors and stairwells have.
    fn is_letter(&self, cell: usize) -> bool {
        self.folded.char(cell).is_some_and(|c| ('A'..='H').contains(&c))
    }

    /// Whether an amount or a count goes on at this cell.
    fn is_counted(&self, cell: usize) -> bool {
        let Some(end) = self.folded.past(cell, COUNTED) else { return false };
        // 502张阿姨 is one of a family, and no sheet.
        let named = end == cell + 1 && self.folded.followed(end, TITLES);
        !named && !self.folded.followed(cell, SPARED)
    }

    fn is_no_count(&self, at: usize) -> bool {
        let (values, cells) = (self.values(at), self.cells(at));
        let stairs = self.house_before(cells.start) == Some(House::Stairs);
        let service = SERVICES.contains(&values.as_slice()) && !stairs;
        let behind = self.folded.onward(cells.end);
        // A year, also with its month behind: 3号楼2026-05.
        let month = self.joint(at).is_some() && self.values(at + 1).len() <= 2;
        let year = is_year(&values) && (month || self.folded.char(behind) == Some('年'));
        let goes_on = self.folded.char(cells.end).is_some_and(|c| matches!(c, '.' | ':'))
            && self.folded.char(cells.end + 1).is_some_and(|c| c.is_ascii_digit());
        !(service || year || goes_on || self.is_counted(behind))
    }

    /// Whether a number of 号 has nothing before it that says what it is the number of.
    fn stands_alone(&self, cell: usize) -> bool {
        // 〔2026〕104号 is a paper's.
        if self.folded.preceded(cell, &["〕", "]", ")", "】"]) {
            return false;
        }
        let before = self.folded.back(cell);
        let jointed = (before..cell)
            .any(|at| self.folded.char(at).is_some_and(|c| is_dash(c) || is_dot(c) || c == '/'));
        match before.checked_sub(1).and_then(|at| self.folded.char(at)) {
            None | Some('住' | '在' | '家' | '是' | '的' | '户' | '层') => true,
            Some(c) if c.is_ascii_digit() => before < cell && !jointed,
            Some(c) => !c.is_alphanumeric(),
        }
    }

    /// What stands between a run and the next, as between the numbers of a door.
    fn joint(&self, run: usize) -> Option<Joint> {
        let last = self.folded.runs.get(run)?.end - 1;
        let between: String = self.folded.between(last, last + 1).filter(|c| !c.is_whitespace()).collect();
        self.folded.digits.get(last + 1)?;
        let slash = |c: char| matches!(c, '/' | '\\' | '|' | '\u{2044}' | '\u{2215}');
        match between.as_str() {
            "" if self.gap(run) == Gap::Apart => Some(Joint::List),
            "" => None,
            "、" | "," => Some(Joint::List),
            said if BARS.contains(&said) => Some(Joint::Dash),
            signs if signs.chars().all(|c| is_dash(c) || slash(c)) => Some(Joint::Dash),
            signs if signs.chars().all(is_dot) => Some(Joint::Dot),
            signs
                if self.gap(run) == Gap::Apart
                    && signs.chars().any(|c| is_dash(c) || is_dot(c) || slash(c)) =>
            {
                Some(Joint::Dash)
            }
            _ => None,
        }
    }

    /// Whether what stands before or behind says that numbers are those of something else.
    fn is_other(&self, first: usize, end: usize) -> bool {
        let behind = self.folded.onward(end);
        let before = self.folded.back(first);
        let latin =
            first.checked_sub(1).and_then(|at| self.folded.char(at)).is_some_and(|c| c.is_ascii_alphabetic());
        latin
            || self.folded.preceded(before, OTHERS)
            || self.folded.followed(behind, PLACES)
            || self.folded.char(end).is_some_and(|c| c.is_ascii_alphabetic() && !('A'..='H').contains(&c))
            || self.is_counted(behind)
    }

    /// 3-2-502, and 3-2-5-02. A date in that form has its year first, and 26.11.2028 is a date.
    fn triple(&self, at: usize) -> Option<(Range<usize>, Sure)> {
        let (house, stairs) = (at.checked_sub(2)?, at.checked_sub(1)?);
        let room = self.values(at);
        let sizes =
            (1..=3).contains(&self.values(house).len()) && (1..=2).contains(&self.values(stairs).len());
        let (one, other) = (self.joint(house)?, self.joint(stairs)?);
        if let ([0, 1..=9], Some(first)) = (room.as_slice(), house.checked_sub(1)) {
            let short = [first, house, stairs].iter().all(|run| self.values(*run).len() <= 2);
            let dashes =
                [self.joint(first), Some(one), Some(other)].iter().all(|joint| *joint == Some(Joint::Dash));
            let start = self.cells(first).start;
            let fits = short && dashes && !self.is_other(start, self.cells(at).end);
            return fits.then(|| (start..self.cells(at).end, Sure::Likely));
        }
        let (start, end) = (self.cells(house).start, self.cells(at).end);
        let before =
            house.checked_sub(1).and_then(|before| Some((self.values(before).len(), self.joint(before)?)));
        let date = before.is_some_and(|(size, joint)| size == 4 && joint != Joint::List);
        // 10.1.2.105 is an address of a machine; 1, 3, 5, 112 is a list.
        let longer = before.is_some_and(|(_, joint)| joint == one && joint != Joint::Dash)
            || (one != Joint::Dash && self.joint(at) == Some(one));
        let small = one == Joint::List
            && (one != other || self.values(stairs).len() > 1 || number(&self.values(house)) > 40);
        let dated = is_year(&room) && number(&room) >= 2013;
        let fits =
            sizes && is_room(&room) && !(date || longer || small || dated) && !self.is_other(start, end);
        // 24-11-305 may be a day of a month as well.
        let dashed = (one, other) == (Joint::Dash, Joint::Dash) && number(&self.values(house)) <= 20;
        let sure = if dashed { Sure::Certain } else { Sure::Likely };
        fits.then_some((start..end, sure))
    }

    /// 3-502, and behind a building 3号楼5-2.
    fn pair(&self, at: usize) -> Option<(Range<usize>, Sure)> {
        let house = at.checked_sub(1)?;
        let (first, room) = (self.values(house), self.values(at));
        if self.joint(house) != Some(Joint::Dash) || first.len() > 2 || first.first() == Some(&0) {
            return None;
        }
        let cells = self.cells(house).start..self.cells(at).end;
        let behind = self.folded.onward(cells.end);
        let longer = house
            .checked_sub(1)
            .is_some_and(|before| matches!(self.joint(before), Some(Joint::Dash | Joint::Dot)))
            || matches!(self.joint(at), Some(Joint::Dash | Joint::Dot));
        let goes_on = matches!(self.folded.char(cells.end), Some(':' | '.'))
            && self.folded.char(cells.end + 1).is_some_and(|c| c.is_ascii_digit());
        if longer || goes_on || self.is_other(cells.start, cells.end) {
            return None;
        }
        if room.len() <= 2 {
            let before = self.house_before(cells.start)?;
            let span = matches!(
                self.folded.char(behind),
                Some('单' | '号' | '栋' | '幢' | '座' | '楼' | '门' | '岁' | '户')
            );
            let door = (1..=6).contains(&number(&room)) || room.first() == Some(&0);
            let split = before == House::Stairs && room.first() == Some(&0);
            let sure = if split { Sure::Certain } else { Sure::Likely };
            return (!span && door).then_some((cells, sure));
        }
        let word = matches!(self.folded.char(behind), Some('号' | '户'));
        let street = first.len() == 2 && number(&first) > 60;
        let fits = is_room(&room) && room.len() <= 4 && !is_year(&room) && !word && !street;
        fits.then_some((cells, Sure::Likely))
    }

    /// A-1203, 502B.
    fn lettered(&self, at: usize) -> Option<(Range<usize>, Sure)> {
        let (values, cells) = (self.values(at), self.cells(at));
        if !is_room(&values)
            || values.len() > 4
            || self.folded.preceded(self.folded.back(cells.start), OTHERS)
        {
            return None;
        }
        let glued =
            |cell: Option<char>| cell.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' || is_dash(c));
        let front = cells
            .start
            .checked_sub(2)
            .filter(|letter| self.is_letter(*letter) && self.folded.char(letter + 1).is_some_and(is_dash));
        if let Some(letter) = front {
            let before = letter.checked_sub(1).and_then(|at| self.folded.char(at));
            let fits = !glued(before)
                && !glued(self.folded.char(cells.end))
                && !self.is_other(letter, cells.end)
                && self.folded.char(self.folded.onward(cells.end)) != Some('号');
            return fits.then_some((letter..cells.end, Sure::Likely));
        }
        let before = cells.start.checked_sub(1).and_then(|at| self.folded.char(at));
        let fits = self.is_letter(cells.end) && !glued(before) && !glued(self.folded.char(cells.end + 1));
        fits.then_some((cells.start..cells.end + 1, Sure::Likely))
    }

    /// A bare number that is somebody's home: 楼上502, 502住户, 502的王阿姨.
    fn dwelt(&self, at: usize) -> Option<(Range<usize>, Sure)> {
        let (values, cells) = (self.values(at), self.cells(at));
        if !is_room(&values)
            || values.len() > 4
            || (is_year(&values) && self.folded.followed(cells.end, &["年"]))
        {
            return None;
        }
        let before = self.folded.back(cells.start);
        let glued = cells.start.checked_sub(1).and_then(|at| self.folded.char(at));
        let single = glued.is_some_and(|c| c.is_ascii_alphanumeric() || c == '第');
        let counted = self.is_counted(self.folded.onward(cells.end)) || !self.is_no_count(at);
        // 2栋102家 counts them.
        let houses = self.house(at) == Some(House::Building)
            && matches!(self.folded.char(cells.end), Some('家' | '户'));
        let near = self.folded.preceded(before, NEAR)
            && !matches!(self.folded.char(cells.end), Some('号' | '家' | '户' | '-' | '/' | ':'));
        let family = self.is_dwelt(cells.end) && !self.folded.preceded(before, COUNTS);
        (!(single || counted || houses) && (near || family)).then_some((cells, Sure::Likely))
    }

    /// Whether somebody who lives there is named from this cell on.
    pub(super) fn is_dwelt(&self, cell: usize) -> bool {
        let from = self.folded.past(cell, &["的", "那个", "那", "住的"]).unwrap_or(cell);
        let titled = |cell: usize| self.folded.followed(cell, TITLES) && !self.folded.followed(cell, &["家"]);
        let named = |cell: usize| {
            self.folded.char(cell).is_some_and(|c| c.is_alphabetic() && !c.is_ascii()) && titled(cell + 1)
        };
        let elder = self.folded.followed(from, &["老", "小"])
            && self.folded.char(from + 1).is_some_and(|c| SURNAMES.contains(c));
        let home = self.folded.char(from) == Some('家') && !self.folded.followed(from + 1, BODIES);
        self.folded.followed(from, DWELLERS) && !self.folded.followed(from + 1, BODIES)
            || titled(from)
            || named(from)
            || elder
            || home
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

/// Floor and door: 502, 1203, 0502, and 11502 with the building before.
pub(super) fn is_room(values: &[u8]) -> bool {
    let door = number(values) % 100;
    let floor = match values {
        [0, rest @ ..] => rest.len() == 3 && rest.first() != Some(&0),
        _ => (3..=5).contains(&values.len()),
    };
    floor && (1..=39).contains(&door)
}

fn is_year(values: &[u8]) -> bool {
    matches!(values, [1, 9, ..] | [2, 0, ..]) && values.len() == 4
}

pub(super) fn number(values: &[u8]) -> u32 {
    values.iter().take(9).fold(0, |number, value| number * 10 + u32::from(*value))
}
