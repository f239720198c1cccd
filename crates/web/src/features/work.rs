//! A matter at work: what was said, and what those who hold or steer it can do with it now.
//! What somebody may not do is not shown as a button, and refused if sent all the same.

use crate::shared::chain::Chain;
use crate::shared::holders::{holder, holders};
use crate::shared::matter::{meta, row_of, topics};
use crate::shared::navigation::staff_nav_at;
use crate::shared::orders::short_list;
use crate::shared::photos::{Small, read, send_photo, stored};
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::{Form, Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::access::{Action, Claim, Resource, may};
use yishi_domain::matters::{Command, Matter, Outcome, PhotoDigest, StageKind};
use yishi_domain::text::{excerpt, mask};
use yishi_domain::{Denied, Loaded, MatterId, PlaceId, ReceiptId, Refusal};
use yishi_store::reads::dispatch::{OrderRow, of_matter};
use yishi_store::reads::matters::{MatterRow, ReceiptRow, matter_by_number, open, receipts, said, support};
use yishi_store::reads::people::{account, organisation};
use yishi_store::reads::places::{LedgerRow, place};

/// A matter with all that its page needs.
struct Job {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    loaded: Loaded<Matter>,
    path: Vec<PlaceId>,
    resource: Resource,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let loaded = cx.app.office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let path = cx.app.office.path_of_matter(&loaded.state).await?;
        let resource = loaded.state.resource(&path, Claim::None);
        may(&staff.actor, Action::ReadPrivate, &resource, cx.now)?;
        Ok(Self { staff, ledger, row, loaded, path, resource })
    }

    fn can(&self, cx: &Cx, action: Action) -> bool {
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

    fn link(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }
}

/// `GET /w/{slug}/{number}`
///
/// # Errors
/// When nobody is signed in, or this person may not read it.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    view(&cx, &job, &Fields::default(), None).await
}

async fn view(cx: &Cx, job: &Job, values: &Fields, error: Option<&Error>) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let (slug, number) = (&job.ledger.slug, job.row.number);
    let chain = Chain::load(db, job.ledger.ledger, job.row.id, Some(&job.loaded)).await?;
    let supports =
        support(db, job.ledger.ledger, &[job.row.id]).await?.remove(&job.row.id).unwrap_or_default();
    let receipts = receipts(db, job.ledger.ledger, job.row.id).await?;
    let sent = of_matter(db, job.ledger.ledger, job.row.id).await?;
    let text = error.map(|error| error.text(t));
    let field = error.and_then(Error::field);
    let photo = |digest: &PhotoDigest| Some(format!("/w/{slug}/{number}/photo/{}", digest.0));
    let person = match job.loaded.state.person() {
        Some(id) => account(db, id).await?.map(|row| row.name),
        None => None,
    };
    let about = match job.row.about {
        Some(id) => organisation(db, id).await?.map(|row| row.name),
        None => None,
    };
    let own = place(db, job.loaded.state.exact().unwrap_or(job.row.place))
        .await?
        .map(|row| row.name)
        .unwrap_or_default();
    let gathers =
        may(&job.staff.actor, Action::Gather, &Resource { state: None, ..job.resource.clone() }, cx.now);
    let base = if gathers.is_ok() { format!("/w/{slug}/t/") } else { format!("/c/{slug}/t/") };
    let title = t.with("work-title", &[("number", &number)]);
    let forms = Forms { cx, job, values, wrong: text.as_deref(), field };
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (ui::bits("soft", &meta(&job.row, supports, t)))
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        (ui::steps(job.row.stage, t))
        (topics(cx, &job.row, &base).await?)
        div.columns {
            div {
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (ui::stage_badge(job.row.stage, t)) " " @if let Some((_, at)) = job.row.next { (ui::due(at, cx.now, t)) } }),
                    (t.say("fact-category"), html! { (ui::category(&cx.app.office.rules, &job.row.category, t)) }),
                    (t.say("fact-exact"), html! { (job.row.around_name) " " (job.row.place_name) @if own != job.row.place_name { " " (own) } }),
                    (t.say("fact-holder"), html! { (chain.holds(t).unwrap_or_else(|| t.say("holder-none"))) @if let Some(name) = person { " · " (name) } }),
                    (t.say("fact-about"), html! { (about.unwrap_or_else(|| "—".to_owned())) }),
                    (t.say("fact-support"), html! { (t.with("support-apart", &[("households", &supports.households), ("others", &supports.others)])) }),
                    (t.say("fact-summary"), html! { (job.row.summary.clone().unwrap_or_else(|| t.say("summary-none"))) }),
                ])) }
                h2 { (t.say("chain-title")) }
                (chain.view(t, &cx.app.office.rules, &format!("/w/{slug}/"), &photo))
                (owed(cx, job, &receipts))
                (orders(cx, job, &sent))
            }
            div.no-print { (forms.all().await?) }
        }
    };
    let nav = staff_nav_at(cx, &job.staff, &job.ledger.slug);
    let here = job.link();
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
}

