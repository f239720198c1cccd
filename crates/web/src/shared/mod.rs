//! What several features look up or show alike, one concern a module. Features use these
//! and never each other (a test reads the sources); nothing here issues a command or is a
//! page of its own. Pieces of pages without a look-up are in [`crate::ui`].

pub mod chain;
pub mod duty;
pub mod holders;
pub mod matter;
pub mod meeting;
pub mod navigation;
pub mod orders;
pub mod parties;
pub mod photos;
pub mod places;
pub mod receipt;
pub mod story;
pub mod visitor;
