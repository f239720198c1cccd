//! What an administrator keeps: places and people. No matter is read here.

pub mod people;
pub mod places;