/// Who is owed an answer, and what each said to the last one.
fn owed(cx: &Cx, job: &Job, receipts: &[ReceiptRow]) -> Markup {
    let t = cx.locale;
    html! {
        h2 { (t.say("owed-title")) }
        ul {
            @for receipt in receipts {
                li {
                    (t.say(&format!("how-{}", receipt.how.word()))) " · "
                    (t.say(&format!("proof-{}", receipt.proof.word()))) " · " (receipt.opened.date()) " · "
                    @match receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= job.row.answered) {
                        Some((_, solved, satisfaction)) => {
                            (t.say(&format!("solved-{}", solved.word()))) "，" (t.say(&format!("satisfaction-{}", satisfaction.word())))
                        },
                        None if job.row.stage == StageKind::Answered => {
                            (t.say("owed-waiting"))
                            @if job.can(cx, Action::CallBack) { " " a href={ (job.link()) "/callback/" (receipt.id) } { (t.say("callback-action")) } }
                        },
                        None => (t.say("owed-open")),
                    }
                    @if receipt.contact == 1 && job.can(cx, Action::ReadContact) {
                        form method="post" action={ (job.link()) "/contact" } {
                            (ui::hidden("token", &cx.token()))
                            (ui::hidden("receipt", &receipt.id.to_string()))
                            (ui::submit(&t.say("contact-view"), "second"))
                        }
                    }
                }
            }
        }
    }
}

/// What was passed on from it, and the way to pass it on.
fn orders(cx: &Cx, job: &Job, sent: &[OrderRow]) -> Markup {
    let t = cx.locale;
    let open = job.row.stage == StageKind::InHand && job.can(cx, Action::Order);
    html! {
        @if open || !sent.is_empty() {
            h2 { (t.say("dispatch-of-matter")) }
            (short_list(sent, &format!("/w/{}/o/", job.ledger.slug), t))
            @if open { p.no-print { a.button.second href={ (job.link()) "/order" } { (t.say("dispatch-new")) } } }
        }
    }
}

/// The forms of a matter's page.
struct Forms<'a> {
    cx: &'a Cx,
    job: &'a Job,
    values: &'a Fields,
    wrong: Option<&'a str>,
    field: Option<&'static str>,
}

