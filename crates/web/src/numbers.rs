//! The numbers that papers have, as pages show them: 杏林会〔2026〕4号, and the number of the ledger
//! where a thing has none of its own. Which thing has which is looked up by the office.

use crate::texts::Locale;
use crate::{Cx, Error};
use maud::{Markup, html};
use yishi_domain::matters::Matter;
use yishi_domain::papers::PaperNumber;
use yishi_kernel::{PlaceId, Stream as _, StreamName};
use yishi_office::papers::{Numbered, Numbers};

impl Cx {
    /// The numbers of some things' papers.
    pub async fn numbers(
        &self,
        things: impl IntoIterator<Item = (PlaceId, StreamName)>,
    ) -> Result<Numbers, Error> {
        Ok(self.app.office.numbers(things).await?)
    }
}

/// The page of the thing whose paper has the number that was typed into a search, below a front,
/// `/c` or `/w`.
pub async fn search(
    cx: &Cx,
    front: &str,
    ledger: PlaceId,
    slug: &str,
    words: &str,
) -> Result<Option<String>, Error> {
    let Some(number) = PaperNumber::read(words) else { return Ok(None) };
    let found = cx.app.office.paper(ledger, &number).await?;
    Ok(found.and_then(|found| link(&format!("{front}/{slug}"), &found.thing, found.entry)))
}

/// The number that a thing is called by; where it stands in the ledger while it has none, as a
/// whistle that was not blown.
#[must_use]
pub fn called(numbers: &Numbers, thing: &impl Numbered, t: Locale) -> String {
    numbers.own(thing).map_or_else(|| entry(thing.entry(), t), ToString::to_string)
}

/// Where something stands in the ledger, in words.
#[must_use]
pub fn entry(number: i64, t: Locale) -> String {
    t.with("ledger-entry", &[("number", &number)])
}

/// The same in small print, beside a title that has a number of its own.
#[must_use]
pub fn small(number: i64, t: Locale) -> Markup {
    html! { p.soft.small { (entry(number, t)) } }
}

/// The things that have a page by the number of their first entry, and the letter before it there.
pub(crate) const THINGS: [(&str, char); 12] = [
    ("meeting", 'g'),
    ("topic", 't'),
    ("order", 'o'),
    ("promise", 'p'),
    ("danger", 'd'),
    ("owners_result", 'b'),
    ("emergency_basis", 'e'),
    ("venue", 'v'),
    ("gathering", 'h'),
    ("clearing", 'k'),
    ("scene", 'x'),
    ("exclusion", 'n'),
];

/// The link of the page on which somebody works on a thing that has a number: a matter, or any of the
/// others.
#[must_use]
pub fn at_work(slug: &str, thing: &StreamName, number: i64) -> Option<String> {
    match thing.kind() {
        Matter::KIND => Some(format!("/w/{slug}/{number}")),
        _ => link(&format!("/w/{slug}"), thing, number),
    }
}

/// The link of a thing's page; nothing for those that have no number of their own.
#[must_use]
pub fn link(front: &str, thing: &StreamName, entry: i64) -> Option<String> {
    let (_, letter) = THINGS.iter().find(|(kind, _)| *kind == thing.kind())?;
    Some(format!("{front}/{letter}/{entry}"))
}

/// What has a number in a ledger, as a line of what was found: what it is and where it stands, and
/// nothing of what it says. Below a front, `/c` or `/w`; nothing for things without a page, and for
/// matters, which their own feature lists.
#[must_use]
pub fn line(front: &str, slug: &str, thing: &StreamName, number: i64, t: Locale) -> Option<Markup> {
    let href = link(&format!("{front}/{slug}"), thing, number)?;
    let what = t.say(&format!("thing-{}", thing.kind()));
    Some(html! { li.item { h2 { a href=(href) { (what) } } p.meta { (entry(number, t)) } } })
}
