//! Evaluation 评事: who is owed an answer or has not said yet whether it helped, and calling
//! those back. What an evaluation brings about stands in the domain.

pub mod callback;
pub mod owed;
