//! The numbers of a pack that stand beside their source, and a pack in which some are otherwise. How
//! far a number may be changed stands beside it; who may change it, and for which place, is said by
//! others.

use super::PackError;
use crate::due::Unit;
use toml::{Table, Value};

/// A number of a pack, with where it comes from (规则数字).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The section that it stands in.
    pub section: String,
    /// What it is of, within all sections: `matters-receive`. A table with one deadline goes by its
    /// own name, any other number by that of its field behind it.
    pub of: String,
    /// What is counted, where it is a deadline.
    pub unit: Option<Unit>,
    /// The number.
    pub count: i64,
    /// How far it may be changed; none where it may not.
    pub between: Option<Between>,
    /// Legal article or local rule.
    pub source: String,
}

impl Number {
    /// In what it may be counted: whoever may change days may count them by the working calendar,
    /// and the other way round.
    #[must_use]
    pub fn units(&self) -> Vec<Option<Unit>> {
        match self.unit {
            Some(Unit::Days | Unit::WorkingDays) => vec![Some(Unit::Days), Some(Unit::WorkingDays)],
            unit => vec![unit],
        }
    }

    /// Whether it may read so.
    #[must_use]
    pub fn may_be(&self, unit: Option<Unit>, count: i64) -> bool {
        let within = self.between.is_some_and(|Between(least, most)| (least..=most).contains(&count));
        within && self.units().contains(&unit)
    }
}

/// The least and the most that a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between(pub i64, pub i64);

/// A number that is to be otherwise, and by what (改动).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which, as [`Number::of`] says it.
    pub of: String,
    /// What is counted.
    pub unit: Option<Unit>,
    /// How many.
    pub count: i64,
    /// Where it comes from, as the pack is to say it.
    pub source: String,
}

/// A pack with changes laid over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its text: as it was, to the byte, where nothing is otherwise.
    pub text: String,
    /// Of which numbers the changes were left out: the pack has no such number, or does not let it
    /// be so.
    pub left_out: Vec<String>,
}

/// A number where it stands in a pack's text.
struct Place {
    number: Number,
    /// The tables that lead there.
    tables: Vec<String>,
    field: String,
}

/// The numbers of a pack that stand beside their source, section by section, in the order of the
/// text. Lists are passed over: what stands in them has pages of its own.
///
/// # Errors
/// When it is no TOML.
pub fn numbers(text: &str) -> Result<Vec<Number>, PackError> {
    Ok(places(&read(text)?).into_iter().map(|place| place.number).collect())
}

/// A pack in which some numbers are otherwise.
///
/// # Errors
/// When it is no TOML.
pub fn changed(text: &str, changes: &[Change]) -> Result<Changed, PackError> {
    let mut table = read(text)?;
    let places = places(&table);
    let mut left_out = Vec::new();
    for change in changes {
        let place = places.iter().find(|place| place.number.of == change.of);
        match place.filter(|place| place.number.may_be(change.unit, change.count)) {
            Some(place) => put(&mut table, place, change),
            None => left_out.push(change.of.clone()),
        }
    }
    let same = left_out.len() == changes.len();
    let text = if same { text.to_owned() } else { table.to_string() };
    Ok(Changed { text, left_out })
}

fn read(text: &str) -> Result<Table, PackError> {
    text.parse().map_err(|error: toml::de::Error| PackError::Text(error.to_string()))
}

fn put(table: &mut Table, place: &Place, change: &Change) {
    let mut at = table;
    for name in &place.tables {
        let Some(Value::Table(below)) = at.get_mut(name) else { return };
        at = below;
    }
    at.remove(&place.field);
    let field = change.unit.map_or_else(|| place.field.clone(), |unit| unit.field().to_owned());
    at.insert(field, Value::Integer(change.count));
    at.insert("source".to_owned(), Value::String(change.source.clone()));
}

fn places(pack: &Table) -> Vec<Place> {
    let mut all = Vec::new();
    for (section, value) in pack {
        if let Value::Table(table) = value {
            places_in(std::slice::from_ref(section), table, &mut all);
        }
    }
    all
}

