//! What happened, step by step, as every chain shows it: a sentence with date and ledger number,
//! and an entry as the event that it is. The sentences are the features'.

use crate::texts::Locale;
use crate::ui;
use maud::{Markup, html};
use yishi_domain::people::Capacity;
use yishi_kernel::record::{self, Fields};
use yishi_kernel::{Amendment, Entry, Moment, Published, Stamped, Stream};
use yishi_office::ledgers::EntryRow;
use yishi_store::Fault;

/// A step as a sentence, for a chain.
#[derive(Clone, Debug)]
pub struct Line {
    /// The ledger number.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// In what it was done.
    pub by: Capacity,
    /// What happened.
    pub what: String,
    /// What was written with it.
    pub quote: Option<String>,
    /// When that was corrected, if it was.
    pub reworded: Option<Moment>,
    /// Links of photos that this reader may see.
    pub photos: Vec<String>,
    /// Where there is more: link and text.
    pub link: Option<(String, String)>,
}

impl Line {
    /// A step that is only its sentence.
    #[must_use]
    pub fn told(number: i64, at: Moment, by: Capacity, what: String) -> Self {
        Self { number, at, by, what, quote: None, reworded: None, photos: Vec::new(), link: None }
    }
}

/// Steps as a list, each with date and ledger number.
#[must_use]
pub fn chain(lines: &[Line], t: Locale) -> Markup {
    html! {
        ol.chain {
            @for line in lines {
                li {
                    p.what { (line.what) }
                    (ui::bits("when", &t.with("chain-when", &[("time", &t.brief_time(line.at)), ("role", &ui::capacity(line.by, t)), ("number", &line.number)])))
                    @if let Some(quote) = &line.quote { (quoted(quote, line.reworded, t)) }
                    (ui::photos(line.photos.iter().map(|link| (link.clone(), t.say("photo-alt"))), t))
                    @if let Some((href, text)) = &line.link { p { a href=(href) { (text) } } }
                }
            }
        }
    }
}

/// What was written with a step, and when it was corrected, if it was.
#[must_use]
pub fn quoted(text: &str, reworded: Option<Moment>, t: Locale) -> Markup {
    html! { p.quote { (text) } (corrected(text, reworded, t)) }
}

/// When a text was corrected, if it was.
#[must_use]
pub fn corrected(text: &str, reworded: Option<Moment>, t: Locale) -> Markup {
    // What was taken back says so itself.
    let reworded = reworded.filter(|_| text != Published::TAKEN_BACK);
    html! {
        @if let Some(at) = reworded { p.small.soft { (t.with("text-corrected", &[("date", &t.brief(at.date()))])) } }
    }
}

/// By when, in words: a day for what ends with it, else to the minute.
#[must_use]
pub fn by(moment: Moment, t: Locale) -> String {
    let time = moment.civil().time();
    match (time.hour(), time.minute()) {
        (0, 0) => day(moment, t),
        _ => t.time(moment),
    }
}

/// The day on which something must be done at the latest.
#[must_use]
pub fn day(moment: Moment, t: Locale) -> String {
    t.day(moment.deadline_date())
}

/// What an entry says to everyone: with the texts that are published, and nothing private.
pub fn public_entry<S: Stream>(entry: &EntryRow) -> Result<Stamped<Entry<S::Event>>, Fault> {
    entry_of::<S>(entry, |_| None)
}

/// The same with those of its private values that are given.
pub fn entry_of<S: Stream>(
    entry: &EntryRow,
    private: impl Fn(&str) -> Option<String>,
) -> Result<Stamped<Entry<S::Event>>, Fault> {
    let value = |field: &String| entry.published.get(field).cloned().or_else(|| private(field));
    let private = entry.private.iter().map(|field| (field.clone(), value(field))).collect();
    let fields = Fields { public: entry.public.clone(), private };
    record::entry::<S>(&entry.kind, fields).map_err(Fault::unreadable)
}

/// What happened to values of a thing, in plain words.
#[must_use]
pub fn amended(what: &Amendment, t: Locale) -> String {
    match what {
        Amendment::Erased { values, reason } => {
            t.with("told-erased", &[("count", &values.len()), ("reason", &t.word(*reason))])
        }
        Amendment::Corrected { reason, .. } => t.with("told-corrected", &[("reason", &t.word(*reason))]),
        Amendment::TakenBack { reason, .. } => t.with("told-taken-back", &[("reason", &t.word(*reason))]),
    }
}
