//! What can happen to a matter, as it stands in the ledger for ever. No rules here.

use super::words::{Channel, Holder, Outcome, PhotoDigest, Shown};
use crate::ids::{AccountId, MatterId, OrganisationId, PlaceId, TopicId};
use crate::moment::Moment;
use crate::record::Sealed;
use crate::rules::CategoryCode;
use serde::{Deserialize, Serialize};

/// What can happen to a matter. Names and fields may only be added to: golden files hold them.
///
/// Entries carry the moment of the decision (`time`), since deadlines start from it; the
/// ledger's own recording time comes later by a moment and stands in the envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody raised it (说事).
    #[serde(rename = "matter.raised.1")]
    Raised {
        /// When.
        time: Moment,
        /// When it happened or was first said, if that was earlier.
        occurred_at: Option<Moment>,
        /// The place, building at the finest; coarser when the raiser wished so.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId>,
        /// The compound, market or coarser place around it.
        around: PlaceId,
        /// How exactly the public may know the place.
        shown: Shown,
        /// The desk that sorts it.
        desk: PlaceId,
        /// By when.
        due: Moment,
        /// The rule pack of the deadline.
        rules: String,
        /// How it came in.
        channel: Channel,
        /// The organisation it is about.
        about: Option<OrganisationId>,
        /// The person it is about.
        about_person: Option<Sealed<AccountId>>,
        /// What it is about, if the raiser said so.
        category: Option<CategoryCode>,
        /// A headline, if it came with one.
        title: Option<Sealed<String>>,
        /// What was said.
        text: Option<Sealed<String>>,
        /// Photos.
        photos: Option<Sealed<Vec<PhotoDigest>>>,
        /// Key of the row it was imported from.
        source: Option<Sealed<String>>,
        /// The account of whoever entered it.
        by: Option<Sealed<AccountId>>,
    },
    /// It was sorted (分流).
    #[serde(rename = "matter.triaged.1")]
    Triaged {
        /// When.
        time: Moment,
        /// Into which outcome.
        outcome: Outcome,
        /// About what.
        category: CategoryCode,
        /// Who holds it from now on.
        holder: Holder,
        /// The person, when a person holds it.
        person: Option<Sealed<AccountId>>,
        /// By when it must be answered.
        due: Moment,
        /// The rule pack of the deadline.
        rules: String,
        /// Who sorted it.
        by: Sealed<AccountId>,
    },
    /// A masked summary was confirmed for the public (公开摘要).
    #[serde(rename = "matter.summarised.1")]
    Summarised {
        /// When.
        time: Moment,
        /// What the public reads.
        summary: String,
        /// Corrected category.
        category: Option<CategoryCode>,
        /// Who confirmed it.
        by: Sealed<AccountId>,
    },
    /// A photo was published, by an act of its own.
    #[serde(rename = "matter.photo_published.1")]
    PhotoPublished {
        /// When.
        time: Moment,
        /// Which.
        photo: PhotoDigest,
        /// Who published it.
        by: Sealed<AccountId>,
    },
    /// Another one holds it now (转办).
    #[serde(rename = "matter.handed_over.1")]
    HandedOver {
        /// When.
        time: Moment,
        /// To whom.
        holder: Holder,
        /// The person, when a person holds it.
        person: Option<Sealed<AccountId>>,
        /// Why.
        reason: String,
        /// Who handed it over.
        by: Sealed<AccountId>,
    },
    /// Something was done about it (进展).
    #[serde(rename = "matter.progressed.1")]
    Progressed {
        /// When.
        time: Moment,
        /// What, for everyone to read.
        note: String,
        /// Photos as proof, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>>>,
        /// Who did it.
        by: Sealed<AccountId>,
    },
    /// It was answered, to everyone owed an answer (答复).
    #[serde(rename = "matter.answered.1")]
    Answered {
        /// When.
        time: Moment,
        /// The answer, for everyone to read.
        text: String,
        /// A word only for those who raised or joined it.
        word: Option<Sealed<String>>,
        /// Photos as proof, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>>>,
        /// Until when it may be evaluated before others close it.
        due: Moment,
        /// Who answered.
        by: Sealed<AccountId>,
    },
    /// Somebody who was answered said that it is not solved.
    #[serde(rename = "matter.reopened.1")]
    Reopened {
        /// When.
        time: Moment,
        /// By when it must be answered again.
        due: Moment,
    },
    /// A topic took it up, to be deliberated with others like it (列入议题).
    #[serde(rename = "matter.taken_up.1")]
    TakenUp {
        /// When.
        time: Moment,
        /// Which topic.
        topic: TopicId,
        /// By when it must be answered: deliberating takes its time, and says how much.
        due: Moment,
        /// The rule pack of the deadline.
        rules: String,
        /// Who took it up.
        by: Sealed<AccountId>,
    },
    /// The topic was given up; it goes on by itself.
    #[serde(rename = "matter.let_go.1")]
    LetGo {
        /// When.
        time: Moment,
        /// Which topic.
        topic: TopicId,
        /// By when it must be answered.
        due: Moment,
        /// The rule pack of the deadline.
        rules: String,
        /// Who gave the topic up.
        by: Sealed<AccountId>,
    },
    /// It ended (销号).
    #[serde(rename = "matter.closed.1")]
    Closed {
        /// When.
        time: Moment,
        /// Who closed it.
        by: Sealed<AccountId>,
    },
    /// It was merged into another one, which goes on (归并).
    #[serde(rename = "matter.merged.1")]
    Merged {
        /// When.
        time: Moment,
        /// Into which.
        into: MatterId,
        /// Who merged it.
        by: Sealed<AccountId>,
    },
    /// Another one was merged into it.
    #[serde(rename = "matter.absorbed.1")]
    Absorbed {
        /// When.
        time: Moment,
        /// Which.
        member: MatterId,
        /// That one and all that were merged into it before.
        family: Vec<MatterId>,
        /// The earlier of both deadlines: a merge keeps the earliest promise.
        due: Moment,
        /// Who merged it.
        by: Sealed<AccountId>,
    },
    /// It goes on by itself again.
    #[serde(rename = "matter.unmerged.1")]
    Unmerged {
        /// When.
        time: Moment,
        /// Who unmerged it.
        by: Sealed<AccountId>,
    },
    /// Another one goes on by itself again.
    #[serde(rename = "matter.released.1")]
    Released {
        /// When.
        time: Moment,
        /// Which.
        member: MatterId,
        /// Who unmerged it.
        by: Sealed<AccountId>,
    },
}
