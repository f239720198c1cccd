//! Opening many places at once, all or none: an entry for each, in one append. What a plan comes to
//! is decided in the domain.

use super::reads::{PlaceRow, place};
use crate::Batch;
use crate::act::Try;
use crate::case::Case;
use crate::{Failure, Office};
use yishi_domain::places::{Above, Laying, Place, Plan, Standing};
use yishi_kernel::command::stamped;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Context, Loaded, PlaceId, StreamName};
use yishi_store::{Fault, args, query, row};

row! {
    /// A place that stands.
    StandingRow, from "place" {
        id: PlaceId,
        kind: yishi_domain::places::PlaceKind,
        path: Vec<PlaceId>,
        name: String = "coalesce(name, door, '')",
    }
}

query! {
    /// All places of a ledger that stand.
    ALL_STANDING: StandingRow => "where ledger = ?1 and closed is null order by id",
        walks "places of one ledger, when many are opened in it";
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    /// How many places were opened.
    pub opened: usize,
    /// How many of the plan stood already.
    pub there: usize,
}

impl Office {
    /// What a plan comes to inside a place, beside what stands there now.
    pub async fn planned(&self, inside: &PlaceRow, plan: &Plan) -> Result<Laying, Fault> {
        let rows = ALL_STANDING.all(&self.db, &args![inside.ledger]).await?;
        Ok(plan.beside(inside.id, &standing(rows)))
    }

    /// Whether this person may open what a plan comes to, and its names are fit.
    ///
    /// # Errors
    /// Why not.
    pub async fn would_lay_out(&self, actor: &Actor, inside: PlaceId, plan: &Plan) -> Result<(), Failure> {
        self.laid_out(actor, inside, plan).await.map(|_| ())
    }

    /// Opens all places of a plan inside a place that do not stand there.
    ///
    /// # Errors
    /// When the actor may not, or a name is not fit; then none was opened.
    pub async fn lay_out(&self, actor: &Actor, inside: PlaceId, plan: &Plan) -> Result<Laid, Failure> {
        self.carry_out(|| {
            Box::pin(async {
                match self.laid_out(actor, inside, plan).await? {
                    (None, laid) => Ok(Try::Done(laid)),
                    (Some(batch), laid) => Ok(self.append(batch).await?.with(laid)),
                }
            })
        })
        .await
    }

    /// What is to be recorded for a plan, and what becomes of it by that.
    pub(super) async fn laid_out(
        &self,
        actor: &Actor,
        inside: PlaceId,
        plan: &Plan,
    ) -> Result<(Option<Batch>, Laid), Failure> {
        let row = place(&self.db, inside).await?.ok_or(Common::Unknown)?;
        if row.closed.is_some() {
            return Err(Common::Ended.into());
        }
        let (now, stream) = (self.now(), StreamName::from(row.id));
        let mut case = Case::new(self, row.ledger, &stream, now);
        let standing = standing(case.find(&ALL_STANDING, &args![row.ledger]).await?);
        let (path, guards) = case.close(Some(inside)).await?;
        let rules = self.rules(row.ledger, now).await?;
        let ctx = crate::act::context(now, actor, &rules, &path);
        let laying = plan.beside(inside, &standing);
        let key = self.key_of_many()?;
        let id = |nth: usize| PlaceId(key.nth_id("place", nth));
        let above = Above { kind: row.kind, path: row.path.clone(), siblings: Vec::new() };
        let (role, opened) = laying.open(&above, &standing, id, &ctx)?;
        let there = laying.there.len();
        let Some((first, _)) = opened.first() else { return Ok((None, Laid { opened: 0, there })) };
        // The same form did it before, and something of it was closed since.
        if self.load::<Place>(row.ledger, &(*first).into()).await?.version > 0 {
            return Ok((None, Laid { opened: 0, there }));
        }
        let ctx = Context { role, ..ctx };
        let mut batch = Batch::new(row.ledger, now);
        guards.into_iter().for_each(|guard| batch.guard(guard));
        let laid = Laid { opened: opened.len(), there };
        for (id, event) in opened {
            let mut new = Loaded::<Place>::default();
            batch.record(&id.into(), &mut new, role, vec![stamped(event, &ctx)])?;
        }
        Ok((Some(batch), laid))
    }
}

fn standing(rows: Vec<StandingRow>) -> Vec<Standing> {
    let one = |StandingRow { id, kind, path, name }| Standing { id, kind, path, name };
    rows.into_iter().map(one).collect()
}
