//! What may only be added to, and what anyone may read: golden files of what is recorded, the
//! grids of rights, the rules with their sources, and that no room is left out of a list.
#![allow(clippy::unwrap_used, missing_docs)]

mod it {
    pub mod features;
    pub mod files;
    pub mod golden;
    pub mod named;
    pub mod replay;
    pub mod rights;
    pub mod rules;
}
