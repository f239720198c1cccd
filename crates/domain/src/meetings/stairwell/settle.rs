//! Ending a stairwell's meeting (散会) with its minutes and the hands on them: one household, one
//! voice, and never more hands than households came. What is the owners' to decide, or a
//! department's, is not settled on a staircase: the words are told by whom, and it goes up.

use super::state::Stairs;
use crate::ballots::{self, Said};
use crate::matters::{CameTo, MetAtStairwell};
use crate::meetings::events::{Event, Minute};
use crate::meetings::ids::MeetingId;
use crate::meetings::rights::HOLD_STAIRWELL;
use crate::meetings::rules::Rules;
use crate::meetings::{Meeting, Passed, Refusal};
use yishi_kernel::{Command, Context, Decided, Right};
use yishi_tally::everyday::{self, Counts, Votes};

/// The minutes are written, and it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    /// The lines of the minutes; empty ones do not count.
    pub lines: Vec<String>,
    /// Households for, against, abstaining.
    pub hands: [u64; 3],
}

impl Command for Settle {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &HOLD_STAIRWELL
    }

    fn decide(
        self,
        meeting: &Meeting,
        own: &MeetingId,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let (stairs, came) = Stairs::held(meeting)?;
        let rules = ctx.section::<Rules>();
        let (forum, households) = rules.of_households().ok_or(Refusal::Forum)?;
        let said = |(_, text): &(usize, String)| !text.trim().is_empty();
        let lines: Vec<(usize, String)> = self.lines.into_iter().enumerate().filter(said).collect();
        if lines.is_empty() {
            return Err(Refusal::NoLines.into());
        }
        if lines.len() > households.lines {
            return Err(Refusal::TooManyLines { most: households.lines }.into());
        }
        let decides = ctx.section::<ballots::Rules>();
        let mut minutes = Vec::with_capacity(lines.len());
        for (n, text) in &lines {
            let field = FIELDS.get(*n).copied().unwrap_or("line-1");
            must_be_theirs(decides, &households.item, field, text)?;
            minutes.push(Minute { text: ctx.line(field, text)? });
        }
        let [in_favour, against, abstain] = self.hands;
        if self.hands == [0; 3] {
            return Err(Refusal::NoHands.into());
        }
        let present = came.households;
        let counts = Counts { entitled: None, present, in_favour, against, abstain };
        let votes = Votes::new(counts).map_err(Refusal::Miscount)?;
        let carried = everyday::decide(&forum.rule, &votes).is_ok_and(|verdict| verdict.passed);
        let passed = if carried { Passed::Yes } else { Passed::No };
        let settled = Event::Settled { lines: minutes, present, in_favour, against, abstain, passed };
        let decided = Decided::one(settled);
        // What went up was told when it went.
        let came_to = if carried { CameTo::Agreed } else { CameTo::NotAgreed };
        Ok(match stairs.matter {
            Some(matter) => decided.and(matter, MetAtStairwell { meeting: *own, came_to }),
            None => decided,
        })
    }
}

/// That a line is of the kind that a stairwell may settle.
fn must_be_theirs(
    rules: &ballots::Rules,
    item: &str,
    field: &'static str,
    text: &str,
) -> Result<(), yishi_kernel::Refusal> {
    match rules.decides(item, Said { task: text, money: text }) {
        Ok(_) => Ok(()),
        Err(ballots::Refusal::ReadsAs { said, article, .. }) => {
            Err(Refusal::NotSettledHere { field, said, article }.into())
        }
        Err(other) => Err(other.into()),
    }
}

/// The fields of the lines.
const FIELDS: [&str; 5] = ["line-1", "line-2", "line-3", "line-4", "line-5"];
