//! The roster of a council (议事会名册): a row is one member. Who is on the roll so is left, another is
//! put on it by the same command as on the page of the council.

use crate::columns::{Unread, Use};
use crate::places::addressed::{Addressed, all_addressed};
use crate::places::reads::PlaceRow;
use crate::roster::{Above, Asked, Called, Listed, Seen, Why, plain};
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::councils::{Council, CouncilId, Enrol, Member, MemberKind};
use yishi_kernel::when::{NoWhen, read_cell};
use yishi_kernel::{Actor, Loaded, Moment, PlaceId, StreamName, words};
use yishi_spreadsheet::read::Record;

words! {
    /// What a column of a roster of a council is used for (议事会名册的列).
    MemberColumn as "roster-council" {
        /// Who (姓名).
        Name = "name",
        /// Whom they speak for (成员类别).
        Group = "group",
        /// The part that they speak for (代表哪里): several columns are read together.
        Part = "part",
        /// From when (从哪天起).
        From = "from",
        /// The end of their term (任期到哪天).
        Until = "until",
        /// Not imported (不导入).
        LeftOut = "leave-out",
    }
}

impl Use for MemberColumn {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["姓名", "名字", "成员", "成员姓名", "name"],
            Self::Group => &["成员类别", "类别", "身份", "代表类别", "seat", "group", "kind"],
            Self::Part => &[
                "代表哪里",
                "代表范围",
                "地点",
                "小区",
                "楼栋",
                "楼栋号",
                "楼号",
                "栋号",
                "part",
                "compound",
                "building",
            ],
            Self::From => &["从哪天起", "任期开始", "开始日期", "起始日期", "from"],
            Self::Until => &["任期到哪天", "任期结束", "结束日期", "截止日期", "任期届满", "until"],
            Self::LeftOut => {
                &["序号", "电话", "联系电话", "联系方式", "手机", "备注", "no.", "telephone", "phone", "note"]
            }
        }
    }

    fn is_many(self) -> bool {
        matches!(self, Self::Part | Self::LeftOut)
    }

    fn says(self) -> bool {
        self == Self::Name
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// What kinds of members are called in lists of offices, beside what the pages call them.
const GROUPS: [(&str, MemberKind); 7] = [
    ("党员", MemberKind::PartyDelegate),
    ("居民", MemberKind::Delegate),
    ("楼长", MemberKind::BuildingHead),
    ("业主委员会", MemberKind::Owners),
    ("物业公司", MemberKind::Property),
    ("物业服务企业", MemberKind::Property),
    ("商户", MemberKind::StallHolder),
];

/// A row that reads.
struct Row {
    name: String,
    group: MemberKind,
    part: Option<PlaceId>,
    from: Option<Moment>,
    until: Option<Moment>,
}

impl Row {
    fn says(&self) -> (MemberKind, Option<PlaceId>, Option<Moment>, Option<Moment>) {
        (self.group, self.part, self.from, self.until)
    }

    /// Whether somebody is on the roll as the row has it: what it leaves open may be anything.
    fn is(&self, member: &Member) -> bool {
        let term = self.until.is_none() || self.until == member.until;
        let since = self.from.is_none_or(|from| from == member.from);
        (member.group, member.part) == (self.group, self.part) && term && since
    }
}

impl Office {
    /// What a roster comes to on the roll of a council. `groups` are what the pages call kinds of
    /// members. Nothing is recorded.
    ///
    /// # Errors
    /// When the store fails; what is wrong with the file is an answer.
    pub async fn members_listed(
        &self,
        actor: &Actor,
        (council, of): (CouncilId, &PlaceRow),
        bytes: impl AsRef<[u8]> + Send + 'static,
        asked: Asked<MemberColumn>,
        groups: &Called<MemberKind>,
    ) -> Result<Result<Seen<MemberColumn>, Unread>, Failure> {
        let (listed, records) = match Listed::read(bytes, asked, MemberColumn::LeftOut).await? {
            Ok(read) => read,
            Err(unread) => return Ok(Err(unread)),
        };
        let mut seen = Seen::of(listed);
        let records = seen.few(records);
        let said: BTreeSet<String> = (records.iter())
            .filter_map(|record| seen.listed.columns.address(record, &[MemberColumn::Part]))
            .collect();
        let said: BTreeSet<&str> = said.iter().map(String::as_str).collect();
        let places = all_addressed(&self.db, of, &said).await?;
        let here = Here { of, groups, usual: Called::of(GROUPS), places };
        let (stream, now) = (StreamName::from(council), self.now());
        let mut loaded: Loaded<Council> = self.load(of.ledger, &stream).await?;
        let stands: Vec<Member> = loaded.must()?.members.clone();
        let stands = stands.iter().filter(|one| one.left.is_none() && one.until.is_none_or(|end| now < end));
        let stands: Vec<&Member> = stands.collect();
        let mut above = Above::none();
        for record in &records {
            let Some(row) = here.row(&mut seen, record) else { continue };
            if !above.is_first(&mut seen, (record, MemberColumn::Name), &row.name, row.says()) {
                continue;
            }
            let looks = plain(&row.name);
            let called = |one: &&&Member| one.name.get().is_some_and(|name| plain(name) == looks);
            let same: Vec<&&Member> = stands.iter().filter(called).collect();
            if same.iter().any(|one| row.is(one)) {
                seen.known += 1;
            } else if !same.is_empty() {
                seen.wrong(record, MemberColumn::Name, Why::Stands);
            } else {
                let from = row.from.unwrap_or_else(|| now.end_of_day_after(0).plus_seconds(-DAY));
                let Row { name, group, part, until, .. } = row;
                let command = Enrol { group, name, part, from, until };
                match self.acted(actor, of.ledger, &stream, &mut loaded, command).await {
                    Ok(batch) => seen.opens(batch),
                    Err(Failure::Refused(refusal)) => {
                        let column = match refusal.field() {
                            Some("until") => MemberColumn::Until,
                            Some("part") => MemberColumn::Part,
                            _ => MemberColumn::Name,
                        };
                        seen.wrong(record, column, Why::Refused(refusal));
                    }
                    Err(fault) => return Err(fault),
                }
            }
        }
        Ok(Ok(seen.sorted()))
    }
}

/// What rows are read by.
struct Here<'a> {
    of: &'a PlaceRow,
    groups: &'a Called<MemberKind>,
    usual: Called<MemberKind>,
    places: BTreeMap<String, Vec<Addressed>>,
}

