//! The roster of organisations (单位名册): a row is one organisation with its kind. One that is known
//! here is left, whoever keeps it; another is opened by the same command as on the page of people.

use super::reads::{ORGANISATIONS, OrganisationRow, organisations};
use crate::case::Case;
use crate::columns::{Unread, Use};
use crate::places::reads::{PlaceRow, path_of};
use crate::roster::{Above, Asked, Called, Listed, Seen, Why, plain};
use crate::{Failure, Office};
use std::collections::HashMap;
use uuid::Uuid;
use yishi_domain::people::{OpenOrganisation, Organisation, OrganisationKind};
use yishi_kernel::{Actor, Loaded, OrganisationId, StreamName, words};
use yishi_spreadsheet::read::Record;
use yishi_store::args;

words! {
    /// What a column of a roster of organisations is used for (单位名册的列).
    BodyColumn as "roster-bodies" {
        /// What it is called (单位名称).
        Name = "name",
        /// What it is (类别).
        Kind = "kind",
        /// Not imported (不导入).
        LeftOut = "leave-out",
    }
}

impl Use for BodyColumn {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["名称", "单位", "单位名称", "全称", "name", "organisation", "organization"],
            Self::Kind => &["类别", "单位类别", "类型", "单位类型", "性质", "单位性质", "kind", "type"],
            Self::LeftOut => &[
                "序号",
                "联系人",
                "负责人",
                "电话",
                "联系电话",
                "联系方式",
                "手机",
                "地址",
                "备注",
                "no.",
                "telephone",
                "phone",
                "note",
            ],
        }
    }

    fn is_many(self) -> bool {
        self == Self::LeftOut
    }

    fn says(self) -> bool {
        self == Self::Name
    }
}

/// What kinds are called in lists of offices, beside what the pages call them.
const KINDS: [(&str, OrganisationKind); 14] = [
    ("居委会", OrganisationKind::ResidentsCommittee),
    ("居民委员会", OrganisationKind::ResidentsCommittee),
    ("村委会", OrganisationKind::ResidentsCommittee),
    ("村民委员会", OrganisationKind::ResidentsCommittee),
    ("物业", OrganisationKind::PropertyCompany),
    ("物业服务企业", OrganisationKind::PropertyCompany),
    ("部门", OrganisationKind::Department),
    ("派出所", OrganisationKind::PolicePost),
    ("警务室", OrganisationKind::PolicePost),
    ("市场", OrganisationKind::Market),
    ("共建单位", OrganisationKind::AllianceUnit),
    ("联盟单位", OrganisationKind::AllianceUnit),
    ("业委会", OrganisationKind::OwnersCommittee),
    ("业主委员会", OrganisationKind::OwnersCommittee),
];

impl Office {
    /// What a roster of organisations comes to at a place that keeps them. `kinds` are what the pages
    /// call kinds. Nothing is recorded.
    ///
    /// # Errors
    /// When the store fails; what is wrong with the file is an answer.
    pub async fn bodies_listed(
        &self,
        actor: &Actor,
        at: &PlaceRow,
        bytes: impl AsRef<[u8]> + Send + 'static,
        asked: Asked<BodyColumn>,
        kinds: &Called<OrganisationKind>,
    ) -> Result<Result<Seen<BodyColumn>, Unread>, Failure> {
        let (listed, records) = match Listed::read(bytes, asked, BodyColumn::LeftOut).await? {
            Ok(read) => read,
            Err(unread) => return Ok(Err(unread)),
        };
        let mut seen = Seen::of(listed);
        let records = seen.few(records);
        let usual = Called::of(KINDS);
        let stands: HashMap<String, OrganisationKind> =
            organisations(&self.db, &path_of(&self.db, at).await?)
                .await?
                .into_iter()
                .map(|row: OrganisationRow| (plain(&row.name), row.kind))
                .collect();
        // Nobody opens one of them meanwhile.
        let stream = StreamName::from(at.id);
        let mut case = Case::new(self, at.ledger, &stream, self.now());
        case.find(&ORGANISATIONS, &args![at.ledger]).await?;
        let (_, guards) = case.close(Some(at.id)).await?;
        let mut above = Above::none();
        for record in &records {
            let Some((name, kind)) = row(&mut seen, record, kinds, &usual) else { continue };
            if !above.is_first(&mut seen, (record, BodyColumn::Name), &name, kind) {
                continue;
            }
            match stands.get(&plain(&name)) {
                Some(same) if *same == kind => seen.known += 1,
                Some(_) => seen.wrong(record, BodyColumn::Kind, Why::Stands),
                None => {
                    let command = OpenOrganisation { place: at.id, kind, name };
                    let id = OrganisationId(Uuid::now_v7());
                    let mut new = Loaded::<Organisation>::default();
                    match self.started(actor, at.ledger, &id.into(), &mut new, command).await {
                        Ok(batch) => seen.opens(batch),
                        Err(Failure::Refused(refusal)) => {
                            seen.wrong(record, BodyColumn::Name, Why::Refused(refusal));
                        }
                        Err(fault) => return Err(fault),
                    }
                }
            }
        }
        seen.guarded(guards);
        Ok(Ok(seen.sorted()))
    }
}

fn row(
    seen: &mut Seen<BodyColumn>,
    record: &Record,
    kinds: &Called<OrganisationKind>,
    usual: &Called<OrganisationKind>,
) -> Option<(String, OrganisationKind)> {
    let cell = |column| seen.listed.columns.cell(record, column).to_owned();
    let (name, said) = (cell(BodyColumn::Name), cell(BodyColumn::Kind));
    let kind = kinds.one(&said).or_else(|| usual.one(&said));
    if name.is_empty() {
        seen.wrong(record, BodyColumn::Name, Why::Empty);
    }
    if kind.is_none() {
        let why = if said.is_empty() { Why::Empty } else { Why::NoSuchKind };
        seen.wrong(record, BodyColumn::Kind, why);
    }
    kind.filter(|_| !name.is_empty()).map(|kind| (name, kind))
}
