//! What may only be added to, and what anyone may read: golden files of the event kinds
//! and the permission table.
#![allow(clippy::unwrap_used, missing_docs)]

mod it {
    pub mod golden;
    pub mod permissions;
}
