//! The roster of places (地点名册): a row names one place by what it lies in, in one column or in a
//! column a level. What stands is left, all else is opened at once, as by a line of the page of places.

use super::reads::PlaceRow;
use crate::columns::{Unread, Use};
use crate::roster::{Asked, Listed, Note, Seen, Why};
use crate::{Failure, Office};
use std::collections::HashMap;
use yishi_domain::places::{Level, MOST, NoPlan, PlaceKind, Plan, Refusal, Step, Wrong, steps};
use yishi_kernel::{Actor, words};
use yishi_spreadsheet::read::{Line, Record};

words! {
    /// What a column of a roster of places is used for (地点名册的列).
    PlaceColumn as "roster-places" {
        /// The whole way to it (完整地点): 南苑/3号楼/2单元/502.
        Way = "way",
        /// 小区
        Compound = "compound",
        /// 小区的期、区
        Phase = "phase",
        /// 市场
        Market = "market",
        /// 自然村
        Village = "village",
        /// 楼栋
        Building = "building",
        /// 单元
        Stairwell = "stairwell",
        /// 摊位
        Stall = "stall",
        /// 户
        Household = "household",
        /// Not imported (不导入): who lives there is no part of a place.
        LeftOut = "leave-out",
    }
}

impl Use for PlaceColumn {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Way => &["完整地点", "地点", "位置", "地址", "place", "wholeplace"],
            Self::Compound => &["小区", "小区名称", "住宅小区", "compound"],
            Self::Phase => &["期", "区", "分期", "期、区", "phase"],
            Self::Market => &["市场", "市场名称", "market"],
            Self::Village => &["自然村", "村民小组", "小组", "naturalvillage"],
            Self::Building => &["楼栋", "楼栋号", "楼号", "栋号", "幢号", "楼", "栋", "幢", "座", "building"],
            Self::Stairwell => &["单元", "单元号", "楼道", "stairwell"],
            Self::Stall => &["摊位", "摊位号", "stall"],
            Self::Household => {
                &["户", "户号", "房号", "房间号", "室", "室号", "门牌", "门牌号", "household", "door"]
            }
            Self::LeftOut => &["序号", "备注", "no.", "note"],
        }
    }

    fn is_many(self) -> bool {
        self == Self::LeftOut
    }

    fn says(self) -> bool {
        self != Self::LeftOut
    }
}

impl PlaceColumn {
    /// What stands in it, where that is one kind of place.
    fn kind(self) -> Option<PlaceKind> {
        Some(match self {
            Self::Way | Self::LeftOut => return None,
            Self::Compound => PlaceKind::Compound,
            Self::Phase => PlaceKind::Phase,
            Self::Market => PlaceKind::Market,
            Self::Village => PlaceKind::NaturalVillage,
            Self::Building => PlaceKind::Building,
            Self::Stairwell => PlaceKind::Stairwell,
            Self::Stall => PlaceKind::Stall,
            Self::Household => PlaceKind::Household,
        })
    }
}

impl Office {
    /// What a roster of places comes to in a community. Nothing is recorded.
    ///
    /// # Errors
    /// When the store fails, or the actor may not; what is wrong with the file is an answer.
    pub async fn places_listed(
        &self,
        actor: &Actor,
        at: &PlaceRow,
        bytes: impl AsRef<[u8]> + Send + 'static,
        asked: Asked<PlaceColumn>,
    ) -> Result<Result<Seen<PlaceColumn>, Unread>, Failure> {
        let (listed, records) = match Listed::read(bytes, asked, PlaceColumn::LeftOut).await? {
            Ok(read) => read,
            Err(unread) => return Ok(Err(unread)),
        };
        let mut seen = Seen::of(listed);
        let lines = lines(actor, at, &mut seen, &records);
        let plan = Plan { lines };
        if !seen.listed.wrong.is_empty() || plan.lines.is_empty() {
            return Ok(Ok(seen.sorted()));
        }
        let laying = self.planned(at, &plan).await?;
        let count = u64::try_from(laying.new.len()).unwrap_or(u64::MAX);
        if let Some(last) = records.last().filter(|_| count > MOST) {
            let (wrong, line, words) = (Wrong::Many, last.at.line as u64, at.name.clone());
            let many = Refusal::from(NoPlan { wrong, line, words, count });
            seen.wrong_at(last, PlaceColumn::Way, "", Why::Refused(many.into()));
            return Ok(Ok(seen.sorted()));
        }
        seen.notes.extend(laying.count().into_iter().map(|(kind, count)| Note::Opens { kind, count }));
        seen.new = laying.new.len();
        seen.known = laying.there.len();
        if let (Some(batch), _) = self.laid_out(actor, at.id, &plan).await? {
            seen.then(batch);
        }
        Ok(Ok(seen))
    }
}

/// The rows that read, as lines of a plan; what is wrong with the others is noted.
fn lines(actor: &Actor, at: &PlaceRow, seen: &mut Seen<PlaceColumn>, records: &[Record]) -> Vec<Vec<Level>> {
    let mut lines = Vec::with_capacity(records.len());
    let mut above: HashMap<Vec<String>, Line> = HashMap::with_capacity(records.len());
    let mut fit: HashMap<(PlaceKind, String), Option<Why>> = HashMap::new();
    for record in records {
        let (all, from): (Vec<Step>, Vec<PlaceColumn>) = written(seen, record).into_iter().unzip();
        let Some(last) = from.last().copied() else {
            seen.wrong_at(record, PlaceColumn::Way, "", Why::Empty);
            continue;
        };
        let levels = match Plan::row(&all, at.kind) {
            Ok(levels) => levels,
            Err((n, no)) => {
                seen.wrong(record, from.get(n).copied().unwrap_or(last), Why::Step(no));
                continue;
            }
        };
        let unfit = levels.iter().zip(&from).find_map(|(level, column)| {
            let judge = || level.is_fit(&actor.looked).err().map(Why::Refused);
            let judged = fit.entry((level.kind, level.names.concat())).or_insert_with(judge);
            Some((*column, judged.clone()?))
        });
        if let Some((column, why)) = unfit {
            seen.wrong(record, column, why);
            continue;
        }
        let keys: Vec<String> = levels.iter().flat_map(Level::keys).collect();
        match above.get(&keys) {
            Some(line) => seen.wrong(record, last, Why::Above(*line)),
            None => {
                above.insert(keys, record.at);
                lines.push(levels);
            }
        }
    }
    lines
}

/// What a row names, the largest first, each with the column it stands in.
fn written(seen: &Seen<PlaceColumn>, record: &Record) -> Vec<(Step, PlaceColumn)> {
    let columns = &seen.listed.columns;
    let mut all = Vec::new();
    for column in PlaceColumn::ALL {
        let cell = columns.cell(record, *column);
        match column.kind() {
            Some(_) if cell.is_empty() => {}
            Some(kind) => all.push((Step { kind: Some(kind), name: cell.to_owned() }, *column)),
            None if *column == PlaceColumn::Way => {
                all.extend(steps(cell).into_iter().map(|step| (step, *column)))
            }
            None => {}
        }
    }
    all
}
