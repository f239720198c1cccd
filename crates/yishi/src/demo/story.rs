//! What happened in the invented neighbourhood: places, people, and forty-odd matters in
//! four groups at every stage. Only commands; nothing is written past the office.

use super::hall::{Hall, Said, door};
use super::lines::Far::{Closed, Reopened};
use super::lines::Who::{Lamps, Property, Steward, Street, Worker};
use super::lines::{Act, Aside, LINES, Step};
use super::turns::{Turn, Turns};
use super::{
    PASSWORD, Told, ago, clearing, danger, forums, further, gatherings, joint, market, shed, stairs, venues,
    whistles,
};
use crate::Stop;
use std::collections::BTreeMap;
use yishi_domain::evaluation::{Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{
    Answer, Behalf, Channel, Close, MergeInto, Outcome, Progress, Proof, PublishPhoto, Shown, Summarise,
    Triage,
};
use yishi_domain::people::{GrantRole, OrganisationKind};
use yishi_domain::places::{Code, DrawGrid, PlaceKind, Reach};
use yishi_kernel::{
    AccountId, Actor, Claim, Grant, Holder, Moment, OrganisationId, PhotoDigest, PlaceId, Role,
};
use yishi_office::FormKey;
use yishi_office::matters::{Joining, RaisedMatter, Raising, Speaker};
use yishi_office::people::reads::actor;
use yishi_office::places::NewLedger;
use yishi_office::{Office, meetings, topics};
use yishi_store::DEMO_HOST;

/// Households of each stairwell: three floors, two doors.
const DOORS: [&str; 6] = ["101", "102", "201", "202", "301", "302"];

/// The people and places commands are issued by and for.
pub(super) struct Stage<'a> {
    pub(super) office: &'a Office,
    now: Moment,
    pub(super) administrator: Actor,
    accounts: Vec<(String, String)>,
    hash: String,
}

impl Stage<'_> {
    pub(super) async fn open(&self, parent: PlaceId, kind: PlaceKind, name: &str) -> Result<PlaceId, Stop> {
        Ok(self.office.open_place(&self.administrator, parent, kind, name, None).await?)
    }

    async fn community(&self, street: PlaceId, name: &str, slug: &str) -> Result<PlaceId, Stop> {
        let new = NewLedger { slug: slug.to_owned(), host: DEMO_HOST.to_owned() };
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

    pub(super) async fn person(
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
        let grant = GrantRole { role, place: at, organisation, from: self.office.now(), until: None };
        self.office.grant(&self.administrator, id, grant).await?;
        self.credential(id, username).await?;
        self.accounts.push((username.to_owned(), what.to_owned()));
        self.actor(id).await
    }

    async fn credential(&self, id: AccountId, username: &str) -> Result<(), Stop> {
        let link = self.office.invite_by_machine(id).await?;
        self.office.accept_invitation(&link.word, username, &self.hash).await?;
        Ok(())
    }

    async fn actor(&self, id: AccountId) -> Result<Actor, Stop> {
        actor(&self.office.db, id).await?.ok_or_else(|| Stop::Usage("an account is missing".to_owned()))
    }
}