impl Forms<'_> {
    fn wrong(&self, name: &str) -> Option<&str> {
        self.wrong.filter(|_| self.field == Some(name))
    }

    fn form(&self, action: &str, title: &str, inner: &Markup) -> Markup {
        html! {
            section.card id=(action) {
                h2 { (title) }
                form method="post" action={ (self.job.link()) "/" (action) } {
                    (ui::hidden("token", &self.cx.token()))
                    (inner)
                }
            }
        }
    }

    async fn all(&self) -> Result<Markup, Error> {
        let (cx, job, t) = (self.cx, self.job, self.cx.locale);
        let can = |action| job.can(cx, action);
        Ok(html! {
            @if can(Action::Triage) { (self.triage().await?) }
            @if can(Action::Answer) { (self.answer()) }
            @if can(Action::Progress) { (self.progress()) }
            @if can(Action::HandOver) { (self.hand_over().await?) }
            @if can(Action::Close) { (self.form("close", &t.say("close-title"), &html! {
                p { (t.say("close-lead")) }
                (ui::submit(&t.say("close-send"), "wide"))
            })) }
            @if can(Action::Publish) { (self.publish()) }
            @if can(Action::Merge) { (self.merge().await?) }
            @if can(Action::Erase) {
                details { summary { (t.say("erase-title")) }
                    (self.form("erase", &t.say("erase-title"), &html! {
                        p { (t.say("erase-lead")) }
                        (ui::check(Field::new("sure", &t.say("erase-sure")), ""))
                        (ui::submit(&t.say("erase-send"), "danger"))
                    }))
                }
            }
        })
    }

    fn categories(&self) -> Vec<(String, String)> {
        let rules = &self.cx.app.office.rules;
        let named = |code: &str| ui::category(rules, code, self.cx.locale);
        rules.categories.iter().map(|category| (category.code.0.clone(), named(&category.code.0))).collect()
    }

    /// Whoever could hold it.
    async fn holders(&self) -> Result<Vec<(String, String)>, Error> {
        holders(self.cx, &self.job.staff, &self.job.path).await
    }

    async fn triage(&self) -> Result<Markup, Error> {
        let t = self.cx.locale;
        let outcomes: Vec<(String, String)> = Outcome::ALL
            .iter()
            .map(|outcome| (outcome.word().to_owned(), t.say(&format!("outcome-{}", outcome.word()))))
            .collect();
        let chosen = self.values.some("category").unwrap_or(&self.job.row.category);
        let outcome = self.values.some("outcome").unwrap_or("public");
        // Nothing is chosen before somebody has: the first of the list would be a guess.
        let mut categories = self.categories();
        if chosen.is_empty() {
            categories.insert(0, (String::new(), t.say("triage-category-choose")));
        }
        Ok(self.form("triage", &t.say("triage-title"), &html! {
            (ui::radios(Field::new("outcome", &t.say("triage-outcome")), &outcomes, outcome))
            (ui::select(Field::new("category", &t.say("fact-category")).error(self.wrong("category")), &categories, chosen))
            (ui::select(Field::new("holder", &t.say("triage-holder")), &self.holders().await?, self.values.get("holder")))
            (ui::text_area(Field::new("reason", &t.say("triage-reason")).hint(&t.say("triage-reason-hint")).error(self.wrong("reason")), self.values.get("reason"), ""))
            (ui::submit(&t.say("triage-send"), "wide"))
        }))
    }

    fn answer(&self) -> Markup {
        let t = self.cx.locale;
        let inner = html! {
            (ui::text_area(Field::new("answer", &t.say("answer-text")).hint(&t.say("public-hint")).error(self.wrong("answer")), self.values.get("answer"), ""))
            (ui::text_area(Field::new("word", &t.say("answer-word")).hint(&t.say("answer-word-hint")).error(self.wrong("word")), self.values.get("word"), ""))
            (self.photo_field("answer-photos"))
            (ui::submit(&t.say("answer-send"), "wide"))
        };
        self.with_photos("answer", &t.say("answer-title-do"), &inner)
    }

    fn progress(&self) -> Markup {
        let t = self.cx.locale;
        let inner = html! {
            (ui::text_area(Field::new("note", &t.say("progress-note")).hint(&t.say("public-hint")).error(self.wrong("note")), self.values.get("note"), ""))
            (self.photo_field("progress-photos"))
            (ui::submit(&t.say("progress-send"), "second wide"))
        };
        html! { details open[self.field == Some("note")] { summary { (t.say("progress-title")) } (self.with_photos("progress", &t.say("progress-title"), &inner)) } }
    }

    fn photo_field(&self, id: &str) -> Markup {
        let t = self.cx.locale;
        html! {
            div.field {
                label for=(id) { (t.say("photos-proof")) }
                input type="file" id=(id) name="photos" accept="image/jpeg,image/png,image/webp" multiple data-photos;
            }
        }
    }

    fn with_photos(&self, action: &str, title: &str, inner: &Markup) -> Markup {
        html! {
            section.card id=(action) {
                h2 { (title) }
                form method="post" action={ (self.job.link()) "/" (action) } enctype="multipart/form-data" {
                    (ui::hidden("token", &self.cx.token()))
                    @for photo in self.values.all("photo") { (ui::hidden("photo", photo)) }
                    (inner)
                }
            }
        }
    }

    async fn hand_over(&self) -> Result<Markup, Error> {
        let t = self.cx.locale;
        let form = self.form("hand-over", &t.say("hand-over-title"), &html! {
            (ui::select(Field::new("to", &t.say("hand-over-to")), &self.holders().await?, self.values.get("to")))
            (ui::text_field(Field::new("why", &t.say("hand-over-why")).hint(&t.say("public-hint")).error(self.wrong("reason")), self.values.get("why"), "off"))
            (ui::submit(&t.say("hand-over-send"), "second wide"))
        });
        Ok(html! { details { summary { (t.say("hand-over-title")) } (form) } })
    }

    fn publish(&self) -> Markup {
        let (t, job) = (self.cx.locale, self.job);
        let said = job
            .loaded
            .private::<String>(1, "title")
            .or_else(|| job.loaded.private(1, "text"))
            .unwrap_or_default();
        let draft = job.row.summary.clone().unwrap_or_else(|| mask(&excerpt(&said, 150)));
        let draft = self.values.some("summary").map_or(draft, str::to_owned);
        let chosen = &job.row.category;
        let published = job.loaded.state.published();
        let private: Vec<&PhotoDigest> =
            job.loaded.state.photos().into_iter().filter(|photo| !published.contains(photo)).collect();
        let summarise = self.form("summarise", &t.say("summary-title"), &html! {
            (ui::text_area(Field::new("summary", &t.say("summary-text")).hint(&t.say("summary-hint")).error(self.wrong("summary")), &draft, ""))
            @if chosen.is_empty() { (ui::hidden("category", "")) } @else { (ui::hidden("category", chosen)) }
            (ui::submit(&t.say("summary-send"), "second wide"))
        });
        html! {
            details open[job.row.summary.is_none() || self.field == Some("summary")] { summary { (t.say("summary-title")) } (summarise) }
            @if !private.is_empty() {
                details { summary { (t.say("photos-title")) }
                    p { (t.say("photos-lead")) }
                    @for photo in private {
                        form.card method="post" action={ (job.link()) "/publish-photo" } {
                            (ui::hidden("token", &self.cx.token()))
                            (ui::hidden("photo", &photo.0))
                            img src={ (job.link()) "/photo/" (photo.0) "?small" } alt=(t.say("photo-alt")) width="320" height="240";
                            (ui::submit(&t.say("photos-publish"), "second"))
                        }
                    }
                }
            }
        }
    }

    async fn merge(&self) -> Result<Markup, Error> {
        let (cx, job, t) = (self.cx, self.job, self.cx.locale);
        if job.row.stage == StageKind::Merged {
            return Ok(self.form(
                "unmerge",
                &t.say("unmerge-title"),
                &html! {
                    p { (t.say("unmerge-lead")) }
                    (ui::submit(&t.say("unmerge-send"), "second wide"))
                },
            ));
        }
        let db = &cx.app.office.db;
        let others: Vec<MatterRow> =
            open(db, job.ledger.ledger).await?.into_iter().filter(|row| row.id != job.row.id).collect();
        let ids: Vec<MatterId> = others.iter().map(|row| row.id).collect();
        let texts = said(db, job.ledger.ledger, &ids).await?;
        let form = self.form("merge", &t.say("merge-title"), &html! {
            p { (t.say("merge-lead")) }
            (ui::text_field(Field::new("into", &t.say("merge-into")).hint(&t.say("merge-into-hint")), self.values.get("into"), "off"))
            @if !others.is_empty() {
                ul.small { @for row in &others { li {
                    strong { (row.number) } " " (row.place_name) " " (texts.get(&row.id).map_or_else(String::new, |text| excerpt(text, 30)))
                } } }
            }
            (ui::submit(&t.say("merge-send"), "second wide"))
        });
        Ok(html! { details { summary { (t.say("merge-title")) } (form) } })
    }
}

