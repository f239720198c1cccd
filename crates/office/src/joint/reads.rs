//! What a street adopted for joint working, as pages list it.

use yishi_domain::joint::JointId;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// What was adopted at one time, as listed.
    #[derive(Copy)]
    pub JointRow, from "joint_work j" {
        /// The ledger, which is the street's.
        ledger: PlaceId = "j.ledger",
        /// Which.
        id: JointId = "j.id",
        /// The number of its first entry.
        number: i64 = "j.number",
        /// When it was adopted.
        adopted: Moment = "j.adopted",
    }
}

query! {
    ONE: JointRow => "where j.ledger = ?1 and j.id = ?2";
    ALL: JointRow => "where j.ledger = ?1 order by j.adopted desc, j.number desc",
        walks "a street's versions, which it adopts one by one";
}

/// One as listed.
pub async fn joint_work(db: &Db, ledger: PlaceId, id: JointId) -> Result<Option<JointRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// All that a street adopted, what is in force first.
pub async fn of_street(db: &Db, street: PlaceId) -> Result<Vec<JointRow>, Fault> {
    ALL.all(db, &args![street]).await
}
