//! Watches over sealing, in every process: says so when a ledger has not been sealed for a minute,
//! whoever should have done it, and when the last entry lies in the future. It seals nothing.

use crate::Office;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::Fault;
use yishi_store::sealer::{Stands, stands};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(10);
/// How long what was recorded may wait, and how often the same is told.
const PATIENCE: Duration = Duration::from_secs(60);
/// How far clocks of machines that work together may differ, in seconds.
const AHEAD: i64 = 60;

/// What was seen of the ledgers that wait to be sealed.
#[derive(Debug, Default)]
pub(super) struct Watch {
    looked: Option<Instant>,
    /// How far each was sealed when it was seen first so, and when that was.
    waiting: BTreeMap<PlaceId, (i64, Instant)>,
    told: Option<Instant>,
}

impl Watch {
    /// Looks, if it is time, and tells.
    pub(super) async fn look(&mut self, office: &Office, now: Moment) -> Result<(), Fault> {
        if self.looked.is_some_and(|looked| looked.elapsed() < PERIOD) {
            return Ok(());
        }
        let at = Instant::now();
        self.looked = Some(at);
        let found = self.see(&stands(&office.db).await?, now, at);
        for what in &found {
            tracing::error!("{what}");
        }
        if !found.is_empty() {
            self.told = Some(at);
        }
        Ok(())
    }

    /// What there is to tell of how the ledgers stand, at most once a minute.
    fn see(&mut self, stands: &[Stands], now: Moment, at: Instant) -> Vec<String> {
        let open: Vec<&Stands> = stands.iter().filter(|one| one.number > one.sealed).collect();
        self.waiting.retain(|ledger, (sealed, _)| {
            open.iter().any(|one| one.ledger == *ledger && one.sealed == *sealed)
        });
        for one in &open {
            self.waiting.entry(one.ledger).or_insert((one.sealed, at));
        }
        if self.told.is_some_and(|told| at.duration_since(told) < PATIENCE) {
            return Vec::new();
        }
        let late = |one: &&&Stands| {
            self.waiting.get(&one.ledger).is_some_and(|(_, since)| at.duration_since(*since) >= PATIENCE)
        };
        let unsealed = open.iter().filter(late).map(|one| {
            let count = one.number - one.sealed;
            format!(
                "{}: {count} entries have been under no checkpoint for a minute; look for its key, and at the other messages of this log",
                one.slug
            )
        });
        let ahead = stands.iter().filter(|one| one.at > now.plus_seconds(AHEAD)).map(|one| {
            format!(
                "{}: its last entry is dated {}, which lies in the future of this machine; set the clock right: until then entries get that date",
                one.slug,
                one.at.minute()
            )
        });
        unsealed.chain(ahead).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use uuid::Uuid;

    fn ledger(number: i64, sealed: i64, at: Moment) -> Stands {
        let ledger = PlaceId(Uuid::from_u128(1));
        Stands { ledger, slug: "xinglin".to_owned(), number, at, sealed }
    }

    #[test]
    fn who_waits_for_a_minute_is_told_and_then_once_a_minute() {
        let (now, began) = (Moment(1_000_000_000), Instant::now());
        let mut watch = Watch::default();
        let mut after = |seconds, sealed| {
            let at = began + Duration::from_secs(seconds);
            let told = watch.see(&[ledger(9, sealed, now)], now, at);
            if !told.is_empty() {
                watch.told = Some(at);
            }
            told
        };
        assert_eq!(after(0, 3), Vec::<String>::new());
        assert_eq!(after(50, 3), Vec::<String>::new());
        assert!(after(60, 3)[0].contains("xinglin: 6 entries"));
        assert_eq!(after(70, 3), Vec::<String>::new(), "it was told");
        assert!(after(120, 3)[0].contains("xinglin"));
        assert_eq!(after(190, 8), Vec::<String>::new(), "it was sealed meanwhile, and grew");
        assert_eq!(after(250, 9), Vec::<String>::new());
    }

    #[test]
    fn an_entry_of_the_future_is_told_at_once() {
        let now = Moment(1_767_225_600_000_000);
        let year = now.plus_seconds(365 * 86_400);
        let told = Watch::default().see(&[ledger(9, 9, year)], now, Instant::now());
        assert!(told[0].contains("2027-01-01"), "{told:?}");
        let soon = now.plus_seconds(AHEAD);
        assert_eq!(Watch::default().see(&[ledger(9, 9, soon)], now, Instant::now()), Vec::<String>::new());
    }
}
