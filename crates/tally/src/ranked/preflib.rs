//! The ordinal formats of PrefLib: lines `# KEY: value`, then `count: 1,{2,3},4`. What the
//! header says of the orders (`DATA TYPE`, `NUMBER VOTERS`) must be true of them; whether equal
//! orders are merged is no matter, and keys that say nothing of the count are passed over.

use std::collections::BTreeMap;

use super::line::{Line, a_candidate, a_count, a_smaller_count, another_candidate, at_end_of_file};
use super::profile::Seen;
use super::{Ballot, Profile};
use crate::{Malformed, Sentence};

pub(super) fn parse<'a>(lines: impl Iterator<Item = Line<'a>>) -> Result<Profile, Malformed> {
    let mut header = Header::default();
    let mut body: Option<Body> = None;
    let mut last = 0;
    for mut line in lines {
        last = line.number();
        match &mut body {
            None if line.eat('#') => header.read(line)?,
            None => body.insert(header.body(&line)?).read(line, header.shape)?,
            Some(body) => body.read(line, header.shape)?,
        }
    }
    let Some(Body { mut profile, .. }) = body else {
        return Err(at_end_of_file(
            last,
            Sentence::new("至少一行选票，如“3: 1,2”", "at least one order, like `3: 1,2`"),
        ));
    };
    if let Some((voters, place)) = &header.voters
        && *voters != profile.voters()
    {
        let sum = profile.voters();
        return Err(place.error(Sentence::new(
            format!("各行票数之和 {sum}"),
            format!("{sum}, the sum of the orders below"),
        )));
    }
    profile.set_names(header.checked_names(profile.candidates())?);
    Ok(profile)
}

/// Whether every candidate is ranked on every ballot.
#[derive(Clone, Copy, PartialEq)]
enum Completeness {
    Complete,
    Any,
}

/// Whether candidates may share a rank.
#[derive(Clone, Copy, PartialEq)]
enum Strictness {
    Strict,
    Any,
}

#[derive(Clone, Copy)]
struct Shape {
    completeness: Completeness,
    strictness: Strictness,
}

impl Shape {
    const ANY: Self = Self { completeness: Completeness::Any, strictness: Strictness::Any };

    fn of(word: &str) -> Option<Self> {
        let (completeness, strictness) = match word {
            "soc" => (Completeness::Complete, Strictness::Strict),
            "soi" => (Completeness::Any, Strictness::Strict),
            "toc" => (Completeness::Complete, Strictness::Any),
            "toi" => (Completeness::Any, Strictness::Any),
            _ => return None,
        };
        Some(Self { completeness, strictness })
    }
}

struct Header<'a> {
    shape: Shape,
    candidates: Option<usize>,
    voters: Option<(u64, Line<'a>)>,
    names: BTreeMap<usize, (&'a str, Line<'a>)>,
}

impl Default for Header<'_> {
    fn default() -> Self {
        Self { shape: Shape::ANY, candidates: None, voters: None, names: BTreeMap::new() }
    }
}

