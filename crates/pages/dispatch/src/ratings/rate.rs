//! Rating the other side: the desk that asked each body, each body the street that whistled.

use super::assessment::{AssessmentAtWork, Job};
use super::grades;
use maud::{Markup, html};
use yishi_domain::ratings::{self, RATE_BODY, RATE_STREET};
use yishi_kernel::{OrganisationId, Right};
use yishi_web::Error;
use yishi_web::names::Names;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// The street rates a body that came.
#[derive(Debug)]
pub struct Body;

/// A body rates the street.
#[derive(Debug)]
pub struct Street;

async fn named(job: &Job, bodies: Vec<OrganisationId>) -> Result<Vec<(String, String)>, Error> {
    let (mut names, mut found) = (Names::default(), Vec::with_capacity(bodies.len()));
    for body in bodies {
        found.push((body.to_string(), names.organisation(&job.cx.app.office.db, body).await?));
    }
    Ok(found)
}

/// The choice of a body; of one alone its name.
fn of(f: &Form<'_>, bodies: &[(String, String)], label: &str) -> Markup {
    match bodies {
        [(id, name)] => html! { (f.hidden("body", id)) p { strong { (name) } } },
        bodies => html! { (f.select("body", bodies).label(label)) },
    }
}

impl Act for Body {
    type On = AssessmentAtWork;
    type Command = ratings::RateBody;
    const WORD: &'static str = "rate-body";
    const RIGHT: &'static Right = &RATE_BODY;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let bodies = named(job, job.state.unrated().collect()).await?;
        if bodies.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            (of(f, &bodies, "assessment-body"))
            (grades::fields(f))
            (f.submit("assessment-send", "wide"))
        };
        Ok(f.card(&f.t().say("assessment-rate-body"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<ratings::RateBody, Slip> {
        let (body, grades, note) = (r.id("body", "form-choose"), grades::read(&mut r), r.text("note"));
        r.done(|| Some(ratings::RateBody { body: body?, grades: grades?, note }))
    }

    async fn carry_out(job: &Job, command: ratings::RateBody) -> Result<Next, Error> {
        job.act(command).await
    }
}

impl Act for Street {
    type On = AssessmentAtWork;
    type Command = ratings::RateStreet;
    const WORD: &'static str = "rate-street";
    const RIGHT: &'static Right = &RATE_STREET;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let own = job.bodies();
        let bodies = named(job, job.state.silent().filter(|body| own.contains(body)).collect()).await?;
        if bodies.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            (of(f, &bodies, "assessment-as"))
            (grades::fields(f))
            (f.submit("assessment-send", "wide"))
        };
        Ok(f.card(&f.t().say("assessment-rate-street"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<ratings::RateStreet, Slip> {
        let (body, grades, note) = (r.id("body", "form-choose"), grades::read(&mut r), r.text("note"));
        r.done(|| Some(ratings::RateStreet { body: body?, grades: grades?, note }))
    }

    async fn carry_out(job: &Job, command: ratings::RateStreet) -> Result<Next, Error> {
        job.act(command).await
    }
}
