//! Commands about topics: gathering matters, answering everyone in them, concluding.

use super::{Batch, Failure, Office, Step, derived_id};
use crate::reads::dispatch::of_topic;
use crate::reads::matters::root_of;
use crate::reads::places::{desk_of, path_of, place};
use yishi_domain::access::Claim;
use yishi_domain::context::{Context, Decision};
use yishi_domain::matters::{self, Command as MatterCommand, Holder, Matter, StageKind};
use yishi_domain::meetings::{self, Meeting, OpenTopic, Topic, TopicCommand};
use yishi_domain::{Actor, MatterId, PlaceId, Refusal, TopicId};

/// A topic to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// 16 random bytes made with the form.
    pub form: [u8; 16],
    /// What it is called.
    pub title: String,
    /// What is to be settled; may be empty.
    pub question: String,
    /// What it is about.
    pub category: String,
    /// Its matters, of one ledger.
    pub matters: Vec<MatterId>,
}

impl Office {
    /// Gathers matters into a new topic; those not sorted yet are sorted as public. Sending
    /// the form twice opens it once.
    ///
    /// # Errors
    /// When a matter is answered, merged or in another topic, or the actor may not.
    pub async fn open_topic(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        opening: Opening,
    ) -> Result<TopicId, Failure> {
        let id = TopicId(derived_id(&opening.form, "topic"));
        self.carry_out(|| async {
            let now = self.now();
            let mut topic = self.load::<Topic>(ledger, &id.into()).await?;
            if topic.version > 0 {
                return Ok(Step::Done(id));
            }
            let desk = desk_of(&self.db, ledger, None).await?;
            let mut batch = Batch::new(ledger, now);
            let mut around = None;
            for matter in &opening.matters {
                let at = self.take_up(&mut batch, actor, ledger, *matter, id, &opening.category, now).await?;
                // One place for all where they have one, else the ledger's.
                around = Some(match around {
                    None => at,
                    Some(same) if same == at => at,
                    Some(_) => ledger,
                });
            }
            let place = around.unwrap_or(ledger);
            let path = self.path_at(place).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let input = OpenTopic {
                title: opening.title.clone(),
                question: opening.question.clone(),
                category: opening.category.clone(),
                place,
                desk,
                matters: opening.matters.clone(),
            };
            batch.record(id, &mut topic, meetings::open(input, &ctx)?)?;
            Ok(self.append(batch).await?.done(id))
        })
        .await
    }

