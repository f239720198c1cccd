//! Records of scenes as pages and desks list them.

use crate::papers::Numbered;
use yishi_domain::dispatch::OrderId;
use yishi_domain::papers::PaperKind;
use yishi_domain::scenes::{SceneId, SceneStage};
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A record of a scene as listed.
    pub SceneRow, from "scene s left join work_order o on o.ledger = s.ledger and o.id = s.work_order" {
        /// The ledger.
        ledger: PlaceId = "s.ledger",
        /// The record.
        id: SceneId = "s.id",
        /// The number of its first entry.
        number: i64 = "s.number",
        /// Where it stands.
        stage: SceneStage = "s.stage",
        /// The whistled order.
        order: OrderId = "s.work_order",
        /// The number of its first entry.
        order_number: i64 = "coalesce(o.number, 0)",
        /// What that asks for.
        task: String = "coalesce(o.task, '')",
        /// The place, a building at the finest.
        place: PlaceId = "s.place",
        /// When they met.
        met: Moment = "s.met",
        /// How many bodies came.
        came: u64 = "s.came",
        /// How many of them have said nothing to it.
        unsigned: u64 = "s.unsigned",
    }
}

query! {
    ONE: SceneRow => "where s.ledger = ?1 and s.id = ?2";
    SOME: SceneRow => "where (s.ledger, s.id) in (values (?1, ?2), …)";
    OF_ORDER: SceneRow => "where s.ledger = ?1 and s.work_order = ?2 order by s.opened, s.id";
    OPEN_OF: SceneRow => "where s.ledger = ?1 and s.work_order in (?2, …) and s.open = 1";
}

impl Numbered for SceneRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        PaperKind::Scene
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

/// One record as listed.
pub async fn scene(db: &Db, ledger: PlaceId, id: SceneId) -> Result<Option<SceneRow>, Fault> {
    ONE.first(db, &args![ledger, id]).await
}

/// Several records as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, SceneId)]) -> Result<Vec<SceneRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}

/// The records of an order's scenes, oldest first.
pub async fn of_order(db: &Db, ledger: PlaceId, order: OrderId) -> Result<Vec<SceneRow>, Fault> {
    OF_ORDER.all(db, &args![ledger, order]).await
}

/// Those of some orders that are not closed.
pub(crate) async fn open_of_orders(
    db: &Db,
    ledger: PlaceId,
    orders: &[OrderId],
) -> Result<Vec<SceneRow>, Fault> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    OPEN_OF.all(db, &args_and(args![ledger], orders.iter().copied())).await
}
