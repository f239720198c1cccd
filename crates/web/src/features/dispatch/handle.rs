//! An order at work: those it calls report in, work, finish or say "not ours"; the street
//! whistles and rules; the community accepts. Only forms that this person may send are shown.

use super::forms::{Forms, Wrong};
use super::show::{About, facts};
use crate::shared::dates;
use crate::shared::holders::holder;
use crate::shared::navigation::staff_nav_at;
use crate::shared::orders::{
    Held, Names, called, called_by_number, called_list, chain, late, lines, order_of, sources,
};
use crate::shared::photos::{Small, read, send_photo, stored};
use crate::ui::{self, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::{Form, Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::access::{Action, Resource, may};
use yishi_domain::dispatch::{Command, WhistleKind};
use yishi_domain::matters::PhotoDigest;
use yishi_domain::text::excerpt;
use yishi_domain::{Denied, Moment, OrganisationId, Role};

/// What can be asked of an order on its page: each has a form and a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Report in, or sign.
    ReportIn,
    /// Report progress.
    Progress,
    /// Report it done.
    Done,
    /// "Not ours".
    Dispute,
    /// Follow a letter up.
    FollowUp,
    /// Whistle.
    Blow,
    /// Do not whistle.
    Decline,
    /// Rule whose it is.
    Rule,
    /// Accept.
    Accept,
    /// Send back.
    Return,
    /// Resume what was suspended.
    Resume,
    /// Withdraw.
    Withdraw,
    /// Publish a photo.
    PublishPhoto,
}

impl Act {
    /// The last part of its route; its fields' names begin with it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Act::ReportIn => "report-in",
            Act::Progress => "progress",
            Act::Done => "done",
            Act::Dispute => "dispute",
            Act::FollowUp => "follow-up",
            Act::Blow => "blow",
            Act::Decline => "decline",
            Act::Rule => "rule",
            Act::Accept => "accept",
            Act::Return => "return",
            Act::Resume => "resume",
            Act::Withdraw => "withdraw",
            Act::PublishPhoto => "publish-photo",
        }
    }

    /// The right it needs.
    #[must_use]
    pub fn action(self) -> Action {
        match self {
            Act::ReportIn => Action::ReportIn,
            Act::Progress | Act::Done => Action::WorkOn,
            Act::Dispute => Action::Dispute,
            Act::FollowUp => Action::FollowUp,
            Act::Blow | Act::Decline | Act::Rule => Action::Blow,
            Act::Accept | Act::Return => Action::Accept,
            Act::Resume => Action::Settle,
            Act::Withdraw => Action::Withdraw,
            Act::PublishPhoto => Action::PublishProof,
        }
    }
}

/// An order with who looks at it.
pub(super) struct Job {
    pub staff: Staff,
    pub held: Held,
    pub resource: Resource,
    /// The role this person works on it in.
    pub role: Role,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let held = order_of(cx, slug, number).await?;
        let resource = held.loaded.state.resource(&held.path);
        // Whoever could work on it at some stage reads it: the bodies called, and those who
        // steer the place. Neighbours' stewards read the public page.
        let reading = Resource { state: None, ..resource.clone() };
        let role = may(&staff.actor, Action::WorkOn, &reading, cx.now)?;
        Ok(Self { staff, held, resource, role })
    }

    pub fn can(&self, cx: &Cx, action: Action) -> bool {
        may(&self.staff.actor, action, &self.resource, cx.now).is_ok()
    }

    /// Who may not at all learns that before anything else about the form.
    fn must(&self, cx: &Cx, action: Action) -> Result<(), Error> {
        match may(&self.staff.actor, action, &self.resource, cx.now) {
            // The command says this itself, on a page that keeps what was typed.
            Ok(_) | Err(Denied::Stage(_)) => Ok(()),
            Err(denied) => Err(denied.into()),
        }
    }

    pub fn link(&self) -> String {
        format!("/w/{}/o/{}", self.held.ledger.slug, self.held.row.number)
    }

    /// The organisations this person acts for.
    pub fn own(&self, now: Moment) -> Vec<OrganisationId> {
        self.staff.actor.current(now).filter_map(|grant| grant.organisation).collect()
    }
}

/// `GET /w/{slug}/o/{number}`
///
/// # Errors
/// When nobody is signed in, or the order does not call this person's organisation.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    view(&cx, &job, &Fields::default(), None).await
}

