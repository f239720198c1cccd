//! Tables of topics, meetings, who was invited, who is present, and ballots.

use super::{RowOf, Viewed, moment, optional, text};
use crate::{Column, Kind, Table, Value};
use yishi_domain::matters::HolderKey;
use yishi_domain::meetings::{Ballot, Meeting, MeetingStage, Seat, Topic};
use yishi_domain::{Loaded, Moment, PlaceId};

/// Topics.
pub static TOPIC: Table = Table {
    name: "topic",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("stage", Kind::Text),
        Column::new("title", Kind::Text),
        Column::new("category", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("matters", Kind::Int),
        Column::new("meeting", Kind::Text),
        Column::new("opened", Kind::Int),
        Column::new("step", Kind::Text),
        Column::new("holder", Kind::Text),
        Column::new("due", Kind::Int),
        Column::new("ended", Kind::Int),
    ],
    key: 2,
};

/// Which matters a topic was gathered from.
pub static TOPIC_MATTER: Table = Table {
    name: "topic_matter",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("topic", Kind::Text),
        Column::new("matter", Kind::Text),
    ],
    key: 3,
};

/// Meetings. `ruled` is 1 where a standard was agreed.
pub static MEETING: Table = Table {
    name: "meeting",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("stage", Kind::Text),
        Column::new("forum", Kind::Text),
        Column::new("title", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("venue", Kind::Text),
        Column::new("starts", Kind::Int),
        Column::new("door", Kind::Text),
        Column::new("step", Kind::Text),
        Column::new("holder", Kind::Text),
        Column::new("due", Kind::Int),
        Column::new("until", Kind::Int),
        Column::new("standard", Kind::Text),
        Column::new("ruled", Kind::Int),
        Column::new("ended", Kind::Int),
    ],
    key: 2,
};

/// Bodies invited to meetings; `waits` is 1 while a reply is owed.
pub static INVITED: Table = Table {
    name: "invited",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("meeting", Kind::Text),
        Column::new("organisation", Kind::Text),
        Column::new("due", Kind::Int),
        Column::new("coming", Kind::Text),
        Column::new("waits", Kind::Int),
    ],
    key: 3,
};

/// Who is present; `votes` is 1 for those with a vote.
pub static SEAT: Table = Table {
    name: "seat",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("meeting", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("how", Kind::Text),
        Column::new("organisation", Kind::Text),
        Column::new("secret", Kind::Text),
        Column::new("votes", Kind::Int),
        Column::new("struck", Kind::Int),
        Column::new("taken", Kind::Int),
    ],
    key: 2,
};

/// Ballots: the last vote of each seat on each motion.
pub static BALLOT: Table = Table {
    name: "ballot",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("meeting", Kind::Text),
        Column::new("motion", Kind::Int),
        Column::new("seat", Kind::Text),
        Column::new("choice", Kind::Text),
    ],
    key: 2,
};

/// The three columns of what comes next.
pub(super) fn next(next: Option<(&'static str, HolderKey, Moment)>) -> [Value; 3] {
    match next {
        Some((step, holder, due)) => [text(step), text(holder.as_str()), Value::Int(due.0)],
        None => [Value::Null, Value::Null, Value::Null],
    }
}

impl Viewed for Topic {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let topic = &loaded.state;
        let (Some(stage), Some(title), Some(category), Some(place), Some(opened)) =
            (topic.stage(), topic.title(), topic.category(), topic.place(), topic.opened())
        else {
            return Vec::new();
        };
        let matters = topic.matters();
        let [step, holder, due] = next(topic.next().map(|(step, holder, due)| (step.word(), holder, due)));
        let mut rows = vec![RowOf {
            table: &TOPIC,
            values: vec![
                text(ledger),
                text(id),
                text(stage.word()),
                text(title),
                text(&category.0),
                text(place),
                Value::Int(i64::try_from(matters.len()).unwrap_or(i64::MAX)),
                optional(topic.meetings().last()),
                Value::Int(opened.0),
                step,
                holder,
                due,
                moment(topic.ended()),
            ],
        }];
        rows.extend(matters.iter().map(|matter| RowOf {
            table: &TOPIC_MATTER,
            values: vec![text(ledger), text(id), text(matter)],
        }));
        rows
    }

    fn place(&self) -> Option<PlaceId> {
        Topic::place(self)
    }
}

impl Viewed for Meeting {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let meeting = &loaded.state;
        let (Some(stage), Some(called)) = (meeting.stage(), meeting.called()) else { return Vec::new() };
        let [step, holder, due] = next(meeting.next().map(|(step, holder, due)| (step.word(), holder, due)));
        // What was agreed holds once the minutes are confirmed and published.
        let standard =
            meeting.standard().filter(|_| matches!(stage, MeetingStage::Published | MeetingStage::Concluded));
        let mut rows = vec![RowOf {
            table: &MEETING,
            values: vec![
                text(ledger),
                text(id),
                text(stage.word()),
                text(&called.forum),
                text(&called.title),
                text(called.place),
                text(&called.venue),
                Value::Int(called.starts.0),
                optional(called.door.get()),
                step,
                holder,
                due,
                moment(meeting.until()),
                optional(standard),
                Value::Int(i64::from(standard.is_some())),
                moment(meeting.ended()),
            ],
        }];
        rows.extend(called.invited.iter().map(|invited| {
            let reply = meeting.reply(invited.organisation);
            let waits = reply.is_none() && stage == MeetingStage::Called;
            RowOf {
                table: &INVITED,
                values: vec![
                    text(ledger),
                    text(id),
                    text(invited.organisation),
                    Value::Int(invited.reply_by.0),
                    optional(reply.map(|coming| coming.word())),
                    Value::Int(i64::from(waits)),
                ],
            }
        }));
        rows
    }

    fn place(&self) -> Option<PlaceId> {
        self.called().map(|called| called.place)
    }
}

impl Viewed for Seat {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let seat = &loaded.state;
        let (Some(meeting), Some(kind), Some(how), Some(taken)) =
            (seat.meeting(), seat.kind(), seat.how(), seat.time())
        else {
            return Vec::new();
        };
        vec![RowOf {
            table: &SEAT,
            values: vec![
                text(ledger),
                text(id),
                text(meeting),
                text(kind.word()),
                text(how.word()),
                optional(seat.organisation()),
                optional(seat.secret()),
                Value::Int(i64::from(seat.votes())),
                moment(seat.struck()),
                Value::Int(taken.0),
            ],
        }]
    }
}

impl Viewed for Ballot {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let ballot = &loaded.state;
        let Some((meeting, motion)) = ballot.motion() else { return Vec::new() };
        vec![RowOf {
            table: &BALLOT,
            values: vec![
                text(ledger),
                text(id),
                text(meeting),
                Value::Int(motion.into()),
                optional(ballot.seat()),
                optional(ballot.choice().map(|choice| choice.word())),
            ],
        }]
    }
}
