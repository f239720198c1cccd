//! Councils as pages list them. A ledger has few: its own, and those of its compounds.

use yishi_domain::councils::CouncilId;
use yishi_kernel::PlaceId;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A council as listed.
    pub CouncilRow, from "council c" {
        /// The council.
        id: CouncilId = "c.id",
        /// Its number: that of its first entry.
        number: i64 = "c.number",
        /// Of which place.
        place: PlaceId = "c.place",
    }
}

query! {
    COUNCILS: CouncilRow => "where c.ledger = ?1 order by c.id", walks "a ledger's few councils";
    COUNCIL: CouncilRow => "where c.ledger = ?1 and c.id = ?2";
}

/// The councils of a ledger.
pub async fn councils(db: &Db, ledger: PlaceId) -> Result<Vec<CouncilRow>, Fault> {
    COUNCILS.all(db, &args![ledger]).await
}

/// One council.
pub async fn council(db: &Db, ledger: PlaceId, id: CouncilId) -> Result<Option<CouncilRow>, Fault> {
    COUNCIL.first(db, &args![ledger, id]).await
}
