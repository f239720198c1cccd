//! Whatever a command names by an id of a body, a person or a place it tells the office, which
//! looks whether that lies where it is decided. Read from the sources, so that no command is
//! forgotten.

use super::files::sources;
use std::collections::BTreeSet;

/// What else keeps such a field to what is there.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("ReportIn", "organisation", "one of those that the order calls"),
    ("FinishPart", "organisation", "one of those that the order calls"),
    ("SetPart", "organisation", "one of those that the order calls"),
    ("RulePart", "organisation", "one of those that the order calls"),
    ("UrgePart", "organisation", "one of those that the order calls"),
    ("Reply", "organisation", "one of those that the meeting invited"),
    ("Speak", "organisation", "one of those that the meeting invited"),
    ("SignIn", "organisation", "one of those that the meeting invited"),
    ("OpenAccount", "id", "made by the office"),
    ("OpenAccount", "place", "decided there"),
    ("OpenOrganisation", "place", "decided there"),
    ("OpenPlace", "parent", "decided there"),
    ("IssuePoster", "place", "decided there"),
    ("GrantRole", "place", "decided there"),
    ("RevokeRole", "place", "decided there"),
    ("Raise", "place", "decided there"),
    ("CallStairwell", "stairwell", "decided there"),
    ("Come", "doors", "households of the stairwell"),
];

/// A part of a source between the brace after a mark and the one that closes it at the margin.
fn block<'a>(source: &'a str, mark: &str) -> Option<&'a str> {
    let from = source.find(mark)?;
    let rest = &source[from..];
    let line = rest.lines().next()?;
    if line.ends_with(';') { Some(line) } else { rest.split("\n}\n").next() }
}

/// Fields of a struct, each with its type.
fn fields(declared: &str) -> Vec<(&str, &str)> {
    let field = |line: &&str| line.starts_with("    pub ") && line.ends_with(',');
    let lines = declared.lines().filter(field);
    lines
        .filter_map(|line| line.trim().trim_end_matches(',').trim_start_matches("pub ").split_once(": "))
        .collect()
}

fn names_ids(kind: &str, carriers: &BTreeSet<&str>) -> bool {
    let words = kind.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| carriers.contains(word))
}

#[test]
fn every_command_tells_what_it_names() {
    let all = sources();
    let all: Vec<&str> = all.iter().map(|source| source.split("#[cfg(test)]").next().unwrap()).collect();
    let mut carriers = BTreeSet::from(["OrganisationId", "AccountId", "PlaceId", "Holder"]);
    // What a command holds may hold them in turn.
    for _ in 0..2 {
        for source in &all {
            for declared in source.split("\npub struct ").skip(1) {
                let name = declared.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                let body = declared.split("\n}\n").next().unwrap();
                let commands = ["Command", "Start"].map(|what| format!("impl {what} for {name} "));
                let is_command = commands.iter().any(|mark| source.contains(mark));
                if name.starts_with("New")
                    && !is_command
                    && fields(body).iter().any(|(_, kind)| names_ids(kind, &carriers))
                {
                    carriers.insert(name);
                }
            }
        }
    }
    assert!(carriers.contains("NewAction"));
    let (mut silent, mut seen, mut used) = (Vec::new(), 0, BTreeSet::new());
    for source in &all {
        for mark in ["impl Command for ", "impl Start for "] {
            for found in source.split(mark).skip(1) {
                let name = found.split(' ').next().unwrap();
                seen += 1;
                let written = block(source, &format!("{mark}{name} ")).unwrap();
                let told = written.split("fn names(").nth(1).and_then(|rest| rest.split("\n    }\n").next());
                let Some(declared) = block(source, &format!("pub struct {name}")) else { continue };
                for (field, kind) in
                    fields(declared).into_iter().filter(|(_, kind)| names_ids(kind, &carriers))
                {
                    if OTHERWISE.iter().any(|(of, one, _)| (*of, *one) == (name, field)) {
                        used.insert((name, field));
                    } else if !told.is_some_and(|told| told.contains(&format!("self.{field}"))) {
                        silent.push(format!("{name}.{field}: {kind}"));
                    }
                }
            }
        }
    }
    assert!(seen > 50, "{seen}");
    assert_eq!(silent, [""; 0]);
    assert_eq!(used.len(), OTHERWISE.len(), "one of the reasons is for nothing: {used:?}");
}
