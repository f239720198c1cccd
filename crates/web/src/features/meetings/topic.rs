//! A topic for those who steer: gathering matters into it, answering everyone in it at once,
//! concluding it or giving it up. Its chain for everyone is elsewhere.

use super::hall::steering;
use super::parts::{Slip, answer, summary, wrong};
use crate::sent::Sent;
use crate::shared::matter::{categories, headline, meta};
use crate::shared::meeting::{meeting_badge, topic_badge, topic_of};
use crate::shared::navigation::staff_nav_at;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::{self, Matter, MatterId, StageKind};
use yishi_domain::topics::{
    ANSWER_ALL, AnswerAll, CONCLUDE, Conclude, DROP, Drop, GATHER, Gather, OPEN, OpenTopic, READ, Refusal,
    Topic, TopicId, TopicStage,
};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Command, PlaceId, Resource, Right, Stream as _, may};
use yishi_office::matters::reads::{
    BoardFilter, MatterRow, PAGE, board, matters as some_matters, said, support,
};
use yishi_office::matters::tables::BoardState;
use yishi_office::meetings::reads::{MeetingRow, meeting};
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::{TopicRow, topic};
use yishi_office::{Load, derived_id};

/// Pages of open matters that are offered for gathering.
const PAGES: usize = 4;

/// A matter that could be gathered: its id, what it says, where and since when.
struct Candidate {
    id: MatterId,
    text: String,
}

/// Open matters of a ledger that this person may gather and no topic has taken up.
async fn candidates(cx: &Cx, staff: &Staff, ledger: PlaceId) -> Result<Vec<Candidate>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let mut rows: Vec<MatterRow> = Vec::new();
    let mut filter = BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() };
    for _ in 0..PAGES {
        let mut page = board(&office.db, ledger, &filter).await?;
        let more = page.len() as i64 > PAGE;
        page.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        filter.before = page.last().map(|row| (row.raised, row.id));
        rows.extend(page);
        if !more {
            break;
        }
    }
    let mut free = Vec::new();
    for row in rows {
        let loaded = office.load::<Matter>(ledger, &row.id.into()).await?;
        let found = loaded.must()?;
        let resource = found.resource(&office.path_of_matter(found).await?, &staff.actor);
        if found.topic.is_none() && may(&staff.actor, &matters::GATHER, &resource, cx.now).is_ok() {
            free.push(row);
        }
    }
    let ids: Vec<MatterId> = free.iter().map(|row| row.id).collect();
    let texts = said(&office.db, ledger, &ids).await?;
    let supports = support(&office.db, ledger, &ids).await?;
    let pack = cx.rules(ledger).await?;
    let named = |row: &MatterRow| {
        let title = row.summary.clone().or_else(|| texts.get(&row.id).map(|text| excerpt(text, 40)));
        let title = title.unwrap_or_else(|| headline(&pack, row, t));
        let line = meta(row, supports.get(&row.id).copied().unwrap_or_default(), t);
        let new = if row.stage == StageKind::Raised { t.say("topic-unsorted") } else { String::new() };
        Candidate { id: row.id, text: format!("{title}{new}\n{line}") }
    };
    Ok(free.iter().map(named).collect())
}

fn options(candidates: &[Candidate]) -> Vec<(String, String)> {
    candidates.iter().map(|one| (one.id.to_string(), one.text.clone())).collect()
}

fn chosen(values: &Fields) -> Vec<MatterId> {
    values.all("matter").filter_map(|id| id.parse().ok()).collect()
}

/// `GET /w/{slug}/topics/new`
pub async fn form(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let (staff, ledger) = steering(&cx, &slug, &OPEN).await?;
    opening(&cx, &staff, &ledger, &fresh_form(&cx)?, None).await
}

