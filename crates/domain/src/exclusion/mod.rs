//! Exclusion 剔除: whoever handles a matter asks that it be left out of the three rates, of a class and
//! with a reason that everyone reads; an officer of the street grants or refuses that, and whoever
//! raised it may have it ruled once more. Nothing else of the matter changes: it is answered, and
//! all its clocks go on.

mod ask;
mod events;
mod ids;
mod object;
mod refusals;
mod rights;
mod rule;
mod rules;
mod state;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use ask::{Ask, Handled};
pub use events::Event;
pub use ids::ExclusionId;
pub use object::{Object, Objecting};
pub use refusals::Refusal;
pub use rights::{ASK, CORRECT, ERASE, OBJECT, READ, RIGHTS, RULE};
pub use rule::{Grant, Refuse};
pub use rules::Rules;
pub use state::{Exclusion, Ruling};
pub use words::{ExclusionClass, ExclusionStage, ExclusionStep};
