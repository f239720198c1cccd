//! A matter at work: what was said, and what those who hold or steer it can do with it now.
//! What somebody may not do is not shown as a button, and refused if sent all the same.

use crate::feature::Feature;
use crate::routes::Route;
use crate::sent::{Sent, SentParts};
use crate::shared::chain::Chain;
use crate::shared::holders::{holder, holders};
use crate::shared::matter::{categories, meta, row_of, topics as topics_of};
use crate::shared::navigation::staff_nav_at;
use crate::shared::orders::short_list;
use crate::shared::photos::{Small, send_photo, stored};
use crate::ui::{self, Field, Fields, Page, Width};
use crate::{Cx, Error, Staff};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use yishi_domain::evaluation::CALL_BACK;
use yishi_domain::matters::{
    self, ANSWER, Answer, CLOSE, Close, ERASE, HAND_OVER, HandOver, MERGE, Matter, MatterId, MergeInto,
    Outcome, PROGRESS, PUBLISH, Progress, PublishPhoto, READ, READ_CONTACT, ReceiptId, StageKind, Summarise,
    TRIAGE, Triage, Unmerge,
};
use yishi_domain::{dispatch, topics};
use yishi_kernel::cell::Flag;
use yishi_kernel::text::{excerpt, mask};
use yishi_kernel::{
    Command, Denied, Loaded, Pack, PhotoDigest, PlaceId, Refusal, Resource, Right, Sealed, Stream as _, may,
};
use yishi_office::Load;
use yishi_office::dispatch::reads::{OrderRow, of_matter};
use yishi_office::matters::reads::{MatterRow, ReceiptRow, matter_by_number, open, receipts, said, support};
use yishi_office::people::reads::{account, organisation};
use yishi_office::places::reads::{LedgerRow, place};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, ..Feature::named("work") };

static ROUTES: &[Route] = crate::routes! {
    get "/w/{slug}/{number}" [READ] show;
    get "/w/{slug}/{number}/photo/{digest}" [READ] photo;
    form "/w/{slug}/{number}/triage" [TRIAGE] triage;
    form "/w/{slug}/{number}/summarise" [PUBLISH] summarise;
    form "/w/{slug}/{number}/publish-photo" [PUBLISH] publish_photo;
    form "/w/{slug}/{number}/hand-over" [HAND_OVER] hand_over;
    parts "/w/{slug}/{number}/progress" [PROGRESS] progress;
    parts "/w/{slug}/{number}/answer" [ANSWER] answer;
    form "/w/{slug}/{number}/close" [CLOSE] close;
    form "/w/{slug}/{number}/merge" [MERGE] merge;
    form "/w/{slug}/{number}/unmerge" [MERGE] unmerge;
    form "/w/{slug}/{number}/contact" [READ_CONTACT] contact;
    form "/w/{slug}/{number}/erase" [ERASE] erase;
};

/// A matter with all that its page needs.
struct Job {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    matter: Matter,
    loaded: Loaded<Matter>,
    path: Vec<PlaceId>,
    resource: Resource,
    rules: Arc<Pack>,
}

impl Job {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let loaded = cx.app.office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let matter = loaded.must()?.clone();
        let path = cx.app.office.path_of_matter(&matter).await?;
        let resource = matter.resource(&path, &staff.actor);
        may(&staff.actor, &READ, &resource, cx.now)?;
        let rules = cx.rules(ledger.ledger).await?;
        Ok(Self { staff, ledger, row, matter, loaded, path, resource, rules })
    }

    /// The same for doing something. Who may not at all learns that before anything else about
    /// the form.
    async fn open(cx: &Cx, slug: &str, number: i64, right: &Right) -> Result<Self, Error> {
        let job = Self::load(cx, slug, number).await?;
        match may(&job.staff.actor, right, &job.resource, cx.now) {
            // The command says this itself, on a page that keeps what was typed.
            Ok(_) | Err(Denied::Stage(_)) => Ok(job),
            Err(denied) => Err(denied.into()),
        }
    }

    /// Whether this person may do this to the matter now.
    fn can(&self, cx: &Cx, right: &Right) -> bool {
        may(&self.staff.actor, right, &self.resource, cx.now).is_ok()
    }

    /// Whether this person may do this at its place.
    fn can_here(&self, cx: &Cx, right: &Right) -> bool {
        may(&self.staff.actor, right, &Resource::at(&self.path), cx.now).is_ok()
    }

    fn link(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }
}

