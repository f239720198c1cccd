//! The roster of people (人员名册): a row is somebody with at most one role, and rows of one name are one
//! person with several. Who is not known gets an account, who is known one more role, and who holds it
//! already nothing. It is decided by the commands by which an account is opened and a role given on
//! the page of people.

use super::reads::{OrganisationRow, accounts, organisations};
use crate::columns::{Unread, Use};
use crate::places::addressed::{Addressed, all_addressed};
use crate::places::reads::{PlaceRow, path_of};
use crate::roster::{Asked, Called, Listed, Note, Seen, Why};
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter;
use uuid::Uuid;
use yishi_domain::people::{Account, GrantRole, OpenAccount, Refusal as AccountRefusal, Weighty, bound_to};
use yishi_domain::places::PlaceKind;
use yishi_kernel::text::skeleton;
use yishi_kernel::{
    AccountId, Actor, Grant, Loaded, Moment, OrganisationId, PlaceId, Refusal, Role, StreamName, words,
};
use yishi_spreadsheet::read::{Line, Record};

words! {
    /// What a column of a roster of people is used for (人员名册的列).
    PersonColumn as "roster-people" {
        /// Who (姓名).
        Name = "name",
        /// In which role (角色、职务).
        Role = "role",
        /// Where (负责范围): several columns are read together.
        Place = "place",
        /// Who employs them, and whom they act for where the role is an organisation's (单位).
        Body = "body",
        /// Not imported (不导入): no account holds a telephone.
        LeftOut = "leave-out",
    }
}

impl Use for PersonColumn {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["姓名", "名字", "人员", "人员姓名", "name"],
            Self::Role => &["角色", "职务", "岗位", "身份", "role"],
            Self::Place => &[
                "负责范围",
                "范围",
                "在哪里",
                "地点",
                "位置",
                "社区",
                "小区",
                "网格",
                "楼栋",
                "楼栋号",
                "楼号",
                "栋号",
                "单元",
                "单元号",
                "地址",
                "place",
                "compound",
                "building",
                "stairwell",
            ],
            Self::Body => {
                &["单位", "工作单位", "所在单位", "代表单位", "organisation", "organization", "employer"]
            }
            Self::LeftOut => &[
                "序号",
                "电话",
                "电话号码",
                "联系电话",
                "联系方式",
                "手机",
                "手机号",
                "手机号码",
                "用户名",
                "登录名",
                "备注",
                "no.",
                "telephone",
                "phone",
                "username",
                "note",
            ],
        }
    }

    fn is_many(self) -> bool {
        matches!(self, Self::Place | Self::LeftOut)
    }

    fn says(self) -> bool {
        self == Self::Name
    }
}

/// What roles are called in lists of offices, beside what the pages call them.
const ROLES: [(&str, Role); 17] = [
    ("红管家", Role::Steward),
    ("单元长", Role::Steward),
    ("楼道长", Role::Steward),
    ("楼长", Role::BuildingHead),
    ("网格支部书记", Role::GridSecretary),
    ("社工", Role::CommunityWorker),
    ("社区工作者", Role::CommunityWorker),
    ("社区书记", Role::CommunitySecretary),
    ("社区党组织书记", Role::CommunitySecretary),
    ("社区党委书记", Role::CommunitySecretary),
    ("社区党总支书记", Role::CommunitySecretary),
    ("社区党支部书记", Role::CommunitySecretary),
    ("村书记", Role::CommunitySecretary),
    ("村党支部书记", Role::CommunitySecretary),
    ("物业人员", Role::PropertyStaff),
    ("市场管理人员", Role::PropertyStaff),
    ("专管员", Role::DepartmentOfficer),
];

/// The roles that a roster gives: a resident's household is confirmed otherwise.
pub fn listed_roles() -> impl Iterator<Item = Role> {
    let given = |role: &Role| !matches!(role, Role::Visitor | Role::System | Role::Resident);
    Role::ALL.iter().copied().filter(given)
}

