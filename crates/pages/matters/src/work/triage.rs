//! Sorting (分流), and with it in one go what everyone reads and the answer: what kind of matter it
//! is, what it is about and who is to hold it. What is likely is proposed with its reason; the
//! person who sends the form decides.

use super::job::{Job, MatterAtWork, choices, given};
use super::propose::{holder, proposed};
use super::summarise::plain_draft;
use crate::matters::face::categories;
use maud::{Markup, html};
use yishi_domain::matters::{self, Answer, Handle, Outcome, Rules, TRIAGE};
use yishi_kernel::rules::Limits;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Pack, Right};
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sorting (分流).
#[derive(Debug)]
pub struct Triage;

impl Act for Triage {
    type On = MatterAtWork;
    type Command = Handle;
    const WORD: &'static str = "triage";
    const RIGHT: &'static Right = &TRIAGE;
    const TAKES: Takes = Takes::Parts;
    const DONE: Option<&'static str> = Some("triage");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let likely = proposed(job);
        let category = likely.as_ref().map_or(job.row.category.as_str(), |likely| &likely.category);
        let mut categories = categories(&job.rules, t);
        // Without a word of the rules nothing is chosen: the first of the list would be a guess.
        if f.value("category", category).is_empty() {
            categories.insert(0, (String::new(), t.say("triage-category-choose")));
        }
        let holders = choices(job).await?;
        let held = holder(job, category, &holders).await?;
        let inner = html! {
            (f.radios("outcome", &outcomes(t)).start(Outcome::Public.word()))
            @if let Some(likely) = &likely { p.hint { (likely.why(&job.rules, t)) } }
            (f.select("category", &categories).label("fact-category").start(category))
            @if let Some(held) = &held { p.hint { (held.why(t)) } }
            (f.select("holder", &holders).start(held.as_ref().map_or("", |held| &held.value)))
            (public_summary(job, f))
            (phrases(f, &job.rules))
            (f.area("text"))
            (beside(f))
            (f.submit("triage-send", "wide"))
        };
        Ok(f.card(&t.say("triage-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<Handle, Slip> {
        let outcome = r.word("outcome", Outcome::parse, "triage-wrong-outcome");
        let rules = job.rules.section::<Rules>();
        let category = r.taken("category", rules.known_category(&r.text("category")));
        let given = given(job, &mut r).await;
        let summary = summary(job, &mut r);
        let (reason, answer) = match outcome {
            // The reason is the answer then, and everyone reads it.
            Some(Outcome::NotAccepted) => (text(job.limits(), &mut r), Some(None)),
            _ => (Some(String::new()), answer_or_none(job, &mut r)),
        };
        r.done(|| {
            let (outcome, category, (holder, person)) = (outcome?, category?.0, given?);
            let triage = matters::Triage { outcome, category, holder, person, reason: reason? };
            Some(Handle { triage: Some(triage), summary: summary?, answer: answer? })
        })
    }

    async fn carry_out(job: &Job, command: Handle) -> Result<Next, Error> {
        job.act(command).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        // The command calls the text by what it is.
        error.field().map(|field| if matches!(field, "answer" | "reason") { "text" } else { field })
    }
}

/// What sorting can come to. Those who sort speak of 大事、小事、私事; a resident never reads that.
pub(super) fn outcomes(t: yishi_web::texts::Locale) -> Vec<(String, String)> {
    Outcome::ALL.iter().map(|one| (one.word().to_owned(), t.say(&format!("sort-{}", one.word())))).collect()
}

/// Sentences to begin an answer with. A script puts the one that is chosen into the text; without it
/// that sentence is the answer where no other is typed.
pub(super) fn phrases(f: &Form<'_>, rules: &Pack) -> Markup {
    let all = &rules.section::<Rules>().phrases;
    let none = (String::new(), f.t().say("phrase-none"));
    let options: Vec<_> =
        std::iter::once(none).chain(all.iter().map(|one| (one.clone(), excerpt(one, 40)))).collect();
    html! {
        @if !all.is_empty() { div data-phrase=(f.name("text")) { (f.select("phrase", &options).label("phrase-title")) } }
    }
}

/// What is answered: what was typed or, where that is nothing, the sentence that was chosen.
pub(super) fn text(limits: &Limits, r: &mut Reader<'_>) -> Option<String> {
    let chosen = r.some("text").is_none() && r.some("phrase").is_some();
    r.note(if chosen { "phrase" } else { "text" }, limits)
}

/// What goes with an answer and is seldom needed: a word only for those who asked, and photos.
pub(super) fn beside(f: &Form<'_>) -> Markup {
    html! {
        details open[f.came_back()] {
            summary { (f.t().say("answer-beside")) }
            (f.area("word").label("answer-word"))
            (f.photos().label("photos-proof"))
        }
    }
}

/// What everyone is to read, drafted from what was said, and the box by which whoever sends it says
/// that they looked: the draft may hold a name.
pub(super) fn public_summary(job: &Job, f: &Form<'_>) -> Markup {
    let summary = job.row.summary.clone();
    html! {
        (f.area("summary").label("triage-summary").start(summary.clone().unwrap_or_else(|| plain_draft(job))))
        @if summary.is_none() { (f.check("seen").label("triage-seen")) }
    }
}

/// What everyone is to read; nothing where it was left empty, or stands as it was drafted and nobody
/// said that they looked.
pub(super) fn summary(job: &Job, r: &mut Reader<'_>) -> Option<Option<matters::Summarise>> {
    let line = r.line_or_none("summary", job.limits())?;
    let letters = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    let drafted = |line: &String| letters(line) == letters(&plain_draft(job));
    let looked = r.some("seen").is_some();
    // The same once more changes nothing.
    let line = line.filter(|line| job.row.summary.as_ref() != Some(line) && (looked || !drafted(line)));
    Some(line.map(|summary| matters::Summarise { summary, category: None }))
}

/// The answer; nothing where nothing was typed and nothing came along.
fn answer_or_none(job: &Job, r: &mut Reader<'_>) -> Option<Option<Answer>> {
    let photos = r.photos();
    let nothing = ["text", "phrase", "word"].iter().all(|field| r.some(field).is_none());
    if nothing && photos.is_empty() {
        return Some(None);
    }
    let (text, word) = (text(job.limits(), r), r.private("word", job.limits().text));
    Some(Some(Answer { text: text?, word: word?, photos }))
}
