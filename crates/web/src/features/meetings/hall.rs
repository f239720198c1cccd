//! A meeting for somebody signed in: who they are to it, what they may do, and how a command
//! sent to it ends: back on its page, or there again with what was typed.

use super::parts::{Slip, answer};
use crate::shared::meeting::Story;
use crate::ui::Fields;
use crate::{Cx, Error, Staff};
use axum::response::{IntoResponse, Redirect, Response};
use yishi_domain::access::{Action, Claim, Resource, may};
use yishi_domain::meetings::Command;
use yishi_domain::{Denied, PlaceId};
use yishi_store::reads::places::LedgerRow;

/// A ledger where this person may do this at all.
///
/// # Errors
/// The reason why not.
pub async fn steering(cx: &Cx, slug: &str, action: Action) -> Result<(Staff, LedgerRow), Error> {
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
    may(&staff.actor, action, &Resource { path, ..Resource::default() }, cx.now)?;
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
    pub resource: Resource,
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
    ///
    /// # Errors
    /// When this person is neither.
    pub async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let story = Story::load(cx, slug, number).await?;
        let path = cx.app.office.path_at(story.called()?.place).await?;
        let resource = story.loaded.state.resource(&path, Claim::None, &staff.actor);
        let hall = Self { staff, story, path, resource };
        hall.must(cx, Action::Speak)?;
        Ok(hall)
    }

    /// Whether this person may do this now.
    #[must_use]
    pub fn can(&self, cx: &Cx, action: Action) -> bool {
        may(&self.staff.actor, action, &self.resource, cx.now).is_ok()
    }

    /// Who may not at all learns that before anything else about the form.
    ///
    /// # Errors
    /// When this person may not, at whatever stage.
    pub fn must(&self, cx: &Cx, action: Action) -> Result<(), Error> {
        match may(&self.staff.actor, action, &self.resource, cx.now) {
            // The command says this itself, on a page that keeps what was typed.
            Ok(_) | Err(Denied::Stage(_)) => Ok(()),
            Err(denied) => Err(denied.into()),
        }
    }

    /// What this person is to it.
    #[must_use]
    pub fn standing(&self, cx: &Cx) -> Standing {
        match self.must(cx, Action::Register) {
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

/// A form that was sent to a meeting: where it came from, and what it holds.
pub struct Sent {
    /// The community's word in links.
    pub slug: String,
    /// The meeting's number.
    pub number: i64,
    /// What was typed.
    pub values: Fields,
}

/// Carries out the command that a form asks for. `action` is what one must be able to do at
/// all, `prefix` how the names of the form's fields begin.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn act(
    cx: &Cx,
    sent: Sent,
    action: Action,
    prefix: &str,
    make: impl FnOnce(&Hall, &Fields) -> Result<Command, Slip>,
) -> Result<Response, Error> {
    cx.check(sent.values.get("token"))?;
    let hall = Hall::load(cx, &sent.slug, sent.number).await?;
    hall.must(cx, action)?;
    let done = match make(&hall, &sent.values) {
        Ok(command) => cx
            .app
            .office
            .meet(&hall.staff.actor, hall.story.ledger.ledger, hall.story.row.id, command)
            .await
            .map_err(|failure| Slip::of(failure.into(), prefix, cx.locale)),
        Err(slip) => Err(slip),
    };
    back(cx, &hall, &sent.values, done).await
}

/// Back to the meeting's page, or the page again with what was typed and what is wrong.
///
/// # Errors
/// When nothing that the user could put right is wrong.
pub async fn back(cx: &Cx, hall: &Hall, values: &Fields, done: Result<(), Slip>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&hall.link()).into_response()),
        Err(slip) => {
            let slip = slip.mendable()?;
            let page = super::conduct::view(cx, hall, values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}
