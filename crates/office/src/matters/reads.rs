//! Looking up matters: the board, desks, one matter's chain, receipts. Lists page by key.

use super::tables::BoardState;
use crate::paging::{Key, MORE, Paged, above, below};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::evaluation::{Contacted, Reached, Satisfaction, Solved};
use yishi_domain::insight::Voice;
use yishi_domain::matters::{How, MatterId, Proof, ReceiptId, StageKind, Step};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::cell::Flag;
use yishi_kernel::{AccountId, Moment, OrganisationId, PhotoDigest, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, Value, args, blobs, query, row};

pub use yishi_store::ledgers::{EntryRow, entries_of, stream_by_number, streams_by_number};

row! {
    /// A matter as listed, with nothing private in it.
    pub MatterRow, from "matter m
         left join place p on p.ledger = m.ledger and p.id = m.place
         left join place a on a.ledger = m.ledger and a.id = m.around" {
        /// The ledger.
        ledger: PlaceId = "m.ledger",
        /// The matter.
        id: MatterId = "m.id",
        /// Its number: that of its first entry.
        number: i64 = "m.number",
        /// The number by which the search index knows it.
        doc: i64 = "m.doc",
        /// Where it stands.
        stage: StageKind = "m.stage",
        /// Code of what it is about; empty when unknown.
        category: String = "m.category",
        /// The place the public may know.
        place: PlaceId = "m.place",
        /// The compound, market or coarser place around it.
        around: PlaceId = "m.around",
        /// The name of the place that the public may know.
        place_name: String = "coalesce(p.name, '')",
        /// The name of the compound or market around it.
        around_name: String = "coalesce(a.name, '')",
        /// When it was raised.
        raised: Moment = "m.raised",
        /// What comes next and by when.
        next: Option<(Step, Moment)> = "m.step, m.due",
        /// When it was last answered.
        answered: Option<Moment> = "m.answered",
        /// The summary the public reads.
        summary: Option<String> = "m.summary",
        /// A published photo.
        photo: Option<PhotoDigest> = "m.photo",
        /// The organisation it is about.
        about: Option<OrganisationId> = "m.about",
        /// The desk that sees to it.
        desk: PlaceId = "m.desk",
        /// The meeting from whose floor it was raised.
        meeting: Option<MeetingId> = "m.meeting",
    }
}

row! {
    SupportRow {
        root: MatterId = "f.root",
        all: i64 = "count(distinct r.supporter)",
        households: i64 = "count(distinct case when r.proof = 'household' then r.supporter end)",
    }
}

row! {
    /// Whoever has spoken, where no matter of the family was merged into another: nobody stands
    /// behind one matter twice, so none has to be told from another.
    AloneRow, from "family f cross join receipt r" {
        members: Option<(MatterId, MatterId)> = "min(f.member), max(f.member)",
        all: i64 = "count(r.supporter)",
        households: i64 = "count(case when r.proof = 'household' then r.supporter end)",
    }
}

row! {
    /// A matter that came by a sheet.
    pub Ticket, from "matter m" {
        /// The source and the number there.
        source: String = "m.source",
        /// The matter.
        id: MatterId = "m.id",
        /// The one that carries it: itself unless merged.
        root: MatterId = "(select f.root from family f where f.ledger = m.ledger and f.member = m.id)",
        /// When it was raised.
        raised: Moment = "m.raised",
    }
}

row! {
    FamilyRow {
        root: MatterId = "g.root",
        member: MatterId = "g.member",
    }
}

row! {
    /// How the standing answers of matters were evaluated: counts only.
    #[derive(Copy, Default)]
    pub Evaluated {
        /// Receipts that were there when it was answered.
        receipts: u64 = "count(case when m.answered is null or r.opened <= m.answered then 1 end)",
        /// Whose holders said that it is solved.
        solved: u64 = "count(case when r.solved = 'yes' and (m.answered is null or r.evaluated >= m.answered) then 1 end)",
        /// Whose holders said that it is not.
        unsolved: u64 = "count(case when r.solved = 'no' and (m.answered is null or r.evaluated >= m.answered) then 1 end)",
    }
}

