//! Tables of matters, of which matter carries which, and of receipts.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use yishi_domain::evaluation::{Contacted, Reached, Satisfaction, Solved};
use yishi_domain::insight::Tier;
use yishi_domain::matters::{
    CORRECT, Channel, Contact, ERASE, How, Matter, MatterId, Often, Outcome, Proof, Receipt, ReceiptId,
    StageKind, Step, Then,
};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::phone;
use yishi_kernel::search::{Tag, tag};
use yishi_kernel::{
    AccountId, HolderKey, Loaded, Moment, OrganisationId, PhotoDigest, PlaceId, Published, Right, Sealed,
    Stream, StreamName, search, words,
};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, TermsOf, blobs, search_index, table};

/// The tables of matters.
pub(crate) static TABLES: &[&Table] = &[
    MatterLine::TABLE,
    Family::TABLE,
    ReceiptLine::TABLE,
    ReceiptTold::TABLE,
    EndedLink::TABLE,
    ReceiptReach::TABLE,
];

/// The fields in which something is said with a matter.
const SAID: [&str; 3] = ["title", "text", "photos"];

table! {
    /// Matters. `listed` unless another matter carries it or it was taken back; `state` is what the board filters by;
    /// `category` is empty when unknown; `step` and `due` say what comes next, where anything does. `forget`
    /// where its raiser took back what was said, and whom it is about is still known. From `channel` on to
    /// `reopened` stands what figures count: first steps with when they were due, and who holds it.
    pub MatterLine in "matter", key (ledger, id) edition 2 {
        ledger: PlaceId,
        id: MatterId,
        number: Number,
        doc: i64,
        stage: StageKind,
        listed: Flag,
        state: BoardState,
        category: String,
        outcome: Option<Outcome>,
        place: PlaceId,
        exact: Option<PlaceId>,
        around: PlaceId,
        desk: PlaceId,
        about: Option<OrganisationId>,
        about_person: Option<AccountId>,
        forget: Option<Moment>,
        raised: Moment,
        step: Option<Step>,
        due: Option<Moment>,
        answered: Option<Moment>,
        closed: Option<Moment>,
        channel: Channel,
        tier: Tier,
        body: Option<OrganisationId>,
        sorted: Option<Moment>,
        sort_by: Option<Moment>,
        first_answer: Option<Moment>,
        answer_by: Option<Moment>,
        reopened: u64,
        contacted: Option<Moment>,
        merged_into: Option<MatterId>,
        summary: Option<String>,
        photo: Option<PhotoDigest>,
        photos: u64,
        source: Option<String>,
        meeting: Option<MeetingId>,
    }
    unique matter_doc (ledger, doc);
    unique matter_doc_once (doc) on sqlite;
    index matter_board (ledger, listed, raised, id);
    index matter_board_c (ledger, listed, category, raised, id);
    index matter_board_s (ledger, listed, state, raised, id);
    index matter_board_cs (ledger, listed, category, state, raised, id);
    index matter_board_a (ledger, listed, around, raised, id);
    index matter_board_ac (ledger, listed, around, category, raised, id);
    index matter_board_as (ledger, listed, around, state, raised, id);
    index matter_board_acs (ledger, listed, around, category, state, raised, id);
    index matter_raised (ledger, raised, id);
    index matter_exact (ledger, exact, raised, id);
    index matter_place (ledger, place, raised, id);
    index matter_spot (ledger, place, category, raised, id);
    index matter_source (ledger, source) where source;
    index matter_meeting (ledger, meeting, raised, id) where meeting;
    index matter_merged (ledger, merged_into, id) where merged_into;
    index matter_forget (forget, ledger, id) where forget;
}

table! {
    /// Which matter carries each matter, itself included: one row for each matter.
    pub(crate) Family in "family", key (ledger, member) {
        ledger: PlaceId,
        member: MatterId,
        root: MatterId,
    }
    index family_root (ledger, root, member);
}

table! {
    /// Receipts, each on the matter it was opened on. `called` is the answer somebody called
    /// about last, `reached` whether anybody was, `missed` how often nobody was reached, `given_up` where it
    /// is not tried again; `phone` where a telephone was left; `reissued` how often it was issued anew. A device or household has one receipt
    /// on a matter: of two forms sent at one moment the store refuses the second, and whoever
    /// sent it is told that it is there already.
    pub(crate) ReceiptLine in "receipt", key (ledger, id) {
        ledger: PlaceId,
        id: ReceiptId,
        matter: MatterId,
        how: How,
        proof: Proof,
        secret: Option<String>,
        supporter: Option<String>,
        account: Option<AccountId>,
        opened: Moment,
        contact: Flag,
        phone: Flag,
        evaluated: Option<Moment>,
        solved: Option<Solved>,
        satisfaction: Option<Satisfaction>,
        contacted: Option<Contacted>,
        called: Option<Moment>,
        reached: Option<Reached>,
        missed: u64,
        given_up: Flag,
        reissued: u64,
        withdrawn: Option<Moment>,
    }
    unique receipt_once (ledger, matter, supporter);
    index receipt_secret (ledger, secret) where secret;
    index receipt_supporter (ledger, supporter, opened, id);
    index receipt_account (account, ledger, opened, id) where account;
}

