//! Topics and meetings 梳理、议事、决事: gathering matters, calling and holding a meeting,
//! signing in and voting, minutes, the notice and its objections. One user story a file.

pub mod call;
pub mod conduct;
pub mod door;
pub mod files;
mod forms;
mod hall;
pub mod list;
mod parts;
pub mod resolve;
pub mod room;
pub mod seat;
pub mod show;
pub mod topic;