row! {
    /// A receipt as listed.
    pub ReceiptRow {
        /// Its id.
        id: ReceiptId = "r.id",
        /// The matter it was opened on.
        matter: MatterId = "r.matter",
        /// By raising or joining.
        how: How = "r.how",
        /// What stands behind it.
        proof: Proof = "r.proof",
        /// When it was opened.
        opened: Moment = "r.opened",
        /// Whether a contact was given.
        contact: Flag = "r.contact",
        /// The answer last evaluated, and how.
        evaluation: Option<(Moment, Solved, Satisfaction)> = "r.evaluated, r.solved, r.satisfaction",
        /// The account it is bound to.
        account: Option<AccountId> = "r.account",
        /// The answer somebody called about last, and how often nobody was reached.
        called: Option<(Moment, i64)> = "r.called, r.missed",
        /// Whether anybody was reached then.
        reached: Option<Reached> = "r.reached",
        /// Whether they were contacted, where they said so with what they said last.
        contacted: Option<Contacted> = "r.contacted",
        /// Whether it is not tried again.
        given_up: Flag = "r.given_up",
        /// Whether a telephone was left.
        phone: Flag = "r.phone",
        /// When its holder took it back.
        withdrawn: Option<Moment> = "r.withdrawn",
        /// How often it was issued anew.
        reissued: u64 = "r.reissued",
        /// Whether a link was given.
        linked: Flag = "case when r.secret is null then 0 else 1 end",
    }
}

impl ReceiptRow {
    /// What of it says what its holder said of the answer that stands.
    #[must_use]
    pub fn voice(&self, answered: Option<Moment>) -> Voice {
        Voice {
            receipt: self.id,
            opened: self.opened,
            proof: self.proof,
            linked: self.linked,
            withdrawn: self.withdrawn,
            answered,
            evaluation: self.evaluation,
            contacted: self.contacted,
            called: self.called.map(|(answer, _)| answer).zip(self.reached),
            given_up: self.given_up,
        }
    }
}

row! {
    /// A receipt by which its code is made.
    pub(super) CodedRow, from "receipt r" {
        id: ReceiptId = "r.id",
        reissued: u64 = "r.reissued",
    }
}