async fn view(cx: &Cx, job: &Job, values: &Fields, wrong: Option<&Wrong>) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let (held, row, order) = (&job.held, &job.held.row, &job.held.loaded.state);
    let slug = &held.ledger.slug;
    let mut names = Names::default();
    let link = job.link();
    let photo = |digest: &PhotoDigest| Some(format!("{link}/photo/{}", digest.0));
    let lines = lines(db, row, Some(&held.loaded), &mut names, t, &photo).await?;
    let called = called(db, order, cx.now, &mut names).await?;
    let late = late(db, order, cx.now, &mut names, t).await?;
    let doer = match order.holder() {
        Some(holder) => names.holder(db, holder, t).await?,
        None => String::new(),
    };
    let place = names.place(db, row.place).await?;
    let sources = sources(db, row, slug, t).await?;
    let title = format!("{} · {}", called_by_number(row, t), excerpt(&row.task, 40));
    let forms = Forms { cx, job, values, wrong, called: &called };
    let facts = facts(cx, row, order, &About { place, doer, sources });
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (ui::summary(t, wrong.map(|wrong| (wrong.text.as_str(), wrong.field.as_deref()))))
        @if !late.is_empty() { div.notice.bad { @for sentence in &late { p { (sentence) } } } }
        div.columns {
            div {
                div.card { (ui::facts(&facts)) }
                @if !called.is_empty() {
                    h2 { (t.say("dispatch-called")) }
                    (called_list(&called, t))
                }
            }
            // On a phone what is to be done comes before how it came to this.
            div.beside.no-print { (forms.all().await?) }
            div {
                h2 { (t.say("dispatch-chain")) }
                (chain(&lines, t))
                p { a href={ "/c/" (slug) "/o/" (row.number) } { (t.say("dispatch-public")) } }
            }
        }
    };
    let nav = staff_nav_at(cx, &job.staff, slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
}

type At = Path<(String, i64)>;
type Sent = Form<Vec<(String, String)>>;

/// Carries out what a form asks for, and goes back to the page or shows it again with what
/// was typed.
async fn carry_out(
    cx: &Cx,
    job: &Job,
    act: Act,
    values: &Fields,
    command: Result<Command, Wrong>,
) -> Result<Response, Error> {
    cx.check(values.get("token"))?;
    let command = match command {
        Ok(command) => command,
        Err(wrong) => return again(cx, job, values, &wrong).await,
    };
    let (ledger, id) = (job.held.row.ledger, job.held.row.id);
    match cx.app.office.order(&job.staff.actor, ledger, id, command).await.map_err(Error::from) {
        Ok(()) => Ok(Redirect::to(&job.link()).into_response()),
        Err(error @ (Error::Refused(_) | Error::Denied(Denied::Stage(_)))) => {
            again(cx, job, values, &Wrong::of(act, &error, cx.locale)).await
        }
        Err(error) => Err(error),
    }
}

async fn again(cx: &Cx, job: &Job, values: &Fields, wrong: &Wrong) -> Result<Response, Error> {
    let page = view(cx, job, values, Some(wrong)).await?;
    Ok((wrong.status, page).into_response())
}

/// A command made from a form without photos.
async fn act(cx: Cx, at: (String, i64), act: Act, values: Vec<(String, String)>) -> Result<Response, Error> {
    let values = Fields(values);
    let job = Job::load(&cx, &at.0, at.1).await?;
    job.must(&cx, act.action())?;
    let command = asked(&cx, &job, act, &values).await;
    carry_out(&cx, &job, act, &values, command).await
}

