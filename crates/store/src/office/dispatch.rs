//! Commands about orders: sending work and letters, asking for whistles, and all that
//! happens to an order afterwards.

use super::{Batch, Failure, Office, Step, derived_id};
use crate::reads::places::{desk_of, place};
use yishi_domain::access::Claim;
use yishi_domain::context::{Context, Decision};
use yishi_domain::dispatch::{self, Ask, Command, Event, Order, OrderKind, Send, Source, WhistleKind};
use yishi_domain::matters::{Holder, Matter};
use yishi_domain::places::PlaceKind;
use yishi_domain::{AccountId, Actor, Loaded, MatterId, Moment, OrderId, OrganisationId, PlaceId, Refusal};

/// Work or a letter about one matter.
#[derive(Clone, Debug)]
pub struct Sending {
    /// 16 random bytes made with the form.
    pub form: [u8; 16],
    /// Work or letter.
    pub kind: OrderKind,
    /// The matter.
    pub matter: MatterId,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// Who is to do it.
    pub holder: Holder,
    /// The person, when a person is to.
    pub person: Option<AccountId>,
    /// By when it must be done.
    pub finish_by: Moment,
}

/// A whistle about one matter.
#[derive(Clone, Debug)]
pub struct Asking {
    /// 16 random bytes made with the form.
    pub form: [u8; 16],
    /// Why the street should whistle.
    pub whistle: WhistleKind,
    /// The matter.
    pub matter: MatterId,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// Why the community cannot do it.
    pub reason: String,
    /// Departments asked for, beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Which of them leads.
    pub lead: OrganisationId,
    /// By when it should be done.
    pub finish_by: Moment,
}

impl Office {
    /// Sends work or a letter about a matter in hand.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn send_order(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        sending: Sending,
    ) -> Result<OrderId, Failure> {
        let id = OrderId(derived_id(&sending.form, "order"));
        self.new_order(actor, ledger, id, sending.matter, |at, ctx| {
            let input = Send {
                kind: sending.kind,
                source: Source::Matter(sending.matter),
                task: sending.task.clone(),
                acceptance: sending.acceptance.clone(),
                money: None,
                place: at.place,
                desk: at.desk,
                street: at.street,
                holder: sending.holder,
                person: sending.person,
                finish_by: sending.finish_by,
            };
            dispatch::send(input, ctx)
        })
        .await
    }

    /// Asks the street to whistle about a matter in hand.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn ask_whistle(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        asking: Asking,
    ) -> Result<OrderId, Failure> {
        let id = OrderId(derived_id(&asking.form, "order"));
        self.new_order(actor, ledger, id, asking.matter, |at, ctx| {
            let input = Ask {
                whistle: asking.whistle,
                source: Source::Matter(asking.matter),
                task: asking.task.clone(),
                acceptance: asking.acceptance.clone(),
                money: None,
                reason: asking.reason.clone(),
                place: at.place,
                desk: at.desk,
                street: at.street,
                departments: asking.departments.clone(),
                lead: asking.lead,
                finish_by: asking.finish_by,
            };
            dispatch::ask(input, ctx)
        })
        .await
    }

    async fn new_order(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        id: OrderId,
        matter: MatterId,
        decide: impl Fn(&Whereabouts, &Context) -> Result<Decision<Event>, Refusal>,
    ) -> Result<OrderId, Failure> {
        self.carry_out(|| async {
            let now = self.now();
            if self.load::<Order>(ledger, &id.into()).await?.version > 0 {
                return Ok(Step::Done(id));
            }
            let of_matter = self.load::<Matter>(ledger, &matter.into()).await?;
            // Only what somebody is at work on can be passed on.
            let holder = matches!(of_matter.state.stage(), Some(yishi_domain::matters::StageKind::InHand));
            if !holder {
                let stage = of_matter.state.stage().ok_or(Refusal::Unknown)?;
                let state = yishi_domain::access::State::Matter(stage);
                return Err(yishi_domain::Denied::Stage(state).into());
            }
            let path = self.path_of_matter(&of_matter.state).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let desk = desk_of(&self.db, ledger, of_matter.state.about()).await?;
            let whereabouts = Whereabouts {
                place: of_matter.state.place().unwrap_or(ledger),
                desk,
                street: self.street_over(desk).await?,
            };
            let decision = decide(&whereabouts, &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.guard(&matter.into(), of_matter.version);
            batch.record(id, &mut Loaded::<Order>::default(), decision)?;
            Ok(self.append(batch).await?.done(id))
        })
        .await
    }

    /// Carries out a command on an order.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn order(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        id: OrderId,
        command: Command,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Order>(ledger, &id.into()).await?;
            let path = self.path_at(loaded.state.place().ok_or(Refusal::Unknown)?).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let decision = dispatch::decide(&loaded.state, command.clone(), &ctx)?;
            let mut batch = Batch::new(ledger, now);
            batch.record(id, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// The street's desk over a desk, which is the same where the street keeps it itself.
    pub(super) async fn street_over(&self, desk: PlaceId) -> Result<PlaceId, Failure> {
        let row = place(&self.db, desk).await?.ok_or(Refusal::Unknown)?;
        for id in row.path.iter().rev() {
            let kind = place(&self.db, *id).await?.map(|above| above.kind);
            if matches!(kind, Some(PlaceKind::Street | PlaceKind::Town)) {
                return Ok(*id);
            }
        }
        Ok(desk)
    }
}

/// Where an order about a matter belongs.
struct Whereabouts {
    place: PlaceId,
    desk: PlaceId,
    street: PlaceId,
}
