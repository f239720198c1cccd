//! The page of a topic at work, for those who steer: its matters, its meetings, and the forms
//! that they may send now, each in a file of its own. Its chain for everyone is elsewhere.

use super::answer::AnswerAll;
use super::conclude::Conclude;
use super::drop::Drop;
use super::gather::Gather;
use crate::meetings::face::meeting_badge;
use crate::topics::face::{topic_badge, topic_of};
use maud::{Markup, html};
use yishi_domain::matters::MatterId;
use yishi_domain::topics::{CORRECT, READ, Topic, TopicStage};
use yishi_kernel::{Right, StreamName};
use yishi_office::matters::reads::{matters as some_matters, support};
use yishi_office::meetings::reads::{MeetingRow, meeting};
use yishi_office::papers::Numbered;
use yishi_office::topics::reads::TopicRow;
use yishi_pages_matters::matters::face::{Item, category, item};
use yishi_pages_matters::matters::face::{headline, meta};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::{called, small};
use yishi_web::places::spot;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A topic at work.
#[derive(Debug)]
pub struct TopicAtWork;

/// The page of a topic, with who looks at it.
pub type Work = Sheet<TopicAtWork>;

impl Thing for TopicAtWork {
    type At = (String, i64);
    type State = Topic;
    type Row = TopicRow;
    const FAMILY: &'static str = "topic";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (ledger, row) = topic_of(cx, &slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load(ledger.ledger, &row.id.into()).await?;
        let path = office.path_at(row.place).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/t/{}", found.ledger.slug, found.row.number)
    }
}

impl Shown for TopicAtWork {
    async fn show(work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&work.cx, work.cx.locale, &work.row);
        let slug = &work.ledger.slug;
        let place = spot(cx, row.place).await?;
        let pack = cx.rules(work.ledger.ledger).await?;
        let question = work.state.question.as_deref().unwrap_or_default();
        let number = called(&cx.numbers([row.key()]).await?, row, t);
        let title = t.with("topic-heading", &[("paper", &number), ("title", &row.title)]);
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
            h1 { (title) }
            (small(row.number, t))
            (summary(slip, t))
            div.columns {
                div {
                    div.card { (ui::facts(&[
                        (t.say("fact-stage"), html! { (topic_badge(row.stage, t)) " " @if let Some((step, at)) = row.next { (t.word(step)) " " (ui::due(at, cx.now, t)) } }),
                        (t.say("fact-category"), html! { (category(&pack, &row.category.0, t)) }),
                        (t.say("topic-place"), html! { (place) }),
                        (t.say("topic-question"), html! { @if question.is_empty() { "—" } @else { (question) } }),
                        (t.say("topic-public"), html! { a href={ "/c/" (slug) "/t/" (row.number) } { (t.say("topic-chain")) } }),
                    ])) }
                    (gathered(work).await?)
                    (meetings(work).await?)
                }
                div.no-print { (forms(work, values, slip).await?) }
            }
        };
        let nav = staff_nav_at(cx, &work.staff, slug);
        let (locale, view, here) = (t, cx.view, work.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// Its matters, in the order of their ids.
async fn gathered(work: &Work) -> Result<Markup, Error> {
    let (cx, t) = (&work.cx, work.cx.locale);
    let (db, ledger, slug) = (&cx.app.office.db, work.ledger.ledger, &work.ledger.slug);
    let ids: Vec<MatterId> = work.state.matters.iter().copied().collect();
    let keys: Vec<_> = ids.iter().map(|id| (ledger, *id)).collect();
    let rows = some_matters(db, &keys).await?;
    let mut rows = cx.app.office.readable(&work.staff.actor, rows).await?;
    rows.sort_by_key(|row| row.id);
    let supports = support(db, ledger, &ids).await?;
    let pack = cx.rules(ledger).await?;
    Ok(html! {
        h2 { (t.say("topic-matters")) }
        ul.list { @for row in &rows {
            (item(&Item {
                href: &format!("/w/{slug}/{}", row.number),
                title: &headline(&pack, row, t),
                meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
                stage: row.stage,
                next: row.next,
                photo: None,
            }, cx.now, t))
        } }
    })
}

/// The meetings it was put before.
async fn meetings(work: &Work) -> Result<Markup, Error> {
    let (cx, t) = (&work.cx, work.cx.locale);
    let mut rows: Vec<MeetingRow> = Vec::new();
    for id in &work.state.meetings {
        rows.extend(meeting(&cx.app.office.db, work.ledger.ledger, *id).await?);
    }
    Ok(html! {
        h2 { (t.say("topic-meetings")) }
        @if rows.is_empty() { (ui::empty(&t.say("topic-no-meetings"))) }
        ul { @for row in &rows { li {
            a href={ "/w/" (work.ledger.slug) "/g/" (row.number) } { (row.title) } " " (t.brief_time(row.starts)) " "
            (meeting_badge(row.stage, t))
        } } }
    })
}

async fn forms(work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = work.cx.locale;
    Ok(html! {
        @if work.row.stage == TopicStage::Open {
            section.card {
                h2 { (t.say("topic-call")) }
                p { (t.say("topic-call-lead")) }
                a.button.wide href={ "/w/" (work.ledger.slug) "/meetings/new?topic=" (work.row.number) } { (t.say("call-title")) }
            }
        }
        (work.form::<AnswerAll>(values, slip).await?)
        (work.form::<Conclude>(values, slip).await?)
        (work.form::<Gather>(values, slip).await?)
        (work.form::<Drop>(values, slip).await?)
        (work.form::<Correct<TopicAtWork>>(values, slip).await?)
    })
}

impl Correctable for TopicAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
