//! Correcting a text of a thing that everyone reads, or taking it back: one act for the pages of
//! all things. Which texts there are, the thing's entries say; who may, the thing's feature.

use crate::Error;
use crate::sheet::{Act, Form, Next, Reader, Sheet, Shown, Slip};
use maud::{Markup, html};
use std::future::Future;
use std::marker::PhantomData;
use yishi_kernel::text::excerpt;
use yishi_kernel::{CorrectReason, Right, Stream as _, StreamName, ValueAt};
use yishi_office::Correcting;
use yishi_office::ledgers::entries_of_all;

/// How much of a text is shown to choose it by.
const SHOWN: usize = 40;

/// A thing whose texts can be corrected.
pub trait Correctable: Shown {
    /// Who may.
    const CORRECT: &'static Right;

    /// The streams that its texts stand in: its own, and those of what has no page.
    fn streams(sheet: &Sheet<Self>) -> impl Future<Output = Result<Vec<StreamName>, Error>> + Send {
        let own = Self::stream(sheet);
        async move { Ok(vec![own]) }
    }
}

/// Correcting a text, or taking it back (更正、撤回).
#[derive(Debug)]
pub struct Correct<T>(PhantomData<fn() -> T>);

impl<T: Correctable> Act for Correct<T> {
    type On = T;
    type Command = (StreamName, Correcting);
    const WORD: &'static str = "correct-text";
    const NAMES: &'static str = "amend";
    const RIGHT: &'static Right = T::CORRECT;

    async fn form(sheet: &Sheet<T>, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let mut texts: Vec<(String, String)> = texts(sheet).await?;
        if texts.is_empty() {
            return Ok(html! {});
        }
        // None is chosen beforehand: what is sent by mistake would be gone for good.
        texts.insert(0, (String::new(), t.say("form-choose")));
        let reasons = t.choices::<CorrectReason>();
        let inner = html! {
            p { (t.say("amend-lead")) }
            (f.select("which", &texts))
            (f.area("text"))
            (f.select("reason", &reasons))
            (f.submit("amend-send", "danger"))
        };
        Ok(f.folded(&t.say("amend-title"), &inner))
    }

    async fn read(_: &Sheet<T>, mut r: Reader<'_>) -> Result<(StreamName, Correcting), Slip> {
        let which = r.word("which", value_of, "form-choose");
        let reason = r.word("reason", CorrectReason::parse, "form-choose");
        let text = Some(r.text("text")).filter(|text| !text.trim().is_empty());
        r.done(|| {
            let (stream, value) = which?;
            Some((stream, Correcting { value, text, reason: reason? }))
        })
    }

    async fn carry_out(sheet: &Sheet<T>, (stream, what): (StreamName, Correcting)) -> Result<Next, Error> {
        if !T::streams(sheet).await?.contains(&stream) {
            return Err(Error::NotFound);
        }
        sheet.cx.app.office.correct(&sheet.staff.actor, sheet.ledger.ledger, &stream, &what).await?;
        Ok(Next::Back)
    }
}

/// The texts of a thing that stand published, the latest first: where each stands, and what it
/// says.
async fn texts<T: Correctable>(sheet: &Sheet<T>) -> Result<Vec<(String, String)>, Error> {
    let streams = T::streams(sheet).await?;
    let entries = entries_of_all(&sheet.cx.app.office.db, sheet.ledger.ledger, &streams).await?;
    let mut texts = Vec::new();
    for stream in &streams {
        let entries = entries.get(stream).into_iter().flatten();
        for entry in entries.rev().filter(|entry| !entry.amends(stream)) {
            for field in entry.published.keys() {
                // The digest of minutes is no text that anybody wrote.
                if T::State::QUOTES.contains(&field.as_str()) {
                    continue;
                }
                let text = entry.text(field).unwrap_or_default();
                let told = format!("{} · {}", excerpt(&text, SHOWN), sheet.cx.locale.brief(entry.at.date()));
                texts.push((format!("{stream}:{}:{field}", entry.version), told));
            }
        }
    }
    Ok(texts)
}

/// Where a chosen text stands.
fn value_of(chosen: &str) -> Option<(StreamName, ValueAt)> {
    let mut parts = chosen.splitn(3, ':');
    let (stream, version, field) = (parts.next()?, parts.next()?, parts.next()?);
    let value = ValueAt { version: version.parse().ok()?, field: field.to_owned() };
    Some((StreamName::stored(stream), value))
}
