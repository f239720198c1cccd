//! No room is left out of the lists of features.

use super::files::{STREAMS, has, kinds_in_sources, rooms};
use std::collections::BTreeSet;
use yishi_domain::features::{RIGHTS, RULES};

fn rooms_with(file: &str) -> BTreeSet<String> {
    let rooms = rooms().into_iter().filter(|room| has(room, file));
    rooms.map(|room| room.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_room_with_rights_is_in_the_list() {
    let listed: BTreeSet<String> = RIGHTS.iter().map(|(feature, _)| (*feature).to_owned()).collect();
    assert_eq!(rooms_with("rights.rs"), listed);
}

#[test]
fn every_room_with_rules_is_in_the_list() {
    // Limits and the calendar are everybody's, when people are told is a story of matters, and how
    // whistles climb one of dispatch.
    let everybodys = ["limits", "calendar", "telling", "ladder"];
    let listed = RULES.iter().map(|reader| reader.name).filter(|name| !everybodys.contains(name));
    let listed = listed.map(str::to_owned);
    assert_eq!(rooms_with("rules.rs"), listed.collect());
}

#[test]
fn every_stream_is_in_the_list_once() {
    let listed: Vec<&str> = STREAMS.iter().map(|kind| kind.name).collect();
    let kinds = kinds_in_sources();
    let declared: BTreeSet<&str> = kinds.iter().filter_map(|kind| kind.split('.').next()).collect();
    assert_eq!(listed.iter().copied().collect::<BTreeSet<_>>(), declared);
    assert_eq!(listed.len(), declared.len());
}
