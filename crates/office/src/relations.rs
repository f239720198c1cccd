//! Whether features have something that relates to a matter, asked of all of them at once: most
//! matters are plain, and their page looks up nothing else then. What it is, each feature reads by
//! itself.

use crate::features::RELATIONS;
use yishi_domain::matters::MatterId;
use yishi_kernel::PlaceId;
use yishi_store::query::{Shape, Values, field};
use yishi_store::{Db, Fault, args, query};

/// Rows of a feature that may relate to a matter, declared beside what reads them.
#[derive(Debug)]
pub struct Relation {
    /// The table, and which of its rows: `… where …` those of the matter `g.member` in the ledger
    /// `g.ledger`, asked of each that was merged together.
    pub rows: &'static str,
}

/// Which of them there are for a matter, by their place in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relations(u64);

impl Relations {
    /// Whether there is any row, of the matter or of one that it was merged with.
    ///
    /// One that stands in no list is looked up by whoever asks.
    #[must_use]
    pub fn any(self, of: &'static Relation) -> bool {
        RELATIONS.iter().position(|one| std::ptr::eq(*one, of)).is_none_or(|place| self.0 & 1 << place != 0)
    }
}

impl Shape for Relations {
    fn select() -> String {
        let asked = RELATIONS.iter().map(|relation| {
            format!("coalesce(max((select cast(1 as bigint) from {} limit 1)), 0)", relation.rows)
        });
        format!("select {}", asked.collect::<Vec<_>>().join(", "))
    }

    fn read(values: &mut Values) -> Result<Self, Fault> {
        let mut found = 0;
        for place in 0..RELATIONS.len() {
            found |= field::<u64>(values, "Relations", "related")? << place;
        }
        Ok(Self(found))
    }
}

query! {
    RELATED: Relations => "from family f cross join family g
         where f.ledger = ?1 and f.member = ?2 and g.ledger = f.ledger and g.root = f.root";
}

/// Which features have something that relates to a matter.
pub async fn relations(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Relations, Fault> {
    Ok(RELATED.first(db, &args![ledger, matter]).await?.unwrap_or(Relations(0)))
}
