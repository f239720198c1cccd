//! The pages, a folder or file for each feature: form, check, command, view. Features do
//! not call each other; what several need is in [`crate::ui`] or in `chain`.

pub mod admin;
pub mod api;
pub mod board;
pub mod chain;
pub mod desk;
pub mod front;
pub mod join;
pub mod posters;
pub mod raise;
pub mod receipt;
pub mod signin;
pub mod stairwell;
pub mod work;
