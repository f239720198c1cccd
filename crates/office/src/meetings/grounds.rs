//! What must hold of statutory meetings: each was called while the street's confirmation of its very
//! numbers stood. Those that an earlier program called rest on packs that say nothing of a law.

use super::audit::meetings;
use crate::Office;
use crate::audit::{Law, Looked, Looking, RESTORE};
use yishi_domain::meetings::{Agenda, Basis, Rules};
use yishi_domain::rulebook::Confirmation;

/// Statutory meetings were called by confirmed numbers.
#[derive(Debug)]
pub(crate) struct Grounded;

impl Law for Grounded {
    fn says(&self) -> &'static str {
        "every statutory meeting was called by numbers that the street had confirmed"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), meetings());
            while let Some((line, meeting)) = all.next(office).await? {
                looked.thing(&line, wrong(office, &meeting.agenda).await?);
            }
            Ok(looked)
        })
    }
}

/// What is wrong with how a meeting was called.
async fn wrong(office: &Office, agenda: &Agenda) -> Result<Option<&'static str>, crate::Failure> {
    let pack = office.pack(&agenda.rules).await?;
    let rules = pack.section::<Rules>();
    let Some(forum) = rules.forum(&agenda.forum) else { return Ok(None) };
    match (&forum.basis, &agenda.ground) {
        (Basis::Statute(_), Some(ground)) => {
            let loaded = office.load::<Confirmation>(ground.street, &ground.confirmation.into()).await?;
            let Some(confirmation) = loaded.get() else { return Ok(Some("its confirmation is not there")) };
            let figures = rules.figures(forum, agenda.called);
            Ok(match figures {
                Some(figures) if figures == ground.figures && confirmation.forum == agenda.forum => {
                    let stood = confirmation.stood(&figures, agenda.called);
                    (!stood).then_some("no confirmation of its numbers stood when it was called")
                }
                _ => Some("its numbers are not those that were confirmed"),
            })
        }
        (Basis::Statute(_), None) => Ok(Some("it names no confirmation")),
        (Basis::Local | Basis::Unsaid, Some(_)) => Ok(Some("it is no statutory meeting and names a law")),
        (Basis::Local | Basis::Unsaid, None) => Ok(None),
    }
}
