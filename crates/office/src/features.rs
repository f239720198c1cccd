//! All features of the office, one line each in each list: their tables, their streams, their
//! statements. A test sees that no room is left out.

use crate::Of;
use crate::audit::{self, Law};
use crate::recount::Recount;
use crate::registered::Registered;
use crate::relations::Relation;
use crate::{
    ballots, clearing, councils, dangers, dispatch, emergency, exclusion, gatherings, inbox, insight, joint,
    matters, meetings, papers, partners, people, places, promises, ratings, rulebook, scenes, topics, venues,
};
use yishi_domain as domain;
use yishi_kernel::{Moment, StreamName, Wait, Word};
use yishi_store::query::Statement;
use yishi_store::{Derived, Fault, SearchIndex, Shown, Table};

/// The tables of each feature.
static TABLES: &[&[&Table]] = &[
    places::tables::TABLES,
    people::tables::TABLES,
    rulebook::tables::TABLES,
    matters::tables::TABLES,
    topics::tables::TABLES,
    councils::tables::TABLES,
    meetings::tables::TABLES,
    dispatch::tables::TABLES,
    ballots::tables::TABLES,
    emergency::tables::TABLES,
    promises::tables::TABLES,
    dangers::tables::TABLES,
    venues::tables::TABLES,
    gatherings::tables::TABLES,
    partners::tables::TABLES,
    papers::tables::TABLES,
    clearing::tables::TABLES,
    scenes::tables::TABLES,
    ratings::tables::TABLES,
    joint::tables::TABLES,
    exclusion::tables::TABLES,
];

/// The indexes of terms.
static SEARCHES: &[&SearchIndex] = &[&matters::tables::MATTER_SEARCH];

/// The laws of the books, each feature's own.
pub(crate) static LAWS: &[&dyn Law] = &[
    &audit::Held,
    &audit::Waits,
    &audit::Served,
    &audit::Gone,
    &audit::Withdrawn,
    &audit::Shown,
    &audit::FoundBy,
    &audit::Jobs,
    &matters::audit::Answered,
    &meetings::audit::Counted,
    &meetings::audit::OneVoice,
    &meetings::audit::Reissued,
    &meetings::audit::Copied,
    &meetings::grounds::Grounded,
    &ballots::audit::Gate,
    &people::desks::Manned,
    &promises::audit::Owed,
    &dangers::audit::Clocked,
    &clearing::audit::Signed,
];

/// Every kind of stream.
static STREAMS: &[&dyn Registered] = &[
    &Of::<domain::places::Place>::stream(),
    &Of::<domain::places::Poster>::stream(),
    &Of::<domain::people::Organisation>::stream(),
    &Of::<domain::people::Account>::stream(),
    &Of::<domain::rulebook::Adopted>::stream(),
    &Of::<domain::rulebook::Confirmation>::stream(),
    &Of::<domain::rulebook::LocalChange>::stream(),
    &Of::<domain::matters::Matter>::stream(),
    &Of::<domain::matters::Receipt>::stream(),
    &Of::<domain::topics::Topic>::stream(),
    &Of::<domain::councils::Council>::stream(),
    &Of::<domain::meetings::Meeting>::stream(),
    &Of::<domain::meetings::Seat>::stream(),
    &Of::<domain::meetings::Ballot>::stream(),
    &Of::<domain::dispatch::Order>::stream(),
    &Of::<domain::ballots::OwnersResult>::stream(),
    &Of::<domain::emergency::Basis>::stream(),
    &Of::<domain::promises::Promise>::stream(),
    &Of::<domain::dangers::Danger>::stream(),
    &Of::<domain::venues::Venue>::stream(),
    &Of::<domain::gatherings::Gathering>::stream(),
    &Of::<domain::partners::Partner>::stream(),
    &Of::<domain::clearing::Run>::stream(),
    &Of::<domain::clearing::Item>::stream(),
    &Of::<domain::scenes::Scene>::stream(),
    &Of::<domain::ratings::Assessment>::stream(),
    &Of::<domain::joint::JointWork>::stream(),
    &Of::<domain::exclusion::Exclusion>::stream(),
];

