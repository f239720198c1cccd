//! Saying that a line of what was agreed is done.

use super::face::who;
use super::scene::{Job, SceneAtWork, is_own, keeps};
use maud::{Markup, html};
use yishi_domain::scenes::{self, DONE};
use yishi_kernel::Right;
use yishi_kernel::text::excerpt;
use yishi_web::Error;
use yishi_web::names::Names;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// A line is done.
#[derive(Debug)]
pub struct Done;

impl Act for Done {
    type On = SceneAtWork;
    type Command = scenes::Done;
    const WORD: &'static str = "done";
    const RIGHT: &'static Right = &DONE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let mine = open_lines(job).await?;
        if mine.is_empty() {
            return Ok(html! {});
        }
        let first = mine.first().map(|(n, _)| n.clone()).unwrap_or_default();
        let inner = html! {
            (f.select("line", &mine).label("scene-done-line").start(first))
            (f.text("note").label("scene-done-note").hint("public-hint"))
            (f.submit("scene-done", "wide"))
        };
        Ok(f.card(&t.say("scene-done-title"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<scenes::Done, Slip> {
        let line = r.id("line", "form-choose");
        let note = r.text("note");
        r.done(|| Some(scenes::Done { line: line?, note }))
    }

    async fn carry_out(job: &Job, command: scenes::Done) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// The lines that this person may say are done: the own body's, or all for whoever keeps the record.
async fn open_lines(job: &Job) -> Result<Vec<(String, String)>, Error> {
    let (all, mut names, mut found) = (keeps(job), Names::default(), Vec::new());
    for (n, line, _) in job.state.open_lines() {
        if all || line.agreed.body.is_some_and(|body| is_own(job, body)) {
            let who = who(&job.cx, &job.state, line, &mut names, job.cx.locale).await?;
            found.push((n.to_string(), format!("{who} · {}", excerpt(&line.agreed.what, 30))));
        }
    }
    Ok(found)
}
