//! How many of those on the roll have voted while a vote by phone is open: numbers, never who.

use super::hall::{Hall, at};
use yishi_domain::meetings::{Motion, SignedIn, Vote, VoteMode};
use yishi_office::meetings::reads::turnout;
use yishi_web::Error;

/// Who is on the roll of an open vote by phone, and who of them has voted.
#[derive(Debug)]
pub struct Turnout {
    /// On the roll.
    pub on: u64,
    /// Of them, who has voted.
    pub voted: u64,
    /// Without a phone, and not voted yet.
    pub without: u64,
}

impl Turnout {
    /// Of a motion that is being voted on by phone; nothing of any other.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(hall: &Hall, motion: &Motion) -> Result<Option<Self>, Error> {
        let open = motion.vote == Vote::Open && motion.mode == VoteMode::Phones;
        let Some(roll) = motion.roll.filter(|_| open) else { return Ok(None) };
        let (ledger, meeting) = at(hall);
        let rows = turnout(&hall.cx.app.office.db, ledger, meeting, roll.number, motion.number).await?;
        let mut all = Self { on: 0, voted: 0, without: 0 };
        for row in rows {
            all.on += row.on;
            all.voted += row.voted;
            if row.how == SignedIn::Register {
                all.without += row.on.saturating_sub(row.voted);
            }
        }
        Ok(Some(all))
    }

    /// Who has not voted yet.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.on.saturating_sub(self.voted)
    }
}
