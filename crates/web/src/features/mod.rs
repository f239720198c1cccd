//! The pages, one user story a file: form, check, command, view. Some lend others a lookup
//! or a piece of a page (`board::row_of`, `raise::read`, `desk::nav`); none issues another's
//! commands. Fields, badges and lists are in [`crate::ui`].

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