impl<'a> Header<'a> {
    /// A line after its `#`.
    fn read(&mut self, mut line: Line<'a>) -> Result<(), Malformed> {
        line.skip_spaces();
        let mut key_line = line.clone();
        let key = line.until(':').trim_end();
        if !line.eat(':') {
            return Ok(());
        }
        line.skip_spaces();
        let place = line.clone();
        match key {
            "NUMBER ALTERNATIVES" => {
                let most = Profile::MOST_CANDIDATES;
                let expected = Sentence::new(
                    format!("候选数 1 至 {most}"),
                    format!("a number of candidates from 1 to {most}"),
                );
                let candidates = line.size(most, &expected)?;
                once(&mut self.candidates, candidates, line, || place.error(said_once()))?;
            }
            "NUMBER VOTERS" => {
                let expected = Sentence::new("投票人数", "a number of voters");
                let voters = line.whole(0, u64::MAX, &expected)?;
                once(&mut self.voters, (voters, place.clone()), line, || place.error(said_once()))?;
            }
            "DATA TYPE" => {
                let expected = Sentence::new("soc、soi、toc 或 toi", "soc, soi, toc or toi");
                self.shape = Shape::of(line.rest().trim_end()).ok_or_else(|| line.error(expected))?;
            }
            _ if key.starts_with("ALTERNATIVE NAME ") => {
                key_line.until(' ');
                key_line.eat(' ');
                key_line.until(' ');
                let most = Profile::MOST_CANDIDATES;
                key_line.skip_spaces();
                let place = key_line.clone();
                let number = key_line.size(most, &a_candidate(most))?;
                let again = self.names.insert(number, (line.rest().trim(), place.clone())).is_some();
                key_line.skip_spaces();
                if again || !key_line.rest().starts_with(':') {
                    return Err(place.error(another_name()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Ready for the first order, which is at `line`.
    fn body(&self, line: &Line<'a>) -> Result<Body, Malformed> {
        let candidates = self.candidates.ok_or_else(|| {
            line.error(Sentence::new(
                "选票之前的“# NUMBER ALTERNATIVES: n”",
                "`# NUMBER ALTERNATIVES: n` before the orders",
            ))
        })?;
        let profile = Profile::empty(vec![String::new(); candidates], None);
        Ok(Body { profile, seen: Seen::new(candidates) })
    }

    fn checked_names(self, candidates: usize) -> Result<Vec<String>, Malformed> {
        let mut names = vec![String::new(); candidates];
        for (number, (text, place)) in self.names {
            match number.checked_sub(1).and_then(|at| names.get_mut(at)) {
                Some(name) => text.clone_into(name),
                None => return Err(place.error(a_candidate(candidates))),
            }
        }
        Ok(names)
    }
}

/// Keep what the line says, which is all it says, and which no line said before.
fn once<T>(
    slot: &mut Option<T>,
    value: T,
    mut line: Line<'_>,
    repeated: impl FnOnce() -> Malformed,
) -> Result<(), Malformed> {
    if !line.at_end() {
        return Err(line.error(Sentence::new("行末", "the end of the line")));
    }
    if slot.replace(value).is_some() { Err(repeated()) } else { Ok(()) }
}

fn said_once() -> Sentence {
    Sentence::new("此项只写一次", "this key only once")
}

fn another_name() -> Sentence {
    Sentence::new("尚未命名的候选编号及“:”", "a candidate who has no name yet, then `:`")
}

struct Body {
    profile: Profile,
    seen: Seen,
}

impl Body {
    fn read(&mut self, mut line: Line<'_>, shape: Shape) -> Result<(), Malformed> {
        let place = line.clone();
        let mut ballot = Ballot::empty(line.whole(1, u64::MAX, &a_count())?);
        if !line.eat(':') {
            return Err(line.error(Sentence::new("“:”", "`:`")));
        }
        self.seen.next_ballot();
        loop {
            self.group(&mut line, shape, &mut ballot)?;
            if line.at_end() {
                break;
            }
            if !line.eat(',') {
                return Err(line.error(Sentence::new("“,”或行末", "`,` or the end of the line")));
            }
        }
        let (ranked, candidates) = (ballot.order().len(), self.profile.candidates());
        if shape.completeness == Completeness::Complete && ranked < candidates {
            return Err(line.error(Sentence::new(
                format!("全部 {candidates} 个候选（soc、toc），仅有 {ranked} 个"),
                format!("all {candidates} candidates (soc, toc), not only {ranked}"),
            )));
        }
        self.profile.push(ballot).ok_or_else(|| place.error(a_smaller_count()))
    }

    /// A candidate, or several in braces.
    fn group(&mut self, line: &mut Line<'_>, shape: Shape, ballot: &mut Ballot) -> Result<(), Malformed> {
        let start = line.clone();
        if line.eat('{') {
            let mut size = 0;
            loop {
                self.candidate(line, ballot)?;
                size += 1;
                if line.eat('}') {
                    break;
                }
                if !line.eat(',') {
                    return Err(line.error(Sentence::new("“,”或“}”", "`,` or `}`")));
                }
            }
            if shape.strictness == Strictness::Strict && size > 1 {
                return Err(start.error(Sentence::new(
                    "单个候选（soc、soi 不允许并列）",
                    "one candidate (soc, soi: no ties)",
                )));
            }
        } else {
            self.candidate(line, ballot)?;
        }
        ballot.close_group();
        Ok(())
    }

    fn candidate(&mut self, line: &mut Line<'_>, ballot: &mut Ballot) -> Result<(), Malformed> {
        line.skip_spaces();
        let place = line.clone();
        let candidates = self.profile.candidates();
        let candidate = line.size(candidates, &a_candidate(candidates))? - 1;
        if self.seen.before(candidate) {
            return Err(place.error(another_candidate()));
        }
        ballot.add(candidate);
        Ok(())
    }
}