query! {
    // The board: one statement for each combination of filters, each on an index of its own.
    BOARD: MatterRow => "where m.ledger = ?1 and m.listed = 1 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_C: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.category = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_S: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.state = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_CS: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.category = ?5 and m.state = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_A: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_AC: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.category = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_AS: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.state = ?6 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    BOARD_ACS: MatterRow => "where m.ledger = ?1 and m.listed = 1 and m.around = ?5 and m.category = ?6 and m.state = ?7 and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    // Of one building, whatever else is asked for: those are few.
    BOARD_P: MatterRow => "where m.ledger = ?1 and m.place = ?5 and m.listed = 1 and (?6 = '' or m.category = ?6)
         and (?7 = '' or m.state = ?7) and (m.raised, m.id) < (?2, ?3) order by m.raised desc, m.id desc limit ?4";
    // How many there are, as far as somebody would count them: the same indexes.
    COUNT: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_C: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.category = ?3 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_S: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.state = ?3 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_CS: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.category = ?3 and m.state = ?4 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_A: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.around = ?3 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_AC: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.around = ?3 and m.category = ?4 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_AS: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.around = ?3 and m.state = ?4 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_ACS: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.listed = 1 and m.around = ?3 and m.category = ?4 and m.state = ?5 limit ?2) counted",
        scans "so many of what an index gives";
    COUNT_P: u64 = "select count(*) from (select 1 from matter m where m.ledger = ?1 and m.place = ?3 and m.listed = 1
         and (?4 = '' or m.category = ?4) and (?5 = '' or m.state = ?5) limit ?2) counted",
        scans "so many of what one building has raised";
    pub(super) BY_DOC: MatterRow => "where m.ledger = ?1 and m.doc in (?2, …) and m.listed = 1";
    ONE: MatterRow => "where m.ledger = ?1 and m.id = ?2";
    // A stream is named `matter/`, then its id.
    BY_NUMBER: MatterRow => "where m.ledger = ?1 and m.id =
         (select substr(stream, 8) from event
          where ledger = ?1 and number = ?2 and version = 1 and substr(stream, 1, 7) = 'matter/')";
    SOME: MatterRow => "where (m.ledger, m.id) in (values (?1, ?2), …)";
    EXACT: MatterRow => "where m.ledger = ?1 and m.exact = ?2 and (m.raised, m.id) < (?3, ?4) order by m.raised desc, m.id desc limit ?5";
    BUILDING: MatterRow => "where m.ledger = ?1 and m.place = ?2 and m.listed = 1 and (m.raised, m.id) < (?3, ?4) order by m.raised desc, m.id desc limit ?5";
    FROM_FLOOR: MatterRow => "where m.ledger = ?1 and m.meeting = ?2 and (m.raised, m.id) > (?3, ?4) order by m.raised, m.id limit ?5";
    TICKETS: Ticket => "where m.ledger = ?1 and m.source > ?2 order by m.source limit ?3";
    IMPORTED: MatterId = "select id from matter where ledger = ?1 and source = ?2";
    IMPORTED_OF: String = "select source from matter where ledger = ?1 and source in (?2, …)";
    ROOT: MatterId = "select root from family where ledger = ?1 and member = ?2";
    FAMILIES: FamilyRow => "from (values (?1, ?2), …) v cross join family f cross join family g
         where f.ledger = v.column1 and f.member = v.column2 and g.ledger = f.ledger and g.root = f.root";
    FAMILY: MatterId = "select member from family where ledger = ?1 and root = ?2 order by member";
    // SQLite keeps to the order of a cross join: from the families asked for to their receipts,
    // and not through all receipts of a ledger.
    /// How many receipts a matter's family has.
    pub(crate) READERS: u64 = "select count(*) from family f cross join receipt r
         where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member";
    /// How many receipts of a matter's family have not evaluated the standing answer; those who
    /// came after it are asked about the next one.
    pub(crate) WAITING: u64 = "select count(*) from family f cross join receipt r
         where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member
         and r.opened <= ?3 and (r.evaluated is null or r.evaluated < ?3) and r.withdrawn is null";
    /// How many receipts of a matter's family nobody has taken back, besides one.
    pub(crate) OTHERS: u64 = "select count(*) from family f cross join receipt r
         where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member
         and r.id <> ?3 and r.withdrawn is null";
    TO_CONTACT: MatterId = "select distinct m.id from (values (?1, ?2), …) v cross join matter m cross join family f
         cross join receipt r where m.ledger = v.column1 and m.id = v.column2 and m.stage = 'in_hand'
         and m.contacted is null and f.ledger = m.ledger and f.root = m.id and r.ledger = f.ledger
         and r.matter = f.member and r.how = 'raised' and r.phone = 1 and r.withdrawn is null";
    SUPPORT: SupportRow => "from (values (?1, ?2), …) v cross join family f cross join receipt r
         where f.ledger = v.column1 and f.root = v.column2 and r.ledger = f.ledger and r.matter = f.member
         and r.withdrawn is null group by f.root";
    ALONE: AloneRow => "where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member
         and r.withdrawn is null";
    EVALUATED: Evaluated => "from family f cross join matter m cross join receipt r
         where f.ledger = ?1 and f.root in (?2, …) and m.ledger = f.ledger and m.id = f.root
         and r.ledger = f.ledger and r.matter = f.member and r.withdrawn is null";
    BY_SECRET: ReceiptRow => "from receipt r where r.ledger = ?1 and r.secret = ?2";
    BY_ID: ReceiptRow => "from receipt r where r.ledger = ?1 and r.id = ?2";
    ENDED: Moment = "select ended from receipt_link where ledger = ?1 and secret = ?2";
    pub(super) CODED: CodedRow => "where r.ledger = ?1 and r.matter = ?2";
    RECEIPT_OF: ReceiptId = "select id from receipt where ledger = ?1 and supporter = ?2 and matter in (?3, …)";
    RECEIPTS_ON: ReceiptId = "select id from receipt where ledger = ?1 and matter = ?2";
    RECEIPTS_OF: ReceiptRow => "from receipt r where r.ledger = ?1 and r.matter in (?2, …)";
    RECEIPT: ReceiptRow => "from family f cross join receipt r
         where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member and r.id = ?3";
    RECEIPTS: ReceiptRow => "from family f cross join receipt r
         where f.ledger = ?1 and f.root = ?2 and r.ledger = f.ledger and r.matter = f.member
         and (r.opened, r.id) > (?3, ?4) order by r.opened, r.id limit ?5", sorts "one matter's receipts";
}

/// What the board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Only of this category.
    pub category: Option<String>,
    /// Only in this state.
    pub state: Option<BoardState>,
    /// Only of this compound or market.
    pub around: Option<PlaceId>,
    /// Only of this building of it.
    pub building: Option<PlaceId>,
    /// Only those raised before this one: the next page.
    pub before: Option<Key<MatterId>>,
}

