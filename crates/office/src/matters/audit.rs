//! What must hold of matters that are closed: everyone who asked was answered, or asks no more.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Pages};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{query, row};

row! {
    Line, from "matter" {
        ledger: PlaceId,
        id: MatterId,
        stage: StageKind,
        answered: Option<Moment>,
        closed: Option<Moment>,
    }
}

row! {
    Last {
        root: MatterId = "f.root",
        receipts: u64 = "count(*)",
        standing: u64 = "count(case when r.withdrawn is null then 1 end)",
        opened: Option<Moment> = "max(case when r.withdrawn is null then r.opened end)",
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
    LAST: Last => "from (values (?1, ?2), …) v cross join family f cross join receipt r
         where f.ledger = v.column1 and f.root = v.column2 and r.ledger = f.ledger and r.matter = f.member
         group by f.root";
}

/// What is closed has an answer on every receipt that was not taken back.
#[derive(Debug)]
pub(crate) struct Answered;

impl Law for Answered {
    fn says(&self) -> &'static str {
        "what is closed has an answer on every receipt"
    }

    fn remedy(&self) -> &'static str {
        "run `yishi ledger rebuild`; if it is told again, answer those who asked: raise the matter anew, and say so there"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            let mut pages = Pages::of(&LINES, |line| (line.ledger.to_string(), line.id.to_string()));
            while let Some(page) = pages.next(office).await? {
                let closed: Vec<&Line> = page.iter().filter(|line| line.stage == StageKind::Closed).collect();
                for some in closed.chunks(200) {
                    let keys = some.iter().map(|line| (line.ledger, line.id));
                    let receipts = LAST.all(&office.db, &args_and_pairs([], keys)).await?;
                    for line in some {
                        let found = receipts.iter().find(|last| last.root == line.id);
                        let asked =
                            found.and_then(|last| last.opened).is_none_or(|last| Some(last) < line.closed);
                        let answered = line.answered.is_some() && line.answered <= line.closed && asked;
                        let taken_back =
                            line.answered.is_none() && found.is_some_and(|last| last.standing == 0);
                        let of = found.map_or(0, |last| last.receipts);
                        let wrong = || format!("{}/matter/{} with {of} receipts", line.ledger, line.id);
                        looked.at((!answered && !taken_back).then(wrong));
                    }
                }
            }
            Ok(looked)
        })
    }
}
