//! A council as its events made it: everybody who ever was a member, so that it can be told who
//! was one when something was decided.

use super::events::Event;
use super::words::{CouncilStage, LeftFor, MemberKind};
use yishi_kernel::access::Stage;
use yishi_kernel::record::Speaker;
use yishi_kernel::{Actor, Moment, PlaceId, Resource, Sealed, Stamped, Stream};

/// A standing council (议事会名册).
#[derive(Clone, Debug, PartialEq)]
pub struct Council {
    /// Of which community or compound.
    pub place: PlaceId,
    /// All who are or were members, in the order of their numbers.
    pub members: Vec<Member>,
}

/// Somebody on the roll (成员).
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Their number.
    pub number: u32,
    /// Whom they speak for.
    pub group: MemberKind,
    /// Their name.
    pub name: Sealed<String, Speaker>,
    /// The part that they speak for.
    pub part: Option<PlaceId>,
    /// From when.
    pub from: Moment,
    /// The end of their term.
    pub until: Option<Moment>,
    /// When they left before that, and why.
    pub left: Option<(Moment, LeftFor)>,
}

impl Member {
    /// Whether they are a member at a moment.
    #[must_use]
    pub fn is_one(&self, now: Moment) -> bool {
        self.from <= now && self.left.is_none() && self.until.is_none_or(|until| now < until)
    }
}

impl Council {
    /// Those who are members now.
    pub fn current(&self, now: Moment) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.is_one(now))
    }
}

impl Stream for Council {
    const KIND: &'static str = "council";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Founded { place } = &first.what else { return None };
        Some(Self { place: *place, members: Vec::new() })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Founded { .. } => {}
            Event::Enrolled { member, group, name, part, from, until } => self.members.push(Member {
                number: *member,
                group: *group,
                name: name.clone(),
                part: *part,
                from: *from,
                until: *until,
                left: None,
            }),
            Event::Left { member, why } => {
                if let Some(one) = self.members.iter_mut().find(|one| one.number == *member) {
                    one.left = Some((next.time, *why));
                }
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(CouncilStage::Standing)), ..Resource::at(path) }
    }
}
