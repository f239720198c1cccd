//! What commands about topics must know: the matters in them, and what is not at its end.

use crate::dispatch::reads::OPEN_OF;
use crate::matters::facts::carrier;
use crate::matters::reads::root_of;
use crate::people::reads::actor;
use crate::{Case, Failure, Load};
use yishi_domain::matters::{Carrier, Matter, MatterId, StageKind};
use yishi_domain::meetings::Meeting;
use yishi_domain::topics::{
    AnswerAll, Conclude, Drop, Gather, Gathering, Left, OpenTopic, Opening, Topic, TopicId, TopicStage,
    one_place,
};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Sealed};
use yishi_store::args;

impl Load<OpenTopic> for Opening {
    async fn load(case: &mut Case<'_>, command: &OpenTopic) -> Result<Self, Failure> {
        let gathering = gathering(case, &command.matters).await?;
        let place = one_place(gathering.matters.iter().map(|one| one.matter.place), case.ledger);
        case.lies_at(place).await?;
        let desk = gathering.matters.first().map_or(case.ledger, |one| one.matter.desk);
        Ok(Opening { place, desk, gathering })
    }
}

impl Load<Gather> for Gathering {
    async fn load(case: &mut Case<'_>, command: &Gather) -> Result<Self, Failure> {
        let table = table(case).await?;
        Ok(Gathering { table, ..gathering(case, &command.matters).await? })
    }
}

/// Who chairs and records the meeting that the topic is scheduled for.
async fn table(case: &mut Case<'_>) -> Result<Vec<Actor>, Failure> {
    let topic = case.state::<Topic>()?;
    let mut table = Vec::with_capacity(2);
    if let Some(meeting) = topic.meetings.last().filter(|_| topic.stage == TopicStage::Scheduled) {
        let agenda = case.must::<Meeting>(*meeting).await?.agenda;
        for seat in [&agenda.chair, &agenda.recorder].into_iter().filter_map(Sealed::get) {
            table.extend(actor(case.db(), *seat).await?);
        }
    }
    Ok(table)
}

impl Load<Drop> for Gathering {
    async fn load(case: &mut Case<'_>, _: &Drop) -> Result<Self, Failure> {
        let own: Vec<MatterId> = case.state::<Topic>()?.matters.iter().copied().collect();
        gathering(case, &own).await
    }
}

impl Load<AnswerAll> for Gathering {
    async fn load(case: &mut Case<'_>, _: &AnswerAll) -> Result<Self, Failure> {
        let roots = roots(case).await?;
        gathering(case, &roots).await
    }
}

/// Matters as they stand, each once. The command is about the topic, not about them.
async fn gathering(case: &mut Case<'_>, matters: &[MatterId]) -> Result<Gathering, Failure> {
    let id: TopicId = case.id()?;
    let mut found: Vec<Carrier> = Vec::with_capacity(matters.len());
    for matter in matters {
        if found.iter().all(|known| known.root != *matter) {
            found.push(match carrier(case, *matter).await {
                Err(Failure::Refused(none)) if none == Common::Unknown => {
                    return Err(Common::NotHere { field: "matter" }.into());
                }
                found => found?,
            });
        }
    }
    case.lies_nowhere_else();
    Ok(Gathering { id, matters: found, table: Vec::new() })
}

/// The matters that carry the topic's, each once.
async fn roots(case: &Case<'_>) -> Result<Vec<MatterId>, Failure> {
    let mut roots = Vec::new();
    for matter in &case.state::<Topic>()?.matters {
        let root = root_of(case.db(), case.ledger, *matter).await?.ok_or(Common::Unknown)?;
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    Ok(roots)
}

impl Load<Conclude> for Left {
    async fn load(case: &mut Case<'_>, _: &Conclude) -> Result<Self, Failure> {
        let topic: TopicId = case.id()?;
        let mut actions = 0;
        for meeting in case.state::<Topic>()?.meetings.clone() {
            actions += case.must::<Meeting>(meeting).await?.waiting(topic);
        }
        let orders = case.find(&OPEN_OF, &args![case.ledger, topic]).await?.iter().sum();
        let mut matters = 0;
        for root in roots(case).await? {
            let stage = case.must::<Matter>(root).await?.stage();
            matters += u64::from(matches!(stage, StageKind::Raised | StageKind::InHand));
        }
        Ok(Left { orders, actions, matters })
    }
}
