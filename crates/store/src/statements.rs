//! The statements of the store's own modules, so that a test can look at each of them; those of
//! features stand in a list of theirs. What they ask is said where they stand.

use crate::query::Statement;

/// One that is not named here is not planned; a test counts.
pub static STATEMENTS: &[&[&Statement]] = &[
    crate::amended::QUERIES,
    crate::backup::QUERIES,
    crate::blobs::QUERIES,
    crate::compare::QUERIES,
    crate::duty::QUERIES,
    crate::ledgers::QUERIES,
    crate::mark::QUERIES,
    crate::message::QUERIES,
    crate::setting::QUERIES,
    crate::outbox::QUERIES,
    crate::rebuild::QUERIES,
    crate::replay::QUERIES,
    crate::sealer::QUERIES,
    crate::sqlite::QUERIES,
    crate::streams::QUERIES,
    crate::upkeep::QUERIES,
    crate::verify::QUERIES,
];
