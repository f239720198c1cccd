//! What can be done with a confirmation.

pub mod withdraw;
