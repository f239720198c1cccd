//! Topics as pages and desks list them.

use crate::paging::{Key, MORE, Paged, below};
use crate::papers::Numbered;
use crate::relations::Relation;
use yishi_domain::matters::{CategoryCode, MatterId};
use yishi_domain::meetings::MeetingId;
use yishi_domain::papers::PaperKind;
use yishi_domain::topics::{TopicId, TopicStage, TopicStep};
use yishi_kernel::StreamName;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A topic as listed.
    pub TopicRow, from "topic t" {
        /// The ledger.
        ledger: PlaceId = "t.ledger",
        /// The topic.
        id: TopicId = "t.id",
        /// Its number: that of its first entry.
        number: i64 = "t.number",
        /// Where it stands.
        stage: TopicStage = "t.stage",
        /// What it is called.
        title: String = "t.title",
        /// What it is about.
        category: CategoryCode = "t.category",
        /// The place it concerns.
        place: PlaceId = "t.place",
        /// How many matters are in it.
        matters: i64 = "t.matters",
        /// The meeting it was put before last.
        meeting: Option<MeetingId> = "t.meeting",
        /// When it was opened.
        opened: Moment = "t.opened",
        /// What comes next, and by when.
        next: Option<(TopicStep, Moment)> = "t.step, t.due",
        /// When it ended.
        ended: Option<Moment> = "t.ended",
    }
}

impl Numbered for TopicRow {
    fn key(&self) -> (PlaceId, StreamName) {
        (self.ledger, self.id.into())
    }

    fn kind(&self) -> PaperKind {
        PaperKind::Topic
    }

    fn entry(&self) -> i64 {
        self.number
    }
}

/// Topics that took a matter up.
pub static GATHERED: Relation =
    Relation { rows: "topic_matter where topic_matter.ledger = g.ledger and topic_matter.matter = g.member" };

query! {
    TOPICS: TopicRow => "where t.ledger = ?1 and (t.opened, t.id) < (?2, ?3) order by t.opened desc, t.id desc limit ?4";
    TOPICS_AT: TopicRow => "where t.ledger = ?1 and t.stage = ?2 order by t.opened desc, t.id desc";
    TOPIC: TopicRow => "where t.ledger = ?1 and t.id = ?2";
    TOPICS_OF: TopicRow => "where t.ledger = ?1 and t.id in
         (select m.topic from topic_matter m where m.ledger = ?1 and m.matter = ?2)";
    SOME: TopicRow => "where (t.ledger, t.id) in (values (?1, ?2), …)";
}

/// A page of the topics of a ledger, the latest first.
pub async fn topics(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<TopicId>>,
) -> Result<Paged<TopicRow>, Fault> {
    let (opened, id) = below(before);
    let rows = TOPICS.all(db, &args![ledger, opened, id, MORE]).await?;
    Ok(Paged::of(rows, |topic| (topic.opened, topic.id)))
}

/// The topics of a ledger that stand at a stage, the latest first.
pub async fn topics_at(db: &Db, ledger: PlaceId, stage: TopicStage) -> Result<Vec<TopicRow>, Fault> {
    TOPICS_AT.all(db, &args![ledger, stage]).await
}

/// One topic as listed.
pub async fn topic(db: &Db, ledger: PlaceId, id: TopicId) -> Result<Option<TopicRow>, Fault> {
    TOPIC.first(db, &args![ledger, id]).await
}

/// The topics that a matter was gathered into, oldest first.
pub async fn topics_of(db: &Db, ledger: PlaceId, matter: MatterId) -> Result<Vec<TopicRow>, Fault> {
    let mut found = TOPICS_OF.all(db, &args![ledger, matter]).await?;
    found.sort_by_key(|topic| (topic.opened, topic.id));
    Ok(found)
}

/// Several topics as listed, in any order.
pub async fn some(db: &Db, keys: &[(PlaceId, TopicId)]) -> Result<Vec<TopicRow>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    SOME.all(db, &args_and_pairs([], keys.iter().copied())).await
}
