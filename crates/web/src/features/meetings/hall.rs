//! A meeting for somebody signed in: who they are to it, and what they may do. What a form
//! asks for is carried out in `conduct`.

use crate::shared::meeting::Story;
use crate::{Cx, Error, Staff};
use yishi_domain::meetings::{READ, REGISTER};
use yishi_kernel::{Denied, PlaceId, Resource, Right, Stream as _, may};
use yishi_office::places::reads::LedgerRow;

/// A ledger where this person may do this at all.
///
/// # Errors
/// The reason why not.
pub async fn steering(cx: &Cx, slug: &str, right: &Right) -> Result<(Staff, LedgerRow), Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let mut path = vec![keeper.id];
    path.extend(&keeper.path);
    // Whoever steers a part of the place does it with what lies in that part.
    for grant in staff.actor.current(cx.now) {
        let inside = cx.place(grant.place).await.is_ok_and(|place| place.ledger == ledger.ledger);
        if inside {
            path.push(grant.place);
        }
    }
    may(&staff.actor, right, &Resource::at(&path), cx.now)?;
    Ok((staff, ledger))
}

/// A meeting that this person takes part in or steers.
pub struct Hall {
    /// Who.
    pub staff: Staff,
    /// The meeting.
    pub story: Story,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
    /// The meeting as the predicate of access sees it.
    resource: Resource,
}

/// What somebody is to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Steers its place: sees the register.
    Steering,
    /// Comes for an invited body: replies and speaks.
    Invited,
}

impl Hall {
    /// Loads a meeting for somebody who steers its place or comes for an invited body.
    pub async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let story = Story::load(cx, slug, number).await?;
        let path = cx.app.office.path_at(story.meeting.agenda.place).await?;
        let resource = story.meeting.resource(&path, &staff.actor);
        may(&staff.actor, &READ, &resource, cx.now)?;
        Ok(Self { staff, story, path, resource })
    }

    /// Whether this person may do this now.
    #[must_use]
    pub fn can(&self, cx: &Cx, right: &Right) -> bool {
        may(&self.staff.actor, right, &self.resource, cx.now).is_ok()
    }

    /// Who may not at all learns that before anything else about the form.
    pub fn must(&self, cx: &Cx, right: &Right) -> Result<(), Error> {
        match may(&self.staff.actor, right, &self.resource, cx.now) {
            // The command says this itself, on a page that keeps what was typed.
            Ok(_) | Err(Denied::Stage(_)) => Ok(()),
            Err(denied) => Err(denied.into()),
        }
    }

    /// What this person is to it.
    #[must_use]
    pub fn standing(&self, cx: &Cx) -> Standing {
        match self.must(cx, &REGISTER) {
            Ok(()) => Standing::Steering,
            Err(_) => Standing::Invited,
        }
    }

    /// The link of its page.
    #[must_use]
    pub fn link(&self) -> String {
        format!("/w/{}/g/{}", self.story.ledger.slug, self.story.row.number)
    }
}
