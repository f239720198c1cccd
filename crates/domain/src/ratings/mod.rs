//! Ratings 双考核: after the work of a whistle was accepted the street rates each body that came, and
//! each of these the street. It is about bodies, never about a person; nobody is put in an order by
//! it, and who says nothing has agreed to nothing. Whether the work is accepted is dispatch's.

mod end;
mod events;
mod ids;
mod open;
mod rate;
mod refusals;
mod rights;
mod rules;
mod state;
mod words;

#[cfg(test)]
mod laws;

pub use end::End;
pub use events::{Event, Grades};
pub use ids::AssessmentId;
pub use open::Open;
pub use rate::{RateBody, RateStreet};
pub use refusals::Refusal;
pub use rights::{CORRECT, END, OPEN, RATE_BODY, RATE_STREET, READ, RIGHTS};
pub use rules::Rules;
pub use state::{Assessment, Part, Rating, Side};
pub use words::{AssessmentStage, AssessmentStep, Grade, Question};
