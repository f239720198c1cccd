//! Calling back 回访: somebody who did not handle a matter asks whoever was answered whether
//! that helped, and writes down what they say, or that nobody was reached. When it is not tried
//! again is the rules' business.

use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::{headline, row_of};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::evaluation::{
    CALL_BACK, CallBack, CallWay, CalledTo, Calls, Contacted, Evaluation, Reached, Rules, Satisfaction,
    Solved, asked as asked_by_link,
};
use yishi_domain::insight::{Heard, Left};
use yishi_domain::matters::{Matter, READ_CONTACT, Receipt, ReceiptId};
use yishi_kernel::cell::Flag;
use yishi_kernel::{Denied, Loaded, Resource, Sealed, Stream as _, may};
use yishi_office::ledgers::entries_of;
use yishi_office::matters::reads::{MatterRow, ReceiptRow, receipt};
use yishi_office::places::reads::LedgerRow;
use yishi_web::duty::steers_in;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// A receipt to call about.
struct Job {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    loaded: Loaded<Matter>,
    resource: Resource,
    receipt: ReceiptRow,
    opened: Receipt,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64, word: &str) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let matter = loaded.must()?;
        let path = office.path_of_matter(matter).await?;
        let id: ReceiptId = word.parse().map_err(|_| Error::NotFound)?;
        let opened = office.load::<Receipt>(ledger.ledger, &id.into()).await?;
        let opened = opened.get().ok_or(Error::NotFound)?.clone();
        let mut resource = matter.resource(&path, &staff.actor);
        // Whoever opened it for a neighbour has seen its link.
        resource.handlers.extend(opened.opened_by.as_ref().and_then(Sealed::get));
        match may(&staff.actor, &CALL_BACK, &resource, cx.now) {
            // Before an answer there is nothing to ask; the page says so.
            Ok(_) | Err(Denied::Stage(_)) => {}
            Err(denied) => return Err(denied.into()),
        }
        let asked = |receipt: &ReceiptRow| {
            receipt.withdrawn.is_none() && row.answered.is_none_or(|answer| receipt.opened <= answer)
        };
        let receipt = receipt(&office.db, ledger.ledger, row.id, id).await?;
        let receipt = receipt.filter(asked).ok_or(Error::NotFound)?;
        Ok(Self { staff, ledger, row, loaded, resource, receipt, opened })
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

/// `GET /w/{slug}/{number}/callback/{receipt}`
pub async fn form(
    cx: Cx,
    Path((slug, number, receipt)): Path<(String, i64, String)>,
) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number, &receipt).await?;
    view(&cx, &job, &cx.typed(), None).await
}

