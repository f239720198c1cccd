//! The CSV of Scottish council elections: `candidates,seats`, lines `count,first,second,…`, then
//! a line `"Candidate 1","name","party"` for each candidate and, where it is there, the ward.

use super::line::{Line, a_candidate, a_count, a_smaller_count, another_candidate, at_end_of_file};
use super::profile::Seen;
use super::{Ballot, Profile};
use crate::{Malformed, Sentence};

pub(super) fn parse<'a>(mut lines: impl Iterator<Item = Line<'a>>) -> Result<Profile, Malformed> {
    let most = Profile::MOST_CANDIDATES;
    let expected = Sentence::new(
        format!("“候选数,席位数”（候选 1 至 {most}），或 PrefLib 的“# KEY: value”"),
        format!("`candidates,seats` with 1 to {most} candidates, or `# KEY: value` of PrefLib"),
    );
    let Some(mut first) = lines.next() else {
        return Err(at_end_of_file(0, expected));
    };
    let candidates = first.size(most, &expected)?;
    comma(&mut first)?;
    let seats = first.size(
        candidates,
        &Sentence::new(
            format!("席位数 1 至 {candidates}"),
            format!("a number of seats from 1 to {candidates}"),
        ),
    )?;
    let mut last = first.number();
    only_commas(first)?;

    let mut profile = Profile::empty(vec![String::new(); candidates], Some(seats));
    let mut seen = Seen::new(candidates);
    let mut names: Vec<String> = Vec::new();
    let mut ward = None;
    for mut line in lines {
        last = line.number();
        line.skip_spaces();
        let is_ballot = line.rest().starts_with(|c: char| c.is_ascii_digit());
        if names.is_empty() && is_ballot {
            let place = line.clone();
            let ballot = ballot(line, candidates, &mut seen)?;
            profile.push(ballot).ok_or_else(|| place.error(a_smaller_count()))?;
        } else if profile.ballots().is_empty() {
            return Err(line.error(a_count()));
        } else if names.len() < candidates {
            names.push(name(line, names.len() + 1)?);
        } else if ward.replace(last).is_some() {
            return Err(line.error(Sentence::new("文件结尾", "the end of the file")));
        }
    }
    if names.len() < candidates {
        let next = names.len() + 1;
        return Err(at_end_of_file(
            last,
            Sentence::new(
                format!("选票之后的“Candidate {next}”行"),
                format!("the line of `Candidate {next}`, after the ballots"),
            ),
        ));
    }
    profile.set_names(names);
    Ok(profile)
}

fn comma(line: &mut Line<'_>) -> Result<(), Malformed> {
    if line.eat(',') { Ok(()) } else { Err(line.error(Sentence::new("“,”", "`,`"))) }
}

/// Empty fields may follow, as spreadsheets write them.
fn only_commas(mut line: Line<'_>) -> Result<(), Malformed> {
    while line.eat(',') {}
    if line.at_end() {
        Ok(())
    } else {
        Err(line.error(Sentence::new("“,”或行末", "`,` or the end of the line")))
    }
}

fn ballot(mut line: Line<'_>, candidates: usize, seen: &mut Seen) -> Result<Ballot, Malformed> {
    let mut ballot = Ballot::empty(line.whole(1, u64::MAX, &a_count())?);
    seen.next_ballot();
    comma(&mut line)?;
    loop {
        line.skip_spaces();
        let place = line.clone();
        let candidate = line.size(candidates, &a_candidate(candidates))? - 1;
        if seen.before(candidate) {
            return Err(place.error(another_candidate()));
        }
        ballot.add(candidate);
        ballot.close_group();
        let mut rest = line.clone();
        if !rest.eat(',') || !rest.rest().trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            only_commas(line)?;
            return Ok(ballot);
        }
        line = rest;
    }
}

/// The name in the line of candidate `number`; the party is left out.
fn name(mut line: Line<'_>, number: usize) -> Result<String, Malformed> {
    let place = line.clone();
    let expected = format!("Candidate {number}");
    if field(&mut line)?.trim() != expected {
        return Err(place.error(Sentence::new(format!("“{expected}”"), format!("`{expected}`"))));
    }
    comma(&mut line)?;
    let name = field(&mut line)?.trim().to_owned();
    while line.eat(',') {
        field(&mut line)?;
    }
    if line.at_end() {
        Ok(name)
    } else {
        Err(line.error(Sentence::new("“,”或行末", "`,` or the end of the line")))
    }
}

/// A field, quoted where it holds a comma; a quote in quotes is doubled.
fn field(line: &mut Line<'_>) -> Result<String, Malformed> {
    if !line.eat('"') {
        return Ok(line.until(',').to_owned());
    }
    let mut text = String::new();
    loop {
        text.push_str(line.until('"'));
        if line.rest().is_empty() {
            return Err(line.error(Sentence::new("结尾的引号", "a closing quote")));
        }
        line.eat('"');
        if !line.rest().starts_with('"') {
            return Ok(text);
        }
        line.eat('"');
        text.push('"');
    }
}
