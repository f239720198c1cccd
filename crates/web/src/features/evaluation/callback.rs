//! Calling back 回访: somebody who did not handle a matter asks whoever was answered whether
//! that helped, and writes down what they say, or that nobody was reached.

use crate::sent::Sent;
use crate::shared::chain::Chain;
use crate::shared::duty::steers_in;
use crate::shared::matter::{headline, row_of};
use crate::shared::navigation::staff_nav_at;
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::evaluation::{CALL_BACK, CallBack, Evaluation, Reached, Satisfaction, Solved};
use yishi_domain::matters::{Matter, READ_CONTACT, ReceiptId};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Denied, Loaded, Resource, Stream as _, may};
use yishi_office::matters::reads::{MatterRow, ReceiptRow, receipts};
use yishi_office::places::reads::LedgerRow;

/// A receipt to call about.
struct Job {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    loaded: Loaded<Matter>,
    resource: Resource,
    receipt: ReceiptRow,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64, receipt: &str) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let matter = loaded.must()?;
        let path = office.path_of_matter(matter).await?;
        let resource = matter.resource(&path, &staff.actor);
        match may(&staff.actor, &CALL_BACK, &resource, cx.now) {
            // Before an answer there is nothing to ask; the page says so.
            Ok(_) | Err(Denied::Stage(_)) => {}
            Err(denied) => return Err(denied.into()),
        }
        let id: ReceiptId = receipt.parse().map_err(|_| Error::NotFound)?;
        let receipt = receipts(&office.db, ledger.ledger, row.id)
            .await?
            .into_iter()
            .find(|receipt| receipt.id == id)
            .ok_or(Error::NotFound)?;
        Ok(Self { staff, ledger, row, loaded, resource, receipt })
    }

    fn link(&self) -> String {
        format!("/w/{}/{}/callback/{}", self.ledger.slug, self.row.number, self.receipt.id)
    }

    /// Where to go on: those who steer have the list of who else is owed something.
    async fn back(&self, cx: &Cx) -> Result<String, Error> {
        Ok(match steers_in(cx, &self.staff, self.ledger.ledger).await? {
            true => format!("/w/{}/owed", self.ledger.slug),
            false => "/desk".to_owned(),
        })
    }
}

/// What is wrong, and with which field.
struct Wrong {
    text: String,
    field: Option<&'static str>,
    status: StatusCode,
}

/// `GET /w/{slug}/{number}/callback/{receipt}`
pub async fn form(
    cx: Cx,
    Path((slug, number, receipt)): Path<(String, i64, String)>,
) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number, &receipt).await?;
    view(&cx, &job, &cx.typed(), None).await
}

