//! What is done with several matters at once (批量办理): they are ticked on the desk and sorted,
//! answered with one text, handed over, urged, merged or closed by one form. Each is an append of its own:
//! those that are refused come back, still ticked, each with its reason, and what was typed stays.

use super::job::Job;
use super::propose::said;
use super::triage::{outcomes, phrases, text};
use crate::matters::face::{Item, Tick, categories, item_with, meta, tick};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{self, Handle, Matter, MergeInto, Outcome, Rules, StageKind};
use yishi_kernel::rules::Limits;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Pack, PlaceId, Refusal, words};
use yishi_office::matters::reads::{Support, matter_by_number};
use yishi_web::duty::{Desk, asking, shelf};
use yishi_web::form::Form;
use yishi_web::holders::{holder, holders};
use yishi_web::nav::staff_nav;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

words! {
    /// What can be done with several matters at once.
    Deed as "many-do" {
        /// Sort them.
        Sort = "sort",
        /// Answer them with one text; those not sorted are sorted first.
        Answer = "answer",
        /// Give them to a holder.
        Hold = "hold",
        /// Urge whoever holds them.
        Urge = "urge",
        /// Merge them into one.
        Merge = "merge",
        /// Close them.
        Close = "close",
    }
}

/// Most matters that one form sees to.
const MOST: usize = 100;

/// What is to be done with each of them.
#[derive(Clone, Debug)]
enum Asked {
    Sort(Sorting),
    Answer(Sorting, String),
    Hold {
        to: String,
        reason: String,
    },
    /// Into which, in each ledger.
    Merge(BTreeMap<PlaceId, i64>),
    Urge,
    Close,
}

/// How those are sorted that nobody has sorted.
#[derive(Clone, Debug)]
struct Sorting {
    outcome: Outcome,
    /// The category for all; for each the one that is proposed where there is none.
    category: Option<String>,
    to: String,
}

/// A form around the list of a desk.
pub(super) async fn around(cx: &Cx, desk: &Desk, list: Markup) -> Result<Markup, Error> {
    let (Some(path), Some(ledger)) = (desk.steered.paths.first(), desk.steered.ledgers.first()) else {
        return Ok(list);
    };
    let rules = cx.rules(*ledger).await?;
    let bar = bar(cx, &rules, path, &cx.typed(), None).await?;
    Ok(
        html! { form.many method="post" action="/desk/many" { div data-live="marks" { (cx.marks()) } (list) (bar) } },
    )
}

/// What can be done with those that are ticked.
async fn bar(
    cx: &Cx,
    rules: &Pack,
    path: &[PlaceId],
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let f = Form::new(cx, "many", "work", "/desk/many".to_owned()).filled(values, slip);
    let people = holders(cx, cx.staff()?, path).await?;
    let mut about = categories(rules, t);
    about.insert(0, (String::new(), t.say("many-category-proposed")));
    // Whoever asks for nothing to be accepted gives each its own reason.
    let outcomes: Vec<_> =
        outcomes(t).into_iter().filter(|(word, _)| word != Outcome::NotAccepted.word()).collect();
    let send = |deed: Deed, class: &str| {
        html! { button type="submit" class={ "button " (class) } name="do" value=(deed.word()) { (t.say(&format!("many-send-{}", deed.word()))) } }
    };
    // What came back stays open, with all that was typed.
    let sent = Deed::parse(values.get("do"));
    let fold = |deed: Deed, inner: Markup| {
        html! { details name="many" open[sent == Some(deed)] { summary { (t.word(deed)) } div.card { (inner) } } }
    };
    Ok(html! {
        section.many-bar.no-print aria-label=(t.say("many-title")) {
            p.many-count {
                strong { (t.say("many-title")) } " "
                span.js-only data-ticked=(t.with("many-count", &[("count", &"{count}")])) aria-live="polite" {} " "
                button.button.second.js-only type="button" data-tick-all=(t.say("many-none")) { (t.say("many-all")) }
            }
            div.many-deeds {
                (fold(Deed::Sort, html! {
                    (f.select("outcome", &outcomes).label("triage-outcome").start(Outcome::Public.word()))
                    (f.select("category", &about).label("fact-category"))
                    (f.select("holder", &people).label("triage-holder"))
                    (send(Deed::Sort, ""))
                }))
                (fold(Deed::Answer, html! {
                    (phrases(&f, rules))
                    (f.area("text").hint("public-hint"))
                    p.hint { (t.say("many-answer-hint")) }
                    (send(Deed::Answer, ""))
                }))
                (fold(Deed::Hold, html! {
                    (f.select("to", &people).label("hand-over-holder"))
                    (f.text("reason").label("hand-over-reason").hint("public-hint"))
                    (send(Deed::Hold, ""))
                }))
                (fold(Deed::Urge, html! {
                    p { (t.say("urge-lead")) }
                    (send(Deed::Urge, ""))
                }))
                (fold(Deed::Merge, html! {
                    (f.item("into"))
                    (send(Deed::Merge, ""))
                }))
                (fold(Deed::Close, html! {
                    p { (t.say("close-lead")) }
                    (send(Deed::Close, ""))
                }))
            }
        }
    })
}

