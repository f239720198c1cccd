//! What must hold of statutory meetings: each was called while the street's confirmation of its very
//! numbers stood. Those that an earlier program called rest on packs that say nothing of a law.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Pages, RESTORE};
use yishi_domain::meetings::{Agenda, Basis, Meeting, MeetingId, Rules};
use yishi_domain::rulebook::Confirmation;
use yishi_kernel::PlaceId;
use yishi_store::{query, row};

row! {
    Line, from "meeting" {
        ledger: PlaceId,
        id: MeetingId,
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
}

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
            let mut looked = Looked::default();
            let mut pages = Pages::of(&LINES, |line| (line.ledger.to_string(), line.id.to_string()));
            while let Some(page) = pages.next(office).await? {
                for line in &page {
                    let meeting = office.load::<Meeting>(line.ledger, &line.id.into()).await?;
                    let Some(meeting) = meeting.get() else { continue };
                    let wrong = wrong(office, &meeting.agenda).await?;
                    looked.at(wrong.map(|why| format!("{}/meeting/{}: {why}", line.ledger, line.id)));
                }
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
