//! Reading a poll from its JSON file, strictly: every field that is not known, every word that
//! means nothing here and every area that is none is an error with its place.

use super::json::{Reader, Word};
use super::{Area, Ballot, Channel, Choice, Date, Matter, Poll, Unit};
use crate::{Malformed, Sentence};
use std::borrow::Cow;
use std::collections::HashSet;

impl Poll {
    /// Read a poll.
    ///
    /// # Errors
    /// When the file is not exactly what it should be: where, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::new(text);
        let poll = poll(&mut reader)?;
        reader.end()?;
        Ok(poll)
    }
}

const POLL: Fields = Fields(&["matter", "decided_on", "units", "scope", "ballots", "served"]);
const UNIT: Fields = Fields(&["id", "area", "owner", "kind"]);
const BALLOT: Fields = Fields(&["owner", "choice", "channel", "agent"]);
const CHOICES: [(&str, Choice); 4] = [
    ("for", Choice::For),
    ("against", Choice::Against),
    ("abstain", Choice::Abstain),
    ("invalid", Choice::Invalid),
];
const CHANNELS: [(&str, By); 4] =
    [("paper", By::Paper), ("online", By::Online), ("hand", By::Hand), ("proxy", By::Proxy)];

/// A channel before its agent is known.
#[derive(Clone, Copy)]
enum By {
    Paper,
    Online,
    Hand,
    Proxy,
}

fn poll(reader: &mut Reader<'_>) -> Result<Poll, Malformed> {
    let (mut matter, mut decided_on) = (None, None);
    let (mut units, mut scope, mut ballots, mut served) = (None, None, None, None);
    let an_object = || Sentence::new("“{”（一次表决）", "`{`, a poll");
    let end = reader.object(an_object, |reader, key| match key.text.as_ref() {
        "matter" => once(reader, &key, &mut matter, |reader| {
            one_of(reader, &Matter::ALL.map(|matter| (matter.word(), matter)))
        }),
        "decided_on" => once(reader, &key, &mut decided_on, date),
        "units" => once(reader, &key, &mut units, all_units),
        "scope" => once(reader, &key, &mut scope, |reader| list_of(reader, a_kind)),
        "ballots" => once(reader, &key, &mut ballots, all_ballots),
        "served" => once(reader, &key, &mut served, |reader| list_of(reader, an_owner)),
        _ => Err(POLL.unknown(reader, &key)),
    })?;
    Ok(Poll {
        matter: required(reader, end, matter, "matter")?,
        decided_on,
        units: required(reader, end, units, "units")?,
        scope: required(reader, end, scope, "scope")?,
        ballots: required(reader, end, ballots, "ballots")?,
        served: required(reader, end, served, "served")?,
    })
}

fn date(reader: &mut Reader<'_>) -> Result<Date, Malformed> {
    let expected = || Sentence::new("日期，如“2026-05-01”", "a date, like \"2026-05-01\"");
    let word = reader.word(expected)?;
    word.text.parse().map_err(|_| reader.wrong(word.at, expected(), &word.text))
}

fn all_units(reader: &mut Reader<'_>) -> Result<Vec<Unit>, Malformed> {
    let mut units = Vec::new();
    let mut register = UnitRegister { ids: HashSet::new(), area: Area(0) };
    reader.list(a_list, |reader| {
        units.push(unit(reader, &mut register)?);
        Ok(())
    })?;
    Ok(units)
}

/// What no two units, or all units together, may be.
struct UnitRegister<'a> {
    ids: HashSet<Cow<'a, str>>,
    area: Area,
}

fn unit<'a>(reader: &mut Reader<'a>, register: &mut UnitRegister<'a>) -> Result<Unit, Malformed> {
    let (mut id, mut area, mut owner, mut kind) = (None, None, None, None);
    let an_object = || Sentence::new("“{”（一个专有部分）", "`{`, a unit");
    let end = reader.object(an_object, |reader, key| match key.text.as_ref() {
        "id" => once(reader, &key, &mut id, |reader| name(reader, a_unit_id)),
        "area" => once(reader, &key, &mut area, area_of_unit),
        "owner" => once(reader, &key, &mut owner, |reader| name(reader, an_owner)),
        "kind" => once(reader, &key, &mut kind, |reader| name(reader, a_kind)),
        _ => Err(UNIT.unknown(reader, &key)),
    })?;
    let id: Word<'a> = required(reader, end, id, "id")?;
    let (owner, kind) = (required(reader, end, owner, "owner")?, required(reader, end, kind, "kind")?);
    let area = match area {
        None => None,
        Some((at, area)) => {
            register.area = register.area.plus(area).ok_or_else(|| {
                let most = Area(u64::MAX);
                let expected = Sentence::new(
                    format!("面积合计不超过 {most}"),
                    format!("areas that make at most {most} m² together"),
                );
                reader.wrong(at, expected, &area.to_string())
            })?;
            Some(area)
        }
    };
    let unit = Unit {
        id: id.text.clone().into_owned(),
        area,
        owner: owner.text.into_owned(),
        kind: kind.text.into_owned(),
    };
    if register.ids.contains(&id.text) {
        let expected = Sentence::new("尚未出现的房号", "the id of a unit that is not yet listed");
        return Err(reader.wrong(id.at, expected, &id.text));
    }
    register.ids.insert(id.text);
    Ok(unit)
}

