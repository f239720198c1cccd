//! The files that the tests read: golden ones of every kind of event ever released, the
//! sources of the rooms, and the pages that are printed.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yishi_domain::record::{Fields, Record, decode, encode};
use yishi_domain::{Actor, Loaded, Stamped, Stream};

/// A golden file: `events/<stream>/<kind>.json`, or `<kind>.<variant>.json` for another one
/// with other fields. They may only be added to.
#[derive(Clone, Debug)]
pub struct Golden {
    pub stream: String,
    pub kind: String,
    /// The file's name, to tell which one failed.
    pub name: String,
    pub public: Map<String, Value>,
    pub private: BTreeMap<String, String>,
}

impl Golden {
    fn read(stream: &str, path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let kind = name.match_indices('.').nth(2).map_or(name.as_str(), |(end, _)| &name[..end]).to_owned();
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let private = file["private"].as_object().unwrap().iter();
        let private = private.map(|(name, value)| (name.clone(), value.to_string())).collect();
        let public = file["public"].as_object().unwrap().clone();
        Self { stream: stream.to_owned(), kind, name, public, private }
    }

    /// Its fields, with the private ones.
    pub fn kept(&self) -> Fields {
        let private = self.private.iter().map(|(name, text)| (name.clone(), Some(text.clone())));
        Fields { public: self.public.clone(), private: private.collect() }
    }

    /// Its fields once the private ones were erased.
    pub fn erased(&self) -> Fields {
        let private = self.private.keys().map(|name| (name.clone(), None)).collect();
        Fields { public: self.public.clone(), private }
    }

    pub fn event<S: Stream>(&self, fields: Fields) -> Stamped<S::Event> {
        decode::<S>(&self.kind, fields).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A kind of stream, its type forgotten.
pub struct Kind {
    pub name: &'static str,
    /// Reads a golden file and writes it again.
    pub again: fn(&Golden) -> Record,
    /// Whether fields read as an event of that kind.
    pub reads: fn(&str, Fields) -> Result<(), String>,
    /// Takes its events in any order, kept or erased, and asks the state what pages ask.
    pub replay: fn(),
}

impl Kind {
    pub const fn of<S: Stream>() -> Self {
        Self {
            name: S::KIND,
            again: |golden| encode(&golden.event::<S>(golden.kept())).unwrap(),
            reads: |kind, fields| decode::<S>(kind, fields).map(drop).map_err(|error| error.to_string()),
            replay: || replay::<S>(|_| {}),
        }
    }

    /// Its golden files.
    pub fn goldens(&self) -> Vec<Golden> {
        goldens_of(self.name)
    }
}

macro_rules! kinds {
    ($($stream:ty),+) => { &[$(Kind::of::<$stream>()),+] };
}

/// All kinds of streams.
pub static STREAMS: &[Kind] = yishi_domain::all_streams!(kinds);

fn goldens_of(stream: &str) -> Vec<Golden> {
    goldens().into_iter().filter(|golden| golden.stream == stream).collect()
}

/// Takes all events of a kind of stream in any order, kept or erased, and asks the state what
/// pages ask and more.
pub fn replay<S: Stream>(ask: impl Fn(&S)) {
    let both = |one: Golden| [one.event::<S>(one.kept()), one.event::<S>(one.erased())];
    let events: Vec<_> = goldens_of(S::KIND).into_iter().flat_map(both).collect();
    let orders = prop::collection::vec(0..events.len(), 0..40);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let taken = TestRunner::new(config).run(&orders, |order| {
        let (mut loaded, mut again) = (Loaded::<S>::default(), Loaded::<S>::default());
        for index in &order {
            loaded.push(&events[*index], []);
            if let Some(state) = loaded.get() {
                let _ = (state.place(), state.at(), state.resource(&[], &Actor::visitor()));
                prop_assert!(state.waits().iter().all(|wait| !wait.holder.as_str().is_empty()));
                ask(state);
            }
        }
        order.iter().for_each(|index| again.push(&events[*index], []));
        prop_assert_eq!(again, loaded);
        Ok(())
    });
    taken.unwrap();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// All golden files, in order.
pub fn goldens() -> Vec<Golden> {
    let mut found = Vec::new();
    for folder in entries(&root().join("events")) {
        let stream = folder.file_name().unwrap().to_string_lossy().into_owned();
        found.extend(entries(&folder).iter().map(|path| Golden::read(&stream, path)));
    }
    found
}

/// Whether a room has a file.
pub fn has(room: &Path, file: &str) -> bool {
    room.join(file).is_file()
}

/// The rooms of the domain: the folders of its sources.
pub fn rooms() -> Vec<PathBuf> {
    entries(&root().join("src")).into_iter().filter(|path| path.is_dir()).collect()
}

/// The sources of the rooms.
pub fn sources() -> Vec<String> {
    let (mut sources, mut paths) = (Vec::new(), rooms());
    while let Some(path) = paths.pop() {
        match path.is_dir() {
            true => paths.extend(entries(&path)),
            false if path.extension().is_some_and(|end| end == "rs") => {
                sources.push(std::fs::read_to_string(&path).unwrap());
            }
            false => {}
        }
    }
    sources
}

/// Versioned names in `#[serde(rename = "….N")]` attributes of the rooms' sources.
pub fn kinds_in_sources() -> BTreeSet<String> {
    let versioned = |name: &&str| name.rsplit_once('.').is_some_and(|(_, n)| n.parse::<u32>().is_ok());
    let mut kinds = BTreeSet::new();
    for text in sources() {
        let names = text.lines().filter_map(|line| {
            line.trim().strip_prefix("#[serde(rename = \"").and_then(|rest| rest.strip_suffix("\")]"))
        });
        kinds.extend(names.filter(versioned).map(str::to_owned));
    }
    kinds
}

/// A page that is printed from the program. To accept a change of it, run the tests with
/// `UPDATE_GOLDEN=1` and read the difference.
pub fn printed(page: &str, now: &str) {
    let path = root().join("../../docs").join(page);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "docs/{page} differs from the program; run with UPDATE_GOLDEN=1 and review");
}

/// The names of the pages in a folder of the docs.
pub fn pages(folder: &str) -> BTreeSet<String> {
    let paths = entries(&root().join("../../docs").join(folder));
    paths.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}
