//! What was said in the neighbourhood besides the topics: forty matters as lines of a table,
//! and how far each has come. It carries nothing out.

use super::ago;
use yishi_kernel::Moment;

/// One thing that happens.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Line(usize, Step),
    Aside(Aside),
}

/// One step of a line's matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Raise,
    Join(usize),
    Triage,
    Progress,
    Answer,
    Evaluate,
    Close,
}

/// What happens beside the lines: two say the same and are merged; a steward speaks for a
/// neighbour; one matter is not accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    Window,
    SameWindow,
    Merge,
    Neighbour,
    Deposit,
    NotAccepted,
}

impl Aside {
    /// Each with the days and hours before now.
    pub(super) const ALL: [(i64, i64, Aside); 6] = [
        (5, 6, Aside::Window),
        (5, 2, Aside::SameWindow),
        (4, 3, Aside::Merge),
        (2, 7, Aside::Neighbour),
        (9, 4, Aside::Deposit),
        (8, 4, Aside::NotAccepted),
    ];
}

/// How far a matter has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Far {
    Raised,
    Held,
    Progress,
    Answered,
    Evaluated,
    Reopened,
    Closed,
}

/// Who holds it.
#[derive(Clone, Copy)]
pub(super) enum Who {
    Worker,
    Property,
    Lamps,
    Steward,
    Street,
}

pub(super) struct Line {
    pub(super) days: i64,
    pub(super) spot: &'static str,
    pub(super) said: &'static str,
    pub(super) summary: &'static str,
    pub(super) category: &'static str,
    pub(super) who: Who,
    pub(super) far: Far,
    pub(super) joins: usize,
}

#[expect(clippy::too_many_arguments, reason = "a line of a table")]
const fn line(
    days: i64,
    spot: &'static str,
    category: &'static str,
    far: Far,
    who: Who,
    joins: usize,
    said: &'static str,
    summary: &'static str,
) -> Line {
    Line { days, spot, said, summary, category, who, far, joins }
}

use Far::{Answered, Closed, Evaluated, Held, Progress, Raised, Reopened};
use Who::{Lamps, Property, Steward, Street, Worker};

