//! What happened in the invented neighbourhood: places, people, and forty-odd matters in
//! four groups at every stage. Only commands; nothing is written past the office.

use super::{PASSWORD, Told, ago};
use crate::Stop;
use std::collections::BTreeMap;
use yishi_domain::matters::{
    Channel, Command, Evaluation, Holder, Outcome, PhotoDigest, Proof, Satisfaction, Shown, Solved, Start,
};
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::{Command as PlaceCommand, PlaceKind};
use yishi_domain::{AccountId, Actor, Grant, Moment, OrganisationId, PlaceId, Role};
use yishi_store::Office;
use yishi_store::blobs::sha256;
use yishi_store::office::{Joining, NewLedger, RaisedMatter, Raising, SignedIn, Speaker};
use yishi_store::reads::people::{account, actor};

/// Households of each stairwell: three floors, two doors.
const DOORS: [&str; 6] = ["101", "102", "201", "202", "301", "302"];

/// The people and places commands are issued by and for.
struct Stage<'a> {
    office: &'a Office,
    now: Moment,
    administrator: Actor,
    accounts: Vec<(String, String)>,
    hash: String,
}

impl Stage<'_> {
    async fn open(&self, parent: PlaceId, kind: PlaceKind, name: &str) -> Result<PlaceId, Stop> {
        Ok(self.office.open_place(&self.administrator, parent, kind, name, None).await?)
    }

    async fn community(&self, street: PlaceId, name: &str, slug: &str) -> Result<PlaceId, Stop> {
        let new = NewLedger { slug: slug.to_owned(), host: "yishi.local".to_owned() };
        let kind = PlaceKind::Community;
        Ok(self.office.open_place(&self.administrator, street, kind, name, Some(new)).await?)
    }

    /// A compound with its buildings, stairwells and households. Returns the stairwells by building.
    async fn compound(
        &self,
        community: PlaceId,
        name: &str,
        buildings: std::ops::RangeInclusive<usize>,
    ) -> Result<(PlaceId, Vec<(PlaceId, Vec<PlaceId>)>), Stop> {
        let compound = self.open(community, PlaceKind::Compound, name).await?;
        let mut all = Vec::new();
        for building in buildings {
            let id = self.open(compound, PlaceKind::Building, &format!("{building}号楼")).await?;
            let mut stairwells = Vec::new();
            for unit in 1..=2 {
                let stairwell = self.open(id, PlaceKind::Stairwell, &format!("{unit}单元")).await?;
                let doors = DOORS.map(|door| self.open(stairwell, PlaceKind::Household, door));
                for door in doors {
                    door.await?;
                }
                stairwells.push(stairwell);
            }
            all.push((id, stairwells));
        }
        Ok((compound, all))
    }

    async fn person(
        &mut self,
        username: &str,
        name: &str,
        role: Role,
        at: PlaceId,
        employer: Option<OrganisationId>,
        what: &str,
    ) -> Result<Actor, Stop> {
        let id = self.office.open_account(&self.administrator, at, name, employer).await?;
        let organisation = if role.of_organisation() { employer } else { None };
        let from = self.office.now();
        self.office.grant(&self.administrator, id, role, at, organisation, from, None).await?;
        self.credential(id, username).await?;
        self.accounts.push((username.to_owned(), what.to_owned()));
        self.actor(id).await
    }

    async fn credential(&self, id: AccountId, username: &str) -> Result<(), Stop> {
        let ledger = account(&self.office.db, id).await?.map(|row| row.ledger);
        let ledger = ledger.ok_or_else(|| Stop::Usage("an account is missing".to_owned()))?;
        self.office.set_credential(&SignedIn { account: id, ledger }, username, &self.hash).await?;
        Ok(())
    }

    async fn actor(&self, id: AccountId) -> Result<Actor, Stop> {
        actor(&self.office.db, id).await?.ok_or_else(|| Stop::Usage("an account is missing".to_owned()))
    }
}

