//! Going on by another way after the street declined (另行派出): work for somebody here, or a letter.

use super::job::{Job, OrderAtWork};
use super::limits;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, GO_ON, LimitClass, OrderKind};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Resource, Right};
use yishi_office::dispatch::order_after;
use yishi_office::dispatch::reads::order;
use yishi_web::Error;
use yishi_web::holders::{fitting, holder};
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sending it by another way.
#[derive(Debug)]
pub struct SendInstead;

impl Act for SendInstead {
    type On = OrderAtWork;
    type Command = dispatch::Limited<dispatch::SendInstead>;
    const WORD: &'static str = "instead";
    const RIGHT: &'static Right = &GO_ON;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let (t, gone) = (f.t(), &job.state.went_on);
        let kinds = [OrderKind::Letter, OrderKind::Work].into_iter().filter(|kind| !gone.contains_key(kind));
        let kinds: Vec<_> = kinds.map(|kind| (kind.word().to_owned(), t.word(kind))).collect();
        if kinds.is_empty() {
            return Ok(html! {});
        }
        let at = Resource::at(&job.path).concerning(&job.state.about);
        let options = fitting(&job.cx, &job.staff, &at).await?;
        let proposed = job.state.limit.unwrap_or(LimitClass::Ordinary);
        let inner = html! {
            p { (t.say("dispatch-instead-lead")) }
            (f.radios("kind", &kinds).label("dispatch-instead-kind"))
            (f.select("holder", &options).label("dispatch-doer"))
            (limits::fields(&job.cx, &job.rules, f, proposed, ""))
            (f.submit("dispatch-instead", "wide"))
        };
        Ok(f.card(&t.say("dispatch-instead"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<Self::Command, Slip> {
        let kind = r.word("kind", OrderKind::parse, "dispatch-wrong-kind");
        let given = holder(&job.cx, &r.text("holder"), &job.path).await.ok();
        match (kind, &given) {
            (_, None) => r.wrong("holder", "dispatch-wrong-holder"),
            (Some(OrderKind::Letter), Some((holder, _))) if holder.organisation().is_none() => {
                r.refuse("holder", Common::NeedsOrganisation);
            }
            _ => {}
        }
        let limit = limits::read(&job.cx, job.limits(), &mut r);
        r.done(|| {
            let (kind, (holder, person), (class, other)) = (kind?, given?, limit?);
            let order = dispatch::SendInstead { kind, holder, person, finish_by: job.cx.now };
            Some(dispatch::Limited { order, class, other })
        })
    }

    async fn carry_out(job: &Job, command: Self::Command) -> Result<Next, Error> {
        let kind = command.order.kind;
        job.act(command).await?;
        to_the_next(job, kind).await
    }
}

/// The page of the order by which it goes on.
pub(super) async fn to_the_next(job: &Job, kind: OrderKind) -> Result<Next, Error> {
    let own = &job.row.order;
    let found = order(&job.cx.app.office.db, own.ledger, order_after(own.id, kind)).await?;
    Ok(match found {
        Some(next) => Next::To(format!("/w/{}/o/{}", job.ledger.slug, next.number)),
        None => Next::Back,
    })
}
