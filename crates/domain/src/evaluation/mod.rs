//! Evaluation 评价与回访: what somebody who was answered says to it, by the receipt's link or
//! when called back; who is called, and how rates become one number. It decides only: the receipt
//! and what happens to it are of matters, and what is counted is insight's.

mod call_back;
mod evaluate;
mod refusals;
mod rights;
mod rules;
mod sample;
mod score;
mod words;

pub use call_back::{CallBack, CalledTo};
pub use evaluate::{Evaluate, Evaluation, asked};
pub use refusals::Refusal;
pub use rights::{CALL_BACK, EVALUATE, OWED, RIGHTS};
pub use rules::{Calls, Rules};
pub use sample::{Drawing, Drawn};
pub use score::{Decimals, Formula, Line, Measure, Percent, Points, Score, Share, Term};
pub use words::{CallWay, Contacted, Reached, Satisfaction, Solved};