/// `POST /desk/many`
///
/// # Errors
/// When nobody is signed in, or something of ours is broken.
pub async fn send(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    cx.staff()?;
    let ones = ticked(&values);
    let mut jobs = Vec::new();
    let mut left = Vec::new();
    for (slug, number) in ones {
        match Job::open(cx.clone(), (slug, number)).await {
            Ok(job) => jobs.push(job),
            // Whoever may not see it any more learns no more than that.
            Err(error) => left.push((None, said_of(error, t)?)),
        }
    }
    if jobs.is_empty() && !left.is_empty() {
        return Ok(Slip::default().answer(page(&cx, 0, left, &values, None).await?));
    }
    let asked = match read(&cx, &jobs, &values).await? {
        Ok(asked) => asked,
        Err(slip) => {
            let rows = jobs.iter().map(|job| (Some(job), String::new())).collect();
            return Ok(slip.answer(page(&cx, 0, rows, &values, Some(&slip)).await?));
        }
    };
    let mut done = 0;
    for job in &jobs {
        match see_to(job, &asked).await {
            Ok(()) => done += 1,
            Err(error) => left.push((Some(job), said_of(error, t)?)),
        }
    }
    if left.is_empty() {
        let desk = asking("/desk", &shelf(cx.page()));
        return Ok(Redirect::to(&ui::link(&desk, &[("done", &done.to_string())])).into_response());
    }
    Ok(Slip::default().answer(page(&cx, done, left, &values, None).await?))
}

/// Those that were ticked, each once.
fn ticked(values: &Fields) -> BTreeSet<(String, i64)> {
    let one = |one: &str| {
        let (slug, number) = one.split_once('/')?;
        Some((slug.to_owned(), number.parse().ok()?))
    };
    values.all("one").filter_map(one).take(MOST).collect()
}

/// What the form asks for, or what is wrong with it.
async fn read(cx: &Cx, jobs: &[Job], values: &Fields) -> Result<Result<Asked, Slip>, Error> {
    let t = cx.locale;
    let mut r = Reader::new("many", values, t);
    let Some(first) = jobs.first() else { return Ok(Err(Slip::one("many", &t.say("many-nothing")))) };
    let Some(deed) = Deed::parse(values.get("do")) else {
        return Ok(Err(Slip::one("many", &t.say("many-no-deed"))));
    };
    let limits: &Limits = first.limits();
    Ok(match deed {
        Deed::Sort => {
            let sorting = sorting(&mut r);
            r.done(|| Some(Asked::Sort(sorting?)))
        }
        Deed::Answer => {
            let (sorting, text) = (sorting(&mut r), text(limits, &mut r));
            r.done(|| Some(Asked::Answer(sorting?, text?)))
        }
        Deed::Hold => {
            let (to, reason) = (r.text("to"), r.line("reason", limits));
            r.done(|| Some(Asked::Hold { to, reason: reason? }))
        }
        Deed::Merge => {
            let into = match r.some("into") {
                Some(_) => r
                    .item("into", "merge-none")
                    .map(|into| jobs.iter().map(|job| (job.ledger.ledger, into)).collect()),
                None => Some(earliest(jobs)),
            };
            r.done(|| Some(Asked::Merge(into?)))
        }
        Deed::Urge => r.done(|| Some(Asked::Urge)),
        Deed::Close => r.done(|| Some(Asked::Close)),
    })
}

/// Of each ledger's the one that was raised first: it goes on, where nobody says which.
fn earliest(jobs: &[Job]) -> BTreeMap<PlaceId, i64> {
    let mut first = BTreeMap::new();
    for job in jobs {
        let number = first.entry(job.ledger.ledger).or_insert(job.row.number);
        *number = job.row.number.min(*number);
    }
    first
}

