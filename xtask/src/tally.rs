//! Counts what test runners say at their end, while their output passes through unchanged.
//! It judges nothing: the runner's exit code does.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u32,
    /// Failed, whether by a wrong answer, a crash or a time-out.
    pub failed: u32,
    /// Not run.
    pub skipped: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

impl Tally {
    /// What one line of output adds: the summary of nextest, of cargo test or of node's runner.
    fn of_line(line: &str) -> Self {
        let mut tally = Self::default();
        let summary = if line.trim_start().starts_with("Summary [") {
            line.split_once(" run: ").map(|(_, counts)| counts)
        } else {
            line.strip_prefix("test result: ")
                .and_then(|rest| rest.split_once(". "))
                .map(|(_, counts)| counts)
        };
        if let Some(counts) = summary {
            for count in counts.split([',', ';']) {
                tally.add_words(count.split_whitespace());
            }
        } else if let Some(count) = line.strip_prefix("ℹ ") {
            // Node puts the number last.
            tally.add_words(count.split_whitespace().rev());
        }
        tally
    }

    fn add_words<'a>(&mut self, mut words: impl Iterator<Item = &'a str>) {
        let Some(number) = words.next().and_then(|word| word.parse::<u32>().ok()) else { return };
        match words.next() {
            Some("passed" | "pass") => self.passed += number,
            Some("failed" | "fail" | "timed" | "exec" | "cancelled") => self.failed += number,
            Some("skipped" | "skip" | "ignored" | "todo") => self.skipped += number,
            _ => {}
        }
    }
}

/// Runs a test runner in the repository; what it prints is printed and counted. A runner that
/// fails without having counted a failure is one failure.
///
/// # Errors
/// When it cannot be started or its output not be read.
pub fn counted(command: &mut Command) -> Result<Tally, String> {
    let name = format!("{command:?}");
    let failed = |error: std::io::Error| format!("{name}: {error}");
    let mut child = command
        .current_dir(crate::root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let mut tally = std::thread::scope(|scope| {
        let errors = scope.spawn(|| err.map_or_else(Tally::default, pass_on));
        let mut tally = out.map_or_else(Tally::default, pass_on);
        tally += errors.join().unwrap_or_default();
        tally
    });
    if !child.wait().map_err(failed)?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// Prints every line and adds up what it says.
fn pass_on(output: impl Read) -> Tally {
    let mut tally = Tally::default();
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally += Tally::of_line(&line);
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(lines: &str) -> (u32, u32, u32) {
        let mut tally = Tally::default();
        for line in lines.lines() {
            tally += Tally::of_line(line);
        }
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn every_runner_is_understood() {
        let nextest =
            "     Summary [   0.003s] 9 tests run: 6 passed (1 slow), 1 failed, 2 timed out, 4 skipped";
        assert_eq!(sum(nextest), (6, 3, 4));
        assert_eq!(sum("     Summary [   0.003s] 1 test run: 1 passed, 0 skipped"), (1, 0, 0));
        let cargo = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out";
        assert_eq!(sum(cargo), (3, 1, 2));
        let node = "ℹ tests 9\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\nℹ todo 0\nℹ duration_ms 4.5";
        assert_eq!(sum(node), (5, 2, 2));
        assert_eq!(sum("9 passed by the house, 3 failed to greet"), (0, 0, 0));
    }

    #[test]
    fn a_runner_that_dies_silently_has_failed() {
        let tally = counted(Command::new("sh").args(["-c", "echo 'ℹ pass 2'; exit 3"])).unwrap_or_default();
        assert_eq!(tally.to_string(), "2 passed, 1 failed");
    }
}
