//! What must hold of every promise: until it is kept or broken somebody owes the next step of it,
//! by a day.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Pages};
use yishi_domain::promises::PromiseId;
use yishi_kernel::cell::Flag;
use yishi_kernel::{PlaceId, StreamName};
use yishi_store::{duty, query, row};

row! {
    Line, from "promise" {
        ledger: PlaceId,
        id: PromiseId,
        open: Flag,
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
}

/// An open promise waits for somebody, and one that has ended for nobody.
#[derive(Debug)]
pub(crate) struct Owed;

impl Law for Owed {
    fn says(&self) -> &'static str {
        "a promise that is not kept or broken waits for somebody, by a day"
    }

    fn remedy(&self) -> &'static str {
        "run `yishi ledger rebuild`; if it is told again, renew the promise on its page, or say there that it was not kept"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            let mut pages = Pages::of(&LINES, |line| (line.ledger.to_string(), line.id.to_string()));
            while let Some(page) = pages.next(office).await? {
                for line in page {
                    let waits = duty::of_stream(&office.db, line.ledger, &StreamName::from(line.id)).await?;
                    let owed = match line.open {
                        Flag::Yes => waits.len() == 1 && waits.iter().all(|wait| wait.due.0 > 0),
                        Flag::No => waits.is_empty(),
                    };
                    let wrong = || format!("{}/promise/{} has {} waiting", line.ledger, line.id, waits.len());
                    looked.at((!owed).then(wrong));
                }
            }
            Ok(looked)
        })
    }
}
