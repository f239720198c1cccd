//! What can happen to a matter and to a receipt, as it stands in the ledger for ever. When,
//! and by whose account, every entry says beside. No rules here.

use super::ids::MatterId;
use super::rules::CategoryCode;
use super::told::{Often, Telling, Tongue};
use super::words::{CameTo, Channel, How, KnownBy, Outcome, Proof, Shown};
use crate::evaluation::{CallWay, Contacted, Reached, Satisfaction, Solved};
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Case, Link, Place, Raiser, Staff};
use yishi_kernel::{
    AccountId, Ended, Holder, Moment, OrganisationId, PhotoDigest, PlaceId, Published, Sealed, Urging,
};

/// What can happen to a matter. Where a deadline was set, `rules` is the digest of the pack
/// that set it. Kinds without fields have braces, so that their fields are closed too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Somebody raised it (说事).
    #[serde(rename = "matter.raised.1")]
    Raised {
        /// When it happened or was first said, if that was earlier.
        occurred_at: Option<Moment>,
        /// The place, building at the finest; coarser when the raiser wished so.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId, Place>,
        /// The compound, market or coarser place around it.
        around: PlaceId,
        /// How exactly the public may know the place.
        shown: Shown,
        /// The desk that sorts it.
        desk: PlaceId,
        /// By when.
        due: Moment,
        /// The rules of the deadline.
        rules: String,
        /// How it came in.
        channel: Channel,
        /// The organisation it is about.
        about: Option<OrganisationId>,
        /// The person it is about.
        about_person: Option<Sealed<AccountId, Case>>,
        /// What it is about, if the raiser said so.
        category: Option<CategoryCode>,
        /// A headline, if it came with one.
        title: Option<Sealed<String, Raiser>>,
        /// What was said.
        text: Option<Sealed<String, Raiser>>,
        /// Photos.
        photos: Option<Sealed<Vec<PhotoDigest>, Raiser>>,
        /// Key of the row it was imported from.
        source: Option<Sealed<String, Raiser>>,
        /// The matter whose answer it goes on from: a new fact about that.
        after: Option<MatterId>,
    },
    /// It was raised from the floor of a meeting (会上提出): it comes with the entry of its
    /// raising, and changes nothing of the meeting.
    #[serde(rename = "matter.from_floor.1")]
    FromFloor {
        /// Of which.
        meeting: MeetingId,
    },
    /// Whoever raised it said more (补充).
    #[serde(rename = "matter.added.1")]
    Added {
        /// What was said.
        text: Option<Sealed<String, Raiser>>,
        /// Photos.
        photos: Option<Sealed<Vec<PhotoDigest>, Raiser>>,
    },
    /// It was sorted (分流).
    #[serde(rename = "matter.triaged.1")]
    Triaged {
        /// Into which outcome.
        outcome: Outcome,
        /// About what.
        category: CategoryCode,
        /// Who holds it from now on.
        holder: Holder,
        /// The person, when a person holds it.
        person: Option<Sealed<AccountId, Staff>>,
        /// By when it must be answered.
        due: Moment,
        /// The rules of the deadline.
        rules: String,
    },
    /// It came again after it was solved before, and goes to the desk above to be sorted there
    /// (重复反映上交).
    #[serde(rename = "matter.sent_up.1")]
    SentUp {
        /// To which desk.
        desk: PlaceId,
        /// About what.
        category: CategoryCode,
        /// How often the same was solved here before, within the days of the rules.
        solved: u32,
        /// By when it must be sorted.
        due: Moment,
        /// The rules by which it goes.
        rules: String,
    },
    /// A masked summary was confirmed for the public (公开摘要).
    #[serde(rename = "matter.summarised.1")]
    Summarised {
        /// What the public reads.
        summary: Published,
        /// Corrected category.
        category: Option<CategoryCode>,
    },
    /// A photo was published, by an act of its own.
    #[serde(rename = "matter.photo_published.1")]
    PhotoPublished {
        /// Which.
        photo: PhotoDigest,
    },
    /// Another one holds it now (转办).
    #[serde(rename = "matter.handed_over.1")]
    HandedOver {
        /// To whom.
        holder: Holder,
        /// The person, when a person holds it.
        person: Option<Sealed<AccountId, Staff>>,
        /// Why.
        reason: Published,
    },
    /// Whoever held it is no longer there, or it went up from their stairwell, and another one holds
    /// it now (移交).
    #[serde(rename = "matter.passed_on.1")]
    PassedOn {
        /// To whom.
        holder: Holder,
        /// The person, when a person holds it.
        person: Option<Sealed<AccountId, Staff>>,
        /// Why.
        why: Ended,
    },
    /// It gets a later day, for a reason (延期).
    #[serde(rename = "matter.extended.1")]
    Extended {
        /// Why.
        reason: Published,
        /// By when it must be answered now.
        due: Moment,
    },
    /// Something was done about it (进展).
    #[serde(rename = "matter.progressed.1")]
    Progressed {
        /// What, for everyone to read.
        note: Published,
        /// Photos as proof, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
    },
    /// Whoever works on it contacted whoever raised it (联系反映人).
    #[serde(rename = "matter.contacted.1")]
    Contacted {
        /// By what way.
        way: CallWay,
    },
    /// Somebody who works on it noted something for colleagues (内部备注).
    #[serde(rename = "matter.noted.1")]
    Noted {
        /// What.
        memo: Sealed<String, Raiser>,
    },
    /// Its holder was urged (催办、督办).
    #[serde(rename = "matter.urged.1")]
    Urged {
        /// By whom beside or above them.
        how: Urging,
    },
    /// It was answered, to everyone owed an answer (答复).
    #[serde(rename = "matter.answered.1")]
    Answered {
        /// The answer, for everyone to read.
        text: Published,
        /// A word only for those who had raised or joined it by then.
        word: Option<Sealed<String, Raiser>>,
        /// Photos as proof, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
        /// Until when it may be evaluated before others close it.
        due: Moment,
    },
    /// Somebody who was answered said that it is not solved.
    #[serde(rename = "matter.reopened.1")]
    Reopened {
        /// By when it must be answered again.
        due: Moment,
    },
    /// It had been sorted wrongly; from now on it stands so (改正分流). What should have been accepted is
    /// in hand again.
    #[serde(rename = "matter.resorted.1")]
    Resorted {
        /// What sorting should have come to; nothing before it was sorted.
        outcome: Option<Outcome>,
        /// What it is about.
        category: Option<CategoryCode>,
        /// By when its next step is due, never later than was promised.
        due: Moment,
        /// The rules of the deadline.
        rules: String,
        /// What was wrong.
        reason: Published,
    },
    /// It had been told of the wrong place (改正地点).
    #[serde(rename = "matter.relocated.1")]
    Relocated {
        /// The place, building at the finest; coarser when the raiser wished so.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId, Place>,
        /// The compound, market or coarser place around it.
        around: PlaceId,
        /// What was wrong; nothing where the entry that it comes with says so.
        reason: Option<Published>,
    },
    /// A topic took it up, to be deliberated with others like it (列入议题).
    #[serde(rename = "matter.taken_up.1")]
    TakenUp {
        /// Which topic.
        topic: TopicId,
        /// By when it must be answered: deliberating takes its time, and says how much.
        due: Moment,
        /// The rules of the deadline.
        rules: String,
    },
    /// The topic was given up; it goes on by itself.
    #[serde(rename = "matter.let_go.1")]
    LetGo {
        /// Which topic.
        topic: TopicId,
        /// By when it must be answered.
        due: Moment,
        /// The rules of the deadline.
        rules: String,
    },
    /// A calendar that came later makes it due sooner than was promised (重算时限).
    #[serde(rename = "matter.reckoned.1")]
    Reckoned {
        /// By when its next step is due now.
        due: Moment,
        /// The rules with that calendar.
        rules: String,
    },
    /// The households of its stairwell met about it (楼门会议过).
    #[serde(rename = "matter.met_at_stairwell.1")]
    MetAtStairwell {
        /// At which meeting.
        meeting: MeetingId,
        /// What it came to there.
        came_to: CameTo,
    },
    /// It ended (销号).
    #[serde(rename = "matter.closed.1")]
    Closed {},
    /// Whoever said it took it back before anybody worked on it, and nobody else stands behind
    /// it: it ended, and nobody is owed an answer (撤回).
    #[serde(rename = "matter.withdrawn.1")]
    Withdrawn {},
    /// It was merged into another one, which goes on (归并).
    #[serde(rename = "matter.merged.1")]
    Merged {
        /// Into which.
        into: MatterId,
    },
    /// Another one was merged into it.
    #[serde(rename = "matter.absorbed.1")]
    Absorbed {
        /// Which.
        member: MatterId,
        /// That one and all that were merged into it before.
        family: Vec<MatterId>,
        /// By when its next step was due: a merge keeps the earliest promise.
        due: Moment,
        /// What sorting it had come to, where it was sorted.
        outcome: Option<Outcome>,
        /// What it was about then.
        category: Option<CategoryCode>,
        /// Who held it then.
        holder: Option<Holder>,
        /// The person, when a person held it.
        person: Option<Sealed<AccountId, Staff>>,
        /// Those who ever held, worked on or answered it.
        handlers: Option<Sealed<Vec<AccountId>, Staff>>,
    },
    /// It goes on by itself again.
    #[serde(rename = "matter.unmerged.1")]
    Unmerged {},
    /// Another one goes on by itself again.
    #[serde(rename = "matter.released.1")]
    Released {
        /// Which.
        member: MatterId,
    },
}