    /// Puts further matters into a topic.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn gather(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        topic: TopicId,
        matters: Vec<MatterId>,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Topic>(ledger, &topic.into()).await?;
            let category = loaded.state.category().map(|code| code.0.clone()).ok_or(Refusal::Unknown)?;
            let mut batch = Batch::new(ledger, now);
            for matter in &matters {
                self.take_up(&mut batch, actor, ledger, *matter, topic, &category, now).await?;
            }
            let path = self.path_at(loaded.state.place().unwrap_or(ledger)).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let command = TopicCommand::Gather { matters: matters.clone() };
            let decision = meetings::decide_topic(&loaded.state, command, &ctx)?;
            batch.record(topic, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Records that a topic takes a matter up; answers with the place around it.
    #[allow(clippy::too_many_arguments)]
    async fn take_up(
        &self,
        batch: &mut Batch,
        actor: &Actor,
        ledger: PlaceId,
        matter: MatterId,
        topic: TopicId,
        category: &str,
        now: yishi_domain::Moment,
    ) -> Result<PlaceId, Failure> {
        let mut loaded = self.load::<Matter>(ledger, &matter.into()).await?;
        let path = self.path_of_matter(&loaded.state).await?;
        let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
        let command = MatterCommand::TakeUp {
            topic,
            category: category.to_owned(),
            holder: Holder::Desk(desk_of(&self.db, ledger, loaded.state.about()).await?),
        };
        let decision = matters::decide(matter, &loaded.state, command, &ctx)?;
        batch.record(matter, &mut loaded, decision)?;
        Ok(loaded.state.around().unwrap_or(ledger))
    }

    /// Gives a topic up with a reason; its matters go on by themselves.
    ///
    /// # Errors
    /// The rule it would break.
    pub async fn drop_topic(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        topic: TopicId,
        reason: String,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Topic>(ledger, &topic.into()).await?;
            let path = self.path_at(loaded.state.place().unwrap_or(ledger)).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let command = TopicCommand::Drop { reason: reason.clone() };
            let decision = meetings::decide_topic(&loaded.state, command, &ctx)?;
            let matters = loaded.state.matters();
            let mut batch = Batch::new(ledger, now);
            batch.record(topic, &mut loaded, decision)?;
            for matter in matters {
                let mut of_matter = self.load::<Matter>(ledger, &matter.into()).await?;
                // Answered ones, and those that went on elsewhere, stay as they are.
                let here = of_matter.state.topic() == Some(topic);
                if !here || of_matter.state.stage() != Some(StageKind::InHand) {
                    continue;
                }
                let path = self.path_of_matter(&of_matter.state).await?;
                let ctx = Context { path: &path, ..ctx };
                let decision = matters::decide(matter, &of_matter.state, MatterCommand::LetGo, &ctx)?;
                batch.record(matter, &mut of_matter, decision)?;
            }
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Answers everyone whose matter is in a topic, at once. Matters answered before stay as
    /// they are.
    ///
    /// # Errors
    /// When nobody is owed an answer any more, or the actor may not.
    pub async fn answer_topic(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        topic: TopicId,
        text: String,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let loaded = self.load::<Topic>(ledger, &topic.into()).await?;
            let mut batch = Batch::new(ledger, now);
            let mut answered = 0;
            for root in self.roots(ledger, &loaded.state.matters()).await? {
                let mut of_matter = self.load::<Matter>(ledger, &root.into()).await?;
                if of_matter.state.stage() != Some(StageKind::InHand) {
                    continue;
                }
                let path = self.path_of_matter(&of_matter.state).await?;
                let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
                let command =
                    MatterCommand::Answer { text: text.clone(), word: String::new(), photos: Vec::new() };
                let decision = matters::decide(root, &of_matter.state, command, &ctx)?;
                batch.record(root, &mut of_matter, decision)?;
                answered += 1;
            }
            if answered == 0 {
                return Err(Refusal::NoMatters.into());
            }
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// Concludes a topic once all that was decided is done and everyone is answered.
    ///
    /// # Errors
    /// When something is not at its end, or the actor may not.
    pub async fn conclude_topic(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        topic: TopicId,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let now = self.now();
            let mut loaded = self.load::<Topic>(ledger, &topic.into()).await?;
            let path = self.path_at(loaded.state.place().unwrap_or(ledger)).await?;
            let ctx = Context { now, actor, rules: &self.rules, path: &path, claim: Claim::None };
            let mut batch = Batch::new(ledger, now);
            let mut actions = 0;
            for id in loaded.state.meetings() {
                let meeting = self.load::<Meeting>(ledger, &(*id).into()).await?;
                actions += meeting.state.waiting(topic);
                batch.guard(&(*id).into(), meeting.version);
            }
            let orders = of_topic(&self.db, ledger, topic).await?;
            let orders = orders.iter().filter(|order| order.next.is_some()).count() as u64;
            let mut unanswered = 0;
            for root in self.roots(ledger, &loaded.state.matters()).await? {
                let of_matter = self.load::<Matter>(ledger, &root.into()).await?;
                let open = matches!(of_matter.state.stage(), Some(StageKind::Raised | StageKind::InHand));
                unanswered += u64::from(open);
                batch.guard(&root.into(), of_matter.version);
            }
            let command = TopicCommand::Conclude { orders, actions, matters: unanswered };
            let decision: Decision<_> = meetings::decide_topic(&loaded.state, command, &ctx)?;
            batch.record(topic, &mut loaded, decision)?;
            Ok(self.append(batch).await?.done(()))
        })
        .await
    }

    /// The matters that carry these, each once.
    async fn roots(&self, ledger: PlaceId, matters: &[MatterId]) -> Result<Vec<MatterId>, Failure> {
        let mut roots = Vec::new();
        for matter in matters {
            let root = root_of(&self.db, ledger, *matter).await?.ok_or(Refusal::Unknown)?;
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        Ok(roots)
    }

    /// A place and all above it, with the grids over it.
    ///
    /// # Errors
    /// When the store fails or the place is unknown.
    pub async fn path_at(&self, at: PlaceId) -> Result<Vec<PlaceId>, Failure> {
        let row = place(&self.db, at).await?.ok_or(Refusal::Unknown)?;
        Ok(path_of(&self.db, &row).await?)
    }
}
