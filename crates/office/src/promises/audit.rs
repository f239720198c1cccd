//! What must hold of every promise: until it is kept or broken somebody owes the next step of it,
//! by a day.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Things, thing};
use yishi_domain::promises::{Promise, PromiseId};
use yishi_kernel::PlaceId;
use yishi_kernel::cell::Flag;
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

thing!(Line => Promise);

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
            let (mut looked, mut all) = (Looked::default(), Things::of(&LINES));
            while let Some(line) = all.line(office).await? {
                let waits = duty::of_stream(&office.db, line.ledger, &line.id.into()).await?;
                let owed = match line.open {
                    Flag::Yes => waits.len() == 1 && waits.iter().all(|wait| wait.due.0 > 0),
                    Flag::No => waits.is_empty(),
                };
                looked.thing(&line, (!owed).then(|| format!("{} waiting", waits.len())));
            }
            Ok(looked)
        })
    }
}
