//! The web side over a real store: every route as every role, forged forms, bad input, what
//! the API says, what public pages must never show, and which source may know which.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod it {
    pub mod accounts;
    pub mod again;
    pub mod anyone;
    pub mod browser;
    pub mod concerned;
    pub mod correct;
    pub mod dangers;
    pub mod dispatch;
    pub mod drafts;
    pub mod endings;
    pub mod erase;
    pub mod features;
    pub mod foreign;
    pub mod forms;
    pub mod kept;
    pub mod layers;
    pub mod look;
    pub mod meeting_forms;
    pub mod meetings;
    pub mod once;
    pub mod outside;
    pub mod paging;
    pub mod photos;
    pub mod privately;
    pub mod queries;
    pub mod raise;
    pub mod receipt;
    pub mod repeats;
    pub mod routes;
    pub mod signin;
    pub mod snapshots;
    pub mod surfaces;
    pub mod texts;
    pub mod topics;
    pub mod venues;
    pub mod work;
}
