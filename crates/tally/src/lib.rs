//! 计票: every rule by which a neighbourhood decides, computed exactly, with ties broken as
//! stated and an explanation a resident can follow. It reads texts and numbers that it is
//! given and touches nothing: no file, no clock, no chance.

pub mod budget;
pub mod everyday;
mod malformed;
pub mod owners;
pub mod ranked;
mod ratio;
mod sentence;

pub use malformed::Malformed;
pub use ratio::{Ratio, ratio_text};
pub use sentence::{Language, Sentence};
