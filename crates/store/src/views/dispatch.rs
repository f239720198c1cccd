//! Tables of orders, and of the bodies each one calls.

use super::meetings::next;
use super::{RowOf, Viewed, moment, optional, text};
use crate::{Column, Kind, Table, Value};
use yishi_domain::dispatch::{Order, Source};
use yishi_domain::matters::{Holder, HolderKey};
use yishi_domain::{Loaded, PlaceId};

/// Orders: work, whistles and letters. `doer` is the key of who is to do it, or leads.
pub static WORK_ORDER: Table = Table {
    name: "work_order",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("whistle", Kind::Text),
        Column::new("stage", Kind::Text),
        Column::new("task", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("doer", Kind::Text),
        Column::new("topic", Kind::Text),
        Column::new("meeting", Kind::Text),
        Column::new("action", Kind::Text),
        Column::new("matter", Kind::Text),
        Column::new("opened", Kind::Int),
        Column::new("step", Kind::Text),
        Column::new("holder", Kind::Text),
        Column::new("due", Kind::Int),
        Column::new("report_by", Kind::Int),
        Column::new("finish_by", Kind::Int),
        Column::new("photo", Kind::Text),
        Column::new("ended", Kind::Int),
    ],
    key: 2,
};

/// Bodies that an order calls; `open` is 1 while it is not at its end.
pub static ORDER_PARTY: Table = Table {
    name: "order_party",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("work_order", Kind::Text),
        Column::new("organisation", Kind::Text),
        Column::new("leads", Kind::Int),
        Column::new("due", Kind::Int),
        Column::new("arrived", Kind::Int),
        Column::new("open", Kind::Int),
    ],
    key: 3,
};

impl Viewed for Order {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let order = &loaded.state;
        let (Some(kind), Some(stage), Some(task), Some(place), Some(holder), Some(source)) =
            (order.kind(), order.stage(), order.task(), order.place(), order.holder(), order.source())
        else {
            return Vec::new();
        };
        let (Some(opened), Some(report_by), Some(finish_by)) =
            (order.opened(), order.report_by(), order.finish_by())
        else {
            return Vec::new();
        };
        let (topic, meeting, action, matter) = match source {
            Source::Action { topic, meeting, action } => (Some(topic), Some(meeting), Some(action), None),
            Source::Matter(matter) => (None, None, None, Some(matter)),
        };
        let following = order.next();
        let open = i64::from(following.is_some());
        let [step, next_holder, due] = next(following.map(|(step, holder, due)| (step.word(), holder, due)));
        let mut rows = vec![RowOf {
            table: &WORK_ORDER,
            values: vec![
                text(ledger),
                text(id),
                text(kind.word()),
                optional(order.whistle().map(|whistle| whistle.word())),
                text(stage.word()),
                text(&task.task),
                text(place),
                text(HolderKey::of(holder, None).as_str()),
                optional(topic),
                optional(meeting),
                optional(action),
                optional(matter),
                Value::Int(opened.0),
                step,
                next_holder,
                due,
                Value::Int(report_by.0),
                Value::Int(finish_by.0),
                optional(order.published().first().map(|photo| photo.0.as_str())),
                moment(order.ended()),
            ],
        }];
        rows.extend(order.parties().into_iter().map(|organisation| RowOf {
            table: &ORDER_PARTY,
            values: vec![
                text(ledger),
                text(id),
                text(organisation),
                Value::Int(i64::from(holder == Holder::Organisation(organisation))),
                Value::Int(report_by.0),
                moment(order.arrived(organisation)),
                Value::Int(open),
            ],
        }));
        rows
    }

    fn place(&self) -> Option<PlaceId> {
        Order::place(self)
    }
}
