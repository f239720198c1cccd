//! An invented neighbourhood, made by the office's own commands, and the people in it.
//! Nobody in it is real.

use yishi_domain::matters::{Behalf, Channel, Proof, Shown};
use yishi_domain::people::{GrantRole, OrganisationKind};
use yishi_domain::places::PlaceKind;
use yishi_kernel::search::Asked;
use yishi_kernel::{AccountId, Actor, OrganisationId, PlaceId, Role};
use yishi_office::FormKey;
use yishi_office::Office;
use yishi_office::matters::reads::MatterRow;
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::matters::{Joining, Raising, Speaker};
use yishi_office::people::reads::actor;
use yishi_office::places::NewLedger;

/// Ids and actors of the neighbourhood.
#[derive(Clone, Debug)]
pub struct Neighbourhood {
    /// 清河街道, slug `qinghe`.
    pub street: PlaceId,
    /// 杏林社区, slug `xinglin`: also the name of its ledger.
    pub community: PlaceId,
    /// 杏林南苑.
    pub compound: PlaceId,
    /// Its 3号楼.
    pub building: PlaceId,
    /// Its 4号楼, with nothing in it.
    pub other_building: PlaceId,
    /// 杏林第一网格, not drawn yet.
    pub grid: PlaceId,
    /// 1单元 and 2单元.
    pub stairwells: [PlaceId; 2],
    /// Three households of each stairwell.
    pub households: Vec<PlaceId>,
    /// The residents' committee.
    pub committee: OrganisationId,
    /// The property company.
    pub property: OrganisationId,
    /// The market's manager.
    pub market: OrganisationId,
    /// 路灯管理所, of the street.
    pub lamps: OrganisationId,
    /// 综合执法队, of the street.
    pub squad: OrganisationId,
    /// A bus company, which nobody here can summon.
    pub buses: OrganisationId,
    /// 管理员 of the street.
    pub administrator: Actor,
    /// 社区工作者.
    pub worker: Actor,
    /// Her colleague.
    pub colleague: Actor,
    /// 楼道红管家 of the second stairwell.
    pub steward: Actor,
    /// 街道干部.
    pub officer: Actor,
    /// 物业管理人员.
    pub keeper: Actor,
    /// 社区党组织书记.
    pub secretary: Actor,
    /// Staff of the market's manager.
    pub market_keeper: Actor,
    /// 部门专管员 of the lamps.
    pub lamp_officer: Actor,
    /// 部门专管员 of the squad.
    pub squad_officer: Actor,
}

/// Makes the neighbourhood.
///
/// # Panics
/// When a command is refused.
pub async fn neighbourhood(office: &Office) -> Neighbourhood {
    neighbourhood_of(office, PlaceKind::Community, PlaceKind::Street).await
}

