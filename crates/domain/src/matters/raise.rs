//! Raising: what somebody says becomes a matter and its first receipt. What happens to the
//! matter afterwards is decided in `matter`.

use super::events::Event;
use super::words::{Channel, PhotoDigest, Shown};
use super::{Context, Opening};
use crate::access::{Action, Resource, Role, may};
use crate::context::private;
use crate::ids::{AccountId, MatterId, OrganisationId, PlaceId};
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;

/// What somebody raises, parsed at the edge but for the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    /// How it came in.
    pub channel: Channel,
    /// The place itself.
    pub exact: PlaceId,
    /// The building or coarser place around it that may be public.
    pub building: PlaceId,
    /// The compound or coarser place around it, shown instead when the raiser wishes so.
    pub around: PlaceId,
    /// How exactly the public may know the place.
    pub shown: Shown,
    /// The desk that sorts it: the community's, or the street's for what is about the community.
    pub desk: PlaceId,
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
    /// The receipt that goes with it.
    pub opening: Opening,
}

/// Who starts a matter and on whose behalf: decides which right is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// For oneself.
    Own,
    /// For a neighbour who agreed.
    Neighbour,
    /// From a file.
    Import,
}

/// A matter and its first receipt, to be recorded together.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// The role that stands in the entries.
    pub role: Role,
    /// Of the matter's stream.
    pub matter: Event,
    /// Of the receipt's stream.
    pub receipt: super::ReceiptEvent,
}

/// Raises a matter and opens the receipt of whoever raised it.
///
/// # Errors
/// When nothing was said, too much, or this actor may not.
pub fn raise(id: MatterId, input: Raise, start: Start, ctx: &Context) -> Result<Raised, Refusal> {
    let here = Resource { path: ctx.path.to_vec(), ..Resource::default() };
    let action = match start {
        Start::Own => Action::Raise,
        Start::Neighbour => Action::RaiseForNeighbour,
        Start::Import => Action::Import,
    };
    let role = may(ctx.actor, action, &here, ctx.now)?;
    if start == Start::Neighbour && input.opening.consent.is_none() {
        return Err(Refusal::NoConsent);
    }
    let limits = &ctx.rules.limits;
    let text = private("text", &input.text, limits.text)?;
    let title = private("title", input.title.as_deref().unwrap_or_default(), limits.summary)?;
    if text.is_none() && title.is_none() && input.photos.is_empty() {
        return Err(Refusal::NothingSaid);
    }
    let photos = ctx.photos(input.photos)?;
    let category = input.category.map(|code| ctx.rules.known_category(&code)).transpose()?;
    let receipt = super::receipt::opened(id, super::How::Raised, input.opening, ctx)?;
    let matter = Event::Raised {
        time: ctx.now,
        occurred_at: input.occurred_at,
        place: match input.shown {
            Shown::Building => input.building,
            Shown::Around => input.around,
        },
        exact: input.exact.into(),
        around: input.around,
        shown: input.shown,
        desk: input.desk,
        due: ctx.now.end_of_day_after(ctx.rules.deadlines.receive.days),
        rules: ctx.rules.citation(),
        channel: input.channel,
        about: input.about,
        about_person: input.about_person.map(Sealed::Kept),
        category,
        title,
        text,
        photos,
        source: input.source.map(Sealed::Kept),
        by: ctx.actor.account.map(Sealed::Kept),
    };
    Ok(Raised { role, matter, receipt })
}