fn area_of_unit(reader: &mut Reader<'_>) -> Result<(usize, Area), Malformed> {
    let expected = || {
        Sentence::new(
            "面积：带引号、大于零、最多两位小数，如“\"89.50\"”",
            "an area: in quotes, above zero, at most two decimals, like \"89.50\"",
        )
    };
    let word = reader.word(expected)?;
    let area = word.text.parse().map_err(|_| reader.wrong(word.at, expected(), &word.text))?;
    Ok((word.at, area))
}

fn all_ballots(reader: &mut Reader<'_>) -> Result<Vec<Ballot>, Malformed> {
    let mut ballots = Vec::new();
    reader.list(a_list, |reader| {
        ballots.push(ballot(reader)?);
        Ok(())
    })?;
    Ok(ballots)
}

fn ballot(reader: &mut Reader<'_>) -> Result<Ballot, Malformed> {
    let (mut owner, mut choice, mut by, mut agent) = (None, None, None, None);
    let an_object = || Sentence::new("“{”（一张表决票）", "`{`, a ballot");
    let end = reader.object(an_object, |reader, key| match key.text.as_ref() {
        "owner" => once(reader, &key, &mut owner, |reader| name(reader, an_owner)),
        "choice" => once(reader, &key, &mut choice, |reader| one_of(reader, &CHOICES)),
        "channel" => once(reader, &key, &mut by, |reader| one_of(reader, &CHANNELS)),
        "agent" => once(reader, &key, &mut agent, |reader| name(reader, an_agent)),
        _ => Err(BALLOT.unknown(reader, &key)),
    })?;
    let owner = required(reader, end, owner, "owner")?.text.into_owned();
    let choice = required(reader, end, choice, "choice")?;
    let by = required(reader, end, by, "channel")?;
    let channel = match (by, agent) {
        (By::Proxy, agent) => {
            Channel::Proxy { agent: required(reader, end, agent, "agent")?.text.into_owned() }
        }
        (By::Paper | By::Online | By::Hand, Some(agent)) => {
            let expected =
                Sentence::new("只有委托（proxy）才写受托人", "no agent, unless the channel is \"proxy\"");
            return Err(reader.wrong(agent.at, expected, &agent.text));
        }
        (By::Paper, None) => Channel::Paper,
        (By::Online, None) => Channel::Online,
        (By::Hand, None) => Channel::Hand,
    };
    Ok(Ballot { owner, choice, channel })
}

/// The fields an object may have.
struct Fields(&'static [&'static str]);

impl Fields {
    fn unknown(&self, reader: &Reader<'_>, key: &Word<'_>) -> Malformed {
        let expected = Sentence::new(
            format!("字段 {} 之一", self.0.join("、")),
            format!("one of the fields {}", self.0.join(", ")),
        );
        reader.wrong(key.at, expected, &key.text)
    }
}

/// Read the value of a field that may come once.
fn once<'a, T>(
    reader: &mut Reader<'a>,
    key: &Word<'a>,
    slot: &mut Option<T>,
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, Malformed>,
) -> Result<(), Malformed> {
    if slot.is_some() {
        let expected = Sentence::new("每个字段只写一次", "each field only once");
        return Err(reader.wrong(key.at, expected, &key.text));
    }
    *slot = Some(read(reader)?);
    Ok(())
}

/// A field that must have come before the object ends.
fn required<T>(reader: &Reader<'_>, end: usize, slot: Option<T>, field: &str) -> Result<T, Malformed> {
    slot.ok_or_else(|| {
        let expected = Sentence::new(format!("字段“{field}”"), format!("the field \"{field}\""));
        reader.wrong(end, expected, "}")
    })
}

/// A text that is not empty.
fn name<'a>(reader: &mut Reader<'a>, expected: fn() -> Sentence) -> Result<Word<'a>, Malformed> {
    let word = reader.word(expected)?;
    if word.text.is_empty() { Err(reader.wrong(word.at, expected(), "\"\"")) } else { Ok(word) }
}

fn list_of(reader: &mut Reader<'_>, expected: fn() -> Sentence) -> Result<Vec<String>, Malformed> {
    let mut names = Vec::new();
    reader.list(a_list, |reader| {
        names.push(name(reader, expected)?.text.into_owned());
        Ok(())
    })?;
    Ok(names)
}

fn one_of<T: Copy>(reader: &mut Reader<'_>, words: &[(&str, T)]) -> Result<T, Malformed> {
    let expected = || {
        let words: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
        Sentence::new(format!("{} 之一", words.join("、")), format!("one of {}", words.join(", ")))
    };
    let word = reader.word(expected)?;
    let meant = words.iter().find(|&&(one, _)| word.text == one);
    meant.map(|&(_, meaning)| meaning).ok_or_else(|| reader.wrong(word.at, expected(), &word.text))
}

fn a_list() -> Sentence {
    Sentence::new("“[”（列表）", "`[`, a list")
}

fn a_unit_id() -> Sentence {
    Sentence::new("带引号的房号", "the id of a unit, in quotes")
}

fn an_owner() -> Sentence {
    Sentence::new("带引号的业主编号", "the id of an owner, in quotes")
}

fn a_kind() -> Sentence {
    Sentence::new("带引号的类别", "a kind of unit, in quotes")
}

fn an_agent() -> Sentence {
    Sentence::new("带引号的受托人编号", "the id of an agent, in quotes")
}
