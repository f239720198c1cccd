//! Many places are opened at once: what of a plan stands already, and what is opened beside it,
//! all or nothing. How a plan is written is [`super::plan`]'s.

use super::called::numbered;
use super::open::{Above, opened};
use super::plan::{Plan, key};
use super::{Event, KEEP, PlaceKind};
use std::collections::HashMap;
use yishi_kernel::context::Context;
use yishi_kernel::{PlaceId, Resource, Role};

/// A place that stands, as others are compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// All places above it and itself, from the largest.
    pub path: Vec<PlaceId>,
    /// What it is called.
    pub name: String,
}

/// What a plan comes to beside what stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laying {
    /// What is to be opened, each after what it lies in.
    pub new: Vec<NewPlace>,
    /// What stands already, each once.
    pub there: Vec<PlaceId>,
}

/// A place to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlace {
    /// In what.
    pub under: Under,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: String,
}

/// A place to be opened, as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End<'a> {
    /// The place that stands in which it will lie.
    pub inside: Option<PlaceId>,
    /// Its names from below that down to its own.
    pub names: Vec<&'a str>,
}

/// What a place to be opened lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Under {
    /// In one that stands.
    Standing(PlaceId),
    /// In the one of this number among those to be opened.
    New(usize),
}

impl Plan {
    /// What it comes to inside a place, beside what stands there: nothing is opened twice.
    #[must_use]
    pub fn beside(&self, inside: PlaceId, standing: &[Standing]) -> Laying {
        let mut known: HashMap<(Under, PlaceKind, String), Under> = HashMap::new();
        for place in standing {
            let parent = place.path.iter().rev().nth(1);
            if let Some(parent) = parent {
                let keys = [Some(key(place.kind, &place.name)), numbered(place.kind, &place.name)];
                for key in keys.into_iter().flatten() {
                    let at = (Under::Standing(*parent), place.kind, key);
                    known.entry(at).or_insert(Under::Standing(place.id));
                }
            }
        }
        let mut laying = Laying::default();
        for levels in &self.lines {
            let mut parents = vec![Under::Standing(inside)];
            for level in levels {
                let keys: Vec<String> = level.names.iter().map(|name| key(level.kind, name)).collect();
                let mut here = Vec::with_capacity(parents.len().saturating_mul(keys.len()));
                for parent in &parents {
                    for (name, key) in level.names.iter().zip(&keys) {
                        let new = Under::New(laying.new.len());
                        let at = |key: String| (*parent, level.kind, key);
                        // 3号楼 is the 3栋 that stands, unless there is a 3号楼 beside it.
                        let alias = || known.get(&at(numbered(level.kind, name)?)).copied();
                        let there = known.get(&at(key.clone())).copied().or_else(alias);
                        let place = there.unwrap_or(new);
                        known.insert(at(key.clone()), place);
                        if place == new {
                            laying.new.push(NewPlace {
                                under: *parent,
                                kind: level.kind,
                                name: name.clone(),
                            });
                        }
                        here.push(place);
                    }
                }
                laying.there.extend(here.iter().filter_map(|place| match place {
                    Under::Standing(id) => Some(*id),
                    Under::New(_) => None,
                }));
                parents = here;
            }
        }
        laying.there.sort_unstable();
        laying.there.dedup();
        laying
    }
}

impl Laying {
    /// How many are to be opened of each kind, the largest first.
    #[must_use]
    pub fn count(&self) -> Vec<(PlaceKind, usize)> {
        let of = |kind: PlaceKind| self.new.iter().filter(|place| place.kind == kind).count();
        PlaceKind::ALL.iter().map(|kind| (*kind, of(*kind))).filter(|(_, count)| *count > 0).collect()
    }

    /// The first that is to be opened of a kind, and the last.
    #[must_use]
    pub fn ends(&self, kind: PlaceKind) -> Option<[End<'_>; 2]> {
        let mut all = self.new.iter().filter(|place| place.kind == kind);
        let first = all.next()?;
        let last = all.next_back().unwrap_or(first);
        Some([self.end(first), self.end(last)])
    }