/// The same as a community or village of a street, town or township, named accordingly.
///
/// # Panics
/// When a command is refused.
pub async fn neighbourhood_of(office: &Office, kind: PlaceKind, above: PlaceKind) -> Neighbourhood {
    let name = match kind {
        PlaceKind::Village => "杏林村",
        _ => "杏林社区",
    };
    let committee_name = match kind {
        PlaceKind::Village => "杏林村村民委员会",
        _ => "杏林社区居民委员会",
    };
    let name_above = match above {
        PlaceKind::Town => "清河镇",
        PlaceKind::Township => "清河乡",
        _ => "清河街道",
    };
    let new = |slug: &str| NewLedger { slug: slug.to_owned(), host: "yishi.local".to_owned() };
    let street = office.found(above, name_above, new("qinghe")).await.unwrap();
    let first = office.found_administrator(street, "信息员").await.unwrap();
    let administrator = acting(office, first).await;
    let community =
        office.open_place(&administrator, street, kind, name, Some(new("xinglin"))).await.unwrap();
    let open = async |parent, kind, name: &str| {
        office.open_place(&administrator, parent, kind, name, None).await.unwrap()
    };
    let compound = open(community, PlaceKind::Compound, "杏林南苑").await;
    let building = open(compound, PlaceKind::Building, "3号楼").await;
    let stairwells = [
        open(building, PlaceKind::Stairwell, "1单元").await,
        open(building, PlaceKind::Stairwell, "2单元").await,
    ];
    let other_building = open(compound, PlaceKind::Building, "4号楼").await;
    let grid = open(community, PlaceKind::Grid, "杏林第一网格").await;
    let mut households = Vec::new();
    for stairwell in stairwells {
        for door in ["101", "201", "301"] {
            households.push(open(stairwell, PlaceKind::Household, door).await);
        }
    }
    let organisation =
        async |at, kind, name| office.open_organisation(&administrator, at, kind, name).await.unwrap();
    let committee = organisation(community, OrganisationKind::ResidentsCommittee, committee_name).await;
    let property = organisation(community, OrganisationKind::PropertyCompany, "安和物业服务公司").await;
    let market = organisation(community, OrganisationKind::Market, "杏林集贸市场管理部").await;
    let lamps = organisation(street, OrganisationKind::Department, "路灯管理所").await;
    let squad = organisation(street, OrganisationKind::Department, "综合执法队").await;
    let buses = organisation(street, OrganisationKind::AllianceUnit, "清河公交公司").await;
    let person = async |name: &str, role: Role, at, employer: Option<OrganisationId>| {
        let id = office.open_account(&administrator, at, name, employer).await.unwrap();
        let organisation = employer.filter(|_| role.of_organisation());
        let grant = GrantRole { role, place: at, organisation, from: office.now(), until: None };
        office.grant(&administrator, id, grant).await.unwrap();
        acting(office, id).await
    };
    let worker = person("沈知秋", Role::CommunityWorker, community, Some(committee)).await;
    let colleague = person("顾明远", Role::CommunityWorker, community, Some(committee)).await;
    let steward = person("周桂兰", Role::Steward, stairwells[1], None).await;
    let officer = person("秦望舒", Role::StreetOfficer, street, None).await;
    let keeper = person("罗大川", Role::PropertyStaff, community, Some(property)).await;
    let secretary = person("陆怀瑾", Role::CommunitySecretary, community, Some(committee)).await;
    let market_keeper = person("钟秀云", Role::PropertyStaff, community, Some(market)).await;
    let lamp_officer = person("方亦辰", Role::DepartmentOfficer, street, Some(lamps)).await;
    let squad_officer = person("聂长风", Role::DepartmentOfficer, street, Some(squad)).await;
    Neighbourhood {
        street,
        community,
        compound,
        building,
        other_building,
        grid,
        stairwells,
        households,
        committee,
        property,
        market,
        lamps,
        squad,
        buses,
        administrator,
        worker,
        colleague,
        steward,
        officer,
        keeper,
        secretary,
        market_keeper,
        lamp_officer,
        squad_officer,
    }
}

async fn acting(office: &Office, id: AccountId) -> Actor {
    actor(&office.db, id).await.unwrap().expect("an account just opened")
}

/// The key of a form, the same for the same word.
#[must_use]
pub fn form(word: &str) -> FormKey {
    FormKey::named(word)
}

/// Somebody at a device, without a name.
#[must_use]
pub fn speaker(device: &str) -> Speaker {
    Speaker {
        supporter: device.to_owned(),
        proof: Proof::Device,
        name: String::new(),
        contact: String::new(),
        consent: None,
    }
}

/// Something said through a poster by a device named like the form.
#[must_use]
pub fn raising(word: &str, place: PlaceId, text: &str) -> Raising {
    Raising {
        form: form(word),
        channel: Channel::Poster,
        behalf: Behalf::Own,
        place,
        shown: Shown::Building,
        about: None,
        about_person: None,
        category: None,
        title: None,
        text: text.to_owned(),
        photos: Vec::new(),
        occurred_at: None,
        source: None,
        after: None,
        floor: None,
        danger: None,
        speaker: speaker(&format!("device-{word}")),
    }
}

/// A device that joins.
#[must_use]
pub fn joining(word: &str) -> Joining {
    Joining { form: form(word), channel: Channel::Web, speaker: speaker(&format!("device-{word}")) }
}

/// What is found in a ledger by what was typed: the first twenty, the latest first.
///
/// # Panics
/// When the store fails.
pub async fn found(office: &Office, ledger: PlaceId, typed: &str, within: SearchIn) -> Vec<MatterRow> {
    found_in(office, &[ledger], typed, within).await
}

/// The same in several ledgers.
///
/// # Panics
/// When the store fails.
pub async fn found_in(office: &Office, ledgers: &[PlaceId], typed: &str, within: SearchIn) -> Vec<MatterRow> {
    let words = Asked::read(typed).words;
    office.find(&Looking::of(ledgers, &words, within), None, 20).await.unwrap().rows
}
