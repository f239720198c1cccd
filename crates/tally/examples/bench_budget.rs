//! Counts one file by one rule and prints what it took: `bench_budget FILE RULE UTILITY` gives
//! a line of JSON with the outcome, the seconds for reading and for counting, and the most
//! memory that the process had. For `cargo xtask bench tally`.

use std::error::Error;
use std::time::Instant;
use yishi_tally::budget::{Election, count};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(file), Some(rule), Some(utility)) = (args.next(), args.next(), args.next()) else {
        return Err("bench_budget FILE RULE UTILITY".into());
    };
    let start = Instant::now();
    let election = Election::parse(&std::fs::read_to_string(file)?)?;
    let read = start.elapsed().as_secs_f64();
    let outcome = count(&election, rule.parse()?, utility.parse()?)?;
    let counted = start.elapsed().as_secs_f64() - read;
    // Where the system tells it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    let told = serde_json::json!({
        "outcome": outcome,
        "votes": election.votes(),
        "read_s": read,
        "count_s": counted,
        "peak_kb": peak,
    });
    println!("{told}");
    Ok(())
}
