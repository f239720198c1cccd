//! A confirmation as its events made it: of which numbers, by what was read, and whether it stands.

use super::events::ConfirmationEvent;
use super::figures::Figures;
use super::words::ConfirmationStage;
use yishi_kernel::access::Stage;
use yishi_kernel::{Actor, Moment, PlaceId, Published, Resource, Stamped, Stream};

/// A street's confirmation of a statutory forum's numbers (核实).
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    /// Where it stands.
    pub stage: ConfirmationStage,
    /// The forum.
    pub forum: String,
    /// Its numbers as they stood.
    pub figures: Figures,
    /// The digest of the rules that they stand in.
    pub rules: String,
    /// What they were compared with.
    pub read: Published,
    /// The end of the day on which that was read.
    pub on: Moment,
    /// When it was recorded.
    pub at: Moment,
    /// When it was taken back, and why.
    pub withdrawn: Option<(Moment, Published)>,
}

impl Confirmation {
    /// Whether it was of these numbers and stood at a moment.
    #[must_use]
    pub fn stood(&self, figures: &Figures, moment: Moment) -> bool {
        let withdrawn = self.withdrawn.as_ref().is_some_and(|(at, _)| *at <= moment);
        self.figures == *figures && self.at <= moment && !withdrawn
    }
}

impl Stream for Confirmation {
    const KIND: &'static str = "forum";
    type Event = ConfirmationEvent;

    fn begin(first: &Stamped<ConfirmationEvent>) -> Option<Self> {
        let ConfirmationEvent::Confirmed { forum, figures, rules, read, on } = &first.what else {
            return None;
        };
        Some(Self {
            stage: ConfirmationStage::Standing,
            forum: forum.clone(),
            figures: figures.clone(),
            rules: rules.clone(),
            read: read.clone(),
            on: *on,
            at: first.time,
            withdrawn: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<ConfirmationEvent>) {
        match &next.what {
            ConfirmationEvent::Confirmed { .. } => {}
            ConfirmationEvent::Withdrawn { reason } => {
                self.stage = ConfirmationStage::Withdrawn;
                self.withdrawn = Some((next.time, reason.clone()));
            }
        }
    }

    fn resource(&self, path: &[PlaceId], _: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), ..Resource::at(path) }
    }
}
