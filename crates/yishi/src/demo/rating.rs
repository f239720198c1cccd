//! The street and the lamps' department rate each other after the lamps of the market were accepted. The
//! squad did not come and is not asked.

use super::hall::Hall;
use crate::Stop;
use yishi_domain::dispatch::OrderId;
use yishi_domain::ratings::{Grade, Grades, Open, RateBody, RateStreet};
use yishi_kernel::Actor;
use yishi_office::ratings::assessment_of;

/// Begins as the work is accepted; both have said what they think three days later.
pub(super) async fn tell(hall: &Hall<'_>, order: OrderId) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let id = assessment_of(order);
    office.start(&Actor::system(ledger), ledger, id, Open { order }).await?;
    hall.until(5, 9, 0).await;
    let good = Grades { response: Grade::Good, presence: Grade::Good, result: Grade::Good };
    let note = "第二天就带着电工到场，换线没有耽误早市。".to_owned();
    office.act(&cast.officer, ledger, id, RateBody { body: cast.lamps, grades: good, note }).await?;
    hall.until(4, 15, 0).await;
    let grades = Grades { presence: Grade::Fair, ..good };
    let note = "吹哨单写得清楚；占道棚架应当在我们到场以前先协调好。".to_owned();
    Ok(office.act(&cast.lamp_officer, ledger, id, RateStreet { body: cast.lamps, grades, note }).await?)
}
