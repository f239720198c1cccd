//! The journeys in the browser and their names. A journey is called like its file in `e2e/`,
//! or as the titles of its tests begin: `market on sqlite, …`. Running them is the test step's.

use crate::root;
use std::collections::BTreeMap;

/// How Node's runner is told to run something: options, then files.
pub type Arguments = Vec<String>;

/// All of them, file by file, named one by one: what a folder means differs between Nodes.
///
/// # Errors
/// When their folder cannot be read.
pub fn all() -> Result<Arguments, String> {
    Ok(sources()?.into_keys().map(|file| path(&file)).collect())
}

/// The one of this name and nothing else.
///
/// # Errors
/// When there is none; the error names those there are.
pub fn named(name: &str) -> Result<Arguments, String> {
    let mut journeys = journeys(&sources()?);
    journeys.remove(name).ok_or_else(|| {
        let known: Vec<String> = journeys.into_keys().collect();
        format!("no journey is called {name}; there are: {}", known.join(", "))
    })
}

/// Names and texts of the files.
fn sources() -> Result<BTreeMap<String, String>, String> {
    let failed = |error: std::io::Error| format!("e2e: {error}");
    let mut sources = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("e2e")).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if let Some(name) = entry.file_name().to_str().and_then(|name| name.strip_suffix(".test.mjs")) {
            sources.insert(name.to_owned(), std::fs::read_to_string(entry.path()).map_err(failed)?);
        }
    }
    Ok(sources)
}

fn path(file: &str) -> String {
    format!("e2e/{file}.test.mjs")
}

/// Every name and how to run what it names; a file's name goes before a title's.
fn journeys(sources: &BTreeMap<String, String>) -> BTreeMap<String, Arguments> {
    let mut journeys = BTreeMap::new();
    for (file, text) in sources {
        for title in text.split("test(").skip(1).filter_map(|rest| rest.strip_prefix(['"', '`'])) {
            if let Some((name, _)) = title.split_once(" on ")
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            {
                let only = format!("--test-name-pattern=^{name} on ");
                journeys.insert(name.to_owned(), vec![only, path(file)]);
            }
        }
    }
    journeys.extend(sources.keys().map(|file| (file.clone(), vec![path(file)])));
    journeys
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_journey_is_called_like_its_file_or_its_tests() {
        let text = "for (…) {\n  test(`danger on ${store}`, …\n  test(\"a lamp on a stair\", …\n  test(`market on x`";
        let sources =
            BTreeMap::from([("market".to_owned(), text.to_owned()), ("looks".to_owned(), String::new())]);
        let journeys = journeys(&sources);
        assert_eq!(journeys.keys().collect::<Vec<_>>(), ["danger", "looks", "market"]);
        assert_eq!(journeys["danger"], ["--test-name-pattern=^danger on ", "e2e/market.test.mjs"]);
        assert_eq!(journeys["market"], ["e2e/market.test.mjs"]);
    }

    #[test]
    fn a_name_nobody_knows_is_answered_with_those_there_are() {
        let error = named("nosuch").unwrap_err();
        for known in ["nosuch", "first-matter", "market"] {
            assert!(error.contains(known), "{error}");
        }
    }

    #[test]
    fn all_are_found_and_nothing_else() {
        let all = all().unwrap();
        assert!(all.contains(&"e2e/market.test.mjs".to_owned()));
        assert!(all.iter().all(|file| file.ends_with(".test.mjs")));
    }
}
