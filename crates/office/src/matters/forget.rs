//! Whom a matter was about is forgotten once it is closed, where its raiser had taken back what
//! was said before: as long as it was open, it was needed so that they kept away. What a raiser
//! takes back of a closed matter goes at once, with whom it was about.

use crate::background::Repeated;
use crate::erase::Entries;
use crate::registered::Boxed;
use crate::{Erasing, Hand, Office};
use std::time::Duration;
use yishi_domain::matters::MatterId;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, PlaceId, Role};
use yishi_store::{args, query, row};

/// Matters looked at in one go.
const AT_ONCE: i64 = 200;

row! {
    Whom, from "matter m" {
        ledger: PlaceId = "m.ledger",
        id: MatterId = "m.id",
    }
}

query! {
    CLOSED: Whom => "join family f on f.ledger = m.ledger and f.member = m.id
         join matter r on r.ledger = f.ledger and r.id = f.root
         where m.forget is not null and r.closed is not null order by m.forget limit ?1",
        scans "few take back what they said while it is open, and those have an index of their own";
}

/// Forgets whom closed matters were about.
#[derive(Debug)]
pub(crate) struct ForgetWhom;

impl Repeated for ForgetWhom {
    fn name(&self) -> &'static str {
        "forget-whom"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(600)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(async move {
            let (whose, entries, reason) = (vec![Subject::Case], Entries::All, EraseReason::Asked);
            let what = Erasing { whose, entries, reason };
            for Whom { ledger, id } in CLOSED.all(&office.db, &args![AT_ONCE]).await? {
                let parts = [(id.into(), what.clone())];
                office
                    .carry_out(|| async {
                        let hand = Hand { account: None, role: Role::System, now: office.now() };
                        office.erase_by(ledger, &parts, &hand).await
                    })
                    .await?;
            }
            Ok(())
        })
    }
}