/// Somebody whose rows read.
struct Person<'r> {
    /// Their first row.
    record: &'r Record,
    name: String,
    employer: Option<OrganisationId>,
    /// The role of the first row, where it names one.
    post: Option<Post>,
    /// Each further row with its role.
    further: Vec<(&'r Record, Post)>,
}

/// A role, where, and for whom.
#[derive(Clone, Copy, PartialEq)]
struct Post {
    role: Role,
    place: PlaceId,
    organisation: Option<OrganisationId>,
}

/// What rows are read by.
struct Here<'a> {
    at: &'a PlaceRow,
    roles: &'a Called<Role>,
    usual: Called<Role>,
    bodies: Called<OrganisationId>,
    places: BTreeMap<String, Vec<Addressed>>,
}

impl Office {
    /// What a roster of people comes to at a place that keeps their accounts. `roles` are what the
    /// pages call roles. Nothing is recorded.
    ///
    /// # Errors
    /// When the store fails; what is wrong with the file is an answer.
    pub async fn people_listed(
        &self,
        actor: &Actor,
        at: &PlaceRow,
        bytes: impl AsRef<[u8]> + Send + 'static,
        asked: Asked<PersonColumn>,
        roles: &Called<Role>,
    ) -> Result<Result<Seen<PersonColumn>, Unread>, Failure> {
        let (listed, records) = match Listed::read(bytes, asked, PersonColumn::LeftOut).await? {
            Ok(read) => read,
            Err(unread) => return Ok(Err(unread)),
        };
        let mut seen = Seen::of(listed);
        let records = seen.few(records);
        let here = self.people_here(at, &seen, &records, roles).await?;
        let kept: HashMap<String, AccountId> = accounts(&self.db, at.ledger)
            .await?
            .into_iter()
            .map(|row| (skeleton(&row.name), row.id))
            .collect();
        for person in here.people(&mut seen, &records, &kept) {
            let known = kept.get(&skeleton(&person.name)).copied();
            match self.person(actor, at, &person, known, &mut seen).await {
                Ok(()) => {}
                Err(Failure::Refused(refusal)) => refused(&mut seen, person.record, refusal),
                Err(fault) => return Err(fault),
            }
        }
        Ok(Ok(seen.sorted()))
    }