/// Carries a command out and goes back to the page, or shows it again with what was typed.
async fn carry_out(
    cx: &Cx,
    slug: &str,
    number: i64,
    values: Fields,
    command: Result<Command, Error>,
) -> Result<Response, Error> {
    cx.check(values.get("token"))?;
    let job = Job::load(cx, slug, number).await?;
    let done = match command {
        Ok(command) => cx
            .app
            .office
            .work(&job.staff.actor, job.ledger.ledger, job.row.id, command)
            .await
            .map_err(Error::from),
        Err(error) => Err(error),
    };
    back(cx, &job, &values, done).await
}

async fn back(cx: &Cx, job: &Job, values: &Fields, done: Result<(), Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&job.link()).into_response()),
        Err(error @ (Error::Refused(_) | Error::Photo(_) | Error::Denied(Denied::Stage(_)))) => {
            let page = view(cx, job, values, Some(&error)).await?;
            Ok((error.status(), page).into_response())
        }
        Err(error) => Err(error),
    }
}

type At = Path<(String, i64)>;
type Sent = Form<Vec<(String, String)>>;

/// `POST /w/{slug}/{number}/triage`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn triage(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let job = Job::load(&cx, &slug, number).await?;
    job.must(&cx, Action::Triage)?;
    let command = async {
        let outcome = Outcome::parse(values.get("outcome")).ok_or(Error::Malformed)?;
        let (holder, person) = holder(&cx, values.get("holder"), &job.path).await?;
        let (category, reason) = (values.get("category").to_owned(), values.get("reason").to_owned());
        Ok(Command::Triage { outcome, category, holder, person, reason })
    };
    let command = command.await;
    carry_out(&cx, &slug, number, values, command).await
}

