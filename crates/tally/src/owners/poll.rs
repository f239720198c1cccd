//! From units and ballots to the three readings: who is an owner in the scope of the matter, what
//! each of them returned, and who counts as taking part. The law is in `rules`, the arithmetic in
//! `count`.

use super::count::decide;
use super::{Area, Date, Invalid, Matter, Measure, Miscount, Pack, Reading, Requirement, Rules, Sums};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;

/// 表决: one matter put to the owners, with everything that was returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// 议题.
    pub matter: Matter,
    /// 决定日期: it decides which law counts; today where it is not given.
    pub decided_on: Option<Date>,
    /// 专有部分, each once.
    pub units: Vec<Unit>,
    /// 范围: the kinds of units that count for this matter.
    pub scope: Vec<String>,
    /// 表决票: the final ones; what was replaced or withdrawn is not among them.
    pub ballots: Vec<Ballot>,
    /// 送达: owners who were served the ballot.
    pub served: Vec<String>,
}

/// 专有部分.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// 房号.
    pub id: String,
    /// 专有部分面积; nothing where it is not known.
    pub area: Option<Area>,
    /// 业主: one head. The joint party of a co-owned unit; the developer of all unsold and
    /// undelivered units.
    pub owner: String,
    /// 类别: dwelling, garage, shop, …
    pub kind: String,
}

/// 表决票.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// 业主.
    pub owner: String,
    /// 选项.
    pub choice: Choice,
    /// How it came.
    pub channel: Channel,
}

/// 选项.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// 赞成.
    For,
    /// 反对.
    Against,
    /// 弃权.
    Abstain,
    /// 废票.
    Invalid,
}

/// 渠道.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// 纸质.
    Paper,
    /// 网上.
    Online,
    /// 现场举手.
    Hand,
    /// 委托.
    Proxy {
        /// 受托人.
        agent: String,
    },
}

/// 计票结果. Serializes to what `yishi tally owners` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// 全体业主 in the scope.
    pub total: Measure,
    /// 只计交回: who returned a ballot took part.
    pub strict: Reading,
    /// 送达即参与: who was served or returned a ballot took part, the silent in no choice.
    pub served_takes_part: Reading,
    /// 未投票从多数: silent served owners are added to the choice, for or against, with more heads
    /// among the returned; to none where these are equal.
    pub silence_follows_majority: Reading,
    /// 矛盾票: owners whose ballots differ. They took part, in no choice. Sorted.
    pub conflicts: Vec<String>,
    /// 废票: owners whose ballots are invalid, and those on ballots who own nothing in the scope.
    /// Sorted.
    pub invalid: Vec<String>,
    /// 提示, sorted.
    pub warnings: Vec<Warning>,
    /// 依据.
    pub article: String,
    /// What the law asks.
    #[serde(skip)]
    pub requirement: Requirement,
}

/// 提示: what whoever reads the result should know. Serializes as its word, with the id behind a
/// colon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// `area_missing:<unit>`: the area of a unit in scope is not known, so nothing is certified.
    AreaMissing(String),
    /// `before_property_law`: decided before 2007-10-01, when the law it is counted by was not
    /// yet in force.
    BeforePropertyLaw,
    /// `majority_split`: by heads one choice leads among the returned, by area the other; silent
    /// owners were added to the one that leads by heads.
    MajoritySplit,
    /// `proxy_cap:<agent>`: votes for more owners than the rules allow; those ballots are invalid.
    ProxyCap(String),
    /// `served_repeated:<owner>`: more than once among the served.
    ServedRepeated(String),
    /// `served_unknown:<owner>`: among the served, and owns nothing in the scope.
    ServedUnknown(String),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AreaMissing(unit) => write!(f, "area_missing:{unit}"),
            Self::BeforePropertyLaw => f.write_str("before_property_law"),
            Self::MajoritySplit => f.write_str("majority_split"),
            Self::ProxyCap(agent) => write!(f, "proxy_cap:{agent}"),
            Self::ServedRepeated(owner) => write!(f, "served_repeated:{owner}"),
            Self::ServedUnknown(owner) => write!(f, "served_unknown:{owner}"),
        }
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// 物权法 is in force from this day.
const PROPERTY_LAW_FROM: Option<Date> = Date::new(2007, 10, 1);

