//! What is likely for a matter, with the reason (建议): what it is about, by the words of the rules;
//! who holds it, by whoever held the last one like it. Nothing is decided here.

use super::job::Job;
use crate::matters::face::category;
use std::fmt::Display;
use yishi_domain::matters::Rules;
use yishi_kernel::search::{Tag, tag};
use yishi_kernel::{Holder, Pack, Sealed};
use yishi_office::matters::readable::Readable;
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::paging::PAGE;
use yishi_web::Error;
use yishi_web::texts::Locale;

/// A category that is likely.
pub(super) struct LikelyCategory {
    pub category: String,
    /// The word that speaks for it.
    word: String,
}

/// A holder that is likely, as the form names holders.
pub(super) struct LikelyHolder {
    pub value: String,
    /// The matter that speaks for it.
    number: i64,
}

impl LikelyCategory {
    pub(super) fn why(&self, rules: &Pack, t: Locale) -> String {
        let called = category(rules, &self.category, t);
        t.with("propose-category", &[("category", &called as &dyn Display), ("word", &self.word)])
    }
}

impl LikelyHolder {
    pub(super) fn why(&self, t: Locale) -> String {
        t.with("propose-holder", &[("number", &self.number)])
    }
}

/// What was said with the matter, as far as it is kept.
pub(super) fn said(job: &Job) -> String {
    let parts = ["title", "text"].iter().filter_map(|field| job.loaded.private::<String>(1, field));
    parts.collect::<Vec<_>>().join("\n")
}

/// What it is likely about, where nobody has said that yet.
pub(super) fn proposed(job: &Job) -> Option<LikelyCategory> {
    if !job.row.category.is_empty() {
        return None;
    }
    let found = job.rules.section::<Rules>().proposed(&said(job))?;
    Some(LikelyCategory { category: found.category.0, word: found.word })
}

/// Whoever held the last one about the same, of those who can be chosen: in the same building first.
pub(super) async fn holder(
    job: &Job,
    about: &str,
    choices: &[(String, String)],
) -> Result<Option<LikelyHolder>, Error> {
    if about.is_empty() {
        return Ok(None);
    }
    let (office, ledgers) = (&job.cx.app.office, [job.ledger.ledger]);
    let tags = vec![tag(Tag::Category, about)];
    let looking = Looking { tags, ..Looking::of(&ledgers, &[], SearchIn::Entire) };
    let hits = office.find(&looking, None, PAGE).await?;
    let mut like = office.readable(&job.staff.actor, hits.rows).await?;
    like.retain(|one| one.id != job.row.id && one.matter().outcome.is_some());
    like.sort_by_key(|one| one.place != job.row.place);
    let chosen = |one: &Readable| {
        let value = value(one)?;
        choices
            .iter()
            .any(|(choice, _)| *choice == value)
            .then_some(LikelyHolder { value, number: one.number })
    };
    Ok(like.iter().find_map(chosen))
}

/// Who holds a matter, as a form names holders.
fn value(of: &Readable) -> Option<String> {
    match (of.matter().holder, of.matter().person.as_ref().and_then(Sealed::get)) {
        (Holder::Organisation(id), _) => Some(format!("organisation/{id}")),
        (Holder::Person(role, place), Some(id)) => Some(format!("person/{}/{place}/{id}", role.word())),
        (Holder::Person(..), None) | (Holder::Desk(_), _) => None,
    }
}