fn sorting(r: &mut Reader<'_>) -> Option<Sorting> {
    let outcome = r.word("outcome", Outcome::parse, "triage-wrong-outcome");
    let (category, to) = (r.some("category"), r.text("holder"));
    Some(Sorting { outcome: outcome?, category, to })
}

/// Sees to one of them.
async fn see_to(job: &Job, asked: &Asked) -> Result<(), Error> {
    match asked.clone() {
        Asked::Sort(sorting) => drop(job.act(sorting.command(job).await?).await?),
        Asked::Answer(sorting, text) => {
            let triage = match job.row.stage {
                StageKind::Raised => Some(sorting.command(job).await?),
                StageKind::InHand | StageKind::Answered | StageKind::Closed | StageKind::Merged => None,
            };
            let answer = Some(matters::Answer { text, word: String::new(), photos: Vec::new() });
            job.act(Handle { triage, summary: None, answer }).await?;
        }
        Asked::Hold { to, reason } => {
            let (holder, person) = holder(&job.cx, &to, &job.path).await?;
            job.act(matters::HandOver { holder, person, reason }).await?;
        }
        // The one that goes on is ticked along with the others, and stays as it is.
        Asked::Merge(into) if into.get(&job.ledger.ledger) == Some(&job.row.number) => {}
        Asked::Merge(into) => {
            let number = into.get(&job.ledger.ledger).copied().unwrap_or_default();
            let found = matter_by_number(&job.cx.app.office.db, job.ledger.ledger, number).await?;
            let into = found.ok_or(Refusal::from(matters::Refusal::NotMerged))?;
            job.act(MergeInto { into: into.id }).await?;
        }
        Asked::Urge => drop(job.act(yishi_kernel::Urge::<Matter>::default()).await?),
        Asked::Close => drop(job.act(matters::Close).await?),
    }
    Ok(())
}

impl Sorting {
    /// How one of them is sorted.
    async fn command(&self, job: &Job) -> Result<matters::Triage, Error> {
        let rules = job.rules.section::<Rules>();
        let own = Some(job.row.category.clone()).filter(|code| !code.is_empty());
        let proposed = || rules.proposed(&said(job)).map(|proposed| proposed.category.0);
        // Where nothing is proposed the rules say that a category is missing.
        let category = self.category.clone().or(own).or_else(proposed).unwrap_or_default();
        let (holder, person) = holder(&job.cx, &self.to, &job.path).await?;
        Ok(matters::Triage { outcome: self.outcome, category, holder, person, reason: String::new() })
    }
}

/// Why one was not seen to, as a person reads it.
///
/// # Errors
/// The error, where it is ours.
fn said_of(error: Error, t: Locale) -> Result<String, Error> {
    match error {
        Error::Refused(_) | Error::Denied(_) | Error::NotFound | Error::Malformed => Ok(error.text(t)),
        error => Err(error),
    }
}

/// Those that were not seen to, still ticked, with the form as it was sent.
async fn page(
    cx: &Cx,
    done: usize,
    left: Vec<(Option<&Job>, String)>,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let desk = asking("/desk", &shelf(cx.page()));
    let first = left.iter().find_map(|(job, _)| *job);
    let bar = match first {
        Some(job) => bar(cx, &job.rules, &job.path, values, slip).await?,
        None => html! {},
    };
    let title = t.say("many-left-title");
    let row = |job: &Job, why: &str| {
        let row = &job.row;
        let said = excerpt(&said(job), 42);
        let title = if said.is_empty() { t.say("desk-photo-only") } else { said };
        let (href, meta) = (job.link(), meta(row, Support::default(), t));
        let item =
            Item { href: &href, title: &title, meta: &meta, stage: row.stage, next: row.next, photo: None };
        let why = html! { @if !why.is_empty() { p.error-text { (why) } } };
        item_with(&item, &tick(&job.ledger.slug, row, Tick::On, t), &why, cx.now, t)
    };
    let main = html! {
        p.crumbs.no-print { a href=(desk) { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(slip, t))
        @if slip.is_none() {
            div.notice.warn role="alert" { p { (t.with("many-left", &[("done", &done), ("left", &left.len())])) } }
        }
        form.many method="post" action="/desk/many" {
            (cx.marks())
            ul.list { @for (job, why) in &left {
                @match job {
                    Some(job) => (row(job, why)),
                    None => li.item { p.error-text { (why) } },
                }
            } }
            (bar)
        }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view, here) = (t, cx.view, desk.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}