fn places_in(tables: &[String], table: &Table, all: &mut Vec<Place>) {
    let source = table.get("source").and_then(Value::as_str).unwrap_or_default();
    let found: Vec<(&String, i64)> =
        table.iter().filter_map(|(field, value)| Some((field, value.as_integer()?))).collect();
    for (field, count) in &found {
        let unit = Unit::written(field).filter(|_| found.len() == 1);
        let of = tables.join("-");
        let number = Number {
            section: tables.first().cloned().unwrap_or_default(),
            of: if unit.is_some() { of } else { format!("{of}-{field}") },
            unit,
            count: *count,
            between: between(table, field),
            source: source.to_owned(),
        };
        all.push(Place { number, tables: tables.to_vec(), field: (*field).clone() });
    }
    for (name, value) in table {
        if let Value::Table(below) = value {
            places_in(&[tables, std::slice::from_ref(name)].concat(), below, all);
        }
    }
}

/// How far a field may be changed: `between = [1, 9]` beside a number that stands alone, and
/// `between = { text = [1, 9] }` beside several.
fn between(table: &Table, field: &str) -> Option<Between> {
    let both = match table.get("between")? {
        Value::Table(each) => each.get(field)?,
        one => one,
    };
    match both.as_array()?.as_slice() {
        [least, most] => Some(Between(least.as_integer()?, most.as_integer()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PACK: &str = "# 说明\n[b.reply]\nworking_days = 2\nbetween = [1, 5]\nsource = \"甲\"\n[a]\ntext = 9\ndays = 1\nbetween = { text = [5, 20] }\nsource = \"乙\"\n[[a.list]]\ncount = 3\n";

    fn change(of: &str, unit: Option<Unit>, count: i64) -> Change {
        Change { of: of.to_owned(), unit, count, source: "丙".to_owned() }
    }

    #[test]
    fn a_number_is_told_with_what_it_is_of_its_source_and_how_far_it_may_be_changed() {
        let of = |number: &Number| {
            (number.of.clone(), number.unit, number.count, number.between, number.source.clone())
        };
        let found: Vec<_> = numbers(PACK).unwrap().iter().map(of).collect();
        assert_eq!(found.len(), 3);
        let reply = ("b-reply".to_owned(), Some(Unit::WorkingDays), 2, Some(Between(1, 5)), "甲".to_owned());
        assert!(found.contains(&reply));
        assert!(found.contains(&("a-text".to_owned(), None, 9, Some(Between(5, 20)), "乙".to_owned())));
        let days = ("a-days".to_owned(), None, 1, None, "乙".to_owned());
        assert!(found.contains(&days), "no deadline among others");
        assert!(numbers("[[[").is_err());
    }

    #[test]
    fn a_change_puts_number_unit_and_source_in_the_place_of_what_stood_there() {
        let made =
            changed(PACK, &[change("b-reply", Some(Unit::Days), 5), change("a-text", None, 5)]).unwrap();
        assert!(made.left_out.is_empty());
        let now = numbers(&made.text).unwrap();
        let one = |of: &str| now.iter().find(|number| number.of == of).unwrap();
        assert_eq!((one("b-reply").unit, one("b-reply").count), (Some(Unit::Days), 5));
        assert_eq!((one("b-reply").between, one("b-reply").source.as_str()), (Some(Between(1, 5)), "丙"));
        assert_eq!((one("a-text").count, one("a-days").count, now.len()), (5, 1, 3));
        // The same changes make the same text, and so the same digest.
        let back = changed(&made.text, &[change("b-reply", Some(Unit::WorkingDays), 2)]).unwrap();
        assert_eq!(changed(&back.text, &[change("b-reply", Some(Unit::Days), 5)]).unwrap().text, made.text);
    }

    #[test]
    fn what_a_pack_does_not_know_or_allow_is_left_out_and_told() {
        let wrong = [
            change("b-reply", Some(Unit::WorkingDays), 6),
            change("b-reply", Some(Unit::WorkingDays), 0),
            change("b-reply", Some(Unit::Minutes), 3),
            change("a-text", Some(Unit::Days), 6),
            change("a-days", None, 2),
            change("a-gone", None, 1),
        ];
        let made = changed(PACK, &wrong).unwrap();
        assert_eq!(made.left_out.len(), wrong.len());
        assert_eq!(made.text, PACK, "to the byte");
        assert_eq!(changed(PACK, &[]).unwrap().text, PACK);
    }
}