impl Event {
    /// Whether it is done to a matter and all that were merged into it: from then on none of
    /// them stands as it did before.
    pub(super) fn is_of_the_whole(&self) -> bool {
        match self {
            Event::Triaged { .. }
            | Event::SentUp { .. }
            | Event::HandedOver { .. }
            | Event::PassedOn { .. }
            | Event::Extended { .. }
            | Event::Answered { .. }
            | Event::Reopened { .. }
            | Event::Resorted { .. }
            | Event::TakenUp { .. }
            | Event::LetGo { .. }
            | Event::Closed {}
            | Event::Withdrawn {} => true,
            Event::Raised { .. }
            | Event::FromFloor { .. }
            | Event::Reckoned { .. }
            | Event::Added { .. }
            | Event::MetAtStairwell { .. }
            | Event::Summarised { .. }
            | Event::PhotoPublished { .. }
            | Event::Progressed { .. }
            | Event::Contacted { .. }
            | Event::Urged { .. }
            | Event::Noted { .. }
            | Event::Relocated { .. }
            | Event::Merged { .. }
            | Event::Absorbed { .. }
            | Event::Unmerged {}
            | Event::Released { .. } => false,
        }
    }
}

/// What can happen to a receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum ReceiptEvent {
    /// Somebody is owed an answer.
    #[serde(rename = "receipt.opened.1")]
    Opened {
        /// On which matter.
        matter: MatterId,
        /// By raising or by joining.
        how: How,
        /// What stands behind it.
        proof: Proof,
        /// How it came in.
        channel: Channel,
        /// SHA-256 of the link's secret, in hex; none where nobody was given a link.
        secret: Option<Sealed<String, Link>>,
        /// Who supports, as a digest that is the same for the same device or household.
        supporter: Sealed<String, Link>,
        /// The account, when somebody signed in raised or joined.
        account: Option<Sealed<AccountId, Raiser>>,
        /// A name, where given.
        name: Option<Sealed<String, Raiser>>,
        /// A contact for questions, where given for that.
        contact: Option<Sealed<String, Raiser>>,
        /// How the neighbour agreed to be spoken for.
        consent: Option<Sealed<String, Raiser>>,
    },
    /// Its holder said more by the form that opened it: to the matter, or how to be reached.
    #[serde(rename = "receipt.added.1")]
    Added {
        /// A digest of what was sent, so that the same is added once.
        said: Sealed<String, Link>,
        /// A name, where given.
        name: Option<Sealed<String, Raiser>>,
        /// A contact for questions, where given for that.
        contact: Option<Sealed<String, Raiser>>,
    },
    /// The standing answer was evaluated (评价). Said in a call back, the call's own entry
    /// comes before it.
    #[serde(rename = "receipt.evaluated.2")]
    Evaluated {
        /// Which answer: the moment it was given.
        answer: Moment,
        /// Was it solved?
        solved: Solved,
        /// How content.
        satisfaction: Satisfaction,
        /// Whether they were contacted while it was worked on, where they said.
        contacted: Option<Contacted>,
        /// In own words.
        comment: Option<Sealed<String, Raiser>>,
    },
    /// Somebody called back to ask (回访).
    #[serde(rename = "receipt.called.2")]
    Called {
        /// Of which answer: the moment it was given.
        answer: Moment,
        /// By what way; the first form did not say.
        way: Option<CallWay>,
        /// Whether anybody was reached.
        reached: Reached,
        /// The rules by which it is not tried again: they count as not reached (未联系上).
        given_up: Option<String>,
        /// What was said besides.
        note: Option<Sealed<String, Raiser>>,
    },
    /// Somebody looked at the contact.
    #[serde(rename = "receipt.contact_viewed.1")]
    ContactViewed {},
    /// It was issued anew (补发): another link and another code lead to it, and the one before
    /// ended.
    #[serde(rename = "receipt.reissued.1")]
    Reissued {
        /// By what its holder was known.
        known_by: KnownBy,
        /// SHA-256 of the new link's secret, in hex.
        secret: Sealed<String, Link>,
    },
    /// Its holder said how they are told when it goes on (告知方式).
    #[serde(rename = "receipt.told_by.2")]
    ToldBy {
        /// How, or not.
        way: Telling,
        /// How often.
        often: Often,
        /// In which language: few speak another one, and would be known by it.
        tongue: Option<Sealed<Tongue, Raiser>>,
        /// At which number or address.
        to: Option<Sealed<String, Raiser>>,
    },
    /// Its holder took it back (撤回): they are owed nothing more and stand behind nothing.
    #[serde(rename = "receipt.withdrawn.1")]
    Withdrawn {},
}
