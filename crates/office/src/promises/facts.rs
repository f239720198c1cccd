//! What making a promise must know: the meeting at which it is made.

use crate::{Case, Failure, Load};
use yishi_domain::meetings::Meeting;
use yishi_domain::promises::{Make, Minutes, Table};

impl Load<Make> for Table {
    async fn load(case: &mut Case<'_>, command: &Make) -> Result<Self, Failure> {
        let meeting = case.must::<Meeting>(command.meeting).await?;
        case.lies_at(meeting.agenda.place).await?;
        let confirmed = !meeting.outcome.confirmed.is_empty();
        Ok(Table {
            stage: meeting.stage,
            minutes: if confirmed { Minutes::Confirmed } else { Minutes::Open },
            place: meeting.agenda.place,
            desk: meeting.agenda.desk,
            topics: meeting.agenda.topics.clone(),
            about: meeting.about.clone(),
            invited: meeting.agenda.invited.iter().map(|one| one.organisation).collect(),
        })
    }
}