/// Tells the story.
pub(super) async fn tell(office: &Office, now: Moment) -> Result<Told, Stop> {
    let new = |slug: &str| NewLedger { slug: slug.to_owned(), host: DEMO_HOST.to_owned() };
    let street = office.found(PlaceKind::Street, "清河街道", new("qinghe")).await?;
    let first = office.found_administrator(street, "街道信息员").await?;
    let hash = yishi_pages::password_hash(PASSWORD.to_owned())
        .await
        .map_err(|_| Stop::Usage("hashing failed".to_owned()))?;
    let administrator = Actor {
        account: Some(first),
        grants: vec![Grant {
            role: Role::Administrator,
            place: street,
            organisation: None,
            from: Moment(0),
            until: None,
        }],
        ..Actor::default()
    };
    let mut stage = Stage { office, now, administrator, accounts: Vec::new(), hash };
    stage.credential(first, "admin").await?;
    stage.accounts.push(("admin".to_owned(), "管理员 administrator of 清河街道".to_owned()));

    let xinglin = stage.community(street, "杏林社区", "xinglin").await?;
    let liuxi = stage.community(street, "柳溪社区", "liuxi").await?;
    for (place, code) in [(street, "990101001000"), (xinglin, "990101001001"), (liuxi, "990101001002")] {
        let from = office.now();
        let command = Code { code: code.to_owned(), from };
        office.change_place(&stage.administrator, place, command).await?;
    }
    let (south, south_buildings) = stage.compound(xinglin, "杏林南苑", 1..=8).await?;
    let (_, north_buildings) = stage.compound(xinglin, "杏林北苑", 1..=6).await?;
    let (_, willow_buildings) = stage.compound(liuxi, "柳溪家园", 1..=7).await?;
    let (_, stone_buildings) = stage.compound(liuxi, "石桥小区", 1..=4).await?;
    let market = stage.open(xinglin, PlaceKind::Market, "杏林集贸市场").await?;
    let road = stage.open(xinglin, PlaceKind::RoadSection, "杏林南路（南苑段）").await?;
    stage.open(xinglin, PlaceKind::Facility, "杏林社区活动室").await?;
    let grid = stage.open(xinglin, PlaceKind::Grid, "杏林第一网格").await?;
    let buildings = south_buildings.iter().map(|(id, _)| *id).collect();
    office.change_place(&stage.administrator, grid, DrawGrid { buildings }).await?;

    let organisation = |at, kind, name| office.open_organisation(&stage.administrator, at, kind, name);
    let committee = organisation(xinglin, OrganisationKind::ResidentsCommittee, "杏林社区居民委员会").await?;
    let committee_liuxi =
        organisation(liuxi, OrganisationKind::ResidentsCommittee, "柳溪社区居民委员会").await?;
    let property = organisation(xinglin, OrganisationKind::PropertyCompany, "安和物业服务公司").await?;
    let lamps = organisation(street, OrganisationKind::Department, "路灯管理所").await?;
    let squad = organisation(street, OrganisationKind::Department, "综合执法队").await?;
    let police = organisation(xinglin, OrganisationKind::PolicePost, "杏林警务室").await?;
    let market_office = organisation(xinglin, OrganisationKind::Market, "杏林集贸市场管理部").await?;
    let owners = organisation(xinglin, OrganisationKind::OwnersCommittee, "杏林南苑业主委员会").await?;
    let school = organisation(xinglin, OrganisationKind::AllianceUnit, "清河第二小学").await?;
    let buses = organisation(street, OrganisationKind::AllianceUnit, "清河公交公司").await?;
    let power = organisation(street, OrganisationKind::AllianceUnit, "清河供电所").await?;

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
            "社区党组织书记 community secretary",
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
    // Whoever calls the meeting of a whole compound holds the role there.
    stage.person("gridhead", "曲向南", Role::GridHead, south, None, "网格长 grid head of 杏林南苑").await?;
    let steward = stage
        .person("steward", "周桂兰", Role::Steward, stairwell, None, "楼道红管家 steward of 南苑3号楼2单元")
        .await?;
    stage.person("head", "韩守仁", Role::BuildingHead, building, None, "楼栋长 head of 南苑3号楼").await?;
    let officer = stage
        .person("street", "秦望舒", Role::StreetOfficer, street, None, "街道干部 officer of 清河街道")
        .await?;
    forums::tell(office, &officer, street).await?;
    let lamp_officer = stage
        .person("lamps", "方亦辰", Role::DepartmentOfficer, street, Some(lamps), "部门专管员 of 路灯管理所")
        .await?;
    let keeper = stage
        .person(
            "property",
            "罗大川",
            Role::PropertyStaff,
            xinglin,
            Some(property),
            "物业管理人员 of 安和物业",
        )
        .await?;
    let market_keeper = stage
        .person(
            "market",
            "钟秀云",
            Role::PropertyStaff,
            xinglin,
            Some(market_office),
            "市场管理人员 of 杏林集贸市场管理部",
        )
        .await?;
    stage
        .person("squad", "聂长风", Role::DepartmentOfficer, street, Some(squad), "部门专管员 of 综合执法队")
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
    Box::pin(venues::tell(&mut stage, xinglin)).await?;
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
        market_keeper,
        committee,
        property,
        lamps,
        squad,
        police,
        market_office,
        owners,
        school,
        buses,
        power,
        xinglin,
        building,
        market,
        road,
    };
    joint::tell(office, &cast.officer, street, now).await?;
    let said = Said::default();
    let turns = Turns::new(&office.clock, 12);
    let hall = |story, name| Hall { office, cast: &cast, now, turn: turns.turn(story), said: &said, name };
    // Each story is long: together they would not lie on the stack.
    let (asides, (topic, meeting), sheds, roofs, room, (), tile, shed, stairs, sat, (), ()) = tokio::try_join!(
        Box::pin(lines(&cast, &stage, &spots, &said, turns.turn(0))),
        Box::pin(market::tell(hall(1, "market"))),
        Box::pin(further::sheds(hall(2, "sheds"))),
        Box::pin(further::roofs(hall(3, "roofs"))),
        Box::pin(further::room(hall(4, "room"))),
        Box::pin(further::letter(hall(5, "letter"))),
        Box::pin(danger::tell(hall(6, "danger"), south_buildings[2].1[1])),
        Box::pin(shed::tell(hall(7, "shed"))),
        Box::pin(stairs::tell(hall(8, "stairs"), stairwell)),
        Box::pin(gatherings::tell(hall(9, "gatherings"), south, stairwell)),
        Box::pin(clearing::tell(hall(10, "clearing"))),
        Box::pin(whistles::tell(hall(11, "whistles"))),
    )?;
    let first = said.borrow().get(&0).and_then(|receipts| receipts.first().cloned());
    // One said twice, the bus stop, the fallen tile and the bicycles are no lines.
    let matters = LINES.len() + asides + 4 + gatherings::MATTERS + whistles::MATTERS;
    let number = async |id| {
        Ok::<_, Stop>(meetings::reads::meeting(&office.db, xinglin, id).await?.map(|row| row.number))
    };
    let sat =
        yishi_office::gatherings::reads::gathering(&office.db, xinglin, sat).await?.map(|row| row.number);
    let topic = topics::reads::topic(&office.db, xinglin, topic).await?.map(|row| row.number);
    // No telephone begins with noughts: nobody is rung by accident.
    for (place, phone) in [(street, "0951-0000100"), (xinglin, "0951-0000123")] {
        let reach = Reach { phone: phone.parse().ok(), hours: "周一至周五 8:30–17:30".to_owned() };
        office.change_place(&stage.administrator, place, reach).await?;
    }
    let door = door(office, xinglin, room).await?;
    let page = |what, number: Option<i64>| format!("{what}/{}", number.unwrap_or_default());
    let pages = vec![
        (page("/c/xinglin/t", topic), "集贸市场 from what was said to what was done"),
        (page("/c/xinglin/g", number(meeting).await?), "its meeting: votes, resolution, notice"),
        (page("/c/xinglin/g", number(sheds).await?), "北苑车棚 recommended, published for objections"),
        (
            page("/c/xinglin/g", number(shed).await?),
            "南苑车棚 recommended, agreed by the owners, being built",
        ),
        (page("/c/xinglin/g", number(roofs).await?), "屋顶 called for tomorrow"),
        (page("/c/xinglin/g", number(stairs).await?), "楼门会 a stairwell settled it in three lines"),
        (page("/c/xinglin/h", sat), "小院谈话会 what was said in a yard, and where it stands"),
        (page("/w/xinglin/g", number(room).await?), "活动室 a meeting to open now, as worker"),
        (format!("/g/{door}"), "what the code in its room opens"),
        (page("/c/xinglin/d", Some(tile)), "隐患 a fallen tile, fenced off until the wall is mended"),
        ("/w/xinglin/owed".to_owned(), "who is owed an answer, as worker"),
    ];
    let receipt = first.map(|raised| raised.secret).unwrap_or_default();
    Ok(Told { matters, poster, receipt, place: xinglin, accounts: stage.accounts, pages })
}

