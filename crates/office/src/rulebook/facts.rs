//! What confirming a statutory forum's numbers must know: the numbers as they stand in the rules in
//! force, and what stands confirmed already. What changing a number must know: how it stands, and
//! whether that is the place's own.

use super::reads::STANDING;
use crate::dispatch::street_over;
use crate::places::reads::place;
use crate::{Case, Failure, Load};
use yishi_domain::meetings::Rules;
use yishi_domain::rulebook::{Compared, Confirm, ConfirmationId, DropNumber, Figures, Numbered, SetNumber};
use yishi_kernel::PlaceId;
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::numbers;
use yishi_store::{Db, Fault, args};

impl Load<Confirm> for Compared {
    async fn load(case: &mut Case<'_>, command: &Confirm) -> Result<Self, Failure> {
        let keeper = place(case.db(), case.ledger).await?.ok_or(Common::Unknown)?.kind;
        let pack = case.office.rules(case.ledger, case.now).await?;
        let rules = pack.section::<Rules>();
        let figures = rules.forum(&command.forum).and_then(|forum| rules.figures(forum, case.now));
        let standing = standing(case, case.ledger, &command.forum).await?;
        Ok(Compared { keeper, figures, standing })
    }
}

impl Load<SetNumber> for Numbered {
    async fn load(case: &mut Case<'_>, command: &SetNumber) -> Result<Self, Failure> {
        numbered(case, &command.number).await
    }
}

impl Load<DropNumber> for Numbered {
    async fn load(case: &mut Case<'_>, command: &DropNumber) -> Result<Self, Failure> {
        numbered(case, &command.number).await
    }
}

async fn numbered(case: &mut Case<'_>, name: &str) -> Result<Numbered, Failure> {
    let layers = case.office.layers(case.ledger).await?;
    let own = layers.own.iter().any(|change| change.of == name);
    let all = numbers(&layers.whole()?.text).map_err(Fault::unreadable)?;
    Ok(Numbered { now: all.into_iter().find(|number| number.of == name), own })
}

/// What stands confirmed for a forum in a street's ledger, which nobody changes until the decision
/// is recorded.
pub(crate) async fn standing(
    case: &mut Case<'_>,
    street: PlaceId,
    forum: &str,
) -> Result<Vec<(ConfirmationId, Figures)>, Failure> {
    let rows = case.find(&STANDING, &args![street, forum]).await?;
    let read = |row: super::reads::Standing| Ok((row.id, row.figures.try_into().map_err(Fault::unreadable)?));
    rows.into_iter().map(read).collect()
}

/// The street, town or township above a place that keeps a ledger, which confirms for it: its own
/// id where nothing such lies above.
///
/// # Errors
/// When there is no such place.
pub async fn confirms_for(db: &Db, ledger: PlaceId) -> Result<PlaceId, Failure> {
    street_over(db, ledger).await
}