impl BoardFilter {
    /// Whether it shows a matter, wherever its page begins.
    #[must_use]
    pub fn takes(&self, row: &MatterRow) -> bool {
        let is = |wanted: Option<PlaceId>, own| wanted.is_none_or(|wanted| wanted == own);
        is(self.around, row.around)
            && is(self.building, row.place)
            && self.category.as_ref().is_none_or(|code| *code == row.category)
            && self.state.is_none_or(|state| state == row.stage.into())
    }

    /// What its statements are asked with, behind what all of them are.
    fn values(&self) -> Vec<Value> {
        let category = self.category.as_deref().map(Value::from);
        let state = self.state.map(Value::from);
        match self.building {
            Some(building) => {
                let any = || Value::from("");
                vec![Value::from(building), category.unwrap_or_else(any), state.unwrap_or_else(any)]
            }
            None => [self.around.map(Value::from), category, state].into_iter().flatten().collect(),
        }
    }
}

/// A page of the board, the latest first.
pub async fn board(db: &Db, ledger: PlaceId, filter: &BoardFilter) -> Result<Paged<MatterRow>, Fault> {
    let (raised, id) = below(filter.before);
    let query = match (filter.building, filter.around, filter.category.as_ref(), filter.state) {
        (Some(_), ..) => &BOARD_P,
        (None, None, None, None) => &BOARD,
        (None, None, Some(_), None) => &BOARD_C,
        (None, None, None, Some(_)) => &BOARD_S,
        (None, None, Some(_), Some(_)) => &BOARD_CS,
        (None, Some(_), None, None) => &BOARD_A,
        (None, Some(_), Some(_), None) => &BOARD_AC,
        (None, Some(_), None, Some(_)) => &BOARD_AS,
        (None, Some(_), Some(_), Some(_)) => &BOARD_ACS,
    };
    let mut args = args![ledger, raised, id, MORE].to_vec();
    args.extend(filter.values());
    Ok(Paged::of(query.all(db, &args).await?, latest))
}

/// How many of a list somebody is told: more are "more than so many".
pub const COUNTED: u64 = 1_000;

/// How many the board has, up to one more than [`COUNTED`].
pub async fn board_count(db: &Db, ledger: PlaceId, filter: &BoardFilter) -> Result<u64, Fault> {
    let query = match (filter.building, filter.around, filter.category.as_ref(), filter.state) {
        (Some(_), ..) => &COUNT_P,
        (None, None, None, None) => &COUNT,
        (None, None, Some(_), None) => &COUNT_C,
        (None, None, None, Some(_)) => &COUNT_S,
        (None, None, Some(_), Some(_)) => &COUNT_CS,
        (None, Some(_), None, None) => &COUNT_A,
        (None, Some(_), Some(_), None) => &COUNT_AC,
        (None, Some(_), None, Some(_)) => &COUNT_AS,
        (None, Some(_), Some(_), Some(_)) => &COUNT_ACS,
    };
    let mut args = args![ledger, COUNTED + 1].to_vec();
    args.extend(filter.values());
    Ok(query.first(db, &args).await?.unwrap_or_default())
}

/// By what lists of matters are ordered.
fn latest(row: &MatterRow) -> (Moment, MatterId) {
    (row.raised, row.id)
}

/// One matter as listed.
pub async fn matter(db: &Db, ledger: PlaceId, id: MatterId) -> Result<Option<MatterRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several matters as listed, in any order.
pub async fn matters(db: &Db, keys: &[(PlaceId, MatterId)]) -> Result<Vec<MatterRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// The matter whose first entry has this number.
pub async fn matter_by_number(db: &Db, ledger: PlaceId, number: i64) -> Result<Option<MatterRow>, Fault> {
    BY_NUMBER.first(db, &args![ledger, number]).await
}

/// The matter that carries another: itself unless merged.
pub async fn root_of(db: &Db, ledger: PlaceId, id: MatterId) -> Result<Option<MatterId>, Fault> {
    ROOT.first(db, &args![ledger, id]).await
}

/// The matters one stands for, itself included.
pub async fn family_of(db: &Db, ledger: PlaceId, root: MatterId) -> Result<Vec<MatterId>, Fault> {
    FAMILY.all(db, &args![ledger, root]).await
}

