//! A place is opened below another one; the first of all before there is anyone to ask.

use super::plan::key;
use super::{Event, KEEP, Place, PlaceKind, Refusal};
use yishi_kernel::command::{Decided, Start};
use yishi_kernel::context::{self, Context};
use yishi_kernel::personal::Looked;
use yishi_kernel::record::{self, Sealed};
use yishi_kernel::{PlaceId, Published, Resource, Right};

/// Longest name of a place, in characters.
const NAME: usize = 40;

/// Opens a place below another one.
#[derive(Clone, Debug)]
pub struct OpenPlace {
    /// In which place.
    pub parent: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called; a household's name is its door number.
    pub name: String,
}

/// The place above the one to be opened.
#[derive(Clone, Debug)]
pub struct Above {
    /// What it is.
    pub kind: PlaceKind,
    /// All places above it and itself, from the largest.
    pub path: Vec<PlaceId>,
    /// What those of the same kind that stand there are called.
    pub siblings: Vec<String>,
}

impl Start for OpenPlace {
    type Of = Place;
    type Facts = Above;

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn resource(&self, facts: &Above, _ctx: &Context) -> Resource {
        Resource::at(&facts.path)
    }

    fn start(self, facts: &Above, ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        let above = (facts.kind, facts.path.as_slice());
        let event = opened(self.kind, Some(above), &self.name, &ctx.actor.looked)?;
        alone(self.kind, &self.name, &facts.siblings)?;
        Ok(Decided::one(event))
    }
}

/// The event of a first place, made before there is anyone to ask: `yishi init`.
///
/// # Errors
/// When the name is empty, too long or holds personal data, or such a place cannot be at the top.
pub fn found(kind: PlaceKind, name: &str) -> Result<Event, crate::Refusal> {
    opened(kind, None, name, &Looked::default())
}

/// The event that opens a place in another one, of which kind and path are given.
pub(super) fn opened(
    kind: PlaceKind,
    above: Option<(PlaceKind, &[PlaceId])>,
    name: &str,
    looked: &Looked,
) -> Result<Event, crate::Refusal> {
    if !kind.lies_in(above.map(|(kind, _)| kind)) {
        return Err(Refusal::PlaceKind.into());
    }
    let within = above.map(|(_, path)| path.to_vec()).unwrap_or_default();
    let Names { name, door } = named(kind, name, looked)?;
    Ok(Event::Opened { place_kind: kind, within, name, door })
}

/// No two places of a kind in one place have one name: nobody could tell which is meant.
pub(super) fn alone(kind: PlaceKind, name: &str, siblings: &[String]) -> Result<(), Refusal> {
    let own = key(kind, name);
    let same = siblings.iter().find(|sibling| key(kind, sibling) == own);
    same.map_or(Ok(()), |same| Err(Refusal::SamePlace { name: same.clone() }))
}

/// What a place is called: in public, or in private where that is a door.
pub(super) struct Names {
    pub name: Option<Published>,
    pub door: Option<Sealed<String, record::Place>>,
}

pub(super) fn named(kind: PlaceKind, raw: &str, looked: &Looked) -> Result<Names, crate::Refusal> {
    Ok(match kind {
        PlaceKind::Household => {
            Names { name: None, door: Some(Sealed::Kept(context::name("name", raw, NAME)?)) }
        }
        _ => Names { name: Some(context::public_name("name", raw, NAME, looked)?.into()), door: None },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{Book, context, keeper, place, rules};
    use yishi_kernel::record::encode;
    use yishi_kernel::{Denied, Moment, Stamped};

    fn above(kind: PlaceKind, path: &[u128]) -> Above {
        Above { kind, path: path.iter().map(|n| place(*n)).collect(), siblings: Vec::new() }
    }

    #[test]
    fn a_tree_grows_only_downwards() {
        let (rules, actor) = (rules(), keeper(1));
        let ctx = context(Moment(5), &actor, &rules, &[]);
        let building = above(PlaceKind::Building, &[1, 2, 3]);
        let open = |kind| OpenPlace { parent: place(3), kind, name: "1单元".to_owned() };
        let mut book = Book::default();
        book.start(place(4), open(PlaceKind::Stairwell), &building, &ctx).unwrap();
        let stairwell: Place = book.state(place(4));
        assert_eq!(stairwell.path(place(4)), [1, 2, 3, 4].map(place));
        for kind in [PlaceKind::Community, PlaceKind::District] {
            assert_eq!(book.start(place(5), open(kind), &building, &ctx).unwrap_err(), Refusal::PlaceKind);
        }
        let elsewhere = above(PlaceKind::Building, &[7, 8]);
        let refused = book.start(place(5), open(PlaceKind::Stairwell), &elsewhere, &ctx);
        assert_eq!(refused.unwrap_err(), Denied::Elsewhere);
    }

    #[test]
    fn no_two_places_of_a_kind_have_one_name() {
        let (rules, actor) = (rules(), keeper(1));
        let ctx = context(Moment(5), &actor, &rules, &[]);
        let mut compound = above(PlaceKind::Compound, &[1, 2, 3]);
        compound.siblings = vec!["1号楼".to_owned(), "2号楼".to_owned()];
        let open =
            |name: &str| OpenPlace { parent: place(3), kind: PlaceKind::Building, name: name.to_owned() };
        let mut book = Book::default();
        for same in ["1号楼", "１ 号楼", "01号楼"] {
            let refused = book.start(place(4), open(same), &compound, &ctx).unwrap_err();
            assert_eq!(refused, Refusal::SamePlace { name: "1号楼".to_owned() }, "{same}");
        }
        book.start(place(4), open("11号楼"), &compound, &ctx).unwrap();
    }

    #[test]
    fn a_first_place_lies_at_the_top() {
        assert!(found(PlaceKind::Street, "清河街道").is_ok());
        assert_eq!(found(PlaceKind::Building, "1号楼").unwrap_err(), Refusal::PlaceKind);
    }

    #[test]
    fn a_door_number_is_private() {
        let above = above(PlaceKind::Stairwell, &[1]);
        let above = Some((above.kind, above.path.as_slice()));
        let what = opened(PlaceKind::Household, above, "301", &Looked::default()).unwrap();
        let record = encode(&Stamped { time: Moment(1), by: None, what }).unwrap();
        assert_eq!(record.private["door"], "\"301\"");
        assert!(!serde_json::to_string(&record.public).unwrap().contains("301"));
    }
}
