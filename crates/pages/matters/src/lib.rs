//! Pages about matters: the public board, raising, joining, receipts, evaluation, the stairwell,
//! and the desk's work on a matter. Each feature is a module; what it shows of its things on
//! pages of others is its `face`.

pub mod board;
pub mod evaluation;
pub mod exclusion;
pub mod gatherings;
pub mod import;
pub mod insight;
pub mod join;
pub mod matters;
pub mod messages;
pub mod raise;
pub mod receipt;
pub mod stairwell;
pub mod work;
