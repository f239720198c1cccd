//! Raising 说事: what somebody says becomes a matter and its first receipt.

use super::effects::OpenReceipt;
use super::events::Event;
use super::ids::{MatterId, ReceiptId};
use super::opening::Opening;
use super::refusals::Refusal as Why;
use super::rights::{IMPORT, RAISE, RAISE_FOR_NEIGHBOUR};
use super::rules::Rules;
use super::spot::Spot;
use super::state::Matter;
use super::words::{Channel, How, Proof, Shown};
use crate::dangers::{Begin, Marked};
use crate::meetings::{MeetingId, MeetingStage};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    AccountId, Context, Decided, Moment, OrganisationId, PhotoDigest, PlaceId, Refusal, Right, Sealed, Start,
};

/// Raises a matter and opens the receipt of whoever raised it.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    /// On whose behalf: decides which right is asked for.
    pub behalf: Behalf,
    /// How it came in.
    pub channel: Channel,
    /// The place itself.
    pub place: PlaceId,
    /// How exactly the public may know the place.
    pub shown: Shown,
    /// The organisation it is about.
    pub about: Option<OrganisationId>,
    /// The person it is about.
    pub about_person: Option<AccountId>,
    /// What it is about.
    pub category: Option<String>,
    /// A headline.
    pub title: Option<String>,
    /// What is said.
    pub text: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
    /// When it happened or was first said, if earlier.
    pub occurred_at: Option<Moment>,
    /// Key of the imported row.
    pub source: Option<String>,
    /// The matter whose answer it goes on from.
    pub after: Option<MatterId>,
    /// The meeting from whose floor it is raised.
    pub floor: Option<MeetingId>,
    /// That it is dangerous, where somebody says so: the same tap starts that clock.
    pub danger: Option<Marked>,
    /// The receipt that is opened with it.
    pub receipt: ReceiptId,
    /// What that is opened with.
    pub opening: Opening,
}

/// On whose behalf a matter is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behalf {
    /// For oneself.
    Own,
    /// For a neighbour who agreed.
    Neighbour,
    /// From a file.
    Import,
}

impl Start for Raise {
    type Of = Matter;
    type Facts = Spot;

    fn right(&self) -> &'static Right {
        match self.behalf {
            Behalf::Own => &RAISE,
            Behalf::Neighbour => &RAISE_FOR_NEIGHBOUR,
            Behalf::Import => &IMPORT,
        }
    }

    fn names(&self) -> Vec<Named> {
        let person = Named::persons("person", self.about_person);
        Named::bodies("about", self.about).into_iter().chain(person).collect()
    }

    fn start(self, spot: &Spot, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        spot.must_take_matters()?;
        hears_the_floor(spot)?;
        if self.behalf == Behalf::Neighbour && self.opening.consent.is_none() {
            return Err(Why::NoConsent.into());
        }
        let text = ctx.private("text", &self.text)?;
        let title = ctx.private_line("title", self.title.as_deref().unwrap_or_default())?;
        if text.is_none() && title.is_none() && self.photos.is_empty() {
            return Err(Why::NothingSaid.into());
        }
        let photos = ctx.photos(self.photos)?;
        let rules: &Rules = ctx.section();
        let category = self.category.map(|code| rules.known_category(&code)).transpose()?;
        let (building, around) = spot.building().zip(spot.around()).ok_or(Common::Unknown)?;
        let account = ctx.actor.account.filter(|_| self.behalf == Behalf::Own);
        let proof = match self.behalf {
            Behalf::Neighbour if STEERS.has(ctx.role) => Proof::Staff,
            Behalf::Neighbour => Proof::Neighbour,
            Behalf::Own | Behalf::Import => self.opening.proof,
        };
        let floor = self.floor.map(|meeting| Event::FromFloor { meeting });
        let opened = Opening { proof, ..self.opening }.on(spot.own, How::Raised, self.channel, account)?;
        let place = match self.shown {
            Shown::Building => building,
            Shown::Around => around,
        };
        let raised = Event::Raised {
            occurred_at: self.occurred_at,
            place,
            exact: self.place.into(),
            around,
            shown: self.shown,
            desk: spot.desk(),
            due: ctx.due(&rules.receive).at,
            rules: ctx.rules.digest().to_owned(),
            channel: self.channel,
            about: self.about,
            about_person: self.about_person.map(Sealed::Kept),
            category,
            title,
            text,
            photos,
            source: self.source.map(Sealed::Kept),
            after: self.after,
        };
        let events = std::iter::once(raised).chain(floor).collect();
        let decided = Decided::all(events).begins(self.receipt, OpenReceipt(opened));
        Ok(match self.danger {
            None => decided,
            Some(Marked { id, risk }) => {
                let (matter, exact, desk) = (spot.own, self.place, spot.desk());
                let bodies = spot.alarm.bodies.clone();
                decided.begins(id, Begin { matter, risk, place, exact, desk, bodies })
            }
        })
    }
}

