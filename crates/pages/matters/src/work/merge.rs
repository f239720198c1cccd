//! Merging a matter into another one (归并): one of those that are likely, which are shown with what
//! they are, or one that is looked for by number, place or words.

use super::job::{Job, MatterAtWork};
use super::propose::said as said_of;
use maud::{Markup, html};
use yishi_domain::matters::{self, MERGE, MergeInto, StageKind};
use yishi_kernel::number;
use yishi_kernel::search::{Asked, Tag, alike, tag};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Refusal, Right};
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::matter_by_number;
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::matters::tables::BoardState;
use yishi_office::paging::PAGE;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Merging (归并).
#[derive(Debug)]
pub struct Merge;

impl Act for Merge {
    type On = MatterAtWork;
    // The number of the other one.
    type Command = i64;
    const WORD: &'static str = "merge";
    const RIGHT: &'static Right = &MERGE;
    const DONE: Option<&'static str> = Some("merge");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.row.stage == StageKind::Merged {
            return Ok(html! {});
        }
        let t = f.t();
        let typed = f.value("into", "");
        let words = words(&typed);
        let mut others = match &words {
            Some(words) => found(job, words, Vec::new()).await?,
            None => likely(job).await?,
        };
        let texts = said(&job.cx.app.office.db, &others).await?;
        let own = said_of(job);
        let shared = |one: &Readable| texts.get(&one.id).and_then(|text| alike(&own, text));
        // What says the same stands first, the same building before others.
        others.sort_by_key(|one| (shared(one).is_none(), one.place != job.row.place));
        let same = others.first().is_some_and(|one| shared(one).is_some() && one.place == job.row.place);
        let option = |one: &Readable| {
            let said = texts.get(&one.id).cloned().or_else(|| one.summary.clone()).unwrap_or_default();
            let args: [(&str, &dyn std::fmt::Display); 4] = [
                ("number", &one.number),
                ("place", &one.place_name),
                ("stage", &t.word(one.stage)),
                ("said", &excerpt(&said, 40)),
            ];
            let line = t.with("merge-one", &args);
            let why = shared(one).map(|words| words.join(t.pick("”“", "”, “")));
            let line = match why {
                Some(words) => format!("{line} · {}", t.with("merge-why", &[("words", &words)])),
                None => line,
            };
            (one.number.to_string(), line)
        };
        let options: Vec<(String, String)> = others.iter().map(option).collect();
        let inner = html! {
            p { (t.say("merge-lead")) }
            @if words.is_some() && options.is_empty() { p { (t.with("merge-nothing", &[("words", &typed)])) } }
            @if !options.is_empty() { (f.radios_or_none("pick", &options)) }
            (f.text("into"))
            (f.submit("merge-send", "second wide"))
        };
        let title = t.say("merge-title");
        Ok(html! { details open[same || f.came_back()] { summary { (title) } (f.card(&title, &inner)) } })
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<i64, Slip> {
        let picked = r.some("pick").and_then(|pick| number::item(&pick).ok());
        let typed = r.some("into");
        let named = typed.as_deref().and_then(|typed| number::item(typed).ok());
        let into = match (picked, named) {
            (Some(picked), Some(named)) if picked != named => {
                r.wrong("into", "merge-two");
                None
            }
            (picked, named) => named.or(picked),
        };
        if into.is_none() && picked.is_none() {
            r.wrong("into", if typed.is_some() { "merge-choose" } else { "merge-none" });
        }
        r.done(|| into)
    }

    async fn carry_out(job: &Job, number: i64) -> Result<Next, Error> {
        let found = matter_by_number(&job.cx.app.office.db, job.ledger.ledger, number).await?;
        let into = found.ok_or(Refusal::from(matters::Refusal::NotMerged))?.id;
        job.act(MergeInto { into }).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        match error {
            Error::Refused(refusal) if *refusal == matters::Refusal::NotMerged => Some("into"),
            error => error.field(),
        }
    }
}

/// The words that somebody typed to look for another one; nothing where it was a number.
fn words(typed: &str) -> Option<Vec<String>> {
    let asked = Asked::read(typed);
    (asked.number.is_none() && !asked.is_empty()).then_some(asked.words)
}

/// Those that are open and may be meant: at the same building first, then anywhere in the community,
/// the latest first.
async fn likely(job: &Job) -> Result<Vec<Readable>, Error> {
    let here = tag(Tag::Place, &job.row.place.to_string());
    let mut all = found(job, &[], vec![here]).await?;
    if all.len() < PAGE {
        let others = found(job, &[], Vec::new()).await?;
        let known: Vec<_> = all.iter().map(|one| one.id).collect();
        all.extend(others.into_iter().filter(|one| !known.contains(&one.id)));
        all.truncate(PAGE);
    }
    Ok(all)
}

/// Open ones that have the words and tags, into which this one may be merged by whoever looks: those
/// of the same building first.
async fn found(job: &Job, words: &[String], mut tags: Vec<String>) -> Result<Vec<Readable>, Error> {
    let (office, actor) = (&job.cx.app.office, &job.staff.actor);
    let ledgers = [job.ledger.ledger];
    tags.push(tag(Tag::State, BoardState::Open.word()));
    let looking = Looking { tags, ..Looking::of(&ledgers, words, SearchIn::Entire) };
    let hits = office.find(&looking, None, PAGE).await?;
    let mut others = office.readable(actor, hits.rows).await?;
    others.retain(|one| one.id != job.row.id && one.may(actor, &MERGE, job.cx.now).is_ok());
    others.sort_by_key(|one| one.place != job.row.place);
    Ok(others)
}