    fn end<'a>(&'a self, place: &'a NewPlace) -> End<'a> {
        let mut names = vec![place.name.as_str()];
        let mut under = place.under;
        let inside = loop {
            match under {
                Under::Standing(id) => break Some(id),
                Under::New(n) => match self.new.get(n) {
                    Some(above) => {
                        names.push(&above.name);
                        under = above.under;
                    }
                    None => break None,
                },
            }
        };
        names.reverse();
        End { inside, names }
    }

    /// The entries that open them all, under these ids, and the role in which that is done.
    /// `paths` are those of what stands.
    ///
    /// # Errors
    /// When the actor may not, or a name is not fit.
    pub fn open(
        &self,
        inside: &Above,
        standing: &[Standing],
        id: impl Fn(usize) -> PlaceId,
        ctx: &Context,
    ) -> Result<(Role, Vec<(PlaceId, Event)>), crate::Refusal> {
        let role = ctx.may(&KEEP, &Resource::at(ctx.path))?;
        let top = inside.path.last().copied();
        let stands: HashMap<PlaceId, &Standing> = standing.iter().map(|place| (place.id, place)).collect();
        let mut new: Vec<Above> = Vec::with_capacity(self.new.len());
        let mut all = Vec::with_capacity(self.new.len());
        for (n, place) in self.new.iter().enumerate() {
            let above = match place.under {
                Under::Standing(id) if Some(id) == top => Some((inside.kind, inside.path.as_slice())),
                Under::Standing(id) => stands.get(&id).map(|place| (place.kind, place.path.as_slice())),
                Under::New(n) => new.get(n).map(|above| (above.kind, above.path.as_slice())),
            };
            let (kind, path) = above.ok_or(yishi_kernel::refusal::Common::Unknown)?;
            let event = opened(place.kind, Some((kind, path)), &place.name, &ctx.actor.looked)?;
            let id = id(n);
            let path = path.iter().copied().chain([id]).collect();
            new.push(Above { kind: place.kind, path, siblings: Vec::new() });
            all.push((id, event));
        }
        Ok((role, all))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{context, keeper, place, rules};
    use proptest::prelude::*;
    use std::collections::HashSet;
    use yishi_kernel::{Denied, Moment};

    fn standing(id: u128, path: &[u128], kind: PlaceKind, name: &str) -> Standing {
        let path = path.iter().copied().chain([id]).map(place).collect();
        Standing { id: place(id), kind, path, name: name.to_owned() }
    }

    fn community() -> Above {
        Above { kind: PlaceKind::Community, path: [1, 2].map(place).to_vec(), siblings: Vec::new() }
    }

    /// The places as they stand once they are opened.
    fn laid(laying: &Laying, before: &[Standing], from: u128) -> Vec<Standing> {
        let (rules, actor, path) = (rules(), keeper(1), [1, 2].map(place));
        let ctx = context(Moment(5), &actor, &rules, &path);
        let id = |n: usize| place(from + u128::try_from(n).unwrap());
        let (_, opened) = laying.open(&community(), before, id, &ctx).unwrap();
        let mut all = before.to_vec();
        for ((id, event), new) in opened.into_iter().zip(&laying.new) {
            let Event::Opened { place_kind, within, .. } = event else { unreachable!() };
            let path = within.into_iter().chain([id]).collect();
            all.push(Standing { id, kind: place_kind, path, name: new.name.clone() });
        }
        all
    }

    #[test]
    fn what_stands_is_left_and_what_lies_in_it_is_opened_there() {
        let before = [
            standing(3, &[1, 2], PlaceKind::Compound, "南苑"),
            standing(4, &[1, 2, 3], PlaceKind::Building, "一号楼"),
        ];
        let plan = Plan::read("南苑: 1-2号楼 × 1-2单元", PlaceKind::Community).unwrap();
        let laying = plan.beside(place(2), &before);
        assert_eq!(laying.there, [3, 4].map(place));
        assert_eq!(laying.count(), [(PlaceKind::Building, 1), (PlaceKind::Stairwell, 4)]);
        let all = laid(&laying, &before, 100);
        let own = all.iter().filter(|one| one.path.contains(&place(4))).count();
        assert_eq!(own, 1 + 2);
        let [first, last] = laying.ends(PlaceKind::Stairwell).unwrap();
        assert_eq!((first.inside, first.names), (Some(place(4)), vec!["1单元"]));
        assert_eq!((last.inside, last.names), (Some(place(3)), vec!["2号楼", "2单元"]));
    }

    #[test]
    fn a_building_that_is_written_otherwise_is_the_one_that_stands() {
        let before = [
            standing(3, &[1, 2], PlaceKind::Compound, "南苑"),
            standing(4, &[1, 2, 3], PlaceKind::Building, "3栋"),
            standing(5, &[1, 2, 3], PlaceKind::Building, "5栋"),
            standing(6, &[1, 2, 3], PlaceKind::Building, "5号楼"),
        ];
        let plan = Plan::read("南苑: 3号楼、四号楼、5号楼、甲3号楼", PlaceKind::Community).unwrap();
        let laying = plan.beside(place(2), &before);
        assert_eq!(laying.there, [3, 4, 6].map(place));
        let names: Vec<&str> = laying.new.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["四号楼", "甲3号楼"]);
    }