table! {
    /// Receipts whose holders are told when it goes on: how they are reached is no part of it.
    pub(crate) ReceiptTold in "receipt_told", key (ledger, receipt) {
        ledger: PlaceId,
        receipt: ReceiptId,
        matter: MatterId,
        often: Often,
    }
    index receipt_told_of (ledger, matter, receipt);
}

table! {
    /// Links that led to a receipt before it was issued anew, by the digest of their secret: whoever
    /// opens one is told that it ended.
    pub(crate) EndedLink in "receipt_link", key (ledger, secret) {
        ledger: PlaceId,
        secret: String,
        ended: Moment,
    }
}

table! {
    /// By which name or contact the holder of a receipt is reached: only its digest, as a ledger's
    /// receipts know it, since nobody lists these.
    pub(crate) ReceiptReach in "receipt_reach", key (ledger, reach, receipt) {
        ledger: PlaceId,
        reach: String,
        receipt: ReceiptId,
        matter: MatterId,
    }
}

search_index! {
    /// Terms of matters: of what the public may read and know, and of everything said, with the
    /// place itself and who holds it. On SQLite it is
    /// one for all ledgers of the file, which is why `doc` is unique there across them.
    pub(crate) MATTER_SEARCH in "matter_search", of MatterLine (public, entire) edition 2
}

words! {
    /// What the board filters by (公示状态).
    BoardState as "state" {
        /// Not answered yet.
        Open = "open",
        /// Answered, being evaluated.
        Answered = "answered",
        /// Closed.
        Closed = "closed",
    }
}

impl From<StageKind> for BoardState {
    fn from(stage: StageKind) -> Self {
        match stage {
            StageKind::Raised | StageKind::InHand | StageKind::Merged => BoardState::Open,
            StageKind::Answered => BoardState::Answered,
            StageKind::Closed => BoardState::Closed,
        }
    }
}

impl Viewed for Matter {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: Vec::from_iter(self.merged_into), topics: Vec::new() }
    }

    fn part_of(&self) -> Option<StreamName> {
        self.topic.map(Into::into)
    }

    fn rows(ledger: PlaceId, id: &str, matter: &Self, loaded: &Loaded<Self>) -> Rows {
        let Ok(own) = id.parse::<MatterId>() else { return Rows::none() };
        let stage = matter.stage();
        let about_person = matter.about_person.as_ref().and_then(Sealed::get).copied();
        // Something was said with every matter.
        let said = |field: &str| loaded.private.contains_key(&(1, field.to_owned()));
        let taken_back = !SAID.iter().any(|field| said(field));
        let (step, due) = next(&matter.waits());
        Rows::of(MatterLine {
            ledger,
            id: own,
            number: Number::Own,
            doc: doc(id, matter.raised.0),
            stage,
            // What was taken back before anybody worked on it is nobody's to look through.
            listed: Flag::from(stage != StageKind::Merged && !matter.is_withdrawn()),
            state: stage.into(),
            category: matter.category.as_ref().map(|code| code.0.clone()).unwrap_or_default(),
            outcome: matter.outcome,
            place: matter.place,
            exact: matter.exact.get().copied(),
            around: matter.around,
            desk: matter.sent_up.unwrap_or(matter.desk),
            about: matter.about,
            about_person,
            forget: about_person.filter(|_| taken_back).map(|_| matter.raised),
            raised: matter.raised,
            step,
            due,
            answered: matter.answered,
            closed: matter.closed,
            channel: matter.channel,
            tier: Tier::of(&matter.holder, matter.desk),
            body: matter.holder.organisation(),
            sorted: matter.sorted.map(|step| step.at),
            sort_by: matter.sorted.map(|step| step.due),
            first_answer: matter.first_answer.map(|step| step.at),
            answer_by: matter.first_answer.map(|step| step.due),
            reopened: matter.reopened,
            contacted: matter.contacted,
            merged_into: matter.merged_into,
            summary: matter.summary.as_ref().map(ToString::to_string),
            photo: matter.published.first().cloned(),
            photos: matter.photos.len() as u64,
            source: matter.source.as_ref().and_then(Sealed::get).cloned(),
            meeting: matter.meeting,
        })
        .and(matter.family(own).into_iter().map(|member| Family { ledger, member, root: own }))
    }

    fn terms(ledger: PlaceId, id: &str, matter: &Self, loaded: &Loaded<Self>) -> Option<TermsOf> {
        let public = matter.summary.as_ref().and_then(Published::get).unwrap_or_default();
        // What was said first and what was said more; texts for everyone are no private ones.
        let own = loaded.private.iter().filter(|((_, field), _)| ["title", "text"].contains(&field.as_str()));
        let said: Vec<String> = own.filter_map(|(_, value)| serde_json::from_str(value).ok()).collect();
        let entire = format!("{}\n{public}", said.join("\n"));
        let place = |id: PlaceId| tag(Tag::Place, &id.to_string());
        // What everyone may know of it, and where it is shown in words as well.
        let category = matter.category.as_ref().map(|code| tag(Tag::Category, &code.0));
        let state = tag(Tag::State, BoardState::from(matter.stage()).word());
        let known = [place(ledger), place(matter.around), place(matter.place), state];
        let known: BTreeSet<String> = known.into_iter().chain(category).collect();
        let holder = HolderKey::of(matter.holder, matter.person.as_ref());
        let within = matter.exact.get().copied().map(place);
        let inside = [tag(Tag::Holder, holder.as_str())].into_iter().chain(within);
        let column = |text: &str, tags: &BTreeSet<String>| {
            search::terms(text).into_iter().chain(tags.iter().cloned()).collect::<Vec<_>>()
        };
        let entirely = known.iter().cloned().chain(inside).collect();
        Some(TermsOf {
            index: &MATTER_SEARCH,
            doc: doc(id, matter.raised.0),
            columns: vec![column(public, &known), column(&entire, &entirely)],
        })
    }
}

