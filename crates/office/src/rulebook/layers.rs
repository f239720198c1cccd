//! Packs laid over each other: what lies nearer overrides what lies above, table by table.
//! Whole arrays are replaced, since half of somebody else's list of categories is no list.

use toml::{Table, Value};

/// The text of a pack in which each layer overrides those before it: the shipped one first,
/// the street's, then the community's own.
///
/// # Errors
/// When a layer is no TOML, with its place in the list.
pub fn layered(layers: &[&str]) -> Result<String, (usize, toml::de::Error)> {
    let mut whole = Table::new();
    for (n, text) in layers.iter().enumerate() {
        let table = text.parse::<Table>().map_err(|error| (n, error))?;
        lay(&mut whole, table);
    }
    Ok(whole.to_string())
}

fn lay(below: &mut Table, over: Table) {
    for (key, value) in over {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(over)) => lay(below, over),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_domain::features::RULES;
    use yishi_kernel::Pack;
    use yishi_kernel::rules::{Limits, shipped};

    #[test]
    fn what_lies_nearer_overrides_and_the_rest_is_inherited() {
        let base = shipped(RULES);
        let street = "[limits]\ntext = 900\nphotos = 2\n";
        let community = "[limits]\nphotos = 1\n";
        let text = layered(&[&base, street, community]).unwrap();
        let pack = Pack::read(&text, RULES).unwrap();
        let limits = pack.section::<Limits>();
        assert_eq!((limits.text, limits.photos), (900, 1));
        let plain = Pack::read(&base, RULES).unwrap();
        assert_eq!(limits.summary, plain.section::<Limits>().summary);
        assert_ne!(pack.digest(), plain.digest());
        // The same layers make the same text, and so the same digest.
        assert_eq!(layered(&[&base, street, community]).unwrap(), text);
    }

    #[test]
    fn a_layer_that_does_not_read_is_told_by_its_place() {
        let (n, _) = layered(&["a = 1\n", "[[["]).unwrap_err();
        assert_eq!(n, 1);
    }
}
