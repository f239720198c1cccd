//! The record of a scene: how it is found, and for whoever works on it who may see it.

use yishi_domain::scenes::{CORRECT, READ, Scene, SceneId};
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::{Loaded, OrganisationId, PlaceId, Right, StreamName};
use yishi_office::places::reads::LedgerRow;
use yishi_office::scenes::reads::{SceneRow, scene};
use yishi_web::correct::Correctable;
use yishi_web::names::Names;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// A record at work.
#[derive(Debug)]
pub struct SceneAtWork;

/// The page of one, with who looks at it.
pub type Job = Sheet<SceneAtWork>;

/// A record, whoever looks at it.
pub struct Held {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// As listed.
    pub row: SceneRow,
    /// The same as loaded.
    pub loaded: Loaded<Scene>,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
}

/// A record by its number.
pub async fn scene_of(cx: &Cx, slug: &str, number: i64) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let office = &cx.app.office;
    let id: SceneId = cx.numbered(ledger.ledger, number).await?;
    let row = scene(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Scene>(ledger.ledger, &id.into()).await?;
    let path = office.path_at(row.place).await?;
    Ok(Held { ledger, row, loaded, path })
}

impl Thing for SceneAtWork {
    type At = (String, i64);
    type State = Scene;
    type Row = SceneRow;
    const FAMILY: &'static str = "scene";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let Held { ledger, row, loaded, path } = scene_of(cx, &slug, number).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/x/{}", found.ledger.slug, found.row.number)
    }
}

impl Correctable for SceneAtWork {
    const CORRECT: &'static Right = &CORRECT;
}

/// Whether this person enters what others signed or did: as whoever keeps the record, or at the desk.
pub(super) fn keeps(job: &Job) -> bool {
    let desk = STEERS.has(job.role) && !job.resource().keeps_away(&job.staff.actor);
    desk || job.state.keeping().is_some_and(|body| job.bodies().contains(&body))
}

/// Whether this person acts for a body.
pub(super) fn is_own(job: &Job, body: OrganisationId) -> bool {
    job.bodies().contains(&body) || (!job.role.of_organisation() && job.staff.actor.is_of(body))
}

/// The bodies for which this person may sign now, by id and name; their own come first.
pub(super) async fn unsigned(job: &Job) -> Result<Vec<(String, String)>, Error> {
    let all = keeps(job);
    let mut bodies: Vec<OrganisationId> =
        job.state.unsigned().filter(|body| all || is_own(job, *body)).collect();
    bodies.sort_by_key(|body| !is_own(job, *body));
    let (mut names, mut found) = (Names::default(), Vec::new());
    for body in bodies {
        found.push((body.to_string(), names.organisation(&job.cx.app.office.db, body).await?));
    }
    Ok(found)
}