/// What features may have that relates to a matter; at most 64.
pub(crate) static RELATIONS: &[&Relation] = &[
    &topics::reads::GATHERED,
    &meetings::reads::TALKED_OVER,
    &meetings::reads::FROM_FLOOR,
    &dispatch::reads::PASSED_ON,
    &emergency::reads::FREED,
    &dangers::reads::ENDANGERED,
    &gatherings::reads::WRITTEN_DOWN,
    &exclusion::reads::EXCLUDED,
];

/// What features count again when a store is verified.
pub(crate) static RECOUNTS: &[&dyn Recount] = &[&people::recount::Credentials, &meetings::recount::Votes];

/// The statements of each feature, and of what happens by itself.
pub static STATEMENTS: &[&[&Statement]] = &[
    crate::concern::QUERIES,
    crate::background::drive::QUERIES,
    crate::background::follow::QUERIES,
    crate::background::repeat::QUERIES,
    crate::background::time::QUERIES,
    crate::endings::QUERIES,
    crate::endings::WITHIN_QUERIES,
    ballots::audit::QUERIES,
    ballots::reads::QUERIES,
    clearing::audit::QUERIES,
    clearing::follow::QUERIES,
    clearing::reads::QUERIES,
    dangers::audit::QUERIES,
    dangers::reads::QUERIES,
    councils::reads::QUERIES,
    dispatch::reads::QUERIES,
    emergency::reads::QUERIES,
    exclusion::reads::QUERIES,
    gatherings::reads::QUERIES,
    inbox::QUERIES,
    inbox::calendar::QUERIES,
    inbox::due::QUERIES,
    inbox::follow::QUERIES,
    insight::reads::QUERIES,
    joint::reads::QUERIES,
    matters::forget::QUERIES,
    matters::own::QUERIES,
    matters::readable::QUERIES,
    matters::search::QUERIES,
    matters::audit::QUERIES,
    matters::reads::QUERIES,
    matters::repeats::QUERIES,
    matters::told::QUERIES,
    meetings::audit::QUERIES,
    meetings::reads::QUERIES,
    papers::reads::QUERIES,
    partners::reads::QUERIES,
    people::capacities::QUERIES,
    people::facts::QUERIES,
    people::reads::QUERIES,
    people::second_step::QUERIES,
    people::signin::QUERIES,
    people::traces::QUERIES,
    places::facts::QUERIES,
    places::lay_out::QUERIES,
    places::meant::QUERIES,
    crate::recount::QUERIES,
    crate::relations::QUERIES,
    places::reads::QUERIES,
    promises::audit::QUERIES,
    promises::reads::QUERIES,
    ratings::reads::QUERIES,
    rulebook::reads::QUERIES,
    scenes::reads::QUERIES,
    topics::reads::QUERIES,
    venues::reads::QUERIES,
];

/// What this program derives from the ledgers.
pub static DERIVED: Derived = Derived { tables: TABLES, searches: SEARCHES, streams: shown };

/// Every kind of stream, as the store makes its rows anew.
fn shown() -> Vec<&'static dyn Shown> {
    STREAMS.iter().map(|stream| *stream as &dyn Shown).collect()
}

/// What comes next of a thing itself, as two columns. For whom it waits stands in `duty`.
pub(crate) fn next<W: Word>(waits: &[Wait]) -> (Option<W>, Option<Moment>) {
    waits.iter().find_map(|wait| Some((wait.step::<W>()?, wait.due))).unzip()
}

/// The kind of a stream.
pub(crate) fn registered(stream: &StreamName) -> Result<&'static dyn Registered, Fault> {
    let found = STREAMS.iter().find(|known| known.kind() == stream.kind());
    found.copied().ok_or_else(|| Fault::unreadable(format!("a stream of unknown kind {}", stream.kind())))
}
