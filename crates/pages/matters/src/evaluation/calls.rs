//! Whom to call back 回访清单: those who were answered and have said nothing yet. Who left a telephone
//! comes first, then who has no link of their own, then the others; whom the draw left out, who was
//! not reached and who would not say are counted, and nobody takes them for content.

use crate::matters::face::headline;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;
use yishi_domain::evaluation::{CALL_BACK, Calls, Rules};
use yishi_domain::insight::{Heard, Left};
use yishi_domain::matters::{MatterId, Proof};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Denied, Pack, PlaceId};
use yishi_office::matters::readable::Readable;
use yishi_office::matters::reads::{MatterRow, ReceiptRow, receipts_of};
use yishi_web::texts::Locale;
use yishi_web::ui;
use yishi_web::{Cx, Error, Staff};

yishi_kernel::words! {
    /// How somebody is best asked (先打谁).
    Ask as "ask" {
        /// They left a telephone.
        Phone = "phone",
        /// They have no link of their own: somebody goes there.
        Visit = "visit",
        /// They have a link, and may still use it.
        Link = "link",
    }
}

impl Ask {
    fn of(receipt: &ReceiptRow) -> Self {
        let own = matches!(receipt.proof, Proof::Device | Proof::Household | Proof::Partner);
        match () {
            () if receipt.phone == Flag::Yes => Ask::Phone,
            () if !own || receipt.linked == Flag::No => Ask::Visit,
            () => Ask::Link,
        }
    }
}

/// How many of each are listed; the others follow as these are done.
const MOST: usize = 100;

/// Somebody who may be called.
struct Call {
    row: Arc<Readable>,
    receipt: ReceiptRow,
    /// Whether this person may do it.
    may: Result<(), Denied>,
}

/// Those who were answered and have said nothing.
pub struct Silent {
    /// Who is to be called, in the order of calling.
    waiting: Vec<(Ask, Call)>,
    /// Who was not reached, as often as the rules say.
    unreached: Vec<Call>,
    /// How many more there are, by reason.
    apart: BTreeMap<Left, usize>,
    calls: Calls,
}

impl Silent {
    /// Those of some matters that were answered.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(
        cx: &Cx,
        staff: &Staff,
        ledger: PlaceId,
        rules: &Pack,
        answered: Vec<Readable>,
    ) -> Result<Self, Error> {
        let calls = rules.section::<Rules>().calls.clone();
        let ids: Vec<MatterId> = answered.iter().map(|row| row.id).collect();
        let mut receipts = receipts_of(&cx.app.office.db, ledger, &ids).await?;
        let mut silent = Self { waiting: Vec::new(), unreached: Vec::new(), apart: BTreeMap::new(), calls };
        for row in answered {
            let may = row.may(&staff.actor, &CALL_BACK, cx.now).map(|_| ());
            let row = Arc::new(row);
            for receipt in receipts.remove(&row.id).unwrap_or_default() {
                let heard = receipt.voice(row.answered).heard(&silent.calls);
                let (row, may) = (Arc::clone(&row), may.clone());
                match heard {
                    Heard::Nothing(Left::Waiting) => {
                        silent.waiting.push((Ask::of(&receipt), Call { row, receipt, may }));
                    }
                    Heard::Nothing(Left::Unreached) => silent.unreached.push(Call { row, receipt, may }),
                    Heard::Nothing(why @ (Left::NotDrawn | Left::Declined)) => {
                        *silent.apart.entry(why).or_default() += 1;
                    }
                    Heard::Nothing(_) | Heard::Words { .. } => {}
                }
            }
        }
        silent.waiting.sort_by_key(|(ask, call)| (*ask, call.row.answered, call.receipt.opened));
        silent.unreached.sort_by_key(|call| (call.row.answered, call.receipt.opened));
        Ok(silent)
    }

    /// How many are to be called.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// The part of the page; nothing where nobody was answered who said nothing.
    #[must_use]
    pub fn shown(&self, slug: &str, rules: &Pack, t: Locale) -> Markup {
        if self.waiting.is_empty() && self.unreached.is_empty() && self.apart.is_empty() {
            return html! {};
        }
        let of = |ask: Ask| self.waiting.iter().filter(move |(one, _)| *one == ask).map(|(_, call)| call);
        let line = |call: &Call| one(slug, call, rules, t);
        let Calls { percent, tries, days, .. } = &self.calls;
        html! {
            section #silent {
                h2 { (t.say("unanswered-silent")) }
                p { (t.say("unanswered-silent-lead")) }
                p.soft.small { (t.with("callback-tries", &[("tries", tries), ("days", days)])) }
                @for ask in Ask::ALL {
                    @let count = of(*ask).count();
                    @if count > 0 {
                        h3 { (t.word(*ask)) (t.with("unanswered-n", &[("count", &count)])) }
                        ul.list { @for call in of(*ask).take(MOST) { (line(call)) } }
                        @if count > MOST { p.soft { (t.with("unanswered-cut-calls", &[("count", &MOST)])) } }
                    }
                }
                @if !self.unreached.is_empty() {
                    details { summary { (t.with("unanswered-unreached", &[("count", &self.unreached.len())])) }
                        p { (t.say("unanswered-unreached-lead")) }
                        ul.list { @for call in self.unreached.iter().take(MOST) { (line(call)) } }
                    }
                }
                @for (why, count) in &self.apart { p.soft { (t.with(&format!("unanswered-apart-{}", why.word()), &[("count", count)])) } }
                @if percent.get() < 100 { p.soft.small { (t.with("callback-draw", &[("percent", &percent.get())])) } }
            }
        }
    }
}

fn one(slug: &str, call: &Call, rules: &Pack, t: Locale) -> Markup {
    let (row, receipt) = (&call.row, &call.receipt);
    html! {
        li.item.soon {
            h2 { a href={ "/w/" (slug) "/" (row.number) } { (t.with("matter-number", &[("number", &row.number)])) " · " (headline(rules, row, t)) } }
            @if let Some(at) = row.answered { p.meta { (t.with("unanswered-answered", &[("date", &t.brief(at.date()))])) } }
            (ui::bits("meta", &t.with("unanswered-receipt", &[
                ("how", &t.word(receipt.how)),
                ("proof", &t.word(receipt.proof)),
                ("date", &t.brief(receipt.opened.date())),
            ])))
            @if let Some(missed) = missed(receipt, row) { p { span.badge.wait { (t.with("unanswered-missed", &[("count", &missed)])) } } }
            @match &call.may {
                Ok(()) => p { a.button.second href={ "/w/" (slug) "/" (row.number) "/callback/" (receipt.id) } { (t.say("callback-action")) } },
                Err(Denied::Handler) => p.meta { (t.say("unanswered-handler")) },
                Err(_) => {}
            }
        }
    }
}

/// How often somebody called about the standing answer and reached nobody.
fn missed(receipt: &ReceiptRow, row: &MatterRow) -> Option<i64> {
    let (answer, missed) = receipt.called?;
    (Some(answer) == row.answered && missed > 0).then_some(missed)
}
