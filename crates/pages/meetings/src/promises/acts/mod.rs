//! What can be done with a promise on its page, each in a file of its own.

pub mod broken;
pub mod done;
pub mod kept;
pub mod renew;
