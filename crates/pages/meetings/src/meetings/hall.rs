//! A meeting for somebody signed in: how it is found, who sees it, and what they are to it. Its
//! page is in [`super::handle`], each thing that can be done with it in a file of `acts`.

use super::minutes::Minutes;
use crate::meetings::face::Story;
use yishi_domain::meetings::{CORRECT, Meeting, MeetingId, MeetingStage, READ, REGISTER};
use yishi_kernel::{Moment, PlaceId, Right, StreamName};
use yishi_office::meetings::reads::seats;
use yishi_web::correct::Correctable;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// A meeting at work.
#[derive(Debug)]
pub struct MeetingAtWork;

/// The page of a meeting, with who looks at it.
pub type Hall = Sheet<MeetingAtWork>;

/// A meeting with all that its page says of it.
#[derive(Debug)]
pub struct Row {
    /// What happened, and the names it mentions.
    pub story: Story,
    /// The minutes, while they have to be confirmed.
    pub minutes: Option<Minutes>,
}

/// What somebody is to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Steers its place: sees the register.
    Steering,
    /// Comes for an invited body: replies and speaks.
    Invited,
}

impl Thing for MeetingAtWork {
    type At = (String, i64);
    type State = Meeting;
    type Row = Row;
    const FAMILY: &'static str = "meeting";
    // The invited bodies, and those who steer the place.
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let story = Story::load(cx, &slug, number).await?;
        let path = cx.app.office.path_at(story.meeting.agenda.place).await?;
        let again = story.meeting.outcome.reissued.is_some();
        let minutes = match story.meeting.stage {
            MeetingStage::Held => Some(Minutes::load(cx, &story).await?),
            _ if again => Some(Minutes::load(cx, &story).await?),
            _ => None,
        };
        let (ledger, loaded) = (story.ledger.clone(), story.loaded.clone());
        Found::new(ledger, Row { story, minutes }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.story.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/g/{}", found.ledger.slug, found.row.story.row.number)
    }
}

/// The ledger and the meeting, as commands about its seats and ballots name it.
#[must_use]
pub fn at(hall: &Hall) -> (PlaceId, MeetingId) {
    (hall.ledger.ledger, hall.row.story.row.id)
}

/// What this person is to it.
#[must_use]
pub fn standing(hall: &Hall) -> Standing {
    match hall.must(&REGISTER) {
        Ok(()) => Standing::Steering,
        Err(_) => Standing::Invited,
    }
}

/// Whether it is open and no vote is under way: something new can be put, or it can end.
#[must_use]
pub fn rests(hall: &Hall) -> bool {
    let sitting = &hall.state.sitting;
    hall.state.stage == MeetingStage::Open && sitting.voting().is_none() && sitting.counting().is_none()
}

/// Until when the result is published, while it is.
#[must_use]
pub fn published_until(hall: &Hall) -> Option<Moment> {
    hall.state.outcome.until.filter(|until| *until > hall.cx.now)
}

/// Bodies that were invited; only the own ones for whoever comes for one.
#[must_use]
pub fn invited(hall: &Hall) -> Vec<(String, String)> {
    let own: Vec<_> = hall.staff.actor.current(hall.cx.now).filter_map(|grant| grant.organisation).collect();
    let all = standing(hall) == Standing::Steering;
    let invited = hall.state.agenda.invited.iter().map(|one| one.organisation);
    invited
        .filter(|id| all || own.contains(id))
        .map(|id| (id.to_string(), hall.row.story.body(id).to_owned()))
        .collect()
}

/// The same after "none".
#[must_use]
pub fn invited_or(hall: &Hall, none: &str) -> Vec<(String, String)> {
    std::iter::once((String::new(), hall.cx.locale.say(none))).chain(invited(hall)).collect()
}

impl Correctable for MeetingAtWork {
    const CORRECT: &'static Right = &CORRECT;

    /// Its own, and those of sign-ins that were struck, each with a reason.
    async fn streams(hall: &Hall) -> Result<Vec<StreamName>, Error> {
        let (ledger, meeting) = at(hall);
        let seats = seats(&hall.cx.app.office.db, ledger, meeting).await?;
        let struck = seats.into_iter().filter(|seat| seat.struck.is_some()).map(|seat| seat.id.into());
        Ok(std::iter::once(meeting.into()).chain(struck).collect())
    }
}
