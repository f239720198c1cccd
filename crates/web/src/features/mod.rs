//! The pages, one user story a file: form, check, command, view. Features do not know each
//! other (a test reads the sources): what several look up or show alike is in
//! [`crate::shared`]; fields, badges and lists are in [`crate::ui`].

pub mod admin;
pub mod api;
pub mod board;
pub mod desk;
pub mod dispatch;
pub mod evaluation;
pub mod front;
pub mod join;
pub mod meetings;
pub mod posters;
pub mod raise;
pub mod receipt;
pub mod signin;
pub mod stairwell;
pub mod work;
