//! Confirming what everyone reads (公开摘要). It starts from what was said, with personal data
//! masked, for a person to look through.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, ANSWER, PUBLISH, TRIAGE};
use yishi_kernel::Right;
use yishi_kernel::personal::Looked;
use yishi_kernel::text::{clean_public, excerpt, mask};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming what everyone reads (公开摘要).
#[derive(Debug)]
pub struct Summarise;

impl Act for Summarise {
    type On = MatterAtWork;
    type Command = matters::Summarise;
    const WORD: &'static str = "summarise";
    const RIGHT: &'static Right = &PUBLISH;
    const DONE: Option<&'static str> = Some("summarise");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let matter = &job.row;
        let title = f.t().say("summarise-title");
        let inner = html! {
            (f.area("summary").start(matter.summary.clone().unwrap_or_else(|| draft(job))))
            (f.hidden("category", &matter.category))
            (f.submit("summarise-send", "second wide"))
        };
        // Until there is one, it is to be seen; where it goes with sorting or the answer, it stands there.
        let elsewhere = job.can(&TRIAGE) || job.can(&ANSWER);
        let open = (matter.summary.is_none() && !elsewhere) || f.came_back();
        Ok(html! { details open[open] { summary { (title) } (f.card(&title, &inner)) } })
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Summarise, Slip> {
        let (summary, category) = (r.line("summary", job.limits()), r.some("category"));
        r.done(|| Some(matters::Summarise { summary: summary?, category }))
    }

    async fn carry_out(job: &Job, command: matters::Summarise) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// The draft where nothing in it asks for a second look: it goes along with another act, which must
/// not wait for it.
pub(super) fn plain_draft(job: &Job) -> String {
    let draft = draft(job);
    let fits = clean_public(&draft, job.limits().summary, &Looked::default()).is_ok();
    if fits { draft } else { String::new() }
}

/// A first draft, from what was said.
fn draft(job: &Job) -> String {
    let said = ["title", "text"].iter().find_map(|field| job.loaded.private::<String>(1, field));
    // Masked before it is cut: half a number is no number any more, but still somebody's.
    excerpt(&mask(&said.unwrap_or_default()), 150)
}