async fn view(cx: &Cx, job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (row, receipt) = (&job.row, &job.receipt);
    let rules = cx.rules(job.ledger.ledger).await?;
    let answer = Chain::load(&cx.app.office.db, job.ledger.ledger, row.id, Reads::All(&job.loaded)).await?;
    let evaluated = receipt.evaluation.is_some_and(|(answer, _, _)| Some(answer) >= row.answered);
    let missed = receipt.called.filter(|(answer, missed)| Some(*answer) == row.answered && *missed > 0);
    let calls = &rules.section::<Rules>().calls;
    let heard = receipt.voice(row.answered).heard(calls);
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
            ("number", &row.number), ("how", &t.word(receipt.how)), ("date", &t.day(receipt.opened.date())),
        ])))
        (summary(slip, t))
        div.card {
            p { strong { (headline(&rules, row, t)) } }
            @if let Some(answer) = answer.answer() { p { (t.say("answer-title")) (t.pick("：", ":")) } p.quote { (answer.text) } (answer.when_corrected(t)) }
        }
        div.notice { p { (t.say("callback-rule")) } }
        @if open && calls.percent.get() < 100 { p.soft.small { (t.with("callback-draw", &[("percent", &calls.percent.get())])) } }
        @if open { p.soft.small { (t.with("callback-tries", &[("tries", &calls.tries), ("days", &calls.days)])) } }
        @match heard {
            Heard::Nothing(Left::Unreached) => div.notice { p { (t.say("callback-given-up")) } },
            Heard::Nothing(Left::Declined) => div.notice { p { (t.say("callback-declined")) } },
            Heard::Nothing(Left::NotDrawn) => div.notice { p { (not_drawn(calls, t)) } },
            _ => {}
        }
        @if let Some((_, count)) = missed { p { span.badge.wait { (t.with("unanswered-missed", &[("count", &count)])) } } }
        @if receipt.contact == Flag::Yes {
            @if sees { (contact(cx, job)) } @else { p { (t.say("callback-contact-others")) } }
        } @else { p { (no_contact(cx, job).await?) } }
        @if open {
            (questions(cx, job, values, slip))
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

/// Why there is nothing to call by, and how to ask all the same.
async fn no_contact(cx: &Cx, job: &Job) -> Result<String, Error> {
    let (t, receipt) = (cx.locale, &job.receipt);
    let entries = entries_of(&cx.app.office.db, job.ledger.ledger, &receipt.id.into()).await?;
    let erased = entries.iter().rev().find(|entry| entry.kind.starts_with("receipt.erased."));
    let why = match erased {
        Some(entry) => t.with("callback-erased", &[("date", &t.day(entry.at.date()))]),
        None => t.say("callback-no-contact"),
    };
    // Only where its link asks for it: somebody else has seen that of the others.
    let waits = job.row.answered.is_some() && asked_by_link(&job.opened, job.loaded.must()?).is_ok();
    let how = t.say(if waits { "callback-or-link" } else { "callback-by-visit" });
    Ok(format!("{why}{how}"))
}

/// The way to look at the contact, which is recorded: the matter's page takes it.
fn contact(cx: &Cx, job: &Job) -> Markup {
    let link = format!("/w/{}/{}/contact", job.ledger.slug, job.row.number);
    let f = Form::new(cx, "", "contact", link);
    let receipt = job.receipt.id.to_string();
    f.bare(&html! { (f.hidden("receipt", &receipt)) (f.submit("contact-view", "second")) })
}

/// What is different for one on whom the draw did not fall.
fn not_drawn(calls: &Calls, t: Locale) -> String {
    t.with("callback-not-drawn", &[("percent", &calls.percent.get())])
}

fn questions(cx: &Cx, job: &Job, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "callback", job.link()).filled(values, slip);
    let (ways, reached, solved) = (t.choices::<CallWay>(), t.choices::<Reached>(), t.choices::<Solved>());
    let (contacted, satisfaction) = (t.choices::<Contacted>(), t.choices::<Satisfaction>());
    let usual = if job.receipt.phone == Flag::Yes { CallWay::Telephone } else { CallWay::Door };
    // Nobody answers who was not reached.
    f.tile(&html! {
        (f.radios("way", &ways).start(usual.word()))
        (f.radios("reached", &reached))
        p.hint { (t.say("callback-then")) }
        (f.radios_or_none("contacted", &contacted))
        (f.radios_or_none("solved", &solved).label("evaluate-solved"))
        (f.radios_or_none("satisfaction", &satisfaction).label("evaluate-satisfaction"))
        (f.area("note"))
        (f.submit("callback-send", "wide"))
    })
}

/// `POST /w/{slug}/{number}/callback/{receipt}`
pub async fn send(
    cx: Cx,
    Path((slug, number, receipt)): Path<(String, i64, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number, &receipt).await?;
    let slip = match asked(Reader::new("", &values, cx.locale)) {
        Ok(call) => {
            match cx.office().act(&job.staff.actor, job.ledger.ledger, job.receipt.id, call).await {
                Ok(()) => return Ok(Redirect::to(&job.back(&cx).await?).into_response()),
                Err(failure) => {
                    let error = Error::from(failure);
                    // What an evaluation says besides is written down here.
                    let field = error.field().map(|field| if field == "comment" { "note" } else { field });
                    Slip::of(error, field.map(str::to_owned), &values, cx.locale)?
                }
            }
        }
        Err(slip) => slip,
    };
    let page = view(&cx, &job, &values, Some(&slip)).await?;
    Ok(slip.answer(page))
}

/// What was said, or that nobody was reached: then there is nothing more to ask.
fn asked(mut r: Reader<'_>) -> Result<CallBack, Slip> {
    let way = r.word("way", CallWay::parse, "callback-wrong-way");
    let reached = r.word("reached", Reached::parse, "callback-wrong-reached");
    let note = r.text("note");
    match reached {
        Some(Reached::Yes) => {}
        Some(Reached::Declined) => {
            return r.done(|| Some(CallBack { way: way?, came_to: CalledTo::Silence { note } }));
        }
        Some(Reached::No) | None => {
            return r.done(|| reached.and(way).map(|way| CallBack::missed(way, note)));
        }
    }
    let contacted = r.word("contacted", Contacted::parse, "callback-wrong-contacted");
    let solved = r.word("solved", Solved::parse, "callback-wrong-solved");
    let satisfaction = r.word("satisfaction", Satisfaction::parse, "callback-wrong-satisfaction");
    r.done(|| {
        let (solved, satisfaction) = (solved?, satisfaction?);
        Some(CallBack::said(way?, contacted?, Evaluation { solved, satisfaction, comment: note }))
    })
}
