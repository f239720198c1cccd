//! `yishi deadline`: says when something is due and how that was reckoned, as one JSON object. It
//! opens no store; what the rules are is in the crate `yishi-calendar`.

use crate::Stop;
use clap::Args;
use jiff::civil::DateTime;
use serde::Serialize;
use std::io::Write as _;
use std::path::PathBuf;
use yishi_calendar::{Calendar, Deadline, Pauses, Span, Step, Taken, Unit, deadline};

/// What to reckon.
#[derive(Debug, Args)]
pub struct Options {
    /// From when, in China: 2026-09-28T15:00
    #[arg(long)]
    from: DateTime,
    /// How long it may take: 2 h, 15 days, 1 month, "3 working days", "6 working hours"
    #[arg(long = "for", value_name = "SPAN")]
    span: Span,
    /// When the clock stands still: 2026-10-09T09:00..2026-10-10T18:00. Repeatable
    #[arg(long = "pause", value_name = "FROM..TO", value_parser = Pauses::read)]
    pauses: Vec<(DateTime, DateTime)>,
    /// A calendar instead of the one that is part of the program
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
}

/// What is printed.
#[derive(Serialize)]
struct Printed {
    /// The last second in which it is in time.
    due: String,
    breakdown: Vec<PrintedDay>,
    /// By which notices; the years that have none.
    calendar: String,
    /// Whether the notice of a year that matters is still to come.
    provisional: bool,
}

#[derive(Serialize)]
struct PrintedDay {
    day: String,
    kind: &'static str,
    taken: &'static str,
    /// The number of a day that is counted, or its minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
}

/// Reckons and prints.
///
/// # Errors
/// When the calendar does not read, or it is due beyond the years.
pub fn run(options: &Options) -> Result<(), Stop> {
    let calendar = match &options.calendar {
        None => Calendar::shipped(),
        Some(file) => {
            let wrong = |why: String| Stop::Usage(format!("{}: {why}", file.display()));
            let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
            Calendar::read(&text).map_err(|error| wrong(error.to_string()))?
        }
    };
    let pauses = Pauses::of(options.pauses.iter().copied());
    let found = deadline(options.from, options.span, &calendar, &pauses);
    let found = found.map_err(|beyond| Stop::Usage(beyond.to_string()))?;
    let printed = Printed {
        due: in_time(&found, options.span.unit),
        breakdown: found.steps.iter().map(day).collect(),
        calendar: notices(&found, &calendar),
        provisional: !found.unannounced.is_empty(),
    };
    let stop = |error: &dyn std::fmt::Display| Stop::Usage(format!("cannot print the result: {error}"));
    let line = serde_json::to_string(&printed).map_err(|error| stop(&error))?;
    writeln!(std::io::stdout(), "{line}").map_err(|error| stop(&error))
}

/// The last second in which it is in time: 24:00 is read by few programs as what it is.
fn in_time(found: &Deadline, unit: Unit) -> String {
    match unit {
        Unit::Days | Unit::Months | Unit::WorkingDays => format!("{}T23:59:59+08:00", found.last),
        Unit::Minutes | Unit::WorkingMinutes => format!("{}+08:00", found.due.strftime("%Y-%m-%dT%H:%M:%S")),
    }
}

fn day(step: &Step) -> PrintedDay {
    let (taken, count) = match step.taken {
        Taken::Start => ("start, not counted", None),
        Taken::Counted(number) => ("counted", Some(number)),
        Taken::Minutes(count) => ("minutes counted", Some(count)),
        Taken::Closed => ("closed, not counted", None),
        Taken::Paused => ("paused, not counted", None),
        Taken::Moved => ("moved on from a last day off", None),
    };
    PrintedDay { day: step.day.to_string(), kind: step.kind.word(), taken, count }
}

/// The notices of the years from the start to the end.
fn notices(found: &Deadline, calendar: &Calendar) -> String {
    let mut years: Vec<i16> = found.steps.iter().map(|step| step.day.year()).collect();
    years.dedup();
    let notice = |year: i16| match calendar.notice(year) {
        Some(notice) => format!("{year}: {notice}"),
        None => format!("{year}: not announced yet, weekends and holidays of a fixed date alone"),
    };
    years.into_iter().map(notice).collect::<Vec<_>>().join("; ")
}