/// Tells the story.
pub(super) async fn tell(office: &Office, now: Moment) -> Result<Told, Stop> {
    let new = |slug: &str| NewLedger { slug: slug.to_owned(), host: "yishi.local".to_owned() };
    let street = office.found(PlaceKind::Street, "清河街道", new("qinghe")).await?;
    let first = office.found_administrator(street, "街道信息员").await?;
    let hash = yishi_web::features::signin::hash(PASSWORD.to_owned())
        .await
        .map_err(|_| Stop::Usage("hashing failed".to_owned()))?;
    let administrator = Actor {
        account: Some(first),
        employer: None,
        grants: vec![Grant {
            role: Role::Administrator,
            place: street,
            organisation: None,
            from: Moment(0),
            until: None,
        }],
    };
    let mut stage = Stage { office, now, administrator, accounts: Vec::new(), hash };
    stage.credential(first, "admin").await?;
    stage.accounts.push(("admin".to_owned(), "管理员 administrator of 清河街道".to_owned()));

    let xinglin = stage.community(street, "杏林社区", "xinglin").await?;
    let liuxi = stage.community(street, "柳溪社区", "liuxi").await?;
    for (place, code) in [(street, "990101001000"), (xinglin, "990101001001"), (liuxi, "990101001002")] {
        let from = office.now();
        let command = PlaceCommand::Code { code: code.to_owned(), from };
        office.change_place(&stage.administrator, place, command).await?;
    }
    let (south, south_buildings) = stage.compound(xinglin, "杏林南苑", 1..=8).await?;
    let (_, north_buildings) = stage.compound(xinglin, "杏林北苑", 1..=6).await?;
    let (_, willow_buildings) = stage.compound(liuxi, "柳溪家园", 1..=7).await?;
    let (_, stone_buildings) = stage.compound(liuxi, "石桥小区", 1..=4).await?;
    let market = stage.open(xinglin, PlaceKind::Market, "杏林菜市场").await?;
    let road = stage.open(xinglin, PlaceKind::RoadSection, "杏林南路（南苑段）").await?;
    stage.open(xinglin, PlaceKind::Facility, "杏林社区活动室").await?;
    let grid = stage.open(xinglin, PlaceKind::Grid, "杏林第一网格").await?;
    let buildings = south_buildings.iter().map(|(id, _)| *id).collect();
    office.change_place(&stage.administrator, grid, PlaceCommand::DrawGrid { buildings }).await?;

    let organisation = |at, kind, name| office.open_organisation(&stage.administrator, at, kind, name);
    let committee = organisation(xinglin, OrganisationKind::ResidentsCommittee, "杏林社区居民委员会").await?;
    let committee_liuxi =
        organisation(liuxi, OrganisationKind::ResidentsCommittee, "柳溪社区居民委员会").await?;
    let property = organisation(xinglin, OrganisationKind::PropertyCompany, "安和物业服务公司").await?;
    let lamps = organisation(street, OrganisationKind::Department, "路灯管理所").await?;
    organisation(street, OrganisationKind::Department, "综合执法中队").await?;
    organisation(xinglin, OrganisationKind::PolicePost, "杏林警务室").await?;
    organisation(xinglin, OrganisationKind::Market, "杏林菜市场管理部").await?;
    organisation(xinglin, OrganisationKind::OwnersCommittee, "杏林南苑业主委员会").await?;
    organisation(xinglin, OrganisationKind::AllianceUnit, "清河第二小学").await?;

    let building = south_buildings[2].0;
    let stairwell = south_buildings[2].1[1];
    let worker = stage
        .person(
            "worker",
            "沈知秋",
            Role::CommunityWorker,
            xinglin,
            Some(committee),
            "社区工作者 community worker of 杏林社区",
        )
        .await?;
    let colleague = stage
        .person(
            "worker2",
            "顾明远",
            Role::CommunityWorker,
            xinglin,
            Some(committee),
            "社区工作者 her colleague",
        )
        .await?;
    let secretary = stage
        .person(
            "secretary",
            "陆怀瑾",
            Role::CommunitySecretary,
            xinglin,
            Some(committee),
            "社区党委书记 community secretary",
        )
        .await?;
    stage
        .person(
            "grid",
            "许安澜",
            Role::GridSecretary,
            grid,
            None,
            "网格党支部书记 grid secretary of 杏林南苑",
        )
        .await?;
    let steward = stage
        .person("steward", "周桂兰", Role::Steward, stairwell, None, "楼道红管家 steward of 南苑3号楼2单元")
        .await?;
    stage.person("head", "韩守仁", Role::BuildingHead, building, None, "楼栋长 head of 南苑3号楼").await?;
    let officer = stage
        .person("street", "秦望舒", Role::StreetOfficer, street, None, "街道干部 officer of 清河街道")
        .await?;
    let lamp_officer = stage
        .person("lamps", "方亦辰", Role::DepartmentOfficer, street, Some(lamps), "部门专管员 of 路灯管理所")
        .await?;
    let keeper = stage
        .person("property", "罗大川", Role::PropertyStaff, xinglin, Some(property), "物业人员 of 安和物业")
        .await?;
    let other = stage
        .person(
            "liuxi",
            "温如言",
            Role::CommunityWorker,
            liuxi,
            Some(committee_liuxi),
            "社区工作者 of 柳溪社区",
        )
        .await?;
    let poster = office.issue_poster(&stage.administrator, stairwell).await?;
    for (_, stairwells) in
        south_buildings.iter().chain(&north_buildings).chain(&willow_buildings).chain(&stone_buildings)
    {
        for id in stairwells.iter().filter(|id| **id != stairwell) {
            office.issue_poster(&stage.administrator, *id).await?;
        }
    }

    let spots: BTreeMap<&str, PlaceId> = [
        ("南1", south_buildings[0].1[0]),
        ("南2", south_buildings[1].1[0]),
        ("南3", stairwell),
        ("南5", south_buildings[4].1[1]),
        ("南7", south_buildings[6].1[0]),
        ("南8", south_buildings[7].1[0]),
        ("南苑", south),
        ("北1", north_buildings[0].1[0]),
        ("北4", north_buildings[3].1[1]),
        ("北6", north_buildings[5].1[0]),
        ("市场", market),
        ("路", road),
        ("柳2", willow_buildings[1].1[0]),
        ("柳5", willow_buildings[4].1[1]),
        ("石1", stone_buildings[0].1[0]),
    ]
    .into();
    let cast = Cast {
        worker,
        colleague,
        secretary,
        steward,
        officer,
        lamp_officer,
        keeper,
        other,
        property,
        lamps,
        xinglin,
        building,
    };
    // All that happens, in the order of time: the ledger's clock never goes back.
    let mut acts: Vec<(Moment, Act)> = Vec::new();
    for (n, line) in LINES.iter().enumerate() {
        acts.extend(line.acts(n, now));
    }
    acts.extend(Aside::ALL.map(|(days, hours, aside)| (ago(now, days, hours), Act::Aside(aside))));
    acts.sort_by_key(|(at, _)| *at);
    let mut told = BTreeMap::new();
    let mut asides = BTreeMap::new();
    for (at, act) in acts {
        office.clock.put(at);
        match act {
            Act::Line(n, step) => cast.perform(&stage, &spots, n, step, &mut told).await?,
            Act::Aside(aside) => cast.aside(&stage, &spots, aside, &mut asides).await?,
        }
    }
    let receipt = told.get(&0).map(|raised: &RaisedMatter| raised.secret.clone()).unwrap_or_default();
    let matters = LINES.len() + asides.len();
    Ok(Told { matters, poster, receipt, place: xinglin, accounts: stage.accounts })
}