/// `GET /w/{slug}/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    view(&cx, &job, &cx.typed(), None).await
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
    let field = error.and_then(|error| field_of(error, job.row.stage));
    let photo = |digest: &PhotoDigest| Some(format!("/w/{slug}/{number}/photo/{}", digest.0));
    let person = match job.matter.person.as_ref().and_then(Sealed::get) {
        Some(id) => account(db, *id).await?.map(|row| row.name),
        None => None,
    };
    let about = match job.row.about {
        Some(id) => organisation(db, id).await?.map(|row| row.name),
        None => None,
    };
    let own =
        place(db, job.matter.at().unwrap_or(job.row.place)).await?.map(|row| row.name).unwrap_or_default();
    let base =
        if job.can_here(cx, &topics::OPEN) { format!("/w/{slug}/t/") } else { format!("/c/{slug}/t/") };
    let title = t.with("work-title", &[("number", &number)]);
    let forms = Forms { cx, job, values, wrong: text.as_deref(), field };
    let main = html! {
        p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
        h1 { (title) }
        (ui::bits("soft", &meta(&job.row, supports, t)))
        (ui::summary(t, text.as_deref().map(|text| (text, field))))
        (ui::steps(job.row.stage, t))
        (topics_of(cx, &job.row, &base).await?)
        div.columns {
            div {
                div.card { (ui::facts(&[
                    (t.say("fact-stage"), html! { (ui::stage_badge(job.row.stage, t)) " " @if let Some((_, at)) = job.row.next { (ui::due(at, cx.now, t)) } }),
                    (t.say("fact-category"), html! { (ui::category(&job.rules, &job.row.category, t)) }),
                    (t.say("fact-exact"), html! { (job.row.around_name) " " (job.row.place_name) @if own != job.row.place_name { " " (own) } }),
                    (t.say("fact-holder"), html! { (chain.holds(t).unwrap_or_else(|| t.say("holder-none"))) @if let Some(name) = person { " · " (name) } }),
                    (t.say("fact-about"), html! { (about.unwrap_or_else(|| "—".to_owned())) }),
                    (t.say("fact-support"), html! { (t.with("support-apart", &[("households", &supports.households), ("others", &supports.others)])) }),
                    (t.say("fact-summary"), html! { (job.row.summary.clone().unwrap_or_else(|| t.say("summary-none"))) }),
                ])) }
                h2 { (t.say("chain-title")) }
                (chain.view(t, &job.rules, &format!("/w/{slug}/"), &photo))
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

/// The name of the field that an error is about: handing over has names of its own, since it
/// stands on one page with others.
fn field_of(error: &Error, stage: StageKind) -> Option<&'static str> {
    Some(match (error.field()?, stage) {
        ("holder", StageKind::InHand) => "to",
        ("reason", StageKind::InHand) => "why",
        (field, _) => field,
    })
}

/// Who is owed an answer, and what each said to the last one.
fn owed(cx: &Cx, job: &Job, receipts: &[ReceiptRow]) -> Markup {
    let t = cx.locale;
    html! {
        h2 { (t.say("owed-title")) }
        ul {
            @for receipt in receipts {
                li {
                    (t.word(receipt.how)) " · " (t.word(receipt.proof)) " · " (receipt.opened.date()) " · "
                    @match receipt.evaluation.filter(|(answer, _, _)| Some(*answer) >= job.row.answered) {
                        Some((_, solved, satisfaction)) => {
                            (t.word(solved)) "，" (t.word(satisfaction))
                        },
                        None if job.row.stage == StageKind::Answered => {
                            (t.say("owed-waiting"))
                            @if job.can(cx, &CALL_BACK) { " " a href={ (job.link()) "/callback/" (receipt.id) } { (t.say("callback-action")) } }
                        },
                        None => (t.say("owed-open")),
                    }
                    @if receipt.contact == Flag::Yes && job.can(cx, &READ_CONTACT) {
                        form method="post" action={ (job.link()) "/contact" } {
                            (cx.marks())
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
    let open = job.row.stage == StageKind::InHand && job.can_here(cx, &dispatch::ORDER);
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
                    (self.cx.marks())
                    (inner)
                }
            }
        }
    }

    async fn all(&self) -> Result<Markup, Error> {
        let (cx, job, t) = (self.cx, self.job, self.cx.locale);
        let can = |right| job.can(cx, right);
        Ok(html! {
            @if can(&TRIAGE) { (self.triage().await?) }
            @if can(&ANSWER) { (self.answer()) }
            @if can(&PROGRESS) { (self.progress()) }
            @if can(&HAND_OVER) { (self.hand_over().await?) }
            @if can(&CLOSE) { (self.form("close", &t.say("close-title"), &html! {
                p { (t.say("close-lead")) }
                (ui::submit(&t.say("close-send"), "wide"))
            })) }
            @if can(&PUBLISH) { (self.publish()) }
            @if can(&MERGE) { (self.merge().await?) }
            @if can(&ERASE) {
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

    /// Whoever could hold it.
    async fn holders(&self) -> Result<Vec<(String, String)>, Error> {
        holders(self.cx, &self.job.staff, &self.job.path).await
    }

    async fn triage(&self) -> Result<Markup, Error> {
        let t = self.cx.locale;
        let outcomes = t.choices::<Outcome>();
        let chosen = self.values.some("category").unwrap_or(&self.job.row.category);
        let outcome = self.values.some("outcome").unwrap_or("public");
        // Nothing is chosen before somebody has: the first of the list would be a guess.
        let mut categories = categories(&self.job.rules, t);
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
                    (self.cx.marks())
                    @for photo in self.values.all("photo") { (ui::hidden("photo", photo)) }
                    (inner)
                }
            }
        }
    }

    async fn hand_over(&self) -> Result<Markup, Error> {
        let t = self.cx.locale;
        let form = self.form("hand-over", &t.say("hand-over-title"), &html! {
            (ui::select(Field::new("to", &t.say("hand-over-to")).error(self.wrong("to")), &self.holders().await?, self.values.get("to")))
            (ui::text_field(Field::new("why", &t.say("hand-over-why")).hint(&t.say("public-hint")).error(self.wrong("why")), self.values.get("why"), "off"))
            (ui::submit(&t.say("hand-over-send"), "second wide"))
        });
        let open = matches!(self.field, Some("to" | "why"));
        Ok(html! { details open[open] { summary { (t.say("hand-over-title")) } (form) } })
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
        let private: Vec<&PhotoDigest> = job.matter.photos.difference(&job.matter.published).collect();
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
                            (self.cx.marks())
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
            (ui::text_field(Field::new("into", &t.say("merge-into")).hint(&t.say("merge-into-hint")).error(self.wrong("into")), self.values.get("into"), "off"))
            @if !others.is_empty() {
                ul.small { @for row in &others { li {
                    strong { (row.number) } " " (row.place_name) " " (texts.get(&row.id).map_or_else(String::new, |text| excerpt(text, 30)))
                } } }
            }
            (ui::submit(&t.say("merge-send"), "second wide"))
        });
        let open = self.field == Some("into");
        Ok(html! { details open[open] { summary { (t.say("merge-title")) } (form) } })
    }
}

/// Carries a command out and goes back to the page, or shows it again with what was typed.
async fn carry_out<C>(
    cx: &Cx,
    job: &Job,
    values: &Fields,
    command: Result<C, Error>,
) -> Result<Response, Error>
where
    C: Command<On = Matter, Facts: Load<C>>,
{
    let done = match command {
        Ok(command) => {
            let office = &cx.app.office;
            office.act(&job.staff.actor, job.ledger.ledger, job.row.id, command).await.map_err(Error::from)
        }
        Err(error) => Err(error),
    };
    back(cx, job, values, done).await
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

/// `POST /w/{slug}/{number}/triage`
pub async fn triage(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &TRIAGE).await?;
    let command = async {
        let outcome = Outcome::parse(values.get("outcome")).ok_or(Error::Malformed)?;
        let (holder, person) = holder(&cx, values.get("holder"), &job.path).await?;
        let (category, reason) = (values.get("category").to_owned(), values.get("reason").to_owned());
        Ok(Triage { outcome, category, holder, person, reason })
    };
    let command = command.await;
    carry_out(&cx, &job, &values, command).await
}

/// `POST /w/{slug}/{number}/summarise`
pub async fn summarise(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &PUBLISH).await?;
    let command = Summarise {
        summary: values.get("summary").to_owned(),
        category: values.some("category").map(str::to_owned),
    };
    carry_out(&cx, &job, &values, Ok(command)).await
}

/// `POST /w/{slug}/{number}/publish-photo`
pub async fn publish_photo(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &PUBLISH).await?;
    let command = PublishPhoto { photo: PhotoDigest(values.get("photo").to_owned()) };
    carry_out(&cx, &job, &Fields::default(), Ok(command)).await
}

/// `POST /w/{slug}/{number}/hand-over`
pub async fn hand_over(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &HAND_OVER).await?;
    let to = holder(&cx, values.get("to"), &job.path).await;
    let reason = values.get("why").to_owned();
    let command = to.map(|(holder, person)| HandOver { holder, person, reason });
    carry_out(&cx, &job, &values, command).await
}