/// That a meeting from whose floor it is raised is held just now, and reaches the place.
fn hears_the_floor(spot: &Spot) -> Result<(), Refusal> {
    match spot.floor {
        Some(floor) if floor.stage != MeetingStage::Open => Err(Why::FloorClosed.into()),
        Some(floor) if !spot.lies_at(floor.place) => Err(Why::FloorElsewhere.into()),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::{Alarm, Danger, DangerId, Risk};
    use crate::matters::Floor;
    use crate::matters::laws::world::{matter_id, opening, path, said, spot};
    use crate::places::{self, PlaceKind};
    use crate::testing::{Book, body, context, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::command::start;
    use yishi_kernel::{Actor, Role};

    fn raised(raise: Raise, spot: &Spot, who: &Actor) -> Result<Role, Refusal> {
        let (rules, path) = (rules(), path());
        start(raise, spot, &context(Moment(1), who, &rules, &path)).map(|(role, _)| role)
    }

    #[test]
    fn a_neighbour_is_spoken_for_who_agreed_and_by_whom_the_stairwell_is_kept() {
        let spot = spot(matter_id(0));
        let steward = person(3, Role::Steward, 5);
        let asked = Raise { behalf: Behalf::Neighbour, ..said("灯坏了", 0) };
        assert_eq!(raised(asked.clone(), &spot, &steward).unwrap_err(), Why::NoConsent);
        let agreed = Opening { consent: Some("当面同意".to_owned()), ..opening(0) };
        let asked = Raise { opening: agreed, ..asked };
        assert_eq!(raised(asked.clone(), &spot, &steward), Ok(Role::Steward));
        assert!(raised(asked, &spot, &Actor::visitor()).is_err());
        let import = Raise { behalf: Behalf::Import, ..said("灯坏了", 0) };
        assert!(raised(import.clone(), &spot, &steward).is_err());
        let worker = person(1, Role::CommunityWorker, 2);
        assert_eq!(raised(import, &spot, &worker), Ok(Role::CommunityWorker));
    }

    #[test]
    fn what_is_raised_from_the_floor_says_so_while_the_meeting_is_held_and_where_it_reaches() {
        let at = |stage, held_at| Spot { floor: Some(Floor { stage, place: held_at }), ..spot(matter_id(0)) };
        let own = spot(matter_id(0)).places[0].0;
        let meeting = MeetingId(uuid::Uuid::from_u128(7));
        let said = Raise { floor: Some(meeting), channel: Channel::Floor, ..said("灯坏了", 0) };
        let raise = |spot: &Spot| raised(said.clone(), spot, &Actor::visitor());
        assert_eq!(raise(&at(MeetingStage::Open, own)), Ok(Role::Visitor));
        for stage in [MeetingStage::Called, MeetingStage::Held, MeetingStage::Cancelled] {
            assert_eq!(raise(&at(stage, own)).unwrap_err(), Why::FloorClosed);
        }
        assert_eq!(raise(&at(MeetingStage::Open, place(77))).unwrap_err(), Why::FloorElsewhere);
        let (rules, path, nobody) = (rules(), path(), Actor::visitor());
        let ctx = context(Moment(1), &nobody, &rules, &path);
        let (_, decided) = start(said, &at(MeetingStage::Open, own), &ctx).unwrap();
        assert!(
            matches!(decided.events[..], [Event::Raised { .. }, Event::FromFloor { meeting: of }] if of == meeting)
        );
        assert_eq!(decided.also.len(), 1, "its receipt, and nothing of the meeting");
    }

    #[test]
    fn nothing_is_raised_at_a_street_or_at_a_place_that_is_no_more() {
        let at = |spot: &Spot| raised(said("灯坏了", 0), spot, &Actor::visitor());
        let street = Spot { places: vec![(place(1), PlaceKind::Street)], ..spot(matter_id(0)) };
        assert_eq!(at(&street).unwrap_err(), places::Refusal::PlaceKind);
        let closed = Spot { closed: Some(Moment(0)), ..spot(matter_id(0)) };
        assert_eq!(at(&closed).unwrap_err(), Common::Ended);
        assert_eq!(at(&spot(matter_id(0))), Ok(Role::Visitor));
    }

    #[test]
    fn the_clock_of_a_danger_starts_with_the_same_tap() {
        let (mut book, rules, path, now) = (Book::default(), rules(), path(), Moment(5_000_000));
        let (id, matter) = (DangerId(Uuid::from_u128(6_000)), matter_id(0));
        let spot = Spot { alarm: Alarm { bodies: vec![body(80)] }, ..spot(matter) };
        let raise = Raise { danger: Some(Marked { id, risk: Risk::Life }), ..said("瓷砖掉下来", 0) };
        book.start(matter, raise, &spot, &context(now, &Actor::visitor(), &rules, &path)).unwrap();
        let danger: Danger = book.state(id);
        assert_eq!((danger.matter, danger.tapped), (matter, now));
        assert_eq!(danger.due, now.plus_seconds(2 * 3_600));
        assert_eq!((danger.place, danger.desk, danger.called.len()), (place(4), place(2), 1));
        let kinds: Vec<_> = book.entries.iter().map(|(_, kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["matter.raised.1", "receipt.opened.1", "danger.reported.1"]);
    }
}
