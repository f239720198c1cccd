//! Whether all that was acknowledged is there, once, with its content: in a backup, which is a
//! reader of its own over both stores, and on the pages that people were sent to.

use super::http::Request;
use super::load::choice_of;
use super::program::{Place, Program, Served};
use super::witness::{Deed, Sent, marks};
use std::collections::HashMap;
use std::path::Path;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Marks of what was acknowledged and is not there, or says something else.
    pub lost: Vec<String>,
    /// Marks of what is there twice.
    pub twice: Vec<String>,
}

/// Compares what was sent with what the store holds. Nobody may be writing to it.
pub fn in_ledger(program: &Program, place: &Place, sent: &[Sent], folder: &Path) -> Result<Found, String> {
    let backup = folder.join("torture.tar");
    drop(std::fs::remove_file(&backup));
    let to = backup.to_str().ok_or("the folder has an odd name")?;
    program.must(&["backup", "--without-keys", "--to", to], place)?;
    let bytes = std::fs::read(&backup).map_err(|error| format!("{to}: {error}"))?;
    std::fs::remove_file(&backup).map_err(|error| format!("{to}: {error}"))?;
    Ok(compared(sent, &counted(&bytes)?))
}

/// How often each mark stands in the entries and their private values.
fn counted(backup: &[u8]) -> Result<HashMap<String, usize>, String> {
    let mut counts = HashMap::new();
    for (name, part) in parts(backup)? {
        if name.starts_with("tables/event/") || name.starts_with("tables/private/") {
            for mark in marks(&String::from_utf8_lossy(part)) {
                *counts.entry(mark.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

/// The parts of a tar file, each with its name.
fn parts(bytes: &[u8]) -> Result<Vec<(String, &[u8])>, String> {
    const BLOCK: usize = 512;
    let text = |field: &[u8]| String::from_utf8_lossy(field).trim_matches(['\0', ' ']).to_owned();
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while let Some((head, body)) = rest.split_at_checked(BLOCK).filter(|(head, _)| head[0] != 0) {
        let size = usize::from_str_radix(&text(&head[124..136]), 8).map_err(|_| "the backup is no tar")?;
        parts.push((text(&head[..100]), body.get(..size).ok_or("the backup is cut off")?));
        rest = body.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
    }
    Ok(parts)
}

fn compared(sent: &[Sent], counts: &HashMap<String, usize>) -> Found {
    let mut found = Found::default();
    for one in sent.iter().filter(|one| one.deed.leaves_its_mark()) {
        match counts.get(&one.mark).copied().unwrap_or_default() {
            0 if one.told.is_some() => found.lost.push(format!("{:?} {}", one.deed, one.mark)),
            0 | 1 => {}
            _ => found.twice.push(format!("{:?} {}", one.deed, one.mark)),
        }
    }
    found
}

/// Looks at the pages that people were sent to: each must say what they had said.
pub fn on_pages(served: &Served, sent: &[Sent]) -> Result<Found, String> {
    let mut found = Found::default();
    for one in sent {
        let Some(told) = &one.told else { continue };
        let shown = match one.deed {
            Deed::Note => continue,
            Deed::Join | Deed::SignIn => String::new(),
            Deed::Vote => format!("You voted: {}", choice_of(&one.mark).1),
            Deed::Raise => one.mark.clone(),
        };
        let answer = Request::get(told, &one.request.cookie).send(served.at);
        let answer = answer.ok_or_else(|| format!("{told} is not answered"))?;
        if answer.status != 200 || !answer.body.contains(&shown) {
            found.lost.push(format!("{:?} {} (status {})", one.deed, one.mark, answer.status));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::witness::mark;
    use super::*;

    fn sent(number: u64) -> Sent {
        Sent { deed: Deed::Raise, mark: mark(number), request: Request::get("/", ""), told: None }
    }

    fn acknowledged(number: u64) -> Sent {
        Sent { told: Some("/r/1".to_owned()), ..sent(number) }
    }

    /// A part of a tar file.
    fn part(name: &str, text: &str) -> Vec<u8> {
        let mut block = vec![0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        block.extend(text.as_bytes());
        block.resize(block.len().next_multiple_of(512), 0);
        block
    }

    #[test]
    fn what_is_missing_counts_as_lost_and_what_is_there_twice_as_twice() {
        let all = [acknowledged(1), acknowledged(2), acknowledged(3), sent(4), sent(5)];
        let text = [&all[0].mark, &all[1].mark, &all[1].mark, &all[3].mark].map(|mark| format!("灯{mark}。"));
        let backup = [
            part("about.json", &all[2].mark),
            part("tables/event/1.jsonl", &text[..2].concat()),
            part("tables/private/1.jsonl", &text[2..].concat()),
            vec![0; 1024],
        ];
        let found = compared(&all, &counted(&backup.concat()).unwrap());
        assert_eq!(found.lost, [format!("Raise {}", all[2].mark)]);
        assert_eq!(found.twice, [format!("Raise {}", all[1].mark)]);
        assert!(counted(&backup.concat()[..520]).is_err(), "cut off");
    }
}