/// What becomes of the lines and beside them; answers how many matters those were.
async fn lines(
    cast: &Cast,
    stage: &Stage<'_>,
    spots: &BTreeMap<&str, PlaceId>,
    said: &Said,
    turn: Turn<'_>,
) -> Result<usize, Stop> {
    let mut acts: Vec<(Moment, Act)> = Vec::new();
    for (n, line) in LINES.iter().enumerate() {
        acts.extend(line.acts(n, stage.now));
    }
    acts.extend(Aside::ALL.map(|(days, hours, aside)| (ago(stage.now, days, hours), Act::Aside(aside))));
    acts.sort_by_key(|(at, _)| *at);
    let mut asides = BTreeMap::new();
    for (at, act) in acts {
        turn.until(at).await;
        match act {
            Act::Line(n, step) => cast.perform(stage, spots, n, step, said).await?,
            Act::Aside(aside) => cast.aside(stage, spots, aside, &mut asides).await?,
        }
    }
    Ok(asides.len())
}

/// Who acts in the story.
pub(super) struct Cast {
    pub(super) worker: Actor,
    pub(super) colleague: Actor,
    pub(super) secretary: Actor,
    pub(super) steward: Actor,
    pub(super) officer: Actor,
    pub(super) lamp_officer: Actor,
    pub(super) keeper: Actor,
    other: Actor,
    pub(super) market_keeper: Actor,
    pub(super) committee: OrganisationId,
    pub(super) property: OrganisationId,
    pub(super) lamps: OrganisationId,
    pub(super) squad: OrganisationId,
    pub(super) police: OrganisationId,
    pub(super) market_office: OrganisationId,
    pub(super) owners: OrganisationId,
    pub(super) school: OrganisationId,
    pub(super) buses: OrganisationId,
    pub(super) power: OrganisationId,
    pub(super) xinglin: PlaceId,
    /// The steward's building.
    building: PlaceId,
    pub(super) market: PlaceId,
    pub(super) road: PlaceId,
}