/// Count a poll under the law of the day it was decided on, `today` where it names none.
///
/// # Errors
/// When the areas together are more than can be counted; what `Poll::parse` read never is.
pub fn count(poll: &Poll, rules: &Rules, today: Date) -> Result<Outcome, Miscount> {
    let date = poll.decided_on.unwrap_or(today);
    let requirement = Pack::on(date).requirement(poll.matter);
    let mut register = Register::new(poll)?;
    if PROPERTY_LAW_FROM.is_some_and(|from| date < from) {
        register.warnings.insert(Warning::BeforePropertyLaw);
    }
    register.serve(&poll.served);
    register.collect(&poll.ballots, rules);

    let total = register.sums(|_| Standing::Absent)?.total;
    let strict = decide(&requirement, &register.sums(|owner| owner.strictly(rules))?)?;
    let served = register.sums(|owner| owner.when_served(rules))?;
    let lead = match strict.in_favour.heads.cmp(&strict.against.heads) {
        Ordering::Greater => Some(Standing::For),
        Ordering::Less => Some(Standing::Against),
        Ordering::Equal => None,
    };
    let following = register.sums(|owner| owner.when_following(rules, lead))?;

    let by_area = strict.in_favour.area.zip(strict.against.area).map(|(yes, no)| yes.cmp(&no));
    if matches!(
        (lead, by_area),
        (Some(Standing::For), Some(Ordering::Less)) | (Some(Standing::Against), Some(Ordering::Greater))
    ) {
        register.warnings.insert(Warning::MajoritySplit);
    }

    let (conflicts, invalid) = register.irregular();
    let of_clause = |sums| decide(&requirement, sums).map(|reading| Reading { missing: None, ..reading });
    Ok(Outcome {
        total,
        strict,
        served_takes_part: of_clause(&served)?,
        silence_follows_majority: of_clause(&following)?,
        conflicts,
        invalid,
        warnings: register.warnings.into_iter().collect(),
        article: requirement.article(),
        requirement,
    })
}

/// Everybody who owns something in the scope, and what is known of them.
struct Register<'a> {
    owners: Vec<Owner<'a>>,
    places: HashMap<&'a str, usize>,
    /// On ballots, and owning nothing in the scope.
    strangers: BTreeSet<&'a str>,
    warnings: BTreeSet<Warning>,
}

/// 业主: one head.
struct Owner<'a> {
    id: &'a str,
    /// Of all their units in scope; nothing where one of them is not known.
    area: Option<Area>,
    served: bool,
    returned: Returned,
}

/// What came back from an owner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Returned {
    Nothing,
    /// Once, or several times the same.
    One(Choice),
    /// Ballots that differ.
    Conflict,
}

/// How an owner counts under one reading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Absent,
    /// Returned a ballot and took no part.
    Void,
    /// Took part, in no choice.
    NoChoice,
    For,
    Against,
    Abstain,
}

impl<'a> Register<'a> {
    fn new(poll: &'a Poll) -> Result<Self, Miscount> {
        let scope: HashSet<&str> = poll.scope.iter().map(String::as_str).collect();
        let mut register = Self {
            owners: Vec::new(),
            places: HashMap::new(),
            strangers: BTreeSet::new(),
            warnings: BTreeSet::new(),
        };
        for unit in poll.units.iter().filter(|unit| scope.contains(unit.kind.as_str())) {
            if unit.area.is_none() {
                register.warnings.insert(Warning::AreaMissing(unit.id.clone()));
            }
            let next = register.owners.len();
            let place = *register.places.entry(&unit.owner).or_insert(next);
            match register.owners.get_mut(place) {
                Some(owner) => owner.area = sum(owner.area, unit.area)?,
                None => register.owners.push(Owner {
                    id: &unit.owner,
                    area: unit.area,
                    served: false,
                    returned: Returned::Nothing,
                }),
            }
        }
        Ok(register)
    }

    fn serve(&mut self, served: &'a [String]) {
        for id in served {
            match self.places.get(id.as_str()).and_then(|&place| self.owners.get_mut(place)) {
                None => {
                    self.warnings.insert(Warning::ServedUnknown(id.clone()));
                }
                Some(owner) if owner.served => {
                    self.warnings.insert(Warning::ServedRepeated(id.clone()));
                }
                Some(owner) => owner.served = true,
            }
        }
    }

    fn collect(&mut self, ballots: &'a [Ballot], rules: &Rules) {
        let overburdened = self.overburdened(ballots, rules);
        for ballot in ballots {
            let owner = self.places.get(ballot.owner.as_str()).and_then(|&place| self.owners.get_mut(place));
            let Some(owner) = owner else {
                self.strangers.insert(&ballot.owner);
                continue;
            };
            let choice = match &ballot.channel {
                Channel::Proxy { agent } if overburdened.contains(agent.as_str()) => Choice::Invalid,
                _ => ballot.choice,
            };
            owner.returned = match owner.returned {
                Returned::Nothing => Returned::One(choice),
                Returned::One(other) if other == choice => Returned::One(other),
                Returned::One(_) | Returned::Conflict => Returned::Conflict,
            };
        }
        self.warnings.extend(overburdened.into_iter().map(|agent| Warning::ProxyCap(agent.to_owned())));
    }

