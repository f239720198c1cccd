//! A clearing run of two weeks ago: all that was open is gone through in a day, what was not due is on
//! track, what was goes up to the street, which answers; the secretary signs. Another one is to be begun.

use super::hall::Hall;
use super::story::form;
use crate::Stop;
use yishi_domain::clearing::{Finish, Lift, OnTrack, Open, RunId, Settle, TakeUp};
use yishi_kernel::{Actor, Moment};
use yishi_office::Failure;
use yishi_office::clearing::reads::{ItemRow, all_items};

/// What is said of an item that is not due yet, by what waits.
fn next(item: &ItemRow, now: Moment) -> OnTrack {
    let next = match item.step.split_once('/').map(|(_, step)| step) {
        Some("triage") => "当天安排承办",
        Some("answer") => "承办单位在办，办好就答复",
        Some("close") => "等反映人评价后办结",
        Some("report_in" | "finish") => "承办单位按期到场办理",
        Some("accept") => "到现场验收",
        _ if item.due > now.end_of_day_after(7) => "按计划推进",
        _ => "本周内办",
    };
    OnTrack { next: next.to_owned() }
}

/// Tells it.
pub(super) async fn tell(hall: Hall<'_>) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    hall.until(14, 9, 0).await;
    let run = RunId(form(&format!("demo/clearing/{}", office.now().0)).id("clearing"));
    office.start(&cast.secretary, ledger, run, Open).await?;
    hall.until(14, 16, 0).await;
    let items = all_items(&office.db, ledger, run).await?;
    for item in &items {
        office.act(&Actor::system(ledger), ledger, item.id, Settle).await?;
    }
    for item in all_items(&office.db, ledger, run).await?.iter().filter(|item| item.outcome.is_none()) {
        match office.act(&cast.secretary, ledger, item.id, next(item, office.now())).await {
            // It is overdue, or about the secretary's own committee.
            Err(Failure::Refused(_)) => {
                let lift = Lift { reason: "社区协调不动，请街道出面".to_owned() };
                office.act(&cast.officer, ledger, item.id, lift).await?;
                let take_up =
                    TakeUp { note: "街道已约有关单位到场，本周内定办法".to_owned() };
                office.act(&cast.officer, ledger, item.id, take_up).await?;
            }
            done => done?,
        }
    }
    hall.until(14, 17, 0).await;
    for item in &items {
        office.act(&Actor::system(ledger), ledger, item.id, Settle).await?;
    }
    Ok(office.act(&cast.secretary, ledger, run, Finish).await?)
}