/// `POST /w/{slug}/{number}/summarise`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn summarise(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let command = Command::Summarise {
        summary: values.get("summary").to_owned(),
        category: values.some("category").map(str::to_owned),
    };
    carry_out(&cx, &slug, number, values, Ok(command)).await
}

/// `POST /w/{slug}/{number}/publish-photo`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn publish_photo(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let command = Command::PublishPhoto(PhotoDigest(values.get("photo").to_owned()));
    carry_out(
        &cx,
        &slug,
        number,
        Fields(vec![("token".to_owned(), values.get("token").to_owned())]),
        Ok(command),
    )
    .await
}

/// `POST /w/{slug}/{number}/hand-over`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn hand_over(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    let job = Job::load(&cx, &slug, number).await?;
    job.must(&cx, Action::HandOver)?;
    let command = holder(&cx, values.get("to"), &job.path).await.map(|(holder, person)| Command::HandOver {
        holder,
        person,
        reason: values.get("why").to_owned(),
    });
    carry_out(&cx, &slug, number, values, command).await
}

/// `POST /w/{slug}/{number}/progress`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn progress(cx: Cx, Path((slug, number)): At, form: Multipart) -> Result<Response, Error> {
    Job::load(&cx, &slug, number).await?.must(&cx, Action::Progress)?;
    let (values, photo) = read(&cx, form).await?;
    let photos = stored(&cx, &values).await?;
    let command = photo.map(|()| Command::Progress { note: values.get("note").to_owned(), photos });
    carry_out(&cx, &slug, number, values, command).await
}

