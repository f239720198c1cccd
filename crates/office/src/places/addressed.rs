//! The one place that an address names (地址所指的地点), as offices write it in their sheets:
//! 南苑3号楼2单元502, 杏林街道杏林社区南苑小区3栋. What could be two places is none, and so is what
//! names a place around it that nobody knows.

use super::meant::{Called, called, named};
use super::reads::PlaceRow;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::places::{PlaceKind, Spoken, spoken};
use yishi_kernel::PlaceId;
use yishi_store::{Db, Fault};

/// How many keys are asked for at once.
const AT_ONCE: usize = 400;

/// A place that an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Addressed {
    pub id: PlaceId,
    pub kind: PlaceKind,
}

/// The place below another one that each of some addresses names, where matters can be raised; those
/// that name none, or more than one, are not in it.
pub async fn addressed(
    db: &Db,
    below: &PlaceRow,
    addresses: &BTreeSet<&str>,
) -> Result<BTreeMap<String, PlaceId>, Fault> {
    let all = all_addressed(db, below, addresses).await?;
    let one = |(address, mut all): (String, Vec<Addressed>)| {
        all.retain(|place| place.kind.takes_matters());
        let [only] = all[..] else { return None };
        Some((address, only.id))
    };
    Ok(all.into_iter().filter_map(one).collect())
}

/// All places, this one and those below it, that each of some addresses may name.
pub(crate) async fn all_addressed(
    db: &Db,
    below: &PlaceRow,
    addresses: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<Addressed>>, Fault> {
    let readings: Vec<(&str, Vec<Spoken>)> =
        addresses.iter().map(|address| (*address, readings(address))).collect();
    let keys: BTreeSet<&str> = readings
        .iter()
        .flat_map(|(_, readings)| readings)
        .flat_map(|said| &said.keys)
        .map(String::as_str)
        .collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    let mut by_key: BTreeMap<String, Vec<Called>> = BTreeMap::new();
    for some in keys.chunks(AT_ONCE) {
        for found in called(db, &[below.ledger], some).await? {
            by_key.entry(found.key.clone()).or_default().push(found);
        }
    }
    let all = |readings: &[Spoken]| {
        let found = readings.iter().map(|said| named(&by_key, said)).find(|found| !found.is_empty());
        let within = found.into_iter().flatten().filter(|one| one.closed.is_none());
        let within = within.filter(|one| one.path.contains(&below.id));
        let by_id: BTreeMap<PlaceId, PlaceKind> = within.map(|one| (one.id, one.kind)).collect();
        by_id.into_iter().map(|(id, kind)| Addressed { id, kind }).collect()
    };
    Ok(readings.iter().map(|(address, readings)| ((*address).to_owned(), all(readings))).collect())
}

/// What an address may name, the likeliest first. Of what stands before a building as much as is
/// known counts, and something must be: 北苑3号楼 is no 3号楼 of the only compound that was opened.
fn readings(address: &str) -> Vec<Spoken> {
    let mut all = Vec::new();
    let said = spoken(address);
    let of_building = |said: &&Spoken| said.keys.last().is_some_and(|key| key.starts_with('#'));
    match said.iter().find(of_building) {
        Some(Spoken { keys, .. }) if keys.first().is_some_and(|key| !key.starts_with('#')) => {
            let (before, keys) = keys.split_at(1);
            let before: Vec<char> = before.concat().chars().collect();
            for from in 0..before.len().saturating_sub(1) {
                let around: String = before[from..].iter().collect();
                let keys = std::iter::once(around).chain(keys.iter().cloned()).collect();
                all.push(Spoken { keys, rest: Vec::new() });
            }
        }
        Some(Spoken { keys, .. }) => all.push(Spoken { keys: keys.clone(), rest: Vec::new() }),
        None => all.extend(said.into_iter().filter(|said| said.rest.is_empty())),
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_building_is_part_of_what_is_named() {
        let keys = |address: &str| -> Vec<String> {
            readings(address).into_iter().map(|said| said.keys.join(" ")).collect()
        };
        assert_eq!(keys("3号楼2单元502"), ["#b3 #u2"]);
        assert_eq!(keys("杏林南苑3栋"), ["杏林南苑 #b3", "林南苑 #b3", "南苑 #b3"]);
        assert_eq!(keys("南苑小区"), ["南苑小区"]);
        assert!(keys("不知道").iter().all(|key| key == "不知道"));
        assert!(keys("").is_empty());
    }
}