    async fn people_here<'a>(
        &self,
        at: &'a PlaceRow,
        seen: &Seen<PersonColumn>,
        records: &[Record],
        roles: &'a Called<Role>,
    ) -> Result<Here<'a>, Failure> {
        let columns = &seen.listed.columns;
        let said: BTreeSet<String> =
            records.iter().filter_map(|record| columns.address(record, &[PersonColumn::Place])).collect();
        let said: BTreeSet<&str> = said.iter().map(String::as_str).collect();
        let places = all_addressed(&self.db, at, &said).await?;
        let path = path_of(&self.db, at).await?;
        let bodies = organisations(&self.db, &path).await?;
        let bodies = Called::of(bodies.iter().map(|row: &OrganisationRow| (&row.name, row.id)));
        Ok(Here { at, roles, usual: Called::of(ROLES), bodies, places })
    }

    /// What somebody on a roster comes to, beside what stands.
    async fn person(
        &self,
        actor: &Actor,
        at: &PlaceRow,
        person: &Person<'_>,
        known: Option<AccountId>,
        seen: &mut Seen<PersonColumn>,
    ) -> Result<(), Failure> {
        let (ledger, now) = (at.ledger, self.now());
        let id = known.unwrap_or_else(|| AccountId(Uuid::new_v4()));
        let stream = StreamName::from(id);
        let (mut loaded, mut batch) = match known {
            Some(_) => (self.load::<Account>(ledger, &stream).await?, None),
            None => {
                let mut loaded = Loaded::default();
                let (name, employer) = (person.name.clone(), person.employer);
                let open = OpenAccount { id, place: at.id, name, employer };
                let opened = self.started(actor, ledger, &stream, &mut loaded, open).await?;
                (loaded, Some(opened))
            }
        };
        let account = loaded.must()?;
        let missing = person.posts().filter(|(_, post)| !post.stands(account, now));
        let missing: Vec<(&Record, Post)> = missing.collect();
        let adds = !missing.is_empty() || person.post.is_none();
        if known.is_some() && adds && person.employer.is_some() && account.employer != person.employer {
            let record = missing.first().map_or(person.record, |(record, _)| *record);
            seen.wrong(record, PersonColumn::Body, Why::Stands);
            return Ok(());
        }
        let mut waits = None;
        for (record, post) in missing {
            let Post { role, place, organisation } = post;
            let grant = GrantRole { role, place, organisation, from: now, until: None };
            let given = match self.acted(actor, ledger, &stream, &mut loaded, grant).await {
                Ok(given) => given,
                Err(Failure::Refused(refusal)) => {
                    match waits.filter(|_| refusal == AccountRefusal::Waits) {
                        Some(above) => seen.wrong(record, PersonColumn::Role, Why::Waits(above)),
                        None => refused(seen, record, refusal),
                    }
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            let asked = post.waits(loaded.must()?, now);
            let said = seen.listed.columns.address(record, &[PersonColumn::Place]);
            let place = said.unwrap_or_else(|| at.name.clone());
            let (here, above, name) = (record.at, person.record.at, person.name.clone());
            if known.is_none() && here != above {
                seen.notes.push(Note::Same { at: here, above, name: name.clone(), role, place });
            } else if known.is_some() && !asked {
                seen.notes.push(Note::Granted { at: here, name: name.clone(), role, place });
            }
            if asked {
                waits = Some(here);
                seen.notes.push(Note::Asked { at: here, name, role });
            }
            batch = Some(match batch {
                Some(batch) => batch.then(given),
                None => given,
            });
        }
        match (batch, known) {
            (Some(batch), None) => seen.opens(batch),
            (Some(batch), Some(_)) => seen.adds_to(batch),
            (None, _) => seen.known += 1,
        }
        Ok(())
    }
}

/// Notes why the commands would not have it, at the cell that it is about.
fn refused(seen: &mut Seen<PersonColumn>, record: &Record, refusal: Refusal) {
    let column = match refusal.field() {
        Some("role" | "account") => PersonColumn::Role,
        Some("at" | "place") => PersonColumn::Place,
        Some("employer" | "organisation") => PersonColumn::Body,
        _ => PersonColumn::Name,
    };
    seen.wrong(record, column, Why::Refused(refusal));
}

impl<'r> Person<'r> {
    /// Each row that gives a role.
    fn posts(&self) -> impl Iterator<Item = (&'r Record, Post)> {
        self.post.map(|post| (self.record, post)).into_iter().chain(self.further.iter().copied())
    }
}

impl Post {
    /// Whether somebody holds it, or is to once it is confirmed.
    fn stands(self, account: &Account, now: Moment) -> bool {
        account.actor().current(now).any(|grant| self.is(grant)) || self.waits(account, now)
    }

    /// Whether it waits for another keeper of accounts.
    fn waits(self, account: &Account, now: Moment) -> bool {
        let asked = account.waiting(now).map(|asked| &asked.what);
        matches!(asked, Some(Weighty::Grant(grant)) if self.is(grant))
    }

    fn is(self, grant: &Grant) -> bool {
        (grant.role, grant.place, grant.organisation) == (self.role, self.place, self.organisation)
    }
}

/// A name without the words behind it that tell its bearer from others: 张伟（3号楼）.
fn bare(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or_default().trim_end()
}

impl Here<'_> {
    /// The people whose rows read, each with all their roles; what is wrong with the others is noted.
    fn people<'r>(
        &self,
        seen: &mut Seen<PersonColumn>,
        records: &'r [Record],
        kept: &HashMap<String, AccountId>,
    ) -> Vec<Person<'r>> {
        let mut people: Vec<Person<'r>> = Vec::with_capacity(records.len());
        let mut named: HashMap<String, usize> = HashMap::new();
        for record in records {
            let Some((name, employer, post)) = self.row(seen, record) else { continue };
            let looks = skeleton(&name);
            let Some(person) = named.get(&looks).and_then(|n| people.get_mut(*n)) else {
                named.insert(looks, people.len());
                people.push(Person { record, name, employer, post, further: Vec::new() });
                continue;
            };
            let first = person.record.at;
            let same = iter::once((person.record, person.post))
                .chain(person.further.iter().map(|(record, post)| (*record, Some(*post))))
                .find(|(_, own)| *own == post);
            // Nobody is given what somebody else of the name is meant to have.
            if person.employer != employer {
                seen.wrong(record, PersonColumn::Name, Why::Above(first));
            } else if let Some((above, _)) = same {
                seen.notes.push(Note::Repeated { at: record.at, above: above.at });
            } else if let Some(post) = post {
                person.further.push((record, post));
            } else {
                seen.wrong(record, PersonColumn::Role, Why::Empty);
            }
        }
        // A name opens no account beside the same one with words that tell them apart: it may well be
        // the same person.
        let worded = people.iter().filter(|person| bare(&person.name) != person.name);
        let worded: HashMap<String, Line> =
            worded.map(|person| (skeleton(bare(&person.name)), person.record.at)).collect();
        for person in &people {
            let looks = skeleton(&person.name);
            if let Some(other) = worded.get(&looks).filter(|_| !kept.contains_key(&looks)) {
                seen.wrong(person.record, PersonColumn::Name, Why::Above(*other));
            }
        }
        people
    }

    /// Who a row names, who employs them, and the role that it gives.
    fn row(
        &self,
        seen: &mut Seen<PersonColumn>,
        record: &Record,
    ) -> Option<(String, Option<OrganisationId>, Option<Post>)> {
        use PersonColumn::{Body, Name, Place, Role as As};
        let cell = |column| seen.listed.columns.cell(record, column).to_owned();
        let (name, said, body) = (cell(Name), cell(As), cell(Body));
        let place = seen.listed.columns.address(record, &[Place]).unwrap_or_default();
        let mut sound = true;
        let mut wrong = |column, raw: &str, why| {
            seen.wrong_at(record, column, raw, why);
            sound = false;
        };
        if name.is_empty() {
            wrong(Name, "", Why::Empty);
        }
        let role = self.roles.one(&said).or_else(|| self.usual.one(&said));
        if role.is_none() && !said.is_empty() {
            wrong(As, &said, Why::NoSuchRole);
        }
        let employer = self.bodies.one(&body);
        if employer.is_none() && !body.is_empty() {
            wrong(Body, &body, Why::NoSuchBody);
        }
        let at = match role {
            Some(role) => match self.at(role, &place) {
                Ok(at) => Some(at),
                Err(why) => {
                    wrong(Place, &place, why);
                    None
                }
            },
            None => {
                if said.is_empty() && !place.is_empty() {
                    wrong(As, "", Why::NoRole);
                }
                None
            }
        };
        if let Some(role) = role.filter(|role| role.of_organisation() && body.is_empty()) {
            wrong(Body, "", Why::NeedsBody(role));
        }
        let organisation = employer.filter(|_| role.is_some_and(Role::of_organisation));
        let post = role.zip(at).map(|(role, place)| Post { role, place, organisation });
        sound.then_some((name, employer, post))
    }

    /// The place below the one at hand at which somebody is to hold a role.
    fn at(&self, role: Role, said: &str) -> Result<PlaceId, Why> {
        let bound = || Why::Bound(role, kinds(role));
        if said.is_empty() {
            return if bound_to(role, self.at.kind) { Ok(self.at.id) } else { Err(bound()) };
        }
        let found = self.places.get(said).map(Vec::as_slice).unwrap_or_default();
        let mut fit = found.iter().filter(|place| bound_to(role, place.kind)).map(|place| place.id);
        match (fit.next(), fit.next()) {
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => Err(Why::ManyPlaces),
            (None, _) if found.is_empty() => Err(Why::NoPlace),
            (None, _) => Err(bound()),
        }
    }
}

/// The kinds of places at which a role is held.
fn kinds(role: Role) -> Vec<PlaceKind> {
    PlaceKind::ALL.iter().copied().filter(|kind| bound_to(role, *kind)).collect()
}
