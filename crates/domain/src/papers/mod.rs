//! Papers 公文: which kinds of papers have numbers of their own, by what word each kind is known,
//! and how such a number is written and read. What a paper says is the business of its feature,
//! and how it is laid out that of the crate `papers`; which number one has is looked up.

mod number;
mod rules;
mod words;

pub use number::PaperNumber;
pub use rules::Rules;
pub use words::PaperKind;