async fn asked(cx: &Cx, job: &Job, act: Act, values: &Fields) -> Result<Command, Wrong> {
    let t = cx.locale;
    let get = |field: &str| values.get(&format!("{}-{field}", act.word())).to_owned();
    let reason = || get("reason");
    let note = || get("note");
    let finish_by = || {
        dates::end_of_day(&get("finish"))
            .ok_or_else(|| Wrong::at(act, "finish", &t.say("dispatch-wrong-day")))
    };
    let body = |field: &str, key: &str| {
        let id = get(field).parse::<OrganisationId>();
        id.map_err(|_| Wrong::at(act, field, &t.say(key)))
    };
    Ok(match act {
        Act::ReportIn => Command::ReportIn { organisation: get("body").parse().ok(), note: note() },
        Act::Dispute => Command::Dispute { reason: reason() },
        Act::FollowUp => Command::FollowUp { note: note() },
        Act::Blow => {
            let whistle = WhistleKind::parse(&get("whistle"))
                .ok_or_else(|| Wrong::at(act, "whistle", &t.say("dispatch-wrong-whistle")))?;
            let departments = values.all("blow-departments").filter_map(|id| id.parse().ok()).collect();
            let lead = body("lead", "dispatch-wrong-lead")?;
            let arrive_by = match get("arrive") {
                given if given.trim().is_empty() => None,
                given => Some(
                    dates::minute(&given)
                        .ok_or_else(|| Wrong::at(act, "arrive", &t.say("dispatch-wrong-minute")))?,
                ),
            };
            Command::Blow { whistle, departments, lead, arrive_by, finish_by: finish_by()? }
        }
        Act::Decline => Command::Decline { reason: reason() },
        Act::Rule => {
            let (holder, _) = holder(cx, &get("holder"), &job.held.path)
                .await
                .map_err(|_| Wrong::at(act, "holder", &t.say("dispatch-wrong-holder")))?;
            Command::Rule { holder, reason: reason(), finish_by: finish_by()? }
        }
        Act::Accept => Command::Accept { note: note() },
        Act::Return => Command::Return { reason: reason(), finish_by: finish_by()? },
        Act::Resume => Command::Resume { reason: reason(), finish_by: finish_by()? },
        Act::Withdraw => Command::Withdraw { reason: reason() },
        Act::PublishPhoto => Command::PublishPhoto(PhotoDigest(values.get("publish").to_owned())),
        Act::Progress => Command::Progress { note: note(), photos: Vec::new() },
        Act::Done => Command::Done { note: note(), photos: Vec::new() },
    })
}

/// A command made from a form with photos: progress, or done.
async fn with_photos(cx: Cx, at: (String, i64), act: Act, form: Multipart) -> Result<Response, Error> {
    let job = Job::load(&cx, &at.0, at.1).await?;
    job.must(&cx, act.action())?;
    let (values, photo) = read(&cx, form).await?;
    let photos = stored(&cx, &values).await?;
    let command = match photo {
        Err(error) => Err(Wrong::of(act, &error, cx.locale)),
        Ok(()) => match asked(&cx, &job, act, &values).await {
            Ok(Command::Progress { note, .. }) => Ok(Command::Progress { note, photos }),
            Ok(Command::Done { note, .. }) => Ok(Command::Done { note, photos }),
            other => other,
        },
    };
    carry_out(&cx, &job, act, &values, command).await
}

/// `POST /w/{slug}/o/{number}/report-in`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn report_in(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::ReportIn, values).await
}

/// `POST /w/{slug}/o/{number}/progress`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn progress(cx: Cx, Path(at): At, form: Multipart) -> Result<Response, Error> {
    with_photos(cx, at, Act::Progress, form).await
}

/// `POST /w/{slug}/o/{number}/done`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn done(cx: Cx, Path(at): At, form: Multipart) -> Result<Response, Error> {
    with_photos(cx, at, Act::Done, form).await
}

/// `POST /w/{slug}/o/{number}/dispute`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn dispute(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Dispute, values).await
}

/// `POST /w/{slug}/o/{number}/follow-up`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn follow_up(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::FollowUp, values).await
}

/// `POST /w/{slug}/o/{number}/blow`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn blow(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Blow, values).await
}

/// `POST /w/{slug}/o/{number}/decline`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn decline(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Decline, values).await
}

/// `POST /w/{slug}/o/{number}/rule`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn rule(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Rule, values).await
}

/// `POST /w/{slug}/o/{number}/accept`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn accept(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Accept, values).await
}

/// `POST /w/{slug}/o/{number}/return`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn send_back(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Return, values).await
}

/// `POST /w/{slug}/o/{number}/resume`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn resume(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Resume, values).await
}

/// `POST /w/{slug}/o/{number}/withdraw`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn withdraw(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::Withdraw, values).await
}

/// `POST /w/{slug}/o/{number}/publish-photo`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn publish_photo(cx: Cx, Path(at): At, Form(values): Sent) -> Result<Response, Error> {
    act(cx, at, Act::PublishPhoto, values).await
}

/// `GET /w/{slug}/o/{number}/photo/{digest}`
///
/// # Errors
/// When this person may not read the order, or it has no such photo.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    if !job.held.loaded.state.photos().iter().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}