impl Viewed for Receipt {
    fn judged_over(&self) -> Option<StreamName> {
        Some(self.matter.into())
    }

    fn rows(ledger: PlaceId, id: &str, receipt: &Self, loaded: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse::<ReceiptId>() else { return Rows::none() };
        let called = receipt.called();
        let last = called.and_then(|(answer, _)| receipt.last_call(answer));
        Rows::of(ReceiptLine {
            ledger,
            id,
            matter: receipt.matter,
            how: receipt.how,
            proof: receipt.proof,
            secret: receipt.secret.as_ref().and_then(Sealed::get).cloned(),
            supporter: receipt.supporter.get().cloned(),
            account: receipt.account.as_ref().and_then(Sealed::get).copied(),
            opened: receipt.opened,
            contact: Flag::from(receipt.contact == Contact::Given),
            phone: Flag::from(has_phone(loaded)),
            evaluated: receipt.evaluation.map(|(answer, _, _)| answer),
            solved: receipt.evaluation.map(|(_, solved, _)| solved),
            satisfaction: receipt.evaluation.map(|(_, _, satisfaction)| satisfaction),
            contacted: receipt.contacted,
            called: called.map(|(answer, _)| answer),
            reached: last.map(|call| call.reached),
            missed: called.map_or(0, |(_, missed)| missed),
            given_up: Flag::from(last.is_some_and(|call| call.then == Then::GivenUp)),
            reissued: receipt.reissued,
            withdrawn: receipt.withdrawn,
        })
        .and(receipt.told.filter(|_| receipt.withdrawn.is_none()).map(|wish| ReceiptTold {
            ledger,
            receipt: id,
            matter: receipt.matter,
            often: wish.often,
        }))
        .and(receipt.ended.iter().filter_map(|(secret, ended)| {
            Some(EndedLink { ledger, secret: secret.get()?.clone(), ended: *ended })
        }))
        .and(reached_by(loaded, ledger).into_iter().map(|reach| ReceiptReach {
            ledger,
            reach,
            receipt: id,
            matter: receipt.matter,
        }))
    }
}

/// Whether the holder of a receipt left a telephone, alone or beside words.
fn has_phone(loaded: &Loaded<Receipt>) -> bool {
    let own = loaded.private.iter().filter(|((_, field), _)| field == "contact");
    let given = own.filter_map(|(_, value)| serde_json::from_str::<String>(value).ok());
    given.into_iter().any(|given| phone::is_in(&given))
}

/// The digests of all that the holder of a receipt may be asked for by.
fn reached_by(loaded: &Loaded<Receipt>, ledger: PlaceId) -> BTreeSet<String> {
    let own = loaded.private.iter().filter(|((_, field), _)| ["name", "contact"].contains(&field.as_str()));
    let given = own.filter_map(|(_, value)| serde_json::from_str::<String>(value).ok());
    given.flat_map(|given| reaches(&given)).map(|one| reach(ledger, &one)).collect()
}

/// What somebody gave to be reached by, each number or name by itself, as it is compared. One
/// letter is no name.
pub(super) fn reaches(given: &str) -> Vec<String> {
    let given = phone::contact(given).unwrap_or_else(|_| given.to_owned());
    let each = given.split('、').map(search::plain);
    each.filter(|one| one.chars().nth(1).is_some()).collect()
}

/// How a ledger knows it.
pub(super) fn reach(ledger: PlaceId, one: &str) -> String {
    blobs::digest_of(format!("{ledger}/reach/{one}").as_bytes())
}

/// The number by which the search index knows a matter: in the order of raising, and told
/// apart within a microsecond by eleven bits of the id. Where that is not enough the store
/// refuses the second one, and it is raised a microsecond later.
fn doc(id: &str, raised: i64) -> i64 {
    let digest = Sha256::digest(id.as_bytes());
    let low = (i64::from(digest[0]) << 8 | i64::from(digest[1])) & 0x7ff;
    (raised << 11) | low
}