    /// Agents who vote for more owners than the rules allow.
    fn overburdened(&self, ballots: &'a [Ballot], rules: &Rules) -> HashSet<&'a str> {
        let Some(cap) = rules.owners_per_agent else {
            return HashSet::new();
        };
        let mut of_agent: HashMap<&str, HashSet<&str>> = HashMap::new();
        for ballot in ballots.iter().filter(|ballot| self.places.contains_key(ballot.owner.as_str())) {
            if let Channel::Proxy { agent } = &ballot.channel {
                of_agent.entry(agent).or_default().insert(&ballot.owner);
            }
        }
        let above = |owners: &HashSet<&str>| u32::try_from(owners.len()).map_or(true, |count| count > cap);
        of_agent.into_iter().filter(|(_, owners)| above(owners)).map(|(agent, _)| agent).collect()
    }

    fn sums(&self, standing: impl Fn(&Owner<'_>) -> Standing) -> Result<Sums, Miscount> {
        let zero = Measure::ZERO;
        let mut sums =
            Sums { total: zero, took_part: zero, in_favour: zero, against: zero, abstain: zero, void: zero };
        for owner in &self.owners {
            add(&mut sums.total, owner)?;
            let part = match standing(owner) {
                Standing::Absent => continue,
                Standing::Void => {
                    add(&mut sums.void, owner)?;
                    continue;
                }
                Standing::NoChoice => None,
                Standing::For => Some(&mut sums.in_favour),
                Standing::Against => Some(&mut sums.against),
                Standing::Abstain => Some(&mut sums.abstain),
            };
            if let Some(part) = part {
                add(part, owner)?;
            }
            add(&mut sums.took_part, owner)?;
        }
        Ok(sums)
    }

    /// 矛盾票, 废票.
    fn irregular(&self) -> (Vec<String>, Vec<String>) {
        let ids = |wanted: Returned| {
            self.owners.iter().filter(move |owner| owner.returned == wanted).map(|owner| owner.id)
        };
        let conflicts: BTreeSet<&str> = ids(Returned::Conflict).collect();
        let invalid: BTreeSet<&str> =
            ids(Returned::One(Choice::Invalid)).chain(self.strangers.iter().copied()).collect();
        let own = |ids: BTreeSet<&str>| ids.into_iter().map(str::to_owned).collect();
        (own(conflicts), own(invalid))
    }
}

impl Owner<'_> {
    /// 只计交回.
    fn strictly(&self, rules: &Rules) -> Standing {
        match self.returned {
            Returned::Nothing => Standing::Absent,
            Returned::One(Choice::For) => Standing::For,
            Returned::One(Choice::Against) => Standing::Against,
            Returned::One(Choice::Abstain) => Standing::Abstain,
            Returned::One(Choice::Invalid) => match rules.invalid {
                Invalid::TakesNoPart => Standing::Void,
                Invalid::TakesPart => Standing::NoChoice,
            },
            Returned::Conflict => Standing::NoChoice,
        }
    }

    /// 送达即参与: whose ballot is void took part too, where it was served.
    fn when_served(&self, rules: &Rules) -> Standing {
        match self.strictly(rules) {
            Standing::Absent | Standing::Void if self.served => Standing::NoChoice,
            standing => standing,
        }
    }

    /// 未投票从多数: only who returned nothing at all is silent.
    fn when_following(&self, rules: &Rules, lead: Option<Standing>) -> Standing {
        match (self.returned, self.served, lead) {
            (Returned::Nothing, true, Some(lead)) => lead,
            _ => self.when_served(rules),
        }
    }
}

fn add(measure: &mut Measure, owner: &Owner<'_>) -> Result<(), Miscount> {
    measure.heads += 1;
    measure.area = sum(measure.area, owner.area)?;
    Ok(())
}

/// Nothing where one of them is not known.
fn sum(one: Option<Area>, other: Option<Area>) -> Result<Option<Area>, Miscount> {
    match one.zip(other) {
        None => Ok(None),
        Some((one, other)) => one.plus(other).map(Some).ok_or(Miscount::TooLarge),
    }
}
