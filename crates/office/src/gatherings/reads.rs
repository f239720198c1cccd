//! Gatherings as pages list them.

use crate::paging::{Key, MORE, Paged, below};
use crate::papers::Numbered;
use crate::relations::Relation;
use yishi_domain::gatherings::{Form, GatheringId, GatheringStage, GatheringStep, Mostly};
use yishi_domain::matters::MatterId;
use yishi_domain::papers::PaperKind;
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A gathering as listed.
    pub GatheringRow, from "gathering b left join place p on p.id = b.place" {
        /// The ledger.
        ledger: PlaceId = "b.ledger",
        /// The gathering.
        id: GatheringId = "b.id",
        /// The number of its first entry.
        number: i64 = "b.number",
        /// Where it stands.
        stage: GatheringStage = "b.stage",
        /// In which form.
        form: Form = "b.form",
        /// The place, building at the finest.
        place: PlaceId = "b.place",
        /// What that is called.
        place_name: String = "coalesce(p.name, '')",
        /// The place itself, as far as it is kept.
        at: Option<PlaceId> = "b.at",
        /// Where exactly, in a few words.
        spot: Option<String> = "b.spot",
        /// When it begins, or began.
        starts: Moment = "b.starts",
        /// How many came; before its record, about how many are to come.
        people: Option<u64> = "b.people",
        /// Who for the most part.
        mostly: Option<Mostly> = "b.mostly",
        /// Lines that became matters.
        raised: u64 = "b.raised",
        /// Lines that were matters already.
        known: u64 = "b.known",
        /// Words of thanks.
        thanks: u64 = "b.thanks",
        /// Lines of private talk.
        private: u64 = "b.private",
        /// What comes next and by when.
        next: Option<(GatheringStep, Moment)> = "b.step, b.due",
    }
}

/// Gatherings in whose record a matter stands.
pub static WRITTEN_DOWN: Relation = Relation {
    rows: "gathering_matter where gathering_matter.ledger = g.ledger and gathering_matter.matter = g.member",
};

query! {
    ONE: GatheringRow => "where b.ledger = ?1 and b.id = ?2";
    SOME: GatheringRow => "where (b.ledger, b.id) in (values (?1, ?2), …)";
    LATEST: GatheringRow => "where b.ledger = ?1 and (b.starts, b.id) < (?2, ?3)
         order by b.starts desc, b.id desc limit ?4";
    OF_PLACE: GatheringRow => "where b.ledger = ?1 and b.place = ?5 and (b.starts, b.id) < (?2, ?3)
         order by b.starts desc, b.id desc limit ?4";
    AT: GatheringRow => "where b.ledger = ?1 and b.at = ?5 and (b.starts, b.id) < (?2, ?3)
         order by b.starts desc, b.id desc limit ?4";
    // Not in the order of an index: that would walk all of a ledger to find a few.
    OF_MATTER: GatheringRow => "where b.ledger = ?1 and b.id in (select m.gathering from gathering_matter m
         where m.ledger = ?1 and m.matter = ?2) order by b.starts + 0 desc, b.id desc limit ?3",
        sorts "the gatherings of one matter";
}

/// Which gatherings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of a ledger.
    All,
    /// Those of a place, as everyone may know it.
    Of(PlaceId),
    /// Those held at exactly this place.
    At(PlaceId),
}

impl Numbered for GatheringRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        PaperKind::Gathering
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

/// One gathering as listed.
pub async fn gathering(db: &Db, ledger: PlaceId, id: GatheringId) -> Result<Option<GatheringRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several gatherings as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, GatheringId)]) -> Result<Vec<GatheringRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// A page of gatherings, the latest first.
pub async fn gatherings(
    db: &Db,
    ledger: PlaceId,
    which: Which,
    before: Option<Key<GatheringId>>,
) -> Result<Paged<GatheringRow>, Fault> {
    let (starts, id) = below(before);
    let rows = match which {
        Which::All => LATEST.all(db, &args![ledger, starts, id, MORE]).await?,
        Which::Of(place) => OF_PLACE.all(db, &args![ledger, starts, id, MORE, place]).await?,
        Which::At(place) => AT.all(db, &args![ledger, starts, id, MORE, place]).await?,
    };
    Ok(Paged::of(rows, |row| (row.starts, row.id)))
}

/// The latest gatherings in whose record a matter stands.
pub async fn of_matter(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<GatheringRow>, Fault> {
    OF_MATTER.all(db, &args![ledger, matter, MORE]).await
}