async fn opening(
    cx: &Cx,
    staff: &Staff,
    ledger: &LedgerRow,
    values: &Fields,
    slip: Option<&Slip>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let slug = &ledger.slug;
    let candidates = candidates(cx, staff, ledger.ledger).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let mut known = vec![(String::new(), t.say("triage-category-choose"))];
    known.extend(categories(&pack, t));
    let ticked: Vec<&str> = values.all("matter").collect();
    let title = t.say("topic-new");
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        p { (t.say("topic-new-lead")) }
        (summary(t, slip))
        @if candidates.is_empty() { (ui::empty(&t.say("topic-no-matters"))) }
        @else {
            form method="post" action={ "/w/" (slug) "/topics/new" } {
                (cx.marks())
                (ui::hidden("form", values.get("form")))
                (ui::checks(Field::new("matter", &t.say("topic-matters")).hint(&t.say("topic-matters-hint")).error(wrong(slip, "matter")), &options(&candidates), &ticked))
                (ui::text_field(Field::new("title", &t.say("topic-title")).hint(&t.say("public-hint")).error(wrong(slip, "title")), values.get("title"), "off"))
                (ui::text_area(Field::new("question", &t.say("topic-question")).hint(&t.say("topic-question-hint")).error(wrong(slip, "question")), values.get("question"), ""))
                (ui::select(Field::new("category", &t.say("fact-category")).error(wrong(slip, "category")), &known, values.get("category")))
                (ui::submit(&t.say("topic-new-send"), "wide"))
            }
        }
    };
    let nav = staff_nav_at(cx, staff, slug);
    let (locale, view, here) = (t, cx.view, format!("/w/{slug}/topics/new"));
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/topics/new`
pub async fn send(cx: Cx, Path(slug): Path<String>, Sent(values): Sent) -> Result<Response, Error> {
    let (staff, ledger) = steering(&cx, &slug, &OPEN).await?;
    let opened = async {
        let matters = chosen(&values);
        // The title is asked for only once it is clear what the topic is about.
        if matters.is_empty() {
            return Err(yishi_kernel::Refusal::from(Refusal::NoMatters).into());
        }
        let id = TopicId(derived_id(&form_bytes(values.get("form"))?, "topic"));
        let command = OpenTopic {
            title: values.get("title").to_owned(),
            question: values.get("question").to_owned(),
            category: values.get("category").to_owned(),
            matters,
        };
        let office = &cx.app.office;
        office.start(&staff.actor, ledger.ledger, id, command).await?;
        topic(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)
    };
    match opened.await {
        Ok(row) => Ok(Redirect::to(&format!("/w/{slug}/t/{}", row.number)).into_response()),
        Err(error) => {
            let slip = Slip::of(error, "", cx.locale).mendable()?;
            let page = opening(&cx, &staff, &ledger, &values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}

/// A topic with all that its page needs.
struct Work {
    staff: Staff,
    ledger: LedgerRow,
    row: TopicRow,
    topic: Topic,
    resource: Resource,
}

impl Work {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = topic_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let topic = office.load::<Topic>(ledger.ledger, &row.id.into()).await?.must()?.clone();
        let resource = topic.resource(&office.path_at(row.place).await?, &staff.actor);
        may(&staff.actor, &READ, &resource, cx.now)?;
        Ok(Self { staff, ledger, row, topic, resource })
    }

    fn can(&self, cx: &Cx, right: &Right) -> bool {
        may(&self.staff.actor, right, &self.resource, cx.now).is_ok()
    }

    fn link(&self) -> String {
        format!("/w/{}/t/{}", self.ledger.slug, self.row.number)
    }
}

/// `GET /w/{slug}/t/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let work = Work::load(&cx, &slug, number).await?;
    view(&cx, &work, &cx.typed(), None).await
}

async fn view(cx: &Cx, work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let slug = &work.ledger.slug;
    let keys: Vec<_> = work.topic.matters.iter().map(|id| (work.ledger.ledger, *id)).collect();
    let mut matters = some_matters(db, &keys).await?;
    matters.sort_by_key(|row| work.topic.matters.iter().position(|id| *id == row.id));
    let ids: Vec<MatterId> = matters.iter().map(|row| row.id).collect();
    let supports = support(db, work.ledger.ledger, &ids).await?;
    let mut meetings: Vec<MeetingRow> = Vec::new();
    for id in &work.topic.meetings {
        meetings.extend(meeting(db, work.ledger.ledger, *id).await?);
    }
    let place = cx.place(work.row.place).await?;
    let pack = cx.rules(work.ledger.ledger).await?;
    let question = work.topic.question.as_deref().unwrap_or_default();
    let title = t.with("topic-heading", &[("number", &work.row.number), ("title", &work.row.title)]);
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(t, slip))
        div.columns {
            div {
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (topic_badge(work.row.stage, t)) " " @if let Some((step, at)) = work.row.next { (t.word(step)) " " (ui::due(at, cx.now, t)) } }),
                    (t.say("fact-category"), html! { (ui::category(&pack, &work.row.category.0, t)) }),
                    (t.say("topic-place"), html! { (place.name) }),
                    (t.say("topic-question"), html! { @if question.is_empty() { "—" } @else { (question) } }),
                    (t.say("topic-public"), html! { a href={ "/c/" (slug) "/t/" (work.row.number) } { (t.say("topic-chain")) } }),
                ])) }
                h2 { (t.say("topic-matters")) }
                ul.list { @for row in &matters {
                    (ui::item(&ui::Item {
                        href: &format!("/w/{slug}/{}", row.number),
                        title: &headline(&pack, row, t),
                        meta: &meta(row, supports.get(&row.id).copied().unwrap_or_default(), t),
                        stage: row.stage,
                        next: row.next,
                        photo: None,
                    }, cx.now, t))
                } }
                h2 { (t.say("topic-meetings")) }
                @if meetings.is_empty() { (ui::empty(&t.say("topic-no-meetings"))) }
                ul { @for row in &meetings { li { a href={ "/w/" (slug) "/g/" (row.number) } { (row.title) } " " (row.starts.minute()) " " (meeting_badge(row.stage, t)) } } }
            }
            div.no-print { (forms(cx, work, values, slip).await?) }
        }
    };
    let nav = staff_nav_at(cx, &work.staff, slug);
    let (locale, view, here) = (t, cx.view, work.link());
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
}

