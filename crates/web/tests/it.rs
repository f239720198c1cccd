//! The web side over a real store: every route as every role, forged forms, bad input, what
//! the API says, and what public pages must never show.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod it {
    pub mod browser;
    pub mod forms;
    pub mod routes;
}