impl Cast {
    /// Carries a step of a line out.
    async fn perform(
        &self,
        stage: &Stage<'_>,
        spots: &BTreeMap<&str, PlaceId>,
        n: usize,
        step: Step,
        said: &Said,
    ) -> Result<(), Stop> {
        let (office, line) = (stage.office, &LINES[n]);
        if step == Step::Raise {
            let photos = match n.is_multiple_of(5) {
                true => vec![PhotoDigest(office.db.put_blob(picture(n)?).await?)],
                false => Vec::new(),
            };
            let mut raising = self.raising(stage.now, &format!("{n}"), spots[line.spot], line.said);
            raising.photos = photos;
            if n % 11 == 7 {
                raising.shown = Shown::Around;
            }
            if n.is_multiple_of(3) {
                raising.speaker.name = "李阿姨".to_owned();
                raising.speaker.contact = "8123 4567".to_owned();
            }
            let raised = office.raise(&Actor::visitor(), raising).await?;
            said.borrow_mut().insert(n, vec![raised]);
            return Ok(());
        }
        let raised = said.borrow().get(&n).and_then(|receipts| receipts.first().cloned());
        let Some(raised) = raised else { return Ok(()) };
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
                let (joined, _) = office.join(&Actor::visitor(), ledger, matter, joining).await?;
                said.borrow_mut().entry(n).or_default().push(joined);
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
                let triage = Triage { outcome, category, holder, person, reason: String::new() };
                office.act(desk, ledger, matter, triage).await?;
                office.act(desk, ledger, matter, summarise(line.summary)).await?;
                if n.is_multiple_of(5) {
                    let photo = PhotoDigest(yishi_store::blobs::digest_of(&picture(n)?));
                    office.act(desk, ledger, matter, PublishPhoto { photo }).await?;
                }
            }
            Step::Progress => {
                let note = "已到现场看过，正在安排人员和材料。".to_owned();
                office.act(handler, ledger, matter, Progress { note, photos: vec![] }).await?;
            }
            Step::Answer => {
                let text =
                    format!("{}：已经办好，请您看看是否满意。如有问题请在回执上告诉我们。", line.summary);
                let answer = Answer { text, word: "谢谢您提醒我们。".to_owned(), photos: vec![] };
                office.act(handler, ledger, matter, answer).await?;
            }
            Step::Evaluate => {
                let (solved, satisfaction) = match line.far {
                    Reopened => (Solved::No, Satisfaction::Not),
                    _ if n.is_multiple_of(2) => (Solved::Yes, Satisfaction::Satisfied),
                    _ => (Solved::Yes, Satisfaction::Mostly),
                };
                // What a colleague closes was evaluated by everyone: a week is longer where a holiday
                // lies at its end.
                let all = said.borrow().get(&n).cloned().unwrap_or_default();
                let heard = if line.far == Closed { all.len() } else { 1 };
                for one in all.iter().take(heard) {
                    let said = Evaluation { solved, satisfaction, comment: String::new() };
                    // Not everybody says whether they were contacted, and not everybody was.
                    let contacted = match n % 5 {
                        0 => None,
                        3 => Some(Contacted::No),
                        _ => Some(Contacted::Yes),
                    };
                    office.act(&by_link(), ledger, one.receipt, Evaluate { said, contacted }).await?;
                }
            }
            Step::Close => {
                let closer = if ledger == self.xinglin { &self.colleague } else { &self.other };
                office.act(closer, ledger, matter, Close).await?;
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
                    office.act(&self.worker, one.ledger, two.matter, MergeInto { into: one.matter }).await?;
                }
                return Ok(());
            }
            Aside::NotAccepted => {
                let Some(raised) = told.get(&Aside::Deposit) else { return Ok(()) };
                let triage = Triage {
                    outcome: Outcome::NotAccepted,
                    category: "99".to_owned(),
                    holder: Holder::Desk(self.xinglin),
                    person: None,
                    reason: "租房押金属于合同纠纷，社区无权裁断；可向人民调解委员会申请调解，或依合同起诉。"
                        .to_owned(),
                };
                office.act(&self.secretary, raised.ledger, raised.matter, triage).await?;
                let summary = summarise("租房押金纠纷求助");
                office.act(&self.secretary, raised.ledger, raised.matter, summary).await?;
                return Ok(());
            }
        };
        let mut raising = self.raising(stage.now, said, spots[spot], said);
        let by = if aside == Aside::Neighbour {
            raising.channel = Channel::Neighbour;
            raising.behalf = Behalf::Neighbour;
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

    /// Something said through a poster.
    pub(super) fn raising(&self, now: Moment, key: &str, place: PlaceId, said: &str) -> Raising {
        Raising {
            form: form(&format!("demo/{key}/{}", now.0)),
            channel: Channel::Poster,
            behalf: Behalf::Own,
            place,
            shown: Shown::Building,
            about: None,
            about_person: None,
            category: None,
            title: None,
            text: said.to_owned(),
            photos: Vec::new(),
            occurred_at: None,
            source: None,
            after: None,
            floor: None,
            danger: None,
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

/// Somebody who shows the link of a receipt.
pub(super) fn by_link() -> Actor {
    Actor::visitor().showing(Claim::Receipt)
}

/// What the public reads of a matter.
pub(super) fn summarise(summary: &str) -> Summarise {
    Summarise { summary: summary.to_owned(), category: None }
}

/// The key of a form, the same for the same word.
pub(super) fn form(key: &str) -> FormKey {
    FormKey::named(key)
}

/// A drawn picture, since no real place is shown: wall, ground, and something broken.
pub(super) fn picture(n: usize) -> Result<Vec<u8>, Stop> {
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