async fn forms(cx: &Cx, work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let form = |verb: &str, title: &str, inner: Markup| {
        html! {
            section.card id=(verb) {
                h2 { (title) }
                form method="post" action={ (work.link()) "/" (verb) } { (cx.marks()) (inner) }
            }
        }
    };
    let gather = if work.can(cx, &GATHER) {
        let candidates = candidates(cx, &work.staff, work.ledger.ledger).await?;
        let ticked: Vec<&str> = values.all("matter").collect();
        let inner = html! {
            (ui::checks(Field::new("matter", &t.say("topic-gather-which")).error(wrong(slip, "matter")), &options(&candidates), &ticked))
            (ui::submit(&t.say("topic-gather-send"), "second wide"))
        };
        html! { @if !candidates.is_empty() {
            details open[wrong(slip, "matter").is_some()] { summary { (t.say("topic-gather")) } (form("gather", &t.say("topic-gather"), inner)) }
        } }
    } else {
        html! {}
    };
    Ok(html! {
        @if work.row.stage == TopicStage::Open {
            section.card {
                h2 { (t.say("topic-call")) }
                p { (t.say("topic-call-lead")) }
                a.button.wide href={ "/w/" (work.ledger.slug) "/meetings/new?topic=" (work.row.number) } { (t.say("call-title")) }
            }
        }
        @if work.can(cx, &ANSWER_ALL) {
            @let inner = html! {
                p { (t.say("topic-answer-lead")) }
                (ui::text_area(Field::new("answer", &t.say("answer-text")).hint(&t.say("public-hint")).error(wrong(slip, "answer")), values.get("answer"), ""))
                (ui::submit(&t.say("answer-send"), "wide"))
            };
            @if work.row.stage == TopicStage::Decided { (form("answer", &t.say("topic-answer"), inner)) }
            @else { details open[wrong(slip, "answer").is_some()] { summary { (t.say("topic-answer")) } (form("answer", &t.say("topic-answer"), inner)) } }
        }
        @if work.can(cx, &CONCLUDE) {
            (form("conclude", &t.say("topic-conclude"), html! {
                p { (t.say("topic-conclude-lead")) }
                (ui::submit(&t.say("topic-conclude-send"), "wide"))
            }))
        }
        (gather)
        @if work.can(cx, &DROP) {
            details open[wrong(slip, "reason").is_some()] { summary { (t.say("topic-drop")) }
                (form("drop", &t.say("topic-drop"), html! {
                    p { (t.say("topic-drop-lead")) }
                    (ui::text_field(Field::new("reason", &t.say("topic-drop-why")).hint(&t.say("public-hint")).error(wrong(slip, "reason")), values.get("reason"), "off"))
                    (ui::submit(&t.say("topic-drop-send"), "danger"))
                }))
            }
        }
    })
}

type At = Path<(String, i64)>;

/// Carries out what a form asks for: one comes out on the topic's page, or there again with
/// what was typed and what is wrong.
async fn act<C>(
    cx: &Cx,
    (slug, number): (String, i64),
    values: &Fields,
    command: C,
) -> Result<Response, Error>
where
    C: Command<On = Topic, Facts: Load<C>>,
{
    let work = Work::load(cx, &slug, number).await?;
    let office = &cx.app.office;
    match office.act(&work.staff.actor, work.ledger.ledger, work.row.id, command).await {
        Ok(()) => Ok(Redirect::to(&work.link()).into_response()),
        Err(failure) => {
            let slip = Slip::of(failure.into(), "", cx.locale).mendable()?;
            let page = view(cx, &work, values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}

/// `POST /w/{slug}/t/{number}/gather`
pub async fn gather(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, at, &values, Gather { matters: chosen(&values) }).await
}

/// `POST /w/{slug}/t/{number}/drop`
pub async fn drop(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, at, &values, Drop { reason: values.get("reason").to_owned() }).await
}

/// `POST /w/{slug}/t/{number}/answer`: answers everyone whose matter is in it.
pub async fn reply(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, at, &values, AnswerAll { text: values.get("answer").to_owned() }).await
}

/// `POST /w/{slug}/t/{number}/conclude`
pub async fn conclude(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, at, &values, Conclude).await
}
