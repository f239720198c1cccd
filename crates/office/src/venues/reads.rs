//! Venues as pages list them.

use crate::paging::{Key, MORE, Paged, below};
use yishi_domain::venues::{Access, Hours, Need, Per, VenueId, VenueStage};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A venue as listed.
    pub VenueRow, from "venue v" {
        /// The ledger.
        ledger: PlaceId = "v.ledger",
        /// The venue.
        id: VenueId = "v.id",
        /// Its number: that of its first entry.
        number: i64 = "v.number",
        /// Where it stands.
        stage: VenueStage = "v.stage",
        /// What it is called.
        name: String = "v.name",
        /// Where it lies.
        place: PlaceId = "v.place",
        /// When it is open.
        hours: Hours = "v.hours",
        /// What it costs, and for what that is.
        price: Option<(u64, Per)> = "v.fen, v.per",
        /// How one gets in.
        access: Access = "v.access",
        /// When it was put into the directory.
        opened: Moment = "v.opened",
        /// When somebody last looked whether what is said of it is true.
        looked: Moment = "v.looked",
    }
}

query! {
    LISTED: VenueRow => "where v.ledger = ?1 and v.listed = 1 and (v.opened, v.id) < (?2, ?3)
         order by v.opened desc, v.id desc limit ?4";
    FOR_NEED: VenueRow => "join venue_need n on n.ledger = v.ledger and n.venue = v.id
         where n.ledger = ?1 and n.need = ?5 and (n.opened, n.venue) < (?2, ?3)
         order by n.opened desc, n.venue desc limit ?4";
    KEPT: VenueRow => "where v.ledger = ?1 and (v.opened, v.id) < (?2, ?3)
         order by v.opened desc, v.id desc limit ?4";
    ONE: VenueRow => "where v.ledger = ?1 and v.id = ?2";
    ANY: VenueId = "select venue from venue_need where ledger = ?1 and need = ?2 limit 1";
}

/// Which venues are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All but those closed for good.
    Listed,
    /// Of these, where one can do this.
    For(Need),
    /// All, for whoever keeps them.
    Kept,
}

/// A page of venues, the latest first.
pub async fn venues(
    db: &Db,
    ledger: PlaceId,
    which: Which,
    before: Option<Key<VenueId>>,
) -> Result<Paged<VenueRow>, Fault> {
    let (at, id) = below(before);
    let rows = match which {
        Which::Listed => LISTED.all(db, &args![ledger, at, id, MORE]).await?,
        Which::For(need) => FOR_NEED.all(db, &args![ledger, at, id, MORE, need]).await?,
        Which::Kept => KEPT.all(db, &args![ledger, at, id, MORE]).await?,
    };
    Ok(Paged::of(rows, |venue| (venue.opened, venue.id)))
}

/// One venue as listed.
pub async fn venue(db: &Db, ledger: PlaceId, id: VenueId) -> Result<Option<VenueRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// What one can do in some venue of a ledger.
pub async fn needs(db: &Db, ledger: PlaceId) -> Result<Vec<Need>, Fault> {
    let mut found = Vec::new();
    for need in Need::ALL {
        if ANY.first(db, &args![ledger, *need]).await?.is_some() {
            found.push(*need);
        }
    }
    Ok(found)
}
