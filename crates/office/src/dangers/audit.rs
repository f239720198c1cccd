//! What must hold of every danger: it waits for somebody until it is at its end, and its clock is
//! the tap and the rule that was in force then.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Things, thing};
use yishi_domain::dangers::{Danger, DangerId, Risk, Rules};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::{duty, query, row};

row! {
    Line, from "danger" {
        ledger: PlaceId,
        id: DangerId,
        open: Flag,
        reported: Risk,
        tapped: Moment,
        first_due: Moment,
        due: Moment,
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
}

thing!(Line => Danger);

/// A danger's clock is the tap and the rule, and it waits for somebody until its end.
#[derive(Debug)]
pub(crate) struct Clocked;

impl Law for Clocked {
    fn says(&self) -> &'static str {
        "an open danger waits for somebody, and its clock is the tap and the rule in force then"
    }

    fn remedy(&self) -> &'static str {
        "run `yishi ledger rebuild`; if it is told again, find out who changed the database, and put the newest backup back"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), Things::of(&LINES));
            while let Some(line) = all.line(office).await? {
                let rules = office.rules(line.ledger, line.tapped).await?;
                let rule = rules.due(rules.section::<Rules>().safe(line.reported), line.tapped).at;
                let waits = duty::of_stream(&office.db, line.ledger, &line.id.into()).await?;
                let held = waits.iter().all(|wait| !wait.holder.0.is_empty() && wait.due.0 > 0);
                let right = line.first_due == rule
                    && line.due <= line.first_due
                    && held
                    && waits.is_empty() != (line.open == Flag::from(true));
                looked.thing(&line, (!right).then(|| format!("due {}", line.due.minute())));
            }
            Ok(looked)
        })
    }
}
