//! The pack that ships with the program: it reads, and each number says where it comes from.

use yishi_domain::dispatch;
use yishi_domain::features::RULES;
use yishi_domain::rules::{Pack, Reader, shipped};

#[test]
fn the_shipped_pack_reads_and_cites_a_source_for_each_number() {
    let text = shipped(RULES);
    Pack::read(&text, RULES).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let mut numbers = 0;
    for (name, value) in &table {
        numbers += sourced(name, value);
    }
    assert!(numbers > 20, "{numbers}");
}

/// Every table with a number has its source beside it; how many there are.
fn sourced(name: &str, value: &toml::Value) -> usize {
    match value {
        toml::Value::Table(table) => {
            let numbers = table.values().filter(|value| value.is_integer()).count();
            let source = table.get("source").and_then(toml::Value::as_str).unwrap_or_default();
            assert!(numbers == 0 || !source.trim().is_empty(), "[{name}] has no source");
            let below = table.iter().map(|(inner, value)| sourced(&format!("{name}.{inner}"), value));
            numbers + below.sum::<usize>()
        }
        toml::Value::Array(items) => items.iter().map(|item| sourced(name, item)).sum(),
        _ => 0,
    }
}

#[test]
fn a_missing_section_comes_from_the_shipped_one() {
    let whole: toml::Table = shipped(RULES).parse().unwrap();
    let ours = Pack::read(&shipped(RULES), RULES).unwrap();
    for Reader { name, .. } in RULES {
        let mut without = whole.clone();
        assert!(without.remove(*name).is_some(), "[{name}]");
        let older = Pack::read(&without.to_string(), RULES).unwrap();
        assert_ne!(older.digest(), ours.digest());
        assert_eq!(older.section::<dispatch::Rules>(), ours.section::<dispatch::Rules>(), "[{name}]");
    }
}