impl Here<'_> {
    fn row(&self, seen: &mut Seen<MemberColumn>, record: &Record) -> Option<Row> {
        use MemberColumn::{From, Group, Name, Part, Until};
        let cell = |column| seen.listed.columns.cell(record, column).to_owned();
        let (name, said, from, until) = (cell(Name), cell(Group), cell(From), cell(Until));
        let place = seen.listed.columns.address(record, &[Part]).unwrap_or_default();
        let mut sound = true;
        let mut wrong = |column, raw: &str, why| {
            seen.wrong_at(record, column, raw, why);
            sound = false;
        };
        if name.is_empty() {
            wrong(Name, "", Why::Empty);
        }
        let group = self.groups.one(&said).or_else(|| self.usual.one(&said));
        if group.is_none() {
            wrong(Group, &said, if said.is_empty() { Why::Empty } else { Why::NoSuchMember });
        }
        let part = self.part(&place).unwrap_or_else(|why| {
            wrong(Part, &place, why);
            None
        });
        let mut day = |column, raw: &str| match raw {
            "" => None,
            raw => day(raw).map_err(|no| wrong(column, raw, Why::Time(no))).ok(),
        };
        let from = day(From, &from);
        let until = day(Until, &until).map(|day| day.end_of_day_after(0));
        let group = group.filter(|_| sound)?;
        Some(Row { name, group, part, from, until })
    }

    /// The part of the council's place that somebody speaks for: a building at the finest, none for
    /// all of it.
    fn part(&self, said: &str) -> Result<Option<PlaceId>, Why> {
        if said.is_empty() {
            return Ok(None);
        }
        let found = self.places.get(said).map(Vec::as_slice).unwrap_or_default();
        let mut fit = found.iter().filter(|place| !place.kind.below_building()).map(|place| place.id);
        match (fit.next(), fit.next()) {
            (Some(one), None) => Ok(Some(one).filter(|one| *one != self.of.id)),
            (Some(_), Some(_)) => Err(Why::ManyPlaces),
            (None, _) => Err(Why::NoPlace),
        }
    }
}

/// The beginning of a day.
fn day(raw: &str) -> Result<Moment, NoWhen> {
    Ok(read_cell(raw)?.due()?.end_of_day_after(0).plus_seconds(-DAY))
}