/// One thing that happens.
#[derive(Clone, Copy)]
enum Act {
    Line(usize, Step),
    Aside(Aside),
}

/// One step of a line's matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
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
enum Aside {
    Window,
    SameWindow,
    Merge,
    Neighbour,
    Deposit,
    NotAccepted,
}

impl Aside {
    /// Each with the days and hours before now.
    const ALL: [(i64, i64, Aside); 6] = [
        (5, 6, Aside::Window),
        (5, 2, Aside::SameWindow),
        (4, 3, Aside::Merge),
        (2, 7, Aside::Neighbour),
        (9, 4, Aside::Deposit),
        (8, 4, Aside::NotAccepted),
    ];
}

/// Who acts in the story.
struct Cast {
    worker: Actor,
    colleague: Actor,
    secretary: Actor,
    steward: Actor,
    officer: Actor,
    lamp_officer: Actor,
    keeper: Actor,
    other: Actor,
    property: OrganisationId,
    lamps: OrganisationId,
    xinglin: PlaceId,
    /// The steward's building.
    building: PlaceId,
}

/// How far a matter has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
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
enum Who {
    Worker,
    Property,
    Lamps,
    Steward,
    Street,
}

struct Line {
    days: i64,
    spot: &'static str,
    said: &'static str,
    summary: &'static str,
    category: &'static str,
    who: Who,
    far: Far,
    joins: usize,
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
const LINES: [Line; 40] = [
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
    line(25, "市场", "11", Closed, Worker, 4, "市场巷子里自行车乱停，买菜都过不去。", "菜市场巷道自行车乱停"),
    line(24, "市场", "02", Progress, Lamps, 3, "市场里面太黑，早上五点出摊看不见。", "菜市场内照明不足"),
    line(17, "市场", "11", Held, Worker, 2, "门头招牌大小不一，有的快掉下来了。", "菜市场门头招牌统一"),
    line(
        10,
        "市场",
        "11",
        Answered,
        Worker,
        1,
        "管理费怎么收的说不清，想要个明白账。",
        "菜市场管理费标准公开",
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
    fn acts(&self, n: usize, now: Moment) -> Vec<(Moment, Act)> {
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

impl Cast {
    /// Carries a step of a line out.
    async fn perform(
        &self,
        stage: &Stage<'_>,
        spots: &BTreeMap<&str, PlaceId>,
        n: usize,
        step: Step,
        told: &mut BTreeMap<usize, RaisedMatter>,
    ) -> Result<(), Stop> {
        let (office, line) = (stage.office, &LINES[n]);
        if step == Step::Raise {
            let photos = match n.is_multiple_of(5) {
                true => vec![PhotoDigest(office.db.put_blob(picture(n)?).await?)],
                false => Vec::new(),
            };
            let mut raising = self.raising(stage, &format!("{n}"), spots[line.spot], line.said);
            raising.photos = photos;
            if n % 11 == 7 {
                raising.shown = Shown::Around;
            }
            if n.is_multiple_of(3) {
                raising.speaker.name = "李阿姨".to_owned();
                raising.speaker.contact = "8123 4567".to_owned();
            }
            told.insert(n, office.raise(&Actor::visitor(), raising).await?);
            return Ok(());
        }
        let Some(raised) = told.get(&n) else { return Ok(()) };
        let (ledger, matter) = (raised.ledger, raised.matter);
        let desk = if ledger == self.xinglin { &self.worker } else { &self.other };
        // A steward reaches only the own stairwell; elsewhere the worker sees to it.
        let who = if matches!(line.who, Steward) && line.spot != "南3" { Worker } else { line.who };
        let handler = match who {
            Worker => desk,
            Property => &self.keeper,
            Lamps => &self.lamp_officer,
            Steward => &self.steward,
            Street => &self.officer,
        };
        match step {
            Step::Raise => {}
            Step::Join(join) => {
                let joining = Joining {
                    form: form(&format!("demo/{n}/join/{join}/{}", stage.now.0)),
                    channel: Channel::Web,
                    speaker: speaker(&format!("demo-neighbour-{n}-{join}")),
                };
                office.join(&Actor::visitor(), ledger, matter, joining).await?;
            }
            Step::Triage => {
                let (holder, person, outcome) = match who {
                    Worker => (Holder::Person(Role::CommunityWorker, ledger), desk.account, Outcome::Public),
                    Property => (Holder::Organisation(self.property), None, Outcome::Public),
                    Lamps => (Holder::Organisation(self.lamps), None, Outcome::Government),
                    Steward => {
                        (Holder::Person(Role::Steward, self.building), handler.account, Outcome::Private)
                    }
                    Street => (Holder::Desk(self.officer.grants[0].place), None, Outcome::Government),
                };
                let category = line.category.to_owned();
                let triage = Command::Triage { outcome, category, holder, person, reason: String::new() };
                office.work(desk, ledger, matter, triage).await?;
                let summary = Command::Summarise { summary: line.summary.to_owned(), category: None };
                office.work(desk, ledger, matter, summary).await?;
                if n.is_multiple_of(5) {
                    let photo = PhotoDigest(yishi_store::blobs::digest_of(&picture(n)?));
                    office.work(desk, ledger, matter, Command::PublishPhoto(photo)).await?;
                }
            }
            Step::Progress => {
                let note = "已到现场看过，正在安排人员和材料。".to_owned();
                office.work(handler, ledger, matter, Command::Progress { note, photos: vec![] }).await?;
            }
            Step::Answer => {
                let text =
                    format!("{}：已经办好，请您看看是否满意。如有问题请在回执上告诉我们。", line.summary);
                let answer =
                    Command::Answer { text, word: "谢谢您提醒我们。".to_owned(), photos: vec![] };
                office.work(handler, ledger, matter, answer).await?;
            }
            Step::Evaluate => {
                let (solved, satisfaction) = match line.far {
                    Reopened => (Solved::No, Satisfaction::Not),
                    _ if n.is_multiple_of(2) => (Solved::Yes, Satisfaction::Satisfied),
                    _ => (Solved::Yes, Satisfaction::Mostly),
                };
                let evaluation = Evaluation { solved, satisfaction, comment: String::new() };
                office.evaluate(&Actor::visitor(), ledger, raised.receipt, evaluation).await?;
            }
            Step::Close => {
                // A week for the others to say something, then a colleague closes it.
                let closer = if ledger == self.xinglin { &self.colleague } else { &self.other };
                office.work(closer, ledger, matter, Command::Close { waiting: 0 }).await?;
            }
        }
        Ok(())
    }

    /// Carries out what happens beside the lines.
    async fn aside(
        &self,
        stage: &Stage<'_>,
        spots: &BTreeMap<&str, PlaceId>,
        aside: Aside,
        told: &mut BTreeMap<Aside, RaisedMatter>,
    ) -> Result<(), Stop> {
        let office = stage.office;
        let visitor = Actor::visitor();
        let (spot, said) = match aside {
            Aside::Window => ("北4", "楼道窗户玻璃碎了，冬天灌风。"),
            Aside::SameWindow => ("北4", "三楼窗子破了，玻璃渣还在地上。"),
            Aside::Deposit => ("南1", "想请社区帮忙催房东退押金。"),
            Aside::Neighbour => ("南3", "老伴腿脚不好，单元门口台阶没有扶手。"),
            Aside::Merge => {
                if let (Some(one), Some(two)) = (told.get(&Aside::Window), told.get(&Aside::SameWindow)) {
                    office.merge(&self.worker, one.ledger, two.matter, one.matter).await?;
                }
                return Ok(());
            }
            Aside::NotAccepted => {
                let Some(raised) = told.get(&Aside::Deposit) else { return Ok(()) };
                let triage = Command::Triage {
                    outcome: Outcome::NotAccepted,
                    category: "99".to_owned(),
                    holder: Holder::Desk(self.xinglin),
                    person: None,
                    reason: "租房押金属于合同纠纷，社区无权裁断；可向人民调解委员会申请调解，或依合同起诉。"
                        .to_owned(),
                };
                office.work(&self.secretary, raised.ledger, raised.matter, triage).await?;
                let summary =
                    Command::Summarise { summary: "租房押金纠纷求助".to_owned(), category: None };
                office.work(&self.secretary, raised.ledger, raised.matter, summary).await?;
                return Ok(());
            }
        };
        let mut raising = self.raising(stage, said, spots[spot], said);
        let by = if aside == Aside::Neighbour {
            raising.channel = Channel::Neighbour;
            raising.start = Start::Neighbour;
            raising.speaker.proof = Proof::Neighbour;
            raising.speaker.name = "钱奶奶".to_owned();
            raising.speaker.consent = Some("邻居本人同意我代说".to_owned());
            &self.steward
        } else {
            &visitor
        };
        told.insert(aside, office.raise(by, raising).await?);
        Ok(())
    }

    fn raising(&self, stage: &Stage<'_>, key: &str, place: PlaceId, said: &str) -> Raising {
        Raising {
            form: form(&format!("demo/{key}/{}", stage.now.0)),
            channel: Channel::Poster,
            start: Start::Own,
            place,
            shown: Shown::Building,
            about: None,
            category: None,
            title: None,
            text: said.to_owned(),
            photos: Vec::new(),
            occurred_at: None,
            source: None,
            speaker: speaker(&format!("demo-device-{key}")),
        }
    }
}

fn speaker(supporter: &str) -> Speaker {
    Speaker {
        supporter: supporter.to_owned(),
        proof: Proof::Device,
        name: String::new(),
        contact: String::new(),
        consent: None,
    }
}

fn form(key: &str) -> [u8; 16] {
    sha256(key.as_bytes())[..16].try_into().unwrap_or([0; 16])
}

/// A drawn picture, since no real place is shown: wall, ground, and something broken.
fn picture(n: usize) -> Result<Vec<u8>, Stop> {
    let (width, height) = (480_u32, 360_u32);
    let seed = u32::try_from(n).unwrap_or_default();
    let image = image::RgbImage::from_fn(width, height, |x, y| {
        let grain = ((x * 13 + y * 7 + seed * 31) % 17) as u8;
        let brick = (y / 24 % 2 * 24 + x) % 48 < 2 || y % 24 < 2;
        let crack = (x as i64 - 240 - ((y as i64 * 37 + i64::from(seed) * 53) % 90 - 45)).abs() < 5 && y > 90;
        if y > 280 {
            image::Rgb([110 + grain, 108 + grain, 100 + grain])
        } else if crack {
            image::Rgb([40, 36, 34])
        } else if brick {
            image::Rgb([196, 188, 174])
        } else {
            image::Rgb([168 + grain, 120 + (seed % 5) as u8 * 12 + grain, 96 + grain])
        }
    });
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80);
    image.write_with_encoder(encoder).map_err(|error| Stop::Usage(error.to_string()))?;
    Ok(out)
}