async fn view(cx: &Cx, job: &Job, values: &Fields, wrong: Option<&Wrong>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (row, receipt) = (&job.row, &job.receipt);
    let rules = cx.rules(job.ledger.ledger).await?;
    let answer = Chain::load(&cx.app.office.db, job.ledger.ledger, row.id, Some(&job.loaded)).await?;
    let at = |name: &str| wrong.filter(|wrong| wrong.field == Some(name)).map(|wrong| wrong.text.as_str());
    let (reached, solved) = (t.choices::<Reached>(), t.choices::<Solved>());
    let content = t.choices::<Satisfaction>();
    let evaluated = receipt.evaluation.is_some_and(|(answer, _, _)| Some(answer) >= row.answered);
    let missed = receipt.called.filter(|(answer, missed)| Some(*answer) == row.answered && *missed > 0);
    let open = row.answered.is_some()
        && !evaluated
        && may(&job.staff.actor, &CALL_BACK, &job.resource, cx.now).is_ok();
    let sees = may(&job.staff.actor, &READ_CONTACT, &job.resource, cx.now).is_ok();
    let back = job.back(cx).await?;
    let title = t.say("callback-title");
    let main = html! {
        p.crumbs { a href=(back) { @if back == "/desk" { (t.say("desk-title")) } @else { (t.say("unanswered-title")) } } }
        h1 { (title) }
        (ui::bits("soft", &t.with("callback-meta", &[
            ("number", &row.number), ("how", &t.word(receipt.how)), ("date", &receipt.opened.date()),
        ])))
        (ui::summary(t, wrong.map(|wrong| (wrong.text.as_str(), wrong.field))))
        div.card {
            p { strong { (headline(&rules, row, t)) } }
            @if let Some((text, _)) = answer.answers().first() { p { (t.say("answer-title")) "：" } p.quote { (text) } }
        }
        div.notice { p { (t.say("callback-rule")) } }
        @if let Some((_, count)) = missed { p { span.badge.wait { (t.with("unanswered-missed", &[("count", &count)])) } } }
        @if receipt.contact == Flag::Yes {
            @if sees {
                form method="post" action={ "/w/" (job.ledger.slug) "/" (row.number) "/contact" } {
                    (cx.marks())
                    (ui::hidden("receipt", &receipt.id.to_string()))
                    (ui::submit(&t.say("contact-view"), "second"))
                }
            } @else { p { (t.say("callback-contact-others")) } }
        } @else { p { (t.say("callback-no-contact")) } }
        @if open {
            form.card method="post" action=(job.link()) {
                (cx.marks())
                (ui::radios(Field::new("reached", &t.say("callback-reached")).error(at("reached")), &reached, values.get("reached")))
                p.hint { (t.say("callback-then")) }
                (optional("solved", &t.say("evaluate-solved"), &solved, values, at("solved")))
                (optional("satisfaction", &t.say("evaluate-satisfaction"), &content, values, at("satisfaction")))
                (ui::text_area(Field::new("note", &t.say("callback-note")).hint(&t.say("callback-note-hint")).error(at("note")), values.get("note"), ""))
                (ui::submit(&t.say("callback-send"), "wide"))
            }
        } @else if evaluated {
            div.notice { p { (t.say("callback-evaluated")) } }
        } @else {
            div.notice.warn { p { (t.say("callback-not-answered")) } }
        }
    };
    let nav = staff_nav_at(cx, &job.staff, &job.ledger.slug);
    let here = job.link();
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// Radio buttons of which none need be chosen: nobody answers who was not reached.
fn optional(
    name: &str,
    label: &str,
    options: &[(String, String)],
    values: &Fields,
    error: Option<&str>,
) -> Markup {
    html! {
        fieldset.wrong[error.is_some()] {
            legend { (label) }
            @if let Some(error) = error { p.error-text { (error) } }
            @for (n, (value, text)) in options.iter().enumerate() {
                @let id = if n == 0 { name.to_owned() } else { format!("{name}-{n}") };
                label.check.box for=(id) {
                    input type="radio" id=(id) name=(name) value=(value) checked[values.get(name) == value];
                    span { (text) }
                }
            }
        }
    }
}

/// `POST /w/{slug}/{number}/callback/{receipt}`
pub async fn send(
    cx: Cx,
    Path((slug, number, receipt)): Path<(String, i64, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number, &receipt).await?;
    let wrong = match asked(&cx, &values) {
        Err(wrong) => wrong,
        Ok(call) => {
            let office = &cx.app.office;
            let done = office.act(&job.staff.actor, job.ledger.ledger, job.receipt.id, call).await;
            match done.map_err(Error::from) {
                Ok(()) => return Ok(Redirect::to(&job.back(&cx).await?).into_response()),
                Err(error @ (Error::Refused(_) | Error::Denied(Denied::Stage(_)))) => {
                    let field = error.field().map(|field| if field == "comment" { "note" } else { field });
                    Wrong { text: error.text(cx.locale), field, status: error.status() }
                }
                Err(error) => return Err(error),
            }
        }
    };
    let page = view(&cx, &job, &values, Some(&wrong)).await?;
    Ok((wrong.status, page).into_response())
}

fn asked(cx: &Cx, values: &Fields) -> Result<CallBack, Wrong> {
    let missing = |field: &'static str, key: &str| Wrong {
        text: cx.locale.say(key),
        field: Some(field),
        status: StatusCode::UNPROCESSABLE_ENTITY,
    };
    let note = values.get("note").to_owned();
    match Reached::parse(values.get("reached")).ok_or_else(|| missing("reached", "callback-wrong-reached"))? {
        Reached::No => Ok(CallBack::Missed { note }),
        Reached::Yes => {
            let solved = Solved::parse(values.get("solved"))
                .ok_or_else(|| missing("solved", "callback-wrong-solved"))?;
            let satisfaction = Satisfaction::parse(values.get("satisfaction"))
                .ok_or_else(|| missing("satisfaction", "callback-wrong-satisfaction"))?;
            Ok(CallBack::Reached(Evaluation { solved, satisfaction, comment: note }))
        }
    }
}
