//! The public summary 公开摘要: what everyone reads once somebody has confirmed it.

use super::events::Event;
use super::rights::PUBLISH;
use super::rules::Rules;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Confirms what the public reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Summarise {
    /// The summary.
    pub summary: String,
    /// Corrected category.
    pub category: Option<String>,
}

impl Command for Summarise {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PUBLISH
    }

    fn decide(self, _: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let summary = ctx.line("summary", &self.summary)?;
        let rules: &Rules = ctx.section();
        let category = self.category.map(|code| rules.known_category(&code)).transpose()?;
        Ok(Decided::one(Event::Summarised { summary, category }))
    }
}
