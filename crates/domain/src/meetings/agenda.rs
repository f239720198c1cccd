//! The first part of a meeting's state, its agenda (议程): what it was called with, whether
//! the notice hangs, and what the invited bodies replied. What happens in the room is the
//! sitting's.

use super::events::{Event, Invited};
use super::words::{Coming, Confirming};
use crate::councils::CouncilId;
use crate::rulebook::{ConfirmationId, Figures};
use crate::topics::TopicId;
use std::collections::BTreeMap;
use yishi_kernel::record::{Place, Staff};
use yishi_kernel::{
    AccountId, Deadline, Moment, OrganisationId, PhotoDigest, PlaceId, Published, Sealed, Stamped,
};

/// What a meeting was called with, and what happened before it began (议程).
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    /// When it was called.
    pub called: Moment,
    /// The forum of the rule pack.
    pub forum: String,
    /// The set of parties shown with it.
    pub scheme: Option<String>,
    /// What it is called.
    pub title: Published,
    /// The place it is about.
    pub place: PlaceId,
    /// Where it is held.
    pub venue: Published,
    /// When it begins.
    pub starts: Moment,
    /// From when it may begin.
    pub earliest: Moment,
    /// Why the notice is shorter, where it is.
    pub hurry: Option<Published>,
    /// Its topics, in order.
    pub topics: Vec<TopicId>,
    /// How many have a vote, where that is known.
    pub entitled: Option<u64>,
    /// The council whose members vote; without one, everyone present who was confirmed.
    pub council: Option<CouncilId>,
    /// By what it is a statutory meeting, where it is one that was called since 0.3.0.
    pub ground: Option<Ground>,
    /// Bodies invited.
    pub invited: Vec<Invited>,
    /// The desk that convenes it.
    pub desk: PlaceId,
    /// Who chairs.
    pub chair: Sealed<AccountId, Staff>,
    /// Who records.
    pub recorder: Sealed<AccountId, Staff>,
    /// The word of the code shown in the room.
    pub door: Sealed<String, Place>,
    /// How long the result is published.
    pub publication: Deadline,
    /// The digest of the rules it was called by.
    pub rules: String,
    /// When the notice that holds was first posted.
    pub posted: Option<Moment>,
    /// Photos of where the notice hung.
    pub notices: Vec<PhotoDigest>,
    /// What the invited bodies replied, the last by each.
    pub replies: BTreeMap<OrganisationId, Coming>,
}

/// By what a meeting is a statutory one (法定会议依据).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The street, town or township in whose ledger its numbers were confirmed.
    pub street: PlaceId,
    /// By which confirmation.
    pub confirmation: ConfirmationId,
    /// The numbers.
    pub figures: Figures,
}

impl Agenda {
    pub(super) fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Called {
            forum,
            scheme,
            title,
            place,
            venue,
            starts,
            earliest,
            hurry,
            topics,
            entitled,
            invited,
            desk,
            chair,
            recorder,
            door,
            publication,
            rules,
            due: _,
        } = &first.what
        else {
            return None;
        };
        Some(Self {
            called: first.time,
            forum: forum.clone(),
            scheme: scheme.clone(),
            title: title.clone(),
            place: *place,
            venue: venue.clone(),
            starts: *starts,
            earliest: *earliest,
            hurry: hurry.clone(),
            topics: topics.clone(),
            entitled: *entitled,
            council: None,
            ground: None,
            invited: invited.clone(),
            desk: *desk,
            chair: chair.clone(),
            recorder: recorder.clone(),
            door: door.clone(),
            publication: publication.clone(),
            rules: rules.clone(),
            posted: None,
            notices: Vec::new(),
            replies: BTreeMap::new(),
        })
    }

    pub(super) fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::RollSet { council } => self.council = Some(*council),
            Event::BasisSet { street, confirmation, figures } => {
                self.ground =
                    Some(Ground { street: *street, confirmation: *confirmation, figures: figures.clone() });
            }
            Event::Posted { photo, .. } => {
                self.posted.get_or_insert(next.time);
                self.notices.extend(photo.clone());
            }
            Event::Moved { starts, venue, earliest, hurry, reply_by, .. } => {
                self.starts = *starts;
                self.venue = venue.clone();
                self.earliest = *earliest;
                self.hurry.clone_from(hurry);
                self.posted = None;
                self.replies.clear();
                self.invited.iter_mut().for_each(|one| one.reply_by = *reply_by);
            }
            Event::Replied { organisation, coming, .. } => {
                self.replies.insert(*organisation, *coming);
            }
            Event::PassedOn { seat, person, .. } => {
                let person = person.clone().unwrap_or_else(Sealed::erased);
                match seat {
                    Confirming::Chair => self.chair = person,
                    Confirming::Recorder => self.recorder = person,
                }
            }
            Event::Uninvited { organisation, .. } => {
                self.invited.retain(|one| one.organisation != *organisation);
            }
            _ => {}
        }
    }

    /// Whether a body was invited.
    pub(super) fn is_invited(&self, organisation: OrganisationId) -> bool {
        self.invited.iter().any(|one| one.organisation == organisation)
    }

    /// The bodies that have not replied.
    pub fn silent(&self) -> impl Iterator<Item = &Invited> {
        self.invited.iter().filter(|one| !self.replies.contains_key(&one.organisation))
    }

    /// The end of the day of the meeting. The day is that of the meeting itself; no deadline
    /// of the rules is counted to it.
    #[must_use]
    pub fn end_of_day(&self) -> Moment {
        self.starts.end_of_day_after(0)
    }
}
