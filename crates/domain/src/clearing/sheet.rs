//! The sheet of a run 清账单: its lines, what they come to, and the text by whose digest it is known.
//! All of it follows from the run and its items, so that anybody computes it again, byte for byte. No
//! text that somebody wrote is part of it, since such a text can be taken back.

use super::{HeldBy, Outcome, RunId, Thing, Verdict, Waited};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yishi_kernel::{Moment, PlaceId};

/// What a sheet is of (清账单抬头).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which run.
    pub run: RunId,
    /// The place whose books were cleared.
    pub place: PlaceId,
    /// When it began.
    pub opened: Moment,
}

/// A line of a sheet (清账单一行).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of the thing's first entry.
    pub number: u64,
    /// What.
    pub thing: Thing,
    /// Since when it is open.
    pub since: Moment,
    /// The step that waited.
    pub step: Waited,
    /// Who held that.
    pub holder: HeldBy,
    /// By when it was due.
    pub due: Moment,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// The number of the entry that says so.
    pub entry: Option<u64>,
    /// By when its next step is due.
    pub day: Option<Moment>,
}

/// What lines come to (清账合计).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many things.
    pub total: u64,
    /// How many of them came since the run before began.
    pub fresh: u64,
    /// How many were overdue when they were taken in.
    pub overdue: u64,
    /// How many are marked in each way.
    pub by: BTreeMap<Outcome, u64>,
    /// The one that is open the longest: its number, and since when.
    pub oldest: Option<(Moment, u64)>,
}

/// The canonical text of a sheet: one line for each thing, in the order of their numbers.
#[must_use]
pub fn text(head: &Head, lines: &[Line]) -> String {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|a, b| (a.number, &a.thing).cmp(&(b.number, &b.thing)));
    let Head { run, place, opened } = head;
    let mut out =
        format!("clearing 1\nrun {run}\nplace {place}\nopened {}\nitems {}\n", opened.0, sorted.len());
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    for line in sorted {
        let _ = writeln!(
            out,
            "{} {} {} {} {} {} {} {} {}",
            line.number,
            line.thing.as_str(),
            line.since.0,
            line.step.as_str(),
            line.holder.key(),
            line.due.0,
            line.outcome.map_or("-", Outcome::word),
            or_none(line.entry.map(|entry| entry.to_string())),
            or_none(line.day.map(|day| day.0.to_string())),
        );
    }
    out
}

/// What lines come to. `after` is when the run before began.
#[must_use]
pub fn figures<'a>(lines: impl Iterator<Item = &'a Line>, opened: Moment, after: Option<Moment>) -> Figures {
    let mut figures = Figures::default();
    for line in lines {
        figures.total += 1;
        figures.fresh += u64::from(after.is_none_or(|after| line.since > after));
        figures.overdue += u64::from(line.due <= opened);
        if let Some(outcome) = line.outcome {
            *figures.by.entry(outcome).or_default() += 1;
        }
        let own = (line.since, line.number);
        figures.oldest = Some(figures.oldest.map_or(own, |oldest| oldest.min(own)));
    }
    figures
}

/// The same for each who held something.
#[must_use]
pub fn by_holder(lines: &[Line], opened: Moment, after: Option<Moment>) -> BTreeMap<HeldBy, Figures> {
    let mut of: BTreeMap<HeldBy, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        of.entry(line.holder).or_default().push(line);
    }
    of.into_iter().map(|(holder, lines)| (holder, figures(lines.into_iter(), opened, after))).collect()
}

/// What came of what was said of a thing at the run before: nothing where it had ended by then. `now`
/// is its line in the next run, which has none of what had ended when that began, at `opened`.
#[must_use]
pub fn verdict(before: &Line, now: Option<&Line>, opened: Moment) -> Option<Verdict> {
    match (before.outcome, now) {
        (None | Some(Outcome::Closed | Outcome::Withdrawn), _) => None,
        (Some(_), None) => Some(Verdict::Ended),
        (Some(_), Some(_)) => {
            let missed = before.day.is_some_and(|day| day <= opened);
            Some(if missed { Verdict::Missed } else { Verdict::Running })
        }
    }
}