/// Which matter carries each one of the families that some matters are in, themselves included.
pub async fn families(
    db: &Db,
    ledger: PlaceId,
    ids: &[MatterId],
) -> Result<BTreeMap<MatterId, MatterId>, Fault> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = FAMILIES.all(db, &args_and_pairs([], ids.iter().map(|id| (ledger, *id)))).await?;
    Ok(found.into_iter().map(|row| (row.member, row.root)).collect())
}

/// How the standing answers of some matters were evaluated, with all that were merged into them.
pub async fn evaluated(db: &Db, ledger: PlaceId, roots: &[MatterId]) -> Result<Evaluated, Fault> {
    if roots.is_empty() {
        return Ok(Evaluated::default());
    }
    let found = EVALUATED.first(db, &args_and(args![ledger], roots.iter().copied())).await?;
    Ok(found.unwrap_or_default())
}

/// How many stand behind a matter: each device or household once, however often it spoke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// Devices, and neighbours spoken for.
    pub others: i64,
    /// Confirmed households.
    pub households: i64,
}

/// Support of several matters, with all that were merged into them.
pub async fn support(
    db: &Db,
    ledger: PlaceId,
    roots: &[MatterId],
) -> Result<BTreeMap<MatterId, Support>, Fault> {
    let keys: Vec<_> = roots.iter().map(|id| (ledger, *id)).collect();
    support_of(db, &keys).await
}

/// The same of matters of several ledgers.
pub async fn support_of(
    db: &Db,
    roots: &[(PlaceId, MatterId)],
) -> Result<BTreeMap<MatterId, Support>, Fault> {
    match roots {
        [] => return Ok(BTreeMap::new()),
        [(ledger, root)] => {
            let one = ALONE.first(db, &args![*ledger, *root]).await?;
            // Of one matter alone; of several, the same one may stand behind more than one.
            if let Some(AloneRow { members, all, households }) = one
                && members.is_none_or(|(first, last)| first == last)
            {
                return Ok(BTreeMap::from([(*root, Support { others: all - households, households })]));
            }
        }
        _ => {}
    }
    let found = SUPPORT.all(db, &args_and_pairs([], roots.iter().copied())).await?;
    let support = |row: SupportRow| Support { others: row.all - row.households, households: row.households };
    Ok(found.into_iter().map(|row| (row.root, support(row))).collect())
}

/// Of some matters those in hand whose raiser left a telephone and was not contacted yet.
pub async fn to_contact(db: &Db, roots: &[(PlaceId, MatterId)]) -> Result<BTreeSet<MatterId>, Fault> {
    if roots.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = TO_CONTACT.all(db, &args_and_pairs([], roots.iter().copied())).await?;
    Ok(found.into_iter().collect())
}

/// A page of the matters at a stairwell or building itself, the latest first.
pub async fn at_place(
    db: &Db,
    ledger: PlaceId,
    place: PlaceId,
    before: Option<Key<MatterId>>,
) -> Result<Paged<MatterRow>, Fault> {
    let (raised, id) = below(before);
    Ok(Paged::of(EXACT.all(db, &args![ledger, place, raised, id, MORE]).await?, latest))
}

/// A page of the listed matters that the public knows to be at a building, the latest first.
pub async fn at_building(
    db: &Db,
    ledger: PlaceId,
    building: PlaceId,
    before: Option<Key<MatterId>>,
) -> Result<Paged<MatterRow>, Fault> {
    let (raised, id) = below(before);
    Ok(Paged::of(BUILDING.all(db, &args![ledger, building, raised, id, MORE]).await?, latest))
}

/// A page of the matters raised from the floor of a meeting, the oldest first.
pub async fn from_floor(
    db: &Db,
    ledger: PlaceId,
    meeting: MeetingId,
    after: Option<Key<MatterId>>,
) -> Result<Paged<MatterRow>, Fault> {
    let (raised, id) = above(after);
    let rows = FROM_FLOOR.all(db, &args![ledger, meeting, raised, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.raised, row.id)))
}

/// Matters that are still open in a ledger, the latest page of them: to merge into.
pub async fn open(db: &Db, ledger: PlaceId) -> Result<Paged<MatterRow>, Fault> {
    board(db, ledger, &BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() }).await
}

