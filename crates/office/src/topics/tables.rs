//! Tables of topics, and of the matters they were gathered from.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use crate::papers::Issued;
use yishi_domain::matters::{CategoryCode, MatterId};
use yishi_domain::meetings::MeetingId;
use yishi_domain::papers::PaperKind;
use yishi_domain::topics::{CORRECT, Topic, TopicId, TopicStage, TopicStep};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream, StreamName};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of topics.
pub(crate) static TABLES: &[&Table] = &[TopicLine::TABLE, TopicMatter::TABLE];

table! {
    /// Topics.
    pub(crate) TopicLine in "topic", key (ledger, id) {
        ledger: PlaceId,
        id: TopicId,
        number: Number,
        stage: TopicStage,
        title: String,
        category: CategoryCode,
        place: PlaceId,
        matters: u64,
        meeting: Option<MeetingId>,
        opened: Moment,
        step: Option<TopicStep>,
        due: Option<Moment>,
        ended: Option<Moment>,
    }
    index topic_list (ledger, opened, id);
    index topic_stage (ledger, stage, opened, id);
}

table! {
    /// Which matters a topic was gathered from.
    pub(crate) TopicMatter in "topic_matter", key (ledger, topic, matter) {
        ledger: PlaceId,
        topic: TopicId,
        matter: MatterId,
    }
    index topic_of_matter (ledger, matter, topic);
}

impl Viewed for Topic {
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        Follows { matters: Vec::from_iter(self.matters.iter().copied()), topics: Vec::new() }
    }

    /// Minutes name the topics of their meeting.
    fn quoted_by(&self) -> Vec<StreamName> {
        self.meetings.iter().map(|meeting| (*meeting).into()).collect()
    }

    /// Its matters are answered at once.
    fn parts(&self) -> Vec<StreamName> {
        self.matters.iter().map(|matter| (*matter).into()).collect()
    }

    fn papers(&self) -> Vec<Issued> {
        vec![Issued::first(PaperKind::Topic, self.opened)]
    }

    fn rows(ledger: PlaceId, id: &str, topic: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&topic.waits());
        Rows::of(TopicLine {
            ledger,
            id,
            number: Number::Own,
            stage: topic.stage,
            title: topic.title.to_string(),
            category: topic.category.clone(),
            place: topic.place,
            matters: topic.matters.len() as u64,
            meeting: topic.meetings.last().copied(),
            opened: topic.opened,
            step,
            due,
            ended: topic.ended,
        })
        .and(topic.matters.iter().map(|matter| TopicMatter { ledger, topic: id, matter: *matter }))
    }
}
