//! Emergencies by the office's own commands: a fence below a wall, which takes up common ground.

use crate::Neighbourhood;
use crate::neighbourhood::form;
use yishi_domain::emergency::{BasisId, ConfirmBasis, EnterBasis, SendLeast, Way};
use yishi_domain::matters::{MatterId, Outcome, Triage};
use yishi_kernel::{Actor, Holder, Role};
use yishi_office::Office;
use yishi_office::matters::RaisedMatter;

/// The least that makes a wall safe.
#[must_use]
pub fn fence(matter: MatterId) -> EnterBasis {
    EnterBasis {
        matter,
        item: "change_use".to_owned(),
        situation: "facade".to_owned(),
        line: "墙下围挡，挂警示牌".to_owned(),
        acceptance: "没有人能走到墙下".to_owned(),
        applicant: None,
        paper: Vec::new(),
    }
}

/// The id of a basis, the same for the same word.
///
/// # Panics
/// Never: half a digest is an id.
#[must_use]
pub fn basis_id(word: &str) -> BasisId {
    BasisId(form(&format!("basis-{word}")).id("emergency_basis"))
}

/// Sends it to the property company.
#[must_use]
pub fn to_property(office: &Office, there: &Neighbourhood) -> SendLeast {
    let way = Way::Work { holder: Holder::Organisation(there.property), person: None };
    SendLeast { way, finish_by: office.now().end_of_day_after(0) }
}

/// A matter that is sorted, held by the worker.
///
/// # Panics
/// When a command is refused.
pub async fn sorted(office: &Office, there: &Neighbourhood, word: &str) -> RaisedMatter {
    let raising = crate::neighbourhood::raising(word, there.building, "外墙瓷砖松了");
    let raised = office.raise(&Actor::visitor(), raising).await.unwrap();
    let triage = Triage {
        outcome: Outcome::Public,
        category: "01".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, there.community),
        person: there.worker.account,
        reason: String::new(),
    };
    office.act(&there.worker, raised.ledger, raised.matter, triage).await.unwrap();
    raised
}

/// A basis about a matter of its own: entered by the worker, confirmed by the secretary.
///
/// # Panics
/// When a command is refused.
pub async fn confirmed(office: &Office, there: &Neighbourhood, word: &str) -> BasisId {
    let raised = sorted(office, there, word).await;
    let id = basis_id(word);
    office.start(&there.worker, raised.ledger, id, fence(raised.matter)).await.unwrap();
    office.act(&there.secretary, raised.ledger, id, ConfirmBasis).await.unwrap();
    id
}