/// The id of the matter a row of a file was imported as.
pub async fn imported(db: &Db, ledger: PlaceId, source: &str) -> Result<Option<MatterId>, Fault> {
    IMPORTED.first(db, &args![ledger, source]).await
}

/// Rows of a file that are asked about at once.
const ROWS_AT_ONCE: usize = 500;

/// Which of these rows of a file were imported.
pub async fn imported_of(db: &Db, ledger: PlaceId, sources: &[&str]) -> Result<BTreeSet<String>, Fault> {
    let mut imported = BTreeSet::new();
    for some in sources.chunks(ROWS_AT_ONCE) {
        imported.extend(IMPORTED_OF.all(db, &args_and(args![ledger], some.iter().copied())).await?);
    }
    Ok(imported)
}

/// Tickets that are written at once.
const TICKETS_AT_ONCE: i64 = 500;

/// Some of the matters that came by a sheet, by source and number, behind one of them.
pub async fn tickets(db: &Db, ledger: PlaceId, after: &str) -> Result<Vec<Ticket>, Fault> {
    TICKETS.all(db, &args![ledger, after, TICKETS_AT_ONCE]).await
}

/// The receipt of a link's secret.
pub async fn receipt_by_secret(db: &Db, ledger: PlaceId, secret: &str) -> Result<Option<ReceiptRow>, Fault> {
    let digest = blobs::digest_of(secret.as_bytes());
    BY_SECRET.first(db, &args![ledger, digest]).await
}

/// When the link of a secret ended, where another one leads to its receipt now.
pub async fn link_ended(db: &Db, ledger: PlaceId, secret: &str) -> Result<Option<Moment>, Fault> {
    ENDED.first(db, &args![ledger, blobs::digest_of(secret.as_bytes())]).await
}

/// A receipt by its id, whoever holds it.
pub async fn receipt_by_id(db: &Db, ledger: PlaceId, id: ReceiptId) -> Result<Option<ReceiptRow>, Fault> {
    BY_ID.first(db, &args![ledger, id]).await
}

/// The receipt a device or household has on a matter's family.
pub(crate) async fn receipt_of(
    db: &Db,
    ledger: PlaceId,
    root: MatterId,
    supporter: &str,
) -> Result<Option<ReceiptId>, Fault> {
    let family = family_of(db, ledger, root).await?;
    RECEIPT_OF.first(db, &args_and(args![ledger, supporter], family)).await
}

/// The receipts opened on one matter itself, in any order.
pub async fn receipts_on(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<ReceiptId>, Fault> {
    RECEIPTS_ON.all(db, &args![ledger, matter]).await
}

/// One of the receipts of a matter's family.
pub async fn receipt(
    db: &Db,
    ledger: PlaceId,
    root: MatterId,
    id: ReceiptId,
) -> Result<Option<ReceiptRow>, Fault> {
    RECEIPT.first(db, &args![ledger, root, id]).await
}

/// A page of the receipts of a matter's family, the oldest first.
pub async fn receipts(
    db: &Db,
    ledger: PlaceId,
    root: MatterId,
    after: Option<Key<ReceiptId>>,
) -> Result<Paged<ReceiptRow>, Fault> {
    let (opened, id) = above(after);
    let rows = RECEIPTS.all(db, &args![ledger, root, opened, id, MORE]).await?;
    Ok(Paged::of(rows, |receipt| (receipt.opened, receipt.id)))
}

/// The receipts of the families of several matters, by the matter that carries them, the oldest
/// first.
pub async fn receipts_of(
    db: &Db,
    ledger: PlaceId,
    roots: &[MatterId],
) -> Result<BTreeMap<MatterId, Vec<ReceiptRow>>, Fault> {
    let mut all: BTreeMap<MatterId, Vec<ReceiptRow>> = BTreeMap::new();
    let families = families(db, ledger, roots).await?;
    if families.is_empty() {
        return Ok(all);
    }
    let mut found = RECEIPTS_OF.all(db, &args_and(args![ledger], families.keys().copied())).await?;
    found.sort_by_key(|receipt| (receipt.opened, receipt.id));
    for receipt in found {
        if let Some(root) = families.get(&receipt.matter) {
            all.entry(*root).or_default().push(receipt);
        }
    }
    Ok(all)
}

/// The entries of a matter, in order.
pub async fn entries(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<EntryRow>, Fault> {
    entries_of(db, ledger, &matter.into()).await
}
