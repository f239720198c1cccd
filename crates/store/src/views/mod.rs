//! Read models: what pages list and look up, as pure functions of one stream's state.
//! No SQL runs here and nothing is read: the append that makes a state also writes the
//! difference of its rows, and a rebuild is the same functions over all streams.

pub mod dispatch;
pub mod matters;
pub mod meetings;
pub mod people;
pub mod places;

use crate::{SearchIndex, Table, Value};
use yishi_domain::{Loaded, PlaceId, Stream};

/// A row of a read model.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOf {
    /// The table.
    pub table: &'static Table,
    /// One value for each of its columns, the key first.
    pub values: Vec<Value>,
}

/// The terms by which a stream is found.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsOf {
    /// The index.
    pub index: &'static SearchIndex,
    /// The number by which the index knows the stream.
    pub doc: i64,
    /// The terms of each of its columns.
    pub columns: Vec<Vec<String>>,
}

/// A stream that shows in read models.
pub trait Viewed: Stream {
    /// Its rows, in any order; `id` is the part of the stream's name after the slash.
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf>;

    /// The terms it is found by.
    fn terms(_id: &str, _loaded: &Loaded<Self>) -> Option<TermsOf> {
        None
    }

    /// The place that stands in its entries' envelopes, building at the finest.
    fn place(&self) -> Option<PlaceId> {
        None
    }
}

/// Every table that a rebuild writes.
pub static TABLES: [&Table; 17] = [
    &places::PLACE,
    &places::GRID_BUILDING,
    &places::POSTER,
    &people::ORGANISATION,
    &people::ACCOUNT,
    &people::ACCOUNT_ROLE,
    &matters::MATTER,
    &matters::FAMILY,
    &matters::RECEIPT,
    &meetings::TOPIC,
    &meetings::TOPIC_MATTER,
    &meetings::MEETING,
    &meetings::INVITED,
    &meetings::SEAT,
    &meetings::BALLOT,
    &dispatch::WORK_ORDER,
    &dispatch::ORDER_PARTY,
];

/// A rule pack shows in no table: it is read from its stream.
impl Viewed for yishi_domain::rules::Adopted {
    fn rows(_: PlaceId, _: &str, _: &Loaded<Self>) -> Vec<RowOf> {
        Vec::new()
    }
}

fn text(value: impl std::fmt::Display) -> Value {
    Value::Text(value.to_string())
}

fn optional(value: Option<impl std::fmt::Display>) -> Value {
    value.map_or(Value::Null, text)
}

fn moment(value: Option<yishi_domain::Moment>) -> Value {
    value.map_or(Value::Null, |at| Value::Int(at.0))
}