    #[test]
    fn only_who_keeps_places_opens_them() {
        let plan = Plan::read("南苑", PlaceKind::Community).unwrap();
        let laying = plan.beside(place(2), &[]);
        let (rules, actor, elsewhere) = (rules(), keeper(1), [7, 8].map(place));
        let ctx = context(Moment(5), &actor, &rules, &elsewhere);
        let refused = laying.open(&community(), &[], |_| place(9), &ctx).unwrap_err();
        assert_eq!(refused, Denied::Elsewhere);
    }

    #[test]
    fn a_community_of_twenty_thousand_is_one_line() {
        let text = "春、夏、秋、冬、梅、兰、竹、菊、松、柏、桃、李: 1-10号楼 × 1-4单元 × 101-1004";
        let plan = Plan::read(text, PlaceKind::Community).unwrap();
        let laying = plan.beside(place(2), &[]);
        assert_eq!((plan.count(), laying.new.len()), (19_812, 19_812));
    }

    proptest! {
        /// Whatever is there and whatever is written, in whatever order: afterwards all of it
        /// stands, each once where it lies, and the same again adds nothing.
        #[test]
        fn all_that_is_written_stands_once(
            shapes in prop::collection::vec((0_u8..3, 1_u64..4, 1_u64..3, 0_u64..3), 1..5),
        ) {
            let line = |(at, buildings, stairs, rooms): &(u8, u64, u64, u64)| {
                let compound = ["南苑", "北苑", "东苑"][usize::from(*at)];
                let doors = if *rooms > 0 { format!(" × 101-2{rooms:02}") } else { String::new() };
                format!("{compound}: 1-{buildings}号楼 × 1-{stairs}单元{doors}")
            };
            let mut all: Vec<Standing> = Vec::new();
            for (n, shape) in shapes.iter().enumerate() {
                let plan = Plan::read(&line(shape), PlaceKind::Community).unwrap();
                let laying = plan.beside(place(2), &all);
                let expected = usize::try_from(plan.count()).unwrap();
                prop_assert_eq!(laying.new.len() + laying.there.len(), expected);
                all = laid(&laying, &all, 1_000 * (u128::try_from(n).unwrap() + 1));
            }
            let keys: HashSet<_> = all.iter()
                .map(|one| (one.path.iter().rev().nth(1).copied(), one.kind, key(one.kind, &one.name)))
                .collect();
            prop_assert_eq!(keys.len(), all.len());
            let whole = shapes.iter().map(line).collect::<Vec<_>>().join("\n");
            let again = Plan::read(&whole, PlaceKind::Community).unwrap().beside(place(2), &all);
            prop_assert_eq!(again.new, Vec::new());
        }
    }
}
