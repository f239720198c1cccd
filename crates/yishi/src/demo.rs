//! The demonstration: an invented street with two communities, made by the same commands
//! users issue, on a clock that runs through forty days and ends now. Nobody in it is real.

mod clearing;
mod danger;
mod floor;
mod forums;
mod further;
mod gatherings;
mod hall;
mod joint;
mod lines;
mod market;
mod rating;
mod scene;
mod shed;
mod stairs;
mod story;
mod turns;
mod venues;
mod whistles;

use crate::{Data, Stop, serve};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;
use yishi_courier::{Courier, Given};
use yishi_kernel::{Moment, PlaceId};
use yishi_office::{Clock, ledgers};
use yishi_pages::FEATURES;
use yishi_web::App;

/// Password of all demonstration accounts.
pub const PASSWORD: &str = "yishi-demo-2026";

/// How to demonstrate.
#[derive(Debug, Args)]
pub struct Options {
    /// Keeps the neighbourhood in this folder instead of a temporary one.
    #[arg(long)]
    data: Option<PathBuf>,
    /// PostgreSQL database, empty, `postgres://…`.
    #[arg(long)]
    database: Option<String>,
    /// Address to listen on; only this machine can sign in to a demonstration.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Makes the neighbourhood and serves it.
///
/// # Errors
/// When the folder is in use, or the address is taken or not of this machine.
pub async fn run(options: Options) -> Result<(), Stop> {
    if !options.listen.ip().is_loopback() {
        return Err(Stop::Usage(
            "the demonstration's passwords are public: --listen must be on 127.0.0.1".to_owned(),
        ));
    }
    let temporary = tempfile::tempdir().map_err(|error| Stop::Usage(error.to_string()))?;
    let folder = options.data.clone().unwrap_or_else(|| temporary.path().to_owned());
    let data = Data { data: folder, database: options.database };
    let started = Instant::now();
    let now = Clock::System.now();
    let mut office = data.office(Clock::set_to(now.plus_seconds(-40 * 86_400))).await?;
    if !ledgers::ledgers(&office.db).await?.is_empty() {
        return Err(Stop::Usage("there is a neighbourhood already; serve it with `yishi serve`".to_owned()));
    }
    office.db.mark_as_demo().await?;
    let told = story::tell(&office, now).await?;
    office.clock = Clock::System;
    office.seal().await?;
    let base = format!("http://{}", options.listen);
    println!(
        "An invented neighbourhood with {} matters, made in {:.1} s.",
        told.matters,
        started.elapsed().as_secs_f64()
    );
    println!("\nOpen:");
    println!("  {base}/                     front page");
    println!("  {base}/c/xinglin            public board of 杏林社区");
    println!("  {base}/q/{}         what the QR code of a stairwell opens", told.poster);
    println!("  {base}/r/xinglin/{}   a receipt with an answer to evaluate", told.receipt);
    for (page, what) in &told.pages {
        println!("  {base}{page:<31} {what}");
    }
    println!("  id of 杏林社区: {}", told.place);
    println!("\nSign in at {base}/signin, password {PASSWORD}:");
    for (username, what) in &told.accounts {
        println!("  {username:<14} {what}");
    }
    if let Some(folder) = &options.data {
        println!(
            "\nKept in {}; serve it again, on this machine only, with: yishi serve --data {0}",
            folder.display()
        );
    }
    let mut app = App::new(office, &base, FEATURES).by_any_name();
    app.demo = told.accounts;
    app.courier = courier(&data.data, &base)?;
    serve::serve(app, options.listen).await?;
    drop(temporary);
    Ok(())
}

/// Nobody outside is told anything by a demonstration: what would be sent becomes files in its own
/// folder.
fn courier(folder: &Path, base: &str) -> Result<Courier, Stop> {
    let messages = folder.join("messages");
    std::fs::create_dir_all(&messages).map_err(|error| Stop::Usage(error.to_string()))?;
    let given = Given { sms_dir: Some(messages), outside: base.to_owned(), ..Given::default() };
    Courier::of(&given).map_err(|wrong| Stop::Usage(wrong.to_string()))
}

/// What the story left behind, to be printed.
struct Told {
    matters: usize,
    poster: String,
    receipt: String,
    place: PlaceId,
    accounts: Vec<(String, String)>,
    /// Pages to open, and what they are.
    pages: Vec<(String, &'static str)>,
}

/// The same time of day, so many days and hours before now.
fn ago(now: Moment, days: i64, hours: i64) -> Moment {
    now.plus_seconds(-(days * 86_400 + hours * 3_600))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_domain::dispatch::OrderStage;
    use yishi_domain::meetings::MeetingStage;
    use yishi_domain::topics::TopicStage;
    use yishi_office::{dispatch, meetings, topics};

    /// At any hour of the day, the stories stand where their pages say. Not optimised, all of them
    /// together need more than the two megabytes of a test's own thread.
    #[test]
    fn every_story_stands_at_its_stage() {
        let told = || tokio::runtime::Runtime::new().unwrap().block_on(stories_stand());
        std::thread::Builder::new().stack_size(8 << 20).spawn(told).unwrap().join().unwrap();
    }

    async fn stories_stand() {
        // 1:30, 12:00 and 23:50 in China.
        for seconds in [63_000, 14_400, 56_999] {
            let folder = tempfile::tempdir().unwrap();
            let now = Moment(1_780_272_000_000_000).plus_seconds(seconds);
            let data = Data { data: folder.path().to_owned(), database: None };
            let office = data.office(Clock::set_to(now.plus_seconds(-40 * 86_400))).await.unwrap();
            let told = story::tell(&office, now).await.unwrap();
            assert!(told.matters >= 44);
            assert!(office.now() <= now, "nothing happens in the future");
            let db = &office.db;
            let mut stages: Vec<_> = topics::reads::topics(db, told.place, None)
                .await
                .unwrap()
                .rows
                .iter()
                .map(|row| row.stage)
                .collect();
            stages.sort_by_key(|stage| stage.word());
            assert_eq!(
                stages,
                [
                    TopicStage::Concluded,
                    TopicStage::Decided,
                    TopicStage::Recommended,
                    TopicStage::Scheduled,
                    TopicStage::Scheduled
                ]
            );
            let mut held: Vec<_> = meetings::reads::meetings(db, told.place, None)
                .await
                .unwrap()
                .rows
                .iter()
                .map(|row| row.stage)
                .collect();
            held.sort_by_key(|stage| stage.word());
            assert_eq!(
                held,
                [
                    MeetingStage::Called,
                    MeetingStage::Called,
                    MeetingStage::Concluded,
                    MeetingStage::Concluded,
                    MeetingStage::Published,
                    MeetingStage::Published
                ]
            );
            let open = dispatch::reads::open(db, told.place).await.unwrap();
            assert_eq!(
                open.len(),
                6,
                "two letters are followed up, the wall is looked over, the shed is built, a whistle is \
                 overdue and another one asked for"
            );
            let ended = dispatch::reads::ended(db, told.place, None, None).await.unwrap().rows;
            let ended = |stage| ended.iter().filter(|row| row.stage == stage).count();
            let (done, declined) = (ended(OrderStage::Accepted), ended(OrderStage::Declined));
            assert_eq!(
                (done, declined),
                (4, 1),
                "what hung loose was knocked off; a letter does for a whistle"
            );
            assert_eq!(meetings::reads::standards(db, told.place, "", None).await.unwrap().rows.len(), 2);
        }
    }
}
