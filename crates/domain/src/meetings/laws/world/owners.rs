//! What owners decide on what was recommended to them, from paper to confirmation.

use super::*;
use crate::ballots::{Asking, ConfirmResult, EnterResult, Part, Recommending, RejectResult, ResultStage};

/// Sums that owners might come to: too few, not enough, or enough.
pub const SUMS: [[Part; 3]; 4] = [
    [
        Part { heads: 120, area: 1_200_000 },
        Part { heads: 79, area: 1_000_000 },
        Part { heads: 79, area: 1_000_000 },
    ],
    [
        Part { heads: 120, area: 1_200_000 },
        Part { heads: 90, area: 790_000 },
        Part { heads: 90, area: 790_000 },
    ],
    [
        Part { heads: 120, area: 1_200_000 },
        Part { heads: 84, area: 840_000 },
        Part { heads: 62, area: 655_200 },
    ],
    [
        Part { heads: 120, area: 1_200_000 },
        Part { heads: 84, area: 840_000 },
        Part { heads: 66, area: 655_200 },
    ],
];

impl World {
    /// Somebody enters what owners decided on a motion.
    pub fn enter(
        &mut self,
        who: usize,
        n: usize,
        motion: u32,
        [total, took_part, in_favour]: [Part; 3],
    ) -> Done {
        let meeting = self.meeting(n);
        let stands = (0..self.results).map(|n| self.result(n)).filter(|one| {
            one.meeting == meeting_id(n) && one.motion == motion && one.stage != ResultStage::Rejected
        });
        let others = stands.count() as u64;
        let enter = EnterResult {
            meeting: meeting_id(n),
            motion,
            total,
            took_part,
            in_favour,
            decided: self.now.end_of_day_after(0),
            paper: vec![yishi_kernel::PhotoDigest("ab".repeat(32))],
            kept: "业委会档案柜".to_owned(),
        };
        let (id, ctx) = (result_id(self.results), self.ctx(who));
        self.book.start(id, enter, &Asking { meeting, others }, &ctx)?;
        self.results += 1;
        Ok(())
    }

    /// Somebody confirms the result that was entered last.
    pub fn confirm_result(&mut self, who: usize, n: usize) -> Done {
        let meeting = self.meeting(index(self.result(n).meeting.0, 3_000));
        let (id, ctx) = (result_id(n), self.ctx(who));
        self.book.act(id, ConfirmResult, &Recommending { id, meeting }, &ctx)
    }

    pub fn reject_result(&mut self, who: usize, n: usize) -> Done {
        let (id, ctx) = (result_id(n), self.ctx(who));
        self.book.act(id, RejectResult { reason: "面积与登记簿不符".to_owned() }, &(), &ctx)
    }

    /// Leads what was entered to its end.
    pub fn help_result(&mut self, n: usize) {
        if self.result(n).stage == ResultStage::Entered {
            let confirmed = (0..ACTORS.len()).any(|who| self.confirm_result(who, n).is_ok());
            if !confirmed {
                self.somebody("reject a result", |world, who| world.reject_result(who, n));
            }
        }
    }
}
