//! Dangers 隐患: something about a matter that may hurt people or has cut off water, power, gas or
//! heat. A danger is a stream of its own with a clock of its own, so that nothing that is done to
//! the matter, its topic or its orders can make the protective step later. The lasting solution
//! is the matter's business and goes its own way.

mod call;
mod clear;
mod doubt;
mod events;
mod fail;
mod go_up;
mod ids;
mod lift;
mod look_again;
mod make_safe;
mod photo;
mod protect;
mod refusals;
mod relocate;
mod report;
mod report_again;
mod rights;
mod rules;
mod see;
mod state;
mod uphold;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use call::Call;
pub use clear::Clear;
pub use doubt::Doubt;
pub use events::Event;
pub use fail::Fail;
pub use go_up::{Above, GoUp};
pub use ids::DangerId;
pub use lift::{Lift, Work};
pub use look_again::LookAgain;
pub use make_safe::MakeSafe;
pub use photo::PublishPhoto;
pub use protect::Protect;
pub use refusals::Refusal;
pub(crate) use relocate::Relocate;
pub(crate) use report::Begin;
pub use report::{Alarm, Marked, Report, Reporter, Site};
pub use report_again::ReportAgain;
pub use rights::{
    CALL, CLEAR, CONFIRM, CORRECT, DOUBT, ERASE, FAIL, GO_UP, LIFT, LOOK, PROTECT, PUBLISH, READ, REPORT,
    REPORT_OWN, RIGHTS, SEE, UPHOLD,
};
pub use rules::Rules;
pub use see::See;
pub use state::{Danger, Doubted, Protected};
pub use uphold::Uphold;
pub use words::{DangerStage, DangerStep, Protection, Risk};
