//! `yishi tally`: counts a file by a rule and prints one JSON object, or why in sentences. It
//! opens no store and changes nothing; what the rules are is in the crate `yishi-tally`.

use crate::Stop;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use yishi_office::Clock;
use yishi_tally::{Language, Malformed, Sentence, budget, owners, ranked};

/// By what kind of decision.
#[derive(Debug, Subcommand)]
pub enum What {
    /// The owners' joint decision, by heads and by area, from a JSON file.
    Owners(Owners),
    /// One or several of many, from ranked ballots of PrefLib or a Scottish council.
    Ranked(Ranked),
    /// Projects under a budget, from a `.pb` file.
    Budget(Budget),
}

/// What every count is told.
#[derive(Debug, Args)]
struct Common {
    /// The file.
    file: PathBuf,
    /// Prints the reasons in sentences instead of JSON.
    #[arg(long, value_name = "LANGUAGE", value_parser = language())]
    explain: Option<Language>,
}

/// How to count owners.
#[derive(Debug, Args)]
pub struct Owners {
    #[command(flatten)]
    common: Common,
}

/// How to count ranked ballots.
#[derive(Debug, Args)]
pub struct Ranked {
    #[command(flatten)]
    common: Common,
    /// By which rule.
    #[arg(long, value_parser = words::<ranked::Rule>(&ranked::Rule::ALL.map(ranked::Rule::word)))]
    rule: ranked::Rule,
    /// How many are elected; without it, those the file names with stv, else one.
    #[arg(long)]
    seats: Option<usize>,
}

/// How to choose projects.
#[derive(Debug, Args)]
pub struct Budget {
    #[command(flatten)]
    common: Common,
    /// By which rule.
    #[arg(long, value_parser = words::<budget::Rule>(&budget::Rule::ALL.map(budget::Rule::word)))]
    rule: budget::Rule,
    /// What a project is worth to a voter.
    #[arg(
        long,
        default_value = "cost",
        value_parser = words::<budget::Utility>(&budget::Utility::ALL.map(budget::Utility::word)),
    )]
    utility: budget::Utility,
}

/// One of a few words, which the help names.
fn words<T>(words: &[&'static str]) -> impl TypedValueParser<Value = T> + use<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

fn language() -> impl TypedValueParser<Value = Language> {
    const CHINESE: &str = "zh";
    PossibleValuesParser::new([CHINESE, "en"]).map(|word| match word.as_str() {
        CHINESE => Language::Chinese,
        _ => Language::English,
    })
}

/// Counts and prints.
///
/// # Errors
/// When the file cannot be read, is malformed or does not fit the rule; then nothing is printed.
pub fn run(what: &What) -> Result<(), Stop> {
    match what {
        What::Owners(Owners { common }) => {
            let poll = common.read(owners::Poll::parse)?;
            let today = common.fits(today())?;
            let outcome = common.fits(owners::count(&poll, &owners::Rules::default(), today))?;
            common.print(&outcome, || owners::explain(&outcome))
        }
        What::Ranked(Ranked { common, rule, seats }) => {
            let profile = common.read(ranked::Profile::parse)?;
            let outcome = common.fits(ranked::count(&profile, *rule, *seats))?;
            common.print(&outcome, || outcome.explain().to_vec())
        }
        What::Budget(Budget { common, rule, utility }) => {
            let election = common.read(budget::Election::parse)?;
            let outcome = common.fits(budget::count(&election, *rule, *utility))?;
            common.print(&outcome, || outcome.explain.clone())
        }
    }
}

/// 今天, in China Standard Time.
fn today() -> Result<owners::Date, owners::NoDate> {
    Clock::System.now().date().to_string().parse()
}

impl Common {
    fn read<T>(&self, parse: impl FnOnce(&str) -> Result<T, Malformed>) -> Result<T, Stop> {
        let bytes = std::fs::read(&self.file).map_err(|error| self.stop(error))?;
        text(&bytes).and_then(parse).map_err(|malformed| at(&self.file, &malformed))
    }

    fn fits<T, E: Display>(&self, result: Result<T, E>) -> Result<T, Stop> {
        result.map_err(|error| self.stop(error))
    }

    fn stop(&self, why: impl Display) -> Stop {
        Stop::Usage(format!("{}: {why}", self.file.display()))
    }

    /// All at once, so that nothing stands there in part.
    fn print(&self, outcome: &impl Serialize, explain: impl FnOnce() -> Vec<Sentence>) -> Result<(), Stop> {
        let mut printed = String::new();
        match self.explain {
            None => {
                printed = self.fits(serde_json::to_string(outcome))?;
                printed.push('\n');
            }
            Some(language) => {
                for sentence in explain() {
                    printed.push_str(sentence.say(language));
                    printed.push('\n');
                }
            }
        }
        let written = std::io::stdout().write_all(printed.as_bytes());
        written.map_err(|error| Stop::Usage(format!("cannot print the result: {error}")))
    }
}

fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        let good = String::from_utf8_lossy(good);
        let line = good.rsplit('\n').next().unwrap_or_default();
        let first = bad.first().map(|byte| format!("byte {byte:#04x}")).unwrap_or_default();
        Malformed::new(
            good.matches('\n').count() + 1,
            line.chars().count() + 1,
            Sentence::new("UTF-8 文字", "text in UTF-8"),
            &first,
        )
    })
}

/// As compilers say it, so that editors find the place.
fn at(file: &Path, malformed: &Malformed) -> Stop {
    let Malformed { line, column, expected, found } = malformed;
    Stop::Usage(format!("{}:{line}:{column}: expected {}, found {found}", file.display(), expected.en))
}
