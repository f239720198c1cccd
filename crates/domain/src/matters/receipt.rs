//! What a receipt is: one person's claim to an answer, from raising or joining. Which matter
//! carries it after a merge is derived, so that merging changes no receipt.

use super::events::ReceiptEvent;
use super::ids::MatterId;
use super::refusals::Refusal;
use super::words::{How, Proof, StageKind};
use crate::evaluation::{Reached, Satisfaction, Solved};
use std::collections::BTreeSet;
use yishi_kernel::record::{Link, Raiser, Staff};
use yishi_kernel::{AccountId, Moment, Sealed, Stamped, Stream};

/// A receipt (回执).
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// When it was opened.
    pub opened: Moment,
    /// The matter it was opened on, whatever that was merged into since.
    pub matter: MatterId,
    /// By raising or by joining.
    pub how: How,
    /// What stands behind it.
    pub proof: Proof,
    /// Digest of the link's secret; none where nobody was given a link.
    pub secret: Option<Sealed<String, Link>>,
    /// Digest of device or household.
    pub supporter: Sealed<String, Link>,
    /// The account it is bound to.
    pub account: Option<Sealed<AccountId, Raiser>>,
    /// Whether a contact was given with it; the contact itself is no part of the state.
    pub contact: Contact,
    /// Who opened it, where somebody spoke for a neighbour: they have seen the link.
    pub opened_by: Option<Sealed<AccountId, Staff>>,
    /// Digests of what its holder said more.
    pub added: BTreeSet<String>,
    /// The last evaluation: of which answer, and what it was.
    pub evaluation: Option<(Moment, Solved, Satisfaction)>,
    /// Calls back: about which answer, and whether anybody was reached.
    pub calls: Vec<(Moment, Reached)>,
}

/// Whether a contact is there to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// One was given, and is kept.
    Given,
    /// None was, or it was erased.
    None,
}

impl Receipt {
    /// Whether the answer given at that moment was evaluated, or a later one.
    pub(crate) fn has_evaluated(&self, answer: Moment) -> bool {
        self.evaluation.is_some_and(|(evaluated, _, _)| evaluated >= answer)
    }

    /// Whether it was opened after that answer: then the answer is all that it is owed.
    #[must_use]
    pub fn is_later_than(&self, answer: Moment) -> bool {
        self.opened > answer
    }

    /// That whoever holds its link may have erased what came with it, while the matter that
    /// carries it stands there.
    ///
    /// # Errors
    /// When somebody opened it for a neighbour: they have seen the link, and until the matter is
    /// closed the neighbour is called back by what was given.
    pub fn is_erased_by_link(&self, stage: StageKind) -> Result<(), Refusal> {
        match (&self.opened_by, stage) {
            (Some(_), stage) if stage != StageKind::Closed => Err(Refusal::OpenedForAnother),
            _ => Ok(()),
        }
    }

    /// How often somebody called about an answer without reaching anybody.
    #[must_use]
    pub fn missed(&self, answer: Moment) -> u64 {
        self.calls.iter().filter(|call| **call == (answer, Reached::No)).count() as u64
    }

    /// The answer somebody called about last, and how often nobody was reached.
    #[must_use]
    pub fn called(&self) -> Option<(Moment, u64)> {
        let (answer, _) = *self.calls.last()?;
        Some((answer, self.missed(answer)))
    }
}

impl Stream for Receipt {
    const KIND: &'static str = "receipt";

    type Event = ReceiptEvent;

    fn begin(first: &Stamped<ReceiptEvent>) -> Option<Self> {
        let ReceiptEvent::Opened { matter, how, proof, secret, supporter, account, contact, .. } =
            &first.what
        else {
            return None;
        };
        Some(Self {
            opened: first.time,
            matter: *matter,
            how: *how,
            proof: *proof,
            secret: secret.clone(),
            supporter: supporter.clone(),
            account: account.clone(),
            contact: match contact {
                Some(Sealed::Kept(_)) => Contact::Given,
                _ => Contact::None,
            },
            opened_by: match proof {
                Proof::Neighbour | Proof::Staff => first.by.clone(),
                Proof::Device | Proof::Household | Proof::Import => None,
            },
            added: BTreeSet::new(),
            evaluation: None,
            calls: Vec::new(),
        })
    }

    fn evolve(&mut self, next: &Stamped<ReceiptEvent>) {
        match &next.what {
            ReceiptEvent::Evaluated { answer, solved, satisfaction, .. } => {
                self.evaluation = Some((*answer, *solved, *satisfaction));
            }
            ReceiptEvent::Called { answer, reached, .. } => self.calls.push((*answer, *reached)),
            ReceiptEvent::Added { said, contact, .. } => {
                self.added.extend(said.get().cloned());
                if let Some(Sealed::Kept(_)) = contact {
                    self.contact = Contact::Given;
                }
            }
            ReceiptEvent::Opened { .. } | ReceiptEvent::ContactViewed {} => {}
        }
    }
}