/// Bicycle sheds and chargers; sport and places to meet; greening; road, bus stop, hawkers —
/// and what else a neighbourhood says.
pub(super) const LINES: [Line; 40] = [
    line(
        12,
        "南3",
        "02",
        Answered,
        Property,
        3,
        "2单元楼道灯坏了三天，老人晚上看不清台阶。",
        "3号楼楼道灯不亮",
    ),
    line(
        38,
        "南7",
        "03",
        Closed,
        Property,
        6,
        "7号楼前电动车没处停，都堆在门口，想再建一个车棚。",
        "7号楼前增建非机动车棚",
    ),
    line(36, "南1", "03", Closed, Worker, 2, "车棚里充电桩只有四个，晚上抢不到。", "南苑车棚增设充电桩"),
    line(
        34,
        "南2",
        "03",
        Evaluated,
        Property,
        1,
        "有人从楼上拉线给电动车充电，怕着火。",
        "2号楼飞线充电隐患",
    ),
    line(30, "北1", "03", Progress, Property, 4, "北苑没有充电桩，要到南苑去充。", "北苑新建充电桩"),
    line(22, "南8", "03", Held, Worker, 0, "8号楼后面的车棚漏雨，车座都湿了。", "8号楼车棚漏雨"),
    line(
        9,
        "北4",
        "03",
        Answered,
        Property,
        2,
        "自行车占了消防通道，消防车进不来。",
        "北苑消防通道被自行车占用",
    ),
    line(3, "南5", "03", Raised, Worker, 0, "车棚的门锁坏了，丢过一辆车。", "5号楼车棚门锁损坏"),
    line(1, "北6", "03", Raised, Worker, 1, "充电桩扫码没反应，钱扣了电没充上。", "北苑充电桩扫码扣费不充电"),
    line(
        37,
        "南苑",
        "09",
        Closed,
        Worker,
        5,
        "小区里没有健身器材，想在广场边装几样。",
        "南苑小广场增设健身器材",
    ),
    line(33, "北6", "09", Evaluated, Worker, 2, "老人打牌没地方，夏天坐在路边。", "北苑增设遮阴座椅"),
    line(26, "南5", "09", Progress, Worker, 1, "活动室周末不开门，孩子没处去。", "活动室周末开放"),
    line(18, "北1", "09", Held, Worker, 0, "健身器材的踏板断了，容易伤人。", "北苑健身器材损坏"),
    line(8, "南2", "09", Answered, Worker, 1, "广场舞音响太大，能不能定个时间。", "南苑小广场音响时段约定"),
    line(2, "南8", "09", Raised, Worker, 0, "想要一张乒乓球台。", "南苑增设乒乓球台"),
    line(35, "南8", "05", Closed, Property, 2, "二期的树枯了没人补，一期就很好。", "二期补种树木"),
    line(29, "北4", "05", Evaluated, Property, 0, "草坪被踩成土路，下雨全是泥。", "北苑草坪修复铺汀步"),
    line(20, "南7", "05", Reopened, Property, 3, "窗前的树长得太高，一楼整天没阳光。", "7号楼前树木修剪"),
    line(15, "南1", "05", Held, Property, 0, "花坛的砖松了，孩子绊倒过。", "1号楼花坛砖松动"),
    line(5, "北6", "05", Answered, Property, 0, "树上有虫子，掉到晾的衣服上。", "北苑树木虫害"),
    line(1, "南2", "05", Raised, Worker, 0, "有人在绿化带里种菜，还浇肥。", "2号楼绿化带种菜"),
    line(
        39,
        "路",
        "10",
        Closed,
        Street,
        7,
        "公交临时站牌在拐弯处，上下车很危险。",
        "公交临时站牌位置存在安全隐患",
    ),
    line(31, "路", "10", Progress, Street, 8, "路口摆摊停车，早晚堵得走不动。", "南苑段占道摆摊和乱停车"),
    line(28, "市场", "11", Held, Worker, 4, "市场巷子里自行车乱停，买菜都过不去。", "集贸市场巷道自行车乱停"),
    line(27, "市场", "02", Held, Worker, 3, "市场里面太黑，早上五点出摊看不见。", "集贸市场内照明不足"),
    line(25, "市场", "11", Raised, Worker, 2, "门头招牌大小不一，有的快掉下来了。", "集贸市场门头招牌不整"),
    line(
        25,
        "市场",
        "11",
        Raised,
        Worker,
        1,
        "管理费怎么收的说不清，想要个明白账。",
        "集贸市场管理费标准公开",
    ),
    line(4, "路", "02", Held, Lamps, 1, "人行道路灯隔一个亮一个。", "南路人行道路灯不亮"),
    line(28, "北4", "01", Evaluated, Property, 1, "下雨顶楼就漏，补过两次又漏。", "4号楼屋顶漏雨"),
    line(21, "南5", "01", Reopened, Property, 2, "外墙瓷砖掉下来，差点砸到人。", "5号楼外墙瓷砖脱落"),
    line(19, "北1", "04", Closed, Property, 0, "垃圾桶两天没清，味道很大。", "北苑垃圾清运不及时"),
    line(14, "南1", "07", Closed, Steward, 0, "楼上半夜拖椅子，睡不好。", "1号楼夜间噪音调解"),
    line(11, "北6", "06", Answered, Worker, 0, "单元门的门禁坏了，谁都能进。", "6号楼单元门禁损坏"),
    line(7, "南3", "08", Progress, Steward, 0, "独居老人买药不方便，想有人帮忙。", "独居老人代买药"),
    line(6, "南苑", "13", Held, Worker, 2, "修屋顶没有维修基金，怎么办？", "无维修资金的屋顶维修办法"),
    line(2, "北4", "01", Raised, Worker, 0, "物业电话打三次没人接。", "物业报修电话无人接听"),
    line(1, "南3", "04", Raised, Worker, 1, "2单元一楼堆了旧家具，挡路。", "3号楼楼道堆物"),
    line(16, "柳2", "02", Answered, Worker, 1, "二楼水管一直滴水。", "2号楼公共水管滴漏"),
    line(13, "柳5", "03", Held, Worker, 2, "车位划线看不清，天天吵架。", "柳溪家园车位重新划线"),
    line(3, "石1", "04", Raised, Worker, 0, "楼前化粪池冒水。", "石桥小区化粪池外溢"),
];

impl Line {
    /// The steps of this matter with their times.
    pub(super) fn acts(&self, n: usize, now: Moment) -> Vec<(Moment, Act)> {
        let mut acts = vec![(ago(now, self.days, 9), Step::Raise)];
        acts.extend(
            (0..self.joins)
                .map(|join| (ago(now, self.days, 8).plus_seconds(join as i64 * 60), Step::Join(join))),
        );
        // Each stage stands for all before it.
        let stages = [
            (Held, ago(now, self.days, 5), Step::Triage),
            (Progress, ago(now, self.days - 1, 3), Step::Progress),
            (Answered, ago(now, self.days - 2, 4), Step::Answer),
            (Evaluated, ago(now, self.days - 3, 2), Step::Evaluate),
            (Closed, ago(now, (self.days - 11).max(0), 1), Step::Close),
        ];
        for (far, at, step) in stages {
            let there = self.far >= far && !(far == Closed && self.far != Closed);
            if there {
                acts.push((at, step));
            }
        }
        acts.into_iter().map(|(at, step)| (at, Act::Line(n, step))).collect()
    }
}
