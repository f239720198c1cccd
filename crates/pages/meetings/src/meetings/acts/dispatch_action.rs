//! Sending what was agreed on its way: a form for each action that waits. Before the notice is
//! over that needs a reason, and a whistle says why the community cannot do it alone.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::hall::{at, published_until};
use maud::{Markup, html};
use yishi_domain::dispatch::WhistleKind;
use yishi_domain::meetings::{self, DISPATCH, Fate, Refusal, Way};
use yishi_kernel::Right;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_web::Error;
use yishi_web::holders::bodies;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sending an action on its way.
#[derive(Debug)]
pub struct DispatchAction;

impl Act for DispatchAction {
    type On = MeetingAtWork;
    type Command = meetings::DispatchAction;
    const WORD: &'static str = "dispatch";
    const RIGHT: &'static Right = &DISPATCH;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let departments = bodies(&hall.cx, &hall.path).await?;
        let whistles = t.choices::<WhistleKind>();
        let early = published_until(hall).is_some();
        let waiting = (1..).zip(&hall.state.outcome.actions).filter(|(_, one)| one.fate == Fate::Waiting);
        Ok(html! {
            @for (number, one) in waiting {
                @let (f, agreed) = (f.nth(number), &one.agreed);
                @let whistle = agreed.way == Way::Whistle;
                @let title = t.with("sending-action", &[("number", &number)]);
                @let what = html! {
                    p { strong { (agreed.task) } }
                    (badge(&one.decides, t))
                    p.soft { (hall.row.story.holder(agreed.owner, t)) " · " (t.word(agreed.way)) " · " (t.day(agreed.due.deadline_date())) }
                };
                // A button that is refused whoever presses it is none.
                @if hall.state.awaits_owners(one) {
                    section.card { h2 { (title) } (what) p { (t.say("sending-owners")) } }
                } @else { (f.card(&title, &html! {
                    (what)
                    @if whistle {
                        (f.radios("whistle", &whistles).label("sending-whistle").start(WhistleKind::Hard.word()))
                        (f.checks("departments", &departments, &[]).label("sending-departments"))
                        (f.area("reason").label("sending-reason").hint("public-hint"))
                    }
                    @if early { (f.text("hurry").label("sending-hurry")) }
                    (f.submit(if whistle { "sending-ask" } else { "sending-send" }, "wide"))
                })) }
            }
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::DispatchAction, Slip> {
        let mut numbered = (1..).zip(&hall.state.outcome.actions);
        let agreed = numbered.find(|(number, _)| Some(*number) == r.nth()).map(|(_, one)| &one.agreed);
        let (whistle, reason) = match agreed.map(|agreed| agreed.way) {
            Some(Way::Whistle) => {
                (r.word("whistle", WhistleKind::parse, "form-choose"), r.note("reason", hall.limits()))
            }
            // Nothing else says why it should be whistled.
            Some(Way::Work | Way::Letter) | None => (Some(WhistleKind::Hard), Some(String::new())),
        };
        let departments = r.ids("departments");
        let hurry = r.line_or_none("hurry", hall.limits());
        if let (Some(until), Some(None)) = (published_until(hall), &hurry) {
            r.refuse("hurry", Refusal::NoticeRuns { until });
        }
        r.done(|| {
            let (action, hurry, whistle, reason) = (agreed?.id, hurry?, whistle?, reason?);
            Some(meetings::DispatchAction { action, hurry, whistle, departments, reason })
        })
    }

    async fn carry_out(hall: &Hall, command: meetings::DispatchAction) -> Result<Next, Error> {
        let (ledger, meeting) = at(hall);
        hall.cx.office().dispatch_action(&hall.staff.actor, ledger, meeting, command).await?;
        Ok(Next::Back)
    }
}