/// `POST /w/{slug}/{number}/progress`
pub async fn progress(cx: Cx, Path((slug, number)): At, sent: SentParts) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &PROGRESS).await?;
    let (values, photo) = sent.read(&cx).await?;
    let photos = stored(&cx, &values).await?;
    let command = photo.map(|()| Progress { note: values.get("note").to_owned(), photos });
    carry_out(&cx, &job, &values, command).await
}

/// `POST /w/{slug}/{number}/answer`
pub async fn answer(cx: Cx, Path((slug, number)): At, sent: SentParts) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &ANSWER).await?;
    let (values, photo) = sent.read(&cx).await?;
    let photos = stored(&cx, &values).await?;
    let (text, word) = (values.get("answer").to_owned(), values.get("word").to_owned());
    carry_out(&cx, &job, &values, photo.map(|()| Answer { text, word, photos })).await
}

/// `POST /w/{slug}/{number}/close`
pub async fn close(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &CLOSE).await?;
    carry_out(&cx, &job, &values, Ok(Close)).await
}

/// `POST /w/{slug}/{number}/merge`
pub async fn merge(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &MERGE).await?;
    let into = match values.get("into").trim().parse() {
        Ok(into) => matter_by_number(&cx.app.office.db, job.ledger.ledger, into).await?,
        Err(_) => None,
    };
    let command = match into {
        Some(into) => Ok(MergeInto { into }),
        None => Err(Refusal::from(matters::Refusal::NotMerged).into()),
    };
    carry_out(&cx, &job, &values, command).await
}

/// `POST /w/{slug}/{number}/unmerge`
pub async fn unmerge(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &MERGE).await?;
    carry_out(&cx, &job, &values, Ok(Unmerge)).await
}

/// `POST /w/{slug}/{number}/contact`: shows a contact; the look is recorded.
///
/// # Errors
/// When this person is not the lead handler, or none was given.
pub async fn contact(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Markup, Error> {
    let t = cx.locale;
    let job = Job::open(&cx, &slug, number, &READ_CONTACT).await?;
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
pub async fn erase(cx: Cx, Path((slug, number)): At, Sent(values): Sent) -> Result<Response, Error> {
    let job = Job::open(&cx, &slug, number, &ERASE).await?;
    if values.get("sure") != "yes" {
        return Err(Error::Malformed);
    }
    let done = cx.app.office.erase_matter(&job.staff.actor, job.ledger.ledger, job.row.id).await;
    back(&cx, &job, &values, done.map_err(Error::from)).await
}

/// `GET /w/{slug}/{number}/photo/{digest}`
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let job = Job::load(&cx, &slug, number).await?;
    if !job.matter.photos.contains(&PhotoDigest(digest.clone())) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}
