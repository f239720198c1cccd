//! Adopting it (通过): the street writes down, whole, which parties act together and what they practise, with
//! the day of its adoption. Which these are is the street's own: the program brings none.

use super::{ADOPT, Event, Evidence, JointWork, Party, Practice, Refusal};
use crate::places::PlaceKind;
use yishi_kernel::named::Named;
use yishi_kernel::{Context, Decided, Moment, PlaceId, Right, Start};

/// How many parties there are at most, and how many practices: six of each (六方、六个实行).
pub const MOST: usize = FIELDS.len();

/// The fields of one line of the form.
struct LineFields {
    name: &'static str,
    who: &'static str,
    what: &'static str,
}

macro_rules! fields {
    ($($n:literal),+) => {
        [$(LineFields {
            name: concat!("name-", $n),
            who: concat!("who-", $n),
            what: concat!("what-", $n),
        }),+]
    };
}

static FIELDS: [LineFields; 6] = fields!(1, 2, 3, 4, 5, 6);

/// Adopt it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopt {
    /// The street.
    pub place: PlaceId,
    /// When it was adopted.
    pub adopted: Moment,
    /// The parties, each with its line of the form from 0, its name and who that is here.
    pub parties: Vec<(usize, String, String)>,
    /// What they practise, each with its line of the form from 0.
    pub practices: Vec<(usize, String, Option<Evidence>)>,
}

impl Start for Adopt {
    type Of = JointWork;
    type Facts = PlaceKind;

    fn right(&self) -> &'static Right {
        &ADOPT
    }

    fn names(&self) -> Vec<Named> {
        Named::places("place", [self.place])
    }

    fn start(self, kind: &PlaceKind, ctx: &Context) -> Result<Decided<JointWork>, yishi_kernel::Refusal> {
        if !kind.is_street() {
            return Err(Refusal::NotAStreet.into());
        }
        if self.adopted > ctx.now {
            return Err(Refusal::NotYet.into());
        }
        if self.parties.is_empty() {
            return Err(Refusal::NoParties.into());
        }
        if self.practices.is_empty() {
            return Err(Refusal::NoPractices.into());
        }
        let (mut parties, mut practices) = (Vec::new(), Vec::new());
        for (row, name, who) in self.parties {
            let field = FIELDS.get(row).ok_or(Refusal::TooMany)?;
            parties.push(Party { name: ctx.line(field.name, &name)?, who: ctx.line(field.who, &who)? });
        }
        for (row, what, evidence) in self.practices {
            let field = FIELDS.get(row).ok_or(Refusal::TooMany)?;
            practices.push(Practice { what: ctx.line(field.what, &what)?, evidence });
        }
        let (place, adopted) = (self.place, self.adopted);
        Ok(Decided::one(Event::Adopted { place, adopted, parties, practices }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::joint::JointId;
    use crate::testing::{Book, context, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::{Role, refusal::Common};

    const NOW: Moment = Moment(1_700_000_000_000_000);
    const ID: JointId = JointId(Uuid::from_u128(95));

    fn adopt() -> Adopt {
        Adopt {
            place: place(1),
            adopted: NOW.plus_seconds(-86_400),
            parties: vec![(0, "党组织".to_owned(), "街道党工委".to_owned())],
            practices: vec![(2, "每周一次联席会".to_owned(), Some(Evidence::Meetings))],
        }
    }

    fn by(role: Role, kind: PlaceKind, adopt: Adopt) -> Result<JointWork, yishi_kernel::Refusal> {
        let (rules, path, actor) = (rules(), [place(1)], person(4, role, 1));
        let mut book = Book::default();
        book.start(ID, adopt, &kind, &context(NOW, &actor, &rules, &path))?;
        Ok(book.state(ID))
    }

    #[test]
    fn an_officer_of_the_street_adopts_it_whole_and_nobody_else() {
        let state = by(Role::StreetOfficer, PlaceKind::Street, adopt()).unwrap();
        assert_eq!((state.parties.len(), state.practices[0].evidence), (1, Some(Evidence::Meetings)));
        for role in [Role::CommunityWorker, Role::DepartmentOfficer, Role::Administrator] {
            assert!(by(role, PlaceKind::Street, adopt()).unwrap_err().denied().is_some(), "{role:?}");
        }
    }

    #[test]
    fn what_is_missing_or_not_yet_adopted_is_told() {
        let wrong = |adopt| by(Role::StreetOfficer, PlaceKind::Street, adopt).unwrap_err();
        assert_eq!(wrong(Adopt { parties: Vec::new(), ..adopt() }), Refusal::NoParties);
        assert_eq!(wrong(Adopt { practices: Vec::new(), ..adopt() }), Refusal::NoPractices);
        assert_eq!(wrong(Adopt { adopted: NOW.plus_seconds(1), ..adopt() }), Refusal::NotYet);
        let seventh = vec![(6, "一".to_owned(), "二".to_owned())];
        assert_eq!(wrong(Adopt { parties: seventh, ..adopt() }), Refusal::TooMany);
        let kind = PlaceKind::Community;
        assert_eq!(by(Role::StreetOfficer, kind, adopt()).unwrap_err(), Refusal::NotAStreet);
        let empty = vec![(0, "党组织".to_owned(), " ".to_owned())];
        let text = wrong(Adopt { parties: empty, ..adopt() });
        assert!(matches!(text.of(), Some(Common::Text { field: "who-1", .. })), "{text:?}");
    }
}
