//! Reporting how the work goes, with photos.

use super::forms::with_proof;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, WORK_ON};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Reporting how the work goes, with photos.
#[derive(Debug)]
pub struct Progress;

impl Act for Progress {
    type On = OrderAtWork;
    type Command = dispatch::Progress;
    const WORD: &'static str = "progress";
    const RIGHT: &'static Right = &WORK_ON;
    const TAKES: Takes = Takes::Parts;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(with_proof(f, "progress-title", "progress-note", "progress-send", "second wide"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Progress, Slip> {
        let (note, photos) = (r.text("note"), r.photos());
        r.done(|| Some(dispatch::Progress { note, photos }))
    }

    async fn carry_out(job: &Job, command: dispatch::Progress) -> Result<Next, Error> {
        job.act(command).await
    }
}