/// `POST /w/{slug}/{number}/answer`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn answer(cx: Cx, Path((slug, number)): At, form: Multipart) -> Result<Response, Error> {
    Job::load(&cx, &slug, number).await?.must(&cx, Action::Answer)?;
    let (values, photo) = read(&cx, form).await?;
    let photos = stored(&cx, &values).await?;
    let command = photo.map(|()| Command::Answer {
        text: values.get("answer").to_owned(),
        word: values.get("word").to_owned(),
        photos,
    });
    carry_out(&cx, &slug, number, values, command).await
}

/// `POST /w/{slug}/{number}/close`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn close(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    carry_out(&cx, &slug, number, Fields(values), Ok(Command::Close { waiting: 0 })).await
}

/// `POST /w/{slug}/{number}/merge`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn merge(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let job = Job::load(&cx, &slug, number).await?;
    job.must(&cx, Action::Merge)?;
    let into = match values.get("into").trim().parse() {
        Ok(into) => matter_by_number(&cx.app.office.db, job.ledger.ledger, into).await?,
        Err(_) => None,
    };
    let done = match into {
        Some(into) => {
            let merged = cx.app.office.merge(&job.staff.actor, job.ledger.ledger, job.row.id, into).await;
            merged.map_err(Error::from)
        }
        None => Err(Error::Refused(Refusal::NotMerged)),
    };
    back(&cx, &job, &values, done).await
}

/// `POST /w/{slug}/{number}/unmerge`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn unmerge(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let job = Job::load(&cx, &slug, number).await?;
    job.must(&cx, Action::Merge)?;
    let done = cx.app.office.unmerge(&job.staff.actor, job.ledger.ledger, job.row.id).await;
    back(&cx, &job, &values, done.map_err(Error::from)).await
}

/// `POST /w/{slug}/{number}/contact`: shows a contact; the look is recorded.
///
/// # Errors
/// When this person is not the lead handler, or none was given.
pub async fn contact(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Markup, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let t = cx.locale;
    let job = Job::load(&cx, &slug, number).await?;
    let receipt: ReceiptId = values.parse("receipt")?;
    let (name, contact) = cx.app.office.view_contact(&job.staff.actor, job.ledger.ledger, receipt).await?;
    let title = t.say("contact-title");
    let main = html! {
        h1 { (title) }
        (ui::facts(&[
            (t.say("raise-name"), html! { (name.unwrap_or_else(|| "—".to_owned())) }),
            (t.say("raise-contact"), html! { (contact.unwrap_or_else(|| "—".to_owned())) }),
        ]))
        p { (t.say("contact-recorded")) }
        p { a.button.second href=(job.link()) { (t.with("work-title", &[("number", &number)])) } }
    };
    let nav = staff_nav_at(&cx, &job.staff, &job.ledger.slug);
    let here = job.link();
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/{number}/erase`
///
/// # Errors
/// When this person may not, or the form did not come from our page.
pub async fn erase(cx: Cx, Path((slug, number)): At, Form(values): Sent) -> Result<Response, Error> {
    let values = Fields(values);
    cx.check(values.get("token"))?;
    let job = Job::load(&cx, &slug, number).await?;
    job.must(&cx, Action::Erase)?;
    if values.get("sure") != "yes" {
        return Err(Error::Malformed);
    }
    let done = cx.app.office.erase(&job.staff.actor, job.ledger.ledger, job.row.id).await;
    back(&cx, &job, &values, done.map_err(Error::from)).await
}

/// `GET /w/{slug}/{number}/photo/{digest}`
///
/// # Errors
/// When this person may not read the matter, or it has no such photo.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    if !job.loaded.state.photos().iter().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}
