//! Urging one body beside the lead (催办、督办): a button for each that is late or due soon.

use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, URGE};
use yishi_kernel::urging::NotUrged;
use yishi_kernel::{Right, Urging};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Urging a body beside the lead.
#[derive(Debug)]
pub struct UrgePart;

impl Act for UrgePart {
    type On = OrderAtWork;
    type Command = dispatch::UrgePart;
    const WORD: &'static str = "urge-part";
    const RIGHT: &'static Right = &URGE;
    // The page says so as of any urging.
    const DONE: Option<&'static str> = Some("urge");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let mut lines = Vec::new();
        for one in &job.row.called {
            let how = job.state.part_urging(one.organisation, &job.staff.actor, job.role, job.cx.now);
            match how {
                Ok(how) => {
                    let key = match how {
                        Urging::Remind => "dispatch-urge-part-remind",
                        Urging::Press => "dispatch-urge-part-press",
                    };
                    let said = t.with(key, &[("name", &one.name)]);
                    lines.push(html! {
                        p { button.button.second.wide type="submit" name=(f.name("body")) value=(one.organisation) { (said) } }
                    });
                }
                Err(NotUrged::Lately(again)) => {
                    let said = t.with(
                        "dispatch-urge-part-lately",
                        &[("name", &one.name), ("again", &t.brief_time(again))],
                    );
                    lines.push(html! { p { (said) } });
                }
                Err(NotUrged::Own | NotUrged::NotDue(_)) => {}
            }
        }
        if lines.is_empty() {
            return Ok(html! {});
        }
        Ok(f.card(&t.say("dispatch-urge-part"), &html! { @for line in &lines { (line) } }))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::UrgePart, Slip> {
        let organisation = r.id("body", "dispatch-wrong-part");
        r.done(|| Some(dispatch::UrgePart { organisation: organisation? }))
    }

    async fn carry_out(job: &Job, command: dispatch::UrgePart) -> Result<Next, Error> {
        job.act(command).await
    }
}
