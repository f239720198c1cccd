//! Correcting a text that everyone reads, or taking it back, alike for whatever feature it stands
//! in: the old text is gone from every table, index and file, everything that follows from its
//! stream is written anew, and an entry says what was done and why. Which texts there are, their
//! types say; who may correct them, each feature.

use crate::act::{Try, context};
use crate::amending::Amending;
use crate::erase::Hand;
use crate::features::registered;
use crate::registered::Asks;
use crate::{Batch, Failure, Office};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::text::clean_public;
use yishi_kernel::{Actor, Context, CorrectReason, PlaceId, StreamName, ValueAt};

/// A text of a stream, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correcting {
    /// Where it stands.
    pub value: ValueAt,
    /// What it says from now on; nothing to take it back.
    pub text: Option<String>,
    /// Why.
    pub reason: CorrectReason,
}

impl Office {
    /// Corrects a text for everyone, or takes it back. Every proof stays valid.
    ///
    /// # Errors
    /// When there is no such text, the actor may not, or the new one is empty, too long, or holds
    /// personal data.
    pub async fn correct(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        stream: &StreamName,
        what: &Correcting,
    ) -> Result<(), Failure> {
        let rules = self.rules(ledger, self.now()).await?;
        let most = rules.section::<Limits>().text;
        let clean = |raw: &String| {
            clean_public(raw, most, &actor.looked).map_err(|error| Common::Text { field: "text", error })
        };
        let text = what.text.as_ref().map(clean).transpose()?;
        let what = Correcting { text, ..what.clone() };
        self.carry_out(|| async {
            let now = self.now();
            let kind = registered(stream)?;
            let role = kind.may(self, actor, ledger, stream, Asks::Correct).await?;
            let hand = Hand { account: actor.account, role, now };
            let ctx = Context { role, ..context(now, actor, &rules, &[]) };
            let mut batch = Batch::new(ledger, now);
            let amending = Amending { db: &self.db, batch: &mut batch, stream, hand: &hand };
            let old = kind.correct(amending, &what, &ctx).await?;
            // The same twice is once.
            let Some(old) = old else { return Ok(Try::Done(())) };
            let mut others = kind.quoted_by(self, ledger, stream).await?;
            others.extend(kind.said_with(self, ledger, stream, what.value.version).await?);
            for other in others {
                let amending = Amending { db: &self.db, batch: &mut batch, stream: &other, hand: &hand };
                registered(&other)?.requote(amending, &old, &what, &ctx).await?;
            }
            self.append(batch).await
        })
        .await
    }
}
