//! Evaluation 评价与回访: what somebody who was answered says to it, by the receipt's link or
//! when called back. It decides only: the receipt and what happens to it are of matters.

mod call_back;
mod evaluate;
mod refusals;
mod rights;
mod rules;
mod words;

pub use call_back::CallBack;
pub use evaluate::{Evaluate, Evaluation, asked};
pub use refusals::Refusal;
pub use rights::{CALL_BACK, EVALUATE, OWED, RIGHTS};
pub use rules::Rules;
pub use words::{Reached, Satisfaction, Solved};
