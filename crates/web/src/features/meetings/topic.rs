//! A topic for those who steer: gathering matters into it, answering everyone in it at once,
//! concluding it or giving it up. Its chain for everyone is elsewhere.

use super::hall::steering;
use super::parts::{Slip, answer, summary, wrong};
use crate::shared::matter::{headline, meta};
use crate::shared::meeting::{meeting_badge, topic_badge, topic_of};
use crate::shared::navigation::staff_nav_at;
use crate::shared::visitor::{form_bytes, fresh_form};
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::access::{Action, Claim, Resource, may};
use yishi_domain::matters::{Matter, StageKind};
use yishi_domain::meetings::Topic;
use yishi_domain::text::excerpt;
use yishi_domain::{Denied, Loaded, MatterId, PlaceId};
use yishi_store::office::TopicOpening;
use yishi_store::reads::matters::{BoardFilter, PAGE};
use yishi_store::reads::matters::{MatterRow, board, matter, said, support};
use yishi_store::reads::meetings::{MeetingRow, TopicRow, meeting};
use yishi_store::reads::places::LedgerRow;
use yishi_store::views::matters::BoardState;

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
        let path = office.path_of_matter(&loaded.state).await?;
        let resource = loaded.state.resource(&path, Claim::None);
        if loaded.state.topic().is_none() && may(&staff.actor, Action::Gather, &resource, cx.now).is_ok() {
            free.push(row);
        }
    }
    let ids: Vec<MatterId> = free.iter().map(|row| row.id).collect();
    let texts = said(&office.db, ledger, &ids).await?;
    let supports = support(&office.db, ledger, &ids).await?;
    let named = |row: &MatterRow| {
        let title = row.summary.clone().or_else(|| texts.get(&row.id).map(|text| excerpt(text, 40)));
        let title = title.unwrap_or_else(|| headline(cx, row));
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
///
/// # Errors
/// When this person may not.
pub async fn form(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let (staff, ledger) = steering(&cx, &slug, Action::Gather).await?;
    opening(&cx, &staff, &ledger, &fresh_form()?, None).await
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
    let rules = &cx.app.office.rules;
    let mut categories = vec![(String::new(), t.say("triage-category-choose"))];
    categories
        .extend(rules.categories.iter().map(|one| (one.code.0.clone(), ui::category(rules, &one.code.0, t))));
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
                (ui::hidden("token", &cx.token()))
                (ui::hidden("form", values.get("form")))
                (ui::checks(Field::new("matter", &t.say("topic-matters")).hint(&t.say("topic-matters-hint")).error(wrong(slip, "matter")), &options(&candidates), &ticked))
                (ui::text_field(Field::new("title", &t.say("topic-title")).hint(&t.say("public-hint")).error(wrong(slip, "title")), values.get("title"), "off"))
                (ui::text_area(Field::new("question", &t.say("topic-question")).hint(&t.say("topic-question-hint")).error(wrong(slip, "question")), values.get("question"), ""))
                (ui::select(Field::new("category", &t.say("fact-category")).error(wrong(slip, "category")), &categories, values.get("category")))
                (ui::submit(&t.say("topic-new-send"), "wide"))
            }
        }
    };
    let nav = staff_nav_at(cx, staff, slug);
    let (locale, view, here) = (t, cx.view, format!("/w/{slug}/topics/new"));
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/topics/new`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn send(
    cx: Cx,
    Path(slug): Path<String>,
    Form(values): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let (staff, ledger) = steering(&cx, &slug, Action::Gather).await?;
    let opened = async {
        let matters = chosen(&values);
        // The title is asked for only once it is clear what the topic is about.
        if matters.is_empty() {
            return Err(yishi_domain::Refusal::NoMatters.into());
        }
        let opening = TopicOpening {
            form: form_bytes(values.get("form"))?,
            title: values.get("title").to_owned(),
            question: values.get("question").to_owned(),
            category: values.get("category").to_owned(),
            matters,
        };
        let office = &cx.app.office;
        let id = office.open_topic(&staff.actor, ledger.ledger, opening).await?;
        yishi_store::reads::meetings::topic(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)
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
    loaded: Loaded<Topic>,
    resource: Resource,
}

impl Work {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = topic_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Topic>(ledger.ledger, &row.id.into()).await?;
        let resource = loaded.state.resource(&office.path_at(row.place).await?);
        let work = Self { staff, ledger, row, loaded, resource };
        work.must(cx, Action::Gather)?;
        Ok(work)
    }

    fn can(&self, cx: &Cx, action: Action) -> bool {
        may(&self.staff.actor, action, &self.resource, cx.now).is_ok()
    }

    fn must(&self, cx: &Cx, action: Action) -> Result<(), Error> {
        match may(&self.staff.actor, action, &self.resource, cx.now) {
            Ok(_) | Err(Denied::Stage(_)) => Ok(()),
            Err(denied) => Err(denied.into()),
        }
    }

    fn link(&self) -> String {
        format!("/w/{}/t/{}", self.ledger.slug, self.row.number)
    }
}

/// `GET /w/{slug}/t/{number}`
///
/// # Errors
/// When nobody is signed in, or this person may not.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let work = Work::load(&cx, &slug, number).await?;
    view(&cx, &work, &Fields::default(), None).await
}

async fn view(cx: &Cx, work: &Work, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let slug = &work.ledger.slug;
    let mut matters = Vec::new();
    for id in work.loaded.state.matters() {
        matters.extend(matter(db, work.ledger.ledger, id).await?);
    }
    let ids: Vec<MatterId> = matters.iter().map(|row| row.id).collect();
    let supports = support(db, work.ledger.ledger, &ids).await?;
    let mut meetings: Vec<MeetingRow> = Vec::new();
    for id in work.loaded.state.meetings() {
        meetings.extend(meeting(db, work.ledger.ledger, *id).await?);
    }
    let place = cx.place(work.row.place).await?;
    let question = work.loaded.state.question().unwrap_or_default();
    let title = t.with("topic-heading", &[("number", &work.row.number), ("title", &work.row.title)]);
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (summary(t, slip))
        div.columns {
            div {
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (topic_badge(work.row.stage, t)) " " @if let Some((step, at)) = work.row.next { (t.say(&format!("topic-step-{}", step.word()))) " " (ui::due(at, cx.now, t)) } }),
                    (t.say("fact-category"), html! { (ui::category(&cx.app.office.rules, &work.row.category.0, t)) }),
                    (t.say("topic-place"), html! { (place.name) }),
                    (t.say("topic-question"), html! { @if question.is_empty() { "—" } @else { (question) } }),
                    (t.say("topic-public"), html! { a href={ "/c/" (slug) "/t/" (work.row.number) } { (t.say("topic-chain")) } }),
                ])) }
                h2 { (t.say("topic-matters")) }
                ul.list { @for row in &matters {
                    (ui::item(&ui::Item {
                        href: &format!("/w/{slug}/{}", row.number),
                        title: &headline(cx, row),
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
    use yishi_domain::meetings::TopicStage;
    let t = cx.locale;
    let form = |verb: &str, title: &str, inner: Markup| {
        html! {
            section.card id=(verb) {
                h2 { (title) }
                form method="post" action={ (work.link()) "/" (verb) } { (ui::hidden("token", &cx.token())) (inner) }
            }
        }
    };
    let gather = if work.can(cx, Action::Gather) {
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
    let answering = matches!(work.row.stage, TopicStage::Decided | TopicStage::Open | TopicStage::Scheduled);
    Ok(html! {
        @if work.row.stage == TopicStage::Open {
            section.card {
                h2 { (t.say("topic-call")) }
                p { (t.say("topic-call-lead")) }
                a.button.wide href={ "/w/" (work.ledger.slug) "/meetings/new?topic=" (work.row.number) } { (t.say("call-title")) }
            }
        }
        @if answering {
            @let inner = html! {
                p { (t.say("topic-answer-lead")) }
                (ui::text_area(Field::new("answer", &t.say("answer-text")).hint(&t.say("public-hint")).error(wrong(slip, "answer")), values.get("answer"), ""))
                (ui::submit(&t.say("answer-send"), "wide"))
            };
            @if work.row.stage == TopicStage::Decided { (form("answer", &t.say("topic-answer"), inner)) }
            @else { details open[wrong(slip, "answer").is_some()] { summary { (t.say("topic-answer")) } (form("answer", &t.say("topic-answer"), inner)) } }
        }
        @if work.can(cx, Action::Conclude) {
            (form("conclude", &t.say("topic-conclude"), html! {
                p { (t.say("topic-conclude-lead")) }
                (ui::submit(&t.say("topic-conclude-send"), "wide"))
            }))
        }
        (gather)
        @if work.can(cx, Action::DropTopic) {
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
type Sent = Form<Vec<(String, String)>>;

async fn back(cx: &Cx, work: &Work, values: &Fields, done: Result<(), Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&work.link()).into_response()),
        Err(error) => {
            let slip = Slip::of(error, "", cx.locale).mendable()?;
            let page = view(cx, work, values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}

/// `POST /w/{slug}/t/{number}/gather`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn gather(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let work = Work::load(&cx, &slug, number).await?;
    let office = &cx.app.office;
    let done = office.gather(&work.staff.actor, work.ledger.ledger, work.row.id, chosen(&values)).await;
    back(&cx, &work, &values, done.map_err(Error::from)).await
}

/// `POST /w/{slug}/t/{number}/drop`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn drop(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let work = Work::load(&cx, &slug, number).await?;
    let reason = values.get("reason").to_owned();
    let done = cx.app.office.drop_topic(&work.staff.actor, work.ledger.ledger, work.row.id, reason).await;
    back(&cx, &work, &values, done.map_err(Error::from)).await
}

/// `POST /w/{slug}/t/{number}/answer`: answers everyone whose matter is in it.
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn reply(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let work = Work::load(&cx, &slug, number).await?;
    let text = values.get("answer").to_owned();
    let done = cx.app.office.answer_topic(&work.staff.actor, work.ledger.ledger, work.row.id, text).await;
    back(&cx, &work, &values, done.map_err(Error::from)).await
}

/// `POST /w/{slug}/t/{number}/conclude`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn conclude(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let work = Work::load(&cx, &slug, number).await?;
    let done = cx.app.office.conclude_topic(&work.staff.actor, work.ledger.ledger, work.row.id).await;
    back(&cx, &work, &values, done.map_err(Error::from)).await
}
