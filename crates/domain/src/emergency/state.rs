//! The life of an emergency basis: entered by one, confirmed by another role and person, sent once,
//! and accounted for. What it frees is its own line and nothing else; how an order goes out is
//! dispatch's.

use super::events::{Applied, Event, Recommended, Situation};
use super::rules::Rules;
use super::words::{BasisStage, BasisStep};
use crate::ballots::Decides;
use crate::dangers::DangerId;
use crate::dispatch::OrderId;
use crate::matters::MatterId;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::Staff;
use yishi_kernel::{
    AccountId, Actor, Context, HolderKey, Moment, Money, PlaceId, Published, Resource, Role, Sealed, Stamped,
    Stream, Wait,
};

/// By which the least that makes safe leaves before the owners' result (紧急情形).
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Where it stands.
    pub stage: BasisStage,
    /// The matter that it is about.
    pub matter: MatterId,
    /// The danger that was open there.
    pub danger: Option<DangerId>,
    /// What waits for the owners about the same.
    pub recommended: Option<Recommended>,
    /// Whom the matter is about.
    pub about: About,
    /// Whose decision it is otherwise, and by which article.
    pub decides: Decides,
    /// What is dangerous.
    pub situation: Situation,
    /// The article by which the least may be done before they decide.
    pub source: String,
    /// The least that makes safe: all that is freed.
    pub line: Published,
    /// How one sees that it is done.
    pub acceptance: Published,
    /// Money of theirs that is asked for, where any is.
    pub applied: Option<Applied>,
    /// Where.
    pub place: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// When it was entered.
    pub entered: Moment,
    /// Whoever wrote what it says now.
    pub worded: Hand,
    /// By when another role and person confirms it.
    pub due: Moment,
    /// By whom it was confirmed, with what follows.
    pub confirmed: Option<Confirmed>,
    /// The one order that it freed.
    pub order: Option<OrderId>,
    /// Its accounts.
    pub account: Option<(Published, Option<Money>)>,
    /// Why it was rejected.
    pub reason: Option<Published>,
    /// When it came to its end.
    pub ended: Option<Moment>,
}

/// Somebody's hand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// In which role.
    pub role: Role,
    /// Who.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// When.
    pub at: Moment,
}

/// That it was confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmed {
    /// By whom.
    pub hand: Hand,
    /// By when it is sent.
    pub send_by: Moment,
    /// By when its accounts are posted.
    pub account_by: Moment,
}

impl Hand {
    fn of(role: Role, event: &Stamped<Event>) -> Self {
        Self { role, by: event.by.clone(), at: event.time }
    }

    /// Whether another hand is another role's and another person's. Of an account that was erased
    /// nobody can tell any more: the role still says so.
    #[must_use]
    pub fn is_another(&self, other: &Self) -> bool {
        let same = |own: &Sealed<AccountId, Staff>| own.get().is_some() && other.by.as_ref() == Some(own);
        self.role != other.role && !self.by.as_ref().is_some_and(same)
    }
}

impl Basis {
    /// What comes next and by when; nothing once it is at its end.
    #[must_use]
    pub fn next(&self) -> Option<(BasisStep, Moment)> {
        match (self.stage, &self.confirmed) {
            (BasisStage::Entered, _) | (BasisStage::Confirmed, None) => Some((BasisStep::Confirm, self.due)),
            (BasisStage::Confirmed, Some(confirmed)) => Some(match self.order {
                None => (BasisStep::Send, confirmed.send_by),
                Some(_) => (BasisStep::Account, confirmed.account_by),
            }),
            (BasisStage::Rejected | BasisStage::Accounted, _) => None,
        }
    }
}

impl Stream for Basis {
    const KIND: &'static str = "emergency_basis";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Entered {
            matter,
            danger,
            recommended,
            decides,
            situation,
            source,
            line,
            acceptance,
            applied,
            place,
            desk,
            role,
            due,
            rules: _,
        } = &first.what
        else {
            return None;
        };
        Some(Self {
            stage: BasisStage::Entered,
            matter: *matter,
            danger: *danger,
            recommended: *recommended,
            about: About::default(),
            decides: decides.clone(),
            situation: situation.clone(),
            source: source.clone(),
            line: line.clone(),
            acceptance: acceptance.clone(),
            applied: applied.clone(),
            place: *place,
            desk: *desk,
            entered: first.time,
            worded: Hand::of(*role, first),
            due: *due,
            confirmed: None,
            order: None,
            account: None,
            reason: None,
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::Entered { .. } => {}
            Event::Reworded { role, due } => {
                self.stage = BasisStage::Entered;
                self.worded = Hand::of(*role, next);
                self.confirmed = None;
                self.due = *due;
            }
            Event::Confirmed { role, send_by, account_by, .. } => {
                let hand = Hand::of(*role, next);
                self.stage = BasisStage::Confirmed;
                self.confirmed = Some(Confirmed { hand, send_by: *send_by, account_by: *account_by });
            }
            Event::Rejected { reason } => {
                self.stage = BasisStage::Rejected;
                self.reason = Some(reason.clone());
                self.ended = Some(next.time);
            }
            Event::Sent { order } => self.order = Some(*order),
            Event::Accounted { note, money } => {
                self.stage = BasisStage::Accounted;
                self.account = Some((note.clone(), money.clone()));
                self.ended = Some(next.time);
            }
        }
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource { stage: Some(Stage::of(self.stage)), desk: Some(self.desk), ..Resource::at(path) }
            .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// What was confirmed is what is sent: a text that reads otherwise is confirmed anew, by
    /// another than whoever put it so.
    fn requoted(&self, ctx: &Context) -> Vec<Event> {
        let due = ctx.due(&ctx.section::<Rules>().confirm).at;
        let open = matches!(self.stage, BasisStage::Entered | BasisStage::Confirmed) && self.order.is_none();
        open.then_some(Event::Reworded { role: ctx.role, due }).into_iter().collect()
    }

    fn files(&self) -> Vec<&str> {
        let paper = self.applied.as_ref().and_then(|applied| applied.paper.get());
        paper.into_iter().flatten().map(|photo| photo.0.as_str()).collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let desk = HolderKey::desk(self.desk);
        let wait = |(step, due)| Wait::new(step, desk.clone(), due, Some(self.place));
        self.next().map(wait).into_iter().collect()
    }
}
